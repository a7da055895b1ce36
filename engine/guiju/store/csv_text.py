"""Large CSV files, read by DuckDB where our own reader would read the same.

A file is gone through once before: it is hashed, its encoding is decided, and whatever DuckDB
might read otherwise is looked for: quotes that are not where they belong, rows with more or fewer
fields, empty rows, lone carriage returns. A file that has any of it is left to our own reader.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from guiju.digests import sha256
from guiju.dossier import limits
from guiju.dossier.container import CHUNK, read_safely
from guiju.dossier.csv_grid import read_csv
from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.headings import Matching
from guiju.dossier.keeping import Unkept
from guiju.dossier.on_disk import OnDisk
from guiju.dossier.parquet import literal
from guiju.dossier.parquet_grid import Fetched
from guiju.dossier.problems import Rejected, problem
from guiju.hints import IO, Any
from guiju.store.connection import Store, StoreFull
from guiju.verdicts import FileRecord, Origin

_HEAD_ROWS = 50
_HEAD_BYTES = 2 * limits.MIB


class KeptCsv:
    """A large CSV file whose every record is a line of `fields` fields. `head` is the text of its
    first rows, `lines` how many it has."""

    def __init__(
        self, store: Store, path: str, name: str, delimiter: str, head: str, lines: int, fields: int
    ) -> None:
        self.store, self.path, self.name, self.delimiter = store, path, name, delimiter
        self.head, self.lines, self.fields = head, lines, fields

    def grid(self, header: int) -> Grid:
        """Its grid. Raises `Rejected` as `read_csv` does, and Unkept."""
        if header > _HEAD_ROWS:
            raise Unkept
        first = read_csv(self.head, self.name, [], self.delimiter, header)
        if not all(first.header):
            raise Unkept  # whether such a column holds anything is asked of all its cells
        return CsvGrid(self, first.header, header)


class CsvGrid(Grid):
    """A large CSV file as a grid; its rows are in the store once `load` has been called."""

    __slots__ = ("header_row", "raw", "text")

    def __init__(self, text: KeptCsv, headings: list[str], header: int) -> None:
        def at(row: int, column: int) -> str:
            return f"{header + row + 1}:{column + 1}"

        super().__init__(text.name, headings, [], at)
        self.text, self.header_row = text, header
        self.raw = ""
        self.rows = Fetched(text.lines - header, self._rows)
        self._all_columns()

    def number(self, heading: str) -> None:
        raise Unkept

    def columns(self, wanted: Sequence[int]) -> dict[int, Sequence[Any]]:
        raise Unkept

    def _all_columns(self) -> None:
        """Loads the file as texts. Raises Unkept where DuckDB reads another file than we do."""
        import duckdb

        store, text = self.text.store, self.text
        self.raw = store.fresh("csv")
        columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(text.fields))
        try:
            store.execute(
                f"CREATE TABLE {self.raw} AS SELECT * FROM read_csv({literal(text.path)},"
                f" columns={{{columns}}}, delim={literal(text.delimiter)}, quote='\"',"
                f" escape='\"', header=false, skip={self.header_row}, auto_detect=false,"
                " compression='none', null_padding=false, strict_mode=true, encoding='utf-8',"
                f" max_line_size={limits.MAX_FIELD}, hive_partitioning=false, filename=false)"
            )
        except duckdb.Error:
            raise Unkept from None
        empty = " AND ".join(f"c{index} IS NULL" for index in range(text.fields))
        rows, last, blank = store.rows(
            f"SELECT count(*), coalesce(max(rowid), -1), count(*) FILTER (WHERE {empty})"
            f" FROM {self.raw}"
        )[0]
        if rows != len(self.rows) or last != rows - 1 or blank:
            raise Unkept

    def load(self, found: Matching) -> str:
        """The relation of the columns a table has of the file."""
        wanted = sorted({index for index, _ in found.columns.values()})
        listed = "".join(f", c{index}" for index in wanted)
        for index in range(self.text.fields):
            if index not in wanted and wanted:
                self.text.store.execute(f"ALTER TABLE {self.raw} DROP COLUMN c{index}")
        cut = f" WHERE rowid < {len(self.rows)}" if len(self.rows) < self._size() else ""
        return f"(SELECT rowid AS rid{listed} FROM {self.raw}{cut})"

    def _size(self) -> int:
        return self.text.lines - self.header_row

    def _rows(self, first: int, count: int) -> list[tuple[Any, ...]]:
        cells = ", ".join(f"coalesce(c{index}, '')" for index in range(self.text.fields))
        return self.text.store.rows(
            f"SELECT {cells} FROM {self.raw} WHERE rowid BETWEEN {first} AND {first + count - 1}"
            " ORDER BY rowid"
        )


def kept_csv(store: Store, files: Files, name: str, delimiter: str) -> KeptCsv | None:
    """A large CSV file, None for one that is not. Raises Unkept for a large one that our own
    reader is to read."""
    if name in files.records:
        return None
    try:
        stream, size = files.container.open(name)
        with stream:
            if size <= store.large_bytes or size > limits.MAX_EVIDENCE:
                return None
            marked = _marked(stream)
        # As `encoding.decode` decides: a mark, else strict UTF-8, else strict GB18030.
        for encoding in (marked,) if marked else ("utf-8", "gb18030"):
            try:
                return _scanned(store, files, name, delimiter, encoding)
            except UnicodeDecodeError:
                continue
    except _Strange:
        raise Unkept from None
    except Rejected:
        pass
    return None


def _scanned(store: Store, files: Files, name: str, delimiter: str, encoding: str) -> KeptCsv:
    """A file gone through in an encoding. Raises `Rejected`, _Strange and UnicodeDecodeError."""
    scanned = _Scan(delimiter.encode(), encoding)
    path = files.container.path_of(name) if encoding == "utf-8" else None
    stream, _ = files.container.open(name)
    with stream:
        if path is not None:
            scanned.run(stream, name, None)
            path = store.reached(OnDisk(path))
        else:
            path = store.path("csv")
            try:
                with open(path, "wb") as copy:
                    scanned.run(stream, name, copy)
            except OSError as wrong:
                raise StoreFull("disk", str(wrong.strerror)) from None
    files.records[name] = FileRecord(name, scanned.digest.hexdigest(), scanned.size, encoding)
    if not encoding.startswith("utf-8"):
        files.problems.append(
            problem("other-encoding", "note", Origin(name, "1:1"), encoding=encoding.upper())
        )
    head = b"\n".join(scanned.head.split(b"\n", _HEAD_ROWS + 1)[: _HEAD_ROWS + 1])
    return KeptCsv(store, path, name, delimiter, head.decode(), scanned.lines, scanned.fields)


def _marked(stream: IO[bytes]) -> str | None:
    """The encoding a mark at the start of a file tells."""
    start = stream.read(4)
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if start.startswith(mark):
            return name
    return None


class _Strange(Exception):
    """DuckDB may read a file otherwise than we do."""


class _Scan:
    """One pass over a file: its digest, its lines, and whether every line is a record of as many
    fields as the first one has."""

    def __init__(self, delimiter: bytes, encoding: str) -> None:
        self.delimiter, self.encoding = delimiter, encoding
        self.digest = sha256()
        self.size = self.lines = self.fields = 0
        self.head = b""
        self._end = b""
        self._records: re.Pattern[bytes] | None = None

    def run(self, stream: IO[bytes], name: str, copy: IO[bytes] | None) -> None:
        """Goes through a file, and writes it as UTF-8 to `copy`. Raises _Strange and
        UnicodeDecodeError."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        rest = b""
        while True:
            piece = read_safely(stream, name, CHUNK)
            self.digest.update(piece)
            self.size += len(piece)
            decoded = decoder.decode(piece, not piece)
            text = piece if copy is None else decoded.encode()
            if copy is not None:
                copy.write(text)
            if len(self.head) < _HEAD_BYTES:
                self.head += text
            rest += text
            if not piece:
                break
            lines, end, rest = rest.rpartition(b"\n")
            if len(rest) > limits.MAX_FIELD:
                raise _Strange
            if end:
                self._look(lines + end)
        if rest:
            self._look(rest + (self._end or b"\n"))

    def _look(self, text: bytes) -> None:
        """Looks at some whole lines."""
        if not self.lines:
            self._first(text.partition(b"\n")[0])
        if b"\0" in text or b"\n\n" in text or b"\n\r\n" in text or text[:1] in (b"\n", b"\r"):
            raise _Strange
        count = text.count(b"\n")
        # Every line must end as the first one does.
        returns = count if self._end == b"\r\n" else 0
        if text.count(b"\r") != returns or text.count(b"\r\n") != returns:
            raise _Strange
        if b'"' in text:
            if self._form().fullmatch(text) is None:
                raise _Strange
        elif text.count(self.delimiter) != count * (self.fields - 1):
            raise _Strange
        self.lines += count

    def _first(self, line: bytes) -> None:
        self._end = b"\r\n" if line.endswith(b"\r") else b"\n"
        self.fields = line.count(self.delimiter) + 1
        if b'"' in line:
            import csv

            try:
                self.fields = len(
                    next(csv.reader([line.decode()], delimiter=self.delimiter.decode()))
                )
            except (csv.Error, StopIteration):
                raise _Strange from None

    def _form(self) -> re.Pattern[bytes]:
        """Lines of so many fields, quoted or not."""
        if self._records is None:
            sign = re.escape(self.delimiter)
            field = rb'(?:"(?:[^"\r\n]|"")*+"|[^"\r\n' + sign + rb"]*+)"
            others = rb"(?:" + sign + field + rb"){%d}" % (self.fields - 1)
            self._records = re.compile(rb"(?:" + field + others + self._end + rb")*+")
        return self._records
