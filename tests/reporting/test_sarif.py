"""SARIF: its structure, and what the standard asks of it.

With the environment variable GUIJU_SARIF_SCHEMA naming the official JSON Schema, and with
`jsonschema` installed, the documents are also validated against that.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from guiju.reporting import write

from .fixtures import HOSTILE, afforestation, collection, filled_with


@pytest.fixture
def run():
    return json.loads(write([afforestation()], "sarif", "zh"))["runs"][0]


def test_every_requirement_is_declared_and_every_result_points_to_its_rule(run):
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules][:2] == ["AFF-2A", "AFF-2C"]
    assert "CCER-14-001-V01 2(c)" in rules[1]["help"]["text"]
    assert {result["ruleId"] for result in run["results"]} == {rule["id"] for rule in rules}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_kinds_and_levels_follow_the_verdicts(run):
    told = {each["ruleId"]: (each["kind"], each["level"]) for each in run["results"]}
    assert told == {
        "AFF-2A": ("pass", "none"),
        "AFF-2C": ("fail", "error"),
        "AFF-2D": ("fail", "warning"),
        "AFF-2E": ("notApplicable", "none"),
        "AFF-STAKE": ("review", "none"),
        "AFF-STAKE-2": ("pass", "none"),
        "AFF-7B": ("fail", "note"),
        "AFF-2F": ("fail", "error"),
        "AFF-6-ER": ("pass", "none"),
        "AFF-DATE": ("pass", "none"),
        "AFF-MAP": ("open", "none"),
    }


def test_a_finding_has_its_place_row_fingerprint_and_baseline(run):
    result = next(each for each in run["results"] if each["ruleId"] == "AFF-2C")
    place = result["locations"][0]
    uri = place["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("dossiers/%E4%B9%8C")
    assert uri.endswith(".csv")
    assert uri in [each["location"]["uri"] for each in run["artifacts"]]
    assert place["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 4}
    assert place["logicalLocations"] == [{"name": "NM-001", "kind": "row"}]
    assert result["partialFingerprints"]["guijuFinding/v1"] == "aff2c-NM-001"
    assert result["baselineState"] == "unchanged"


def test_a_cell_is_a_logical_location(run):
    result = next(each for each in run["results"] if each["ruleId"] == "AFF-2D")
    cell = result["relatedLocations"][0]["logicalLocations"][0]
    assert cell == {"name": "C12", "fullyQualifiedName": "基本情况!C12", "kind": "cell"}


def test_a_waived_finding_is_suppressed_with_its_justification(run):
    result = next(each for each in run["results"] if each["ruleId"] == "AFF-2F")
    (suppression,) = result["suppressions"]
    assert suppression["kind"] == "external"
    assert suppression["status"] == "accepted"
    assert suppression["justification"] == "主管部门已书面同意延期公示"


def test_reading_problems_are_notifications_and_an_error_is_no_success(run):
    (invocation,) = run["invocations"]
    told = invocation["toolExecutionNotifications"]
    assert [each["level"] for each in told] == ["warning", "error", "note", "error"]
    assert told[0]["descriptor"]["id"] == "number-text"
    assert invocation["executionSuccessful"] is False


def test_a_collection_is_one_run_for_each_pack():
    log = json.loads(write([afforestation(), *collection(45)], "sarif", "en"))
    assert len(log["runs"]) == 2
    assert len(log["runs"][1]["invocations"]) == 45
    assert len(log["runs"][1]["tool"]["driver"]["rules"]) == 12
    assert len(log["runs"][1]["results"]) == 45 * 12


@pytest.mark.skipif(
    "GUIJU_SARIF_SCHEMA" not in os.environ, reason="GUIJU_SARIF_SCHEMA names no schema file"
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_log_is_valid_against_the_official_schema(lang):
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(Path(os.environ["GUIJU_SARIF_SCHEMA"]).read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    cases = [[], [afforestation(150)], collection(3), [filled_with(each) for each in HOSTILE]]
    for assessments in cases:
        log = json.loads(write(assessments, "sarif", lang))
        assert [error.message for error in validator.iter_errors(log)] == []
