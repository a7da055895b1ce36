"""Which rows of other tables a rule looks at, in its conditions and in its messages.

They are found in the plan and not in the sieve: a condition that another one settles is no part
of the sieve any more, but the values in it are still shown in a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.plan import nodes as plan
from guiju.plan import walk
from guiju.plan.across import nodes_reached
from guiju.plan.nodes import PackPlan, RulePlan
from guiju.record import Record
from guiju.sieve.lower import Bound, Frame, Lowering
from guiju.sieve.nodes import Cell, Node
from guiju.sieve.numbers import Undecidable


class Looks(Record):
    """`nodes` name the rows that are looked at, each by what it equals in the rule's own row;
    of the tables of `whole` every row may be looked at. A derivation also lists some rows of
    `listed` that decide nothing."""

    nodes: tuple[Node, ...]
    whole: frozenset[str]
    listed: frozenset[str]


def looks_of(lowering: Lowering, rule: RulePlan, frame: Frame) -> Looks:
    """What a rule looks at besides its own row."""
    found = _Finder(lowering)
    for part in _parts(rule):
        found.look(part, frame)
    return Looks(tuple(found.nodes), frozenset(found.whole), frozenset(found.listed))


class _Finder:
    def __init__(self, lowering: Lowering) -> None:
        self.lowering = lowering
        self.nodes: list[Node] = []
        self.whole: set[str] = set()
        self.listed: set[str] = set()
        self._seen: set[tuple[int, int]] = set()
        self._frames: list[Frame] = []  # holding them keeps their identities theirs

    def look(self, node: plan.Expr, frame: Frame) -> None:
        """Notes what an expression looks at."""
        if (id(node), id(frame)) in self._seen:
            return
        self._seen.add((id(node), id(frame)))
        try:
            if self._noted(node, frame):
                return
        except Undecidable:
            self.whole |= tables_of(self.lowering.pack, [node])
            return
        for part in walk.children(node):
            self.look(part, frame)

    def _noted(self, node: plan.Expr, frame: Frame) -> bool:
        """Whether all that a node looks at has been noted."""
        match node:
            case plan.RowByKey(table=table):
                place = self.lowering.place(node, frame)
                self.nodes.append(Cell(place, self.lowering.pack.tables[table].key[0], ""))
            case plan.Quantified() | plan.Aggregate():
                self.nodes.append(self.lowering.anything(node, frame))
                if isinstance(node, plan.Quantified) and isinstance(node.rows, plan.TableRows):
                    self.listed.add(node.rows.table)
                # What its rows look at in their turn.
                inner = [part for part in walk.children(node) if part is not node.rows]
                self.whole |= tables_of(self.lowering.pack, inner)
                return True
            case plan.LocalRef(slot=slot):
                held = frame.get(slot)
                if isinstance(held, Bound):
                    self.look(held.value, held.frame)
            case plan.FormulaRef(formula=name):
                formula = self.lowering.pack.formulas[name]
                inner_frame: Frame = {}
                if node.row is not None:
                    assert formula.slot is not None
                    inner_frame[formula.slot] = self.lowering.place(node.row, frame)
                for let in formula.lets:
                    inner_frame[let.slot] = Bound(let.value, inner_frame)
                self._frames.append(inner_frame)
                for part in (formula.body, formula.where):
                    if part is not None:
                        self.look(part, inner_frame)
        return False


def _parts(rule: RulePlan) -> list[plan.Expr]:
    parts: list[plan.Expr] = [let.value for let in rule.lets]
    parts += [part for part in (rule.where, rule.must, *rule.when) if part is not None]
    parts += [unless.condition for unless in rule.unless]
    texts = [one.message for one in (rule.otherwise, rule.unknown, rule.defer) if one is not None]
    texts += [unless.because for unless in rule.unless]
    texts += [rule.remedy] if rule.remedy is not None else []
    return parts + [template for text in texts for template in text.values()]


def tables_of(pack: PackPlan, parts: list[plan.Expr]) -> set[str]:
    """The tables that expressions look into, through formulas as well."""
    found: set[str] = set()
    for node in _through(pack, parts):
        match node:
            case plan.TableRows(table=table) | plan.RowByKey(table=table):
                found.add(table)
    return found


def asks(pack: PackPlan, rule: RulePlan) -> set[str]:
    """The tables that a rule looks into besides its own row."""
    return tables_of(pack, _parts(rule))


def fields_of(pack: PackPlan, rules: Iterable[RulePlan]) -> dict[str, set[str]]:
    """By table: the columns that rules name in their conditions, texts and formulas, and those of
    its key."""
    found = {table: set(one.key) for table, one in pack.tables.items()}
    for node in nodes_reached(pack, rules):
        match node:
            case plan.ColumnRef(table=table, field=field) | plan.CellRef(table=table, field=field):
                found[table].add(field)
    return found


def looked_up(pack: PackPlan) -> frozenset[str]:
    """The tables of which rows are found by their key."""
    parts: list[plan.Expr] = [part for rule in pack.rules for part in _parts(rule)]
    parts += [formula.body for formula in pack.formulas.values()]
    return frozenset(
        node.table for node in _through(pack, parts) if isinstance(node, plan.RowByKey)
    )


def _through(pack: PackPlan, parts: list[plan.Expr]) -> Iterator[plan.Expr]:
    seen: set[str] = set()
    todo = list(parts)
    while todo:
        for node in walk.inside(todo.pop()):
            yield node
            if isinstance(node, plan.FormulaRef) and node.formula not in seen:
                seen.add(node.formula)
                formula = pack.formulas[node.formula]
                todo += [formula.body, *(let.value for let in formula.lets)]
                if formula.where is not None:
                    todo.append(formula.where)
