"""A Parquet file as a relation of the store, read where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from guiju.dossier import limits
from guiju.dossier.files import Files
from guiju.dossier.headings import Matching
from guiju.dossier.keeping import Unkept
from guiju.dossier.on_disk import on_disk
from guiju.dossier.parquet import Physical, quoted, scan
from guiju.dossier.parquet_grid import ParquetGrid, open_parquet
from guiju.store.connection import Store
from guiju.store.statistics import Looked, looked_at


@contextmanager
def opened_parquet(files: Files, name: str) -> Iterator[ParquetGrid]:
    """The grid of a Parquet file, which is open within. Raises `Rejected`."""
    disk = on_disk(files.container, name, limits.MAX_EVIDENCE)
    try:
        grid = open_parquet(name, disk)
    except BaseException:
        disk.close()
        raise
    try:
        yield grid
    finally:
        grid.close()


def parquet_relation(
    store: Store, grid: ParquetGrid, found: Matching
) -> tuple[str, dict[int, Physical], dict[int, Looked]]:
    """The file as a relation with `rid` and the columns a table has of it, what these store, and
    what is known of their cells. A file that says of its cells what they are not is copied into
    the store, which goes by the cells. Raises Unkept for a file whose own column is in the way,
    and `Rejected`."""
    if any(name.casefold() == "file_row_number" for name in grid.names):
        raise Unkept
    size = len(grid.rows)
    path = grid.path = store.reached(grid.disk)
    selected = ["file_row_number AS rid"]
    physicals: dict[int, Physical] = {}
    for index in sorted({index for index, _ in found.columns.values()}):
        if index >= len(grid.names):  # the column `@number`
            selected.append(f"CAST(file_row_number + 1 AS VARCHAR) AS c{index}")
            physicals[index] = Physical("text", "VARCHAR")
            continue
        physical, name = grid.shape.columns[index], quoted(grid.names[index])
        if physical.kind == "text":
            name = name if physical.type == "VARCHAR" else f"CAST({name} AS VARCHAR)"
            physical = Physical("text", "VARCHAR")
        selected.append(f"{name} AS c{index}")
        physicals[index] = physical
    cut = f" WHERE file_row_number < {size}" if size < grid.shape.rows else ""
    relation = f"(SELECT {', '.join(selected)} FROM {scan(path, ', file_row_number=true')}{cut})"
    with store.honestly():
        holds, known = looked_at(store, grid, path, sorted(physicals))
        if not holds:
            copied = store.fresh("copied")
            store.execute(f"CREATE TABLE {copied} AS SELECT * FROM {relation}")
            relation = copied
    # Of a table that ends before its file does, the cells are looked at once more.
    return relation, physicals, {} if cut else known
