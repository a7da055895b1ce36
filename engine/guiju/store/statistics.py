"""What a Parquet file says of its cells, held against the cells.

Each part of a file has the smallest and the largest cell of a column written beside it, and how
many are missing. DuckDB leaves out parts by that, and even conditions. A file in which it is wrong
would have other verdicts than its cells deserve.
"""

from __future__ import annotations

from collections.abc import Sequence

from guiju.dossier.parquet import literal, quoted, scan
from guiju.dossier.parquet_grid import ParquetGrid
from guiju.store.connection import Store

_BOUNDED = ("whole", "decimal", "float32", "float64", "day", "moment", "zoned moment")


def statistics_hold(store: Store, grid: ParquetGrid, path: str, wanted: Sequence[int]) -> bool:
    """Whether what a file says of some of its columns is so. Of texts, their bounds are looked at
    for the file as a whole."""
    shape = grid.shape
    looked = [i for i in wanted if i < len(shape.names) and shape.columns[i].kind not in ("list",)]
    if not looked:
        return True
    if any(shape.leaves[index] < 0 for index in looked):
        return False
    said = store.fresh("said")
    store.execute(
        f"CREATE TABLE {said} AS SELECT row_group_id AS g, row_group_num_rows AS n, column_id AS c,"
        " stats_min_value AS least, stats_max_value AS most, stats_null_count AS nulls"
        f" FROM parquet_metadata({literal(path)})"
    )
    found = store.fresh("found")
    listed = "".join(f"{quoted(shape.names[index])} AS c{index}, " for index in looked)
    grouped = _grouped(store, said, path, listed)
    asked = ["g", "count(*) AS n"]
    outer = []
    for index in looked:
        name, column = f"c{index}", shape.columns[index]
        asked.append(f"count({name}) AS n{index}")
        leaf = f"s.c = {shape.leaves[index]}"
        outer.append(
            f"({leaf} AND (s.nulls = 0 AND f.n{index} < f.n OR s.nulls = s.n AND f.n{index} > 0))"
        )
        if column.kind in _BOUNDED:
            x = f"CASE WHEN isnan({name}) THEN NULL ELSE {name} END"
            x = x if column.kind in ("float32", "float64") else name
            asked.append(f"min({x}) AS l{index}, max({x}) AS m{index}")
            outer.append(
                f"({leaf} AND (f.l{index} < TRY_CAST(s.least AS {column.type})"
                f" OR f.m{index} > TRY_CAST(s.most AS {column.type})))"
            )
    store.execute(f"CREATE TABLE {found} AS SELECT {', '.join(asked)} FROM {grouped} GROUP BY g")
    wrong = store.rows(
        f"SELECT count(*) FROM {said} s JOIN {found} f USING (g) WHERE {' OR '.join(outer)}"
    )[0][0]
    texts = [i for i in looked if shape.columns[i].kind == "text"]
    if not wrong and texts:
        wrong = _outside(store, grid, said, path, texts)
    store.execute(f"DROP TABLE {said}; DROP TABLE {found}")
    return not wrong


def _grouped(store: Store, said: str, path: str, listed: str) -> str:
    """Some columns of the file as a relation with `g`, the part each row stands in."""
    file = scan(path, ", file_row_number=true")
    sizes = [n for (n,) in store.rows(f"SELECT DISTINCT ON (g) n FROM {said} ORDER BY g")]
    if len(set(sizes[:-1])) <= 1 and (len(sizes) < 2 or sizes[-1] <= sizes[0]):
        whole = max(sizes[0], 1) if sizes else 1
        return f"(SELECT {listed}file_row_number // {whole} AS g FROM {file})"
    starts = ", ".join(
        f"({sum(sizes[:group])}, {group})" for group in range(len(sizes)) if sizes[group]
    )
    return (
        f"(SELECT {listed}p.g AS g FROM {file} ASOF JOIN (VALUES {starts}) p(first_row, g)"
        " ON file_row_number >= p.first_row)"
    )


def _outside(store: Store, grid: ParquetGrid, said: str, path: str, texts: Sequence[int]) -> int:
    """How many texts lie outside the bounds of their column."""
    conditions: list[str] = []
    values: list[str] = []
    for index in texts:
        (least, most), *_ = store.rows(
            f"SELECT CASE WHEN count(least) = count(*) THEN min(least) END,"
            f" CASE WHEN count(most) = count(*) THEN max(most) END"
            f" FROM {said} WHERE c = {grid.shape.leaves[index]} AND nulls IS DISTINCT FROM n"
        )
        name = quoted(grid.shape.names[index])
        for sign, bound in (("<", least), (">", most)):
            if bound is not None:
                values.append(bound)
                conditions.append(f"{name} {sign} ${len(values)}")
    if not conditions:
        return 0
    asked = " OR ".join(conditions)
    found = store.rows(f"SELECT count(*) FILTER (WHERE {asked}) FROM {scan(path)}", values)
    return int(found[0][0])
