"""Which missing facts could change a verdict.

The rule is run again with values in the place of missing facts: every answer of a yes/no
or one-of fact; for numbers, dates and texts one value from each region in which all
comparisons with known values come out alike. What results is a decision tree over the
missing facts; where all branches of a fact are the same, the fact does not matter and its
node falls away. What is left names exactly the facts that matter.

A fact used otherwise than in comparisons with known values has no such list of values and
stays unknown. Sums, differences, products and roundings of it still lie between what the ends of
its declared range give (`intervals`), and a comparison that is decided by that is decided. What
is left unknown can only ask for a fact too many, never for one too few. So does a rule
that would take more runs than `MOST_RUNS`.
"""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from guiju.evaluation.outcome import CompiledRule, Outcome
from guiju.evaluation.run import Run
from guiju.evaluation.unknown import Lacking, Probe
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, YesNoType
from guiju.plan.walk import inside
from guiju.record import Record

MOST_RUNS = 4096
MOST_ROWS = 400_000
"""Rows gone over in all the runs of one rule for one row."""
_ENUMERABLE = 64
OTHER_TEXT = "\ufffe"
"""A text that stands for all that are not named anywhere."""


class Settled(Record):
    """All that is possible whatever the missing facts are, and those that matter."""

    states: int
    lacks: frozenset[Lacking]


class _TooManyError(Exception):
    """The runs allowed are used up."""


class _Regions(Record):
    """The values to try for a fact. A label says where a region ends, so that regions of
    different cuts can be compared; `ordered` ones may be merged with their neighbours,
    and those of `other` stand for every value not named."""

    values: list[tuple[Any, Any]]
    ordered: bool
    other: bool = False


def settle(rule: CompiledRule, row: int | None, outcome: Outcome) -> Settled:
    """What an outcome with unknowns comes to. A rule that may not apply and one that is met
    are two outcomes: not knowing which keeps the verdict open.

    Of a cell that another dossier lacks no value is tried, and where very many rows of other
    dossiers are gone over none at all."""
    if rule.plan.across and not _worth_trying(rule, outcome):
        return Settled(outcome.states, outcome.lacks)
    explorer = _Explorer(rule, row, outcome)
    try:
        tree = explorer.explore({})
    except _TooManyError:
        return Settled(outcome.states, outcome.lacks)
    states = explorer.seen
    if explorer.decided(states):
        return Settled(states, frozenset())
    return Settled(states, frozenset(_named(tree)) or outcome.lacks)


def _worth_trying(rule: CompiledRule, outcome: Outcome) -> bool:
    """Whether there is a missing fact of the dossier itself, and few enough rows of others."""
    own = any(lack.kind in ("fact", "cell") for lack in outcome.lacks)
    return own and _rows_gone_over(rule) * _ENUMERABLE <= MOST_ROWS


def _named(tree: Any) -> set[Lacking]:
    """The facts a tree still depends on."""
    if tree[0] == "leaf":
        return set()
    if tree[0] == "open":
        return set(tree[1])
    _, lack, branches = tree
    found = {lack}
    for _, branch in branches:
        found |= _named(branch)
    return found


