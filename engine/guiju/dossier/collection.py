"""Collections: every project of one file, read through a mapping as a dossier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from guiju.dossier.bindings import Binding, binding_of
from guiju.dossier.container import Folder
from guiju.dossier.dates import date_of
from guiju.dossier.evidence import cite
from guiju.dossier.files import Files
from guiju.dossier.folder_mapping import is_folder_mapping, read_folder
from guiju.dossier.grid import Grid
from guiju.dossier.json_tree import ABSENT
from guiju.dossier.lens import Lens
from guiju.dossier.mapping import (
    COLLECTION,
    HEAD,
    MappedFact,
    MappedTable,
    Mapping,
    Numbering,
    head,
    mapped_facts,
    mapped_table,
    named_tables,
    open_mapping,
    typed,
)
from guiju.dossier.model import Dossier, Given, TableData
from guiju.dossier.naming import folded
from guiju.dossier.problems import Rejected, UnreadableDossier, called, problem, shown
from guiju.dossier.reader import STAGES
from guiju.dossier.scopes import Place, Scope, resolve, spread
from guiju.dossier.sources import DELIMITERS, WORKBOOKS
from guiju.dossier.tables import Column, Rows, build
from guiju.dossier.values import as_text
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Pairs, Scalar
from guiju.plan.nodes import PackPlan
from guiju.record import Record
from guiju.verdicts import Origin, Problem

_GRID_KEYS = ("sheet", "table", "header", "delimiter")


def read_collection(
    path: str | PathLike[str], mapping: str | PathLike[str] | Mapping, pack: PackPlan
) -> Iterator[Dossier]:
    """Every project of a collection file as a dossier, in file order.

    The file is JSON (an object or array of projects), CSV or a workbook (a project a row); or
    the mapping is for one project in a folder of files (`each: folder`).
    Problems of the mapping and of the file as a whole, such as a bound place that occurs
    in no project, stand in every dossier: each report is read by itself. Raises
    UnreadableDossier when the file or the mapping cannot be read at all.
    """
    opened = mapping if isinstance(mapping, Mapping) else open_mapping(mapping)
    if is_folder_mapping(opened):
        return iter((read_folder(Path(path), opened, pack),))
    return iter(Collection(Path(path), opened, pack).dossiers())


class Found(Record):
    """What was found of a collection as a whole: its problems, the numbers of projects whose
    ids another has, and how many projects there are."""

    problems: list[Problem]
    twice: frozenset[int]
    count: int


class Collection:
    """A collection while it is read; counts where bindings lead to something.

    `dossiers` gives all projects at once. A run over many processes looks at every project
    first, keeping none (`survey`), and then reads single ones (`project`) in processes that
    were told what was `found` of the whole.
    """

    def __init__(self, path: Path, mapping: Mapping, pack: PackPlan) -> None:
        self.path = path
        self.pack = pack
        self.mapping = mapping
        self.problems: list[Problem] = list(mapping.problems)
        self.written = Written(mapping.file, self.problems)
        tree = mapping.tree
        self.base = head(tree, self.written, pack, (*HEAD, *COLLECTION))
        self.facts: list[MappedFact] = mapped_facts(tree, self.written, pack, self.base)
        self.tables: list[MappedTable] = [
            table
            for plan, node in named_tables(tree, self.written, pack)
            if (table := mapped_table(plan, node, self.written, self.base)) is not None
        ]
        self.heads: dict[str, Binding] = {}
        for key in ("id", "title", "stage", "submitted"):
            node = tree.pairs.get(key)
            if node is not None:
                binding = binding_of(node, self.written, key, self.base)
                if binding is not None:
                    self.heads[key] = binding
        if "id" not in tree.pairs:
            self.written.say("key-absent", tree, key="id", where="mapping")
        self.files = Files(Folder(path.resolve().parent), self.problems)
        record = mapping.files.records[mapping.file]
        self.files.records[mapping.file] = record
        self.seen: dict[str, tuple[Binding, bool, bool]] = {}
        """By vocabulary name: its binding, whether its place occurs, whether with a value."""
        self._scopes: list[Scope] | None = None
        self._found = Found([], frozenset(), 0)

    def dossiers(self) -> list[Dossier]:
        found: list[Dossier] = []
        self._found = self._survey(found)
        for dossier in found:
            dossier.problems = [*self._found.problems, *dossier.problems]
        return found

    def survey(self) -> Found:
        """What can be told of the collection as a whole. Raises UnreadableDossier."""
        self._found = self._survey()
        return self._found

    def found(self, found: Found) -> None:
        """Take over what a survey of the same collection found."""
        self._found = found

    def project(self, number: int) -> Dossier:
        """The project at a place in the file, from 0. Raises UnreadableDossier."""
        dossier = self._read(number, self._found.twice)
        dossier.problems = [*self._found.problems, *dossier.problems]
        return dossier

    def _survey(self, kept: list[Dossier] | None = None) -> Found:
        ids: set[str] = set()
        twice: set[int] = set()
        count = len(self._all_scopes())
        for number in range(count):
            dossier = self._read(number)
            if dossier.id in ids:
                twice.add(number)
                dossier.problems.append(self._twice(number, dossier))
            ids.add(dossier.id)
            if kept is not None:
                kept.append(dossier)
        self.never(count)
        return Found(self.problems, frozenset(twice), count)

    def _all_scopes(self) -> list[Scope]:
        if self._scopes is None:
            self._scopes = list(self.scopes())
        return self._scopes

    def _read(self, number: int, twice: frozenset[int] = frozenset()) -> Dossier:
        mine: list[Problem] = []
        dossier = self.dossier(self._all_scopes()[number], mine)
        if number in twice:
            mine.append(self._twice(number, dossier))
        dossier.problems = mine
        return dossier

    def _twice(self, number: int, dossier: Dossier) -> Problem:
        place = Origin(self.path.name, self._all_scopes()[number].pointer or dossier.id)
        return problem("project-twice", "error", place, id=shown(dossier.id))

    # --- the projects ---------------------------------------------------------------------

    def scopes(self) -> Iterator[Scope]:
        name = self.path.name
        place = Origin(name, "/")
        if not self.path.is_file():
            code = "no-such-file" if not self.path.exists() else "not-a-file"
            raise UnreadableDossier(problem(code, "error", place, name=shown(self.path)))
        each = self.mapping.tree.pairs.get("each")
        before = len(self.problems)
        try:
            if name.lower().endswith(".json"):
                yield from self.json_scopes(name, place, each)
            else:
                grid = self.grid(name, place, each)
                if grid is not None:
                    for row in range(len(grid.rows)):
                        keys = {"@number": str(row + 1), "@index": str(row)}
                        yield Scope(self.files, name, grid=grid, row=row, keys=keys)
                    return
                raise UnreadableDossier(self.problems[before])
        except Rejected as rejected:
            line = rejected.values.get("line", 1)
            where = Origin(name, f"{line}:1")
            raise UnreadableDossier(
                problem(rejected.code, "error", where, **rejected.values)
            ) from None

    def json_scopes(self, name: str, place: Origin, each: Node | None) -> Iterator[Scope]:
        before = len(self.problems)
        tree = self.files.json(name, place)
        if tree is ABSENT:
            raise UnreadableDossier(self.problems[before])
        pointer = each.text or "" if isinstance(each, Scalar) else ""
        rows = spread(tree, "", pointer, Lens())
        if not rows:
            raise Rejected("no-projects", pointer=shown(pointer or "/"), name=shown(name))
        for index, (keys, at, value) in enumerate(rows):
            yield Scope(self.files, name, value, at, keys=_words(keys, index))

    def grid(self, name: str, place: Origin, each: Node | None) -> Grid | None:
        """A sheet or CSV file with a project a row."""
        written = self.written
        pairs = written.pairs(each, "each") or Pairs({}, {}, 1, 1)
        written.only(pairs, _GRID_KEYS, "each")
        header = written.whole(pairs, "header", "each")
        if name.lower().endswith(WORKBOOKS):
            book = self.files.workbook(name, place)
            if book is None:
                return None
            from guiju.dossier.sheet_grid import sheet_grid

            sheet = written.text(pairs, "sheet", "each")
            table = written.text(pairs, "table", "each")
            return sheet_grid(book, sheet, table, header, self.problems)
        from guiju.dossier.csv_grid import read_csv

        node = pairs.pairs.get("delimiter")
        sign = node.text if isinstance(node, Scalar) else None
        if sign is not None and sign not in DELIMITERS:
            raise Rejected("unknown-delimiter", text=shown(sign))
        delimiter = DELIMITERS[sign] if sign is not None else ","
        text = self.files.text(name, place)
        return None if text is None else read_csv(text, name, self.problems, delimiter, header or 1)

    # --- one project ------------------------------------------------------------------------

    def dossier(self, scope: Scope, problems: list[Problem]) -> Dossier:
        at = scope.pointer or (scope.grid.at(scope.row, 0) if scope.grid else "/")
        id_ = self.head("id", scope, problems)
        if id_ is None:
            if "id" in self.heads:
                place = Origin(self.path.name, at)
                problems.append(problem("project-without-id", "error", place, place=shown(at)))
            id_ = scope.keys.get("@key") or f"#{scope.keys['@number']}"
        stage = self.head("stage", scope, problems)
        if stage is not None and folded(stage) not in STAGES:
            place = self.heads["stage"].place
            problems.append(problem("unknown-stage", "error", place, text=shown(stage)))
        submitted = self.submitted(scope, problems)
        dossier = Dossier(
            id=id_,
            title=self.head("title", scope, problems) or id_,
            path=str(self.path),
            digest=self.files.digest(also=at),
            stage=STAGES.get(folded(stage)) if stage is not None else None,
            submitted=submitted,
            pack=self.mapping.pack,
            edition=self.mapping.edition,
        )
        for key, value in (("stage", dossier.stage), ("submitted", submitted)):
            if key in self.heads:
                dossier.facts["dossier", key] = Given(value, self.heads[key].place)
        for group, plan, binding in self.facts:
            name = f"{group.name}.{plan.name}"
            place_found = self.look(binding, scope, name, problems)
            if place_found is not None and place_found.there:
                given = typed(group, plan, binding, place_found, problems)
                self.valued(name, given.value)
                dossier.facts[group.name, plan.name] = given
        for table in self.tables:
            data = self.table(table, scope, problems)
            if data is not None:
                dossier.tables[table.plan.name] = data
        cite(dossier.tables, {t.plan.name: t.plan for t in self.tables}, {}, problems)
        dossier.files = [self.files.records[name] for name in sorted(self.files.records)]
        return dossier

    def head(self, key: str, scope: Scope, problems: list[Problem]) -> str | None:
        """A text about the project itself."""
        binding = self.heads.get(key)
        if binding is None:
            return None
        place = self.look(binding, scope, key, problems)
        if place is None or not place.there:
            return None
        try:
            text = as_text(binding.lens.see(place.raw))
        except Rejected as rejected:
            label = {"en": key, "zh": key}
            values: dict[str, Any] = {"name": key, "label": label, **rejected.values}
            problems.append(problem(rejected.code, "error", place.origin, **values))
            return None
        self.valued(key, text)
        return text

    def submitted(self, scope: Scope, problems: list[Problem]) -> date | None:
        text = self.head("submitted", scope, problems)
        if text is None:
            return None
        try:
            return date_of(text)
        except Rejected as rejected:
            place = self.heads["submitted"].place
            label = {"en": "date of submission", "zh": "提交日期"}
            values: dict[str, Any] = {"name": "submitted", "label": label, **rejected.values}
            problems.append(problem(rejected.code, "error", place, **values))
            return None

    # --- tables ---------------------------------------------------------------------------

    def table(self, table: MappedTable, scope: Scope, problems: list[Problem]) -> TableData | None:
        rows = table.rows
        if isinstance(rows, Numbering):
            scopes = self.numbered(table, rows, scope, problems)
        else:
            found = self.listed(table, rows, scope, problems)
            if found is None:
                return None
            scopes = found
        columns: dict[str, Column] = {}
        places: dict[str, list[Origin]] = {}
        for field, binding in table.columns.items():
            name = f"{table.plan.name}.{field}"
            cells: list[Any] = []
            origins: list[Origin] = []
            for row in scopes:
                place = self.look(binding, row, name, problems)
                cells.append(place.raw if place is not None and place.there else None)
                origins.append(place.origin if place is not None else binding.place)
            columns[field] = Column(cells, binding.lens)
            places[field] = origins

        def base(row: int, field: str) -> Origin:
            if row >= 0 and field in places:
                found = places[field][row]
                return Origin(found.file, found.at, found.sheet)
            return Origin(self.path.name, scope.pointer or "/")

        data = build(
            table.plan,
            Rows(len(scopes), columns, base, lambda row: scopes[row].keys["@number"]),
            problems,
        )
        for field, values in data.columns.items():
            if any(value is not None for value in values):
                self.valued(f"{table.plan.name}.{field}", True)
        return data

    def listed(
        self, table: MappedTable, rows: Binding, scope: Scope, problems: list[Problem]
    ) -> list[Scope] | None:
        """The rows of a list or object; None when the project has none there."""
        name = f"{table.plan.name}"
        try:
            found = None
            if scope.grid is None:
                found = spread(scope.tree, scope.pointer, rows.text, rows.lens)
        except Rejected as rejected:
            place = Origin(self.path.name, scope.pointer or "/")
            problems.append(problem(rejected.code, "error", place, **rejected.values))
            found = None
        self.occurred(name, rows, found is not None)
        if found is None:
            return None
        self.valued(name, found or None)
        return [
            Scope(self.files, scope.file, value, at, keys=_words(keys, index), outer=scope)
            for index, (keys, at, value) in enumerate(found)
        ]

    def numbered(
        self, table: MappedTable, rows: Numbering, scope: Scope, problems: list[Problem]
    ) -> list[Scope]:
        """The rows at numbered places. Values at a number without a row are reported."""
        found: list[Scope] = []
        for number in range(rows.first, rows.last + 1):
            row = Scope(
                scope.files,
                scope.file,
                scope.tree,
                scope.pointer,
                scope.grid,
                scope.row,
                {"@number": str(len(found) + 1), "@index": str(len(found))},
                scope,
                rows.variable,
                number,
            )
            if self.has_value(rows.mark, row, table.plan.name, problems):
                self.valued(table.plan.name, True)
                found.append(row)
                continue
            for field, binding in table.columns.items():
                if binding.kind in ("value", "@") or not self.has_value(
                    binding, row, f"{table.plan.name}.{field}", problems
                ):
                    continue
                place = Origin(self.path.name, scope.pointer + row.said(binding.text))
                problems.append(
                    problem(
                        "row-without-mark",
                        "warning",
                        place,
                        table=called(table.plan),
                        row=shown(row.said(binding.text)),
                        place=shown(row.said(rows.mark.text)),
                    )
                )
        return found

    def has_value(self, binding: Binding, scope: Scope, name: str, problems: list[Problem]) -> bool:
        place = self.look(binding, scope, name, problems)
        if place is None or not place.there:
            return False
        try:
            return Lens.see(binding.lens._replace(read=None), place.raw) is not None
        except Rejected:
            return True

    # --- what occurs ------------------------------------------------------------------------

    def look(
        self, binding: Binding, scope: Scope, name: str, problems: list[Problem]
    ) -> Place | None:
        place = resolve(binding, scope, name, problems)
        if place is not None:
            self.occurred(name, binding, place.there)
        return place

    def occurred(self, name: str, binding: Binding, there: bool) -> None:
        before = self.seen.get(name)
        if before is None:
            self.seen[name] = (binding, there, False)
        elif there and not before[1]:
            self.seen[name] = (before[0], True, before[2])

    def valued(self, name: str, value: Any) -> None:
        """Notes that a place held a value in some project."""
        before = self.seen.get(name)
        if value is not None and before is not None and not before[2]:
            self.seen[name] = (before[0], True, True)

    def never(self, count: int) -> None:
        """Reports what is bound but occurs nowhere, or never with a value."""
        for name, (binding, there, valued) in self.seen.items():
            if binding.kind == "value" or (there and valued):
                continue
            code = "mapped-place-always-missing" if there else "mapped-place-never-occurs"
            self.problems.append(
                problem(
                    code,
                    "note" if there else "warning",
                    binding.place,
                    name=name,
                    place=shown(binding.text or "/"),
                    count=count,
                )
            )


def _words(keys: list[str], index: int) -> dict[str, str]:
    """The words about a row: its key, the keys of the members it lies in, its place."""
    words = {f"@key{number + 1}": key for number, key in enumerate(keys[:-1])}
    return {**words, "@key": keys[-1], "@number": str(index + 1), "@index": str(index)}
