"""Where we differ from a suite on purpose. `DIFFERENCES.md` gives the reasons in full.

A difference is known by what happened, not by the case's name, so that files not seen
before are judged alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from guiju.evaluation import Unknown

from .case import ERROR, Result


@dataclass(frozen=True)
class Difference:
    name: str
    holds: Callable[[Result], bool]


def _has(result: Result, *ops: str) -> bool:
    return result.tree is not None and any(part.op in ops for part in result.tree.all())


def _numbers(result: Result) -> list[Decimal]:
    if result.tree is None:
        return []
    return [part.value for part in result.tree.all() if part.op == "num"]


def _lacks(result: Result, kind: str) -> bool:
    got = result.got
    return isinstance(got, Unknown) and all(lack.kind == kind for lack in got.lacks)


def _has_null(result: Result) -> bool:
    return _has(result, "null") or any(t.op == "null" for t in result.case.inputs.values())


def _unknown_condition(result: Result) -> bool:
    return _has(result, "if") and _has_null(result) and _lacks(result, "fact")


def _null_is_a_value(result: Result) -> bool:
    return _has_null(result) and _lacks(result, "fact") and result.wanted in (True, False, 0)


def _division_by_zero(result: Result) -> bool:
    return (
        isinstance(result.got, Unknown)
        and any(lack.name == "division-by-zero" for lack in result.got.lacks)
        and result.case.suite == "CEL"
        and result.wanted is not ERROR
    )


def _zero_to_the_zero(result: Result) -> bool:
    got = result.got
    return isinstance(got, Unknown) and any(lack.name == "no-power" for lack in got.lacks)


def _bounded_numbers(result: Result) -> bool:
    if not isinstance(result.got, Decimal) or result.wanted not in (None, ERROR):
        return False
    if result.case.suite == "CQL":
        places = result.got.as_tuple().exponent
        return abs(result.got) >= 2**31 or (isinstance(places, int) and places < -8)
    return result.case.suite == "CEL" and (abs(result.got) >= 2**63 - 1)


def _one_kind_of_number(result: Result) -> bool:
    return result.case.suite == "CEL" and result.wanted is ERROR and isinstance(result.got, Decimal)


def _binary_numbers(result: Result) -> bool:
    def lossy(number: Decimal) -> bool:
        return Decimal(float(number)) != number and (
            len(number.as_tuple().digits) > 15 or abs(number) < Decimal("1e-300")
        )

    beyond = [n for n in _numbers(result) if lossy(n) or abs(n) >= 2**53]
    return result.case.suite == "CEL" and bool(beyond) and result.wanted is not ERROR


def _thirty_four_digits(result: Result) -> bool:
    got, wanted = result.got, result.wanted
    if not isinstance(got, Decimal) or not isinstance(wanted, Decimal):
        return False
    return len(wanted.as_tuple().digits) > 34 and abs(got - wanted) <= abs(wanted) * Decimal(
        "1e-33"
    )


def _quotient_keeps_unit(result: Result) -> bool:
    return _has(result, "div", "mod") and _has(result, "quantity")


def _declared_types(result: Result) -> bool:
    return result.case.suite == "FEEL" and "coercion" in result.case.name


def _empty_aggregates(result: Result) -> bool:
    return isinstance(result.got, Decimal) and result.got == 0 and result.wanted in (None, ERROR)


DIFFERENCES = (
    Difference("unknown-condition", _unknown_condition),
    Difference("null-is-a-value", _null_is_a_value),
    Difference("division-by-zero-is-unknown", _division_by_zero),
    Difference("nought-to-the-nought", _zero_to_the_zero),
    Difference("bounded-numbers", _bounded_numbers),
    Difference("binary-numbers", _binary_numbers),
    Difference("one-kind-of-number", _one_kind_of_number),
    Difference("thirty-four-digits", _thirty_four_digits),
    Difference("quotient-keeps-its-unit", _quotient_keeps_unit),
    Difference("declared-types", _declared_types),
    Difference("sum-of-nothing", _empty_aggregates),
)


def difference(result: Result) -> str | None:
    """The name of the difference a disagreement is, or None for one nobody has named."""
    return next((d.name for d in DIFFERENCES if d.holds(result)), None)
