"""Writes the grassland as a dossier folder: dossier.yaml, CSV tables, layers, papers."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.packs.dossier_files import flow, paper, put, sheet
from tests.packs.project.writing import collection, polygon

from .state import Grassland

SHORT = ("畜群", "火烧", "排放源", "他项地块", "工具15转移", "工具16层", "退化指数")
"""Tables that stand in dossier.yaml; the others have files of their own."""


def points(grassland: Grassland) -> bytes:
    """The places of the sites as a GPS writes them: a CSV of degrees."""
    return sheet(
        [
            {"样点号": name, "经度": f"{x:.6f}", "纬度": f"{y:.6f}"}
            for name, (x, y) in grassland.sites.items()
        ]
    )


def dossier(grassland: Grassland, papers: dict[str, bytes]) -> bytes:
    lines = [
        "# 虚构示例，见 README.md。",
        "guiju: 1",
        "id: caoyuan-example",
        "title: 陈巴尔虎旗草原生态修复项目第一核算期（虚构示例）",
        "pack: nm-grassland",
        'edition: "2026"',
        "stage: verification",
        "submitted: 2025-11-20",
        "",
        "facts:",
    ]
    for group, values in grassland.facts.items():
        lines.append(f"  {group}:")
        lines += [f"    {name}: {value}" for name, value in values.items()]
    lines += ["", "tables:"]
    for name, rows in grassland.tables.items():
        if name not in SHORT:
            lines.append(f"  {name}: {{ file: 数据/{name}.csv }}")
        elif rows:
            lines += [f"  {name}:", *(f"    - {flow(row)}" for row in rows)]
        else:
            lines.append(f"  {name}: []")
    lines += [
        "",
        "layers:",
        "  地块: { file: 边界/地块.geojson, key: 地块号, crs: EPSG:4490 }",
        "  他项地块: { file: 边界/他项地块.geojson, key: 他项地块号, crs: EPSG:4490 }",
        "  样点.位置: { file: 边界/样点.csv, x: 经度, y: 纬度, key: 样点号, crs: EPSG:4490 }",
        "",
        "evidence:",
    ]
    for name, (kind, issued) in grassland.papers.items():
        digest = hashlib.sha256(papers[f"证据/{kind}.txt"]).hexdigest()
        lines += [
            f"  - id: {name}",
            f"    kind: {kind}",
            f"    file: 证据/{kind}.txt",
            f"    issued: {issued}",
            f"    sha256: {digest}",
        ]
    return ("\n".join(lines) + "\n").encode()


def files(grassland: Grassland) -> dict[str, bytes]:
    """Every file of the dossier by its name in the folder."""
    papers = {f"证据/{kind}.txt": paper(kind) for kind, _ in grassland.papers.values()}
    rings = {
        "地块": grassland.parcels,
        "他项地块": grassland.others,
    }
    return {
        "dossier.yaml": dossier(grassland, papers),
        **{
            f"数据/{name}.csv": sheet(rows)
            for name, rows in grassland.tables.items()
            if name not in SHORT
        },
        **{
            f"边界/{name}.geojson": collection(
                f"{name}号", [(key, polygon(ring)) for key, ring in shapes.items()]
            )
            for name, shapes in rings.items()
        },
        "边界/样点.csv": points(grassland),
        **papers,
    }


def write(grassland: Grassland, folder: Path) -> None:
    """Writes the dossier into a folder, which is made."""
    put(files(grassland), folder)
