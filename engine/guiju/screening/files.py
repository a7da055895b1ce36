"""The file to screen: which table of a pack its rows are, and the table they make."""

from __future__ import annotations

import os
from collections.abc import Sequence

from guiju.dossier import json_tree, limits
from guiju.dossier.container import Folder
from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.headings import Matching
from guiju.dossier.layers.drawing import Layer
from guiju.dossier.model import TableData
from guiju.dossier.naming import Names, folded
from guiju.dossier.problems import Rejected, called, listed, problem
from guiju.dossier.sources import DELIMITERS, PARQUET, WORKBOOKS, json_grid, read_table
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Scalar
from guiju.plan.nodes import FieldPlan, PackPlan, TablePlan
from guiju.plan.types import NumberType, TextType
from guiju.quantities import ONE, Unit
from guiju.record import Record
from guiju.screening.problems import ScreenProblem
from guiju.verdicts import Origin, Problem

LAYERS = (".gpkg", ".shp", ".geojson", ".kml", ".kmz", ".zip")
_HEAD = 64_000
"""Characters of a CSV file in which its row of headings is looked for."""


class Column(Record):
    """A column of the file: the field of the table it is read into. `own`: the vocabulary has no
    such field, so that it was added."""

    heading: str
    field: FieldPlan
    own: bool


