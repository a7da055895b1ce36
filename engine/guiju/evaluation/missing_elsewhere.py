"""What other dossiers of a run lack, in words: each thing with the dossier it is missing in.

None of it is for the applicant of the assessed dossier to give, so nothing is worded as if it
stood in his files. What many dossiers lack alike is told once, with how many they are.
"""

from __future__ import annotations

from guiju.dossier.others import PooledTable
from guiju.evaluation.across import MOST_NAMED
from guiju.evaluation.texts import Wording
from guiju.evaluation.unknown import Lacking
from guiju.verdicts import Missing, Text

_FEW = 5
"""Dossiers named by way of example."""


def named(wording: Wording, lack: Lacking) -> Missing:
    """One thing that is missing in another dossier, or because there is none to ask."""
    run, kind, name, field = wording.run, lack.kind, lack.name, lack.field
    table = _label(wording, name)
    others = run.others
    if others is None or kind == "others":
        return Missing("other table", name, wording.said("missing.others", table=table))
    pool = others.tables[name]
    if kind == "other table":
        if lack.row < 0:
            absent = [one for one in pool.unread if one != run.dossier.id]
            text = wording.said(
                "missing.other-tables", table=table, count=len(absent), dossiers=_few(absent)
            )
            return Missing(kind, name, text)
        dossier = pool.unread[lack.row]
        text = wording.said("missing.other-table", table=table, dossier=dossier)
        return Missing(kind, f"{dossier}: {name}", text)
    label = wording.field_label(name, field)
    if kind == "other layer":
        dossier = pool.dossiers[lack.row]
        text = wording.said("missing.other-layer", label=label, table=table, dossier=dossier)
        return Missing("other table", f"{dossier}: {name}.{field}", text)
    dossier, key = pool.dossier_of(lack.row), pool.keys[lack.row]
    where, what = pool.place(lack.row, field), f"{dossier}: {name}[{key}].{field}"
    if kind == "other boundary":
        fault = wording.fault(run.boundaries.fault(lack))
        text = wording.said(
            "missing.other-boundary", label=label, key=key, dossier=dossier, fault=fault
        )
    else:
        text = wording.said("missing.other-cell", label=label, key=key, dossier=dossier)
    return Missing("other cell", what, text, where)


def gathered(wording: Wording, lacks: list[Lacking]) -> list[tuple[Missing, list[Lacking]]]:
    """What is missing, in order; cells that many rows of other dossiers lack are one thing."""
    others = wording.run.others
    alike: dict[tuple[str, str, str], list[Lacking]] = {}
    for lack in lacks:
        if lack.kind in ("other cell", "other boundary"):
            alike.setdefault((lack.kind, lack.name, lack.field), []).append(lack)
    many = {kind: found for kind, found in alike.items() if len(found) > MOST_NAMED}
    if others is None or not many:
        return [(wording.missing(lack), [lack]) for lack in lacks]
    told: list[tuple[Missing, list[Lacking]]] = []
    for lack in lacks:
        found = many.get((lack.kind, lack.name, lack.field))
        if found is None:
            told.append((wording.missing(lack), [lack]))
        elif found[0] is lack:
            told.append((_of_many(wording, others.tables[lack.name], found), found))
    return told


def _of_many(wording: Wording, pool: PooledTable, lacks: list[Lacking]) -> Missing:
    kind, name, _, field = lacks[0]
    dossiers = list(dict.fromkeys(pool.dossier_of(lack.row) for lack in lacks))
    text = wording.said(
        f"missing.{kind.replace(' ', '-')}.many",
        label=wording.field_label(name, field),
        table=_label(wording, name),
        count=len(lacks),
        dossiers=_few(dossiers),
    )
    return Missing("other cell", f"{name}.{field}", text)


def _label(wording: Wording, name: str) -> Text:
    plan = wording.run.pack.tables[name]
    return wording.label(plan.label, name, plan.alias)


def _few(dossiers: list[str]) -> str:
    named = ", ".join(dossiers[:_FEW])
    return f"{named}, …" if len(dossiers) > _FEW else named
