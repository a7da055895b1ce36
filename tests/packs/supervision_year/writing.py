"""Writes the year as a dossier folder: dossier.yaml, CSV tables, papers."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.packs.dossier_files import paper, put, sheet

from .state import Year


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
    put(files(year), folder)
