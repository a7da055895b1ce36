"""Where bindings look: one project of a collection, one row of a table, or a file."""

from __future__ import annotations

from typing import Any, NamedTuple

from guiju.dossier import json_tree
from guiju.dossier.bindings import Binding
from guiju.dossier.files import Files
from guiju.dossier.grid import Grid, cell_name, cell_place, column_number
from guiju.dossier.json_tree import ABSENT, escaped
from guiju.dossier.lens import Lens
from guiju.dossier.naming import folded
from guiju.dossier.problems import Rejected, problem, shown
from guiju.verdicts import Origin, Problem


class Place(NamedTuple):
    """The raw value at a place. `there` False: the place does not exist."""

    raw: Any
    origin: Origin
    there: bool = True


class Scope(NamedTuple):
    """Where bindings without a `file` look: the value `tree` at `pointer` of a JSON file,
    or the row of a grid. `keys` are the words about it: `@key`, `@number`, `@index`.
    `outer` is the project a row belongs to, reached by `^/…`."""

    files: Files | None = None
    file: str = ""
    tree: Any = ABSENT
    pointer: str = ""
    grid: Grid | None = None
    row: int = 0
    keys: dict[str, str] = {}  # never changed
    outer: Scope | None = None
    variable: str = ""
    number: int = 0

    def said(self, text: str) -> str:
        """A text of a binding with the number of the row in place of `{n}`."""
        return text.replace(f"{{{self.variable}}}", str(self.number)) if self.variable else text


def resolve(binding: Binding, scope: Scope, name: str, problems: list[Problem]) -> Place | None:
    """What stands where a binding leads, None when that question makes no sense there
    (and is reported)."""
    if binding.kind == "period":
        return _period(binding, scope, name, problems)
    if binding.kind == "value":
        return Place(scope.said(binding.text), binding.place)
    try:
        if binding.file is not None:
            return _in_file(binding, scope, name, problems)
        if binding.kind == "@":
            word = scope.keys.get(binding.text, ABSENT)
            at = scope.pointer or "/"
            if scope.grid is not None:
                at = scope.grid.at(scope.row, 0)
            return Place(word, Origin(scope.file, at), word is not ABSENT)
        if scope.grid is not None:
            return _in_row(binding, scope.grid, scope.row, name, problems)
        if scope.tree is not ABSENT and binding.kind == "at":
            return _in_tree(binding, scope)
    except Rejected as rejected:
        problems.append(problem(rejected.code, "error", binding.place, **rejected.values))
        return None
    code = "binding-not-here" if scope.file else "binding-without-file"
    problems.append(
        problem(code, "error", binding.place, name=name, kind=binding.kind, file=shown(scope.file))
    )
    return None


def _period(binding: Binding, scope: Scope, name: str, problems: list[Problem]) -> Place | None:
    ends = [resolve(part, scope, name, problems) for part in binding.parts]
    start, end = ends
    if start is None or end is None:
        return None
    raws: list[Any] = []
    for part, place in zip(binding.parts, (start, end), strict=True):
        try:
            raws.append(part.lens.see(place.raw) if place.there else None)
        except Rejected as rejected:
            raws.append(rejected)
    there = start.there or end.there
    rejected_ends = [raw for raw in raws if isinstance(raw, Rejected)]
    if rejected_ends:
        return Place(rejected_ends[0], start.origin, there)
    if None in raws:
        return Place(None, start.origin, there)
    return Place({"start": raws[0], "end": raws[1]}, start.origin, there)


def _in_tree(binding: Binding, scope: Scope) -> Place:
    text = scope.said(binding.text)
    if text.startswith("^"):
        outer = scope.outer or scope
        return _at(outer.file, outer.tree, outer.pointer, text[1:])
    return _at(scope.file, scope.tree, scope.pointer, text)


def _at(file: str, tree: Any, base: str, pointer: str) -> Place:
    value = json_tree.follow(tree, json_tree.parts(pointer))
    origin = Origin(file, (base + pointer) or "/")
    return Place(None if value is ABSENT else value, origin, value is not ABSENT)


