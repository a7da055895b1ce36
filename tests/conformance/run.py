"""Runs cases: translate, compile, evaluate, compare."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from pathlib import Path
from typing import Any

from guiju.compiler import compile_expression
from guiju.diagnostics import Diagnostics
from guiju.evaluation import Unknown, evaluate_expression
from guiju.plan.types import NumberType

from . import cel, cel_functions, cql, cql_functions, dates, feel, feel_functions
from .case import ERROR, Case, Result
from .terms import NotOurs, Span, Unreadable

# CQL's decimals have eight places, so ours are rounded to eight. A value the DMN suite prints
# with eight or more decimals was rounded by it; every other value is exact.
ROUNDED_FROM = 8
EIGHT = Decimal("1e-8")
# CEL's doubles are binary: they agree to fifteen digits.
BINARY = Decimal("1e-15")

TRANSLATORS = {
    "FEEL": feel_functions.FeelTranslator,
    "CQL": cql_functions.CqlTranslator,
    "CEL": cel_functions.CelTranslator,
    "dates": dates.DateTranslator,
}
# What the checker says when an expression has no meaning, whatever the facts are.
TYPE_PROBLEMS = {
    "type-mismatch", "wrong-argument-count", "units-differ", "unit-mismatch", "mixed-units",
}  # fmt: skip


def read_cases(folder: Path) -> list[Case]:
    """The cases of a folder, by the shape of its files' names."""
    found: list[Case] = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv" and "dates" in path.name:
            found += dates.cases(path)
        elif path.suffix == ".jsonl":
            for part, reader in (("feel", feel), ("cql", cql), ("cel", cel)):
                if part in path.name:
                    found += reader.cases(path)
    return found


def run(case: Case) -> Result:
    """What becomes of a case. A fault, of ours or the translation's, is a disagreement."""
    try:
        return _run(case)
    except Exception as fault:
        said = f"{type(fault).__name__}: {fault}"
        return Result(case, "disagree", "fault", got=said)


def _run(case: Case) -> Result:
    try:
        tree = case.read()
    except Unreadable as problem:
        return Result(case, "not ours", "not-an-expression", got=problem)
    except NotOurs as not_ours:
        return Result(case, "not ours", not_ours.reason)
    try:
        made = TRANSLATORS[case.suite](case.inputs).translate(tree)
        wanted = case.expected()
    except NotOurs as not_ours:
        return Result(case, "not ours", not_ours.reason, tree=tree)
    diagnostics = Diagnostics()
    plan = compile_expression(made.text, made.types, diagnostics)
    if plan is None:
        problem = diagnostics.errors[0]
        said = f"{problem.code}: {problem.message('en')}"
        if wanted is ERROR or (wanted is None and problem.code in TYPE_PROBLEMS):
            return Result(case, "refuse", problem.code, made.text, said, wanted, tree)
        if problem.code in TYPE_PROBLEMS:
            return Result(case, "not ours", "mixed-types", made.text, said, wanted, tree)
        return Result(case, "disagree", problem.code, made.text, said, wanted, tree)
    got = evaluate_expression(plan, facts={("input", k): v for k, v in made.facts.items()})
    same = agree(got, wanted, plan.type, case.precision)
    return Result(case, "agree" if same else "disagree", "", made.text, got, wanted, tree)


def agree(got: Any, wanted: Any, type_: Any, precision: str) -> bool:
    """Whether our value is the suite's."""
    if isinstance(got, Unknown):
        return wanted is None or wanted is ERROR
    if wanted is None or wanted is ERROR:
        return False
    match wanted:
        case bool():
            return got is wanted
        case (Decimal() as amount, str(symbol)):
            from guiju.quantities import parse_unit

            if not isinstance(type_, NumberType):
                return False
            unit = parse_unit(symbol)
            if not type_.unit.same_dimension(unit):
                return False
            ratio = type_.unit.ratio_to(unit)
            return numbers_agree(got * ratio.numerator / ratio.denominator, amount, precision)
        case Decimal():
            return isinstance(got, Decimal) and numbers_agree(got, wanted, precision)
        case Span(months=months, days=days):
            if isinstance(got, Decimal):
                return got == months
            count, unit = got
            mine = {"years": (12 * count, 0), "months": (count, 0)}.get(unit, (0, count))
            return mine == (months, days)
        case tuple():
            of = getattr(type_, "of", None)
            return (
                isinstance(got, tuple)
                and len(got) == len(wanted)
                and all(agree(g, w, of, precision) for g, w in zip(got, wanted, strict=True))
            )
        case str() | date():
            return bool(got == wanted)
    return False


def numbers_agree(got: Decimal, wanted: Decimal, precision: str) -> bool:
    if got == wanted:
        return True
    if precision == "binary":
        return abs(got - wanted) <= BINARY * max(abs(got), abs(wanted))
    if precision == "eight decimals":
        return _at(got, EIGHT) == wanted
    exponent = wanted.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if places < ROUNDED_FROM:
        return False
    last = Decimal(1).scaleb(-places)
    return abs(_at(got, last) - wanted) <= last


def _at(value: Decimal, step: Decimal) -> Decimal:
    """A value rounded to a step; one too large to have such digits stays as it is."""
    if value.adjusted() > 80:
        return value
    with localcontext() as wide:
        wide.prec = 120
        return value.quantize(step, ROUND_HALF_EVEN)
