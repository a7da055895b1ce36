"""What is taken for valid without asking the library is valid."""

from __future__ import annotations

import math
import random

import numpy
import pytest
import shapely

from guiju.geometry.simple import surely_valid

from .shapes import real


def sure(*geometries):
    return sure_bytes(*shapely.to_wkb(numpy.array(geometries, dtype=object)))


def sure_bytes(*column):
    return surely_valid(list(column))[0].tolist()


def round_about(radii, turns=1):
    """A ring about a place, going round so often."""
    step = turns * math.tau / len(radii)
    return [
        (118 + radius * math.cos(number * step), 43 + radius * math.sin(number * step))
        for number, radius in enumerate(radii)
    ]


def test_a_ring_seen_from_its_middle_is_sure_whichever_way_it_runs():
    ring = round_about([0.001 + 0.0002 * (number % 3) for number in range(24)])
    assert sure(shapely.Polygon(ring), shapely.Polygon(ring[::-1])) == [True, True]


WHOLE = shapely.Polygon(round_about([0.001 + 0.0002 * (number % 3) for number in range(12)]))


def test_a_ring_may_be_the_only_part_of_several():
    assert sure(shapely.MultiPolygon([WHOLE]), WHOLE) == [True, True]


def test_bounds_are_those_of_the_library_and_no_numbers_where_nothing_is_said():
    crossed = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    column = [WHOLE, shapely.MultiPolygon([WHOLE]), None, crossed, WHOLE]
    said, boxes = surely_valid(list(shapely.to_wkb(numpy.array(column, dtype=object))))
    assert said.tolist() == [True, True, False, False, True]
    assert (boxes[said] == shapely.bounds(WHOLE)).all()
    assert numpy.isnan(boxes[~said]).all()


def open_ring():
    wkb = bytearray(shapely.to_wkb(WHOLE))
    wkb[-8] ^= 1  # the last digit of the last corner
    return bytes(wkb)


OTHER_FORMS = {
    "big-endian": shapely.to_wkb(WHOLE, byte_order=0),
    "with heights": shapely.to_wkb(shapely.force_3d(WHOLE, 7.0)),
    "with a system": shapely.to_wkb(shapely.set_srid(WHOLE, 4490), include_srid=True),
    "another kind": b"\1\4" + shapely.to_wkb(WHOLE)[2:],
    "two rings announced": shapely.to_wkb(WHOLE)[:5] + b"\2" + shapely.to_wkb(WHOLE)[6:],
    "a line": shapely.to_wkb(shapely.LineString(WHOLE.exterior)),
    "a corner short": shapely.to_wkb(WHOLE)[:-16],
    "a corner more": shapely.to_wkb(WHOLE) + bytes(16),
    "a byte short": shapely.to_wkb(WHOLE)[:-1],
    "no corners counted": shapely.to_wkb(WHOLE)[:9] + bytes(4) + shapely.to_wkb(WHOLE)[13:],
    "a part cut short": shapely.to_wkb(shapely.MultiPolygon([WHOLE]))[:-16],
    "an open ring": open_ring(),
    "nothing": b"",
    "one byte": b"\1",
    "noughts": bytes(13 + 16 * 4),
}


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_bytes_of_any_other_form_are_left_to_the_library(form):
    whole = shapely.to_wkb(WHOLE)
    assert sure_bytes(whole, OTHER_FORMS[form], whole) == [True, False, True]


@pytest.mark.parametrize(
    "geometry",
    [
        shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]),
        shapely.Polygon(round_about([0.001] * 5, turns=2)),  # turns one way only, but twice
        shapely.Polygon(round_about([0.001] * 12), [round_about([0.002] * 12)]),
        shapely.Polygon(round_about([0.001] * 12), [round_about([0.0005] * 12)]),
        shapely.MultiPolygon([shapely.Polygon(round_about([r] * 12)) for r in (0.001, 0.002)]),
        shapely.Polygon([(0, 0), (2, 0), (2, 2), (1, 2), (1, 3), (1, 2), (0, 2)]),
        shapely.Polygon([(0, 0), (1, 0), (math.nan, 1), (0, 1)]),
        shapely.Polygon([(0, 0), (math.inf, 0), (1, 1), (0, 1)]),
        shapely.Polygon([(0, 0), (1, 1), (2, 2)]),
        shapely.Polygon(),
        None,
    ],
)
def test_of_what_is_not_seen_whole_nothing_is_said(geometry):
    assert sure(WHOLE, geometry, WHOLE) == [True, False, True]


def test_spikes_too_thin_for_binary64_are_left_to_the_library():
    thin = [118.0, math.nextafter(118.0, 119)]
    ring = [(thin[0], 43.0), (118.5, 43.0), (thin[1], 43.0), (118.25, 43.5)]
    assert sure(shapely.Polygon(ring)) == [False]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_sure_is_valid(seed):
    rng = random.Random(seed)
    found = []
    for _ in range(300):
        corners = [(rng.uniform(-1, 1), rng.uniform(-1, 1)) for _ in range(rng.randint(3, 7))]
        if rng.random() < 0.5:  # few places, so that corners fall together and on sides
            corners = [(round(x * 2), round(y * 2)) for x, y in corners]
        if rng.random() < 0.5:
            corners.sort(key=lambda at: math.atan2(at[1], at[0]))
        found.append(shapely.Polygon(corners))
    said = sure(*found)
    assert any(said)
    valid = shapely.is_valid(numpy.array(found, dtype=object)).tolist()
    assert not [one for one, s, v in zip(found, said, valid, strict=True) if s and not v]


def test_real_boundaries_that_are_sure_are_valid():
    geometries = [geometry for _, geometry, _ in real()]
    for geometry, said in zip(geometries, sure(*geometries), strict=True):
        assert not said or geometry.is_valid
