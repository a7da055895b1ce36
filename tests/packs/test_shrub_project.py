"""The example project of shrub carbon, undamaged and damaged in each documented way.

The project reports what its own reckoning gives, in `shrub_project/reckoning.py`; the engine
recomputes it from the plants. Damages are checked on a project of fewer plots and plants.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

from .shrub_project import DAMAGES, SMALL, ShrubProject, build, files, listed, write

PACK = Path(__file__).parents[2] / "rules/guiju_rules/nm-shrub"


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(str(PACK))


def checked(project: ShrubProject, folder: Path, pack: PackPlan) -> Assessment:
    write(project, folder)
    return assess(read(open_dossier(folder), pack), pack)


def found(assessment: Assessment) -> set[tuple[str, str | None]]:
    return {
        (requirement.id, finding.subject)
        for requirement in assessment.requirements
        for finding in requirement.findings
    }


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


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_and_nothing_else(name: str, tmp_path: Path, pack: PackPlan) -> None:
    project = build(SMALL)
    damage = DAMAGES[name]
    damage(project)
    assessment = checked(project, tmp_path, pack)
    assert found(assessment) == damage.findings
    assert sorted({p.code for p in assessment.problems}) == sorted(damage.problems)


def test_every_rule_of_the_pack_but_these_is_broken_by_a_damage(pack: PackPlan) -> None:
    """What no damage breaks belongs to other routes, or is shown by the features alone."""
    broken = {rule for damage in DAMAGES.values() for rule, _ in damage.findings}
    rules = {rule.id for rule in pack.rules if rule.pack == "nm-shrub" and rule.ask is None}
    assert rules - broken == {
        "NMS-FOREST",
        "NMS-PLOT-STRATUM",
        "NMS-PROTOCOL",
        "NMS-RANGE-HEIGHT",
        "NMS-RANGE-ROOT",
        "NMS-RATIO",
        "NMS-RATIO-RANGE",
        "NMS-SURE",
    }
