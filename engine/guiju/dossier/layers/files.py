"""The files a layer can stand in, by their endings: each is read as what it says it is.

A zip holds one of the other kinds, and is gone through under the same limits as a zipped
dossier.
"""

from __future__ import annotations

from io import BytesIO
from re import fullmatch
from zipfile import ZipFile

from guiju.dossier import limits
from guiju.dossier.container import Archive
from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.json_tree import ABSENT
from guiju.dossier.layers.drawing import MAX_COORDINATE, Drawing, Layer
from guiju.dossier.naming import nearest
from guiju.dossier.problems import Rejected, listed, problem, shown
from guiju.dossier.values import as_text
from guiju.record import Record
from guiju.verdicts import Origin

GEODATABASE = ".gdb"
GEODATABASE_PART = "a00000001.gdbtable"
"""The table of tables, which every file geodatabase has."""

ENDINGS = (".geojson", ".json", ".shp", ".zip", ".kml", ".kmz", ".gpkg", GEODATABASE)
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".et", ".ods")
_MAX_DEPTH = 2


class Ask(Record):
    """What a dossier says of a layer. `x` and `y` are headings of a table of points."""

    file: str
    place: Origin
    layer: str | None = None
    x: str | None = None
    y: str | None = None


def read_layer(ask: Ask, files: Files) -> Layer | None:
    """The layer asked for; None, and reported, where there is none to read."""
    name = files.name(ask.file.rstrip("/\\"), ask.place)
    if name is None:
        return None
    try:
        layer = _layer(ask, name, files, name, 0)
    except Rejected as rejected:
        absent = rejected.code == "file-missing"
        files.say(rejected, ask.place if absent else Origin(name, "", ask.layer))
        return None
    if layer is not None and len(layer) > limits.MAX_FEATURES:
        few = Rejected("too-many-features", count=len(layer), most=limits.MAX_FEATURES)
        files.say(few, layer.origin())
        return None
    if layer is not None and not len(layer):
        files.say(Rejected("layer-empty", name=shown(name)), layer.origin())
    return layer


def _layer(ask: Ask, name: str, files: Files, file: str, depth: int) -> Layer | None:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ask.x is not None or ask.y is not None:
        return _points(ask, name, files)
    if ending in (".geojson", ".json"):
        from guiju.dossier.layers.geojson import geojson_layer

        if files.content(name, ask.place, limits.MAX_LAYER_TEXT) is None:
            return None
        tree = files.json(name, ask.place)
        return None if tree is ABSENT else geojson_layer(tree, file)
    if ending == ".kml":
        from guiju.dossier.layers.kml import kml_layer

        content = files.content(name, ask.place, limits.MAX_LAYER_TEXT)
        text = None if content is None else files.decoded(name, content)
        if text is None:
            return None
        # In a KMZ a layer may be asked for by the name of its file.
        folder = ask.layer if ask.layer != _stem(name) or not depth else None
        layer, links = kml_layer(text, file, folder)
        if links:
            files.problems.append(problem("network-link", "warning", layer.origin(), count=links))
        return layer
    if ending in (".zip", ".kmz"):
        return _zipped(ask, name, files, file, depth)
    if ending not in ENDINGS:
        raise Rejected("layer-format", name=shown(name), known=", ".join(ENDINGS))
    from guiju.dossier.layers import gdal

    if ending == ".shp":
        return gdal.read_shapefile(name, ask.place, files, file)
    asked = _asked(ask, name, depth)
    if ending == ".gpkg":
        return gdal.read_geopackage(name, ask.place, files, file, asked)
    return gdal.read_geodatabase(name, ask.place, files, file, asked)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _asked(ask: Ask, name: str, depth: int) -> str | None:
    """The layer asked for, unless that has chosen the file within a zip already."""
    return None if depth and ask.layer == _stem(name) else ask.layer


def _zipped(ask: Ask, name: str, files: Files, file: str, depth: int) -> Layer | None:
    """The layer in a zip: the only file of a known kind, or the one of the name asked for."""
    content = files.content(name, ask.place)
    if content is None:
        return None
    if depth >= _MAX_DEPTH:
        raise Rejected("layer-format", name=shown(name), known=", ".join(ENDINGS))
    try:
        zip_file = ZipFile(BytesIO(content))
    except Exception as wrong:  # BadZipFile, but also struct.error and others when damaged
        raise Rejected("layer-broken", name=shown(file), detail=shown(wrong)) from None
    with zip_file:
        archive = Archive(zip_file)
        for refused in archive.refused:
            files.say(refused, Origin(file, ""))
        total = sum(info.file_size for info in archive.members.values())
        if total > limits.MAX_TABLE:
            raise Rejected("file-too-large", name=shown(file), size=total, most=limits.MAX_TABLE)
        chosen = _chosen(archive.names(), ask, name, file)
        inner = Files(archive, files.problems)
        if f"{chosen}/{GEODATABASE_PART}".lstrip("/") in archive.names():
            from guiju.dossier.layers.gdal import read_geodatabase

            return read_geodatabase(chosen, ask.place, inner, file, _asked(ask, chosen, depth + 1))
        return _layer(ask, chosen, inner, file, depth + 1)


