"""Writes a project as a dossier folder: dossier.yaml, CSV tables, papers."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from .state import InclusiveProject, Row

NO_TRIPS: dict[str, list[Row]] = {
    name: [] for name in ("出行项目", "出行账户", "运营商", "站点", "出行车辆", "充电申报", "行程")
}
"""The tables of mobility, which neither project has."""


def sheet(rows: list[Row]) -> bytes:
    """A CSV as spreadsheet programs write it in China: UTF-8 with BOM, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def paper(kind: str) -> bytes:
    zh = "本文件为虚构示例的占位材料，不含真实信息。"
    return f"{kind}（占位）\n\n{zh}\nA placeholder of a made-up example.\n".encode()


def dossier(project: InclusiveProject) -> bytes:
    lines = [
        "# 虚构示例，见 README.md。",
        "guiju: 1",
        f"id: {project.id}",
        f"title: {project.title}",
        f"pack: {project.pack}",
        f'edition: "{project.edition}"',
        "stage: verification",
        f"submitted: {project.submitted}",
        "",
        "facts:",
    ]
    for group, values in project.facts.items():
        lines.append(f"  {group}:")
        lines += [f"    {name}: {value}" for name, value in values.items()]
    lines += ["", "tables:"]
    lines += [
        f"  {name}: {{ file: 数据/{name}.csv }}" if rows else f"  {name}: []"
        for name, rows in (project.tables | NO_TRIPS).items()
    ]
    lines += ["", "evidence:"]
    for number, (kind, issued) in enumerate(project.papers.items(), 1):
        lines += [
            f"  - id: E-{number:02d}",
            f"    kind: {kind}",
            f"    file: 证据/{kind}.txt",
            f"    issued: {issued}",
            f"    sha256: {hashlib.sha256(paper(kind)).hexdigest()}",
        ]
    lines += ["", "judgements:"]
    lines += [
        f"  {rule}: {{ answer: 是, by: 审核员甲, on: 2025-11-15, because: 已查阅相应材料。 }}"
        for rule in project.judgements
    ]
    return ("\n".join(lines) + "\n").encode()


def files(project: InclusiveProject) -> dict[str, bytes]:
    """Every file of the dossier by its name in the folder."""
    tables = {f"数据/{name}.csv": sheet(rows) for name, rows in project.tables.items() if rows}
    papers = {f"证据/{kind}.txt": paper(kind) for kind in project.papers}
    readme = {"README.md": project.readme.encode()}
    return {"dossier.yaml": dossier(project), **readme, **tables, **papers}


def write(project: InclusiveProject, folder: Path) -> None:
    """Writes the dossier into a folder, which is made."""
    for name, content in files(project).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
