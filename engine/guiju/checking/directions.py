"""The sign analysis of conservative formulas: which way each rounding moves the result.

The walk carries the sign with which a part enters the result: 1 where a larger part makes a
larger result, -1 where it makes a smaller one, None where it can be either. For products it
must know the signs of the factors, so the bounds of every part are worked out first, from
literals and declared ranges. What cannot be decided counts as unsafe: a formula is only
passed when every rounding in it, and in the formulas it uses, can do no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from guiju.checking import problems
from guiju.checking.vocabulary import fold
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.walk import children
from guiju.source import Span

Bounds = tuple[Fraction | None, Fraction | None]
"""The least and the greatest value something can have, None where that is not known."""

_ANY: Bounds = (None, None)
_NOT_NEGATIVE: Bounds = (Fraction(0), None)
_ROUNDINGS = {"floor": "down", "ceiling": "up", "round": "nearest"}


class Directions:
    """The bounds and directions of a pack's formulas, which come in dependency order."""

    def __init__(
        self,
        formulas: Mapping[str, plan.FormulaPlan],
        range_of: Callable[[plan.Expr], tuple[Any, Any]],
    ) -> None:
        self.formulas = formulas
        self.range_of = range_of
        self._bounds: dict[str, Bounds] = {}
        for name, formula in formulas.items():
            self._bounds[name] = _Bounding(self, formula).of(formula.body)

    def prove(
        self,
        formula: plan.FormulaPlan,
        span: Span,
        spans: Mapping[int, Span],
        diagnostics: Diagnostics,
    ) -> None:
        """Reports the roundings that can move a conservative formula upwards. A rounding
        that has no place in `spans` belongs to a used pack; the formula stands for it."""
        for key, rounding in self.unsafe(formula):
            place = spans.get(id(rounding), span)
            diagnostics.add(problems.UnsafeDirection(place, bilingual(f"diagnostics.{key}")))

    def unsafe(self, formula: plan.FormulaPlan) -> list[tuple[str, plan.Expr]]:
        """The roundings that can raise a formula's result, each with the key of a message."""
        found: list[tuple[str, plan.Expr]] = []
        todo: list[tuple[str, int | None]] = [(formula.name, 1)]
        seen = set(todo)
        while todo:
            name, way = todo.pop()
            if name not in self.formulas:
                continue
            walk = _Walk(self, self.formulas[name])
            walk.whole(self.formulas[name].body, way)
            found += walk.unsafe
            for reached in walk.formulas:
                if reached not in seen:
                    seen.add(reached)
                    todo.append(reached)
        return found

    def bounds_of(self, name: str) -> Bounds:
        return self._bounds.get(name, _ANY)


