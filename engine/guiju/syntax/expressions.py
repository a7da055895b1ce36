"""Builds the nodes of expressions: one method per production of the grammar.

A method gets the parts of its production that mean something, and where it starts and
ends. A part that is a token is its number among the tokens.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from guiju.source import Source, Span
from guiju.syntax import nodes as n
from guiju.syntax.lexer import Tokens

Parts = list[Any]
BinaryOperator = Literal["+", "-", "*", "/", "^", "and", "or", "=", "!=", "<", "<=", ">", ">="]
Builder = Callable[[Any, Parts, int, int], Any]


def _binary(operator: BinaryOperator) -> Builder:
    def build(self: ExpressionBuilder, parts: Parts, start: int, end: int) -> n.Binary:
        return n.Binary(operator, parts[0], parts[1], span=Span(self.source, start, end))

    return build


def _quantified(quantifier: Literal["every", "some", "no"]) -> Builder:
    def build(self: ExpressionBuilder, parts: Parts, start: int, end: int) -> n.Quantified:
        return self.quantified(quantifier, None, parts, Span(self.source, start, end))

    return build


AggregateFunction = Literal["sum", "mean", "min", "max", "count", "stdev", "first", "last"]


def _aggregate(function: AggregateFunction, ordered: bool = False) -> Builder:
    def build(self: ExpressionBuilder, parts: Parts, start: int, end: int) -> n.Aggregate:
        value, variable, rows, *rest = parts
        order = rest.pop() if ordered else None
        return n.Aggregate(
            function,
            value,
            None,
            self.name(variable),
            rows,
            rest[0] if rest else None,
            order,
            span=Span(self.source, start, end),
        )

    return build


class ExpressionBuilder:
    """Makes the nodes of one text."""

    def __init__(self, source: Source, tokens: Tokens) -> None:
        self.source = source
        self.tokens = tokens

    def name(self, token: int) -> n.Name:
        tokens = self.tokens
        start = tokens.starts[token]
        return n.Name(
            tokens.values[token],
            self.source.text[start] == "`",
            span=Span(self.source, start, tokens.ends[token]),
        )

    # --- values ----------------------------------------------------------------------

    def ref(self, parts: Parts, start: int, end: int) -> n.Ref:
        return n.Ref(self.name(parts[0]), span=Span(self.source, start, end))

    def number(self, parts: Parts, start: int, end: int) -> n.Number:
        value = self.tokens.values[parts[0]]
        return n.Number(value, None, span=Span(self.source, start, end))

    def quantity(self, parts: Parts, start: int, end: int) -> n.Number:
        value, unit = self.tokens.values[parts[0]]
        return n.Number(value, unit, span=Span(self.source, start, end))

    def date(self, parts: Parts, start: int, end: int) -> n.DateLiteral:
        return n.DateLiteral(self.tokens.values[parts[0]], span=Span(self.source, start, end))

    def duration(self, parts: Parts, start: int, end: int) -> n.DurationLiteral:
        count, unit = self.tokens.values[parts[0]]
        return n.DurationLiteral(count, unit, span=Span(self.source, start, end))

    def text_value(self, parts: Parts, start: int, end: int) -> n.TextLiteral:
        text = self.tokens.values[parts[0]]
        return n.TextLiteral((text,) if text else (), span=Span(self.source, start, end))

    def true(self, parts: Parts, start: int, end: int) -> n.YesNo:
        return n.YesNo(True, span=Span(self.source, start, end))

    def false(self, parts: Parts, start: int, end: int) -> n.YesNo:
        return n.YesNo(False, span=Span(self.source, start, end))

    def truth(self, parts: Parts, start: int, end: int) -> n.YesNo:
        truth: n.YesNo = parts[0]
        return truth

    def list(self, parts: Parts, start: int, end: int) -> n.ListLiteral:
        items = tuple(parts[0]) if parts else ()
        return n.ListLiteral(items, span=Span(self.source, start, end))

    def arguments(self, parts: Parts, start: int, end: int) -> Parts:
        return parts

    def group(self, parts: Parts, start: int, end: int) -> n.Expr:
        inner: n.Expr = parts[0]
        return inner

    # --- access ------------------------------------------------------------------------

    def dot(self, parts: Parts, start: int, end: int) -> n.Field:
        return n.Field(parts[0], self.name(parts[1]), span=Span(self.source, start, end))

    def index(self, parts: Parts, start: int, end: int) -> n.Index:
        return n.Index(parts[0], tuple(parts[1:]), span=Span(self.source, start, end))

    def index_on(self, parts: Parts, start: int, end: int) -> n.Index:
        target, *keys, on = parts
        return n.Index(target, tuple(keys), on, span=Span(self.source, start, end))

    def call(self, parts: Parts, start: int, end: int) -> n.Call:
        arguments = tuple(parts[1]) if len(parts) > 1 else ()
        return n.Call(self.name(parts[0]), arguments, span=Span(self.source, start, end))

    def call_within(self, parts: Parts, start: int, end: int) -> n.Call:
        word = Span(self.source, start, start + len("within"))
        name = n.Name("within", span=word)
        return n.Call(name, tuple(parts[0]), span=Span(self.source, start, end))

    # --- operators ---------------------------------------------------------------------

    add = _binary("+")
    subtract = _binary("-")
    multiply = _binary("*")
    divide = _binary("/")
    power = _binary("^")
    and_ = _binary("and")
    or_ = _binary("or")
    eq = _binary("=")
    ne = _binary("!=")
    lt = _binary("<")
    le = _binary("<=")
    gt = _binary(">")
    ge = _binary(">=")

    def not_(self, parts: Parts, start: int, end: int) -> n.Unary:
        return n.Unary("not", parts[0], span=Span(self.source, start, end))

    def negate(self, parts: Parts, start: int, end: int) -> n.Unary:
        return n.Unary("-", parts[0], span=Span(self.source, start, end))

    def within(self, parts: Parts, start: int, end: int) -> n.Within:
        left, tolerance, right = parts
        return n.Within(left, tolerance, right, span=Span(self.source, start, end))

    def between(self, parts: Parts, start: int, end: int) -> n.Between:
        value, low, high = parts
        return n.Between(value, low, high, span=Span(self.source, start, end))

    def is_known(self, parts: Parts, start: int, end: int) -> n.IsKnown:
        return n.IsKnown(parts[0], False, span=Span(self.source, start, end))

    def is_not_known(self, parts: Parts, start: int, end: int) -> n.IsKnown:
        return n.IsKnown(parts[0], True, span=Span(self.source, start, end))

    def is_in(self, parts: Parts, start: int, end: int) -> n.IsIn:
        return n.IsIn(parts[0], parts[1], False, span=Span(self.source, start, end))

    def is_not_in(self, parts: Parts, start: int, end: int) -> n.IsIn:
        return n.IsIn(parts[0], parts[1], True, span=Span(self.source, start, end))

    def is_option(self, parts: Parts, start: int, end: int) -> n.IsOption:
        option = self.name(parts[1])
        return n.IsOption(parts[0], option, False, span=Span(self.source, start, end))

    def is_not_option(self, parts: Parts, start: int, end: int) -> n.IsOption:
        option = self.name(parts[1])
        return n.IsOption(parts[0], option, True, span=Span(self.source, start, end))

    def month_end_down(self, parts: Parts, start: int, end: int) -> n.MonthEnd:
        return n.MonthEnd(parts[0], "down", span=Span(self.source, start, end))

    def month_end_up(self, parts: Parts, start: int, end: int) -> n.MonthEnd:
        return n.MonthEnd(parts[0], "up", span=Span(self.source, start, end))

    def in_unit(self, parts: Parts, start: int, end: int) -> n.InUnit:
        unit = self.tokens.values[parts[1]]
        return n.InUnit(parts[0], unit, span=Span(self.source, start, end))

    def as_unit(self, parts: Parts, start: int, end: int) -> n.AsUnit:
        unit = self.tokens.values[parts[1]]
        return n.AsUnit(parts[0], unit, span=Span(self.source, start, end))

    def rounded(self, parts: Parts, start: int, end: int) -> n.Rounded:
        return n.Rounded(parts[0], "nearest", parts[1], span=Span(self.source, start, end))

    def rounded_down(self, parts: Parts, start: int, end: int) -> n.Rounded:
        return n.Rounded(parts[0], "down", parts[1], span=Span(self.source, start, end))

    def rounded_up(self, parts: Parts, start: int, end: int) -> n.Rounded:
        return n.Rounded(parts[0], "up", parts[1], span=Span(self.source, start, end))

    # --- what reaches to the right -----------------------------------------------------

    def if_(self, parts: Parts, start: int, end: int) -> n.If:
        condition, then, otherwise = parts
        return n.If(condition, then, otherwise, span=Span(self.source, start, end))

    def across(self, parts: Parts, start: int, end: int) -> n.Across:
        return n.Across(parts[0], span=Span(self.source, start, end))

    def quantified(
        self,
        quantifier: Literal["every", "some", "no", "at least"],
        count: n.Expr | None,
        parts: Parts,
        span: Span,
    ) -> n.Quantified:
        variable, rows, *where, satisfies = parts
        return n.Quantified(
            quantifier,
            count,
            self.name(variable),
            rows,
            where[0] if where else None,
            satisfies,
            span=span,
        )

    every = _quantified("every")
    some = _quantified("some")
    no = _quantified("no")

    def at_least(self, parts: Parts, start: int, end: int) -> n.Quantified:
        span = Span(self.source, start, end)
        return self.quantified("at least", parts[0], parts[1:], span)

    sum_of = _aggregate("sum")
    mean_of = _aggregate("mean")
    min_of = _aggregate("min")
    max_of = _aggregate("max")
    stdev_of = _aggregate("stdev")
    count_of = _aggregate("count")
    first_of = _aggregate("first", ordered=True)
    last_of = _aggregate("last", ordered=True)

    def count_rows(self, parts: Parts, start: int, end: int) -> n.Aggregate:
        variable, rows, *where = parts
        return n.Aggregate(
            "count",
            None,
            None,
            self.name(variable),
            rows,
            where[0] if where else None,
            None,
            span=Span(self.source, start, end),
        )

    def weighted_mean(self, parts: Parts, start: int, end: int) -> n.Aggregate:
        value, weight, variable, rows, *where = parts
        return n.Aggregate(
            "weighted mean",
            value,
            weight,
            self.name(variable),
            rows,
            where[0] if where else None,
            None,
            span=Span(self.source, start, end),
        )

    def whole(self, parts: Parts, start: int, end: int) -> n.Expr:
        expression: n.Expr = parts[0]
        return expression
