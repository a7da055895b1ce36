"""Workbooks: sheets with every cell's value as the file stores it, and what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from guiju.dossier.grid import area
from guiju.dossier.naming import folded, nearest
from guiju.dossier.problems import Rejected, listed, problem, shown
from guiju.verdicts import Origin, Problem

Cells = dict[tuple[int, int], Any]
"""Raw values by row and column, from 0. A cell without a value is absent; one that holds
an error, or a formula without its result, is a `Rejected`."""


class Sheet(NamedTuple):
    """The cells of a sheet. `merged` are (row, column, last row, last column)."""

    name: str
    cells: Cells
    merged: list[tuple[int, int, int, int]]
    hidden_rows: set[int]
    hidden_columns: list[tuple[int, int]]


class NamedTable(NamedTuple):
    """A table of a sheet with a name of its own. `totals` are rows at its end."""

    sheet: str
    area: tuple[int, int, int, int]
    headings: int
    totals: int


class Workbook:
    """A workbook whose sheets are read when they are asked for.

    `hidden` are the names of sheets that are not shown; `names` what a defined name of the
    workbook refers to, such as `Sheet1!$C$3`.
    """

    def __init__(
        self,
        file: str,
        sheets: list[str],
        hidden: frozenset[str],
        load: Callable[[str], Sheet],
        tables: Callable[[], dict[str, NamedTable]],
        names: dict[str, str],
        problems: list[Problem],
    ) -> None:
        self.file = file
        self.sheets = sheets
        self.hidden = hidden
        self.names = names
        self.problems = problems
        self._load = load
        self._load_tables = tables
        self._loaded: dict[str, Sheet] = {}
        self._told_hidden: set[str] = set()

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name. Raises `Rejected` `no-sheet`; notes a hidden one."""
        found = name if name in self.sheets else None
        if found is None:
            same = [s for s in self.sheets if folded(s) == folded(name)]
            found = same[0] if len(same) == 1 else None
        if found is None:
            raise Rejected(
                "no-sheet",
                name=shown(self.file),
                sheet=shown(name),
                known=listed([f"`{s}`" for s in self.sheets]),
                nearest=nearest(name, self.sheets) or "",
            )
        if found in self.hidden and found not in self._told_hidden:
            self._told_hidden.add(found)
            place = Origin(self.file, "A1", found)
            self.problems.append(problem("hidden-sheet", "warning", place, sheet=shown(found)))
        return self.load(found)

    def load(self, name: str) -> Sheet:
        """A sheet by its exact name, read once."""
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def only_sheet(self) -> Sheet:
        """The one sheet that is shown and holds anything. Raises `Rejected`
        `which-sheet`."""
        held = [s for s in self.sheets if s not in self.hidden and self.load(s).cells]
        if len(held) != 1:
            raise Rejected(
                "which-sheet",
                name=shown(self.file),
                known=listed([f"`{s}`" for s in held or self.sheets]),
            )
        unread = [s for s in self.sheets if s in self.hidden]
        if unread and "" not in self._told_hidden:
            self._told_hidden.add("")
            self.problems.append(
                problem(
                    "other-hidden-sheets",
                    "note",
                    Origin(self.file, "A1", unread[0]),
                    name=shown(self.file),
                    sheets=listed([f"`{s}`" for s in unread]),
                )
            )
        return self.load(held[0])

    def table(self, name: str) -> NamedTable:
        """A table by its name. Raises `Rejected` `no-named-table`."""
        tables = self._load_tables()
        if name in tables:
            return tables[name]
        raise Rejected(
            "no-named-table",
            name=shown(self.file),
            table=shown(name),
            known=listed([f"`{t}`" for t in tables]) or "-",
            nearest=nearest(name, tables) or "",
        )

    def defined(self, name: str) -> tuple[str, tuple[int, int, int, int]]:
        """The sheet and area a defined name refers to. Raises `Rejected` `no-name`."""
        reference = self.names.get(name, "")
        sheet, bang, cells = reference.rpartition("!")
        place = area(cells) if bang else None
        if place is None:
            raise Rejected(
                "no-name",
                name=shown(self.file),
                defined=shown(name),
                known=listed([f"`{n}`" for n in self.names]) or "-",
                nearest=(nearest(name, self.names) or "") if name not in self.names else "",
            )
        if sheet.startswith("'") and sheet.endswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        return sheet, place


def open_workbook(content: bytes, file: str, problems: list[Problem]) -> Workbook:
    """A workbook from its bytes; its kind is told by them and not by the file's name.

    XLSX is read by our own reader, which keeps the stored digits and sees errors, formulas
    without a result and hidden parts; XLS, XLSB, ODS and ET by calamine, which does not.
    Raises `Rejected`: `not-a-workbook`, `encrypted-workbook`.
    """
    if content.startswith(b"PK") and b"xl/workbook.xml" in content:
        from guiju.dossier.xlsx import open_xlsx

        return open_xlsx(content, file, problems)
    from guiju.dossier.old_workbook import open_old

    return open_old(content, file, problems)