class _Bounding:
    """The bounds of the expressions of one formula."""

    def __init__(self, directions: Directions, formula: plan.FormulaPlan) -> None:
        self.directions = directions
        self.lets = {let.slot: let.value for let in formula.lets}
        self._known: dict[int, Bounds] = {}
        # In order, so that a long chain of lets never becomes a deep recursion.
        for let in formula.lets:
            if let.value.type.kind == "number":
                self.of(let.value)

    def of(self, node: plan.Expr) -> Bounds:
        found = self._known.get(id(node))
        if found is None:
            found = self._known[id(node)] = self._work_out(node)
        return found

    def sign(self, node: plan.Expr) -> int | None:
        """1 when the value is never negative, -1 when never positive, None when unsure."""
        low, high = self.of(node)
        if low is not None and low >= 0:
            return 1
        return -1 if high is not None and high <= 0 else None

    def _work_out(self, node: plan.Expr) -> Bounds:
        value = fold(node)
        if isinstance(value, Decimal):
            return Fraction(value), Fraction(value)
        match node:
            case plan.Scale():
                return _times(self.of(node.operand), Fraction(node.numerator, node.denominator))
            case plan.InUnit():
                return self.of(node.operand)
            case plan.Negate():
                return _times(self.of(node.operand), Fraction(-1))
            case plan.LocalRef() if node.slot in self.lets:
                return self.of(self.lets[node.slot])
            case plan.FormulaRef():
                return self.directions.bounds_of(node.formula)
            case plan.If():
                return _either(self.of(node.then), self.of(node.otherwise))
            case plan.Arithmetic():
                return self._arithmetic(node)
            case plan.Rounded() | plan.Call(function="floor" | "ceiling" | "round"):
                # A rounding can leave the bounds, but it never crosses nought.
                low, high = self.of(node.value if isinstance(node, plan.Rounded) else node[1][0])
                return (
                    Fraction(0) if low is not None and low >= 0 else None,
                    Fraction(0) if high is not None and high <= 0 else None,
                )
            case plan.Call(function="abs" | "sqrt" | "exp" | "length"):
                return _NOT_NEGATIVE
            case plan.Call(function="min" | "max"):
                return self._extreme(node)
            case plan.Aggregate(function="count" | "stdev"):
                return _NOT_NEGATIVE
            case plan.Aggregate(function="sum") if node.value is not None:
                low, high = self.of(node.value)
                return (
                    Fraction(0) if low is not None and low >= 0 else None,
                    Fraction(0) if high is not None and high <= 0 else None,
                )
            case plan.Aggregate(function="weighted mean") if node.weight is not None:
                assert node.value is not None
                return self.of(node.value) if self.sign(node.weight) == 1 else _ANY
            case plan.Aggregate() if node.value is not None:
                return self.of(node.value)
        low, high = self.directions.range_of(node)
        return (
            Fraction(low) if isinstance(low, Decimal) else None,
            Fraction(high) if isinstance(high, Decimal) else None,
        )

    def _arithmetic(self, node: plan.Arithmetic) -> Bounds:
        a, b = self.of(node.left), self.of(node.right)
        match node.operator:
            case "-":
                return _plus(a, _times(b, Fraction(-1)))
            case "+":
                return _plus(a, b)
            case "*":
                return _product(a, b)
            case "/":
                low, high = b
                if low is not None and low > 0:
                    return _product(a, (1 / high if high else Fraction(0), 1 / low))
                if high is not None and high < 0:
                    return _product(a, (1 / high, 1 / low if low else Fraction(0)))
                # A division by nought has no result, so only the signs count.
                one, other = self.sign(node.left), self.sign(node.right)
                if one is None or other is None:
                    return _ANY
                return _NOT_NEGATIVE if one == other else (None, Fraction(0))
            case _:
                power = fold(node.right)
                even = isinstance(power, Decimal) and power % 2 == 0
                return _NOT_NEGATIVE if even or self.sign(node.left) == 1 else _ANY

    def _extreme(self, node: plan.Call) -> Bounds:
        every = [self.of(argument) for argument in node.arguments]
        choose = min if node.function == "min" else max
        lows = [low for low, _ in every if low is not None]
        highs = [high for _, high in every if high is not None]
        # One bound is enough for the side the function pulls to.
        low = choose(lows) if len(lows) == len(every) or (lows and choose is max) else None
        high = choose(highs) if len(highs) == len(every) or (highs and choose is min) else None
        return low, high


