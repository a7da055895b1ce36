"""Calendar dates: lengths of years, months and days, and the working days of China.

A month has no fixed length, so adding months may name a day that does not exist; what
becomes of it is said each time. Working days follow the notices of the General Office
of the State Council, year by year; for a year without a notice there is no answer.
"""

from __future__ import annotations

import os
from datetime import date, timedelta

from guiju.hints import Any, Literal
from guiju.record import Record

MonthEnd = Literal["up", "down"]
"""What a day that does not exist becomes: the first of the next month, or the month's last."""

DurationUnit = Literal["years", "months", "days", "working days"]

Basis = Literal["verified", "secondary", "unverified"]

_BASES: dict[str, Basis] = {b: b for b in ("verified", "secondary", "unverified")}
_DAY = timedelta(days=1)


class NoSuchDay(ValueError):
    """A day the calendar does not have, such as 2023-02-29, or one outside the years 1 to
    9999."""

    def __init__(self, year: int, month: int, day: int) -> None:
        super().__init__(year, month, day)
        self.year = year
        self.month = month
        self.day = day

    def __str__(self) -> str:
        return f"there is no day {self.year:04}-{self.month:02}-{self.day:02}"


class NoCalendar(ValueError):
    """A year whose holidays and make-up working days are not known here."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return f"the holidays of {self.year} are not known"


class HolidayYear(Record):
    """The working days of a year. `off` are weekdays without work, `work` Saturdays and
    Sundays with work. `notice` is the number of the notice that arranged them, and of those
    that changed it; None, with the basis unverified, unless it was read in `source`."""

    year: int
    notice: str | None
    basis: Basis
    source: str | None
    off: frozenset[date]
    work: frozenset[date]


def add(start: date, count: int, unit: DurationUnit, month_end: MonthEnd | None = None) -> date:
    """The date a calendar length after a date, or before it when the count is negative.

    Years and months keep the day of the month. Where the month has no such day,
    `month_end` says which day it is; without it NoSuchDay is raised.

    >>> add(date(2012, 1, 31), 1, "months", "down"), add(date(2012, 1, 31), 1, "months", "up")
    (datetime.date(2012, 2, 29), datetime.date(2012, 3, 1))
    """
    match unit:
        case "years":
            return _add_months(start, 12 * count, month_end)
        case "months":
            return _add_months(start, count, month_end)
        case "days":
            return _add_days(start, count)
        case "working days":
            return add_working_days(start, count)
    raise ValueError(f"`{unit}` is no unit of a calendar length")


def _add_months(start: date, count: int, month_end: MonthEnd | None) -> date:
    years, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + years, month + 1
    if not 1 <= year <= 9999:
        raise NoSuchDay(year, month, start.day)
    last = days_in_month(year, month)
    if start.day <= last:
        return date(year, month, start.day)
    if month_end == "down":
        return date(year, month, last)
    if month_end == "up":
        return _add_days(date(year, month, last), 1)
    raise NoSuchDay(year, month, start.day)


def _add_days(start: date, count: int) -> date:
    try:
        return start + timedelta(days=count)
    except OverflowError:
        year = start.year + count // 365
        raise NoSuchDay(year, start.month, start.day) from None


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    return day.replace(day=days_in_month(day.year, day.month))


def difference_in_days(later: date, earlier: date) -> int:
    """How many days after the earlier date the later one is; 0 for the same day."""
    return (later - earlier).days


def whole_months(earlier: date, later: date) -> int:
    """How many months have passed in full; negative when the later date is before.

    A month is full on the same day of the month. Where there is none it is full on the
    last day of the month: from 31 January to 28 February is one month.
    """
    if later < earlier:
        return -whole_months(later, earlier)
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    complete = min(earlier.day, days_in_month(later.year, later.month))
    return months if later.day >= complete else months - 1


def whole_years(earlier: date, later: date) -> int:
    """How many years have passed in full, counted as `whole_months` counts."""
    months = whole_months(earlier, later)
    return months // 12 if months >= 0 else -(-months // 12)


def is_working_day(day: date) -> bool:
    """Whether a day is worked in China. Raises NoCalendar.

    >>> is_working_day(date(2026, 1, 4)), is_working_day(date(2026, 1, 2))
    (True, False)
    """
    year = holiday_year(day.year)
    return day not in year.off if day.weekday() < 5 else day in year.work


def working_days(start: date, end: date) -> int:
    """How many working days there are from start to end, both counted.

    Negative when the end is before the start. Raises NoCalendar when one of the years is
    not known.

    >>> working_days(date(2026, 7, 17), date(2026, 8, 13))
    20
    """
    if end < start:
        return -working_days(end, start)
    for number in range(start.year, end.year + 1):
        holiday_year(number)
    days = (date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1))
    return sum(1 for day in days if is_working_day(day))


def add_working_days(start: date, count: int) -> date:
    """The working day that many working days after a date, which itself is not counted.

    1 is the next working day, -1 the one before; 0 is the date itself, worked or not.
    Raises NoCalendar when it has to look into a year that is not known.

    >>> add_working_days(date(2025, 12, 31), 1)
    datetime.date(2026, 1, 4)
    """
    step = _DAY if count > 0 else -_DAY
    day = start
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


_lines: dict[int, str] = {}
_years: dict[int, HolidayYear] = {}


def holiday_year(year: int) -> HolidayYear:
    """What is known of a year's working days. Raises NoCalendar.

    The days at the end of December may be arranged by the notice for the next year, so
    those of the last year here are as far as its own notice goes.
    """
    known = _years.get(year)
    if known is None:
        line = _read().get(year)
        if line is None:
            raise NoCalendar(year)
        known = _years[year] = _holiday_year(line)
    return known


def known_years() -> range:
    """The years whose working days are known."""
    lines = _read()
    return range(min(lines), max(lines) + 1)


def _read() -> dict[int, str]:
    if not _lines:
        # What `pkgutil.get_data` does, in a zip as well; but that takes 4 ms to load, and
        # `importlib.resources` more.
        loader: Any = globals()["__loader__"]
        data = loader.get_data(os.path.join(os.path.dirname(__file__), "holidays_cn.csv"))
        for line in data.decode("utf-8").splitlines():
            if line[:4].isdecimal():
                _lines[int(line[:4])] = line
    return _lines


def _holiday_year(line: str) -> HolidayYear:
    text, notice, basis, source, off, work = line.split(",")
    year = int(text)
    return HolidayYear(
        year=year,
        notice=notice or None,
        basis=_BASES[basis],
        source=source or None,
        off=_days(year, off),
        work=_days(year, work),
    )


def _days(year: int, text: str) -> frozenset[date]:
    """The days of `0101-0103 0215`, as months and days of a year."""
    days: set[date] = set()
    for piece in text.split():
        first, _, last = piece.partition("-")
        start = date(year, int(first[:2]), int(first[2:]))
        end = date(year, int(last[:2]), int(last[2:])) if last else start
        days.update(map(date.fromordinal, range(start.toordinal(), end.toordinal() + 1)))
    return frozenset(days)
