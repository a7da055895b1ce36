"""The California forest pack against 45 registered projects, label by label."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.dossier import read_collection
from guiju.verdicts import Assessment, Requirement

ROOT = Path(__file__).parents[2]
PACK = ROOT / "rules/guiju_rules/arb-us-forest"
MAPPING = PACK / "mappings/carbonplan-v0.3.yaml"
DATA = ROOT / "tests/data/ca-ifm"
PROJECTS = DATA / "projects-v0.3.json"

# The inputs of the recalculation as recompute.csv calls them.
INPUTS = {
    "rp.ifm_1": "first_period.ifm_1",
    "rp.ifm_3": "first_period.ifm_3",
    "rp.ifm_7": "first_period.ifm_7",
    "rp.ifm_8": "first_period.ifm_8",
    "b.ifm_1": "baseline.ifm_1",
    "b.ifm_3": "baseline.ifm_3",
    "b.ifm_7": "baseline.ifm_7",
    "b.ifm_8": "baseline.ifm_8",
    "cd": "first_period.confidence_deduction",
    "se": "first_period.secondary_effects",
}
NULL = "-999.0"
VERDICT = {"MATCH": "conforms", "MISMATCH": "nonconforming", "UNKNOWN": "undetermined"}

Row = dict[str, str]


def labels() -> dict[str, Row]:
    with open(DATA / "recompute.csv", encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


LABELS = labels()


def assessed(
    mapping: Path, collection: Path = DATA / "projects-v0.3.json"
) -> dict[str, Assessment]:
    pack = load_pack(str(PACK))
    return {
        dossier.id: assess(dossier, pack) for dossier in read_collection(collection, mapping, pack)
    }


@pytest.fixture(scope="module")
def assessments() -> dict[str, Assessment]:
    return assessed(MAPPING)


def rule(assessment: Assessment, id_: str) -> Requirement:
    return next(found for found in assessment.requirements if found.id == id_)


def value(assessment: Assessment, formula: str) -> Decimal | None:
    found = next(v for v in assessment.values if v.name == formula)
    return Decimal(found.value) if found.value is not None else None


def expected_credits(row: Row) -> str:
    """The verdict of ARB-CREDITS a label stands for.

    A label knows nothing of early action. There a mismatch in which the equation gives more
    than the claim is what having been credited before looks like, and the rule says so by not
    applying; a claim above the equation would stay a mismatch.
    """
    if row["label"] == "UNKNOWN_missing_input":
        return "undetermined"
    if row["label"].startswith("MATCH"):
        return "conforms"
    over = Decimal(row["recomputed"]) > Decimal(row["claimed_allocation"])
    return "not applicable" if row["early_action"] and over else "nonconforming"


def expected_baseline(row: Row) -> str:
    """The verdict of ARB-BASELINE a label stands for.

    The label compares whatever stands there, -999 as well. The rule asks only where the initial
    stock is above common practice, and takes -999 for a missing number.
    """
    if Decimal(row["ics"]) <= Decimal(row["common_practice"]):
        return "not applicable"
    if row["avg_ag_baseline"] in ("", NULL):
        return "undetermined"
    return "conforms" if row["baseline_ge_cp"] == "True" else "nonconforming"


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_every_project_is_read_and_only_notes_are_raised(
    assessments: dict[str, Assessment],
) -> None:
    assert set(assessments) == set(LABELS)
    assert len(LABELS) == 45
    raised = {p.severity for a in assessments.values() for p in a.problems}
    assert raised <= {"note"}


@pytest.mark.parametrize("project", LABELS)
def test_credits_answer_to_their_label(project: str, assessments: dict[str, Assessment]) -> None:
    row, found = LABELS[project], rule(assessments[project], "ARB-CREDITS")
    assert found.verdict == expected_credits(row)
    missing = {INPUTS[name] for name in row["missing"].split(";") if name}
    if found.verdict == "undetermined":
        assert {lack.name for lack in found.missing} == missing
        assert value(assessments[project], "first_period_credits") is None
    else:
        assert missing == set()


@pytest.mark.parametrize("project", [p for p, row in LABELS.items() if not row["missing"]])
def test_recomputed_credits_equal_the_printed_digits(
    project: str, assessments: dict[str, Assessment]
) -> None:
    recomputed = value(assessments[project], "first_period_credits")
    assert recomputed is not None
    # Printed to three decimals, from binary numbers: half a unit either way.
    assert abs(recomputed - Decimal(LABELS[project]["recomputed"])) <= Decimal("0.0005")


@pytest.mark.parametrize("project", LABELS)
def test_buffers_answer_to_their_label(project: str, assessments: dict[str, Assessment]) -> None:
    row = LABELS[project]
    assert rule(assessments[project], "ARB-BUFFER").verdict == VERDICT[row["buffer_label"]]
    recomputed = value(assessments[project], "buffer_contribution")
    assert recomputed is not None
    assert abs(recomputed - Decimal(row["buffer_recomputed"])) <= Decimal("0.005")


@pytest.mark.parametrize("project", LABELS)
def test_areas_answer_to_their_label(project: str, assessments: dict[str, Assessment]) -> None:
    row = LABELS[project]
    assert rule(assessments[project], "ARB-AREA").verdict == VERDICT[row["acreage_label"]]
    mapped = value(assessments[project], "mapped_acreage")
    if row["acreage_label"] == "UNKNOWN":
        assert mapped is None
    else:
        assert mapped == Decimal(row["assessment_area_acreage_sum"])


@pytest.mark.parametrize("project", LABELS)
def test_periods_answer_to_the_gaps_between_them(
    project: str, assessments: dict[str, Assessment]
) -> None:
    gaps = LABELS[project]["gaps_between_rps_days"].split(";")
    found = rule(assessments[project], "ARB-RP-GAP")
    if gaps == [""]:
        assert found.verdict == "not applicable"
        return
    apart = [str(number) for number, gap in enumerate(gaps, 1) if gap != "1"]
    assert found.verdict == ("nonconforming" if apart else "conforms")
    assert [finding.subject for finding in found.findings] == apart


@pytest.mark.parametrize("project", LABELS)
def test_baselines_answer_to_their_label(project: str, assessments: dict[str, Assessment]) -> None:
    row = LABELS[project]
    assert rule(assessments[project], "ARB-BASELINE").verdict == expected_baseline(row)


def test_999_is_missing_in_three_baselines(assessments: dict[str, Assessment]) -> None:
    marked = {p for p, row in LABELS.items() if row["avg_ag_baseline"] == NULL}
    assert marked == {"CAR1297", "CAR1215", "CAR1032"}
    for project in marked:
        found = rule(assessments[project], "ARB-BASELINE")
        assert [lack.name for lack in found.missing] == ["baseline.average_ag_baseline"]


def test_early_action_projects_are_told_apart_and_left_to_a_person(
    assessments: dict[str, Assessment],
) -> None:
    for project, assessment in assessments.items():
        found = rule(assessment, "ARB-EARLY")
        early = LABELS[project]["early_action"]
        assert found.verdict == ("awaiting judgement" if early else "not applicable")
        assert not (early and assessment.opinion == "positive")
    credits = rule(assessments["CAR1140"], "ARB-CREDITS")
    assert credits.reason is not None
    assert "early-action" in credits.reason["en"]


def test_the_noise_of_32_bits_is_gone_from_what_is_shown_and_changes_no_label(
    assessments: dict[str, Assessment],
) -> None:
    found = rule(assessments["ACR249"], "ARB-BASELINE")
    shown = {v.name: v.value for v in found.values}
    assert shown["baseline.average_ag_baseline"] == "91.12"  # 91.1200027466 in the file
    assert shown["baseline.common_practice"] == "84.06"  # 84.0599975586


def test_labels_stay_the_same_however_32_bit_numbers_are_read(tmp_path: Path) -> None:
    """Every number read as the shortest its 32 bits can mean, and every number as it stands."""
    text = MAPPING.read_text(encoding="utf-8")
    plain = tmp_path / "plain.yaml"
    plain.write_text(text.replace(", read: float32", ""), encoding="utf-8")
    lines = []
    for line in text.splitlines():
        name, _, place = line.partition(': "/')
        if name.strip() in ("ifm_1", "ifm_3", "ifm_7", "ifm_8", "secondary_effects", "allocation"):
            line = f'{name}: {{ at: "/{place}, read: float32 }}'
        lines.append(line.replace('missing: ["-999"] }', 'read: float32, missing: ["-999"] }'))
    noiseless = tmp_path / "noiseless.yaml"
    rewritten = "\n".join(lines).replace("read: float32, read: float32", "read: float32")
    noiseless.write_text(rewritten, encoding="utf-8")
    for mapping in (plain, noiseless):
        for project, assessment in assessed(mapping).items():
            row = LABELS[project]
            assert rule(assessment, "ARB-CREDITS").verdict == expected_credits(row), project
            assert rule(assessment, "ARB-BUFFER").verdict == VERDICT[row["buffer_label"]], project
            assert rule(assessment, "ARB-AREA").verdict == VERDICT[row["acreage_label"]], project
            assert rule(assessment, "ARB-BASELINE").verdict == expected_baseline(row), project


# --- other files of the same shape ----------------------------------------------------------


def changed(tmp_path: Path, **columns: Any) -> Assessment:
    """A reproduced project with some of its columns changed."""
    with open(PROJECTS, encoding="utf-8") as file:
        project = json.load(file)["ACR262"]
    named = {
        "acreage": "('project', 'acreage', '')",
        "areas": "('project', 'assessment_areas', '')",
        "early_action": "('project', 'early_action', '')",
        "allocation": "('rp[0]', 'allocation', '')",
        "deduction": "('rp[0]', 'confidence_deduction', '')",
        "second_start": "('rp[1]', 'start', '')",
        "second_end": "('rp[1]', 'end', '')",
    }
    for name, content in columns.items():
        assert named[name] in project
        project[named[name]] = content
    collection = tmp_path / "projects.json"
    collection.write_text(json.dumps({"ACR262": project}), encoding="utf-8")
    return assessed(MAPPING, collection)["ACR262"]


def errors(assessment: Assessment) -> list[str]:
    return [problem.code for problem in assessment.problems if problem.severity == "error"]


def test_an_acreage_may_be_a_text(tmp_path: Path) -> None:
    assessment = changed(tmp_path, acreage="13165.06")
    assert errors(assessment) == []
    assert rule(assessment, "ARB-AREA").verdict == "conforms"


@pytest.mark.parametrize("areas", [None, [], [{"code": 1, "site_class": None, "acreage": None}]])
def test_areas_nobody_wrote_down_are_asked_for(tmp_path: Path, areas: Any) -> None:
    assessment = changed(tmp_path, areas=areas)
    assert errors(assessment) == []
    assert rule(assessment, "ARB-AREA").verdict == "undetermined"


def test_the_same_area_may_stand_twice(tmp_path: Path) -> None:
    half = {"code": 221, "site_class": "low", "acreage": 6582.5}
    assessment = changed(tmp_path, areas=[half, dict(half)])
    assert errors(assessment) == []
    assert rule(assessment, "ARB-AREA").verdict == "conforms"


@pytest.mark.parametrize("nothing", ["", None, "None"])
def test_no_earlier_project_is_an_answer(tmp_path: Path, nothing: str | None) -> None:
    assessment = changed(tmp_path, early_action=nothing, allocation=600000.0)
    assert rule(assessment, "ARB-EARLY").verdict == "not applicable"
    assert rule(assessment, "ARB-CREDITS").verdict == "nonconforming"


def test_an_early_action_project_that_claims_too_much_is_nonconforming(tmp_path: Path) -> None:
    assessment = changed(tmp_path, early_action="CAR700", allocation=700000.0)
    assert rule(assessment, "ARB-CREDITS").verdict == "nonconforming"


def test_a_zero_deduction_is_not_a_missing_one(tmp_path: Path) -> None:
    assert rule(changed(tmp_path, deduction=0.0), "ARB-CREDITS").verdict != "undetermined"
    found = rule(changed(tmp_path, deduction=None), "ARB-CREDITS")
    assert found.verdict == "undetermined"
    assert [lack.name for lack in found.missing] == ["first_period.confidence_deduction"]


# The first period ends on 2015-09-30.
@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        ("2015-10-01T00:00:00Z", "2016-09-30T00:00:00Z", "conforms"),
        ("2015-10-02T00:00:00Z", "2016-10-01T00:00:00Z", "nonconforming"),
        ("2015-09-30T00:00:00Z", "2016-09-29T00:00:00Z", "nonconforming"),
    ],
)
def test_a_second_period_starts_the_day_after_the_first(
    tmp_path: Path, start: str, end: str, verdict: str
) -> None:
    assessment = changed(tmp_path, second_start=start, second_end=end)
    assert rule(assessment, "ARB-RP-GAP").verdict == verdict
    assert rule(assessment, "ARB-RP-YEAR").verdict == "conforms"


def test_every_text_is_given_in_both_languages(assessments: dict[str, Assessment]) -> None:
    for assessment in assessments.values():
        for requirement in assessment.requirements:
            assert set(requirement.title) == {"zh", "en"}, requirement.id
            for finding in requirement.findings:
                assert set(finding.message) == {"zh", "en"}, requirement.id
