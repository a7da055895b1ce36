"""What a condition comes to in all rows at once.

Over thousands of rows the time goes into calling functions. Where a condition is made of
comparisons of the row's own cells with what is the same for all rows, a list comprehension
with the same operator says what the functions would say, ten times as fast. It speaks of
known cells only: a row with a missing one is left to the functions.
"""

from __future__ import annotations

from guiju.evaluation.logic import OPERATORS
from guiju.evaluation.run import Run
from guiju.evaluation.unknown import Unknown
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.nodes import Expr
from guiju.plan.types import DurationType, ListType

Truths = list[bool | None]
"""By row: True, False, or None where it is not said."""


def truths(run: Run, node: Expr, slot: int) -> Truths | None:
    """A condition on the row in a slot, for every row; None for one of another shape."""
    match node:
        case nodes.And(operands):
            return _all_of(run, operands, slot)
        case nodes.Between(low=low, high=high):
            return _all_of(run, (low, high), slot)
        case nodes.Not(operand):
            inner = truths(run, operand, slot)
            return None if inner is None else [None if one is None else not one for one in inner]
        case nodes.Compare(operator, left, right, left_scale=1, right_scale=1):
            if isinstance(left.type, (DurationType, ListType)):
                return None
            compare = OPERATORS[operator]
            if run.is_constant(right) and (cells := _cells(run, left, slot)) is not None:
                known = run.compile(right)([])
                return [None if cell is None else compare(cell, known) for cell in cells]
            if run.is_constant(left) and (cells := _cells(run, right, slot)) is not None:
                known = run.compile(left)([])
                return [None if cell is None else compare(known, cell) for cell in cells]
            return None
        case nodes.Membership(value, members, negated):
            cells = _cells(run, value, slot)
            if cells is None or not run.is_constant(members):
                return None
            among = run.compile(members)([])
            if any(member.__class__ is Unknown for member in among):
                return None
            return [None if cell is None else (cell in among) is not negated for cell in cells]
    return None


def _all_of(run: Run, operands: tuple[Expr, ...], slot: int) -> Truths | None:
    whole: Truths | None = None
    for operand in operands:
        part = truths(run, operand, slot)
        if part is None:
            return None
        if whole is None:
            whole = part
        else:
            # One False settles it, whatever is not said of the other.
            whole = [False if b is False else a and b for a, b in zip(whole, part, strict=True)]
    return whole


def _cells(run: Run, node: Expr, slot: int) -> list[Any] | None:
    """The column of the row's own table that an expression is."""
    if node.__class__ is not nodes.ColumnRef or node.slot != slot:
        return None
    data = run.dossier.tables.get(node.table)
    return None if data is None else data.columns[node.field]
