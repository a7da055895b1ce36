"""Rules on boundaries: what they decide, what they lack, and how it is shown."""

from __future__ import annotations

import json
import sys
from typing import Any
from unittest.mock import patch

import pytest
import shapely

from guiju.plan.words import rule_words
from guiju.reporting import write as write_report
from guiju.reporting.json import write
from guiju.verdicts import Assessment, Derivation

from ..geometry.shapes import box, polygon, shape
from .making import D, check, only, pack

VOCABULARY = """
facts project (项目) "Project" zh "项目"
  county (县界) "County" zh "县界" : polygon
table parcels (地块) "Parcels" zh "地块"
  key id
  boundary polygon
  id (编号) "Id" zh "编号" : text
  area (面积) "Area" zh "面积" : m2
"""
BOW = polygon((0, 0), (100, 100), (100, 0), (0, 100))


def text(must: str, each: bool = True) -> str:
    over = "  for each p in parcels\n" if each else ""
    return f'{VOCABULARY}rule R "R" zh "则"\n{over}  must {must}\n  else CAR "No." zh "否。"\n'


def assessed(must: str, shapes: list[Any], county: Any = None, each: bool = True) -> Assessment:
    rows = [{"id": f"P{n}", "boundary": one, "area": D(10_000)} for n, one in enumerate(shapes, 1)]
    return check(text(must, each), {"project.county": county}, tables={"parcels": rows})


def verdicts(must: str, shapes: list[Any], county: Any = None) -> dict[str, str]:
    """The verdict of each row that does not conform."""
    return {f.subject or "": f.verdict for f in only(assessed(must, shapes, county)).findings}


SQUARE = shape(box(0, 0, 100, 100), decimals=7)
NEXT = shape(box(100, 0, 200, 100))
OVER = shape(box(195, 0, 300, 100), decimals=4)
FAR = shape(box(5_000, 0, 5_100, 100))
COUNTY = shape(box(-100, -100, 1_000, 1_000))


@pytest.mark.parametrize(
    ("must", "failing"),
    [
        ("p.area within 1% of geodesic_area(p.boundary)", {"P3"}),
        ("no o in parcels where o.id != p.id satisfies"
         " overlap_area(p.boundary, o.boundary) > 499 m2", {"P2", "P3"}),
        ("no o in parcels where o.id != p.id satisfies"
         " overlap_area(p.boundary, o.boundary) > 501 m2", set()),
        ("within(p.boundary, project.county)", {"P4"}),
        ("distance(p.boundary, project.county) < 3 km", {"P4"}),
        ("valid(p.boundary) and vertices(p.boundary) = 5", set()),
        ("gap_area(p.boundary, parcels, 5 m) = 0 m2", set()),
        ("(min of distance(p.boundary, o.boundary) for o in parcels where o.id != p.id) < 1 m",
         {"P4"}),
    ],
)  # fmt: skip
def test_what_rules_decide(must, failing):
    found = verdicts(must, [SQUARE, NEXT, OVER, FAR], COUNTY)
    assert found == dict.fromkeys(failing, "nonconforming")


def test_decimals_are_those_of_the_file_and_unknown_where_it_keeps_none():
    found = only(assessed("decimals(p.boundary) >= 6", [SQUARE, NEXT, OVER]))
    assert {f.subject: f.verdict for f in found.findings} == {
        "P2": "undetermined",
        "P3": "nonconforming",
    }
    assert "保留" in found.findings[0].missing[0].label["zh"]


def test_a_missing_boundary_is_unknown_and_named():
    found = only(assessed("geodesic_area(p.boundary) > 1 m2", [SQUARE, None]))
    (finding,) = found.findings
    assert finding.verdict == "undetermined"
    assert [(m.kind, m.name) for m in finding.missing] == [("cell", "parcels[P2].boundary")]
    assert finding.missing[0].label == {"en": "boundary of P2", "zh": "P2的边界"}


def test_a_missing_boundary_that_changes_nothing_is_not_asked_for():
    must = "p.area > 0 m2 or geodesic_area(p.boundary) > 1 m2"
    assert verdicts(must, [SQUARE, None]) == {}


