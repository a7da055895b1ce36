"""Writes the shrub project as a dossier folder: dossier.yaml, CSV tables, papers."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.packs.dossier_files import flow, paper, put, sheet

from .state import ShrubProject

FILES = ("碳层", "样地", "植株", "样线", "截段")
"""Tables in files of their own; the short ones stand in dossier.yaml."""


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
    put(files(project), folder)
