"""Writes the project as a dossier folder: dossier.yaml, CSV tables, GeoJSON layers, papers."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from tests.packs.dossier_files import flow, paper, put, sheet

from .state import Point, Project, Shapefile

FILES = ("地块", "权属文件", "碳层", "样地", "样木", "方程", "灌木样方", "抽样设计", "复核")
"""Tables in files of their own; the short ones stand in dossier.yaml."""


def position(point: Point, decimals: int = 6) -> str:
    return f"[{point[0]:.{decimals}f}, {point[1]:.{decimals}f}]"


CGCS2000 = '{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}'
"""The member by which Chinese files name their system, though RFC 7946 knows none."""


def collection(key: str, features: list[tuple[str, str]]) -> bytes:
    """A GeoJSON of features, each a key and the text of its geometry."""
    lines = [
        f'    {{"type": "Feature", "properties": {{"{key}": "{name}"}}, "geometry": {geometry}}}'
        for name, geometry in features
    ]
    return (
        f'{{\n  "type": "FeatureCollection",\n  "crs": {CGCS2000},\n  "features": [\n'
        + ",\n".join(lines)
        + "\n  ]\n}\n"
    ).encode()


def polygon(ring: list[Point], decimals: int = 6) -> str:
    corners = ", ".join(position(point, decimals) for point in ring)
    return f'{{"type": "Polygon", "coordinates": [[{corners}]]}}'


def shapefile(parcels: dict[str, list[Point]], drawn: Shapefile) -> dict[str, bytes]:
    """The parcels as GDAL writes a Shapefile, in the system of `drawn`."""
    import numpy
    import shapely
    from pyogrio.raw import write
    from pyproj import Transformer

    there = Transformer.from_crs("EPSG:4490", drawn.crs, always_xy=True)
    rings = [
        numpy.column_stack(there.transform(*zip(*ring, strict=True))) for ring in parcels.values()
    ]
    with tempfile.TemporaryDirectory() as folder:
        write(
            str(Path(folder) / "小班.shp"),
            shapely.to_wkb(shapely.polygons(rings)),
            [numpy.array([*parcels], dtype=object)],
            ["小班号"],
            geometry_type="Polygon",
            crs=drawn.crs,
            driver="ESRI Shapefile",
        )
        return {
            f"边界/{file.name}": file.read_bytes()
            for file in sorted(Path(folder).iterdir())
            if drawn.prj or file.suffix != ".prj"
        }


def parcel_layers(project: Project) -> str:
    """What the manifest says of the parcels' layer, or layers."""
    name = "小班.geojson" if project.shapefile is None else "小班.shp"
    crs = "" if project.crs is None else f", crs: {project.crs}"
    first = f"{{ file: 边界/{name}, key: 小班号{crs} }}"
    if not project.later:
        return first
    return f"[{first}, {{ file: 边界/补充小班.geojson, key: 小班号, crs: EPSG:4490 }}]"


def layers(project: Project) -> dict[str, bytes]:
    parcels = [
        (name, polygon(ring, project.decimals.get(name, 6)))
        for name, ring in project.parcels.items()
    ]
    parcels += [(name, polygon(project.parcels[name])) for name in project.twice]
    drawn = {"边界/小班.geojson": collection("小班号", parcels)}
    if project.shapefile is not None:
        drawn = shapefile(project.parcels, project.shapefile)
    if project.later:
        again = [(name, polygon(project.parcels[name])) for name in project.later]
        drawn["边界/补充小班.geojson"] = collection("小班号", again)
    return {
        **drawn,
        "边界/样地.geojson": collection(
            "样地号",
            [
                (name, f'{{"type": "Point", "coordinates": {position(point)}}}')
                for name, point in project.plots.items()
            ],
        ),
        "边界/其他项目.geojson": collection(
            "项目编号", [(name, polygon(ring)) for name, ring in project.others.items()]
        ),
        "边界/县界.geojson": collection("代码", [("150522", polygon(project.county))]),
    }


def dossier(project: Project, papers: dict[str, bytes]) -> bytes:
    lines = [
        "# 虚构示例，见 README.md。",
        "guiju: 1",
        "id: zaolin-example",
        "title: 科尔沁左翼后旗造林碳汇项目第一核算期（虚构示例）",
        "pack: ccer-14-001",
        "edition: V01",
        "stage: verification",
        "submitted: 2026-09-10",
        "",
        "facts:",
    ]
    for group, values in project.facts.items():
        lines.append(f"  {group}:")
        lines += [f"    {name}: {value}" for name, value in values.items()]
    lines += ["", "tables:"]
    for name, rows in project.tables.items():
        if name in FILES:
            lines.append(f"  {name}: {{ file: 数据/{name}.csv }}")
        elif rows:
            lines += [f"  {name}:", *(f"    - {flow(row)}" for row in rows)]
        else:
            lines.append(f"  {name}: []")
    lines += [
        "",
        "layers:",
        f"  地块: {parcel_layers(project)}",
        "  样地.样地位置: { file: 边界/样地.geojson, key: 样地号, crs: EPSG:4490 }",
        "  其他项目: { file: 边界/其他项目.geojson, key: 项目编号, crs: EPSG:4490 }",
        '  项目.县界: { file: 边界/县界.geojson, key: 代码, feature: "150522", crs: EPSG:4490 }',
        "",
        "evidence:",
    ]
    for number, entry in project.papers.items():
        digest = entry.sha256 or hashlib.sha256(papers[f"证据/{entry.name}"]).hexdigest()
        lines += [
            f"  - id: {number}",
            f"    kind: {entry.kind}",
            f"    file: 证据/{entry.name}",
            f"    issued: {entry.issued}",
            f"    sha256: {digest}",
        ]
    if project.judgements:
        lines += ["", "judgements:"]
        lines += [
            f"  {rule}: {{ answer: 是, by: 审核员甲, on: 2026-09-05, because: 已查阅相应材料。 }}"
            for rule in project.judgements
        ]
    return ("\n".join(lines) + "\n").encode()


def files(project: Project) -> dict[str, bytes]:
    """Every file of the dossier by its name in the folder."""
    papers = {
        f"证据/{entry.name}": paper(entry.name.removesuffix(".txt"))
        for entry in project.papers.values()
    }
    made = {f"数据/{name}.csv": sheet(project.tables[name]) for name in FILES}
    return {"dossier.yaml": dossier(project, papers), **made, **layers(project), **papers}


def write(project: Project, folder: Path) -> None:
    """Writes the dossier into a folder, which is made."""
    put(files(project), folder)
