"""Quantifiers and aggregates over the rows of a table, as totals of rows that are alike.

`sum of tree.carbon for tree in trees where tree.plot = plot.id` becomes one total for each plot
that occurs, found again for each plot by its id. That needs conditions that either speak of the
row inside alone, or say that a column of it equals something outside. One `!=` more, as in "no
other row", is the total without it less the total of what it leaves out.

Conditions that compare the row inside with the one outside in another way, as "starts before it
ends", are asked of every two rows that the equalities leave together; without an equality they are
not asked at all.
"""

from __future__ import annotations

from guiju.evaluation.walk import slots_read
from guiju.plan import nodes as plan
from guiju.plan.nodes import Expr
from guiju.plan.types import NumberType
from guiju.record import Record
from guiju.sieve import numbers
from guiju.sieve.logic import both, opposite
from guiju.sieve.lower import Frame, Lowering, same, whole
from guiju.sieve.nodes import (
    Apply,
    Cell,
    Literal,
    Looked,
    Node,
    Other,
    Row,
    RowFound,
    Test,
    Total,
    inside,
)
from guiju.sieve.numbers import Number, Undecidable

Pair = tuple[Node, Node]


class _Alike(Record):
    """Which rows belong together: the columns inside with what they equal outside, what must
    hold of the row inside, the column that must not equal something outside, and what must hold of
    both rows."""

    table: str
    frame: Frame
    by: tuple[Pair, ...]
    where: Node | None
    unlike: Pair | None
    beside: Node | None

    def total(self, function: str, value: Node | None) -> Node:
        """A total over the rows. Raises Undecidable where some are to be left out of what
        cannot be taken away again."""
        if self.beside is not None and function not in ("count", "any"):
            raise Undecidable
        whole_ = Total(self.table, self.by, self.where, function, value, self.beside)
        if self.unlike is None:
            return whole_
        if function != "count":
            raise Undecidable
        return Apply("-", (whole_, whole_._replace(by=(*self.by, self.unlike))))


def aggregate(lowering: Lowering, node: plan.Aggregate, frame: Frame) -> Number:
    """An aggregate that is a number. Raises Undecidable."""
    alike = _alike(lowering, node.rows, node.slot, node.where, frame)
    if node.function == "count":
        return whole(alike.total("count", None))
    if node.value is None or not isinstance(node.value.type, NumberType):
        raise Undecidable
    for part in (node.value, node.weight):
        if part is not None and not _of_row(part, node.slot, frame):
            raise Undecidable
    value = lowering.number(node.value, alike.frame)
    match node.function:
        case "sum":
            return _sum(lowering, alike, value)
        case "mean":
            count = whole(alike.total("count", None))
            return numbers.quotient(_sum(lowering, alike, value), count)
        case "weighted mean" if node.weight is not None:
            weight = lowering.number(node.weight, alike.frame)
            weighted = _sum(lowering, alike, numbers.product(value, weight))
            return numbers.quotient(weighted, _sum(lowering, alike, weight))
        case "min" | "max" as name:
            end = "least" if name == "min" else "greatest"
            if numbers.is_literal(value) or value.ratio is None or value.ratio <= 0:
                raise Undecidable
            return value._replace(value=alike.total(end, value.value))
    raise Undecidable


def end_of_dates(lowering: Lowering, node: plan.Aggregate, frame: Frame) -> Node:
    """The first or the last of some dates. Raises Undecidable."""
    if node.function not in ("min", "max") or node.value is None:
        raise Undecidable
    if not _of_row(node.value, node.slot, frame):
        raise Undecidable
    alike = _alike(lowering, node.rows, node.slot, node.where, frame)
    end = "least" if node.function == "min" else "greatest"
    return alike.total(end, lowering.plain(node.value, alike.frame))


def _sum(lowering: Lowering, alike: _Alike, value: Number) -> Number:
    one = numbers.calculated(value)
    # Each addition rounds once; in which order they are made is not ours to say.
    rows = rows_of(lowering, alike.table)
    size = one.value if one.nonnegative else Apply("abs", (one.value,))
    own = one.nonnegative and one.magnitude is None
    return numbers.checked(
        Number(
            alike.total("sum", one.value),
            one.ulps + rows * 1.01,
            None if own else alike.total("sum", one.magnitude or size),
            nonnegative=one.nonnegative,
            depth=one.depth,
            weight=one.weight + 1,
        )
    )


def rows_of(lowering: Lowering, table: str) -> int:
    """How many rows a table has. Raises Undecidable where it cannot be read."""
    rows = None if lowering.rows_of is None else lowering.rows_of(table)
    if rows is None:
        raise Undecidable
    return rows


