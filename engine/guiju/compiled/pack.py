"""A pack compiled for dossiers as objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import localcontext
from functools import partial
from itertools import islice
from math import exp, floor, log, nan, sqrt

from guiju.compiled.conditions import cells_of, strict, tidy
from guiju.compiled.outlook import Fields, Turns, tried
from guiju.compiled.printer import Constants, Unprintable
from guiju.compiled.source import (
    APART,
    Asked,
    RuleCode,
    asked,
    check_of,
    compiled,
    rule_code,
    run_source,
    single_text,
    texts_of,
)
from guiju.compiled.values import Aside, Refused, column_of, exact, held, taken
from guiju.dossier.model import Dossier
from guiju.evaluation import Evaluator, Run
from guiju.evaluation.facts_run import Facts, FactsRun
from guiju.evaluation.outcome import APART as STATE_APART
from guiju.evaluation.outcome import FAIL, PASS
from guiju.evaluation.references import documents_of
from guiju.hints import Any
from guiju.plan.nodes import FactRef, FormulaRef, PackPlan, RulePlan
from guiju.plan.types import DocumentType, TextType
from guiju.plan.walk import inside
from guiju.quantities import CONTEXT, calendar
from guiju.record import Mutable, field
from guiju.sieve import Lowering, Sieve, sieve_of
from guiju.sieve.lower import Column
from guiju.sieve.nodes import Literal
from guiju.verdicts import Verdict

BROKEN = "!"
"""The outcome of a rule whose evaluation failed: a fault of the engine."""
OTHER_TEXT = "\ufffe"
"""A text that stands for all that no rule names."""
_MOST_KEPT = 4_096
"""Answers of the reference evaluator kept for a rule, of objects that are alike."""
_MOST_LAYOUTS = 8
"""Orders of facts in objects that code is generated for."""
_CHUNK = 4_096

State = Any
"""True: conforms. False: nonconforming. None: undetermined. `APART`, `BROKEN`."""
Object = Mapping[str, Any]


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
    def decided(self) -> int:
        """Results that generated code decided by itself."""
        return self.results - self.close - self.relevance


class _Rule:
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
        self.number, self.plan, self.asked = number, plan, rule
        self.alike = sieve.alike
        self.atoms = [
            (strict(atom), [rule.cells.index(cell.name) for cell in cells_of(atom)])
            for atom in rule.atoms
        ]
        self.exact = code.exact
        """Whether its atoms always have an outcome with their cells there."""
        self.reads = _facts_read(pack, plan)
        """All facts it reads, also where generated code says nothing of them."""
        self.kept: dict[Any, State] = {}
        self.logic: Callable[..., Any] = lambda *cells: (None, None, ())

    def state(
        self, cells: tuple[Any, ...], ask: Callable[[], State], statistics: Statistics
    ) -> State:
        """The outcome for the values of its cells; `ask` asks the reference evaluator."""
        applies, met, outcomes = self.logic(*cells)
        if applies is False:
            return APART
        if applies is True and met is not None:
            return met
        return self.opened(cells, outcomes, ask, statistics)[0]

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
        if self.asked.turns and cells.count(None) == 1:
            at = cells.index(None)
            turns = self.asked.turns.get(self.asked.cells[at])
            if turns is not None:
                return self._tried(turns, cells, at), turns.few
        statistics.relevance += 1
        return ask(), self.alike

    def _tried(self, turns: Turns, cells: tuple[Any, ...], at: int) -> State:
        """What it comes to whatever the one fact is that is missing."""
        against = [cells[self.asked.cells.index(other)] for other in turns.others]
        states = set()
        for value in tried(turns, against):
            applies, met, _ = self.logic(*cells[:at], value, *cells[at + 1 :])
            states.add(APART if applies is False else met)
        return states.pop() if len(states) == 1 else None


class _ByText(dict[Any, State]):
    """What a rule comes to by the one text it depends on; `others` is what it comes to for all
    texts that it does not name, as a pair of itself, empty where there are no others."""

    def __init__(self, known: dict[Any, State], none: State, others: tuple[State, ...]) -> None:
        super().__init__(known)
        self.others = others
        self[None] = none

    def __missing__(self, value: Any) -> State:
        if isinstance(value, str):
            if not value:
                return self[None]
            if self.others:
                if len(self) < _MOST_KEPT:
                    self[value] = self.others[0]
                return self.others[0]
        # No text at all, or none of the options: to be gone through carefully.
        raise Refused


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
    ) -> None:
        self.plan, self.as_of = plan, as_of
        self.statistics = Statistics()
        self._fields: Fields = {
            f"{group.name}.{name}": one
            for group in plan.groups.values()
            for name, one in group.fields.items()
        }
        self._constants = Constants()
        self._rules: list[_Rule] = []
        self._codes: list[RuleCode] = []
        self.left: list[RulePlan] = []
        self._lower()
        self.rules = tuple(rule.plan for rule in self._rules)
        self._cells = list(dict.fromkeys(c for rule in self._rules for c in rule.asked.cells))
        self._keys = _keys(self._fields, names or {})
        self._reference = FactsRun(plan, as_of)
        self._layouts: dict[tuple[str, ...], Any] = {}
        self._refused: list[str] = []
        self._refused_of: Any = None
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
        names = {name: f"v{at}" for at, name in enumerate(self._fields)}
        try:
            code = rule_code(number, rule, names, self._fields, self._constants)
        except Unprintable:
            return False
        self._rules.append(_Rule(self.plan, number, plan, sieve, rule, code))
        self._codes.append(code)
        return True

    def _made(self) -> dict[str, Any]:
        """The names generated code uses, with the functions of the rules."""
        space: dict[str, Any] = dict(
            self._constants.values,
            failures=Exception,
            close=_close,
            sqrt=sqrt,
            exp=exp,
            ln=log,
            floor=floor,
            length=len,
            least=_least,
            greatest=_greatest,
            adddays=_add_days,
            addmonths=_add_months,
            date=date,
            carefully=self._carefully,
        )
        compiled("".join(code.slow for code in self._codes), space)
        for rule in self._rules:
            rule.logic = space[f"k{rule.number}"]
            space[f"o{rule.number}"] = self._opened(rule)
            space[f"m{rule.number}"] = rule.kept
            space[f"z{rule.number}"] = self._closely(rule)
        for at, name in enumerate(self._fields):
            space[f"n{at}"] = self._taken(name)
        return space

    def _opened(self, rule: _Rule) -> Callable[..., State]:
        statistics = self.statistics

        def opened(d: Object, cells: tuple[Any, ...], outcomes: tuple[Any, ...], key: Any) -> State:
            ask = partial(self._ask_of, rule, d)
            state, alike = rule.opened(cells, outcomes, ask, statistics)
            if alike and len(rule.kept) < _MOST_KEPT:
                rule.kept[key] = state
            return state

        return opened

    def _closely(self, rule: _Rule) -> Callable[[Object], State]:
        def closely(d: Object) -> State:
            self.statistics.close += 1
            return self._ask_of(rule, d)

        return closely

    def _taken(self, name: str) -> Callable[[Any, Object], Any]:
        d: Any = None

        def refused() -> None:
            self._refuse(name, d)

        take = taken(self._fields[name], refused)

        def taken_of(value: Any, of: Object) -> Any:
            nonlocal d
            d = of
            return take(value)

        return taken_of

    def _refuse(self, name: str, d: Any) -> None:
        # An object that is gone through again would have its problems told twice.
        if self._refused_of is not d:
            self._tell_refused()
            self._refused_of = d
        self._refused.append(name)

    def _tell_refused(self) -> None:
        problems = self.statistics.problems
        for name in self._refused:
            problems[name] = problems.get(name, 0) + 1
        self._refused.clear()
        self._refused_of = None

    # --- objects ---------------------------------------------------------------------------

    def states(self, objects: Iterable[Object]) -> list[tuple[State, ...]]:
        """For each object a tuple with an outcome per rule of `rules`."""
        found: list[tuple[State, ...]] = []
        todo = iter(objects)
        run: Any = None
        while chunk := list(islice(todo, _CHUNK)):
            if run is None:
                run = self._run_for(chunk[0])
            run(chunk, found.append)
        self._tell_refused()
        self.statistics.objects += len(found)
        self.statistics.results += len(found) * len(self._rules)
        return found

    def _run_for(self, first: Object) -> Any:
        """The function for objects whose facts stand in the order of those of the first."""
        layout = tuple(first)
        found = self._layouts.get(layout)
        if found is None:
            laid = len(layout) <= 3 * len(self._cells) and len(self._layouts) < _MOST_LAYOUTS
            found = self._generated(list(layout), laid)
            if laid:
                self._layouts[layout] = found
        return found

    def _generated(self, layout: list[str], laid: bool) -> Any:
        numbers = {name: f"v{at}" for at, name in enumerate(self._fields)}
        where: dict[str, str] = {}
        for name in self._cells:
            keys = [key for key in self._keys[name] if key in layout]
            if len(keys) == 1 and keys[0] not in where:
                where[keys[0]] = name
            else:
                # Each is fetched by name where some are left out or named twice.
                laid = False
        if laid:
            variables = [numbers[where[key]] if key in where else "_" for key in layout]
            order = [where[key] for key in layout if key in where]
        else:
            order = self._cells
            variables = [numbers[name] for name in order]
        outcomes, checked = self._outcomes()
        checks = [
            check_of(
                numbers[name],
                int(numbers[name][1:]),
                self._fields[name],
                any(name in code.small for code in self._codes),
                self._constants,
            )
            for name in order
            if name in checked
        ]
        text = run_source(variables, laid, checks, outcomes)
        space = {**self._space, **self._constants.values, "layout": layout}
        space["fetch"] = self._fetch(order)
        return compiled(text, space)["run"]

    def _outcomes(self) -> tuple[list[str], set[str]]:
        """The outcome of each rule as an expression, and the facts that have to be looked at."""
        found: list[str] = []
        checked: set[str] = set()
        for rule, code in zip(self._rules, self._codes, strict=True):
            number, cells = rule.number, rule.asked.cells
            variables = [f"v{list(self._fields).index(name)}" for name in cells]
            text = single_text(rule.asked, self._fields)
            if text is not None:
                self._space[f"x{number}"] = self._by_text(rule, text)
                said = f"x{number}[{variables[0]}]"
            else:
                said = code.fast or f"s{number}({', '.join(('d', *variables))})"
                checked |= set(cells)
            if rule.plan.needs:
                # Plain objects have no documents: what is met lacks them.
                said = f"(None if (r{number} := {said}) is True else r{number})"
            found.append(said)
        return found, checked

    def _by_text(self, rule: _Rule, name: str) -> _ByText:
        one = self._fields[name]
        group, _, fact = name.partition(".")

        def state(value: str | None) -> State:
            facts = {} if value is None else {(group, fact): value}
            return rule.state((value,), lambda: self._ask(rule, facts), Statistics())

        options = getattr(one.type, "options", None)
        known = {text: state(text) for text in options or texts_of(rule.asked)}
        others = (state(OTHER_TEXT),) if isinstance(one.type, TextType) else ()
        return _ByText(known, state(None), others)

    def _fetch(self, order: Sequence[str]) -> Callable[[Object], Iterable[Any]]:
        """How the facts of an object are had by their names."""
        first = [self._keys[name][0] for name in order]
        others = frozenset(key for name in order for key in self._keys[name][1:])

        def fetch(d: Object) -> Iterable[Any]:
            if others.isdisjoint(d):
                return map(d.get, first)
            return [self._raw(d, name) for name in order]

        return fetch

    def _raw(self, d: Object, name: str) -> Any:
        for key in self._keys[name]:
            value = d.get(key)
            if value is not None:
                return value
        return None

    def _exactly(self, rule: _Rule, d: Object) -> Facts:
        """The facts a rule reads as the reference evaluator has them."""
        facts: Facts = {}
        for name in rule.reads:
            try:
                value = exact(self._fields[name], self._raw(d, name))
            except Refused:
                continue
            if value is not None:
                group, _, fact = name.partition(".")
                facts[group, fact] = value
        return facts

    def _carefully(self, d: Object) -> tuple[State, ...]:
        """The outcomes of one object that generated code could not go through in one go."""
        statistics = self.statistics
        statistics.carefully += 1
        if self._refused_of is d:
            self._refused.clear()
        values: dict[str, Any] = {}
        state: State
        for name in self._cells:
            one = self._fields[name]
            try:
                value = exact(one, self._raw(d, name))
            except Refused:
                self._refuse(name, d)
                value = None
            values[name] = _held_or_aside(one, value)
        found = []
        for rule in self._rules:
            ask = partial(self._ask_of, rule, d)
            state = self._state(rule, values, ask)
            found.append(None if state is True and rule.plan.needs else state)
        return tuple(found)

    def _state(self, rule: _Rule, values: Mapping[str, Any], ask: Callable[[], State]) -> State:
        cells = tuple(values[name] for name in rule.asked.cells)
        if any(value is Aside for value in cells):
            self.statistics.close += 1
            return ask()
        return rule.state(cells, ask, self.statistics)

    def _ask_of(self, rule: _Rule, d: Object) -> State:
        return self._ask(rule, self._exactly(rule, d))

    def _ask(self, rule: _Rule, facts: Facts) -> State:
        try:
            return _STATES.get(self._reference.states(rule.plan, facts))
        except Exception:
            return BROKEN

    # --- dossiers --------------------------------------------------------------------------

    def assess(self, dossier: Dossier) -> list[Verdict]:
        """The verdict on each rule of the pack, as `guiju.assessment.assess` gives it."""
        day = self.as_of or dossier.submitted
        run = Run(self.plan, dossier, day)
        by_plan = {id(rule.plan): rule for rule in self._rules}
        values: dict[str, Any] = {}
        for name in self._cells:
            group, _, fact = name.partition(".")
            given = dossier.facts.get((group, fact))
            value = None if given is None else given.value
            try:
                values[name] = _held_or_aside(self._fields[name], exact(self._fields[name], value))
            except Refused:
                # The reference evaluator takes what a dossier holds as it is.
                values[name] = Aside
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


class _Told:
    """A verdict of the reference evaluator, which has looked at documents too."""

    def __init__(self, evaluator: Evaluator, plan: RulePlan) -> None:
        self.verdict = evaluator.requirement(plan).verdict


def _facts_read(pack: PackPlan, rule: RulePlan) -> list[str]:
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


_STATES: dict[int, State] = {PASS: True, FAIL: False, STATE_APART: APART}


def _said(state: State, plan: RulePlan, run: Run) -> Verdict:
    if state is True:
        lacks = any(not documents_of(run, kind) for kind in plan.needs)
        return "undetermined" if lacks else "conforms"
    if state is False:
        return "nonconforming"
    return "undetermined" if state is None else "not applicable"


def _held_or_aside(one: Any, value: Any) -> Any:
    try:
        return held(one, value)
    except Aside:
        return Aside


def _keys(fields: Fields, names: Mapping[tuple[str, str], str]) -> dict[str, tuple[str, ...]]:
    """The keys a fact may have in an object, the first one first."""
    count: dict[str, int] = {}
    for name in fields:
        fact = name.partition(".")[2]
        count[fact] = count.get(fact, 0) + 1
    found: dict[str, tuple[str, ...]] = {}
    for name in fields:
        group, _, fact = name.partition(".")
        if (group, fact) in names:
            found[name] = (names[group, fact],)
        else:
            found[name] = (fact, name) if count[fact] == 1 else (name,)
    return found


# --- what generated code calls -------------------------------------------------------------


class Close(ArithmeticError):
    """Two sides are closer than the error of binary64 can be."""


def _close() -> Any:
    raise Close


def _least(*values: Any) -> Any:
    return min(values) if all(value == value for value in values) else nan


def _greatest(*values: Any) -> Any:
    return max(values) if all(value == value for value in values) else nan


def _add_days(start: date, days: int) -> date:
    return start + timedelta(days)


def _add_months(start: date, months: int, end: str) -> date:
    return calendar.add(start, months, "months", end or None)  # type: ignore[arg-type]


def compile_pack(
    plan: PackPlan,
    *,
    as_of: date | None = None,
    names: Mapping[tuple[str, str], str] | None = None,
) -> CompiledPack:
    """A pack compiled for objects: mappings from the names of facts to their values.

    A fact is named by its field where only one group has that, and always by `group.field`;
    `names` gives other keys, by group and field.
    """
    return CompiledPack(plan, as_of=as_of, names=names)
