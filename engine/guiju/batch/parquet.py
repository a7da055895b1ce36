"""Rows as Parquet, through DuckDB (`guiju[tables]`).

Rows come as lines of JSON with their types beside them, so that nothing is guessed. DuckDB runs
in one thread, keeps the order of rows, and spills to the run's own folder: the same rows give
the same bytes however many processes made them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from guiju.batch.problems import BatchProblem, as_os_error, unwritable
from guiju.batch.rows import Columns
from guiju.dossier.parquet import QUIET, literal, quoted

if TYPE_CHECKING:
    import duckdb

MEMORY = "1GB"
"""What DuckDB may hold at a time; beyond it, it writes to the run's folder."""

_OPTIONS = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536"


class Database:
    """A DuckDB of its own, in memory; `spill` is the folder it may write to."""

    def __init__(self, spill: str) -> None:
        try:
            import duckdb
        except ImportError:
            raise BatchProblem("needs-tables") from None
        self._failed = duckdb.IOException
        self.connection: duckdb.DuckDBPyConnection = duckdb.connect(
            ":memory:",
            config={
                **QUIET,
                "threads": 1,
                "memory_limit": MEMORY,
                "preserve_insertion_order": True,
                # DuckDB's own choice would be a folder where the command was given.
                "temp_directory": spill,
            },
        )

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(query, list(values)).fetchall()

    def lines_to_parquet(self, lines: str, columns: Columns, file: str, longest: int) -> None:
        """A file of JSON lines, of at most `longest` bytes each, as Parquet. Raises
        BatchProblem."""
        types = ", ".join(f"{quoted(name)}: {literal(kind)}" for name, kind in columns)
        source = (
            f"read_json({pattern(lines)}, columns={{{types}}}, format='newline_delimited',"
            f" hive_partitioning=false, maximum_object_size={max(longest + 2, 1 << 20)})"
        )
        self._copy(f"SELECT * FROM {source}", file)

    def merge(self, parts: Iterable[str], file: str) -> None:
        """Parquet files of the same columns as one, in their order. Raises BatchProblem."""
        self._copy(f"SELECT * FROM {scan(parts)}", file)

    def _copy(self, query: str, file: str) -> None:
        try:
            self.connection.execute(f"COPY ({query}) TO {literal(file)} ({_OPTIONS})")
        except self._failed as problem:
            raise unwritable(file, as_os_error(problem)) from None
        try:
            flush(file)
        except OSError as problem:
            raise unwritable(file, problem) from None


def scan(files: Iterable[str]) -> str:
    """A table function over Parquet files, in their order."""
    listed = ", ".join(pattern(file) for file in files)
    # A folder called `year=2026` is no column.
    return f"read_parquet([{listed}], hive_partitioning=false, filename=false)"


def pattern(file: str) -> str:
    """A file's name where DuckDB looks for a pattern: its own `*`, `?` and `[` stand for
    themselves."""
    return literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in file))


def flush(path: str) -> None:
    """Have a file or folder on the disk before anything is said to be there."""
    if os.path.isdir(path) and os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
