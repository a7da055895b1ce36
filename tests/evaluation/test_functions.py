"""The functions rules may call."""

from __future__ import annotations

from datetime import date

import pytest

from guiju.evaluation.functions import FUNCTIONS
from guiju.evaluation.student import student_t
from guiju.plan.functions import FUNCTIONS as DECLARED
from guiju.plan.functions import MEASURES

from .making import UNKNOWN, D, calculate, value, why


def test_every_declared_function_has_a_meaning():
    assert FUNCTIONS.keys() == DECLARED.keys() - MEASURES


def test_mathematics_has_34_digits():
    assert calculate("sqrt(2)") == D("1.414213562373095048801688724209698")
    assert calculate("exp(1)") == D("2.718281828459045235360287471352662")
    assert calculate("ln(10)") == D("2.302585092994045684017991454684364")
    assert calculate("abs(0 - 3)") == 3
    assert calculate("min(3, 1, 2)") == 1
    assert calculate("max(3, 1, 2)") == 3
    assert calculate("floor(0 - 1.5)") == -2
    assert calculate("ceiling(0 - 1.5)") == -1


def test_round_is_half_to_even():
    assert [calculate(f"round({n})") for n in ("0.5", "1.5", "2.5")] == [0, 2, 2]
    assert calculate("round(2.345, 2)") == D("2.34")
    assert calculate("round(2.355, 2)") == D("2.36")
    assert calculate("round(1250, 0 - 2)") == 1200


# The quantiles of printed tables, and digits worked out independently where the
# distribution has a closed form: tan(pi * c / 2) for one degree of freedom and
# c * sqrt(2 / (1 - c^2)) for two.
@pytest.mark.parametrize(
    ("df", "confidence", "expected"),
    [
        (5, "0.95", "2.571"),
        (10, "0.95", "2.228"),
        (10, "0.90", "1.812"),
        (20, "0.95", "2.086"),
        (30, "0.95", "2.042"),
        (30, "0.99", "2.750"),
        (60, "0.95", "2.000"),
        (120, "0.95", "1.980"),
    ],
)
def test_student_t_agrees_with_the_printed_tables(df, confidence, expected):
    assert round(student_t(D(df), D(confidence)), 3) == D(expected)


def test_student_t_agrees_with_its_closed_forms():
    assert abs(student_t(D(1), D("0.5")) - 1) < D("1E-33")
    for c in (D("0.8"), D("0.9"), D("0.95"), D("0.999")):
        exact = c * (2 / (1 - c * c)).sqrt()
        assert abs(student_t(D(2), c) / exact - 1) < D("1E-26")


def test_student_t_nears_the_normal_distribution():
    # 1.95996398454005423552 is the normal quantile; the next term of the expansion is
    # (z^3 + z) / (4 df).
    z = D("1.95996398454005423552")
    df = D(10**9)
    assert abs(student_t(df, D("0.95")) - z - (z**3 + z) / (4 * df)) < D("1E-17")


def test_student_t_is_undefined_outside_its_range():
    assert why("student_t(n, 0.95)", n=D(0)) == {("undefined", "no-student-t")}
    assert why("student_t(5, p)", p=D(1)) == {("undefined", "no-student-t")}


def test_texts():
    assert value('matches(t, "CCER-[0-9]{4}")', t="CCER-2024") is True
    assert value('matches(t, "CCER-[0-9]{4}")', t="xCCER-2024") is False
    assert value('matches(t, "(A|B)+")', t="ABBA") is True
    assert value("length(t)", t="碳汇项目") == 4
    assert value('contains(t, "汇")', t="碳汇") is True
    assert value('starts_with(t, "碳")', t="碳汇") is True
    assert value('ends_with(t, "碳")', t="碳汇") is False
    assert value('upper(t) = "AB"', t="aB") is True
    assert value('lower(t) = "ab"', t="aB") is True


def test_a_pattern_that_is_none_is_unknown():
    assert why("matches(t, p)", t="a", p="(") == {("undefined", "bad-pattern")}


def test_no_pattern_can_hold_up_a_run():
    # Backtracking would take longer than anyone waits; that these return is the test.
    found = value("matches(t, p)", t="a" * 60 + "!", p="(a|aa|a?)+$")
    assert found is False or found is UNKNOWN
    assert value('matches(t, "a*a*b")', t="a" * 20_000) is False


def test_dates():
    day = date(2024, 2, 29)
    assert value("year(d)", d=day) == 2024
    assert value("month(d)", d=day) == 2
    assert value("day(d)", d=day) == 29
    assert value("date(2024, 2, 29)") == day
    assert why("date(2023, 2, 29)") == {("undefined", "no-such-day")}
    assert value("days(2024-01-01, 2024-03-01)") == 60
    assert value("years(2024-02-29, 2025-02-28)") in (0, 1)
    assert value("months(2024-01-31, 2024-03-30)") == 1
    assert value("first_of_month(d)", d=day) == date(2024, 2, 1)
    assert value("last_of_month(d)", d=date(2023, 12, 5)) == date(2023, 12, 31)


def test_calendar_arithmetic_names_the_day_that_does_not_exist():
    assert value("d + 1 years", d=date(2023, 2, 28)) == date(2024, 2, 28)
    assert why("d + 1 years", d=date(2024, 2, 29)) == {("undefined", "no-such-day")}
    assert value("d + 1 years month end down", d=date(2024, 2, 29)) == date(2025, 2, 28)
    assert value("d + 1 years month end up", d=date(2024, 2, 29)) == date(2025, 3, 1)
    assert value("d - 1 months month end down", d=date(2024, 3, 31)) == date(2024, 2, 29)
    assert why("d + 9000 years", d=date(2024, 1, 1)) == {("undefined", "no-such-day")}


def test_working_days_follow_the_calendar_of_their_year():
    assert value("d + 1 working days", d=date(2025, 12, 31)) == date(2026, 1, 4)
    kind, year = next(iter(why("d + 1 working days", d=date(2099, 1, 1))))
    assert (kind, year) == ("calendar", "2099")


def test_durations_compare_where_months_and_days_leave_no_doubt():
    assert value("(b - a) >= 10 days", a=date(2024, 1, 1), b=date(2024, 1, 11)) is True
    assert value("12 months = 1 years") is True
    assert value("x < y", x=(7304, "days"), y=(20, "years")) is UNKNOWN
    assert value("x < y", x=(7303, "days"), y=(20, "years")) is True
    assert value("x > y", x=(31, "days"), y=(1, "months")) is UNKNOWN
    assert value("x >= y", x=(31, "days"), y=(1, "months")) is True
    assert value("x = y", x=(32, "days"), y=(1, "months")) is False
    assert why("x = y", x=(3, "days"), y=(3, "working days")) == {("undefined", "durations-apart")}


def test_periods_have_a_start_and_an_end():
    period = (date(2024, 1, 1), date(2024, 12, 31))
    assert value("p.start", p=period) == date(2024, 1, 1)
    assert value("p.end > 2024-06-30", p=period) is True
