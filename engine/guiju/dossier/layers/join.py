"""Features joined to the rows of a table by their key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from re import sub

from guiju.dossier.grid import Grid
from guiju.dossier.headings import Asked, rows_of
from guiju.dossier.layers.checks import Checked
from guiju.dossier.layers.drawing import Layer
from guiju.dossier.lens import Lens
from guiju.dossier.model import TableData
from guiju.dossier.naming import folded, nearest
from guiju.dossier.problems import Rejected, called, listed, problem, shown
from guiju.dossier.tables import build, key_text
from guiju.dossier.values import as_text, reader_for
from guiju.geometry.shape import Shape
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan, TablePlan
from guiju.record import Record
from guiju.verdicts import Origin, Problem


class Part(Record):
    """A layer for a table: the attributes that hold the key, and the system declared."""

    layer: Layer
    keys: list[str]
    crs: str | None
    place: Origin


class _LayerGrid(Grid):
    """The attributes of layers as a grid; each row knows its own place."""

    __slots__ = ("origins",)
    origins: list[Origin]

    def origin(self, row: int, column: int) -> Origin:
        if row < 0:
            return Origin(self.file, "", self.sheet)
        found = self.origins[row]
        heading = self.header[column] if column < len(self.header) else ""
        return Origin(found.file, f"{found.at} {heading}".rstrip(), found.sheet)


def rows_from(plan: TablePlan, parts: list[Part], problems: list[Problem]) -> TableData | None:
    """The table whose rows are the features of its layers, from their attributes."""
    header = list(dict.fromkeys(name for part in parts for name in part.layer.columns))
    body: list[Sequence[Any]] = []
    origins: list[Origin] = []
    for part in parts:
        for feature in range(len(part.layer)):
            row = [
                part.layer.columns[n][feature] if n in part.layer.columns else None for n in header
            ]
            body.append(row)
            origins.append(part.layer.origin(feature))

    def at(row: int, _: int) -> str:
        return "" if row < 0 else origins[row].at

    layer = parts[0].layer
    grid = _LayerGrid(layer.file, header, body, at, layer.name)
    grid.origins = origins
    asked: dict[str, Asked] = {}
    keys = parts[0].keys
    if len(keys) == len(plan.key):
        for part_name, heading in zip(plan.key, keys, strict=True):
            if heading in header:
                asked[part_name] = Asked(heading, Lens(), parts[0].place)
    return build(plan, rows_of(grid, plan, asked, problems), problems)


def boundaries(
    table: TableData,
    plan: TablePlan,
    column: str,
    kind: str,
    parts: list[Part],
    problems: list[Problem],
) -> None:
    """Fills a column of a table with the shapes of layers, joined by key.

    A row of two shapes keeps the first, and the second is told, in the same layer or
    another. Features without a row and rows without a feature are told too.
    """
    rows = {key: row for row, key in enumerate(table.keys)}
    shapes: list[Shape | None] = [None] * len(table)
    origins: dict[int, Origin] = {}
    joined = False
    for part in parts:
        layer = part.layer
        if not len(layer):
            joined = True
            continue
        try:
            names = _key_names(plan, part)
        except Rejected as rejected:
            problems.append(problem(rejected.code, "error", layer.origin(), **rejected.values))
            continue
        joined = True
        found = _features(table, plan, column, part, names, rows, origins, problems)
        checked = Checked(layer.only([feature for _, feature in found]), part.crs, kind, problems)
        for (row, _), shape in zip(found, checked.shapes, strict=True):
            shapes[row] = shape
    without = [key for row, key in enumerate(table.keys) if row not in origins]
    if joined and without:
        place = table.place(rows[without[0]], plan.key[0])
        problems.append(
            problem(
                "row-without-boundary",
                "warning",
                Origin(place.file, place.at, place.sheet),
                table=called(plan),
                label=plan.label,
                count=len(without),
                keys=listed(without),
            )
        )
    table.columns[column] = shapes
    table.place = _placed(table.place, column, origins)


def _placed(
    before: Callable[[int, str], Origin], column: str, origins: dict[int, Origin]
) -> Callable[[int, str], Origin]:
    def place(row: int, field: str) -> Origin:
        found = origins.get(row) if field == column else None
        return before(row, field) if found is None else Origin(found.file, found.at, found.sheet)

    return place


def _features(
    table: TableData,
    plan: TablePlan,
    column: str,
    part: Part,
    names: list[str],
    rows: dict[str, int],
    origins: dict[int, Origin],
    problems: list[Problem],
) -> list[tuple[int, int]]:
    """Each row that has a feature in a layer, with the feature; what does not join is told."""
    layer = part.layer
    keys = _keys(plan, layer, names, problems)
    found: list[tuple[int, int]] = []
    strangers: list[tuple[int, str]] = []
    for feature, key in enumerate(keys):
        if key is None:
            continue
        row = rows.get(key)
        origin = layer.origin(feature, f"{'/'.join(names)}={shown(key)}")
        if row is None:
            strangers.append((feature, key))
        elif row in origins:
            first = origins[row]
            named = f"[{first.file}]{first.sheet}!" if first.sheet else f"{first.file}!"
            problems.append(
                problem(
                    "boundary-twice",
                    "error",
                    origin,
                    table=called(plan),
                    key=shown(key),
                    first=shown(named + first.at.partition(" ")[0]),
                )
            )
        else:
            origins[row] = origin
            found.append((row, feature))
    if strangers:
        strangers = _not_alike(strangers, rows, origins, layer, names, problems)
    if strangers:
        feature, key = strangers[0]
        near = nearest(key, [k for k, row in rows.items() if row not in origins]) or ""
        problems.append(
            problem(
                "boundary-without-row",
                "warning",
                layer.origin(feature, f"{'/'.join(names)}={shown(key)}"),
                table=called(plan),
                label=plan.label,
                count=len(strangers),
                keys=listed([key for _, key in strangers]),
                nearest=near if len(strangers) == 1 else "",
            )
        )
    return found


def _not_alike(
    strangers: list[tuple[int, str]],
    rows: dict[str, int],
    origins: dict[int, Origin],
    layer: Layer,
    names: list[str],
    problems: list[Problem],
) -> list[tuple[int, str]]:
    """The features that no row resembles. Of keys that differ in how they are written only,
    such as `1` and `0001`, it is told which; they are not joined, for they may be two."""
    left = {_bare(key): key for key, row in rows.items() if row not in origins}
    alike = [(feature, key) for feature, key in strangers if _bare(key) in left]
    if alike:
        feature, key = alike[0]
        place = layer.origin(feature, f"{'/'.join(names)}={shown(key)}")
        row = shown(left[_bare(key)])
        problems.append(
            problem("keys-alike", "error", place, count=len(alike), key=shown(key), row=row)
        )
    return [each for each in strangers if _bare(each[1]) not in left]


def _bare(key: str) -> str:
    """A key without white space, case, the zeros its parts begin with and `.0` at their end."""
    parts = [folded(part).lstrip("0") for part in key.split("/")]
    return "/".join(sub(r"(?<=[0-9])\.0+$", "", part) for part in parts)


def _key_names(plan: TablePlan, part: Part) -> list[str]:
    """The attributes that hold the table's key: those named, or those called like it."""
    columns = part.layer.columns
    known = listed(list(columns))
    if part.keys:
        if len(part.keys) != len(plan.key):
            raise Rejected(
                "layer-key-parts", found=len(part.keys), wanted=len(plan.key), table=called(plan)
            )
        for name in part.keys:
            if name not in columns:
                raise Rejected(
                    "layer-key-unknown",
                    key=shown(name),
                    nearest=nearest(name, columns) or "",
                    known=known,
                )
        return part.keys
    by_form = {folded(name): name for name in columns}
    names = []
    for field in (plan.fields[name] for name in plan.key):
        forms = [form for form in (field.name, field.alias, *field.label.values()) if form]
        match = next((by_form[folded(form)] for form in forms if folded(form) in by_form), None)
        if match is None:
            raise Rejected("layer-key-absent", known=known, key=shown(forms[-1]))
        names.append(match)
    return names


