"""Parquet files as tables of the vocabulary, read where they lie.

A column is found by the name, alias or label of its field, as in any other table. A number of
binary64 stands for the shortest decimal that names it; columns of 32-bit numbers are not read here,
since DuckDB does not name the shortest of those. One that is no number (NaN), infinite, or
outside the declared range of its field is missing, as the ordinary reader has it.
"""

from __future__ import annotations

from collections.abc import Collection
from math import inf, isfinite, nextafter
from pathlib import Path

from guiju.dossier.model import Given, TableData
from guiju.dossier.naming import Names
from guiju.dossier.problems import problem
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import FieldPlan, GroupPlan, TablePlan
from guiju.plan.types import OneOfType
from guiju.sieve.lower import Column
from guiju.tables.query import Relation
from guiju.tables.sources import (
    KINDS,
    FactsSource,
    Source,
    column_of,
    ranged,
    table_data,
    value_of,
)
from guiju.tables.sql import literal, name, text_literal
from guiju.verdicts import Origin

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NARROW = ("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER")
_EXACT = ("DOUBLE", *_NARROW)
_WIDE = ("BIGINT", "UBIGINT", "HUGEINT", "UHUGEINT")
_WHOLE = 2.0**53  # up to which binary64 holds every whole number


class UnfitColumn(ValueError):
    """A column of a file is of a type that its field cannot be read from, or is `lacking`."""

    lacking = False

    def __init__(self, file: Path, column: str, found: str, wanted: str) -> None:
        super().__init__(f"{file.name}: {column}: {found}, {wanted}")
        self.file, self.column, self.found, self.wanted = file, column, found, wanted
        code = "column-missing" if found == "–" else "unfit-column"
        told = {"column": column, "found": found, "wanted": wanted}
        self.problem = problem(code, "error", Origin(file.name, ""), **told)


def parquet_source(
    connection: DuckDBPyConnection, plan: TablePlan, file: Path, view: str, *, joined: bool = True
) -> Source:
    """A table that stands in a Parquet file, as the view `view`. `joined`: other rows find its
    rows by their key. Raises UnfitColumn."""
    columns, relation = _viewed(connection, plan.fields, file, view)
    unique = joined and _unique(connection, plan, view)
    relation = relation._replace(key=plan.key, unique=unique)

    def some(wanted: list[int], fields: Collection[str] | None) -> TableData:
        return _rows(connection, plan, view, file, wanted, fields)

    return Source(relation, columns, some)


def facts_source(
    connection: DuckDBPyConnection, plan: GroupPlan, file: Path, view: str
) -> FactsSource:
    """The facts of many dossiers in a Parquet file, a row for each. Raises UnfitColumn."""
    columns, relation = _viewed(connection, plan.fields, file, view)
    names = relation.columns
    known = list(names)

    def facts(rows: list[int]) -> list[dict[tuple[str, str], Given]]:
        listed = ", ".join(names[field] for field in known)
        found = connection.execute(
            f"SELECT rid, {listed} FROM {view} WHERE rid IN (SELECT unnest($rows))",
            {"rows": rows},
        ).fetchall()
        cells = {row[0]: row[1:] for row in found}
        return [
            {
                (plan.name, field): Given(value_of(cell), Origin(file.name, str(row + 1)))
                for field, cell in zip(known, cells[row], strict=True)
                if cell is not None
            }
            for row in rows
        ]

    relation = relation._replace(
        columns={f"{plan.name}.{field}": sql for field, sql in names.items()},
        ends={f"{plan.name}.{field}": pair for field, pair in relation.ends.items()},
        whole={},
    )
    return FactsSource(relation, columns, facts)


def _viewed(
    connection: DuckDBPyConnection, plans: dict[str, FieldPlan], file: Path, view: str
) -> tuple[dict[str, Column], Relation]:
    """Makes a view of the columns that fields are read from, and of those of whole numbers as
    they are; finds between which ends numbers lie."""
    read = f"read_parquet({text_literal(str(file))}, file_row_number=true)"
    described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
    fields: Names[FieldPlan] = Names(plans)
    selected = ["file_row_number AS rid"]
    columns: dict[str, Column] = {}
    names: dict[str, str] = {}
    ends: dict[str, tuple[float, float]] = {}
    whole: dict[str, tuple[str, str]] = {}
    known = _ends(connection, file)
    texts = [c for c, t, *_ in described if str(t) == "VARCHAR" and fields.find(c) is not None]
    trimmed = _trimmed(connection, read, texts)
    for column, type_, *_ in described:
        field = fields.find(column)
        kind = None if field is None else KINDS.get(field.type.__class__)
        if field is None or kind is None or field.name in names or column == "file_row_number":
            continue
        sql, exactly = _typed(name(column), str(type_), field, kind, file, column in trimmed)
        names[field.name] = column_of(field.name)
        selected.append(f"{sql} AS {names[field.name]}")
        if str(type_) in _WIDE and max(map(abs, known.get(column, (inf,)))) <= _WHOLE:
            exactly = True
        columns[field.name] = Column(kind[0], exactly)
        if exactly and str(type_) in (*_NARROW, *_WIDE):
            whole[field.name] = name(f"whole {field.name}"), str(type_)
            selected.append(f"{name(column)} AS {whole[field.name][0]}")
        if kind[0] == "number" and column in known:
            ends[field.name] = known[column]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT {', '.join(selected)} FROM {read}"
    )
    for field in plans.values():
        if field.name not in names and field.type.__class__ in KINDS:
            unfit = UnfitColumn(file, field.name, "–", field.name)
            unfit.lacking = True
            raise unfit
    found = connection.execute(f"SELECT count(*) FROM {read}").fetchone()
    assert found is not None
    return columns, Relation(view, names, found[0], ends=ends, whole=whole)


