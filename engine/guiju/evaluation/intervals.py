"""Between what a number with missing parts must lie.

A missing fact lies in its declared range, and sums, differences, products and roundings of it lie
between what the ends of the ranges give. The ends go through the very operations the value would
go through, each rounded alike, and all of these rise or fall with each operand, so that the bounds
hold to the last digit. They may be wider than what is possible where a fact stands twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import product

from guiju.evaluation.run import Run
from guiju.evaluation.unknown import Unknown
from guiju.hints import Any
from guiju.plan.types import NumberType
from guiju.quantities import exact

Bounds = tuple[Decimal | None, Decimal | None]
"""The least and the greatest value, None where there is no end."""
Operation = Callable[[Decimal, Decimal], Decimal]


def bounds_of(run: Run, value: Any) -> Bounds | None:
    """Between what a value must lie; None where nothing is known of that."""
    if value.__class__ is not Unknown:
        return (value, value)
    bounds: Bounds | None = value.bounds
    if bounds is None and value.source is not None and value.numerator == value.denominator:
        field = run.field(value.source.name, value.source.field)
        if field is not None and isinstance(field.type, NumberType):
            bounds = (field.low, field.high)
    return None if bounds == (None, None) else bounds


def bounded(lacks: Unknown, bounds: Bounds | None) -> Unknown:
    """An unknown with its bounds, if they say anything."""
    if bounds is None or bounds == (None, None):
        return lacks
    return Unknown(lacks.lacks, bounds=bounds)


def mapped(bounds: Bounds | None, end: Callable[[Decimal], Any], *, falls: bool) -> Bounds | None:
    """The bounds of what rises, or falls, with a bounded value."""
    if bounds is None:
        return None
    low, high = (None if one is None else end(one) for one in bounds)
    if Unknown in (low.__class__, high.__class__):
        return None
    return (high, low) if falls else (low, high)


def combined(sign: str, operation: Operation, a: Bounds, b: Bounds) -> Bounds | None:
    """The bounds of a sum, a difference, a product, or of a quotient by what is known."""
    match sign:
        case "+":
            return _end(operation, a[0], b[0]), _end(operation, a[1], b[1])
        case "-":
            return _end(operation, a[0], b[1]), _end(operation, a[1], b[0])
        case "*" if b[0] == b[1] and b[0] is not None:
            return _by_known(operation, a, b[0])
        case "*" if a[0] == a[1] and a[0] is not None:
            return _by_known(operation, b, a[0])
        case "*" if None not in (*a, *b):
            corners = [operation(x, y) for x, y in product(a, b)]  # type: ignore[arg-type]
            return min(corners), max(corners)
        case "*" if a[0] is not None and b[0] is not None and a[0] >= 0 and b[0] >= 0:
            return operation(a[0], b[0]), None
        case "/" if b[0] == b[1] and b[0]:
            return _by_known(operation, a, b[0])
    return None


def _end(operation: Operation, x: Decimal | None, y: Decimal | None) -> Decimal | None:
    return None if x is None or y is None else operation(x, y)


def _by_known(operation: Operation, bounds: Bounds, known: Decimal) -> Bounds | None:
    if not known:
        return operation(known, known), operation(known, known)
    return mapped(bounds, lambda end: operation(end, known), falls=known < 0)


def total(run: Run, values: Iterable[Any]) -> Bounds | None:
    """The bounds of a sum, added up in the order of its members."""
    low: Decimal | None = Decimal(0)
    high: Decimal | None = low
    for value in values:
        bounds = bounds_of(run, value)
        if bounds is None:
            return None
        low = None if low is None or bounds[0] is None else low + bounds[0]
        high = None if high is None or bounds[1] is None else high + bounds[1]
    return low, high


def decided(operator: str, a: Bounds, b: Bounds, scales: tuple[int, int]) -> bool | None:
    """What a comparison gives whatever is missing; None where that depends."""
    (a_low, a_high), (b_low, b_high) = (
        [None if end is None else exact(end) * scale for end in bounds]
        for bounds, scale in zip((a, b), scales, strict=True)
    )
    below = a_high is not None and b_low is not None and a_high < b_low
    above = a_low is not None and b_high is not None and a_low > b_high
    at_most = a_high is not None and b_low is not None and a_high <= b_low
    at_least = a_low is not None and b_high is not None and a_low >= b_high
    yes, no = {
        "<": (below, at_least),
        "<=": (at_most, above),
        ">": (above, at_most),
        ">=": (at_least, below),
        "=": (at_most and at_least, below or above),
        "!=": (below or above, at_most and at_least),
    }[operator]
    return True if yes else False if no else None