@pytest.mark.parametrize(
    "must",
    [
        "no o in parcels where o.id != p.id satisfies overlap_area(p.boundary, o.boundary) > 1 m2",
        "(sum of overlap_area(p.boundary, o.boundary) for o in parcels where o.id != p.id) = 0 m2",
        "(min of distance(p.boundary, o.boundary) for o in parcels where o.id != p.id) > 1 m",
        "geodesic_area(p.boundary) > 1 m2",
        "gap_area(parcels, 5 m) <= 1 m2 and p.area > 0 m2",
    ],
)
def test_a_layer_that_is_missing_is_asked_for_once(must):
    found = assessed(must, [None] * 60)
    (lack,) = found.lacks
    assert (lack.missing.kind, lack.missing.name) == ("table", "parcels.boundary")
    assert lack.missing.label["zh"] == "地块各行边界的图层"
    assert only(found).counts == {"undetermined": 60}
    with patch("guiju.evaluation.nearby.nearby", lambda run, node: None):
        plain = assessed(must, [None] * 60)
    assert plain.lacks == found.lacks
    assert only(plain).counts == only(found).counts


def test_a_missing_layer_does_not_hide_what_is_decided():
    must = (
        "some o in parcels satisfies o.id != p.id and (o.area > 1 m2 or"
        " overlap_area(p.boundary, o.boundary) > 1 m2)"
    )
    assert only(assessed(must, [None] * 60)).verdict == "conforms"
    few = "at least 2 o in parcels where o.id = p.id satisfies valid(o.boundary)"
    assert only(assessed(few, [None] * 60)).verdict == "nonconforming"


def test_a_faulty_boundary_is_unknown_with_what_is_wrong_and_where():
    found = only(assessed("geodesic_area(p.boundary) > 1 m2", [shape(BOW)]))
    (missing,) = found.findings[0].missing
    assert (missing.kind, missing.name) == ("undefined", "parcels[P1].boundary")
    assert missing.label["zh"].startswith("P1的边界的有效几何图形（边界自相交，位于 118.0006")
    assert "it crosses itself at 118.0006" in missing.label["en"]
    assert missing.origin is not None


def test_a_faulty_fact_is_named_as_well():
    found = only(assessed("within(p.boundary, project.county)", [SQUARE], shape(BOW)))
    assert [m.name for m in found.findings[0].missing] == ["project.county"]
    missing = only(assessed("within(p.boundary, project.county)", [SQUARE])).findings[0].missing
    assert [(m.kind, m.name) for m in missing] == [("fact", "project.county")]


def parts(derivation: Derivation | None) -> list[Derivation]:
    assert derivation is not None
    return [derivation, *(inner for part in derivation.parts for inner in parts(part))]


def test_what_is_not_valid_says_why_in_its_derivation():
    found = only(assessed("valid(p.boundary)", [SQUARE, shape(BOW)]))
    (finding,) = found.findings
    assert (finding.subject, finding.verdict) == ("P2", "nonconforming")
    (fault,) = [part for part in parts(finding.derivation) if part.kind == "Fault"]
    assert fault.words["zh"].startswith("边界自相交，位于 118.0006")
    assert fault.words["en"].startswith("it crosses itself at ")


def test_a_message_says_what_is_wrong_in_the_language_of_its_reader():
    rule = text("valid(p.boundary)").replace(
        'CAR "No." zh "否。"',
        'CAR "{p.id}: {fault(p.boundary)}." zh "{p.id}：{几何问题(p.boundary)}。"',
    )
    rows = [{"id": f"P{n}", "boundary": one, "area": D(1)} for n, one in enumerate([shape(BOW)], 1)]
    (finding,) = only(check(rule, {}, tables={"parcels": rows})).findings
    assert finding.message["en"].startswith("P1: it crosses itself at 118.0006")
    assert finding.message["zh"].startswith("P1：边界自相交，位于 118.0006")


def test_a_fault_is_unknown_of_a_missing_boundary_and_nothing_of_a_valid_one():
    must = 'fault(p.boundary) = "nothing is wrong"'
    assert verdicts(must, [SQUARE, shape(BOW), None]) == {
        "P2": "nonconforming",
        "P3": "undetermined",
    }
    found = only(assessed("contains(fault(p.boundary), p.id)", [shape(BOW)])).findings[0]
    (said,) = [part for part in parts(found.derivation) if part.kind == "Call" and part.said][:1]
    assert said.value is not None
    assert said.value.startswith("it crosses itself at ")
    assert said.said is not None
    assert said.said["zh"].startswith("边界自相交，位于 ")


