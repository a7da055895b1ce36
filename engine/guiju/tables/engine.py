"""What answers the queries of a sieve: DuckDB here, another engine elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.hints import TYPE_CHECKING, Any
from guiju.tables.sql import Dialect
from guiju.tables.uniqueness import repeated

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Engine:
    """Something that understands the SQL of a dialect. Others than DuckDB derive from it."""

    dialect: type[Dialect] = Dialect

    together = False
    """Whether what several rules look at is better asked for at once, since a query takes longer
    than the rows it brings."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        raise NotImplementedError

    def keep(self, name: str, query: str) -> None:
        """Works out a query once, so that others may read it under a name."""
        raise NotImplementedError

    def listed(self, name: str, rows: Sequence[int]) -> None:
        """Makes the table `name (rid)` of the numbers of some rows."""
        raise NotImplementedError

    def repeated(self, source: str, columns: list[str], name: str) -> bool:
        """Makes the table `name (rid, n)` of the rows whose columns stand in more than one row;
        False where the engine does better to group all rows."""
        return False


class DuckDB(Engine):
    """A connection of DuckDB."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(query).fetchall()

    def keep(self, name: str, query: str) -> None:
        """Makes a temporary table."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def listed(self, name: str, rows: Sequence[int]) -> None:
        """Makes a temporary table of the numbers of some rows."""
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest($rows::BIGINT[]) AS rid",
            {"rows": list(rows)},
        )

    def repeated(self, source: str, columns: list[str], name: str) -> bool:
        """Looks at the order of the rows first: see `guiju.tables.uniqueness`."""
        repeated(self.connection, source, columns, name)
        return True
