"""The shapes of a dossier as outlines for a map: simplified, in whole units, bounded in size.

The outlines are for the eye. Areas, overlaps and distances are measured on the shapes
themselves, elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

from guiju.dossier.model import Dossier
from guiju.geometry.shape import Shape
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import PackPlan, RulePlan
from guiju.plan.types import GeometryType
from guiju.record import Record
from guiju.verdicts import Map, MapLayer, Outline, Text

if TYPE_CHECKING:
    from numpy import ndarray

WIDEST = 4_000
"""Units of the map from west to east."""

HIGHEST = 3_200
"""Units of the map from north to south."""

MOST_POINTS = 60_000
"""Points of all outlines together; the map is drawn more coarsely until it has fewer."""

SMALLEST = 3
"""Units below which a ring becomes a point."""

ROOM = 1.6
"""How many times wider or higher the map may become for a background to be whole on it."""

FAR = 25
"""How many times further from the middle than half of all shapes one must lie to be far."""


class _Source(Record):
    """Shapes of one column with their keys, or of a fact (`base`), which is a background."""

    name: str
    label: Text
    kind: str
    rules: list[str]
    keys: list[str]
    shapes: list[Shape]
    base: bool = False


def map_of(dossier: Dossier, pack: PackPlan, rules: Sequence[RulePlan]) -> Map | None:
    """The map of a dossier, None where nothing can be drawn. Its edges are those of the
    shapes of its tables; a fact, such as the county, is drawn as far as it lies within."""
    try:
        import numpy
        import shapely
    except ImportError:
        # Without guiju[geo] no file was read for its boundaries; shapes came another way.
        return None
    sources = _sources(dossier, pack, rules)
    fore = [source for source in sources if not source.base]
    made = [shapely.from_wkb([shape.wkb for shape in source.shapes]) for source in fore]
    bounds = numpy.concatenate([shapely.bounds(shapes) for shapes in made])
    near = _near(bounds)
    if not near.any():
        return None
    west, south = bounds[near, :2].min(axis=0).tolist()
    east, north = bounds[near, 2:].max(axis=0).tolist()
    frame = _Frame(*_with_backgrounds((west, south, east, north), sources))
    drawn: list[tuple[_Source, Any, list[str]]] = []
    far: list[str] = []
    at = 0
    for source, shapes in zip(fore, made, strict=True):
        kept = near[at : at + len(shapes)]
        at += len(shapes)
        keys = [key for key, keep in zip(source.keys, kept, strict=True) if keep]
        far += [key for key, keep in zip(source.keys, kept, strict=True) if not keep]
        drawn.append((source, shapes[kept], keys))
    for source in sources:
        if source.base:
            drawn.insert(0, (source, _within(source, frame), source.keys))
    outlines = _outlines(drawn, frame)
    layers = [
        MapLayer(source.name, source.label, source.kind, source.rules, lines)  # type: ignore[arg-type]
        for (source, _, _), lines in zip(drawn, outlines, strict=True)
        if lines
    ]
    west_, south_, east_, north_ = (
        f"{edge:.6f}" for edge in (frame.west, frame.south, frame.east, frame.north)
    )
    metres = f"{frame.metres:.6g}"
    return Map(west_, south_, east_, north_, frame.width, frame.height, metres, layers, far)


def _sources(dossier: Dossier, pack: PackPlan, rules: Sequence[RulePlan]) -> list[_Source]:
    found: list[_Source] = []
    for name, table in dossier.tables.items():
        plan = pack.tables[name]
        over = [rule.id for rule in rules if rule.table == name]
        for field in plan.fields.values():
            if not isinstance(field.type, GeometryType):
                continue
            given = [
                (key, shape)
                for key, shape in zip(table.keys, table.columns[field.name], strict=True)
                if isinstance(shape, Shape)
            ]
            if given:
                keys, shapes = [key for key, _ in given], [shape for _, shape in given]
                whole = f"{name}.{field.name}"
                label = plan.label if field.name == "boundary" else field.label
                found.append(_Source(whole, label, field.type.shape, over, keys, shapes))
    for (group, fact), value in dossier.facts.items():
        if isinstance(value.value, Shape) and group in pack.groups:
            field = pack.groups[group].fields[fact]
            name = f"{group}.{fact}"
            shape = value.value
            found.append(_Source(name, field.label, shape.kind, [], [name], [shape], base=True))
    return found


def _near(bounds: ndarray[Any, Any]) -> ndarray[Any, Any]:
    """Which shapes lie close enough to the others to be drawn with them."""
    import numpy

    middles = (bounds[:, :2] + bounds[:, 2:]) / 2
    whole: ndarray[Any, Any] = numpy.isfinite(middles).all(axis=1)
    if whole.sum() < 4:
        return whole
    apart = numpy.full(len(middles), numpy.inf)
    apart[whole] = abs(middles[whole] - numpy.median(middles[whole], axis=0)).max(axis=1)
    # A shape counts with its own size, so that many small ones beside a large one stay.
    sizes = (bounds[whole, 2:] - bounds[whole, :2]).max(axis=1)
    reach = FAR * max(float(numpy.median(apart[whole])), float(numpy.median(sizes)))
    return whole & (apart <= reach)


def _with_backgrounds(
    edges: tuple[float, float, float, float], sources: list[_Source]
) -> tuple[float, float, float, float]:
    """The edges of the shapes, or those of their background where it is hardly larger."""
    import shapely

    west, south, east, north = edges
    for source in sources:
        if source.base:
            box = shapely.bounds(shapely.from_wkb(source.shapes[0].wkb)).tolist()
            left, low = min(west, box[0]), min(south, box[1])
            right, high = max(east, box[2]), max(north, box[3])
            if right - left <= ROOM * (east - west) and high - low <= ROOM * (north - south):
                west, south, east, north = left, low, right, high
    return west, south, east, north


class _Frame:
    """From degrees to units: longitudes are drawn shorter by the cosine of the middle
    latitude, so that shapes look as they do on the ground."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        from pyproj import Geod

        middle = (south + north) / 2
        self.shorter = max(cos(radians(middle)), 0.01)
        # A single point still has a map around it.
        pad = max((east - west) * 0.02, (north - south) * 0.02, 0.0005)
        self.west, self.east = west - pad / self.shorter, east + pad / self.shorter
        self.south, self.north = max(south - pad, -90), min(north + pad, 90)
        wide, high = (self.east - self.west) * self.shorter, self.north - self.south
        self.scale = min(WIDEST / wide, HIGHEST / high)
        self.width = max(1, round(wide * self.scale))
        self.height = max(1, round(high * self.scale))
        _, _, length = Geod(ellps="GRS80").inv(self.west, middle, self.east, middle)
        self.metres = length / self.width

    def units(self, degrees: ndarray[Any, Any]) -> ndarray[Any, Any]:
        import numpy

        x = (degrees[:, 0] - self.west) * self.shorter * self.scale
        y = (self.north - degrees[:, 1]) * self.scale
        return numpy.column_stack((x, y))