class ScreenedFile:
    """The file of a screening, read once for each pack."""

    def __init__(self, path: str) -> None:
        self.problems: list[Problem] = []
        folder, self.name = os.path.split(os.path.realpath(path))
        if not os.path.isfile(path):
            raise ScreenProblem("no-such-file", file=path)
        self.path = path
        self.place = Origin(self.name, "")
        self.files = Files(Folder(folder), self.problems)
        self.layer: Layer | None = None
        self.grid = self._head()

    @property
    def headings(self) -> list[str]:
        return [heading for heading in self.grid.header if heading]

    def _head(self) -> Grid:
        """The headings of the file, as a grid without rows or with the first of them."""
        name = self.name.lower()
        try:
            if name.endswith(LAYERS) or (name.endswith(".json") and self._is_geojson()):
                return self._features()
            if name.endswith(PARQUET):
                return self._parquet()
            if name.endswith(WORKBOOKS):
                from guiju.dossier.sheet_grid import sheet_grid

                book = self.files.workbook(self.name, self.place)
                if book is not None:
                    return sheet_grid(book, None, None, None, [])
            elif name.endswith(".json"):
                tree = self.files.json(self.name, self.place)
                if tree is not json_tree.ABSENT:
                    return json_grid(tree, self.name, "")
            else:
                text = self.files.text(self.name, self.place)
                if text is not None:
                    return self._csv(text)
        except Rejected as rejected:
            self.files.say(rejected, self.place)
        raise self.unreadable(self.problems)

    def _csv(self, text: str) -> Grid:
        from guiju.dossier.csv_grid import read_csv

        # A cut through a field that holds line breaks would look like a broken file.
        head = text[:_HEAD]
        if len(text) > _HEAD:
            head = head[: head.rfind("\n") + 1] or head
        delimiter = DELIMITERS["tab"] if self.name.lower().endswith(".tsv") else ","
        try:
            return read_csv(head, self.name, [], delimiter)
        except Rejected:
            return read_csv(text, self.name, [], delimiter)

    def _parquet(self) -> Grid:
        from guiju.dossier.on_disk import on_disk
        from guiju.dossier.parquet import NeedsTablesError
        from guiju.dossier.parquet_grid import open_parquet

        try:
            grid = open_parquet(
                self.name, on_disk(self.files.container, self.name, limits.MAX_EVIDENCE)
            )
        except NeedsTablesError:
            raise ScreenProblem("needs-tables") from None
        grid.close()
        return Grid(self.name, grid.header, [], grid.at)

    def _is_geojson(self) -> bool:
        tree = self.files.json(self.name, self.place)
        return isinstance(tree, dict) and tree.get("type") == "FeatureCollection"

    def _features(self) -> Grid:
        from importlib.util import find_spec

        if any(find_spec(name) is None for name in ("shapely", "pyogrio", "pyproj")):
            raise ScreenProblem("needs-geo")
        from guiju.dossier.layers.files import Ask, read_layer

        layer = self.layer = read_layer(Ask(self.name, self.place), self.files)
        if layer is None:
            raise self.unreadable(self.problems)
        return Grid(self.name, list(layer.columns), [], lambda row, column: "")

    def unreadable(self, problems: Sequence[Problem]) -> ScreenProblem:
        """What is wrong with a file that is no table at all."""
        errors = [one for one in problems if one.severity == "error"]
        said = errors[-1] if errors else problem("file-unreadable", "error", None, name=self.name)
        return ScreenProblem("unreadable", file=self.path, why=said.message, mend=said.mend)

    # --- which table ---------------------------------------------------------------------

    def table_for(self, pack: PackPlan, asked: str | None) -> TablePlan:
        """The table of a pack that the rows of the file are. Raises ScreenProblem."""
        spoken = {rule.table for rule in pack.rules if rule.table is not None}
        known = [table for name, table in pack.tables.items() if name in spoken]
        names = listed([_shown(table) for table in known])
        if asked is not None:
            found = Names(pack.tables).find(asked)
            if found is None:
                raise ScreenProblem("no-such-table", pack=pack.id, name=asked, known=names)
            return found
        fitting = [(self.matching(table), table) for table in known]
        able = [
            (len(found.columns), table)
            for found, table in fitting
            if len(found.columns) > len(table.key) and set(table.key) <= found.columns.keys()
        ]
        if not able:
            raise ScreenProblem("no-table-fits", pack=pack.id, file=self.path, known=names)
        if len(able) > 1:
            names = listed([_shown(table) for _, table in able])
            raise ScreenProblem("which-table", pack=pack.id, file=self.path, known=names)
        return able[0][1]

    def matching(self, plan: TablePlan) -> Matching:
        """Which columns of the file the fields of a table have."""
        grid = Grid(self.grid.file, list(self.grid.header), [], self.grid.at, self.grid.sheet)
        grid.units, grid.unread = self.grid.units, self.grid.unread
        found = Matching(grid, plan, [])
        found.match({})
        return found

    # --- columns -------------------------------------------------------------------------

    def column(self, plan: TablePlan, asked: str, *, number: bool = False) -> Column:
        """A column by its heading, or by the name of the field that is read from it.
        Raises ScreenProblem."""
        matching = self.matching(plan)
        field = matching.names.find(asked)
        if field is not None and field.name in matching.columns:
            return Column(self.grid.header[matching.columns[field.name][0]], field, False)
        index = matching.heading(asked)
        if index < 0:
            raise ScreenProblem(
                "no-such-column", file=self.path, name=asked, known=listed(self.headings)
            )
        heading = self.grid.header[index]
        for name, (at, _) in matching.columns.items():
            if at == index:
                return Column(heading, plan.fields[name], False)
        unit: Unit | None = None
        if number:
            unit = self.grid.units.get(index) or matching.unit_beside(heading)[1]
        type_ = NumberType(unit or ONE) if number else TextType()
        return Column(heading, FieldPlan(heading, None, _label(heading), type_, True), True)

    def area(self, plan: TablePlan) -> Column | None:
        """The column that holds areas: the only one of the vocabulary, or of several the one
        called so. Raises ScreenProblem."""
        columns = self.matching(plan).columns
        found = [
            field
            for field in plan.fields.values()
            if field.name in columns and isinstance(field.type, NumberType) and _is_area(field.type)
        ]
        if len(found) > 1:
            called_so = {"area", "面积"}
            so = [one for one in found if called_so & {folded(f) for f in _forms(one) if f}]
            if len(so) != 1:
                known = listed([self.grid.header[columns[one.name][0]] for one in found])
                raise ScreenProblem("which-area", known=known)
            found = so
        if not found:
            return None
        return Column(self.grid.header[columns[found[0].name][0]], found[0], False)

    # --- rows ----------------------------------------------------------------------------

    def rows(
        self, plan: TablePlan, columns: Sequence[Column], problems: list[Problem]
    ) -> TableData:
        """The rows of the file as a table of a pack, with columns the pack does not know.
        Raises ScreenProblem."""
        fields = dict(plan.fields)
        fields |= {one.field.name: one.field for one in columns if one.own}
        whole = plan._replace(fields=fields)
        if self.layer is not None:
            data = self._from_layer(self.layer, whole, problems)
        else:
            written = Written(self.name, problems)
            data = read_table(whole, Scalar(self.name, 1, 1), written, self.files)
        if data is None:
            raise self.unreadable([*self.problems, *problems])
        return data

    def _from_layer(
        self, layer: Layer, plan: TablePlan, problems: list[Problem]
    ) -> TableData | None:
        from guiju.dossier.layers.join import Part, boundaries, rows_from

        part = Part(layer, [], None, self.place)
        data = rows_from(plan, [part], problems)
        if data is not None and plan.boundary is not None:
            boundaries(data, plan, "boundary", plan.boundary, [part], problems)
        return data


def _is_area(type_: NumberType) -> bool:
    return type_.unit.same_dimension(_square_metre())


def _square_metre() -> Unit:
    from guiju.dossier.numbers import unit_named

    return unit_named("m2")


def _forms(field: FieldPlan) -> tuple[str | None, ...]:
    return (field.name, field.alias, *field.label.values())


def _label(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def _shown(table: TablePlan) -> str:
    names = called(table)
    return names["en"] if names["en"] == names["zh"] else f"{names['en']} ({names['zh']})"
