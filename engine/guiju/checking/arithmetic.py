"""Arithmetic at checking: which quantities can meet, and the unit of what comes out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from guiju.checking import problems
from guiju.checking.kinds import (
    DATE,
    DAYS,
    NUMBER,
    TEXT,
    is_zero,
    normalised,
    to_unit,
    type_words,
)
from guiju.checking.mismatches import Mismatches
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import DurationType, NumberType
from guiju.syntax import nodes as syntax

_HIGHEST_POWER = 12
"""No methodology raises a quantity with a unit to a higher power; 10 ha ^ 999999 would keep
a machine busy for hours."""


class Arithmetics(Mismatches):
    """The arithmetic operators."""

    def negate(self, node: syntax.Unary, operand: plan.Expr | None) -> plan.Expr | None:
        if operand is None:
            return None
        if not isinstance(operand.type, NumberType):
            return self.not_a_number(node.operand, operand)
        if isinstance(operand, plan.Constant):
            # Not `-value`, which would round to the digits of the current context.
            value = operand.value.copy_negate() if operand.value else operand.value
            return plan.Constant(value, operand.type)
        return plan.Negate(operand, operand.type)

    def arithmetic(
        self, node: syntax.Binary, left: plan.Expr, right: plan.Expr, month_end: str | None
    ) -> plan.Expr | None:
        a, b = left.type, right.type
        if a.kind in ("date", "duration") or b.kind in ("date", "duration"):
            return self._calendar(node, left, right, month_end)
        if node.operator == "+" and a.kind == "text" and b.kind == "text":
            return plan.Template((left, right), TEXT)
        for side, typed in ((node.left, left), (node.right, right)):
            if not isinstance(typed.type, NumberType):
                return self.not_a_number(side, typed)
        assert isinstance(a, NumberType)
        assert isinstance(b, NumberType)
        match node.operator:
            case "+" | "-":
                return self._sum(node, left, a, right, b)
            case "*" | "/":
                return self._product(node.operator, left, right)
            case "^":
                return self._power(node, left, right)
        raise ValueError(node.operator)

    def _sum(
        self,
        node: syntax.Binary,
        left: plan.Expr,
        a: NumberType,
        right: plan.Expr,
        b: NumberType,
    ) -> plan.Expr | None:
        if is_zero(left):
            left, a = to_unit(left, b.unit), b
        elif not a.unit.same_dimension(b.unit) and not is_zero(right):
            return self.units_differ(node.span, a.unit, b.unit)
        integer = a.integer and b.integer
        left, right = normalised(left), normalised(right)
        assert isinstance(left.type, NumberType)
        right = to_unit(right, left.type.unit)
        return plan.Arithmetic(node.operator, left, right, NumberType(left.type.unit, integer))

    def _product(self, operator: str, left: plan.Expr, right: plan.Expr) -> plan.Expr:
        left, right = normalised(left), normalised(right)
        a, b = left.type, right.type
        assert isinstance(a, NumberType)
        assert isinstance(b, NumberType)
        unit = a.unit * b.unit if operator == "*" else a.unit / b.unit
        # A constant such as 44/12 stays an exact ratio instead of a rounded decimal.
        if ratio := _ratio(right):
            if operator == "/":
                ratio = 1 / ratio
            if ratio > 0:
                return _scale(left, ratio, NumberType(unit))
        if operator == "*" and (ratio := _ratio(left)) and ratio > 0:
            return _scale(right, ratio, NumberType(unit))
        integer = operator == "*" and a.integer and b.integer
        whole = plan.Arithmetic(operator, left, right, NumberType(unit, integer))
        return normalised(whole)

    def _power(self, node: syntax.Binary, left: plan.Expr, right: plan.Expr) -> plan.Expr | None:
        left, right = normalised(left), normalised(right)
        a, b = left.type, right.type
        assert isinstance(a, NumberType)
        assert isinstance(b, NumberType)
        if b.unit.dimensions:
            return self.mismatch(node.right, right, type_words(NUMBER))
        if not a.unit.dimensions:
            return plan.Arithmetic("^", left, right, NUMBER)
        power = right.value if isinstance(right, plan.Constant) else None
        if power is not None and abs(power) <= _HIGHEST_POWER and power == int(power):
            unit = a.unit ** int(power)
            return normalised(plan.Arithmetic("^", left, right, NumberType(unit)))
        return self.mismatch(node.left, left, type_words(NUMBER))

    def _calendar(
        self, node: syntax.Binary, left: plan.Expr, right: plan.Expr, month_end: str | None
    ) -> plan.Expr | None:
        a, b = left.type, right.type
        match node.operator, a.kind, b.kind:
            case ("+" | "-", "date", "duration"):
                pass
            case ("+", "duration", "date"):
                left, right, b = right, left, a
            case ("-", "date", "date"):
                return plan.DateDifference(left, right, DAYS)
            case ("+" | "-", "date", _):
                return self.mismatch(node.right, right, bilingual("diagnostics.type-duration"))
            case ("+", _, "date"):
                return self.mismatch(node.left, left, bilingual("diagnostics.type-duration"))
            case ("+" | "-", _, _):
                return self.mismatch(node.left, left, type_words(DATE))
            case _ if a.kind == "number":
                return self.not_a_number(node.right, right)
            case _:
                return self.not_a_number(node.left, left)
        assert isinstance(b, DurationType)
        if b.unit not in ("days", "working days") and month_end is None:
            self.diagnostics.add(problems.ShiftWithoutMonthEnd(node.span))
        sign = 1 if node.operator == "+" else -1
        return plan.DateShift(left, right, sign, month_end, DATE)


def _ratio(expr: plan.Expr) -> Fraction | None:
    """The exact ratio an expression is, when it is one that no decimal can hold."""
    match expr:
        case plan.Scale(operand=plan.Constant(value=Decimal() as value)) if _short(value):
            return Fraction(value) * Fraction(expr.numerator, expr.denominator)
        case plan.Arithmetic(
            operator="/",
            left=plan.Constant(value=Decimal() as top),
            right=plan.Constant(value=Decimal() as bottom),
        ) if bottom and _short(top) and _short(bottom):
            return Fraction(top) / Fraction(bottom)
    return None


def _short(value: Decimal) -> bool:
    """Whether a literal has so few digits that exact ratios of it stay manageable."""
    return len(value.as_tuple().digits) <= 40


def _scale(expr: plan.Expr, ratio: Fraction, type_: NumberType) -> plan.Expr:
    """`expr * ratio`, with a unit that also changed; the unit one is normalised."""
    node = plan.Scale(expr, ratio.numerator, ratio.denominator, type_)
    return normalised(node)
