"""The holiday notices a count of working days rests on.

Working days follow the notice of the General Office of the State Council for each year, so
what rests on a count rests on those notices, and a report names them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guiju.evaluation.run import Frame, Run
from guiju.hints import Any
from guiju.messages import bilingual
from guiju.plan import nodes
from guiju.quantities import calendar
from guiju.verdicts import Derivation, Value


def counts_working_days(node: Any) -> bool:
    """Whether an expression looks into the calendar of working days itself."""
    match node:
        case nodes.Call(function="working_days"):
            return True
        case nodes.DateShift(duration=duration):
            return getattr(duration.type, "unit", "") in ("working days", "")
    return False


def notices(run: Run, node: Any, frame: Frame) -> Iterator[Value]:
    """For each year the count went through, the number of its notice as a value; None where
    the number was not read. Nothing where a date is unknown or a year has no calendar."""
    for year in _years(run, node, frame):
        try:
            known = calendar.holiday_year(year)
        except calendar.NoCalendar:
            continue
        label = bilingual("evaluation.calendar", year=str(year))
        yield Value(f"calendar[{year}]", label, known.notice)


def notice_steps(run: Run, node: Any, frame: Frame) -> list[Derivation]:
    """The same as steps of a derivation."""
    return [
        Derivation(kind="Calendar", words=value.label, value=value.value)
        for value in notices(run, node, frame)
    ]


def _years(run: Run, node: Any, frame: Frame) -> range:
    ends: list[Any] = []
    match node:
        case nodes.Call(arguments=arguments):
            ends = [run.compile(argument)(frame) for argument in arguments]
        case nodes.DateShift(date=start, duration=duration):
            length = run.compile(duration)(frame)
            if isinstance(length, tuple) and length[1] == "working days":
                ends = [run.compile(start)(frame), run.compile(node)(frame)]
    days = [day for day in ends if isinstance(day, date)]
    if len(days) < 2:
        return range(0)
    return range(min(days).year, max(days).year + 1)
