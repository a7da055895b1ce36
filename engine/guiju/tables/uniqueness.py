"""How often the values of a row's columns stand in its table, where that is more than once.

Grouping ten million rows to find a few hundred that are not alone costs as much as all other
rules together. Tables are mostly kept in the order of their keys, so the order is looked at
first: rows that are larger than the one before them, all along, are each alone. Where the order
breaks, the rows on both sides of the break are taken out; if what is left is in order, only the
rows taken out can stand with others, and only they are looked for.
"""

from __future__ import annotations

from guiju.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_BREAKS = 20_000
"""Breaks beyond which a table is in no order, and is grouped."""


def repeated(connection: DuckDBPyConnection, source: str, columns: list[str], table: str) -> None:
    """Makes the temporary table `table (rid, n)` of the rows of `source` whose columns stand in
    `n` rows, more than one. Rows where one of them is NULL are left out."""
    odd = suspects(connection, source, columns)
    keys = ", ".join(columns)
    whole = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    if odd is None:
        counted = (
            f"(SELECT {keys}, count(*) AS n FROM {source}"
            f" WHERE {whole} GROUP BY {keys} HAVING n > 1)"
        )
        on = " AND ".join(f"s.{column} = c.{column}" for column in columns)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS"
            f" SELECT s.rid, c.n FROM {source} s JOIN {counted} c ON {on}"
        )
        return
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} (rid BIGINT, n BIGINT)")
    if not odd:
        return
    on = " AND ".join(f"s.{column} = k.{column}" for column in columns)
    among = (
        f"(SELECT DISTINCT {keys} FROM {source}"
        f" WHERE rid IN (SELECT unnest($suspects)) AND {whole})"
    )
    connection.execute(
        f"INSERT INTO {table} SELECT rid, n FROM (SELECT s.rid,"
        f" count(*) OVER (PARTITION BY {', '.join('s.' + column for column in columns)}) AS n"
        f" FROM {source} s JOIN {among} k ON {on}) WHERE n > 1",
        {"suspects": odd},
    )


def suspects(connection: DuckDBPyConnection, source: str, columns: list[str]) -> list[int] | None:
    """The rows that may not stand alone; None where the table is in no order."""
    before = ", ".join(f"lag({column}) OVER () AS p{n}" for n, column in enumerate(columns))
    larger = _larger([f"{column}" for column in columns], [f"p{n}" for n in range(len(columns))])
    # Whether the rows came in their own order is looked at as well.
    breaks = connection.execute(
        f"SELECT rid FROM (SELECT rid, lag(rid) OVER () AS r, {', '.join(columns)}, {before}"
        f" FROM {source}) WHERE r IS NOT NULL AND ({larger} AND rid = r + 1) IS NOT TRUE"
        f" LIMIT {_MOST_BREAKS + 1}"
    ).fetchall()
    if len(breaks) > _MOST_BREAKS:
        return None
    taken = sorted({row for (at,) in breaks for row in (at - 1, at)})
    if not taken:
        return []
    beside = _beside(taken)
    wanted = sorted({row for pair in beside for row in pair})
    found = connection.execute(
        f"SELECT rid, {', '.join(columns)} FROM {source} WHERE rid IN (SELECT unnest($wanted))",
        {"wanted": wanted},
    ).fetchall()
    values: dict[int, tuple[Any, ...]] = {row[0]: row[1:] for row in found}
    for below, above in beside:
        if below not in values or above not in values:
            continue  # the block is at an end of the table
        one, other = values[below], values[above]
        if None in one or None in other or not one < other:
            return None
    return taken


def _beside(taken: list[int]) -> list[tuple[int, int]]:
    """The rows before and after each block of neighbouring rows."""
    found: list[tuple[int, int]] = []
    first = last = taken[0]
    for row in [*taken[1:], -1]:
        if row == last + 1:
            last = row
            continue
        found.append((first - 1, last + 1))
        first = last = row
    return found


def _larger(columns: list[str], before: list[str]) -> str:
    """Whether a row's columns are larger than those before, compared one after the other."""
    (own, *others), (its, *rest) = columns, before
    larger = f"{own} > {its}"
    return f"({larger} OR ({own} = {its} AND {_larger(others, rest)}))" if others else larger
