"""The values a verdict rests on: facts and cells with their origin, lets, formulas, and the
notices that arrange the working days counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.evaluation.calendars import counts_working_days, notices
from guiju.evaluation.outcome import CompiledRule
from guiju.evaluation.run import Frame
from guiju.evaluation.texts import Wording, unit_text, value_text
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.describe_values import said_words
from guiju.plan.nodes import Expr
from guiju.plan.types import OtherRowType, RowType
from guiju.verdicts import Origin, Text, Value


class Leaves:
    """Finds the named values in a rule's `must`, the lets it uses, and its conditions."""

    def __init__(self, wording: Wording, rule: CompiledRule) -> None:
        self.wording, self.rule, self.run = wording, rule, wording.run
        self._lets = {let.slot: let for let in rule.plan.lets}
        self._known, self._children = self.run.words, self.run.words.parts.children

    def values(self, frame: Frame, row: int | None) -> list[Value]:
        """The named values in a frame; without a row only those that need none."""
        scalar = self.rule.plan.table is None
        return self._values(
            (
                node
                for node in self._nodes()
                if row is not None or scalar or not self.rule.changes(node)
            ),
            frame,
        )

    def apart(self, frame: Frame, exception: int = -1) -> list[Value]:
        """The named values that keep a rule from applying: those of the `when` that is not
        met, or of the `unless` that holds, and of these only the parts that decide.

        What stands behind is not asked for, so that its values are none of the record's.
        Of rows that differ in why, none is named.
        """
        plan = self.rule.plan
        asked: list[Expr] = []
        if exception >= 0:
            asked = self._deciding(plan.unless[exception].condition, frame, True)
        else:
            for when in plan.when:
                if not self.rule.changes(when) and self.run.compile(when)(frame) is False:
                    asked = self._deciding(when, frame, False)
                    break
            else:
                # Whichever way what is unknown turns out, one of the conditions excludes it.
                conditions = [*plan.when, *(unless.condition for unless in plan.unless)]
                asked = [each for each in conditions if not self.rule.changes(each)]
        seen: set[Any] = set()
        return self._values((leaf for node in asked for leaf in self._leaves(node, seen)), frame)

    def _deciding(self, node: Expr, frame: Frame, outcome: bool) -> list[Expr]:
        """The parts of a condition that give its outcome: of `and` those that fail, of `or`
        those that hold; all of them where all are needed."""
        match node:
            case nodes.Not(operand=operand):
                return self._deciding(operand, frame, not outcome)
            case nodes.And(operands=operands) | nodes.Or(operands=operands):
                parts = [one for one in operands if self.run.compile(one)(frame) is outcome]
                return [part for one in parts for part in self._deciding(one, frame, outcome)]
        return [node]

    def _values(self, leaves: Iterable[Any], frame: Frame) -> list[Value]:
        found: list[Value] = []
        names: set[str] = set()
        for node in leaves:
            values: Iterable[Value]
            if counts_working_days(node):
                values = notices(self.run, node, frame)
            elif isinstance(node, (nodes.Quantified, nodes.Aggregate)):
                values = self._deciding_elsewhere(node, frame)
            else:
                values = (self._value(node, frame),)
            for value in values:
                if value.name not in names:
                    names.add(value.name)
                    found.append(value)
        return found

    def origin(self, frame: Frame, row: int | None) -> Origin | None:
        """Where to look first: the first cell of the row (or fact) the verdict rests on."""
        plan = self.rule.plan
        for node in self._nodes():
            # A column of another row, found by its key, stands elsewhere.
            if isinstance(node, nodes.ColumnRef) and row is not None and node.slot == plan.slot:
                return self.run.dossier.tables[node.table].place(row, node.field)
            if isinstance(node, nodes.FactRef) and row is None:
                given = self.run.dossier.facts.get((node.group, node.field))
                if given is not None:
                    return given.origin
        if row is not None and plan.table is not None:
            table = self.run.pack.tables[plan.table]
            data = self.run.dossier.tables[plan.table]
            if table.key and table.key[0] in data.columns:
                return data.place(row, table.key[0])
        return None

    def _nodes(self) -> list[Any]:
        plan = self.rule.plan
        known = self._known.leaves.get(id(plan))
        if known is None:
            roots = [part for part in (plan.must, *plan.when) if part is not None]
            roots += [unless.condition for unless in plan.unless]
            seen: set[Any] = set()
            found = [node for root in roots for node in self._leaves(root, seen)]
            known = self._known.leaves[id(plan)] = plan, found
        return known[1]

    def _leaves(self, node: Expr, seen: set[Any]) -> Iterator[Any]:
        match node:
            case nodes.Quantified() | nodes.Aggregate():
                # What stands inside is about other rows; the derivation lists them. Rows of
                # other dossiers are told with the finding, for they are in no file at hand.
                if isinstance(node.rows, nodes.OtherRows):
                    yield node
                return
            case nodes.FactRef(group, field):
                key: Any = (group, field)
            case nodes.ColumnRef(slot=slot, field=field):
                key = (slot, field)
            case nodes.FormulaRef(formula, None):
                key = formula
            case nodes.RowByKey():
                # The row is named by the cell that is asked of it; its key is a value.
                for child in self._children(node):
                    yield from self._leaves(child, seen)
                return
            case nodes.FormulaRef() | nodes.LookupRef() | nodes.CellRef() | nodes.OtherCell():
                key = id(node)
            case nodes.LocalRef(slot=slot):
                if isinstance(node.type, (RowType, OtherRowType)):
                    yield from self._row(slot, seen)
                    return
                key = slot
            case _:
                for child in self._children(node):
                    yield from self._leaves(child, seen)
                if counts_working_days(node):
                    yield node
                return
        if key in seen:
            return
        seen.add(key)
        yield node
        if isinstance(node, nodes.LocalRef) and node.slot in self._lets:
            yield from self._leaves(self._lets[node.slot].value, seen)
        if isinstance(node, nodes.ColumnRef):
            yield from self._row(node.slot, seen)
        for child in self._children(node):
            yield from self._leaves(child, seen)

    def _row(self, slot: int, seen: set[Any]) -> Iterator[Any]:
        """What picks the row that a let stands for."""
        if slot in self._lets and ("row", slot) not in seen:
            seen.add(("row", slot))
            yield from self._leaves(self._lets[slot].value, seen)

    def _value(self, node: Any, frame: Frame) -> Value:
        run = self.run
        value = run.compile(node)(frame)
        origin = None
        if isinstance(node, nodes.OtherCell):
            row, elsewhere = run.compile(node.row)(frame), run.other_table(node.table)
            name, label = self._labelled(node)
            if isinstance(row, int) and elsewhere is not None:
                pool = elsewhere.pool
                name = f"{pool.dossier_of(row)}: {node.table}[{pool.keys[row]}].{node.field}"
                name, origin = name.rstrip("."), pool.place(row, node.field)
        elif isinstance(node, (nodes.ColumnRef, nodes.CellRef)):
            if isinstance(node, nodes.ColumnRef):
                row = frame[node.slot]
            else:
                row = run.compile(node.row)(frame)
            name = node.field
            if isinstance(row, int):
                data = run.dossier.tables[node.table]
                name = f"{node.table}[{data.keys[row]}].{node.field}"
                origin = data.place(row, node.field)
            _, label = self._labelled(node)
        else:
            name, label = self._labelled(node)
            if isinstance(node, nodes.FactRef):
                given = run.dossier.facts.get((node.group, node.field))
                origin = None if given is None else given.origin
        text = value_text(value, node.type, run)
        said = said_words(value, node.type)
        return Value(name, label, text, unit_text(node.type), origin, said=said)

    def _deciding_elsewhere(
        self, node: nodes.Quantified | nodes.Aggregate, frame: Frame
    ) -> Iterator[Value]:
        """The rows of other dossiers that decide: those that satisfy (of `every`, those that
        do not), and of an aggregate those that are selected; the first of them."""
        from guiju.evaluation.across import MOST_NAMED

        run, slot = self.run, node.slot
        elsewhere = None
        if isinstance(node.rows, nodes.OtherRows):
            elsewhere = run.other_table(node.rows.table)
        if elsewhere is None:
            return
        where = None if node.where is None else run.compile(node.where)
        satisfies = None if isinstance(node, nodes.Aggregate) else run.compile(node.satisfies)
        if where is None and satisfies is None:
            return
        wanted = not isinstance(node, nodes.Quantified) or node.quantifier != "every"
        near = run.nearby.get(id(node))
        told = 0
        outer = frame[slot]
        for row in list(elsewhere if near is None else near(frame, elsewhere)):
            frame[slot] = row
            if satisfies is not None and satisfies(frame) is not wanted:
                continue
            if where is not None and where(frame) is not True:
                continue
            pool = elsewhere.pool
            name = f"{pool.dossier_of(row)}: {pool.name}[{pool.keys[row]}]"
            label = self.wording.other_row(pool.name, row)
            yield Value(name, label, pool.keys[row], None, pool.place(row))
            told += 1
            if told == MOST_NAMED:
                break
        frame[slot] = outer

    def _labelled(self, node: Any) -> tuple[str, Text]:
        found = self._known.named.get(id(node))
        if found is None:
            found = self._known.named[id(node)] = node, self._label(node)
        return found[1]

    def _label(self, node: Any) -> tuple[str, Text]:
        wording = self.wording
        match node:
            case nodes.FactRef(group, field):
                return f"{group}.{field}", wording.field_label(group, field)
            case nodes.OtherCell(field=""):
                words = wording.words(node)
                return node.table, words
            case nodes.ColumnRef() | nodes.CellRef() | nodes.OtherCell():
                return node.field, wording.field_label(node.table, node.field)
            case nodes.LocalRef(name=name):
                return name, wording.label({}, name)
            case nodes.FormulaRef(formula=formula, row=row):
                plan = self.run.pack.formulas[formula]
                label = wording.label(plan.label, formula)
                return formula, label if row is None else wording.words(node)
            case _:
                words = wording.words(node)
                return words["en"], words
