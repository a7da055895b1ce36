"""CQL, the clinical quality language: its parser and the cases of its test suite."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from .case import ERROR, Case
from .terms import NotOurs, Reader, Span, Term, Unreadable, term

_UNITS = {"year": (12, 0), "month": (1, 0), "week": (0, 7), "day": (0, 1)}
_TIMES = {"hour", "minute", "second", "millisecond"}
_PARTS = {*_UNITS, *_TIMES}
_TIMING = {
    "before", "after", "same", "during", "included", "includes", "properly", "overlaps",
    "meets", "starts", "ends", "on", "occurs",
}  # fmt: skip
_PREFIXES = {
    "start": "intervals", "end": "intervals", "width": "intervals", "point": "intervals",
    "size": "intervals", "collapse": "intervals", "expand": "intervals",
    "distinct": "list-building", "flatten": "list-building", "singleton": "list-index",
    "predecessor": "number-bounds", "successor": "number-bounds", "minimum": "number-bounds",
    "maximum": "number-bounds", "convert": "conversions", "cast": "type-tests",
    "Tuple": "contexts", "System": "contexts", "timezoneoffset": "times-of-day",
    "time": "times-of-day", "timezone": "times-of-day", "Code": "contexts", "Concept": "contexts",
}  # fmt: skip


def singular(word: str) -> str:
    return word[:-1] if word.endswith("s") else word


class CqlReader(Reader):
    pattern = re.compile(
        r"(?P<space>(?:\s|//[^\n]*|/\*.*?\*/)+)"
        r"|(?P<string>'(?:[^'\\]|\\.)*')"
        r"|(?P<quoted>\"(?:[^\"\\]|\\.)*\"|`[^`]*`)"
        r"|(?P<at>@T[\d:.]*|@\d{4}(?:-\d\d){0,2}(?:T[\d:.]*(?:Z|[+-]\d\d:\d\d)?)?)"
        r"|(?P<number>\d+(?:\.\d+)?L?)"
        r"|(?P<name>[A-Za-z_]\w*)"
        r"|(?P<sign><=|>=|!=|!~|[-+*/^<>=~&()\[\]{},.:|])",
        re.S,
    )

    def expression(self) -> Term:
        left = self.disjunction()
        while self.accept("implies"):
            left = term("implies", left, self.disjunction())
        return left

    def disjunction(self) -> Term:
        left = self.conjunction()
        while self.word in ("or", "xor"):
            left = term(self.next(), left, self.conjunction())
        return left

    def conjunction(self) -> Term:
        left = self.membership()
        while self.accept("and"):
            left = term("and", left, self.membership())
        return left

    def membership(self) -> Term:
        left = self.equality()
        while True:
            if self.word in ("in", "contains") and self.peek() in _PARTS:
                raise NotOurs("intervals")
            if self.accept("in"):
                left = term("in", left, self.equality())
            elif self.accept("contains"):
                left = term("in", self.equality(), left)
            elif self.word in ("union", "intersect", "except", "|"):
                self.next()
                left = term("set operation", left, self.equality())
            else:
                return left

    def equality(self) -> Term:
        left = self.timing()
        while self.word in ("=", "!=", "~", "!~"):
            operator = self.next()
            op = "equivalent" if "~" in operator else operator
            left = term(op, left, self.timing(), value=operator)
        return left

    def timing(self) -> Term:
        left = self.comparison()
        while self.word in _TIMING and self.kind == "name":
            words = [self.next()]
            while self.kind == "name" and (
                self.word in ("as", "or", "than", "of", "in", "to", "less", "more", "start", "end")
                or self.word in _TIMING
                or singular(self.word) in _PARTS
            ):
                words.append(self.next())
            left = term("timing", left, self.comparison(), value=tuple(words))
        return left

    def comparison(self) -> Term:
        left = self.tested()
        while self.word in ("<", "<=", ">", ">="):
            left = term(self.next(), left, self.tested())
        return left

    def tested(self) -> Term:
        left = self.negated()
        while True:
            if self.accept("between"):
                low = self.sum()
                self.expect("and")
                left = term("between", left, low, self.sum())
            elif self.accept("is"):
                negated = self.accept("not")
                what = self.next()
                if what not in ("null", "true", "false"):
                    raise NotOurs("type-tests")
                left = term(f"is-{what}", left)
                left = term("not", left) if negated else left
            elif self.accept("as"):
                left = term("as", left, value=self.type())
            else:
                return left

    def type(self) -> str:
        name = self.next()
        while self.accept("."):
            name = self.next()
        if self.accept("<"):
            name += f"<{self.type()}>"
            self.expect(">")
        return name

    def negated(self) -> Term:
        if self.accept("not"):
            return term("not", self.negated())
        if self.accept("exists"):
            return term("call", self.negated(), value="Exists")
        return self.sum()

    def sum(self) -> Term:
        left = self.product()
        while self.word in ("+", "-", "&"):
            left = term(self.next(), left, self.product())
        return left

    def product(self) -> Term:
        left = self.power()
        while self.word in ("*", "/", "div", "mod"):
            left = term(self.next(), left, self.power())
        return left

    def power(self) -> Term:
        left = self.unary()
        while self.accept("^"):
            left = term("^", left, self.unary())
        return left

    def unary(self) -> Term:
        if self.accept("-"):
            return term("neg", self.unary())
        if self.accept("+"):
            return self.unary()
        return self.postfix(self.atom())

    def postfix(self, left: Term) -> Term:
        while True:
            if self.accept("."):
                name = self.next()
                if self.accept("("):
                    left = left.args[0] if left.op == "group" else left
                    arguments = self.sequence(")", self.expression)
                    left = term("call", left, *arguments, value=name)
                else:
                    left = term("property", left)
            elif self.accept("["):
                left = term("index", left, self.expression())
                self.expect("]")
            elif self.kind == "name" and left.op in ("list", "group", "num"):
                # `({1, 2}) X sort …`: a query.
                if self.peek() in ("sort", "aggregate", "where", "return", "let") or (
                    left.op == "group" and len(self.tokens) == self.at + 1
                ):
                    raise NotOurs("list-building")
                return left.args[0] if left.op == "group" else left
            else:
                return left.args[0] if left.op == "group" else left

    def atom(self) -> Term:
        kind, word = self.kind, self.word
        match kind:
            case "number":
                return self.number()
            case "string":
                return term("text", value=unescaped(self.next()[1:-1]))
            case "at":
                return at_literal(self.next())
            case "quoted":
                raise NotOurs("user-functions")
        if self.accept("("):
            inner = self.expression()
            self.expect(")")
            return term("group", inner)
        if self.accept("{"):
            return term("list", *self.sequence("}", self.expression))
        if kind != "name":
            raise Unreadable(f"at {word!r}")
        if word == "from" and self.peek() in ("(", "{"):
            raise NotOurs("list-building")
        if word in _PREFIXES and self.peek() != "(":
            raise NotOurs(_PREFIXES[word])
        if word == "collapse" or word == "expand":
            raise NotOurs("intervals")
        self.next()
        match word:
            case "true" | "false":
                return term("bool", value=word == "true")
            case "null":
                return term("null")
            case "if":
                condition = self.expression()
                self.expect("then")
                then = self.expression()
                self.expect("else")
                return term("if", condition, then, self.expression())
            case "case":
                return self.choice()
            case "Interval":
                return self.interval()
            case "List":
                self.expect("<")
                self.type()
                self.expect(">")
                self.expect("{")
                return term("list", *self.sequence("}", self.expression))
            case "difference":
                self.expect("in")
                return self.span_between("difference")
            case "duration":
                self.expect("in")
                return self.span_between("duration")
        if singular(word) in _PARTS and self.word == "between":
            self.at -= 1
            return self.span_between("duration")
        if word in (*_PARTS, "date") and self.accept("from"):
            return term("part", self.postfix(self.atom()), value=word)
        if self.accept("("):
            return term("call", *self.sequence(")", self.expression), value=word)
        return term("name", value=word)

    def number(self) -> Term:
        value = Decimal(self.next().removesuffix("L"))
        if self.kind == "string":
            unit = unescaped(self.next()[1:-1])
            if self.word == ":":
                raise NotOurs("contexts")
            return term("quantity", value=(value, unit))
        unit = singular(self.word)
        if self.kind == "name" and unit in _PARTS and self.peek() != "between":
            self.next()
            if unit in _TIMES or value != int(value):
                return term("duration", value=Span(0, 0, True))
            months, days = _UNITS[unit]
            return term("duration", value=Span(int(value) * months, int(value) * days))
        return term("num", value=value)

    def choice(self) -> Term:
        """`case when … then … else … end`, as conditions within conditions."""
        subject = None if self.word == "when" else self.expression()
        branches: list[tuple[Term, Term]] = []
        while self.accept("when"):
            condition = self.expression()
            self.expect("then")
            if subject is not None:
                condition = term("=", subject, condition)
            branches.append((condition, self.expression()))
        self.expect("else")
        result = self.expression()
        self.expect("end")
        for condition, then in reversed(branches):
            result = term("if", condition, then, result)
        return result

    def interval(self) -> Term:
        opening = self.next()
        low = self.expression()
        self.expect(",")
        high = self.expression()
        return term("range", low, high, value=opening + self.next())

    def span_between(self, how: str) -> Term:
        unit = singular(self.next())
        self.expect("between")
        start = self.sum()
        self.expect("and")
        return term("span between", start, self.sum(), value=(how, unit))


def parse(text: str) -> Term:
    reader = CqlReader(text)
    return reader.whole(reader.expression())


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.S)


def unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1], 16))
        return {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}.get(found[2], found[2])

    return _ESCAPE.sub(one, text)


def at_literal(text: str) -> Term:
    if text.startswith("@T"):
        return term("time", value=text)
    day, _t, clock = text[1:].partition("T")
    if clock:
        return term("datetime", value=text)
    return term("date" if len(day) == 10 else "partial date", value=day)


def cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        yield Case(
            suite="CQL",
            name=f"{row['suite']}/{row['group']}/{row['test']}#{number}",
            expression=row["expression"],
            read=lambda e=row["expression"]: parse(e),
            expected=lambda o=row["outputs"], i=row["invalid"]: expected(o, i),
            precision="eight decimals",
        )


def expected(outputs: list[str], invalid: str | None) -> Any:
    if invalid not in (None, "false") or not outputs:
        return ERROR
    return value_of(parse(outputs[0]))


def value_of(node: Term) -> Any:
    match node.op:
        case "num" | "text" | "bool" | "quantity":
            return node.value
        case "neg":
            inner = value_of(node.args[0])
            return (-inner[0], inner[1]) if isinstance(inner, tuple) else -inner
        case "null":
            return None
        case "list":
            return tuple(value_of(item) for item in node.args)
        case "date":
            return date.fromisoformat(node.value)
        case "range":
            raise NotOurs("intervals")
        case "datetime" | "time":
            raise NotOurs("times-of-day")
        case "partial date":
            raise NotOurs("partial-dates")
    raise NotOurs("contexts")
