"""The DuckDB of one run: its settings, its folder, and what is said when it is full."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from guiju.dossier import limits
from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.headings import Asked
from guiju.dossier.model import TableData
from guiju.dossier.on_disk import OnDisk
from guiju.dossier.parquet import HONEST, QUIET, NeedsTablesError, quoted
from guiju.dossier.problems import problem
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import TablePlan
from guiju.verdicts import Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from guiju.store.csv_text import KeptCsv

__all__ = ["NeedsTablesError", "Store", "StoreFull"]

LARGE_ROWS = 50_000
"""Rows from which on a Parquet file is kept in the store."""

LARGE_BYTES = 4 * limits.MIB
"""Bytes from which on a CSV file is kept in the store."""


_BATCH = 20_000


_FULL = {"memory": "store-memory", "disk": "store-disk", "folder": "store-folder"}


class StoreFull(Exception):
    """The memory or the temporary folder of a store is used up, or there is no such `folder`.
    `kind` is `memory`, `disk` or `folder`, `limit` the setting that was reached; `problem` says
    what to do."""

    def __init__(self, kind: str, limit: str = "") -> None:
        self.kind, self.limit = kind, limit
        self.problem: Problem = problem(_FULL[kind], "error", None, limit=limit)
        super().__init__(self.problem.message["en"])


class Store:
    """A DuckDB for one run, and the keeper of its large tables. Use it in a `with`: its
    temporary folder goes when it is closed.

    It reaches its own folder and `folders`, and nothing else. Parquet files in them are read
    where they stand; others are linked or copied into its folder. Raises NeedsTablesError, and
    StoreFull where no folder takes temporary files.
    """

    connection: DuckDBPyConnection

    def __init__(
        self,
        *,
        threads: int | None = None,
        memory_limit: str | None = None,
        temp_directory: str | os.PathLike[str] | None = None,
        temp_limit: str | None = None,
        folders: Sequence[str | os.PathLike[str]] = (),
        large_rows: int = LARGE_ROWS,
        large_bytes: int = LARGE_BYTES,
    ) -> None:
        try:
            import duckdb
        except ImportError:
            raise NeedsTablesError from None
        self.large_rows, self.large_bytes = large_rows, large_bytes
        self.folder = os.path.realpath(_folder(temp_directory))
        self._folders = [os.path.realpath(folder) for folder in folders]
        self._made = 0
        settings: dict[str, Any] = {
            **QUIET,
            "preserve_insertion_order": True,
            "temp_directory": os.path.join(self.folder, "spill"),
        }
        if threads is not None:
            settings["threads"] = threads
        if memory_limit is not None:
            settings["memory_limit"] = memory_limit
        if temp_limit is not None:
            settings["max_temp_directory_size"] = temp_limit
        try:
            self.connection = duckdb.connect(":memory:", config=settings)
            reach = [self.folder, *self._folders]
            self.connection.execute("SET enable_progress_bar = false")
            self.connection.execute("SET allowed_directories = ?", [reach])
            self.connection.execute("SET enable_external_access = false")
        except BaseException:
            _removed(self.folder)
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of all tables and of the temporary folder."""
        self.connection.close()
        _removed(self.folder)

    # --- queries -------------------------------------------------------------------------

    def execute(self, sql: str, values: Any = None) -> DuckDBPyConnection:
        """Runs a query. Raises StoreFull when memory or disk are used up."""
        with self.guarded():
            return self.connection.execute(sql, values)

    def rows(self, sql: str, values: Any = None) -> list[tuple[Any, ...]]:
        """The rows of a query. Raises StoreFull."""
        with self.guarded():
            return self.connection.execute(sql, values).fetchall()

    def stream(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, brought in batches, while others may be asked. Raises StoreFull.
        It sees the tables of the store that are not temporary."""
        cursor = self.connection.cursor()
        try:
            with self.guarded():
                cursor.execute(sql)
            while True:
                with self.guarded():
                    batch = cursor.fetchmany(_BATCH)
                if not batch:
                    return
                yield from batch
        finally:
            cursor.close()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Queries within it raise StoreFull when memory or disk are used up."""
        import duckdb

        try:
            yield
        except (duckdb.OutOfMemoryException, duckdb.IOException) as wrong:
            found = full(wrong, self._setting)
            if found is None:
                raise
            raise found from None

    @contextmanager
    def honestly(self) -> Iterator[None]:
        """Queries within it look at the cells, and not at what a file says of them."""
        self.connection.execute(f"SET disabled_optimizers = '{HONEST}'")
        try:
            yield
        finally:
            self.connection.execute("SET disabled_optimizers = ''")

    def _setting(self, name: str) -> str:
        found = self.connection.execute(f"SELECT current_setting('{name}')").fetchone()
        return str(found[0]) if found else ""

    def fresh(self, stem: str) -> str:
        """A name no table of the store has, as SQL writes it."""
        self._made += 1
        return quoted(f"{stem}_{self._made}")

    # --- files ---------------------------------------------------------------------------

    def reached(self, disk: OnDisk) -> str:
        """The path by which the store reads a file until it is closed."""
        path = os.path.realpath(disk.path)
        if disk.path == path and any(_within(path, folder) for folder in self._folders):
            return path
        self._made += 1
        made = os.path.join(self.folder, f"file_{self._made}")
        try:
            os.link(path, made)
        except OSError:
            from shutil import copyfile

            try:
                copyfile(path, made)
            except OSError as wrong:
                raise StoreFull("disk", str(wrong.strerror)) from None
        return made

    def path(self, stem: str) -> str:
        """The path of a new file in the folder of the store."""
        self._made += 1
        return os.path.join(self.folder, f"{stem}_{self._made}")

    # --- tables --------------------------------------------------------------------------

    def keeps(self, grid: Grid) -> bool:
        """Whether the rows of a grid are to be kept: it is a CSV file that was found large, or a
        Parquet file of many rows."""
        from guiju.dossier.parquet_grid import ParquetGrid
        from guiju.store.csv_text import CsvGrid

        if isinstance(grid, ParquetGrid):
            return grid.shape.rows > self.large_rows
        return isinstance(grid, CsvGrid)

    def csv(self, files: Files, name: str, delimiter: str) -> KeptCsv | None:
        """A large CSV file, None for one that is not. Raises Unkept."""
        from guiju.store.csv_text import kept_csv

        return kept_csv(self, files, name, delimiter)

    def table(
        self, plan: TablePlan, grid: Grid, asked: dict[str, Asked], problems: list[Problem]
    ) -> TableData:
        """The table of a large grid. Raises `Rejected`, and Unkept."""
        from guiju.store.sources import table_of

        return table_of(self, plan, grid, asked, problems)

    def loaded(self, plan: TablePlan, data: TableData) -> TableData:
        """A table that stands in Python lists, in the store as well."""
        from guiju.store.loading import stored

        return stored(self, plan, data)


def full(wrong: Exception, setting: Callable[[str], str] | None = None) -> StoreFull | None:
    """What an exception of DuckDB says is used up; None for another one. `setting` tells the
    value of a setting of that DuckDB, which else is read from its words."""
    import duckdb

    text = str(wrong)
    if isinstance(wrong, duckdb.OutOfMemoryException):
        disk = "temp_directory" in text and "offload" in text
    elif isinstance(wrong, duckdb.IOException) and (
        "No space left" in text or "disk quota" in text.lower()
    ):
        disk = True
    else:
        return None
    kind, name = ("disk", "max_temp_directory_size") if disk else ("memory", "memory_limit")
    return StoreFull(kind, _said(text) if setting is None else setting(name))


def _said(text: str) -> str:
    """The limit that DuckDB names: `(7.9 MiB/8.0 MiB used)`."""
    from re import search

    found = search(r"/([\d.]+ ?[KMGT]?i?B) used", text)
    return found[1] if found else "–"


def _folder(parent: str | os.PathLike[str] | None) -> str:
    """A new temporary folder."""
    from tempfile import gettempdir, mkdtemp

    if parent is None:
        try:
            parent = gettempdir()
        except FileNotFoundError:
            raise StoreFull("folder") from None
    return mkdtemp(prefix="guiju-", dir=parent)


def _within(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def _removed(folder: str) -> None:
    from shutil import rmtree

    rmtree(folder, ignore_errors=True)
