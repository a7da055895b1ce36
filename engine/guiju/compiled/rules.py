"""A rule as generated code asks it, and what becomes of it where facts are missing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from guiju.compiled.conditions import cells_of, strict
from guiju.compiled.outlook import tried
from guiju.compiled.source import APART, Asked, RuleCode
from guiju.hints import Any
from guiju.plan.nodes import FactRef, FormulaRef, PackPlan, RulePlan
from guiju.plan.types import DocumentType
from guiju.plan.walk import inside
from guiju.record import Mutable, field
from guiju.sieve import Sieve

BROKEN = "!"
"""The outcome of a rule whose evaluation failed: a fault of the engine."""
MOST_KEPT = 4_096
"""Answers of the reference evaluator kept for a rule, of objects that are alike."""
_MOST_TRIED = 2
"""Missing facts for which values are tried together."""

State = Any
"""True: conforms. False: nonconforming. None: undetermined. `APART`, `BROKEN`."""


class Statistics(Mutable):
    """What a compiled pack did so far. Of all results those that were not decided by generated
    code: `close`, binary64 could not say; `relevance`, it had to be found whether what is
    missing matters. `carefully`: objects that were gone through rule by rule. `problems` counts
    by fact the values that are none, and so are missing."""

    objects: int = 0
    results: int = 0
    close: int = 0
    relevance: int = 0
    carefully: int = 0
    problems: dict[str, int] = field(default_factory=dict)

    @property
    def aside(self) -> int:
        """How often generated code did not get through."""
        return self.close + self.carefully

    @property
    def decided(self) -> int:
        """Results that generated code decided by itself."""
        return self.results - self.close - self.relevance


class RoadRule:
    """A rule that is generated, and what its open cases came to so far."""

    def __init__(
        self,
        pack: PackPlan,
        number: int,
        plan: RulePlan,
        sieve: Sieve,
        rule: Asked,
        code: RuleCode,
    ) -> None:
        self.number, self.plan, self.asked, self.code = number, plan, rule, code
        self.alike = sieve.alike
        self.atoms = [
            (strict(atom), [rule.cells.index(cell.name) for cell in cells_of(atom)])
            for atom in rule.atoms
        ]
        self.exact = code.exact
        """Whether its atoms always have an outcome with their cells there."""
        self.reads = facts_read(pack, plan)
        """All facts it reads, also where generated code says nothing of them."""
        self.kept: dict[Any, State] = {}
        self.logic: Callable[..., Any] = lambda *cells: (None, None, ())

    def state(
        self, cells: tuple[Any, ...], ask: Callable[[], State], statistics: Statistics
    ) -> State:
        """The outcome for the values of its cells; `ask` asks the reference evaluator."""
        applies, met, outcomes = self.logic(*cells)
        state = self.decided(applies, met)
        return self.opened(cells, outcomes, ask, statistics)[0] if state is None else state

    @staticmethod
    def decided(applies: bool | None, met: bool | None) -> State:
        """The outcome by Kleene logic; None where it leaves it open."""
        if applies is False:
            return APART
        return met if applies else None

    def opened(
        self,
        cells: tuple[Any, ...],
        outcomes: tuple[Any, ...],
        ask: Callable[[], State],
        statistics: Statistics,
    ) -> tuple[State, bool]:
        """The outcome where Kleene logic leaves it open, and whether it is that of all objects
        that are alike."""
        if not self.exact:
            for (its_own, its), outcome in zip(self.atoms, outcomes, strict=True):
                if outcome is None and not (its_own and any(cells[at] is None for at in its)):
                    statistics.close += 1
                    return ask(), False
        if self.asked.open:
            return None, True
        alike = self.alike
        names = self.asked.cells
        missing = [name for name, value in zip(names, cells, strict=True) if value is None]
        if all(name in self.asked.turns for name in missing):
            known = dict(zip(names, cells, strict=True))
            others = {
                name: [known[one] for one in self.asked.turns[name].others] for name in missing
            }
            few = all(self.asked.turns[name].few for name in missing)
            if len(missing) <= _MOST_TRIED and not any(None in one for one in others.values()):
                ordered = len(missing) == 1 or all(len(one) == 1 for one in others.values())
                return self._tried(known, others), few and ordered
            # No values are tried for facts that are compared with each other.
            alike = few and all(len(one) - one.count(None) <= 1 for one in others.values())
        statistics.relevance += 1
        return ask(), alike

    def _tried(self, known: dict[str, Any], others: dict[str, list[Any]]) -> State:
        """What it comes to whatever the facts are that are missing, by what each of them is
        compared with."""
        turns = self.asked.turns
        states = set()
        for values in product(*(tried(turns[name], against) for name, against in others.items())):
            known.update(zip(others, values, strict=True))
            applies, met, _ = self.logic(*known.values())
            states.add(APART if applies is False else met)
        return states.pop() if len(states) == 1 else None


def facts_read(pack: PackPlan, rule: RulePlan) -> list[str]:
    """The facts a rule reads by `group.field`, itself or through formulas."""
    todo: list[Any] = [let.value for let in rule.lets]
    todo += [*rule.when, *(unless.condition for unless in rule.unless)]
    todo += [part for part in (rule.where, rule.must) if part is not None]
    found: set[str] = set()
    formulas: set[str] = set()
    while todo:
        for node in inside(todo.pop()):
            if isinstance(node, FactRef) and not isinstance(node.type, DocumentType):
                found.add(f"{node.group}.{node.field}")
            elif isinstance(node, FormulaRef) and node.formula not in formulas:
                formulas.add(node.formula)
                formula = pack.formulas[node.formula]
                todo += [formula.body, *(let.value for let in formula.lets)]
                todo += [] if formula.where is None else [formula.where]
    return sorted(found)
