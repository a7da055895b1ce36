"""Derivations: each sub-expression with its value, down to the facts.

The same functions are called that gave the verdict. A let and a per-row formula are
expanded where they first occur; a formula of the project is only named, its own derivation
stands once among the values of the assessment.
"""

from __future__ import annotations

from typing import Any

from guiju.evaluation.calendars import counts_working_days, notice_steps
from guiju.evaluation.lookups import founded
from guiju.evaluation.missing_here import MOST_MEMBERS, missing_here
from guiju.evaluation.pack_words import Step
from guiju.evaluation.run import Frame, Run
from guiju.evaluation.texts import Wording, unit_text, value_text
from guiju.evaluation.unknown import Unknown
from guiju.messages import LANGUAGES, message
from guiju.plan import nodes
from guiju.plan.describe_values import said_words
from guiju.plan.nodes import Expr, FormulaPlan, RulePlan
from guiju.plan.types import ListType, OtherRowType, RowType
from guiju.verdicts import Derivation, Missing, Origin, Text, Verdict

_MOST_NESTED = 5

_APART = frozenset(
    (
        nodes.Quantified,
        nodes.Aggregate,
        nodes.FormulaRef,
        nodes.LocalRef,
        nodes.ColumnRef,
        nodes.If,
    )
)
"""Expressions whose parts are not simply those that stand in them."""

_PLACED = frozenset((nodes.FactRef, nodes.ColumnRef, nodes.CellRef, nodes.OtherCell))


class Tracer:
    """Makes derivations of a rule's or a formula's expressions."""

    def __init__(self, wording: Wording, plan: RulePlan | FormulaPlan) -> None:
        self.wording, self.run = wording, wording.run
        self.lets = {let.slot: let for let in plan.lets}
        self.plan = plan
        self.cells: dict[tuple[int, int], Derivation] = {}
        """Of cells, by the identity of their expressions and by row: they are the same in all
        derivations."""

    def shown(self, run: Run, frame: Frame, verdict: Verdict) -> Expr | None:
        """The expression that shows why a rule has its verdict: the condition that kept it
        from applying, or what must hold."""
        plan = self.plan
        assert isinstance(plan, RulePlan)
        if verdict == "not applicable" or plan.must is None:
            for when in plan.when:
                if run.compile(when)(frame) is not True:
                    return when
            for unless in plan.unless:
                if run.compile(unless.condition)(frame) is not False:
                    return unless.condition
        return plan.must

    def derivation(self, node: Expr, frame: Frame) -> Derivation:
        """An expression with its value and its parts."""
        # Members of quantifiers are set in the frame while they are shown.
        return _Trace(self, list(frame)).derive(node)


