"""Areas, overlaps and distances of shapes.

| measure  | sides between vertices | figure                                            |
|----------|------------------------|---------------------------------------------------|
| area     | geodesics              | on the ellipsoid of the shape                     |
| overlap  | straight in degrees    | the area, as above, of what both cover            |
| within   | straight in degrees    | the rim belongs to the container                  |
| distance | straight in degrees    | the geodesic between the two closest points       |

A side of length `s` at latitude `φ` that runs east differs from the geodesic between its
ends by `s² tan φ / 8R`, 2 cm in a kilometre at 45°, 0.2 mm in a hundred metres; where two
shapes share a side that only one has more vertices on, that much of it may differ between
overlap and area. Closest points are looked for in a plane that is true to scale between
the two shapes, so that a distance of up to 100 km is right to 0.01 %, and never too short.

Figures of measuring are no exact decimals. They are given with twelve digits, are right to
about 1e-9 as computed, and are compared as they stand.
"""

from __future__ import annotations

from decimal import Decimal
from math import cos, radians, sin, sqrt

from guiju.geometry.prepared import Prepared, datum_of, geod_of, libraries
from guiju.hints import Any

NOUGHT = Decimal(0)
_AT_ONCE = 20_000


def figure(measured: float) -> Decimal:
    """A measured figure as a decimal of twelve digits.

    >>> figure(0.1 + 0.2), figure(0.0), figure(1e7)
    (Decimal('0.3'), Decimal('0'), Decimal('10000000'))
    """
    if not measured:
        return NOUGHT
    value = Decimal(f"{measured:.12g}")
    return Decimal(f"{measured:.0f}") if "E+" in str(value) else value


def areas(geometries: Any, crs: str) -> Any:
    """The geodesic areas of geometries in square metres, as an array of floats.

    Holes count against their polygon whichever way rings run; lines and points have none.
    """
    shapely = libraries()
    import numpy

    geod = geod_of(crs)
    parts, of = shapely.get_parts(geometries, return_index=True)
    kinds = shapely.get_type_id(parts)
    if (kinds > 3).any():  # collections inside collections
        parts, inner = shapely.get_parts(parts, return_index=True)
        of, kinds = of[inner], shapely.get_type_id(parts)
    flat = kinds == 3
    polygons, of = parts[flat], of[flat]
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    coordinates, at = shapely.get_coordinates(rings, return_index=True)
    ends = numpy.searchsorted(at, numpy.arange(len(rings) + 1))
    x, y = coordinates[:, 0].copy(), coordinates[:, 1].copy()
    measure = geod.polygon_area_perimeter
    found = [
        abs(measure(x[start:end], y[start:end])[0])
        for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    ]
    signed = numpy.asarray(found, dtype=float)
    # The first ring of a polygon is its outside.
    signed[1:][polygon[1:] == polygon[:-1]] *= -1
    return numpy.bincount(of[polygon], weights=signed, minlength=len(geometries))


def area(one: Prepared) -> Decimal:
    """The area of a shape without a fault."""
    if one.area is None:
        one.area = figure(float(areas([one.geometry], one.shape.crs)[0]))
    measured: Decimal = one.area
    return measured


def apart(one: Prepared, other: Prepared) -> bool:
    """Whether nothing of two shapes can touch, by their boxes."""
    a, b = one.box, other.box
    return a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def overlap(one: Prepared, other: Prepared) -> Decimal:
    """The area that two shapes without faults both cover."""
    if apart(one, other):
        return NOUGHT
    import numpy

    # In one order always, so that it makes no difference which is named first.
    first, second = (other, one) if other.box < one.box else (one, other)
    left, right = (numpy.array([at.geometry], dtype=object) for at in (first, second))
    return figure(float(shared(left, right, datum_of(first.shape.crs))[0]))


def shared(left: Any, right: Any, crs: str) -> Any:
    """The areas that pairs of geometries both cover, in square metres as floats."""
    shapely = libraries()
    import numpy

    measured = numpy.zeros(len(left))
    for start in range(0, len(left), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        common = shapely.intersection(left[some], right[some])
        # Where rims only touch, what is common is a line or a point.
        flat = numpy.flatnonzero(shapely.get_dimensions(common) == 2)
        measured[start + flat] = areas(common[flat], crs)
    return measured


def within(inner: Prepared, outer: Prepared) -> bool:
    """Whether one shape lies wholly in another, the rim of which belongs to it."""
    if apart(inner, outer):
        return False
    shapely = libraries()
    shapely.prepare(outer.geometry)
    return bool(shapely.covers(outer.geometry, inner.geometry))


def distance(one: Prepared, other: Prepared) -> Decimal:
    """The least distance of two shapes in metres; nought where they touch."""
    shapely = libraries()
    a, b = (other, one) if other.box < one.box else (one, other)
    left, right = a.geometry, b.geometry
    if not apart(a, b) and shapely.intersects(left, right):
        return NOUGHT
    geod = geod_of(a.shape.crs)
    turn = _turn(a.box, b.box)
    latitude = (max(a.box[1], b.box[1]) + min(a.box[3], b.box[3])) / 2
    best = None
    for _ in range(3):
        # Longitude shrunk to the scale of latitude where the two are closest.
        squeeze = _squeeze(latitude)

        def flat(at: Any, shift: float = 0.0, by: float = squeeze) -> Any:
            at = at.copy()
            at[:, 0] = (at[:, 0] + shift) * by
            return at

        line = shapely.shortest_line(
            shapely.transform(left, flat),
            shapely.transform(right, lambda at: flat(at, turn)),
        )
        (x1, y1), (x2, y2) = shapely.get_coordinates(line).tolist()
        metres = geod.inv(x1 / squeeze, y1, x2 / squeeze, y2)[2]
        best = metres if best is None else min(best, metres)
        if abs((y1 + y2) / 2 - latitude) < 1e-4:
            break
        latitude = (y1 + y2) / 2
    assert best is not None
    return figure(best)


def _turn(a: list[float], b: list[float]) -> float:
    """By how many degrees the second is turned to lie on the first one's side of 180°."""
    between = (b[0] + b[2] - a[0] - a[2]) / 2
    return -360.0 if between > 180 else 360.0 if between < -180 else 0.0


_FLATTENED = 0.00669438
"""The square of the eccentricity, of every ellipsoid in use close enough."""


def _squeeze(latitude: float) -> float:
    """A degree of longitude in degrees of latitude; a sliver of it is left at the poles."""
    phi = radians(max(-89.9, min(89.9, latitude)))
    normal = 1 / sqrt(1 - _FLATTENED * sin(phi) ** 2)
    meridian = (1 - _FLATTENED) * normal**3
    return normal * cos(phi) / meridian
