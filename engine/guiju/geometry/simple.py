"""Polygons that are valid beyond doubt, found for a whole column at once.

To find out whether a polygon is valid takes the library about as long as to cut it with another.
Most parcels are seen whole from their middle: going along the rim one turns about it one way
only, and once. Such a rim neither crosses nor touches itself, and there is no other rim, which
one would go along as well, and so a second time round. All others are left to the library.
"""

from __future__ import annotations

from guiju.hints import Any

_FEWEST = 4
"""Corners of a ring, its first one counted twice."""
_ROUNDING = 4e-16
"""By how much of the sum of its two products the difference that tells a turn may be off: more
than `(3 + 16 ε) ε` with ε = 2⁻⁵³, as Shewchuk proves for the test of orientation."""
_LEAST = 1e-300
"""What is smaller may have lost its digits in the products."""
_AT_ONCE = 2_000
"""Geometries whose corners stay near the processor."""


def surely_valid(geometries: Any, boxes: Any) -> Any:
    """Which geometries of an array are proven valid, as an array; of the others nothing is said.
    `boxes` are their bounds."""
    import numpy
    import shapely

    sizes = shapely.get_num_coordinates(geometries)
    rows = numpy.flatnonzero(sizes >= _FEWEST)
    sure = numpy.zeros(len(geometries), dtype=bool)
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        corners = shapely.get_coordinates(geometries[some])
        with numpy.errstate(all="ignore"):  # what is infinite or no number is not sure
            sure[some] = _seen_whole(corners, sizes[some], boxes[some])
    return sure


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
