"""Which rows `x.f = …` or `x.f between … and …` can hold for, from an index of the column.

`sum of tree.carbon for tree in trees where tree.plot = plot.id`, asked of every plot, would
go over all trees for each. The rows whose cell has the value, and those whose cell is missing,
are all that the equality does not make false, and a condition with a part that is false is
false. So are those between two ends, found in the order of the cells. Of several equalities the
one that leaves fewest rows is taken; where it leaves many, all of them together. The result,
and what an unknown one lacks, are those of going over all rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
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
_MANY = 64
"""Rows left by the best of several columns above which their values are looked up together."""
KINDS = frozenset((Decimal, str, bool, int, date))
"""Values that are found by their hash exactly where they are equal."""


ORDERED = frozenset((Decimal, date))
"""Values that have an order of size."""


class Index:
    """The rows of a column by value, in the order of the table."""

    __slots__ = ("equal", "missing", "ordered")

    def __init__(self, column: list[Any]) -> None:
        self.ordered: tuple[list[Any], list[int]] | None = None
        self.equal: dict[Any, list[int]] = {}
        self.missing: list[int] = []
        for row, cell in enumerate(column):
            if cell.__class__ in KINDS:
                self.equal.setdefault(cell, []).append(row)
            else:
                self.missing.append(row)

    def rows(self, value: Any) -> list[int]:
        """The rows that have a value, or may have it."""
        equal = self.equal.get(value, [])
        return sorted(equal + self.missing) if self.missing else equal

    def between(self, low: Any, high: Any) -> list[int]:
        """The rows with a value between two ends, both included, and those that may have one."""
        if self.ordered is None:
            values = sorted(value for value, rows in self.equal.items() for _ in rows)
            self.ordered = (
                values,
                [row for value in sorted(self.equal) for row in self.equal[value]],
            )
        values, rows = self.ordered
        return sorted(rows[bisect_left(values, low) : bisect_right(values, high)] + self.missing)


def together(columns: list[list[Any]]) -> Index:
    """The rows of several columns by all their values; a row that lacks one may have any."""
    index = Index([])
    for row, cells in enumerate(zip(*columns, strict=True)):
        if all(cell.__class__ in KINDS for cell in cells):
            index.equal.setdefault(cells, []).append(row)
        else:
            index.missing.append(row)
    return index


def indexed(
    run: Run, node: nodes.Quantified | nodes.Aggregate, condition: Expr | None, *, first: bool
) -> Members | None:
    """The rows of a node for which a condition may hold; None where it has neither an
    equality nor a `between`.

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
    ranges = [found for part in parts if (found := _range(run, node.slot, part)) is not None]
    columns, indexes = data.columns, run.indexes

    def index_of(field: str) -> Index:
        index: Index | None = indexes.get((table, field))
        if index is None:
            index = indexes[table, field] = Index(columns[field])
        return index

    def index_of_all(fields: tuple[str, ...]) -> Index:
        index: Index | None = indexes.get((table, fields))
        if index is None:
            index = indexes[table, fields] = together([columns[field] for field in fields])
        return index

    def members(frame: Frame, every: Iterable[Any]) -> Iterable[Any]:
        fewest, size = every, len(data)
        asked: dict[str, Any] = {}
        for equality in equalities if run.probe is None else probed:
            if equality is None:
                continue
            field, value = equality
            sought = value(frame)
            if sought.__class__ not in KINDS:
                continue
            asked[field] = sought
            rows = index_of(field).rows(sought)
            if len(rows) < size:
                fewest, size = rows, len(rows)
        if len(asked) > 1 and size > _MANY:
            index = index_of_all(tuple(asked))
            if len(index.missing) < size:
                fewest = rows = index.rows(tuple(asked.values()))
                size = len(rows)
        if run.probe is not None or size < _FEWEST:
            return fewest
        for field, lowest, highest in ranges:
            low, high = lowest(frame), highest(frame)
            if low.__class__ in ORDERED and high.__class__ is low.__class__:
                rows = index_of(field).between(low, high)
                if len(rows) < size:
                    fewest, size = rows, len(rows)
        return fewest

    return members if any(equalities) or ranges else None


def _equality(run: Run, slot: int, part: Expr) -> tuple[str, Fn] | None:
    """The column of the row in a slot, and what it is to equal, where that is the same for
    all rows."""
    match part:
        case nodes.Compare("=", left, right, left_scale=1, right_scale=1):
            for column, other in ((left, right), (right, left)):
                field = _cell(column, slot)
                if field is not None and slot not in slots_read(other):
                    return field, run.compile(other)
    return None


def _range(run: Run, slot: int, part: Expr) -> tuple[str, Fn, Fn] | None:
    """The column of the row in a slot, and the ends it is to lie between, where these are the
    same for all rows."""
    match part:
        case nodes.Between(
            low=nodes.Compare("<=", low, column, left_scale=1, right_scale=1),
            high=nodes.Compare("<=", _, high, left_scale=1, right_scale=1),
        ):
            field = _cell(column, slot)
            if field is not None and slot not in (*slots_read(low), *slots_read(high)):
                return field, run.compile(low), run.compile(high)
    return None


def _cell(node: Expr, slot: int) -> str | None:
    """The column that an expression is, of the row in a slot."""
    return node.field if isinstance(node, nodes.ColumnRef) and node.slot == slot else None
