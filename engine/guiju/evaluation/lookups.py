"""Lookups: rows by key, bands and dated values; and the rows of tables by their key."""

from __future__ import annotations

from datetime import date

from guiju.evaluation.logic import OPERATORS, cut_at
from guiju.evaluation.run import Fn, Frame, Run, compiles, constant
from guiju.evaluation.texts import plain_text
from guiju.evaluation.unknown import Unknown, lacking
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.nodes import LookupPlan, LookupRow


@compiles(nodes.LookupRef)
def _lookup(run: Run, node: nodes.LookupRef) -> Fn:
    lookup = run.pack.lookups[node.lookup]
    keys = [run.compile(key) for key in node.keys]
    names = [name for name, _ in lookup.gives]
    position = names.index(node.gives) if node.gives is not None else 0
    index = _index(lookup)
    dated = any(row.effective or row.until for row in lookup.rows)
    on = None if node.on is None else run.compile(node.on)

    def row_of(frame: Frame) -> Any:
        """The row for the keys and the day, or what is lacking."""
        key = [part(frame) for part in keys]
        if any(part.__class__ is Unknown for part in key):
            return _unknown_key(run, lookup, key)
        if index is not None:
            rows: Any = index.get(tuple(key), ())
        else:
            rows = [row for row in lookup.rows if _fits(row, key)]
        if dated:
            day = _day(run, frame, on)
            if day.__class__ is Unknown:
                # A key without any row is the better reason.
                return run.merge(day) if rows else _no_row(lookup, key, None)
            rows = [row for row in rows if in_force(row.effective, row.until, day)]
        else:
            day = None
        if not rows:
            return _no_row(lookup, key, day)
        row = rows[0]
        if row.values is None:
            return lacking("not acceptable", lookup.name, field=_key_text(key))
        return _no_row(lookup, key, day) if row.values[position] is None else row

    def find(frame: Frame) -> Any:
        row = row_of(frame)
        return row if row.__class__ is Unknown else row.values[position]

    run.lookup_rows[id(node)] = row_of
    return find


@compiles(nodes.RowByKey)
def _row_by_key(run: Run, node: nodes.RowByKey) -> Fn:
    if node.table not in run.dossier.tables:
        return constant(lacking("table", node.table))
    keys = [run.compile(key) for key in node.keys]
    rows = _rows_by_key(run, node.table)

    def row_of(frame: Frame) -> Any:
        key = tuple([part(frame) for part in keys])
        row = rows.get(key)
        if row is not None:
            return row
        if any(part.__class__ is Unknown for part in key):
            return _unknown_row_key(run, node, rows, key)
        return lacking("row", node.table, field="/".join(map(plain_text, key)))

    return row_of


def _rows_by_key(run: Run, table: str) -> dict[tuple[Any, ...], int]:
    """The rows of a table by key, made once a run; rows whose key is not whole are none."""
    found = run.row_keys.get(table)
    if found is None:
        found = run.row_keys[table] = {}
        columns = run.dossier.tables[table].columns
        parts = [columns[field] for field in run.pack.tables[table].key]
        for row, key in enumerate(zip(*parts, strict=True)):
            if None not in key:
                found.setdefault(key, row)
    return found


def _unknown_row_key(
    run: Run, node: nodes.RowByKey, rows: dict[tuple[Any, ...], int], key: tuple[Any, ...]
) -> Unknown:
    """A missing fact that is a key turns at the keys of the rows, where these are few."""
    if run.probe is not None and len(rows) <= _MOST_KEYS:
        fields = run.pack.tables[node.table].fields
        kinds = [fields[field].type for field in run.pack.tables[node.table].key]
        unknowns = [part for part in key if part.__class__ is Unknown]
        if all(part.source is not None for part in unknowns) and all(
            cut_at(run, part, given[at], kinds[at], ordered=False)
            for given in rows
            for at, part in enumerate(key)
            if part.__class__ is Unknown
        ):
            return Unknown(frozenset().union(*(part.lacks for part in unknowns)))
    return run.merge(*key)


_MOST_KEYS = 256


def founded(run: Run, node: nodes.LookupRef, frame: Frame) -> tuple[str, str, str] | None:
    """On what a value of a lookup file rests: the place of its row, its basis and its note;
    None where nothing of that is said."""
    lookup = run.pack.lookups[node.lookup]
    row_of = run.lookup_rows.get(id(node))
    if lookup.source is None or row_of is None:
        return None
    row = row_of(frame)
    if row.__class__ is Unknown:
        return None
    basis = row.basis or lookup.basis
    return (row.place, basis or "", row.note or "") if basis or row.note else None


def _index(lookup: LookupPlan) -> dict[tuple[Any, ...], list[LookupRow]] | None:
    """Rows by key, when all their conditions are `=`."""
    index: dict[tuple[Any, ...], list[LookupRow]] = {}
    for row in lookup.rows:
        if any(key.operator != "=" for key in row.keys):
            return None
        index.setdefault(tuple(key.value for key in row.keys), []).append(row)
    return index


def _fits(row: LookupRow, key: list[Any]) -> bool:
    pairs = zip(row.keys, key, strict=True)
    return all(OPERATORS[band.operator](part, band.value) for band, part in pairs)


def _day(run: Run, frame: Frame, on: Fn | None) -> Any:
    if on is not None:
        return on(frame)
    return lacking("as-of", "") if run.as_of is None else run.as_of


def in_force(start: date | None, until: date | None, day: date) -> bool:
    """Whether something dated is in force on a day; both ends belong to it."""
    return (start is None or start <= day) and (until is None or day <= until)


def _unknown_key(run: Run, lookup: LookupPlan, key: list[Any]) -> Unknown:
    """A missing fact that is a key turns at the keys of the rows."""
    probe = run.probe
    if probe is not None:
        told = []
        for position, part in enumerate(key):
            if part.__class__ is Unknown and part.source is not None:
                bands = [row.keys[position] for row in lookup.rows]
                kind = lookup.by[position][1]
                ordered = any(band.operator != "=" for band in bands)
                told.append(
                    all(cut_at(run, part, band.value, kind, ordered=ordered) for band in bands)
                )
            else:
                told.append(part.__class__ is not Unknown)
        if all(told):
            unknowns = [part for part in key if part.__class__ is Unknown]
            return Unknown(frozenset().union(*(part.lacks for part in unknowns)))
    return run.merge(*key)


def _key_text(key: list[Any]) -> str:
    return ", ".join(plain_text(part) for part in key)


def _no_row(lookup: LookupPlan, key: list[Any], day: date | None) -> Unknown:
    text = _key_text(key)
    return lacking("lookup", lookup.name, field=text if day is None else f"{text} @ {day}")
