"""Makes dossiers, workbooks and zips for tests."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import vocabulary

from guiju.dossier import Dossier, open_dossier, read
from guiju.dossier.grid import cell_name

HEAD = "guiju: 1\nid: D-1\ntitle: A dossier\npack: test\nedition: V01\n"


def folder(path: Path, yaml: str, files: dict[str, str | bytes] | None = None) -> Path:
    """A dossier's folder with its head, more YAML and other files."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "dossier.yaml").write_text(HEAD + yaml, encoding="utf-8")
    for name, content in (files or {}).items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def dossier(path: Path, yaml: str, files: dict[str, str | bytes] | None = None) -> Dossier:
    """A dossier read from such a folder."""
    return read(open_dossier(folder(path, yaml, files)), vocabulary.pack())


def codes(read_dossier: Dossier, *ignored: str) -> list[str]:
    """The codes of the reading problems, in order."""
    return [p.code for p in read_dossier.problems if p.code not in ignored]


def told(read_dossier: Dossier, code: str) -> Any:
    """The one problem of a code."""
    found = [p for p in read_dossier.problems if p.code == code]
    assert len(found) == 1, codes(read_dossier)
    return found[0]


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip of members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The members of a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Raw(str):
    """XML of a cell, written as it is; `{r}` is its name."""


def cell(row: int, column: int, value: Any) -> str:
    """A cell of a sheet: text inline, numbers as stored text, None for none."""
    name = cell_name(row, column)
    if value is None:
        return ""
    if isinstance(value, Raw):
        return value.replace("{r}", name)
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{name}"><v>{value}</v></c>'


def error(text: str) -> Raw:
    return Raw(f'<c r="{{r}}" t="e"><f>1/0</f><v>{text}</v></c>')


def formula(text: str, value: str | None) -> Raw:
    stored = "" if value is None else f"<v>{value}</v>"
    return Raw(f'<c r="{{r}}"><f>{text}</f>{stored}</c>')


def day(serial: str) -> Raw:
    return Raw(f'<c r="{{r}}" s="1"><v>{serial}</v></c>')


def workbook(
    sheets: dict[str, list[list[Any]]],
    hidden: tuple[str, ...] = (),
    rows: str = "",
    before: str = "",
    after: str = "",
    names: str = "",
    properties: str = "",
    table: tuple[str, str, str] | None = None,
    prologue: str = "",
) -> bytes:
    """An XLSX file written by hand. `before` and `after` stand around the first sheet's
    data; `rows` are attributes of its second row; `table` is (name, area, more)."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    members: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>"}
    listed, related = "", ""
    for index, (title, body) in enumerate(sheets.items(), 1):
        state = ' state="hidden"' if title in hidden else ""
        listed += f'<sheet name="{escape(title)}" sheetId="{index}" r:id="rId{index}"{state}/>'
        related += (
            f'<Relationship Id="rId{index}" Type="{office}/worksheet"'
            f' Target="worksheets/sheet{index}.xml"/>'
        )
        data = ""
        for number, values in enumerate(body):
            extra = f" {rows}" if number == 1 and index == 1 else ""
            cells = "".join(cell(number, column, value) for column, value in enumerate(values))
            data += f'<row r="{number + 1}"{extra}>{cells}</row>'
        first = index == 1
        members[f"xl/worksheets/sheet{index}.xml"] = (
            f"{prologue if first else ''}<worksheet {main}>{before if first else ''}"
            f"<sheetData>{data}</sheetData>{after if first else ''}</worksheet>"
        )
    related += f'<Relationship Id="rId99" Type="{office}/styles" Target="styles.xml"/>'
    members["xl/styles.xml"] = (
        f'<styleSheet {main}><numFmts count="1"><numFmt numFmtId="164" '
        'formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    members["xl/workbook.xml"] = (
        f'<workbook {main} xmlns:r="{office}">{properties}<sheets>{listed}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>"
    )
    members["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{package}">{related}</Relationships>'
    )
    if table is not None:
        title, area, more = table
        members["xl/worksheets/_rels/sheet1.xml.rels"] = (
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/table" '
            'Target="../tables/table1.xml"/></Relationships>'
        )
        members["xl/tables/table1.xml"] = (
            f'<table {main} id="1" name="{title}" displayName="{title}" ref="{area}" {more}/>'
        )
    return zipped(members)
