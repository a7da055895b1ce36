"""The same project in English: names of groups, tables and columns, options and papers as the
vocabulary of the pack labels them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, TablePlan
from guiju.plan.types import OneOfType

from .state import InclusiveProject, Row

T = TypeVar("T", GroupPlan, TablePlan, FieldPlan)

TEXTS = {
    "示例光伏公司甲": "Example PV company A",
    "示例咨询公司乙": "Example consultants B",
    "示例核查机构丙": "Example verifiers C",
    "企业自愿抵销": "voluntary enterprise offset",
}
"""Texts of the records; those the local lists are asked by (上海, 沪环规…) stay as they are."""


def _named(things: Mapping[str, T], name: str) -> T:
    """The thing with a Chinese name."""
    return next(thing for thing in things.values() if thing.alias == name)


def _value(field: FieldPlan, value: str) -> str:
    if isinstance(field.type, OneOfType):
        return field.type.labels[value]["en"]
    return {"是": "yes", "否": "no"}.get(value, TEXTS.get(value, value))


def _row(fields: Mapping[str, FieldPlan], row: Row, *, labels: bool) -> Row:
    made: Row = {}
    for name, value in row.items():
        field = _named(fields, name)
        made[field.label["en"] if labels else field.name] = _value(field, value)
    return made


def english(
    project: InclusiveProject, plan: PackPlan, name: str, title: str, readme: str
) -> InclusiveProject:
    """A twin of the project under a name of its own."""
    facts = {}
    for group, values in project.facts.items():
        there = _named(plan.groups, group)
        facts[there.name] = _row(there.fields, values, labels=False)
    tables = {}
    for table, rows in project.tables.items():
        known = _named(plan.tables, table)
        tables[known.name] = [_row(known.fields, row, labels=True) for row in rows]
    papers = plan.groups["papers"].fields
    return InclusiveProject(
        id=name,
        title=title,
        pack=project.pack,
        edition=project.edition,
        submitted=project.submitted,
        readme=readme,
        facts=facts,
        tables=tables,
        papers={_named(papers, kind).name: day for kind, day in project.papers.items()},
        judgements=project.judgements,
        language="en",
    )
