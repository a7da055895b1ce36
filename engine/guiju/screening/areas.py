"""Areas as whole numbers, so that a query adds them up without rounding."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

from guiju.quantities import Ratio, decimal, exact
from guiju.record import Record

_LIMB = 10**15
"""A number larger than that is kept in several columns."""


class Areas(Record):
    """The areas of rows, each times `scale`, as digits to the base 10^15: the first of `limbs`
    are the lowest. A query adds up each column, and `total` puts the sums together."""

    scale: int
    limbs: tuple[list[int | None], ...]

    def total(self, sums: Sequence[int | None]) -> Decimal:
        """The exact sum of areas from the sums of their columns."""
        whole = sum((part or 0) * _LIMB**at for at, part in enumerate(sums))
        return decimal(Fraction(whole, self.scale))


def areas_of(cells: Sequence[Decimal | None]) -> Areas:
    """The areas of a column, exactly."""
    scale = 1
    denominators: set[int] = set()
    places = 0
    for cell in cells:
        if cell is None:
            continue
        if cell.__class__ is Ratio:
            denominators.add(exact(cell).denominator)
            continue
        exponent = cell.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > places:
            places = -exponent
    scale = lcm(10**places, *denominators)
    if denominators or places > 28:
        whole = [None if cell is None else int(exact(cell) * scale) for cell in cells]
    else:
        # `*` rounds to the digits of the context; shifting the point does not where they fit.
        whole = [None if cell is None else _shifted(cell, places, scale) for cell in cells]
    limbs: list[list[int | None]] = []
    while True:
        if all(one is None or -_LIMB < one < _LIMB for one in whole):
            limbs.append(whole)
            return Areas(scale, tuple(limbs))
        limbs.append([None if one is None else one % _LIMB for one in whole])
        whole = [None if one is None else one // _LIMB for one in whole]


def _shifted(cell: Decimal, places: int, scale: int) -> int:
    if cell.adjusted() + places < 27:
        return int(cell.scaleb(places))
    return int(Fraction(cell) * scale)
