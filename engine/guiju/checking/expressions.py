"""Expressions: names resolved, types and dimensions settled.

`Checker.expression` returns the typed node, or None once a problem has been reported;
None spreads silently, so one mistake gives one diagnostic.
"""

from __future__ import annotations

from guiju.checking import problems
from guiju.checking.arithmetic import Arithmetics
from guiju.checking.calls import check_call
from guiju.checking.comparisons import Comparisons
from guiju.checking.kinds import (
    DATE,
    NUMBER,
    ROWS,
    TEXT,
    WHOLE,
    YES_NO,
    any_number,
    is_zero,
    to_unit,
)
from guiju.checking.names import Names
from guiju.checking.rows import RowChecks
from guiju.checking.symbols import Scope, Symbols, function_named, suggest_among
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.functions import FUNCTIONS
from guiju.plan.types import DurationType, ListType, NumberType, OneOfType, Type
from guiju.quantities import ONE
from guiju.source import Span
from guiju.syntax import nodes as syntax


class Checker(Names, Arithmetics, Comparisons, RowChecks):
    """Checks expressions in one scope and reports what is wrong."""

    def __init__(self, symbols: Symbols, scope: Scope, diagnostics: Diagnostics) -> None:
        super().__init__(symbols, scope, diagnostics)
        self.spans: dict[int, Span] = {}
        """Where each condition node came from, by identity, for the proofs."""
        self.kept: list[plan.Expr] = []

    # --- entry points -----------------------------------------------------------------

    def expression(self, node: syntax.Expr, expected: Type | None = None) -> plan.Expr | None:
        """The typed form of an expression. `expected` lets a bare name be an option."""
        typed = self._expression(node, expected)
        if typed is not None and typed.type.kind == "broken":
            return None
        if typed is not None:
            self.kept.append(typed)
            self.spans[id(typed)] = node.span
        return typed

    # --- dispatch ---------------------------------------------------------------------

    def _expression(self, node: syntax.Expr, expected: Type | None) -> plan.Expr | None:
        match node:
            case syntax.Number():
                return self._number(node)
            case syntax.DateLiteral():
                return plan.Constant(node.value, DATE)
            case syntax.DurationLiteral():
                return plan.Constant((node.count, node.unit), DurationType(node.unit))
            case syntax.YesNo():
                return plan.Constant(node.value, YES_NO)
            case syntax.TextLiteral():
                return self._text(node, expected)
            case syntax.Ref():
                return self._ref(node, expected)
            case syntax.Field():
                return self._field(node)
            case syntax.Index():
                return self._index(node, None)
            case syntax.Call():
                return self._call(node)
            case syntax.Unary("-"):
                return self.negate(node, self.expression(node.operand))
            case syntax.Unary():
                inner = self.condition(node.operand)
                return plan.Not(inner, YES_NO) if inner is not None else None
            case syntax.Binary("and" | "or"):
                return self._logic(node)
            case syntax.Binary("=" | "!=" | "<" | "<=" | ">" | ">="):
                return self._compare(node)
            case syntax.Binary():
                left, right = self.expression(node.left), self.expression(node.right)
                if left is None or right is None:
                    return None
                return self.arithmetic(node, left, right, None)
            case syntax.MonthEnd():
                return self._month_end(node)
            case syntax.Within():
                return self._within(node)
            case syntax.Between():
                return self._between(node)
            case syntax.IsKnown():
                value = self.expression(node.value)
                return plan.IsKnown(value, node.negated, YES_NO) if value is not None else None
            case syntax.IsOption():
                return self._is_option(node)
            case syntax.IsIn():
                return self._is_in(node)
            case syntax.ListLiteral():
                return self._list(node, expected)
            case syntax.If():
                return self._if(node, expected)
            case syntax.Quantified():
                return self._quantified(node)
            case syntax.Aggregate():
                return self._aggregate(node)
            case syntax.InUnit():
                return self._in_unit(node)
            case syntax.AsUnit():
                return self._as_unit(node)
            case syntax.Rounded():
                return self._rounded(node, expected)
        raise TypeError(f"no such expression: {node!r}")

    # --- literals and names -----------------------------------------------------------

    def _number(self, node: syntax.Number) -> plan.Expr | None:
        if node.unit is None:
            whole = node.value == node.value.to_integral_value()
            return plan.Constant(node.value, WHOLE if whole else NUMBER)
        unit = self.unit(node.unit, node.span)
        return plan.Constant(node.value, NumberType(unit)) if unit is not None else None

    def _text(self, node: syntax.TextLiteral, expected: Type | None) -> plan.Expr | None:
        parts = self.template_parts(node.parts)
        if parts is None:
            return None
        if all(isinstance(part, str) for part in parts):
            value = "".join(str(part) for part in parts)
            if isinstance(expected, OneOfType):
                return self.option(node.span, value, expected)
            return plan.Constant(value, TEXT)
        return plan.Template(parts, TEXT)

    def template_parts(
        self, parts: tuple[str | syntax.Expr, ...]
    ) -> tuple[str | plan.Expr, ...] | None:
        """The parts of a text, its interpolated expressions typed."""
        typed: list[str | plan.Expr] = []
        for part in parts:
            if isinstance(part, str):
                typed.append(part)
                continue
            value = self.expression(part)
            if value is not None and not _shows(value.type):
                value = self.mismatch(part, value, bilingual("diagnostics.type-shown"))
            if value is not None:
                typed.append(value)
        return tuple(typed) if len(typed) == len(parts) else None

    def _call(self, node: syntax.Call) -> plan.Expr | None:
        name = function_named(node.function.text)
        arguments = [self.expression(argument) for argument in node.arguments]
        if name is None:
            known = {*FUNCTIONS, *(f.zh for f in FUNCTIONS.values())}
            hint = suggest_among(node.function.text, known)
            self.diagnostics.add(
                problems.UnknownFunction(node.function.span, node.function.text, hint)
            )
            return None
        if any(argument is None for argument in arguments):
            return None
        return check_call(self, node, FUNCTIONS[name], [a for a in arguments if a is not None])

    # --- logic and comparison ---------------------------------------------------------

    def _logic(self, node: syntax.Binary) -> plan.Expr | None:
        operands: list[plan.Expr | None] = []
        todo: list[syntax.Expr] = [node]
        while todo:  # a chain of one operator becomes one node with many operands
            part = todo.pop()
            if isinstance(part, syntax.Binary) and part.operator == node.operator:
                todo += [part.right, part.left]
            else:
                operands.append(self.condition(part))
        if any(operand is None for operand in operands):
            return None
        typed = tuple(operand for operand in operands if operand is not None)
        return plan.And(typed, YES_NO) if node.operator == "and" else plan.Or(typed, YES_NO)

    def _if(self, node: syntax.If, expected: Type | None) -> plan.Expr | None:
        condition = self.condition(node.condition)
        then = self.expression(node.then, expected)
        otherwise = self.expression(
            node.otherwise, expected or (then.type if then is not None else None)
        )
        if condition is None or then is None or otherwise is None:
            return None
        if is_zero(then) and isinstance(otherwise.type, NumberType):
            then = to_unit(then, otherwise.type.unit)
        fitted = self.fit(node.otherwise, otherwise, any_number(then.type))
        if fitted is None:
            return None
        type_ = then.type
        if isinstance(type_, NumberType) and isinstance(otherwise.type, NumberType):
            type_ = NumberType(type_.unit, type_.integer and otherwise.type.integer)
        return plan.If(condition, then, fitted, type_)

    # --- units and roundings ----------------------------------------------------------

    def _in_unit(self, node: syntax.InUnit) -> plan.Expr | None:
        value, unit = self.expression(node.value), self.unit(node.unit, _unit_span(node))
        if value is None or unit is None:
            return None
        if not isinstance(value.type, NumberType):
            return self.not_a_number(node.value, value)
        if not value.type.unit.same_dimension(unit):
            return self.units_differ(node.span, value.type.unit, unit)
        return plan.InUnit(to_unit(value, unit), node.unit, True, NUMBER)

    def _as_unit(self, node: syntax.AsUnit) -> plan.Expr | None:
        value, unit = self.expression(node.value), self.unit(node.unit, _unit_span(node))
        if value is None or unit is None:
            return None
        if not isinstance(value.type, NumberType):
            return self.not_a_number(node.value, value)
        if value.type.unit.dimensions:
            return self.units_differ(node.span, value.type.unit, ONE)
        return plan.InUnit(to_unit(value, ONE), node.unit, False, NumberType(unit))

    def _rounded(self, node: syntax.Rounded, expected: Type | None) -> plan.Expr | None:
        value, step = self.expression(node.value, expected), self.expression(node.step)
        if value is None or step is None:
            return None
        for part, typed in ((node.value, value), (node.step, step)):
            if not isinstance(typed.type, NumberType):
                return self.not_a_number(part, typed)
        assert isinstance(value.type, NumberType)
        assert isinstance(step.type, NumberType)
        if not value.type.unit.same_dimension(step.type.unit):
            return self.units_differ(node.span, value.type.unit, step.type.unit)
        # The value is brought to the unit of the step, so that a step of 1 t stays exact.
        value = to_unit(value, step.type.unit)
        whole = not step.type.unit.dimensions and step.type.integer
        return plan.Rounded(value, node.direction, step, NumberType(step.type.unit, whole))

    def _month_end(self, node: syntax.MonthEnd) -> plan.Expr | None:
        inner = node.value
        if not isinstance(inner, syntax.Binary) or inner.operator not in ("+", "-"):
            typed = self.expression(inner)
            if typed is None:
                return None
            return self.mismatch(inner, typed, bilingual("diagnostics.type-shift"))
        left, right = self.expression(inner.left), self.expression(inner.right)
        if left is None or right is None:
            return None
        shifted = self.arithmetic(inner, left, right, node.direction)
        if shifted is None or isinstance(shifted, plan.DateShift):
            return shifted
        return self.mismatch(inner, shifted, bilingual("diagnostics.type-shift"))


def _shows(type_: Type) -> bool:
    """Whether a value of a type can stand in a message: not the rows of a table, no shape."""
    if isinstance(type_, ListType):
        return type_.of.kind not in ROWS and _shows(type_.of)
    return type_.kind != "geometry"


def _unit_span(node: syntax.InUnit | syntax.AsUnit) -> Span:
    """Where the unit of a conversion stands: at its end."""
    at = node.span.text.rfind(node.unit)
    if at < 0:
        return node.span
    start = node.span.start + at
    return Span(node.span.source, start, start + len(node.unit))