class _Explorer:
    def __init__(self, rule: CompiledRule, row: int | None, outcome: Outcome) -> None:
        self.rule, self.row, self.run = rule, row, rule.run
        self.seen = 0
        self.base = outcome.lacks
        cost = _rows_gone_over(rule)
        self.left = min(MOST_RUNS, max(_ENUMERABLE, MOST_ROWS // cost))

    @staticmethod
    def decided(states: int) -> bool:
        """Whether only one thing is possible."""
        return states in (1, 2, 4, 8)

    def explore(self, free: dict[Lacking, Any]) -> Any:
        """The reduced decision tree over the facts missing beyond those of `free`."""
        self.left -= 1
        if self.left < 0:
            raise _TooManyError
        probe = Probe()
        frame: list[Any] = [None] * self.rule.plan.frame
        if self.rule.plan.slot is not None:
            frame[self.rule.plan.slot] = self.row
        with self.run.trial(free, probe):
            outcome = self.rule.outcome(frame, self.row)
        if self.decided(outcome.states):
            self.seen |= outcome.states
            return ("leaf", outcome.states)
        lacks = outcome.lacks
        for lack in sorted(lacks):
            regions = _regions(self.run, lack, probe)
            if regions is not None:
                branches = [
                    (label, self.explore({**free, lack: value})) for label, value in regions.values
                ]
                return _reduced(lack, branches, regions)
        self.seen |= outcome.states
        genuine = frozenset(
            lack for lack in lacks if lack in self.base or lack.kind in ("fact", "cell", "table")
        )
        return ("open", genuine, outcome.states)


def _reduced(lack: Lacking, branches: list[tuple[Any, Any]], regions: _Regions) -> Any:
    if regions.ordered:
        merged: list[tuple[Any, Any]] = []
        for label, tree in branches:
            if merged and merged[-1][1] == tree:
                merged[-1] = (label, tree)
            else:
                merged.append((label, tree))
        branches = merged
    elif regions.other:
        rest = branches[-1][1]
        branches = [branch for branch in branches[:-1] if branch[1] != rest] + branches[-1:]
    first = branches[0][1]
    if all(tree == first for _, tree in branches):
        return first
    return ("fact", lack, tuple(branches))


def _rows_gone_over(rule: CompiledRule) -> int:
    """How many rows one run of a rule goes over, formulas counted as if new."""
    run, plan = rule.run, rule.plan
    seen: set[str] = set()

    def count(node: Any) -> int:
        total = 0
        for part in inside(node):
            if isinstance(part, nodes.TableRows):
                total += run.size(part.table)
            elif isinstance(part, nodes.OtherRows):
                elsewhere = run.other_table(part.table)
                total += 0 if elsewhere is None else len(elsewhere)
            elif isinstance(part, nodes.FormulaRef) and part.formula not in seen:
                seen.add(part.formula)
                total += count(run.pack.formulas[part.formula].body)
        return total

    parts = [*plan.when, *(let.value for let in plan.lets)]
    parts += [unless.condition for unless in plan.unless]
    parts += [part for part in (plan.where, plan.must) if part is not None]
    return 1 + sum(map(count, parts))


# --- the values to try -----------------------------------------------------------------


def _regions(run: Run, lack: Lacking, probe: Probe) -> _Regions | None:
    """The values to try for a fact, None when no list of them is complete."""
    if lack.kind not in ("fact", "cell"):
        return None
    field = run.field(lack.name, lack.field)
    if field is None:
        return None
    cuts = probe.cuts.get(lack, set())
    opaque = lack in probe.opaque
    match field.type:
        case YesNoType():
            return _Regions([(False, False), (True, True)], ordered=False)
        case OneOfType(options=options):
            return _Regions([(option, option) for option in options], ordered=False)
        case TextType() if cuts and not opaque:
            named = [(text, text) for text in sorted(cuts)]
            return _Regions([*named, (None, OTHER_TEXT)], ordered=False, other=True)
        case NumberType():
            return _number_regions(field, cuts, opaque)
        case DateType() if cuts and not opaque:
            low = 1 if field.low is None else field.low.toordinal()
            high = date.max.toordinal() if field.high is None else field.high.toordinal()
            ordinals = {Fraction(cut.toordinal()) for cut in cuts}
            tried = _partition(ordinals, Fraction(low), Fraction(high), integer=True)
            return _ordered([(at, date.fromordinal(int(v))) for at, v in tried])
    return None


def _number_regions(field: FieldPlan, cuts: set[Fraction], opaque: bool) -> _Regions | None:
    assert isinstance(field.type, NumberType)
    low = None if field.low is None else Fraction(field.low)
    high = None if field.high is None else Fraction(field.high)
    integer = field.type.integer
    if opaque or not cuts:
        if not integer or low is None or high is None or high - low > _ENUMERABLE:
            return None
        first, last = -int(-low // 1), int(high // 1)
        return _ordered([((n, 1), Decimal(n)) for n in range(first, last + 1)])
    tried = _partition(cuts, low, high, integer=integer)
    return _ordered([(at, _decimal(value)) for at, value in tried])


def _ordered(values: list[tuple[Any, Any]]) -> _Regions | None:
    """Regions in order; None when the declared range holds no value at all."""
    return _Regions(values, ordered=True) if values else None


def _partition(
    cuts: set[Fraction], low: Fraction | None, high: Fraction | None, *, integer: bool
) -> list[tuple[Any, Fraction]]:
    """One value from each region between and at the cuts, within the declared range."""
    inner = sorted(
        cut for cut in cuts if (low is None or low <= cut) and (high is None or cut <= high)
    )
    found: list[tuple[Any, Fraction]] = []
    below = low
    closed = True  # whether `below` itself belongs to the region above it
    for cut in [*inner, None]:
        above = high if cut is None else cut
        value = _between(below, above, closed, cut is None, integer)
        if value is not None:
            found.append((None if cut is None else (cut, 0), value))
        if cut is not None and _is_decimal(cut) and (not integer or cut.denominator == 1):
            found.append(((cut, 1), cut))
        below, closed = cut, False
    return found


def _between(
    below: Fraction | None,
    above: Fraction | None,
    with_below: bool,
    with_above: bool,
    integer: bool,
) -> Fraction | None:
    """A decimal (or whole) number between two bounds, None when there is none."""
    if below is None and above is None:
        return Fraction(0)
    if below is None:
        assert above is not None
        if not with_above:
            return Fraction(-(-above // 1) - 1)
        return Fraction(above // 1) if integer or not _is_decimal(above) else above
    if above is None:
        if with_below and _is_decimal(below) and (not integer or below.denominator == 1):
            return below
        return Fraction(below // 1 + 1)
    if integer:
        least = -(-below // 1) if with_below else below // 1 + 1
        return Fraction(least) if least < above or (with_above and least == above) else None
    if below >= above:
        return below if with_below and with_above and below == above else None
    middle, power = (below + above) / 2, 1
    while True:
        # The middle with just so many digits that it still lies above the lower bound.
        value = Fraction(middle * power // 1, power)
        if value > below:
            return value
        power *= 10


def _is_decimal(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


_EXACT = Context(prec=2000)


def _decimal(value: Fraction) -> Decimal:
    return _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
