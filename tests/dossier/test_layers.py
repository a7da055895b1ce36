"""Layers of every format become the boundaries of a table's rows."""

from __future__ import annotations

from pathlib import Path

import layers_making as make
import pytest
import shapely
import shapely.affinity
from layers_making import KEY, PARCELS, TWO, dossier, feature, geojson, layer_files
from making import codes, told, zipped

from guiju.dossier import Dossier
from guiju.geometry import Shape

TABLES = "tables: { parcels: 小班.csv }\n"


def read_one(path: Path, spec: str, files: dict[str, bytes | str], rows: str = PARCELS) -> Dossier:
    return dossier(path, f"{TABLES}layers:\n  parcels: {spec}\n", {"小班.csv": rows, **files})


def shapes(found: Dossier) -> list[Shape | None]:
    return found.tables["parcels"].columns["boundary"]


def assert_two(found: Dossier, crs: str = "EPSG:4490") -> None:
    got = shapes(found)
    assert codes(found, "missing-column", "unused-column") == []
    for shape, expected in zip(got, TWO, strict=True):
        assert shape is not None
        assert (shape.kind, shape.crs, shape.vertices) == ("polygon", crs, 5)
        assert shapely.equals_exact(
            shapely.normalize(shapely.from_wkb(shape.wkb)), shapely.normalize(expected), 1e-9
        )


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "shp"])
def test_a_layer_in_one_folder_is_joined_by_its_key(tmp_path: Path, kind: str) -> None:
    files = layer_files(kind, encoding="UTF-8" if kind == "shp" else None)
    found = read_one(tmp_path, f"{{ file: 小班.{kind}, key: {KEY}, crs: EPSG:4490 }}", files)
    assert_two(found)


def test_a_file_geodatabase_is_a_folder(tmp_path: Path) -> None:
    files = layer_files(
        "gdb", geometry="MultiPolygon", shapes=[shapely.multipolygons([s]) for s in TWO]
    )
    found = read_one(tmp_path, "{ file: 小班.gdb/, key: 小班号 }", files)
    assert codes(found, "missing-column", "unused-column") == []
    assert all(shape is not None and shape.crs == "EPSG:4490" for shape in shapes(found))
    assert found.tables["parcels"].place(0, "boundary").sheet == "小班"


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "shp", "gdb"])
def test_a_layer_in_a_zip_is_read_as_outside_of_one(tmp_path: Path, kind: str) -> None:
    multi = [shapely.multipolygons([s]) for s in TWO] if kind == "gdb" else TWO
    geometry = "MultiPolygon" if kind == "gdb" else "Polygon"
    files = layer_files(kind, multi, geometry=geometry, encoding="GBK" if kind == "shp" else None)
    packed = zipped({f"边界/{name}": content for name, content in files.items()})
    found = read_one(tmp_path, "{ file: 边界.zip, key: 小班号 }", {"边界.zip": packed})
    assert set(codes(found, "missing-column", "unused-column")) <= {"other-encoding"}
    assert all(shape is not None for shape in shapes(found))
    place = found.tables["parcels"].place(1, "boundary")
    assert (place.file, place.at) == ("边界.zip", f"#2 {KEY}=P-02")


@pytest.mark.parametrize("folder", ["", "边界库/", "a/b.GDB/"])
def test_a_geodatabase_may_be_zipped_without_its_folder(tmp_path: Path, folder: str) -> None:
    multi = [shapely.multipolygons([s]) for s in TWO]
    files = layer_files("gdb", multi, geometry="MultiPolygon")
    packed = zipped({f"{folder}{name.partition('/')[2]}": each for name, each in files.items()})
    found = read_one(tmp_path, "{ file: 边界.zip, key: 小班号 }", {"边界.zip": packed})
    assert codes(found, "missing-column", "unused-column") == []
    assert all(shape is not None for shape in shapes(found))


def test_keys_that_differ_in_leading_zeros_only_are_told_and_not_joined(tmp_path: Path) -> None:
    text = geojson(feature("1.0", TWO[0]), feature("p-2", TWO[1]))
    rows = PARCELS.replace("P-01", "0001").replace("P-02", "P-2")
    found = read_one(tmp_path, "{ file: 小班.geojson }", {"小班.geojson": text}, rows)
    problem = told(found, "keys-alike")
    assert problem.severity == "error" and "`1.0`" in problem.message["zh"]
    assert "`0001`" in problem.message["zh"] and "2" in problem.message["en"]
    assert shapes(found) == [None, None]
    assert "boundary-without-row" not in codes(found)


