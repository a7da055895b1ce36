"""A pack compiled for dossiers as objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import localcontext
from functools import partial
from gc import disable, enable, isenabled
from itertools import islice

from guiju.compiled.bounds import Bounds, bounds_of
from guiju.compiled.calls import CALLS
from guiju.compiled.conditions import tidy
from guiju.compiled.constants import Constants, Unprintable
from guiju.compiled.facts import Object, ObjectFacts, held_or_aside
from guiju.compiled.outlook import Fields
from guiju.compiled.rules import BROKEN, MOST_KEPT, RoadRule, State, Statistics
from guiju.compiled.run import Way, check_of, run_source
from guiju.compiled.source import (
    APART,
    Outcome,
    asked,
    compiled,
    fast_code,
    rule_code,
)
from guiju.compiled.values import Aside, Refused, column_of
from guiju.dossier.model import Dossier
from guiju.evaluation import Evaluator, Run
from guiju.evaluation.facts_run import Facts, FactsRun
from guiju.evaluation.outcome import APART as STATE_APART
from guiju.evaluation.outcome import FAIL, PASS
from guiju.evaluation.references import documents_of
from guiju.hints import Any
from guiju.plan.nodes import PackPlan, RulePlan
from guiju.plan.types import NumberType
from guiju.quantities import CONTEXT
from guiju.sieve import Lowering, sieve_of
from guiju.sieve.lower import Column
from guiju.sieve.nodes import Literal
from guiju.verdicts import Verdict

Settled = tuple[State, bool]

_MOST_LAYOUTS = 8
"""Orders of facts in objects that code is generated for."""
_CHUNK = 4_096
_SAMPLE = 256
"""Objects that are looked at to see how large numbers commonly are."""
_MOST_ASIDE = 0.02
"""The share of objects that are beyond the bounds of these, or close to a threshold for them,
at which it is better to have none."""


class CompiledPack:
    """The rules of a pack over facts, as one generated function.

    `rules` are the rules it is for, in order. `left` are those it does not ask of objects: rules
    over tables, judgements, and what only the reference evaluator can say.
    """

    def __init__(
        self,
        plan: PackPlan,
        *,
        as_of: date | None = None,
        names: Mapping[tuple[str, str], str] | None = None,
        typed: bool = False,
    ) -> None:
        self.plan, self.as_of, self.typed = plan, as_of, typed
        self.statistics = Statistics()
        self._fields: Fields = {
            f"{group.name}.{name}": one
            for group in plan.groups.values()
            for name, one in group.fields.items()
        }
        self._names = {name: f"v{at}" for at, name in enumerate(self._fields)}
        self._constants = Constants()
        self._rules: list[RoadRule] = []
        self.left: list[RulePlan] = []
        self._lower()
        self.rules = tuple(rule.plan for rule in self._rules)
        self._cells = list(dict.fromkeys(c for rule in self._rules for c in rule.asked.cells))
        self._facts = ObjectFacts(self._fields, names or {}, self.statistics.problems)
        self._reference = FactsRun(plan, as_of)
        self._runs: dict[tuple[tuple[str, ...], Way], Any] = {}
        self._bounds: Bounds | None = None
        self._space = self._made()

    # --- making ----------------------------------------------------------------------------

    def _lower(self) -> None:
        def columns(group: str, name: str) -> Column | None:
            one = self._fields.get(f"{group}.{name}") if group in self.plan.groups else None
            return None if one is None else column_of(one)

        lowering = Lowering(self.plan, columns, as_of=self.as_of)
        for plan in self.plan.rules:
            if not self._add(plan, lowering):
                self.left.append(plan)

    def _add(self, plan: RulePlan, lowering: Lowering) -> bool:
        if plan.table is not None or plan.must is None or plan.defer is not None or plan.across:
            return False
        sieve = sieve_of(lowering, plan)
        if sieve is None:
            return False
        rule = asked(tidy(sieve.applies), tidy(sieve.met), self._fields)
        if rule.atoms and all(isinstance(atom, Literal) for atom in rule.atoms):
            # There is nothing in it that the sieve can say.
            return False
        number = len(self._rules)
        try:
            code = rule_code(number, rule, self._names, self._fields, self._constants)
        except Unprintable:
            return False
        self._rules.append(RoadRule(self.plan, number, plan, sieve, rule, code))
        return True

    def _made(self) -> dict[str, Any]:
        """The names generated code uses, with the functions of the rules."""
        space: dict[str, Any] = {**self._constants.values, **CALLS, "carefully": self._carefully}
        compiled("".join(rule.code.slow for rule in self._rules), space)
        for rule in self._rules:
            rule.logic = space[f"k{rule.number}"]
            space[f"o{rule.number}"] = self._opened(rule)
            space[f"m{rule.number}"] = rule.kept
            space[f"z{rule.number}"] = self._closely(rule)
        for at, name in enumerate(self._fields):
            space[f"n{at}"] = self._facts.taking(name)
        return space

    def _opened(self, rule: RoadRule) -> Callable[..., State]:
        statistics = self.statistics

        def opened(
            d: Object,
            cells: tuple[Any, ...],
            applies: bool | None,
            met: bool | None,
            outcomes: tuple[Any, ...],
            key: Any,
        ) -> State:
            ask = partial(self._ask_of, rule, d)
            state, alike = rule.decided(applies, met), True
            if state is None:
                state, alike = rule.opened(cells, outcomes, ask, statistics)
            if alike and len(rule.kept) < MOST_KEPT:
                rule.kept[key] = state
            return state

        return opened

    def _closely(self, rule: RoadRule) -> Callable[[Object], State]:
        def closely(d: Object) -> State:
            self.statistics.close += 1
            return self._ask_of(rule, d)

        return closely

    # --- objects ---------------------------------------------------------------------------

    def states(self, objects: Iterable[Mapping[str, Any]]) -> list[tuple[State, ...]]:
        """For each object a tuple with an outcome per rule of `rules`."""
        return self._states(objects, self._run_for)

    def states_of_rows(
        self, columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> list[tuple[State, ...]]:
        """The same for rows, as a query gives them; `columns` are their keys. Raises ValueError
        for a row that is shorter or longer."""
        layout = tuple(columns)
        if self._laid(layout) is None:
            return self.states(dict(zip(layout, row, strict=True)) for row in rows)
        self._facts.columns = layout
        try:
            return self._states(rows, lambda first: self._run_of(layout, "rows"))
        finally:
            self._facts.columns = None

    def _states(
        self, objects: Iterable[Object], run_for: Callable[[Object], Any]
    ) -> list[tuple[State, ...]]:
        found: list[tuple[State, ...]] = []
        todo = iter(objects)
        # In tuples that hold nothing but constants the collector finds nothing to free.
        collecting = isinstance(objects, (list, tuple)) and isenabled()
        if collecting:
            disable()
        try:
            while chunk := list(islice(todo, _CHUNK)):
                if self._bounds is None and len(chunk) >= _SAMPLE:
                    self._see(chunk[:_SAMPLE])
                before = self.statistics.aside
                run_for(chunk[0])(chunk, found.append)
                if self._bounds and self.statistics.aside - before > _MOST_ASIDE * len(chunk):
                    self._bounds = {}
                    self._runs.clear()
        finally:
            if collecting:
                enable()
        self._facts.tell()
        self.statistics.objects += len(found)
        self.statistics.results += len(found) * len(self._rules)
        return found

    def _see(self, sample: Sequence[Object]) -> None:
        """Takes the bounds of numbers from the first objects."""
        numbers = [
            name
            for name in self._cells
            if isinstance(type_ := self._fields[name].type, NumberType) and not type_.integer
        ]
        rows = zip(*map(self._facts.fetch(numbers), sample), strict=True)
        self._bounds = bounds_of(zip(numbers, rows, strict=True))
        self._runs.clear()

    def _run_for(self, first: Mapping[str, Any]) -> Any:
        """The function for objects whose facts stand in the order of those of the first."""
        layout = tuple(first)
        known = (layout, "laid") in self._runs or len(self._runs) < _MOST_LAYOUTS
        return self._run_of(
            layout, "laid" if known and self._laid(layout) is not None else "fetched"
        )

    def _run_of(self, layout: tuple[str, ...], way: Way) -> Any:
        key = (() if way == "fetched" else layout), way
        found = self._runs.get(key)
        if found is None:
            laid = None if way == "fetched" else self._laid(layout)
            found = self._runs[key] = self._generated(laid, way)
        return found

    def _laid(self, layout: tuple[str, ...]) -> dict[str, str] | None:
        """By each key of an object its fact, empty for none; None where it is better to fetch
        the facts by name: most keys are not asked for, or some are left out, or named twice."""
        if not layout or len(layout) > 3 * len(self._cells):
            return None
        where: dict[str, str] = dict.fromkeys(layout, "")
        for name in self._cells:
            keys = [key for key in self._facts.keys[name] if key in where]
            if len(keys) != 1 or where[keys[0]]:
                return None
            where[keys[0]] = name
        return where

    def _generated(self, laid: dict[str, str] | None, way: Way) -> Any:
        bounds = self._bounds or {}
        order = self._cells if laid is None else list(filter(None, laid.values()))
        variables = [
            self._names[name] if name else "_" for name in (laid.values() if laid else order)
        ]
        outcomes = self._outcomes(bounds)
        small = {name for one in outcomes for name in one.small}
        checks = [
            check_of(
                self._names[name],
                self._fields[name],
                self._constants,
                small=name in small,
                typed=self.typed,
                bound=bounds.get(name),
            )
            for name in order
        ]
        text = run_source(variables, way, checks, [one.text for one in outcomes])
        space = {**self._space, **self._constants.values}
        space |= {f"w{self._names[n][1:]}": self._facts.within(n, b) for n, b in bounds.items()}
        space |= {"layout": list(laid or ()), "fetch": self._facts.fetch(order)}
        return compiled(text, space)["run"]

    def _outcomes(self, bounds: Bounds) -> list[Outcome]:
        found: list[Outcome] = []
        for rule in self._rules:
            number, code = rule.number, rule.code
            if code.fast:
                one = fast_code(
                    number, rule.asked, self._names, self._fields, self._constants, bounds
                )
            else:
                cells = (self._names[name] for name in rule.asked.cells)
                one = Outcome(f"s{number}({', '.join(('d', *cells))})", set())
            if rule.plan.needs:
                # Plain objects have no documents: what is met lacks them.
                text = f"(None if (r{number} := {one.text}) is True else r{number})"
                one = one._replace(text=text)
            found.append(one._replace(small=one.small | code.small))
        return found

    def _carefully(self, d: Object) -> tuple[State, ...]:
        """The outcomes of one object that generated code could not go through in one go."""
        self.statistics.carefully += 1
        values = self._facts.held(self._cells, d)
        found = []
        for rule in self._rules:
            state = self._state(rule, values, partial(self._ask_of, rule, d))
            found.append(None if state is True and rule.plan.needs else state)
        return tuple(found)

    def _state(self, rule: RoadRule, values: Mapping[str, Any], ask: Callable[[], State]) -> State:
        cells = tuple(values[name] for name in rule.asked.cells)
        if any(value is Aside for value in cells):
            self.statistics.close += 1
            return ask()
        return rule.state(cells, ask, self.statistics)

    def _ask_of(self, rule: RoadRule, d: Object) -> State:
        facts: Facts = self._facts.exactly(rule.reads, d)
        try:
            return _STATES.get(self._reference.states(rule.plan, facts))
        except Exception:
            return BROKEN

    # --- columns ---------------------------------------------------------------------------

    @property
    def road_rules(self) -> tuple[RoadRule, ...]:
        """What is generated for each of `rules`."""
        return tuple(self._rules)

    @property
    def fields(self) -> Fields:
        """The facts by `group.field`."""
        return self._fields

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The keys a fact, named `group.field`, may have in an object, the first one first."""
        return self._facts.keys[name]

    def fetch(self, names: Sequence[str]) -> Callable[[Object], Iterable[Any]]:
        """What gives the values of these facts as they stand in an object."""
        return self._facts.fetch(names)

    def settled(self, rule: RoadRule, d: Mapping[str, Any], cells: Iterable[Any]) -> State:
        """The outcome of one rule for one object, whose values of its cells are given as
        generated code holds them, None for one that is missing."""
        state: State = self._space[f"s{rule.number}"](d, *cells)
        return state

    def alike(self, rule: RoadRule, d: Mapping[str, Any], cells: tuple[Any, ...]) -> Settled:
        """The same, and whether it is the outcome of all objects that lack the same facts and in
        which the same conditions hold."""
        applies, met, outcomes = rule.logic(*cells)
        state = rule.decided(applies, met)
        if state is not None:
            return state, True
        return rule.opened(cells, outcomes, partial(self._ask_of, rule, d), self.statistics)

    def exactly(self, rule: RoadRule, d: Mapping[str, Any]) -> State:
        """What the reference evaluator says of one rule for one object."""
        self.statistics.close += 1
        return self._ask_of(rule, d)

    # --- dossiers --------------------------------------------------------------------------

    def assess(self, dossier: Dossier) -> list[Verdict]:
        """The verdict on each rule of the pack, as `guiju.assessment.assess` gives it."""
        run = Run(self.plan, dossier, self.as_of or dossier.submitted)
        by_plan = {id(rule.plan): rule for rule in self._rules}
        values = self._values(dossier)
        found: list[Verdict] = []
        with localcontext(CONTEXT):
            evaluator = Evaluator(run, brief=True)
            for plan in self.plan.rules:
                rule = by_plan.get(id(plan))
                if rule is None:
                    found.append(evaluator.requirement(plan).verdict)
                    continue
                state = self._state(rule, values, partial(_Told, evaluator, plan))
                self.statistics.results += 1
                found.append(state.verdict if isinstance(state, _Told) else _said(state, plan, run))
        self.statistics.objects += 1
        return found

    def conforming(self, run: Run) -> frozenset[str]:
        """The ids of rules that conform as far as generated code can say: the reference
        evaluator is not asked."""
        values = self._values(run.dossier)
        states = ((rule.plan, self._state(rule, values, lambda: None)) for rule in self._rules)
        return frozenset(plan.id for plan, state in states if _said(state, plan, run) == "conforms")

    def _values(self, dossier: Dossier) -> dict[str, Any]:
        """The facts of a dossier as generated code holds them."""
        values: dict[str, Any] = {}
        for name in self._cells:
            group, _, fact = name.partition(".")
            given = dossier.facts.get((group, fact))
            try:
                value = None if given is None else given.value
                values[name] = held_or_aside(self._fields[name], value)
            except Refused:
                # The reference evaluator takes what a dossier holds as it is.
                values[name] = Aside
        return values


