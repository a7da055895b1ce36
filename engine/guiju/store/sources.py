"""Large files as stored tables: looked at once, and read where they stand if they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from guiju.dossier.container import Folder
from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.headings import Asked, Matching, matched, rows_with
from guiju.dossier.keeping import Unkept
from guiju.dossier.parquet import Physical, literal, quoted
from guiju.dossier.parquet_grid import ParquetGrid
from guiju.dossier.tables import Column
from guiju.hints import Any
from guiju.plan.nodes import TablePlan
from guiju.store.connection import Store
from guiju.store.description import SQL_TYPES, Description
from guiju.store.odd import Odd, odd_cells
from guiju.store.readings import WHITE, Reading, reading_of
from guiju.store.statistics import Looked
from guiju.store.table import Cells, StoredTable
from guiju.verdicts import Problem


def table_of(
    store: Store,
    plan: TablePlan,
    grid: Grid,
    asked: dict[str, Asked],
    problems: list[Problem],
) -> StoredTable:
    """The stored table of a Parquet file or of a large CSV file. Raises Unkept, and `Rejected`."""
    found = matched(grid, plan, asked, problems)
    if isinstance(grid, ParquetGrid):
        from guiju.store.parquet_table import parquet_relation

        with _told_as(grid):
            relation, physicals, known = parquet_relation(store, grid, found)
            return from_relation(
                store, plan, relation, physicals, grid, found, problems, known=known
            )
    from guiju.store.csv_text import CsvGrid

    assert isinstance(grid, CsvGrid)
    relation = grid.load(found)
    texts = {index: Physical("text", "VARCHAR") for index, _ in found.columns.values()}
    return from_relation(store, plan, relation, texts, grid, found, problems, blank="''")


def from_parquet(
    store: Store, plan: TablePlan, file: Path, problems: list[Problem] | None = None
) -> StoredTable:
    """The stored table of a Parquet file outside a dossier. What cannot be read is added to
    `problems`. Raises `Rejected` for a file that cannot be read at all, and Unkept."""
    from guiju.store.parquet_table import opened_parquet

    told: list[Problem] = [] if problems is None else problems
    path = file.parent.resolve() / file.name
    with opened_parquet(Files(Folder(path.parent), told), path.name) as grid:
        return table_of(store, plan, grid, {}, told)


class _told_as:  # noqa: N801 - a context, written as a function is
    """Within it what DuckDB cannot read of a file is told as the ordinary reader tells it."""

    def __init__(self, grid: ParquetGrid) -> None:
        self.grid = grid

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, wrong: Any, _: Any) -> None:
        from guiju.dossier.parquet import damaged

        module = "" if kind is None else kind.__module__
        if module.endswith("duckdb") or isinstance(wrong, UnicodeDecodeError):
            raise damaged(wrong, self.grid.path, self.grid.file) from None


def from_relation(
    store: Store,
    plan: TablePlan,
    relation: str,
    physicals: dict[int, Physical],
    grid: Grid,
    found: Matching,
    problems: list[Problem],
    blank: str = "NULL",
    known: Mapping[int, Looked] | None = None,
) -> StoredTable:
    """A stored table over a relation with the columns `rid` and `c0`, `c1`, …, the columns of a
    grid. `blank` is what an empty cell is to the reader, `known` what is known of columns."""
    size = len(grid.rows)
    lenses = {name: Column((), lens) for name, (_, lens) in found.columns.items()}
    rows = rows_with(grid, found, dict(lenses))._replace(size=size)
    readings = [
        reading_of(plan.fields[name], found.columns[name][1], physicals[index], f"c{index}")
        for name in plan.fields
        if name in found.columns
        for index in (found.columns[name][0],)
    ]
    with store.honestly():
        counts = _counted(store, relation, readings, known or {})
        if counts.pop("rows") != size:
            raise Unkept
        odd: dict[str, Odd] = {}
        for reading in readings:
            if counts[f"odd_{reading.x}"]:
                found_odd = odd_cells(store, plan, relation, reading, rows, problems)
                odd[reading.field.name] = found_odd
    for looked in (known or {}).values():
        if looked.texts is not None:
            store.execute(f"DROP TABLE {looked.texts}")
    described = {
        reading.field.name: _described(reading, counts, odd.get(reading.field.name, Odd()), size)
        for reading in readings
        if reading.kind is not None
    }
    name = _laid(store, plan, relation, readings, counts, odd, described)
    for field in plan.fields.values():
        _absent(field, described, size)
    cells = Cells(
        store,
        relation,
        {
            reading.field.name: (
                f"coalesce({reading.raw}, {blank})" if blank != "NULL" else reading.raw,
                reading.lens,
            )
            for reading in readings
        },
        rows,
    )
    ordered = {n: described[n] for n in plan.fields if n in described}
    return StoredTable.over(store, plan, name, ordered, cells, problems)


def _absent(field: Any, described: dict[str, Description], size: int) -> None:
    from guiju.store.description import kind_of

    kind = kind_of(field)
    if kind is not None and field.name not in described:
        described[field.name] = Description(quoted(field.name), kind, nulls=size)


def _counted(
    store: Store, relation: str, readings: Sequence[Reading], known: Mapping[int, Looked]
) -> dict[str, Any]:
    """Everything that is to be known of all cells: in one pass over those columns of which it is
    not known already."""
    counts: dict[str, Any] = {}
    whole: list[Reading] = []
    for reading in readings:
        looked = known.get(int(reading.x[1:]))
        if looked is None:
            whole.append(reading)
        elif looked.texts is not None:
            source = f"(SELECT x AS {reading.x}, n FROM {looked.texts})"
            counts |= _asked_of(store, source, [reading], "n")
        elif not _within_bounds(store, reading, looked, counts):
            whole.append(reading)
    counts["rows"] = store.rows(f"SELECT count(*) FROM {relation}")[0][0]
    return counts | _asked_of(store, relation, whole)


def _asked_of(
    store: Store, relation: str, readings: Sequence[Reading], weight: str = ""
) -> dict[str, Any]:
    """What is to be known of the cells of a relation. `weight` is how often each stands there."""

    def count(condition: str) -> str:
        if weight:
            return f"coalesce(sum({weight}) FILTER (WHERE {condition}), 0)"
        return f"count(*) FILTER (WHERE {condition})"

    asked: dict[str, str] = {}
    # What several counts ask of a cell is worked out once.
    worked: list[str] = [weight] if weight else []

    def once(name: str, expression: str) -> str:
        worked.append(f"{expression} AS {name}")
        return name

    for reading in readings:
        x = reading.x
        given = once(f"given_{x}", reading.given)
        if reading.plain == "FALSE":
            asked[f"odd_{x}"] = count(given)
            asked[f"plain_{x}"] = "0"
            continue
        plain = given
        if reading.plain != "TRUE":
            plain = once(f"plain_{x}", f"({reading.given} AND {reading.plain})")
        asked[f"plain_{x}"] = count(plain)
        asked[f"given_{x}"] = count(given)
        if reading.column.kind == "text" and reading.kind == "text":
            asked[f"empty_{x}"] = count(once(f"empty_{x}", f"{x} = ''"))
        if reading.padded is not None:
            padded = once(f"padded_{x}", reading.padded)
            asked[f"padded_{x}"] = count(padded)
            bare = f"trim({once(f'text_{x}', x)}, {literal(WHITE)})"
            blank = f"CASE WHEN {padded} THEN text_{x} <> '' AND {bare} = '' ELSE FALSE END"
            asked[f"blank_{x}"] = count(blank)
        if reading.inexact is not None:
            long = once(f"long_{x}", f"CASE WHEN {plain} THEN {reading.inexact} END")
            asked[f"long_{x}"] = count(long)
        if reading.kind in ("number", "integer"):
            value = once(f"value_{x}", f"CASE WHEN {plain} THEN {reading.value} END")
            asked[f"least_{x}"], asked[f"most_{x}"] = f"min({value})", f"max({value})"
    if not asked:
        return {}
    (row,) = store.rows(
        f"SELECT {', '.join(asked.values())} FROM (SELECT {', '.join(worked)} FROM {relation})"
    )
    found = dict(zip(asked, row, strict=True))
    for reading in readings:
        x = reading.x
        if f"given_{x}" in found:
            found[f"odd_{x}"] = found[f"given_{x}"] - found[f"plain_{x}"]
    return found


def _within_bounds(store: Store, reading: Reading, looked: Looked, counts: dict[str, Any]) -> bool:
    """Whether all cells of a column are plain since the smallest and the largest are; then what
    is known of them is added to `counts`."""
    x = reading.x
    unbounded = looked.least is None and reading.plain != "(TRUE)"
    if reading.plain == "FALSE" or (looked.cells and (unbounded or not reading.convex)):
        return False
    ends = [end for end in (looked.least, looked.most) if end is not None]
    type_ = reading.column.type
    values = ", ".join(f"(CAST({literal(end)} AS {type_}))" for end in ends)
    found: dict[str, Any] = {f"least_{x}": None, f"most_{x}": None, f"long_{x}": 0}
    if ends:
        source = f"(VALUES {values}) v({x})"
        asked = _asked_of(store, source, [reading])
        if asked[f"odd_{x}"] or asked[f"plain_{x}"] != len(ends):
            return False
        found |= asked
    counts |= {**found, f"plain_{x}": looked.cells, f"odd_{x}": 0}
    return True


def _described(reading: Reading, counts: dict[str, Any], odd: Odd, size: int) -> Description:
    assert reading.kind is not None
    x = reading.x
    known = counts[f"plain_{x}"] + counts[f"odd_{x}"] - odd.nulls - counts.get(f"blank_{x}", 0)
    bounds = [counts.get(f"least_{x}"), counts.get(f"most_{x}"), odd.least, odd.largest]
    numbers = [bound for bound in bounds if bound is not None]
    return Description(
        quoted(reading.field.name),
        reading.kind,
        not counts.get(f"long_{x}") and odd.exact,
        reading.ratio.numerator,
        reading.ratio.denominator,
        size - known,
        min(numbers, default=None),
        max(numbers, default=None),
    )


def _laid(
    store: Store,
    plan: TablePlan,
    relation: str,
    readings: Sequence[Reading],
    counts: dict[str, Any],
    odd: dict[str, Odd],
    described: dict[str, Description],
) -> str:
    """Makes the view or table of the values. Where each value costs little it is worked out in
    every query, and nothing is copied."""
    selected, dear = ["rid"], False
    joins: list[str] = []
    held = {reading.field.name: reading for reading in readings}
    for field in plan.fields.values():
        reading = held.get(field.name)
        kind = kind_sql(field)
        if kind is None:
            continue
        if reading is None:
            selected.append(f"CAST(NULL AS {kind}) AS {quoted(field.name)}")
            continue
        value = reading.value
        strange = odd.get(field.name)
        if counts.get(f"padded_{reading.x}"):
            value, dear = f"nullif(trim({value}, {literal(WHITE)}), '')", True
        elif counts.get(f"empty_{reading.x}"):
            value = f"nullif({value}, '')"
        elif reading.column.kind == "text" and reading.kind != "text":
            value = f"CASE WHEN {reading.given} THEN {value} END"
        dear = dear or reading.dear
        if strange is not None:
            other = strange.inline or "NULL"
            if strange.table is not None:
                alias = f"odd{len(joins)}"
                text = reading.raw
                joins.append(
                    f" LEFT JOIN {strange.table} {alias}"
                    f" ON {alias}.raw = CASE WHEN {reading.odd} THEN {text} END"
                )
                other, dear = f"{alias}.v", True
            value = (
                other
                if reading.plain == "FALSE"
                else f"CASE WHEN {reading.plain} THEN {value} ELSE {other} END"
            )
        elif reading.plain == "FALSE":
            value = "NULL"
        if value == "NULL":
            value = f"CAST(NULL AS {kind})"
        selected.append(f"{value} AS {quoted(field.name)}")
    name = store.fresh(plan.name)
    what = "TABLE" if dear else "VIEW"
    with store.honestly():
        store.execute(
            f"CREATE {what} {name} AS SELECT {', '.join(selected)} FROM {relation}{''.join(joins)}"
        )
    for strange in odd.values():
        if strange.table is not None:
            store.execute(f"DROP TABLE {strange.table}")
    return name


def kind_sql(field: Any) -> str | None:
    """The SQL type of a field, None for one that SQL cannot hold."""
    from guiju.store.description import kind_of

    kind = kind_of(field)
    return None if kind is None else SQL_TYPES[kind]
