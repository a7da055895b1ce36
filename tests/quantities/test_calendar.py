"""Calendar arithmetic: lengths of years and months, and days that do not exist."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from guiju.quantities.calendar import (
    MonthEnd,
    NoSuchDay,
    add,
    difference_in_days,
    first_of_month,
    last_of_month,
    whole_months,
    whole_years,
)

DATA = Path(__file__).parent / "data"

days = st.dates(min_value=date(1600, 1, 1), max_value=date(2400, 12, 31))
counts = st.integers(-1200, 1200)
ends = st.sampled_from(["up", "down"])


def rows(name: str) -> list[list[str]]:
    with open(DATA / f"dates-calc-{name}.csv", encoding="utf-8", newline="") as file:
        return [[cell.strip() for cell in row] for row in csv.reader(file, delimiter=";")][1:]


def shifted(day: str, period: str, month_end: MonthEnd | None) -> date:
    numbers = re.fullmatch(r"\[(-?\d+) years, (-?\d+) months, (-?\d+) days\]", period)
    assert numbers is not None
    years, months, more = map(int, numbers.groups())
    moved = add(date.fromisoformat(day), 12 * years + months, "months", month_end)
    return add(moved, more, "days")


@pytest.mark.parametrize(("day", "period", "expected"), rows("exact"))
def test_lengths_that_need_no_rounding(day: str, period: str, expected: str) -> None:
    assert shifted(day, period, None) == date.fromisoformat(expected)


@pytest.mark.parametrize(("day", "period", "up", "down"), rows("ambiguous"))
def test_lengths_that_end_on_no_day(day: str, period: str, up: str, down: str) -> None:
    assert shifted(day, period, "up") == date.fromisoformat(up)
    assert shifted(day, period, "down") == date.fromisoformat(down)
    with pytest.raises(NoSuchDay):
        shifted(day, period, None)


@pytest.mark.parametrize(("day", "first", "last"), rows("first-last"))
def test_the_first_and_last_day_of_a_month(day: str, first: str, last: str) -> None:
    assert first_of_month(date.fromisoformat(day)) == date.fromisoformat(first)
    assert last_of_month(date.fromisoformat(day)) == date.fromisoformat(last)


@given(days, counts)
def test_months_rounded_down_are_those_of_dateutil(day: date, count: int) -> None:
    assert add(day, count, "months", "down") == day + relativedelta(months=count)


@given(days, counts)
def test_up_is_the_day_after_down_where_they_differ(day: date, count: int) -> None:
    up, down = (add(day, count, "months", end) for end in ("up", "down"))
    try:
        exact = add(day, count, "months")
    except NoSuchDay:
        assert up == down + timedelta(days=1)
        assert up.day == 1
    else:
        assert up == down == exact
        assert exact.day == day.day


@given(days, counts, ends)
def test_a_year_is_twelve_months(day: date, count: int, end: MonthEnd) -> None:
    years = count // 12
    assert add(day, years, "years", end) == add(day, 12 * years, "months", end)


@given(days, st.integers(-(10**5), 10**5))
def test_days_added_are_days_between(day: date, count: int) -> None:
    later = add(day, count, "days")
    assert difference_in_days(later, day) == count
    assert add(later, -count, "days") == day


@given(days, st.integers(0, 1200))
def test_whole_months_count_the_months_added(day: date, count: int) -> None:
    later = add(day, count, "months", "down")
    assert whole_months(day, later) == count
    assert whole_months(day, later - timedelta(days=1)) < max(count, 1)
    assert whole_months(later, day) == -count


@given(days, days)
def test_whole_months_are_those_of_dateutil_and_years_are_twelve(a: date, b: date) -> None:
    earlier, later = sorted((a, b))
    months = whole_months(earlier, later)
    assert add(earlier, months, "months", "down") <= later
    assert add(earlier, months + 1, "months", "down") > later
    assert whole_years(earlier, later) == months // 12
    assert whole_years(later, earlier) == -(months // 12)


def test_a_leap_day_completes_its_year_on_the_last_of_february() -> None:
    assert whole_years(date(2012, 2, 29), date(2013, 2, 28)) == 1
    assert whole_years(date(2012, 2, 29), date(2013, 2, 27)) == 0


def test_there_is_no_day_outside_the_calendar() -> None:
    for count, unit in ((8000, "years"), (-3000, "years"), (10**7, "days"), (-(10**12), "days")):
        with pytest.raises(NoSuchDay):
            add(date(2026, 1, 1), count, unit, "down")  # type: ignore[arg-type]
    with pytest.raises(NoSuchDay):
        add(date(9999, 10, 31), 1, "months")
    with pytest.raises(ValueError, match="no unit"):
        add(date(2026, 1, 1), 1, "weeks")  # type: ignore[arg-type]
