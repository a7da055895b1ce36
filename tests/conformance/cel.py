"""CEL, the common expression language: its parser and the cases of its conformance suite."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from .case import ERROR, Case
from .terms import NotOurs, Reader, Term, Unreadable, term

_STRING = (
    r"""[rR]?(?:'{3}.*?(?<!\\)'{3}|"{3}.*?(?<!\\)"{3}|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
)
_RAW = r"""[rR](?:'{3}.*?'{3}|"{3}.*?"{3}|'[^'\n]*'|"[^"\n]*")"""
DOUBLE = term("a double")


class CelReader(Reader):
    pattern = re.compile(
        r"(?P<space>(?:\s|//[^\n]*)+)"
        rf"|(?P<bytes>(?:[bB][rR]?|[rR][bB])(?=['\"]){_STRING})"
        rf"|(?P<raw>{_RAW})"
        rf"|(?P<string>{_STRING})"
        r"|(?P<double>(?:\d+\.\d+|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)"
        r"|(?P<int>0[xX][0-9a-fA-F]+[uU]?|\d+[uU]?)"
        r"|(?P<name>[A-Za-z_]\w*|`[^`]*`)"
        r"|(?P<sign>&&|\|\||<=|>=|==|!=|[-+*/%<>!?:()\[\]{},.])",
        re.S,
    )

    def __init__(self, text: str) -> None:
        self.variables: list[str] = []
        super().__init__(text)

    def expression(self) -> Term:
        condition = self.disjunction()
        if self.accept("?"):
            then = self.disjunction()
            self.expect(":")
            return term("if", condition, then, self.expression())
        return condition

    def disjunction(self) -> Term:
        left = self.conjunction()
        while self.accept("||"):
            left = term("or", left, self.conjunction())
        return left

    def conjunction(self) -> Term:
        left = self.relation()
        while self.accept("&&"):
            left = term("and", left, self.relation())
        return left

    def relation(self) -> Term:
        left = self.sum()
        while self.word in ("<", "<=", ">", ">=", "==", "!=", "in") and self.kind != "string":
            operator = self.next()
            left = term({"==": "="}.get(operator, operator), left, self.sum())
        return left

    def sum(self) -> Term:
        left = self.product()
        while self.word in ("+", "-") and self.kind == "sign":
            left = term(self.next(), left, self.product())
        return left

    def product(self) -> Term:
        left = self.unary()
        while self.word in ("*", "/", "%") and self.kind == "sign":
            operator = self.next()
            left = term({"%": "mod"}.get(operator, operator), left, self.unary())
        return left

    def unary(self) -> Term:
        if self.accept("!"):
            return term("not", self.unary())
        if self.accept("-"):
            return term("neg", self.unary())
        return self.postfix(self.atom())

    def postfix(self, left: Term) -> Term:
        while True:
            if self.accept("["):
                if self.accept("?"):
                    raise NotOurs("optional-values")
                left = term("index", left, self.expression())
                self.expect("]")
            elif self.word == "." and self.kind == "sign":
                self.next()
                if self.accept("?"):
                    raise NotOurs("optional-values")
                name = self.next()
                if self.accept("("):
                    left = self.method(left, name)
                elif left.op == "name":
                    left = term("name", value=f"{left.value}.{name}")
                else:
                    left = term("select", left)
            elif self.word == "{" and left.op == "name":
                self.next()
                depth = 1
                while depth:
                    depth += {"{": 1, "}": -1}.get(self.next(), 0)
                left = term("message")
            else:
                return left

    def method(self, target: Term, name: str) -> Term:
        macros = ("all", "exists", "exists_one", "existsOne", "map", "filter", "bind")
        if name in (*macros, "transformList", "transformMap", "transformMapEntry"):
            start = self.at
            variable = self.next()
            if self.kind == "sign" and self.accept(","):
                self.variables.append(variable)
                arguments = self.sequence(")", self.expression)
                self.variables.pop()
                op = "macro" if target.op != "name" or target.value != "cel" else "bind"
                return term(op, target, *arguments, value=(name, variable))
            self.at = start
        arguments = self.sequence(")", self.expression)
        if target.op == "name" and target.value in ("math", "strings", "optional", "cel", "ext"):
            return term("call", *arguments, value=f"{target.value}.{name}")
        return term("call", target, *arguments, value=f".{name}")

    def atom(self) -> Term:
        kind, word = self.kind, self.word
        match kind:
            case "int":
                self.next()
                digits = word.rstrip("uU")
                base = 16 if digits[:2].lower() == "0x" else 10
                return term("num", value=Decimal(int(digits, base)))
            case "double":
                return term("num", DOUBLE, value=Decimal(self.next()))
            case "string" | "raw":
                return term("text", value=unquoted(self.next()))
            case "bytes":
                self.next()
                return term("bytes")
            case "name":
                self.next()
                if word in ("true", "false"):
                    return term("bool", value=word == "true")
                if word == "null":
                    return term("null")
                if self.accept("("):
                    return term("call", *self.sequence(")", self.expression), value=word)
                return term("bound" if word in self.variables else "name", value=word)
        if self.accept("("):
            inner = self.expression()
            self.expect(")")
            return inner
        if self.accept("["):
            return term("list", *self.items("]"))
        if self.accept("{"):
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(self.next(), 0)
            return term("map")
        if self.accept("."):
            return term("name", value=f".{self.next()}")
        raise Unreadable(f"at {word!r}")

    def items(self, close: str) -> tuple[Term, ...]:
        found: list[Term] = []
        while not self.accept(close):
            if self.accept("?"):
                raise NotOurs("optional-values")
            found.append(self.expression())
            if not self.accept(","):
                self.expect(close)
                break
        return tuple(found)


