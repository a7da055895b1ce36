"""Assesses a dossier: what the command line, the features and the web pages call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import localcontext

import guiju
from guiju.assessment.baseline import compare_with
from guiju.assessment.coverage import not_checked
from guiju.assessment.opinion import opinion_of
from guiju.dossier.model import Dossier
from guiju.evaluation import Evaluator, Run
from guiju.evaluation.rules import Heard
from guiju.evaluation.texts import Wording, unit_text, value_text
from guiju.hints import TYPE_CHECKING
from guiju.messages import bilingual
from guiju.plan.nodes import FormulaPlan, PackPlan, RulePlan
from guiju.plan.types import GeometryType
from guiju.quantities import CONTEXT
from guiju.verdicts import (
    FORMAT,
    VERDICTS,
    Assessment,
    Claim,
    DossierRecord,
    Lack,
    Map,
    PackRecord,
    Problem,
    ReplacedFile,
    Requirement,
    Value,
    Waiver,
)

if TYPE_CHECKING:
    from guiju.dossier.others import Others

EvaluatorMade = Callable[..., Evaluator]
"""What makes an evaluator of a run: `(run, wording, *, brief)`."""


def assess(
    dossier: Dossier,
    pack: PackPlan,
    *,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    waivers: Sequence[Waiver] = (),
    baseline: Assessment | None = None,
    brief: bool = False,
    others: Others | None = None,
    evaluator: EvaluatorMade | None = None,
    told: int | None = None,
    heard: Heard | None = None,
) -> Assessment:
    """Every requirement of a pack with its verdict on a dossier.

    The date is `as_of`, or the day the dossier was submitted; without either an error
    problem asks for it and what depends on a date is unknown. `select` and `ignore` are
    rule ids or their beginnings. The same arguments give the same assessment. `brief` leaves
    out what the terminal view does not show: the words of requirements, their values,
    margins and derivations. Verdicts and findings are the same. `others` are the dossiers of a
    run that are assessed together; without them rules that ask about other dossiers are not
    checked, and said to be so. `evaluator` makes the evaluator of another road, which comes to the
    same. `told` is how many findings about rows each rule tells: the others, and what they lack,
    are counted only. Where there are waivers or a baseline all are told, for each is looked up
    there. `heard` hears of every row with a finding. Raises DossierTwice where another dossier
    goes by this one's id.
    """
    if others is not None:
        others.refuse_stranger(dossier, pack)
    day = as_of or dossier.submitted
    chosen, skipped = _selected(pack, tuple(select), tuple(ignore))
    alone = [plan for plan in chosen if plan.across] if others is None else []
    if alone:
        chosen = [plan for plan in chosen if not plan.across]
    with localcontext(CONTEXT):
        run = Run(pack, dossier, day, others)
        wording = Wording(run)
        asked = (evaluator or Evaluator)(run, wording, brief=brief)
        asked.rules, asked.heard = chosen, heard
        asked.told = None if waivers or baseline else told
        requirements = [asked.requirement(plan) for plan in chosen]
        unchecked = not_checked(run, wording, chosen, skipped, alone)
        formulas = [] if brief else [plan for plan in pack.formulas.values() if not plan.table]
        if others is None:
            formulas = [plan for plan in formulas if not plan.across]
        values = [_value(run, wording, plan) for plan in formulas]
        claims = _claims(run, wording, requirements)
        lacks = [
            Lack(missing, list(dict.fromkeys(r for lack in about for r in asked.lacks[lack])))
            for missing, about in wording.gathered(asked.lacks)
        ]
    problems = list(dossier.problems)
    if day is None:
        problems.append(
            Problem(
                "no-date",
                "error",
                bilingual("evaluation.problem.no-date"),
                bilingual("evaluation.problem.no-date.mend"),
            )
        )
    waived: list[Waiver] = []
    if waivers:
        from guiju.assessment.waivers import apply_waivers

        applied = apply_waivers(requirements, waivers, day, {plan.id for plan in pack.rules})
        problems += applied.problems
        lacks = _still_lacking(lacks, applied.rules)
        waived = applied.waivers
    compare_with(baseline, requirements)
    opinion, open_because = opinion_of(requirements, problems, len(skipped))
    counts: dict[str, int] = dict.fromkeys(VERDICTS, 0)
    for requirement in requirements:
        counts[requirement.verdict] += 1
    return Assessment(
        format=FORMAT,
        engine=guiju.__version__,
        as_of=day.isoformat() if day else "",
        pack=_pack_record(pack, wording),
        dossier=_dossier_record(dossier),
        opinion=opinion,
        open_because=open_because,
        counts=counts,
        requirements=requirements,
        claims=claims,
        values=values,
        lacks=lacks,
        not_checked=unchecked,
        problems=problems,
        waivers=waived,
        map=None if brief else _map(dossier, pack, chosen),
    )


def _map(dossier: Dossier, pack: PackPlan, chosen: Sequence[RulePlan]) -> Map | None:
    """The map of a dossier's shapes; a dossier without any pays nothing for it."""
    shaped = any(
        isinstance(field.type, GeometryType) and any(table.columns.get(name, ()))
        for table in dossier.tables.values()
        for name, field in pack.tables[table.name].fields.items()
    )
    if not shaped:
        return None
    from guiju.assessment.outlines import map_of

    return map_of(dossier, pack, chosen)


