"""The nodes of a sieve over arrays.

A test has two arrays, where it is true and where it is false; where it is neither it has no
outcome. A number that is missing, or that an operation does not give, is NaN: it is neither
above nor below anything. What this road does not say raises `Unsayable`, and the rule is asked
row by row.

Powers, exponentials and logarithms go through extended precision, since numpy's own in binary64
may be off by more than the sieve allows for.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Container, Mapping
from datetime import date

import numpy as np

from guiju.columns.arrays import EPOCH, Column, Numbers, Texts, Truths
from guiju.compiled.conditions import Span
from guiju.compiled.values import LARGEST
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import CONTRARY
from guiju.record import Record
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
    Opposite,
    Test,
)

if TYPE_CHECKING:
    from guiju.columns.arrays import Bools, Floats


class Unsayable(Exception):
    """A node this road does not say."""


class Outcome(Record):
    """Where a test is true and where it is false: arrays of bool, or one bool of numpy for all
    rows."""

    yes: Any
    no: Any


_YES, _NO = np.bool_(True), np.bool_(False)
_NONE = Outcome(_NO, _NO)
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    # NaN is not equal to anything, and is not thereby different.
    "!=": lambda a, b: (a < b) | (a > b),
}
_LAST_DAY = date.max.toordinal()
_MOST_COMBINED = 1_000_000
"""Combinations of keys that a lookup may have here."""


class Vectors:
    """The values of nodes over the columns of some rows. Those of `kept`, by their identity, are
    worked out once; of the others the memory is used again, which fresh pages are dearer than."""

    def __init__(self, column: Callable[[str], Column], kept: Container[int]) -> None:
        self._column, self._kept = column, kept
        self._tests: dict[int, Outcome] = {}
        self._numbers: dict[int, Any] = {}

    # --- tests -----------------------------------------------------------------------------

    def test(self, node: Any) -> Outcome:
        """Where a condition is true and where it is false. Raises Unsayable."""
        found = self._tests.get(id(node))
        if found is None:
            said = _TESTS.get(node.__class__)
            if said is None:
                raise Unsayable
            found = said(self, node)
            if id(node) in self._kept:
                self._tests[id(node)] = found
        return found

    def _both(self, node: Any) -> Outcome:
        operands = (node.low, node.high) if isinstance(node, Span) else node.operands
        return _all([self.test(one) for one in operands])

    def _either(self, node: Either) -> Outcome:
        found = _all([_denied(self.test(one)) for one in node.operands])
        return _denied(found)

    def _opposite(self, node: Opposite) -> Outcome:
        return _denied(self.test(node.operand))

    def _literal(self, node: Literal) -> Outcome:
        if node.value.__class__ is bool:
            return Outcome(np.bool_(node.value), np.bool_(not node.value))
        return _NONE

    def _absent(self, node: Absent) -> Outcome:
        return _NONE

    def _cell(self, node: Cell) -> Outcome:
        column = self._column(node.name)
        if not isinstance(column, Truths):
            raise Unsayable
        return Outcome(column.yes, column.no)

    def _held(self, node: Held) -> Outcome:
        guard, value = self.test(node.guard), self.test(node.value)
        return Outcome(guard.yes & value.yes, guard.yes & value.no)

    def _choice(self, node: Choice) -> Outcome:
        asked = self.test(node.condition)
        a, b = self.test(node.then), self.test(node.otherwise)
        return Outcome(
            (asked.yes & a.yes) | (asked.no & b.yes), (asked.yes & a.no) | (asked.no & b.no)
        )

    def _given(self, node: Given) -> Outcome:
        match node.value:
            case Cell(name=name):
                there = self._column(name).there
            case Looked():
                there = self._place(node.value) >= 0
            case _:
                raise Unsayable
        return Outcome(~there, there) if node.negated else Outcome(there, ~there)

    def _compare(self, node: Test) -> Outcome:
        kind = _kind(node.left) or _kind(node.right)
        if kind == "number":
            a, b = self.number(node.left), self.number(node.right)
            return Outcome(_SIGNS[node.operator](a, b), _SIGNS[CONTRARY[node.operator]](a, b))
        if node.operator not in ("=", "!="):
            raise Unsayable
        same = self._same_truth(node) if kind == "truth" else self._same_text(node)
        return same if node.operator == "=" else _denied(same)

    def _same_truth(self, node: Test) -> Outcome:
        a, b = self.test(node.left), self.test(node.right)
        return Outcome((a.yes & b.yes) | (a.no & b.no), (a.yes & b.no) | (a.no & b.yes))

    def _same_text(self, node: Test) -> Outcome:
        match node.left, node.right:
            case Literal(value), Cell() as cell:
                return self._of_words(cell, lambda word: word == value)
            case Cell() as cell, Literal(value):
                return self._of_words(cell, lambda word: word == value)
            case Cell() as one, Cell() as other:
                a, b = self._texts(one), self._texts(other)
                numbers: dict[str, int] = {}
                coded = [
                    np.array(
                        [*(numbers.setdefault(word, len(numbers)) for word in words), -1],
                        dtype=np.intp,
                    )[codes]
                    for codes, words in ((a.codes, a.words), (b.codes, b.words))
                ]
                there, same = a.there & b.there, coded[0] == coded[1]
                return Outcome(there & same, there & ~same)
        raise Unsayable

    def _among(self, node: Among) -> Outcome:
        if not isinstance(node.value, Cell):
            raise Unsayable
        if _kind(node.value) == "text":
            members = frozenset(node.members)
            found = self._of_words(node.value, members.__contains__)
        else:
            values = self.number(node.value)
            yes = np.zeros(values.shape, dtype=np.bool_)
            for member in node.members:
                yes |= values == _plain(member)
            found = Outcome(yes, ~yes & (values == values))
        return _denied(found) if node.negated else found

    def _of_text(self, node: Apply) -> Outcome:
        match node:
            case Apply("contains", (Cell() as cell, Literal(str() as part))):
                return self._of_words(cell, lambda word: part in word)
            case Apply("starts_with", (Cell() as cell, Literal(str() as part))):
                return self._of_words(cell, lambda word: word.startswith(part))
            case Apply("ends_with", (Cell() as cell, Literal(str() as part))):
                return self._of_words(cell, lambda word: word.endswith(part))
        raise Unsayable

    def _of_words(self, cell: Cell, asked: Callable[[str], bool]) -> Outcome:
        """A test of the texts of a column, asked once of each word."""
        texts = self._texts(cell)
        words = [bool(asked(word)) for word in texts.words]
        # The last place is that of -1, where there is none.
        yes = np.array([*words, False], dtype=np.bool_)[texts.codes]
        return Outcome(yes, texts.there & ~yes)

    def _texts(self, cell: Cell) -> Texts:
        column = self._column(cell.name)
        if not isinstance(column, Texts):
            raise Unsayable
        return column

    def _cut(self, node: Cut) -> Outcome:
        value = self.number(node.value)
        above, below = value > node.high, value < node.low
        if not isinstance(node.value, Cell):
            # What overflowed says nothing.
            above &= value <= LARGEST
            below &= value >= -LARGEST
        found = _sides(node, above, below)
        if node.operator and node.threshold.denominator == 1 and node.high - node.low <= 0.5:
            # A whole number that is less than half off is known.
            open_ = (value == value) & ~(above | below)
            found = _known(found, open_, np.rint(value), node.operator, float(node.threshold))
        return found

    def _gap(self, node: Gap) -> Outcome:
        apart = self.number(node.left) - self.number(node.right)
        reach = self.number(node.tolerance)
        above = (apart > reach) & (apart <= LARGEST)
        below = (apart < -reach) & (apart >= -LARGEST)
        found = _sides(node, above, below)
        if node.operator:
            open_ = (reach < 0.25) & (apart == apart) & ~(above | below)
            found = _known(found, open_, np.rint(apart), node.operator, 0.0)
        return found

    # --- values ----------------------------------------------------------------------------

    def number(self, node: Any) -> Any:
        """The numbers, or days, of a node: an array, or a float for all rows. Raises Unsayable."""
        found = self._numbers.get(id(node))
        if found is None:
            said = _NUMBERS.get(node.__class__)
            if said is None:
                raise Unsayable
            found = said(self, node)
            if id(node) in self._kept:
                self._numbers[id(node)] = found
        return found

    def _number_literal(self, node: Literal) -> Any:
        return np.float64(np.nan if node.value is None else _plain(node.value))

    def _number_cell(self, node: Cell) -> Any:
        column = self._column(node.name)
        if not isinstance(column, Numbers):
            raise Unsayable
        return column.values

    def _number_held(self, node: Held) -> Any:
        return np.where(self.test(node.guard).yes, self.number(node.value), np.nan)

    def _number_choice(self, node: Choice) -> Any:
        asked = self.test(node.condition)
        otherwise = np.where(asked.no, self.number(node.otherwise), np.nan)
        return np.where(asked.yes, self.number(node.then), otherwise)

    def _applied(self, node: Apply) -> Any:
        if node.operation == "length":
            (cell,) = node.operands
            if not isinstance(cell, Cell):
                raise Unsayable
            texts = self._texts(cell)
            lengths = [*(float(len(word)) for word in texts.words), np.nan]
            return np.array(lengths, dtype=np.float64)[texts.codes]
        if node.operation == "add_days":
            start, days = node.operands
            assert isinstance(days, Literal)
            return _within_calendar(self.number(start) + float(days.value))
        if node.operation == "add_months":
            start, months, end = node.operands
            assert isinstance(months, Literal) and isinstance(end, Literal)
            return _months_later(self.number(start), int(months.value), end.value)
        said = _OPERATIONS.get(node.operation)
        if said is None:
            raise Unsayable
        return said(*[self.number(one) for one in node.operands])

    # --- lookups ---------------------------------------------------------------------------

    def _looked(self, node: Looked) -> Any:
        if any(value.__class__ not in (float, date) for _, value in node.rows):
            raise Unsayable
        values = [*(float(_plain(value)) for _, value in node.rows), np.nan]
        return np.array(values, dtype=np.float64)[self._place(node)]

    def _looked_test(self, node: Looked) -> Outcome:
        if any(value.__class__ is not bool for _, value in node.rows):
            raise Unsayable
        place = self._place(node)
        yes = [value for _, value in node.rows]
        return Outcome(
            np.array([*yes, False], dtype=np.bool_)[place],
            np.array([*(not one for one in yes), False], dtype=np.bool_)[place],
        )

    def _place(self, node: Looked) -> Any:
        """Which row of a lookup each row finds; -1 for none, also for all rows at once."""
        if not node.rows:
            return np.intp(-1)
        # Each key is numbered, and the numbers are the places of a table of all combinations.
        combined: Any = 0
        size = 1
        numbered: list[dict[Any, int]] = []
        for at, key in enumerate(node.keys):
            members = {value: n for n, value in enumerate({keys[at] for keys, _ in node.rows}, 1)}
            combined = combined * (len(members) + 1) + self._member(key, members)
            size *= len(members) + 1
            numbered.append(members)
            if size > _MOST_COMBINED:
                raise Unsayable
        table = np.full(size, -1, dtype=np.intp)
        for row, (keys, _) in enumerate(node.rows):
            where = 0
            for value, members in zip(keys, numbered, strict=True):
                where = where * (len(members) + 1) + members[value]
            table[where] = row
        return table[combined]

    def _member(self, key: Any, members: Mapping[Any, int]) -> Any:
        """The number of each row's key among the keys of a lookup; 0 for none of them."""
        kind = _kind(key)
        if isinstance(key, Literal):
            return members.get(key.value, 0)
        if kind == "text" and isinstance(key, Cell):
            texts = self._texts(key)
            numbers = [*(members.get(word, 0) for word in texts.words), 0]
            return np.array(numbers, dtype=np.intp)[texts.codes]
        if kind == "truth":
            found = self.test(key)
            return np.where(found.yes, members.get(True, 0), 0) + np.where(
                found.no, members.get(False, 0), 0
            )
        if kind != "number":
            raise Unsayable
        values = self.number(key)
        ends = np.array(sorted(map(_plain, members)), dtype=np.float64)
        by_value = {_plain(value): number for value, number in members.items()}
        numbers_ = np.array([by_value[float(end)] for end in ends], dtype=np.intp)
        near = np.minimum(np.searchsorted(ends, values), len(ends) - 1)
        return np.where(ends[near] == values, numbers_[near], 0)


