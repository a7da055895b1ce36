"""Clause lists: what a source document says, clause by clause, beside the rules.

`clauses/<source id>.csv` lists every clause of a source with its sense in our own words. The
ledger compares it with what the rules cite. A plan holds nothing of it: a check of a dossier
does not need it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from io import StringIO
from unicodedata import normalize

from guiju.checking import problems
from guiju.checking.manifest import Manifest
from guiju.checking.symbols import suggest_among
from guiju.diagnostics import Diagnostics
from guiju.messages import bilingual
from guiju.plan.types import Label
from guiju.record import Record
from guiju.source import Source, Span
from guiju.syntax import decode_source

FOLDER = "clauses/"
KINDS = (
    "requirement",
    "formula",
    "parameter",
    "definition",
    "judgement",
    "fact",
    "reference",
    "unreadable",
)
"""What a clause is."""
STATUSES = ("", "fact", "not encoded", "registry", "other party")
"""Why nothing need cite a clause; empty when something must."""
_WITH_REASON = ("not encoded", "registry", "other party")


class ClauseLine(Record):
    """A clause of a source document. `sense` says in our own words what it asks for; `place`
    is `file:line`."""

    clause: str
    kind: str
    sense: Label
    status: str
    reason: Label | None
    place: str


ClauseLists = dict[str, tuple[ClauseLine, ...]]
"""Clauses in the order of the source, by the source's id in pack.toml."""

_BRACKETS = str.maketrans("〔［【〕］】—–‑−", "[[[]]]----")


def clause_key(text: str) -> str:
    """A clause as it is compared: spaces, width of characters and kind of brackets apart.

    >>> clause_key("第十条 （一）") == clause_key("第十条(一)")
    True
    """
    return re.sub(r"\s+", "", normalize("NFKC", text).translate(_BRACKETS)).casefold()


def read_clause_lists(
    manifest: Manifest, content: dict[str, bytes], diagnostics: Diagnostics
) -> ClauseLists:
    """The clause lists among the files of a pack; what is wrong with them is reported."""
    lists: ClauseLists = {}
    known = {source.id for source in manifest.sources}
    for name in sorted(content):
        if not name.startswith(FOLDER) or not name.endswith(".csv"):
            continue
        source_id = name.removeprefix(FOLDER).removesuffix(".csv")
        source = decode_source(content[name], name, diagnostics)
        if source is None:
            continue
        reader = _ListReader(source, manifest.languages, diagnostics)
        if source_id not in known:
            hint = suggest_among(source_id, known)
            diagnostics.add(problems.ClauseListUnknown(reader.line_span(1), source_id, hint))
        lists[source_id] = tuple(reader.lines())
    return lists


class _ListReader:
    """Reads one list, row by row, with the lines the rows stand in."""

    def __init__(
        self, source: Source, languages: tuple[str, ...], diagnostics: Diagnostics
    ) -> None:
        self.source = source
        self.languages = languages
        self.diagnostics = diagnostics
        self.starts = [0, *(found.end() for found in re.finditer("\n", source.text))]

    def line_span(self, number: int) -> Span:
        """A whole line, in which a problem with a row or with the header stands."""
        # CSV also ends a row at a lone carriage return, which ends no line of a source.
        number = min(number, len(self.starts))
        start = self.starts[number - 1]
        return Span(self.source, start, start + len(self.source.line(number)))

    def cell_span(self, number: int, text: str) -> Span:
        """A cell in its line; the whole line when it is empty or runs over its end."""
        whole = self.line_span(number)
        at = whole.text.find(text) if text else -1
        if at < 0:
            return whole
        return Span(self.source, whole.start + at, whole.start + at + len(text))

    def lines(self) -> Iterator[ClauseLine]:
        # A byte order mark is what Excel writes, and no part of the first heading.
        reader = csv.reader(StringIO(self.source.text.lstrip("\ufeff"), newline=""), strict=True)
        seen: dict[str, Span] = {}
        number = 1
        try:
            header = [cell.strip() for cell in next(reader, [])]
            if not self._columns(header):
                return
            number = reader.line_num + 1
            for cells in reader:
                at, number = number, reader.line_num + 1
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    self._unreadable(at, "ragged", line=at, found=len(cells), expected=len(header))
                    continue
                row = {n: c.strip() for n, c in zip(header, cells, strict=True)}
                line = self._line(row, at)
                if line is not None and self._is_new(line, at, seen):
                    yield line
        except csv.Error:
            self._unreadable(number, "csv", line=number)

    def _columns(self, header: list[str]) -> bool:
        """Whether the columns are those of a clause list, each once."""
        wanted = ["clause", "kind", *self.languages, "status"]
        wanted += [f"reason_{language}" for language in self.languages]
        allowed = {*wanted, "zh", "en", "reason_zh", "reason_en"}
        whole = True
        for at, column in enumerate(header):
            if column not in allowed:
                hint = suggest_among(column, allowed)
                span = self.cell_span(1, column)
                self.diagnostics.add(problems.ClauseColumnUnknown(span, column, hint))
                whole = False
            elif column in header[:at]:
                self._unreadable(1, "twice", column=column)
                whole = False
        for column in wanted:
            if column not in header:
                found = ", ".join(header)
                self.diagnostics.add(problems.ClauseColumnMissing(self.line_span(1), column, found))
                whole = False
        return whole

    def _line(self, row: dict[str, str], at: int) -> ClauseLine | None:
        right = True

        def missing(column: str) -> None:
            nonlocal right
            right = False
            self.diagnostics.add(problems.ClauseCellMissing(self.line_span(at), column))

        for column in ("clause", *self.languages):
            if not row[column]:
                missing(column)
        for column, among in (("kind", KINDS), ("status", STATUSES)):
            if row[column] not in among:
                span = self.cell_span(at, row[column])
                expected = ", ".join(f"`{one}`" for one in among if one)
                right = False
                self.diagnostics.add(problems.ClauseCellWrong(span, column, row[column], expected))
        if row["status"] in _WITH_REASON:
            for language in self.languages:
                if not row[f"reason_{language}"]:
                    missing(f"reason_{language}")
        if not right:
            return None
        both = ("zh", "en")
        reason = {la: row[f"reason_{la}"] for la in both if row.get(f"reason_{la}")}
        return ClauseLine(
            row["clause"],
            row["kind"],
            {la: row[la] for la in both if row.get(la)},
            row["status"],
            reason or None,
            f"{self.source.name}:{at}",
        )

    def _is_new(self, line: ClauseLine, at: int, seen: dict[str, Span]) -> bool:
        key = clause_key(line.clause)
        span = self.cell_span(at, line.clause)
        earlier = seen.setdefault(key, span)
        if earlier is not span:
            self.diagnostics.add(problems.ClauseRepeated(span, line.clause, earlier))
        return earlier is span

    def _unreadable(self, at: int, reason: str, **values: object) -> None:
        words = bilingual(f"diagnostics.reason-{reason}", **values)
        self.diagnostics.add(problems.ClauseListUnreadable(self.line_span(at), words))
