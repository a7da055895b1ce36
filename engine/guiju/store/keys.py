"""The keys of a stored table: which rows have none, which have that of another row.

Most tables stand in the order of their keys. Where that order breaks, the rows on both sides are
looked at more closely; in a table without order, rows whose keys have the same hash are. Those
rows are then compared exactly, as texts, by the reader's own rule.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from guiju.dossier.footer import TOTALS, is_total
from guiju.dossier.parquet import literal
from guiju.dossier.tables import (
    key_texts,
    keys_of,
    lacks_key,
    tell_totals,
    told_keys,
)
from guiju.hints import TYPE_CHECKING, Any
from guiju.store.connection import Store
from guiju.store.readings import WHITE
from guiju.verdicts import Problem

if TYPE_CHECKING:
    from guiju.store.table import StoredTable

_MOST_BREAKS = 20_000
"""Breaks beyond which a table is in no order."""
_MOST_CLOSER = 1_000_000
"""Rows beyond which all keys are read, as the ordinary reader does."""
_ENDS = "计lLsSmM:："
"""The last signs of the words for totals."""
_WIDEST = max(map(len, TOTALS))


def renamed_keys(table: StoredTable, problems: list[Problem]) -> dict[int, str]:
    """What findings call the rows whose key is missing or stands twice; those are told, and
    totals among the keys."""
    plan, rows = table.plan, table.cells.rows
    if not rows.size:
        return {}
    if lacks_key(plan, rows, problems) or not plan.key:
        table.unique = False
        return _Numbered(rows.size, rows.name)
    in_sql = all(part in table.description and part in table.cells.texts for part in plan.key)
    closer = _closer(table) if in_sql else None
    if closer is None:
        return _all(table, problems)
    missing, alike = closer
    rids = sorted({*missing, *alike})
    part = table.rows(rids, plan.key)
    columns = [part.columns[name] for name in plan.key]
    texts = key_texts(columns)
    table.unique = all_different(columns)
    final = told_keys(plan, zip(rids, texts, strict=True), rows, problems)
    renamed = {rid: final[rid] for rid, text in zip(rids, texts, strict=True) if final[rid] != text}
    _totals(table, problems)
    return renamed


class _Numbered(dict[int, str]):
    """Rows that are all called by their number."""

    def __init__(self, size: int, name: Callable[[int], str]) -> None:
        super().__init__()
        self._size, self._name = size, name

    def get(self, rid: int, default: object = None) -> str:
        return f"#{self._name(rid)}"

    def __len__(self) -> int:
        return self._size

    def __bool__(self) -> bool:
        return True


def all_different(columns: list[list[Any]]) -> bool:
    """Whether every row has a key and no two are equal in a query, where numbers are binary64:
    `1` and `1.0` are two keys for a reader, and one for a query."""
    keys = [
        tuple(float(part) if isinstance(part, Decimal) else part for part in key)
        for key in zip(*columns, strict=True)
    ]
    return not any(None in key for key in keys) and len(set(keys)) == len(keys)


def _all(table: StoredTable, problems: list[Problem]) -> dict[int, str]:
    """As the ordinary reader does it: all keys are read into Python."""
    plan = table.plan
    columns = {part: table.columns[part] for part in plan.key if part in table.columns}
    table.unique = all_different(list(columns.values()))
    final = keys_of(plan, columns, table.cells.rows, problems)
    texts = key_texts([columns[part] for part in plan.key])
    return {row: key for row, key in enumerate(final) if key != texts[row]}


def _closer(table: StoredTable) -> tuple[list[int], list[int]] | None:
    """The rows without a key, and rows among which are all that have the same as another; None
    where those are too many."""
    store, name = table.store, table.sql_name
    columns = [table.description[part].name for part in table.plan.key]
    texts = [
        column
        for part, column in zip(table.plan.key, columns, strict=True)
        if table.description[part].kind == "text"
    ]
    lacking = " OR ".join(f"{column} IS NULL" for column in columns)
    split = " OR ".join(f"contains({column}, '/')" for column in texts) if len(columns) > 1 else ""
    with store.honestly():
        nulls = any(table.description[part].nulls for part in table.plan.key)
        missing: list[int] = []
        if nulls:
            found = store.rows(
                f"SELECT rid FROM {name} WHERE {lacking} ORDER BY rid LIMIT {_MOST_CLOSER + 1}"
            )
            missing = [rid for (rid,) in found]
            if len(missing) > _MOST_CLOSER:
                return None
        if split and store.rows(f"SELECT count(*) FROM {name} WHERE {split}")[0][0]:
            # Parts are joined by a stroke: `a/b` and `c` are the same key as `a` and `b/c`.
            columns = ["concat_ws('/', " + ", ".join(columns) + ")"]
        alike = _repeated(store, name, columns, f"NOT ({lacking})", len(table))
    return None if alike is None else (missing, alike)


def _repeated(
    store: Store, name: str, columns: list[str], given: str, size: int
) -> list[int] | None:
    """Rows among which are all whose columns equal those of another row."""
    breaks = _breaks(store, name, columns)
    if breaks == []:
        return []
    if breaks is None or len(breaks) > _MOST_BREAKS:
        return _hashed(store, name, columns, given)
    # A row that is not larger than the one before it is taken out, with that one. The others are
    # in order only if they are so across the gaps as well.
    return _around(store, name, columns, given, breaks)


def _hashed(store: Store, name: str, columns: list[str], given: str) -> list[int] | None:
    """The rows whose columns have the same hash as those of another; None if too many."""
    found = store.rows(
        f"WITH h AS (SELECT rid, hash({', '.join(columns)}) AS h FROM {name} WHERE {given}),"
        " twice AS (SELECT h FROM h GROUP BY h HAVING count(*) > 1)"
        f" SELECT rid FROM h SEMI JOIN twice USING (h) LIMIT {_MOST_CLOSER + 1}"
    )
    return None if len(found) > _MOST_CLOSER else [rid for (rid,) in found]


def _breaks(store: Store, name: str, columns: list[str]) -> list[int] | None:
    """The rows that are not larger than the row before; None if rows do not come in order."""
    listed = ", ".join(f"{column} AS k{n}" for n, column in enumerate(columns))
    own = [f"k{n}" for n in range(len(columns))]
    before = ", ".join(f"lag(k{n}) OVER () AS p{n}" for n in range(len(columns)))
    larger = _larger(own, [f"p{n}" for n in range(len(columns))])
    found = store.rows(
        f"SELECT rid FROM (SELECT rid, lag(rid) OVER () AS r, {', '.join(own)}, {before}"
        f" FROM (SELECT rid, {listed} FROM {name}))"
        f" WHERE r IS NOT NULL AND (({larger}) AND rid = r + 1) IS NOT TRUE"
        f" LIMIT {_MOST_BREAKS + 1}"
    )
    return [rid for (rid,) in found]


def _larger(own: list[str], before: list[str]) -> str:
    (k, *others), (p, *rest) = own, before
    return f"{k} > {p} OR ({k} = {p} AND ({_larger(others, rest)}))" if others else f"{k} > {p}"


def _around(
    store: Store, name: str, columns: list[str], given: str, breaks: list[int]
) -> list[int] | None:
    """The rows alike one of those at the breaks, if all others are in order."""
    taken = sorted({row for at in breaks for row in (at - 1, at)})
    key = f"({', '.join(columns)})" if len(columns) > 1 else columns[0]
    listed = ", ".join(f"{column} AS k{n}" for n, column in enumerate(columns))
    own = [f"k{n}" for n in range(len(columns))]
    before = ", ".join(f"lag(k{n}) OVER (ORDER BY rid) AS p{n}" for n in range(len(columns)))
    larger = _larger(own, [f"p{n}" for n in range(len(columns))])
    # Beside every block that is taken out stand the rows that must follow each other.
    edges: list[int] = []
    for row in taken:
        edges += [row - 1, row + 1]
    out = set(taken)
    kept = sorted({row for row in edges if row >= 0} - out)
    wrong = store.rows(
        f"SELECT count(*) FROM (SELECT rid, {', '.join(own)}, {before} FROM"
        f" (SELECT rid, {listed} FROM {name}"
        " JOIN (SELECT unnest($1::BIGINT[]) AS wanted) ON rid = wanted))"
        f" WHERE p0 IS NOT NULL AND ({larger}) IS NOT TRUE",
        [kept],
    )[0][0]
    if wrong:
        return _hashed(store, name, columns, given)
    found = store.rows(
        f"WITH suspects AS (SELECT DISTINCT {key} AS k FROM {name}"
        f" JOIN (SELECT unnest($1::BIGINT[]) AS wanted) ON rid = wanted WHERE {given})"
        f" SELECT rid FROM {name} SEMI JOIN suspects ON {key} = k",
        [taken],
    )
    return [rid for (rid,) in found]


def _totals(table: StoredTable, problems: list[Problem]) -> None:
    """Tells rows whose key is the word for a total."""
    part, *others = table.plan.key
    # A key of several parts has strokes in it, which no word for a total has.
    if others or table.description[part].kind not in ("text", "one of"):
        return
    column = table.description[part].name
    signs = ", ".join(f"'{sign}'" for sign in _ENDS)
    bare = f"translate({column}, {literal(WHITE + ':：')}, '')"
    query = (
        f"SELECT rid, {column} FROM {table.sql_name}"
        f" WHERE CASE WHEN substring({column}, -1) IN ({signs}) THEN length({bare}) <= {_WIDEST}"
        " ELSE FALSE END"
    )
    totals = sorted((rid, key) for rid, key in table.store.stream(query) if is_total(key))
    tell_totals(table.plan, totals, table.cells.rows, problems)
