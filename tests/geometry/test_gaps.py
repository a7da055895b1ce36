"""Gaps between boundaries that should meet."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import shapely

from guiju.geometry.gaps import Gaps
from guiju.geometry.index import Index
from guiju.geometry.prepared import Layer

from .shapes import box, polygon, ready, shape


def gaps(width: float, *shapes: Any) -> tuple[float, list[float]]:
    """All gaps, and those beside each shape, in whole thousandths of a square metre."""
    index = Index(Layer([shape(one) for one in shapes]))
    found = Gaps(index, width)
    return round(float(found.area()), 2), [
        round(float(found.beside(ready(one))), 2) for one in shapes
    ]


def test_parcels_that_meet_have_no_gap():
    assert gaps(5, box(0, 0, 100, 100), box(100, 0, 200, 100))[0] == 0
    assert gaps(5, box(0, 0, 100, 100), box(100, 20, 200, 60))[0] == 0
    assert gaps(5, polygon((0, 0), (100, 13), (90, 100)), polygon((0, 0), (100, 13), (90, -80)))[
        0
    ] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(("between", "area"), [(0.05, 5), (1, 100), (4.9, 490), (5.1, 0), (30, 0)])
def test_a_sliver_counts_up_to_the_width(between, area):
    found, beside = gaps(5, box(0, 0, 100, 100), box(100 + between, 0, 200, 100))
    assert found == pytest.approx(area, rel=1e-4)
    assert beside == [found, found]


def test_an_enclosed_gap_counts_when_it_is_narrow():
    around = (box(0, 0, 100, 50), box(0, 100, 100, 150))
    narrow = (*around, box(0, 50, 49, 100), box(51, 50, 100, 100))
    assert gaps(5, *narrow)[0] == pytest.approx(100, rel=1e-4)
    wide = (*around, box(0, 50, 30, 100), box(70, 50, 100, 100))
    assert gaps(5, *wide)[0] == 0


def test_a_gap_is_named_only_beside_those_it_borders_on():
    found, beside = gaps(
        5, box(0, 0, 100, 100), box(102, 0, 200, 100), box(200, 0, 300, 100), box(303, 0, 400, 100)
    )
    assert found == pytest.approx(500, rel=1e-4)
    assert beside == pytest.approx([200, 200, 300, 300], rel=1e-4)


def test_a_narrow_bay_or_hole_of_one_boundary_is_its_own_form():
    bay = shapely.difference(box(0, 0, 100, 100), box(50, 50, 52, 100))
    hole = shapely.difference(box(0, 0, 100, 100), box(20, 20, 60, 22))
    neighbour = box(100, 0, 200, 100)
    assert gaps(5, bay, neighbour)[0] == 0
    assert gaps(5, hole, neighbour)[0] == 0


def test_parcels_far_from_each_other_are_looked_at_apart():
    near, far = box(0, 0, 100, 100), box(90_000, 40_000, 90_100, 40_100)
    found, _ = gaps(5, near, box(101, 0, 200, 100), far, box(90_102, 40_000, 90_200, 40_100))
    assert found == pytest.approx(300, rel=2e-2)


def test_no_boundary_has_no_gap():
    assert Gaps(Index(Layer([])), 5.0).area() == Decimal(0)
    assert gaps(5, box(0, 0, 10, 10)) == (0, [0])


def test_a_wide_width_fills_what_a_road_leaves():
    assert gaps(20, box(0, 0, 100, 100), box(110, 0, 200, 100))[0] == pytest.approx(1000, rel=1e-3)
