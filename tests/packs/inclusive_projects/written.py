"""Writes a project as a dossier folder: dossier.yaml, CSV tables, papers."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.packs.dossier_files import paper, put, sheet

from .state import InclusiveProject

NO_TRIPS = (
    "mobility_programmes",
    "riders",
    "operators",
    "stations",
    "trip_vehicles",
    "charging_claims",
    "trips",
)
"""The tables of mobility, which no project here has."""

WORDS = {
    "zh": {
        "head": "# 虚构示例，见 README.md。",
        "data": "数据",
        "papers": "证据",
        "answer": "answer: 是, by: 审核员甲, on: 2025-11-15, because: 已查阅相应材料。",
    },
    "en": {
        "head": "# Made up; see README.md.",
        "data": "data",
        "papers": "papers",
        "answer": "answer: yes, by: Auditor A, on: 2025-11-15, because: The papers were seen.",
    },
}


def dossier(project: InclusiveProject) -> bytes:
    words = WORDS[project.language]
    lines = [
        words["head"],
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
        f"  {name}: {{ file: {words['data']}/{name}.csv }}" if rows else f"  {name}: []"
        for name, rows in project.tables.items()
    ]
    lines += [f"  {name}: []" for name in NO_TRIPS]
    lines += ["", "evidence:"]
    for number, (kind, issued) in enumerate(project.papers.items(), 1):
        lines += [
            f"  - id: E-{number:02d}",
            f"    kind: {kind}",
            f"    file: {words['papers']}/{kind}.txt",
            f"    issued: {issued}",
            f"    sha256: {hashlib.sha256(paper(kind)).hexdigest()}",
        ]
    lines += ["", "judgements:"]
    lines += [f"  {rule}: {{ {words['answer']} }}" for rule in project.judgements]
    return ("\n".join(lines) + "\n").encode()


def files(project: InclusiveProject) -> dict[str, bytes]:
    """Every file of the dossier by its name in the folder."""
    words = WORDS[project.language]
    filled = {name: rows for name, rows in project.tables.items() if rows}
    tables = {f"{words['data']}/{name}.csv": sheet(rows) for name, rows in filled.items()}
    papers = {f"{words['papers']}/{kind}.txt": paper(kind) for kind in project.papers}
    readme = {"README.md": project.readme.encode()}
    return {"dossier.yaml": dossier(project), **readme, **tables, **papers}


def write(project: InclusiveProject, folder: Path) -> None:
    """Writes the dossier into a folder, which is made."""
    put(files(project), folder)
