"""Findings on a map: outlines in the record, drawn in the HTML report, bounded and escaped."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.assessment.record import from_json, json_schema, to_json
from guiju.compiler import compile_texts
from guiju.dossier import open_dossier, read
from guiju.reporting import write
from guiju.verdicts import Assessment, Map, MapLayer, Outline

from .fixtures import afforestation, each_hostile, filled_with
from .test_html import Page

PACK = {
    "pack.toml": """
id = "maps"
edition = "1"
language = "en"
title = { en = "Maps", zh = "地图" }
authority = { en = "Nobody", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action", zh = "整改要求", weight = 3 }
CL = { en = "Clarification", zh = "澄清要求", weight = 2 }
""",
    "1.gj": """
facts project "Project" zh "项目"
  county (县界) "County" zh "县界" : polygon

table parcels (地块) "Parcels" zh "地块"
  key id
  boundary polygon
  id (小班号) "Parcel" zh "小班号" : text
  area (面积) "Area" zh "面积" : ha

table plots (样地) "Plots" zh "样地"
  key number
  number (样地号) "Plot" zh "样地号" : text
  location (位置) "Location" zh "样地位置" : point

rule M-AREA "Large enough" zh "面积足够"
  cite "1"
  basis verified
  for each parcel in parcels
  must parcel.area >= 1 ha
  else CAR "Too small." zh "面积不足。"

rule M-VALID "Shapes are valid" zh "图形有效"
  cite "2"
  basis verified
  for each parcel in parcels
  must valid(parcel.boundary)
  else CAR "It crosses itself." zh "图形自相交。"
""",
}


def ring(x: float, y: float, radius: float = 0.002, count: int = 12) -> list[list[float]]:
    points = [
        [round(x + radius * math.cos(a), 6), round(y + radius * math.sin(a), 6)]
        for a in (2 * math.pi * i / count for i in range(count))
    ]
    return [*points, points[0]]


def polygon(key: str, *rings: list[list[float]]) -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": list(rings)}
    return {"type": "Feature", "properties": {"小班号": key}, "geometry": geometry}


def layer(features: list[dict[str, object]]) -> str:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})


LAYERS = "layers:\n  parcels: { file: 小班.geojson }\n"


def assessed(
    path: Path,
    parcels: list[tuple[str, str, list[list[list[float]]]]],
    layers: str = LAYERS,
    more: dict[str, str] | None = None,
    brief: bool = False,
) -> Assessment:
    """A dossier of parcels (key, area, rings), checked by the pack above."""
    files = {
        "dossier.yaml": "guiju: 1\nid: D\ntitle: D\npack: maps\nedition: 1\n"
        f"tables: {{ parcels: 小班.csv }}\n{layers}",
        "小班.csv": "小班号,面积\n" + "".join(f'"{k}",{area}\n' for k, area, _ in parcels),
        "小班.geojson": layer([polygon(key, *rings) for key, _, rings in parcels]),
        **(more or {}),
    }
    for folder, content in (("d", files), ("pack", PACK)):
        (path / folder).mkdir(exist_ok=True)
        for name, text in content.items():
            (path / folder / name).write_text(text, encoding="utf-8")
    pack = compile_texts(PACK)
    return assess(read(open_dossier(path / "d"), pack), pack, as_of=date(2026, 1, 1), brief=brief)


def grid(count: int, area: str = "2") -> list[tuple[str, str, list[list[list[float]]]]]:
    side = math.ceil(math.sqrt(count))
    return [
        (f"P-{n:05d}", area, [ring(120 + n % side * 0.006, 43 + n // side * 0.006)])
        for n in range(count)
    ]


def map_of(found: Assessment) -> Map:
    assert found.map is not None
    return found.map


def figure(page: str) -> str:
    return page[page.index('<figure class="map">') : page.index("</figure>")]


def marks(page: str, look: str) -> list[str]:
    return re.findall(rf'<path class="{look}" d="([^"]*)"', figure(page).partition("<ul>")[0])


def test_a_parcel_with_a_finding_is_linked_to_its_block(tmp_path: Path) -> None:
    parcels = grid(9)
    parcels[4] = ("P-004/甲", "0.5", parcels[4][2])
    page = write([assessed(tmp_path, parcels)], "html", "zh")
    (link,) = re.findall(r'<a href="#([^"]+)"><path class="f-nonconforming"', page)
    found = Page(page)
    assert link in found.ids
    assert link.startswith("D.M-AREA.P-004-甲")
    assert "<title>地块 P-004/甲&#10;M-AREA 面积足够：不符合</title>" in page
    assert len(marks(page, "none")) == 8
    assert ">P-004/甲</text>" in figure(page)
    assert "不符合：1" in figure(page) and "无发现：8" in figure(page)


def test_the_worst_of_several_findings_gives_the_colour(tmp_path: Path) -> None:
    bow_tie = [[120, 43], [120.004, 43.004], [120.004, 43], [120, 43.004], [120, 43]]
    parcels = [("P-1", "", [bow_tie]), *grid(3)]
    found = assessed(tmp_path, parcels)
    page = write([found], "html", "en")
    assert len(marks(page, "f-nonconforming")) == 1
    title = re.search(r"<title>Parcels P-1(.*?)</title>", page)
    assert title is not None
    assert title[1].startswith("&#10;M-VALID Shapes are valid: nonconforming&#10;M-AREA")


def test_the_drawing_keeps_the_proportions_of_the_ground(tmp_path: Path) -> None:
    from pyproj import Geod

    geod = Geod(ellps="GRS80")
    east, _, _ = geod.fwd(120, 43, 90, 10_000)
    _, north, _ = geod.fwd(120, 43, 0, 10_000)
    corners = [(120, 43), (east, 43), (120, north), (east, north)]
    found = map_of(
        assessed(tmp_path, [(f"P-{n}", "2", [ring(*c, 0.0002)]) for n, c in enumerate(corners)])
    )
    spots = [
        tuple(map(int, outline.lines[0].split(" ")[0].split(",")))
        for outline in found.layers[0].outlines
    ]
    across, up = spots[1][0] - spots[0][0], spots[0][1] - spots[2][1]
    assert across == pytest.approx(up, rel=0.01)
    assert across * float(found.metres) == pytest.approx(10_000, rel=0.01)


def test_the_bar_of_the_scale_is_as_long_as_it_says(tmp_path: Path) -> None:
    found = assessed(tmp_path, grid(100))
    page = figure(write([found], "html", "en"))
    bar = re.search(r'class="bar" d="M16 [\d.]+v6h([\d.]+)v-6"', page)
    text = re.search(r">(\d+) (m|km)</text>", page)
    assert bar is not None and text is not None
    said = int(text[1]) * (1000 if text[2] == "km" else 1)
    assert float(bar[1]) * 4 * float(map_of(found).metres) == pytest.approx(said, rel=0.001)


def test_shapes_no_rule_goes_over_are_not_said_to_be_without_findings(tmp_path: Path) -> None:
    found = assessed(tmp_path, grid(4))
    map_of(found).layers[0].rules.clear()
    page = write([found], "html", "en")
    assert len(marks(page, "other")) == 4
    assert "no finding" not in figure(page) and "Parcels: 4" in figure(page)


def test_county_and_plots_are_drawn_too(tmp_path: Path) -> None:
    yaml = (
        LAYERS + "  project.county: { file: 县界.geojson }\n"
        "  plots.location: { file: 样地.csv, x: 经度, y: 纬度, crs: CGCS2000 }\n"
    )
    county = layer([polygon("c", ring(120.009, 43.009, 0.015, 40))])
    rows = "样地号,经度,纬度\nY1,120.001,43.001\n"
    found = assessed(tmp_path, grid(16), yaml, {"县界.geojson": county, "样地.csv": rows})
    names = [each.name for each in map_of(found).layers]
    assert names == ["project.county", "parcels.boundary", "plots.location"]
    page = write([found], "html", "zh")
    assert len(marks(page, "base")) == 1 and len(marks(page, "point")) == 1
    assert "县界范围线" in figure(page) and "样地位置（点）" in figure(page)


def test_a_county_much_larger_than_the_project_is_cut_off(tmp_path: Path) -> None:
    yaml = LAYERS + "  project.county: { file: 县界.geojson }\n"
    county = layer([polygon("c", ring(120.5, 43, 0.5, 400))])
    found = map_of(assessed(tmp_path, grid(16), yaml, {"县界.geojson": county}))
    assert float(found.east) - float(found.west) < 0.05
    for outline in found.layers[0].outlines:
        for line in outline.lines:
            for point in line.split(" "):
                x, y = map(int, point.split(","))
                assert -1 <= x <= found.width + 1 and -1 <= y <= found.height + 1


def test_a_county_in_several_parts_with_a_hole_is_drawn_whole(tmp_path: Path) -> None:
    yaml = LAYERS + "  project.county: { file: 县界.geojson }\n"
    parts = [
        [ring(120.006, 43.009, 0.012, 40), ring(120.006, 43.009, 0.004, 20)],
        [ring(120.022, 43.009, 0.003, 20)],
    ]
    county = polygon("c")
    county["geometry"] = {"type": "MultiPolygon", "coordinates": parts}
    found = map_of(assessed(tmp_path, grid(16), yaml, {"县界.geojson": layer([county])}))
    (outline,) = found.layers[0].outlines
    assert found.layers[0].name == "project.county" and len(outline.lines) == 3


def test_a_county_whose_line_lies_outside_is_not_drawn(tmp_path: Path) -> None:
    yaml = LAYERS + "  project.county: { file: 县界.geojson }\n"
    county = layer([polygon("c", ring(120.01, 43.01, 0.5, 40))])
    found = map_of(assessed(tmp_path, grid(16), yaml, {"县界.geojson": county}))
    assert [each.name for each in found.layers] == ["parcels.boundary"]


def test_what_lies_far_away_is_named_and_not_drawn(tmp_path: Path) -> None:
    parcels = [*grid(20), ("远处", "2", [ring(100, 30)])]
    found = assessed(tmp_path, parcels)
    assert map_of(found).far == ["远处"]
    assert "远处" in figure(write([found], "html", "zh")).partition("<figcaption")[2]


def test_of_too_many_labels_some_stand_all_over_the_map(tmp_path: Path) -> None:
    page = figure(write([assessed(tmp_path, grid(900, area="0.5"))], "html", "zh"))
    texts = re.findall(r'<text[^>]* x="([0-9.]+)" y="([0-9.]+)"[^>]*>', page)
    assert len(texts) > 20
    height = float(re.search(r'viewBox="0 0 [0-9.]+ ([0-9.]+)"', page)[1])  # type: ignore[index]
    heights = [float(y) / height for _, y in texts]
    assert min(heights) < 0.25 and max(heights) > 0.7


def test_a_hole_is_a_hole(tmp_path: Path) -> None:
    rings = [ring(120, 43, 0.01, 24), ring(120, 43, 0.004, 24)]
    found = assessed(tmp_path, [("P-1", "2", rings)])
    (outline,) = map_of(found).layers[0].outlines
    assert len(outline.lines) == 2
    (path,) = marks(write([found], "html", "en"), "none")
    assert path.count("M") == path.count("z") == 2


def test_many_vertices_and_many_parcels_stay_small(tmp_path: Path) -> None:
    detailed = [(key, area, [ring(*rings[0][0], 0.002, 5_000)]) for key, area, rings in grid(40)]
    record = to_json(assessed(tmp_path, detailed))
    assert (tmp_path / "d" / "小班.geojson").stat().st_size > 2_000_000
    assert len(json.dumps(json.loads(record)["map"])) < 60_000
    found = assessed(tmp_path, grid(10_000))
    assert len(json.dumps(json.loads(to_json(found))["map"])) < 1_500_000
    page = figure(write([found], "html", "zh"))
    assert len(page) < 1_000_000
    assert page.count("<path") < 20


def test_a_dossier_without_layers_has_no_map_and_loads_nothing_for_one(tmp_path: Path) -> None:
    found = assessed(tmp_path, grid(3), "")
    assert found.map is None
    assert '<figure class="map">' not in write([found], "html", "en")
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\n"
        "from guiju.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    page = tmp_path / "r.html"
    words = ["check", str(tmp_path / "d"), "--pack", str(tmp_path / "pack")]
    words += ["--as-of", "2026-01-01", "--format", f"html:{page}"]
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, encoding="utf-8", check=False
    )
    modules = ran.stderr.splitlines()[-1].split()
    assert page.exists(), ran.stderr[:500]
    assert "guiju.reporting.html" in modules
    heavy = {"shapely", "numpy", "pyproj", "guiju.reporting.map", "guiju.dossier.layers"}
    assert heavy.isdisjoint(modules)


def test_the_terminal_view_has_no_map(tmp_path: Path) -> None:
    assert assessed(tmp_path, grid(3), brief=True).map is None


def test_the_record_with_a_map_is_read_back_and_described(tmp_path: Path) -> None:
    found = assessed(tmp_path, grid(4))
    assert from_json(to_json(found)) == found
    assert to_json(assessed(tmp_path, grid(4))) == to_json(found)
    assert "degrees" in json_schema()["$defs"]["Map"]["description"]


@each_hostile
def test_nothing_of_a_dossier_acts_in_the_map(hostile: str) -> None:
    said = {"en": hostile, "zh": hostile}
    found = filled_with(hostile)
    lines = ["0,0 40,0 40,40 0,0", hostile, "5,5", "999999999999,1"]
    layers = [
        MapLayer("a.boundary", said, "polygon", [hostile], [Outline(hostile, lines)]),
        MapLayer(hostile, said, "polygon", [], [Outline(hostile, lines)]),
        MapLayer("b.location", said, "point", [], [Outline(hostile, ["3,3"])]),
    ]
    found.map = Map(hostile, hostile, hostile, hostile, 400, 300, hostile, layers, [hostile])
    plain = filled_with("x")
    plain.map = Map("1", "2", "3", "4", 400, 300, "1", [], [])
    page = Page(write([found], "html", "zh"))
    known = {
        "a",
        "path",
        "title",
        "text",
        "svg",
        *(tag for tag, _ in Page(write([plain], "html", "zh")).tags),
    }
    assert {tag for tag, _ in page.tags} <= known
    assert not [name for _, names in page.tags for name in names if name.startswith("on")]
    assert all(link.startswith("#") or link == "data:," for link in page.links)


def test_an_assessment_without_a_map_stays_as_it_was() -> None:
    found = afforestation(3)
    assert found.map is None
    plain = json.loads(to_json(found))
    del plain["map"]
    assert from_json(json.dumps(plain)) == found
