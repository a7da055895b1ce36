"""A table of the vocabulary that stays in DuckDB."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.dossier.model import TableData
from guiju.hints import Any
from guiju.plan.nodes import TablePlan
from guiju.store.connection import Store
from guiju.store.description import Description


class StoredTable(TableData):
    """A `TableData` in a store. `columns[field]` and `keys` are loaded, exactly and whole, when
    they are first asked for; `len` is known without."""

    store: Store
    plan: TablePlan
    sql_name: str
    description: dict[str, Description]
    unique: bool
    """Whether no two rows have the same key, and every row has one."""

    def rows(self, rids: Sequence[int], fields: Sequence[str] | None = None) -> TableData:
        """The rows with these numbers, in this order, exactly: values, keys, and the places
        they have in the file. `fields`: only these are read, the others are None."""
        raise NotImplementedError

    def keys_of(self, rids: Sequence[int]) -> list[str]:
        """The keys of rows, without loading those of the others."""
        raise NotImplementedError


def stored(store: Store, plan: TablePlan, data: TableData) -> StoredTable:
    """A table that stands in Python lists, put into the store as well."""
    raise NotImplementedError


def from_arrow(store: Store, plan: TablePlan, table: Any, problems: list[Any]) -> StoredTable:
    """A table of Arrow, or anything else DuckDB reads as one."""
    raise NotImplementedError
