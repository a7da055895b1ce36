"""The example project of shrub carbon, undamaged and damaged in each documented way.

The project reports what its own reckoning gives, in `shrub_project/reckoning.py`; the engine
recomputes it from the plants. Damages are checked on a project of fewer plots and plants.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment, Text

from .damaging import found
from .shrub_project import DAMAGES, SMALL, ShrubProject, build, files, listed, write
from .shrub_project.reckoning import WHOLE, reckon

PACK = Path(__file__).parents[2] / "rules/guiju_rules/nm-shrub"


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(str(PACK))


def checked(project: ShrubProject, folder: Path, pack: PackPlan) -> Assessment:
    write(project, folder)
    return assess(read(open_dossier(folder), pack), pack)


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_undamaged_project_leaves_only_the_judgements_open(
    tmp_path: Path, pack: PackPlan
) -> None:
    assessment = checked(build(), tmp_path, pack)
    assert found(assessment) == set()
    assert [p.code for p in assessment.problems] == []
    judged = {rule.id for rule in pack.rules if rule.ask is not None}
    for requirement in assessment.requirements:
        allowed = {"conforms", "not applicable"}
        if requirement.id in judged:
            allowed = {"awaiting judgement", "not applicable"}
        assert requirement.verdict in allowed, requirement.id


def test_the_example_has_the_size_it_is_said_to_have() -> None:
    tables = build().tables
    assert sum(int(row["碳层面积"]) for row in tables["碳层"]) == 3000
    assert len(tables["样地"]) == 60
    assert 3000 <= len(tables["植株"]) <= 4000
    assert {(row["样地长"], row["样地宽"]) for row in tables["样地"]} == {("10", "10")}


def test_the_shipped_example_is_what_the_generator_makes() -> None:
    made = files(build())
    folder = PACK / "dossiers/guanmu-example"
    assert {name: (folder / name).read_bytes() for name in made} == made


def test_there_are_damages_enough_and_they_are_documented() -> None:
    assert len(DAMAGES) >= 20
    told = (Path(__file__).parent / "shrub_project/DAMAGES.md").read_text(encoding="utf-8")
    assert told == listed()


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory, pack: PackPlan) -> Callable[[str], Assessment]:
    """What a check says of the small project with a damage; each is made and checked once."""

    @cache
    def one(damage: str) -> Assessment:
        project = build(SMALL)
        DAMAGES[damage](project)
        return checked(project, tmp_path_factory.mktemp("damaged"), pack)

    return one


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_and_nothing_else(name: str, after: Callable[[str], Assessment]) -> None:
    assessment = after(name)
    assert found(assessment) == DAMAGES[name].findings
    assert sorted({p.code for p in assessment.problems}) == sorted(DAMAGES[name].problems)


def said_in_both(text: Text | None, *words: str) -> None:
    """That a sentence is there in both languages, each its own, with the words in both."""
    assert text is not None
    assert text["zh"].strip()
    assert text["en"].strip()
    assert text["zh"] != text["en"]
    for word in words:
        assert word in text["zh"], word
        assert word in text["en"], word


@pytest.mark.parametrize(
    ("damage", "rule", "subject", "file", "words"),
    [
        ("植株过大", "NMS-RANGE", "P101/1/本期", "数据/植株.csv", ["P101/1", "V ", "0.771"]),
        ("植株过小", "NMS-RANGE", "P102/3/前期", "数据/植株.csv", ["P102/3", "0.053"]),
        ("冠幅以厘米填", "NMS-RANGE", "P202/2/本期", "数据/植株.csv", ["P202/2", "4.425"]),
        ("冠幅为零", "NMS-SIZE", "P103/1/本期", "数据/植株.csv", ["P103/1", "0 m"]),
        ("长短轴填反", "NMS-AXES", "P101/2/前期", "数据/植株.csv", ["P101/2"]),
        ("截段填反", "NMS-SEGMENT-ORDER", "L3/5", "数据/截段.csv", ["L3"]),
        ("截段超出样线", "NMS-SEGMENT-END", "L2/20", "数据/截段.csv", ["100.05 m", "100 m"]),
        ("截段重叠", "NMS-SEGMENT-ONCE", "L1/4", "数据/截段.csv", ["L1"]),
        ("样线长于样地", "NMS-TRANSECT-PLOT", "L7", "数据/样线.csv", ["20 m", "P101", "10"]),
        ("方程单位错", "NMS-UNIT", "小叶锦鸡儿/全株", "dossier.yaml", ["kg", "赵2019"]),
        ("间隔过长", "NMS-INTERVAL", "P102", "数据/样地.csv", ["P102", "2020", "5 yr"]),
        ("平茬在测定之后", "NMS-CUT", "P302", "数据/样地.csv", ["P302", "2026"]),
        ("漏株", "NMS-LOST", "P101/4/前期", "数据/植株.csv", ["P101", "4"]),
    ],
)
def test_what_is_found_names_its_row_and_what_mends_it(
    damage: str,
    rule: str,
    subject: str,
    file: str,
    words: list[str],
    after: Callable[[str], Assessment],
) -> None:
    [requirement] = [each for each in after(damage).requirements if each.id == rule]
    [finding] = [each for each in requirement.findings if each.subject == subject]
    assert finding.verdict == "nonconforming"
    assert finding.origin is not None
    assert finding.origin.file == file
    assert finding.origin.at
    said_in_both(finding.message, *words)
    said_in_both(finding.remedy)


@pytest.mark.parametrize(
    ("damage", "code", "words"),
    [("冠幅为负", "out-of-range", ["-0.8", "0 m"]), ("植株重号", "row-twice", ["P101/2"])],
)
def test_what_cannot_be_read_is_told_with_its_place_and_mend(
    damage: str, code: str, words: list[str], after: Callable[[str], Assessment]
) -> None:
    [problem] = after(damage).problems
    assert problem.code == code
    assert problem.origin is not None
    assert problem.origin.file == "数据/植株.csv"
    assert problem.origin.at
    said_in_both(problem.message, *words)
    said_in_both(problem.mend)


def test_an_equation_that_comes_later_changes_a_lookup_and_no_rule(
    tmp_path: Path, pack: PackPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The equation of Hedysarum mongolicum is unknown; this one is made up."""
    project = build(SMALL)
    for row in project.tables["植株"]:
        row["植株树种"] = row["植株树种"].replace("小叶锦鸡儿", "杨柴")
    project.row("采用方程", 方程树种="小叶锦鸡儿").update(方程树种="杨柴", 方程来源="项目2025")
    project.row("树种参数", 参数树种="小叶锦鸡儿")["参数树种"] = "杨柴"
    monkeypatch.setitem(WHOLE, "杨柴", WHOLE["小叶锦鸡儿"])
    reckon(project)
    before = found(checked(project, tmp_path / "before", pack))
    assert ("NMS-PUBLISHED", "杨柴/全株") in before

    for name, line in {
        "shrub_equations": "项目2025,杨柴,全株,V,2319.75,1,0,117.36,g,是,unverified,made up",
        "shrub_ranges": "项目2025,杨柴,V,0.011,4.425,unverified,made up",
        "crown_formulas": "项目2025,是,unverified,made up",
    }.items():
        own = (PACK / f"lookups/{name}.csv").read_text(encoding="utf-8")
        (tmp_path / f"lookups/{name}.csv").parent.mkdir(exist_ok=True)
        (tmp_path / f"lookups/{name}.csv").write_text(f"{own}{line}\n", encoding="utf-8")
    swapped = load_pack(str(PACK), read_swaps(str(tmp_path / "lookups")))
    assert found(checked(project, tmp_path / "after", swapped)) == set()


def test_every_rule_of_the_pack_but_these_is_broken_by_a_damage(pack: PackPlan) -> None:
    """What no damage breaks belongs to other routes, or is shown by the features alone."""
    broken = {rule for damage in DAMAGES.values() for rule, _ in damage.findings}
    rules = {rule.id for rule in pack.rules if rule.pack == "nm-shrub" and rule.ask is None}
    assert rules - broken == {
        "NMS-COVER-PLAN",
        "NMS-FIRST",
        "NMS-FOREST",
        "NMS-PLOT-STRATUM",
        "NMS-PROTOCOL",
        "NMS-RANGE-HEIGHT",
        "NMS-RANGE-ROOT",
        "NMS-RATIO",
        "NMS-RATIO-RANGE",
    }
