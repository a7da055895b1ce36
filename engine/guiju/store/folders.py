"""Many dossiers as one set of tables, keyed by dossier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike

from guiju.dossier.model import Dossier, TableData
from guiju.dossier.others import DossierTwice
from guiju.dossier.parquet import quoted
from guiju.dossier.problems import problem, shown
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan, PackPlan
from guiju.store.bulk import insert
from guiju.store.connection import Store
from guiju.store.description import SQL_TYPES, Description, kind_of
from guiju.store.loading import sql_values
from guiju.store.table import StoredTable
from guiju.verdicts import Problem

FACTS = ""
"""The name under which the facts stand among the tables."""
_BATCH = 50_000


class StoredSet:
    """The tables of many dossiers, each as one SQL table with a VARCHAR column `dossier` (the
    dossier's id) and `rid`, the row within that dossier; and a table of facts, with a row for
    each dossier, its number from 0 as `rid`, and a column for each fact, `"group.field"`.

    A dossier without a table has no row in `given`, a table `(dossier, name)`; one whose table is
    empty has. In the sets made of dossiers all numbers are in the unit of their field.
    """

    def __init__(self, store: Store, plan: PackPlan) -> None:
        self.store, self.plan = store, plan
        self.dossiers = 0
        self.sql_names: dict[str, str] = {}
        """By table of the vocabulary; the facts are under the empty name."""
        self.description: dict[str, dict[str, Description]] = {}
        """By table, then by field; facts by `group.field` under the empty name."""
        self.rows: dict[str, int] = {}
        self._paths: dict[str, str] = {}
        self._fields: dict[str, dict[str, FieldPlan]] = {
            FACTS: {
                f"{group.name}.{field.name}": field._replace(name=f"{group.name}.{field.name}")
                for group in plan.groups.values()
                for field in group.fields.values()
            },
            **{table.name: table.fields for table in plan.tables.values()},
        }
        for name, fields in self._fields.items():
            self._make(name, fields)
        self.given = store.fresh("given")
        store.execute(f"CREATE TABLE {self.given} (dossier VARCHAR, name VARCHAR)")

    def _make(self, name: str, fields: dict[str, FieldPlan]) -> None:
        held = {n: kind for n, field in fields.items() if (kind := kind_of(field)) is not None}
        self.description[name] = {
            n: Description(quoted(n), kind, nulls=0) for n, kind in held.items()
        }
        columns = "".join(f", {quoted(n)} {SQL_TYPES[kind]}" for n, kind in held.items())
        self.sql_names[name] = self.store.fresh(name or "facts")
        self.rows[name] = 0
        self.store.execute(
            f"CREATE TABLE {self.sql_names[name]} (dossier VARCHAR, rid BIGINT{columns})"
        )

    def add(self, dossiers: Iterable[Dossier]) -> None:
        """Appends dossiers. Raises DossierTwice for an id that is there already."""
        batch: list[Dossier] = []
        size = 0
        for dossier in dossiers:
            if dossier.id in self._paths:
                raise DossierTwice(_twice(dossier, self._paths[dossier.id]))
            self._paths[dossier.id] = dossier.path
            batch.append(dossier)
            size += 1 + sum(len(data) for data in dossier.tables.values())
            if size >= _BATCH:
                self._flush(batch)
                batch, size = [], 0
        self._flush(batch)

    def _flush(self, batch: list[Dossier]) -> None:
        if not batch:
            return
        ids = [dossier.id for dossier in batch]
        numbers = list(range(self.dossiers, self.dossiers + len(batch)))
        columns: dict[str, list[Any]] = {}
        for group in self.plan.groups.values():
            for field in group.fields:
                found = (dossier.facts.get((group.name, field)) for dossier in batch)
                columns[f"{group.name}.{field}"] = [
                    None if given is None else given.value for given in found
                ]
        self._append(FACTS, ids, numbers, columns)
        self.dossiers += len(batch)
        tables = [(dossier.id, name) for dossier in batch for name in dossier.tables]
        if tables:
            insert(
                self.store,
                self.given,
                {"dossier": "VARCHAR", "name": "VARCHAR"},
                list(zip(*tables, strict=True)),
            )
        for name in self.plan.tables:
            self._append_tables(name, [(d.id, d.tables[name]) for d in batch if name in d.tables])

    def _append_tables(self, name: str, parts: Sequence[tuple[str, TableData]]) -> None:
        ids: list[str] = []
        rids: list[int] = []
        columns: dict[str, list[Any]] = {field: [] for field in self._fields[name]}
        for id_, data in parts:
            for first in range(0, len(data), _BATCH):
                some = range(first, min(first + _BATCH, len(data)))
                # A table that is kept is never brought into Python as a whole.
                part = data.rows(some) if isinstance(data, StoredTable) else data
                own = part.columns
                if not isinstance(data, StoredTable) and len(data) > _BATCH:
                    own = {field: cells[first : some.stop] for field, cells in own.items()}
                for field, cells in columns.items():
                    cells.extend(own[field])
                ids.extend([id_] * len(some))
                rids.extend(some)
                if len(ids) >= _BATCH:
                    self._append(name, ids, rids, columns)
                    ids, rids = [], []
                    columns = {field: [] for field in self._fields[name]}
        if ids:
            self._append(name, ids, rids, columns)

    def _append(
        self, name: str, ids: list[str], rids: list[int], columns: dict[str, list[Any]]
    ) -> None:
        known = self.description[name]
        types = {"dossier": "VARCHAR", "rid": "BIGINT"}
        cells: list[Any] = [ids, rids]
        for field, described in known.items():
            values, more = sql_values(self._fields[name][field], described.kind, columns[field])
            known[field] = _both(described, more)
            types[described.name] = SQL_TYPES[described.kind]
            cells.append(values)
        insert(self.store, self.sql_names[name], types, cells)
        self.rows[name] += len(ids)

    @classmethod
    def from_facts(cls, store: Store, plan: PackPlan, file: str | PathLike[str]) -> StoredSet:
        """Facts from a Parquet file with a row for each dossier, read where it stands. Raises
        UnreadableDossier."""
        from guiju.store.facts_file import FactsFile

        return FactsFile.open(store, plan, file)


def _twice(dossier: Dossier, first: str) -> Problem:
    values = {"id": shown(dossier.id), "first": shown(first), "second": shown(dossier.path)}
    return problem("dossier-twice", "error", None, **values)


def _both(one: Description, other: Description) -> Description:
    """What is to be known of two parts of a column."""
    least = [bound for bound in (one.least, other.least) if bound is not None]
    largest = [bound for bound in (one.largest, other.largest) if bound is not None]
    return one._replace(
        exact15=one.exact15 and other.exact15,
        nulls=one.nulls + other.nulls,
        least=min(least, default=None),
        largest=max(largest, default=None),
    )
