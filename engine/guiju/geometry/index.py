"""Which shapes of a column may touch a shape, or lie near it."""

from __future__ import annotations

from decimal import Decimal
from math import asin, cos, degrees, radians, sin

from guiju.geometry.measures import figure, shared
from guiju.geometry.prepared import Layer, Prepared, datum_of, libraries
from guiju.geometry.squares import may_meet
from guiju.hints import Any

_LEAST_RADIUS = 6_335_000.0
"""Metres; no ellipsoid in use is curved more tightly anywhere."""


class Index:
    """The shapes of a column by place.

    `odd` are the rows of which nothing is known by place: without a shape, or with a fault.
    """

    def __init__(self, layer: Layer) -> None:
        import numpy

        self.layer = layer
        self.odd: list[int] = numpy.flatnonzero(~layer.placed).tolist()
        placed = numpy.flatnonzero(layer.placed)
        self._rows: dict[str, Any] = {}
        datums = {datum_of(crs) for crs in layer.systems}
        if len(placed) and len(datums) == 1:
            self._rows[datums.pop()] = placed
        elif len(placed):
            of = numpy.array([datum_of(layer.shapes[row].crs) for row in placed.tolist()])  # type: ignore[union-attr]
            self._rows = {datum: placed[of == datum] for datum in dict.fromkeys(of.tolist())}
        self._trees: dict[str, Any] = {}
        self._overlapping: dict[int, dict[int, list[tuple[int, Decimal]]]] = {}

    @property
    def datums(self) -> list[str]:
        """The datums its shapes lie on."""
        return sorted(self._rows)

    def _tree(self, datum: str) -> Any:
        found = self._trees.get(datum)
        if found is None:
            found = self._trees[datum] = _tree_of(self.layer.boxes[self._rows[datum]])
        return found

    def elsewhere(self, datum: str) -> list[int]:
        """The rows of which no place on a datum is known."""
        others = [rows.tolist() for other, rows in self._rows.items() if other != datum]
        return self.odd + [row for rows in others for row in rows]

    def near(self, one: Prepared, metres: float = 0.0) -> list[int]:
        """The rows that may lie within so many metres of a shape, in order; all that are odd
        or on another datum are among them."""
        datum = one.datum
        found = set(self.elsewhere(datum))
        if datum in self._rows:
            for box in _boxes(one.box, metres):
                found.update(self._rows[datum][self._tree(datum).query(box)].tolist())
        return sorted(found)

    def overlapping(self, asking: Index) -> dict[int, list[tuple[int, Decimal]]]:
        """For the rows of another index the rows here that overlap them, in order, and by how
        much; of rows on the same datum only."""
        known = self._overlapping.get(id(asking))
        if known is None:
            known = self._overlapping[id(asking)] = self.met(asking)
        return known

    def met(self, asking: Index, apart: range = range(0)) -> dict[int, list[tuple[int, Decimal]]]:
        """As `overlapping`, worked out anew, without the rows here of a range: those that
        the asking ones are themselves."""
        import numpy

        found: dict[int, list[tuple[int, Decimal]]] = {}
        for datum, rows in asking._rows.items():
            if datum not in self._rows:
                continue
            here = self._rows[datum]
            asked, own = asking.layer.boxes, self.layer.boxes
            if apart or asking is self:
                tree = self._tree(datum)
            else:
                # Most rows of two columns lie apart from all of the other.
                rows = rows[may_meet(asked[rows], own[here])]
                here = here[may_meet(own[here], asked[rows])]
                tree = _tree_of(own[here])
            theirs, ours = tree.query(_diagonals(asked[rows]))
            theirs, ours = rows[theirs], here[ours]
            if apart:
                kept = (ours < apart.start) | (ours >= apart.stop)
                theirs, ours = theirs[kept], ours[kept]
            if asking is self:
                # Of a column with itself each pair is measured once.
                once = theirs <= ours
                theirs, ours = theirs[once], ours[once]
            # In one order always, so that it makes no difference which is named first.
            turned = _before(own[ours], asked[theirs])
            left, right = asking.layer.geometries(theirs), self.layer.geometries(ours)
            left[turned], right[turned] = right[turned], left[turned]
            measured = shared(left, right, datum)
            flat = numpy.flatnonzero(measured)
            for row, other, overlap in zip(
                theirs[flat].tolist(), ours[flat].tolist(), measured[flat].tolist(), strict=True
            ):
                area = figure(overlap)
                found.setdefault(row, []).append((other, area))
                if asking is self and row != other:
                    found.setdefault(other, []).append((row, area))
        for met in found.values():
            met.sort()
        return found


def _tree_of(boxes: Any) -> Any:
    return libraries().STRtree(_diagonals(boxes))


def _diagonals(boxes: Any) -> Any:
    """Lines that have the bounds of boxes, for a tree, which goes by bounds alone."""
    return libraries().linestrings(boxes.reshape(-1, 2, 2))


def _before(a: Any, b: Any) -> Any:
    """Of each pair of boxes, whether the first comes before the second as lists do."""
    import numpy

    less, open_ = numpy.zeros(len(a), dtype=bool), numpy.ones(len(a), dtype=bool)
    for side in range(4):
        less |= open_ & (a[:, side] < b[:, side])
        open_ &= a[:, side] == b[:, side]
    return less


def _boxes(box: list[float], metres: float) -> list[Any]:
    """Boxes that hold everything within so many metres of a box; two across 180°."""
    shapely = libraries()
    west, south, east, north = box
    if metres <= 0:
        return [shapely.box(west, south, east, north)]
    angle = 1.01 * metres / _LEAST_RADIUS
    up = degrees(angle)
    widest = radians(min(90.0, max(abs(south), abs(north))))
    if angle >= 1.5 or sin(angle) >= cos(widest):
        return [shapely.box(-540, -90, 540, 90)]
    aside = 1.01 * degrees(asin(sin(angle) / cos(widest)))
    found = [shapely.box(west - aside, south - up, east + aside, north + up)]
    for turn in (-360, 360):
        if west - aside + turn <= 180 and east + aside + turn >= -180:
            found.append(
                shapely.box(west - aside + turn, south - up, east + aside + turn, north + up)
            )
    return found
