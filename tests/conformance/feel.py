"""FEEL, the expression language of DMN: its parser and the cases of its conformance suite."""

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

_FUNCTIONS = """abs|all|any|append|before|after|ceiling|coincides|concatenate|contains
context merge|context put|context|count|date and time|date|day of week|day of year|decimal
distinct values|duration|during|ends with|even|exp|finished by|finishes|flatten|floor
get entries|get value|includes|index of|insert before|is|list contains|list replace|log
lower case|matches|max|mean|median|meets|met by|min|mode|modulo|month of year|now|number|odd
overlaps after|overlaps before|overlaps|product|range|remove|replace|reverse|round down
round half down|round half up|round up|sort|split|sqrt|started by|starts with|starts|stddev
string join|string length|string|sublist|substring after|substring before|substring|sum|time
today|time offset|union|upper case|week of year|years and months duration"""
FUNCTIONS = tuple(_FUNCTIONS.replace("\n", "|").split("|"))
_PARAMETERS = {
    "abs": ("n",), "sqrt": ("number",), "exp": ("number",), "log": ("number",),
    "even": ("number",), "odd": ("number",), "modulo": ("dividend", "divisor"),
    "decimal": ("n", "scale"), "floor": ("n", "scale"), "ceiling": ("n", "scale"),
    "round up": ("n", "scale"), "round down": ("n", "scale"),
    "round half up": ("n", "scale"), "round half down": ("n", "scale"),
    "string length": ("string",), "upper case": ("string",), "lower case": ("string",),
    "contains": ("string", "match"), "starts with": ("string", "match"),
    "ends with": ("string", "match"), "matches": ("input", "pattern"),
    "count": ("list",), "sum": ("list",), "mean": ("list",), "min": ("list",), "max": ("list",),
    "all": ("list",), "any": ("list",), "stddev": ("list",), "median": ("list",),
    "list contains": ("list", "element"), "date": ("year", "month", "day"),
    "is": ("value1", "value2"), "years and months duration": ("from", "to"), "not": ("negand",), "product": ("list",),
}  # fmt: skip


# A bracket before these closes a range that leaves its end out: `]1..2[`.
_AFTER_RANGE = ("", ",", ")", "]", "and", "or", "then", "else", "satisfies", "=", "!=")


