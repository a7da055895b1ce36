"""The solar thermal pack, its example dossier, and the misprint of its equation (3)."""

from __future__ import annotations

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.dossier import open_dossier, read
from guiju.verdicts import Assessment

from .energy import (
    PACKS,
    PROJECT_SIDE,
    at_validation,
    counted,
    days,
    every_clause_is_covered,
    rows,
    shared_days,
)

PACK = PACKS / "ccer-01-001"
FOLDER = PACK / "dossiers/solar-example"
CLAUSES = 44
NO_ROWS = {"SOLAR-6-FUEL-YEAR", "SOLAR-7-FUEL-LEDGER", "SOLAR-7-FUEL-RECONCILE"}

SUM = "year.EF_grid_OM_y * 核算.w_OM + year.EF_grid_BM_y * 核算.w_BM"
MISPRINT = "year.EF_grid_OM_y * 核算.w_OM * year.EF_grid_BM_y * 核算.w_BM"


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    pack = load_pack(str(PACK))
    return assess(read(open_dossier(FOLDER), pack), pack)


def test_every_clause_of_the_document_is_covered() -> None:
    every_clause_is_covered(PACK, CLAUSES)


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_misprinted_product_of_equation_3_is_refused_for_its_dimension(tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "ccer-01-001")
    file = tmp_path / "ccer-01-001/6-quantification.gj"
    text = file.read_text(encoding="utf-8")
    assert text.count(SUM) == 1
    file.write_text(text.replace(SUM, MISPRINT), encoding="utf-8")
    line = text[: text.index(SUM)].count("\n") + 1

    (found,) = check_pack(str(tmp_path / "ccer-01-001"))
    assert (found.code, found.severity) == ("unit-mismatch", "error")
    assert Path(found.span.source.name).name == "6-quantification.gj"
    assert (found.span.line, found.span.column) == (line, 5)
    assert found.message("zh") == "`tCO2^2/MWh2` 与 `tCO2/MWh` 不是同一种量"
    assert found.message("en") == "`tCO2^2/MWh2` and `tCO2/MWh` are different kinds of quantity"
    assert found.help("zh")
    assert found.help("en")


def test_the_example_raises_nothing_and_only_awaits_judgement(assessment: Assessment) -> None:
    assert [r.id for r in assessment.requirements if r.findings] == []
    verdicts = {requirement.id: requirement.verdict for requirement in assessment.requirements}
    rules = load_pack(str(PACK)).rules
    # Without an engagement, the procedure asks only what concerns the project and its owner.
    body = {rule.id for rule in rules if rule.pack == "ccer-procedure"} - PROJECT_SIDE
    assert {rule for rule, v in verdicts.items() if v == "not applicable"} == NO_ROWS | body
    judged = {rule.id for rule in rules if rule.ask is not None} - body
    assert {rule for rule, v in verdicts.items() if v == "awaiting judgement"} == judged
    others = verdicts.keys() - NO_ROWS - body - judged
    assert PROJECT_SIDE & others
    assert {verdicts[rule] for rule in others} == {"conforms"}
    assert assessment.opinion == "open"
    assert {problem.code for problem in assessment.problems} == {"unused-files"}


def test_the_reductions_are_those_of_a_sum_by_hand(assessment: Assessment) -> None:
    # The electricity meter is calibrated in time; the flow meter was found 1.2 % off on
    # 2025-09-18, in the middle of a span from 2024-09-20 to its repair on 2025-10-10.
    out_of_class = date(2024, 9, 20), date(2025, 10, 9)
    exported = sum((energy for _, _, energy in counted(FOLDER, "上网")), Fraction(0))
    imported = sum((energy for _, _, energy in counted(FOLDER, "下网")), Fraction(0))
    factor = Fraction("0.9") * Fraction("0.75") + Fraction("0.3") * Fraction("0.25")
    emitted = Fraction(0)
    for row in rows(FOLDER, "气体燃料.csv"):
        first, last = days(row["起止日期"])
        share = Fraction(shared_days(first, last, *out_of_class), (last - first).days + 1)
        coefficient = Fraction(row["低位发热量(GJ/万Nm3)"]) * Fraction(row["单位热值含碳量(tC/GJ)"])
        coefficient *= Fraction(row["碳氧化率(%)"]) / 100 * Fraction(44, 12)
        burnt = Fraction(row["消耗量(万Nm3)"]) * (1 + share * Fraction("0.012"))
        emitted += burnt * coefficient
    reductions = (exported - imported) * factor - emitted
    (value,) = (value for value in assessment.values if value.name == "ER")
    assert value.value is not None
    assert abs(Fraction(value.value) - reductions) < Fraction(1, 10**20)
    assert int(reductions) == 175909


def test_fuel_parameters_have_no_default() -> None:
    pack = load_pack(str(PACK))
    assert set(pack.lookups) == {"margin_weights", "class_error"}
    assert {lookup.basis for lookup in pack.lookups.values()} == {"unverified"}


def test_at_validation_nothing_is_asked_of_readings_not_yet_made(tmp_path: Path) -> None:
    pack = load_pack(str(PACK))
    planned = at_validation(FOLDER, tmp_path / "d", pack, "计量装置故障", "气体燃料", "固液燃料")
    assert [r.id for r in planned.requirements if r.findings] == []
    verdicts = {r.id: r.verdict for r in planned.requirements}
    assert {verdicts[rule] for rule in ("SOLAR-6-CLAIM", "SOLAR-7-LEDGER")} == {"not applicable"}
    assert {verdicts[rule] for rule in ("SOLAR-8-METER", "SOLAR-8-CORNERS")} == {"conforms"}


def test_every_text_is_given_in_both_languages_and_nothing_is_quoted(
    assessment: Assessment,
) -> None:
    for requirement in assessment.requirements:
        assert set(requirement.title) == {"zh", "en"}, requirement.id
        assert requirement.quoting is None
