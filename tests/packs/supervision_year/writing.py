"""Writes the year as a dossier folder: dossier.yaml, CSV tables, papers."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

from .state import Row, Year


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


def dossier(year: Year) -> bytes:
    lines = [
        "# 虚构示例，见 README.md。",
        "guiju: 1",
        "id: jiandu-example",
        "title: 2025年度审定与核查质量监督（虚构示例）",
        "pack: supervision",
        'edition: "2026"',
        "stage: verification",
        "submitted: 2026-01-31",
        "",
        "facts:",
        "  监管:",
        *(f"    {name}: {value}" for name, value in year.facts.items()),
        "",
        "tables:",
    ]
    for name, rows in year.tables.items():
        lines.append(f"  {name}: {{ file: 数据/{name}.csv }}" if rows else f"  {name}: []")
    lines += ["", "evidence:"]
    for number, (kind, issued) in enumerate(year.papers.items(), 1):
        lines += [
            f"  - id: E-{number:02d}",
            f"    kind: {kind}",
            f"    file: 证据/{kind}.txt",
            f"    issued: {issued}",
            f"    sha256: {hashlib.sha256(paper(kind)).hexdigest()}",
        ]
    return ("\n".join(lines) + "\n").encode()


def files(year: Year) -> dict[str, bytes]:
    """Every generated file of the dossier by its name in the folder."""
    made = {"dossier.yaml": dossier(year)}
    made |= {f"数据/{name}.csv": sheet(rows) for name, rows in year.tables.items() if rows}
    return made | {f"证据/{kind}.txt": paper(kind) for kind in year.papers}


def write(year: Year, folder: Path) -> None:
    """Writes the dossier into a folder, which is made."""
    for name, content in files(year).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
