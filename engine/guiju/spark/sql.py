"""Sieve nodes as Spark SQL: what Spark says otherwise than DuckDB.

Texts come from packs and files of others. Spark reads backslashes and `${…}` in a text, and how
depends on settings, so a text of anything but plain characters is written as its bytes.
"""

from __future__ import annotations

import re
from datetime import date
from math import isfinite

from guiju.hints import Any
from guiju.sieve.nodes import Node
from guiju.tables.sql import OPERATIONS, Dialect

_PLAIN = re.compile(r"[^\W]*(?:[ .,:;/()+-]+[^\W]+)*", re.ASCII)
_WHOLE_FROM = 2.0**53
"""From here on every number of binary64 is whole."""


def name(text: str) -> str:
    """A name in quotes."""
    return "`" + text.replace("`", "``") + "`"


def text_literal(text: str) -> str:
    """A text as Spark SQL says it, whatever the settings of the session."""
    if _PLAIN.fullmatch(text):
        return f"'{text}'"
    return f"CAST(X'{text.encode('utf-8').hex()}' AS STRING)"


def literal(value: Any) -> str:
    """A constant as Spark SQL says it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            if not isfinite(value):
                return f"DOUBLE('{'-' if value < 0 else ''}Infinity')"
            # In brackets, since a second minus before it would begin a comment.
            said = f"{float(value)!r}D"
            return f"({said})" if said.startswith("-") else said
        case date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return text_literal(value)
    raise TypeError(value)


_SMALL = f"abs({{0}}) < {literal(_WHOLE_FROM)}"
_OPERATIONS = OPERATIONS | {
    # A division by nought raises where the session is set so.
    "/": "try_divide({0}, {1})",
    # A second minus would begin a comment.
    "negate": "(- {0})",
    # Spark's floor is a whole number of 64 bits, which large ones do not fit in.
    "floor": f"CASE WHEN {_SMALL} THEN CAST(floor({{0}}) AS DOUBLE) ELSE {{0}} END",
    # Not by `round`, which goes by decimals: halves away from nought.
    "nearest": f"CASE WHEN {_SMALL} THEN signum({{0}}) * (CAST(floor(abs({{0}})) AS DOUBLE)"
    " + CASE WHEN abs({0}) - floor(abs({0})) >= 0.5D THEN 1.0D ELSE 0.0D END) ELSE {0} END",
    "starts_with": "startswith({0}, {1})",
    "ends_with": "endswith({0}, {1})",
}


class SparkDialect(Dialect):
    """How Spark says what sieve nodes are. Its NaN is greater than everything and equal to
    itself, as that of DuckDB is."""

    literal = staticmethod(literal)
    operations = _OPERATIONS
    # Nothing is moved past a column of which each reading may be another.
    fence = "monotonically_increasing_id()"

    def applied(self, operation: str, operands: tuple[Node, ...]) -> str:
        """An operation on values."""
        if operation in ("least", "greatest") and len(operands) == 1:
            return self.sql(operands[0])
        return super().applied(operation, operands)

    def holds(self, test: str) -> str:
        """A test where SQL wants a condition: Spark takes no NULL without a type there."""
        return f"(({test}) IS TRUE)"

    def finite(self, value: str) -> str:
        """Whether a number is neither infinite nor NaN."""
        return f"(abs({value}) <= 1.7976931348623157E308D)"

    def days(self, later: str, earlier: str) -> str:
        """How many days after the earlier date the later one is."""
        return f"CAST(datediff({later}, {earlier}) AS DOUBLE)"

    def add_days(self, start: str, days: int) -> str:
        """A date some days later; NULL outside the calendar."""
        return self._within_calendar(f"date_add({start}, {days})", start, days)

    def add_months(self, start: str, months: int, end: str) -> str:
        """A date some months later: see `Dialect.add_months`."""
        moved = f"add_months({start}, {months})"
        same_day = f"day({moved}) = day({start})"
        match end:
            case "down":
                found = moved
            case "up":
                found = f"CASE WHEN {same_day} THEN {moved} ELSE date_add({moved}, 1) END"
            case _:
                found = f"CASE WHEN {same_day} THEN {moved} END"
        return self._within_calendar(found, start, months * 31)
