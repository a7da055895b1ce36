"""The example project, undamaged and damaged in each documented way.

The project reports what its own reckoning gives, in `project/reckoning.py`; the engine
recomputes it from the tables. So the two are held against each other to the tonne.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

from .damaging import damaged, found
from .project import DAMAGES, Project, build, listed, write
from .project.writing import files

PACK = Path(__file__).parents[2] / "rules/guiju_rules/ccer-14-001"


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(str(PACK))


def checked(project: Project, folder: Path, pack: PackPlan) -> Assessment:
    write(project, folder)
    return assess(read(open_dossier(folder), pack), pack)


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
    assert len(tables["地块"]) == 160
    assert len(tables["样地"]) == 36
    assert 1900 <= len(tables["样木"]) <= 2100


def test_the_shipped_example_is_what_the_generator_makes() -> None:
    made = files(build())
    folder = PACK / "dossiers/zaolin-example"
    assert {name: (folder / name).read_bytes() for name in made} == made


def test_there_are_damages_enough_and_they_are_documented() -> None:
    assert len(DAMAGES) >= 25
    told = (Path(__file__).parent / "project/DAMAGES.md").read_text(encoding="utf-8")
    assert told == listed()


def test_several_damages_are_found_together(tmp_path: Path, pack: PackPlan) -> None:
    names = ["漏扣非持久性", "小班重复", "胸径变小", "样地换号", "公示少一日"]
    project = build()
    damaged(project, [DAMAGES[name] for name in names])
    together = frozenset[tuple[str, str | None]]().union(*(DAMAGES[n].findings for n in names))
    assert found(checked(project, tmp_path, pack)) == together


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_and_nothing_else(name: str, tmp_path: Path, pack: PackPlan) -> None:
    project = build()
    damage = DAMAGES[name]
    damage(project)
    assessment = checked(project, tmp_path, pack)
    assert found(assessment) == damage.findings
    assert sorted({p.code for p in assessment.problems}) == sorted(damage.problems)
