"""What a rule comes to in many rows at once.

Over thousands of rows the time goes into calling functions. Three things spare that:

- Where a condition is made of comparisons of the row's own cells, a list comprehension with the
  same operator says what the functions would say, ten times as fast.
- A condition that knows a row only by some of its cells is the same for rows in which these are
  the same: it is asked once for each combination, where there are few.
- A quantifier over boundaries that come near has nothing to go over for most rows.

What is said so is True or False. A row of which neither is said, because a cell is missing or
what is missing has to be named, is left to the functions.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from guiju.evaluation.logic import OPERATORS
from guiju.evaluation.outcome import CompiledRule
from guiju.evaluation.run import WIDE, Frame
from guiju.evaluation.unknown import Unknown
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.nodes import Expr
from guiju.plan.types import DocumentType, DurationType, GeometryType, ListType, YesNoType
from guiju.plan.walk import inside

Truths = list[bool | None]
"""By row: True, False, or None where it is not said."""

CONFORMS, APART, NOT_SELECTED = "conforms", "not applicable", "not selected"

_SAMPLE = 20_000
"""Rows that are looked at to tell whether cells repeat themselves."""
_FEW = 4
"""How many rows there have to be for each combination of cells."""


def settled(
    rule: CompiledRule, frame: Frame, when: Sequence[Expr], unless: Sequence[Expr]
) -> list[str | None] | None:
    """What a rule comes to in every row of its table: CONFORMS, APART, NOT_SELECTED, or None
    where that has to be asked; None where it has to be asked of all. `when` and `unless` are the
    conditions that are not yet known to let the rule apply."""
    plan = rule.plan
    if plan.must is None or plan.slot is None or plan.table is None:
        return None
    size = len(rule.run.dossier.tables[plan.table])
    if not size:
        return None
    columns = _Columns(rule, plan.slot, list(frame), size)
    try:
        met = columns.truths(plan.must)
        said: list[str | None] = (
            [None] * size if met is None else [CONFORMS if one is True else None for one in met]
        )
        found = met is not None
        for conditions, excluding in ((when, False), (unless, True)):
            for condition in conditions:
                truths = columns.truths(condition)
                found = found or truths is not None
                said = _without(said, truths, excluding)
        if plan.where is not None:
            truths = columns.truths(plan.where)
            if truths is None:
                return None
            said = [
                NOT_SELECTED if one is False else verdict if one is True else None
                for one, verdict in zip(truths, said, strict=True)
            ]
    except Exception:
        # A fault is that of a row: it is met again where the row is asked, or nowhere.
        return None
    return said if found else None


def _without(said: list[str | None], truths: Truths | None, excluding: bool) -> list[str | None]:
    """What is said once a condition that keeps rows apart is looked at."""
    if truths is None:
        return [APART if verdict is APART else None for verdict in said]
    return [
        APART if one is excluding else verdict if one is not None or verdict is APART else None
        for one, verdict in zip(truths, said, strict=True)
    ]


def lets_of(rule: CompiledRule) -> dict[int, Expr]:
    """The lets of a rule that may differ from row to row, by slot."""
    return {let.slot: let.value for let in rule.plan.lets if let.slot in rule.changing}


def gather(node: Expr, slot: int, lets: dict[int, Expr], fields: dict[str, None]) -> bool:
    """Adds the cells by which an expression knows the row in a slot. False where it knows it
    otherwise, or where how a cell is written may count, not only what it says."""
    for part in inside(node):
        match part:
            case nodes.Template():
                return False
            case nodes.ColumnRef(slot=at, field=field, type=kind) if at == slot:
                if isinstance(kind, (GeometryType, DocumentType)):
                    return False
                fields[field] = None
            case nodes.ColumnRef(slot=at) | nodes.LocalRef(slot=at):
                if at == slot or (at in lets and not gather(lets[at], slot, lets, fields)):
                    return False
    return True


class _Columns:
    """The rows of a rule's table, all at once. `frame` holds what is the same for all."""

    def __init__(self, rule: CompiledRule, slot: int, frame: Frame, size: int) -> None:
        self.rule, self.run = rule, rule.run
        self.slot, self.frame, self.size = slot, frame, size
        self.lets = lets_of(rule)

    def truths(self, node: Expr) -> Truths | None:
        """What a condition comes to in every row; None where it is said of none."""
        found = self._by_operators(node)
        if found is None:
            found = self._by_combinations(node)
        if found is None and isinstance(node, nodes.Quantified):
            found = self._by_place(node)
        return found

    # --- operators ---------------------------------------------------------------------

    def _by_operators(self, node: Expr) -> Truths | None:
        match node:
            case nodes.And(operands):
                return self._junction(operands, False)
            case nodes.Or(operands):
                return self._junction(operands, True)
            case nodes.Between(low=low, high=high):
                return self._junction((low, high), False)
            case nodes.Not(operand):
                inner = self.truths(operand)
                return (
                    None if inner is None else [None if one is None else not one for one in inner]
                )
            case nodes.Compare():
                return self._compared(node)
            case nodes.Membership(value, members, negated):
                cells = self._cells(value)
                if cells is None or self.rule.changes(members):
                    return None
                among = self.run.compile(members)(self.frame)
                if among.__class__ is Unknown or any(m.__class__ is Unknown for m in among):
                    return None
                return [None if cell is None else (cell in among) is not negated for cell in cells]
            case nodes.ColumnRef(type=YesNoType()):
                return self._cells(node)
            case nodes.IsKnown(value, negated):
                cells = self._cells(value)
                return None if cells is None else [(cell is None) is negated for cell in cells]
        return None

    def _junction(self, operands: tuple[Expr, ...], decides: bool) -> Truths | None:
        """`or`, which one True decides, or `and`, which one False decides."""
        whole: Truths | None = None
        for operand in operands:
            part = self.truths(operand)
            if part is None:
                return None
            if whole is None:
                whole = part
                continue
            whole = [
                decides if a is decides or b is decides else None if a is None or b is None else a
                for a, b in zip(whole, part, strict=True)
            ]
        return whole

    def _compared(self, node: nodes.Compare) -> Truths | None:
        if isinstance(node.left.type, (DurationType, ListType)):
            return None
        compare = OPERATORS[node.operator]
        left, right = self._side(node.left), self._side(node.right)
        if left is None or right is None:
            return None
        if node.left_scale != 1 or node.right_scale != 1:
            left = _scaled(left, node.left_scale)
            right = _scaled(right, node.right_scale)
            if left is None or right is None:
                return None
        (first, a), (second, b) = left, right
        if first is not None and second is not None:
            pairs = zip(first, second, strict=True)
            return [None if x is None or y is None else compare(x, y) for x, y in pairs]
        if first is not None:
            return [None if cell is None else compare(cell, b) for cell in first]
        if second is not None:
            return [None if cell is None else compare(a, cell) for cell in second]
        return [compare(a, b)] * self.size

    def _side(self, node: Expr) -> _Side | None:
        """A side of a comparison: a column, or what is the same and known for all rows."""
        cells = self._cells(node)
        if cells is not None:
            return cells, None
        if self.rule.changes(node):
            return None
        value = self.run.compile(node)(self.frame)
        return None if value.__class__ is Unknown else (None, value)

    def _cells(self, node: Expr) -> list[Any] | None:
        """The column of the row's own table that an expression is."""
        if node.__class__ is not nodes.ColumnRef or node.slot != self.slot:
            return None
        if isinstance(node.type, (GeometryType, DocumentType)):
            return None
        return self.run.dossier.tables[node.table].columns[node.field]

    # --- combinations of cells ---------------------------------------------------------

    def _by_combinations(self, node: Expr) -> Truths | None:
        fields: dict[str, None] = {}
        if not gather(node, self.slot, self.lets, fields):
            return None
        plan = self.rule.plan
        assert plan.table is not None
        function = self.run.compile(node)
        if not fields:
            value = function(self.frame)
            return None if value.__class__ is Unknown else [value] * self.size
        table = self.run.dossier.tables[plan.table]
        columns = [table.columns[field] for field in fields]
        try:
            sample = set(zip(*(column[:_SAMPLE] for column in columns), strict=True))
            if len(sample) * _FEW > min(_SAMPLE, self.size):
                return None
            cells = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
            rows = dict(zip(cells, range(self.size), strict=True))
        except TypeError:  # cells that have no hash
            return None
        if len(rows) * _FEW > self.size:
            return None
        frame, slot, lets = self.frame, self.slot, self.rule.row_lets
        said: dict[Any, bool | None] = {}
        for combination, row in rows.items():
            frame[slot] = row
            for at, let in lets:
                frame[at] = let(frame)
            value = function(frame)
            said[combination] = None if value.__class__ is Unknown else value
        return list(map(said.__getitem__, cells))

    # --- places ------------------------------------------------------------------------

    def _by_place(self, node: nodes.Quantified) -> Truths | None:
        """What a quantifier comes to in rows near which there is nothing to go over."""
        from guiju.evaluation.nearby import Restricted

        if node.quantifier == "at least" or not isinstance(node.rows, nodes.TableRows):
            return None
        self.run.compile(node)
        near = self.run.nearby.get(id(node))
        if not isinstance(near, Restricted):
            return None
        busy = near.busy(self.frame, self.slot)
        if busy is None:
            return None
        alone = node.quantifier != "some"
        said: Truths = [alone] * self.size
        for row in busy:
            said[row] = None
        return said


_Side = tuple[list[Any] | None, Any]


def _scaled(side: _Side, scale: int) -> _Side | None:
    """A side of a comparison in the unit in which both are compared."""
    cells, value = side
    by = Decimal(scale)
    if cells is not None:
        multiply = WIDE.multiply
        return [None if cell is None else multiply(cell, by) for cell in cells], None
    return (None, WIDE.multiply(value, by)) if value.__class__ is Decimal else None
