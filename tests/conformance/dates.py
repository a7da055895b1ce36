"""The date computations of a calendar library: additions, month ends, first and last days."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from .case import Case
from .terms import Term, term
from .translation import Translator

_PERIOD = re.compile(r"\[(-?\d+) years?, (-?\d+) months?, (-?\d+) days?\]")
_COLUMNS = {
    "date+period": "",
    "date +up period": "up",
    "date +down period": "down",
    "first day of month": "first_of_month",
    "last day of month": "last_of_month",
}


def cases(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[cell.strip() for cell in row] for row in csv.reader(file, delimiter=";")]
    head = [name.lower() for name in rows[0]]
    for number, row in enumerate(rows[1:], 2):
        given = dict(zip(head, row, strict=True))
        for column, how in _COLUMNS.items():
            if column in given:
                yield Case(
                    suite="dates",
                    name=f"{path.name}:{number} {column}",
                    expression=" ".join((given["date"], given.get("period", ""), column)),
                    read=lambda g=given, h=how: tree(g, h),
                    expected=lambda text=given[column]: date.fromisoformat(text),
                )


def tree(given: dict[str, str], how: str) -> Term:
    day = term("date", value=given["date"])
    if "period" not in given:
        return term("call", day, value=how)
    found = _PERIOD.fullmatch(given["period"])
    assert found is not None, given["period"]
    return term("shift", day, value=(*map(int, found.groups()), how))


class DateTranslator(Translator):
    functions = {
        "first_of_month": lambda t, day: f"first_of_month({t.write(day)})",
        "last_of_month": lambda t, day: f"last_of_month({t.write(day)})",
    }
    refused: dict[str, str] = {}
    results: dict[str, Any] = {}

    def write(self, node: Term, wanted: Any = None) -> str:
        if node.op != "shift":
            return super().write(node, wanted)
        years, months, days, how = node.value
        text = self.write(node.args[0])
        # A period is added in one step of years and months, then in days.
        for count, unit in ((12 * years + months, "months"), (days, "days")):
            if count:
                if count % 12 == 0 and unit == "months":
                    count, unit = count // 12, "years"
                end = f" month end {how}" if how and unit != "days" else ""
                text = f"({text} {'-' if count < 0 else '+'} {abs(count)} {unit}{end})"
        return text
