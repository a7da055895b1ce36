"""Claimed figures beside the recomputed ones."""

from __future__ import annotations

from collections.abc import Container
from decimal import Decimal

from guiju.evaluation import Run, Unknown
from guiju.evaluation.margins import tco2e_text
from guiju.evaluation.run import WIDE
from guiju.evaluation.texts import Wording, plain_text, unit_text, value_text
from guiju.hints import Any
from guiju.plan.nodes import ClaimPlan
from guiju.plan.types import NumberType, Type
from guiju.quantities import CONTEXT
from guiju.verdicts import Claim, Value


def claims_of(run: Run, wording: Wording, inapplicable: Container[str]) -> list[Claim]:
    """Each claim the pack names, with its difference from the recomputed figure: claimed
    minus recomputed, in the unit of the claim. A claim is not examined when its rule is among
    the inapplicable ones."""
    return [_claim(run, wording, claim, inapplicable) for claim in run.pack.claims]


def _claim(run: Run, wording: Wording, claim: ClaimPlan, inapplicable: Container[str]) -> Claim:
    claimed, formula, rule = claim.claimed, claim.formula, claim.rule
    examined = rule not in inapplicable
    group, _, name = claimed.partition(".")
    field = run.field(group, name)
    given = run.dossier.facts.get((group, name))
    plan = run.pack.formulas[formula]
    try:
        recomputed = run.formula_value(run.formula(formula), None)
    except Exception:
        # The rule that compares the two is `broken` and says why.
        recomputed = None
    label = wording.field_label(group, name)
    title = wording.label(claim.label, claimed) if claim.label else label
    ours = Value(
        formula,
        wording.label(plan.label, formula),
        value_text(recomputed, plan.type, run),
        unit_text(plan.type),
    )
    if field is None:
        told = Value(claimed, label, None)
        return Claim(title, told, ours, None, None, None, rule or None, examined)
    value = given.value if given else None
    theirs = Value(
        claimed,
        label,
        value_text(value, field.type, run),
        unit_text(field.type),
        given.origin if given else None,
    )
    difference, percent, tco2e = _difference(value, field.type, recomputed, plan.type)
    return Claim(title, theirs, ours, difference, percent, tco2e, rule or None, examined)


def _difference(
    claimed: Any, claimed_type: Type, recomputed: Any, recomputed_type: Type
) -> tuple[str | None, str | None, str | None]:
    nothing = (None, None, None)
    if claimed is None or recomputed is None or recomputed.__class__ is Unknown:
        return nothing
    if not isinstance(claimed_type, NumberType) or not isinstance(recomputed_type, NumberType):
        return nothing
    if not claimed_type.unit.same_dimension(recomputed_type.unit):
        return nothing
    ratio = recomputed_type.unit.ratio_to(claimed_type.unit)
    up, down = Decimal(ratio.numerator), Decimal(ratio.denominator)
    # claimed - recomputed * up / down, rounded once.
    apart = WIDE.subtract(WIDE.multiply(claimed, down), WIDE.multiply(recomputed, up))
    difference = CONTEXT.divide(apart, down)
    percent = None
    if recomputed:
        base = WIDE.abs(WIDE.multiply(recomputed, up))
        percent = plain_text(CONTEXT.divide(WIDE.multiply(apart, Decimal(100)), base))
    return plain_text(difference), percent, tco2e_text(difference, claimed_type.unit)