class FeelReader(Reader):
    pattern = re.compile("")

    def __init__(self, text: str, names: tuple[str, ...]) -> None:
        longest = sorted((*names, *FUNCTIONS), key=len, reverse=True)
        many = "|".join(r"\s+".join(map(re.escape, n.split())) for n in longest if n.strip())
        self.pattern = re.compile(
            r"(?P<space>(?:\s|//[^\n]*|/\*.*?\*/)+)"
            r'|(?P<at>@"(?:[^"\\]|\\.)*")'
            r'|(?P<string>"(?:[^"\\]|\\.)*")'
            r"|(?P<number>(?:\d+(?:\.(?!\.)\d+)?|\.\d+)(?:[eE][+-]?\d+)?)"
            rf"|(?P<known>(?:{many})(?![\w?]))"
            r"|(?P<name>[^\W\d][\w?']*|[\U0001F000-\U0001FFFF]+)"
            r"|(?P<sign>\*\*|\.\.|->|<=|>=|!=|[-+*/<>=()\[\]{},.:])",
            re.S,
        )
        self.names = names
        self.variables: list[str] = []
        super().__init__(text)

    # --- from the loosest to the tightest ----------------------------------------------

    def expression(self) -> Term:
        if self.accept("if"):
            condition = self.expression()
            self.expect("then")
            then = self.expression()
            self.expect("else")
            return term("if", condition, then, self.expression())
        if self.word in ("every", "some") and self.kind == "name":
            return self.quantified(self.next())
        if self.accept("for"):
            while self.kind != "end":
                self.next()
            return term("for")
        if self.accept("function"):
            depth = 0
            while self.kind != "end" and (depth or self.word not in (",", ")", "]", "}")):
                depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(self.word, 0)
                self.next()
            return term("function")
        return self.disjunction()

    def quantified(self, op: str) -> Term:
        bound: list[tuple[str, Term]] = []
        while True:
            name = self.next()
            self.expect("in")
            rows = self.expression()
            if self.accept(".."):
                rows = term("range", rows, self.expression(), value="[]")
            bound.append((name, rows))
            self.variables.append(name)
            if not self.accept(","):
                break
        self.expect("satisfies")
        body = self.expression()
        for name, rows in reversed(bound):
            body = term(op, rows, body, value=name)
            self.variables.pop()
        return body

    def disjunction(self) -> Term:
        left = self.conjunction()
        while self.accept("or"):
            left = term("or", left, self.conjunction())
        return left

    def conjunction(self) -> Term:
        left = self.comparison()
        while self.accept("and"):
            left = term("and", left, self.comparison())
        return left

    def comparison(self) -> Term:
        left = self.sum()
        while True:
            if self.word in ("=", "!=", "<", "<=", ">", ">=") and self.kind == "sign":
                left = term(self.next(), left, self.sum())
            elif self.accept("between"):
                low = self.sum()
                self.expect("and")
                left = term("between", left, low, self.sum())
            elif self.accept("instance", "of"):
                depth = 0
                while self.kind != "end" and (depth or self.word not in (")", ",", "]")):
                    depth += {"<": 1, ">": -1}.get(self.next(), 0)
                left = term("instance of", left)
            elif self.accept("in"):
                left = term("in", left, *self.tests())
            else:
                return left

    def tests(self) -> tuple[Term, ...]:
        """What may stand after `in`: one test, or tests in parentheses."""
        start = self.at
        if self.accept("("):
            try:
                tests = self.sequence(")", self.test)
                if self.word not in ("..",):
                    return tests
            except Unreadable:
                pass
            self.at = start
        return (self.test(),)

    def test(self) -> Term:
        if self.word in ("<", "<=", ">", ">=", "=", "!="):
            return self._sided()
        return self.sum()

    def _sided(self) -> Term:
        operator = self.next()
        return term("test", self.sum(), value=operator)

    def sum(self) -> Term:
        left = self.product()
        while self.word in ("+", "-") and self.kind == "sign":
            left = term(self.next(), left, self.product())
        return left

    def product(self) -> Term:
        left = self.power()
        while self.word in ("*", "/") and self.kind == "sign":
            left = term(self.next(), left, self.power())
        return left

    def power(self) -> Term:
        left = self.unary()
        while self.accept("**"):
            left = term("^", left, self.unary())
        return left

    def unary(self) -> Term:
        if self.accept("-"):
            return term("neg", self.unary())
        return self.postfix(self.atom())

    def postfix(self, left: Term) -> Term:
        while True:
            if self.word == "[" and self.peek() not in _AFTER_RANGE:
                self.next()
                inner = self.expression()
                self.expect("]")
                left = term("index", left, inner)
            elif self.accept("."):
                left = term("path", left, value=self.next())
            elif self.word == "(" and left.op in ("path", "text", "bool", "null"):
                raise NotOurs("user-functions")
            elif self.word == "(" and left.op == "name":
                self.next()
                left = term("call", *self.sequence(")", self.argument), value=str(left.value))
            else:
                return left

    def argument(self) -> Term:
        start = self.at
        if self.kind in ("name", "known"):
            words = [self.next()]
            while self.kind in ("name", "known"):
                words.append(self.next())
            if self.accept(":"):
                return term("named", self.expression(), value=" ".join(words))
            self.at = start
        return self.expression()

    def atom(self) -> Term:
        kind, word = self.kind, self.word
        match kind:
            case "number":
                return term("num", value=Decimal(self.next()))
            case "string":
                return term("text", value=unescaped(self.next()[1:-1]))
            case "at":
                return at_literal(unescaped(self.next()[2:-1]))
            case "known":
                self.next()
                name = " ".join(word.split())
                if self.accept("("):
                    return self.called(name)
                return term("name", value=name)
            case "name" if word in ("if", "for", "some", "every", "function"):
                return self.expression()
            case "name":
                self.next()
                if word in ("true", "false"):
                    return term("bool", value=word == "true")
                if word == "null":
                    return term("null")
                if word == "not" and self.accept("("):
                    return self.called("not")
                return term("bound" if word in self.variables else "name", value=word)
        if word in ("<", "<=", ">", ">=", "=", "!="):
            return self._sided()
        if self.accept("{"):
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(self.next(), 0)
            return term("context")
        if word in ("(", "[", "]"):
            return self.bracketed()
        raise Unreadable(f"at {word!r}")

    def bracketed(self) -> Term:
        opening = self.next()
        if opening == "[" and self.accept("]"):
            return term("list")
        if self.accept(".."):
            self.expression()
            self.next()
            return term("half-open range")
        first = self.expression()
        if self.accept(".."):
            if self.word in ("]", "[", ")"):
                self.next()
                return term("half-open range")
            last = self.expression()
            closing = self.next()
            ends = ("[" if opening == "[" else "(") + ("]" if closing == "]" else ")")
            return term("range", first, last, value=ends)
        if opening == "(":
            self.expect(")")
            return first
        items = [first]
        while self.accept(","):
            items.append(self.expression())
        self.expect("]")
        return term("list", *items)

    def called(self, name: str) -> Term:
        arguments = self.sequence(")", self.argument)
        if any(a.op == "named" for a in arguments):
            known = _PARAMETERS.get(name, ())
            if name == "date" and arguments[0].value == "from":
                known = ("from",)
            if not all(a.op == "named" and a.value in known for a in arguments):
                return term("call", *arguments, value=name)
            by_name = {a.value: a.args[0] for a in arguments}
            given = [by_name[p] for p in known if p in by_name]
            if list(known[: len(given)]) != [p for p in known if p in by_name]:
                return term("call", *arguments, value=name)
            arguments = tuple(given)
        return term("call", *arguments, value=name)


