"""The carbon-inclusive example projects, undamaged and damaged in each listed way.

The projects claim what their own reckoning gives, in `inclusive_projects/state.py`; the engine
recomputes it from the records. So the two are held against each other to the tonne.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.batch import Job, Limits, run_batch
from guiju.compiler import load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

from ..batch.making import ask
from .damaging import found
from .inclusive_projects import (
    DAMAGES,
    InclusiveProject,
    files,
    fleet,
    pv,
    pv_in_english,
    recycling,
    write,
)
from .inclusive_projects.damaged import AWAITED, listed

RULES = Path(__file__).parents[2] / "rules/guiju_rules"
MADE: dict[str, Callable[[], InclusiveProject]] = {
    "pv": pv,
    "fleet": lambda: fleet(days=14),  # a short one is enough to be damaged
    "recycling": recycling,
}


@pytest.fixture(scope="module")
def packs() -> dict[str, PackPlan]:
    return {kind: load_pack(str(RULES / make().pack)) for kind, make in MADE.items()}


def checked(project: InclusiveProject, folder: Path, pack: PackPlan) -> Assessment:
    write(project, folder)
    return assess(read(open_dossier(folder), pack), pack)


@pytest.mark.parametrize("kind", MADE)
def test_undamaged_only_what_awaits_its_text_is_undetermined(
    kind: str, tmp_path: Path, packs: dict[str, PackPlan]
) -> None:
    assessment = checked(MADE[kind](), tmp_path, packs[kind])
    assert found(assessment) == AWAITED[kind]
    for requirement in assessment.requirements:
        if requirement.findings:
            assert requirement.verdict == "undetermined", requirement.id
    assert [p.code for p in assessment.problems] == ["unused-files"]
    assert assessment.opinion == "open"


def test_the_pv_project_claims_the_462_tonnes_of_the_method() -> None:
    assert pv().facts["申报"]["申报减排量"] == "462"


@pytest.mark.parametrize("project", [pv(), fleet(), recycling()], ids=MADE)
def test_the_shipped_examples_are_what_the_generators_make(project: InclusiveProject) -> None:
    folder = RULES / project.pack / "dossiers" / project.id
    wanted = files(project)
    assert {name: (folder / name).read_bytes() for name in wanted} == wanted
    assert {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()} == set(wanted)


@pytest.mark.parametrize("kind", MADE)
def test_there_are_damages_enough(kind: str) -> None:
    assert sum(damage.project == kind for damage in DAMAGES.values()) >= 12


def test_the_damages_are_documented() -> None:
    told = Path(__file__).parent / "inclusive_projects/DAMAGES.md"
    assert told.read_text(encoding="utf-8") == listed()


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_of_records_is_found_and_nothing_else(
    name: str, tmp_path: Path, packs: dict[str, PackPlan]
) -> None:
    damage = DAMAGES[name]
    project = MADE[damage.project]()
    damage.apply(project)
    assessment = checked(project, tmp_path, packs[damage.project])
    assert found(assessment) == AWAITED[damage.project] | damage.findings
    codes = sorted({p.code for p in assessment.problems} - {"unused-files"})
    assert codes == sorted(damage.problems)


PARAMETERS = {
    "nm_parameters": "item,规定文字,规定日期,规定功率,规定年数,规定天数\n"
    "当地办法文号,示例办法（待取得文本）,2020-01-01,1,1,1\n"
    "电网因子地区,内蒙古,2020-01-01,1,1,1\n"
    "公示工作日,-,2020-01-01,1,1,11\n"
    "项目开始日期下限,-,2024-09-01,1,1,1\n"
    "减排量产生首日下限,-,2025-04-01,1,1,1\n",
    "nm_methods": "number,方法学类型\n示例充电方法学（待取得文本）,充电\n",
    "nm_factors": "method,name,耗电系数,替代系数,热量系数,质量系数,生长量系数,含碳率系数,根茎比系数\n"
    "充电,小型客车,0.15,0.20,1,1,1,1,1\n"
    "充电,轻型货车,0.30,0.30,1,1,1,1,1\n",
    "grid_factors": "region,因子值,公布年,公布者\n内蒙古,0.5,2025,示例发布单位\n",
}
"""Made-up parameters of Inner Mongolia, as its text would give them."""


def test_the_text_of_a_place_when_it_comes_replaces_lookups_and_no_rule(tmp_path: Path) -> None:
    folder = tmp_path / "lookups"
    folder.mkdir()
    for name, text in PARAMETERS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    pack = load_pack(str(RULES / "nm-carbon-inclusive"), read_swaps(str(folder)))
    assessment = checked(MADE["fleet"](), tmp_path / "fleet", pack)
    assert found(assessment) == set()
    assert assessment.opinion == "positive"


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("nm_parameters", "1,1,11", "1,1,12", "CI-NOTICE"),
        ("nm_parameters", "2024-09-01", "2024-09-02", "CI-START-FLOOR"),
        ("nm_parameters", "2025-04-01", "2025-04-02", "CI-VINTAGE"),
        ("nm_methods", ",充电", ",节能", "CI-METHOD"),
        ("nm_factors", "0.20", "0.19", "CI-CHG-FACTORS"),
        ("grid_factors", "0.5,", "0.51,", "CI-GRID-FACTOR"),
    ],
)
def test_another_parameter_is_another_verdict(
    name: str, old: str, new: str, rule: str, tmp_path: Path
) -> None:
    folder = tmp_path / "lookups"
    folder.mkdir()
    for one, text in PARAMETERS.items():
        changed = text.replace(old, new) if one == name else text
        (folder / f"{one}.csv").write_text(changed, encoding="utf-8")
    pack = load_pack(str(RULES / "nm-carbon-inclusive"), read_swaps(str(folder)))
    assessment = checked(MADE["fleet"](), tmp_path / "fleet", pack)
    assert {at for at, _ in found(assessment)} == {rule}


def test_the_english_twin_is_what_the_generator_makes_and_says_the_same(
    tmp_path: Path, packs: dict[str, PackPlan]
) -> None:
    twin = pv_in_english(packs["pv"])
    folder = RULES / twin.pack / "dossiers" / twin.id
    wanted = files(twin)
    assert {name: (folder / name).read_bytes() for name in wanted} == wanted
    here, there = (
        checked(pv(), tmp_path / "zh", packs["pv"]),
        checked(twin, tmp_path / "en", packs["pv"]),
    )
    assert [(r.id, r.verdict) for r in here.requirements] == [
        (r.id, r.verdict) for r in there.requirements
    ]
    assert [p.code for p in there.problems] == ["unused-files"]


def other_pv(name: str, serials: str, prefix: str) -> InclusiveProject:
    """The PV project again, with meters and units of its own."""
    project = pv()
    project.id = name
    for rows in project.tables.values():
        for row in rows:
            row.update({k: v.replace("HJ24", serials) for k, v in row.items()})
    project.tables["登记减排量"][0]["编号前缀"] = prefix
    return project


def next_period() -> InclusiveProject:
    """The PV project's next dossier: the days of a year later, the old batch listed again."""
    project = pv()
    project.id = "next"
    for table in ("抄表", "结算", "绿证"):
        for row in project.tables[table]:
            for name in ("起始日", "截止日"):
                year, rest = row[name].split("-", 1)
                row[name] = f"{int(year) + 1}-{rest}"
    project.tables["登记减排量"][0]["属本次申报"] = "否"
    return project


