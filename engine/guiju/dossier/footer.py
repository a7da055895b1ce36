"""What stands below the rows of a sheet: its totals, notes, and who filled it in.

Tables are handed in as they were printed. A row of totals read as data would count everything
twice, and a note would be a parcel. Only rows at the end are left out, and they are told.
"""

from __future__ import annotations

from re import IGNORECASE, compile

from guiju.dossier.grid import Grid
from guiju.dossier.naming import folded
from guiju.dossier.problems import Rejected, problem, shown
from guiju.hints import Any
from guiju.verdicts import Problem

TOTALS = frozenset(("合计", "总计", "小计", "共计", "total", "totals", "subtotal", "sum"))
ENDS = frozenset("计lLsSmM:：")
"""How words for totals end, so that most keys need not be looked at."""
_NOTE = compile(
    r"(?:注|备注|附注|说明|填表|制表|填报|编制|审核|校核|复核|调查|负责)"
    r"(?:人|者|员|单位|日期|时间|[0-9一二三])*\s*[:：].*|notes?\s*:.*",
    IGNORECASE,
)


def is_total(text: str) -> bool:
    """Whether a key is the word for a total.

    >>> is_total("合 计："), is_total("合计村-1")
    (True, False)
    """
    # Most keys end in a digit, and there are many.
    return text[-1:] in ENDS and folded(text).rstrip(":") in TOTALS


def without_footer(grid: Grid, problems: list[Problem]) -> None:
    """Leaves totals and notes at the end of a grid out, and warns of it."""
    rows = grid.rows
    end = len(rows)
    while end and end - 1 not in grid.broken and _below(_first(rows[end - 1])):
        end -= 1
    if end == len(rows):
        return
    place = grid.origin(end, 0)
    texts = "、".join(f"`{shown(_first(row))}`" for row in rows[end : end + 3])
    problems.append(problem("rows-below", "warning", place, count=len(rows) - end, texts=texts))
    grid.rows = rows[:end]


def _first(row: Any) -> str:
    """The first text in a row; empty when it begins with anything else."""
    for cell in row:
        if cell is None or cell == "":
            continue
        return "" if isinstance(cell, Rejected) else str(cell).strip()
    return ""


def _below(text: str) -> bool:
    return is_total(text) or _NOTE.fullmatch(text) is not None
