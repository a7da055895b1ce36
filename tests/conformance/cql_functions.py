"""CQL's operations in our words.

CQL's aggregates leave nulls out, so ours go over the members that are known. A
date-time given to the day is taken as our date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from guiju.plan.types import ListType, Type

from .cql import singular
from .terms import NotOurs, Term, term
from .translation import DATE, NUMBER, TEXT, YES_NO, Translator, plain, step, unit_of

_TYPES = {
    "Integer": NUMBER, "Decimal": NUMBER, "Long": NUMBER, "Boolean": YES_NO, "String": TEXT,
    "Date": DATE, "DateTime": DATE, "Quantity": NUMBER, "Any": None,
}  # fmt: skip


def type_named(name: str) -> Type | None:
    if found := re.fullmatch(r"List<(.*)>", name):
        return ListType(type_named(found[1]) or NUMBER)
    if name not in _TYPES:
        raise NotOurs("type-tests" if name != "Time" else "times-of-day")
    return _TYPES[name]


def aggregate(ours: str) -> Callable[..., str]:
    return lambda t, *a: t.over(ours, one(a))[:-1] + " where each_one is known)"


def one(arguments: tuple[Term, ...]) -> Term:
    if len(arguments) != 1:
        raise NotOurs("wrong-argument-count")
    return arguments[0]


def all_or_any(quantifier: str) -> Callable[..., str]:
    def write(t: Translator, *arguments: Term) -> str:
        rows = one(arguments)
        if rows.op in ("null", "list"):
            rows = term("as", rows, value=ListType(YES_NO))
        text = t.quantified(quantifier, "\0", rows, term("bound", value="\0"))
        member = text.split()[1]
        return text.replace(" satisfies ", f" where {member} is known satisfies ", 1)

    return write


def exists(t: Translator, *arguments: Term) -> str:
    rows = one(arguments)
    return f"(some each_one in {t.write(rows)} satisfies each_one is known)"


def rounded(t: Translator, *arguments: Term) -> str:
    """Halves go away from zero."""
    value, *places = arguments
    by = step(places[0]) if places else "1"
    by = by if by is not None else t.null(NUMBER)
    a = t.write(value, NUMBER)
    low, high = f"({a} - {by} / 2)", f"({a} + {by} / 2)"
    return f"(if {a} < 0 then ({low} rounded up to {by}) else ({high} rounded down to {by}))"


def truncated(text: str) -> str:
    """Without its fraction. The sum over the one value says the text only once, so that
    quotients within quotients do not grow."""
    whole = "if quotient < 0 then ceiling(quotient) else floor(quotient)"
    return f"(sum of ({whole}) for quotient in {{{text}}})"


def truncate(t: Translator, *arguments: Term) -> str:
    return truncated(t.write(one(arguments), NUMBER))


def coalesce(t: Translator, *arguments: Term) -> str:
    if len(arguments) == 1 and arguments[0].op == "list":
        arguments = arguments[0].args
    kind = t.common(arguments)
    if isinstance(kind, ListType):
        raise NotOurs("list-of-lists")
    *first, last = (t.write(a, kind) for a in arguments)
    for text in reversed(first):
        last = f"(if {text} is known then {text} else {last})"
    return last


def power(t: Translator, *arguments: Term) -> str:
    a, b = (t.write(x, NUMBER) for x in arguments)
    return f"({a} ^ {b})"


def logarithm(t: Translator, *arguments: Term) -> str:
    a, b = (t.write(x, NUMBER) for x in arguments)
    return f"(ln({a}) / ln({b}))"


def date_of(t: Translator, *arguments: Term) -> str:
    if len(arguments) > 3:
        raise NotOurs("times-of-day")
    if len(arguments) < 3:
        raise NotOurs("partial-dates")
    return t.plain("date", arguments, NUMBER)


def length(t: Translator, *arguments: Term) -> str:
    only = one(arguments)
    return f"length({t.write(only, TEXT)})"


def member(t: Translator, *arguments: Term) -> str:
    return t.member(arguments[1], arguments[0])


class CqlTranslator(Translator):
    functions = {
        "Abs": plain("abs", NUMBER),
        "Ceiling": plain("ceiling", NUMBER),
        "Floor": plain("floor", NUMBER),
        "Exp": plain("exp", NUMBER),
        "Ln": plain("ln", NUMBER),
        "Log": logarithm,
        "Power": power,
        "Round": rounded,
        "Truncate": truncate,
        "Count": aggregate("count"),
        "Sum": aggregate("sum"),
        "Avg": aggregate("mean"),
        "Min": aggregate("min"),
        "Max": aggregate("max"),
        "StdDev": aggregate("stdev"),
        "AllTrue": all_or_any("every"),
        "AnyTrue": all_or_any("some"),
        "Exists": exists,
        "Length": length,
        "Upper": plain("upper", TEXT),
        "Lower": plain("lower", TEXT),
        "StartsWith": plain("starts_with", TEXT),
        "EndsWith": plain("ends_with", TEXT),
        "Matches": plain("matches", TEXT),
        "Coalesce": coalesce,
        "IsNull": lambda t, *a: t.write(term("is-null", one(a))),
        "IsTrue": lambda t, *a: t.write(term("is-true", one(a))),
        "IsFalse": lambda t, *a: t.write(term("is-false", one(a))),
        "DateTime": date_of,
        "Date": date_of,
        "Contains": member,
        "In": lambda t, *a: t.member(a[0], a[1]),
    }
    results = {
        **dict.fromkeys(
            ("Abs", "Ceiling", "Floor", "Exp", "Ln", "Log", "Power", "Round", "Truncate", "Count",
             "Length"),
            NUMBER,
        ),
        **dict.fromkeys(
            ("AllTrue", "AnyTrue", "Exists", "StartsWith", "EndsWith", "Matches", "IsNull",
             "IsTrue", "IsFalse", "Contains", "In"),
            YES_NO,
        ),
        **dict.fromkeys(("Upper", "Lower"), TEXT),
        **dict.fromkeys(("DateTime", "Date"), DATE),
    }  # fmt: skip
    refused = {
        "unbound name": "not-an-expression",
        "unknown function": "user-functions",
        "range": "intervals",
        "datetime": "times-of-day",
        "time": "times-of-day",
        "partial date": "partial-dates",
        "set operation": "list-building",
        "index": "list-index",
        "property": "contexts",
        "&": "texts-built",
        "Time": "times-of-day",
        "Now": "current-time",
        "Today": "current-time",
        "TimeOfDay": "current-time",
        **dict.fromkeys(("Median", "Mode", "Product", "PopulationStdDev", "PopulationVariance",
                         "Variance", "GeometricMean"), "aggregate-not-ours"),
        **dict.fromkeys(("HighBoundary", "LowBoundary", "Precision"), "precision-functions"),
        **dict.fromkeys(("First", "Last", "Indexer", "IndexOf"), "list-index"),
        **dict.fromkeys(("Skip", "Tail", "Take", "Slice", "Flatten", "Distinct", "Union",
                         "Intersect", "Except"), "list-building"),
        **dict.fromkeys(("Combine", "Split", "SplitOnMatches", "Substring", "ReplaceMatches",
                         "Concatenate"), "texts-built"),
        **dict.fromkeys(("PositionOf", "LastPositionOf"), "text-positions"),
        **dict.fromkeys(("ToString", "ToInteger", "ToLong", "ToDecimal", "ToDate", "ToDateTime",
                         "ToTime", "ToQuantity", "ToBoolean", "ToConcept", "ConvertsToString",
                         "ToRatio", "ConvertQuantity"), "conversions"),
        "Message": "messages",
        "Collapse": "intervals",
        "Expand": "intervals",
        "Size": "intervals",
        "Width": "intervals",
        "Start": "intervals",
        "End": "intervals",
    }  # fmt: skip

    def kind(self, node: Term) -> Any:
        match node.op:
            case "as":
                named = type_named(node.value) if isinstance(node.value, str) else node.value
                return named or self.kind(node.args[0])
            case "timing" | "equivalent":
                return YES_NO
            case "span between" | "part" | "div" | "mod":
                return NUMBER
            case "call" if node.value in ("Min", "Max", "Sum", "Avg", "Coalesce"):
                rows = node.args[0].args if node.args and node.args[0].op == "list" else node.args
                return self.common(rows) or NUMBER
        return super().kind(node)

    def write(self, node: Term, wanted: Any = None) -> str:
        match node.op:
            case "as":
                named = type_named(node.value) if isinstance(node.value, str) else node.value
                return self.write(node.args[0], named or wanted)
            case "timing":
                return self.timing(node)
            case "span between":
                return self.span(node)
            case "part":
                return self.part(node)
            case "div" | "mod":
                a, b = (self.write(x, NUMBER) for x in node.args)
                whole = truncated(f"({a} / {b})")
                return whole if node.op == "div" else f"({a} - {b} * {whole})"
            case "equivalent":
                return self.equivalent(node)
        return super().write(node, wanted)

    def equivalent(self, node: Term) -> str:
        """Two values, or neither: never null. Texts and lists have rules of their own."""
        kind = self.common(node.args) or NUMBER
        # Decimals are equivalent to the places of the shorter one.
        exact = all(n.value == int(n.value) for n in node.all() if n.op == "num")
        if kind.kind not in ("number", "yes/no", "date") or not exact:
            raise NotOurs("equivalence")
        a, b = (self.write(x, kind) for x in node.args)
        same = f"({a} is known and {b} is known and {a} = {b})"
        text = f"({same} or ({a} is not known and {b} is not known))"
        return text if node.value == "~" else f"(not {text})"

    def dated(self, *nodes: Term) -> list[str]:
        """Terms that are dates to the day, as text; times and parts of dates are refused."""
        for node in nodes:
            for part in node.all():
                if part.op == "call" and part.value in ("DateTime", "Date"):
                    date_of(self, *part.args)
                elif part.op in self.refused:
                    raise NotOurs(self.refused[part.op])
                elif part.op == "call" and part.value in self.refused:
                    raise NotOurs(self.refused[part.value])
        if all(self.kind(node) not in (DATE, None) for node in nodes):
            raise NotOurs("intervals")
        return [self.write(node, DATE) for node in nodes]

    def timing(self, node: Term) -> str:
        words = [singular(w) if w.endswith("s") and singular(w) in _CALENDAR else w
                 for w in node.value]  # fmt: skip
        unit = next((w for w in words if w in _CALENDAR), "")
        said = " ".join(w for w in words if w not in _CALENDAR and w != "of")
        if said in ("includes", "included in", "during"):
            whole, part = node.args if said == "includes" else reversed(node.args)
            return self.included(part, whole)
        operator = _TIMING.get(said)
        if operator is None or any(arg.op == "range" for arg in node.args):
            raise NotOurs("intervals")
        if unit in ("hour", "minute", "second", "millisecond"):
            raise NotOurs("times-of-day")
        a, b = self.dated(*node.args)
        if unit == "year":
            a, b = f"year({a})", f"year({b})"
        elif unit == "month":
            a, b = f"first_of_month({a})", f"first_of_month({b})"
        elif unit == "week":
            raise NotOurs("week-days")
        return f"({a} {operator} {b})"

    def included(self, part: Term, whole: Term) -> str:
        if whole.op == "range" and part.op != "range":
            return self.member(part, whole)
        if "range" in (whole.op, part.op):
            raise NotOurs("intervals")
        if isinstance(self.kind(part), ListType) and isinstance(self.kind(whole), ListType):
            among = self.write(whole, self.kind(part))
            return f"(every each_one in {self.write(part)} satisfies each_one is in {among})"
        return self.member(part, whole)

    def member(self, value: Term, test: Term) -> str:
        if test.op == "range" and any(end.op == "null" for end in test.args):
            raise NotOurs("intervals")
        if test.op == "as" and value.op != "as":
            return f"({self.write(value, self.kind(test))} is in {self.write(test)})"
        return super().member(value, test)

    def span(self, node: Term) -> str:
        how, unit = node.value
        if unit in ("hour", "minute", "second", "millisecond"):
            raise NotOurs("times-of-day")
        if unit == "week":
            raise NotOurs("week-days")
        a, b = self.dated(*node.args)
        if unit == "day":
            return f"days({a}, {b})"
        if how == "duration":
            return f"{unit}s({a}, {b})"
        if unit == "year":
            return f"(year({b}) - year({a}))"
        return f"((year({b}) - year({a})) * 12 + month({b}) - month({a}))"

    def part(self, node: Term) -> str:
        if node.value not in ("year", "month", "day", "date"):
            raise NotOurs("times-of-day" if node.value != "week" else "week-days")
        only = node.args[0]
        if only.op == "call" and only.value == "DateTime" and len(only.args) > 3:
            only = term("call", *only.args[:3], value="DateTime")
        text = self.dated(only)[0]
        return text if node.value == "date" else f"{node.value}({text})"


_CALENDAR = {"year", "month", "week", "day", "hour", "minute", "second", "millisecond"}
_TIMING = {
    "before": "<", "after": ">", "same as": "=", "same or before": "<=", "same or after": ">=",
    "on or before": "<=", "on or after": ">=", "before or on": "<=", "after or on": ">=",
}  # fmt: skip
__all__ = ["CqlTranslator", "unit_of"]
