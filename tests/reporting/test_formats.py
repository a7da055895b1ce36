"""What holds for every format, and the machine-readable ones."""

from __future__ import annotations

import copy
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guiju.assessment.record import from_json
from guiju.reporting import FORMATS, SUFFIXES, write
from guiju.reporting.wording import visible
from guiju.verdicts import Derivation, Missing, Origin, Value

from .fixtures import afforestation, collection, each_hostile, filled_with

DOCUMENTS = ("text", "html", "markdown", "json", "junit", "sarif")
anything = st.text() | st.text(alphabet="<>&\"'`|*_[]()#-+!\\~$@:./ \n\r\t1a地{}%=")


def test_every_format_has_a_module_and_a_suffix():
    assert FORMATS.keys() == SUFFIXES.keys()
    with pytest.raises(KeyError):
        write([], "pdf", "en")


@pytest.mark.parametrize("format", DOCUMENTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_assessments_give_the_same_bytes(format, lang):
    assessments = [afforestation(7), *collection(3)]
    first = write(assessments, format, lang)
    assert first == write(copy.deepcopy(assessments), format, lang)
    assert first == write(assessments, format, lang)
    assert first.endswith("\n")


@pytest.mark.parametrize("format", DOCUMENTS)
def test_each_failing_row_is_in_every_format(format):
    document = write([afforestation(150)], format, "zh")
    for number in range(1, 151):
        assert f"NM-{number:03d}" in document


@pytest.mark.parametrize("format", DOCUMENTS)
@settings(max_examples=25, deadline=None)
@given(text=anything)
def test_any_text_in_any_field_can_be_written_and_encoded(format, text):
    write([filled_with(text)], format, "zh").encode()


def test_json_is_the_record_itself_and_an_array_for_several():
    assert from_json(write([afforestation(3)], "json", "en")) == afforestation(3)
    several = json.loads(write(collection(2), "json", "zh"))
    assert [from_json(json.dumps(each)) for each in several] == collection(2)
    assert json.loads(write([], "json", "zh")) == []


# Markdown

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shape(document: str) -> list[str]:
    """The structure of a Markdown document, down to the marks within its lines."""
    found: list[str] = []
    for token in MARKDOWN.parse(document):
        found.append(token.type)
        for child in token.children or []:
            if child.type == "html_inline" and child.content == "<!-- -->":
                continue
            if child.type not in ("text", "text_special"):
                found.append(f"{child.type} {child.content}")
    return found


PLAIN_SHAPE = shape(write([filled_with("x")], "markdown", "en"))


@settings(max_examples=60, deadline=None)
@given(text=anything.filter(lambda text: visible(text).strip()))
def test_no_text_in_any_field_changes_the_structure_of_the_markdown(text):
    assert shape(write([filled_with(text)], "markdown", "en")) == PLAIN_SHAPE


@each_hostile
def test_hostile_text_is_shown_as_it_is_in_markdown(hostile):
    document = write([filled_with(hostile)], "markdown", "zh")
    assert shape(document) == PLAIN_SHAPE
    heading = next(
        "".join(child.content for child in token.children if child.type != "html_inline")
        for token in MARKDOWN.parse(document)
        if token.type == "inline"
    )
    assert heading == visible(hostile).strip()


def test_requirements_that_do_not_apply_are_one_table_in_markdown():
    assessment = afforestation()
    requirement = next(r for r in assessment.requirements if r.verdict == "not applicable")
    label = {"en": "stand", "zh": "林分|类型"}
    requirement.values = [Value("project.stand", label, "乔木", origin=Origin("d.csv", "3:2"))]
    document = write([assessment], "markdown", "zh")
    assert "### \\- 不适用的要求" in document
    why = "林分不是竹子。<br>林分\\|类型 = 乔木 d.csv 第 3 行第 2 列"
    row = f"| AFF-2E 竹林项目的附加要求 | {why} | CCER-14-001-V01 2(e) |"
    assert row in document.splitlines()
    assert document.count("竹林项目的附加要求") == 1


# JUnit


def test_junit_has_a_suite_for_each_dossier_and_a_case_for_each_requirement():
    root = ElementTree.fromstring(write([afforestation(), *collection(2)], "junit", "zh"))
    suites = root.findall("testsuite")
    assert [len(suite.findall("testcase")) for suite in suites] == [11, 12, 12]
    assert root.attrib["tests"] == "35"
    assert suites[0].attrib["failures"] == "2"
    assert suites[0].attrib["errors"] == "1"
    assert suites[0].attrib["skipped"] == "4"
    assert [each.attrib["type"] for each in root.iter("failure")] == [
        "nonconforming",
        "undetermined",
        "nonconforming",
    ]
    assert (
        "主管部门已书面同意延期公示"
        in [each.attrib["message"] for each in root.iter("skipped")][-1]
    )
    assert suites[0].findall("testcase")[1].attrib["name"] == "AFF-2C 单个地块连续面积不小于规定值"


@settings(max_examples=40, deadline=None)
@given(text=anything)
def test_no_text_in_any_field_breaks_the_xml(text):
    root = ElementTree.fromstring(write([filled_with(text)], "junit", "en").encode())
    assert [each.tag for each in root.iter()] == [
        each.tag for each in ElementTree.fromstring(write([filled_with("x")], "junit", "en")).iter()
    ]
    assert root.find("testsuite/properties/property").attrib["value"] == visible(text)


# A claim whose rule does not apply


@pytest.mark.parametrize("claimed", [None, "1200"])
@pytest.mark.parametrize("format", ["text", "html", "markdown"])
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "本阶段（审定）不核查：AFF-6-ER 不适用"),
        ("en", "not examined at this stage (validation): AFF-6-ER does not apply"),
    ],
)
def test_a_claim_that_is_not_examined_is_said_to_be_so(claimed, format, lang, said):
    assessment = afforestation(1)
    claim = assessment.claims[0]
    assessment.claims = [claim]
    assessment.dossier.stage = "validation"
    claim.claimed.value = claimed
    claim.examined, claim.difference, claim.percent, claim.tco2e = False, None, None, None
    document = write([assessment], format, lang)
    assert said in document if format != "markdown" else said in document.replace("\\", "")
    assert {"zh": "无法比较", "en": "cannot be compared"}[lang] not in document
    if format == "text":
        heading = {"zh": "申报值与复算值对照", "en": "Recomputed beside claimed"}[lang]
        block = document.partition(heading)[2].partition("\n\n")[0]
        assert ("1,200" in block) is (claimed is not None)
        assert {"zh": "未知", "en": "unknown"}[lang] not in block


def test_a_record_from_before_claims_were_marked_is_still_read():
    record = json.loads(write([afforestation(1)], "json", "en"))
    for claim in record["claims"]:
        assert claim.pop("examined") is True
    for left in record["not_checked"]:
        assert left.pop("pack") is None
    assert from_json(json.dumps(record)) == afforestation(1)


@pytest.mark.parametrize("format", ["html", "markdown"])
def test_an_unknown_value_is_shown_when_something_waits_for_it(format):
    assessment = afforestation(1)
    waited, idle = assessment.lacks[0].missing, Missing("fact", "engagement.x", {"zh": "签约"})
    assessment.values = [
        Value(name, {"zh": label}, None, None, None, Derivation("Sum", {"zh": "和"}, None, parts=[
            Derivation("FactRef", {"zh": "项"}, None, missing=[missing])
        ]))
        for name, label, missing in (("a", "等待的量", waited), ("b", "闲置的量", idle))
    ]  # fmt: skip
    document = write([assessment], format, "zh")
    assert "等待的量" in document
    assert "闲置的量" not in document
