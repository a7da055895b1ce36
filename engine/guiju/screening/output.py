"""The rows of a screening with what came of each, as Parquet or GeoPackage.

Both have, for each row in its order: `row` (from 1), `key`, the columns it was counted by, `area`,
and for each pack a column of its id (`qualifies`, `does not`, `unknown`), one of the rules that
are not met and one of what is missing.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from guiju.geometry.shape import Shape
from guiju.hints import TYPE_CHECKING, Any
from guiju.quantities import Ratio
from guiju.screening.problems import ScreenProblem

if TYPE_CHECKING:
    from guiju.screening.screen import Screen

SUFFIXES = (".parquet", ".gpkg")
_PLACES = 15
"""Decimals of an area that has no end of them, or more than a column of Parquet holds."""


def refuse_other(file: str) -> None:
    """Raises ScreenProblem for a file that is of another kind, before anything is read."""
    if os.path.splitext(file)[1].lower() not in SUFFIXES:
        raise ScreenProblem("out-suffix", file=file)


def write_rows(screen: Screen, file: str) -> None:
    """Writes the rows of a screening that was run. Raises ScreenProblem."""
    suffix = os.path.splitext(file)[1].lower()
    partial = f"{file}.{os.getpid()}.partial{suffix}"
    query, names = _rows(screen)
    import duckdb

    try:
        os.makedirs(os.path.dirname(file) or ".", exist_ok=True)
        if suffix == ".parquet":
            target = "'" + partial.replace("'", "''") + "'"
            screen.connection.execute(
                f"COPY ({query}) TO {target} (FORMAT parquet, COMPRESSION zstd)"
            )
        else:
            _geopackage(screen, query, names, partial)
        os.replace(partial, file)
    except (OSError, duckdb.IOException) as problem:
        raise ScreenProblem("cannot-write", file=file, reason=_reason(problem)) from None
    finally:
        if os.path.exists(partial):
            os.unlink(partial)


def _reason(problem: Exception) -> object:
    from guiju.messages.system import as_os_error, reason

    return reason(problem if isinstance(problem, OSError) else as_os_error(problem))


def _rows(screen: Screen) -> tuple[str, list[str]]:
    """The query of all rows, and the names of its columns."""
    first = screen.parts[0]
    connection = screen.connection
    values: dict[str, Any] = {"keys": first.data.keys, "rows": len(first.data)}
    made = ["unnest(range($rows)) AS rid", "unnest($keys::VARCHAR[]) AS key"]
    if screen.area is not None:
        cells = first.data.columns[screen.area.field.name]
        values["areas"] = [None if cell is None else f"{cell:f}" for cell in cells]
        made.append(f"CAST(unnest($areas::VARCHAR[]) AS DECIMAL(38, {_places(cells)})) AS area")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE keyed AS SELECT {', '.join(made)}", values)
    names: list[str] = []

    def named(name: str) -> str:
        taken = {one.casefold() for one in names}
        free, number = name, 1
        while free.casefold() in taken:
            number += 1
            free = f"{name}_{number}"
        names.append(free)
        return '"' + free.replace('"', '""') + '"'

    columns = [f"k.rid + 1 AS {named('row')}", f"k.key AS {named('key')}"]
    joins = ["JOIN places p ON p.rid = k.rid"]
    for at, column in enumerate(screen.columns[0]):
        columns.append(f"p.b{at} AS {named(column.heading)}")
    if screen.area is not None:
        columns.append(f"k.area AS {named('area')}")
    for number, part in enumerate(screen.parts):
        _listed(screen, number)
        alias = f"s{number}"
        joins.append(f"LEFT JOIN said_{number} {alias} ON {alias}.rid = k.rid")
        state = (
            f"CASE {alias}.state WHEN 1 THEN 'does not' WHEN 2 THEN 'unknown' ELSE 'qualifies' END"
        )
        columns.append(f"{state} AS {named(part.pack.id)}")
        columns.append(f"{alias}.fails AS {named(part.pack.id + ' fails')}")
        columns.append(f"{alias}.missing AS {named(part.pack.id + ' missing')}")
    query = f"SELECT {', '.join(columns)} FROM keyed k {' '.join(joins)} ORDER BY k.rid"
    return query, names


def _listed(screen: Screen, number: int) -> None:
    """Makes the table `said_N` of rows that do not qualify, with the ids of the rules that are
    not met and the names of what is missing."""
    part = screen.parts[number]
    told = part.told
    pairs = sorted({(at, lack.called) for at, lacks in enumerate(told.lacks) for lack in lacks})
    screen.connection.execute(
        "CREATE OR REPLACE TEMP TABLE called AS SELECT unnest($at::INTEGER[]) AS lacks,"
        " unnest($name::VARCHAR[]) AS name",
        {"at": [at for at, _ in pairs], "name": [name for _, name in pairs]},
    )
    screen.connection.execute(
        "CREATE OR REPLACE TEMP TABLE ids AS SELECT unnest(range($n)) AS rule,"
        " unnest($ids::VARCHAR[]) AS id",
        {"n": len(told.rules), "ids": [rule.id for rule in told.rules]},
    )
    screen.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE said_{number} AS"
        " SELECT o.rid, o.state, f.fails, m.missing"
        f" FROM {part.outcome} o"
        " LEFT JOIN (SELECT t.rid, string_agg(i.id, ', ' ORDER BY t.rule) AS fails"
        f" FROM {told.name} t JOIN ids i ON i.rule = t.rule WHERE t.fails GROUP BY 1) f"
        " ON f.rid = o.rid"
        " LEFT JOIN (SELECT rid, string_agg(name, ', ' ORDER BY name) AS missing FROM"
        f" (SELECT DISTINCT t.rid, c.name FROM {told.name} t JOIN called c ON c.lacks = t.lacks)"
        " GROUP BY 1) m ON m.rid = o.rid"
    )


def _places(cells: Sequence[Any]) -> int:
    places = 0
    for cell in cells:
        if cell is None:
            continue
        if cell.__class__ is Ratio:
            return _PLACES
        exponent = cell.as_tuple().exponent
        places = max(places, -exponent)
    return min(places, _PLACES)


def _geopackage(screen: Screen, query: str, names: list[str], file: str) -> None:
    try:
        import numpy
        from pyogrio import raw
    except ImportError:
        raise ScreenProblem("needs-geo") from None
    found = screen.connection.execute(query)
    kinds = [str(one[1]) for one in found.description]
    columns = list(zip(*found.fetchall(), strict=True)) or [()] * len(names)
    data = []
    for kind, cells in zip(kinds, columns, strict=True):
        if kind.startswith(("DECIMAL", "NUMBER")):
            data.append(numpy.array([None if c is None else float(c) for c in cells], dtype=float))
        elif kind in ("BIGINT", "INTEGER"):
            data.append(numpy.array(cells, dtype="int64"))
        else:
            data.append(numpy.array(cells, dtype=object))
    shapes, crs = _shapes(screen)
    geometry = None
    if shapes is not None:
        geometry = numpy.empty(len(shapes), dtype=object)
        geometry[:] = [None if shape is None else shape.wkb for shape in shapes]
    raw.write(
        file,
        geometry,
        data,
        names,
        driver="GPKG",
        layer="screening",
        geometry_type=None if geometry is None else "Unknown",
        crs=crs,
    )


def _shapes(screen: Screen) -> tuple[list[Shape | None] | None, str | None]:
    """The boundaries of the rows, and the system they are in. Raises ScreenProblem."""
    for part in screen.parts:
        shapes = part.data.columns.get("boundary")
        if shapes is None or not any(shapes):
            continue
        systems = {shape.crs for shape in shapes if shape is not None}
        if len(systems) > 1:
            raise ScreenProblem("several-systems")
        return shapes, systems.pop()
    return None, None
