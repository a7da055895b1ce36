"""Headings of one file said in another: a table that pairs each heading with the name that is
meant and its unit, as data compilations keep beside the tables of their contributors."""

from __future__ import annotations

from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.numbers import unit_named
from guiju.dossier.problems import Rejected, problem, shown
from guiju.dossier.written import Written
from guiju.dossier.yaml_tree import Node, Scalar
from guiju.quantities import Unit
from guiju.record import Record
from guiju.verdicts import Origin, Problem

KEYS = ("file", "from", "to", "unit", "missing")
UNNAMED = "⊘ "
"""Before a heading the crosswalk lists without a target: such a column is none of ours."""
_HEAD = 50
"""Rows from the top among which the headings are looked for."""


class Crosswalk(Record):
    """`targets` by heading; a heading that stands for nothing has None. `units` by heading,
    None where the unit is not known."""

    file: str
    targets: dict[str, str | None]
    units: dict[str, Unit | None]
    written: dict[str, str]
    """Units as the file has them."""


def crosswalk_of(node: Node, written: Written, files: Files, where: str) -> Crosswalk | None:
    """The crosswalk a node names, None when its file is not there: the headings then speak
    for themselves."""
    from guiju.dossier.csv_grid import read_csv

    pairs = written.pairs(node, f"{where}.crosswalk")
    if pairs is None:
        return None
    written.only(pairs, KEYS, f"{where}.crosswalk")
    file = written.text(pairs, "file", where)
    if file is None:
        written.say("key-absent", pairs, key="file", where=f"{where}.crosswalk")
        return None
    place = written.origin(pairs)
    name = files.name(file, place)
    if name is None or name not in files.container.names():
        return None
    text = files.text(name, place)
    if text is None:
        return None
    grid = read_csv(text, name, files.problems)
    wanted = {key: written.text(pairs, key, where) for key in ("from", "to", "unit")}
    if wanted["from"] not in grid.header or wanted["to"] not in grid.header:
        names = ", ".join(shown(wanted[key] or key) for key in ("from", "to"))
        say(files.problems, "crosswalk-headings", grid, -1, file=shown(name), wanted=names)
        return None
    marks = written.items(pairs.pairs.get("missing"), where)
    nothing = {"", *(mark.text or "" for mark in marks if isinstance(mark, Scalar))}
    columns = [grid.header.index(text) for key in ("from", "to") if (text := wanted[key])]
    unit_at = grid.header.index(wanted["unit"]) if wanted["unit"] in grid.header else None
    targets: dict[str, str | None] = {}
    units: dict[str, Unit | None] = {}
    found: dict[str, str] = {}
    for row in grid.rows:
        heading, target = ((row[column] or "").strip() for column in columns)
        if heading in nothing or heading in targets:
            continue
        targets[heading] = None if target in nothing else target
        unit = (row[unit_at] or "").strip() if unit_at is not None else ""
        if unit not in nothing:
            found[heading] = unit
            try:
                units[heading] = unit_named(unit)
            except Rejected:
                units[heading] = None
    return Crosswalk(name, targets, units, found)


def header_row(text: str, delimiter: str, crosswalk: Crosswalk) -> int:
    """The row of the headings, from 1: the one of the first rows that has most of them."""
    import csv
    from io import StringIO

    best, most = 1, 0
    try:
        for number, record in enumerate(
            csv.reader(StringIO(text, newline=""), delimiter=delimiter), start=1
        ):
            count = sum(cell.strip() in crosswalk.targets for cell in record if cell.strip())
            if count > most:
                best, most = number, count
            if number >= _HEAD:
                break
    except csv.Error:
        pass  # Reading the table tells what is wrong with it.
    return best


def renamed(grid: Grid, crosswalk: Crosswalk, problems: list[Problem]) -> Grid:
    """The grid under the names its headings stand for, with their units."""
    header: list[str] = []
    taken: dict[str, str] = {}
    for index, heading in enumerate(grid.header):
        target = crosswalk.targets.get(heading, heading)
        if target is not None and heading in crosswalk.targets and target in taken:
            values = {"first": shown(taken[target]), "second": shown(heading)}
            say(problems, "crosswalk-twice", grid, index, target=shown(target), **values)
            target = None
        if target is not None and heading in crosswalk.units:
            unit = crosswalk.units[heading]
            if unit is None:
                values = {"heading": shown(heading), "unit": shown(crosswalk.written[heading])}
                say(problems, "crosswalk-unit", grid, index, file=crosswalk.file, **values)
                target = None
            else:
                grid.units[index] = unit
        if target is None:
            header.append(UNNAMED + heading)
        else:
            header.append(target)
            taken[target] = heading
    grid.header = header
    return grid


def say(problems: list[Problem], code: str, grid: Grid, column: int, **values: str) -> None:
    """A warning about a column of the grid; before the first, about its headings."""
    place = grid.origin(-1, column) if column >= 0 else Origin(grid.file, grid.at(-1, 0))
    problems.append(problem(code, "warning", place, **values))
