"""A Parquet file as a relation of the store, read where it stands."""

from __future__ import annotations

from guiju.dossier import limits
from guiju.dossier.headings import Matching
from guiju.dossier.keeping import Unkept
from guiju.dossier.parquet import Physical, quoted, scan
from guiju.dossier.parquet_grid import ParquetGrid
from guiju.dossier.problems import Rejected
from guiju.store.connection import Store
from guiju.store.statistics import statistics_hold


def parquet_relation(
    store: Store, grid: ParquetGrid, found: Matching
) -> tuple[str, dict[int, Physical]]:
    """The file as a relation with `rid` and the columns a table has of it. A file that says of
    its cells what they are not is copied into the store, which goes by the cells. Raises Unkept
    for a file whose own column is in the way."""
    if any(name.casefold() == "file_row_number" for name in grid.names):
        raise Unkept
    size = len(grid.rows)
    path = grid.path = store.reached(grid.disk)
    selected = ["file_row_number AS rid"]
    physicals: dict[int, Physical] = {}
    longest: list[str] = []
    for index in sorted({index for index, _ in found.columns.values()}):
        if index >= len(grid.names):  # the column `@number`
            selected.append(f"CAST(file_row_number + 1 AS VARCHAR) AS c{index}")
            physicals[index] = Physical("text", "VARCHAR")
            continue
        physical, name = grid.shape.columns[index], quoted(grid.names[index])
        if physical.kind == "text":
            name = name if physical.type == "VARCHAR" else f"CAST({name} AS VARCHAR)"
            physical = Physical("text", "VARCHAR")
            longest.append(f"coalesce(max(strlen({name})), 0)")
        selected.append(f"{name} AS c{index}")
        physicals[index] = physical
    cut = f" WHERE file_row_number < {size}" if size < grid.shape.rows else ""
    file = scan(path, ", file_row_number=true")
    if longest:
        with store.honestly():
            (lengths,) = store.rows(f"SELECT {', '.join(longest)} FROM {file}")
        if max(lengths) > limits.MAX_FIELD:
            raise Rejected("parquet-field-too-large", most=limits.MAX_FIELD)
    relation = f"(SELECT {', '.join(selected)} FROM {file}{cut})"
    with store.honestly():
        if not statistics_hold(store, grid, path, sorted(physicals)):
            copied = store.fresh("copied")
            store.execute(f"CREATE TABLE {copied} AS SELECT * FROM {relation}")
            relation = copied
    return relation, physicals
