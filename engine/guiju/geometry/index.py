"""Which shapes of a column may touch a shape, or lie near it."""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin

from guiju.geometry.measures import measure_overlaps
from guiju.geometry.prepared import Prepared, datum_of, libraries
from guiju.hints import Any

_LEAST_RADIUS = 6_335_000.0
"""Metres; no ellipsoid in use is curved more tightly anywhere."""


class Index:
    """The shapes of a column by place.

    `odd` are the rows of which nothing is known by place: without a shape, or with a fault.
    """

    def __init__(self, column: list[Prepared | None]) -> None:
        self.column = column
        self.odd: list[int] = []
        rows: dict[str, list[int]] = {}
        for row, one in enumerate(column):
            if one is None or one.fault is not None:
                self.odd.append(row)
            else:
                rows.setdefault(one.datum, []).append(row)
        shapely = libraries()
        self._rows = rows
        self._trees = {
            datum: shapely.STRtree([column[row].geometry for row in found])  # type: ignore[union-attr]
            for datum, found in rows.items()
        }
        self._met: dict[int, list[list[int]]] = {}

    def near(self, one: Prepared, metres: float = 0.0) -> list[int]:
        """The rows that may lie within so many metres of a shape, in order; all that are odd
        or on another datum are among them."""
        datum = datum_of(one.shape.crs)
        found = list(self.odd)
        for other, rows in self._rows.items():
            if other != datum:
                found += rows
                continue
            tree = self._trees[datum]
            for box in _boxes(one.box, metres):
                found += [rows[at] for at in tree.query(box).tolist()]
        return sorted(set(found))

    def near_each(self, others: Index) -> list[list[int]]:
        """For each row of another index the rows here that may touch it; empty for its odd
        ones. Works out the overlaps of all that may touch."""
        known = self._met.get(id(others))
        if known is not None:
            return known
        import numpy

        met: list[list[int]] = [[] for _ in others.column]
        pairs: list[tuple[Prepared, Prepared]] = []
        for datum, asking in others._rows.items():
            elsewhere = self.odd + [r for d, rows in self._rows.items() if d != datum for r in rows]
            for row in asking:
                met[row] += elsewhere
            tree = self._trees.get(datum)
            if tree is None:
                continue
            shapes: Any = numpy.array(
                [others.column[row].geometry for row in asking],  # type: ignore[union-attr]
                dtype=object,
            )
            rows = self._rows[datum]
            asked, answered = tree.query(shapes).tolist()
            for i, j in zip(asked, answered, strict=True):
                row, here = asking[i], rows[j]
                met[row].append(here)
                # Of a column with itself each pair is measured once.
                if others is not self or row < here:
                    a, b = others.column[row], self.column[here]
                    assert a is not None
                    assert b is not None
                    pairs.append((a, b))
        measure_overlaps(pairs)
        for found in met:
            found.sort()
        self._met[id(others)] = met
        return met


def _boxes(box: tuple[float, float, float, float], metres: float) -> list[Any]:
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