def _plain(value: Any) -> float:
    """A number, or the number of a day. Raises Unsayable."""
    if isinstance(value, date):
        return float(value.toordinal())
    if value.__class__ is float:
        return float(value)
    raise Unsayable


def _kind(node: Any) -> str:
    """What kind of value a node has: number (also of a day), truth, text; empty for none."""
    match node:
        case Cell(kind=kind):
            return "number" if kind == "date" else kind
        case Literal(value):
            kinds = {bool: "truth", str: "text", float: "number", date: "number"}
            return kinds.get(value.__class__, "")
        case Apply("contains" | "starts_with" | "ends_with"):
            return "truth"
        case Apply():
            return "number"
        case Held(_, value):
            return _kind(value)
        case Choice(_, then, otherwise):
            return _kind(then) or _kind(otherwise)
        case Looked(rows=rows):
            return _kind(Literal(rows[0][1])) if rows else ""
        case Absent():
            return ""
    return "truth"


# --- logic -----------------------------------------------------------------------------


def _all(outcomes: list[Outcome]) -> Outcome:
    if not outcomes:
        return Outcome(_YES, _NO)
    first, *others = outcomes
    yes, no = first.yes, first.no
    for one in others:
        yes = yes & one.yes
        no = no | one.no
    return Outcome(yes, no)


