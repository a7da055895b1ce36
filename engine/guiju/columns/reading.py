"""Where columns come from: Parquet files, tables of Arrow, and whatever offers Arrow's stream."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from guiju.dossier.problems import UnreadableDossier, problem, shown
from guiju.hints import Any
from guiju.verdicts import Origin

ROWS_AT_ONCE = 65_536
"""Rows that are gone over together: their columns stay in the processor's cache."""

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
            self.names: list[str] = schema.names
            self._texts = [one.name for one in schema if pa.types.is_string(one.type)]
        elif isinstance(given, pa.RecordBatch):
            self._given = pa.Table.from_batches([given])
            self.names = given.schema.names
        elif isinstance(given, pa.Table):
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
        for rows, table in self._tables(wanted):
            for at in range(0, rows, ROWS_AT_ONCE):
                part = table.slice(at, ROWS_AT_ONCE)
                arrays = {name: _whole(part.column(name)) for name in wanted}
                yield min(rows - at, ROWS_AT_ONCE), arrays

    def _tables(self, wanted: list[str]) -> Iterator[tuple[int, Any]]:
        """Tables of these columns, each with the number of its rows, which one without a column
        does not know."""
        if self.file is not None:
            yield from self._groups(self.file, wanted)
        elif isinstance(self._given, pa.Table):
            yield self._given.num_rows, self._given.select(wanted)
        else:
            for batch in self._given:
                yield batch.num_rows, pa.Table.from_batches([batch]).select(wanted)

    def _groups(self, path: Path, wanted: list[str]) -> Iterator[tuple[int, Any]]:
        """The row groups of a file."""
        texts = [name for name in self._texts if name in wanted]
        known = self._known
        try:
            opened = pq.ParquetFile(
                path, metadata=known, read_dictionary=texts, memory_map=True, pre_buffer=True
            )
            with opened as file:
                for group in range(file.num_row_groups):
                    rows = file.metadata.row_group(group).num_rows
                    yield rows, file.read_row_group(group, columns=wanted)
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(path, error) from None


def _whole(column: Any) -> Any:
    """A chunked column as one array."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return column.combine_chunks() if column.num_chunks else pa.array([], column.type)


def _unreadable(file: Path, error: Exception) -> UnreadableDossier:
    words = str(error).splitlines()
    detail = shown(words[0] if words else error.__class__.__name__)
    values = {"name": shown(file.name), "detail": detail}
    return UnreadableDossier(problem("parquet-damaged", "error", Origin(file.name, ""), **values))