def parse(text: str, names: tuple[str, ...] = ()) -> Term:
    reader = FeelReader(text, names)
    return reader.whole(reader.expression())


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.S)


def unescaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        if code := found[1] or found[2]:
            return chr(int(code, 16))
        return {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}.get(
            found[3], "\\" + found[3]
        )

    whole = _ESCAPE.sub(one, text)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_DURATION = re.compile(
    r"(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(T(?:\d+H)?(?:\d+M)?(?:[\d.]+S)?)?"
)


def duration(text: str) -> Term | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign = -1 if found[1] else 1
    years, months, days = (int(found[i] or 0) for i in (2, 3, 4))
    timed = bool(found[5]) and any(digit not in "0" for digit in re.findall(r"\d", found[5]))
    return term("duration", value=Span(sign * (12 * years + months), sign * days, timed))


def at_literal(text: str) -> Term:
    if text.lstrip("-").startswith("P"):
        return duration(text) or term("bad literal", value=text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return term("date", value=text)
    if re.match(r"-?\d+-\d\d-\d\d$", text):
        return term("far date", value=text)
    return term("datetime" if "T" in text[2:] and "-" in text[1:8] else "time", value=text)


# --- the cases -------------------------------------------------------------------------


def cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        inputs = row["inputs"] or {}
        yield Case(
            suite="FEEL",
            name=f"{row['suite']}/{row['case']}#{number}",
            expression=row["expr"],
            read=lambda e=row["expr"], n=tuple(inputs): parse(e, n),
            inputs={name: given(value) for name, value in inputs.items()},
            expected=lambda e=row["expected"], r=row["error_result"]: expected(e, r),
        )


def given(value: dict[str, Any]) -> Term:
    if "list" in value:
        return term("list", *(given(item) for item in value["list"]))
    if "context" in value:
        return Term("context", value={k: given(v) for k, v in value["context"].items()})
    if "type" not in value or value.get("value") is None:
        return term("null")
    text = value["value"]
    match value["type"]:
        case "decimal":
            return term("num", value=Decimal(text))
        case "boolean":
            return term("bool", value=text == "true")
        case "string":
            return term("text", value=text)
        case "date":
            return at_literal(text)
        case "duration":
            return duration(text) or term("bad literal")
        case kind:
            return term({"dateTime": "datetime"}.get(kind, kind), value=text)


def expected(value: dict[str, Any] | None, error: str | None) -> Any:
    if value is None or "null" in value:
        return ERROR if error == "true" else None
    if "context" in value:
        raise NotOurs("contexts")
    if "list" in value:
        return tuple(expected(item, None) for item in value["list"])
    if value["value"] is None:
        return ERROR if error == "true" else None
    text = value["value"]
    match value["type"]:
        case "decimal":
            return Decimal(text)
        case "boolean":
            return text == "true"
        case "string":
            return text
        case "date":
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise NotOurs("years-outside-1-9999") from None
        case "duration":
            span = duration(text)
            assert span is not None
            if span.value.seconds:
                raise NotOurs("times-of-day")
            return span.value
        case "time" | "dateTime":
            raise NotOurs("times-of-day")
    raise NotOurs("contexts")
