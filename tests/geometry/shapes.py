"""Shapes laid out in metres about a place, and the real ones of the test data."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyproj
import shapely

from guiju.geometry import Shape
from guiju.geometry.prepared import Prepared, prepare

DATA = Path(__file__).parents[1] / "data" / "boundaries"
EAST, NORTH = 118.0, 43.5
_GEOD = pyproj.CRS("EPSG:4490").get_geod()
UP = 0.001 / _GEOD.inv(EAST, NORTH, EAST, NORTH + 0.001)[2]
ASIDE = 0.001 / _GEOD.inv(EAST, NORTH, EAST + 0.001, NORTH)[2]
"""A metre in degrees of latitude and of longitude at the place."""


def at(x: float, y: float) -> tuple[float, float]:
    return EAST + x * ASIDE, NORTH + y * UP


def polygon(*corners: tuple[float, float]) -> Any:
    return shapely.Polygon([at(x, y) for x, y in corners])


def box(west: float, south: float, east: float, north: float) -> Any:
    return polygon((west, south), (east, south), (east, north), (west, north))


def shape(geometry: Any, crs: str = "EPSG:4490", decimals: int | None = None) -> Shape:
    kind = geometry.geom_type.lower().removeprefix("multi").removesuffix("string")
    count = len(shapely.get_coordinates(geometry))
    return Shape(shapely.to_wkb(geometry), kind, crs, count, decimals)


def ready(geometry: Any, crs: str = "EPSG:4490") -> Prepared:
    return prepare(shape(geometry, crs))


def real() -> list[tuple[str, Any, dict[str, str]]]:
    """The boundaries of the test data: a name, the geometry, and what is computed of it."""
    found = []
    for folder, file in (("whisp-plots", "plots"), ("openlandsdb", "reserves")):
        with (DATA / folder / "computed.csv").open(encoding="utf-8", newline="") as stream:
            computed = list(csv.DictReader(stream))
        text = (DATA / folder / f"{file}.geojson").read_text(encoding="utf-8")
        features = json.loads(text)["features"]
        for feature, row in zip(features, computed, strict=True):
            if "user_id" in row:
                assert str(feature["properties"]["user_id"]) == row["user_id"]
            geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
            found.append((row.get("name") or row["user_id"], geometry, row))
    return found
