"""Sieve nodes as SQL.

SQL's NULL is nearly the missing outcome of a sieve, and here is where it is not: `least` and
`greatest` skip NULL, a division by nought is infinite, an integer one raises, texts and names
need quoting, and NaN is greater than everything. Each is written so that a value that is no
number of ours is NULL.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isfinite

from guiju.hints import Any
from guiju.sieve.nodes import (
    Absent,
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
    Node,
    Opposite,
    Test,
    Total,
)

Found = Callable[[Node], str]
"""Where a cell, a looked-up value or a total stands in the query."""

OPERATIONS = {
    "+": "({0} + {1})",
    "-": "({0} - {1})",
    "*": "({0} * {1})",
    "/": "({0} / {1})",
    "negate": "(-{0})",
    "power": "pow({0}, {1})",
    "nearest": "round({0})",
    "floor": "floor({0})",
    "abs": "abs({0})",
    "sqrt": "sqrt({0})",
    "exp": "exp({0})",
    "ln": "ln({0})",
    "year": "CAST(year({0}) AS DOUBLE)",
    "month": "CAST(month({0}) AS DOUBLE)",
    "day": "CAST(day({0}) AS DOUBLE)",
    "length": "CAST(length({0}) AS DOUBLE)",
    "contains": "contains({0}, {1})",
    "starts_with": "starts_with({0}, {1})",
    "ends_with": "ends_with({0}, {1})",
}
"""How DuckDB says the operations that are one expression of their operands."""


def name(text: str) -> str:
    """A name in quotes."""
    return '"' + text.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """A text as SQL says it."""
    # A NUL would end the statement where it stands.
    if "\x00" in text:
        parts = ["chr(0)" if part == "\x00" else text_literal(part) for part in _split(text)]
        return "(" + " || ".join(parts) + ")"
    return "'" + text.replace("'", "''") + "'"


def _split(text: str) -> list[str]:
    found: list[str] = []
    for number, part in enumerate(text.split("\x00")):
        if number:
            found.append("\x00")
        if part:
            found.append(part)
    return found


def literal(value: Any) -> str:
    """A constant as SQL says it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            if not isfinite(value):
                return f"CAST('{'-' if value < 0 else ''}Infinity' AS DOUBLE)"
            # An exponent makes it a binary64 number; without one it would be a decimal.
            return f"{float(value)!r}e0" if "e" not in repr(float(value)) else repr(float(value))
        case date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return text_literal(value)
    raise TypeError(value)


