"""Lookups: their rows, from the rule file or from a CSV file."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from io import StringIO
from typing import Any

from guiju.checking import problems
from guiju.checking.bands import days_overlap, prove_bands
from guiju.checking.kinds import BROKEN, DATE, ORDERED, type_words
from guiju.checking.symbols import LookupHead
from guiju.checking.vocabulary import Vocabulary
from guiju.checking.words import said
from guiju.dossier.dates import duration_of
from guiju.dossier.problems import Rejected
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import DurationType, NumberType, Type
from guiju.source import Span
from guiju.syntax import nodes as syntax

ReadFile = Callable[[str], bytes]
"""Reads a file of the pack by its relative path. Raises FileNotFoundError, or
PermissionError for a path outside the pack."""


class Lookups:
    """Declares lookups, then reads and proves their rows."""

    def __init__(self, vocabulary: Vocabulary, read_file: ReadFile) -> None:
        self.vocabulary = vocabulary
        self.diagnostics = vocabulary.diagnostics
        self.read_file = read_file

    def head(self, node: syntax.Lookup) -> LookupHead | None:
        """Makes the lookup's name and types known."""
        if not self.vocabulary.declare(node.name.text, node.name.span):
            return None
        by = tuple((p.name.text, self._type(p.type)) for p in node.by)
        gives = tuple((p.name.text, self._value_type(p.type)) for p in node.gives)
        named: dict[str, Span] = {}
        for parameter in (*node.by, *node.gives):
            name = parameter.name
            if name.text in named:
                self.diagnostics.add(problems.NameTaken(name.span, name.text, named[name.text]))
            named.setdefault(name.text, name.span)
        if not gives:
            gives = (("", self._unnamed_type(node)),)
        head = LookupHead(node.name.text, by, gives)
        self.vocabulary.symbols.lookups[head.name] = head
        self.vocabulary.spans["lookup", head.name] = node.name.span
        alias = node.alias
        if alias is not None and self.vocabulary.declare(alias.text, alias.span):
            self.vocabulary.symbols.lookups[alias.text] = head
        return head

    def _type(self, node: syntax.TypeExpr, more: str = "", wanted: str = "type-key") -> Type:
        """The type of a key: one that a cell can hold and that is equal or not."""
        type_ = self.vocabulary.type(node)
        if type_.kind in ("text", "yes/no", "number", "date", "broken", more):
            return type_
        expected = bilingual(f"diagnostics.{wanted}")
        self.diagnostics.add(problems.TypeMismatch(node.span, type_words(type_), expected))
        return BROKEN

    def _value_type(self, node: syntax.TypeExpr) -> Type:
        """The type of a value, which may also be a length of time."""
        return self._type(node, "duration", "type-value")

    def _unnamed_type(self, node: syntax.Lookup) -> Type:
        """The type of the one unnamed value: declared, or that of the first band."""
        if node.type is not None:
            return self._value_type(node.type)
        from guiju.checking.expressions import Checker
        from guiju.checking.symbols import Scope
        from guiju.diagnostics import Diagnostics

        checker = Checker(self.vocabulary.symbols, Scope(), Diagnostics())
        for band in node.bands:
            if band.values:
                typed = checker.expression(band.values[0])
                if typed is not None:
                    if isinstance(typed.type, NumberType):
                        return NumberType(typed.type.unit)
                    if isinstance(typed.type, DurationType):
                        return DurationType()
                    return typed.type
        return self.vocabulary.type(syntax.NamedType("number", span=node.span))

    def body(self, node: syntax.Lookup, head: LookupHead) -> plan.LookupPlan:
        """The rows, read and proved."""
        rows: list[plan.LookupRow] = []
        digest: str | None = None
        cite: plan.Clause | None = None
        basis: str | None = None
        for clause in node.clauses:
            if isinstance(clause, syntax.Cite):
                cite = plan.Clause(clause.clause, clause.quoting)
            elif isinstance(clause, syntax.Basis):
                basis = clause.level
        bands: list[tuple[plan.LookupRow, syntax.Band]] = []
        for band in node.bands:
            row = self._band(band, head)
            if row is not None:
                bands.append((row, band))
        rows += [row for row, _ in bands]
        if node.source is not None:
            found, digest = self._file(node, head, node.source)
            rows += found
        if not rows and not node.bands and node.source is None:
            self.diagnostics.add(problems.LookupWithoutRows(node.name.span, head.name))
        if any(row.basis is not None for row in rows):
            # What the rows say goes before what the rule file says; the weakest counts.
            stated = {row.basis or basis or _BASES[-1] for row in rows}
            basis = max(stated, key=_BASES.index)
        proved = False
        if len(bands) == len(node.bands) and node.source is None:
            proved = prove_bands(node, head, bands, self.diagnostics)
        if not proved:
            self._repeated(node, rows)
        return plan.LookupPlan(
            head.name,
            self.vocabulary.label(node.label, node.alias.text if node.alias else head.name),
            head.by,
            head.gives,
            tuple(rows),
            cite,
            basis,
            node.source,
            digest,
            f"{node.span.source.name}:{node.span.line}",
            node.alias.text if node.alias else None,
        )

    # --- rows written in place --------------------------------------------------------

    def _band(self, band: syntax.Band, head: LookupHead) -> plan.LookupRow | None:
        if len(band.keys) != len(head.by):
            self.diagnostics.add(
                problems.WrongArgumentCount(band.span, head.name, len(band.keys), str(len(head.by)))
            )
            return None
        if band.values is not None and len(band.values) != len(head.gives):
            self.diagnostics.add(
                problems.WrongArgumentCount(
                    band.span, head.name, len(band.values), str(len(head.gives))
                )
            )
            return None
        keys: list[plan.BandKey] = []
        for (operator, expr), (_, type_) in zip(band.keys, head.by, strict=True):
            if operator != "=" and type_.kind not in (*ORDERED, "broken"):
                self.diagnostics.add(
                    problems.TypeMismatch(
                        expr.span, type_words(type_), bilingual("diagnostics.type-ordered")
                    )
                )
                return None
            value = self._constant(expr, type_)
            if value is None:
                return None
            keys.append(plan.BandKey(operator, value))
        values: list[Any] | None = None
        if band.values is not None:
            values = []
            for expr, (_, type_) in zip(band.values, head.gives, strict=True):
                value = self._constant(expr, type_)
                if value is None:
                    return None
                values.append(value)
        effective = band.effective if self.vocabulary.days(band.effective) else None
        return plan.LookupRow(
            tuple(keys),
            tuple(values) if values is not None else None,
            effective.start if effective else None,
            effective.until if effective else None,
            f"{band.span.source.name}:{band.span.line}",
        )

    def _constant(self, node: syntax.Expr, type_: Type) -> Any:
        if type_.kind == "text" and isinstance(node, syntax.Ref):
            return node.name.text
        return self.vocabulary.constant(node, type_)

    # --- rows of a file ---------------------------------------------------------------

    def _file(
        self, node: syntax.Lookup, head: LookupHead, name: str
    ) -> tuple[list[plan.LookupRow], str | None]:
        at = _source_span(node)
        try:
            content = self.read_file(name)
            text = content.decode("utf-8-sig")
        except FileNotFoundError:
            return self._no_file(node, name, "reason-missing")
        except PermissionError:
            return self._no_file(node, name, "reason-outside")
        except UnicodeDecodeError:
            reason = bilingual("diagnostics.reason-utf8")
            self.diagnostics.add(problems.LookupFileUnreadable(at, name, reason))
            return [], None
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        rows: list[plan.LookupRow] = []
        try:
            header = [cell.strip() for cell in next(reader, [])]
            columns = self._columns(node, head, name, header)
            if columns is None:
                return [], None
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) != len(header):
                    reason = bilingual(
                        "diagnostics.reason-ragged",
                        line=reader.line_num,
                        found=len(cells),
                        expected=len(header),
                    )
                    self.diagnostics.add(problems.LookupFileUnreadable(at, name, reason))
                    continue
                row = self._row(node, head, name, reader.line_num, cells, columns)
                if row is not None:
                    rows.append(row)
        except csv.Error:
            reason = bilingual("diagnostics.reason-csv", line=reader.line_num)
            self.diagnostics.add(problems.LookupFileUnreadable(at, name, reason))
        return rows, sha256(content).hexdigest()

    def _columns(
        self, node: syntax.Lookup, head: LookupHead, file: str, header: list[str]
    ) -> dict[str, int] | None:
        """Where each parameter, each value and the dates of a row stand; None when one of
        the first two is missing or stands twice."""
        whole = True
        columns: dict[str, int] = {}
        wanted = [n or head.name for n, _ in (*head.by, *head.gives)]
        for name in (*wanted, *_OF_A_ROW):
            own = name in wanted
            if own and name in columns:
                continue
            spellings = (name,) if own else (name, _OF_A_ROW[name])
            if name == head.name and node.alias is not None:
                spellings = (name, node.alias.text)
            places = [at for at, column in enumerate(header) if column in spellings]
            if len(places) > 1:
                reason = bilingual("diagnostics.reason-twice", column=name)
                self.diagnostics.add(
                    problems.LookupFileUnreadable(_source_span(node), file, reason)
                )
                whole = False
            elif places:
                columns[name] = places[0]
            elif name in wanted:
                self.diagnostics.add(
                    problems.LookupColumnMissing(_source_span(node), name, file, ", ".join(header))
                )
                whole = False
        return columns if whole else None

    def _no_file(
        self, node: syntax.Lookup, name: str, reason: str
    ) -> tuple[list[plan.LookupRow], None]:
        self.diagnostics.add(
            problems.LookupFileMissing(_source_span(node), name, bilingual(f"diagnostics.{reason}"))
        )
        return [], None

    def _row(
        self,
        node: syntax.Lookup,
        head: LookupHead,
        file: str,
        line: int,
        cells: list[str],
        columns: dict[str, int],
    ) -> plan.LookupRow | None:
        def cell(column: str, at: int, type_: Type) -> Any:
            text = cells[at].strip()
            value = cell_value(text, type_)
            if value is None:
                self.diagnostics.add(
                    problems.LookupCellUnreadable(
                        _source_span(node), file, line, column, text or '""', type_words(type_)
                    )
                )
            return value

        keys = [cell(n, columns[n], t) for n, t in head.by]
        names = [(n or head.name, t) for n, t in head.gives]
        named = {n for n, _ in (*head.by, *names)}
        refused = all(cells[columns[n]].strip() in _REFUSED for n, _ in names)
        values = None if refused else [cell(n, columns[n], t) for n, t in names]
        days: list[date | None] = []
        for name in _DATED:
            at = columns.get(name)
            blank = at is None or not cells[at].strip()
            days.append(None if blank or at is None else cell(name, at, DATE))
        start, until = days
        if start is not None and until is not None and until < start:
            expected = bilingual("diagnostics.type-not-before", day=start)
            self.diagnostics.add(
                problems.LookupCellUnreadable(
                    _source_span(node), file, line, "until", until.isoformat(), expected
                )
            )
        told = {n: cells[columns[n]].strip() for n in _FOUNDED if n in columns and n not in named}
        basis = _LEVELS.get(told.get("basis", "").lower())
        if basis is None and told.get("basis"):
            expected = said(", ".join(_BASES))
            self.diagnostics.add(
                problems.LookupCellUnreadable(
                    _source_span(node), file, line, "basis", told["basis"], expected
                )
            )
        if any(key is None for key in keys) or (values and any(v is None for v in values)):
            return None
        return plan.LookupRow(
            tuple(plan.BandKey("=", key) for key in keys),
            tuple(values) if values is not None else None,
            start,
            until,
            f"{file}:{line}",
            basis,
            told.get("note") or None,
        )

    def _repeated(self, node: syntax.Lookup, rows: list[plan.LookupRow]) -> None:
        """Rows of plain keys: one value for one key and one day."""
        seen: dict[tuple[Any, ...], list[plan.LookupRow]] = {}
        for row in rows:
            if any(key.operator != "=" for key in row.keys):
                continue
            key = tuple(k.value for k in row.keys)
            for earlier in seen.get(key, []):
                if days_overlap(row.effective, row.until, earlier.effective, earlier.until):
                    shown = ", ".join(str(k) for k in key)
                    self.diagnostics.add(
                        problems.LookupKeyRepeated(
                            _source_span(node), shown, row.place, earlier.place
                        )
                    )
                    break
            seen.setdefault(key, []).append(row)