def _denied(outcome: Outcome) -> Outcome:
    return Outcome(outcome.no, outcome.yes)


def _sides(node: Cut | Gap, above: Bools, below: Bools) -> Outcome:
    if node.above is None:
        outside = above | below
        nowhere = np.zeros_like(outside)
        return Outcome(outside, nowhere) if node.apart else Outcome(nowhere, outside)
    return Outcome(above, below) if node.above else Outcome(below, above)


def _known(found: Outcome, open_: Bools, value: Floats, sign: str, other: float) -> Outcome:
    """An outcome, and that of whole numbers where it was open."""
    holds = _SIGNS[sign](value, other)
    return Outcome(found.yes | (open_ & holds), found.no | (open_ & ~holds))


# --- operations ------------------------------------------------------------------------


def _extended(said: Callable[..., Any]) -> Callable[..., Any]:
    def precisely(*values: Any) -> Any:
        return said(*(np.asarray(v, dtype=np.longdouble) for v in values)).astype(np.float64)

    return precisely


def _of_calendar(unit: str, since: str) -> Callable[[Any], Any]:
    """The number of the year, month or day of days."""

    def said(days: Any) -> Any:
        dates = _dates(days)
        number = dates.astype(f"M8[{unit}]") - dates.astype(f"M8[{since}]").astype(f"M8[{unit}]")
        return np.where(days == days, number.astype(np.float64) + 1.0, np.nan)

    return said


