"""The functions a rule may call. What they mean is said here, their names and numbers of
arguments in `guiju.plan.functions`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from guiju.evaluation.arithmetic import NO_RESULT, round_to
from guiju.evaluation.run import Fn, Frame, Run, compiles
from guiju.evaluation.unknown import Unknown, lacking
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.functions import MEASURES
from guiju.quantities import CONTEXT, calendar


class NoResult(ArithmeticError):
    """A function has no value for these arguments; the text is the message's key."""


@compiles(nodes.Call)
def _call(run: Run, node: nodes.Call) -> Fn:
    if node.function in MEASURES:
        from guiju.evaluation.boundaries import compile_measure

        return compile_measure(run, node)
    arguments = [run.compile(argument) for argument in node.arguments]
    function, site, name = FUNCTIONS[node.function], run.site(node), node.function
    if name == "contains":
        return _contains(run, arguments)

    def call(frame: Frame) -> Any:
        values = [argument(frame) for argument in arguments]
        for value in values:
            if value.__class__ is Unknown:
                return run.merge(*values)
        try:
            return function(*values)
        except NoResult as error:
            return lacking("undefined", str(error), site)
        except calendar.NoSuchDay:
            return lacking("undefined", "no-such-day", site)
        except calendar.NoCalendar as error:
            return lacking("calendar", str(error.year), site)
        except NO_RESULT:
            return lacking("undefined", "no-sqrt" if name == "sqrt" else "no-result", site)

    return call


def _contains(run: Run, arguments: list[Fn]) -> Fn:
    whole, part = arguments

    def contains(frame: Frame) -> Any:
        among, sought = whole(frame), part(frame)
        if among.__class__ is Unknown or sought.__class__ is Unknown:
            return run.merge(among, sought)
        if isinstance(among, str):
            return sought in among
        unknowns = [member for member in among if member.__class__ is Unknown]
        if any(member == sought for member in among if member.__class__ is not Unknown):
            return True
        return run.merge(*unknowns) if unknowns else False

    return contains


def _round(value: Decimal, digits: Decimal = Decimal(0)) -> Decimal:
    """To a number of decimal places, half to even (四舍六入五成双)."""
    places = int(digits)
    if places != digits or abs(places) > 6000:
        raise NoResult("no-rounding")
    if -places >= value.as_tuple().exponent:  # type: ignore[operator]
        return round_to(value, Decimal(1).scaleb(-places), "nearest")
    return value


def _whole(value: Decimal, direction: str) -> Decimal:
    return round_to(value, Decimal(1), direction)


def _date(year: Decimal, month: Decimal, day: Decimal) -> date:
    try:
        if any(part != int(part) for part in (year, month, day)):
            raise NoResult("no-such-day")
        return date(int(year), int(month), int(day))
    except ValueError:
        raise NoResult("no-such-day") from None


def _student_t(df: Decimal, confidence: Decimal) -> Decimal:
    from guiju.evaluation.student import student_t

    if df <= 0 or not 0 < confidence < 1:
        raise NoResult("no-student-t")
    return student_t(df, confidence)


def _matches(text: str, pattern: str) -> bool:
    from guiju.evaluation.patterns import BadPattern, matches

    try:
        return matches(text, pattern)
    except BadPattern:
        raise NoResult("bad-pattern") from None
    except TimeoutError:
        raise NoResult("pattern-too-slow") from None


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": CONTEXT.sqrt,
    "exp": CONTEXT.exp,
    "ln": lambda value: _ln(value),
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "abs": lambda value: value.copy_abs(),
    "round": _round,
    "student_t": _student_t,
    "matches": _matches,
    "length": lambda value: Decimal(len(value)),
    "contains": lambda whole, part: part in whole,
    "starts_with": lambda text, part: text.startswith(part),
    "ends_with": lambda text, part: text.endswith(part),
    "upper": lambda text: text.upper(),
    "lower": lambda text: text.lower(),
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "date": _date,
    "days": lambda earlier, later: Decimal(later.toordinal() - earlier.toordinal()),
    "years": lambda earlier, later: Decimal(calendar.whole_years(earlier, later)),
    "months": lambda earlier, later: Decimal(calendar.whole_months(earlier, later)),
    "working_days": lambda earlier, later: Decimal(calendar.working_days(earlier, later)),
    "first_of_month": calendar.first_of_month,
    "last_of_month": calendar.last_of_month,
    "floor": lambda value: _whole(value, "down"),
    "ceiling": lambda value: _whole(value, "up"),
}


def _ln(value: Decimal) -> Decimal:
    # `ln(0)` is minus infinity to the decimal module, which is no number of ours.
    if value <= 0:
        raise NoResult("no-ln")
    return CONTEXT.ln(value)