def parse(text: str) -> Term:
    reader = CelReader(text)
    return reader.whole(reader.expression())


_ESCAPE = re.compile(
    r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[xX]([0-9a-fA-F]{2})|([0-3][0-7]{2})|(.))", re.S
)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def unquoted(text: str) -> str:
    raw = text[0] in "rR"
    text = text[1:] if raw else text
    width = 3 if text[:3] in ("'''", '"""') else 1
    inner = text[width:-width]
    if raw:
        return inner

    def one(found: re.Match[str]) -> str:
        if code := found[1] or found[2] or found[3]:
            return chr(int(code, 16))
        if found[4]:
            return chr(int(found[4], 8))
        return _NAMED.get(found[5], found[5])

    return _ESCAPE.sub(one, inner)


def cases(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        yield Case(
            suite="CEL",
            name=f"{row['file']}/{row['section']}/{row['name']}#{number}",
            expression=row["expr"],
            read=lambda r=row: read(r),
            expected=lambda r=row: expected(r),
            inputs={
                name: given(binding["value"])
                for name, binding in (row.get("bindings") or {}).items()
                if "value" in binding
            },
            precision="binary",
        )


def read(row: dict[str, Any]) -> Term:
    if row.get("check_only"):
        raise NotOurs("type-deduction-only")
    if row.get("container") and row["file"] == "namespace":
        raise NotOurs("name-resolution")
    return parse(row["expr"])


def given(value: dict[str, Any]) -> Term:
    ((kind, content),) = value.items()
    match kind:
        case "int64_value" | "uint64_value":
            return term("num", value=Decimal(content))
        case "double_value":
            return term("num", DOUBLE, value=Decimal(str(content)))
        case "bool_value":
            return term("bool", value=content)
        case "string_value":
            return term("text", value=content)
        case "list_value":
            return term("list", *(given(item) for item in content.get("values", [])))
        case "null_value":
            return term("null")
        case "bytes_value":
            return term("bytes")
        case "map_value":
            return term("map")
        case "object_value":
            stamp = str(content.get("@type", "")).rpartition(".")[2]
            return term("time" if stamp in ("Timestamp", "Duration") else "message")
    return term("message")


def expected(row: dict[str, Any]) -> Any:
    if "eval_error" in row or "any_eval_errors" in row:
        return ERROR
    if "value" in row:
        return value_of(row["value"])
    if "typed_result" in row:
        if "result" not in row["typed_result"]:
            raise NotOurs("type-deduction-only")
        return value_of(row["typed_result"]["result"])
    return True


def value_of(value: dict[str, Any]) -> Any:
    ((kind, content),) = value.items()
    match kind:
        case "int64_value" | "uint64_value":
            return Decimal(content)
        case "double_value":
            number = Decimal(str(content))
            if not number.is_finite():
                raise NotOurs("binary-floating-point")
            return number
        case "bool_value" | "string_value":
            return content
        case "null_value":
            return None
        case "list_value":
            return tuple(value_of(item) for item in content.get("values", []))
        case "bytes_value":
            raise NotOurs("bytes")
        case "type_value":
            raise NotOurs("type-tests")
    raise NotOurs("contexts")
