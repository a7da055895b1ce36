"""Working days of China: the data against two packages, and how days are counted."""

from __future__ import annotations

import runpy
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.quantities.calendar import (
    NoCalendar,
    add,
    add_working_days,
    holiday_year,
    is_working_day,
    known_years,
    working_days,
)

YEARS = list(known_years())
DATA = Path(__file__).parents[2] / "engine/guiju/quantities/holidays_cn.csv"
MADE_UP = date(2005, 12, 31)  # a working Saturday by the notice for 2006

inside = st.dates(min_value=date(2005, 1, 1), max_value=date(2025, 12, 31))


def every_day(year: int) -> list[date]:
    start = date(year, 1, 1)
    return [start + timedelta(days=n) for n in range((date(year + 1, 1, 1) - start).days)]


def test_the_years_from_2004_on_are_known() -> None:
    assert [YEARS[0], *range(2012, 2027)] == [2004, *(y for y in YEARS if 2012 <= y <= 2026)]


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    differing = [d for d in every_day(year) if is_working_day(d) != chinese_calendar.is_workday(d)]
    assert differing == ([MADE_UP] if year == 2005 else [])


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(year: int) -> None:
    # The days around New Year may be arranged by the next year's notice.
    china = holidays.China(years=[year, year + 1] if year < YEARS[-1] else [year])
    assert [d for d in every_day(year) if is_working_day(d) != china.is_working_day(d)] == []


def test_the_data_is_what_the_script_makes() -> None:
    script = runpy.run_path(str(Path(__file__).with_name("make_holidays.py")))
    made = script["table"]().splitlines()
    kept = DATA.read_text("utf-8").splitlines()
    # A newer package may know more years than the data.
    assert made[: len(kept)] == kept


@pytest.mark.parametrize("year", YEARS)
def test_a_notice_is_named_with_its_source_or_the_year_is_unverified(year: int) -> None:
    known = holiday_year(year)
    assert (known.notice is None) == (known.source is None) == (known.basis == "unverified")
    assert all(day.weekday() < 5 for day in known.off)
    assert all(day.weekday() > 4 for day in known.work)
    if known.notice is not None:
        assert f"〔{year - 1}〕" in known.notice


def test_a_publication_from_17_july_to_13_august_2026_has_20_working_days() -> None:
    assert working_days(date(2026, 7, 17), date(2026, 8, 13)) == 20
    assert working_days(date(2026, 7, 17), date(2026, 8, 12)) == 19
    assert add_working_days(date(2026, 7, 16), 20) == date(2026, 8, 13)


def test_a_make_up_sunday_counts_and_a_holiday_does_not() -> None:
    assert is_working_day(date(2026, 1, 4))
    assert not is_working_day(date(2026, 1, 2))
    assert working_days(date(2026, 2, 14), date(2026, 2, 24)) == 2


@given(inside, inside)
def test_working_days_are_the_days_worked(a: date, b: date) -> None:
    start, end = sorted((a, b))
    if end - start > timedelta(days=400):
        end = start + timedelta(days=400)
    span = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    assert working_days(start, end) == sum(map(is_working_day, span))
    if start < end:
        assert working_days(end, start) == -working_days(start, end)


@given(st.dates(min_value=date(2006, 1, 1), max_value=date(2024, 12, 31)), st.integers(1, 200))
def test_the_nth_working_day_is_worked_and_n_days_away(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days(day + timedelta(days=1), later) == count
    assert add(day, count, "working days") == later
    earlier = add_working_days(day, -count)
    assert is_working_day(earlier)
    assert working_days(earlier, day - timedelta(days=1)) == count


def test_no_working_days_later_is_the_same_day() -> None:
    assert add_working_days(date(2026, 1, 1), 0) == date(2026, 1, 1)


def test_a_year_without_a_notice_has_no_answer() -> None:
    after = YEARS[-1] + 1
    with pytest.raises(NoCalendar) as caught:
        is_working_day(date(after, 3, 1))
    assert caught.value.year == after
    with pytest.raises(NoCalendar):
        working_days(date(after - 1, 12, 1), date(after, 1, 5))
    with pytest.raises(NoCalendar):
        add_working_days(date(after - 1, 12, 20), 30)
    with pytest.raises(NoCalendar):
        working_days(date(2003, 12, 1), date(2004, 1, 5))
