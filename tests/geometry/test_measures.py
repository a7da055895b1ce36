"""Areas, overlaps, distances: against figures computed elsewhere, and by other roads."""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import pairwise
from math import radians, tan
from typing import Any

import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.geometry.measures import area, distance, figure, overlap, within
from guiju.geometry.prepared import datum_of

from .shapes import at, box, polygon, ready, real, shape

REAL = real()
NAMES = [name for name, _, _ in REAL]


def equal_area(geometry: Any) -> float:
    """The area in an equal-area projection about the middle, its sides followed closely."""
    x, y = geometry.envelope.centroid.coords[0]
    crs = pyproj.CRS(f"+proj=laea +lat_0={y} +lon_0={x} +datum=WGS84")
    project = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    fine = shapely.segmentize(geometry, 1e-4)
    flat = shapely.transform(fine, lambda c: _columns(project, c))
    return float(flat.area)


def _columns(project: Any, coordinates: Any) -> Any:
    import numpy

    return numpy.column_stack(project(coordinates[:, 0], coordinates[:, 1]))


@pytest.mark.parametrize(("name", "geometry", "computed"), REAL, ids=NAMES)
def test_areas_of_real_boundaries_are_those_computed_elsewhere(name, geometry, computed):
    one = ready(geometry, "EPSG:4326")
    assert (one.fault is None) is (computed["valid"] == "True")
    expected = Decimal(computed["area_ha_geodesic"])
    assert round(area(one) / 10_000, -expected.as_tuple().exponent) == expected


@pytest.mark.parametrize(("name", "geometry", "computed"), REAL, ids=NAMES)
def test_the_way_rings_run_changes_no_area(name, geometry, computed):
    turned = shapely.reverse(geometry)
    assert area(ready(turned)) == pytest.approx(area(ready(geometry)), rel=Decimal("1e-11"))


@pytest.mark.parametrize(("name", "geometry", "computed"), REAL, ids=NAMES)
def test_a_hole_is_taken_off(name, geometry, computed):
    largest = max(shapely.get_parts(geometry), key=lambda part: part.area)
    whole = shapely.Polygon(largest.exterior)
    point = whole.representative_point()
    hole = point.buffer(0.3 * point.distance(whole.boundary), quad_segs=4)
    holed = shapely.Polygon(whole.exterior.coords, [hole.exterior.coords])
    expected = area(ready(whole)) - area(ready(hole))
    assert area(ready(holed)) == pytest.approx(expected, rel=Decimal("1e-9"))
    # What fills the hole does not overlap, and what covers it does by the rest.
    assert overlap(ready(holed), ready(hole)) == 0
    assert overlap(ready(holed), ready(whole)) == pytest.approx(expected, rel=Decimal("1e-9"))


@pytest.mark.parametrize(("name", "geometry", "computed"), REAL, ids=NAMES)
def test_a_bow_tie_has_a_fault_with_its_place(name, geometry, computed):
    ring = list(shapely.get_parts(geometry)[0].exterior.coords)[:-1]
    tied = 0
    for corner in range(len(ring) - 1):
        # Two corners next to each other in each other's place: sides cross in most rings.
        swapped = ring.copy()
        swapped[corner : corner + 2] = reversed(swapped[corner : corner + 2])
        bow = shapely.Polygon(swapped)
        one = ready(bow)
        assert (one.fault is None) is bow.is_valid
        if one.fault is not None:
            tied += 1
            assert one.fault.kind in ("self-intersection", "ring-self-intersection")
            assert one.fault.place
            assert one.geometry is None
    assert tied or len(ring) < 4


@pytest.mark.parametrize(("name", "geometry", "computed"), REAL, ids=NAMES)
def test_the_halves_of_a_boundary_overlap_with_it_by_themselves(name, geometry, computed):
    west, south, east, north = geometry.bounds
    middle = (west + east) / 2
    left = shapely.intersection(geometry, shapely.box(west - 1, south - 1, middle, north + 1))
    right = shapely.difference(geometry, shapely.box(west - 1, south - 1, middle, north + 1))
    one, whole = ready(left), ready(geometry)
    assert abs(overlap(one, whole) - area(one)) <= Decimal("1e-9") * area(whole)
    assert overlap(one, ready(right)) <= Decimal("1e-9") * area(whole)
    # Sides that run across the middle are cut where they are straight in degrees, which is
    # not quite on the geodesic; the guide says by how much.
    rings = shapely.get_rings(shapely.get_parts(geometry))
    sides = [
        shapely.length(side) * 111_320
        for ring in rings
        for side in map(shapely.LineString, pairwise(ring.coords))
        if shapely.intersects(side, shapely.box(middle, south, middle, north).boundary)
    ]
    apart = max(sides, default=0.0) ** 3 * abs(tan(radians(north))) / (12 * 6.37e6)
    together = area(one) + area(ready(right))
    assert abs(together - area(whole)) <= Decimal(len(rings) * 4 * apart + 0.001)


@pytest.mark.parametrize("width", [0.01, 0.1, 1, 10])
def test_a_sliver_of_overlap_is_measured(width):
    one, other = ready(box(0, 0, 100, 100)), ready(box(100 - width, 0, 200, 100))
    assert overlap(one, other) == pytest.approx(Decimal(100 * width), rel=Decimal("2e-5"))
    assert overlap(one, other) == overlap(other, one)


def test_rims_that_touch_do_not_overlap():
    assert overlap(ready(box(0, 0, 100, 100)), ready(box(100, 0, 200, 100))) == 0
    assert overlap(ready(box(0, 0, 100, 100)), ready(box(100, 100, 200, 200))) == 0
    assert overlap(ready(box(0, 0, 100, 100)), ready(box(500, 0, 600, 100))) == 0


