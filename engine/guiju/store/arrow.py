"""Tables of Arrow, and whatever else DuckDB reads from Python, as stored tables."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.dossier import limits
from guiju.dossier.grid import Grid
from guiju.dossier.headings import matched
from guiju.dossier.parquet import physical, quoted, raw
from guiju.dossier.parquet_grid import Fetched, place
from guiju.dossier.problems import Rejected, shown
from guiju.hints import Any
from guiju.plan.nodes import TablePlan
from guiju.store.connection import Store
from guiju.store.sources import from_relation
from guiju.store.table import StoredTable
from guiju.verdicts import Problem


def from_arrow(
    store: Store,
    plan: TablePlan,
    table: Any,
    problems: list[Problem] | None = None,
    name: str = "table",
) -> StoredTable:
    """A table of pyarrow, a dataset of it, or a record batch reader, copied into the store.

    `name` is what places call it. What cannot be read is added to `problems`. Raises
    `Rejected` for a table that cannot be read at all.
    """
    view = store.fresh("arrow")
    store.connection.register(view.strip('"'), table)
    try:
        described = store.rows(f"DESCRIBE SELECT * FROM {view}")
        if len(described) > limits.MAX_COLUMNS:
            raise Rejected("too-many-columns", name=shown(name), most=limits.MAX_COLUMNS)
        copied = store.fresh("copied")
        columns = [physical(row[1]) for row in described]
        listed = []
        for index, (row, column) in enumerate(zip(described, columns, strict=True)):
            own = quoted(row[0])
            if column.kind == "other":
                own = f"CASE WHEN {own} IS NULL THEN NULL ELSE '' END"
            elif column.kind == "text":
                own = f"CAST({own} AS VARCHAR)"
                columns[index] = column._replace(type="VARCHAR")
            listed.append(f"{own} AS c{index}")
        store.execute(f"CREATE TABLE {copied} AS SELECT {', '.join(listed)} FROM {view}")
    finally:
        store.connection.unregister(view.strip('"'))
    ((size,),) = store.rows(f"SELECT count(*) FROM {copied}")
    texts = [
        "c" + str(index) if column.kind == "other" else raw(column, f"c{index}")
        for index, column in enumerate(columns)
    ]

    def fetch(first: int, count: int) -> list[tuple[Any, ...]]:
        return store.rows(
            f"SELECT {', '.join(texts)} FROM {copied}"
            f" WHERE rowid BETWEEN {first} AND {first + count - 1} ORDER BY rowid"
        )

    grid = _ArrowGrid(name, [row[0].strip() for row in described], Fetched(size, fetch))
    for index, column in enumerate(columns):
        if column.kind == "other":
            grid.unread[index] = Rejected("parquet-type", type=shown(column.type))
    told = [] if problems is None else problems
    found = matched(grid, plan, {}, told)
    relation = f"(SELECT rowid AS rid, * FROM {copied} WHERE rowid < {len(grid.rows)})"
    physicals = dict(enumerate(columns))
    return from_relation(store, plan, relation, physicals, grid, found, told)


class _ArrowGrid(Grid):
    """Columns of Arrow. A row is known by its number, from 1."""

    __slots__ = ()

    def __init__(self, name: str, headings: list[str], rows: Sequence[Any]) -> None:
        super().__init__(name, headings, [], place)
        self.rows = rows
