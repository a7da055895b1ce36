"""Quantities: exact conversion, sums, products and comparison."""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.quantities import CONTEXT, DimensionMismatch, Quantity, UnknownUnit, decimal

numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
)
areas = st.builds(Quantity, numbers, st.sampled_from(["ha", "m2", "亩", "km2", "acre"]))
masses = st.builds(Quantity, numbers, st.sampled_from(["t", "kg", "lb", "万t"]))


def test_area_in_mu_compares_exactly_with_hectares() -> None:
    assert Quantity(15, "亩") == Quantity(1, "ha")
    assert Quantity("666.6666666666666666666666666666666666666", "m2") < Quantity(1, "亩")
    assert Quantity("667", "m2") > Quantity(1, "亩")
    assert hash(Quantity(15, "亩")) == hash(Quantity("1.00", "ha"))


def test_conversion_is_exact_where_a_decimal_is() -> None:
    assert Quantity("667", "m2").to("ha").value == Decimal("0.0667")
    assert Quantity("12.50", "ha").to("m2").value == 125000
    mu = Quantity(1, "亩").to("ha").value
    assert str(mu) == "0." + "0" + "6" * 33 + "7"
    assert mu == Fraction(1, 15)


@given(areas, areas, areas)
def test_sums_are_commutative_and_differences_undo_them(
    a: Quantity, b: Quantity, c: Quantity
) -> None:
    x, y, z = (Quantity(q.value, "m2") for q in (a, b, c))
    assert x + y == y + x
    assert (x + y) + z == x + (y + z)
    assert x + y - y == x
    assert x - x == Quantity(0, "ha")


@given(areas, masses)
def test_products_are_commutative(a: Quantity, b: Quantity) -> None:
    assert a * b == b * a
    assert (a * b).base == a.base * b.base
    assert 2 * a == a + a


@given(areas, areas)
def test_the_order_is_that_of_exact_fractions(a: Quantity, b: Quantity) -> None:
    assert (a < b) == (a.base < b.base)
    assert (a <= b) == (a.base <= b.base)
    assert (a > b) == (b < a)
    assert (a >= b) == (b <= a)
    assert (a == b) == (a.base == b.base)


@given(areas, st.sampled_from(["ha", "m2", "km2"]))
def test_a_metric_conversion_and_back_loses_nothing(a: Quantity, unit: str) -> None:
    metric = Quantity(a.value, "ha")
    assert metric.to(unit).to("ha") == metric
    assert metric.to(unit) == metric


@given(st.fractions())
def test_a_finite_decimal_is_exact_and_any_other_has_34_digits(value: Fraction) -> None:
    result = decimal(value)
    if Fraction(result) != value:
        assert len(result.as_tuple().digits) == 34
        assert abs(Fraction(result) - value) <= abs(value) * Fraction(1, 10**33)


def test_different_dimensions_are_neither_added_nor_ordered_nor_equal() -> None:
    carbon, gas = Quantity(1, "tC"), Quantity(1, "tCO2e")
    for operation in (carbon.__add__, carbon.__sub__, carbon.__lt__, carbon.__ge__):
        with pytest.raises(DimensionMismatch):
            operation(gas)
    assert carbon != gas
    with pytest.raises(DimensionMismatch):
        Quantity(1, "tCO2e/yr") + gas


def test_a_quantity_shows_its_value_as_written() -> None:
    assert str(Quantity("12.50", "tCO2e/ha")) == "12.50 tCO2e/ha"
    assert str(Quantity("5.0", "%")) == "5.0%"
    assert str(Quantity(3)) == "3"
    assert str(Quantity("12.50", "t/ha") * Quantity("2.0", "ha")) == "25.000 t"


def test_only_exact_finite_numbers_are_taken() -> None:
    with pytest.raises(TypeError):
        Quantity(0.1, "t")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Quantity(True, "t")
    for text in ("", "abc", "NaN", "Infinity", "1e9999999"):
        with pytest.raises(ValueError, match="is not a number"):
            Quantity(text, "t")
    with pytest.raises(UnknownUnit):
        Quantity("1", "furlong")


def test_dividing_by_zero_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        Quantity(1, "t") / Quantity(0, "ha")


def test_the_context_has_34_digits_and_stops_at_nonsense() -> None:
    assert CONTEXT.divide(Decimal(1), Decimal(3)) == Decimal("0." + "3" * 34)
    with pytest.raises(DivisionByZero):
        CONTEXT.divide(Decimal(1), Decimal(0))
    with pytest.raises(InvalidOperation):
        CONTEXT.sqrt(Decimal(-1))
    with pytest.raises(Overflow):
        CONTEXT.power(Decimal(10), Decimal(7000))
