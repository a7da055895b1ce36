"""What was not checked, and why: clauses without a rule, rules left out, and parts of the
dossier no rule looked at."""

from __future__ import annotations

from guiju.evaluation import Run
from guiju.evaluation.texts import Wording
from guiju.hints import Any
from guiju.messages import bilingual
from guiju.plan import nodes
from guiju.plan.nodes import RulePlan
from guiju.plan.types import DocumentType
from guiju.verdicts import Unchecked

_OF_TABLES = frozenset((nodes.ColumnRef, nodes.TableRows, nodes.OtherRows, nodes.RowByKey))
_OF_CELLS = frozenset((nodes.ColumnRef, nodes.CellRef))


def not_checked(
    run: Run,
    wording: Wording,
    chosen: list[RulePlan],
    skipped: list[tuple[RulePlan, str]],
    alone: list[RulePlan],
) -> list[Unchecked]:
    """All that was not checked. To be asked when the rules have been evaluated and nothing
    else: what they looked at is known from what was compiled for them. `alone` are rules that
    ask about other dossiers where there are none; what they look at in this one is not passed
    over, it waits for them."""
    pack, day = run.pack, run.as_of
    found = [
        Unchecked(entry.clause, wording.in_both(entry.reason), entry.pack or None)
        for entry in pack.not_encoded
    ]
    if day is not None and pack.in_force is not None and day < pack.in_force:
        found.append(_because(pack.id, "pack-not-yet", day=pack.in_force.isoformat()))
    if day is not None and pack.until is not None and day > pack.until:
        found.append(_because(pack.id, "pack-past", day=pack.until.isoformat()))
    found += [_because(plan.id, reason) for plan, reason in skipped]
    found += [_because(plan.id, "across") for plan in alone]
    compiled = run.compiled
    if alone:
        from guiju.plan.across import nodes_reached

        compiled = [*compiled, *nodes_reached(pack, alone)]
    facts, tables, documents = _looked_at(run, [*chosen, *alone], compiled)
    dossier = run.dossier
    found += [_because(name, "table") for name in dossier.tables if name not in tables]
    found += [
        _because(f"{group}.{field}", "fact")
        for (group, field), given in dossier.facts.items()
        # What the dossier says of itself is there for any pack, used or not.
        if group != "dossier" and (group, field) not in facts and given.value is not None
    ]
    found += [_because(kind, "document") for kind in dossier.documents if kind not in documents]
    return found


def _because(subject: str, reason: str, **values: object) -> Unchecked:
    return Unchecked(subject, bilingual(f"evaluation.unchecked.{reason}", **values))


def _looked_at(
    run: Run, chosen: list[RulePlan], compiled: list[Any]
) -> tuple[set[tuple[str, str]], set[str], set[str]]:
    facts: set[tuple[str, str]] = set()
    tables = {plan.table for plan in chosen if plan.table is not None}
    documents = {kind for plan in chosen for kind in plan.needs}
    for node in compiled:
        kind = node.__class__
        if kind is nodes.FactRef:
            facts.add((node.group, node.field))
            if node.type.__class__ is DocumentType:
                documents.add(node.field)
        elif kind in _OF_TABLES:
            tables.add(node.table)
        if kind in _OF_CELLS and node.type.kind == "document":
            data = run.dossier.tables.get(node.table)
            cells = data.columns[node.field] if data is not None else []
            documents |= {one.kind for cell in cells if cell for one in cell}
    for named in list(documents):
        plan = run.pack.documents.get(named)
        if plan is not None and plan.alias:
            documents.add(plan.alias)
    return facts, tables, documents
