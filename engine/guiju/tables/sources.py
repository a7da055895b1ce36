"""Where the tables of a dossier stand for queries: a relation, and its rows as Python values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from guiju.dossier.model import Given, TableData
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, Type, YesNoType
from guiju.quantities import Ratio
from guiju.record import Record
from guiju.sieve.lower import Column
from guiju.store import StoredTable
from guiju.tables.query import Relation
from guiju.tables.sql import name
from guiju.verdicts import Origin

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Source(Record):
    """A table as a query reads it, what its columns are, and some of its rows in their order as
    the reference evaluator reads them: the cells of some fields at least, None for all."""

    relation: Relation
    columns: dict[str, Column]
    rows: Callable[[list[int], Collection[str] | None], TableData]


class FactsSource(Record):
    """The facts of many dossiers, a row for each, and those of some of them in Python."""

    relation: Relation
    columns: dict[str, Column]
    facts: Callable[[list[int]], list[dict[tuple[str, str], Given]]]


KINDS: dict[type, tuple[str, str]] = {
    NumberType: ("number", "DOUBLE"),
    TextType: ("text", "VARCHAR"),
    OneOfType: ("text", "VARCHAR"),
    DateType: ("date", "DATE"),
    YesNoType: ("truth", "BOOLEAN"),
}
"""What a column of a type is for a sieve, and for DuckDB; other types stay in Python."""


def column_of(field: str) -> str:
    """The column of a field: no name of ours, such as `rid`, is one of theirs."""
    return name(f"cell {field}")


def ranged(sql: str, field: FieldPlan, literal: Callable[[Any], str]) -> str:
    """A column without what lies outside the declared range. `literal` says a constant."""
    limits = []
    for sign, end in ((">=", field.low), ("<=", field.high)):
        if isinstance(end, Decimal):
            limits.append(f"{sql} {sign} {literal(float(end))}")
        elif isinstance(end, date):
            limits.append(f"{sql} {sign} {literal(end)}")
    return f"CASE WHEN {' AND '.join(limits)} THEN {sql} END" if limits else sql


def table_data(
    plan: TablePlan,
    fields: Sequence[str],
    cells: Sequence[Sequence[Any]],
    numbers: Sequence[int],
    file: str,
) -> TableData:
    """Rows of a file as the reference evaluator reads them: the cells of some fields, and the
    number each row has in the file, from 0."""
    columns: dict[str, list[Any]] = {}
    for field, column in zip(fields, zip(*cells, strict=True), strict=bool(cells)):
        values = {cell: value_of(cell) for cell in set(column)}
        columns[field] = [values[cell] for cell in column]
    for field in plan.fields:
        columns.setdefault(field, [None] * len(numbers))
    texts = []
    for part in plan.key:
        said = {value: "?" if value is None else str(value) for value in set(columns[part])}
        texts.append([said[value] for value in columns[part]])
    keys = list(map("/".join, zip(*texts, strict=True))) or [str(row + 1) for row in numbers]
    return TableData(
        plan.name,
        columns,
        keys,
        lambda row, field: Origin(file, f"{numbers[row] + 1}:{field}"),
    )


def value_of(cell: Any) -> Any:
    """A cell of a query as the reference evaluator has it."""
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return Decimal(int(cell)) if whole else Decimal(repr(cell))
    return cell


def loaded(connection: DuckDBPyConnection, plan: TablePlan, data: TableData, table: str) -> Source:
    """A table that was read into Python, loaded into the temporary table `table`."""
    rows = len(data)
    columns: dict[str, Column] = {}
    names: dict[str, str] = {}
    selected = ["unnest(range($rows)) AS rid"]
    values: dict[str, Any] = {"rows": rows}
    for number, field in enumerate(plan.fields.values()):
        kind = KINDS.get(field.type.__class__)
        if kind is None:
            continue
        cells, exactly = _cells(data.columns[field.name], field.type)
        values[f"c{number}"] = cells
        names[field.name] = column_of(field.name)
        selected.append(f"unnest($c{number}::{kind[1]}[]) AS {names[field.name]}")
        columns[field.name] = Column(kind[0], exactly)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {', '.join(selected)}", values
    )
    keys = list(zip(*(data.columns[part] for part in plan.key), strict=True))
    relation = Relation(table, names, rows, plan.key, len(set(keys)) == len(keys))
    return Source(relation, columns, lambda wanted, fields: taken(data, wanted, fields))


_STORED = {
    "number": "number",
    "integer": "number",
    "text": "text",
    "one of": "text",
    "date": "date",
    "yes/no": "truth",
}


def stored_source(table: StoredTable) -> Source:
    """A table that a store keeps."""
    columns = {
        field: Column(_STORED[one.kind], one.exact15, Fraction(one.numerator, one.denominator))
        for field, one in table.description.items()
    }
    names = {field: one.name for field, one in table.description.items()}
    relation = Relation(table.sql_name, names, len(table), table.plan.key, table.unique)
    return Source(relation, columns, table.rows)


def _cells(cells: list[Any], type_: Type) -> tuple[list[Any], bool]:
    """The cells as DuckDB takes them, and whether binary64 stands for each decimal exactly."""
    if not isinstance(type_, NumberType):
        return cells, True
    # Most columns have few values that differ, and only these need be looked at.
    floats: dict[Any, float | None] = {
        cell: None if cell is None else float(cell) for cell in set(cells)
    }
    exactly = all(cell is None or (cell.__class__ is not Ratio and _short(cell)) for cell in floats)
    return [floats[cell] for cell in cells], exactly


def _short(cell: Decimal) -> bool:
    """Whether a decimal has at most 15 digits, and lies where binary64 has all of its own."""
    digits = cell.as_tuple().digits
    return len(digits) <= 15 and (not cell or -290 < cell.adjusted() < 290)


def taken(data: TableData, wanted: list[int], fields: Collection[str] | None) -> TableData:
    """Some rows of a table, with the keys and places they have in the whole of it, and the cells
    of some fields; None for all."""
    place = data.place
    columns: dict[str, list[Any]] = {}
    for field, cells in data.columns.items():
        read = fields is None or field in fields
        columns[field] = [cells[row] for row in wanted] if read else [None] * len(wanted)
    return TableData(
        data.name,
        columns,
        [data.keys[row] for row in wanted],
        lambda row, field: place(wanted[row], field),
    )
