"""A sheet or a named table of a workbook as a grid, and what a reader would not see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from guiju.dossier.grid import Grid, cell_name, letters, numbered
from guiju.dossier.problems import Rejected, listed, problem, shown
from guiju.dossier.workbook import Sheet, Workbook
from guiju.verdicts import Origin, Problem

Region = tuple[int, int, int, int]


def sheet_grid(
    book: Workbook,
    sheet_name: str | None,
    table_name: str | None,
    header: int | None,
    problems: list[Problem],
) -> Grid:
    """The grid of a sheet, or of a table with a name. `header` is the row of the headings,
    counted from 1; without it, the first row that holds anything.

    Raises `Rejected`: `no-sheet`, `which-sheet`, `no-named-table`, `no-rows`,
    `title-row`.
    """
    totals = 0
    if table_name is not None:
        table = book.table(table_name)
        sheet = book.sheet(table.sheet)
        region: Region | None = table.area
        totals = table.totals
        if not table.headings:
            raise Rejected("no-rows", name=shown(book.file), row=table.area[0] + 1)
    else:
        sheet = book.sheet(sheet_name) if sheet_name is not None else book.only_sheet()
        region = _used(sheet, header)
    if region is None:
        raise Rejected("no-rows", name=shown(book.file), row=header or 1)
    top, left, bottom, right = region
    headings = [_heading(sheet.cells.get((top, c))) for c in range(left, right + 1)]
    if not any(headings):
        raise Rejected("no-rows", name=shown(book.file), row=top + 1)
    if len(headings) > 1 and sum(map(bool, headings)) == 1 and table_name is None:
        below = min((row for row, _ in sheet.cells if row > top), default=top)
        if sum((below, column) in sheet.cells for column in range(left, right + 1)) > 1:
            text = next(heading for heading in headings if heading)
            raise Rejected("title-row", text=shown(text), row=top + 1, next=below + 1)
    held = {row for row, column in sheet.cells if left <= column <= right}
    kept = sorted(row for row in held if top < row <= bottom - totals)
    rows: list[Sequence[Any]] = [
        [sheet.cells.get((row, column)) for column in range(left, right + 1)] for row in kept
    ]
    if kept:
        held_rows = set(kept)
        empty = [row + 1 for row in range(top + 1, kept[-1]) if row not in held_rows]
        if empty:
            place = Origin(book.file, cell_name(empty[0] - 1, left), sheet.name)
            problems.append(
                problem("empty-rows", "note", place, rows=numbered(empty), count=len(empty))
            )
    _unseen(book.file, sheet, (top, left, kept[-1] if kept else top, right), problems)

    def at(row: int, column: int) -> str:
        return cell_name(top if row < 0 else kept[row], left + column)

    return Grid(book.file, headings, rows, at, sheet.name)


def _used(sheet: Sheet, header: int | None) -> Region | None:
    rows = {row for row, _ in sheet.cells}
    if not rows:
        return None
    top = header - 1 if header is not None else min(rows)
    columns = {column for row, column in sheet.cells if row >= top}
    if not columns or max(rows) < top:
        return None
    return top, min(columns), max(rows), max(columns)


def _heading(value: Any) -> str:
    return "" if value is None or isinstance(value, Rejected) else str(value).strip()


def _unseen(file: str, sheet: Sheet, region: Region, problems: list[Problem]) -> None:
    top, left, bottom, right = region
    rows = sorted(row + 1 for row in sheet.hidden_rows if top <= row <= bottom)
    if rows:
        place = Origin(file, cell_name(rows[0] - 1, left), sheet.name)
        problems.append(
            problem("hidden-rows", "warning", place, count=len(rows), rows=numbered(rows))
        )
    columns = [
        letters(column)
        for first, last in sheet.hidden_columns
        for column in range(max(first, left), min(last, right) + 1)
    ]
    if columns:
        place = Origin(file, f"{columns[0]}{top + 1}", sheet.name)
        problems.append(
            problem("hidden-columns", "warning", place, columns=listed([f"`{c}`" for c in columns]))
        )
    merged = [
        f"{cell_name(m[0], m[1])}:{cell_name(m[2], m[3])}"
        for m in sheet.merged
        if m[0] <= bottom and m[2] >= top and m[1] <= right and m[3] >= left
    ]
    if merged:
        place = Origin(file, merged[0].partition(":")[0], sheet.name)
        problems.append(
            problem("merged-cells", "warning", place, count=len(merged), ranges=listed(merged))
        )
