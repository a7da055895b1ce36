"""What the reference evaluator says of some rows: a verdict each, and what it lacks."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import localcontext

from guiju.dossier.model import Dossier
from guiju.evaluation.rules import Decision, Evaluator
from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.evaluation.unknown import Lacking
from guiju.plan.nodes import PackPlan, RulePlan
from guiju.quantities import CONTEXT
from guiju.record import Record
from guiju.sieve import Sieve
from guiju.tables.slices import Slicer
from guiju.tables.untold import wants_papers
from guiju.verdicts import Finding


class Decided(Record):
    """A verdict on a row, or on all rows of a class. `lacks` names what is missing by table or
    group and field, whichever row it stands in. `unproven`: nothing but documents is missing."""

    verdict: str
    lacks: tuple[str, ...]
    unproven: bool


MOST_AT_ONCE = 20_000
"""Rows that are cut out of their tables and decided together."""


def decided(
    slicer: Slicer, pack: PackPlan, as_of: date | None, sieve: Sieve, rows: Sequence[int]
) -> list[Decided]:
    """The verdict on each of some rows of a rule's table."""
    found: list[Decided] = []
    for at in range(0, len(rows), MOST_AT_ONCE):
        part = rows[at : at + MOST_AT_ONCE]
        cut = slicer.cut(sieve, part)
        run = Run(pack, cut.dossier, as_of)
        run.sizes = {name: relation.rows for name, relation in slicer.relations.items()}
        with localcontext(CONTEXT):
            evaluator = Evaluator(run, Wording(run), brief=True)
            positions = [cut.positions[row] for row in part]
            found += [_told(sieve.rule, one) for one in evaluator.decisions(sieve.rule, positions)]
    return found


def decided_facts(
    pack: PackPlan,
    as_of: date | None,
    sieve: Sieve,
    dossiers: Sequence[Dossier],
) -> list[Decided]:
    """The verdict on a rule over facts in each of some dossiers."""
    found = []
    for dossier in dossiers:
        run = Run(pack, dossier, as_of)
        with localcontext(CONTEXT):
            evaluator = Evaluator(run, Wording(run), brief=True)
            found.append(_told(sieve.rule, evaluator.decision(sieve.rule)))
    return found


def findings(
    slicer: Slicer,
    pack: PackPlan,
    as_of: date | None,
    asked: Sequence[tuple[Sieve, Sequence[int]]],
) -> Callable[[], list[list[Finding]]]:
    """The findings of several rules over one table, each of some rows of which each raises one,
    with their texts and derivations. The rows are read at once, the findings made when they are
    called for."""
    parts = [asked] if slicer.engine.together else [[one] for one in asked]
    cuts = [slicer.cut_for(part, listed=True) for part in parts]
    sizes = {name: relation.rows for name, relation in slicer.relations.items()}

    def made() -> list[list[Finding]]:
        found: list[list[Finding]] = []
        for part, cut in zip(parts, cuts, strict=True):
            run = Run(pack, cut.dossier, as_of)
            run.sizes = sizes
            with localcontext(CONTEXT), uncollected():
                evaluator = Evaluator(run, Wording(run))
                for sieve, rows in part:
                    positions = [cut.positions[row] for row in rows]
                    found.append(evaluator.findings(sieve.rule, positions))
        return found

    return made


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps Python from looking for garbage, of which there is none among ten thousands of steps
    of derivations: it would take a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def findings_of_facts(
    pack: PackPlan, as_of: date | None, sieve: Sieve, dossiers: Sequence[Dossier]
) -> list[Finding]:
    """The finding of a rule over facts in each of some dossiers, which raises one."""
    found = []
    for dossier in dossiers:
        run = Run(pack, dossier, as_of)
        with localcontext(CONTEXT):
            requirement = Evaluator(run, Wording(run)).requirement(sieve.rule)
        (finding,) = requirement.findings
        finding.derivation = requirement.derivation
        found.append(finding)
    return found


def finding_of_documents(
    slicer: Slicer, pack: PackPlan, as_of: date | None, sieve: Sieve
) -> Finding:
    """What a rule raises once for the documents it needs, of which none is at hand."""
    run = Run(pack, slicer.dossier, as_of)
    with localcontext(CONTEXT):
        return Evaluator(run, Wording(run)).finding_of_documents(sieve.rule)


def lacks_of(decision: Decision) -> tuple[str, ...]:
    """What a decision lacks, by table or group and field."""
    return tuple(sorted({_name(lack) for lack in decision.lacks}))


def _told(rule: RulePlan, decision: Decision) -> Decided:
    wanted = frozenset(Lacking("document", kind) for kind in rule.needs)
    return Decided(decision.verdict, lacks_of(decision), wants_papers(decision, wanted))


def _name(lack: Lacking) -> str:
    match lack.kind:
        case "fact" | "cell" | "boundary" | "layer":
            return f"{lack.name}.{lack.field}"
    return f"{lack.kind} {lack.name}"
