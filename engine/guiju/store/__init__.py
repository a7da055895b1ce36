"""Tables of a dossier that stay in DuckDB (`guiju[tables]`), with the values, problems and places
of the ordinary reader.

`Store` is the DuckDB of one run. Given to `guiju.dossier.read`, it keeps the large tables of a
dossier as `StoredTable`: a `TableData` whose columns also stand in SQL. `StoredSet` holds the
tables of many dossiers together, and one row of facts for each.

What the SQL side says: `table.sql_name` is a view or a table of `store.connection` with a column
`rid` (BIGINT, the row of the table from 0, in the order of the file) and a column for each field
whose type SQL can hold. `table.description[field]` says how. What is missing, or could not be
read, is NULL. `table.rows(rids)` is the exact part of the table the evaluator can run on.
"""

from __future__ import annotations

from guiju.store.arrow import from_arrow
from guiju.store.connection import NeedsTablesError, Store, StoreFull
from guiju.store.description import Description
from guiju.store.folders import StoredSet
from guiju.store.loading import stored
from guiju.store.sources import from_parquet
from guiju.store.table import StoredTable, TooManyRows

__all__ = [
    "Description",
    "NeedsTablesError",
    "Store",
    "StoreFull",
    "StoredSet",
    "StoredTable",
    "TooManyRows",
    "from_arrow",
    "from_parquet",
    "stored",
]
