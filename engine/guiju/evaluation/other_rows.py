"""Which rows of other dossiers a quantifier or an aggregate has to go over.

A registry asks of every row of thousands of dossiers whether it stands in another one. So the
rows are found through indexes over all dossiers, built once for the whole run: by value
(`other.id = parcel.id`), by two bounds (`other.first <= unit.last and other.last >= unit.first`),
and by place (`overlap_area(other.boundary, parcel.boundary) > 1 m2`). A part of a condition that
is false keeps a row from deciding anything, and a part that lacks the row's own cell does not: the
rows gone over are those for which some part holds or lacks a cell. The result, and what an unknown
one lacks, are those of going over all rows of all other dossiers.

Where the asking row itself lacks what it is compared by, all rows that lack nothing come to the
same unknown, and one of them stands for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from guiju.evaluation.across import OtherTable
from guiju.evaluation.indexes import KINDS, ORDERED, Index
from guiju.evaluation.nearby import Members, nearby
from guiju.evaluation.ranges import Ranges
from guiju.evaluation.run import Fn, Frame, Run
from guiju.evaluation.unknown import Unknown
from guiju.evaluation.walk import slots_read
from guiju.geometry import Shape
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.across import expressions_of
from guiju.plan.nodes import Expr, FormulaPlan, PackPlan, RulePlan
from guiju.plan.types import DurationType, ListType, PeriodType
from guiju.plan.walk import children, inside
from guiju.record import Record

FEWEST = 8
"""Rows below which going over them all is as fast."""

_EQUAL, _ABOVE, _BELOW = ("=",), ("<", "<="), (">", ">=")


def others_near(run: Run, node: nodes.Quantified | nodes.Aggregate) -> Members | None:
    """The rows that matter, of those in other dossiers a node goes over; None for all."""
    assert isinstance(node.rows, nodes.OtherRows)
    table = run.other_table(node.rows.table)
    if table is None or len(table) < FEWEST:
        return None
    found_by = _found_by(node)
    equal, above, below = (
        [(field, run.compile(other)) for field, other in found] for found in found_by
    )
    asked_first = equal[:1] if _bound(node.slot, _parts(node)[:1], _EQUAL) else []
    by_place = nearby(run, node)
    alike = _alike(run, node, table)
    if not equal and not (above and below) and by_place is None and alike is None:
        return None

    def members(frame: Frame, every: Iterable[Any]) -> Iterable[Any]:
        probing = run.probe is not None
        best: Sequence[int] | None = None
        # While the values are looked for at which a verdict turns, no comparison may be left
        # out that going over all rows would make.
        for field, value in asked_first if probing else equal:
            sought = value(frame)
            if sought.__class__ in KINDS:
                rows = index_of(table, field).rows(sought)
                best = rows if best is None or len(rows) < len(best) else best
        if not probing and above and below and (best is None or len(best) >= FEWEST):
            found = _in_ranges(table, equal, above[0], below[0], frame)
            if found is not None and (best is None or len(found) < len(best)):
                best = found
        if by_place is not None and (best is None or len(best) >= FEWEST):
            near = by_place(frame, every)
            if near is not every and isinstance(near, list):
                best = near if best is None or len(near) < len(best) else best
        if best is None and alike is not None and not probing:
            best = alike(frame)
        return every if best is None else table.apart(best)

    return members


def index_of(table: OtherTable, field: str) -> Index:
    """The rows of all dossiers by a column, worked out once for the run."""
    kept = table.pool.kept
    index: Index | None = kept.get(("values", field))
    if index is None:
        ready = table.pool.by_value(field)
        index = kept["values", field] = ready or Index(table.pool.columns[field])
    return index


def _in_ranges(
    table: OtherTable,
    equal: list[tuple[str, Fn]],
    above: tuple[str, Fn],
    below: tuple[str, Fn],
    frame: Frame,
) -> Sequence[int] | None:
    most, least = above[1](frame), below[1](frame)
    key = tuple(value(frame) for _, value in equal)
    if most.__class__ not in ORDERED or least.__class__ not in ORDERED:
        return None
    if any(value.__class__ not in KINDS for value in key):
        return None
    fields = tuple(field for field, _ in equal)
    name = ("ranges", fields, above[0], below[0])
    ranges: Ranges | None = table.pool.kept.get(name)
    if ranges is None:
        ranges = table.pool.by_range(fields, above[0], below[0])
        if ranges is None:
            columns = table.pool.columns
            ranges = Ranges([columns[f] for f in fields], columns[above[0]], columns[below[0]])
        table.pool.kept[name] = ranges
    return ranges.rows(key, most, least)


class Bounds(Record):
    """What rows of other dossiers are found by: columns that are equal to something, and one
    bounded from above and one from below, both empty where there are no such."""

    equal: tuple[str, ...]
    above: str
    below: str


def bounds_asked(pack: PackPlan) -> dict[str, list[Bounds]]:
    """By table: what its rows in other dossiers are found by, of each question about them.

    Of a table there is nothing where a question goes over all rows, or finds them by place.
    """
    found: dict[str, list[Bounds]] = {}
    all_of: set[str] = set()
    plans: list[RulePlan | FormulaPlan] = [*pack.formulas.values(), *pack.rules]
    asking = [expression for plan in plans if plan.across for expression in expressions_of(plan)]
    for node in (part for expression in asking for part in inside(expression)):
        if not isinstance(node, (nodes.Quantified, nodes.Aggregate)):
            continue
        if not isinstance(node.rows, nodes.OtherRows):
            continue
        equal, above, below = _found_by(node)
        fields = tuple(field for field, _ in equal)
        if above and below:
            found.setdefault(node.rows.table, []).append(Bounds(fields, above[0][0], below[0][0]))
        elif fields:
            found.setdefault(node.rows.table, []).append(Bounds(fields, "", ""))
        else:
            all_of.add(node.rows.table)
    return {table: bounds for table, bounds in found.items() if table not in all_of}


_Comparisons = list[tuple[str, Expr]]


def _found_by(
    node: nodes.Quantified | nodes.Aggregate,
) -> tuple[_Comparisons, _Comparisons, _Comparisons]:
    """The columns that are to equal something, those bounded from above, those from below."""
    parts = _parts(node)
    found = (_bound(node.slot, parts, operators) for operators in (_EQUAL, _ABOVE, _BELOW))
    equal, above, below = found
    return equal, above, below


# --- the parts of a condition ------------------------------------------------------------


def _parts(node: nodes.Quantified | nodes.Aggregate) -> list[Expr]:
    """The conditions of which each alone, where it is false, keeps a row from deciding
    anything, in the order they are asked."""
    where = [] if node.where is None else _operands(node.where, nodes.And)
    if isinstance(node, nodes.Aggregate) or node.share:
        return where
    if node.quantifier == "at least":
        return where + _operands(node.satisfies, nodes.And)
    if node.quantifier != "every":
        return _operands(node.satisfies, nodes.And) + where
    denied = [_denied(part) for part in _operands(node.satisfies, nodes.Or)]
    return denied + where


def _operands(node: Expr, kind: type[nodes.And] | type[nodes.Or]) -> list[Expr]:
    """The conditions joined by one word."""
    if isinstance(node, kind):
        return [part for operand in node.operands for part in _operands(operand, kind)]
    if isinstance(node, nodes.Between) and kind is nodes.And:
        return [node.low, node.high]
    return [node]


def _denied(node: Expr) -> Expr:
    """A condition that is false where another is true."""
    match node:
        case nodes.Compare(operator=operator):
            return node._replace(operator=nodes.CONTRARY[operator])
        case nodes.Not(operand=operand):
            return operand
    return nodes.Not(node, node.type)


def _bound(slot: int, parts: Sequence[Expr], operators: tuple[str, ...]) -> _Comparisons:
    """The columns of the row in a slot that comparisons bound, and by what, where that is the
    same for all rows."""
    found: _Comparisons = []
    for part in parts:
        if not isinstance(part, nodes.Compare) or part.operator == "!=":
            continue
        if part.left_scale != 1 or part.right_scale != 1:
            continue
        for cell, other, operator in (
            (part.left, part.right, part.operator),
            (part.right, part.left, nodes.TURNED[part.operator]),
        ):
            field = _field(cell, slot)
            if field is not None and operator in operators and slot not in slots_read(other):
                found.append((field, other))
                break
    return found


def _field(node: Expr, slot: int) -> str | None:
    """The column that an expression is, of the row in a slot."""
    match node:
        case nodes.OtherCell(row=nodes.LocalRef(slot=own), field=field) if own == slot and field:
            return field
    return None


# --- rows that come to the same unknown ----------------------------------------------------


def _alike(
    run: Run, node: nodes.Quantified | nodes.Aggregate, table: OtherTable
) -> Callable[[Frame], Sequence[int] | None] | None:
    """The rows that stand for all where the asking row lacks all it is compared by; None where
    rows differ even so."""
    if not isinstance(node, nodes.Quantified) or node.quantifier == "at least":
        return None
    compared = _Compared(run, node.slot)
    for condition in (node.where, node.satisfies):
        if condition is not None and not compared.through(condition):
            return None
    if not compared.fields:
        return None
    chosen: list[int] | None = None

    def alike(frame: Frame) -> Sequence[int] | None:
        nonlocal chosen
        if not all(lacks(frame) for lacks in compared.lacks):
            return None
        if chosen is None:
            incomplete = set(_incomplete(run, table, frozenset(compared.fields)))
            first = next((row for row in table if row not in incomplete), None)
            chosen = sorted(incomplete if first is None else {*incomplete, first})
        return chosen

    return alike


class _Compared:
    """What a row is compared by, if each part of a condition that speaks of it compares one of
    its cells with what is the same for all rows."""

    def __init__(self, run: Run, slot: int) -> None:
        self.run, self.slot = run, slot
        self.fields: list[tuple[str, bool]] = []
        """Columns, and whether they are boundaries."""
        self.lacks: list[Callable[[Frame], bool]] = []

    def through(self, node: Expr) -> bool:
        if self.slot not in slots_read(node):
            return True
        if isinstance(node, (nodes.Quantified, nodes.Aggregate, nodes.IsKnown)):
            return False
        sides: tuple[Expr, ...] = ()
        shaped = False
        if isinstance(node, nodes.Compare):
            if not isinstance(node.left.type, (DurationType, ListType, PeriodType)):
                sides = node.left, node.right
        elif isinstance(node, nodes.Call) and len(node.arguments) == 2:
            shaped = node.function in ("overlap_area", "within", "distance")
            sides = node.arguments if shaped else ()
        for cell, other in (sides, sides[::-1]) if sides else ():
            field = _field(cell, self.slot)
            if field is not None and self.slot not in slots_read(other):
                self.fields.append((field, shaped))
                self.lacks.append(self._lacking(self.run.compile(other)))
                return True
        parts = children(node)
        return bool(parts) and all(self.through(part) for part in parts)

    def _lacking(self, other: Fn) -> Callable[[Frame], bool]:
        run = self.run

        def lacks(frame: Frame) -> bool:
            value = other(frame)
            if value.__class__ is Shape:
                return run.boundaries.of(value).fault is not None
            return value.__class__ is Unknown

        return lacks


def _incomplete(run: Run, table: OtherTable, fields: frozenset[tuple[str, bool]]) -> list[int]:
    """The rows of all dossiers that lack one of some columns, or have a boundary with a fault."""
    kept = table.pool.kept
    found: list[int] | None = kept.get(("incomplete", fields))
    if found is None:
        rows: set[int] = set()
        for field, shaped in sorted(fields):
            if shaped:
                rows.update(run.boundaries.index_of_others(table.pool, field).odd)
            else:
                rows.update(index_of(table, field).missing)
        found = kept["incomplete", fields] = sorted(rows)
    return found
