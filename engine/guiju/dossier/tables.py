"""Raw columns to a table of the vocabulary: typed columns, keys and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from re import fullmatch

from guiju.dossier import limits
from guiju.dossier.footer import is_total
from guiju.dossier.lens import Lens
from guiju.dossier.model import TableData
from guiju.dossier.problems import Rejected, called, problem, shown
from guiju.dossier.values import as_read, reader_for
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.plan.types import (
    DateType,
    DocumentType,
    ListType,
    NumberType,
    OneOfType,
    TextType,
)
from guiju.quantities import Unit
from guiju.record import Record
from guiju.verdicts import Origin, Problem

_DECIMALS = r"(?:(?:-?[0-9]{1,40}(?:\.[0-9]{1,40})?)?\n)*+"
_INTEGERS = r"(?:(?:-?[0-9]{1,40})?\n)*+"
_DATES = r"(?:(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?\n)*+"


class Column(Record):
    """The raw cells of a field, and how to look at them. `cells` None: there are none."""

    cells: Sequence[Any] | None
    lens: Lens = Lens()


class Rows(Record):
    """Raw columns by field name. `base(row, field)` is a place; `name(row)` what a person
    calls the row, such as its line; `broken` rows have been reported already."""

    size: int
    columns: dict[str, Column]
    base: Callable[[int, str], Origin]
    name: Callable[[int], str]
    broken: frozenset[int] = frozenset()


def build(plan: TablePlan, rows: Rows, problems: list[Problem]) -> TableData:
    """The table of the rows. Cells that cannot be read are None and reported, and so are
    keys that are missing or given twice."""
    columns: dict[str, list[Any]] = {}
    for field in plan.fields.values():
        column = rows.columns.get(field.name)
        if column is None or column.cells is None:
            columns[field.name] = [None] * rows.size
        elif isinstance(field.type, DocumentType):
            # What evidence has these ids is told when all of it has been read.
            ids = field._replace(type=ListType(TextType()))
            columns[field.name] = _typed(plan, ids, column, rows, problems)
        else:
            columns[field.name] = _typed(plan, field, column, rows, problems)
    keys = _keys(plan, columns, rows, problems)
    return TableData(plan.name, columns, keys, _places(plan, rows, columns))


def _places(
    plan: TablePlan, rows: Rows, columns: dict[str, list[Any]]
) -> Callable[[int, str], Origin]:
    def place(row: int, field: str) -> Origin:
        origin = rows.base(row, field)
        column = rows.columns.get(field)
        if column is not None and column.cells is not None and origin.raw is None:
            unit = column.lens.unit
            type_ = plan.fields[field].type
            origin.raw = as_read(column.cells[row], columns[field][row], type_, unit)
        return origin

    return place


def _typed(
    plan: TablePlan, field: FieldPlan, column: Column, rows: Rows, problems: list[Problem]
) -> list[Any]:
    cells = column.cells
    assert cells is not None
    if column.lens.clear:
        quick = _whole_column(field, cells, column.lens.unit)
        if quick is not None:
            return quick
    return _cell_by_cell(plan, field, column, rows, problems)


def _whole_column(field: FieldPlan, cells: Sequence[Any], unit: Unit | None) -> list[Any] | None:
    """The values of a column whose every cell is written plainly, None if any is not.

    One regular expression looks at all cells at once; it is what makes tables of
    thousands of rows quick to read.
    """
    type_ = field.type
    try:
        if isinstance(type_, TextType):
            return [cell.strip() or None if cell else None for cell in cells]
        if isinstance(type_, NumberType):
            if unit is not None and unit != type_.unit:
                return None
            whole = "\n".join([cell or "" for cell in cells]) + "\n"
            if not fullmatch(_INTEGERS if type_.integer else _DECIMALS, whole):
                return None
            values: list[Any] = [Decimal(cell) if cell else None for cell in cells]
        elif isinstance(type_, DateType):
            whole = "\n".join([cell or "" for cell in cells]) + "\n"
            if not fullmatch(_DATES, whole):
                return None
            values = [date.fromisoformat(cell) if cell else None for cell in cells]
        elif isinstance(type_, OneOfType):
            if not {cell for cell in cells if cell}.issubset(type_.options):
                return None
            values = [cell or None for cell in cells]
        else:
            return None
    except (TypeError, ValueError, AttributeError, InvalidOperation):
        return None
    if field.low is not None or field.high is not None:
        known = [value for value in values if value is not None]
        if known and (
            (field.low is not None and min(known) < field.low)
            or (field.high is not None and max(known) > field.high)
        ):
            return None
    return values


def _cell_by_cell(
    plan: TablePlan, field: FieldPlan, column: Column, rows: Rows, problems: list[Problem]
) -> list[Any]:
    read = reader_for(field, column.lens.unit)
    see = None if column.lens.clear else column.lens.see
    seen: dict[Any, Any] = {}
    told: Counter[str] = Counter()
    values: list[Any] = []
    cells = column.cells or ()
    for row, cell in enumerate(cells):
        value: Any
        hashable = isinstance(cell, str)
        if hashable and cell in seen:
            value = seen[cell]
        else:
            try:
                value = read(cell if see is None else see(cell))
            except Rejected as rejected:
                value = rejected
            if hashable:
                seen[cell] = value
        if isinstance(value, Rejected):
            told[value.code] += 1
            if told[value.code] <= limits.MAX_ALIKE:
                problems.append(_cell_problem(plan, field, value, rows.base(row, field.name)))
            value = None
        values.append(value)
    for code, count in told.items():
        if count > limits.MAX_ALIKE:
            more = count - limits.MAX_ALIKE
            place = Origin(rows.base(0, field.name).file, f"{plan.name}.{field.name}")
            problems.append(
                problem("more-alike", "error", place, count=more, kind=code, label=field.label)
            )
    return values


def _cell_problem(plan: TablePlan, field: FieldPlan, rejected: Rejected, origin: Origin) -> Problem:
    name = f"{plan.name}.{field.name}"
    return problem(rejected.code, "error", origin, name=name, label=field.label, **rejected.values)


def _keys(
    plan: TablePlan, columns: dict[str, list[Any]], rows: Rows, problems: list[Problem]
) -> list[str]:
    lacking = [part for part in plan.key if part not in rows.columns]
    if lacking and rows.size:
        origin = rows.base(-1, plan.key[0])
        problems.append(
            problem(
                "table-without-key",
                "error",
                origin,
                table=called(plan),
                label=plan.label,
                key=", ".join(_forms(plan.fields[part]) for part in lacking if part in plan.fields),
            )
        )
        return [f"#{rows.name(row)}" for row in range(rows.size)]
    parts = [columns[part] for part in plan.key if part in columns]
    if len(parts) == 1:
        keys = [None if value is None else key_text(value) for value in parts[0]]
    else:
        keys = [
            None if None in values else "/".join(map(key_text, values))
            for values in zip(*parts, strict=True)
        ]
    known = [key for key in keys if key is not None]
    if len(known) == len(keys) and len(set(keys)) == len(keys):
        _totals(keys, rows, plan, problems)
        return known
    first: dict[str, int] = {}
    final: list[str] = []
    for row, key in enumerate(keys):
        if key is None:
            final.append(f"#{rows.name(row)}")
            if row not in rows.broken:
                origin = rows.base(row, plan.key[0])
                problems.append(
                    problem("key-missing", "error", origin, table=called(plan), row=rows.name(row))
                )
        elif key in first:
            final.append(f"{key} #{rows.name(row)}")
            problems.append(
                problem(
                    "row-twice",
                    "error",
                    rows.base(row, plan.key[0]),
                    table=called(plan),
                    key=shown(key),
                    first=rows.name(first[key]),
                    second=rows.name(row),
                )
            )
        else:
            first[key] = row
            final.append(key)
    _totals(keys, rows, plan, problems)
    return final


def _totals(keys: list[str | None], rows: Rows, plan: TablePlan, problems: list[Problem]) -> None:
    """A row of totals would be counted twice by every sum; a person must look at it."""
    for row, key in enumerate(keys):
        if key is not None and is_total(key):
            origin = rows.base(row, plan.key[0])
            values = {"key": shown(key), "row": rows.name(row)}
            problems.append(problem("total-row", "warning", origin, **values))


def key_text(value: Any) -> str:
    """A key's value as the text findings name a row by."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _forms(field: FieldPlan) -> str:
    forms = [field.name, field.alias, *field.label.values()]
    return " / ".join(dict.fromkeys(f"`{form}`" for form in forms if form))
