"""The offshore wind pack and its example dossier."""

from __future__ import annotations

import csv
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
    every_clause_is_covered,
    shared_days,
)

PACK = PACKS / "ccer-01-002"
FOLDER = PACK / "dossiers/offshore-example"
CLAUSES = 36
NO_ROWS = {"WIND-7-FAULT", "WIND-7-FAULT-BODY", "WIND-7-REPLACE"}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    pack = load_pack(str(PACK))
    return assess(read(open_dossier(FOLDER), pack), pack)


def test_every_clause_of_the_document_is_covered() -> None:
    every_clause_is_covered(PACK, CLAUSES)


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_example_raises_its_two_findings_and_no_others(assessment: Assessment) -> None:
    raised = {
        (requirement.id, finding.verdict, finding.grade, finding.subject)
        for requirement in assessment.requirements
        for finding in requirement.findings
    }
    assert raised == {
        ("WIND-7-YEARLY", "nonconforming", "整改要求", "W-01"),
        ("WIND-7-LEDGER", "nonconforming", "整改要求", "R07-I"),
    }


def test_every_other_requirement_conforms_or_awaits_judgement(assessment: Assessment) -> None:
    verdicts = {requirement.id: requirement.verdict for requirement in assessment.requirements}
    assert verdicts.pop("WIND-7-YEARLY") == "nonconforming"
    assert verdicts.pop("WIND-7-LEDGER") == "nonconforming"
    rules = load_pack(str(PACK)).rules
    # Without an engagement, the procedure asks only what concerns the project and its owner.
    body = {rule.id for rule in rules if rule.pack == "ccer-procedure"} - PROJECT_SIDE
    assert {rule for rule, v in verdicts.items() if v == "not applicable"} == NO_ROWS | body
    judged = {rule.id for rule in rules if rule.ask is not None} - body
    assert {rule for rule, v in verdicts.items() if v == "awaiting judgement"} == judged
    others = verdicts.keys() - NO_ROWS - body - judged
    assert PROJECT_SIDE & others
    assert {verdicts[rule] for rule in others} == {"conforms"}
    assert assessment.opinion == "negative"
    assert {problem.code for problem in assessment.problems} == {"unused-files"}


def test_the_late_days_are_counted_and_told(assessment: Assessment) -> None:
    finding = next(r for r in assessment.requirements if r.id == "WIND-7-YEARLY").findings[0]
    # Calibrated on 2024-05-20 and again on 2025-05-30: ten days too late.
    assert "应有 365 天" in finding.message["zh"]
    assert "实有 355 天" in finding.message["zh"]
    assert finding.origin is not None
    assert finding.origin.file == "电能表.csv"


def test_the_reductions_are_those_of_a_sum_by_hand(assessment: Assessment) -> None:
    late = date(2025, 5, 20), date(2025, 5, 29)
    net = Fraction(0)
    for direction, sign in (("上网", -1), ("下网", 1)):
        for first, last, energy in counted(FOLDER, direction):
            share = Fraction(shared_days(first, last, *late), (last - first).days + 1)
            net += -sign * energy * (1 + sign * share * Fraction("0.002"))
    reductions = net * (Fraction("0.7") * Fraction("0.75") + Fraction("0.3") * Fraction("0.25"))
    (value,) = (value for value in assessment.values if value.name == "ER")
    assert value.value is not None
    assert abs(Fraction(value.value) - reductions) < Fraction(1, 10**20)
    assert int(reductions) == 563972


def test_a_claim_without_the_deduction_for_the_late_days_is_above(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "d")
    path = tmp_path / "d/dossier.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("563,972 tCO2e", "564,000 tCO2e"), encoding="utf-8")
    pack = load_pack(str(PACK))
    changed = assess(read(open_dossier(tmp_path / "d"), pack), pack, select=["WIND-6-CLAIM"])
    verdicts = {r.id: r.verdict for r in changed.requirements}
    assert verdicts == {"WIND-6-CLAIM": "nonconforming", "WIND-6-CLAIM-LOW": "conforms"}


def test_numbers_of_basis_unverified_stand_in_lookups_by_themselves() -> None:
    pack = load_pack(str(PACK))
    assert {lookup.basis for lookup in pack.lookups.values()} == {"unverified"}
    for name in pack.lookups:
        with (PACK / "lookups" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file))[-2:] == ["effective", "until"]


def test_at_validation_nothing_is_asked_of_readings_not_yet_made(tmp_path: Path) -> None:
    pack = load_pack(str(PACK))
    planned = at_validation(FOLDER, tmp_path / "d", pack, "电能表故障")
    assert [r.id for r in planned.requirements if r.findings] == []
    verdicts = {r.id: r.verdict for r in planned.requirements}
    assert {verdicts[rule] for rule in ("WIND-6-CLAIM", "WIND-7-LEDGER")} == {"not applicable"}
    assert {verdicts[rule] for rule in ("WIND-8-METER", "WIND-8-CORNERS")} == {"conforms"}


def test_every_text_is_given_in_both_languages_and_nothing_is_quoted(
    assessment: Assessment,
) -> None:
    for requirement in assessment.requirements:
        assert set(requirement.title) == {"zh", "en"}, requirement.id
        assert requirement.quoting is None
        for finding in requirement.findings:
            assert set(finding.message) == {"zh", "en"}, requirement.id
