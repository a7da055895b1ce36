"""Both roads to a table, side by side: the ordinary reader, and the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from making import folder

from guiju.dossier import Dossier, TableData, open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.quantities import Ratio
from guiju.store import Store, StoredTable


def parquet(path: Path, columns: dict[str, Any], **options: Any) -> bytes:
    """The bytes of a Parquet file."""
    target = path / "made.parquet"
    pq.write_table(pa.table(columns), target, **options)
    return target.read_bytes()


def both(
    path: Path,
    pack: PackPlan,
    spec: str,
    files: dict[str, str | bytes],
    table: str,
    look: Callable[[Dossier, Dossier, Store], None] | None = None,
    **settings: Any,
) -> None:
    """Reads a dossier both ways and holds one against the other."""
    made = folder(path, f"tables: {{ {table}: {spec} }}\n", files)
    plain = read(open_dossier(made), pack)
    with Store(large_rows=-1, large_bytes=0, **settings) as store:
        kept = read(open_dossier(made), pack, store)
        told = [(p.code, p.severity, p.origin, p.message, p.mend) for p in kept.problems]
        assert told == [(p.code, p.severity, p.origin, p.message, p.mend) for p in plain.problems]
        assert kept.digest == plain.digest and kept.files == plain.files
        assert kept.tables.keys() == plain.tables.keys()
        if table in plain.tables:
            found = kept.tables[table]
            assert isinstance(found, StoredTable)
            same(store, found, plain.tables[table], pack)
        if look is not None:
            look(kept, plain, store)


def same(store: Store, kept: StoredTable, plain: TableData, pack: PackPlan) -> None:
    """Holds a stored table against the same one in lists."""
    size = len(plain)
    fields = pack.tables[plain.name].fields
    assert len(kept) == size
    # What stands in SQL.
    listed = ", ".join(["rid", *(d.name for d in kept.description.values())])
    rows = store.rows(f"SELECT {listed} FROM {kept.sql_name} ORDER BY rid")
    assert [row[0] for row in rows] == list(range(size))
    for place, (field, described) in enumerate(kept.description.items(), start=1):
        cells = [row[place] for row in rows]
        values = plain.columns[field]
        assert described.nulls == sum(value is None for value in values), field
        if described.kind not in ("number", "integer"):
            assert cells == values, field
            continue
        ratio = Fraction(described.numerator, described.denominator)
        wanted = [None if value is None else _exact(value) / ratio for value in values]
        assert cells == [None if value is None else _float(value) for value in wanted], field
        known = [cell for cell in cells if cell is not None]
        assert (described.least, described.largest) == (
            min(known, default=None),
            max(known, default=None),
        )
        if described.exact15:
            for cell, value in zip(cells, wanted, strict=True):
                assert cell is None or Fraction(Decimal(repr(cell))) == value, field
    # What is exact.
    some = [row for row in range(size) if row % 2 == 0][::-1]
    part = kept.rows(some)
    assert part.keys == [plain.keys[row] for row in some]
    assert kept.keys_of(some) == part.keys
    for field in fields:
        assert alike(part.columns[field], [plain.columns[field][row] for row in some])
        for place, row in enumerate(some):
            assert part.place(place, field) == plain.place(row, field)
        if size:
            assert kept.place(0, field) == plain.place(0, field)
    assert {f: alike(kept.columns[f], plain.columns[f]) for f in fields} == dict.fromkeys(
        fields, True
    )
    assert list(kept.keys) == plain.keys
    if kept.unique:
        assert len(set(plain.keys)) == size


def alike(one: list[Any], other: list[Any]) -> bool:
    """Whether values are the same to the last digit, not only equal."""
    return [(type(v), str(v)) for v in one] == [(type(v), str(v)) for v in other]


def _exact(value: Decimal) -> Fraction:
    return value.fraction if isinstance(value, Ratio) else Fraction(value)


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


__all__ = ["alike", "both", "date", "parquet", "same"]