class Dialect:
    """How DuckDB says what sieve nodes are. Other engines override what they say otherwise."""

    literal = staticmethod(literal)
    """A constant as the engine says it."""

    operations = OPERATIONS

    fence = "random()"
    """A number from nought on: an engine does not work out the column beside it once more where
    it is read together with this."""

    def __init__(self, found: Found, named: dict[int, str] | None = None) -> None:
        """`named` are nodes that stand in a column of the query, by their identity."""
        self.found = found
        self.named = {} if named is None else named

    def sql(self, node: Node) -> str:
        """A node as an expression."""
        column = self.named.get(id(node))
        return self._written(node) if column is None else column

    def _written(self, node: Node) -> str:
        match node:
            case Cell() | Looked() | Total():
                return self.found(node)
            case Literal(value):
                return self.literal(value)
            case Absent():
                return "NULL"
            case Apply(operation, operands):
                return self.applied(operation, operands)
            case Held(guard, value):
                return f"CASE WHEN {self.holds(self.sql(guard))} THEN {self.sql(value)} END"
            case Choice(condition, then, otherwise):
                asked = self.sql(condition)
                return (
                    f"CASE WHEN {self.holds(asked)} THEN {self.sql(then)}"
                    f" WHEN NOT {_in(asked)} THEN {self.sql(otherwise)} END"
                )
            case Test(operator, left, right):
                return f"({self.sql(left)} {_sign(operator)} {self.sql(right)})"
            case Cut():
                return self._cut(node)
            case Gap():
                return self._gap(node)
            case Among(value, members, negated):
                return self._among(value, members, negated)
            case Given(value, negated):
                return f"({self.sql(value)} IS {'' if negated else 'NOT '}NULL)"
            case Both(operands=operands):
                return _joined(" AND ", [self.sql(one) for one in operands], "TRUE")
            case Either(operands=operands):
                return _joined(" OR ", [self.sql(one) for one in operands], "FALSE")
            case Opposite(operand):
                return f"(NOT {self.sql(operand)})"
        raise TypeError(node)

    def _cut(self, node: Cut) -> str:
        value = self.sql(node.value)
        if not isinstance(node.value, Cell):
            # What is not finite says nothing: NaN would be above everything.
            value = f"CASE WHEN {self.finite(value)} THEN {value} END"
        above, below = self._sides(node.above, node.apart)
        low, high = self.literal(node.low), self.literal(node.high)
        if node.above is None:
            outside = f"{value} > {high} OR {value} < {low}"
            return f"CASE WHEN {outside} THEN {above}{self._whole_cut(node, value)} END"
        sides = f"WHEN {value} > {high} THEN {above} WHEN {value} < {low} THEN {below}"
        return f"CASE {sides}{self._whole_cut(node, value)} END"

    def _whole_cut(self, node: Cut, value: str) -> str:
        """A whole number that is less than half off is known."""
        if not node.operator or node.threshold.denominator != 1 or node.high - node.low > 0.5:
            return ""
        threshold = self.literal(float(node.threshold))
        return f" WHEN {value} IS NOT NULL THEN round({value}) {_sign(node.operator)} {threshold}"

    def _gap(self, node: Gap) -> str:
        apart = f"({self.sql(node.left)} - {self.sql(node.right)})"
        reach = self.sql(node.tolerance)
        above, below = self._sides(node.above, node.apart)
        # A difference of two infinite numbers is NaN, which would be above everything.
        certain = self.finite(apart)
        return (
            f"CASE WHEN {certain} AND {apart} > {reach} THEN {above}"
            f" WHEN {certain} AND {apart} < -({reach}) THEN {below}"
            f"{self._whole_gap(node, apart, reach)} END"
        )

    def _whole_gap(self, node: Gap, apart: str, reach: str) -> str:
        """Whole numbers that are less than half off are known."""
        if not node.operator:
            return ""
        sign, half = _sign(node.operator), self.literal(0.25)
        return f" WHEN {reach} < {half} THEN round({apart}) {sign} {self.literal(0.0)}"

    def _among(self, value: Node, members: tuple[Any, ...], negated: bool) -> str:
        sought = self.sql(value)
        if not members:
            return f"CASE WHEN {sought} IS NOT NULL THEN {self.literal(negated)} END"
        listed = ", ".join(self.literal(member) for member in members)
        return f"({sought} {'NOT ' if negated else ''}IN ({listed}))"

    def applied(self, operation: str, operands: tuple[Node, ...]) -> str:
        """An operation on values."""
        if operation == "add_months":
            start, months, end = operands
            assert isinstance(months, Literal) and isinstance(end, Literal)
            return self.add_months(self.sql(start), int(months.value), end.value)
        if operation == "add_days":
            start, days = operands
            assert isinstance(days, Literal)
            return self.add_days(self.sql(start), int(days.value))
        values = [self.sql(one) for one in operands]
        if operation == "days":
            return self.days(*values)
        if operation in ("least", "greatest"):
            missing = " OR ".join(f"{value} IS NULL" for value in values)
            return f"CASE WHEN NOT ({missing}) THEN {operation}({', '.join(values)}) END"
        return self.operations[operation].format(*values)

    def holds(self, test: str) -> str:
        """A test where SQL wants a condition: that it is true."""
        return test

    def finite(self, value: str) -> str:
        """Whether a number is neither infinite nor NaN."""
        return f"isfinite({value})"

    def days(self, later: str, earlier: str) -> str:
        """How many days after the earlier date the later one is."""
        return f"CAST(({later}) - ({earlier}) AS DOUBLE)"

    def add_days(self, start: str, days: int) -> str:
        """A date some days later; NULL outside the calendar."""
        return self._within_calendar(f"CAST(({start}) + ({days}) AS DATE)", start, days)

    def add_months(self, start: str, months: int, end: str) -> str:
        """A date some months later: a day that does not exist becomes the first of the next
        month (`up`), the last of its own (`down`), or NULL."""
        moved = f"CAST(({start}) + to_months({months}) AS DATE)"
        same_day = f"day({moved}) = day({start})"
        match end:
            case "down":
                found = moved
            case "up":
                found = f"CASE WHEN {same_day} THEN {moved} ELSE CAST({moved} + 1 AS DATE) END"
            case _:
                found = f"CASE WHEN {same_day} THEN {moved} END"
        return self._within_calendar(found, start, months * 31)

    def _within_calendar(self, found: str, start: str, days: int) -> str:
        # Python's calendar ends with the year 9999 and begins with 1; so does the language's.
        if days >= 0:
            last = date.max.toordinal() - days - 31
            if last < 1:
                return "NULL"
            end = self.literal(date.fromordinal(last))
            return f"CASE WHEN {start} <= {end} THEN {found} END"
        first = date.min.toordinal() - days + 31
        if first > date.max.toordinal():
            return "NULL"
        begin = self.literal(date.fromordinal(first))
        return f"CASE WHEN {start} >= {begin} THEN {found} END"

    def _sides(self, above: bool | None, apart: bool) -> tuple[str, str]:
        if above is None:
            return self.literal(apart), self.literal(apart)
        return self.literal(above), self.literal(not above)


def _sign(operator: str) -> str:
    return "<>" if operator == "!=" else operator


def _in(text: str) -> str:
    return text if text.startswith("(") and text.endswith(")") else f"({text})"


def _joined(sign: str, parts: list[str], none: str) -> str:
    return "(" + sign.join(_in(part) for part in parts) + ")" if parts else none
