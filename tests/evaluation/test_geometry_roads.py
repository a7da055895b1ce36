"""Going over the rows that come near says what going over all rows says."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.geometry.measures import overlap
from guiju.geometry.prepared import prepare
from guiju.verdicts import Assessment

from ..geometry.shapes import box, polygon, shape
from .making import D, check

VOCABULARY = """
facts project "Project"
  limit : m2
  reach : m
  county : polygon
table parcels "Parcels"
  key id
  boundary polygon
  id : text
  stand : text
  size : m2
  alive : yes/no
table others "Parcels of other projects"
  key id
  boundary polygon
  id : text
  size : m2
table wells "Wells"
  key id
  boundary point
  id : text
  open : yes/no
"""

CONDITIONS = [
    "no o in parcels where o.id != p.id satisfies overlap_area(p.boundary, o.boundary) > 1 m2",
    "no o in parcels where o.alive satisfies overlap_area(o.boundary, p.boundary) > project.limit",
    "every o in parcels where o.alive satisfies overlap_area(p.boundary, o.boundary) <= o.size",
    "every o in parcels satisfies o.id = p.id or overlap_area(p.boundary, o.boundary) = 0 m2",
    "some o in parcels where o.stand != p.stand satisfies within(o.boundary, p.boundary)",
    "some o in parcels satisfies o.alive and within(p.boundary, o.boundary)",
    "at least 2 o in parcels where o.alive satisfies overlap_area(p.boundary, o.boundary) > 0 m2",
    "at least 20% of o in parcels where overlap_area(p.boundary, o.boundary) > 0 m2 satisfies"
    " o.alive",
    "(sum of overlap_area(p.boundary, o.boundary) for o in parcels where o.id != p.id)"
    " <= 5% * geodesic_area(p.boundary)",
    "(sum of overlap_area(p.boundary, o.boundary) for o in parcels where o.alive) <= project.limit",
    "(sum of overlap_area(p.boundary, o.boundary) for o in parcels) <= 1.5 * p.size",
    "(count for o in parcels where o.alive and overlap_area(p.boundary, o.boundary) > 1 m2) <= 1",
    "(mean of o.size for o in parcels where overlap_area(p.boundary, o.boundary) >= 0.1 m2)"
    " > 200 m2",
    "no o in others satisfies overlap_area(p.boundary, o.boundary) > 0 m2",
    "no o in others satisfies overlap_area(p.boundary, o.boundary) > project.limit",
    "every o in others satisfies overlap_area(o.boundary, p.boundary) <= 100 m2 or o.size > 1 m2",
    "(sum of overlap_area(p.boundary, o.boundary) for o in others) <= p.size",
    "(min of distance(p.boundary, w.boundary) for w in wells where w.open) > 120 m",
    "(min of distance(p.boundary, w.boundary) for w in wells) > project.reach",
    "no w in wells where w.open satisfies distance(w.boundary, p.boundary) < 150 m",
    "every w in wells satisfies distance(p.boundary, w.boundary) > project.reach or w.open",
    "every w in wells satisfies not (distance(p.boundary, w.boundary) between 0 m and 80 m)",
    "no w in wells satisfies within(w.boundary, p.boundary)",
    "no o in parcels satisfies o.id != p.id and overlap_area(p.boundary, o.boundary)"
    " / project.limit > 10%",
    "no o in parcels satisfies overlap_area(project.county, o.boundary) > 100 m2 and o.id != p.id",
    "some o in parcels satisfies overlap_area(project.county, o.boundary) > 1 m2 and"
    " distance(p.boundary, o.boundary) <= 40 m and o.id != p.id",
    "max({overlap_area(p.boundary, p.boundary), 1 m2}) >= 1 m2 and (max of"
    " overlap_area(p.boundary, o.boundary) for o in parcels where o.id != p.id) <= 50 m2",
]

BOW = polygon((0, 0), (50, 50), (50, 0), (0, 50))


@st.composite
def boundaries(draw: st.DrawFn) -> Any:
    """A box among others, and now and then one that is missing, faulty or elsewhere."""
    kind = draw(st.sampled_from(["box"] * 9 + ["missing", "bow", "datum", "wgs"]))
    if kind == "missing":
        return None
    if kind == "bow":
        return shape(BOW)
    x, y = (draw(st.integers(0, 30)) * 20 for _ in range(2))
    wide, high = (draw(st.integers(1, 6)) * 10 for _ in range(2))
    crs = {"datum": "EPSG:4214", "wgs": "EPSG:4326"}.get(kind, "EPSG:4490")
    return shape(box(x, y, x + wide, y + high), crs)


@st.composite
def points(draw: st.DrawFn) -> Any:
    if draw(st.integers(0, 9)) == 0:
        return None
    x, y = (draw(st.integers(0, 600)) for _ in range(2))
    return shape(shapely.centroid(box(x, y, x + 1, y + 1)))


truth = st.sampled_from([True, True, False, None])
size = st.sampled_from([None, D(0), D(150), D(400)])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    parcels = [
        {"id": f"P{n}", "boundary": draw(boundaries()), "size": draw(size),
         "stand": draw(st.sampled_from(["a", "b", None])), "alive": draw(truth)}
        for n in range(draw(st.integers(0, 14)))
    ]  # fmt: skip
    others = [
        {"id": f"O{n}", "boundary": draw(boundaries()), "size": draw(size)}
        for n in range(draw(st.integers(0, 9)))
    ]
    wells = [
        {"id": f"W{n}", "boundary": draw(points()), "open": draw(truth)}
        for n in range(draw(st.integers(0, 6)))
    ]
    facts = {
        "project.limit": draw(size),
        "project.reach": draw(st.sampled_from([None, D(30), D(100)])),
        "project.county": draw(boundaries()),
    }
    return facts, {"parcels": parcels, "others": others, "wells": wells}


def said(assessment: Assessment) -> Any:
    """What is compared: all but how it came about."""
    (requirement,) = assessment.requirements
    return (
        requirement.verdict,
        requirement.reason,
        requirement.counts,
        [m.name for m in requirement.missing],
        [(f.subject, f.verdict, f.message, [(m.name, m.label) for m in f.missing], f.values)
         for f in requirement.findings],
        requirement.margins,
        assessment.opinion,
    )  # fmt: skip


@pytest.mark.parametrize("condition", CONDITIONS)
@settings(max_examples=20, deadline=None)
@given(world=worlds())
def test_both_roads_lead_to_the_same(condition, world):
    facts, tables = world
    text = f'{VOCABULARY}rule R "r"\n  for each p in parcels\n  must {condition}\n  else CAR "no"\n'
    near = said(check(text, facts, tables=tables))
    with patch("guiju.evaluation.nearby.nearby", lambda run, node: None):
        everywhere = said(check(text, facts, tables=tables))
    assert near == everywhere


@pytest.mark.parametrize(
    ("limit", "verdict"),
    [
        ("nought", "nonconforming"),
        ("below", "nonconforming"),
        ("met", "conforms"),
        ("above", "conforms"),
    ],
)
def test_an_overlap_is_compared_to_the_last_of_its_digits(limit, verdict):
    mine, other = shape(box(0, 0, 50, 50)), shape(box(40, 30, 90, 80))
    area = overlap(prepare(mine), prepare(other))
    digit = D(1).scaleb(area.as_tuple().exponent)
    limits = {"nought": D(0), "below": area - digit, "met": area, "above": area + digit}
    touching = [shape(box(50, 50, 60, 60)), shape(box(-9, 0, 0, 50)), shape(box(500, 0, 550, 50))]
    tables = {
        "parcels": [{"id": "P", "boundary": mine}],
        "others": [
            {"id": f"O{n}", "boundary": boundary} for n, boundary in enumerate([other, *touching])
        ],
    }
    must = "no o in others satisfies overlap_area(p.boundary, o.boundary) > project.limit"
    text = f'{VOCABULARY}rule R "r"\n  for each p in parcels\n  must {must}\n  else CAR "no"\n'
    assert said(check(text, {"project.limit": limits[limit]}, tables=tables))[0] == verdict


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_road_is_taken(condition):
    """Rows far off are left out, but where the greatest of all or a row's own limit counts."""
    parcels = [
        {"id": f"P{n}", "boundary": shape(box(n * 1000, 0, n * 1000 + 100, 100)),
         "size": D(10_000), "stand": "a", "alive": n % 2 == 0}
        for n in range(30)
    ]  # fmt: skip
    others = [
        {"id": f"O{n}", "boundary": shape(box(n * 1000 + 50, 50, n * 1000 + 150, 150)),
         "size": D(10_000)}
        for n in range(30)
    ]  # fmt: skip
    wells = [
        {"id": f"W{n}", "boundary": shape(shapely.centroid(box(n * 1000, 0, n * 1000 + 1, 1))),
         "open": True}
        for n in range(30)
    ]  # fmt: skip
    facts = {"project.limit": D(5), "project.reach": D(10),
             "project.county": shape(box(0, 0, 1500, 200))}  # fmt: skip
    text = f'{VOCABULARY}rule R "r"\n  for each p in parcels\n  must {condition}\n  else CAR "no"\n'
    taken: list[int] = []

    from guiju.evaluation.nearby import nearby

    def counted(run: Any, node: Any) -> Any:
        found = nearby(run, node)
        if found is None:
            return None

        def members(frame: Any, every: Any) -> Any:
            near = list(found(frame, every))
            taken.append(len(near))
            return near

        return members

    with patch("guiju.evaluation.nearby.nearby", counted):
        check(text, facts, tables={"parcels": parcels, "others": others, "wells": wells})
    if condition.startswith("max(") or condition.endswith("<= o.size"):
        assert not taken
    else:
        assert taken
        assert max(taken) < 10
