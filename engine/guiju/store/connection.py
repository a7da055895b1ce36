"""The DuckDB of one run: its settings, its folder, and what is said when it is full."""

from __future__ import annotations

from guiju.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class NeedsTablesError(ImportError):
    """A table needs DuckDB and the extra `guiju[tables]` is not installed."""

    def __init__(self) -> None:
        super().__init__("pip install 'guiju[tables]'")


class StoreFull(Exception):
    """The memory or the temporary folder of a store is used up. `kind` is `memory` or `disk`."""

    def __init__(self, kind: str, limit: str) -> None:
        super().__init__(f"{kind}: {limit}")
        self.kind, self.limit = kind, limit


class Store:
    """A DuckDB for one run. Use it in a `with`: its temporary folder goes when it is closed."""

    connection: DuckDBPyConnection

    def __init__(
        self,
        *,
        threads: int | None = None,
        memory_limit: str | None = None,
        temp_directory: str | None = None,
    ) -> None:
        raise NotImplementedError

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError

    def execute(self, sql: str, values: Any = None) -> DuckDBPyConnection:
        """Runs a query. Raises StoreFull when memory or disk are used up."""
        raise NotImplementedError
