"""Comparisons, membership and three-valued logic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache

from guiju.evaluation.run import WIDE, Fn, Frame, Run, compiles
from guiju.evaluation.unknown import Unknown, lacking
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.types import (
    DateType,
    DurationType,
    ListType,
    NumberType,
    PeriodType,
    TextType,
)
from guiju.quantities import Ratio, exact

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


# --- comparisons -----------------------------------------------------------------------


@compiles(nodes.Compare)
def _compare(run: Run, node: nodes.Compare) -> Fn:
    left, right = run.compile(node.left), run.compile(node.right)
    match node.left.type:
        case DurationType():
            return _compare_durations(run, node, left, right)
        case ListType():
            return _compare_lists(run, node, left, right)
    compare = OPERATORS[node.operator]
    if node.left_scale == 1 and node.right_scale == 1:
        if run.is_constant(node.right):
            return _compare_with(run, node, left, right([]))

        def plain(frame: Frame) -> Any:
            a, b = left(frame), right(frame)
            if a.__class__ is Unknown or b.__class__ is Unknown:
                return turned(run, node, a, b)
            return compare(a, b)

        return plain
    left_scale, right_scale = Decimal(node.left_scale), Decimal(node.right_scale)
    multiply = WIDE.multiply

    def scaled(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown:
            return turned(run, node, a, b)
        if a.__class__ is Ratio or b.__class__ is Ratio:
            return compare(exact(a) * node.left_scale, exact(b) * node.right_scale)
        return compare(multiply(a, left_scale), multiply(b, right_scale))

    return scaled


def _compare_with(run: Run, node: nodes.Compare, left: Fn, known: Any) -> Fn:
    compare = OPERATORS[node.operator]

    def with_known(frame: Frame) -> Any:
        a = left(frame)
        return turned(run, node, a, known) if a.__class__ is Unknown else compare(a, known)

    return with_known


def turned(run: Run, node: nodes.Compare, left: Any, right: Any) -> Any:
    """The unknown result of a comparison. While it is looked for where a verdict turns, one
    that declared ranges decide is known, and a probe is told where a missing fact that is
    compared with something known turns it."""
    if run.probe is not None:
        if isinstance(node.left.type, NumberType):
            from guiju.evaluation import intervals

            a, b = intervals.bounds_of(run, left), intervals.bounds_of(run, right)
            if a is not None and b is not None:
                found = intervals.decided(node.operator, a, b, (node.left_scale, node.right_scale))
                if found is not None:
                    return found
        swap = left.__class__ is not Unknown
        unknown, known = (right, left) if swap else (left, right)
        if known.__class__ is not Unknown and unknown.source is not None:
            scales = (node.left_scale, node.right_scale)
            mine, theirs = reversed(scales) if swap else scales
            ordered = node.operator not in ("=", "!=")
            if cut_at(run, unknown, known, node.left.type, theirs, mine, ordered=ordered):
                return Unknown(unknown.lacks)
    return run.merge(left, right)


def cut_at(
    run: Run,
    unknown: Unknown,
    known: Any,
    type_: Any,
    numerator: int = 1,
    denominator: int = 1,
    *,
    ordered: bool = True,
) -> bool:
    """Tells the probe that a missing fact was compared with a known value times a ratio;
    False when nothing can be told from it."""
    probe = run.probe
    assert probe is not None
    assert unknown.source is not None
    match type_:
        case NumberType():
            from fractions import Fraction

            below = denominator * unknown.numerator
            if not below:
                return False
            ratio = Fraction(numerator * unknown.denominator, below)
            probe.cut(unknown.source, exact(known) * ratio)
        case DateType():
            probe.cut(unknown.source, known)
        case TextType() if ordered:
            return False
        case PeriodType():
            return False
        case _:
            probe.cut(unknown.source, known)
    return True


_LEAST = {"years": 12, "months": 1}


def _compare_durations(run: Run, node: nodes.Compare, left: Fn, right: Fn) -> Fn:
    compare = OPERATORS[node.operator]
    site = run.site(node)

    def durations(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown:
            return run.merge(a, b)
        if a[1] == b[1]:
            return compare(a[0], b[0])
        if a[1] in _LEAST and b[1] in _LEAST:
            return compare(a[0] * _LEAST[a[1]], b[0] * _LEAST[b[1]])
        if "working days" in (a[1], b[1]):
            return lacking("undefined", "durations-apart", site)
        # A number of months is no number of days, but it lies between two of them.
        (a_low, a_high), (b_low, b_high) = days_between(a), days_between(b)
        if node.operator in ("=", "!="):
            if a_high < b_low or b_high < a_low:
                return node.operator == "!="
        elif (least := compare(a_low, b_high)) is compare(a_high, b_low):
            return least
        return lacking("undefined", "durations-apart", site)

    return durations


def days_between(duration: tuple[int, str]) -> tuple[int, int]:
    """The least and the most days a duration can have.

    >>> days_between((1, "years")), days_between((20, "years")), days_between((1, "months"))
    ((365, 366), (7304, 7305), (28, 31))
    """
    count, unit = int(duration[0]), duration[1]
    if unit == "days":
        return count, count
    months = count * _LEAST[unit]
    sign = -1 if months < 0 else 1
    lengths = _month_spans(abs(months))
    return (lengths[0], lengths[1]) if sign > 0 else (-lengths[1], -lengths[0])


@cache
def _month_spans(months: int) -> tuple[int, int]:
    centuries, rest = divmod(months, 4800)
    # The Gregorian calendar repeats after 400 years, 4800 months, 146097 days.
    firsts = [date(2000 + start // 12, start % 12 + 1, 1).toordinal() for start in range(4800)]
    spans = [
        firsts[(start + rest) % 4800] - firsts[start] + (146097 if start + rest >= 4800 else 0)
        for start in range(4800)
    ]
    return centuries * 146097 + min(spans), centuries * 146097 + max(spans)


def _compare_lists(run: Run, node: nodes.Compare, left: Fn, right: Fn) -> Fn:
    negated = node.operator == "!="

    def lists(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown:
            return run.merge(a, b)
        if len(a) != len(b):
            return negated
        unknowns: list[Any] = []
        for x, y in zip(a, b, strict=True):
            if x.__class__ is Unknown or y.__class__ is Unknown:
                unknowns += (x, y)
            elif x != y:
                return negated
        return run.merge(*unknowns) if unknowns else not negated

    return lists


@compiles(nodes.Within)
def _within(run: Run, node: nodes.Within) -> Fn:
    left, right = run.compile(node.left), run.compile(node.right)
    tolerance, relative = run.compile(node.tolerance), node.relative

    def within(frame: Frame) -> Any:
        a, b, tol = left(frame), right(frame), tolerance(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown or tol.__class__ is Unknown:
            if (
                run.probe is not None
                and a.__class__ is Unknown
                and a.source is not None
                and b.__class__ is not Unknown
                and tol.__class__ is not Unknown
            ):
                reach = WIDE.multiply(tol, abs(b)) if relative else tol
                for end in (WIDE.subtract(b, reach), WIDE.add(b, reach)):
                    cut_at(run, a, end, node.left.type)
                return Unknown(a.lacks)
            return run.merge(a, b, tol)
        reach = WIDE.multiply(tol, WIDE.abs(b)) if relative else tol
        return WIDE.abs(WIDE.subtract(a, b)) <= reach

    return within


@compiles(nodes.Between)
def _between(run: Run, node: nodes.Between) -> Fn:
    return conjunction(run, [run.compile(node.low), run.compile(node.high)])


# --- three-valued logic ----------------------------------------------------------------


@compiles(nodes.And)
def _and(run: Run, node: nodes.And) -> Fn:
    return conjunction(run, [run.compile(operand) for operand in node.operands])


def conjunction(run: Run, operands: list[Fn]) -> Fn:
    """Strong Kleene `and`: one false settles it."""
    if len(operands) == 2:
        first, second = operands

        def both(frame: Frame) -> Any:
            a = first(frame)
            if a is False:
                return False
            b = second(frame)
            if b is False:
                return False
            return True if a is True and b is True else run.merge(a, b)

        return both

    def every(frame: Frame) -> Any:
        unknowns = None
        for operand in operands:
            value = operand(frame)
            if value is False:
                return False
            if value is not True:
                unknowns = [value] if unknowns is None else [*unknowns, value]
        return True if unknowns is None else run.merge(*unknowns)

    return every


@compiles(nodes.Or)
def _or(run: Run, node: nodes.Or) -> Fn:
    operands = [run.compile(operand) for operand in node.operands]

    def some(frame: Frame) -> Any:
        unknowns = None
        for operand in operands:
            value = operand(frame)
            if value is True:
                return True
            if value is not False:
                unknowns = [value] if unknowns is None else [*unknowns, value]
        return False if unknowns is None else run.merge(*unknowns)

    return some


@compiles(nodes.Not)
def _not(run: Run, node: nodes.Not) -> Fn:
    operand = run.compile(node.operand)

    def negation(frame: Frame) -> Any:
        value = operand(frame)
        return run.merge(value) if value.__class__ is Unknown else not value

    return negation


@compiles(nodes.If)
def _if(run: Run, node: nodes.If) -> Fn:
    condition = run.compile(node.condition)
    then, otherwise = run.compile(node.then), run.compile(node.otherwise)

    def choice(frame: Frame) -> Any:
        chosen = condition(frame)
        if chosen is True:
            return then(frame)
        if chosen is False:
            return otherwise(frame)
        a, b = then(frame), otherwise(frame)
        if a.__class__ is not Unknown and b.__class__ is not Unknown and same(a, b):
            # The condition may not be noted as used: it changes nothing.
            return a
        return run.merge(chosen, a, b)

    return choice


def same(left: Any, right: Any) -> bool:
    """Whether two values of one type are the same, members of lists included."""
    if left.__class__ is tuple and right.__class__ is tuple:
        return len(left) == len(right) and all(map(same, left, right))
    if left.__class__ is Unknown or right.__class__ is Unknown:
        return False
    return bool(left == right)


@compiles(nodes.IsKnown)
def _is_known(run: Run, node: nodes.IsKnown) -> Fn:
    value, negated = run.compile(node.value), node.negated

    def is_known(frame: Frame) -> Any:
        return (value(frame).__class__ is Unknown) is negated

    return is_known


@compiles(nodes.Membership)
def _membership(run: Run, node: nodes.Membership) -> Fn:
    value, members = run.compile(node.value), run.compile(node.members)
    negated = node.negated
    kind = node.value.type

    def membership(frame: Frame) -> Any:
        sought, among = value(frame), members(frame)
        if among.__class__ is Unknown:
            return run.merge(sought, among)
        if sought.__class__ is Unknown:
            if not among:
                return negated
            if (
                run.probe is not None
                and sought.source is not None
                and all(member.__class__ is not Unknown for member in among)
                and all(cut_at(run, sought, member, kind, ordered=False) for member in among)
            ):
                return Unknown(sought.lacks)
            return run.merge(sought, *among)
        unknowns = []
        for member in among:
            if member.__class__ is Unknown:
                unknowns.append(member)
            elif member == sought:
                return not negated
        return run.merge(*unknowns) if unknowns else negated

    return membership
