"""What a Parquet file says of its cells, held against the cells.

Each part of a file has the smallest and the largest cell of a column written beside it, and how
many are missing. DuckDB leaves out parts by that, and even conditions: one that asks for NaN is
never true for it, since NaN is in no bounds. A file in which it is wrong would have other verdicts
than its cells deserve. The pass over the file that finds out also tells what our own look at the
cells needs to know of them, so that most columns are gone through once.
"""

from __future__ import annotations

from collections.abc import Sequence

from guiju.dossier import limits
from guiju.dossier.parquet import literal, quoted, scan
from guiju.dossier.parquet_grid import ParquetGrid
from guiju.dossier.problems import Rejected
from guiju.record import Record
from guiju.store.connection import Store

_BOUNDED = ("whole", "decimal", "float32", "float64", "day", "moment", "zoned moment")
_LIGHT = 3
"""Bytes a text takes in a file, below which the same texts must stand there again and again."""


class Looked(Record):
    """What is known of the cells of a column: how many there are, and the texts of the smallest
    and the largest; or `texts`, a table `(x, n)` of each text and how often it stands there."""

    cells: int = 0
    least: str | None = None
    most: str | None = None
    texts: str | None = None


def looked_at(
    store: Store, grid: ParquetGrid, path: str, wanted: Sequence[int]
) -> tuple[bool, dict[int, Looked]]:
    """Whether what a file says of some of its columns is so, and what is known of their cells. Of
    texts, the bounds are looked at for the file as a whole. Raises `Rejected`
    `parquet-field-too-large`."""
    shape = grid.shape
    wanted = [index for index in wanted if index < len(shape.names)]
    said = store.fresh("said")
    store.execute(
        f"CREATE TABLE {said} AS SELECT row_group_id AS g, row_group_num_rows AS n, column_id AS c,"
        " stats_min_value AS least, stats_max_value AS most, stats_null_count AS nulls,"
        " total_uncompressed_size AS size, num_values AS cells"
        f" FROM parquet_metadata({literal(path)})"
    )
    holds = all(shape.leaves[index] >= 0 for index in wanted)
    texts = [index for index in wanted if shape.columns[index].kind == "text"]
    others = [index for index in wanted if shape.columns[index].kind not in ("text", "list")]
    known: dict[int, Looked] = {}
    if others:
        true, found = _bounds(store, grid, said, path, others)
        holds, known = holds and true, found
    for index in texts:
        size = store.rows(
            f"SELECT coalesce(sum(size), 0) / greatest(coalesce(sum(cells), 0), 1) FROM {said}"
            f" WHERE c = {shape.leaves[index]}"
        )[0][0]
        if size < _LIGHT:
            known[index] = Looked(texts=_texts(store, grid, path, index))
        holds = _held(store, grid, said, path, index, known.get(index)) and holds
    store.execute(f"DROP TABLE {said}")
    return holds, known


def _bounds(
    store: Store, grid: ParquetGrid, said: str, path: str, wanted: Sequence[int]
) -> tuple[bool, dict[int, Looked]]:
    """The bounds of columns that are no texts, in each part and as a whole."""
    shape = grid.shape
    found = store.fresh("found")
    asked, wrong, whole = ["g", "count(*) AS n"], [], []
    for index in wanted:
        column, leaf = shape.columns[index], f"s.c = {shape.leaves[index]}"
        asked.append(f"count(c{index}) AS n{index}")
        wrong.append(
            f"({leaf} AND (s.nulls = 0 AND f.n{index} < f.n OR s.nulls = s.n AND f.n{index} > 0))"
        )
        whole.append(f"coalesce(sum(n{index}), 0)")
        if column.kind not in _BOUNDED:
            whole += ["NULL", "NULL"]
            continue
        # NaN is larger than all others here, and so never within what a file says.
        asked.append(f"min(c{index}) AS l{index}, max(c{index}) AS m{index}")
        wrong.append(
            f"({leaf} AND (f.l{index} < TRY_CAST(s.least AS {column.type})"
            f" OR f.m{index} > TRY_CAST(s.most AS {column.type})))"
        )
        whole += [f"CAST(min(l{index}) AS VARCHAR)", f"CAST(max(m{index}) AS VARCHAR)"]
    listed = "".join(f"{quoted(shape.names[index])} AS c{index}, " for index in wanted)
    store.execute(
        f"CREATE TABLE {found} AS SELECT {', '.join(asked)}"
        f" FROM {_grouped(store, said, path, listed)} GROUP BY g"
    )
    ((count,),) = store.rows(
        f"SELECT count(*) FROM {said} s JOIN {found} f USING (g) WHERE {' OR '.join(wrong)}"
    )
    (row,) = store.rows(f"SELECT {', '.join(whole)} FROM {found}")
    store.execute(f"DROP TABLE {found}")
    known = {
        index: Looked(int(row[3 * at]), row[3 * at + 1], row[3 * at + 2])
        for at, index in enumerate(wanted)
    }
    return not count, known


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


def _texts(store: Store, grid: ParquetGrid, path: str, index: int) -> str:
    """The table of the texts of a column, each once."""
    table = store.fresh("texts")
    store.execute(
        f"CREATE TABLE {table} AS SELECT {quoted(grid.shape.names[index])} AS x, count(*) AS n"
        f" FROM {scan(path)} GROUP BY 1"
    )
    return table


def _held(
    store: Store, grid: ParquetGrid, said: str, path: str, index: int, known: Looked | None
) -> bool:
    """Whether the texts of a column lie within what the file says; also looks at how long they
    are."""
    ((least, most, some),) = store.rows(
        "SELECT CASE WHEN count(least) = count(*) THEN min(least) END,"
        " CASE WHEN count(most) = count(*) THEN max(most) END,"
        " CASE WHEN count(nulls) = count(*) THEN coalesce(sum(n - nulls), 0) ELSE -1 END"
        f" FROM {said} WHERE c = {grid.shape.leaves[index]} AND nulls IS DISTINCT FROM n"
    )
    x, source, n = quoted(grid.shape.names[index]), scan(path), "1"
    if known is not None and known.texts is not None:
        x, source, n = "x", known.texts, "n"
    values = [bound for bound in (least, most) if bound is not None]
    outside = []
    if least is not None:
        outside.append(f"{x} < $1")
    if most is not None:
        outside.append(f"{x} > ${len(values)}")
    beyond = f"count(*) FILTER (WHERE {' OR '.join(outside)})" if outside else "0"
    longest = f"max(CASE WHEN strlen({x}) > {limits.MAX_FIELD} THEN length({x}) ELSE 0 END)"
    ((count, wrong, long),) = store.rows(
        f"SELECT coalesce(sum({n}) FILTER (WHERE {x} IS NOT NULL), 0), {beyond},"
        f" coalesce({longest}, 0) FROM {source}",
        values or None,
    )
    if long > limits.MAX_FIELD:
        raise Rejected("parquet-field-too-large", most=limits.MAX_FIELD)
    # Parts that are said to hold nothing are left out here; the others must hold all there is.
    return not wrong and (some < 0 or count == some)
