"""The rows that packs ask for across dossiers, in a file instead of in memory.

Each process of a run reads in the file only the rows that a rule may find something in. They are
found there as in memory, by a hash of a value and by two bounds in binary64, a little too wide:
what is found besides is what the evaluator itself puts aside.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from errno import ENOSPC
from hashlib import blake2b
from math import frexp, inf, isinf, ldexp, nextafter
from pathlib import Path

from guiju.batch.problems import as_os_error, unwritable
from guiju.digests import sha256
from guiju.dossier.model import TableData
from guiju.dossier.others import Others, PooledTable
from guiju.evaluation.indexes import KINDS
from guiju.evaluation.other_rows import Bounds, bounds_asked
from guiju.hints import Any
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Origin

FILE = "across.pool"
MOST_HELD = 10_000
"""Rows that are kept in memory once they were read."""
HEAVY = 64
"""How often a value stands in a column for it to be counted beforehand: rows that have it are
read only where nothing else leaves fewer."""
_STEP = 4
"""Ranges are kept apart by the power of two of their width, four powers together."""
_LEAST_POWER = -1076


class PoolFile:
    """The file, while it is filled and while it is read."""

    def __init__(self, folder: str, *, new: bool = False) -> None:
        self.file = os.path.join(folder, FILE)
        self.tables = 0
        if new:
            self.connection = sqlite3.connect(self.file, isolation_level=None)
            # A run that is killed fills it anew.
            self.connection.execute("PRAGMA journal_mode = OFF")
            self.connection.execute("PRAGMA synchronous = OFF")
            self.connection.execute("BEGIN")
        else:
            uri = f"{Path(self.file).as_uri()}?mode=ro&immutable=1"
            self.connection = sqlite3.connect(uri, uri=True)
        self.connection.execute("PRAGMA cache_size = -16000")

    def pool_of(self, plan: PackPlan) -> Others:
        """What is asked across dossiers by a pack, with its tables in the file. Tables whose rows
        are also found by place, or all gone over, stay in memory."""
        others = Others(plan)
        asked = bounds_asked(plan)
        for name, table in others.tables.items():
            bounds = asked.get(name)
            if bounds and not others.shaped[name]:
                others.tables[name] = made = TableInFile(table, bounds, self.tables)
                made.begin(self.connection)
                self.tables += 1
        return others

    def filled(self, pools: Iterable[Others]) -> None:
        """No more rows follow."""
        for table in _tables(pools):
            table.end()
        self.connection.execute("COMMIT")

    def read(self, pools: Iterable[Others]) -> None:
        """Lets the tables of pools be read."""
        for table in _tables(pools):
            table.open(self.connection)

    def __enter__(self) -> PoolFile:
        return self

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        """Raises BatchProblem where the system would not write the file."""
        self.connection.close()
        if isinstance(problem, sqlite3.Error):
            full = problem.sqlite_errorname == "SQLITE_FULL"
            said = OSError(ENOSPC, os.strerror(ENOSPC)) if full else as_os_error(problem)
            raise unwritable(self.file, said) from None


def _tables(pools: Iterable[Others]) -> list[TableInFile]:
    found = [table for pool in pools for table in pool.tables.values()]
    return [table for table in found if isinstance(table, TableInFile)]


class TableInFile(PooledTable):
    """A table of all dossiers, with its rows in the file."""

    def __init__(self, table: PooledTable, bounds: Sequence[Bounds], number: int) -> None:
        fields = tuple(table.columns)
        super().__init__(table.name, table.key, fields)
        self._fields = fields
        self._name = f"rows_{number}"
        self._ranges = sorted({one for one in bounds if one.above})
        self._count = 0
        self._digest = sha256()
        self.digest = ""
        """Of all rows."""
        self._connection: sqlite3.Connection | None = None
        self._held: dict[int, tuple[Any, ...]] = {}
        self._proxies()

    def _proxies(self) -> None:
        self.keys = _Column(self._row, self.__len__, 0)  # type: ignore[assignment]
        self.columns = {
            field: _Column(self._row, self.__len__, at)  # type: ignore[misc]
            for at, field in enumerate(self._fields, 3)
        }

    def __len__(self) -> int:
        return self._count

    def __getstate__(self) -> dict[str, Any]:
        own = ("keys", "columns", "_digest", "_connection", "_held")
        return {name: value for name, value in self.__dict__.items() if name not in own} | {
            "kept": {}
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._connection, self._held = None, {}
        self._proxies()

    # --- filling ----------------------------------------------------------------------------

    def _columns(self) -> list[str]:
        ranges = [f"{part}{at}" for at in range(len(self._ranges)) for part in "gcab"]
        return [*(f"h{at}" for at in range(len(self._fields))), *ranges]

    def begin(self, connection: sqlite3.Connection) -> None:
        """Makes the table in the file."""
        self._connection = connection
        columns = "".join(f", {name}" for name in self._columns())
        connection.execute(f"CREATE TABLE {self._name} (row INTEGER PRIMARY KEY, held{columns})")

    def end(self) -> None:
        """Makes what rows are found by."""
        self.digest = self._digest.hexdigest()
        keys = [(f"h{at}",) for at in range(len(self._fields))]
        keys += [tuple(f"{part}{at}" for part in "gcab") for at in range(len(self._ranges))]  # type: ignore[misc]
        for key in keys:
            name = f"{self._name}_{key[0]}"
            self._ask(f"CREATE INDEX {name} ON {self._name} ({', '.join(key)})")
        self._connection = None

    def add(self, dossier: str, data: TableData | None, shaped: frozenset[str]) -> None:
        """The rows of one more dossier; None for one whose rows are not known."""
        part = PooledTable(self.name, self.key, self._fields)
        part.add(dossier, data, shaped)
        self.extend(part)

    def extend(self, other: PooledTable) -> None:
        """The rows of the dossiers of another pool, behind those of this one."""
        assert self._connection is not None
        shift, numbers = len(self), len(self.dossiers)
        self.dossiers += other.dossiers
        self.starts += [start + shift for start in other.starts]
        self.numbers.update((name, n + numbers) for name, n in other.numbers.items())
        self.unread += other.unread
        marks = ", ".join("?" * (2 + len(self._columns())))
        rows = [self._written(other, row) for row in range(len(other))]
        self._connection.executemany(f"INSERT INTO {self._name} VALUES ({marks})", rows)
        self._count += len(rows)

    def _written(self, other: PooledTable, row: int) -> tuple[Any, ...]:
        held = pickle.dumps(other.held(row), pickle.HIGHEST_PROTOCOL)
        self._digest.update(held)
        found: list[Any] = [self._count + row, held]
        found += [_hash(column[row]) for column in other.columns.values()]
        for one in self._ranges:
            found += _range(
                [other.columns[field][row] for field in one.equal],
                other.columns[one.above][row],
                other.columns[one.below][row],
            )
        return tuple(found)

    # --- reading ----------------------------------------------------------------------------

    def open(self, connection: sqlite3.Connection) -> None:
        """Reads in the file from now on."""
        self._connection = connection

    def _ask(self, query: str, *values: Any) -> list[Any]:
        assert self._connection is not None
        return self._connection.execute(query, values).fetchall()

    def _row(self, row: int) -> tuple[Any, ...]:
        found = self._held.get(row)
        if found is None:
            if len(self._held) >= MOST_HELD:
                self._held.clear()
            [(held,)] = self._ask(f"SELECT held FROM {self._name} WHERE row = ?", row)
            found = self._held[row] = pickle.loads(held)
        return found

    def place(self, row: int, field: str = "") -> Origin | None:
        """Where a cell stands in its dossier, or the row as a whole."""
        field = self._placed(field)
        if not field:
            return None
        _, files, places, *_ = self._row(row)
        return self._origin(row, files[field], places[field])

    def by_value(self, field: str) -> _ByValue:
        """The rows by the value of a column."""
        return _ByValue(self._ask, self._name, f"h{self._fields.index(field)}")

    def by_range(self, equal: tuple[str, ...], above: str, below: str) -> _ByRange | None:
        """The rows by equal columns and two bounded ones."""
        bounds = Bounds(equal, above, below)
        if bounds not in self._ranges:
            return None
        return _ByRange(self._ask, self._name, self._ranges.index(bounds))


class _ByValue:
    """As `guiju.evaluation.indexes.Index`, in the file."""

    def __init__(self, ask: Callable[..., list[Any]], table: str, column: str) -> None:
        self._ask = ask
        self._rows = f"SELECT row FROM {table} WHERE {column} = ? ORDER BY row"
        self.missing = array("q", _first(ask(f"SELECT row FROM {table} WHERE {column} IS NULL")))
        count = f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"
        self._heavy: dict[int, int] = dict(ask(f"{count} HAVING count(*) > {HEAVY}"))

    def rows(self, value: Any) -> Sequence[int]:
        """The rows that have a value, or may have it."""
        sought = _hash(value)

        def found() -> list[int]:
            equal = _first(self._ask(self._rows, sought))
            return sorted([*equal, *self.missing]) if self.missing else equal

        count = 0 if sought is None else self._heavy.get(sought, 0)
        return _Later(count + len(self.missing), found) if count else found()


class _ByRange:
    """As `guiju.evaluation.ranges.Ranges`, in the file."""

    def __init__(self, ask: Callable[..., list[Any]], table: str, at: int) -> None:
        self._ask = ask
        self.missing = array("q", _first(ask(f"SELECT row FROM {table} WHERE g{at} IS NULL")))
        powers = f"SELECT DISTINCT c{at} FROM {table} WHERE c{at} IS NOT NULL"
        self._powers: list[int] = _first(ask(powers))
        one = (
            f"SELECT row FROM {table} WHERE g{at} = ? AND c{at} = ?"
            f" AND a{at} BETWEEN ? AND ? AND b{at} >= ?"
        )
        self._query = " UNION ALL ".join([one] * len(self._powers))

    def rows(self, key: tuple[Any, ...], most: Any, least: Any) -> Sequence[int]:
        """The rows of a group with one column at most and the other at least so much, and all
        that may be among them, in order."""
        if not self._powers:
            return self.missing
        group, high, low = _group(key), _above(most), _below(least)
        values: list[Any] = []
        for power in self._powers:
            # A row that reaches `low` and is no wider than its power begins after this.
            start = -inf if isinf(low) else nextafter(low - _width(power), -inf)
            values += (group, power, start, high, low)
        return sorted([*_first(self._ask(self._query, *values)), *self.missing])


def _first(rows: list[tuple[Any]]) -> list[Any]:
    return [value for (value,) in rows]


class _Later(Sequence[int]):
    """So many rows, read when they are gone over."""

    def __init__(self, count: int, read: Callable[[], list[int]]) -> None:
        self._count, self._read = count, read
        self._rows: list[int] | None = None

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:
        if self._rows is None:
            self._rows = self._read()
        return self._rows[at]


class _Column(Sequence[Any]):
    """One thing of each row."""

    def __init__(
        self, row: Callable[[int], tuple[Any, ...]], count: Callable[[], int], at: int
    ) -> None:
        self._row, self._count, self._at = row, count, at

    def __len__(self) -> int:
        return self._count()

    def __getitem__(self, row: Any) -> Any:
        if row.__class__ is not int:
            raise TypeError("no row")
        if row >= self._count():
            raise IndexError(row)
        return self._row(row)[self._at]


# --- values as numbers -------------------------------------------------------------------


def _hash(value: Any) -> int | None:
    """A number that values have in common which are equal, in every process; None for what has
    none."""
    if value.__class__ not in KINDS:
        return None
    if isinstance(value, str):
        digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "big", signed=True)
    return value.toordinal() if isinstance(value, date) else hash(value)


def _group(key: Sequence[Any]) -> int:
    return hash(tuple(map(_hash, key)))


def _number(value: Any) -> float:
    return float(value.toordinal() if isinstance(value, date) else value)


def _below(value: Any) -> float:
    return nextafter(_number(value), -inf)


def _above(value: Any) -> float:
    return nextafter(_number(value), inf)


def _range(key: Sequence[Any], above: Any, below: Any) -> tuple[Any, ...]:
    """The group of a row, the power of two that its range is no wider than, its ends."""
    if None in key or above is None or below is None:
        return None, None, None, None
    first, last = _below(above), _above(below)
    width = last - first
    # Of ends beyond binary64 nothing is known but that a row may be as wide as all.
    power = 1100 if isinf(width) else frexp(width)[1] if width > 0 else _LEAST_POWER
    return _group(key), -(-power // _STEP) * _STEP, first, last


def _width(power: int) -> float:
    return inf if power > 1023 else ldexp(1.0, power)
