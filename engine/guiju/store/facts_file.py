"""The facts of many dossiers in one Parquet file, a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

from guiju.dossier.container import Folder
from guiju.dossier.files import Files
from guiju.dossier.headings import Asked, Matching
from guiju.dossier.lens import Lens
from guiju.dossier.model import Dossier, Given
from guiju.dossier.naming import folded
from guiju.dossier.parquet_grid import ParquetGrid
from guiju.dossier.problems import Rejected, UnreadableDossier, problem
from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, TablePlan
from guiju.plan.types import DocumentType, GeometryType, TextType
from guiju.store.connection import Store
from guiju.store.folders import FACTS, StoredSet
from guiju.store.parquet_table import opened_parquet
from guiju.store.sources import table_of
from guiju.store.table import StoredTable
from guiju.verdicts import FileRecord, Origin, Problem

DOSSIER = "dossier"


class FactsFile(StoredSet):
    """A set that holds facts only. `facts` is their stored table, with the column `dossier` as
    its key; `problems` are those of the file."""

    facts: StoredTable
    problems: list[Problem]
    file: FileRecord

    @classmethod
    def open(cls, store: Store, plan: PackPlan, file: str | PathLike[str]) -> FactsFile:
        """The facts of a file. A column is a fact by `field`, where one group has it, or by
        `group.field`, with names, aliases or labels; `dossier` or `id` holds the dossier's id.
        Raises UnreadableDossier."""
        path = Path(file)
        problems: list[Problem] = []
        files = Files(Folder(path.resolve().parent), problems)
        place = Origin(path.name, "")
        table = _table(plan)
        try:
            with opened_parquet(files, path.name) as grid:
                record = files.hashed(path.name)
                asked = _asked(plan, table, grid)
                facts = table_of(store, table, grid, asked, problems)
        except Rejected as rejected:
            raise UnreadableDossier(
                problem(rejected.code, "error", place, **rejected.values)
            ) from None
        made = cls.__new__(cls)
        made.store, made.plan, made.facts, made.problems = store, plan, facts, problems
        made.file = record
        made.dossiers = len(facts)
        made.sql_names = {FACTS: facts.sql_name}
        made.description = {FACTS: {n: d for n, d in facts.description.items() if n != DOSSIER}}
        made.rows = {FACTS: len(facts)}
        made.given = ""
        return made

    def at(self, rids: Sequence[int]) -> list[Dossier]:
        """The dossiers of some rows, with their facts exactly and where they stand."""
        part = self.facts.rows(rids)
        found: list[Dossier] = []
        for row, key in enumerate(part.keys):
            dossier = Dossier(
                key, key, self.file.name, self.file.sha256, None, None, self.plan.id, None
            )
            for name, cells in part.columns.items():
                if name == DOSSIER or cells[row] is None:
                    continue
                group, _, field = name.partition(".")
                dossier.facts[group, field] = Given(cells[row], part.place(row, name))
            dossier.files = [self.file]
            found.append(dossier)
        return found


def _facts(plan: PackPlan) -> Iterator[tuple[GroupPlan, FieldPlan]]:
    for group in plan.groups.values():
        for field in group.fields.values():
            if not isinstance(field.type, (GeometryType, DocumentType)):
                yield group, field


def _table(plan: PackPlan) -> TablePlan:
    """The facts as a table with a row for each dossier."""
    label = {"en": "Dossiers", "zh": "项目档案"}
    fields = {DOSSIER: FieldPlan(DOSSIER, "id", {"en": "dossier", "zh": "档案"}, TextType(), False)}
    for group, field in _facts(plan):
        # A file need not have every fact there is.
        name = f"{group.name}.{field.name}"
        fields[name] = field._replace(name=name, alias=None, optional=True)
    return TablePlan("facts", None, label, (DOSSIER,), None, fields)


def _asked(plan: PackPlan, table: TablePlan, grid: ParquetGrid) -> dict[str, Asked]:
    """The columns of the facts, by their headings."""
    forms: dict[str, str | None] = {}
    for group, field in _facts(plan):
        full = f"{group.name}.{field.name}"
        own = _forms(field)
        for text in (*own, *(f"{g}.{f}" for g in _forms(group) for f in own)):
            key = folded(text)
            # What two facts are called stands for neither.
            forms[key] = full if forms.get(key, full) == full else None
    # Names stand before labels: `project.area` is that fact whatever else is labelled so.
    forms.update({folded(name): name for name in table.fields})
    known = Matching(grid, table, [])
    asked: dict[str, Asked] = {}
    place = Origin(grid.file, "")
    for heading in grid.header:
        fact = forms.get(folded(heading)) or forms.get(folded(known.unit_beside(heading)[0]))
        if fact is not None and fact not in asked:
            asked[fact] = Asked(heading, Lens(), place)
    return asked


def _forms(thing: GroupPlan | FieldPlan) -> list[str]:
    forms = [thing.name, thing.alias, *thing.label.values()]
    return list(dict.fromkeys(form for form in forms if form))
