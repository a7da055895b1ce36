"""What a rule comes to for the project or for one row, before it is a verdict.

Order: `where` picks the row, then lets, `when`, `unless`, and `must` (or the answer to a
judgement). An outcome is the set of all that is possible while something is unknown.
"""

from __future__ import annotations

from guiju.evaluation.run import Fn, Frame, Run
from guiju.evaluation.unknown import Lacking, Unknown, not_acceptable_only
from guiju.plan.nodes import Expr, RulePlan
from guiju.record import Record

APART, PASS, FAIL, AWAIT = 1, 2, 4, 8
"""The rule does not apply; it is met; it is not met; a person has to answer. A set of them
is their sum."""


class Outcome(Record):
    """`exception` is the index of the `unless` that holds, -1 for none."""

    states: int
    unknowns: tuple[Unknown, ...] = ()
    exception: int = -1

    @property
    def lacks(self) -> frozenset[Lacking]:
        return frozenset[Lacking]().union(*(unknown.lacks for unknown in self.unknowns))


_APART = Outcome(APART)
_PASS = Outcome(PASS)
_FAIL = Outcome(FAIL)


class CompiledRule:
    """A rule whose expressions are functions. `changing` are the slots that differ from
    row to row; lets outside it are worked out once."""

    def __init__(self, run: Run, plan: RulePlan) -> None:
        self.run = run
        self.plan = plan
        self._slots_read = run.words.parts.slots_read
        self.changing: set[int] = set() if plan.slot is None else {plan.slot}
        self.fixed_lets: list[tuple[int, Fn]] = []
        self.row_lets: list[tuple[int, Fn]] = []
        for let in plan.lets:
            pair = (let.slot, run.compile(let.value))
            if self.changes(let.value):
                self.changing.add(let.slot)
                self.row_lets.append(pair)
            else:
                self.fixed_lets.append(pair)
        self.lets = [(let.slot, run.compile(let.value)) for let in plan.lets]
        self.where = None if plan.where is None else run.compile(plan.where)
        self.when = [run.compile(when) for when in plan.when]
        self.unless = [run.compile(unless.condition) for unless in plan.unless]
        self.must = None if plan.must is None else run.compile(plan.must)

    def changes(self, node: Expr) -> bool:
        """Whether an expression may differ from row to row."""
        return not self.changing.isdisjoint(self._slots_read(node))

    def frame(self) -> Frame:
        """A new frame with the lets that are the same for every row."""
        frame: Frame = [None] * self.plan.frame
        for slot, let in self.fixed_lets:
            frame[slot] = let(frame)
        return frame

    def outcome(self, frame: Frame, row: int | None) -> Outcome:
        """What the rule comes to in a frame whose row is set; works out all its lets."""
        states, unknowns = 0, []
        if self.where is not None:
            selected = self.where(frame)
            if selected is False:
                return _APART
            if selected is not True:
                states = APART
                unknowns.append(selected)
        for slot, let in self.lets:
            frame[slot] = let(frame)
        for when in self.when:
            applies = when(frame)
            if applies is False:
                return _APART
            if applies is not True:
                states = APART
                unknowns.append(applies)
        for number, unless in enumerate(self.unless):
            holds = unless(frame)
            if holds is True:
                return Outcome(APART, exception=number)
            if holds is not False:
                states = APART
                unknowns.append(holds)
        if self.must is None:
            return Outcome(states | self._answered(row), tuple(unknowns))
        met = self.must(frame)
        if met is True:
            return Outcome(states | PASS, tuple(unknowns)) if states else _PASS
        if met is False:
            return Outcome(states | FAIL, tuple(unknowns)) if states else _FAIL
        if not_acceptable_only(met):
            # The value the requirement speaks of does not exist, so it is not met.
            return Outcome(states | FAIL, (*unknowns, met))
        return Outcome(states | PASS | FAIL, (*unknowns, met))

    def _answered(self, row: int | None) -> int:
        plan, dossier = self.plan, self.run.dossier
        if plan.ask is None:
            return PASS
        key = None
        if row is not None and plan.table is not None:
            key = dossier.tables[plan.table].keys[row]
        given = dossier.judgements.get((plan.id, key))
        if given is None:
            return AWAIT
        return {"yes": PASS, "no": FAIL}.get(given.answer, PASS | FAIL)
