"""A Parquet file as a grid: rows and columns are fetched when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from guiju.dossier import limits
from guiju.dossier.grid import Grid
from guiju.dossier.on_disk import OnDisk
from guiju.dossier.parquet import Shape, ask, connect, quoted, raw, scan, shape
from guiju.dossier.problems import Rejected, shown
from guiju.hints import TYPE_CHECKING, Any
from guiju.verdicts import Origin

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BLOCK = 1024


class Fetched(Sequence[Any]):
    """The rows of a file, a block at a time; `fetch(first, count)` brings one."""

    def __init__(self, size: int, fetch: Callable[[int, int], list[tuple[Any, ...]]]) -> None:
        self._size = size
        self._fetch = fetch
        self._block: list[tuple[Any, ...]] = []
        self._first = 0

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, wanted: Any) -> Any:
        if isinstance(wanted, slice):
            start, stop, _ = wanted.indices(self._size)
            if start == 0:
                return Fetched(stop, self._fetch)
            return [self[row] for row in range(start, stop)]
        if not 0 <= wanted < self._size:
            raise IndexError(wanted)
        if not self._first <= wanted < self._first + len(self._block):
            self._first = wanted // _BLOCK * _BLOCK
            self._block = self._fetch(self._first, min(_BLOCK, self._size - self._first))
        return self._block[wanted - self._first]

    def __iter__(self) -> Iterator[Any]:
        for row in range(self._size):
            yield self[row]


class ParquetGrid(Grid):
    """The columns of a Parquet file. A row is known by its number, from 1."""

    __slots__ = ("connection", "disk", "names", "path", "shape")

    def __init__(
        self, file: str, disk: OnDisk, connection: DuckDBPyConnection, found: Shape
    ) -> None:
        self.disk = disk
        self.path = disk.path
        self.connection = connection
        self.shape = found
        self.names = found.names
        super().__init__(file, list(found.headings), [], place)
        self.rows = Fetched(found.rows, self._rows)
        for index, column in enumerate(found.columns):
            if column.kind == "other":
                self.unread[index] = Rejected("parquet-type", type=shown(column.type))

    def origin(self, row: int, column: int) -> Origin:
        return Origin(self.file, place(row, column))

    def number(self, heading: str) -> None:
        self.header = [*self.header, heading]

    def columns(self, wanted: Sequence[int]) -> dict[int, Sequence[Any]]:
        """The raw cells of some columns. Raises `Rejected`: `too-many-rows`,
        `file-too-large`, `field-too-large`, `parquet-damaged`."""
        size = len(self.rows)
        if size > limits.MAX_ROWS or size * len(wanted) > limits.MAX_CELLS:
            most = min(limits.MAX_ROWS, limits.MAX_CELLS // max(len(wanted), 1))
            raise Rejected("too-many-rows", name=shown(self.file), most=most)
        own = [index for index in wanted if index < len(self.names)]
        cells: dict[int, Sequence[Any]] = {
            index: [str(row) for row in range(1, size + 1)] for index in wanted if index not in own
        }
        self._texts(own)
        for index in own:
            expression = raw(self.shape.columns[index], quoted(self.names[index]))
            rows = self._ask(f"SELECT {expression} FROM {scan(self.path)} LIMIT {size}")
            if len(rows) != size:
                raise Rejected("parquet-cut-short", name=shown(self.file))
            cells[index] = [cell for (cell,) in rows]
        return cells

    def _texts(self, wanted: Sequence[int]) -> None:
        """Looks at how long the texts are before they are fetched."""
        total = 0
        for index in wanted:
            column = self.shape.columns[index]
            if column.kind not in ("text", "list"):
                continue
            text = f"CAST({quoted(self.names[index])} AS VARCHAR)"
            longest, together = self._ask(
                f"SELECT coalesce(max(strlen({text})), 0), coalesce(sum(strlen({text})), 0)"
                f" FROM {scan(self.path)}"
            )[0]
            if longest > limits.MAX_FIELD:
                raise Rejected("parquet-field-too-large", most=limits.MAX_FIELD)
            total += together
        if total > limits.MAX_TABLE:
            raise Rejected(
                "file-too-large", name=shown(self.file), size=int(total), most=limits.MAX_TABLE
            )

    def _rows(self, first: int, count: int) -> list[tuple[Any, ...]]:
        cells = [
            raw(column, quoted(name))
            for name, column in zip(self.names, self.shape.columns, strict=True)
        ]
        block = self._ask(
            f"SELECT {', '.join(cells)} FROM {scan(self.path)} LIMIT {count} OFFSET {first}"
        )
        if len(block) != count:
            raise Rejected("parquet-cut-short", name=shown(self.file))
        return block

    def _ask(self, query: str) -> list[tuple[Any, ...]]:
        return ask(self.connection, query, self.path, self.file)

    def close(self) -> None:
        self.connection.close()
        self.disk.close()


def place(row: int, column: int) -> str:
    """A cell of a Parquet file: its row, from 1, and its column. Headings have no row."""
    return f"{row + 1}:{column + 1}" if row >= 0 else ""


def open_parquet(file: str, disk: OnDisk) -> ParquetGrid:
    """The grid of a Parquet file. Raises `Rejected`, and NeedsTablesError."""
    connection = connect(disk.path)
    try:
        found = shape(connection, disk.path, file)
        if len(found.headings) > limits.MAX_COLUMNS:
            raise Rejected("too-many-columns", name=shown(file), most=limits.MAX_COLUMNS)
        return ParquetGrid(file, disk, connection, found)
    except BaseException:
        connection.close()
        raise
