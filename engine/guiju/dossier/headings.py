"""Headings of a grid to fields of a table: by name, alias or label, with a unit beside."""

from __future__ import annotations

from re import fullmatch

from guiju.dossier.footer import without_footer
from guiju.dossier.grid import Grid, column_number
from guiju.dossier.lens import Lens
from guiju.dossier.naming import Names, folded, nearest
from guiju.dossier.numbers import unit_named
from guiju.dossier.problems import Rejected, called, problem, shown
from guiju.dossier.tables import Column, Rows
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.plan.types import GeometryType, NumberType
from guiju.quantities import Unit
from guiju.record import Record
from guiju.verdicts import Origin, Problem

NUMBER = "@number"
"""Asked for as a column, the place of a row; tables without a key of their own have it."""
_BESIDE = r"(?P<name>.+?)\s*(?:[(（\[【](?P<unit>[^()（）\[\]【】]+)[)）\]】]|/(?P<slash>.+))\s*"


class Asked(Record):
    """A column the dossier or the mapping asks for by its heading or letters. `text` None:
    the column is found by its field's names. `place` is where that is asked."""

    text: str | None
    lens: Lens
    place: Origin
    optional: bool = False
    """Whether the file may lack the column: one mapping serves many files."""


def rows_of(grid: Grid, plan: TablePlan, asked: dict[str, Asked], problems: list[Problem]) -> Rows:
    """The raw columns of a grid for a table's fields."""
    found = matched(grid, plan, asked, problems)
    cells = grid.columns(sorted({index for index, _ in found.columns.values()}))
    columns = {name: Column(cells[index], lens) for name, (index, lens) in found.columns.items()}
    return rows_with(grid, found, columns)


def matched(
    grid: Grid, plan: TablePlan, asked: dict[str, Asked], problems: list[Problem]
) -> Matching:
    """Which column of a grid each field has; what stands below the rows is left out."""
    without_footer(grid, problems)
    if any(ask.text == NUMBER for ask in asked.values()) and NUMBER not in grid.header:
        grid.number(NUMBER)
    found = Matching(grid, plan, problems)
    for field, ask in asked.items():
        if ask.text is not None:
            found.bind(plan.fields[field], ask)
    found.match(asked)
    found.report(asked)
    return found


def rows_with(grid: Grid, found: Matching, columns: dict[str, Column]) -> Rows:
    """Raw columns with the places and names their rows have in a grid."""
    places = {name: index for name, (index, _) in found.columns.items()}
    columns |= {name: Column(None) for name in found.refused}

    def base(row: int, field: str) -> Origin:
        index = places.get(field)
        if index is None:
            return Origin(grid.file, grid.at(row, 0), grid.sheet)
        return grid.origin(row, index)

    def name_of(row: int) -> str:
        at = grid.at(row, 0)
        return at.split(":")[0] if ":" in at else at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    return Rows(len(grid.rows), columns, base, name_of, grid.broken)


def _unless_counted(type_: object, unit: Unit | None) -> Unit | None:
    """The unit of a heading. What a whole number counts is none: `株数（株）`."""
    if unit is not None and isinstance(type_, NumberType) and type_.integer:
        things = not type_.unit.dimensions and unit.factor == 1
        if things and [name for name, _ in unit.dimensions] == ["trees"]:
            return None
    return unit