corners = st.tuples(st.floats(-150, 150), st.floats(-150, 150))


@settings(max_examples=150, deadline=None)
@given(st.lists(corners, min_size=3, max_size=6), st.lists(corners, min_size=3, max_size=6))
def test_overlaps_are_those_of_an_equal_area_projection(first, second):
    a, b = (shapely.convex_hull(shapely.MultiPoint([at(x, y) for x, y in c])) for c in
            (first, second))  # fmt: skip
    if a.geom_type != "Polygon" or b.geom_type != "Polygon":
        return
    expected = equal_area(shapely.intersection(a, b)) if a.intersects(b) else 0.0
    # Geodesic sides and sides straight in degrees part by 4 mm over 424 m: up to 1 m2 a side.
    assert float(overlap(ready(a), ready(b))) == pytest.approx(expected, rel=1e-9, abs=3)


@pytest.mark.parametrize("seed", range(6))
def test_an_overlap_of_small_parcels_agrees_closely(seed):
    rng = random.Random(seed)
    side = rng.uniform(20, 100)
    a = box(0, 0, side, side)
    b = box(side * 0.3, side * 0.4, side * 1.5, side * 1.2)
    expected = equal_area(shapely.intersection(a, b))
    assert float(overlap(ready(a), ready(b))) == pytest.approx(expected, rel=1e-5)


def test_the_rim_lies_within_and_what_reaches_out_does_not():
    county = ready(box(0, 0, 1000, 1000))
    assert within(ready(box(0, 0, 100, 100)), county)
    assert within(county, county)
    assert not within(ready(box(-1, 0, 100, 100)), county)
    assert not within(ready(box(2000, 0, 2100, 100)), county)
    assert within(ready(shapely.Point(at(0, 500))), county)
    hollow = ready(shapely.difference(box(0, 0, 1000, 1000), box(400, 400, 600, 600)))
    assert not within(ready(box(300, 300, 450, 450)), hollow)


def test_distances_of_points_are_geodesics():
    geod = pyproj.CRS("EPSG:4490").get_geod()
    rng = random.Random(4)
    for _ in range(50):
        a = (rng.uniform(-180, 180), rng.uniform(-80, 80))
        b = (rng.uniform(-180, 180), rng.uniform(-80, 80))
        expected = geod.inv(*a, *b)[2]
        found = distance(ready(shapely.Point(a)), ready(shapely.Point(b)))
        assert float(found) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_distances_of_polygons_are_the_least_of_many_points(seed):
    rng = random.Random(seed)
    geod = pyproj.CRS("EPSG:4490").get_geod()
    reach = 10 ** rng.uniform(2, 5)
    a = polygon(*((rng.uniform(0, reach), rng.uniform(0, reach)) for _ in range(3)))
    b = polygon(*((rng.uniform(2, 3) * reach, rng.uniform(-1, 3) * reach) for _ in range(3)))
    one, other = ready(a), ready(b)
    assert one.fault is None and other.fault is None
    rims = [shapely.get_coordinates(shapely.segmentize(g, g.length / 400)) for g in (a, b)]
    least = min(
        min(geod.inv([x] * len(rims[1]), [y] * len(rims[1]), rims[1][:, 0], rims[1][:, 1])[2])
        for x, y in rims[0].tolist()
    )
    found = float(distance(one, other))
    assert least * (1 - 1e-3) <= found <= least * (1 + 1e-4)
    assert distance(other, one) == distance(one, other)


def test_what_touches_is_no_distance_apart():
    assert distance(ready(box(0, 0, 100, 100)), ready(box(100, 0, 200, 100))) == 0
    assert distance(ready(box(0, 0, 100, 100)), ready(shapely.Point(at(50, 50)))) == 0


def test_distances_across_180_degrees_go_the_short_way():
    east, west = ready(shapely.Point(179.9, 10)), ready(shapely.Point(-179.9, 10))
    assert 21_000 < distance(east, west) < 23_000


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("POLYGON EMPTY", "empty"),
        ("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", "self-intersection"),
        ("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (5 5, 6 5, 6 6, 5 5))", "hole-outside"),
        ("POLYGON ((179 0, -179 0, -179 1, 179 1, 179 0))", "antimeridian"),
        ("POLYGON ((0 89, 1 89, 1 91, 0 91, 0 89))", "bad-coordinate"),
        ("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((1 1, 2 1, 2 2, 1 2, 1 1)))",
         "shells-nested"),
    ],
)  # fmt: skip
def test_faults_have_names(text, kind):
    fault = ready(shapely.from_wkt(text)).fault
    assert fault is not None
    assert fault.kind == kind


def test_bytes_that_are_no_geometry_are_a_fault():
    from guiju.geometry import Shape
    from guiju.geometry.prepared import prepare

    fault = prepare(Shape(b"\x01nothing", "polygon", "EPSG:4490", 0)).fault
    assert fault is not None
    assert fault.kind == "unreadable"


def test_cgcs2000_and_wgs84_are_one_datum_and_others_are_not():
    assert datum_of("EPSG:4490") == datum_of("EPSG:4326")
    assert datum_of("EPSG:4214") != datum_of("EPSG:4490")
    a, b = box(0, 0, 100, 100), box(50, 0, 150, 100)
    same = overlap(ready(a), ready(b))
    assert overlap(ready(a), ready(b, "EPSG:4326")) == pytest.approx(same, rel=Decimal("1e-9"))


def test_figures_have_twelve_digits():
    assert figure(123456.78901234567) == Decimal("123456.789012")
    assert str(figure(1e15)) == "1000000000000000"
    assert str(figure(0.0)) == "0"
    assert shape(box(0, 0, 1, 1)).kind == "polygon"
