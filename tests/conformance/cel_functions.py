"""CEL's operations in our words. CEL divides whole numbers without a rest; so do we here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from guiju.plan.types import ListType

from .cql_functions import truncated
from .terms import NotOurs, Term, term
from .translation import NUMBER, TEXT, YES_NO, Translator, plain


def is_double(node: Term) -> bool:
    if node.op == "call" and node.value == "double":
        return True
    return any(part.op == "a double" for part in node.all())


def greatest(ours: str) -> Callable[..., str]:
    def write(t: Translator, *arguments: Term) -> str:
        if len(arguments) == 1 and arguments[0].op == "list":
            arguments = arguments[0].args
        return t.plain(ours, arguments, NUMBER)

    return write


def identity(t: Translator, *arguments: Term) -> str:
    (only,) = arguments
    if t.kind(only) not in (NUMBER, None):
        raise NotOurs("conversions")
    return t.write(only)


def whole(t: Translator, *arguments: Term) -> str:
    return truncated(identity(t, *arguments))


def half_away(t: Translator, *arguments: Term) -> str:
    a = t.write(arguments[0], NUMBER)
    return f"(if {a} < 0 then (({a} - 0.5) rounded up to 1) else (({a} + 0.5) rounded down to 1))"


def sign(t: Translator, *arguments: Term) -> str:
    a = t.write(arguments[0], NUMBER)
    return f"(if {a} < 0 then -1 else (if {a} > 0 then 1 else 0))"


def size(t: Translator, *arguments: Term) -> str:
    return f"length({t.write(arguments[0], TEXT)})"


def ascii_only(ours: str) -> Callable[..., str]:
    def write(t: Translator, *arguments: Term) -> str:
        if not all(a.op == "text" and a.value.isascii() for a in arguments):
            raise NotOurs("texts-built")
        return t.plain(ours, arguments, TEXT)

    return write


def pattern(t: Translator, *arguments: Term) -> str:
    if len(arguments) == 2 and arguments[1].op == "text":
        found = term("text", value=rf"[\s\S]*(?:{arguments[1].value})[\s\S]*")
        arguments = (arguments[0], found)
    return t.plain("matches", arguments, TEXT)


class CelTranslator(Translator):
    functions = {
        "size": size,
        ".size": size,
        ".startsWith": plain("starts_with", TEXT),
        ".endsWith": plain("ends_with", TEXT),
        ".contains": plain("contains", TEXT),
        ".matches": pattern,
        "matches": pattern,
        ".lowerAscii": ascii_only("lower"),
        ".upperAscii": ascii_only("upper"),
        "math.greatest": greatest("max"),
        "math.least": greatest("min"),
        "math.ceil": plain("ceiling", NUMBER),
        "math.floor": plain("floor", NUMBER),
        "math.abs": plain("abs", NUMBER),
        "math.sqrt": plain("sqrt", NUMBER),
        "math.round": half_away,
        "math.trunc": whole,
        "math.sign": sign,
        "dyn": lambda t, *a: t.write(a[0]),
        "int": whole,
        "uint": whole,
        "double": identity,
    }
    results = {
        **dict.fromkeys(
            ("size", ".size", "int", "uint", "double", "math.greatest", "math.least", "math.ceil",
             "math.floor", "math.abs", "math.sqrt", "math.round", "math.trunc", "math.sign"),
            NUMBER,
        ),
        **dict.fromkeys((".startsWith", ".endsWith", ".contains", ".matches", "matches"), YES_NO),
        **dict.fromkeys((".lowerAscii", ".upperAscii"), TEXT),
    }  # fmt: skip
    refused = {
        "unbound name": "name-resolution",
        "unknown function": "user-functions",
        "index": "list-index",
        "select": "contexts",
        "message": "contexts",
        "map": "contexts",
        "bytes": "bytes",
        "time": "times-of-day",
        "bind": "bindings",
        "timestamp": "times-of-day",
        "duration": "times-of-day",
        "type": "type-tests",
        "string": "conversions",
        "bytes()": "bytes",
        "bool": "conversions",
        "has": "contexts",
        "math.isNaN": "binary-floating-point",
        "math.isInf": "binary-floating-point",
        "math.isFinite": "binary-floating-point",
        **dict.fromkeys(
            ("math.bitAnd", "math.bitOr", "math.bitXor", "math.bitNot", "math.bitShiftLeft",
             "math.bitShiftRight"),
            "bit-operations",
        ),
        **dict.fromkeys(
            (".charAt", ".indexOf", ".lastIndexOf"), "text-positions"
        ),
        **dict.fromkeys(
            (".format", ".join", ".replace", ".split", ".substring", ".trim", ".reverse",
             "strings.quote", "strings.format"),
            "texts-built",
        ),
        **dict.fromkeys(
            ("optional.of", "optional.none", "optional.ofNonZeroValue", ".value", ".hasValue",
             ".orValue", ".or", ".optMap", ".optFlatMap"),
            "optional-values",
        ),
    }  # fmt: skip

    def kind(self, node: Term) -> Any:
        if node.op == "mod":
            return NUMBER
        if node.op == "macro":
            return YES_NO
        if node.op == "call" and node.value == "dyn":
            return self.kind(node.args[0])
        return super().kind(node)

    def write(self, node: Term, wanted: Any = None) -> str:
        match node.op:
            case "name" if node.value not in self.inputs:
                if node.value in ("bool", "int", "uint", "double", "string", "bytes", "list",
                                  "map", "null_type", "type", "dyn"):  # fmt: skip
                    raise NotOurs("type-tests")
                return super().write(node, wanted)
            case "/" if not is_double(node):
                a, b = (self.write(x, NUMBER) for x in node.args)
                return truncated(f"({a} / {b})")
            case "mod":
                a, b = (self.write(x, NUMBER) for x in node.args)
                return f"({a} - {b} * {truncated(f'({a} / {b})')})"
            case "macro":
                return self.macro(node)
            case "call" if node.value.startswith(".get") or node.value == "bytes":
                raise NotOurs("bytes" if node.value == "bytes" else "times-of-day")
        return super().write(node, wanted)

    def macro(self, node: Term) -> str:
        rows, *arguments = node.args
        name, variable = node.value
        if name in ("map", "filter", "transformList", "transformMap", "transformMapEntry"):
            raise NotOurs("list-building")
        if len(arguments) != 1:
            raise NotOurs("two-variable-quantifiers")
        if rows.op != "list" and not isinstance(self.kind(rows), ListType):
            raise NotOurs("contexts" if rows.op in ("map", "message") else "mixed-types")
        if name in ("all", "exists"):
            quantifier = "every" if name == "all" else "some"
            return self.quantified(quantifier, variable, rows, arguments[0])
        said = self.quantified("some", variable, rows, arguments[0])
        found = re.fullmatch(r"\(some (\w+) in (.*) satisfies (.*)\)", said, re.S)
        assert found is not None
        return f"((count for {found[1]} in {found[2]} where {found[3]}) = 1)"
