"""What is found by place for a whole column is what every two shapes come to."""

from __future__ import annotations

import math
import random

import numpy
import pytest
import shapely

from guiju.geometry import Shape
from guiju.geometry.index import Index
from guiju.geometry.measures import overlap
from guiju.geometry.prepared import Layer, prepare

from .shapes import at, box, polygon, real, shape

BOW = polygon((0, 0), (50, 50), (50, 0), (0, 50))
ODD = [
    None,
    shape(BOW),
    shape(shapely.Polygon()),
    Shape(b"\1\3\0\0\0\1\0\0\0\xff\0\0\0", "polygon", "EPSG:4490", 0),
    Shape(b"no geometry", "polygon", "EPSG:4490", 0),
    shape(shapely.box(-170, -20, 170, 20)),
    shape(shapely.segmentize(shapely.box(-170, -20, 170, 20), 10)),  # large, without a fault
    shape(shapely.box(0, 85, 1, 95)),
    shape(shapely.Polygon([(1, 1), (math.nan, 2), (2, 1)])),
]


def round_about(rng, x, y):
    """A parcel of many corners that is seen whole from its middle."""
    radii = [rng.uniform(30, 60) for _ in range(16)]
    return polygon(
        *(
            (x + radius * math.cos(n * math.tau / 16), y + radius * math.sin(n * math.tau / 16))
            for n, radius in enumerate(radii)
        )
    )


def mixed(seed, count=60):
    """Shapes of all kinds in a place of about a kilometre."""
    rng = random.Random(seed)
    found = list(ODD)
    for _ in range(count):
        x, y = rng.randrange(20) * 50, rng.randrange(20) * 50
        made = rng.choice(
            [
                box(x, y, x + rng.choice((50, 70)), y + 50),  # side by side, and over one another
                round_about(rng, x, y),
                shapely.MultiPolygon([round_about(rng, x, y)]),
                shapely.MultiPolygon([box(x, y, x + 30, y + 30), box(x + 40, y, x + 90, y + 30)]),
                box(x, y, x + 90, y + 90).difference(box(x + 20, y + 20, x + 60, y + 60)),
            ]
        )
        crs = rng.choice(("EPSG:4490", "EPSG:4490", "EPSG:4326", "EPSG:4214"))
        found.append(shape(made, crs))
    rng.shuffle(found)
    return found


def by_pairs(ours, theirs):
    """The overlaps of every two shapes without faults on one datum."""
    mine, yours = ([one and prepare(one) for one in column] for column in (ours, theirs))
    found = {}
    for row, one in enumerate(yours):
        for here, other in enumerate(mine):
            if one is None or other is None or one.fault or other.fault:
                continue
            if one.datum == other.datum and (area := overlap(one, other)):
                found.setdefault(row, []).append((here, area))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_overlaps_of_two_columns_are_those_of_every_two_shapes(seed):
    ours, theirs = mixed(seed), mixed(seed + 100, 30)
    found = Index(Layer(ours)).overlapping(Index(Layer(theirs)))
    assert found
    assert found == by_pairs(ours, theirs)


@pytest.mark.parametrize("seed", range(8))
def test_overlaps_within_a_column_are_those_of_every_two_shapes(seed):
    column = mixed(seed)
    index = Index(Layer(column))
    assert index.overlapping(index) == by_pairs(column, column)


def test_what_touches_does_not_overlap():
    mine = [shape(box(0, 0, 50, 50)), shape(box(200, 200, 250, 250))]
    beside = [shape(box(50, 0, 90, 50)), shape(box(50, 50, 90, 90)), shape(box(0, -9, 50, 0))]
    assert Index(Layer(mine)).overlapping(Index(Layer(beside))) == {}


@pytest.mark.parametrize("empty", [[], [None], [shape(BOW)]])
def test_where_one_column_has_nothing_to_measure(empty):
    some = [shape(box(0, 0, 50, 50))]
    assert Index(Layer(some)).overlapping(Index(Layer(empty))) == {}
    assert Index(Layer(empty)).overlapping(Index(Layer(some))) == {}


@pytest.mark.parametrize("one", [*ODD[1:], *(shape(geometry) for _, geometry, _ in real())])
def test_a_shape_in_a_column_is_the_same_as_by_itself(one):
    alone, within = prepare(one), Layer([shape(box(0, 0, 9, 9)), one, None]).one(1)
    assert repr(alone.fault) == repr(within.fault)
    assert numpy.array_equal(alone.box, within.box, equal_nan=True)
    assert (alone.geometry is None) == (alone.fault is not None)
    assert (within.geometry is None) == (within.fault is not None)
    if within.geometry is not None:
        assert shapely.equals_exact(alone.geometry, within.geometry)


def test_what_nothing_comes_near_is_not_read_and_is_there_when_asked_for(monkeypatch):
    rng = random.Random(5)
    column = [shape(round_about(rng, n * 500, 0)) for n in range(8)]
    read = []
    from_wkb = shapely.from_wkb

    def reading(wkb, **options):
        read.extend([wkb] if isinstance(wkb, bytes) else wkb)
        return from_wkb(wkb, **options)

    monkeypatch.setattr(shapely, "from_wkb", reading)
    near = [shape(shapely.Point(at(500, 0)).buffer(0.0003))]
    layer = Layer(column)
    found = Index(layer).overlapping(Index(Layer(near)))
    assert [row for row, _ in found[0]] == [1]
    assert sorted(read) == sorted([near[0].wkb, column[1].wkb])
    assert layer.placed.all()
    assert layer.one(3).geometry is layer.one(3).geometry
    assert read[2:] == [column[3].wkb]
    assert layer.geometries(numpy.array([3, 0, 3])).tolist()[0] is layer.one(3).geometry
    assert read[3:] == [column[0].wkb]
