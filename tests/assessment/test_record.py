"""The record: JSON that is read back the same, strictly, with a schema."""

from __future__ import annotations

import json

import pytest
from tests.evaluation.making import D, dossier, pack

from guiju.assessment import assess
from guiju.assessment.record import NotAnAssessment, digest, from_json, json_schema, to_json
from guiju.cli.exits import exit_code
from guiju.verdicts import FORMAT, Problem

TEXT = """
facts project "Project"
  x : number
  y "Some number" zh "某数" : number
table parcels "Parcels"
  key id
  id : text
  area : ha
formula double : number
  = project.x * 2
rule A "a"
  must double > 1
  else CAR "no"
rule B "b"
  for each p in parcels
  must p.area >= project.y * 1 ha
  else CAR "no"
judge J "j"
  ask "well?"
  else CAR "no"
"""
ROWS = {"parcels": [{"id": "甲", "area": D("0.1")}, {"id": "乙", "area": None}]}


def assessed(x="0", y="1", **options):
    facts = {"project.x": x and D(x), "project.y": y and D(y)}
    return assess(dossier(facts, tables=ROWS), pack(TEXT), **options)


def test_what_is_written_is_read_back_the_same():
    assessment = assessed()
    text = to_json(assessment)
    assert from_json(text) == assessment
    assert to_json(from_json(text)) == text
    assert "某数" in text.decode()
    assert digest(from_json(text)) == digest(assessment)
    assert digest(assessed(x="1")) != digest(assessment)


@pytest.mark.parametrize(
    "change",
    [
        {"extra": 1},
        {"format": "guiju-assessment/9"},
        {"opinion": "excellent"},
        {"requirements": None},
        {"counts": {"conforms": "3"}},
    ],
)
def test_a_record_that_is_none_is_refused(change):
    plain = json.loads(to_json(assessed()))
    with pytest.raises(NotAnAssessment):
        from_json(json.dumps(plain | change))


def test_unknown_keys_are_refused_at_any_depth():
    plain = json.loads(to_json(assessed()))
    plain["requirements"][0]["findings"][0]["severity"] = "high"
    with pytest.raises(NotAnAssessment, match="severity"):
        from_json(json.dumps(plain))
    for text in ("", "[]", "{", "{}"):
        with pytest.raises(NotAnAssessment):
            from_json(text)


def test_the_schema_describes_every_part():
    schema = json_schema()
    assert schema["$id"] == "urn:guiju:assessment:1"
    assert schema["properties"]["format"]["const"] == FORMAT
    assert schema["additionalProperties"] is False
    assert schema["description"]
    for name, part in schema["$defs"].items():
        assert part["additionalProperties"] is False, name
    assert "threshold" in schema["$defs"]["Margin"]["description"]
    json.dumps(schema)


def test_fingerprints_are_those_of_pack_rule_and_row():
    first, second = assessed(), assessed(x="-5")
    prints = [[f.fingerprint for r in a.requirements for f in r.findings] for a in (first, second)]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == 3
    assert all(len(p) == 16 and int(p, 16) >= 0 for p in prints[0])


def test_a_baseline_tells_what_is_new():
    former = assessed(x="1")
    found = assessed(baseline=from_json(to_json(former)))
    marks = {(f.rule, f.subject): f.baseline for r in found.requirements for f in r.findings}
    assert marks == {("A", None): "new", ("B", "甲"): "unchanged", ("B", "乙"): "unchanged"}
    # A question that has become a nonconformity is new.
    open_ = assessed(x=None)
    again = assessed(baseline=open_)
    assert again.requirements[0].findings[0].baseline == "new"


def test_exit_codes():
    failing, asking, fine = assessed(), assessed(x=None, y="0"), assessed(x="1", y="0")
    asking.requirements = asking.requirements[:1]
    fine.requirements = [r for r in fine.requirements if r.id != "B"]
    assert [exit_code([a], "nonconforming") for a in (failing, asking, fine)] == [1, 0, 0]
    assert [exit_code([a]) for a in (failing, asking, fine)] == [1, 1, 0]
    assert [exit_code([a], "judgement") for a in (failing, asking, fine)] == [1, 1, 1]
    assert [exit_code([a], "never") for a in (failing, asking, fine)] == [0, 0, 0]
    assert exit_code([fine, failing]) == 1
    assert exit_code([]) == 0


def test_a_file_with_an_error_and_a_fault_win_over_findings():
    failing = assessed()
    failing.problems = [Problem("x", "warning", {}, {})]
    assert exit_code([failing]) == 1
    failing.problems = [Problem("x", "error", {}, {})]
    assert exit_code([failing]) == 2
    assert exit_code([failing], "never") == 2
    failing.requirements[0].verdict = "broken"
    assert exit_code([failing], "never") == 3


def test_findings_a_baseline_held_do_not_count():
    former = assessed()
    assert exit_code([assessed(baseline=former)]) == 0
    assert exit_code([assessed(baseline=assessed(x="1"))]) == 1
