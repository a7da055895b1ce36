"""Terms of the suites as text of our language, with the facts they need.

A null becomes a fact the dossier does not have, of the type its place asks for. A text
that our quotes cannot hold, and every input of a case, is handed in as a fact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.plan.types import (
    DateType,
    DurationType,
    ListType,
    NumberType,
    TextType,
    Type,
    YesNoType,
)
from guiju.quantities import ONE, UnknownUnit, parse_unit

from .terms import NotOurs, Span, Term, term

NUMBER, TEXT, YES_NO, DATE = NumberType(ONE), TextType(), YesNoType(), DateType()
DURATION = DurationType("days")
_PLAIN = re.compile(r"[^\"「」“”＂{}\x00-\x1f\x7f-\x9f]*")
_COMPARE = {"=", "!=", "<", "<=", ">", ">="}
_NUMBERS = {"num", "neg", "-", "*", "/", "^", "quantity"}
_STATEMENTS = _COMPARE | {
    "bool", "and", "or", "xor", "implies", "not", "between", "in", "is-null", "is-true",
    "is-false", "every", "some",
}  # fmt: skip


@dataclass
class Translation:
    """Text of our language, and the facts it speaks of."""

    text: str = ""
    types: dict[str, Type] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


class Translator:
    """Writes one case. `refusal` maps the suite's own operations to the reason we have
    none; `functions` to the writers of those we have."""

    functions: dict[str, Callable[..., str]]
    refused: dict[str, str]
    results: dict[str, Type]

    def __init__(self, inputs: dict[str, Term]) -> None:
        self.inputs = inputs
        self.made = Translation()
        self.bound: list[tuple[str, str, Type]] = []

    def translate(self, tree: Term) -> Translation:
        self.made.text = self.write(tree)
        return self.made

    # --- facts -------------------------------------------------------------------------

    def fact(self, type_: Type, value: Any) -> str:
        name = f"fact_{len(self.made.types) + 1}"
        self.made.types[name] = type_
        if value is not None:
            self.made.facts[name] = value
        return name

    def null(self, wanted: Type | None) -> str:
        return self.fact(wanted or NUMBER, None)

    def input_value(self, given: Term, wanted: Type | None) -> str:
        """An input of the case as a fact."""
        if given.op == "list" and all(item.op in ("num", "text", "bool") for item in given.args):
            kinds = {self.kind(item) for item in given.args}
            if len(kinds) == 1:
                (kind,) = kinds
                values = tuple(item.value for item in given.args)
                return self.fact(ListType(kind or NUMBER), values)
        if given.op in ("num", "bool"):
            return self.fact(NUMBER if given.op == "num" else YES_NO, given.value)
        if given.op == "text":
            return self.fact(TEXT, given.value)
        if given.op == "context":
            raise NotOurs("contexts")
        if given.op == "list" and any(item.op == "context" for item in given.args):
            raise NotOurs("lists-of-records")
        return self.write(given, wanted)

    # --- types -------------------------------------------------------------------------

    def kind(self, node: Term) -> Type | None:
        """The type a term will have, as far as it shows; None for a null."""
        match node.op:
            case "null":
                return None
            case "text":
                return TEXT
            case "date":
                return DATE
            case "duration":
                return DURATION
            case "list":
                return ListType(self.common(node.args) or NUMBER)
            case "quantity":
                return NumberType(unit_of(node.value[1]))
            case "name":
                given = self.inputs.get(str(node.value))
                return self.kind(given) if given is not None else None
            case "bound":
                return next((t for n, _, t in reversed(self.bound) if n == node.value), None)
            case "if":
                return self.kind(node.args[1]) or self.kind(node.args[2])
            case "+" | "-":
                left, right = self.kind(node.args[0]), self.kind(node.args[1])
                if DATE in (left, right):
                    return DURATION if left == right else DATE
                return left or right or NUMBER
            case "neg":
                return self.kind(node.args[0]) or NUMBER
            case "as":
                return node.value if node.value is not None else self.kind(node.args[0])
            case "call":
                return self.results.get(str(node.value))
            case op if op in _STATEMENTS:
                return YES_NO
            case op if op in _NUMBERS:
                return NUMBER
        return None

    def common(self, nodes: tuple[Term, ...]) -> Type | None:
        return next((k for node in nodes if (k := self.kind(node)) is not None), None)

    # --- terms -------------------------------------------------------------------------

    def write(self, node: Term, wanted: Type | None = None) -> str:
        """A term as text that stands anywhere."""
        match node.op:
            case "num":
                return number(node.value)
            case "quantity":
                value, unit = node.value
                return self.fact(NumberType(unit_of(unit)), value)
            case "text":
                return self.text(node.value)
            case "bool":
                return "true" if node.value else "false"
            case "null":
                return self.null(wanted)
            case "date":
                return str(node.value)
            case "duration":
                return duration(node.value)
            case "list":
                of = wanted.of if isinstance(wanted, ListType) else None
                return self.list(node.args, of)
            case "name":
                return self.name(node, wanted)
            case "bound":
                return next(ours for n, ours, _ in reversed(self.bound) if n == node.value)
            case "not":
                return f"(not {self.write(node.args[0], YES_NO)})"
            case "and" | "or":
                left, right = (self.write(a, YES_NO) for a in node.args)
                return f"({left} {node.op} {right})"
            case "xor":
                left, right = (self.write(a, YES_NO) for a in node.args)
                return f"(({left} and not {right}) or (not {left} and {right}))"
            case "implies":
                left, right = (self.write(a, YES_NO) for a in node.args)
                return f"(not {left} or {right})"
            case "is-null":
                return f"({self.write(node.args[0])} is not known)"
            case "is-true" | "is-false":
                inner = self.write(node.args[0], YES_NO)
                value = inner if node.op == "is-true" else f"not {inner}"
                return f"({inner} is known and {value})"
            case "if":
                kind = self.common(node.args[1:]) or wanted
                condition = self.write(node.args[0], YES_NO)
                then, other = (self.write(a, kind) for a in node.args[1:])
                return f"(if {condition} then {then} else {other})"
            case "every" | "some":
                return self.quantified(node.op, node.value, node.args[0], node.args[1])
            case "between":
                kind = self.common(node.args)
                self.ordered(kind)
                value, low, high = (self.write(a, kind) for a in node.args)
                return f"({value} between {low} and {high})"
            case "in":
                tests = [self.member(node.args[0], test) for test in node.args[1:]]
                return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"
            case "range":
                raise NotOurs("intervals")
            case "neg":
                return self.negated(node.args[0], wanted)
            case "as":
                return self.write(node.args[0], node.value or wanted)
            case "+" | "-":
                return self.added(node)
            case "*" | "/" | "^":
                left, right = (self.write(a, NUMBER) for a in node.args)
                for part in node.args:
                    if isinstance(self.kind(part), DurationType):
                        raise NotOurs("duration-arithmetic")
                return f"({left} {node.op} {right})"
            case op if op in _COMPARE:
                return self.compared(node)
            case "call":
                return self.called(node)
        raise NotOurs(self.refused.get(node.op, "not-an-expression"))

    def text(self, value: str) -> str:
        if _PLAIN.fullmatch(value):
            return f'"{value}"'
        return self.fact(TEXT, value)

    def list(self, items: tuple[Term, ...], of: Type | None = None) -> str:
        kind = self.common(items) or of
        if not items:
            return self.fact(ListType(kind or NUMBER), ())
        if isinstance(kind, ListType) or any(item.op == "list" for item in items):
            raise NotOurs("list-of-lists")
        if any(item.op in ("range", "test") for item in items):
            raise NotOurs("intervals")
        return "{" + ", ".join(self.write(item, kind) for item in items) + "}"

    def name(self, node: Term, wanted: Type | None) -> str:
        given = self.inputs.get(str(node.value))
        if given is None:
            raise NotOurs(self.refused.get("unbound name", "not-an-expression"))
        return self.null(wanted) if given.op == "null" else self.input_value(given, wanted)

    def quantified(self, op: str, name: str, rows: Term, body: Term) -> str:
        if rows.op == "range":
            low, high = rows.args
            if low.op != "num" or high.op != "num":
                raise NotOurs("intervals")
            members = range(int(low.value), int(high.value) + 1)
            rows = term("list", *(term("num", value=Decimal(m)) for m in members))
        kind = self.kind(rows)
        of = kind.of if isinstance(kind, ListType) else NUMBER
        listed = self.fact(ListType(NUMBER), None) if rows.op == "null" else self.write(rows)
        ours = f"member_{len(self.bound) + 1}"
        self.bound.append((name, ours, of))
        said = self.write(body, YES_NO)
        self.bound.pop()
        return f"({op} {ours} in {listed} satisfies {said})"

    def over(self, aggregate: str, items: Term) -> str:
        """`sum of x for x in …`; a null list is a list the dossier does not have."""
        kind = self.kind(items)
        if items.op == "null" or kind is None:
            listed = self.fact(ListType(NUMBER), None)
        elif isinstance(kind, ListType):
            if isinstance(kind.of, DurationType):
                raise NotOurs("duration-arithmetic")
            listed = self.write(items)
        else:
            listed = self.list((items,))
        return f"({aggregate} of each_one for each_one in {listed})"

    def member(self, value: Term, test: Term) -> str:
        kind = self.kind(value)
        if isinstance(kind, ListType):
            raise NotOurs("list-of-lists")
        match test.op:
            case "test":
                return self.compared(term(test.value, value, test.args[0]))
            case "range":
                low, high = test.args
                first = ">=" if test.value[0] == "[" else ">"
                last = "<=" if test.value[1] == "]" else "<"
                if (first, last) == (">=", "<="):
                    return self.write(term("between", value, low, high))
                return self.write(term("and", term(first, value, low), term(last, value, high)))
            case "list":
                if any(item.op in ("range", "test", "list") for item in test.args):
                    inner = [self.member(value, item) for item in test.args]
                    return f"({' or '.join(inner)})"
                of = self.common(test.args) or kind
                return f"({self.write(value, of)} is in {self.list(test.args, of)})"
            case "null":
                return f"({self.write(value)} is in {self.fact(ListType(kind or NUMBER), None)})"
        if isinstance(self.kind(test), ListType):
            return f"({self.write(value, kind)} is in {self.write(test)})"
        return self.compared(term("=", value, test))

    def compared(self, node: Term) -> str:
        left, right = node.args
        kind = self.common(node.args)
        if node.op not in ("=", "!="):
            self.ordered(kind)
        kinds = {k.kind for a in node.args if (k := self.kind(a)) is not None}
        if kinds == {"duration", "number"} and any(a.op == "quantity" for a in node.args):
            raise NotOurs("units-not-ours")
        return f"({self.write(left, kind)} {node.op} {self.write(right, kind)})"

    @staticmethod
    def ordered(kind: Type | None) -> None:
        if isinstance(kind, TextType):
            raise NotOurs("text-ordering")
        if isinstance(kind, YesNoType):
            raise NotOurs("yes-no-ordering")

    def negated(self, inner: Term, wanted: Type | None) -> str:
        if inner.op == "num":
            return f"(-{number(inner.value)})"
        if isinstance(self.kind(inner), DurationType):
            raise NotOurs("duration-arithmetic")
        return f"(-{self.write(inner, wanted or NUMBER)})"

    def added(self, node: Term) -> str:
        left, right = node.args
        a, b = self.kind(left), self.kind(right)
        if TEXT in (a, b):
            raise NotOurs("texts-built")
        if isinstance(a, ListType) or isinstance(b, ListType):
            raise NotOurs("list-building")
        if isinstance(a, DurationType) and isinstance(b, DurationType):
            raise NotOurs("duration-arithmetic")
        if isinstance(a, DurationType) and b == DATE and node.op == "+":
            left, right, a, b = right, left, b, a
        if a == DATE and right.op == "duration":
            return self.shifted(left, right.value, 1 if node.op == "+" else -1)
        if a == DATE and right.op == "null":
            return f"({self.write(left)} {node.op} {self.fact(DURATION, None)})"
        if isinstance(b, DurationType) and left.op == "null":
            return self.shifted(term("as", left, value=DATE), right.value, 1)
        kind = a or b or NUMBER
        return f"({self.write(left, kind)} {node.op} {self.write(right, kind)})"

    def shifted(self, day: Term, span: Span, sign: int) -> str:
        text = self.write(day, DATE)
        if span.seconds:
            raise NotOurs("times-of-day")
        if span.months and span.days:
            raise NotOurs("mixed-durations")
        count = sign * (span.months or span.days)
        unit, end = ("months", " month end down") if span.months else ("days", "")
        operator = "-" if count < 0 else "+"
        if span.months and span.months % 12 == 0:
            unit, count = "years", count // 12
        return f"({text} {operator} {abs(count)} {unit}{end})"

    def called(self, node: Term) -> str:
        name = str(node.value)
        if name in self.refused:
            raise NotOurs(self.refused[name])
        if any(argument.op == "named" for argument in node.args):
            raise NotOurs("named-arguments")
        writer = self.functions.get(name)
        if writer is None:
            raise NotOurs(self.refused.get("unknown function", "user-functions"))
        try:
            return writer(self, *node.args)
        except (IndexError, TypeError, ValueError):
            # A writer takes its arguments apart; only their number can be wrong.
            raise NotOurs("wrong-argument-count") from None

    def plain(self, name: str, arguments: tuple[Term, ...], *types: Type) -> str:
        """A call of a function of ours, however many arguments it was given."""
        wanted = (*types, *(types[-1:] * len(arguments)))
        written = (self.write(a, t) for a, t in zip(arguments, wanted, strict=False))
        return f"{name}({', '.join(written)})"


def plain(ours: str, *types: Type) -> Callable[..., str]:
    return lambda t, *arguments: t.plain(ours, arguments, *types)


def number(value: Decimal) -> str:
    text = format(abs(value), "f")
    if len(text) > 400:
        raise NotOurs("scale-beyond-34-digits")
    return f"(-{text})" if value < 0 else text


def unit_of(symbol: str) -> Any:
    try:
        return parse_unit(symbol) if symbol != "1" else ONE
    except UnknownUnit:
        raise NotOurs("units-not-ours") from None


def duration(span: Span) -> str:
    if span.seconds:
        raise NotOurs("times-of-day")
    if span.months and span.days:
        raise NotOurs("mixed-durations")
    if span.months < 0 or span.days < 0:
        raise NotOurs("duration-arithmetic")
    if span.months:
        years, rest = divmod(span.months, 12)
        return f"({span.months} months)" if rest else f"({years} years)"
    return f"({span.days} days)"


def step(places: Term) -> str | None:
    """The step of a number of decimal places, or None for a null."""
    if places.op == "null":
        return None
    if places.op == "neg" and places.args[0].op == "num":
        exponent = places.args[0].value
    elif places.op == "num":
        exponent = -places.value
    else:
        raise NotOurs("scale-beyond-34-digits")
    if exponent != int(exponent) or abs(exponent) > 34:
        raise NotOurs("scale-beyond-34-digits")
    return number(Decimal(1).scaleb(int(exponent)))


def iso(value: str) -> date:
    return date.fromisoformat(value)
