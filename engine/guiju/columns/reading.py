"""Where columns come from: Parquet files, tables of Arrow, and whatever offers Arrow's stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guiju.dossier.parquet import damaged, refuse_other
from guiju.dossier.problems import Rejected, UnreadableDossier, problem, shown
from guiju.hints import Any
from guiju.verdicts import Origin

ROWS_AT_ONCE = 65_536
"""Rows that are gone over together: their columns stay in the processor's cache."""

MOST_ROWS = 100_000_000
"""Rows of one file: of each there is a byte for every rule in memory."""

_FIRST, _MOST = 2, 8
"""Columns of a file that are read together: few at first, so that there is soon something to go
over."""

Arrays = Mapping[str, Any]
"""Arrays of Arrow by the names of their columns."""


class Source:
    """Columns to go over; `names` are those it has."""

    def __init__(self, given: Path | Any) -> None:
        """`given`: a Parquet file, a table or record batch of pyarrow, or any object with
        `__arrow_c_stream__`, as data frames have. Raises UnreadableDossier, and TypeError."""
        self.file = given if isinstance(given, Path) else None
        self._given: Any = given
        if self.file is not None:
            try:
                refuse_other(str(self.file), self.file.name)
                self._known = pq.read_metadata(self.file, memory_map=True)
                schema = self._known.schema.to_arrow_schema()
            except Rejected as rejected:
                raise _refused(self.file, rejected) from None
            except (pa.ArrowException, OSError) as error:
                raise _unreadable(self.file, error) from None
            if self._known.num_rows > MOST_ROWS:
                most = {"name": shown(self.file.name), "most": f"{MOST_ROWS:,}"}
                raise _refused(self.file, Rejected("too-many-rows", **most))
            self.names: list[str] = schema.names
            self._texts = [one.name for one in schema if pa.types.is_string(one.type)]
        elif isinstance(given, (pa.RecordBatch, pa.Table)):
            self.names = given.schema.names
        elif hasattr(given, "__arrow_c_stream__"):
            self._given = pa.RecordBatchReader.from_stream(given)
            self.names = self._given.schema.names
        else:
            raise TypeError(type(given))

    def batches(self, columns: Iterable[str]) -> Iterator[tuple[int, Arrays]]:
        """The rows in order, some at a time: how many, and these columns of them, which come in
        the order they are named in. Raises UnreadableDossier, also where a column is taken."""
        wanted = list(dict.fromkeys(columns))
        if self.file is not None:
            yield from self._of_file(self.file, wanted)
            return
        for batch in self._batches():
            for at in range(0, max(batch.num_rows, 1), ROWS_AT_ONCE):
                part = batch.slice(at, ROWS_AT_ONCE)
                yield part.num_rows, {name: part.column(name) for name in wanted}

    def _batches(self) -> Iterable[Any]:
        if isinstance(self._given, pa.RecordBatch):
            return [self._given]
        if isinstance(self._given, pa.Table):
            return _gathered(self._given.schema, self._given.to_batches())
        return _gathered(self._given.schema, self._given)

    def _of_file(self, path: Path, wanted: list[str]) -> Iterator[tuple[int, Arrays]]:
        """The rows of a file, which is never in memory as a whole. What is needed next is read
        while what is there is gone over: the columns of a batch a few at a time, and the next
        batch after it."""
        texts = [name for name in self._texts if name in wanted]
        # A batch without columns would not know how many rows it has.
        columns = wanted or self.names[:1]
        groups = _growing(columns)
        left = self._known.num_rows
        try:
            file = pq.ParquetFile(
                path, metadata=self._known, read_dictionary=texts, memory_map=True
            )
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(path, error) from None
        with file, ThreadPoolExecutor(1) as reader:
            # One core reads while another goes over the columns; where there are more, they help.
            several = pa.cpu_count() > 2
            readers = [
                file.iter_batches(ROWS_AT_ONCE, columns=group, use_threads=several)
                for group in groups
            ]

            def ask() -> list[Future[Any]]:
                return [reader.submit(next, one) for one in readers]

            if not left:
                schema = self._known.schema.to_arrow_schema()
                yield 0, {name: pa.array([], schema.field(name).type) for name in wanted}
            coming = ask() if left else []
            while left:
                here = _Coming(path, groups, coming)
                left -= here.rows
                coming = ask() if left else []
                yield here.rows, here


def _growing(columns: list[str]) -> list[list[str]]:
    """Columns in groups, each twice as large as the one before up to a bound."""
    found: list[list[str]] = []
    at, size = 0, _FIRST
    while at < len(columns):
        found.append(columns[at : at + size])
        at, size = at + size, min(2 * size, _MOST)
    return found


class _Coming(Mapping[str, Any]):
    """Columns of some rows of a file, some of which are still being read."""

    def __init__(
        self, path: Path, groups: Sequence[Sequence[str]], parts: Sequence[Future[Any]]
    ) -> None:
        self._path = path
        self._parts = {
            name: part for group, part in zip(groups, parts, strict=True) for name in group
        }
        self.rows: int = self._read(parts[0]).num_rows

    def __getitem__(self, name: str) -> Any:
        return self._read(self._parts[name]).column(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def _read(self, part: Future[Any]) -> Any:
        try:
            return part.result()
        except (pa.ArrowException, OSError, StopIteration) as error:
            raise _unreadable(self._path, error) from None


def _gathered(schema: Any, batches: Iterable[Any]) -> Iterator[Any]:
    """Small batches put together, and one without rows where there are none."""
    waiting: list[Any] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        if rows >= ROWS_AT_ONCE:
            yield _joined(waiting)
            waiting, rows = [], 0
    yield _joined(waiting) if rows else _no_rows(schema)


def _joined(batches: list[Any]) -> Any:
    if len(batches) == 1:
        return batches[0]
    (one,) = pa.Table.from_batches(batches).combine_chunks().to_batches()
    return one


def _no_rows(schema: Any) -> Any:
    """A batch without rows."""
    return pa.RecordBatch.from_arrays([pa.array([], one.type) for one in schema], schema=schema)


def _unreadable(file: Path, error: Exception) -> UnreadableDossier:
    return _refused(file, damaged(error, str(file), file.name))


def _refused(file: Path, rejected: Rejected) -> UnreadableDossier:
    place = Origin(file.name, "")
    return UnreadableDossier(problem(rejected.code, "error", place, **rejected.values))
