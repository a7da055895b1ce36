"""A short test that is true of most rows that a rule has nothing to say of.

The tests of a sieve have three outcomes, and which of them a row has, and why, is much to work
out for millions of rows of which all but a few pass. So a road first asks what is enough for a
row to pass, and works out the outcomes of the other rows only. What is enough is true only where
the rule certainly conforms or does not apply; it need not be true of all those rows.

Where it is known between which ends the values of cells lie, what guards against numbers out of
all range is left out, and how far a value may be wrong is the same for all rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import exp, inf, isfinite, log, nextafter

from guiju.plan.nodes import CONTRARY
from guiju.sieve.logic import both, either, opposite
from guiju.sieve.nodes import (
    FALSE,
    TRUE,
    Absent,
    Apply,
    Both,
    Cell,
    Choice,
    Cut,
    Either,
    Gap,
    Held,
    Literal,
    Looked,
    Node,
    Opposite,
    Test,
)
from guiju.sieve.rules import Sieve

Range = tuple[float, float]
"""The least and the greatest a value can be, both finite, wherever there is a value."""

EndsOf = Callable[[Cell], "Range | None"]
"""Between which ends the values of a cell lie; None where that is not known."""

_MOST_DAYS = float(date.max.toordinal())
"""How many days any two dates are apart at most."""

_MOST_REACH = 1e-3
"""What the largest error in a column may be for all its rows to be asked to keep clear of it."""


def passing(sieve: Sieve, ends_of: EndsOf) -> Node:
    """What is enough for a row to conform, or for the rule not to apply to it."""
    test = _Passing(ends_of).enough
    met = test(sieve.met, True)
    if sieve.applies is TRUE:
        return met
    outside = test(sieve.applies, False)
    if sieve.selects is not TRUE:
        # Where it is open whether a row is picked, it is open whether it is counted.
        outside = both([outside, test(sieve.selects, True)])
        outside = either([test(sieve.selects, False), outside])
    return either([both([test(sieve.applies, True), met]), outside])


def certainly(test: Node, outcome: bool, ends_of: EndsOf) -> Node:
    """What is enough for a test to have an outcome."""
    return _Passing(ends_of).enough(test, outcome)


class _Passing:
    def __init__(self, ends_of: EndsOf) -> None:
        self.ends = Ends(ends_of).of

    def enough(self, node: Node, wanted: bool) -> Node:
        """What is enough for a test to have the outcome."""
        match node:
            case Literal(value):
                return TRUE if value is wanted else FALSE
            case Absent():
                return FALSE
            case Both(operands) | Either(operands):
                parts = [self.enough(one, wanted) for one in operands]
                return both(parts) if isinstance(node, Both) is wanted else either(parts)
            case Opposite(operand):
                return self.enough(operand, not wanted)
            case Held(guard, value):
                return both([self._guard(guard), self.enough(value, wanted)])
            case Choice(condition, then, otherwise):
                return either(
                    [
                        both([self.enough(condition, True), self.enough(then, wanted)]),
                        both([self.enough(condition, False), self.enough(otherwise, wanted)]),
                    ]
                )
            case Test(operator, left, right):
                sign = operator if wanted else CONTRARY[operator]
                return Test(sign, self._plain(left), self._plain(right))
            case Cut(value=value, low=low, high=high):
                return self._beyond(node, self._plain(value), Literal(low), Literal(high), wanted)
            case Gap(left, right, tolerance):
                apart = Apply("-", (self._plain(left), self._plain(right)))
                ends = self.ends(tolerance)
                reach: Node = tolerance
                below: Node = Apply("negate", (tolerance,))
                if ends is not None and ends[1] < _MOST_REACH:
                    reach, below = Literal(ends[1]), Literal(-ends[1])
                return self._beyond(node, apart, below, reach, wanted)
        return node if wanted else opposite(node)

    def _beyond(self, node: Cut | Gap, value: Node, low: Node, high: Node, wanted: bool) -> Node:
        """That a value is on the side of its threshold where a test has the outcome."""
        above, below = [Test(">", value, high)], [Test("<", value, low)]
        if self.ends(value) is None and not isinstance(value, Cell):
            # What overflowed says nothing; no number at all is greater than everything.
            above.append(Test("<", value, Literal(inf)))
            below.append(Test(">", value, Literal(-inf)))
        if node.above is None:
            return either([both([*above]), both([*below])]) if node.apart is wanted else FALSE
        return both([*(above if node.above is wanted else below)])

    def _plain(self, value: Node) -> Node:
        """A value without the guards that hold in any case."""
        match value:
            case Held(guard, inner):
                kept = self._guard(guard)
                plain = self._plain(inner)
                return plain if kept is TRUE else Held(kept, plain)
            case Apply("abs", (one,)):
                plain, ends = self._plain(one), self.ends(one)
                return plain if ends is not None and ends[0] >= 0 else Apply("abs", (plain,))
            case Apply(operation, operands):
                return Apply(operation, tuple(self._plain(one) for one in operands))
        return value

    def _guard(self, guard: Node) -> Node:
        """What remains to be asked of a guard. Where a cell in it is missing, it is also missing
        in what is guarded."""
        if isinstance(guard, Both):
            return both([self._guard(one) for one in guard.operands])
        if not isinstance(guard, Test):
            return self.enough(guard, True)
        left, right = self.ends(guard.left), self.ends(guard.right)
        if left is not None and right is not None:
            match guard.operator:
                case ">=" if left[0] >= right[1]:
                    return TRUE
                case "<=" if left[1] <= right[0]:
                    return TRUE
                case ">" if left[0] > right[1]:
                    return TRUE
                case "<" if left[1] < right[0]:
                    return TRUE
        return guard


class Ends:
    """Between which ends the values of nodes lie, rounding and all."""

    def __init__(self, ends_of: EndsOf) -> None:
        self.ends_of = ends_of
        self._known: dict[int, tuple[Node, Range | None]] = {}

    def of(self, node: Node) -> Range | None:
        """The ends of a number; None where they are not known, or not finite."""
        known = self._known.get(id(node))
        if known is None:
            found = self._found(node)
            if found is not None and not (isfinite(found[0]) and isfinite(found[1])):
                found = None
            # Holding the node keeps its identity its own.
            known = self._known[id(node)] = node, found
        return known[1]

    def _found(self, node: Node) -> Range | None:
        match node:
            case Cell(kind="number"):
                return self.ends_of(node)
            case Literal(float() as value):
                return value, value
            case Held(_, value):
                return self.of(value)
            case Choice(_, then, otherwise):
                several = [self.of(then), self.of(otherwise)]
            case Looked(rows=rows):
                if not rows or not all(isinstance(value, float | int) for _, value in rows):
                    return None
                values = [float(value) for _, value in rows]
                return min(values), max(values)
            case Apply("days", _):
                return -_MOST_DAYS, _MOST_DAYS
            case Apply(operation, operands):
                ends = [self.of(one) for one in operands]
                known = [one for one in ends if one is not None]
                return _applied(operation, known) if len(known) == len(ends) else None
            case _:
                return None
        both_ = [one for one in several if one is not None]
        if len(both_) < len(several):
            return None
        return min(low for low, _ in both_), max(high for _, high in both_)


def _applied(operation: str, ends: list[Range]) -> Range | None:
    match operation, ends:
        case "negate", [(low, high)]:
            return -high, -low
        case "abs", [(low, high)]:
            return max(low, -high, 0.0), max(-low, high)
        case "+", [(a, b), (c, d)]:
            return _wider([a + c, b + d])
        case "-", [(a, b), (c, d)]:
            return _wider([a - d, b - c])
        case "*", [(a, b), (c, d)]:
            return _wider([a * c, a * d, b * c, b * d])
        case "/", [(a, b), (c, d)] if c > 0 or d < 0:
            return _wider([a / c, a / d, b / c, b / d])
        case "power", [(a, b), (c, d)] if a > 0:
            powers = [exponent * log(base) for base in (a, b) for exponent in (c, d)]
            if max(map(abs, powers)) > 600:
                return None
            # The logarithm, the product and the exponential are each a little off.
            return exp(min(powers)) * (1 - 1e-9), exp(max(powers)) * (1 + 1e-9)
        case "least", several:
            return min(low for low, _ in several), min(high for _, high in several)
        case "greatest", several:
            return max(low for low, _ in several), max(high for _, high in several)
    return None


def _wider(values: list[float]) -> Range | None:
    if not all(map(isfinite, values)):
        return None
    return nextafter(min(values), -inf), nextafter(max(values), inf)
