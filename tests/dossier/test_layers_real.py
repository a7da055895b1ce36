"""Real boundaries are read as the figures computed beside them say."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import layers_making as make
import pytest
import shapely

from guiju.dossier import Dossier

DATA = Path(__file__).parents[1] / "data" / "boundaries"


def computed(folder: str) -> list[dict[str, str]]:
    with (DATA / folder / "computed.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read(tmp_path: Path, folder: str, file: str, key: str, keys: list[str]) -> Dossier:
    rows = "id\n" + "".join(f'"{each}"\n' for each in keys)
    yaml = f"tables: {{ parcels: a.csv }}\nlayers:\n  parcels: {{ file: {file}, key: {key} }}\n"
    content = (DATA / folder / file).read_bytes()
    return make.dossier(tmp_path, yaml, {"a.csv": rows, file: content})


def hectares(shape: Any) -> float:
    from pyproj import Geod

    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(shape)
    return abs(area) / 10_000


def test_the_plots_have_their_parts_vertices_and_areas(tmp_path: Path) -> None:
    expected = computed("whisp-plots")
    found = read(
        tmp_path, "whisp-plots", "plots.geojson", "user_id", [r["user_id"] for r in expected]
    )
    table = found.tables["parcels"]
    assert [p.code for p in found.problems if p.severity == "error"] == []
    for row, shape in zip(expected, table.columns["boundary"], strict=True):
        assert (shape.kind, shape.crs) == ("polygon", "EPSG:4326")
        assert shape.vertices == int(row["vertices"])
        geometry = shapely.from_wkb(shape.wkb)
        assert len(shapely.get_parts(geometry)) == int(row["parts"])
        assert str(bool(geometry.is_valid)) == row["valid"]
        oriented = shapely.orient_polygons(geometry)
        assert hectares(oriented) == pytest.approx(float(row["area_ha_geodesic"]), abs=1e-6)


def test_the_reserves_have_their_holes_and_bounds(tmp_path: Path) -> None:
    expected = computed("openlandsdb")
    # The identifiers stand beside the properties, as RFC 7946 has them.
    ids = [Path(row["path"]).stem for row in expected]
    found = read(tmp_path, "openlandsdb", "reserves.geojson", "id", ids)
    assert [p.code for p in found.problems if p.severity == "error"] == []
    for row, shape in zip(expected, found.tables["parcels"].columns["boundary"], strict=True):
        geometry = shapely.from_wkb(shape.wkb)
        parts = shapely.get_parts(geometry)
        assert len(parts) == int(row["parts"])
        assert shapely.get_num_interior_rings(parts).sum() == int(row["holes"])
        bounds = [float(each) for each in row["computed_bounds"].split(",")]
        assert list(shapely.bounds(geometry)) == pytest.approx(bounds, abs=1e-6)
        assert shape.decimals is not None and shape.decimals >= 6
