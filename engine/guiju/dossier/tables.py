"""Raw columns to a table of the vocabulary: typed columns, keys and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from guiju.dossier import limits
from guiju.dossier.footer import ENDS, is_total
from guiju.dossier.lens import Lens
from guiju.dossier.model import TableData
from guiju.dossier.problems import Rejected, Severity, called, problem, shown
from guiju.dossier.values import as_read, reader_for
from guiju.dossier.whole_columns import whole_column
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.plan.types import DocumentType, Label, ListType, TextType
from guiju.record import Record
from guiju.verdicts import Origin, Problem


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
            columns[field.name] = typed(plan, ids, column, rows, problems)
        else:
            columns[field.name] = typed(plan, field, column, rows, problems)
    keys = keys_of(plan, columns, rows, problems)
    return TableData(plan.name, columns, keys, places_of(plan, rows, columns))


def places_of(
    plan: TablePlan, rows: Rows, columns: dict[str, list[Any]]
) -> Callable[[int, str], Origin]:
    """Where each cell stands, with what the file holds there if it was read as something else."""

    def place(row: int, field: str) -> Origin:
        origin = rows.base(row, field)
        column = rows.columns.get(field)
        if column is not None and column.cells is not None and origin.raw is None:
            unit = column.lens.unit
            type_ = plan.fields[field].type
            origin.raw = as_read(column.cells[row], columns[field][row], type_, unit)
        return origin

    return place


def typed(
    plan: TablePlan, field: FieldPlan, column: Column, rows: Rows, problems: list[Problem]
) -> list[Any]:
    """The values of a column; a cell that cannot be read is None and reported."""
    cells = column.cells
    assert cells is not None
    quick = whole_column(field, cells, column.lens)
    return _cell_by_cell(plan, field, column, rows, problems) if quick is None else quick


def _cell_by_cell(
    plan: TablePlan, field: FieldPlan, column: Column, rows: Rows, problems: list[Problem]
) -> list[Any]:
    read = reader_for(field, column.lens.unit)
    see = None if column.lens.clear else column.lens.see
    seen: dict[Any, Any] = {}
    told = Told(problems, field.label)
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
            told.cell(plan, field, value, rows.base(row, field.name))
            value = None
        values.append(value)
    told.rest(rows, f"{plan.name}.{field.name}")
    return values


class Told:
    """Problems of one column, of which many may be alike: so many are told one by one, and how
    many more there are."""

    def __init__(self, problems: list[Problem], label: Label) -> None:
        self.problems = problems
        self.label = label
        self.counts: Counter[str] = Counter()
        self.severities: dict[str, Severity] = {}

    def cell(self, plan: TablePlan, field: FieldPlan, rejected: Rejected, origin: Origin) -> None:
        """A cell that cannot be read."""
        values = {"name": f"{plan.name}.{field.name}", "label": field.label, **rejected.values}
        self.one(rejected.code, "error", origin, **values)

    def one(self, code: str, severity: Severity, origin: Origin, **values: object) -> None:
        self.counts[code] += 1
        self.severities[code] = severity
        if self.counts[code] <= limits.MAX_ALIKE:
            self.problems.append(problem(code, severity, origin, **values))

    def rest(self, rows: Rows, at: str) -> None:
        """What was not told one by one, once all are known."""
        for code, count in self.counts.items():
            more = count - limits.MAX_ALIKE
            if more > 0:
                place = Origin(rows.base(0, at.rpartition(".")[2]).file, at)
                said = {"count": more, "kind": code, "label": self.label}
                self.problems.append(problem("more-alike", self.severities[code], place, **said))


def keys_of(
    plan: TablePlan, columns: dict[str, list[Any]], rows: Rows, problems: list[Problem]
) -> list[str]:
    """The keys of all rows; those that are missing or stand twice are reported."""
    if lacks_key(plan, rows, problems):
        return [f"#{rows.name(row)}" for row in range(rows.size)]
    keys = key_texts([columns[part] for part in plan.key if part in columns])
    different = set(keys)
    if len(different) == len(keys) and None not in different:
        tell_totals(plan, enumerate(keys), rows, problems)
        return keys  # type: ignore[return-value]
    final = told_keys(plan, enumerate(keys), rows, problems)
    tell_totals(plan, enumerate(keys), rows, problems)
    return list(final.values())


def lacks_key(plan: TablePlan, rows: Rows, problems: list[Problem]) -> bool:
    """Whether a table that has rows lacks a column of its key, which is told."""
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
        return True
    return False


def key_texts(parts: list[list[Any]]) -> list[str | None]:
    """The keys of rows as texts, from the columns of the key; None where a part is missing."""
    if len(parts) == 1:
        if set(map(type, parts[0])) == {str}:
            return list(parts[0])
        return [None if value is None else key_text(value) for value in parts[0]]
    return [
        None if None in values else "/".join(map(key_text, values))
        for values in zip(*parts, strict=True)
    ]


def told_keys(
    plan: TablePlan, keys: Iterable[tuple[int, str | None]], rows: Rows, problems: list[Problem]
) -> dict[int, str]:
    """What findings call these rows, in their order. Missing keys are told, and second rows."""
    told = Told(problems, plan.fields[plan.key[0]].label)
    table = called(plan)
    first: dict[str, int] = {}
    final: dict[int, str] = {}
    for row, key in keys:
        if key is None:
            final[row] = f"#{rows.name(row)}"
            if row not in rows.broken:
                origin = rows.base(row, plan.key[0])
                told.one("key-missing", "error", origin, table=table, row=rows.name(row))
        elif key in first:
            final[row] = f"{key} #{rows.name(row)}"
            said = {"first": rows.name(first[key]), "second": rows.name(row)}
            origin = rows.base(row, plan.key[0])
            told.one("row-twice", "error", origin, table=table, key=shown(key), **said)
        else:
            first[key] = row
            final[row] = key
    told.rest(rows, f"{plan.name}.{plan.key[0]}")
    return final


def tell_totals(
    plan: TablePlan, keys: Iterable[tuple[int, str | None]], rows: Rows, problems: list[Problem]
) -> None:
    """A row of totals would be counted twice by every sum; a person must look at it."""
    told = Told(problems, plan.fields[plan.key[0]].label if plan.key else plan.label)
    for row, key in keys:
        if key is not None and key[-1:] in ENDS and is_total(key):
            origin = rows.base(row, plan.key[0])
            told.one("total-row", "warning", origin, key=shown(key), row=rows.name(row))
    if told.counts:
        told.rest(rows, f"{plan.name}.{plan.key[0]}")


def key_text(value: Any) -> str:
    """A key's value as the text findings name a row by."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _forms(field: FieldPlan) -> str:
    forms = [field.name, field.alias, *field.label.values()]
    return " / ".join(dict.fromkeys(f"`{form}`" for form in forms if form))
