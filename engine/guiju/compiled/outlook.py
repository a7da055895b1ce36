"""What becomes of a verdict that is open because facts are missing.

The reference evaluator tries values in the place of what is missing, and a rule that comes to
the same with all of them is decided. Often that need not be tried for each object:

`always_open`: every missing fact is asked about once, and the answer can be either. Then an
`and` or an `or` that is open in Kleene logic can come out either way.

`turns`: a single missing fact is only compared with other facts, and where its values differ is
known from these.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from guiju.compiled.conditions import Span, atoms_of, cells_of
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType
from guiju.record import Record
from guiju.sieve.nodes import Among, Apply, Cell, Cut, Gap, Given, Held, Literal, Test

Fields = dict[str, FieldPlan]
"""The facts by `group.field`, as cells name them."""


def always_open(roots: tuple[Any, ...], fields: Fields) -> bool:
    """Whether a rule is undetermined whenever what is missing leaves it open."""
    seen: set[str] = set()
    for root in roots:
        for atom in atoms_of(root):
            names = {cell.name for cell in cells_of(atom)}
            if names & seen or not _either_way(atom, fields):
                return False
            seen |= names
    return True


def _either_way(atom: Any, fields: Fields) -> bool:
    """Whether an atom that lacks a fact can come out true and false, whatever else it reads."""
    match atom:
        case Cell(kind="truth"):
            return True
        case Given(value=Cell()):
            # It has an outcome, known or not, and is never open itself.
            return True
        case Among(Cell() as cell, members, _):
            return _some_of(fields[cell.name], members)
        case Span(Cell() as cell, low, high):
            return _between(fields[cell.name], low, high)
        case Test(operator, Cell() as cell, Literal(value)):
            return _beside(fields[cell.name], operator, value)
        case Test(operator, Cell() as one, Cell() as other):
            return one != other and _apart(fields[one.name], fields[other.name], operator)
        case Apply("contains" | "starts_with" | "ends_with", (Cell() as cell, Literal(str()))):
            return isinstance(fields[cell.name].type, TextType)
        case Span(_, low, high):
            return _calculated(low, fields) and _calculated(high, fields)
    return _calculated(atom, fields)


def _some_of(field: FieldPlan, members: tuple[Any, ...]) -> bool:
    match field.type:
        case TextType():
            return bool(members)
        case OneOfType(options=options):
            return 0 < len(set(members) & set(options)) < len(set(options))
        case NumberType():
            return any(_attainable(field, value) for value in members) and _has_others(field)
    return False


def _attainable(field: FieldPlan, value: float) -> bool:
    number = Decimal(repr(value))
    assert isinstance(field.type, NumberType)
    if field.type.integer and number != number.to_integral_value():
        return False
    return not (
        (field.low is not None and number < field.low)
        or (field.high is not None and number > field.high)
    )


def _has_others(field: FieldPlan) -> bool:
    """Whether there are more values than any list of constants could name."""
    assert isinstance(field.type, NumberType)
    if field.low is None or field.high is None:
        return True
    return not field.type.integer and field.low < field.high


def _beside(field: FieldPlan, operator: str, value: Any) -> bool:
    match field.type:
        case TextType():
            return operator in ("=", "!=")
        case OneOfType():
            return operator in ("=", "!=") and _some_of(field, (value,))
        case NumberType() if operator in ("=", "!="):
            return _some_of(field, (value,))
        case NumberType():
            # Strictly between the ends, both sides have values.
            number = Decimal(repr(value))
            return (field.low is None or field.low < number - 1) and (
                field.high is None or number + 1 < field.high
            )
    return False


def _between(field: FieldPlan, low: Any, high: Any) -> bool:
    match low, high:
        case Test(right=Literal(float() as least)), Test(right=Literal(float() as most)):
            pass
        case _:
            return False
    if not isinstance(field.type, NumberType):
        return False
    first, last = Decimal(repr(least)), Decimal(repr(most))
    inside_low = first if field.low is None else max(first, field.low)
    inside_high = last if field.high is None else min(last, field.high)
    room = Decimal(2) if field.type.integer else Decimal(0)
    outside = field.low is None or field.low < first - 1
    outside = outside or field.high is None or last + 1 < field.high
    return inside_high - inside_low > room and outside


def _apart(one: FieldPlan, other: FieldPlan, operator: str) -> bool:
    if any(end is not None for field in (one, other) for end in (field.low, field.high)):
        return False
    match one.type, other.type:
        case TextType(), TextType():
            return True
        case OneOfType(options=a), OneOfType(options=b):
            return operator in ("=", "!=") and a == b and len(set(a)) > 1
        case NumberType(integer=a), NumberType(integer=b):
            return a is b
    return False


def _calculated(atom: Any, fields: Fields) -> bool:
    """Whether numbers without declared ranges go through arithmetic before they are compared:
    then no values are tried for them, and nothing is known of how large the result can be."""
    match atom:
        case Held(_, value):
            return _calculated(value, fields)
        case Cut(value=value):
            sides: tuple[Any, ...] = (value,)
        case Gap(left=left, right=right):
            sides = (left, right)
        case _:
            return False
    if atom.above is None:
        # Whether two numbers can be equal depends on more than this.
        return False
    for cell in cells_of(atom):
        field = fields[cell.name]
        if field.low is not None or field.high is not None:
            return False
        if not isinstance(field.type, NumberType):
            return False
    return all(map(_plain_arithmetic, sides))


def _plain_arithmetic(node: Any) -> bool:
    match node:
        case Held(_, value):
            return _plain_arithmetic(value)
        case Apply(operands=operands):
            return all(map(_plain_arithmetic, operands))
        case Literal(value):
            return value is not None
    return isinstance(node, Cell)


# --- a single missing fact -----------------------------------------------------------------


class Turns(Record):
    """The other facts a fact is compared with, by their names."""

    field: FieldPlan
    others: tuple[str, ...]

    @property
    def few(self) -> bool:
        """Whether the values to try are decided by the order of the others alone."""
        field = self.field
        # The calendar, unlike numbers, has a first and a last day.
        open_ended = isinstance(field.type, NumberType) and field.low is None is field.high
        return open_ended and len(self.others) <= 2

    @property
    def whole(self) -> bool:
        """Whether it is a whole number, so that between two others there may be none."""
        return isinstance(self.field.type, NumberType) and self.field.type.integer

    def order(self, names: dict[str, str]) -> str | None:
        """The order of two others as generated code says it, where it decides anything."""
        if len(self.others) != 2:
            return None
        one, other = (names[name] for name in self.others)
        if not self.whole:
            return f"({other} > {one}) - ({other} < {one})"
        return f"({other} - {one} if -2 < {other} - {one} < 2 else 2 if {other} > {one} else -2)"


def turns_of(roots: tuple[Any, ...], fields: Fields) -> dict[str, Turns]:
    """The facts of a rule that are only compared with other facts of their kind, for their
    order: of a fact among others in a list no values are tried."""
    others: dict[str, set[str]] = {}
    spoilt: set[str] = set()
    for root in roots:
        for atom in atoms_of(root):
            match atom:
                case Test("<" | "<=" | ">" | ">=", Cell() as one, Cell() as other) if (
                    one.name != other.name
                ):
                    others.setdefault(one.name, set()).add(other.name)
                    others.setdefault(other.name, set()).add(one.name)
                case _:
                    spoilt |= {cell.name for cell in cells_of(atom)}
    return {
        name: Turns(fields[name], tuple(sorted(found)))
        for name, found in others.items()
        if name not in spoilt and _ordered(fields[name], [fields[other] for other in found])
    }


def _ordered(field: FieldPlan, others: list[FieldPlan]) -> bool:
    for other in others:
        if isinstance(field.type, NumberType) and isinstance(other.type, NumberType):
            if field.type.integer is not other.type.integer:
                return False
        elif not isinstance(field.type, DateType) or not isinstance(other.type, DateType):
            return False
    return True


def tried(turns: Turns, against: list[Any]) -> list[Any]:
    """A value of each region between and at the values a missing fact is compared with. Such
    a value only stands in its place among these; it need not be one the fact could have."""
    field, cuts = turns.field, sorted(set(against))
    match field.type:
        case NumberType(integer=True):
            low = None if field.low is None else ceil(field.low)
            high = None if field.high is None else floor(field.high)
            return _whole(cuts, low, high)
        case NumberType():
            return _numbers(cuts, field.low, field.high)
    first = date.min if field.low is None else field.low
    last = date.max if field.high is None else field.high
    days = _whole([day.toordinal() for day in cuts], first.toordinal(), last.toordinal())
    return [date.fromordinal(day) for day in days]


def _whole(cuts: list[int], low: int | None, high: int | None) -> list[int]:
    near = {number for cut in cuts for number in (cut - 1, cut, cut + 1)}
    near |= {end for end in (low, high) if end is not None}
    return sorted(
        number
        for number in near
        if (low is None or low <= number) and (high is None or number <= high)
    )


def _numbers(cuts: list[float], low: Decimal | None, high: Decimal | None) -> list[Any]:
    # The ends of the range are decimals, and so are the numbers that floats stand for.
    stands_for = {cut: Decimal(repr(cut)) for cut in cuts}
    below = [cut for cut in cuts if low is not None and stands_for[cut] < low]
    above = [cut for cut in cuts if high is not None and stands_for[cut] > high]
    inner = cuts[len(below) : len(cuts) - len(above)]
    found: list[Any] = list(inner)
    found += [_between_two(a, b) for a, b in pairwise(inner)]
    least, most = (below[-1] if below else None), (above[0] if above else None)
    if not inner:
        return [_between_two(least, most)]
    if low is None or low < stands_for[inner[0]]:
        found.append(_between_two(least, inner[0]))
    if high is None or stands_for[inner[-1]] < high:
        found.append(_between_two(inner[-1], most))
    return found


def _between_two(low: float | None, high: float | None) -> Fraction:
    if low is None:
        assert high is not None
        return Fraction(high) - 1
    return Fraction(low) + 1 if high is None else (Fraction(low) + Fraction(high)) / 2
