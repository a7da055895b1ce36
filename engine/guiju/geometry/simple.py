"""Polygons that are valid beyond doubt, found for a whole column at once from their bytes.

To find out whether a polygon is valid takes the library about as long as to cut it with another.
Most parcels are seen whole from their middle: going along the rim one turns about it one way
only, and once. Such a rim neither crosses nor touches itself. All others are left to the library,
and so are those of more than one rim. Of a parcel that is sure the library need not even read
the bytes, until something is measured on it.
"""

from __future__ import annotations

from guiju.hints import Any

_POLYGON = bytes.fromhex("01 03000000 01000000")
_HEADS = (_POLYGON, bytes.fromhex("01 06000000 01000000") + _POLYGON)
"""What the bytes of a polygon of one ring begin with, alone or as the only part of several; the
number of corners follows, in `_COUNT` bytes, and the corners, each in `_CORNER` bytes."""
_COUNT, _CORNER = 4, 16
_FEWEST = 4
"""Corners of a ring, its first one counted twice."""
_ROUNDING = 4e-16
"""By how much of the sum of its two products the difference that tells a turn may be off: more
than `(3 + 16 ε) ε` with ε = 2⁻⁵³, as Shewchuk proves for the test of orientation."""
_LEAST = 1e-300
"""What is smaller may have lost its digits in the products."""
_AT_ONCE = 2_000
"""Geometries whose corners stay near the processor."""


def surely_valid(column: list[bytes | None]) -> tuple[Any, Any]:
    """Which geometries of a column, given as well-known binary, are proven valid, as an array;
    and their bounds. Of the others nothing is said, and their bounds are no numbers."""
    import numpy

    lengths = numpy.array([0 if wkb is None else len(wkb) for wkb in column], dtype=int)
    sure = numpy.zeros(len(column), dtype=bool)
    boxes = numpy.full((len(column), 4), numpy.nan)
    for head in _HEADS:
        sizes, more = numpy.divmod(lengths - len(head) - _COUNT, _CORNER)
        rows = numpy.flatnonzero((more == 0) & (sizes >= _FEWEST))
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            found, bounds = _whole([column[row] for row in some.tolist()], head, sizes[some])
            sure[some] = found
            boxes[some[found]] = bounds[found]
    return sure, boxes


def _whole(column: list[Any], head: bytes, sizes: Any) -> tuple[Any, Any]:
    """Which geometries have a head and, of so many corners, one ring that is closed and seen
    whole; and the bounds of all."""
    import numpy

    at = len(head) + _COUNT
    heads = numpy.frombuffer(
        b"".join([wkb[:at] for wkb in column]), dtype=[("head", f"V{len(head)}"), ("count", "<u4")]
    )
    corners = numpy.frombuffer(b"".join([wkb[at:] for wkb in column]), dtype="<f8").reshape(-1, 2)
    ends = numpy.cumsum(sizes)
    starts = ends - sizes
    least, most = numpy.minimum.reduceat(corners, starts), numpy.maximum.reduceat(corners, starts)
    boxes = numpy.concatenate((least, most), axis=1)
    sure = (heads["head"] == numpy.void(head)) & (heads["count"] == sizes)
    sure &= (corners[starts] == corners[ends - 1]).all(axis=1)
    with numpy.errstate(all="ignore"):  # what is infinite or no number is not sure
        sure &= _seen_whole(corners, sizes, boxes)
    return sure, boxes


def _seen_whole(corners: Any, sizes: Any, boxes: Any) -> Any:
    """Of rings that follow one another, each closed and of so many corners, whether every side
    is seen from the middle of the ring's box, and no two of them in one direction."""
    import numpy

    ends = numpy.cumsum(sizes)
    starts = ends - sizes
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    width, height = (boxes[:, 2:] - boxes[:, :2]).T
    # A middle lies in its box, so the two products together are at most twice its area.
    least = 2 * _ROUNDING * width * height + _LEAST
    # INVARIANT: the sign of a difference is that of the exact one.
    x, y = (corners - numpy.repeat(middles, sizes, axis=0)).T
    turn = x[:-1] * y[1:] - y[:-1] * x[1:]
    above = y >= 0
    upward = above[1:] > above[:-1]
    # From the last corner of a ring to the first of the next there is no side.
    between = ends[:-1] - 1
    turn[between] = turn[between - 1]
    upward[between] = False
    one_way = numpy.minimum.reduceat(turn, starts) > least
    one_way |= numpy.maximum.reduceat(turn, starts) < -least
    return one_way & (numpy.add.reduceat(upward, starts, dtype=int) == 1)
