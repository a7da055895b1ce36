"""The pack of the supervisor, its example year undamaged and damaged in each documented way.

The sample of the year is drawn by its own reckoning, in `supervision_year/reckoning.py`; the
engine works risk points, medians and draws out from the tables. So the two are held against
each other.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean, median, stdev

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

from .damaging import found
from .supervision_year import DAMAGES, UNDAMAGED, Year, build, files, listed, write
from .supervision_year.reckoning import amounts, draw_of, groups, outlying, risk

PACK = Path(__file__).parents[2] / "rules/guiju_rules/supervision"
NOT_IN_THE_EXAMPLE = {
    "SV-AGAIN",
    "SV-BAN",
    "SV-CORRECTED",
    "SV-DECISION",
    "SV-DIFFERENCE-FEW",
    "SV-SAMPLE-RISK",
    "SV-SITES-SOURCE",
}


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(str(PACK))


def checked(year: Year, folder: Path, pack: PackPlan) -> Assessment:
    write(year, folder)
    return assess(read(open_dossier(folder), pack), pack)


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_undamaged_year_leaves_only_the_groups_too_small_to_compare(
    tmp_path: Path, pack: PackPlan
) -> None:
    assessment = checked(build(), tmp_path, pack)
    assert found(assessment) == UNDAMAGED
    assert [p.code for p in assessment.problems] == []
    verdicts = {requirement.id: requirement.verdict for requirement in assessment.requirements}
    assert verdicts.pop("SV-NORM-FEW") == "deferred"
    assert {rule for rule, v in verdicts.items() if v == "not applicable"} == NOT_IN_THE_EXAMPLE
    assert {v for rule, v in verdicts.items() if rule not in NOT_IN_THE_EXAMPLE} == {"conforms"}


def test_the_example_has_the_size_it_is_said_to_have() -> None:
    tables = build().tables
    assert Counter(row["审核类型"] for row in tables["审核"]) == {"审定类": 40, "核查类": 40}
    assert len(tables["机构名录"]) == 4
    assert len(tables["人员名录"]) == 60


def test_the_shipped_example_is_what_the_generator_makes() -> None:
    made = files(build())
    folder = PACK / "dossiers/jiandu-example"
    assert {name: (folder / name).read_bytes() for name in made} == made


def test_there_are_damages_enough_and_they_are_documented() -> None:
    assert len(DAMAGES) >= 20
    told = (Path(__file__).parent / "supervision_year/DAMAGES.md").read_text(encoding="utf-8")
    assert told == listed()


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_and_nothing_else(name: str, tmp_path: Path, pack: PackPlan) -> None:
    year = build()
    damage = DAMAGES[name]
    damage(year)
    assessment = checked(year, tmp_path, pack)
    assert found(assessment) == damage.findings | UNDAMAGED
    assert sorted({p.code for p in assessment.problems}) == sorted(damage.problems)


def test_what_is_statistics_or_inference_never_makes_the_opinion_negative(
    tmp_path: Path, pack: PackPlan
) -> None:
    year = build()
    DAMAGES["申报量翻倍"](year)
    assessment = checked(year, tmp_path, pack)
    assert "SV-NORM-PEERS" in {rule for rule, _ in found(assessment)}
    assert assessment.opinion == "open"
    for requirement in assessment.requirements:
        if "推断" in (requirement.clause or ""):
            assert requirement.basis == "unverified", requirement.id


def test_a_negative_opinion_comes_of_what_a_clause_says(tmp_path: Path, pack: PackPlan) -> None:
    year = build()
    DAMAGES["未关闭即肯定"](year)
    assert checked(year, tmp_path, pack).opinion == "negative"


def test_the_reckoning_finds_the_claim_that_was_doubled() -> None:
    year = build()
    assert outlying(year) == set()
    DAMAGES["申报量翻倍"](year)
    assert outlying(year) == {"S-24"}
    assert risk(year)["S-24"] == 2


def test_the_draw_favours_no_number_over_many_seeds() -> None:
    """Six of eighty, by 1,000 seeds: each number is drawn some 75 times."""
    drawn = Counter[int]()
    for seed in range(20250001, 20251001):
        order = sorted(range(1, 81), key=lambda number: draw_of(seed, number))
        drawn.update(order[:6])
    # Chi-square of 79 degrees of freedom, less what drawing without replacement takes off.
    spread = sum((drawn[number] - 75) ** 2 / 75 for number in range(1, 81))
    assert spread < 120


def test_every_text_is_given_in_both_languages(tmp_path: Path, pack: PackPlan) -> None:
    year = build()
    for name in ("认定虚假报告", "获批在后", "申报量翻倍", "换种子"):
        DAMAGES[name](year)
    for requirement in checked(year, tmp_path, pack).requirements:
        assert set(requirement.title) == {"zh", "en"}, requirement.id
        for finding in requirement.findings:
            assert set(finding.message) == {"zh", "en"}, requirement.id


def test_a_finding_tells_the_consequence_without_a_verdict_on_a_person(
    tmp_path: Path, pack: PackPlan
) -> None:
    year = build()
    DAMAGES["获批在后"](year)
    assessment = checked(year, tmp_path, pack)
    [approved] = [r for r in assessment.requirements if r.id == "SV-APPROVED"]
    message = approved.findings[0].message
    assert "经监管部门认定的，适用31号令第四十四条第一款第一项" in message["zh"]
    assert "If the authority establishes it" in message["en"]


def test_the_statistics_shown_are_those_of_the_reckoning(tmp_path: Path, pack: PackPlan) -> None:
    year = build()
    DAMAGES["申报量翻倍"](year)
    assessment = checked(year, tmp_path, pack)
    told = {r.id: [f.message["zh"] for f in r.findings] for r in assessment.requirements}
    values, group = amounts(year), groups(year)
    fellows = [values[of] for of in values if group[of] == group["S-24"]]
    peers = [values[of] for of in values if group[of] == group["S-24"] and of != "S-24"]
    [by_peers] = told["SV-NORM-PEERS"]
    spread = stdev([float(peer) for peer in peers])
    assert f"n = {len(peers)}，平均 {float(mean(peers)):.3f} tCO2e，标准差 {spread:.3f}" in by_peers
    [by_median] = told["SV-NORM-MEDIAN"]
    middle = median(fellows)
    off = median([abs(fellow - middle) for fellow in fellows])
    assert (
        f"n = {len(fellows)}，中位数 {float(middle):.3f} tCO2e，MAD {float(off):.3f}" in by_median
    )


@pytest.mark.parametrize(
    ("least", "verdict", "compared"),
    # Four verifications of Gansu have three peers each.
    [("3", "not applicable", 36), ("4", "deferred", 32), ("99", "deferred", 0)],
)
def test_a_supervisor_replaces_a_parameter_and_no_rule(
    least: str, verdict: str, compared: int, tmp_path: Path
) -> None:
    own = (PACK / "lookups/parameters.csv").read_text(encoding="utf-8")
    assert own.count("最少同类数,5,") == 1
    (tmp_path / "lookups").mkdir()
    replaced = own.replace("最少同类数,5,", f"最少同类数,{least},")
    (tmp_path / "lookups/parameters.csv").write_text(replaced, encoding="utf-8")
    pack = load_pack(str(PACK), read_swaps(str(tmp_path / "lookups")))
    assessment = checked(build(), tmp_path / "year", pack)
    by_rule = {requirement.id: requirement for requirement in assessment.requirements}
    assert by_rule["SV-NORM-FEW"].verdict == verdict
    assert by_rule["SV-NORM-PEERS"].counts.get("conforms", 0) == compared
