"""Calls: how many values each function takes, of which types, and what it gives."""

from __future__ import annotations

from decimal import Decimal

from guiju.checking import problems
from guiju.checking.boundaries import check_measure
from guiju.checking.kinds import (
    DATE,
    NUMBER,
    ORDERED,
    TEXT,
    WHOLE,
    YES_NO,
    normalised,
    to_unit,
    type_words,
)
from guiju.checking.mismatches import Mismatches
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.functions import MEASURES, Function
from guiju.plan.types import ListType, NumberType, Type
from guiju.syntax import nodes as syntax

# Parameters and result of the functions whose types never vary.
_FIXED: dict[str, tuple[tuple[Type, ...], Type]] = {
    "exp": ((NUMBER,), NUMBER),
    "ln": ((NUMBER,), NUMBER),
    "sqrt": ((NUMBER,), NUMBER),
    "student_t": ((NUMBER, NUMBER), NUMBER),
    "matches": ((TEXT, TEXT), YES_NO),
    "contains": ((TEXT, TEXT), YES_NO),
    "starts_with": ((TEXT, TEXT), YES_NO),
    "ends_with": ((TEXT, TEXT), YES_NO),
    "upper": ((TEXT,), TEXT),
    "lower": ((TEXT,), TEXT),
    "year": ((DATE,), WHOLE),
    "month": ((DATE,), WHOLE),
    "day": ((DATE,), WHOLE),
    "date": ((WHOLE, WHOLE, WHOLE), DATE),
    "days": ((DATE, DATE), WHOLE),
    "years": ((DATE, DATE), WHOLE),
    "months": ((DATE, DATE), WHOLE),
    "working_days": ((DATE, DATE), WHOLE),
    "first_of_month": ((DATE,), DATE),
    "last_of_month": ((DATE,), DATE),
}


def check_call(
    checker: Mismatches, node: syntax.Call, function: Function, arguments: list[plan.Expr]
) -> plan.Expr | None:
    """The typed call, or None with the problem reported."""
    found = len(arguments)
    if found < function.least or (function.most is not None and found > function.most):
        expected = str(function.least)
        if function.most is None:
            expected += "+"
        elif function.most != function.least:
            expected += f"–{function.most}"
        checker.diagnostics.add(
            problems.WrongArgumentCount(node.span, function.name, found, expected)
        )
        return None
    if function.name in MEASURES:
        return check_measure(checker, node, function.name, arguments)
    if function.name in _FIXED:
        return _fixed(checker, node, function.name, arguments)
    if function.name == "length":
        if arguments[0].type.kind not in ("text", "list", "one of"):
            return checker.mismatch(node.arguments[0], arguments[0], type_words(TEXT))
        return plan.Call("length", tuple(arguments), WHOLE)
    return _numbers(checker, node, function.name, arguments)


def _fixed(
    checker: Mismatches, node: syntax.Call, name: str, arguments: list[plan.Expr]
) -> plan.Expr | None:
    parameters, result = _FIXED[name]
    fitted: list[plan.Expr] = []
    for written, argument, wanted in zip(node.arguments, arguments, parameters, strict=True):
        argument = normalised(argument)
        have = argument.type
        if isinstance(wanted, NumberType):
            if not isinstance(have, NumberType):
                return checker.mismatch(written, argument, type_words(wanted))
            if have.unit.dimensions:
                return checker.units_differ(written.span, have.unit, wanted.unit)
        elif have.kind != wanted.kind and not (wanted.kind == "text" and have.kind == "one of"):
            return checker.mismatch(written, argument, type_words(wanted))
        fitted.append(argument)
    if name == "student_t":
        _check_quantile(checker, node, fitted)
    if name == "matches":
        _check_pattern(checker, node.arguments[1], fitted[1])
    return plan.Call(name, tuple(fitted), result)


def _check_quantile(checker: Mismatches, node: syntax.Call, arguments: list[plan.Expr]) -> None:
    """Warns of degrees of freedom and a confidence level in each other's place."""
    wanted = ("diagnostics.type-degrees", "diagnostics.type-confidence")
    for at, argument in enumerate(arguments):
        value = argument.value if isinstance(argument, plan.Constant) else None
        if not isinstance(value, Decimal):
            continue
        if (value < 1) if at == 0 else not 0 < value < 1:
            checker.mismatch(node.arguments[at], argument, bilingual(wanted[at]))


def _check_pattern(checker: Mismatches, written: syntax.Expr, argument: plan.Expr) -> None:
    """Reports a fixed pattern that is not well formed."""
    if not isinstance(argument, plan.Constant):
        return
    import regex

    try:
        regex.compile(argument.value)
    except regex.error:
        checker.diagnostics.add(problems.BadPattern(written.span, argument.value))


def _of_list(
    checker: Mismatches, node: syntax.Call, name: str, members: plan.Expr, of: Type
) -> plan.Expr | None:
    """`max({a, b})`: the greatest member, as the aggregate says it."""
    if of.kind not in ORDERED:
        return checker.mismatch(node.arguments[0], members, bilingual("diagnostics.type-ordered"))
    local = checker.scope.bind("·", of)
    checker.scope.unbind(local)
    member = plan.LocalRef(local.slot, local.name, of)
    return plan.Aggregate(name, member, None, local.slot, local.name, members, None, None, of)


def _numbers(
    checker: Mismatches, node: syntax.Call, name: str, arguments: list[plan.Expr]
) -> plan.Expr | None:
    """min, max, abs, round, floor, ceiling: numbers of one dimension, or dates for min
    and max."""
    first = arguments[0].type
    if name in ("min", "max") and first.kind == "date":
        for written, argument in zip(node.arguments, arguments, strict=True):
            if argument.type.kind != "date":
                return checker.mismatch(written, argument, type_words(DATE))
        return plan.Call(name, tuple(arguments), DATE)
    if name in ("min", "max") and len(arguments) == 1 and isinstance(first, ListType):
        return _of_list(checker, node, name, arguments[0], first.of)
    fitted: list[plan.Expr] = []
    unit = first.unit if isinstance(first, NumberType) else None
    if name == "round" and len(arguments) == 2:
        # The second value is a number of decimal places.
        digits = arguments[1]
        if not isinstance(digits.type, NumberType) or digits.type.unit.dimensions:
            return checker.mismatch(node.arguments[1], digits, type_words(WHOLE))
        if unit is None:
            return checker.mismatch(
                node.arguments[0], arguments[0], bilingual("diagnostics.type-any-number")
            )
        return plan.Call("round", tuple(arguments), NumberType(unit))
    for written, argument in zip(node.arguments, arguments, strict=True):
        have = argument.type
        if not isinstance(have, NumberType) or unit is None:
            return checker.not_a_number(written, argument)
        if not have.unit.same_dimension(unit):
            if isinstance(argument, plan.Constant) and argument.value == 0:
                argument = to_unit(argument, unit)
            elif (
                isinstance(arguments[0], plan.Constant)
                and arguments[0].value == 0
                and not fitted[1:]
            ):
                # min(0, x): nought takes the unit of the other value.
                unit = have.unit
                fitted = [to_unit(a, unit) for a in fitted]
            else:
                return checker.units_differ(written.span, have.unit, unit)
        else:
            argument = to_unit(argument, unit)
        fitted.append(argument)
    assert unit is not None
    whole = not unit.dimensions and (
        name in ("floor", "ceiling", "round")
        or all(isinstance(a.type, NumberType) and a.type.integer for a in arguments)
    )
    return plan.Call(name, tuple(fitted), NumberType(unit, whole))
