"""The example grassland, undamaged and damaged in each documented way.

It reports what its own reckoning gives, in `grassland_project/reckoning.py`; the engine
recomputes it from the tables. So the two are held against each other to the tonne.
"""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

from .damaging import damaged, found
from .grassland_project import DAMAGES, Grassland, build, files, listed, write
from .grassland_project.reckoning import reckon

PACK = Path(__file__).parents[2] / "rules/guiju_rules/nm-grassland"


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(str(PACK))


def checked(grassland: Grassland, folder: Path, pack: PackPlan) -> Assessment:
    write(grassland, folder)
    return assess(read(open_dossier(folder), pack), pack)


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_undamaged_grassland_leaves_only_the_judgements_open(
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
    (claim,) = assessment.claims
    assert claim.difference == "0"


def test_the_example_has_the_size_it_is_said_to_have() -> None:
    grassland = build()
    area = sum(Decimal(row["面积(ha)"]) for row in grassland.tables["地块"])
    assert 19950 <= area <= 20050
    assert len(grassland.of("样点", "样点类别", "监测")) == 45
    assert len(grassland.of("样点", "样点类别", "对照")) == 9


def test_the_shipped_example_is_what_the_generator_makes() -> None:
    made = files(build())
    folder = PACK / "dossiers/caoyuan-example"
    assert {name: (folder / name).read_bytes() for name in made} == made


RECKONED = (
    "NG-ABOVE NG-BELOW NG-BUFFER NG-CAPACITY NG-CLAIM NG-FACTOR-RATE NG-FIRE NG-HERD-EMISSION "
    "NG-SOIL-CHANGE NG-STOCKING NG-STOCKS NG-STRATUM-RATE NG-UNCERTAINTY"
)


def scale(grassland: Grassland, table: str, column: str, chance: random.Random) -> None:
    """Moves each number of a column by up to a tenth, in the places it has."""
    for row in grassland.tables[table]:
        old = Decimal(row[column])
        row[column] = f"{(old * chance.randrange(900, 1101) / 1000).quantize(old)}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_other_numbers_are_reckoned_alike_by_both(
    seed: int, tmp_path: Path, pack: PackPlan
) -> None:
    chance = random.Random(seed)
    grassland = build()
    for table, column in (
        ("土壤样", "土样质量(g)"),
        ("土壤样", "有机碳含量"),
        ("样方", "干重(g)"),
        ("根钻", "根干重(g)"),
        ("季节放牧", "可食产量(kg/ha)"),
        ("在牧牲畜", "在牧头数"),
        ("畜群", "项目头数"),
        ("畜群", "挥发固体率"),
        ("火烧", "过火面积"),
    ):
        scale(grassland, table, column, chance)
    grassland.facts["申报"] |= {
        "核算期": f"2021-09-01/2025-{chance.randrange(8, 13):02d}-28",
        "缓冲比例": f"{chance.randrange(12, 30)}%",
    }
    for row in grassland.tables["样点"]:
        row["本期日期"] = f"2025-0{chance.randrange(6, 9)}-{chance.randrange(10, 29)}"
    reckon(grassland)
    write(grassland, tmp_path)
    assessment = assess(read(open_dossier(tmp_path), pack), pack, select=RECKONED.split())
    assert {r.id for r in assessment.requirements} >= set(RECKONED.split())
    assert {r.verdict for r in assessment.requirements} == {"conforms"}
    (claim,) = assessment.claims
    assert claim.difference == "0"


def test_the_official_figures_replace_a_lookup_and_no_rule(tmp_path: Path) -> None:
    """Cover graded moderate from 25 % instead of 20 %: what was moderate by it is light."""
    text = (PACK / "lookups/gb_grades.csv").read_text(encoding="utf-8")
    for old, new in (
        ("总覆盖度,是,10,20,30,", "总覆盖度,是,10,25,30,"),
        ("优势种重要值,是,10,20,40,", "优势种重要值,是,10,35,40,"),
        ("总产草量,是,10,20,50,", "总产草量,是,10,40,50,"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (tmp_path / "swaps").mkdir()
    (tmp_path / "swaps/gb_grades.csv").write_text(text, encoding="utf-8")
    pack = load_pack(str(PACK), read_swaps(str(tmp_path / "swaps")))
    moderate = {row["地块号"] for row in build().of("地块", "申报等级", "中度")}
    assert found(checked(build(), tmp_path / "dossier", pack)) == {
        ("NG-GRADE", parcel) for parcel in moderate
    }


def test_there_are_damages_enough_and_they_are_documented() -> None:
    assert len(DAMAGES) >= 20
    told = (Path(__file__).parent / "grassland_project/DAMAGES.md").read_text(encoding="utf-8")
    assert told == listed()


def test_several_damages_are_found_together(tmp_path: Path, pack: PackPlan) -> None:
    names = ["多报", "两个载畜量", "干湿填反", "版本混用", "对照太远"]
    grassland = build()
    damaged(grassland, [DAMAGES[name] for name in names])
    together = frozenset[tuple[str, str | None]]().union(*(DAMAGES[n].findings for n in names))
    assert found(checked(grassland, tmp_path, pack)) == together


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_and_nothing_else(name: str, tmp_path: Path, pack: PackPlan) -> None:
    grassland = build()
    damage = DAMAGES[name]
    damage(grassland)
    assessment = checked(grassland, tmp_path, pack)
    assert found(assessment) == damage.findings
    assert sorted({p.code for p in assessment.problems}) == sorted(damage.problems)


TOLD = {
    # Damage: the rule that finds it, what its words must hold, whether it says a remedy.
    "两个载畜量": ("NG-ONE-RATE", ("C-05", "40"), True),
    "干湿填反": ("NG-DRY-FRESH", ("M105-2", " g"), True),
    "负重量": ("NG-MASS", ("M106-1", "−3.0 g"), True),
    "按固定深度": ("NG-STOCKS", ("M214", "tC/ha"), True),
    "对照太远": ("NG-CONTROL-FAR", ("D201", "250 km"), False),
    "与造林项目重叠": ("NG-TWICE", ("P-09", "ZL-示例-3", "CCER-14-001"), True),
}


def test_findings_name_the_row_and_its_values_in_both_languages(
    tmp_path: Path, pack: PackPlan
) -> None:
    grassland = build()
    damaged(grassland, [DAMAGES[name] for name in TOLD])
    requirements = {r.id: r for r in checked(grassland, tmp_path, pack).requirements}
    for rule, words, mended in TOLD.values():
        (finding, *_) = requirements[rule].findings
        for word in words:
            assert word in finding.message["zh"], rule
            assert word in finding.message["en"], rule
        assert (finding.remedy is not None) is mended, rule
