"""The example project of the CDM pack, in English and Chinese, undamaged and damaged.

The project reports what its own reckoning gives, in `cdm_project/reckoning.py`; the engine
recomputes it from the tables. So the two are held against each other.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

from .cdm_project import DAMAGES, FOLDERS, VARIANTS, Project, build, files, listed, write
from .damaging import found

RULES = Path(__file__).parents[2] / "rules/guiju_rules"
TOOLS = ("ar-tool03", "ar-tool08", "ar-tool12", "ar-tool14", "ar-tool15", "ar-tool16")


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(str(RULES / "cdm-ar"))


@pytest.fixture(scope="module")
def undamaged() -> Project:
    return build()


def checked(folder: Path, pack: PackPlan) -> Assessment:
    return assess(read(open_dossier(folder), pack), pack)


@pytest.mark.parametrize("name", [*TOOLS, "cdm-ar"])
def test_the_pack_has_no_diagnostics(name: str) -> None:
    found = check_pack(str(RULES / name))
    assert [(d.code, d.span.source.name, d.span.line) for d in found] == []


@pytest.mark.parametrize("language", FOLDERS)
def test_the_shipped_example_is_what_the_generator_makes(language: str) -> None:
    made = files(build(), language)
    assert {name: (FOLDERS[language] / name).read_bytes() for name in made} == made


@pytest.mark.parametrize("language", FOLDERS)
def test_the_undamaged_project_leaves_only_the_judgements_open(
    language: str, pack: PackPlan
) -> None:
    assessment = checked(FOLDERS[language], pack)
    assert found(assessment) == set()
    assert [p.code for p in assessment.problems] == ["unused-files"]  # its README
    judged = {rule.id for rule in pack.rules if rule.ask is not None}
    for requirement in assessment.requirements:
        allowed = {"awaiting judgement"} if requirement.id in judged else {"conforms"}
        assert requirement.verdict in {*allowed, "not applicable"}, requirement.id


def test_both_languages_come_to_the_same_verdicts_and_values(pack: PackPlan) -> None:
    english, chinese = (checked(folder, pack) for folder in FOLDERS.values())
    for one, other in zip(english.requirements, chinese.requirements, strict=True):
        assert (one.id, one.verdict, one.counts) == (other.id, other.verdict, other.counts)
    for ours, theirs in zip(english.claims, chinese.claims, strict=True):
        assert ours.claimed.value == theirs.claimed.value
        assert ours.recomputed.value == theirs.recomputed.value


def test_what_does_not_apply_is_known(pack: PackPlan) -> None:
    assessment = checked(FOLDERS["en"], pack)
    assert {r.id for r in assessment.requirements if r.verdict == "not applicable"} == {
        "CDM-2-COMMUNITY",
        "CDM-2-SCALE",
        "CDM-3-SAME",
        "CDM-4-BARRIER",
        "CDM-5-REPLACE",
        "CDM-5-SOIL-YEAR",
        "CDM-5-START",
        "CDM-6-DESIGN-PRECISION",
        "CDM-6-INTERVAL",
        "CDM-6-PRECISION",
        "T15-UNKNOWN-LAND",
        "T16-REPEAT",
    }


def test_only_what_was_read_in_the_original_is_of_basis_verified(pack: PackPlan) -> None:
    for rule in pack.rules:
        cite = rule.cite.text if rule.cite is not None else ""
        if rule.basis == "verified":
            assert cite.startswith(("AR-ACM0003 ", "AR-AMS0007 ", "AR-TOOL03 ")), rule.id
        if "推断" in cite or "一般规定" in cite:
            assert rule.basis == "unverified", rule.id


def test_there_are_damages_enough_and_they_are_documented() -> None:
    assert len(DAMAGES) >= 20
    told = (Path(__file__).parent / "cdm_project/DAMAGES.md").read_text(encoding="utf-8")
    assert told == listed()


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGES)
def test_a_damage_is_found_and_nothing_else(
    name: str, tmp_path: Path, pack: PackPlan, undamaged: Project
) -> None:
    project = deepcopy(undamaged)
    damage = DAMAGES[name]
    damage(project)
    language = ("en", "zh")[len(name) % 2]
    write(project, language, tmp_path)
    assessment = checked(tmp_path, pack)
    assert found(assessment) == damage.findings
    assert [p.code for p in assessment.problems] == []


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_that_agrees_raises_nothing(
    name: str, tmp_path: Path, pack: PackPlan, undamaged: Project
) -> None:
    project = deepcopy(undamaged)
    VARIANTS[name](project)
    write(project, "en", tmp_path)
    assessment = checked(tmp_path, pack)
    assert found(assessment) == set()
    assert [p.code for p in assessment.problems] == []


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    """The English example with a text of a file replaced, once."""
    shutil.copytree(FOLDERS["en"], folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, (file, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "rule"),
    [
        ("tables/t14_trees.csv", ",8.9,14.2", ",-8.9,14.2", "out-of-range", "T14-TREE-BEFORE"),
        ("tables/t14_trees.csv", ",8.9,14.2", ",8.9,fourteen", "not-a-number", "T14-TREE"),
        ("tables/t14_trees.csv", "T1-01,2,", "T1-01,1,", "row-twice", None),
        ("tables/t14_shrub_strata.csv", ",28,", ",280,", "out-of-range", "T14-SHRUB"),
        ("tables/t12_litter.csv", ",1.9,", ",-1.9,", "out-of-range", "T12-LITTER"),
        ("tables/t08_fires.csv", "2020-04-19", "2020-04-31", "impossible-date", "CDM-5-FIRE-DAY"),
        ("tables/t08_fires.csv", "temperate", "steppe", "unknown-option", "T08-EMISSION"),
        ("dossier.yaml", '"45 tdm/ha"', '"45 tC/ha"', "wrong-unit", "CDM-2-SAME"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place_and_asked_for(
    file: str, old: str, new: str, code: str, rule: str | None, tmp_path: Path, pack: PackPlan
) -> None:
    assessment = checked(edited(tmp_path / "dossier", file, old, new), pack)
    [problem] = [p for p in assessment.problems if p.code != "unused-files"]
    assert (problem.code, problem.origin and problem.origin.file) == (code, file)
    assert problem.mend["zh"] and problem.mend["en"]
    undetermined = {r.id for r in assessment.requirements if r.verdict == "undetermined"}
    assert rule in undetermined if rule is not None else not undetermined


def test_small_scale_asks_for_more_of_the_same_project(tmp_path: Path, pack: PackPlan) -> None:
    large, small = '"AR-ACM0003 (large scale)"', '"AR-AMS0007 (small scale)"'
    assessment = checked(edited(tmp_path / "dossier", "dossier.yaml", large, small), pack)
    assert {(r.id, r.verdict) for r in assessment.requirements if r.findings} == {
        ("CDM-2-VERSION", "nonconforming"),
        ("CDM-2-SCALE", "undetermined"),
        ("CDM-2-COMMUNITY", "undetermined"),
        ("CDM-3-SAME", "nonconforming"),
        ("CDM-4-BARRIER", "nonconforming"),
        ("CDM-6-PRECISION", "nonconforming"),
    }


def test_a_version_whose_parameters_are_not_there_is_asked_for(
    tmp_path: Path, pack: PackPlan
) -> None:
    folder = edited(tmp_path / "dossier", "dossier.yaml", 'version: "04.2"', 'version: "04.1"')
    verdicts = {r.id: r.verdict for r in checked(folder, pack).requirements}
    assert verdicts["T14-TREE"] == verdicts["T14-SHRUB"] == "undetermined"
    assert "nonconforming" not in verdicts.values()


def test_a_later_version_of_a_tool_takes_lookups_only(tmp_path: Path) -> None:
    """The parameters of a version that was not read come in a file; no rule is touched."""
    held = RULES / "ar-tool14/lookups/t14_defaults.csv"
    text = held.read_text(encoding="utf-8")
    lookups = tmp_path / "lookups"
    lookups.mkdir()
    (lookups / held.name).write_text(text.replace("04.2,", "05.0,"), encoding="utf-8")
    later = load_pack(str(RULES / "cdm-ar"), read_swaps(str(lookups)))
    folder = edited(tmp_path / "dossier", "dossier.yaml", 'version: "04.2"', 'version: "05.0"')
    assert found(checked(folder, later)) == set()
    assert [one.file for one in later.replaced] == ["ar-tool14/t14_defaults.csv"]
