"""What the year holds before it is written down, and the calendar of 2025."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

Row = dict[str, str]
"""A row of a table as it is written: heading and text."""


@dataclass
class Year:
    """Facts, tables and papers of a supervisor's year."""

    facts: dict[str, str]
    tables: dict[str, list[Row]]
    papers: dict[str, str]
    """Kind of evidence → day it was issued."""

    def row(self, table: str, heading: str, value: str) -> Row:
        """The one row of a table whose column has a value."""
        [row] = [row for row in self.tables[table] if row[heading] == value]
        return row

    def engagement(self, number: int) -> Row:
        return self.row("审核", "审核编号", f"S-{number:02d}")

    def project(self, number: int) -> Row:
        return self.row("项目名录", "项目编号", f"X-{number:02d}")


def draw(below: int, *key: object) -> int:
    """A whole number from 0 up to but not including `below`, fixed by its key."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def span(first: date, last: date) -> set[date]:
    return {first + timedelta(days) for days in range((last - first).days + 1)}


# State Council notices for 2025 and 2026: days off on weekdays, and weekends worked.
OFF = (
    span(date(2025, 4, 4), date(2025, 4, 6))
    | span(date(2025, 5, 1), date(2025, 5, 5))
    | span(date(2025, 5, 31), date(2025, 6, 2))
    | span(date(2025, 10, 1), date(2025, 10, 8))
    | span(date(2026, 1, 1), date(2026, 1, 3))
)
WORKED = {date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11), date(2026, 1, 4)}


def works(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def after(day: date, count: int) -> date:
    """The day that is so many working days later, the first one not counted."""
    while count:
        day += timedelta(1)
        count -= works(day)
    return day


def ten_years(day: date, more: int = 0) -> date:
    """Ten years later, and some days."""
    return day.replace(year=day.year + 10) + timedelta(more)
