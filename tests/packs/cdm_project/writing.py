"""Writes the project as a dossier folder, in English or Chinese: the same facts, spelled as the
pack spells them in either language."""

from __future__ import annotations

import csv
import hashlib
import io
from functools import cache
from pathlib import Path

from tests.packs.dossier_files import put

from guiju.compiler import load_pack
from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, TablePlan
from guiju.plan.types import OneOfType

from .state import Project

PACK = Path(__file__).parents[3] / "rules/guiju_rules/cdm-ar"
FOLDERS = {"en": PACK / "dossiers/sandy-land-example", "zh": PACK / "dossiers/shadi-example"}
TITLES = {
    "en": "Naiman sandy-land afforestation, second verification (made-up example)",
    "zh": "奈曼旗沙地造林项目第二次核证（虚构示例）",
}
TABLES_FOLDER = {"en": "tables", "zh": "数据"}
PAPERS_FOLDER = {"en": "evidence", "zh": "证据"}
NOTICE = {
    "en": "A placeholder of a made-up example; it holds nothing true.",
    "zh": "本文件为虚构示例的占位材料，不含真实信息。",
}


@cache
def pack() -> PackPlan:
    return load_pack(str(PACK))


def named(thing: FieldPlan | TablePlan | GroupPlan, language: str) -> str:
    """A field, table or group as the language calls it."""
    return thing.alias if language == "zh" and thing.alias else thing.name


def spelled(field: FieldPlan, text: str, language: str) -> str:
    if not text:
        return text
    if isinstance(field.type, OneOfType):
        return text if language == "zh" else field.type.labels[text]["en"]
    if field.type.kind == "yes/no" and language == "zh":
        return {"yes": "是", "no": "否"}[text]
    return text


def sheet(project: Project, table: str, language: str) -> bytes:
    """A CSV in UTF-8; in Chinese with BOM and CRLF, as spreadsheet programs write it there."""
    fields = pack().tables[table].fields
    rows = project.tables[table]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n" if language == "zh" else "\n")
    writer.writerow([named(fields[name], language) for name in rows[0]])
    writer.writerows(
        [spelled(fields[name], text, language) for name, text in row.items()] for row in rows
    )
    return (b"\xef\xbb\xbf" if language == "zh" else b"") + out.getvalue().encode()


def quoted(text: str) -> str:
    return f'"{text}"'


def paper(kind: str, language: str) -> bytes:
    return f"{pack().documents[kind].label[language]}\n\n{NOTICE[language]}\n".encode()


def dossier(project: Project, language: str) -> bytes:
    plan = pack()
    folder = FOLDERS[language].name
    lines = [
        {"en": "# Made up, see README.md.", "zh": "# 虚构示例，见 README.md。"}[language],
        "guiju: 1",
        f"id: {folder}",
        f"title: {quoted(TITLES[language])}",
        "pack: cdm-ar",
        f"edition: {quoted(plan.edition)}",
        "stage: verification",
        "submitted: 2023-03-15",
        "",
        "facts:",
    ]
    for group, values in project.facts.items():
        fields = plan.groups[group].fields
        lines.append(f"  {named(plan.groups[group], language)}:")
        lines += [
            f"    {named(fields[name], language)}: {quoted(spelled(fields[name], text, language))}"
            for name, text in values.items()
            if text
        ]
    lines += ["", "tables:"]
    for table, rows in project.tables.items():
        name = named(plan.tables[table], language)
        file = f"{TABLES_FOLDER[language]}/{name}.csv"
        lines.append(f"  {name}: {{ file: {file} }}" if rows else f"  {name}: []")
    lines += ["", "evidence:"]
    for kind, day in project.papers.items():
        name = named(plan.documents[kind], language)
        lines += [
            f"  - id: E-{kind}",
            f"    kind: {name}",
            f"    file: {PAPERS_FOLDER[language]}/{name}.txt",
            f"    issued: {day}",
            f"    sha256: {hashlib.sha256(paper(kind, language)).hexdigest()}",
        ]
    return ("\n".join(lines) + "\n").encode()


def files(project: Project, language: str) -> dict[str, bytes]:
    """Every file of the dossier by its name in the folder."""
    plan = pack()
    made = {"dossier.yaml": dossier(project, language)}
    for table, rows in project.tables.items():
        if rows:
            name = named(plan.tables[table], language)
            made[f"{TABLES_FOLDER[language]}/{name}.csv"] = sheet(project, table, language)
    for kind in project.papers:
        name = named(plan.documents[kind], language)
        made[f"{PAPERS_FOLDER[language]}/{name}.txt"] = paper(kind, language)
    return made


def write(project: Project, language: str, folder: Path) -> None:
    """Writes the dossier into a folder, which is made."""
    put(files(project, language), folder)