def test_a_boundary_is_shown_in_the_language_of_the_reader():
    made = assessed("within(p.boundary, project.county)", [FAR], COUNTY)
    value = only(made).findings[0].values[0]
    assert (value.value, value.said) == (
        "polygon, 5 vertices",
        {"en": "polygon, 5 vertices", "zh": "面，5个顶点"},
    )
    for format_name in ("html", "markdown", "text"):
        shown = write_report([made], format_name, "zh")
        assert "面，5个顶点" in shown, format_name
        assert "polygon, 5" not in shown, format_name


def test_a_derivation_lists_the_rows_that_come_near_and_no_others():
    far = [shape(box(n * 1_000, 2_000, n * 1_000 + 50, 2_050)) for n in range(80)]
    must = (
        "no o in parcels where o.id != p.id satisfies overlap_area(p.boundary, o.boundary) > 1 m2"
    )
    found = only(assessed(must, [SQUARE, shape(box(90, 0, 200, 100)), *far]))
    assert found.counts == {"nonconforming": 2, "conforms": 80}
    members = [p for p in parts(found.findings[0].derivation) if p.kind == "Member"]
    assert [member.words["en"] for member in members] == ["P2"]


def test_shapes_on_different_datums_are_not_measured_together():
    old = shape(box(50, 0, 150, 100), "EPSG:4214")
    must = "overlap_area(p.boundary, project.county) > 1 m2"
    found = only(assessed(must, [SQUARE], old))
    (missing,) = found.findings[0].missing
    assert missing.kind == "undefined"
    assert "EPSG:4214" in missing.label["en"]
    assert "坐标基准不同" in missing.label["zh"]
    assert verdicts(must, [SQUARE], shape(box(50, 0, 150, 100), "EPSG:4326")) == {}


def test_gaps_need_every_boundary():
    gapped = [SQUARE, shape(box(102, 0, 200, 100))]
    must = "gap_area(parcels, 5 m) <= 1 m2"
    assert only(assessed(must, gapped, each=False)).verdict == "nonconforming"
    assert only(assessed(must, [SQUARE, NEXT], each=False)).verdict == "conforms"
    found = only(assessed(must, [*gapped, None, shape(BOW)], each=False))
    assert found.verdict == "undetermined"
    names = [m.name for m in found.findings[0].missing]
    assert sorted(names) == ["parcels[P3].boundary", "parcels[P4].boundary"]
    assert only(assessed("gap_area(parcels, 0 m) <= 1 m2", gapped, each=False)).verdict == (
        "undetermined"
    )


def test_a_boundary_is_shown_in_words_and_never_by_its_bytes():
    made = assessed("within(p.boundary, project.county)", [FAR, None], COUNTY)
    record = write([made], "en")
    assert "polygon, 5 vertices" in record
    assert "\\u0000" not in record
    assert FAR.wkb.hex()[:20] not in record
    json.loads(record)
    values = {v.name: v.value for v in only(made).findings[0].values}
    assert values == {
        "parcels[P1].boundary": "polygon, 5 vertices",
        "project.county": "polygon, 5 vertices",
    }


def test_margins_of_measured_figures():
    (margin,) = only(assessed("geodesic_area(p.boundary) > 5000 m2", [SQUARE, OVER])).margins
    assert margin.subject == "P1"
    assert float(margin.distance) == pytest.approx(5000, rel=1e-4)


def test_the_words_say_whose_each_boundary_is():
    made = pack(
        text("no o in parcels where o.id != p.id satisfies"
             " overlap_area(p.boundary, o.boundary) > 1 m2")
    )  # fmt: skip
    words = rule_words(made.rules[0], "en", made)
    assert "the overlap of the boundary of the parcel and the boundary of the other parcel" in words


def test_without_the_libraries_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "shapely", None)
    found = only(assessed("geodesic_area(p.boundary) > 1 m2", [SQUARE]))
    assert found.verdict == "broken"
    assert found.reason is not None
    assert "guiju[geo]" in found.reason["en"]
    assert "安装" in found.reason["zh"]


def test_a_point_is_shown_as_a_point():
    from guiju.evaluation.texts import plain_text

    assert plain_text(shape(shapely.Point(1, 2))) == "point"
