"""Conditions as Python expressions.

An expression is evaluated with its cells there. Where binary64 cannot say what it comes to, it
raises: `close()` does, and so do a division by nought, a key that a lookup has not, and a day
that does not exist. So what comes out is true or false and proven, and what raises has no
outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

from guiju.compiled.bounds import Bounds, bounded
from guiju.compiled.conditions import Span
from guiju.compiled.constants import Constants, Unprintable
from guiju.compiled.shared import Bare, shared
from guiju.compiled.value_printer import ValuePrinter
from guiju.compiled.whole import Fields, is_exact, is_whole_gap, named_whole
from guiju.hints import Any
from guiju.sieve.nodes import (
    Among,
    Apply,
    Both,
    Cell,
    Choice,
    Cut,
    Either,
    Gap,
    Given,
    Held,
    Literal,
    Looked,
    Opposite,
    Test,
)

_SIGNS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_FEW = 3
"""So many numbers are compared one by one; more are looked up in a set."""


class Printer(ValuePrinter):
    """Prints the conditions of one rule. Where `bounds` are given, an error is bounded by them."""

    def __init__(
        self,
        names: dict[str, str],
        fields: Fields,
        constants: Constants,
        roots: Iterable[Any],
        prefix: str = "t",
        bounds: Bounds | None = None,
    ) -> None:
        super().__init__(names, fields, constants, roots, prefix)
        self._bounds = bounds or {}
        self._held: list[Any] = []

    def test(self, node: Any) -> str:
        """A condition; true or false, or it raises."""
        match node:
            case Both(operands=operands):
                return self._logic(" and ", operands, "True")
            case Either(operands=operands):
                return self._logic(" or ", operands, "False")
            case Opposite(operand):
                return f"(not {self.test(operand)})"
            case Held(guard, value):
                asked = self.test(guard)
                return self._only_here(lambda: f"({self.test(value)} if {asked} else close())")
            case Choice(condition, then, otherwise):
                asked = self.test(condition)
                a = self._only_here(lambda: self.test(then))
                b = self._only_here(lambda: self.test(otherwise))
                return f"({a} if {asked} else {b})"
            case Literal(value):
                return repr(value) if value.__class__ is bool else "close()"
            case Given(value, negated):
                return self._given(value, negated)
            case Cell():
                return self.value(node)
            case Span(_, low, high):
                return self._span(low, high)
            case Test(operator, left, right):
                return self._compare(operator, left, right)
            case Cut():
                return self._cut(node)
            case Gap():
                return self._gap(node)
            case Among(value, members, negated):
                return self._among(value, members, negated)
            case Apply("contains" | "starts_with" | "ends_with" as name, (text, part)):
                a, b = self.value(text), self.value(part)
                if name == "contains":
                    return f"({b} in {a})"
                return f"{a}.{name.replace('_', '')}({b})"
            case Looked():
                return self.value(node)
        raise Unprintable

    def _logic(self, word: str, operands: tuple[Any, ...], none: str) -> str:
        if not operands:
            return none
        parts = [self.test(operands[0])]
        # Only what the first one works out is known afterwards in any case.
        before = self._known
        self._known = dict(before)
        parts += [self.test(one) for one in operands[1:]]
        self._known = before
        return "(" + word.join(parts) + ")"

    def _given(self, value: Any, negated: bool) -> str:
        if isinstance(value, Cell):
            return f"({self._name(value)} is {'' if negated else 'not '}None)"
        if not isinstance(value, Looked):
            raise Unprintable
        # A key that is missing has no row; looking it up by `None` finds none.
        keys = [self._name(k) if isinstance(k, Cell) else self.value(k) for k in value.keys]
        table = self._table(value)
        asked = f"({keys[0]} in {table})" if len(keys) == 1 else f"(({', '.join(keys)}) in {table})"
        return f"(not {asked})" if negated else asked

    def _compare(self, operator: str, left: Any, right: Any) -> str:
        match left, right:
            case Cell(kind="truth"), Literal(bool() as value):
                same = (operator == "=") is value
                return self.value(left) if same else f"(not {self.value(left)})"
            case Apply("abs", (one,)), Literal(float() as size) if (
                0 < size < 1 and operator in (">", ">=") and self._is_whole(one)
            ):
                return f"({self.value(one)} != 0)"
            case Apply("abs", (one,)), Literal(float() as size) if size > 0:
                # As good as `abs`, and faster.
                if operator in (">", ">="):
                    said, again = self._twice(one)
                    below = operator.replace(">", "<")
                    return f"({said} {operator} {size!r} or {again} {below} {-size!r})"
                if operator in ("<", "<="):
                    said = self.value(one)
                    return f"({-size!r} {operator} {said} {operator} {size!r})"
        if isinstance(right, Literal) and self._is_whole(left) and right.value.__class__ is float:
            return f"({self.value(left)} {_SIGNS[operator]} {named_whole(right.value)})"
        if not (self._is_whole(left) and self._is_whole(right)):
            self._keep_small(left, right)
        return f"({self.value(left)} {_SIGNS[operator]} {self.value(right)})"

    def _span(self, low: Any, high: Any) -> str:
        match low, high:
            case Test(above, value, Literal(float() as least)), Test(below, _, Literal(most)):
                named = named_whole if self._is_whole(value) else repr
                said, again = self._twice(value)
                # Faster than `least <= value <= most`.
                return f"({said} {above} {named(least)} and {again} {below} {named(most)})"
            case Cut(), Cut() if not low.operator:
                said, again = self._twice(low.value)
                # Within both ends for certain, or outside of one for certain.
                return (
                    f"({low.high!r} < {said} < {high.low!r}"
                    f" or not ({again} < {low.low!r} or {again} > {high.high!r} or close()))"
                )
            case Gap(), Gap() if is_whole_gap(low, self.fields) and is_whole_gap(high, self.fields):
                first, last = self._whole_value(low.right), self._whole_value(high.right)
                sign = low.operator.replace(">", "<")
                return f"({first} {sign} {self.value(low.left)} {high.operator} {last})"
        return self._logic(" and ", (low, high), "True")

    def _cut(self, node: Cut) -> str:
        if node.operator and node.threshold is not None and self._is_whole(node.value):
            return self._whole_cut(node)
        value, again = self._twice(node.value)
        if node.above is None:
            outside = f"({value} > {node.high!r} or {again} < {node.low!r} or close())"
            return outside if node.apart else f"(not {outside})"
        if node.above:
            return f"({value} > {node.high!r} or not ({again} < {node.low!r} or close()))"
        return f"({value} < {node.low!r} or not ({again} > {node.high!r} or close()))"

    def _whole_cut(self, node: Cut) -> str:
        threshold, operator = node.threshold, node.operator
        value = self.value(node.value)
        if threshold.denominator == 1:
            return f"({value} {_SIGNS[operator]} {int(threshold)!r})"
        match operator:
            case "<" | "<=":
                return f"({value} <= {floor(threshold)!r})"
            case ">" | ">=":
                return f"({value} >= {ceil(threshold)!r})"
        # No whole number is equal to it.
        return self._constantly(value, operator == "!=")

    def _constantly(self, value: str, answer: bool) -> str:
        """The same answer for all values that are there."""
        # By `==`: the value may be a literal, of which `is` warns.
        return f"({value} {'!=' if answer else '=='} {self.constants.name(None)})"

    def _gap(self, node: Gap) -> str:
        if is_whole_gap(node, self.fields):
            a, b = self._whole_value(node.left), self._whole_value(node.right)
            return f"({a} {_SIGNS[node.operator]} {b})"
        apart, reach = self._apart(node)
        if node.above is None:
            outside = f"({apart[1]} > {reach[1]} or {apart[0]} < -{reach[0]} or close())"
            return outside if node.apart else f"(not {outside})"
        if node.above:
            return f"({apart[1]} > {reach[1]} or not ({apart[0]} < -{reach[0]} or close()))"
        return f"({apart[1]} < -{reach[1]} or not ({apart[0]} > {reach[0]} or close()))"

    def _apart(self, node: Gap) -> tuple[tuple[str, str], tuple[str, str]]:
        """How far two sides are apart, and how far they may be for all that is known."""
        left = self.value(node.left)
        right = self.value(node.right)
        apart = self._new(f"{left} - {right}")
        reach = self._at_most(node.tolerance)
        if isinstance(reach, Literal):
            return apart, (repr(reach.value),) * 2
        return apart, self._new(self.value(reach))

    def _at_most(self, node: Any) -> Any:
        if not self._bounds:
            return node
        # It holds the node, so that its identity and those inside it stay theirs.
        self._held.append(bounded(node, self._bounds))
        return self._held[-1]

    def _among(self, value: Any, members: tuple[Any, ...], negated: bool) -> str:
        sought = self.value(value)
        if not members:
            return self._constantly(sought, negated)
        if members[0].__class__ is float:
            if self._is_whole(value):
                members = tuple(int(named_whole(one)) for one in members if one == floor(one))
                if not members:
                    return self._constantly(sought, negated)
            if len(members) <= _FEW:
                again = self.value(value)
                sign, word = (" != ", " and ") if negated else (" == ", " or ")
                named = [sought] + [again] * (len(members) - 1)
                pairs = [f"{a}{sign}{b!r}" for a, b in zip(named, members, strict=True)]
                return f"({word.join(pairs)})"
        elif len(members) == 1:
            return f"({sought} {'!=' if negated else '=='} {self.constants.name(members[0])})"
        among = self.constants.name(frozenset(members))
        return f"({sought} {'not ' if negated else ''}in {among})"

    def chosen(self, condition: Any) -> str:
        """A condition as a value. A comparison is faster where it decides a jump."""
        said = self.test(condition)
        return said if _is_truth(condition) else f"(True if {said} else False)"

    def decided(self, atom: Any, close: str) -> str:
        """A condition with what is to be said where binary64 cannot say, in place of raising."""
        taken = Bare()
        bare = taken.bare(atom)
        guards = list(map(self._guard, taken.guards))
        if isinstance(bare, Gap):
            bare = bare._replace(tolerance=self._at_most(bare.tolerance))
        self._shared = shared((bare, *guards))
        asked = [self.test(guard) for guard in guards]
        match bare:
            case Cut() if not is_exact(bare, self.fields):
                value, again = self._twice(bare.value)
                sides = (f"{value} > {bare.high!r}", f"{again} < {bare.low!r}")
                text = _sides(sides, bare, close)
            case Gap() if not is_whole_gap(bare, self.fields):
                apart, reach = self._apart(bare)
                sides = (f"{apart[1]} > {reach[1]}", f"{apart[0]} < -{reach[0]}")
                text = _sides(sides, bare, close)
            case Span(_, Cut() as low, Cut() as high) if not low.operator:
                value, again = self._twice(low.value)
                text = (
                    f"(True if {low.high!r} < {value} < {high.low!r} else"
                    f" False if {again} < {low.low!r} or {again} > {high.high!r} else {close})"
                )
            case _:
                text = self.chosen(bare)
        return f"({text} if {' and '.join(asked)} else {close})" if asked else text

    def _guard(self, node: Any) -> Any:
        """A guard that holds only where this one does: that a size is greater than an error."""
        match node:
            case Test(">", Apply("abs", _) as size, error) if self._bounds:
                return Test(">", size, self._at_most(error))
        return node

    def alone(self, atom: Any) -> str:
        """A condition that shares nothing with what was printed before."""
        printer = Printer(self.names, self.fields, self.constants, (atom,), "w")
        text = printer.test(atom)
        self.small |= printer.small
        return text


def _is_truth(condition: Any) -> bool:
    """Whether what is printed for a condition has no comparison in it."""
    match condition:
        case Both(operands=operands) | Either(operands=operands):
            return bool(operands) and all(map(_is_truth, operands))
        case Among(members=members):
            return len(members) > _FEW and members[0].__class__ is not float
        case Opposite(operand):
            return _is_truth(operand)
        case Test(_, Cell(kind="truth"), Literal(bool())):
            return True
    return isinstance(condition, Cell)


def _sides(sides: tuple[str, str], node: Cut | Gap, close: str) -> str:
    above, below = (node.apart,) * 2 if node.above is None else (node.above, not node.above)
    return f"({above} if {sides[0]} else {below} if {sides[1]} else {close})"
