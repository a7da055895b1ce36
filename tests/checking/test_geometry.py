"""Boundaries at checking: the column they are, and what may be asked of them."""

from __future__ import annotations

import pytest

from guiju.plan.nodes import Call, Compare, FieldPlan
from guiju.plan.types import GeometryType, NumberType

from .inline_packs import plan, problems, rule

VOCABULARY = """
facts area_of "Area" zh "区域"
  county (县界) "County" zh "县界" : polygon
table fields (田块) "Fields" zh "田块"
  key id
  boundary polygon
  id (田号) "Id" zh "编号" : text
table wells "Wells" zh "水井"
  key id
  boundary point
  id "Id" zh "编号" : text
  road "Road" zh "道路" : line
table notes "Notes" zh "记录"
  key id
  id "Id" zh "编号" : text
"""
USED = """
rule Z-1 "T" zh "题"
  cite "1"
  for each n in notes
  must n.id is known and (every w in wells satisfies w.road is known and w.boundary is known)
    and (every f in fields satisfies f.boundary is known) and area_of.county is known
  else CAR "No." zh "否。"
"""


def of_field(condition: str) -> list[tuple[str, str]]:
    lines = ("for each f in fields", f"must f.id is known and ({condition})")
    return problems(VOCABULARY + USED + rule(*lines))


def test_a_boundary_is_a_column_of_its_table():
    fields = plan(VOCABULARY + USED).tables["fields"].fields
    boundary = fields["boundary"]
    assert isinstance(boundary, FieldPlan)
    assert boundary.alias == "边界"
    assert boundary.type == GeometryType("polygon")
    assert plan(VOCABULARY + USED).tables["wells"].fields["boundary"].type == GeometryType("point")
    assert "boundary" not in plan(VOCABULARY + USED).tables["notes"].fields


def test_no_other_column_may_have_its_name():
    table = 'table t "T" zh "表"\n  key id\n  boundary polygon\n  id "I" zh "号" : text\n'
    for name in ("`boundary`", "`边界`", "rim (`边界`)"):
        text = f'{table}  {name} "B" zh "界" : text\n'
        found = [code for code, _ in problems(text) if code != "unused-name"]
        assert found == ["name-taken"]


@pytest.mark.parametrize(
    "condition",
    [
        "geodesic_area(f.boundary) > 1 亩",
        "测地面积(f.边界) > 1 亩",
        "overlap_area(f.boundary, area_of.county) > 1 m2",
        "within(f.boundary, area_of.county)",
        "位于(f.boundary, 县界)",
        "not within(f.boundary, area_of.county)",
        "1 within 5% of 1 and within(f.boundary, area_of.county)",
        "every w in wells satisfies within(w.boundary, f.boundary)",
        "every w in wells satisfies distance(w.boundary, f.boundary) < 2 km",
        "every w in wells satisfies distance(w.road, f.boundary) < 2 km",
        "valid(f.boundary)",
        "vertices(f.boundary) >= 4 and decimals(f.boundary) >= 6",
        "gap_area(fields, 50 cm) = 0",
        "缝隙面积(f.boundary, 田块, 5 m) <= 1 m2",
        "overlap_area(if f.id = \"1\" then f.boundary else area_of.county, f.boundary) > 1 m2",
    ],
)  # fmt: skip
def test_what_may_be_asked(condition):
    assert of_field(condition) == []


@pytest.mark.parametrize(
    ("condition", "code", "at"),
    [
        ("geodesic_area(f.id) > 1 m2", "type-mismatch", "f.id"),
        ("every w in wells satisfies geodesic_area(w.boundary) > 1 m2", "type-mismatch",
         "w.boundary"),
        ("every w in wells satisfies within(f.boundary, w.boundary)", "type-mismatch",
         "w.boundary"),
        ("every w in wells satisfies overlap_area(f.boundary, w.road) > 1 m2", "type-mismatch",
         "w.road"),
        ("geodesic_area(f.boundary) > 1 m", "unit-mismatch", None),
        ("within(f.boundary)", "wrong-argument-count", None),
        ("gap_area(notes, 5 m) > 1 m2", "type-mismatch", "notes"),
        ("gap_area(wells, 5 m) > 1 m2", "type-mismatch", "wells"),
        ("gap_area(f.boundary, 5 m) > 1 m2", "type-mismatch", "f.boundary"),
        ("gap_area(fields, 5 m2) > 1 m2", "unit-mismatch", "5 m2"),
        ("f.boundary = area_of.county", "type-mismatch", "f.boundary"),
        ("f.boundary > area_of.county", "type-mismatch", "f.boundary"),
        ("every n in notes satisfies valid(n.boundary)", "unknown-field", "boundary"),
    ],
)  # fmt: skip
def test_what_may_not_be_asked(condition, code, at):
    found = of_field(condition)
    assert [c for c, _ in found] == [code]
    if at is not None:
        assert found[0][1] == at


def test_areas_are_square_metres_and_distances_metres():
    made = plan(VOCABULARY + USED + rule("must gap_area(fields, 5 m) <= 1 亩")).rules
    must = next(r for r in made if r.id == "A-1").must
    assert isinstance(must, Compare)
    assert isinstance(must.left, Call)
    assert isinstance(must.left.type, NumberType)
    assert must.left.type.unit.symbol == "m2"


@pytest.mark.parametrize(
    ("call", "at"),
    [("student_t(90%, 12)", ["90%", "12"]), ("student_t(0.9, 0.95)", ["0.9"]),
     ("student_t(12, 95)", ["95"])],
)  # fmt: skip
def test_degrees_of_freedom_and_confidence_in_each_others_place(call, at):
    found = problems(rule(f"must {call} > 0"))
    assert [text for code, text in found if code == "type-mismatch"] == at


def test_degrees_of_freedom_and_confidence_in_their_places():
    found = problems(rule("must student_t(12, 90%) > 1"))
    assert "type-mismatch" not in [code for code, _ in found]