class Matching:
    """Which column each field has."""

    def __init__(self, grid: Grid, plan: TablePlan, problems: list[Problem]) -> None:
        self.grid = grid
        self.plan = plan
        self.problems = problems
        self.columns: dict[str, tuple[int, Lens]] = {}
        self.refused: set[str] = set()
        self.taken: set[int] = set()
        self.names: Names[FieldPlan] = Names(plan.fields)

    def bind(self, field: FieldPlan, ask: Asked) -> None:
        """A column asked for by heading, or by `$C` or its letters in a sheet."""
        text = ask.text or ""
        index = self.heading(text)
        if index < 0 and (self.grid.sheet is not None or text.startswith("$")):
            index = column_number(text.lstrip("$"))
            if index >= len(self.grid.header):
                index = -1
        if index < 0 and ask.optional:
            return
        if index < 0:
            self.say(
                "column-not-found",
                "error",
                ask.place,
                heading=shown(text),
                nearest=nearest(text, self.grid.header) or "",
                file=shown(self.grid.file),
            )
            self.refused.add(field.name)
            return
        lens = ask.lens
        if lens.unit is None and isinstance(field.type, NumberType):
            # Asked for by its whole heading, brackets that name no unit are only words.
            # A pointer's last step is no unit: `/tree/a` holds no years.
            beside = None if text.startswith("/") else self.unit_beside(self.grid.header[index])[1]
            unit = _unless_counted(field.type, self.grid.units.get(index, beside))
            lens = lens._replace(unit=unit)
        if not self.holds(field, index) or not self.measures(field, lens, index):
            return
        self.columns[field.name] = (index, lens)
        self.taken.add(index)

    def heading(self, text: str) -> int:
        if text in self.grid.header:
            return self.grid.header.index(text)
        wanted = folded(text)
        for index, heading in enumerate(self.grid.header):
            if heading and folded(heading) == wanted:
                return index
        return -1

    def match(self, asked: dict[str, Asked]) -> None:
        """Every other column, by the names of the fields."""
        for index, heading in enumerate(self.grid.header):
            if index in self.taken or not heading:
                continue
            field = self.names.find(heading)
            unit: Unit | None = None
            if field is None:
                name, unit = self.unit_beside(heading)
                field = self.names.find(name)
                if field is None:
                    continue
                if isinstance(field.type, NumberType) and unit is None:
                    self.refuse_unit(index, heading, field)
                    continue
            # Shapes stand in layers; a column called like one holds words.
            if isinstance(field.type, GeometryType):
                continue
            ask = asked.get(field.name)
            if ask is not None and ask.text is not None:
                continue
            if field.name in self.columns:
                first = self.columns[field.name][0]
                self.say(
                    "column-twice",
                    "error",
                    self.grid.origin(-1, index),
                    name=f"{self.plan.name}.{field.name}",
                    first=shown(self.grid.header[first]),
                    second=shown(heading),
                )
                self.taken.add(index)
                continue
            lens = ask.lens if ask is not None else Lens()
            if unit is not None and lens.unit is None:
                lens = lens._replace(unit=_unless_counted(field.type, unit))
            if not self.holds(field, index) or not self.measures(field, lens, index):
                continue
            self.columns[field.name] = (index, lens)
            self.taken.add(index)

    def holds(self, field: FieldPlan, index: int) -> bool:
        """Whether the cells of a column can be values of a field at all."""
        rejected = self.grid.unread.get(index)
        if rejected is None:
            return True
        self.say(
            rejected.code,
            "error",
            self.grid.origin(-1, index),
            name=f"{self.plan.name}.{field.name}",
            label=field.label,
            **rejected.values,
        )
        self.refused.add(field.name)
        self.taken.add(index)
        return False

    def measures(self, field: FieldPlan, lens: Lens, index: int) -> bool:
        """Whether the unit of a heading measures what the field does."""
        if not isinstance(field.type, NumberType) or lens.unit is None:
            return True
        if lens.unit.same_dimension(field.type.unit):
            return True
        self.say(
            "wrong-unit",
            "error",
            self.grid.origin(-1, index),
            name=f"{self.plan.name}.{field.name}",
            label=field.label,
            unit=lens.unit.symbol or "1",
            wanted=field.type.unit.symbol or "1",
        )
        self.refused.add(field.name)
        self.taken.add(index)
        return False

    def unit_beside(self, heading: str) -> tuple[str, Unit | None]:
        """A heading's name and unit: `面积(亩)`, `area [mu]`, `面积/hm²`."""
        found = fullmatch(_BESIDE, heading)
        if found is None:
            return heading, None
        try:
            return found["name"], unit_named(found["unit"] or found["slash"])
        except Rejected:
            return found["name"], None

    def refuse_unit(self, index: int, heading: str, field: FieldPlan) -> None:
        found = fullmatch(_BESIDE, heading)
        text = (found["unit"] or found["slash"]) if found else heading
        try:
            unit_named(text)
        except Rejected as rejected:
            self.say(
                "unknown-unit",
                "error",
                self.grid.origin(-1, index),
                name=f"{self.plan.name}.{field.name}",
                label=field.label,
                **rejected.values,
            )
        self.refused.add(field.name)
        self.taken.add(index)

    def report(self, asked: dict[str, Asked]) -> None:
        """Columns the file lacks, and columns the vocabulary lacks."""
        if not self.grid.header and not self.grid.rows:
            return  # a table said to be empty: `fires: []`
        unused = [
            index
            for index, heading in enumerate(self.grid.header)
            if index not in self.taken and (heading or any(row[index] for row in self.grid.rows))
        ]
        for field in self.plan.fields.values():
            if (
                field.name in self.columns
                or field.name in self.refused
                or field.optional
                or field.name in self.plan.key
                or isinstance(field.type, GeometryType)
            ):
                continue
            near = nearest(field.label.get("zh", field.name), self._texts(unused)) or nearest(
                field.name, self._texts(unused)
            )
            self.say(
                "missing-column",
                "warning",
                Origin(self.grid.file, self.grid.at(-1, 0), self.grid.sheet),
                name=f"{self.plan.name}.{field.name}",
                label=field.label,
                nearest=shown(near) if near else "",
            )
        free = {n: f for n, f in self.plan.fields.items() if n not in self.columns}
        near_names: Names[FieldPlan] = Names(free)
        for index in unused:
            heading = self.grid.header[index]
            self.say(
                "unused-column",
                "note",
                self.grid.origin(-1, index),
                heading=shown(heading),
                table=called(self.plan),
                nearest=near_names.nearest(heading) if heading else "",
            )
        for index, heading in enumerate(self.grid.header):
            if heading and heading in self.grid.header[:index]:
                self.say(
                    "heading-twice", "error", self.grid.origin(-1, index), heading=shown(heading)
                )

    def _texts(self, unused: list[int]) -> list[str]:
        return [self.grid.header[index] for index in unused if self.grid.header[index]]

    def say(self, code: str, severity: str, origin: Origin, **values: object) -> None:
        self.problems.append(problem(code, severity, origin, **values))  # type: ignore[arg-type]
