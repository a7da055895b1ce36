"""Generated packs, dossiers and tables, and what the reference evaluator says of them.

Everything is made from a seed: the same seed gives the same case. Used by the tests of the
roads, and outside pytest by the benchmarks with thousands of seeds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import localcontext
from random import Random
from typing import Any, NamedTuple

from guiju.compiler import PackHasErrors, compile_texts
from guiju.dossier.model import Dossier
from guiju.evaluation import Evaluator, Run
from guiju.plan.nodes import PackPlan
from guiju.quantities import CONTEXT
from guiju.verdicts import Requirement

from .rules import Writer
from .values import AS_OF, Values, dossier
from .vocabulary import Vocabulary, vocabulary

MANIFEST = """
id = "generated"
edition = "1"
language = "en"
languages = ["en"]
title = { en = "A generated pack", zh = "生成的规则包" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "整改要求", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
FAR = { en = "Forward action request", zh = "进一步行动要求", weight = 1 }
"""

Facts = dict[str, Any]
Rows = list[dict[str, Any]]


class Given(NamedTuple):
    """One dossier: its facts by `field` or `group.field`, and its rows by table."""

    facts: Facts
    tables: dict[str, Rows]


class Case(NamedTuple):
    """A pack, and dossiers for it."""

    seed: int
    texts: dict[str, str]
    plan: PackPlan
    vocabulary: Vocabulary
    given: list[Given]

    def dossier(self, number: int) -> Dossier:
        """One of the dossiers as the reader would have read it."""
        given = self.given[number]
        return dossier(self.plan, given.facts, given.tables)

    def rule_text(self, rule: str) -> str:
        """A rule as it is written, for the message of a test that fails."""
        return next(text for text in self.texts.values() if text.startswith(f"rule {rule} "))


def generated(seed: int, *, fact_rules: int = 10, table_rules: int = 6, dossiers: int = 6) -> Case:
    """The case of a seed."""
    chance = Random(seed)
    words = vocabulary(chance)
    writer = Writer(chance, words)
    texts = {"0-vocabulary.gj": words.text}
    for number in range(chance.randrange(3)):
        texts[f"1-lookup-{number}.gj"] = writer.lookup(f"lookup{number}")
    for number in range(chance.randrange(3)):
        texts[f"2-formula-{number}.gj"] = writer.formula(f"formula{number}")
    for number in range(fact_rules):
        texts[f"3-rule-{number:02}.gj"] = writer.rule(f"F-{number}")
    for number in range(table_rules):
        table = chance.choice(words.tables)
        texts[f"4-rule-{number:02}.gj"] = writer.rule(f"T-{number}", table)
    plan = _compiled(texts)
    made = []
    for _ in range(dossiers):
        values = Values(chance, writer)
        made.append(Given(values.facts(words.facts), values.tables(words.tables)))
    return Case(seed, texts, plan, words, made)


def _compiled(texts: dict[str, str]) -> PackPlan:
    """The plan of the files without mistakes; those with some are taken out."""
    while True:
        try:
            return compile_texts(texts, MANIFEST)
        except PackHasErrors as error:
            wrong = {d.span.source.name for d in error.diagnostics if d.severity == "error"} - {
                "0-vocabulary.gj",
                "pack.toml",
            }
            if not wrong:
                raise
            for name in wrong:
                del texts[name]


def requirements(
    plan: PackPlan, given: Dossier, *, as_of: date = AS_OF, brief: bool = True
) -> list[Requirement]:
    """What the reference evaluator says of each rule, with its findings; the subject of a
    finding on a row is the row's number, from 0."""
    with localcontext(CONTEXT):
        evaluator = Evaluator(Run(plan, given, as_of), brief=brief)
        return [evaluator.requirement(rule) for rule in plan.rules]


def verdicts(plan: PackPlan, given: Dossier, *, as_of: date = AS_OF) -> list[str]:
    """The verdict on each rule."""
    return [one.verdict for one in requirements(plan, given, as_of=as_of)]


def table_set(
    dossiers: Sequence[Mapping[str, Rows]],
) -> dict[str, Rows]:
    """The rows of many dossiers as one set of tables, with the column `dossier` before them."""
    found: dict[str, Rows] = {}
    for number, tables in enumerate(dossiers):
        for name, rows in tables.items():
            found.setdefault(name, []).extend({"dossier": str(number), **row} for row in rows)
    return found
