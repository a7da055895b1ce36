"""Dossiers of one run, made in a few lines and assessed together."""

from __future__ import annotations

from typing import Any

from guiju.assessment import assess
from guiju.dossier import Dossier, Others
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment, Origin

from .making import dossier

Tables = dict[str, list[dict[str, Any]]]


def project(plan: PackPlan, name: str, tables: Tables, **facts: Any) -> Dossier:
    """A dossier with an id of its own, whose tables have every column of the pack's."""
    whole = {
        table: [dict.fromkeys(plan.tables[table].fields) | row for row in rows]
        for table, rows in tables.items()
    }
    made = dossier({f"project.{fact}": value for fact, value in facts.items()}, whole)
    made.id, made.path, made.digest = name, f"{name}/", f"digest of {name}"
    for table, data in made.tables.items():
        data.columns = {field: data.columns.get(field, []) for field in plan.tables[table].fields}

        def place(row: int, field: str, table: str = table) -> Origin:
            fields = list(plan.tables[table].fields)
            return Origin(f"{table}.csv", f"{chr(ord('A') + fields.index(field))}{row + 2}")

        data.place = place
    return made


def pooled(plan: PackPlan, dossiers: list[Dossier]) -> Others:
    others = Others(plan)
    for one in dossiers:
        others.add(one)
    return others


def together(plan: PackPlan, dossiers: list[Dossier], brief: bool = False) -> list[Assessment]:
    """The assessments of dossiers of one run."""
    others = pooled(plan, dossiers)
    return [assess(one, plan, others=others, brief=brief) for one in dossiers]
