"""Layers held against each other: one of them written with latitude first.

Within China the two cannot be mistaken for each other; elsewhere, both ways round may be
places. Then the polygons among the facts, such as the county, tell.
"""

from __future__ import annotations

from guiju.dossier.facts import Facts
from guiju.dossier.model import TableData
from guiju.dossier.problems import problem
from guiju.geometry.shape import Shape
from guiju.hints import Any
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Problem


def told_swapped(
    pack: PackPlan,
    facts: Facts,
    tables: dict[str, TableData],
    taken: set[tuple[str, str]],
    problems: list[Problem],
) -> None:
    """Warns of every column of shapes that lies outside a polygon of the facts as written,
    and wholly within it the other way round. `taken` are the columns and facts with layers."""
    around = [
        (pack.groups[group].fields[name], given.value)
        for (group, name), given in facts.items()
        if (group, name) in taken and isinstance(given.value, Shape)
    ]
    around = [(field, shape) for field, shape in around if shape.kind == "polygon"]
    if not around:
        return
    for table, column in sorted(taken):
        if table not in tables:
            continue
        plan = pack.tables[table]
        shapes = tables[table].columns.get(column, [])
        rows = [row for row, shape in enumerate(shapes) if isinstance(shape, Shape)]
        for field, whole in around:
            if rows and _swapped([shapes[row].wkb for row in rows], whole.wkb):
                label = plan.label if column == "boundary" else plan.fields[column].label
                place = tables[table].place(rows[0], column)
                values = {"count": len(rows), "label": label, "other": field.label}
                problems.append(problem("lonlat-swapped-beside", "warning", place, **values))


def _swapped(shapes: list[bytes], whole: bytes) -> bool:
    import shapely

    around: Any = shapely.from_wkb(whole)
    if not shapely.is_valid(around):
        return False
    shapely.prepare(around)
    made: Any = shapely.from_wkb(shapes)
    if shapely.intersects(around, shapely.box(*shapely.total_bounds(made))):
        return False
    turned = shapely.set_coordinates(made, shapely.get_coordinates(made)[:, ::-1])
    west, south, east, north = shapely.total_bounds(turned)
    left, low, right, high = shapely.bounds(around)
    if west < left or south < low or east > right or north > high:
        return False
    return bool(shapely.covers(around, turned[shapely.is_valid(turned)]).all())
