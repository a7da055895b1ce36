"""Makes layers of every format for tests, and dossiers that hold them."""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import making
import numpy
import shapely
import vocabulary
from pyogrio.raw import write
from vocabulary import field, fields

from guiju.dossier import Dossier, open_dossier, read
from guiju.plan.nodes import PackPlan, TablePlan
from guiju.plan.types import GeometryType, TextType

KEY = "小班号"
PARCELS = "id,面积\nP-01,1\nP-02,2\n"
DRIVERS = {"shp": "ESRI Shapefile", "gpkg": "GPKG", "gdb": "OpenFileGDB", "geojson": "GeoJSON"}


def pack() -> PackPlan:
    """The vocabulary of the other tests with boundaries, plots and a county."""
    known = vocabulary.pack()
    parcels = known.tables["parcels"]
    shaped = dict(parcels.fields)
    shaped["boundary"] = field("boundary", GeometryType("polygon"), "边界")
    plots = TablePlan(
        "plots",
        "样地",
        {"en": "Plots", "zh": "样地"},
        ("parcel", "number"),
        None,
        fields(
            field("parcel", TextType(), "地块"),
            field("number", TextType(), "样地号"),
            field("location", GeometryType("point"), "位置"),
        ),
    )
    project = known.groups["project"]
    facts = {**project.fields, "county": field("county", GeometryType("polygon"), "县界")}
    return known._replace(
        tables={
            **known.tables,
            "parcels": parcels._replace(boundary="polygon", fields=shaped),
            "plots": plots,
        },
        groups={**known.groups, "project": project._replace(fields=facts)},
    )


def dossier(path: Path, yaml: str, files: dict[str, str | bytes] | None = None) -> Dossier:
    return read(open_dossier(making.folder(path, yaml, files)), pack())


def square(x: float, y: float, size: float = 0.01) -> Any:
    return shapely.box(x, y, x + size, y + size)


TWO = (square(120.1, 43.1), square(120.2, 43.1))
"""Two parcels in degrees, in the 3° zone of 120° E."""


def projected(shapes: Any, crs: str, base: str = "EPSG:4490") -> list[Any]:
    from pyproj import Transformer

    there = Transformer.from_crs(base, crs, always_xy=True)
    return [
        shapely.transform(shape, lambda c: numpy.column_stack(there.transform(c[:, 0], c[:, 1])))
        for shape in shapes
    ]


def layer_files(
    kind: str,
    shapes: Any = TWO,
    keys: Any = ("P-01", "P-02"),
    crs: str | None = "EPSG:4490",
    name: str = "小班",
    encoding: str | None = None,
    geometry: str = "Polygon",
    key: str = KEY,
) -> dict[str, bytes]:
    """The files of a layer as GDAL writes it, by name."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a layer without a coordinate system is meant
        path = Path(folder) / f"{name}.{kind}"
        options = {} if encoding is None else {"encoding": encoding}
        write(
            str(path),
            numpy.array([shapely.to_wkb(shape) for shape in shapes], dtype=object),
            [numpy.array(list(keys), dtype=object)],
            [key],
            geometry_type=geometry,
            crs=crs,
            driver=DRIVERS[kind],
            layer=name if kind in ("gpkg", "gdb") else None,
            **options,
        )
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in sorted(Path(folder).rglob("*"))
            if file.is_file()
        }


def feature(key: str | None, shape: Any, **more: Any) -> dict[str, Any]:
    geometry = shape if isinstance(shape, dict) else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": {KEY: key, **more}, "geometry": geometry}


def geojson(*features: dict[str, Any], crs: str | None = "urn:ogc:def:crs:EPSG::4490") -> str:
    tree: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    if crs is not None:
        tree["crs"] = {"type": "name", "properties": {"name": crs}}
    return json.dumps(tree, ensure_ascii=False)


def ring(*points: tuple[str, str]) -> str:
    return "[" + ",".join(f"[{x},{y}]" for x, y in points) + "]"


def placemark(key: str, coordinates: str, hole: str = "") -> str:
    inner = (
        "<innerBoundaryIs><LinearRing><coordinates>"
        f"{hole}</coordinates></LinearRing></innerBoundaryIs>"
        if hole
        else ""
    )
    return (
        f"<Placemark><name>{key}</name><ExtendedData><Data name='{KEY}'><value>{key}</value>"
        "</Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{coordinates}</coordinates></LinearRing></outerBoundaryIs>{inner}</Polygon></Placemark>"
    )


def kml(*placemarks: str, folder: str = "小班") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>图</name><Folder><name>{folder}</name>{''.join(placemarks)}"
        "</Folder></Document></kml>"
    )


def kml_square(x: str, y: str, size: float = 0.01, tail: str = "") -> str:
    right, top = f"{float(x) + size:.6f}", f"{float(y) + size:.6f}"
    corners = [(x, y), (right, y), (right, top), (x, top), (x, y)]
    return " ".join(f"{a},{b}{tail}" for a, b in corners)
