"""Numbers: as written, 34 digits, exact comparisons, and no result where there is none."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guiju.evaluation.arithmetic import round_to

from .making import NUMBER, UNKNOWN, D, calculate, unit, value, why

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)
small = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-999, max_value=999)


def close(result: Decimal, exact: Fraction) -> bool:
    """Whether a result is the exact one rounded to 34 digits."""
    if exact == 0:
        return result == 0
    return abs(Fraction(result) - exact) <= abs(exact) * Fraction(5, 10**34)


@given(numbers, numbers)
def test_arithmetic_is_the_exact_result_rounded_once(a, b):
    x, y = Fraction(a), Fraction(b)
    assert close(calculate("a + b", a=a, b=b), x + y)
    assert close(calculate("a - b", a=a, b=b), x - y)
    assert close(calculate("a * b", a=a, b=b), x * y)
    assume(b)
    assert close(calculate("a / b", a=a, b=b), x / y)


@given(numbers, numbers)
def test_comparing_never_rounds(a, b):
    x, y = Fraction(a), Fraction(b)
    for sign, expected in (("<", x < y), ("<=", x <= y), ("=", x == y), (">", x > y)):
        assert value(f"a {sign} b", a=a, b=b) is expected


@given(small, small)
def test_units_meet_exactly_when_compared(a, b):
    """亩 is a fifteenth of a hectare, which no decimal is."""
    types = {"a": unit("亩"), "b": unit("ha")}
    assert value("a >= b", types, a=a, b=b) is (Fraction(a) / 15 >= Fraction(b))
    assert value("a = b", types, a=a, b=b) is (Fraction(a) / 15 == Fraction(b))


def test_fifteen_mu_are_one_hectare():
    types = {"a": unit("亩"), "b": unit("ha")}
    assert value("a = b", types, a=D(15), b=D(1)) is True
    assert value("a < b", types, a=D("14." + "9" * 60), b=D(1)) is True


def test_a_sum_of_tenths_is_what_it_says():
    assert calculate("0.1 + 0.2 = 0.3") is True
    assert calculate("x / y", x=D(1), y=D(3)) == D("0." + "3" * 34)
    assert value("(x / y) * y = x", x=D(1), y=D(3)) is False


def test_digits_as_written_are_compared_in_full():
    written = D("1." + "0" * 50 + "1")
    assert value("x > 1", x=written) is True
    assert value("x + 0 > 1", x=written) is False


def test_operations_without_a_result_are_unknown_and_say_why():
    assert why("1 / x", x=D(0)) == {("undefined", "division-by-zero")}
    assert why("x / x", x=D(0)) == {("undefined", "division-by-zero")}
    assert why("x ^ 0.5", x=D(-1)) == {("undefined", "no-power")}
    assert why("x ^ x", x=D(0)) == {("undefined", "no-power")}
    assert why("sqrt(x)", x=D(-1)) == {("undefined", "no-sqrt")}
    assert why("ln(x)", x=D(0)) == {("undefined", "no-ln")}
    assert why("ln(x)", x=D(-2)) == {("undefined", "no-ln")}
    assert why("x * x", x=D("1E+6000")) == {("undefined", "overflow")}
    assert value("1 / x > 0 or true", x=D(0)) is True


def test_a_missing_number_makes_a_product_unknown_even_by_zero():
    assert value("x * 0", {"x": NUMBER}) is UNKNOWN


def test_powers_of_whole_numbers_are_exact():
    assert calculate("2 ^ 100") == 2**100
    assert calculate("1.1 ^ 2") == D("1.21")
    assert calculate("2 ^ -1") == D("0.5")


def test_within_takes_its_share_of_the_right_side():
    assert value("x within 5% of y", x=D(95), y=D(100)) is True
    assert value("x within 5% of y", x=D("94." + "9" * 40), y=D(100)) is False
    assert value("x within 5% of y", x=D(105), y=D(-100)) is False
    assert value("x within 5% of y", x=D(-105), y=D(-100)) is True
    tonnes = {"x": unit("tCO2e"), "y": unit("tCO2e")}
    assert value("x within 1 tCO2e of y", tonnes, x=D(9), y=D(10)) is True
    assert value("x within 1 tCO2e of y", tonnes, x=D("8.999"), y=D(10)) is False


@pytest.mark.parametrize(
    ("number", "step", "nearest", "up", "down"),
    [
        ("2.5", "1", "2", "3", "2"),
        ("3.5", "1", "4", "4", "3"),
        ("-2.5", "1", "-2", "-2", "-3"),
        ("7", "5", "5", "10", "5"),
        ("-7", "5", "-5", "-5", "-10"),
        ("0.125", "0.05", "0.10", "0.15", "0.10"),
        ("10", "5", "10", "10", "10"),
        ("-0.4", "1", "0", "0", "-1"),
    ],
)
def test_rounding_to_a_step(number, step, nearest, up, down):
    directions = {"nearest": nearest, "up": up, "down": down}
    for direction, expected in directions.items():
        result = round_to(D(number), D(step), direction)
        assert result == D(expected)
        assert not (result.is_zero() and result.is_signed())


@given(numbers, st.decimals(min_value="0.001", max_value=1000, places=3))
def test_rounding_stays_within_a_step_and_on_its_multiples(number, step):
    down, up = (round_to(number, step, way) for way in ("down", "up"))
    x, s = Fraction(number), Fraction(step)
    assert Fraction(down) <= x <= Fraction(up)
    assert (Fraction(up) - Fraction(down)) in (0, s)
    assert Fraction(down) % s == 0
    nearest = Fraction(round_to(number, step, "nearest"))
    assert abs(nearest - x) <= s / 2
    assert abs(nearest - x) < s / 2 or (nearest / s) % 2 == 0


def test_rounded_expressions():
    assert calculate("2.345 rounded to 0.01") == D("2.34")
    assert calculate("2.341 rounded up to 0.01") == D("2.35")
    assert calculate("2.349 rounded down to 0.01") == D("2.34")
    assert why("1 rounded to x", x=D(0)) == {("undefined", "no-rounding")}