class _Walk:
    """The roundings of one formula with the sign they enter its result with."""

    def __init__(self, directions: Directions, formula: plan.FormulaPlan) -> None:
        self.bounding = _Bounding(directions, formula)
        self.unsafe: list[tuple[str, plan.Expr]] = []
        self.formulas: list[tuple[str, int | None]] = []
        self._lets: list[tuple[plan.Expr, int | None]] = []
        self._seen: set[tuple[int, int | None]] = set()

    def whole(self, body: plan.Expr, way: int | None) -> None:
        """The body, and the lets it reaches."""
        self._lets.append((body, way))
        while self._lets:
            self.part(*self._lets.pop())

    def part(self, node: plan.Expr, way: int | None) -> None:
        if (id(node), way) in self._seen:
            return
        self._seen.add((id(node), way))
        sign = self.bounding.sign
        match node:
            case plan.Rounded():
                self._rounding(node, node.direction, way)
                self.part(node.value, way)
            case plan.Call(function="floor" | "ceiling" | "round"):
                self._rounding(node, _ROUNDINGS[node.function], way)
                self.part(node.arguments[0], way)
            case plan.Arithmetic(operator="+"):
                self.part(node.left, way)
                self.part(node.right, way)
            case plan.Arithmetic(operator="-"):
                self.part(node.left, way)
                self.part(node.right, _signs(way, -1))
            case plan.Arithmetic(operator="*"):
                self.part(node.left, _signs(way, sign(node.right)))
                self.part(node.right, _signs(way, sign(node.left)))
            case plan.Arithmetic(operator="/"):
                self.part(node.left, _signs(way, sign(node.right)))
                self.part(node.right, _signs(_signs(way, sign(node.left)), -1))
            case plan.Arithmetic(operator="^"):
                power = fold(node.right)
                rises = isinstance(power, Decimal) and sign(node.left) == 1
                self.part(node.left, _signs(way, (1 if power >= 0 else -1) if rises else None))
                self.part(node.right, None)
            case plan.Negate():
                self.part(node.operand, _signs(way, -1))
            case plan.If():
                self.part(node.then, way)
                self.part(node.otherwise, way)
            case plan.LocalRef() if node.slot in self.bounding.lets:
                self._lets.append((self.bounding.lets[node.slot], way))
            case plan.FormulaRef():
                self.formulas.append((node.formula, way))
            case plan.Scale() | plan.InUnit():
                self.part(node.operand, way)
            case plan.Aggregate() if node.value is not None:
                self._aggregate(node, way)
            case plan.Call(function="min" | "max" | "exp" | "ln" | "sqrt"):
                for argument in node.arguments:
                    self.part(argument, way)
            case plan.Call(function="abs"):
                self.part(node.arguments[0], _signs(way, sign(node.arguments[0])))
            case _:
                for part in children(node):
                    if part.type.kind == "number":
                        self.part(part, None)

    def _aggregate(self, node: plan.Aggregate, way: int | None) -> None:
        assert node.value is not None
        if node.weight is not None:
            self.part(node.weight, None)
            way = _signs(way, self.bounding.sign(node.weight))
        elif node.function == "stdev":
            way = None
        if node.function != "count":
            self.part(node.value, way)

    def _rounding(self, node: plan.Expr, direction: str, way: int | None) -> None:
        harmless = {1: "down", -1: "up"}.get(way or 0)
        if direction != harmless:
            self.unsafe.append((f"rounding-{direction}", node))


def _signs(way: int | None, sign: int | None) -> int | None:
    return None if way is None or sign is None else way * sign


def _plus(a: Bounds, b: Bounds) -> Bounds:
    low = a[0] + b[0] if a[0] is not None and b[0] is not None else None
    high = a[1] + b[1] if a[1] is not None and b[1] is not None else None
    return low, high


def _times(bounds: Bounds, ratio: Fraction) -> Bounds:
    low, high = (bound * ratio if bound is not None else None for bound in bounds)
    return (low, high) if ratio > 0 else (high, low)


def _either(a: Bounds, b: Bounds) -> Bounds:
    low = min(a[0], b[0]) if a[0] is not None and b[0] is not None else None
    high = max(a[1], b[1]) if a[1] is not None and b[1] is not None else None
    return low, high


def _product(a: Bounds, b: Bounds) -> Bounds:
    if None not in a and None not in b:
        corners = [x * y for x, y in product(a, b) if x is not None and y is not None]
        return min(corners), max(corners)
    signs = [_sign_of(a), _sign_of(b)]
    if None in signs:
        return _ANY
    if signs[0] == signs[1]:
        # The least product is that of the two nearest to nought.
        near = [x[0] if s == 1 else x[1] for x, s in zip((a, b), signs, strict=True)]
        assert near[0] is not None
        assert near[1] is not None
        return near[0] * near[1], None
    return None, Fraction(0)


def _sign_of(bounds: Bounds) -> int | None:
    low, high = bounds
    if low is not None and low >= 0:
        return 1
    return -1 if high is not None and high <= 0 else None
