"""Arithmetic on numbers, and the calendar.

Results have 34 significant digits; a comparison's two sides are scaled exactly. Where an
operation has no result (a division by zero, a day that does not exist), its value is
unknown, and says which operation it was.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

from guiju.evaluation.run import WIDE, Fn, Frame, Run, compiles
from guiju.evaluation.unknown import Unknown, lacking
from guiju.hints import Any, cast
from guiju.plan import nodes
from guiju.quantities import CONTEXT, Ratio, calendar, decimal, exact

NO_RESULT = (DivisionByZero, InvalidOperation, Overflow)
_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}


def reason_of(error: Exception, operation: str) -> str:
    """The message key that says why an operation has no result."""
    if isinstance(error, Overflow):
        return "overflow"
    if operation == "/":
        return "division-by-zero"
    return "no-power" if operation == "^" else "no-result"


@compiles(nodes.Arithmetic)
def _arithmetic(run: Run, node: nodes.Arithmetic) -> Fn:
    left, right = run.compile(node.left), run.compile(node.right)
    operation = _OPERATIONS[node.operator]
    site, sign = run.site(node), node.operator
    merge = run.merge

    def arithmetic(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown:
            return merge(a, b) if run.probe is None else _bounded(run, sign, a, b)
        try:
            return operation(a, b)
        except NO_RESULT as error:
            return lacking("undefined", reason_of(error, sign), site)

    return arithmetic


def _bounded(run: Run, sign: str, a: Any, b: Any) -> Unknown:
    """An unknown result, with what can be said of its size."""
    from guiju.evaluation import intervals

    merged = run.merge(a, b)
    left, right = intervals.bounds_of(run, a), intervals.bounds_of(run, b)
    if left is None or right is None:
        return merged
    try:
        return intervals.bounded(merged, intervals.combined(sign, _OPERATIONS[sign], left, right))
    except NO_RESULT:
        return merged


@compiles(nodes.Negate)
def _negate(run: Run, node: nodes.Negate) -> Fn:
    operand = run.compile(node.operand)

    def negate(frame: Frame) -> Any:
        value = operand(frame)
        if value.__class__ is not Unknown:
            return value.copy_negate() if value else value
        return scaled(run, value, -1, 1, lambda end: end.copy_negate() if end else end)

    return negate


def scaled(
    run: Run, value: Unknown, up: int, down: int, scale: Callable[[Decimal], Any]
) -> Unknown:
    """An unknown times a ratio: still the same missing fact."""
    bounds = None
    if run.probe is not None:
        from guiju.evaluation import intervals

        falls = (up < 0) is not (down < 0)
        bounds = intervals.mapped(intervals.bounds_of(run, value), scale, falls=falls)
    if value.source is None:
        return value if bounds is None is value.bounds else Unknown(value.lacks, bounds=bounds)
    numerator, denominator = value.numerator * up, value.denominator * down
    return Unknown(value.lacks, value.source, numerator, denominator, bounds)


@compiles(nodes.Scale)
def _scale(run: Run, node: nodes.Scale) -> Fn:
    operand = run.compile(node.operand)
    up, down = node.numerator, node.denominator
    numerator, denominator = Decimal(up), Decimal(down)
    multiply, divide = WIDE.multiply, CONTEXT.divide
    site, ratio = run.site(node), Fraction(up, down)
    # By a third, as between 亩 and hectares, there is no end of decimals: the exact number
    # is kept, so that there and back again is where it started.
    endless = decimal(Fraction(1, ratio.denominator)).__class__ is Ratio

    def of(value: Any) -> Any:
        try:
            if endless or value.__class__ is Ratio:
                return decimal(exact(value) * ratio)
            # One rounding, at the end.
            return divide(multiply(value, numerator), denominator)
        except NO_RESULT as error:
            return lacking("undefined", reason_of(error, ""), site)

    def scale(frame: Frame) -> Any:
        value = operand(frame)
        return scaled(run, value, up, down, of) if value.__class__ is Unknown else of(value)

    return scale


def round_to(value: Decimal, step: Decimal, direction: str) -> Decimal:
    """The multiple of a step next to a value, exactly.

    >>> round_to(Decimal("2.5"), Decimal(1), "nearest"), round_to(Decimal("-7"), Decimal(5), "up")
    (Decimal('2'), Decimal('-5'))
    """
    if step <= 0:
        raise InvalidOperation
    whole, rest = WIDE.divmod(value, step)
    # `rest` has the sign of `value`; what is left to decide lies between two multiples.
    if rest:
        down = whole - 1 if rest < 0 else whole
        above = rest + step if rest < 0 else rest
        if direction == "nearest":
            twice = WIDE.multiply(above, Decimal(2))
            up = twice > step or (twice == step and WIDE.remainder(down, Decimal(2)) != 0)
        else:
            up = direction == "up"
        whole = WIDE.add(down, Decimal(1)) if up else down
    result = CONTEXT.multiply(whole, step)
    return result or result.copy_abs()


@compiles(nodes.Rounded)
def _rounded(run: Run, node: nodes.Rounded) -> Fn:
    value, step = run.compile(node.value), run.compile(node.step)
    direction, site = node.direction, run.site(node)

    def rounded(frame: Frame) -> Any:
        a, b = value(frame), step(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown:
            return run.merge(a, b) if run.probe is None else _bounded_step(run, a, b, direction)
        try:
            return round_to(a, b, direction)
        except NO_RESULT:
            return lacking("undefined", "no-rounding", site)

    return rounded


def _bounded_step(run: Run, value: Any, step: Any, direction: str) -> Unknown:
    """A rounded unknown, with what can be said of its size."""
    from guiju.evaluation import intervals

    merged = run.merge(value, step)
    if step.__class__ is Unknown:
        return merged
    try:
        ends = intervals.mapped(
            intervals.bounds_of(run, value),
            lambda end: round_to(end, step, direction),
            falls=False,
        )
    except NO_RESULT:
        return merged
    return intervals.bounded(merged, ends)


# --- dates -----------------------------------------------------------------------------


@compiles(nodes.DateShift)
def _shift(run: Run, node: nodes.DateShift) -> Fn:
    day, duration = run.compile(node.date), run.compile(node.duration)
    sign, site = node.sign, run.site(node)
    month_end = cast("calendar.MonthEnd | None", node.month_end)

    def shift(frame: Frame) -> Any:
        start, length = day(frame), duration(frame)
        if start.__class__ is Unknown or length.__class__ is Unknown:
            return run.merge(start, length)
        return on_calendar(
            lambda: calendar.add(start, sign * int(length[0]), length[1], month_end), site
        )

    return shift


@compiles(nodes.DateDifference)
def _difference(run: Run, node: nodes.DateDifference) -> Fn:
    later, earlier = run.compile(node.later), run.compile(node.earlier)

    def difference(frame: Frame) -> Any:
        a, b = later(frame), earlier(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown:
            return run.merge(a, b)
        return (a.toordinal() - b.toordinal(), "days")

    return difference


def on_calendar(work: Callable[[], date | Decimal], site: int) -> Any:
    """What calendar arithmetic gives, or the unknown that says why it gives nothing."""
    try:
        return work()
    except calendar.NoSuchDay:
        return lacking("undefined", "no-such-day", site)
    except calendar.NoCalendar as error:
        return lacking("calendar", str(error.year), site)