def test_what_two_projects_claim_is_found_where_they_are_checked_together(tmp_path: Path) -> None:
    first, shares_meter = pv(), other_pv("meter", "HJ25", "甲")
    for rows in shares_meter.tables.values():
        for row in rows:
            row.update({k: v.replace("HJ25-0102", "HJ24-0102") for k, v in row.items()})
    shares_meter.tables["绿证"] = []
    shares_serials, apart = (
        other_pv("serials", "HJ26", "示例SHCER"),
        other_pv("apart", "HJ27", "乙"),
    )
    for project in (first, shares_meter, shares_serials, apart, next_period()):
        write(project, tmp_path / "many" / project.id)
    run_batch(Job(str(tmp_path / "many")), str(tmp_path / "out"), Limits(jobs=1))
    query = (
        "SELECT path, rule FROM verdicts WHERE verdict = 'nonconforming' AND rule LIKE '%-OTHER'"
    )
    assert set(ask(tmp_path / "out", query)) == {
        (first.id, "CI-READ-OTHER"),
        (first.id, "CI-UNIT-OTHER"),
        ("meter", "CI-READ-OTHER"),
        ("meter", "CI-GEC-OTHER"),
        ("serials", "CI-UNIT-OTHER"),
    }


@pytest.mark.parametrize("kind", MADE)
def test_no_rule_claims_more_than_was_read(kind: str, packs: dict[str, PackPlan]) -> None:
    for rule in packs[kind].rules:
        assert rule.basis in {"secondary", "unverified"}, rule.id
        cite = rule.cite.text if rule.cite is not None else ""
        if any(source in cite for source in ("推断", "方法学通式")):
            assert rule.basis == "unverified", rule.id
        assert set(rule.title) >= {"zh", "en"}, rule.id
