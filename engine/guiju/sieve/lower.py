"""From the plan to a sieve: numbers with their bounds, dates, texts, and tests on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from guiju.evaluation.logic import days_between
from guiju.evaluation.lookups import in_force
from guiju.evaluation.unknown import Unknown
from guiju.evaluation.walk import slots_read
from guiju.hints import Any, cast
from guiju.plan import nodes as plan
from guiju.plan.nodes import Expr, PackPlan
from guiju.plan.types import (
    DateType,
    DurationType,
    NumberType,
    OneOfType,
    RowType,
    TextType,
    Type,
    YesNoType,
)
from guiju.quantities import exact
from guiju.record import Record
from guiju.sieve import numbers
from guiju.sieve.nodes import (
    FALSE,
    TRUE,
    UNDECIDED,
    Absent,
    Among,
    Apply,
    Both,
    Cell,
    Choice,
    Cut,
    Either,
    Facts,
    Given,
    Held,
    Interner,
    Literal,
    Looked,
    Node,
    Opposite,
    Place,
    Row,
    RowFound,
    Test,
)
from guiju.sieve.numbers import Number, Undecidable

NOT_KNOWN = object()
"""What `known` gives for an expression that is not the same in every row, or not cheap."""


class Column(Record):
    """How a fact or a column stands where the sieve will read it. `kind`: number, truth, text
    or date. `exactly`: see `numbers.of_cell`. `ratio` brings its numbers to the declared unit."""

    kind: str
    exactly: bool = True
    ratio: Fraction = Fraction(1)


Columns = Callable[[str, str], "Column | None"]
"""The column of a group or table by its name; None where the road cannot read it."""


class Bound(Record):
    """An expression in the frame it was written in, for a let."""

    value: Expr
    frame: Frame


Frame = dict[int, "Place | Bound"]
"""What stands in the slots: the places rows stand in, and lets."""


class Lowering:
    """Lowers expressions of one pack for one reading of its vocabulary."""

    def __init__(
        self,
        pack: PackPlan,
        columns: Columns,
        *,
        as_of: date | None = None,
        known: Callable[[Expr], Any] | None = None,
        rows_of: Callable[[str], int | None] | None = None,
    ) -> None:
        """`known` gives the value of an expression that reads no row, as the reference
        evaluator found it, or NOT_KNOWN. `rows_of` gives the number of rows of a table, None
        where the road cannot read it; without it nothing over rows is lowered."""
        self.pack, self.columns, self.as_of = pack, columns, as_of
        self.known, self.rows_of = known, rows_of
        self.interned = Interner()
        self._done: dict[tuple[int, int], tuple[Expr, Frame, Any]] = {}

    # --- anything ------------------------------------------------------------------------

    def test(self, node: Expr, frame: Frame) -> Node:
        """A condition as a test; what cannot be said in it is UNDECIDED there."""
        match node:
            case plan.And(operands=operands):
                return both([self.test(one, frame) for one in operands])
            case plan.Or(operands=operands):
                return either([self.test(one, frame) for one in operands])
            case plan.Not(operand=operand):
                return opposite(self.test(operand, frame))
            case plan.Between(low=low, high=high):
                return both([self.test(low, frame), self.test(high, frame)])
        try:
            found = self._lowered(node, frame)
        except Undecidable:
            return UNDECIDED
        if isinstance(found, Number):
            raise TypeError(node)
        return cast("Node", found)

    def number(self, node: Expr, frame: Frame) -> Number:
        """A number. Raises Undecidable."""
        found = self._lowered(node, frame)
        if isinstance(found, Number):
            return found
        if not isinstance(found, Absent):
            raise Undecidable
        return Number(found, 0.0)

    def plain(self, node: Expr, frame: Frame) -> Node:
        """A value that is equal to another where binary64, text or date is: a text, an option,
        a date, a truth, or a number as the cell holds it. Raises Undecidable."""
        found = self._lowered(node, frame)
        if not isinstance(found, Number):
            return cast("Node", found)
        if found.ratio is None:
            raise Undecidable
        if numbers.is_literal(found):
            assert isinstance(found.value, Literal)
            if Fraction(repr(found.value.value)) != found.ratio:
                raise Undecidable
        elif found.ratio != 1:
            raise Undecidable
        return found.value

    def anything(self, node: Expr, frame: Frame) -> Node:
        """The value of an expression of any type. Raises Undecidable."""
        found = self._lowered(node, frame)
        return found.value if isinstance(found, Number) else cast("Node", found)

    def _lowered(self, node: Expr, frame: Frame) -> Any:
        key = id(node), id(frame)
        done = self._done.get(key)
        if done is None:
            done = self._done[key] = node, frame, self._lower(node, frame)
        return done[2]

    def _lower(self, node: Expr, frame: Frame) -> Any:
        if (
            node.__class__ is not plan.Constant
            and self.known is not None
            and all(same(slot, frame) for slot in slots_read(node))
        ):
            value = self.known(node)
            if value is not NOT_KNOWN:
                return self._constant(value, node.type)
        match node:
            case plan.Constant(value, type):
                return self._constant(value, type)
            case plan.LocalRef(slot=slot):
                held = frame.get(slot)
                if isinstance(held, Bound):
                    return self._lowered(held.value, held.frame)
                raise Undecidable
            case plan.FactRef() | plan.ColumnRef() | plan.CellRef():
                return self._cell(node, frame)
            case plan.FormulaRef():
                return self._formula(node, frame)
            case plan.LookupRef():
                return self._lookup(node, frame)
            case plan.InUnit(operand=operand):
                return self._lowered(operand, frame)
            case plan.If(condition, then, otherwise, type):
                return self._choice(self.test(condition, frame), then, otherwise, type, frame)
        match node.type:
            case NumberType():
                return self._number(node, frame)
            case YesNoType():
                return self._test(node, frame)
            case DateType():
                return self._day(node, frame)
        raise Undecidable

    def _constant(self, value: Any, type_: Type) -> Any:
        if value.__class__ is Unknown:
            return Absent(_lacks(value))
        match type_:
            case NumberType():
                return numbers.of_decimal(value)
            case TextType() | OneOfType() | DateType() | YesNoType():
                return Literal(value)
        raise Undecidable

    def _choice(
        self, condition: Node, then: Expr, otherwise: Expr, type_: Type, frame: Frame
    ) -> Any:
        if condition is TRUE:
            return self._lowered(then, frame)
        if condition is FALSE:
            return self._lowered(otherwise, frame)
        if isinstance(type_, NumberType):
            return numbers.chosen(
                condition, self.number(then, frame), self.number(otherwise, frame)
            )
        if isinstance(type_, YesNoType):
            return Choice(condition, self.test(then, frame), self.test(otherwise, frame))
        return Choice(condition, self.plain(then, frame), self.plain(otherwise, frame))

    # --- where values stand --------------------------------------------------------------

    def _cell(self, node: plan.FactRef | plan.ColumnRef | plan.CellRef, frame: Frame) -> Any:
        place: Place
        match node:
            case plan.FactRef(group=group, field=field):
                place, name = Facts(), f"{group}.{field}"
                fields = self.pack.groups[group].fields if group in self.pack.groups else {}
            case plan.ColumnRef(slot=slot, table=group, field=field):
                place, name = self._standing(slot, frame), field
                fields = self.pack.tables[group].fields
            case plan.CellRef(row=row, table=group, field=field):
                place, name, fields = self.place(row, frame), field, self.pack.tables[group].fields
        column = self.columns(group, field)
        if column is None:
            raise Undecidable
        cell = Cell(place, name, column.kind)
        if column.kind != "number":
            return cell
        low = fields[field].low if field in fields else None
        nonnegative = isinstance(low, Decimal) and low >= 0
        type_ = fields[field].type if field in fields else None
        return numbers.of_cell(
            cell,
            column.ratio,
            exactly=column.exactly,
            nonnegative=nonnegative,
            whole=isinstance(type_, NumberType) and type_.integer,
        )

    def place(self, row: Expr, frame: Frame) -> Place:
        """Where the row stands that an expression names. Raises Undecidable."""
        match row:
            case plan.LocalRef(slot=slot):
                return self._standing(slot, frame)
            case plan.RowByKey(table=table, keys=keys):
                found = tuple(self.plain(key, frame) for key in keys)
                if any(self._inexact(table, field) for field in self.pack.tables[table].key):
                    raise Undecidable
                return RowFound(table, found)
        raise Undecidable

    def _standing(self, slot: int, frame: Frame) -> Place:
        """Where the row of a slot stands, also that of a let. Raises Undecidable."""
        held = frame.get(slot)
        if held is None:
            raise Undecidable
        return self.place(held.value, held.frame) if isinstance(held, Bound) else held

    def _inexact(self, table: str, field: str) -> bool:
        """Whether a column cannot be compared for equality as it stands."""
        column = self.columns(table, field)
        return column is None or not column.exactly or column.ratio != 1

    def _formula(self, node: plan.FormulaRef, frame: Frame) -> Any:
        formula = self.pack.formulas[node.formula]
        inner: Frame = {}
        if node.row is not None:
            assert formula.slot is not None
            inner[formula.slot] = self.place(node.row, frame)
        for let in formula.lets:
            inner[let.slot] = Bound(let.value, inner)
        value = self._lowered(formula.body, inner)
        if formula.where is None:
            return value
        within = self.test(formula.where, inner)
        if isinstance(value, Number):
            held = numbers.calculated(value)
            return held._replace(value=Held(within, held.value))
        return Held(within, value)

    def frame_of(self, rule: plan.RulePlan) -> Frame:
        """The frame of a rule: its row and its lets."""
        frame: Frame = {}
        if rule.slot is not None and rule.table is not None:
            frame[rule.slot] = Row(rule.table)
        for let in rule.lets:
            frame[let.slot] = Bound(let.value, frame)
        return frame

    # --- lookups -------------------------------------------------------------------------

    def _lookup(self, node: plan.LookupRef, frame: Frame) -> Any:
        lookup = self.pack.lookups[node.lookup]
        names = [name for name, _ in lookup.gives]
        at = names.index(node.gives) if node.gives is not None else 0
        rows = lookup.rows
        if not any(row.effective or row.until for row in rows):
            return self._in_force(node, rows, at, frame)
        day = self._day_of(node)
        if day is not None:
            return self._in_force(node, _on(rows, day), at, frame)
        # A day that differs from row to row: what was in force before the first change, then
        # from each change on.
        assert node.on is not None
        its_day = self.plain(node.on, frame)
        first, *changes = _changes(rows)
        found = self._in_force(node, _on(rows, first), at, frame)
        for change in changes:
            since = Test(">=", its_day, Literal(change))
            found = _either_of(since, self._in_force(node, _on(rows, change), at, frame), found)
        return found

    def _in_force(
        self, node: plan.LookupRef, rows: tuple[plan.LookupRow, ...], at: int, frame: Frame
    ) -> Any:
        """What the rows of a lookup give that are in force."""
        if all(key.operator == "=" for row in rows for key in row.keys):
            return self._looked(node, rows, at, frame)
        # Bands: the first row whose conditions all hold.
        given = [self._lowered(key, frame) for key in node.keys]
        found: Any = Literal(None)
        for row in reversed(rows):
            if row.values is None or row.values[at] is None:
                value = Literal(None)
            else:
                value = self._constant(row.values[at], node.type)
            fits = both([self._fits(key, band) for key, band in zip(given, row.keys, strict=True)])
            found = _either_of(fits, value, found)
        return found

    def _day_of(self, node: plan.LookupRef) -> date | None:
        """The day a lookup is asked for; None where it is not the same in every row."""
        if node.on is None:
            if self.as_of is None:
                raise Undecidable
            return self.as_of
        day = NOT_KNOWN if self.known is None else self.known(node.on)
        return day if isinstance(day, date) else None

    def _fits(self, key: Any, band: plan.BandKey) -> Node:
        if isinstance(key, Number):
            return numbers.compared(band.operator, key, numbers.of_decimal(band.value))
        if isinstance(key, Absent):
            return key
        return Test(band.operator, key, Literal(band.value))

    def _looked(
        self, node: plan.LookupRef, rows: tuple[plan.LookupRow, ...], at: int, frame: Frame
    ) -> Any:
        keys = tuple(self.plain(key, frame) for key in node.keys)
        found: dict[tuple[Any, ...], Any] = {}
        for row in rows:
            key = tuple(_as_key(band.value) for band in row.keys)
            found.setdefault(key, None if row.values is None else row.values[at])
        if all(isinstance(key, Literal) for key in keys):
            value = found.get(tuple(key.value for key in keys))  # type: ignore[union-attr]
            if value is not None:
                return self._constant(value, node.type)
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

    # --- numbers -------------------------------------------------------------------------

    def _number(self, node: Expr, frame: Frame) -> Number:
        match node:
            case plan.Scale(operand=operand, numerator=up, denominator=down):
                return numbers.scaled(self.number(operand, frame), Fraction(up, down))
            case plan.Negate(operand=operand):
                return numbers.negative(self.number(operand, frame))
            case plan.Arithmetic(operator, left, right):
                return self._arithmetic(
                    operator, self.number(left, frame), self.number(right, frame)
                )
            case plan.Rounded(value, direction, step):
                by = self.number(step, frame)
                if not numbers.is_literal(by) or by.ratio is None:
                    raise Undecidable
                return numbers.rounded(self.number(value, frame), by.ratio, direction)
            case plan.Call(function="floor" | "ceiling" as name, arguments=(one,)):
                direction = "down" if name == "floor" else "up"
                return numbers.rounded(self.number(one, frame), Fraction(1), direction)
            case plan.Call(function="year" | "month" | "day" as name, arguments=(day,)):
                return whole(Apply(name, (self.plain(day, frame),)))
            case plan.Call(function="days", arguments=(earlier, later)):
                ends = self.plain(later, frame), self.plain(earlier, frame)
                return whole(Apply("days", ends), nonnegative=False)
            case plan.Call(function="length", arguments=(text,)):
                return whole(Apply("length", (self.plain(text, frame),)))
            case plan.Call(function=name, arguments=arguments):
                return numbers.function(name, [self.number(one, frame) for one in arguments])
            case plan.Aggregate():
                from guiju.sieve.groups import aggregate

                return aggregate(self, node, frame)
        raise Undecidable

    def _arithmetic(self, operator: str, left: Number, right: Number) -> Number:
        match operator:
            case "+" | "-":
                return numbers.total(left, right, operator)
            case "*":
                return numbers.product(left, right)
            case "/":
                return numbers.quotient(left, right)
        return numbers.power(left, right)

    # --- dates ---------------------------------------------------------------------------

    def _day(self, node: Expr, frame: Frame) -> Node:
        match node:
            case plan.DateShift(day, plan.Constant(value=(count, unit)), sign, month_end):
                start, many = self.plain(day, frame), sign * int(count)
                match unit:
                    case "days":
                        return Apply("add_days", (start, Literal(many)))
                    case "months" | "years":
                        months = many * (12 if unit == "years" else 1)
                        end = Literal(month_end or "")
                        return Apply("add_months", (start, Literal(months), end))
            case plan.AsOf() if self.as_of is not None:
                return Literal(self.as_of)
            case plan.Aggregate():
                from guiju.sieve.groups import end_of_dates

                return end_of_dates(self, node, frame)
        raise Undecidable

    # --- tests ---------------------------------------------------------------------------

    def _test(self, node: Expr, frame: Frame) -> Node:
        match node:
            case plan.And() | plan.Or() | plan.Not() | plan.Between():
                return self.test(node, frame)
            case plan.Compare():
                return self._compare(node, frame)
            case plan.Within(left, tolerance, right, relative):
                a, b = self.number(left, frame), self.number(right, frame)
                reach = self.number(tolerance, frame)
                if relative:
                    reach = self._arithmetic("*", reach, numbers.function("abs", [b]))
                apart = numbers.function("abs", [self._arithmetic("-", a, b)])
                return numbers.compared("<=", apart, reach)
            case plan.IsKnown(value, negated):
                return self._given(value, negated, frame)
            case plan.Membership(value, members, negated):
                return self._membership(value, members, negated, frame)
            case plan.Quantified():
                from guiju.sieve.groups import quantified

                return quantified(self, node, frame)
            case plan.Call(function="starts_with" | "ends_with" as name, arguments=arguments):
                return Apply(name, tuple(self.plain(one, frame) for one in arguments))
            case plan.Call(function="contains", arguments=(text, part)) if isinstance(
                text.type, TextType
            ):
                return Apply("contains", (self.plain(text, frame), self.plain(part, frame)))
        raise Undecidable

    def _compare(self, node: plan.Compare, frame: Frame) -> Node:
        operator, left, right = node.operator, node.left, node.right
        match left.type:
            case NumberType():
                a, b = self.number(left, frame), self.number(right, frame)
                for one in (a, b):
                    if isinstance(one.value, Absent):
                        return one.value
                return numbers.compared(operator, a, b, node.left_scale, node.right_scale)
            case TextType() | OneOfType() | DateType() | YesNoType():
                return Test(operator, self.plain(left, frame), self.plain(right, frame))
            case DurationType():
                return self._compare_durations(operator, left, right, frame)
        raise Undecidable

    def _compare_durations(self, operator: str, left: Expr, right: Expr, frame: Frame) -> Node:
        match left, right:
            case plan.DateDifference(later, earlier), plan.Constant(value=(count, unit)):
                ends = self.plain(later, frame), self.plain(earlier, frame)
                between = whole(Apply("days", ends), nonnegative=False)
                if unit == "days":
                    return numbers.compared(operator, between, numbers.of_decimal(Decimal(count)))
                if unit in ("months", "years") and operator not in ("=", "!="):
                    low, high = days_between((int(count), unit))
                    return Cut(between.value, float(low), float(high), operator in (">", ">="))
        raise Undecidable

    def _given(self, value: Expr, negated: bool, frame: Frame) -> Node:
        if isinstance(value.type, RowType):
            raise Undecidable
        found = self._lowered(value, frame)
        node = found.value if isinstance(found, Number) else found
        if isinstance(node, (Cell, Looked)):
            return Given(node, negated)
        if isinstance(node, Absent):
            return Literal(negated)
        raise Undecidable

    def _membership(self, value: Expr, members: Expr, negated: bool, frame: Frame) -> Node:
        match members:
            case plan.Constant(value=tuple() as items):
                kind = members.type.of  # type: ignore[union-attr]
                among: list[Expr] = [plan.Constant(item, kind) for item in items]
            case plan.ListOf(items=items):
                among = list(items)
            case _:
                raise Undecidable
        if isinstance(value.type, NumberType):
            one = self.number(value, frame)
            found = either([numbers.compared("=", one, self.number(i, frame)) for i in among])
            return opposite(found) if negated else found
        if not among:
            return Literal(negated)
        sought = self.plain(value, frame)
        known = [self.plain(item, frame) for item in among]
        if all(isinstance(item, Literal) for item in known):
            return Among(sought, tuple(item.value for item in known), negated)  # type: ignore[union-attr]
        found = either([Test("=", sought, item) for item in known])
        return opposite(found) if negated else found


def whole(value: Node, *, nonnegative: bool = True) -> Number:
    """A whole number, which binary64 holds."""
    return Number(value, 0.0, ratio=Fraction(1), nonnegative=nonnegative, whole=True)


def _as_key(value: Any) -> Any:
    return float(exact(value)) if isinstance(value, (Decimal, Fraction)) else value


def _either_of(condition: Node, then: Any, otherwise: Any) -> Any:
    if isinstance(then, Number) or isinstance(otherwise, Number):
        a, b = (one if isinstance(one, Number) else Number(one, 0.0) for one in (then, otherwise))
        return numbers.chosen(condition, a, b)
    return Choice(condition, then, otherwise)


def same(slot: int, frame: Frame) -> bool:
    """Whether what stands in a slot is the same in every row."""
    todo = [(slot, frame)]
    while todo:
        slot, of = todo.pop()
        held = of.get(slot)
        if not isinstance(held, Bound):
            return False
        todo += [(inner, held.frame) for inner in slots_read(held.value)]
    return True


def _on(rows: tuple[plan.LookupRow, ...], day: date) -> tuple[plan.LookupRow, ...]:
    """The rows of a lookup that are in force on a day."""
    return tuple(row for row in rows if in_force(row.effective, row.until, day))


def _changes(rows: tuple[plan.LookupRow, ...]) -> list[date]:
    """The first day there is, and the days on which other rows come into force, in order."""
    days = {date.min, *(row.effective for row in rows if row.effective is not None)}
    ends = [row.until for row in rows if row.until is not None and row.until < date.max]
    return sorted({*days, *(end + timedelta(days=1) for end in ends)})


def _lacks(value: Unknown) -> str:
    return ", ".join(sorted(f"{lack.name}.{lack.field}" for lack in value.lacks))


# --- logic -------------------------------------------------------------------------------


def both(operands: list[Node]) -> Node:
    """An `and`, without the parts that are true in any case."""
    kept: list[Node] = []
    for one in operands:
        if isinstance(one, Literal) and one.value is False:
            return FALSE
        if isinstance(one, Literal) and one.value is True:
            continue
        kept += one.operands if isinstance(one, Both) else (one,)
    if not kept:
        return TRUE
    return kept[0] if len(kept) == 1 else Both(tuple(kept))


def either(operands: list[Node]) -> Node:
    """An `or`, without the parts that are false in any case."""
    kept: list[Node] = []
    for one in operands:
        if isinstance(one, Literal) and one.value is True:
            return TRUE
        if isinstance(one, Literal) and one.value is False:
            continue
        kept += one.operands if isinstance(one, Either) else (one,)
    if not kept:
        return FALSE
    return kept[0] if len(kept) == 1 else Either(tuple(kept))


def opposite(operand: Node) -> Node:
    match operand:
        case Literal(bool() as value):
            return Literal(not value)
        case Opposite(inner):
            return inner
        case Given(value, negated):
            return Given(value, not negated)
        case Among(value, members, negated):
            return Among(value, members, not negated)
    return Opposite(operand)
