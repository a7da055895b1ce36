"""Proofs about conditions: always true, always false, never reached.

A condition is brought to a disjunction of conjunctions of atoms. An atom bounds one
value (`area >= 400 m2`, `stand is tree`), or is opaque and only known to agree with
itself. A conjunction is impossible when the bounds on some value leave nothing. The
proof is sound: what it calls impossible is impossible; it may miss some that are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from guiju.checking import problems
from guiju.checking.vocabulary import fold
from guiju.diagnostics import Diagnostics
from guiju.plan import nodes as plan
from guiju.plan.types import OneOfType
from guiju.plan.walk import children, inside
from guiju.source import Span

Range = Callable[[plan.Expr], tuple[Any, Any]]
Atom = tuple[str, str, Any, plan.Expr]
"""What is bounded (as text), the operator, the bound, and the expression itself."""

_MOST_CONJUNCTIONS = 128
_MOST_PARTS = 60
_POSITIVE = {
    "<": ("<", True),
    ">=": ("<", False),
    ">": (">", True),
    "<=": (">", False),
    "=": ("=", True),
    "!=": ("=", False),
}


class TooManyCases(Exception):
    """The condition has too many cases to look at; nothing is proved."""


class Proofs:
    """Decides conditions; `range_of` gives the declared range of a fact or column, `lets`
    the values of a rule's lets by slot."""

    def __init__(self, range_of: Range, lets: dict[int, plan.Expr]) -> None:
        self.range_of = range_of
        self.lets = lets

    def possible(self, conditions: Iterable[tuple[plan.Expr, bool]]) -> bool:
        """Whether all conditions can have the wanted outcomes together."""
        cases: list[list[Atom]] = [[]]
        try:
            for condition, wanted in conditions:
                cases = _all_of(cases, self._cases(condition, wanted))
        except (TooManyCases, RecursionError):
            return True
        return any(self._consistent(case) for case in cases)

    # --- cases ------------------------------------------------------------------------

    def _cases(self, node: plan.Expr, wanted: bool) -> list[list[Atom]]:
        match node:
            case plan.Constant():
                return [[]] if node.value is wanted else []
            case plan.Not():
                return self._cases(node.operand, not wanted)
            case plan.And() | plan.Or():
                every = isinstance(node, plan.And) is wanted
                parts = [self._cases(operand, wanted) for operand in node.operands]
                if not every:
                    return _limited([case for part in parts for case in part])
                cases: list[list[Atom]] = [[]]
                for part in parts:
                    cases = _all_of(cases, part)
                return cases
            case plan.Between():
                return self._cases(plan.And((node.low, node.high), node.type), wanted)
            case plan.Compare():
                return self._compare(node, wanted)
            case plan.Membership():
                members = self._members(node.members)
                if members is not None:
                    inside = wanted is not node.negated
                    return [[self._atom(node.value, "in" if inside else "not in", members)]]
            case plan.If():
                yes = _all_of(self._cases(node.condition, True), self._cases(node.then, wanted))
                no = _all_of(
                    self._cases(node.condition, False), self._cases(node.otherwise, wanted)
                )
                return _limited(yes + no)
            case plan.LocalRef(slot=slot) if slot in self.lets:
                return self._cases(self.lets[slot], wanted)
        return [[self._atom(node, "=", wanted)]]

    def _compare(self, node: plan.Compare, wanted: bool) -> list[list[Atom]]:
        operator = node.operator if wanted else plan.CONTRARY[node.operator]
        left, right = self._fold(node.left), self._fold(node.right)
        numeric = node.left.type.kind == "number"
        if left is not None and right is not None:
            if numeric:
                left, right = Fraction(left) * node.left_scale, Fraction(right) * node.right_scale
            return [[]] if _holds(left, operator, right) else []
        if left is None and right is None:
            return [[self._opaque(node, wanted)]]
        if right is not None:
            value, limit, ratio = node.left, right, Fraction(node.right_scale, node.left_scale)
        else:
            value, limit, ratio = node.right, left, Fraction(node.left_scale, node.right_scale)
            operator = plan.TURNED[operator]
        if numeric:
            limit = Fraction(limit) * ratio
            while isinstance(value, plan.Scale):
                limit *= Fraction(value.denominator, value.numerator)
                value = value.operand
        elif not isinstance(limit, str) and node.left.type.kind == "duration":
            return [[self._opaque(node, wanted)]]
        return [[self._atom(value, operator, limit)]]

    def _opaque(self, node: plan.Compare, wanted: bool) -> Atom:
        """A comparison of two values that are not fixed: what is known of it is only that
        `a >= b` is the opposite of `a < b`."""
        operator, same = _POSITIVE[node.operator]
        return self._atom(plan.Compare(operator, *node[1:]), "=", wanted is same)

    def _fold(self, node: plan.Expr) -> Any:
        if isinstance(node, plan.LocalRef) and node.slot in self.lets:
            return self._fold(self.lets[node.slot])
        return fold(node)

    def _members(self, node: plan.Expr) -> tuple[Any, ...] | None:
        if not isinstance(node, plan.ListOf):
            return None
        members = tuple(self._fold(item) for item in node.items)
        return None if any(m is None for m in members) else members

    def _atom(self, value: plan.Expr, operator: str, bound: Any) -> Atom:
        if isinstance(value, plan.LocalRef) and value.slot in self.lets:
            return self._atom(self.lets[value.slot], operator, bound)
        return _named(value), operator, bound, value

    # --- consistency ------------------------------------------------------------------

    def _consistent(self, case: list[Atom]) -> bool:
        by_value: dict[str, list[Atom]] = {}
        for atom in case:
            by_value.setdefault(atom[0], []).append(atom)
        return all(self._satisfiable(atoms) for atoms in by_value.values())

    def _satisfiable(self, atoms: list[Atom]) -> bool:
        expr = atoms[0][3]
        low, high = self.range_of(expr)
        if isinstance(low, Decimal):
            low = Fraction(low)
        if isinstance(high, Decimal):
            high = Fraction(high)
        low_open = high_open = False
        allowed: set[Any] | None = None
        refused: set[Any] = set()
        if isinstance(expr.type, OneOfType):
            allowed = set(expr.type.options)
        elif expr.type.kind == "yes/no":
            allowed = {True, False}
        for _, operator, bound, _ in atoms:
            match operator:
                case "=":
                    allowed = {bound} if allowed is None else allowed & {bound}
                case "in":
                    allowed = set(bound) if allowed is None else allowed & set(bound)
                case "!=":
                    refused.add(bound)
                case "not in":
                    refused |= set(bound)
                case ">" | ">=":
                    if low is None or bound > low or (bound == low and operator == ">"):
                        low, low_open = bound, operator == ">"
                case "<" | "<=":
                    if high is None or bound < high or (bound == high and operator == "<"):
                        high, high_open = bound, operator == "<"
        if allowed is not None:
            return any(
                (low is None or value > low or (value == low and not low_open))
                and (high is None or value < high or (value == high and not high_open))
                for value in allowed - refused
            )
        if low is None or high is None:
            return True
        if low == high:
            return not low_open and not high_open and low not in refused
        return bool(low < high)