def _within(source: _Source, frame: _Frame) -> Any:
    """The lines of a background that lie on the map."""
    import numpy
    import shapely

    shapes = shapely.from_wkb([shape.wkb for shape in source.shapes])
    if source.kind == "polygon":
        # The rims as lines, for a rim that crosses itself can be cut off too. Only a single
        # polygon has rings, so the parts of one in several parts are taken first.
        shapes = [shapely.multilinestrings(_rims(shape)) for shape in shapes]
    edges = shapely.box(frame.west, frame.south, frame.east, frame.north)
    return numpy.array([shapely.intersection(shape, edges) for shape in shapes], dtype=object)


def _rims(polygon: Any) -> Any:
    import shapely

    rings = shapely.get_rings(shapely.get_parts(polygon))
    degrees, of_ring = shapely.get_coordinates(rings, return_index=True)
    return shapely.linestrings(degrees, indices=of_ring)


def _outlines(drawn: list[tuple[_Source, Any, list[str]]], frame: _Frame) -> list[list[Outline]]:
    tolerance = 0.75
    while True:
        found = [_lines(shapes, len(keys), frame, tolerance) for _, shapes, keys in drawn]
        points = sum(line.count(",") for lines in found for each in lines for line in each)
        if points <= MOST_POINTS or tolerance > WIDEST:
            break
        tolerance *= 2
    return [
        [Outline(key, each) for key, each in zip(keys, lines, strict=True) if each]
        for (_, _, keys), lines in zip(drawn, found, strict=True)
    ]


def _lines(shapes: Any, count: int, frame: _Frame, tolerance: float) -> list[list[str]]:
    """The lines of each shape in whole units, without what is smaller than can be seen."""
    import numpy
    import shapely

    found: list[list[str]] = [[] for _ in range(count)]
    parts, owners = shapely.get_parts(shapes, return_index=True)
    there = ~shapely.is_empty(parts)
    parts, owners = parts[there], owners[there]
    kinds = shapely.get_type_id(parts)
    for index in numpy.flatnonzero(kinds == 0).tolist():
        x, y = frame.units(shapely.get_coordinates(parts[index]))[0].round().astype(int).tolist()
        found[owners[index]].append(f"{x},{y}")
    lines = parts[kinds == 1]
    rings, of_ring = shapely.get_rings(parts[kinds == 3], return_index=True)
    line_owners = [*owners[kinds == 1].tolist(), *owners[kinds == 3][of_ring].tolist()]
    together = numpy.concatenate((lines, rings))
    if not len(together):
        return found
    degrees, of_line = shapely.get_coordinates(together, return_index=True)
    drawn = shapely.linestrings(frame.units(degrees), indices=of_line)
    boxes = shapely.bounds(drawn)
    sizes = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    simple = shapely.simplify(drawn, tolerance, preserve_topology=False)
    smallest = max(SMALLEST, tolerance)
    for line, size, box, owner in zip(
        simple.tolist(), sizes.tolist(), boxes.tolist(), line_owners, strict=True
    ):
        if size < smallest:
            if not found[owner]:
                middle = (round((box[0] + box[2]) / 2), round((box[1] + box[3]) / 2))
                found[owner].append(f"{middle[0]},{middle[1]}")
            continue
        points = shapely.get_coordinates(line).round().astype(int).tolist()
        texts = [f"{x},{y}" for x, y in points]
        kept = [text for place, text in enumerate(texts) if not place or text != texts[place - 1]]
        found[owner].append(" ".join(kept))
    return found