def _keys(
    plan: TablePlan, layer: Layer, names: list[str], problems: list[Problem]
) -> list[str | None]:
    """Each feature's key as the table writes keys, None (and told) where it has none."""
    parts: list[list[str | None]] = []
    fields: list[FieldPlan] = [plan.fields[name] for name in plan.key]
    for name, field in zip(names, fields, strict=True):
        read = reader_for(field)
        texts: list[str | None] = []
        for raw in layer.columns[name]:
            try:
                value = read(raw)
                texts.append(None if value is None else key_text(value))
            except Rejected:
                texts.append(as_text(raw))
        parts.append(texts)
    keys: list[str | None] = []
    lacking: list[int] = []
    for feature, values in enumerate(zip(*parts, strict=True)):
        if None in values:
            lacking.append(feature)
            keys.append(None)
        else:
            keys.append("/".join(value for value in values if value is not None))
    if lacking:
        numbers = listed([layer.number(feature) for feature in lacking])
        problems.append(
            problem(
                "layer-key-empty",
                "error",
                layer.origin(lacking[0]),
                key=shown("/".join(names)),
                count=len(lacking),
                features=numbers,
            )
        )
    return keys


def united(shapes: list[Shape | None], layer: Layer, problems: list[Problem]) -> Shape | None:
    """All shapes together as one; None, and told, when one is missing or crosses itself."""
    import shapely

    good = [shape for shape in shapes if shape is not None]
    if len(good) != len(shapes):
        return None
    made = shapely.from_wkb([shape.wkb for shape in good])
    if not shapely.is_valid(made).all() or len({shape.crs for shape in good}) != 1:
        problems.append(problem("union-invalid", "error", layer.origin()))
        return None
    whole = shapely.union_all(made)
    decimals = [shape.decimals for shape in good if shape.decimals is not None]
    return Shape(
        shapely.to_wkb(whole, output_dimension=2, byte_order=1),
        good[0].kind,
        good[0].crs,
        int(shapely.get_num_coordinates(whole)),
        min(decimals) if decimals else None,
    )