def _chosen(names: list[str], ask: Ask, name: str, file: str) -> str:
    found: dict[str, None] = {}
    endings = (".kml",) if name.lower().endswith(".kmz") else ENDINGS
    for each in names:
        if each.startswith("__MACOSX/"):
            continue
        folder, _, base = each.rpartition("/")
        inside = f"{GEODATABASE}/" in each.lower()
        if base.lower() == GEODATABASE_PART:
            # Also one that was zipped without its folder, or in a folder by another name.
            found[folder] = None
        elif each.lower().endswith(endings) and not inside:
            found[each] = None
    if len(found) > 1 and name.lower().endswith(".kmz"):
        # The main file of a KMZ is the first at its top (OGC 12-007r2, annex C).
        top = [each for each in found if "/" not in each]
        return "doc.kml" if "doc.kml" in found else (top or list(found))[0]
    if len(found) == 1:
        return next(iter(found))
    named = [each for each in found if ask.layer in (_stem(each), each)]
    if len(named) == 1:
        return named[0]
    stems = [_stem(each) for each in found]
    if ask.layer is None or not found:
        raise Rejected("layer-which", file=shown(file), known=listed(stems))
    raise Rejected(
        "layer-not-found",
        layer=shown(ask.layer),
        file=shown(file),
        nearest=nearest(ask.layer, stems) or "",
        known=listed(stems),
    )


def _points(ask: Ask, name: str, files: Files) -> Layer | None:
    """Points from two columns of a table: longitudes or eastings, latitudes or northings."""
    grid: Grid | None = None
    if name.lower().endswith(TABLES[3:]):
        from guiju.dossier.sheet_grid import sheet_grid

        book = files.workbook(name, ask.place)
        if book is not None:
            grid = sheet_grid(book, ask.layer, None, None, files.problems)
    elif name.lower().endswith(TABLES):
        from guiju.dossier.csv_grid import read_csv

        text = files.text(name, ask.place)
        if text is not None:
            delimiter = "\t" if name.lower().endswith(".tsv") else ","
            grid = read_csv(text, name, files.problems, delimiter)
    else:
        raise Rejected("layer-format", name=shown(name), known=", ".join(TABLES))
    if grid is None:
        return None
    places = [_heading(grid, ask.x, "x"), _heading(grid, ask.y, "y")]
    # The table the rows of which stand in the same file has noted these columns as unused.
    used = [grid.origin(-1, place) for place in places]
    files.problems[:] = [
        problem
        for problem in files.problems
        if problem.code != "unused-column" or problem.origin not in used
    ]
    drawing = Drawing()
    for row in grid.rows:
        try:
            texts = [as_text(row[place]) for place in places]
            drawing.add(None if None in texts else _point(texts, drawing))
        except Rejected as rejected:
            drawing.add(Rejected("point-not-decimal", text=str(rejected.values.get("text", ""))))
    columns = {
        heading: [row[index] for row in grid.rows]
        for index, heading in enumerate(grid.header)
        if heading
    }
    return Layer(name, grid.sheet, None, False, columns, drawing.shapes, drawing.decimals(), [], [])


def _heading(grid: Grid, heading: str | None, key: str) -> int:
    if heading is None:
        raise Rejected("point-columns", key=key)
    if heading in grid.header:
        return grid.header.index(heading)
    raise Rejected(
        "column-not-found",
        heading=shown(heading),
        nearest=nearest(heading, grid.header) or "",
        file=shown(grid.file),
    )


def _point(texts: list[str | None], drawing: Drawing) -> object:
    import shapely

    x, y = (text or "" for text in texts)
    for text in (x, y):
        if len(text) > MAX_COORDINATE or not fullmatch(r"-?[0-9]+(\.[0-9]*)?", text):
            raise Rejected("not-a-number", text=shown(text))
    return shapely.points(drawing.points([x], [y], [])[0])