def _named(value: plan.Expr) -> str:
    """What tells a value from others. One of many parts is only ever itself: to write it
    out could take for ever, since parts may be shared."""
    for count, _ in enumerate(inside(value)):
        if count > _MOST_PARTS:
            return f"#{id(value)}"
    return str(value)


def _holds(left: Any, operator: str, right: Any) -> bool:
    match operator:
        case "=":
            return bool(left == right)
        case "!=":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
    return bool(left >= right)


def _all_of(first: list[list[Atom]], second: list[list[Atom]]) -> list[list[Atom]]:
    if len(first) * len(second) > _MOST_CONJUNCTIONS:
        raise TooManyCases
    return [a + b for a in first for b in second]


def _limited(cases: list[list[Atom]]) -> list[list[Atom]]:
    if len(cases) > _MOST_CONJUNCTIONS:
        raise TooManyCases
    return cases


# --- a rule's conditions --------------------------------------------------------------

Context = tuple[tuple[plan.Expr, bool], ...]


class ConditionProofs:
    """Reports the conditions of one rule or formula that cannot go both ways.

    `spans` gives the place of a condition as the checker saw it; what the checker made
    itself has none and is passed over.
    """

    def __init__(self, proofs: Proofs, spans: dict[int, Span], diagnostics: Diagnostics) -> None:
        self.proofs = proofs
        self.spans = spans
        self.diagnostics = diagnostics

    def condition(self, node: plan.Expr, context: Context, *, exception: bool = False) -> bool:
        """A condition where `context` holds; an `exception` that contradicts it is unreachable.
        Gives whether it can hold, so that what depends on it need not be looked at."""
        span = self.spans.get(id(node))
        if not self.proofs.possible((*context, (node, True))):
            if span is not None:
                if exception and self.proofs.possible([(node, True)]):
                    self.diagnostics.add(problems.Unreachable(span))
                else:
                    self.diagnostics.add(problems.AlwaysFalse(span))
            return False
        if span is not None and not self.proofs.possible((*context, (node, False))):
            self.diagnostics.add(problems.AlwaysTrue(span))
            return True
        self.branches(node, context)
        return True

    def branches(self, node: plan.Expr, context: Context) -> None:
        """The `if`s and `where`s inside an expression."""
        match node:
            case plan.If():
                if self.condition(node.condition, context):
                    self.branches(node.then, (*context, (node.condition, True)))
                otherwise = (*context, (node.condition, False))
                if self.proofs.possible(otherwise):
                    self.branches(node.otherwise, otherwise)
            case plan.Between():
                # Both comparisons hold the same value: it is gone through once.
                for part in (node.low.left, node.low.right, node.high.right):
                    self.branches(part, context)
            case plan.Quantified() | plan.Aggregate():
                if node.where is not None:
                    if not self.condition(node.where, context):
                        return
                    context = (*context, (node.where, True))
                inner = node.satisfies if isinstance(node, plan.Quantified) else node.value
                if isinstance(node, plan.Quantified):
                    self.condition(node.satisfies, context)
                elif inner is not None:
                    self.branches(inner, context)
            case _:
                for part in children(node):
                    self.branches(part, context)