def test_a_shapefile_in_gbk_without_cpg_is_read_as_gb18030(tmp_path: Path) -> None:
    files = layer_files("shp", keys=("甲-01", "乙-02"), encoding="GBK")
    del files["小班.cpg"]
    rows = PARCELS.replace("P-01", "甲-01").replace("P-02", "乙-02")
    found = read_one(tmp_path, f"{{ file: 小班.shp, key: {KEY} }}", files, rows)
    assert told(found, "other-encoding").origin.file == "小班.shp"
    assert None not in shapes(found)


def test_a_cpg_that_says_the_wrong_encoding_is_told_and_not_believed(tmp_path: Path) -> None:
    files = layer_files("shp", keys=("甲-01", "乙-02"), encoding="GBK")
    files["小班.cpg"] = b"UTF-8"
    rows = PARCELS.replace("P-01", "甲-01").replace("P-02", "乙-02")
    found = read_one(tmp_path, f"{{ file: 小班.shp, key: {KEY} }}", files, rows)
    assert "GB18030" in told(found, "layer-encoding-differs").message["zh"]
    assert None not in shapes(found)


def test_a_shapefile_without_its_table_is_not_whole(tmp_path: Path) -> None:
    files = layer_files("shp")
    del files["小班.dbf"]
    found = read_one(tmp_path, f"{{ file: 小班.shp, key: {KEY} }}", files)
    assert "小班.dbf" in told(found, "layer-part-missing").message["zh"]


@pytest.mark.parametrize("ending", ["kml", "kmz"])
def test_kml_is_wgs_84_and_keeps_its_decimals(tmp_path: Path, ending: str) -> None:
    marks = [
        make.placemark("P-01", make.kml_square("120.100001", "43.100000", tail=",0")),
        make.placemark("P-02", make.kml_square("120.200000", "43.100000", tail=",812.5")),
    ]
    content: str | bytes = make.kml(*marks)
    if ending == "kmz":
        content = zipped({"doc.kml": content, "files/icon.png": b"x"})
    found = read_one(
        tmp_path, f"{{ file: 小班.{ending}, key: {KEY} }}", {f"小班.{ending}": content}
    )
    first, second = shapes(found)
    assert first is not None and second is not None
    assert (first.crs, first.decimals) == ("EPSG:4326", 6)
    assert told(found, "z-dropped").origin.at == "#2"


def test_a_folder_of_a_kml_file_is_a_layer(tmp_path: Path) -> None:
    content = make.kml(make.placemark("P-01", make.kml_square("120.1", "43.1")), folder="二期")
    found = read_one(tmp_path, "{ file: a.kml, layer: 一期, key: 小班号 }", {"a.kml": content})
    assert "二期" in told(found, "layer-not-found").mend["zh"]


def test_a_link_in_a_kml_file_is_told_and_not_followed(tmp_path: Path) -> None:
    link = "<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>"
    content = make.kml(make.placemark("P-01", make.kml_square("120.1", "43.1")), link)
    found = read_one(tmp_path, f"{{ file: a.kml, key: {KEY} }}", {"a.kml": content})
    assert told(found, "network-link").severity == "warning"


def test_a_kml_file_with_a_document_type_is_refused(tmp_path: Path) -> None:
    content = '<!DOCTYPE kml [<!ENTITY a "b">]>' + make.kml().partition("?>")[2]
    found = read_one(tmp_path, f"{{ file: a.kml, key: {KEY} }}", {"a.kml": content})
    assert "DOCTYPE" in told(found, "layer-broken").message["en"]


def test_attributes_called_like_the_key_need_no_key(tmp_path: Path) -> None:
    assert_two(read_one(tmp_path, "小班.gpkg", layer_files("gpkg")))


def test_a_number_as_key_joins_rows_whose_key_is_text(tmp_path: Path) -> None:
    import numpy

    files = layer_files("gpkg", keys=numpy.array([101, 102], dtype="int64"))
    rows = PARCELS.replace("P-01", "101").replace("P-02", "102")
    assert None not in shapes(read_one(tmp_path, "{ file: 小班.gpkg, key: 小班号 }", files, rows))


def test_several_layers_serve_one_table(tmp_path: Path) -> None:
    files = {
        "a.geojson": geojson(feature("P-01", TWO[0])),
        "b.geojson": geojson(feature("P-02", TWO[1])),
    }
    spec = f"[ {{ file: a.geojson, key: {KEY} }}, {{ file: b.geojson, key: {KEY} }} ]"
    found = read_one(tmp_path, spec, files)
    assert_two(found)
    assert found.tables["parcels"].place(1, "boundary").file == "b.geojson"


