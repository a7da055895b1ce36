"""XLSX files, read part by part with a streaming parser that refuses document types.

The cells are taken as stored. Entities other than those of XML cannot be declared, so
nothing in a part can grow when it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from guiju.dossier import limits
from guiju.dossier.grid import area, cell_place
from guiju.dossier.problems import Rejected, shown
from guiju.dossier.stored import day_of, kind_of_format, number, percentage, unescaped
from guiju.dossier.workbook import Cells, NamedTable, Sheet, Workbook
from guiju.verdicts import Problem

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str, str], None]


def scan(content: bytes, part: str, start: Start, end: End | None = None) -> None:
    """Reads XML: `start(name, attributes)` and `end(name, text)` of each element, names
    without their namespace. Raises `Rejected` `not-a-workbook`."""
    from xml.parsers.expat import ExpatError, ParserCreate

    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    pieces: list[str] = []

    def refuse(*_: object) -> None:
        raise Rejected("not-a-workbook", name=shown(part), detail="DOCTYPE")

    def open_element(name: str, attributes: Attributes) -> None:
        pieces.clear()
        start(name.rpartition(" ")[2], attributes)

    def close_element(name: str) -> None:
        if end is not None:
            end(name.rpartition(" ")[2], "".join(pieces))
        pieces.clear()

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = open_element
    parser.EndElementHandler = close_element
    if end is not None:
        parser.CharacterDataHandler = pieces.append
    try:
        parser.Parse(content, True)
    except ExpatError as wrong:
        raise Rejected("not-a-workbook", name=shown(part), detail=shown(wrong)) from None


class _Package:
    """The parts of the zip a workbook is."""

    def __init__(self, content: bytes, file: str) -> None:
        self.file = file
        try:
            self.zip = ZipFile(BytesIO(content))
        except Exception as wrong:  # BadZipFile and others when damaged
            raise Rejected("not-a-workbook", name=shown(file), detail=shown(wrong)) from None
        infos = self.zip.infolist()
        if len(infos) > limits.MAX_MEMBERS:
            raise Rejected("zip-too-many", count=len(infos), most=limits.MAX_MEMBERS)
        self.parts = {info.filename.lstrip("/"): info for info in infos}

    def read(self, part: str) -> bytes | None:
        info = self.parts.get(part)
        if info is None:
            return None
        if info.file_size > limits.MAX_TABLE:
            size = info.file_size
            raise Rejected("file-too-large", name=shown(part), size=size, most=limits.MAX_TABLE)
        try:
            return self.zip.read(info)
        except Exception as wrong:  # damaged members fail in many ways
            raise Rejected("not-a-workbook", name=shown(self.file), detail=shown(wrong)) from None

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to: (kind, part) by id."""
        folder, _, name = part.rpartition("/")
        content = self.read(f"{folder}/_rels/{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: Attributes) -> None:
            if name == "Relationship":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = _joined(folder, attributes.get("Target", ""))
                found[attributes.get("Id", "")] = (kind, target)

        if content is not None:
            scan(content, part, start)
        return found


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/")
    for piece in target.split("/"):
        if piece == "..":
            parts = parts[:-1]
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)


def open_xlsx(content: bytes, file: str, problems: list[Problem]) -> Workbook:
    """The workbook of XLSX bytes. Raises `Rejected` `not-a-workbook`."""
    package = _Package(content, file)
    part = "xl/workbook.xml"
    main = package.read(part)
    if main is None:
        raise Rejected("not-a-workbook", name=shown(file), detail=f"no {part}")
    related = package.related(part)
    parts: dict[str, str] = {}
    hidden: set[str] = set()
    names: dict[str, str] = {}
    since_1904 = False
    current = [""]

    def start(name: str, attributes: Attributes) -> None:
        nonlocal since_1904
        if name == "sheet":
            title = attributes.get("name", "")
            ids = [v for k, v in attributes.items() if k.rpartition(" ")[2] == "id"]
            kind, target = related.get(ids[0] if ids else "", ("", ""))
            if kind == "worksheet":
                parts[title] = target
                if attributes.get("state", "visible") != "visible":
                    hidden.add(title)
        elif name == "workbookPr":
            since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "definedName":
            # A name of one sheet gives way to the same name of the whole workbook.
            local = "localSheetId" in attributes and attributes.get("name", "") in names
            current[0] = "" if local else attributes.get("name", "")

    def end(name: str, text: str) -> None:
        if name == "definedName" and current[0]:
            names[current[0]] = text

    scan(main, part, start, end)
    kinds = [target for kind, target in related.values() if kind == "sharedStrings"]
    styles = [target for kind, target in related.values() if kind == "styles"]
    common: list[tuple[list[str], list[str | None]]] = []

    def load(title: str) -> Sheet:
        if not common:
            strings = _strings(package, kinds[0] if kinds else "")
            common.append((strings, _formats(package, styles[0] if styles else "")))
        body = package.read(parts[title])
        if body is None:
            raise Rejected("not-a-workbook", name=shown(file), detail=f"no {parts[title]}")
        return _SheetScan(title, *common[0], since_1904).read(body, parts[title])

    def tables() -> dict[str, NamedTable]:
        found: dict[str, NamedTable] = {}
        for title, sheet_part in parts.items():
            for kind, target in package.related(sheet_part).values():
                if kind == "table":
                    _table(package, title, target, found)
        return found

    return Workbook(file, list(parts), frozenset(hidden), load, tables, names, problems)


