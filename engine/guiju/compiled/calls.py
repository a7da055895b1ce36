"""What generated code calls by name."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, floor, log, nan, sqrt

from guiju.hints import Any
from guiju.quantities import calendar


class Close(ArithmeticError):
    """Two sides are closer than the error of binary64 can be."""


def close() -> Any:
    """Where binary64 cannot say. Raises Close."""
    raise Close


def least(*values: Any) -> Any:
    """The least, and no number where one of them is none."""
    return min(values) if all(value == value for value in values) else nan


def greatest(*values: Any) -> Any:
    """The greatest, and no number where one of them is none."""
    return max(values) if all(value == value for value in values) else nan


def add_days(start: date, days: int) -> date:
    """Raises OverflowError outside the calendar."""
    return start + timedelta(days)


def add_months(start: date, months: int, end: str) -> date:
    """Raises NoSuchDay, a ValueError."""
    return calendar.add(start, months, "months", end or None)  # type: ignore[arg-type]


CALLS: dict[str, Any] = {
    "failures": Exception,
    "close": close,
    "sqrt": sqrt,
    "exp": exp,
    "ln": log,
    "floor": floor,
    "length": len,
    "least": least,
    "greatest": greatest,
    "adddays": add_days,
    "addmonths": add_months,
    "date": date,
}
"""By the names they have in generated code."""