def _claims(run: Run, wording: Wording, requirements: list[Requirement]) -> list[Claim]:
    if not run.pack.claims:
        return []
    from guiju.assessment.claims import claims_of

    return claims_of(run, wording, {r.id for r in requirements if r.verdict == "not applicable"})


def _selected(
    pack: PackPlan, select: tuple[str, ...], ignore: tuple[str, ...]
) -> tuple[list[RulePlan], list[tuple[RulePlan, str]]]:
    """The rules to evaluate, and those left out with the key of the reason."""
    chosen: list[RulePlan] = []
    skipped: list[tuple[RulePlan, str]] = []
    for plan in pack.rules:
        if select and not plan.id.startswith(select):
            skipped.append((plan, "not-selected"))
        elif ignore and plan.id.startswith(ignore):
            skipped.append((plan, "ignored"))
        else:
            chosen.append(plan)
    return chosen, skipped


def formula_values(
    dossier: Dossier, pack: PackPlan, plan: FormulaPlan, *, as_of: date | None = None
) -> list[Value]:
    """The values of one formula of a pack: one, or one for each row that it speaks of, named
    `formula[key]`."""
    with localcontext(CONTEXT):
        run = Run(pack, dossier, as_of or dossier.submitted)
        wording = Wording(run)
        if plan.table is None:
            return [_value(run, wording, plan)]
        table = dossier.tables.get(plan.table)
        where = run.formula(plan.name).where
        return [
            _value(run, wording, plan, row, f"{plan.name}[{key}]")
            for row, key in enumerate(table.keys if table is not None else ())
            if where is None or where(run.formula_frame(run.formula(plan.name), row)) is not False
        ]


def _value(
    run: Run, wording: Wording, plan: FormulaPlan, row: int | None = None, name: str = ""
) -> Value:
    """A formula with its value, and how it was worked out."""
    from guiju.evaluation.trace import Tracer

    name = name or plan.name
    label = wording.label(plan.label, plan.name)
    try:
        formula = run.formula(plan.name)
        value = run.formula_value(formula, row)
        frame = run.formula_frame(formula, row)
        derivation = Tracer(wording, plan).derivation(plan.body, frame)
    except Exception:
        # The rules that use it are `broken` and say why.
        return Value(name, label, None, unit_text(plan.type))
    text = value_text(value, plan.type, run)
    return Value(name, label, text, unit_text(plan.type), derivation=derivation)


def _still_lacking(lacks: list[Lack], waived: set[str]) -> list[Lack]:
    """What is missing for rules that are not waived."""
    found = []
    for lack in lacks:
        rules = [rule for rule in lack.rules if rule not in waived]
        if rules:
            found.append(Lack(lack.missing, rules))
    return found


def _pack_record(pack: PackPlan, wording: Wording) -> PackRecord:
    return PackRecord(
        id=pack.id,
        edition=pack.edition,
        title=wording.in_both(pack.title),
        authority=wording.in_both(pack.authority),
        digest=pack.digest,
        grades={grade.name: wording.in_both(grade.label) for grade in pack.grades},
        in_force=pack.in_force.isoformat() if pack.in_force else None,
        until=pack.until.isoformat() if pack.until else None,
        replaced=[
            ReplacedFile(one.file, one.sha256, one.original, list(one.lookups), one.basis)  # type: ignore[arg-type]
            for one in pack.replaced
        ],
    )


def _dossier_record(dossier: Dossier) -> DossierRecord:
    return DossierRecord(
        id=dossier.id,
        title=dossier.title,
        path=dossier.path,
        digest=dossier.digest,
        stage=dossier.stage,
        submitted=dossier.submitted.isoformat() if dossier.submitted else None,
        files=list(dossier.files),
        documents=[document for kind in dossier.documents.values() for document in kind],
    )