def _table(package: _Package, sheet: str, part: str, found: dict[str, NamedTable]) -> None:
    content = package.read(part)

    def start(name: str, attributes: Attributes) -> None:
        place = area(attributes.get("ref", ""))
        if name == "table" and place is not None:
            title = attributes.get("displayName") or attributes.get("name", "")
            headings = _whole(attributes.get("headerRowCount", "1"))
            totals = _whole(attributes.get("totalsRowCount", "0"))
            found[title] = NamedTable(sheet, place, headings, totals)

    if content is not None:
        scan(content, part, start)


def _strings(package: _Package, part: str) -> list[str]:
    """The shared strings, without the readings (phonetics) that may stand beside them."""
    content = package.read(part)
    strings: list[str] = []
    pieces: list[str] = []
    phonetic = False

    def start(name: str, _: Attributes) -> None:
        nonlocal phonetic
        if name == "si":
            pieces.clear()
        elif name == "rPh":
            phonetic = True

    def end(name: str, text: str) -> None:
        nonlocal phonetic
        if name == "t" and not phonetic:
            pieces.append(text)
        elif name == "rPh":
            phonetic = False
        elif name == "si":
            strings.append(unescaped("".join(pieces)))

    if content is not None:
        scan(content, part, start, end)
    return strings


def _formats(package: _Package, part: str) -> list[str | None]:
    """For each cell style whether it shows a day, a time, a percentage or a plain number."""
    content = package.read(part)
    codes: dict[int, str] = {}
    numbers: list[int] = []
    within = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal within
        if name == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            within = True
        elif name == "xf" and within:
            numbers.append(_whole(attributes.get("numFmtId")))

    def end(name: str, _: str) -> None:
        nonlocal within
        if name == "cellXfs":
            within = False

    if content is not None:
        scan(content, part, start, end)
    return [kind_of_format(number, codes.get(number)) for number in numbers]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


class _SheetScan:
    """One pass over the XML of a sheet."""

    def __init__(
        self, name: str, shared: list[str], formats: list[str | None], since_1904: bool
    ) -> None:
        self.shared = shared
        self.formats = formats
        self.since_1904 = since_1904
        self.sheet = Sheet(name, {}, [], set(), [])
        self.row = -1
        self.column = -1
        self.kind = "n"
        self.style = 0
        self.stored: str | None = None
        self.formula: str | None = None
        self.inline: list[str] = []
        self.phonetic = False

    def read(self, content: bytes, part: str) -> Sheet:
        scan(content, part, self.start, self.end)
        return self.sheet

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self.cell(attributes)
        elif name == "row":
            at = _whole(attributes.get("r"))
            self.row = at - 1 if at else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            self.sheet.hidden_columns.append((first - 1, last - 1))
        elif name == "mergeCell":
            place = area(attributes.get("ref", ""))
            if place is not None:
                self.sheet.merged.append(place)
        elif name == "rPh":
            self.phonetic = True

    def cell(self, attributes: Attributes) -> None:
        place = cell_place(attributes.get("r", ""))
        self.row, self.column = place if place is not None else (self.row, self.column + 1)
        self.kind = attributes.get("t", "n")
        self.style = _whole(attributes.get("s"))
        self.stored = self.formula = None
        self.inline.clear()

    def end(self, name: str, text: str) -> None:
        if name == "v":
            self.stored = text
        elif name == "f":
            self.formula = text
        elif name == "t":
            if not self.phonetic:
                self.inline.append(text)
        elif name == "rPh":
            self.phonetic = False
        elif name == "c":
            value = self.value()
            if value is not None and value != "":
                cells: Cells = self.sheet.cells
                cells[self.row, self.column] = value

    def value(self) -> Any:
        text = self.stored
        if self.kind == "inlineStr":
            return unescaped("".join(self.inline))
        if self.kind == "e":
            return Rejected("error-cell", text=shown(text or "#?"))
        if text is None:
            if self.formula is None:
                return None
            return Rejected("formula-without-value", text=shown(f"={self.formula}"))
        if self.kind == "s":
            index = _whole(text)
            return self.shared[index] if index < len(self.shared) else None
        if self.kind == "b":
            return "true" if text.strip() in ("1", "true") else "false"
        if self.kind in ("str", "d"):
            return unescaped(text)
        text = text.strip()
        if not text:
            return None
        kind = self.formats[self.style] if self.style < len(self.formats) else None
        if kind == "percent":
            return percentage(text)
        return number(text) if kind is None else day_of(text, kind, self.since_1904)