def quantified(lowering: Lowering, node: plan.Quantified, frame: Frame) -> Node:
    """A quantifier over the rows of a table. Raises Undecidable."""
    match node.quantifier:
        case "some" | "no":
            alike = _alike(lowering, node.rows, node.slot, node.where, frame, node.satisfies)
            found = _any(alike)
            return opposite(found) if node.quantifier == "no" else found
        case "every":
            broken = plan.Not(node.satisfies, node.satisfies.type)
            alike = _alike(lowering, node.rows, node.slot, node.where, frame, broken)
            return opposite(_any(alike))
    assert node.count is not None
    alike = _alike(lowering, node.rows, node.slot, node.where, frame, node.satisfies)
    having = whole(alike.total("count", None))
    wanted = lowering.number(node.count, frame)
    if node.share:
        every = _alike(lowering, node.rows, node.slot, node.where, frame)
        wanted = numbers.product(wanted, whole(every.total("count", None)))
    return numbers.compared(">=", having, wanted)


def _any(alike: _Alike) -> Node:
    if alike.unlike is None:
        return alike.total("any", None)
    return Test(">", alike.total("count", None), Literal(0.0))


def _alike(
    lowering: Lowering,
    rows: Expr,
    slot: int,
    where: Expr | None,
    frame: Frame,
    also: Expr | None = None,
) -> _Alike:
    if not isinstance(rows, plan.TableRows):
        raise Undecidable
    rows_of(lowering, rows.table)
    inner: Frame = {**frame, slot: Row(rows.table)}
    by: list[Pair] = []
    tests: list[Node] = []
    unlike: list[Pair] = []
    crossing: list[Expr] = []
    for part in [one for each in (where, also) if each is not None for one in _parts(each)]:
        pair = _pair(lowering, part, slot, frame, inner)
        if pair is not None:
            (by if pair[0] == "=" else unlike).append(pair[1])
        elif _of_row(part, slot, frame):
            tests.append(lowering.test(part, inner))
        else:
            crossing.append(part)
    beside: Node | None = None
    if crossing or len(unlike) > 1:
        if not by:
            raise Undecidable
        beside = _beside(lowering, crossing, {**frame, slot: Other(rows.table)}, unlike)
        unlike = []
    kept = both(tests)
    where_ = None if isinstance(kept, Literal) and kept.value is True else kept
    return _Alike(rows.table, inner, tuple(by), where_, unlike[0] if unlike else None, beside)


def _beside(lowering: Lowering, parts: list[Expr], frame: Frame, unlike: list[Pair]) -> Node:
    """What must hold of the row inside and the one outside together. Raises Undecidable."""
    tests = [lowering.test(part, frame) for part in parts]
    for inner, outside in unlike:
        if not isinstance(inner, Cell) or not isinstance(inner.place, Row):
            raise Undecidable
        other = inner._replace(place=Other(inner.place.table))
        tests.append(Test("!=", other, outside))
    found = both(tests)
    for node in inside(found):
        match node:
            case Cell(place=RowFound()) | Looked() | Total() | Literal(None):
                raise Undecidable
    return found


def _parts(node: Expr) -> list[Expr]:
    """The conditions that must all hold for one to hold."""
    match node:
        case plan.And(operands=operands):
            return [part for one in operands for part in _parts(one)]
        case plan.Not(operand=plan.Not(operand=inner)):
            return _parts(inner)
        case plan.Not(operand=plan.Or(operands=operands, type=type_)):
            return [part for one in operands for part in _parts(plan.Not(one, type_))]
        case plan.Not(operand=plan.Compare() as compare):
            return [compare._replace(operator=plan.CONTRARY[compare.operator])]
    return [node]


def _pair(
    lowering: Lowering, part: Expr, slot: int, frame: Frame, inner: Frame
) -> tuple[str, Pair] | None:
    """A column of the row inside, and what outside it is to equal, or not to."""
    if not isinstance(part, plan.Compare) or part.operator not in ("=", "!="):
        return None
    if part.left_scale != 1 or part.right_scale != 1:
        return None
    for one, other in ((part.left, part.right), (part.right, part.left)):
        outside = slots_read(other)
        if (
            slot in slots_read(one)
            and outside
            and slot not in outside
            and _of_row(one, slot, frame)
        ):
            return part.operator, (lowering.plain(one, inner), lowering.plain(other, frame))
    return None


def _of_row(node: Expr, slot: int, frame: Frame) -> bool:
    """Whether an expression reads the row in a slot and nothing else that differs."""
    return all(read == slot or same(read, frame) for read in slots_read(node))