def test_a_parcel_in_two_layers_is_told_with_both_places(tmp_path: Path) -> None:
    files = {
        "a.geojson": geojson(feature("P-01", TWO[0]), feature("P-02", TWO[1])),
        "b.geojson": geojson(feature("P-02", make.square(121, 44))),
    }
    spec = f"[ {{ file: a.geojson, key: {KEY} }}, {{ file: b.geojson, key: {KEY} }} ]"
    found = read_one(tmp_path, spec, files)
    problem = told(found, "boundary-twice")
    assert (problem.origin.file, problem.origin.at) == ("b.geojson", f"#1 {KEY}=P-02")
    assert "a.geojson!#2" in problem.message["zh"]
    assert_two_shapes = shapes(found)
    assert shapely.from_wkb(assert_two_shapes[1].wkb).equals(TWO[1])  # type: ignore[union-attr]


def test_what_does_not_join_is_told_from_both_sides(tmp_path: Path) -> None:
    files = {"a.geojson": geojson(feature("P-01", TWO[0]), feature("P-99", TWO[1]))}
    found = read_one(tmp_path, f"{{ file: a.geojson, key: {KEY} }}", files)
    assert "P-99" in told(found, "boundary-without-row").message["zh"]
    assert "P-02" in told(found, "row-without-boundary").message["zh"]
    assert shapes(found)[1] is None
    assert found.tables["parcels"].place(1, "boundary").file == "小班.csv"


def test_a_feature_without_a_key_is_told(tmp_path: Path) -> None:
    files = {"a.geojson": geojson(feature("P-01", TWO[0]), feature(None, TWO[1]))}
    found = read_one(tmp_path, f"{{ file: a.geojson, key: {KEY} }}", files)
    assert told(found, "layer-key-empty").origin.at == "#2"


def test_a_wrong_name_of_the_key_suggests_the_right_one(tmp_path: Path) -> None:
    found = read_one(tmp_path, "{ file: 小班.gpkg, key: 小班编号 }", layer_files("gpkg"))
    assert "`小班号`" in told(found, "layer-key-unknown").mend["zh"]


def test_a_wrong_name_of_the_layer_suggests_the_right_one(tmp_path: Path) -> None:
    found = read_one(tmp_path, "{ file: 小班.gpkg, layer: 小班图 }", layer_files("gpkg"))
    assert "`小班`" in told(found, "layer-not-found").mend["zh"]


def test_without_rows_elsewhere_the_attributes_are_the_rows(tmp_path: Path) -> None:
    files = {
        "a.geojson": geojson(feature("P-01", TWO[0], area=1.5), feature("P-02", TWO[1], area=2))
    }
    found = dossier(tmp_path, f"layers:\n  地块: {{ file: a.geojson, key: {KEY} }}\n", files)
    table = found.tables["parcels"]
    assert table.keys == ["P-01", "P-02"]
    assert [str(value) for value in table.columns["area"]] == ["1.5", "2"]
    assert table.place(0, "area").at == "#1 area"
    assert None not in table.columns["boundary"]


def test_a_table_that_cannot_be_read_gets_no_rows_from_its_layer(tmp_path: Path) -> None:
    found = dossier(
        tmp_path,
        f"tables: {{ parcels: none.csv }}\nlayers:\n  parcels: {{ file: a.geojson, key: {KEY} }}\n",
        {"a.geojson": geojson(feature("P-01", TWO[0]))},
    )
    assert "parcels" not in found.tables


def test_points_stand_in_two_columns_of_a_table(tmp_path: Path) -> None:
    rows = "地块,样地号,经度,纬度\nP-01,1,120.105001,43.105\nP-02,1,120.205,43.105\n"
    yaml = (
        "tables: { plots: 样地.csv }\nlayers:\n"
        "  plots.location: { file: 样地.csv, x: 经度, y: 纬度, key: [地块, 样地号], crs: CGCS2000 }\n"
    )
    found = dossier(tmp_path, yaml, {"样地.csv": rows})
    first, second = found.tables["plots"].columns["location"]
    assert (first.kind, first.crs, first.decimals) == ("point", "EPSG:4490", 6)
    assert shapely.from_wkb(second.wkb).coords[0] == (120.205, 43.105)
    # The table does not know the columns of the coordinates, but they are used.
    assert codes(found) == []


