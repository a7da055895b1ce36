"""The names of a step found in a methodology: facts, tables, cells, evidence, rules.

A name may be the one of the vocabulary, its alias or a label; a fact may have its group in
front of it, a cell is `parcels[P-07].area`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from guiju.dossier.naming import Named, Names, folded
from guiju.plan.nodes import FieldPlan, FormulaPlan, GroupPlan, PackPlan, RulePlan, TablePlan
from guiju.record import Record
from guiju.testing.where import Where

CELL = re.compile(r"(?P<table>[^\[\].]+)\[(?P<row>.+)\](?:\.(?P<field>[^\[\]]+))?")


class Cell(Record):
    """A row of a table, and one of its fields; None for the row itself."""

    table: TablePlan
    row: str
    field: FieldPlan | None


class Vocabulary:
    """Finds what names stand for; one that stands for nothing fails the running step."""

    def __init__(self, pack: PackPlan, where: Where) -> None:
        self.pack = pack
        self.where = where

    def fact(self, name: str, group: str | None = None) -> tuple[GroupPlan, FieldPlan]:
        """A fact; its group may be left out where only one has a fact of that name."""
        found = self.facts(name, group)
        if not found:
            groups = self._groups(name, group)
            known = [form for one in groups for form in forms(one.fields)]
            self.where.unknown("unknown-field", name, known)
        if len(found) > 1:
            names = self.where.say("list").join(f"{g.name}.{f.name}" for g, f in found)
            self.where.fail("field-of-several", name=name, names=names)
        return found[0]

    def facts(self, name: str, group: str | None = None) -> list[tuple[GroupPlan, FieldPlan]]:
        """All the facts a name may stand for."""
        among = self._groups(name, group)
        if group is None and "." in name:
            name = name.partition(".")[2]
        found: list[tuple[GroupPlan, FieldPlan]] = []
        for one in among:
            fields: Names[FieldPlan] = Names(one.fields)
            field = fields.find(name)
            if field is not None:
                found.append((one, field))
        return found

    def _groups(self, name: str, group: str | None) -> list[GroupPlan]:
        if group is None and "." in name:
            group = name.partition(".")[0]
        if group is None:
            return list(self.pack.groups.values())
        groups: Names[GroupPlan] = Names(self.pack.groups)
        found = groups.find(group)
        if found is None:
            self.where.unknown("unknown-group", group, forms(self.pack.groups))
        return [found]

    def table(self, name: str) -> TablePlan:
        tables: Names[TablePlan] = Names(self.pack.tables)
        # In English a name of two words may be said as two words.
        found = tables.find(name) or tables.find("_".join(name.split()))
        if found is None:
            self.where.unknown("unknown-table", name, forms(self.pack.tables))
        return found

    def cell(self, name: str) -> Cell | None:
        """The cell or row a name stands for, None when it has not the form of one."""
        match = CELL.fullmatch(name)
        if match is None:
            return None
        tables: Names[TablePlan] = Names(self.pack.tables)
        if tables.find(match["table"]) is None and self.formula(match["table"]) is not None:
            return None
        table = self.table(match["table"])
        field: FieldPlan | None = None
        if match["field"] is not None:
            fields: Names[FieldPlan] = Names(table.fields)
            field = fields.find(match["field"])
            if field is None:
                self.where.unknown("unknown-field", match["field"], forms(table.fields))
        return Cell(table, match["row"], field)

    def document(self, name: str) -> FieldPlan:
        documents: Names[FieldPlan] = Names(self.pack.documents)
        found = documents.find(name)
        if found is None:
            self.where.unknown("unknown-document", name, forms(self.pack.documents))
        return found

    def formula(self, name: str) -> FormulaPlan | None:
        formulas: Names[FormulaPlan] = Names(self.pack.formulas)
        return formulas.find(name)

    def rule(self, name: str) -> RulePlan:
        found = next((r for r in self.pack.rules if folded(r.id) == folded(name)), None)
        if found is not None:
            return found
        return self.where.unknown("unknown-rule", name, [rule.id for rule in self.pack.rules])

    def grade(self, name: str) -> str:
        """The grade of findings with that name or label."""
        for grade in self.pack.grades:
            if folded(name) in {folded(form) for form in (grade.name, *grade.label.values())}:
                return grade.name
        return self.where.unknown("unknown-grade", name, [grade.name for grade in self.pack.grades])

    def missing_names(self, name: str) -> set[str]:
        """The names under which an assessment may say that something is missing."""
        found = {name}
        documents: Names[FieldPlan] = Names(self.pack.documents)
        document = documents.find(name)
        if document is not None:
            found.add(document.name)
        tables: Names[TablePlan] = Names(self.pack.tables)
        table = tables.find(name)
        if table is not None:
            found.add(table.name)
        match = CELL.fullmatch(name)
        if match is not None:
            if tables.find(match["table"]) is not None:
                cell = self.cell(name)
                if cell is not None and cell.field is not None:
                    found.add(f"{cell.table.name}[{cell.row}].{cell.field.name}")
        elif "." not in name or _knows_group(self.pack, name):
            found |= {f"{group.name}.{field.name}" for group, field in self.facts(name)}
        return found


def _knows_group(pack: PackPlan, name: str) -> bool:
    groups: Names[GroupPlan] = Names(pack.groups)
    return groups.find(name.partition(".")[0]) is not None


def forms(things: Mapping[str, Named]) -> list[str]:
    """What things may be called."""
    return [
        form
        for thing in things.values()
        for form in (thing.name, thing.alias, *thing.label.values())
        if form
    ]
