"""A table as a file holds it: a row of headings, and rows of raw values with places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from guiju.dossier.problems import Rejected
from guiju.hints import Any
from guiju.quantities import Unit
from guiju.verdicts import Origin

At = Callable[[int, int], str]


class Even(Sequence[Any]):
    """Rows of one width whose cells stand one after the other in a single list."""

    __slots__ = ("_cells", "_size", "_width")

    def __init__(self, cells: list[Any], width: int, size: int) -> None:
        self._cells, self._width, self._size = cells, width, size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, wanted: Any) -> Any:
        if isinstance(wanted, slice):
            start, stop, step = wanted.indices(self._size)
            if start == 0 and step == 1:
                return Even(self._cells, self._width, max(stop, 0))
            return [self[row] for row in range(start, stop, step)]
        row = wanted + self._size if wanted < 0 else wanted
        if not 0 <= row < self._size:
            raise IndexError(wanted)
        return self._cells[row * self._width : (row + 1) * self._width]

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, self._size * self._width, self._width):
            yield self._cells[start : start + self._width]

    def column(self, index: int) -> list[Any]:
        return self._cells[index : self._size * self._width : self._width]


class Grid:
    """Headings and rows of raw values. `at(row, column)` is a place in the file; row -1 is
    the row of headings. `broken` are rows that could not be read and have been reported.
    `units` are those of columns whose unit stands elsewhere than in the heading, `unread` are
    columns whose cells are no values at all, with why."""

    __slots__ = ("at", "broken", "file", "header", "rows", "sheet", "units", "unread")

    def __init__(
        self,
        file: str,
        header: list[str],
        rows: Sequence[Sequence[Any]],
        at: At,
        sheet: str | None = None,
        broken: frozenset[int] = frozenset(),
    ) -> None:
        self.file = file
        self.header = header
        self.rows = rows
        self.at = at
        self.sheet = sheet
        self.broken = broken
        self.units: dict[int, Unit] = {}
        self.unread: dict[int, Rejected] = {}

    def origin(self, row: int, column: int) -> Origin:
        return Origin(self.file, self.at(row, column), self.sheet)

    def number(self, heading: str) -> None:
        """Adds a column that holds the place of each row, from 1."""
        self.header = [*self.header, heading]
        self.rows = [[*row, str(place)] for place, row in enumerate(self.rows, start=1)]

    def columns(self, wanted: Sequence[int]) -> dict[int, Sequence[Any]]:
        """The cells of some columns."""
        if isinstance(self.rows, Even):
            return {index: self.rows.column(index) for index in wanted}
        cells = list(zip(*self.rows, strict=True)) if self.rows else [()] * len(self.header)
        return {index: cells[index] for index in wanted}

    def close(self) -> None:
        """Lets go of what a grid holds open."""


def letters(column: int) -> str:
    """The letters of a column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """The number, from 0, of a column's letters; -1 for what are no letters of a column."""
    if not (name.isascii() and name.isalpha() and len(name) <= 3):
        return -1
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_name(row: int, column: int) -> str:
    """A cell's name, row and column counted from 0."""
    return f"{letters(column)}{row + 1}"


def cell_place(name: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a name such as `C3` or `$C$3`; None if it is none."""
    plain = name.replace("$", "").strip()
    split = len(plain.rstrip("0123456789"))
    column = column_number(plain[:split])
    digits = plain[split:]
    if column < 0 or not digits or len(digits) > 7 or digits.startswith("0"):
        return None
    return int(digits) - 1, column


def area(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of `A1:C9` or `C3`, from 0."""
    first, _, last = reference.partition(":")
    start, end = cell_place(first), cell_place(last or first)
    if start is None or end is None:
        return None
    return start[0], start[1], end[0], end[1]


def numbered(rows: list[int], most: int = 12) -> str:
    """Row numbers in one line, with runs joined: `3-5, 9`."""
    runs: list[str] = []
    start = previous = -2
    for row in [*rows, -9]:
        if row == previous + 1:
            previous = row
            continue
        if start >= 0:
            runs.append(str(start) if start == previous else f"{start}-{previous}")
        start = previous = row
    head = ", ".join(runs[:most])
    return f"{head}, …" if len(runs) > most else head
