"""What objects hold in the place of facts, as values that generated code calculates with.

A fact that is a number stands as a float, or as an int where the vocabulary says integer; the
float stands for the shortest decimal that names it. What is no value of the declared type, no
finite number, or outside the declared range is missing, as in a dossier, and is told as a
problem. A number that is one but that binary64 cannot hold (a Decimal with many digits, a
large int) makes the fact `Aside`: rules that read it are for the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import isfinite

from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, YesNoType
from guiju.sieve.lower import Column

LARGEST_WHOLE = 2**53
"""Up to here every whole number is one of binary64."""
LARGEST = 1.7976931348623157e308
"""The largest number of binary64."""
MOST_EXPONENT = 6_144
"""As in the decimal128 format, and as dossiers are read."""
_MOST_BITS = 4 * MOST_EXPONENT
"""More bits than any such number has, so that none is made a decimal that has millions."""


class Aside(Exception):
    """A value that is one, but that generated code does not calculate with."""


class Refused(Exception):
    """A value that is none of its fact: it counts as missing."""


def column_of(field: FieldPlan) -> Column | None:
    """How a fact stands in generated code; None for a type it does not read."""
    match field.type:
        case NumberType():
            ends = [end for end in (field.low, field.high) if end is not None]
            return Column("number") if all(isfinite(float(end)) for end in ends) else None
        case TextType() | OneOfType():
            return Column("text")
        case YesNoType():
            return Column("truth")
        case DateType():
            return Column("date")
    return None


def exact(field: FieldPlan, value: Any) -> Any:
    """A value as the dossier of the reference evaluator holds it: Decimal, str, bool, date, or
    None. Raises `Refused`."""
    if value is None:
        return None
    match field.type:
        case NumberType(integer=integer):
            number = _decimal(value)
            if integer and number != number.to_integral_value():
                raise Refused
            return _in_range(field, number)
        case OneOfType(options=options):
            if not isinstance(value, str) or value not in options:
                raise Refused
            return str(value)
        case TextType():
            if not isinstance(value, str):
                raise Refused
            return str(value) or None
        case YesNoType():
            if value is not True and value is not False:
                raise Refused
            return value
        case DateType():
            # A datetime is a date to Python, and is not comparable with one.
            if type(value) is not date:
                raise Refused
            return _in_range(field, value)
    raise Refused


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise Refused
    if isinstance(value, float):
        if not isfinite(value):
            raise Refused
        return Decimal(float.__repr__(value))
    if isinstance(value, int):
        number = Decimal(value) if value.bit_length() < _MOST_BITS else Decimal("inf")
    elif isinstance(value, Decimal):
        number = value
    else:
        raise Refused
    if not number.is_finite() or (
        number and not -MOST_EXPONENT < number.adjusted() < MOST_EXPONENT
    ):
        raise Refused
    return number


def _in_range(field: FieldPlan, value: Any) -> Any:
    if (field.low is not None and value < field.low) or (
        field.high is not None and value > field.high
    ):
        raise Refused
    return value


def float_ends(field: FieldPlan, most: float = LARGEST) -> tuple[tuple[str, float], ...]:
    """The declared range of a number in binary64, and within `most`, as two comparisons; what is
    not finite meets neither. A float stands for its shortest decimal, and larger ones for larger
    decimals."""
    low, high = (">=", -most), ("<=", most)
    if field.low is not None and (nearest := float(field.low)) > -most:
        low = (">=" if Decimal(repr(nearest)) >= field.low else ">", nearest)
    if field.high is not None and (nearest := float(field.high)) < most:
        high = ("<=" if Decimal(repr(nearest)) <= field.high else "<", nearest)
    return low, high


def held(field: FieldPlan, value: Any) -> Any:
    """An exact value as generated code holds it. Raises `Aside`."""
    if not isinstance(field.type, NumberType) or value is None:
        return value
    if field.type.integer:
        number = int(value)
        if abs(number) > LARGEST_WHOLE:
            raise Aside
        return number
    nearest = float(value)
    if not isfinite(nearest) or Decimal(repr(nearest)) != value:
        raise Aside
    return nearest


def taken(field: FieldPlan, refused: Callable[[], None]) -> Callable[[Any], Any]:
    """How a value is taken that is not of the class generated code looks for: as another value
    of the same meaning, or as missing. Raises `Aside`."""
    whole = isinstance(field.type, NumberType) and field.type.integer
    number = isinstance(field.type, NumberType) and not whole

    def take(value: Any) -> Any:
        try:
            if number and value.__class__ is int and -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
                # What JSON has of numbers without a point.
                return float(_in_range(field, value))
            return held(field, exact(field, value))
        except Refused:
            refused()
            return None

    return take
