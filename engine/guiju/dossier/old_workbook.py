"""XLS, XLSB, ODS and ET workbooks, through calamine.

It gives numbers as 64-bit floats, of which the shortest decimal is taken, and shows error
cells and formulas without a result as empty; a note says so.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from guiju.dossier.problems import Rejected, problem, shown
from guiju.dossier.workbook import Cells, NamedTable, Sheet, Workbook
from guiju.verdicts import Origin, Problem


def open_old(content: bytes, file: str, problems: list[Problem]) -> Workbook:
    """The workbook of the bytes. Raises `Rejected`: `not-a-workbook`,
    `encrypted-workbook`."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        shown_sheets = calamine.SheetVisibleEnum.Visible
        worksheets = [
            meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        raise Rejected("encrypted-workbook", name=shown(file)) from None
    except Exception as wrong:  # calamine raises one kind for each format
        raise Rejected("not-a-workbook", name=shown(file), detail=shown(wrong)) from None
    problems.append(problem("coarse-workbook", "note", Origin(file, "A1"), name=shown(file)))

    def load(name: str) -> Sheet:
        try:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=True)
        except Exception as wrong:  # as above
            raise Rejected("not-a-workbook", name=shown(file), detail=shown(wrong)) from None
        row0, column0 = sheet.start or (0, 0)
        cells: Cells = {}
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                text = _text(value)
                if text:
                    cells[row + row0, column + column0] = text
        merged = [
            (first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or []
        ]
        return Sheet(name, cells, merged, set(), [])

    def tables() -> dict[str, NamedTable]:
        return {}

    names = [meta.name for meta in worksheets]
    hidden = frozenset(meta.name for meta in worksheets if meta.visible != shown_sheets)
    return Workbook(file, names, hidden, load, tables, {}, problems)


def _text(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value).removesuffix(".0")
        case datetime():
            whole = value.time() == time()
            return (value.date() if whole else value).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)
