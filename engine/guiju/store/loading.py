"""Tables that stand in Python lists, brought into the store."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf

from guiju.dossier.model import TableData
from guiju.dossier.parquet import quoted
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.quantities import Ratio
from guiju.store.bulk import insert
from guiju.store.connection import Store
from guiju.store.description import SQL_TYPES, Description, kind_of
from guiju.store.keys import all_different
from guiju.store.table import StoredTable

_BATCH = 100_000


def stored(store: Store, plan: TablePlan, data: TableData) -> StoredTable:
    """A table that was read into Python, in the store as well. Its lists stay."""
    size = len(data)
    columns = {"rid": "BIGINT"}
    cells: list[Any] = [range(size)]
    description: dict[str, Description] = {}
    for field in plan.fields.values():
        kind = kind_of(field)
        if kind is None:
            continue
        values, described = sql_values(field, kind, data.columns[field.name])
        description[field.name] = described
        columns[described.name] = SQL_TYPES[kind]
        cells.append(values)
    name = store.fresh(plan.name)
    listed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
    store.execute(f"CREATE TABLE {name} ({listed})")
    for first in range(0, size, _BATCH):
        insert(store, name, columns, [column[first : first + _BATCH] for column in cells])
    unique = bool(plan.key) and all_different([data.columns[part] for part in plan.key])
    return StoredTable.held(store, plan, name, description, data, unique)


def sql_values(field: FieldPlan, kind: str, cells: list[Any]) -> tuple[list[Any], Description]:
    """A column as DuckDB takes it, and what is to be known of it."""
    name = quoted(field.name)
    if kind not in ("number", "integer"):
        return cells, Description(name, kind, nulls=cells.count(None))
    if Ratio in set(map(type, cells)):
        # Two ratios may be equal to 34 digits and not be the same.
        found = [(None, True) if cell is None else binary(cell) for cell in cells]
        numbers = [number for number, _ in found]
        exact = all(same for _, same in found)
    else:
        known = {cell: binary(cell) for cell in set(cells) if cell is not None}
        values = {None: None, **{cell: number for cell, (number, _) in known.items()}}
        numbers = list(map(values.__getitem__, cells))
        exact = all(same for _, same in known.values())
    given = [number for number in numbers if number is not None]
    least, largest = min(given, default=None), max(given, default=None)
    nulls = len(numbers) - len(given)
    return numbers, Description(name, kind, exact, nulls=nulls, least=least, largest=largest)


def binary(cell: Decimal) -> tuple[float, bool]:
    """A number as binary64, and whether its decimal is the shortest that names it."""
    if cell.__class__ is Ratio:
        fraction = cell.fraction
        try:
            return float(fraction), False
        except OverflowError:
            return (inf if fraction > 0 else -inf), False
    number = float(cell)
    digits = cell.as_tuple().digits
    if len(digits) <= 15 and (not cell or -290 < cell.adjusted() < 290):
        return number, True
    if number in (inf, -inf):
        return number, False
    return number, Fraction(Decimal(repr(number))) == Fraction(cell)