def _year(days: Any) -> Any:
    years = _dates(days).astype("M8[Y]").astype(np.int64) + 1970
    return np.where(days == days, years.astype(np.float64), np.nan)


def _dates(days: Any) -> Any:
    known = np.where(days == days, days, float(EPOCH))
    return (known.astype(np.int64) - EPOCH).astype("M8[D]")


def _within_calendar(days: Any) -> Any:
    return np.where((days >= 1.0) & (days <= float(_LAST_DAY)), days, np.nan)


def _months_later(days: Any, months: int, end: str) -> Any:
    """Days some months later: a day that does not exist becomes the first of the next month
    (`up`), the last of its own (`down`), or none."""
    dates = _dates(days)
    month = dates.astype("M8[M]")
    day = (dates - month.astype("M8[D]")).astype(np.int64)
    first = (month + np.timedelta64(months, "M")).astype("M8[D]").astype(np.int64)
    after = (month + np.timedelta64(months + 1, "M")).astype("M8[D]").astype(np.int64)
    moved = first + day
    if end == "up":
        moved = np.minimum(moved, after)
    elif end == "down":
        moved = np.minimum(moved, after - 1)
    found = moved.astype(np.float64) + float(EPOCH)
    if end not in ("up", "down"):
        found = np.where(moved < after, found, np.nan)
    return np.where(days == days, _within_calendar(found), np.nan)


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": np.divide,
    "negate": operator.neg,
    "abs": np.abs,
    "sqrt": np.sqrt,
    "floor": np.floor,
    "nearest": np.rint,
    "least": lambda first, *others: _folded(np.minimum, first, others),
    "greatest": lambda first, *others: _folded(np.maximum, first, others),
    "power": _extended(np.power),
    "exp": _extended(np.exp),
    "ln": _extended(np.log),
    "year": _year,
    "month": _of_calendar("M", "Y"),
    "day": _of_calendar("D", "M"),
    "days": operator.sub,
}


def _folded(said: Callable[[Any, Any], Any], first: Any, others: tuple[Any, ...]) -> Any:
    for one in others:
        first = said(first, one)
    return first


_TESTS: dict[type, Callable[[Any, Any], Outcome]] = {
    Both: Vectors._both,
    Span: Vectors._both,
    Either: Vectors._either,
    Opposite: Vectors._opposite,
    Literal: Vectors._literal,
    Absent: Vectors._absent,
    Cell: Vectors._cell,
    Held: Vectors._held,
    Choice: Vectors._choice,
    Given: Vectors._given,
    Test: Vectors._compare,
    Among: Vectors._among,
    Apply: Vectors._of_text,
    Cut: Vectors._cut,
    Gap: Vectors._gap,
    Looked: Vectors._looked_test,
}
_NUMBERS: dict[type, Callable[[Any, Any], Any]] = {
    Literal: Vectors._number_literal,
    Cell: Vectors._number_cell,
    Held: Vectors._number_held,
    Choice: Vectors._number_choice,
    Apply: Vectors._applied,
    Looked: Vectors._looked,
    Absent: lambda self, node: np.float64(np.nan),
}