class _Told:
    """A verdict of the reference evaluator, which has looked at documents too."""

    def __init__(self, evaluator: Evaluator, plan: RulePlan) -> None:
        self.verdict = evaluator.requirement(plan).verdict


_STATES: dict[int, State] = {PASS: True, FAIL: False, STATE_APART: APART}


def _said(state: State, plan: RulePlan, run: Run) -> Verdict:
    if state is True:
        lacks = any(not documents_of(run, kind) for kind in plan.needs)
        return "undetermined" if lacks else "conforms"
    if state is False:
        return "nonconforming"
    return "undetermined" if state is None else "not applicable"


def compile_pack(
    plan: PackPlan,
    *,
    as_of: date | None = None,
    names: Mapping[tuple[str, str], str] | None = None,
    typed: bool = False,
) -> CompiledPack:
    """A pack compiled for objects: mappings from the names of facts to their values, or rows.

    A fact is named by its field where only one group has that, and always by `group.field`;
    `names` gives other keys, by group and field. `typed` says that the caller knows the values
    to be of the classes of their facts, or None, as those of a database or a Parquet file are:
    float of a number, int of an integer, str, bool, date. Then only what is not finite or out
    of its range is looked for.
    """
    return CompiledPack(plan, as_of=as_of, names=names, typed=typed)
