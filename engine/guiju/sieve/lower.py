"""From the plan to a sieve: numbers with their bounds, dates, texts, and tests on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guiju.evaluation.logic import days_between
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
from guiju.record import Record
from guiju.sieve import numbers
from guiju.sieve.logic import both, either, opposite
from guiju.sieve.lookups import lookup
from guiju.sieve.nodes import (
    FALSE,
    TRUE,
    UNDECIDED,
    Absent,
    Among,
    Apply,
    Cell,
    Choice,
    Cut,
    Facts,
    Given,
    Held,
    Interner,
    Literal,
    Looked,
    Node,
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
            found = self.lowered(node, frame)
        except Undecidable:
            return UNDECIDED
        if isinstance(found, Number):
            raise TypeError(node)
        return cast("Node", found)

    def number(self, node: Expr, frame: Frame) -> Number:
        """A number. Raises Undecidable."""
        found = self.lowered(node, frame)
        if isinstance(found, Number):
            return found
        if not isinstance(found, Absent):
            raise Undecidable
        return Number(found, 0.0)

    def plain(self, node: Expr, frame: Frame) -> Node:
        """A value that is equal to another where binary64, text or date is: a text, an option,
        a date, a truth, or a number as the cell holds it. Raises Undecidable."""
        found = self.lowered(node, frame)
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
        found = self.lowered(node, frame)
        return found.value if isinstance(found, Number) else cast("Node", found)

    def lowered(self, node: Expr, frame: Frame) -> Any:
        """A Number, or the node of a value of another type. Raises Undecidable."""
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
                return self.constant(value, node.type)
        match node:
            case plan.Constant(value, type):
                return self.constant(value, type)
            case plan.LocalRef(slot=slot):
                held = frame.get(slot)
                if isinstance(held, Bound):
                    return self.lowered(held.value, held.frame)
                raise Undecidable
            case plan.FactRef() | plan.ColumnRef() | plan.CellRef():
                return self._cell(node, frame)
            case plan.FormulaRef():
                return self._formula(node, frame)
            case plan.LookupRef():
                return lookup(self, node, frame)
            case plan.InUnit(operand=operand):
                return self.lowered(operand, frame)
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

    def constant(self, value: Any, type_: Type) -> Any:
        """The same for a value that is known. Raises Undecidable."""
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
            return self.lowered(then, frame)
        if condition is FALSE:
            return self.lowered(otherwise, frame)
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
        value = self.lowered(formula.body, inner)
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
        found = self.lowered(value, frame)
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


def _lacks(value: Unknown) -> str:
    return ", ".join(sorted(f"{lack.name}.{lack.field}" for lack in value.lacks))
