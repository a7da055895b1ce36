"""Waivers: read strictly, applied on the day of the assessment, and never forgotten."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.evaluation.making import D, dossier, pack

from guiju.assessment import WaiverProblems, assess, read_waivers
from guiju.verdicts import Waiver

TEXT = """
table parcels "Parcels"
  key id
  id : text
  area : ha
facts project "Project"
  x : number
rule A "area"
  for each p in parcels
  must p.area >= 1 ha
  else CAR "no"
rule B "x"
  must project.x > 1
  else CAR "no"
"""


def waiver(rule="B", subject=None, start="2026-01-01", until="2026-12-31") -> Waiver:
    return Waiver(rule, subject, "reviewer B", "corrected in the next period", start, until)


def assessed(*waivers, x="0", areas=("0.5", "0.4", "2"), day=date(2026, 5, 12)):
    rows = [{"id": f"P{n}", "area": D(area)} for n, area in enumerate(areas, 1)]
    made = dossier({"project.x": x and D(x)}, tables={"parcels": rows}, submitted=day)
    return assess(made, pack(TEXT), waivers=waivers)


def test_a_waived_requirement_says_who_and_why():
    assessment = assessed(waiver())
    waived = assessment.requirements[1]
    assert waived.verdict == "waived"
    assert waived.waiver is not None
    assert waived.waiver.status == "used"
    assert waived.reason is not None
    assert "reviewer B" in waived.reason["en"]
    assert [f.verdict for f in waived.findings] == ["waived"]
    assert assessment.counts["waived"] == 1
    assert assessment.problems == []


def test_a_waiver_may_be_for_one_row():
    assessment = assessed(waiver("A", "P1"))
    rule = assessment.requirements[0]
    assert (rule.verdict, rule.waiver) == ("nonconforming", None)
    assert rule.counts == {"nonconforming": 1, "waived": 1, "conforms": 1}
    both = assessed(waiver("A", "P1"), waiver("A", "P2")).requirements[0]
    assert (both.verdict, both.counts) == ("waived", {"waived": 2, "conforms": 1})


def test_all_waived_makes_a_positive_opinion_and_nothing_is_asked_for():
    assessment = assessed(waiver(), waiver("A"))
    assert assessment.opinion == "positive"
    missing = assessed(waiver(), waiver("A"), x=None)
    assert missing.requirements[1].verdict == "waived"
    assert missing.lacks == []


@pytest.mark.parametrize(
    ("given", "status", "problem"),
    [
        (waiver(until="2026-05-11"), "expired", "waiver-expired"),
        (waiver(start="2026-05-13"), "not yet", "waiver-not-yet"),
        (waiver(start="2026-05-12", until="2026-05-12"), "used", None),
        (waiver("A", "P3"), "unused", "waiver-unused"),
        (waiver("A", "P9"), "unused", "waiver-unused"),
        (waiver("Z"), "unused", "waiver-unknown"),
    ],
)
def test_a_waiver_that_does_not_work_is_reported(given, status, problem):
    assessment = assessed(given)
    assert [w.status for w in assessment.waivers] == [status]
    assert [p.code for p in assessment.problems] == ([problem] if problem else [])
    assert all(p.severity == "warning" and p.message["zh"] for p in assessment.problems)
    # What was handed in stays as it was, so that it can be used for the next dossier.
    assert given.status == "unused"


GOOD = """
- rule: B
  who: 复核员乙
  why: "下期整改"
  from: 2026-01-01
  until: 2026-12-31
- {rule: A, subject: 012, who: x, why: no, from: "2026-01-01", until: 2026-06-30}
"""


def test_yaml_and_json_are_read_as_texts(tmp_path):
    (tmp_path / "w.yaml").write_text(GOOD, encoding="utf-8")
    first, second = read_waivers(tmp_path / "w.yaml")
    assert (first.rule, first.who, first.start, first.subject) == (
        "B",
        "复核员乙",
        "2026-01-01",
        None,
    )
    assert (second.subject, second.why) == ("012", "no")
    entries = [{"rule": "B", "who": "x", "why": "y", "from": "2026-01-01", "until": "2026-01-02"}]
    (tmp_path / "w.json").write_text(json.dumps({"waivers": entries}), encoding="utf-8")
    assert [w.rule for w in read_waivers(tmp_path / "w.json")] == ["B"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- rule: B\n  why: y\n  from: 2026-01-01\n  until: 2026-12-31\n", "lacks `who`"),
        ("- rule: B\n  who:\n  why: y\n  from: 2026-01-01\n  until: 2026-12-31\n", "lacks `who`"),
        ("- {rule: B, who: x, why: y, from: 2026-02-30, until: 2026-12-31}", "2026-02-30"),
        ("- {rule: B, who: x, why: y, from: 2026-1-3, until: 2026-12-31}", "2026-1-3"),
        ("- {rule: B, who: x, why: y, from: 2026-06-01, until: 2026-05-01}", "before it begins"),
        ("- {rule: B, who: x, why: y, from: 2026-06-01, until: 2026-07-01, reson: z}", "reson"),
        ("- {rule: B, who: [x], why: y, from: 2026-06-01, until: 2026-07-01}", "should be a text"),
        ("- B", "named fields"),
        ("rule: B", "list of waivers"),
        ("", "list of waivers"),
        ("- {rule: B, rule: C}", "cannot be read"),
        ("- [", "cannot be read: the YAML breaks off"),
        ("- &a [*a]", "cannot be read"),
        ("- &a {rule: B}\n" + "- *a\n" * 3, "lacks `who`"),
    ],
)
def test_a_waiver_file_with_a_mistake_is_refused_whole(tmp_path, text, says):
    (tmp_path / "w.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(WaiverProblems, match=says) as caught:
        read_waivers(tmp_path / "w.yaml")
    assert all(message["zh"] for message in caught.value.messages)
    assert caught.value.mend["zh"]


def test_every_mistake_of_a_file_is_told_at_once(tmp_path):
    (tmp_path / "w.yaml").write_text("- {rule: B}\n- {rule: A, who: x}\n", encoding="utf-8")
    with pytest.raises(WaiverProblems) as caught:
        read_waivers(tmp_path / "w.yaml")
    assert len(caught.value.messages) == 7


@pytest.mark.parametrize(
    ("name", "content", "en", "zh"),
    [
        ("none.yaml", None, "there is no such file", "文件或文件夹不存在"),
        ("w.yaml", b"\x00\xff", "not UTF-8 text (byte 2)", "不是 UTF-8 文本（第 2 字节）"),
        ("w.json", b"[{]", "line 1, column 3", "第 1 行第 3 列"),
        ("w.json", b'[{"rule": "A", "rule": "B"}]', "`rule` is given twice", "`rule` 重复出现"),
        ("w.json", b"[" * 100_000, "the JSON breaks off", "JSON"),
    ],
    ids=["absent", "not text", "broken", "twice", "deep"],
)
def test_a_file_of_which_nothing_can_be_read_is_said_in_both_languages(
    tmp_path, name, content, en, zh
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(WaiverProblems) as caught:
        read_waivers(tmp_path / name)
    (said,) = caught.value.messages
    assert said["en"].startswith(f"`{name}` cannot be read: ")
    assert en in said["en"]
    assert said["zh"].startswith(f"无法读取 `{name}`：")
    assert zh in said["zh"]
    assert "Errno" not in said["zh"]
