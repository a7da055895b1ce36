"""Rows of Python brought into a table of the store, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.hints import Any
from guiju.store.connection import Store

_BATCH = 20_000


class Bulk:
    """A table that is being filled. `finish` gives its name."""

    def __init__(self, store: Store, stem: str, columns: dict[str, str]) -> None:
        self.store = store
        self.table = store.fresh(stem)
        self.columns = columns
        self._rows: list[Sequence[Any]] = []
        listed = ", ".join(f"{name} {type_}" for name, type_ in columns.items())
        store.execute(f"CREATE TABLE {self.table} ({listed})")

    def add(self, row: Sequence[Any]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _BATCH:
            self._flush()

    def finish(self) -> str:
        self._flush()
        return self.table

    def _flush(self) -> None:
        if self._rows:
            insert(self.store, self.table, self.columns, list(zip(*self._rows, strict=True)))
            self._rows = []


def insert(
    store: Store, table: str, columns: dict[str, str], cells: Sequence[Sequence[Any]]
) -> None:
    """Appends columns of cells to a table; `columns` are its names and types in order."""
    listed = ", ".join(
        f"unnest(${number}::{type_}[])" for number, type_ in enumerate(columns.values(), start=1)
    )
    store.execute(f"INSERT INTO {table} SELECT {listed}", [list(column) for column in cells])