def _source_span(node: syntax.Lookup) -> Span:
    """Where the file of a lookup is named; its name when it has none."""
    at = node.span.text.find(node.source) if node.source else -1
    if at < 0 or node.source is None:
        return node.name.span
    start = node.span.start + at
    return Span(node.span.source, start, start + len(node.source))


_DATED = {"effective": "施行", "until": "至"}
_FOUNDED = {"basis": "依据程度", "note": "说明"}
_OF_A_ROW = _DATED | _FOUNDED
"""Columns a file may have beside those of the lookup, each with its Chinese heading."""
_BASES = ("verified", "secondary", "unverified")
_LEVELS = dict(zip((*_BASES, "已核对", "二手", "未核对"), _BASES * 2, strict=True))
_REFUSED = ("not acceptable", "不可接受")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def cell_value(text: str, type_: Type) -> Any:
    """The value of a lookup file's cell, None when it is not of the type."""
    try:
        match type_.kind:
            case "number":
                # Decimal() alone would also read `1_000`, `NaN` and digits of other scripts.
                value = Decimal(text) if _NUMBER.fullmatch(text) else None
                whole = isinstance(type_, NumberType) and type_.integer
                if value is None or (whole and value != value.to_integral_value()):
                    return None
                return value
            case "date":
                return date.fromisoformat(text) if _DAY.fullmatch(text) else None
            case "yes/no":
                return {"yes": True, "no": False, "是": True, "否": False}.get(text.lower())
            case "duration":
                return duration_of(text)
    except (InvalidOperation, ValueError, Rejected):
        return None
    return text or None
