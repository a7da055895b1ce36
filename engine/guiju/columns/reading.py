"""Where columns come from: Parquet files, tables of Arrow, and whatever offers Arrow's stream."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guiju.dossier.problems import UnreadableDossier, problem, shown
from guiju.hints import Any
from guiju.verdicts import Origin

ROWS_AT_ONCE = 65_536
"""Rows that are gone over together: their columns stay in the processor's cache."""

MOST_ROWS = 100_000_000
"""Rows of one file: of each there is a byte for every rule in memory."""

Arrays = dict[str, Any]
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
                self._known = pq.read_metadata(self.file, memory_map=True)
                schema = self._known.schema.to_arrow_schema()
            except (pa.ArrowException, OSError) as error:
                raise _unreadable(self.file, error) from None
            if self._known.num_rows > MOST_ROWS:
                raise _refused(self.file, "too-many-rows", most=f"{MOST_ROWS:,}")
            self.names: list[str] = schema.names
            self._texts = [one.name for one in schema if pa.types.is_string(one.type)]
        elif isinstance(given, (pa.RecordBatch, pa.Table)):
            self.names = given.schema.names
        elif hasattr(given, "__arrow_c_stream__"):
            self._given = pa.RecordBatchReader.from_stream(given)
            self.names = self._given.schema.names
        else:
            raise TypeError(type(given))

    def batches(self, columns: Collection[str]) -> Iterator[tuple[int, Arrays]]:
        """The rows in order, some at a time: how many, and these columns of them. Raises
        UnreadableDossier."""
        wanted = [name for name in self.names if name in columns]
        for batch in self._batches(wanted):
            for at in range(0, max(batch.num_rows, 1), ROWS_AT_ONCE):
                part = batch.slice(at, ROWS_AT_ONCE)
                yield part.num_rows, {name: part.column(name) for name in wanted}

    def _batches(self, wanted: list[str]) -> Iterator[Any]:
        if self.file is not None:
            yield from self._of_file(self.file, wanted)
        elif isinstance(self._given, pa.RecordBatch):
            yield self._given
        elif isinstance(self._given, pa.Table):
            yield from _gathered(self._given.schema, self._given.to_batches())
        else:
            yield from _gathered(self._given.schema, self._given)

    def _of_file(self, path: Path, wanted: list[str]) -> Iterator[Any]:
        """The rows of a file, which is never in memory as a whole."""
        texts = [name for name in self._texts if name in wanted]
        # A batch without columns would not know how many rows it has.
        columns = wanted or self.names[:1]
        schema = self._known.schema.to_arrow_schema()
        try:
            with pq.ParquetFile(
                path,
                metadata=self._known,
                read_dictionary=texts,
                memory_map=True,
                pre_buffer=True,
            ) as file:
                if not file.metadata.num_rows:
                    yield _no_rows(schema)
                yield from file.iter_batches(ROWS_AT_ONCE, columns=columns)
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(path, error) from None


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
    words = str(error).splitlines()
    return _refused(
        file, "parquet-damaged", detail=shown(words[0] if words else error.__class__.__name__)
    )


def _refused(file: Path, code: str, **values: object) -> UnreadableDossier:
    return UnreadableDossier(
        problem(code, "error", Origin(file.name, ""), name=shown(file.name), **values)
    )
