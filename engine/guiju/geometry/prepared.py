"""Shapes made ready for measuring: read once, and found valid or not.

Nothing is mended. A shape with a fault is not measured; the fault says what is wrong, and
where. Coordinates are longitude and latitude in degrees.
"""

from __future__ import annotations

import re
from functools import cache

from guiju.geometry.shape import Shape
from guiju.geometry.simple import surely_valid
from guiju.hints import Any

SAME_DATUM = frozenset(("EPSG:4490", "EPSG:4480", "EPSG:4326", "EPSG:4979", "OGC:CRS84"))
"""CGCS2000 and WGS 84. Realised decimetres apart or less, they are measured together."""


class NeedsGeoError(ImportError):
    """Boundaries are to be measured and the extra `guiju[geo]` is not installed."""

    def __init__(self) -> None:
        super().__init__("pip install 'guiju[geo]'")


class Fault:
    """Why a shape cannot be measured: a kind of `FAULTS`, and the place, or empty."""

    __slots__ = ("kind", "place")

    def __init__(self, kind: str, place: str = "") -> None:
        self.kind, self.place = kind, place

    def __repr__(self) -> str:
        return f"<Fault {self.kind} {self.place}>"


FAULTS = {
    "Self-intersection": "self-intersection",
    "Ring Self-intersection": "ring-self-intersection",
    "Hole lies outside shell": "hole-outside",
    "Holes are nested": "holes-nested",
    "Interior is disconnected": "interior-disconnected",
    "Nested shells": "shells-nested",
    "Duplicate Rings": "rings-repeated",
    "Too few points in geometry component": "too-few-points",
    "Invalid Coordinate": "bad-coordinate",
    "Ring Self-touches": "ring-self-intersection",
    "Ring is not closed": "ring-open",
}
"""What the library calls a fault, and the kind it is here; anything else is `other`."""

_REASON = re.compile(r"([^\[]+?)\s*(?:\[(\S+) (\S+?)\])?$")


class Prepared:
    """A shape as the library has it. `geometry` is None where `fault` is not; `box` is west,
    south, east, north."""

    __slots__ = ("area", "box", "fault", "geometry", "shape")

    def __init__(self, shape: Shape, geometry: Any, fault: Fault | None, box: Any) -> None:
        self.shape = shape
        self.geometry = geometry
        self.fault = fault
        self.box: list[float] = box
        self.area: Any = None

    @property
    def datum(self) -> str:
        """What must be the same for two shapes to be measured together."""
        return datum_of(self.shape.crs)


def datum_of(crs: str) -> str:
    """The name two systems share where coordinates in them may be compared."""
    return "EPSG:4490" if crs in SAME_DATUM else crs


def libraries() -> Any:
    """`shapely`, or the error that says what to install."""
    try:
        import shapely
    except ImportError:
        raise NeedsGeoError from None
    return shapely


@cache
def geod_of(crs: str) -> Any:
    """The ellipsoid of a geographic system, for lengths and areas."""
    try:
        import pyproj
    except ImportError:
        raise NeedsGeoError from None
    return pyproj.CRS.from_user_input(crs).get_geod()


class Layer:
    """The shapes of a column as arrays.

    `placed` says which rows have a geometry: those with a shape that has no fault. `boxes` are
    its bounds, as those of `Prepared`. `faults` are by row. `systems` are the geographic systems
    the shapes are given in. What is proven valid by its bytes is read when it is asked for.
    """

    __slots__ = ("_geometries", "boxes", "faults", "placed", "shapes", "systems")

    def __init__(self, shapes: list[Shape | None]) -> None:
        shapely = libraries()
        import numpy

        self.shapes = shapes
        self.systems = {shape.crs for shape in shapes if shape is not None}
        column = [None if shape is None else shape.wkb for shape in shapes]
        self.faults: dict[int, Fault] = {}
        self._geometries = numpy.full(len(shapes), None, dtype=object)
        self.placed, self.boxes = surely_valid(column)
        self.placed &= _on_earth(*self.boxes.T)
        # All others are read, to ask the library.
        rows = numpy.flatnonzero(~self.placed)
        read = _read([column[row] for row in rows.tolist()])
        self.boxes[rows] = shapely.bounds(read)
        good = shapely.is_valid(read) & _on_earth(*self.boxes[rows].T)
        for at in numpy.flatnonzero(~good).tolist():
            row = int(rows[at])
            if shapes[row] is not None:
                fault = _fault(shapely, read[at], self.boxes[row].tolist())
                if fault is None:
                    good[at] = True
                else:
                    self.faults[row] = fault
        self.placed[rows] = good
        self._geometries[rows[good]] = read[good]

    def geometries(self, rows: Any) -> Any:
        """The geometries of an array of rows that have one, as an array."""
        shapely = libraries()
        import numpy

        unread = numpy.unique(rows[shapely.is_missing(self._geometries[rows])])
        if len(unread):
            shapes: list[Any] = [self.shapes[row] for row in unread.tolist()]
            self._geometries[unread] = shapely.from_wkb([shape.wkb for shape in shapes])
        return self._geometries[rows]

    def one(self, row: int) -> Prepared:
        """The shape of a row that has one."""
        shape = self.shapes[row]
        assert shape is not None
        geometry = self._geometries[row]
        if geometry is None and self.placed[row]:
            geometry = self._geometries[row] = libraries().from_wkb(shape.wkb)
        return Prepared(shape, geometry, self.faults.get(row), self.boxes[row].tolist())


def prepare(shape: Shape) -> Prepared:
    """A shape made ready."""
    shapely = libraries()
    geometry = _read(shape.wkb)
    box = shapely.bounds(geometry).tolist()
    fault = None
    if not (shapely.is_valid(geometry) and _on_earth(*box)):
        fault = _fault(shapely, geometry, box)
    return Prepared(shape, geometry if fault is None else None, fault, box)


def _read(wkb: Any) -> Any:
    """The geometry of some bytes, or those of a list of them; None for what is none."""
    shapely = libraries()
    import numpy

    # What has corners that are no numbers is told as a fault, not as a warning of the library.
    with numpy.errstate(invalid="ignore"):
        return shapely.from_wkb(wkb, on_invalid="ignore")


def _on_earth(west: Any, south: Any, east: Any, north: Any) -> Any:
    """Whether bounds, or each of arrays of them, hold latitudes only and go at most half round;
    what is no number does not."""
    return (east - west <= 180) & (south >= -90) & (north <= 90)


def fault_called(reason: str) -> Fault:
    """The fault that the library calls so.

    >>> fault_called("Self-intersection[122.3 43.001]")
    <Fault self-intersection 122.300000, 43.001000>
    """
    found = _REASON.fullmatch(reason)
    said, x, y = found.groups() if found else ("", None, None)
    place = f"{float(x):.6f}, {float(y):.6f}" if x and y else ""
    return Fault(FAULTS.get(said, "other"), place)


def _fault(shapely: Any, geometry: Any, box: list[float]) -> Fault | None:
    import numpy

    if geometry is None:
        return Fault("unreadable")
    if geometry.is_empty:
        return Fault("empty")
    if not shapely.is_valid(geometry):
        return fault_called(str(shapely.is_valid_reason(geometry)))
    if max(abs(box[1]), abs(box[3])) > 90:
        return Fault("bad-coordinate")
    for ring in shapely.get_parts(geometry):
        steps = numpy.abs(numpy.diff(shapely.get_coordinates(ring)[:, 0]))
        if steps.size and steps.max() > 180:
            return Fault("antimeridian")
    return None
