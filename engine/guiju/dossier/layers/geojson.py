"""GeoJSON (RFC 7946) read by the project's own strict reader of JSON.

It keeps the text of coordinates, so that their decimals can be counted, and a key that
stands twice is told. A `crs` member as GeoJSON had it before the RFC is honoured, since many
Chinese programs write one; one that is a link is not followed.
"""

from __future__ import annotations

from guiju.dossier.json_tree import ABSENT, NumberText, escaped
from guiju.dossier.layers.drawing import MAX_COORDINATE, Drawing, Layer
from guiju.dossier.problems import Rejected, shown
from guiju.hints import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

MAX_NESTED = 8
"""How deep collections of geometries may stand in each other."""


def geojson_layer(tree: Any, file: str) -> Layer:
    """The layer of a GeoJSON tree. Raises `Rejected`: `layer-broken`."""
    features = _features(tree, file)
    drawing = Drawing()
    columns: dict[str, list[Any]] = {}
    for index, feature in enumerate(features):
        at = f"/features/{index}"
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise _broken(file, at, "Feature")
        properties = feature.get("properties")
        if properties is not None and not isinstance(properties, dict):
            raise _broken(file, f"{at}/properties", "{…}")
        given: dict[str, Any] = dict(properties or {})
        # RFC 7946, 3.2: an identifier of the feature stands beside its properties.
        if "id" in feature and "id" not in given:
            given["id"] = feature["id"]
        for name, value in given.items():
            if name not in columns:
                columns[name] = [None] * len(features)
            columns[name][index] = value if _plain(value) else None
        geometry = feature.get("geometry")
        try:
            drawing.add(None if geometry is None else _shape(geometry, drawing))
        except Rejected as rejected:
            drawing.add(rejected)
    crs, implied = _crs(tree)
    return Layer(
        file,
        None,
        crs,
        implied,
        columns,
        drawing.shapes,
        drawing.decimals(),
        drawing.open_rings,
        drawing.heights,
    )


def _plain(value: Any) -> bool:
    return not isinstance(value, (dict, list))


def _broken(file: str, at: str, expected: str) -> Rejected:
    return Rejected("layer-broken", name=shown(file), detail=shown(f"{at}: {expected}?"))


def _features(tree: Any, file: str) -> list[Any]:
    kind = tree.get("type") if isinstance(tree, dict) else None
    if kind == "FeatureCollection":
        features = tree.get("features")
        if not isinstance(features, list):
            raise _broken(file, "/features", "[…]")
        return features
    if kind == "Feature":
        return [tree]
    if kind in _KINDS or kind == "GeometryCollection":
        return [{"type": "Feature", "properties": None, "geometry": tree}]
    raise _broken(file, "/type", "FeatureCollection")


def _crs(tree: Any) -> tuple[str | None, bool]:
    """The system a file names. Without a name it is WGS 84 (RFC 7946, 4); a null, or a
    link, means that it is not known (GeoJSON 2008, 3)."""
    if not isinstance(tree, dict) or "crs" not in tree:
        return "EPSG:4326", True
    crs = tree["crs"]
    if crs is None:
        return None, False
    name = crs.get("properties", {}) if isinstance(crs, dict) else {}
    name = name.get("name") or name.get("code") or name.get("href") or name.get("url")
    return (str(name) if isinstance(name, str) else shown(escaped(str(crs)))), False


def _shape(geometry: Any, drawing: Drawing, depth: int = 0) -> Any:
    if not isinstance(geometry, dict):
        raise Rejected("geometry-broken", detail=shown(type(geometry).__name__))
    kind = geometry.get("type")
    if kind == "GeometryCollection" and depth < MAX_NESTED:
        import shapely

        members = geometry.get("geometries")
        if not isinstance(members, list):
            raise Rejected("geometry-broken", detail="geometries")
        shapes = [_shape(member, drawing, depth + 1) for member in members]
        return shapely.geometrycollections([shape for shape in shapes if shape is not None])
    make = _KINDS.get(kind)
    if make is None:
        raise Rejected("geometry-broken", detail=shown(kind))
    coordinates = geometry.get("coordinates", ABSENT)
    if not isinstance(coordinates, list):
        raise Rejected("geometry-broken", detail="coordinates")
    return make(coordinates, drawing) if coordinates else None


def _line(positions: Any, drawing: Drawing) -> ndarray[Any, Any]:
    xs: list[str] = []
    ys: list[str] = []
    zs: list[str] = []
    if not isinstance(positions, list):
        raise Rejected("geometry-broken", detail=shown(positions))
    for position in positions:
        if not isinstance(position, list) or len(position) < 2:
            raise Rejected("geometry-broken", detail=shown(position))
        for part in position:
            if not isinstance(part, NumberText) or len(part) > MAX_COORDINATE:
                raise Rejected("geometry-broken", detail=shown(part))
        xs.append(position[0])
        ys.append(position[1])
        if len(position) > 2:
            zs.append(position[2])
    return drawing.points(xs, ys, zs)


def _point(position: Any, drawing: Drawing) -> Any:
    import shapely

    return shapely.points(_line([position], drawing)[0])


def _points(positions: Any, drawing: Drawing) -> Any:
    import shapely

    return shapely.multipoints(_line(positions, drawing))


def _string(positions: Any, drawing: Drawing) -> Any:
    import shapely

    points = _line(positions, drawing)
    if len(points) < 2:
        raise Rejected("geometry-broken", detail=f"{len(points)} < 2")
    return shapely.linestrings(points)


def _strings(lines: Any, drawing: Drawing) -> Any:
    import shapely

    return shapely.multilinestrings([_string(line, drawing) for line in lines])


def _polygon(rings: Any, drawing: Drawing) -> Any:
    if not isinstance(rings, list):
        raise Rejected("geometry-broken", detail=shown(rings))
    return drawing.polygon([_line(ring, drawing) for ring in rings])


def _polygons(polygons: Any, drawing: Drawing) -> Any:
    import shapely

    parts = [_polygon(rings, drawing) for rings in polygons]
    return shapely.multipolygons([part for part in parts if part is not None])


_KINDS: dict[Any, Any] = {
    "Point": _point,
    "MultiPoint": _points,
    "LineString": _string,
    "MultiLineString": _strings,
    "Polygon": _polygon,
    "MultiPolygon": _polygons,
}