@pytest.mark.parametrize("written", ["120°6′18″", "E120.105", "120.105°"])
def test_points_that_are_no_decimal_degrees_are_told_once(tmp_path: Path, written: str) -> None:
    rows = f"地块,样地号,经度,纬度\nP-01,1,{written},43.105\nP-02,1,{written},43.105\n"
    yaml = (
        "tables: { plots: 样地.csv }\nlayers:\n"
        "  plots.location: { file: 样地.csv, x: 经度, y: 纬度, key: [地块, 样地号], crs: CGCS2000 }\n"
    )
    found = dossier(tmp_path, yaml, {"样地.csv": rows})
    problem = told(found, "point-not-decimal")
    assert written in problem.message["zh"] and "2 个点" in problem.message["zh"]
    assert found.tables["plots"].columns["location"] == [None, None]


def test_a_fact_is_one_feature_by_its_key(tmp_path: Path) -> None:
    file = geojson(
        feature("150522", make.square(120, 43, 1)), feature("150523", make.square(121, 43, 1))
    )
    yaml = f'layers:\n  project.county: {{ file: 县界.geojson, key: {KEY}, feature: "150522" }}\n'
    given = dossier(tmp_path, yaml, {"县界.geojson": file}).facts["project", "county"]
    assert shapely.from_wkb(given.value.wkb).equals(make.square(120, 43, 1))
    assert (given.origin.file, given.origin.at) == ("县界.geojson", f"#1 {KEY}=150522")


def test_a_fact_of_many_features_must_say_which(tmp_path: Path) -> None:
    file = geojson(feature("1", make.square(120, 43, 1)), feature("2", make.square(121, 43, 1)))
    spec = f"  项目.县界: {{ file: 县界.geojson, key: {KEY} }}\n"
    found = dossier(tmp_path / "a", f"layers:\n{spec}", {"县界.geojson": file})
    assert told(found, "which-feature")
    whole = spec.replace(" }", ", all: yes }")
    found = dossier(tmp_path / "b", f"layers:\n{whole}", {"县界.geojson": file})
    shape = shapely.from_wkb(found.facts["project", "county"].value.wkb)
    assert shape.area == pytest.approx(2)


def test_an_unknown_target_suggests_the_one_meant(tmp_path: Path) -> None:
    found = dossier(tmp_path, "layers:\n  parcel: a.geojson\n", {})
    assert "`parcels`" in told(found, "layer-target").mend["en"]


def test_decimals_are_counted_where_zeros_at_the_end_are_left_out(tmp_path: Path) -> None:
    text = (
        '{"type":"Feature","properties":{"小班号":"P-01"},"geometry":{"type":"Polygon",'
        '"coordinates":[[[120.1,43.1],[120.123456,43.1],[120.12,43.2],[120.1,43.1]]]}}'
    )
    found = read_one(tmp_path / "a", "{ file: a.geojson, key: 小班号 }", {"a.geojson": text})
    assert shapes(found)[0].decimals == 6  # type: ignore[union-attr]
    kept = text.replace("120.12,", "120.120000,")
    found = read_one(tmp_path / "b", "{ file: a.geojson, key: 小班号 }", {"a.geojson": kept})
    assert shapes(found)[0].decimals == 1  # type: ignore[union-attr]


def test_a_layer_of_200_000_vertices_is_read_whole(tmp_path: Path) -> None:
    import math

    def circle(x: float, count: int) -> str:
        points = [
            (f"{x + 0.1 * math.cos(a):.7f}", f"{43 + 0.1 * math.sin(a):.7f}")
            for a in (2 * math.pi * i / count for i in range(count))
        ]
        return make.ring(*points, points[0])

    text = ",".join(
        f'{{"type":"Feature","properties":{{"{KEY}":"P-0{n}"}},"geometry":'
        f'{{"type":"Polygon","coordinates":[{circle(120 + n / 2, 100_000)}]}}}}'
        for n in (1, 2)
    )
    file = f'{{"type":"FeatureCollection","features":[{text}]}}'
    found = read_one(tmp_path, f"{{ file: a.geojson, key: {KEY} }}", {"a.geojson": file})
    assert [shape.vertices for shape in shapes(found) if shape] == [100_001, 100_001]


def test_every_file_of_a_layer_is_hashed(tmp_path: Path) -> None:
    files = layer_files("shp", encoding="UTF-8")
    found = read_one(tmp_path, f"{{ file: 小班.shp, key: {KEY} }}", {**files, "小班.sbn": b"x"})
    assert {"小班.shp", "小班.dbf", "小班.shx", "小班.prj", "小班.cpg", "小班.sbn"} <= {
        record.name for record in found.files
    }
    assert "unused-files" not in codes(found)


