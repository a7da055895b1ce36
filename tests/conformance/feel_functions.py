"""FEEL's operations in our words."""

from __future__ import annotations

import re

from guiju.plan.types import ListType

from .terms import NotOurs, Term, term
from .translation import DATE, NUMBER, TEXT, YES_NO, Translator, plain, step

_WHOLE_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def listed(arguments: tuple[Term, ...], t: Translator) -> Term:
    """The list an aggregate goes over: one list, or the values themselves."""
    if len(arguments) == 1:
        (only,) = arguments
        if only.op in ("null", "list") or isinstance(t.kind(only), ListType):
            return only
    if not arguments:
        raise NotOurs("wrong-argument-count")
    return term("list", *arguments)


def aggregate(ours: str):
    def write(t: Translator, *arguments: Term) -> str:
        if len(arguments) == 1 and arguments[0].op in ("text", "date", "bool", "context"):
            return t.over(ours, term("list", arguments[0]))
        return t.over(ours, listed(arguments, t))

    return write


def all_or_any(quantifier: str):
    def write(t: Translator, *arguments: Term) -> str:
        rows = listed(arguments, t)
        if rows.op == "null":
            rows = term("as", rows, value=ListType(YES_NO))
        if rows.op == "list" and not rows.args:
            return f"({quantifier} each_one in {t.fact(ListType(YES_NO), ())} satisfies each_one)"
        if rows.op == "list" and all(a.op == "null" for a in rows.args):
            rows = term("list", *(term("as", a, value=YES_NO) for a in rows.args))
        return t.quantified(quantifier, "\0", rows, term("bound", value="\0"))

    return write


def rounding(below: str, above: str, half: int):
    """Rounding by sign: `below` and `above` zero, after a shift of `half` a step."""

    def write(t: Translator, *arguments: Term) -> str:
        if len(arguments) != 2:
            return f"({t.plain('round', arguments[:0], NUMBER)})"
        value, places = arguments
        by = step(places) if places.op != "text" else t.write(places)
        by = by if by is not None else t.null(NUMBER)
        text = t.write(value, NUMBER)
        if half:
            shift = f"{by} / 2"
            less, more = ("-", "+") if half > 0 else ("+", "-")
            low, high = f"({text} {less} {shift})", f"({text} {more} {shift})"
        else:
            low = high = text
        return (
            f"(if {text} < 0 then ({low} rounded {below} to {by})"
            f" else ({high} rounded {above} to {by}))"
        )

    return write


def to_step(function: str, direction: str):
    def write(t: Translator, *arguments: Term) -> str:
        if len(arguments) != 2:
            return t.plain(function, arguments, NUMBER)
        value, places = arguments
        by = t.write(places) if places.op == "text" else step(places)
        by = by if by is not None else t.null(NUMBER)
        return f"({t.write(value, NUMBER)} rounded {direction} to {by})"

    return write


def decimal(t: Translator, *arguments: Term) -> str:
    if len(arguments) == 2 and arguments[1].op in ("num", "neg"):
        step(arguments[1])
    return t.plain("round", arguments, NUMBER)


def date_of(t: Translator, *arguments: Term) -> str:
    if len(arguments) != 1:
        return t.plain("date", arguments, NUMBER)
    (only,) = arguments
    if only.op == "text" and _WHOLE_DATE.fullmatch(only.value) and only.value[:4] != "0000":
        return str(only.value)
    if only.op == "text" and re.fullmatch(r"-\d+-\d\d-\d\d|\d{5,}-\d\d-\d\d", only.value):
        raise NotOurs("years-outside-1-9999")
    if t.kind(only) == DATE:
        return t.write(only)
    if only.op == "call" and only.value == "date and time":
        raise NotOurs("times-of-day")
    raise NotOurs("dates-from-text")


def same(t: Translator, *arguments: Term) -> str:
    if len(arguments) != 2 or t.kind(arguments[0]) != t.kind(arguments[1]):
        raise NotOurs("type-tests")
    return t.compared(term("=", *arguments))


def modulo(t: Translator, *arguments: Term) -> str:
    if len(arguments) != 2:
        raise NotOurs("wrong-argument-count")
    a, b = (t.write(argument, NUMBER) for argument in arguments)
    return f"({a} - {b} * floor({a} / {b}))"


def parity(rest: int):
    def write(t: Translator, *arguments: Term) -> str:
        if len(arguments) != 1:
            raise NotOurs("wrong-argument-count")
        a = f"({t.write(arguments[0], NUMBER)} + {rest})"
        return f"({a} / 2 = floor({a} / 2))"

    return write


def pattern(t: Translator, *arguments: Term) -> str:
    """FEEL finds a pattern anywhere in the text; ours must fit the whole text."""
    if len(arguments) > 2:
        raise NotOurs("pattern-flags")
    if len(arguments) == 2 and arguments[1].op == "text":
        text = arguments[1].value
        if re.search(r"-\[|\\[pPiIcC]|\\\d", text) or "\r" in str(arguments[0].value):
            raise NotOurs("pattern-dialect")
        arguments = (arguments[0], term("text", value=rf"[\s\S]*(?:{text})[\s\S]*"))
    return t.plain("matches", arguments, TEXT)


def contained(t: Translator, *arguments: Term) -> str:
    if len(arguments) != 2:
        raise NotOurs("wrong-argument-count")
    items, sought = arguments
    if items.op == "list":
        return t.member(sought, items)
    if items.op == "null" or isinstance(t.kind(items), ListType):
        return t.member(sought, items)
    raise NotOurs("mixed-types")


def negation(t: Translator, *arguments: Term) -> str:
    if len(arguments) != 1:
        raise NotOurs("wrong-argument-count")
    return f"(not {t.write(arguments[0], YES_NO)})"


