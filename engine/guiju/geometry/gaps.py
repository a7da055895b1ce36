"""Gaps between neighbouring boundaries: places too narrow to be meant.

A gap narrower than `w` is what is filled when everything that is covered grows by half of
`w` and shrinks again (a closing, with square corners kept square), less what is covered,
and less what a single boundary alone fills that way: a narrow bay, hole or strip inside
one boundary is its own form, no gap between two. A wide clearing that boundaries enclose
is not narrow and is no gap either.

Growing is done in metres, in a plane that keeps straight sides straight and is true to
scale in the middle of the boundaries that lie together; 100 km away from there widths are
off by about one in a hundred. Areas of gaps are geodesic.
"""

from __future__ import annotations

from decimal import Decimal

from guiju.geometry.index import Index
from guiju.geometry.measures import _squeeze, areas, figure
from guiju.geometry.prepared import Prepared, geod_of, libraries
from guiju.hints import Any

_FINEST = 1e-6
"""Metres. What is narrower on the average comes from rounding."""
_TOUCHING = 1e-3
"""Metres between a boundary and a gap that borders on it."""


class Gaps:
    """The gaps of a column, narrower than a width in metres. All its shapes are on one
    datum and without faults."""

    def __init__(self, index: Index, width: float) -> None:
        self._width = width
        self._pieces: list[tuple[Any, Decimal]] = []
        """In degrees, with their areas."""
        for together in _clusters(index, width):
            if len(together) > 1:
                self._find(together)
        shapely = libraries()
        self._tree = shapely.STRtree([piece for piece, _ in self._pieces])

    def area(self) -> Decimal:
        """Of all gaps together."""
        return sum((found for _, found in self._pieces), Decimal(0))

    def beside(self, one: Prepared) -> Decimal:
        """Of the gaps that border on a shape."""
        degrees = _TOUCHING / 111_000
        # At high latitudes a degree of longitude is less: the reach is a little shorter there.
        ats = self._tree.query(one.geometry, predicate="dwithin", distance=degrees)
        return sum((self._pieces[at][1] for at in sorted(ats.tolist())), Decimal(0))

    def _find(self, together: list[Prepared]) -> None:
        shapely = libraries()
        box = shapely.total_bounds([one.geometry for one in together]).tolist()
        west, south, north = box[0], box[1], box[3]
        crs = together[0].shape.crs
        middle = (south + north) / 2
        up = geod_of(crs).inv(west, middle - 0.005, west, middle + 0.005)[2] / 0.01
        aside = up * _squeeze(middle)

        def flat(at: Any) -> Any:
            return (at - (west, south)) * (aside, up)

        def back(at: Any) -> Any:
            return at / (aside, up) + (west, south)

        plane = [shapely.transform(one.geometry, flat) for one in together]
        covered = shapely.union_all(plane)
        filled = shapely.difference(_closed(covered, self._width), covered)
        for piece in shapely.get_parts(filled).tolist():
            if shapely.get_dimensions(piece) != 2 or _is_dust(piece):
                continue
            alone = [one for one in plane if shapely.dwithin(one, piece, self._width)]
            own = shapely.union_all([_closed(one, self._width) for one in alone])
            rest = shapely.difference(piece, own)
            for part in shapely.get_parts(rest).tolist():
                if shapely.get_dimensions(part) == 2 and not _is_dust(part):
                    degrees = shapely.transform(part, back)
                    measured = float(areas([degrees], crs)[0])
                    self._pieces.append((degrees, figure(measured)))


def _is_dust(piece: Any) -> bool:
    return bool(2 * piece.area < _FINEST * piece.length)


def _closed(shape: Any, width: float) -> Any:
    """A shape grown by half a width and shrunk again, its corners kept."""
    grown = shape.buffer(width / 2, join_style="mitre", mitre_limit=10)
    return grown.buffer(-width / 2, join_style="mitre", mitre_limit=10)


def _clusters(index: Index, width: float) -> list[list[Prepared]]:
    """Shapes in groups, those of different groups further apart than the width."""
    shapes = [index.layer.one(row) for row in range(len(index.layer.shapes))]
    leader = list(range(len(shapes)))

    def find(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    for row, one in enumerate(shapes):
        for near in index.near(one, width):
            a, b = find(row), find(near)
            leader[max(a, b)] = min(a, b)
    groups: dict[int, list[Prepared]] = {}
    for row, one in enumerate(shapes):
        groups.setdefault(find(row), []).append(one)
    return list(groups.values())
