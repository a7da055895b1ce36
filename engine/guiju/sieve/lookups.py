"""What a lookup gives, as a node: by keys that are equal, by bands, and from days on."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from guiju.evaluation.lookups import in_force
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan import nodes as plan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, YesNoType
from guiju.quantities import exact
from guiju.sieve import numbers
from guiju.sieve.logic import both
from guiju.sieve.nodes import Absent, Choice, Literal, Looked, Node, Test
from guiju.sieve.numbers import Number, Undecidable

if TYPE_CHECKING:
    from guiju.sieve.lower import Frame, Lowering

Rows = tuple[plan.LookupRow, ...]


def lookup(lowering: Lowering, node: plan.LookupRef, frame: Frame) -> Any:
    """What a lookup gives. Raises Undecidable."""
    lookup_ = lowering.pack.lookups[node.lookup]
    names = [name for name, _ in lookup_.gives]
    at = names.index(node.gives) if node.gives is not None else 0
    rows = lookup_.rows
    if not any(row.effective or row.until for row in rows):
        return _in_force(lowering, node, rows, at, frame)
    day = _day_of(lowering, node)
    if day is not None:
        return _in_force(lowering, node, _on(rows, day), at, frame)
    # A day that differs from row to row: what was in force before the first change, then
    # from each change on.
    assert node.on is not None
    its_day = lowering.plain(node.on, frame)
    first, *changes = _changes(rows)
    found = _in_force(lowering, node, _on(rows, first), at, frame)
    for change in changes:
        since = Test(">=", its_day, Literal(change))
        found = _either_of(since, _in_force(lowering, node, _on(rows, change), at, frame), found)
    return found


def _in_force(
    lowering: Lowering,
    node: plan.LookupRef,
    rows: Rows,
    at: int,
    frame: Frame,
) -> Any:
    """What the rows of a lookup give that are in force."""
    if all(key.operator == "=" for row in rows for key in row.keys):
        return _looked(lowering, node, rows, at, frame)
    # Bands: the first row whose conditions all hold.
    given = [lowering.lowered(key, frame) for key in node.keys]
    found: Any = Literal(None)
    for row in reversed(rows):
        if row.values is None or row.values[at] is None:
            value = Literal(None)
        else:
            value = lowering.constant(row.values[at], node.type)
        fits = both([_fits(key, band) for key, band in zip(given, row.keys, strict=True)])
        found = _either_of(fits, value, found)
    return found


def _day_of(lowering: Lowering, node: plan.LookupRef) -> date | None:
    """The day a lookup is asked for; None where it is not the same in every row."""
    if node.on is None:
        if lowering.as_of is None:
            raise Undecidable
        return lowering.as_of
    day = None if lowering.known is None else lowering.known(node.on)
    return day if isinstance(day, date) else None


def _fits(key: Any, band: plan.BandKey) -> Node:
    if isinstance(key, Number):
        return numbers.compared(band.operator, key, numbers.of_decimal(band.value))
    if isinstance(key, Absent):
        return key
    return Test(band.operator, key, Literal(band.value))


def _looked(
    lowering: Lowering,
    node: plan.LookupRef,
    rows: Rows,
    at: int,
    frame: Frame,
) -> Any:
    keys = tuple(lowering.plain(key, frame) for key in node.keys)
    found: dict[tuple[Any, ...], Any] = {}
    for row in rows:
        key = tuple(_as_key(band.value) for band in row.keys)
        found.setdefault(key, None if row.values is None else row.values[at])
    if all(isinstance(key, Literal) for key in keys):
        value = found.get(tuple(key.value for key in keys))  # type: ignore[union-attr]
        if value is not None:
            return lowering.constant(value, node.type)
    kept = tuple((key, value) for key, value in found.items() if value is not None)
    name = f"{node.lookup}.{node.gives or ''}"
    match node.type:
        case NumberType():
            values = [exact(value) for _, value in kept]
            floats = tuple((key, _as_key(value)) for key, value in kept)
            exactly = all(Fraction(repr(_as_key(value))) == value for value in values)
            return Number(
                Looked(name, floats, keys),
                1.0,
                ratio=Fraction(1) if exactly else None,
                nonnegative=all(value >= 0 for value in values),
            )
        case TextType() | OneOfType() | DateType() | YesNoType():
            return Looked(name, kept, keys)
    raise Undecidable


def _as_key(value: Any) -> Any:
    return float(exact(value)) if isinstance(value, (Decimal, Fraction)) else value


def _either_of(condition: Node, then: Any, otherwise: Any) -> Any:
    if isinstance(then, Number) or isinstance(otherwise, Number):
        a, b = (one if isinstance(one, Number) else Number(one, 0.0) for one in (then, otherwise))
        return numbers.chosen(condition, a, b)
    return Choice(condition, then, otherwise)


def _on(rows: Rows, day: date) -> Rows:
    """The rows of a lookup that are in force on a day."""
    return tuple(row for row in rows if in_force(row.effective, row.until, day))


def _changes(rows: Rows) -> list[date]:
    """The first day there is, and the days on which other rows come into force, in order."""
    days = {date.min, *(row.effective for row in rows if row.effective is not None)}
    ends = [row.until for row in rows if row.until is not None and row.until < date.max]
    return sorted({*days, *(end + timedelta(days=1) for end in ends)})
