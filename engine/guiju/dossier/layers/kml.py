"""KML and KMZ (OGC 12-007r2) read with a streaming parser that refuses document types.

Links to other files are never followed. The text of coordinates is kept, so that their
decimals can be counted.
"""

from __future__ import annotations

from guiju.dossier.layers.drawing import MAX_COORDINATE, Drawing, Layer
from guiju.dossier.naming import nearest
from guiju.dossier.problems import Rejected, listed, shown
from guiju.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

_TAKEN_TEXTS = ("name", "coordinates", "value", "SimpleData")


def kml_layer(text: str, file: str, folder: str | None) -> tuple[Layer, int]:
    """The layer of a KML file, or of one of its folders, and how many links it holds.

    The encoding has been decided: what the file itself says of it is not asked. Raises
    `Rejected`: `layer-broken`, `layer-not-found`.
    """
    from xml.parsers.expat import ExpatError, ParserCreate

    reading = _Reading()
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Rejected("layer-broken", name=shown(file), detail="DOCTYPE")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(text, True)
    except ExpatError as wrong:
        raise Rejected("layer-broken", name=shown(file), detail=shown(wrong)) from None
    if reading.root != "kml":
        raise Rejected("layer-broken", name=shown(file), detail=shown(f"<{reading.root}>"))
    return reading.layer(file, folder), reading.links


class _Reading:
    """The placemarks met while a KML file is gone through."""

    def __init__(self) -> None:
        self.root = ""
        self.links = 0
        self.placemarks: list[tuple[tuple[str, ...], dict[str, str], list[Any]]] = []
        self._path: list[str] = []
        self._pieces: list[str] = []
        self._folders: list[str] = []
        self._values: dict[str, str] | None = None
        self._named = ""
        self._shapes: list[Any] = []
        self._rings: list[list[str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self.root = self.root or name
        self._path.append(name)
        self._pieces.clear()
        if name in ("Folder", "Document"):
            self._folders.append("")
        elif name == "Placemark":
            self._values, self._shapes = {}, []
        elif name == "NetworkLink":
            self.links += 1
        elif name in ("Data", "SimpleData"):
            self._named = attributes.get("name", "")
        elif name == "Polygon":
            self._rings = []

    def text(self, text: str) -> None:
        if self._path[-1] in _TAKEN_TEXTS:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        self._path.pop()
        name = name.rpartition(" ")[2]
        text = "".join(self._pieces).strip()
        above = self._path[-1] if self._path else ""
        self._pieces.clear()
        if name in ("Folder", "Document"):
            self._folders.pop()
        elif name == "name" and above in ("Folder", "Document"):
            self._folders[-1] = text
        elif self._values is None:
            return
        elif name == "Placemark":
            self.placemarks.append((tuple(self._folders), self._values, self._shapes))
            self._values = None
        elif name == "name" and above == "Placemark":
            self._values["name"] = text
        elif (name == "value" and above == "Data") or name == "SimpleData":
            self._values.setdefault(self._named, text)
        elif name == "coordinates":
            if above == "LinearRing" and "Polygon" in self._path:
                self._rings.append(text.split())
            else:
                self._shapes.append((above, [text.split()]))
        elif name == "Polygon":
            self._shapes.append(("Polygon", self._rings))

    def layer(self, file: str, folder: str | None) -> Layer:
        chosen = self.placemarks
        if folder is not None:
            chosen = [mark for mark in chosen if folder in mark[0]]
            if not chosen:
                names = sorted({name for mark in self.placemarks for name in mark[0] if name})
                raise Rejected(
                    "layer-not-found",
                    layer=shown(folder),
                    file=shown(file),
                    nearest=nearest(folder, names) or "",
                    known=listed(names),
                )
        drawing = Drawing()
        columns: dict[str, list[Any]] = {}
        for index, (_, values, shapes) in enumerate(chosen):
            for name, value in values.items():
                columns.setdefault(name, [None] * len(chosen))[index] = value or None
            try:
                drawing.add(_whole([_shape(kind, lines, drawing) for kind, lines in shapes]))
            except Rejected as rejected:
                drawing.add(rejected)
        return Layer(
            file,
            folder,
            "EPSG:4326",
            False,
            columns,
            drawing.shapes,
            drawing.decimals(),
            drawing.open_rings,
            drawing.heights,
        )


def _shape(kind: str, lines: list[list[str]], drawing: Drawing) -> Any:
    import shapely

    if kind == "Polygon":
        return drawing.polygon([_line(line, drawing) for line in lines])
    points = _line(lines[0], drawing)
    if kind == "Point" and len(points) == 1:
        return shapely.points(points[0])
    if kind in ("LineString", "LinearRing") and len(points) > 1:
        return shapely.linestrings(points)
    raise Rejected("geometry-broken", detail=shown(f"<{kind}> ({len(points)})"))


def _line(tuples: list[str], drawing: Drawing) -> ndarray[Any, Any]:
    xs: list[str] = []
    ys: list[str] = []
    zs: list[str] = []
    for written in tuples:
        parts = written.split(",")
        plain = written.isascii() and "_" not in written and len(parts) in (2, 3)
        if not plain or any(len(part) > MAX_COORDINATE for part in parts):
            raise Rejected("geometry-broken", detail=shown(written))
        xs.append(parts[0])
        ys.append(parts[1])
        if len(parts) == 3 and parts[2]:
            zs.append(parts[2])
    return drawing.points(xs, ys, zs)


def _whole(shapes: list[Any]) -> Any:
    """The shape of a placemark: its only one, or all of one kind together."""
    import shapely

    shapes = [shape for shape in shapes if shape is not None]
    if len(shapes) <= 1:
        return shapes[0] if shapes else None
    kinds = {shape.geom_type for shape in shapes}
    if kinds == {"Polygon"}:
        return shapely.multipolygons(shapes)
    if kinds == {"LineString"}:
        return shapely.multilinestrings(shapes)
    return (
        shapely.multipoints(shapes) if kinds == {"Point"} else shapely.geometrycollections(shapes)
    )