def _in_row(
    binding: Binding, grid: Grid, row: int, name: str, problems: list[Problem]
) -> Place | None:
    heading = binding.text
    if binding.kind == "at":
        heading = json_tree.parts(binding.text)[0] if binding.text else ""
    elif binding.kind != "column":
        problems.append(
            problem(
                "binding-not-here",
                "error",
                binding.place,
                name=name,
                kind=binding.kind,
                file=shown(grid.file),
            )
        )
        return None
    index = column_of(grid, heading)
    if index < 0:
        return Place(None, Origin(grid.file, heading, grid.sheet), False)
    return Place(grid.rows[row][index], grid.origin(row, index))


def column_of(grid: Grid, heading: str) -> int:
    """The column with a heading; in a sheet also by `$C` or its letters. -1: none."""
    if heading in grid.header:
        return grid.header.index(heading)
    wanted = folded(heading)
    for index, text in enumerate(grid.header):
        if text and folded(text) == wanted:
            return index
    if heading.startswith("$") or grid.sheet is not None:
        number = column_number(heading.lstrip("$"))
        return number if number < len(grid.header) else -1
    return -1


def _in_file(binding: Binding, scope: Scope, name: str, problems: list[Problem]) -> Place | None:
    files = scope.files
    assert binding.file is not None
    file = files.name(binding.file, binding.place) if files is not None else None
    if files is None or file is None:
        return None
    if binding.kind == "at":
        tree = files.json(file, binding.place)
        return None if tree is ABSENT else _at(file, tree, "", scope.said(binding.text))
    if binding.kind not in ("cell", "name"):
        raise Rejected("binding-not-here", name=name, kind=binding.kind, file=shown(file))
    book = files.workbook(file, binding.place)
    if book is None:
        return None
    if binding.kind == "name":
        title, area = book.defined(scope.said(binding.text))
        if area[:2] != area[2:]:
            names = ", ".join(f"`{n}`" for n in book.names)
            raise Rejected("no-name", name=shown(file), defined=shown(binding.text), known=names)
        sheet, cell = book.sheet(title), (area[0], area[1])
    else:
        found = cell_place(scope.said(binding.text))
        if found is None:
            raise Rejected("bad-cell", cell=shown(binding.text))
        sheet = book.sheet(binding.sheet) if binding.sheet is not None else book.only_sheet()
        cell = found
    origin = Origin(file, cell_name(*cell), sheet.name)
    for top, left, bottom, right in sheet.merged:
        if top <= cell[0] <= bottom and left <= cell[1] <= right and cell != (top, left):
            area_name = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
            problems.append(problem("merged-cells", "warning", origin, count=1, ranges=area_name))
    return Place(sheet.cells.get(cell), origin)


def members(tree: Any) -> list[tuple[str, Any]] | None:
    """The members of a list or an object with their keys, None for anything else."""
    if isinstance(tree, list):
        return [(str(index), value) for index, value in enumerate(tree)]
    return list(tree.items()) if isinstance(tree, dict) else None


def spread(
    tree: Any, base: str, pointer: str, lens: Lens
) -> list[tuple[list[str], str, Any]] | None:
    """The rows at a pointer in which `*` stands for every member: the keys of the members
    gone through, the pointer of the row, its value. None: there is nothing there, or what
    the lens calls missing."""
    found: list[tuple[list[str], str, Any]] = [([], base, tree)]
    for part in [*json_tree.parts(pointer), "*"]:
        further: list[tuple[list[str], str, Any]] = []
        for keys, at, value in found:
            if part == "*":
                for key, member in members(value) or ():
                    further.append(([*keys, key], f"{at}/{escaped(key)}", member))
                if members(value) is None and lens.see(value) is not None:
                    raise Rejected("no-rows-there", pointer=shown(at or "/"))
            else:
                member = json_tree.follow(value, [part])
                if member is not ABSENT:
                    further.append((keys, f"{at}/{escaped(part)}", member))
        if not further and part != "*":
            return None
        found = further
    return found
