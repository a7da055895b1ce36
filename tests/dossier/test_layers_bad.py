"""What is wrong with a layer is told with its place and the mend, and never mended."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import layers_making as make
import pytest
import shapely
from layers_making import KEY, PARCELS, TWO, dossier, feature, geojson, layer_files, projected
from making import codes, told, zipped

from guiju.dossier import Dossier
from guiju.dossier.layers.crs import system
from guiju.dossier.problems import Rejected
from guiju.geometry import Shape

ONE = "id,面积\nP-01,1\n"
XIAN_80 = (
    'PROJCS["Xian_1980_3_Degree_GK_CM_120E",GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",'
    'SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",120.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def read_one(path: Path, spec: str, files: dict[str, bytes | str], rows: str = PARCELS) -> Dossier:
    yaml = f"tables: {{ parcels: 小班.csv }}\nlayers:\n  parcels: {spec}\n"
    return dossier(path, yaml, {"小班.csv": rows, **files})


def shapes(found: Dossier) -> list[Shape | None]:
    return found.tables["parcels"].columns["boundary"]


def read_text(path: Path, text: str, crs: str | None = None, rows: str = ONE) -> Dossier:
    more = "" if crs is None else f", crs: '{crs}'"
    return read_one(path, f"{{ file: a.geojson, key: {KEY}{more} }}", {"a.geojson": text}, rows)


def read_square(path: Path, x: float, y: float, crs: str, size: float = 500) -> Dossier:
    code = crs.partition(":")[2]
    text = geojson(feature("P-01", make.square(x, y, size)), crs=f"urn:ogc:def:crs:EPSG::{code}")
    return read_text(path, text)


def assert_refused(found: Dossier, code: str, words: str = "") -> None:
    problem = told(found, code)
    assert problem.severity == "error"
    assert words in problem.message["zh"] + problem.mend["zh"]
    assert shapes(found)[0] is None


# --- coordinate systems ------------------------------------------------------------------


def zones() -> list[str]:
    """Every 3° and 6° zone of CGCS2000, by number and by central meridian."""
    return [f"EPSG:{code}" for code in range(4491, 4555)]


@pytest.mark.parametrize("crs", [*zones()[::7], "EPSG:4528", "EPSG:4549", "EPSG:4499"])
def test_zones_of_cgcs2000_come_back_to_the_degrees_they_were_made_of(
    tmp_path: Path, crs: str
) -> None:
    meridian = system(crs).meridian
    assert meridian is not None
    degrees = make.square(meridian + 0.5, 43.1)
    text = geojson(
        feature("P-01", *projected([degrees], crs)),
        crs=f"urn:ogc:def:crs:{crs.replace(':', '::')}",
    )
    found = read_text(tmp_path, text)
    (shape,) = shapes(found)
    assert shape is not None and shape.crs == "EPSG:4490"
    assert shapely.equals_exact(shapely.from_wkb(shape.wkb), degrees, 1e-9)


def test_every_zone_of_cgcs2000_is_known() -> None:
    for crs in zones():
        found = system(crs)
        assert found.geographic == "EPSG:4490"
        zone = int(crs[5:])
        numbered = 4491 <= zone <= 4501 or 4513 <= zone <= 4533
        assert found.easting is not None
        assert (found.easting > 1_000_000) == numbered


def test_utm_zones_lie_on_wgs_84(tmp_path: Path) -> None:
    shape = projected([make.square(117.1, 43.1)], "EPSG:32650", "EPSG:4326")
    files = layer_files("gpkg", shape, ["P-01"], "EPSG:32650")
    found = read_one(tmp_path, "小班.gpkg", files, ONE)
    assert shapes(found)[0].crs == "EPSG:4326"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "crs", ["EPSG:4610", "EPSG:2343", "EPSG:2383", "EPSG:4214", "EPSG:2431", "EPSG:4555", XIAN_80]
)
def test_a_datum_that_needs_a_shift_is_refused(tmp_path: Path, crs: str) -> None:
    with pytest.raises(Rejected) as refused:
        system(crs)
    assert refused.value.code == "crs-needs-shift"
    files = layer_files("shp", [make.square(500_000, 4_700_000, 500)], ["P-01"], "EPSG:2383")
    found = read_one(tmp_path, f"{{ file: 小班.shp, key: {KEY} }}", files, ONE)
    assert_refused(found, "crs-needs-shift", "当地转换参数")


def test_a_layer_without_a_coordinate_system_is_refused(tmp_path: Path) -> None:
    files = layer_files("shp", crs=None)
    found = read_one(tmp_path / "a", f"{{ file: 小班.shp, key: {KEY} }}", files)
    assert_refused(found, "crs-missing", ".prj")
    found = read_one(tmp_path / "b", f"{{ file: 小班.shp, key: {KEY}, crs: EPSG:4490 }}", files)
    assert None not in shapes(found)


def test_a_geopackage_without_a_coordinate_system_is_refused(tmp_path: Path) -> None:
    found = read_one(tmp_path, "小班.gpkg", layer_files("gpkg", crs=None))
    assert_refused(found, "crs-missing")


@pytest.mark.parametrize(
    "crs", ["EPSG:999999", "+proj=longlat +ellps=WGS84", "某坐标系", "EPSG:4479"]
)
def test_an_unknown_coordinate_system_is_refused(tmp_path: Path, crs: str) -> None:
    assert_refused(read_text(tmp_path, geojson(feature("P-01", TWO[0])), crs), "crs-unknown")


def test_a_file_in_another_system_than_declared_is_refused(tmp_path: Path) -> None:
    text = geojson(feature("P-01", TWO[0]), crs="urn:ogc:def:crs:OGC:1.3:CRS84")
    found = read_text(tmp_path, text, "EPSG:4490")
    assert_refused(found, "crs-differs", "EPSG:4326")
    kml = make.kml(make.placemark("P-01", make.kml_square("120.1", "43.1")))
    found = read_one(
        tmp_path, f"{{ file: a.kml, key: {KEY}, crs: EPSG:4490 }}", {"a.kml": kml}, ONE
    )
    assert_refused(found, "crs-differs")


def test_geojson_without_a_system_is_wgs_84_unless_declared(tmp_path: Path) -> None:
    text = geojson(feature("P-01", TWO[0]), crs=None)
    found = read_text(tmp_path / "a", text)
    assert shapes(found)[0].crs == "EPSG:4326"  # type: ignore[union-attr]
    assert "crs-implied" not in codes(found)
    found = read_text(tmp_path / "b", text, "CGCS2000")
    assert shapes(found)[0].crs == "EPSG:4490"  # type: ignore[union-attr]
    assert told(found, "crs-implied").severity == "warning"


# --- coordinates --------------------------------------------------------------------------


def test_latitude_before_longitude_is_refused(tmp_path: Path) -> None:
    found = read_text(tmp_path, geojson(feature("P-01", make.square(43.1, 120.1))))
    assert_refused(found, "lonlat-swapped", "先写经度")
    assert told(found, "lonlat-swapped").origin.at == "#1"


def test_one_feature_the_wrong_way_round_is_refused_alone(tmp_path: Path) -> None:
    text = geojson(feature("P-01", TWO[0]), feature("P-02", make.square(43.1, 120.1)))
    found = read_text(tmp_path, text, rows=PARCELS)
    assert told(found, "lonlat-swapped").origin.at == "#2"
    first, second = shapes(found)
    assert first is not None and second is None


def test_what_would_lie_in_china_the_other_way_round_is_warned_of(tmp_path: Path) -> None:
    found = read_text(tmp_path, geojson(feature("P-01", make.square(38.5, 76.5))))
    assert told(found, "lonlat-maybe-swapped").severity == "warning"
    assert shapes(found)[0] is not None


def test_coordinates_beyond_the_globe_are_refused(tmp_path: Path) -> None:
    found = read_text(tmp_path, geojson(feature("P-01", make.square(190, 43))))
    assert_refused(found, "coordinates-out-of-range")


def test_metres_for_degrees_are_refused_and_the_zone_named(tmp_path: Path) -> None:
    found = read_square(tmp_path, 40_500_000, 4_700_000, "EPSG:4490")
    assert_refused(found, "coordinates-not-degrees", "EPSG:4528")


def test_degrees_for_metres_are_refused(tmp_path: Path) -> None:
    found = read_square(tmp_path, 120.1, 43.1, "EPSG:4528", 0.01)
    assert_refused(found, "coordinates-are-degrees", "EPSG:4490")


@pytest.mark.parametrize(
    ("x", "y", "crs", "code", "mend"),
    [
        (500_000, 4_700_000, "EPSG:4528", "zone-prefix-absent", "EPSG:4549"),
        (40_500_000, 4_700_000, "EPSG:4549", "zone-prefix-given", "EPSG:4528"),
        (39_500_000, 4_700_000, "EPSG:4528", "zone-differs", "EPSG:4527"),
        (20_500_000, 4_700_000, "EPSG:4528", "zone-differs", "EPSG:4498"),
        (4_700_000, 40_500_000, "EPSG:4528", "axes-swapped", "东坐标在前"),
        (4_700_000, 500_000, "EPSG:4549", "axes-swapped", "东坐标在前"),
        (4_700_000, 4_700_000, "EPSG:4549", "coordinates-out-of-range", ""),
    ],
)
def test_eastings_are_held_to_their_zone(
    tmp_path: Path, x: float, y: float, crs: str, code: str, mend: str
) -> None:
    assert_refused(read_square(tmp_path, x, y, crs), code, mend)


def test_what_lies_far_from_its_meridian_is_warned_of(tmp_path: Path) -> None:
    found = read_square(tmp_path, 900_000, 4_700_000, "EPSG:4549")
    assert told(found, "far-from-meridian").severity == "warning"


# --- shapes -------------------------------------------------------------------------------


def bow_tie() -> dict[str, object]:
    ring = [[120.1, 43.1], [120.2, 43.2], [120.2, 43.1], [120.1, 43.2], [120.1, 43.1]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_a_ring_that_crosses_itself_is_kept_and_noted(tmp_path: Path) -> None:
    found = read_text(tmp_path, geojson(feature("P-01", bow_tie())))
    problem = told(found, "geometry-invalid")
    assert problem.severity == "note"
    assert "边界自相交" in problem.message["zh"]
    assert "it crosses itself" in problem.message["en"]
    shape = shapes(found)[0]
    assert shape is not None and shape.vertices == 5
    assert not shapely.from_wkb(shape.wkb).is_valid


def test_a_ring_that_does_not_close_is_warned_of(tmp_path: Path) -> None:
    open_ring = {"type": "Polygon", "coordinates": [[[120.1, 43.1], [120.2, 43.1], [120.2, 43.2]]]}
    found = read_text(tmp_path, geojson(feature("P-01", open_ring)))
    assert told(found, "ring-not-closed").severity == "warning"
    assert shapes(found)[0].vertices == 4  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        ({"type": "Point", "coordinates": [120.1, 43.1]}, "geometry-kind"),
        ({"type": "LineString", "coordinates": [[120.1, 43.1], [120.2, 43.1]]}, "geometry-kind"),
        ({"type": "GeometryCollection", "geometries": [bow_tie()]}, "geometry-kind"),
        ({"type": "Polygon", "coordinates": [[[120.1, 43.1], [120.2, 43.1]]]}, "geometry-broken"),
        ({"type": "Polygon", "coordinates": [[["120.1", "43.1"]]]}, "geometry-broken"),
        ({"type": "Polygon", "coordinates": [[1, 2]]}, "geometry-broken"),
        ({"type": "Polygon", "coordinates": 7}, "geometry-broken"),
        ({"type": "Blob", "coordinates": []}, "geometry-broken"),
    ],
)
def test_a_shape_that_is_no_polygon_is_refused(
    tmp_path: Path, geometry: dict[str, object], code: str
) -> None:
    found = read_text(tmp_path, geojson(feature("P-01", geometry)))
    assert_refused(found, code)
    assert told(found, code).origin.at == "#1"


def test_shapes_of_another_kind_are_told_once_for_all(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[120.1, 43.1], [120.2, 43.1]]}
    text = geojson(*(feature(f"P-{row}", line) for row in range(50)))
    rows = "id\n" + "".join(f"P-{row}\n" for row in range(50))
    problem = told(read_text(tmp_path, text, rows=rows), "geometry-kind")
    assert "50" in problem.message["zh"] and "#1–#50" in problem.message["zh"]


def test_a_feature_without_a_shape_is_warned_of(tmp_path: Path) -> None:
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {KEY: "P-01"}, "geometry": None},
                {
                    "type": "Feature",
                    "properties": {KEY: "P-02"},
                    "geometry": {"type": "Polygon", "coordinates": []},
                },
            ],
        }
    )
    found = read_text(tmp_path, text, rows=PARCELS)
    assert "#1, #2" in told(found, "geometry-empty").message["zh"]


def test_a_key_that_stands_twice_in_geojson_is_told(tmp_path: Path) -> None:
    text = geojson(feature("P-01", TWO[0])).replace(
        f'"{KEY}": "P-01"', f'"{KEY}": "P-01", "{KEY}": "P-02"'
    )
    assert "json-key-twice" in codes(read_text(tmp_path, text))


@pytest.mark.parametrize(
    "text", ["{}", "[]", "{\"type\": \"Topology\"}", '{"type": "FeatureCollection"}',
             '{"type": "FeatureCollection", "features": [1]}']
)  # fmt: skip
def test_json_that_is_no_geojson_is_refused(tmp_path: Path, text: str) -> None:
    assert told(read_text(tmp_path, text), "layer-broken").severity == "error"


def test_a_layer_without_features_is_told(tmp_path: Path) -> None:
    found = read_text(tmp_path, geojson())
    assert {"layer-empty", "row-without-boundary"} <= set(codes(found))


# --- hostile and damaged files --------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.shp", "a.gpkg", "a.kml", "a.zip", "a.kmz"])
@pytest.mark.parametrize(
    "content",
    [
        b"junk",
        b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource>"
        b"</OGRVRTLayer></OGRVRTDataSource>",
        b"SQLite format 3\0" + b"\0" * 200,
        b"\0\0\x27\x0a" + b"\xff" * 200,
    ],
    ids=["junk", "vrt", "sqlite", "shp"],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    tmp_path: Path, name: str, content: bytes
) -> None:
    files: dict[str, bytes | str] = {name: content}
    if name == "a.shp":
        files |= {"a.dbf": b"\x03" + b"\0" * 31, "a.shx": content}
    found = read_one(tmp_path, f"{{ file: {name}, key: {KEY}, crs: EPSG:4490 }}", files)
    refusals = {"layer-broken", "layer-empty", "binary-content", "undecodable"}
    assert refusals & set(codes(found))
    assert found.tables["parcels"].columns["boundary"] == [None, None]


@pytest.mark.parametrize(
    "name", ["a.vrt", "a.gml", "a.dxf", "/vsicurl/http://127.0.0.1:9/a.geojson", "../a.gpkg", "a"]
)
def test_only_the_known_kinds_of_files_in_the_dossier_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.gpkg").write_bytes(layer_files("gpkg")["小班.gpkg"])
    found = read_one(
        tmp_path / "d", f"{{ file: '{name}', key: {KEY} }}", {"a.vrt": b"x", "a": b"x"}
    )
    assert {"layer-format", "unsafe-name"} & set(codes(found))


def test_a_zip_that_leads_out_of_itself_is_told(tmp_path: Path) -> None:
    inside = geojson(feature("P-01", TWO[0]))
    packed = zipped({"../a.geojson": inside, "b.geojson": inside})
    found = read_one(tmp_path, f"{{ file: a.zip, key: {KEY} }}", {"a.zip": packed}, ONE)
    assert told(found, "unsafe-name").origin.file == "a.zip"
    assert shapes(found)[0] is not None


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b" " * 20_000_000)
    found = read_one(tmp_path, f"{{ file: a.zip, key: {KEY} }}", {"a.zip": stream.getvalue()})
    assert told(found, "zip-bomb").origin.file == "a.zip"


def test_a_zip_of_several_layers_must_say_which(tmp_path: Path) -> None:
    packed = zipped(
        {
            "一期.geojson": geojson(feature("P-01", TWO[0])),
            "二期.geojson": geojson(feature("P-01", TWO[1])),
        }
    )
    found = read_one(tmp_path / "a", f"{{ file: a.zip, key: {KEY} }}", {"a.zip": packed}, ONE)
    assert "二期" in told(found, "layer-which").message["zh"]
    spec = f"{{ file: a.zip, layer: 二期, key: {KEY} }}"
    found = read_one(tmp_path / "b", spec, {"a.zip": packed}, ONE)
    assert shapely.from_wkb(shapes(found)[0].wkb).equals(TWO[1])  # type: ignore[union-attr]


def test_a_geopackage_with_a_view_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "小班.gpkg"
    path.write_bytes(layer_files("gpkg")["小班.gpkg"])
    connection = sqlite3.connect(path)
    connection.execute(
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
        "SELECT i FROM n"
    )
    connection.commit()
    connection.close()
    found = read_one(tmp_path / "d", "小班.gpkg", {"小班.gpkg": path.read_bytes()})
    assert "endless" in told(found, "layer-broken").message["en"]


def test_too_many_vertices_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.dossier import limits

    monkeypatch.setattr(limits, "MAX_VERTICES", 9)
    found = read_text(
        tmp_path, geojson(feature("P-01", TWO[0]), feature("P-02", TWO[1])), rows=PARCELS
    )
    assert_refused(found, "too-many-vertices", "10")
    monkeypatch.setattr(limits, "MAX_FEATURES", 1)
    found = read_one(tmp_path / "b", "小班.gpkg", layer_files("gpkg"))
    assert told(found, "too-many-features")


def test_without_the_extra_the_problem_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from guiju.dossier.layers import reading

    monkeypatch.setattr(reading, "_NEEDED", ("numpy", "no_such_module"))
    found = read_text(tmp_path, geojson(feature("P-01", TWO[0])))
    assert "guiju[geo]" in told(found, "geo-not-installed").mend["en"]
    assert "boundary" in found.tables["parcels"].columns


def damaged(files: dict[str, bytes], chance: random.Random) -> dict[str, bytes | str]:
    """The files with one of them cut off, overwritten or grown at a chance place."""
    name = chance.choice([name for name, content in files.items() if content])
    content = bytearray(files[name])
    at = chance.randrange(len(content))
    match chance.randrange(4):
        case 0:
            content[at] = chance.randrange(256)
        case 1:
            del content[at:]
        case 2:
            content[at : at + 4] = b"\xff\xff\xff\x7f"
        case _:
            content[at:at] = content[max(0, at - 50) : at]
    return {**files, name: bytes(content)}


@pytest.mark.parametrize("kind", ["shp", "gpkg", "gdb", "geojson", "kml"])
def test_a_damaged_layer_is_told_and_never_a_fault(tmp_path: Path, kind: str) -> None:
    if kind == "kml":
        text = make.kml(make.placemark("P-01", make.kml_square("120.1", "43.1")))
        whole = {"小班.kml": text.encode()}
    elif kind == "gdb":
        multi = [shapely.multipolygons([shape]) for shape in TWO]
        whole = layer_files(kind, multi, geometry="MultiPolygon")
    else:
        whole = layer_files(kind)
    chance = random.Random(7)
    for number in range(60):
        files = damaged(whole, chance)
        found = read_one(tmp_path / str(number), f"{{ file: 小班.{kind}, key: {KEY} }}", files)
        assert len(shapes(found)) == 2
