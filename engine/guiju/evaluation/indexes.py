"""Which rows a condition `x.f = …` can hold for, from an index of the column.

`sum of tree.carbon for tree in trees where tree.plot = plot.id`, asked of every plot, would
go over all trees for each. The rows whose cell has the value, and those whose cell is missing,
are all that the equality does not make false, and a condition with a part that is false is
false. The result, and what an unknown one lacks, are those of going over all rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from guiju.evaluation.nearby import Members
from guiju.evaluation.run import Fn, Frame, Run
from guiju.evaluation.walk import slots_read
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.nodes import Expr

_FEWEST = 8
"""Rows below which going over them all is as fast."""
_KINDS = frozenset((Decimal, str, bool, int, date))
"""Values that are found by their hash exactly where they are equal."""


class _Index:
    """The rows of a column by value, in the order of the table."""

    __slots__ = ("equal", "missing")

    def __init__(self, column: list[Any]) -> None:
        self.equal: dict[Any, list[int]] = {}
        self.missing: list[int] = []
        for row, cell in enumerate(column):
            if cell.__class__ in _KINDS:
                self.equal.setdefault(cell, []).append(row)
            else:
                self.missing.append(row)

    def rows(self, value: Any) -> list[int]:
        """The rows that have a value, or may have it."""
        equal = self.equal.get(value, [])
        return sorted(equal + self.missing) if self.missing else equal


def indexed(
    run: Run, node: nodes.Quantified | nodes.Aggregate, condition: Expr | None, *, first: bool
) -> Members | None:
    """The rows of a node for which a condition may hold; None where it has no equality.

    `first`: the condition is what a row is asked first. While the values are looked for at
    which a verdict turns, no comparison may be left out that going over all rows would make,
    so then only an equality that stands first of all rules out rows.
    """
    if condition is None or not isinstance(node.rows, nodes.TableRows):
        return None
    table = node.rows.table
    data = run.dossier.tables.get(table)
    if data is None or len(data) < _FEWEST:
        return None
    parts = condition.operands if isinstance(condition, nodes.And) else (condition,)
    equalities = [_equality(run, node.slot, part) for part in parts]
    probed = [equalities[0]] if first else []
    columns, indexes = data.columns, run.indexes

    def members(frame: Frame, every: Iterable[Any]) -> Iterable[Any]:
        fewest, size = every, len(data)
        for equality in equalities if run.probe is None else probed:
            if equality is None:
                continue
            field, value = equality
            sought = value(frame)
            if sought.__class__ not in _KINDS:
                continue
            index = indexes.get((table, field))
            if index is None:
                index = indexes[table, field] = _Index(columns[field])
            rows = index.rows(sought)
            if len(rows) < size:
                fewest, size = rows, len(rows)
        return fewest

    return members if any(equalities) else None


def _equality(run: Run, slot: int, part: Expr) -> tuple[str, Fn] | None:
    """The column of the row in a slot, and what it is to equal, where that is the same for
    all rows."""
    match part:
        case nodes.Compare("=", left, right, left_scale=1, right_scale=1):
            for column, other in ((left, right), (right, left)):
                if (
                    isinstance(column, nodes.ColumnRef)
                    and column.slot == slot
                    and slot not in slots_read(other)
                ):
                    return column.field, run.compile(other)
    return None