class _Trace:
    def __init__(self, tracer: Tracer, frame: Frame) -> None:
        self.tracer, self.frame = tracer, frame
        self.run, self.wording = tracer.run, tracer.wording
        self.lets = tracer.lets
        self.seen: set[Any] = set()
        self.depth = 0

    def derive(self, node: Expr) -> Derivation:
        row = self._row(node)
        if row is None:
            return self._derived(node, self.run.compile(node)(self.frame))
        cells, key = self.tracer.cells, (id(node), row)
        found = cells.get(key)
        if found is None:
            found = cells[key] = self._derived(node, self.run.compile(node)(self.frame))
        return found

    def _row(self, node: Expr) -> int | None:
        """The row of which a node is a cell and nothing else."""
        if node.__class__ not in _PLACED:
            return None
        match node:
            case nodes.ColumnRef(slot=slot) | nodes.CellRef(row=nodes.LocalRef(slot=slot)):
                row = self.frame[slot]
                return row if isinstance(row, int) and slot not in self.lets else None
        return None

    def _derived(self, node: Expr, value: Any) -> Derivation:
        run = self.run
        step = run.words.steps.get(id(node)) or self._step(node)
        rows = None
        origin = None
        parts: list[Derivation] = []
        match node:
            case _ if node.__class__ not in _APART:
                parts = [self.derive(part) for part in step.parts]
                if step.dated:
                    parts += notice_steps(run, node, self.frame)
                if node.__class__ in _PLACED:
                    origin = self._origin(node)
            case nodes.Quantified():
                rows, parts = self._quantified(node)
            case nodes.Aggregate():
                rows, parts = self._aggregate(node)
            case nodes.FormulaRef():
                parts = self._formula(node)
            case nodes.LocalRef(slot=slot):
                parts = self._let(slot)
            case nodes.ColumnRef(slot=slot):
                parts = self._let(slot)
                origin = self._origin(node)
            case nodes.If():
                parts = self._if(node)
        if isinstance(node, nodes.Call) and node.function == "valid" and value is False:
            parts.append(self._fault(node))
        missing: list[Missing] = []
        if value.__class__ is Unknown:
            own = missing_here(run, node, self.frame, value)
            missing = self.wording.missing_all(frozenset(own)) if own else []
        words = step.words
        if isinstance(node, nodes.LookupRef):
            words = self._founded(node, words)
        return Derivation(
            kind=step.kind,
            words=words,
            value=value_text(value, node.type, run),
            unit=step.unit,
            origin=origin,
            missing=missing,
            rows=rows,
            parts=parts,
            said=said_words(value, node.type),
        )

    def _step(self, node: Expr) -> Step:
        """What is said of an expression in every derivation."""
        known = self.run.words
        step = known.steps[id(node)] = Step(
            node,
            node.__class__.__name__,
            self.wording.words(node),
            unit_text(node.type),
            [child for child in known.parts.children(node) if _worth_showing(child)],
            counts_working_days(node),
        )
        return step

    def _founded(self, node: nodes.LookupRef, words: Text) -> Text:
        """A value of a lookup file, with the row it stands in and on what it rests."""
        found = founded(self.run, node, self.frame)
        if found is None:
            return words
        place, basis, note = found
        said: Text = {}
        for lang in LANGUAGES:
            level = message(f"report.basis.short.{basis}", lang) if basis else ""
            parts = [part for part in (place, level, note) if part]
            rests = message("evaluation.rests-on.and", lang).join(parts)
            said[lang] = message("evaluation.rests-on", lang, value=words[lang], rests=rests)
        return said

    def _fault(self, node: nodes.Call) -> Derivation:
        """What is wrong with a boundary that is not valid."""
        shape = self.run.compile(node.arguments[0])(self.frame)
        fault = self.run.boundaries.of(shape).fault
        return Derivation(kind="Fault", words=self.wording.fault(fault), value="yes")

    def _origin(self, node: Expr) -> Origin | None:
        match node:
            case nodes.FactRef(group, field):
                given = self.run.dossier.facts.get((group, field))
                return None if given is None else given.origin
            case nodes.ColumnRef(slot=slot, table=table, field=field):
                row = self.frame[slot]
                if isinstance(row, int) and table in self.run.dossier.tables:
                    return self.run.dossier.tables[table].place(row, field)
            case nodes.CellRef(table=table, field=field):
                row = self.run.compile(node.row)(self.frame)
                if row.__class__ is not Unknown:
                    return self.run.dossier.tables[table].place(row, field)
            case nodes.OtherCell(table=table, field=field):
                row = self.run.compile(node.row)(self.frame)
                elsewhere = self.run.other_table(table)
                if row.__class__ is not Unknown and elsewhere is not None:
                    return elsewhere.pool.place(row, field)
        return None

    def _let(self, slot: int) -> list[Derivation]:
        """How the let in a slot came about, where it is first used."""
        let = self.lets.get(slot)
        if let is None or (id(self.lets), slot) in self.seen:
            return []
        self.seen.add((id(self.lets), slot))
        return [self.derive(let.value)]

    def _if(self, node: nodes.If) -> list[Derivation]:
        chosen = self.run.compile(node.condition)(self.frame)
        branches = [node.then] if chosen is True else [node.otherwise]
        if chosen.__class__ is Unknown:
            branches = [node.then, node.otherwise]
        return [self.derive(part) for part in (node.condition, *branches)]

    def _formula(self, node: nodes.FormulaRef) -> list[Derivation]:
        if node.row is None or self.depth > 1:
            return []
        row = self.run.compile(node.row)(self.frame)
        found = [self.derive(node.row)] if _worth_showing(node.row) else []
        if isinstance(node.row, nodes.LocalRef):
            found = self._let(node.row.slot)
        if row.__class__ is Unknown or (node.formula, row) in self.seen:
            return found
        self.seen.add((node.formula, row))
        formula = self.run.formula(node.formula)
        outer = self.frame, self.lets
        self.frame = self.run.formula_frame(formula, row)
        self.lets = {let.slot: let for let in formula.plan.lets}
        try:
            return [*found, self.derive(formula.plan.body)]
        finally:
            self.frame, self.lets = outer

    # --- members -----------------------------------------------------------------------

    def _members(self, node: nodes.Quantified | nodes.Aggregate) -> list[Any]:
        """The members that are selected, or may be."""
        members = self.run.compile(node.rows)(self.frame)
        if members.__class__ is Unknown:
            return []
        near = self.run.nearby.get(id(node))
        if near is not None:
            # Rows that lie far off are not worth listing.
            members = near(self.frame, members)
        if node.where is None:
            return list(members)
        where = self.run.compile(node.where)
        found = []
        for self.frame[node.slot] in members:
            if where(self.frame) is not False:
                found.append(self.frame[node.slot])
        return found

    def _quantified(self, node: nodes.Quantified) -> tuple[int | None, list[Derivation]]:
        satisfies = self.run.compile(node.satisfies)
        members = self._members(node)
        failing = node.quantifier == "no"
        ranked: list[tuple[int, int, Any, Any]] = []
        for number, member in enumerate(members):
            self.frame[node.slot] = member
            value = satisfies(self.frame)
            rank = 1 if value.__class__ is Unknown else (0 if value is failing else 2)
            ranked.append((rank, number, member, value))
        ranked.sort(key=lambda entry: entry[:2])
        count = len(members)
        whole = node.where is None and id(node) not in self.run.nearby
        if whole and isinstance(node.rows, nodes.TableRows):
            # Of a part of the dossier: all rows were gone over, if not here.
            count = count and max(count, self.run.sizes.get(node.rows.table, 0))
        if isinstance(node.rows, nodes.OtherRows):
            # Of all the rows of all dossiers those are told that decide, or could.
            ranked = [entry for entry in ranked if entry[0] < 2]
            every = self.run.compile(node.rows)(self.frame)
            count = 0 if every.__class__ is Unknown else len(every)
        parts = []
        for rank, _, member, value in ranked[: self._most()]:
            self.frame[node.slot] = member
            self.depth += 1
            inner = [self._derived(node.satisfies, value)] if rank < 2 else []
            self.depth -= 1
            parts.append(self._member(node, member, value, node.satisfies, inner))
        rows = self._head(node)
        return count, rows + parts

    def _aggregate(self, node: nodes.Aggregate) -> tuple[int | None, list[Derivation]]:
        members = self._members(node)
        if node.value is None:
            return len(members), self._head(node)
        function = self.run.compile(node.value)
        ranked = []
        for number, member in enumerate(members):
            self.frame[node.slot] = member
            value = function(self.frame)
            ranked.append((0 if value.__class__ is Unknown else 1, number, member, value))
        ranked.sort(key=lambda entry: entry[:2])
        parts = []
        for _, _, member, value in ranked[: self._most()]:
            self.frame[node.slot] = member
            inner = []
            if value.__class__ is Unknown:
                self.depth += 1
                inner = [self._derived(node.value, value)]
                self.depth -= 1
            parts.append(self._member(node, member, value, node.value, inner))
        return len(members), self._head(node) + parts

    def _most(self) -> int:
        return _MOST_NESTED if self.depth else MOST_MEMBERS

    def _head(self, node: nodes.Quantified | nodes.Aggregate) -> list[Derivation]:
        """The parts that are not about members: how many, and rows that are missing."""
        parts: list[Derivation] = []
        if isinstance(node, nodes.Quantified) and node.count is not None:
            parts += [self.derive(node.count)] if _worth_showing(node.count) else []
        if self.run.compile(node.rows)(self.frame).__class__ is Unknown:
            parts.append(self.derive(node.rows))
        return parts

    def _member(
        self,
        node: nodes.Quantified | nodes.Aggregate,
        member: Any,
        value: Any,
        shown: Expr,
        inner: list[Derivation],
    ) -> Derivation:
        type_ = node.rows.type
        member_type = type_.of if isinstance(type_, ListType) else type_
        origin = self._origin(shown) if shown.__class__ in _PLACED else None
        if isinstance(member_type, OtherRowType) and isinstance(member, int):
            words = self.wording.other_row(member_type.table, member)
            elsewhere = self.run.other_table(member_type.table)
            origin = None if elsewhere is None else elsewhere.pool.place(member)
        elif isinstance(member_type, RowType) and isinstance(member, int):
            name = self.run.dossier.tables[member_type.table].keys[member]
            words = _in_both(name)
        elif member.__class__ is Unknown:
            words = _in_both("?")
        else:
            words = {
                lang: self.wording.value_words(member, member_type, lang) for lang in LANGUAGES
            }
        return Derivation(
            kind="Member",
            words=words,
            value=value_text(value, shown.type, self.run),
            unit=unit_text(shown.type),
            origin=origin,
            parts=inner,
            said=said_words(value, shown.type),
        )


def _in_both(text: str) -> Text:
    return {"en": text, "zh": text}


def _worth_showing(node: Expr) -> bool:
    """Constants and rows are said in the words of what they stand in."""
    kind = node.__class__
    if kind is nodes.Constant or kind is nodes.TableRows or kind is nodes.OtherRows:
        return False
    if isinstance(node, nodes.ListOf):
        return any(map(_worth_showing, node.items))
    return not (isinstance(node, nodes.LocalRef) and isinstance(node.type, (RowType, OtherRowType)))