class FeelTranslator(Translator):
    functions = {
        "abs": plain("abs", NUMBER),
        "sqrt": plain("sqrt", NUMBER),
        "exp": plain("exp", NUMBER),
        "log": plain("ln", NUMBER),
        "modulo": modulo,
        "even": parity(0),
        "odd": parity(1),
        "sum": aggregate("sum"),
        "mean": aggregate("mean"),
        "min": aggregate("min"),
        "max": aggregate("max"),
        "count": lambda t, *a: f"length({t.write(listed(a, t), ListType(NUMBER))})",
        "stddev": aggregate("stdev"),
        "all": all_or_any("every"),
        "any": all_or_any("some"),
        "not": negation,
        "decimal": decimal,
        "floor": to_step("floor", "down"),
        "ceiling": to_step("ceiling", "up"),
        "round up": rounding("down", "up", 0),
        "round down": rounding("up", "down", 0),
        "round half up": rounding("up", "down", 1),
        "round half down": rounding("down", "up", -1),
        "string length": plain("length", TEXT),
        "upper case": plain("upper", TEXT),
        "lower case": plain("lower", TEXT),
        "contains": plain("contains", TEXT),
        "starts with": plain("starts_with", TEXT),
        "ends with": plain("ends_with", TEXT),
        "matches": pattern,
        "list contains": contained,
        "date": date_of,
        "is": same,
        "years and months duration": lambda t, *a: t.plain("months", a, DATE),
    }
    results = {
        **dict.fromkeys(
            ["abs", "sqrt", "exp", "log", "modulo", "sum", "mean", "count", "stddev", "decimal", "floor", "ceiling"], NUMBER
        ),
        **dict.fromkeys(
            ("round up", "round down", "round half up", "round half down", "string length"), NUMBER
        ),
        **dict.fromkeys(("upper case", "lower case"), TEXT),
        **dict.fromkeys(
            ("all", "any", "not", "even", "odd", "contains", "starts with", "ends with",
             "matches", "list contains", "is"),
            YES_NO,
        ),
        "date": DATE,
    }  # fmt: skip
    refused = {
        "unbound name": "not-an-expression",
        "unknown function": "user-functions",
        "half-open range": "intervals",
        "test": "intervals",
        "range": "intervals",
        "bad literal": "dates-from-text",
        "far date": "years-outside-1-9999",
        "datetime": "times-of-day",
        "time": "times-of-day",
        "instance of": "type-tests",
        "index": "list-index",
        "context": "contexts",
        "path": "contexts",
        "for": "list-building",
        "function": "user-functions",
        "date and time": "times-of-day",
        "duration": "duration-arithmetic",
        "now": "current-time",
        "today": "current-time",
        "number": "conversions",
        "string": "conversions",
        "median": "aggregate-not-ours",
        "mode": "aggregate-not-ours",
        "product": "aggregate-not-ours",
        "day of year": "week-days",
        "day of week": "week-days",
        "week of year": "week-days",
        "month of year": "week-days",
        **dict.fromkeys(
            ("append", "concatenate", "distinct values", "flatten", "insert before",
             "list replace", "remove", "reverse", "sort", "sublist", "union", "split"),
            "list-building",
        ),
        "index of": "list-index",
        **dict.fromkeys(
            ("substring", "substring before", "substring after", "replace", "string join"),
            "texts-built",
        ),
        **dict.fromkeys(
            ("context", "context merge", "context put", "get entries", "get value"), "contexts"
        ),
        **dict.fromkeys(
            ("range", "before", "after", "meets", "met by", "overlaps", "overlaps before",
             "overlaps after", "finishes", "finished by", "includes", "during", "starts",
             "started by", "coincides"),
            "intervals",
        ),
    }  # fmt: skip

    def write(self, node: Term, wanted=None) -> str:
        if node.op == "path":
            return self.path(node)
        if node.op == "call" and node.value == "duration":
            return self.duration_call(node)
        return super().write(node, wanted)

    def kind(self, node: Term):
        if node.op == "path":
            return NUMBER
        if node.op == "call" and node.value == "duration":
            return self.kind(term("duration"))
        if node.op == "call" and node.value in ("min", "max") and node.args:
            rows = node.args if len(node.args) > 1 else node.args[0].args or node.args
            return self.common(rows) or NUMBER
        return super().kind(node)

    def path(self, node: Term) -> str:
        target = node.args[0]
        if node.value in ("year", "month", "day") and self.kind(target) == DATE:
            return f"{node.value}({self.write(target, DATE)})"
        if node.value == "weekday":
            raise NotOurs("week-days")
        given = self.inputs.get(target.value) if target.op == "name" else None
        if given is not None and given.op == "context" and node.value in given.value:
            return self.input_value(given.value[node.value], None)
        if self.kind(target) == self.kind(term("duration")):
            raise NotOurs("duration-arithmetic")
        if any(part.op in ("datetime", "time") for part in target.all()):
            raise NotOurs("times-of-day")
        if any(p.op == "call" and p.value in ("date and time", "time") for p in target.all()):
            raise NotOurs("times-of-day")
        raise NotOurs("contexts")

    def duration_call(self, node: Term) -> str:
        from .feel import duration as parsed

        if len(node.args) != 1 or node.args[0].op != "text":
            raise NotOurs("dates-from-text")
        span = parsed(node.args[0].value)
        if span is None:
            raise NotOurs("dates-from-text")
        return self.write(span)

    def added(self, node: Term) -> str:
        from .feel import duration as parsed

        def literal(part: Term) -> Term:
            called = part.op == "call" and part.value == "duration" and len(part.args) == 1
            if called and part.args[0].op == "text":
                return parsed(part.args[0].value) or part
            return part

        return super().added(term(node.op, *(literal(part) for part in node.args)))
