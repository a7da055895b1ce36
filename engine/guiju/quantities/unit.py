"""Units of measure: an exact size and the dimensions it has.

Dimensions go beyond the SI. Tonnes of dry matter, of carbon, of CO2 and of CO2
equivalent are four dimensions; a CO2 equivalent with its set of global warming
potentials is one more for each set; a year is no number of days. Which units there are
is data: `units.toml`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from guiju.hints import NoReturn

Terms = tuple[tuple[str, int], ...]
"""Symbols or dimensions with their exponents; none is zero."""


class DimensionMismatch(ValueError):
    """Two units that measure different things were added, compared or converted."""

    def __init__(self, left: Unit, right: Unit) -> None:
        super().__init__(left, right)
        self.left = left
        self.right = right

    def __str__(self) -> str:
        return f"`{self.left}` and `{self.right}` measure different things"


class Unit:
    """A unit: `factor` times the coherent unit of its `dimensions`.

    `terms` are the symbols it is shown with. Two units are equal when their factor and
    dimensions are, however they are written.

    >>> from guiju.quantities import parse_unit
    >>> biomass, fraction = parse_unit("tdm/ha"), parse_unit("tC/tdm")
    >>> (biomass * fraction).symbol
    'tC/ha'
    >>> parse_unit("亩").ratio_to(parse_unit("ha"))
    Fraction(1, 15)
    """

    __slots__ = ("_hash", "dimensions", "factor", "terms")

    factor: Fraction
    dimensions: Terms
    terms: Terms

    def __init__(self, factor: Fraction, dimensions: Terms, terms: Terms) -> None:
        put = object.__setattr__
        put(self, "factor", factor)
        put(self, "dimensions", dimensions)
        put(self, "terms", terms)
        put(self, "_hash", hash((factor, dimensions)))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a unit cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a unit cannot be changed")

    def __reduce__(self) -> tuple[object, ...]:
        # A Fraction pickles as text and is read back by a regular expression; cached
        # packs hold many units, so two integers are kept instead.
        factor = self.factor
        return _restored, (factor.numerator, factor.denominator, self.dimensions, self.terms)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Unit):
            return NotImplemented
        return self.dimensions == other.dimensions and self.factor == other.factor

    def __hash__(self) -> int:
        return int(self._hash)  # type: ignore[attr-defined]

    def __mul__(self, other: Unit) -> Unit:
        if not isinstance(other, Unit):
            return NotImplemented
        return Unit(
            self.factor * other.factor,
            tuple(sorted(_product(self.dimensions, other.dimensions, 1))),
            _product(self.terms, other.terms, 1),
        )

    def __truediv__(self, other: Unit) -> Unit:
        if not isinstance(other, Unit):
            return NotImplemented
        return Unit(
            self.factor / other.factor,
            tuple(sorted(_product(self.dimensions, other.dimensions, -1))),
            _product(self.terms, other.terms, -1),
        )

    def __pow__(self, exponent: int) -> Unit:
        if not isinstance(exponent, int):
            return NotImplemented
        if exponent == 0:
            return ONE
        return Unit(
            Fraction(self.factor**exponent),
            tuple((name, power * exponent) for name, power in self.dimensions),
            tuple((symbol, power * exponent) for symbol, power in self.terms),
        )

    def same_dimension(self, other: Unit) -> bool:
        """Whether values in this unit and in the other can be added and compared."""
        return self.dimensions == other.dimensions

    def ratio_to(self, other: Unit) -> Fraction:
        """How many of the other unit one of this unit is.

        Raises DimensionMismatch when they measure different things.
        """
        if self.dimensions != other.dimensions:
            raise DimensionMismatch(self, other)
        return self.factor / other.factor

    @property
    def dimensionless(self) -> bool:
        """Whether the unit is a bare number or a share: `1`, `%`, `kg/t`."""
        return not self.dimensions

    @property
    def symbol(self) -> str:
        """The unit as it is written after a number; empty for the unit one."""
        return _symbol(self.terms)

    def __str__(self) -> str:
        return self.symbol

    def __repr__(self) -> str:
        return f"<Unit {self.symbol or '1'}>"


def _product(left: Terms, right: Terms, sign: int) -> Terms:
    """The terms of a product (sign 1) or quotient (-1); those of exponent 0 fall away."""
    if not right:
        return left
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple((name, power) for name, power in powers.items() if power)


@cache
def _symbol(terms: Terms) -> str:
    """Terms as they are written, in the order of their symbols: however a unit was come by,
    it reads the same."""
    ordered = sorted(terms)
    above = [_power(symbol, power) for symbol, power in ordered if power > 0]
    below = [_power(symbol, -power) for symbol, power in ordered if power < 0]
    if not below:
        return "·".join(above)
    return "/".join(("·".join(above) or "1", *below))


def _power(symbol: str, power: int) -> str:
    if power == 1:
        return symbol
    last = symbol[-1]
    # `m2` reads well; `tCO22` and `亩2` would not, and `tCO22` could not be read back.
    return f"{symbol}{power}" if last.isascii() and last.isalpha() else f"{symbol}^{power}"


def _restored(numerator: int, denominator: int, dimensions: Terms, terms: Terms) -> Unit:
    return Unit(Fraction(numerator, denominator), dimensions, terms)


ONE = Unit(Fraction(1), (), ())
"""The unit of a bare number."""

PERCENT = Unit(Fraction(1, 100), (), (("%", 1),))
"""`%`: a hundredth."""