def _ends(connection: DuckDBPyConnection, file: Path) -> dict[str, tuple[float, float]]:
    """The least and the greatest number of each column, where all row groups of a file say so
    and they are finite."""
    found = connection.execute(
        "SELECT path_in_schema, min(low), max(high), bool_and(low + high IS NOT NULL)"
        " FROM (SELECT path_in_schema, try_cast(stats_min_value AS DOUBLE) AS low,"
        " try_cast(stats_max_value AS DOUBLE) AS high"
        f" FROM parquet_metadata({text_literal(str(file))})) GROUP BY path_in_schema"
    ).fetchall()
    # A decimal of more digits is rounded to either side.
    return {
        column: (nextafter(low, -inf), nextafter(high, inf))
        for column, low, high, said in found
        if said and isfinite(low) and isfinite(high)
    }


def _trimmed(connection: DuckDBPyConnection, read: str, texts: list[str]) -> set[str]:
    """The columns of texts without an empty cell and without blanks at an end. They are looked
    at once, since every query would trim them again."""
    if not texts:
        return set()
    asked = ", ".join(f"bool_and({one} = trim({one}) AND {one} <> '')" for one in map(name, texts))
    found = connection.execute(f"SELECT {asked} FROM {read}").fetchone()
    assert found is not None
    return {text for text, whole in zip(texts, found, strict=True) if whole is not False}


def _typed(
    column: str, found: str, field: FieldPlan, kind: tuple[str, str], file: Path, trimmed: bool
) -> tuple[str, bool]:
    """A column as the sieve reads it, and whether equal numbers mean equal decimals."""
    wanted, sql_type = kind
    exactly = True
    fits = {"text": "VARCHAR", "date": "DATE", "truth": "BOOLEAN"}
    match wanted:
        case "number" if found in _EXACT:
            sql = f"CAST({column} AS DOUBLE)"
            if found == "DOUBLE":
                sql = f"CASE WHEN isfinite({column}) THEN {sql} END"
        case "number" if found in _WIDE or found.startswith("DECIMAL"):
            exactly = False
            sql = f"CAST({column} AS DOUBLE)"
        case "text" if found == "VARCHAR":
            sql = column if trimmed else f"nullif(trim({column}), '')"
            if isinstance(field.type, OneOfType):
                listed = ", ".join(map(text_literal, field.type.options))
                sql = f"CASE WHEN {sql} IN ({listed}) THEN {sql} END"
        case _ if fits.get(wanted) == found:
            sql = column
        case _:
            raise UnfitColumn(file, field.name, found, sql_type)
    return ranged(sql, field, literal), exactly


def _unique(connection: DuckDBPyConnection, plan: TablePlan, view: str) -> bool:
    """Whether no two rows of a table that may be joined have the same key. Of a large table the
    order of its keys tells; one that is in no order is taken to have some."""
    from guiju.tables.uniqueness import suspects

    return (
        bool(plan.key) and suspects(connection, view, [column_of(part) for part in plan.key]) == []
    )


def _rows(
    connection: DuckDBPyConnection,
    plan: TablePlan,
    view: str,
    file: Path,
    wanted: list[int],
    fields: Collection[str] | None,
) -> TableData:
    """Rows of the file as the reference evaluator reads them: their keys, and the cells of
    `fields`; None for all."""
    known = [
        field.name
        for field in plan.fields.values()
        if field.type.__class__ in KINDS
        and (fields is None or field.name in fields or field.name in plan.key)
    ]
    cells: list[tuple[Any, ...]] = []
    if wanted:
        listed = ", ".join(map(column_of, known))
        found = connection.execute(
            f"SELECT rid, {listed} FROM {view} WHERE rid IN (SELECT unnest($rows))",
            {"rows": wanted},
        ).fetchall()
        by_row = {row[0]: row[1:] for row in found}
        cells = [by_row[row] for row in wanted]
    return table_data(plan, known, cells, wanted, file.name)
