"""Odd cells: read by the reader of the dossier, once for each text, and told as it tells them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import inf

from guiju.dossier import limits
from guiju.dossier.problems import Rejected
from guiju.dossier.tables import Rows, Told
from guiju.dossier.values import reader_for
from guiju.hints import Any
from guiju.plan.nodes import TablePlan
from guiju.quantities import Ratio
from guiju.record import Record
from guiju.store.bulk import Bulk
from guiju.store.connection import Store
from guiju.store.description import SQL_TYPES
from guiju.store.readings import Reading
from guiju.verdicts import Problem

_FEW = 64
"""Texts up to which what they stand for is said in the query itself."""


class Odd(Record):
    """What the odd cells of a column stand for: `inline` as an expression over `raw`, or
    `table (raw, v)`; neither where they all stand for nothing. `nulls`: how many do."""

    inline: str | None = None
    table: str | None = None
    nulls: int = 0
    exact: bool = True
    least: float | None = None
    largest: float | None = None


def odd_cells(
    store: Store, plan: TablePlan, relation: str, reading: Reading, rows: Rows, told: list[Problem]
) -> Odd:
    """Reads the odd cells of a column, and tells those that cannot be read."""
    if reading.column.kind == "list":
        return _lists(store, plan, relation, reading, rows, told)
    read, see = _reader(reading)
    counted = store.fresh("odd")
    store.execute(
        f"CREATE TABLE {counted} AS SELECT {_text(reading)} AS raw, count(*) AS n"
        f" FROM {relation} WHERE {reading.odd} GROUP BY 1"
    )
    few: dict[str, Any] = {}
    kept = Bulk(store, "read", {"raw": "VARCHAR", "v": _type(reading), "code": "VARCHAR"})
    rejected: dict[str, int] = {}
    nulls, exact, least, largest, spelled = 0, True, inf, -inf, True
    for text, count in store.stream(f"SELECT raw, n FROM {counted}"):
        value, code = None, None
        try:
            value = read(see(text))
        except Rejected as wrong:
            code = wrong.code
            rejected[code] = rejected.get(code, 0) + count
        if value is None:
            nulls += count
        elif reading.kind in ("number", "integer"):
            value, same = _binary(value, reading.ratio)
            exact = exact and same
            least, largest = min(least, value), max(largest, value)
        if (value is None or reading.kind is None) and code is None:
            continue
        if value is not None and reading.kind is not None and len(few) <= _FEW:
            few[text] = value
            spelled = spelled and "\0" not in text
        kept.add((text, None if reading.kind is None else value, code))
    table = kept.finish()
    if rejected:
        _tell(store, plan, relation, reading, rows, told, table, rejected)
    bounds = (least, largest) if least <= largest else (None, None)
    store.execute(f"DROP TABLE {counted}")
    if not few:
        store.execute(f"DROP TABLE {table}")
        return Odd(None, None, nulls)
    if len(few) <= _FEW and spelled:
        store.execute(f"DROP TABLE {table}")
        return Odd(_inline(reading, few), None, nulls, exact, *bounds)
    return Odd(None, table, nulls, exact, *bounds)


def _reader(reading: Reading) -> tuple[Callable[[Any], Any], Callable[[Any], Any]]:
    lens = reading.lens
    return reader_for(reading.field, lens.unit), (lambda raw: raw) if lens.clear else lens.see


def _text(reading: Reading) -> str:
    truth = reading.column.kind == "truth"
    return f"CAST({reading.x} AS VARCHAR)" if truth else reading.raw


def _type(reading: Reading) -> str:
    return SQL_TYPES[reading.kind] if reading.kind is not None else "VARCHAR"


def _binary(value: Decimal, ratio: Fraction) -> tuple[float, bool]:
    """A number in the unit of its column as binary64, and whether its decimal is the shortest
    that names it."""
    fraction = (value.fraction if isinstance(value, Ratio) else Fraction(value)) / ratio
    try:
        number = float(fraction)
    except OverflowError:
        return (inf if fraction > 0 else -inf), False
    return number, Fraction(Decimal(repr(number))) == fraction


def _inline(reading: Reading, few: dict[str, Any]) -> str:
    type_ = _type(reading)
    branches = [
        f"WHEN {_constant(text)} THEN CAST({_constant(_plain(value))} AS {type_})"
        for text, value in few.items()
    ]
    return f"CASE {_text(reading)} {' '.join(branches)} END"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _constant(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _tell(
    store: Store,
    plan: TablePlan,
    relation: str,
    reading: Reading,
    rows: Rows,
    problems: list[Problem],
    table: str,
    counts: dict[str, int],
) -> None:
    """Tells the first cells of each kind one by one, in the order of the rows, and how many more
    there are."""
    found = store.rows(
        f"SELECT o.rid, o.raw FROM (SELECT rid, {_text(reading)} AS raw FROM {relation}"
        f" WHERE {reading.odd}) o JOIN {table} m ON o.raw = m.raw WHERE m.code IS NOT NULL"
        f" QUALIFY row_number() OVER (PARTITION BY m.code ORDER BY o.rid) <= {limits.MAX_ALIKE}"
        " ORDER BY o.rid"
    )
    read, see = _reader(reading)
    told = Told(problems, reading.field.label)
    for row, text in found:
        try:
            read(see(text))
        except Rejected as wrong:
            told.cell(plan, reading.field, wrong, rows.base(row, reading.field.name))
    told.counts.update({code: counts[code] - n for code, n in told.counts.items()})
    told.rest(rows, f"{plan.name}.{reading.field.name}")


def _lists(
    store: Store, plan: TablePlan, relation: str, reading: Reading, rows: Rows, told: list[Problem]
) -> Odd:
    """Lists are no texts: each cell is read for itself. None of them is a value of SQL."""
    read, see = _reader(reading)
    telling = Told(told, reading.field.label)
    nulls = 0
    query = f"SELECT rid, {reading.raw} FROM {relation} WHERE {reading.x} IS NOT NULL"
    for row, cell in store.stream(query):
        nulls += 1
        try:
            read(see(cell))
        except Rejected as wrong:
            telling.cell(plan, reading.field, wrong, rows.base(row, reading.field.name))
    telling.rest(rows, f"{plan.name}.{reading.field.name}")
    return Odd(None, None, nulls)