def test_kml_in_gbk_is_read_whatever_it_says_of_itself(tmp_path: Path) -> None:
    content = make.kml(make.placemark("甲-01", make.kml_square("120.1", "43.1")))
    content = content.replace('encoding="UTF-8"', 'encoding="GBK"')
    rows = "id,面积\n甲-01,1\n"
    files = {"小班.kml": content.encode("gbk")}
    found = read_one(tmp_path, f"{{ file: 小班.kml, key: {KEY} }}", files, rows)
    assert told(found, "other-encoding").severity == "note"
    assert None not in shapes(found)


def test_layers_of_a_zipped_dossier_are_read_as_in_a_folder(tmp_path: Path) -> None:
    from guiju.dossier import open_dossier, read

    head = "guiju: 1\nid: D-1\ntitle: A dossier\npack: test\nedition: V01\n"
    members: dict[str, bytes | str] = {
        "dossier.yaml": f"{head}{TABLES}layers:\n  parcels: {{ file: 边界/小班.shp }}\n",
        "小班.csv": PARCELS,
    }
    files = layer_files("shp", encoding="UTF-8")
    members |= {f"边界/{name.replace('.dbf', '.DBF')}": data for name, data in files.items()}
    path = tmp_path / "项目.zip"
    path.write_bytes(zipped(members))
    assert_two(read(open_dossier(path), make.pack()))


def test_nothing_is_left_behind_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    folder = tmp_path / "temporary"
    folder.mkdir()
    files = layer_files("gpkg")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    found = read_one(tmp_path / "d", "小班.gpkg", files)
    assert None not in shapes(found)
    assert list(folder.iterdir()) == []


def test_a_mapping_within_a_dossier_names_layers_too(tmp_path: Path) -> None:
    mapping = (
        "guiju-mapping: 1\npack: test\nedition: V01\n"
        "tables: { parcels: 小班.csv }\nlayers: { parcels: 小班.gpkg }\n"
    )
    files = {"m.yaml": mapping, "小班.csv": PARCELS, **layer_files("gpkg")}
    assert_two(dossier(tmp_path, "mapping: m.yaml\n", files))


def test_shapes_given_twice_are_told_and_the_first_taken(tmp_path: Path) -> None:
    mapping = (
        "guiju-mapping: 1\npack: test\nedition: V01\n"
        "tables: { parcels: 小班.csv }\nlayers: { parcels: 小班.gpkg }\n"
    )
    other = geojson(feature("P-01", make.square(121, 44)), feature("P-02", make.square(122, 44)))
    files = {"m.yaml": mapping, "小班.csv": PARCELS, "b.geojson": other, **layer_files("gpkg")}
    yaml = f"mapping: m.yaml\nlayers:\n  parcels: {{ file: b.geojson, key: {KEY} }}\n"
    found = dossier(tmp_path, yaml, files)
    assert "parcels.boundary" in told(found, "fact-twice").message["zh"]
    first = shapes(found)[0]
    assert first is not None and shapely.from_wkb(first.wkb).equals(TWO[0])


def test_decimals_of_metres_are_not_taken_for_those_of_degrees(tmp_path: Path) -> None:
    text = geojson(
        *(
            feature(k, s)
            for k, s in zip(("P-01", "P-02"), make.projected(TWO, "EPSG:4528"), strict=True)
        ),
        crs="urn:ogc:def:crs:EPSG::4528",
    )
    found = read_one(tmp_path, "{ file: 小班.geojson }", {"小班.geojson": text})
    assert_two(found)
    assert [shape.decimals for shape in shapes(found) if shape] == [None, None]


@pytest.mark.parametrize("swapped", ["parcels", "county", "neither"])
def test_a_layer_that_lies_in_the_county_only_the_other_way_round_is_told(
    tmp_path: Path, swapped: str
) -> None:
    turn = {True: lambda c: c[:, ::-1], False: lambda c: c}
    place = [shapely.affinity.translate(s, -110, 0) for s in TWO]  # 10° E, 43° N
    county = shapely.box(9.5, 42.5, 10.5, 43.5)
    parcels = [shapely.transform(s, turn[swapped == "parcels"]) for s in place]
    text = geojson(*(feature(k, s) for k, s in zip(("P-01", "P-02"), parcels, strict=True)))
    around = geojson(feature("c", shapely.transform(county, turn[swapped == "county"])))
    layers = "layers:\n  parcels: { file: 小班.geojson }\n  project.county: { file: 县.geojson }\n"
    files = {"小班.csv": PARCELS, "小班.geojson": text, "县.geojson": around}
    found = dossier(tmp_path, TABLES + layers, files)
    if swapped == "neither":
        assert "lonlat-swapped-beside" not in codes(found)
        return
    problem = told(found, "lonlat-swapped-beside")
    assert problem.severity == "warning" and "县界" in problem.message["zh"]
    assert None not in shapes(found)
