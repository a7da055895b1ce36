"""Packs and dossiers made in a few lines, and single expressions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from guiju.assessment import assess
from guiju.compiler import PackHasErrors, compile_texts
from guiju.compiler.build import compile_expression
from guiju.diagnostics import Diagnostics
from guiju.dossier.model import Dossier, Given, TableData
from guiju.evaluation import Unknown, evaluate_expression
from guiju.plan.nodes import PackPlan
from guiju.plan.types import (
    DateType,
    DurationType,
    ListType,
    NumberType,
    OneOfType,
    PeriodType,
    TextType,
    Type,
    YesNoType,
)
from guiju.quantities import ONE, parse_unit
from guiju.verdicts import Assessment, Document, JudgementGiven, Origin, Requirement

D = Decimal
NUMBER = NumberType(ONE)
WHOLE = NumberType(ONE, True)
YES_NO = YesNoType()
TEXT = TextType()
DATE = DateType()
PERIOD = PeriodType()
DURATION = DurationType()
SUBMITTED = date(2026, 5, 12)
UNKNOWN = object()
"""What `value` gives for an unknown, so that tables of truth can be written down."""


def unit(symbol: str) -> NumberType:
    return NumberType(parse_unit(symbol))


def list_of(kind: Type) -> ListType:
    return ListType(kind)


def one_of(*options: str) -> OneOfType:
    return OneOfType(options, {})


def calculate(text: str, types: dict[str, Type] | None = None, **facts: Any) -> Any:
    """The value of an expression; `types` of facts that are missing or not plain."""
    kinds = {name: _kind(fact) for name, fact in facts.items()} | (types or {})
    diagnostics = Diagnostics()
    expr = compile_expression(text, kinds, diagnostics)
    assert expr is not None, [d.message("en") for d in diagnostics]
    assert not diagnostics.errors, [d.message("en") for d in diagnostics]
    return evaluate_expression(
        expr, facts={("input", name): fact for name, fact in facts.items()}, as_of=SUBMITTED
    )


def value(text: str, types: dict[str, Type] | None = None, **facts: Any) -> Any:
    """As `calculate`, with `UNKNOWN` for any unknown."""
    found = calculate(text, types, **facts)
    return UNKNOWN if isinstance(found, Unknown) else found


def why(text: str, types: dict[str, Type] | None = None, **facts: Any) -> set[tuple[str, str]]:
    """What an unknown lacks, as kind and name (the field of a fact)."""
    found = calculate(text, types, **facts)
    assert isinstance(found, Unknown), found
    return {(k.kind, k.field if k.kind == "fact" else k.name) for k in found.lacks}


def _kind(fact: Any) -> Type:
    match fact:
        case bool():
            return YES_NO
        case Decimal():
            return NUMBER
        case str():
            return TEXT
        case date():
            return DATE
        case (date(), date()):
            return PERIOD
        case (int(), str()):
            return DURATION
        case tuple():
            return ListType(_kind(fact[0]))
    raise TypeError(fact)


# --- packs and dossiers ----------------------------------------------------------------

MANIFEST = """
id = "test"
edition = "1"
language = "en"
title = { en = "A pack for tests", zh = "测试规则包" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "整改要求", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
FAR = { en = "Forward action request", zh = "进一步行动要求", weight = 1 }
"""


def pack(text: str, more: str = "") -> PackPlan:
    """A pack of one file; every rule gets a clause and a basis where it has none."""
    lines = []
    for line in text.splitlines():
        lines.append(line)
        if line.startswith(("rule ", "judge ")):
            lines.append('  cite "1"')
            lines.append("  basis secondary")
    try:
        return compile_texts({"1-test.gj": "\n".join(lines) + "\n"}, MANIFEST + more)
    except PackHasErrors as error:
        error.add_note("; ".join(d.message("en") for d in error.diagnostics))
        raise


def dossier(
    facts: dict[str, Any] | None = None,
    tables: dict[str, list[dict[str, Any]]] | None = None,
    *,
    documents: dict[str, list[Document]] | None = None,
    judgements: dict[tuple[str, str | None], JudgementGiven] | None = None,
    submitted: date | None = SUBMITTED,
) -> Dossier:
    """A dossier; facts by `group.field`, tables as rows whose first value is the key. A
    value None is missing."""
    made = Dossier("D-1", "A dossier", "d", "0" * 64, "validation", submitted, None, None)
    for number, (name, fact) in enumerate((facts or {}).items(), 1):
        group, _, field = name.partition(".")
        made.facts[group, field] = Given(fact, Origin("dossier.yaml", f"{number}:1"))
    for name, rows in (tables or {}).items():
        made.tables[name] = table(name, rows)
    made.documents = documents or {}
    made.judgements = judgements or {}
    return made


def table(name: str, rows: list[dict[str, Any]]) -> TableData:
    fields = list(rows[0]) if rows else []
    letters = {field: chr(ord("A") + n) for n, field in enumerate(fields)}
    return TableData(
        name,
        {field: [row[field] for row in rows] for field in fields},
        [str(row[fields[0]]) for row in rows],
        lambda row, field: Origin(f"{name}.csv", f"{letters[field]}{row + 2}"),
    )


def document(kind: str, status: Any = "held", issued: str | None = None) -> Document:
    return Document(f"E-{kind}", kind, f"{kind}.pdf", issued, None, status)


def judged(answer: Any) -> JudgementGiven:
    return JudgementGiven(answer, "reviewer A", "2026-06-01", "seen in the minutes")


def check(text: str, facts: dict[str, Any] | None = None, **rest: Any) -> Assessment:
    """The assessment of a dossier against a pack given as text."""
    made, plan = dossier(facts, **rest), pack(text)
    for name, data in made.tables.items():
        for field in plan.tables[name].fields:
            data.columns.setdefault(field, [None] * len(data))
    return assess(made, plan)


def only(assessment: Assessment) -> Requirement:
    """The one requirement of an assessment."""
    (requirement,) = assessment.requirements
    return requirement


class Calls:
    """How many calls of functions were counted."""

    count = 0


@contextmanager
def calls_counted() -> Iterator[Calls]:
    """Counts the calls made inside: how the work grows, without a clock."""
    calls = Calls()

    def called(frame: object, event: str, argument: object) -> None:
        if event in ("call", "c_call"):
            calls.count += 1

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        yield calls
    finally:
        sys.setprofile(before)
