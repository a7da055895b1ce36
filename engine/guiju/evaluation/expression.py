"""One expression, evaluated by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import localcontext
from typing import Any

from guiju.dossier.model import Dossier, Given, TableData
from guiju.evaluation.run import Run
from guiju.evaluation.walk import highest_slot
from guiju.plan.nodes import Expr, PackPlan
from guiju.quantities import CONTEXT
from guiju.verdicts import Origin

_NOWHERE = Origin("", "")


def evaluate_expression(
    expr: Expr,
    *,
    facts: Mapping[tuple[str, str], Any] | None = None,
    tables: Mapping[str, TableData] | None = None,
    as_of: date | None = None,
    pack: PackPlan | None = None,
    slots: Sequence[Any] = (),
) -> Any:
    """The value of an expression, an `Unknown` when it has none.

    `facts` are keyed `(group, field)`; `slots` are the values of locals. The pack is needed
    only for lookups, formulas and declared ranges.
    """
    dossier = Dossier("", "", "", "", None, None, None, None)
    dossier.facts = {key: Given(value, _NOWHERE) for key, value in (facts or {}).items()}
    dossier.tables = dict(tables or {})
    run = Run(pack or empty_pack(), dossier, as_of)
    frame = [*slots, *[None] * (highest_slot(expr) + 1 - len(slots))]
    with localcontext(CONTEXT):
        return run.compile(expr)(frame)


def empty_pack() -> PackPlan:
    """A pack without anything in it."""
    return PackPlan(
        id="",
        edition="",
        title={},
        authority={},
        language="en",
        in_force=None,
        until=None,
        digest="",
        sources=(),
        grades=(),
        default_unknown="",
        not_encoded=(),
        groups={},
        tables={},
        documents={},
        lookups={},
        formulas={},
        rules=(),
        claims=(),
        materiality=None,
    )
