"""Which boxes may meet some of others, found for all at once.

The others are laid on a grid of squares. A box that lies on none of the squares they lie on meets
none of them; of most parcels that is all there is to find out, and neither a tree nor the library
is needed for them. Where squares are shared nothing is said.
"""

from __future__ import annotations

from math import isqrt

from guiju.hints import Any

_SQUARES = 8
"""For each of the other boxes. More leave fewer boxes in doubt, and take longer to lay out."""
_NARROWEST = 1e-9
"""Degrees that the grid is wide and high at least."""


def may_meet(boxes: Any, others: Any) -> Any:
    """Which boxes may meet, or touch, one of others: an array of truth values, False where none
    does. Boxes are rows of west, south, east, north, all of them numbers."""
    import numpy

    if not len(others):
        return numpy.zeros(len(boxes), dtype=bool)
    grid = _Grid(others)
    west, south, east, north = grid.squares(boxes)
    upto = grid.taken
    found = upto[north + 1, east + 1] - upto[north + 1, west] - upto[south, east + 1]
    return found + upto[south, west] > 0


class _Grid:
    """Squares over boxes. `taken[r, c]` is how many squares boxes lie on, of those in the first
    `r` rows and the first `c` columns."""

    def __init__(self, boxes: Any) -> None:
        import numpy

        self._across = isqrt(_SQUARES * len(boxes)) + 1
        west, south, east, north = boxes.T
        self._corner = west.min(), south.min()
        self._scale = [
            self._across / max(_NARROWEST, most.max() - least)
            for least, most in zip(self._corner, (east, north), strict=True)
        ]
        west, south, east, north = self.squares(boxes)
        # Each box is noted at its four corners, so that summed up along columns and rows it is
        # counted on its own squares and on no others.
        wide = self._across + 1
        noted = numpy.zeros(wide * wide, dtype=int)
        for row, column, sign in (
            (south, west, 1),
            (south, east + 1, -1),
            (north + 1, west, -1),
            (north + 1, east + 1, 1),
        ):
            noted += sign * numpy.bincount(row * wide + column, minlength=wide * wide)
        lying = noted.reshape(wide, wide).cumsum(axis=0).cumsum(axis=1)
        self.taken = numpy.zeros((wide, wide), dtype=int)
        self.taken[1:, 1:] = (lying[:-1, :-1] > 0).cumsum(axis=0).cumsum(axis=1)

    def squares(self, boxes: Any) -> list[Any]:
        """The columns and rows of squares that boxes begin and end in; what lies outside the grid
        counts to the squares at its rim."""
        # INVARIANT: of two places the one further east or north never has the lesser square, in
        # binary64 neither. So boxes that meet share a square.
        return [
            ((places - self._corner[side % 2]) * self._scale[side % 2])
            .clip(0, self._across - 1)
            .astype(int)
            for side, places in enumerate(boxes.T)
        ]
