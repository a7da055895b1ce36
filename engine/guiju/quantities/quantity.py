"""An exact number with its unit."""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction

from guiju.hints import Self
from guiju.quantities.parsing import parse_unit
from guiju.quantities.unit import ONE, DimensionMismatch, Unit

CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""How the language calculates: decimal128 of IEEE 754, 34 digits, half to even."""


class Quantity:
    """A decimal in a unit: exact to convert, add, multiply and compare.

    Results are Decimals without rounding where a finite one exists; otherwise, after
    converting 亩 or dividing, they have 34 digits. Comparing never rounds. Numbers of
    different dimensions raise DimensionMismatch when added or ordered, and are unequal.

    >>> Quantity("667", "m2").to("ha")
    Quantity('0.0667', 'ha')
    >>> Quantity("667", "m2") >= Quantity(1, "亩")
    True
    >>> str(Quantity("12.5", "tC/ha") * Quantity(2, "ha"))
    '25.0 tC'
    """

    __slots__ = ("unit", "value")

    unit: Unit
    value: Decimal

    def __init__(self, value: Decimal | str | int, unit: Unit | str = ONE) -> None:
        """Raises TypeError for a float, ValueError for a text that is no finite number
        and UnknownUnit."""
        if isinstance(value, (float, bool)) or not isinstance(value, (Decimal, str, int)):
            raise TypeError(f"an exact number is expected, not {type(value).__name__}")
        try:
            number = value if isinstance(value, Decimal) else Decimal(value)
        except InvalidOperation:
            raise ValueError(f"`{value}` is not a number") from None
        if not number.is_finite() or not -6176 <= number.adjusted() <= 6144:
            raise ValueError(f"`{value}` is not a number that can be calculated with")
        self.value = number
        self.unit = unit if isinstance(unit, Unit) else parse_unit(unit)

    def to(self, unit: Unit | str) -> Quantity:
        """The same quantity in another unit. Raises DimensionMismatch and UnknownUnit."""
        target = unit if isinstance(unit, Unit) else parse_unit(unit)
        ratio = self.unit.ratio_to(target)
        if ratio == 1:
            return Quantity(self.value, target)
        return Quantity(decimal(exact(self.value) * ratio), target)

    @property
    def base(self) -> Fraction:
        """The number in the coherent unit of its dimensions."""
        return exact(self.value) * self.unit.factor

    def __add__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Quantity):
            return NotImplemented
        there = Fraction(other.value) * other.unit.ratio_to(self.unit)
        return Quantity(decimal(exact(self.value) + there), self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self + -other

    def __neg__(self) -> Quantity:
        return Quantity(self.value.copy_negate(), self.unit)

    def __mul__(self, other: Quantity | Decimal | int) -> Quantity:
        right = _quantity(other)
        if right is None:
            return NotImplemented
        value = exact(self.value) * exact(right.value)
        exponent = _exponent(self.value) + _exponent(right.value)
        return Quantity(decimal(value, exponent), self.unit * right.unit)

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | Decimal | int) -> Quantity:
        right = _quantity(other)
        if right is None:
            return NotImplemented
        value = exact(self.value) / exact(right.value)
        return Quantity(decimal(value), self.unit / right.unit)

    def __rtruediv__(self, other: Decimal | int) -> Quantity:
        left = _quantity(other)
        return NotImplemented if left is None else left / self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self.unit.same_dimension(other.unit) and self.base == other.base

    def __hash__(self) -> int:
        return hash((self.base, self.unit.dimensions))

    def _compare(self, other: Quantity) -> Fraction:
        if not self.unit.same_dimension(other.unit):
            raise DimensionMismatch(self.unit, other.unit)
        return self.base - other.base

    def __lt__(self, other: Quantity) -> bool:
        return self._compare(other) < 0

    def __le__(self, other: Quantity) -> bool:
        return self._compare(other) <= 0

    def __gt__(self, other: Quantity) -> bool:
        return self._compare(other) > 0

    def __ge__(self, other: Quantity) -> bool:
        return self._compare(other) >= 0

    def __str__(self) -> str:
        symbol = self.unit.symbol
        space = "" if not symbol or symbol[0] in "%‰°" else " "
        return f"{self.value:f}{space}{symbol}"

    def __repr__(self) -> str:
        return f"Quantity('{self.value}', '{self.unit.symbol or '1'}')"


class Ratio(Decimal):
    """A Decimal of 34 digits that remembers the endless number it stands for.

    Converting 2 亩 to hectares has no finite decimal. In arithmetic a Ratio is the rounded
    Decimal; compared, or brought to another unit, it is the exact number.

    >>> ha = Ratio(Fraction(2, 15))
    >>> ha, ha == Fraction(2, 15), Decimal(ha) == Fraction(2, 15)
    (Ratio('0.1333333333333333333333333333333333'), True, False)
    """

    __slots__ = ("fraction",)

    fraction: Fraction

    def __new__(cls, fraction: Fraction) -> Self:
        rounded = CONTEXT.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))
        made = super().__new__(cls, rounded)
        made.fraction = fraction
        return made

    def __repr__(self) -> str:
        return f"Ratio('{self}')"

    def __reduce__(self) -> tuple[type[Self], tuple[Fraction]]:  # type: ignore[override]
        return type(self), (self.fraction,)

    def __hash__(self) -> int:
        return hash(self.fraction)

    # Python asks the subclass first, so these decide on either side of a comparison.
    def __eq__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.fraction == number

    def __lt__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.fraction < number

    def __le__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.fraction <= number

    def __gt__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.fraction > number

    def __ge__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.fraction >= number


def exact(value: Decimal | int | Fraction) -> Fraction:
    """A finite number as a fraction, without loss. Raises ValueError or OverflowError for
    what is no finite number."""
    return value.fraction if isinstance(value, Ratio) else Fraction(value)


def _number(value: object) -> Fraction | None:
    """What a Ratio can be compared with."""
    if isinstance(value, Decimal):
        return exact(value) if value.is_finite() else None
    return Fraction(value) if isinstance(value, (int, Fraction)) else None


def decimal(value: Fraction, exponent: int | None = None) -> Decimal:
    """A fraction as a Decimal: exactly where it has a finite one, else to 34 digits.

    An exact one is given with `exponent`, where that holds it, else with as few digits
    as it needs.

    >>> decimal(Fraction(1, 8)), decimal(Fraction(1, 3))
    (Decimal('0.125'), Ratio('0.3333333333333333333333333333333333'))
    """
    places = _places(value.denominator)
    if places is None:
        return Ratio(value)
    if exponent is not None and -exponent > places:
        places = -exponent
    digits = value.numerator * 10**places // value.denominator
    return Decimal(digits).scaleb(-places, _EXACT) if places else Decimal(digits)


_EXACT = Context(prec=10**6, Emin=-(10**6), Emax=10**6)


def _places(denominator: int) -> int | None:
    """How many decimal places 1/denominator has; None when they never end."""
    twos = (denominator & -denominator).bit_length() - 1
    rest = denominator >> twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _quantity(value: object) -> Quantity | None:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return Quantity(value, ONE)
    return None
