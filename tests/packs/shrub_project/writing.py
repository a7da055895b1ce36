"""Writes the shrub project as a dossier folder: dossier.yaml, CSV tables, papers."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from .state import Row, ShrubProject

FILES = ("碳层", "样地", "植株", "样线", "截段")
"""Tables in files of their own; the short ones stand in dossier.yaml."""


def sheet(rows: list[Row]) -> bytes:
    """A CSV as spreadsheet programs write it in China: UTF-8 with BOM, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def paper(title: str) -> bytes:
    zh = "本文件为虚构示例的占位材料，不含真实信息。"
    return f"{title}（占位）\n\n{zh}\nA placeholder of a made-up example.\n".encode()


def flow(row: Row) -> str:
    return "{ " + ", ".join(f"{name}: {value}" for name, value in row.items() if value) + " }"


def dossier(project: ShrubProject) -> bytes:
    lines = [
        "# 虚构示例，见 README.md。",
        "guiju: 1",
        "id: guanmu-example",
        "title: 鄂托克旗柠条灌木碳汇项目第二次核查（虚构示例）",
        "pack: nm-shrub",
        'edition: "2026"',
        "stage: verification",
        "submitted: 2026-10-20",
        "",
        "facts:",
    ]
    for group, values in project.facts.items():
        lines.append(f"  {group}:")
        lines += [f'    {name}: "{value}"' for name, value in values.items()]
    lines += ["", "tables:"]
    for name, rows in project.tables.items():
        if name in FILES:
            lines.append(f"  {name}: {{ file: 数据/{name}.csv }}")
        elif rows:
            lines += [f"  {name}:", *(f"    - {flow(row)}" for row in rows)]
        else:
            lines.append(f"  {name}: []")
    lines += ["", "evidence:"]
    for number, (kind, title, issued) in project.papers.items():
        lines += [
            f"  - id: {number}",
            f"    kind: {kind}",
            f"    file: 证据/{title}.txt",
            f"    issued: {issued}",
            f"    sha256: {hashlib.sha256(paper(title)).hexdigest()}",
        ]
    return ("\n".join(lines) + "\n").encode()


def files(project: ShrubProject) -> dict[str, bytes]:
    """Every file of the dossier by its name in the folder."""
    return {
        "dossier.yaml": dossier(project),
        **{f"数据/{name}.csv": sheet(project.tables[name]) for name in FILES},
        **{f"证据/{title}.txt": paper(title) for _, title, _ in project.papers.values()},
    }


def write(project: ShrubProject, folder: Path) -> None:
    """Writes the dossier into a folder, which is made."""
    for name, content in files(project).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
