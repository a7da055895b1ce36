"""Lookups: their rows from the rule file or from a CSV file, and the proof of the bands."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from io import StringIO
from itertools import product
from typing import Any

from guiju.checking import problems
from guiju.checking.kinds import DATE, type_words
from guiju.checking.symbols import LookupHead
from guiju.checking.vocabulary import Vocabulary
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import NumberType, OneOfType, Type
from guiju.syntax import nodes as syntax

ReadFile = Callable[[str], bytes]
"""Reads a file of the pack by its relative path. Raises FileNotFoundError, or
PermissionError for a path outside the pack."""

_MOST_REGIONS = 10_000


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
        by = tuple((p.name.text, self.vocabulary.type(p.type)) for p in node.by)
        gives = tuple((p.name.text, self.vocabulary.type(p.type)) for p in node.gives)
        if not gives:
            gives = (("", self._unnamed_type(node)),)
        head = LookupHead(node.name.text, by, gives)
        self.vocabulary.symbols.lookups[head.name] = head
        self.vocabulary.spans["lookup", head.name] = node.name.span
        return head

    def _unnamed_type(self, node: syntax.Lookup) -> Type:
        """The type of the one unnamed value: declared, or that of the first band."""
        if node.type is not None:
            return self.vocabulary.type(node.type)
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
        if len(bands) == len(node.bands) and node.source is None:
            self._prove(node, head, bands)
        self._repeated(node, rows)
        return plan.LookupPlan(
            head.name,
            self.vocabulary.label(node.label, head.name),
            head.by,
            head.gives,
            tuple(rows),
            cite,
            basis,
            node.source,
            digest,
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
        effective = band.effective
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
        try:
            content = self.read_file(name)
            text = content.decode("utf-8-sig")
        except FileNotFoundError:
            return self._no_file(node, name, "reason-missing")
        except PermissionError:
            return self._no_file(node, name, "reason-outside")
        except UnicodeDecodeError:
            return self._no_file(node, name, "reason-utf8")
        reader = csv.reader(StringIO(text, newline=""), strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        columns: dict[str, int] = {}
        for wanted in (*(n for n, _ in head.by), *(n for n, _ in head.gives)):
            if wanted not in header:
                self.diagnostics.add(
                    problems.LookupColumnMissing(node.span, wanted, name, ", ".join(header))
                )
            else:
                columns[wanted] = header.index(wanted)
        if len(columns) < len(head.by) + len(head.gives):
            return [], None
        dated = [header.index(n) if n in header else None for n in ("effective", "until")]
        rows: list[plan.LookupRow] = []
        try:
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
                    self.diagnostics.add(problems.LookupFileMissing(node.span, name, reason))
                    continue
                row = self._row(node, head, name, reader.line_num, cells, columns, dated)
                if row is not None:
                    rows.append(row)
        except csv.Error as error:
            reason = {"en": str(error), "zh": str(error)}
            self.diagnostics.add(problems.LookupFileMissing(node.span, name, reason))
        return rows, sha256(content).hexdigest()

    def _no_file(
        self, node: syntax.Lookup, name: str, reason: str
    ) -> tuple[list[plan.LookupRow], None]:
        self.diagnostics.add(
            problems.LookupFileMissing(node.span, name, bilingual(f"diagnostics.{reason}"))
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
        dated: list[int | None],
    ) -> plan.LookupRow | None:
        def cell(column: str, at: int, type_: Type) -> Any:
            text = cells[at].strip()
            value = cell_value(text, type_)
            if value is None:
                self.diagnostics.add(
                    problems.LookupCellUnreadable(
                        node.span, file, line, column, text, type_words(type_)
                    )
                )
            return value

        keys = [cell(n, columns[n], t) for n, t in head.by]
        refused = all(cells[columns[n]].strip() == "not acceptable" for n, _ in head.gives)
        values = None if refused else [cell(n, columns[n], t) for n, t in head.gives]
        days: list[date | None] = []
        for name, at in zip(("effective", "until"), dated, strict=True):
            blank = at is None or not cells[at].strip()
            days.append(None if blank or at is None else cell(name, at, DATE))
        if any(key is None for key in keys) or (values and any(v is None for v in values)):
            return None
        return plan.LookupRow(
            tuple(plan.BandKey("=", key) for key in keys),
            tuple(values) if values is not None else None,
            days[0],
            days[1],
            f"{file}:{line}",
        )

    # --- proofs -----------------------------------------------------------------------

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
                        problems.LookupKeyRepeated(node.span, shown, row.place, earlier.place)
                    )
                    break
            seen.setdefault(key, []).append(row)

    def _prove(
        self,
        node: syntax.Lookup,
        head: LookupHead,
        bands: list[tuple[plan.LookupRow, syntax.Band]],
    ) -> None:
        """Bands complete and disjoint.

        Every parameter is cut at the limits the bands name; each cell of the grid that
        makes is a region whose values all fall into the same bands. A region no band
        covers is a gap. Limits of one direction are read in order (`<= 10%`, `<= 20%` means
        above 10 % up to 20 %), so a region belongs to its nearest limit; two bands that
        claim a region in any other way overlap.
        """
        ranged = [any(row.keys[i].operator != "=" for row, _ in bands) for i in range(len(head.by))]
        axes: list[list[Any]] = []
        for i, (_, type_) in enumerate(head.by):
            limits = {row.keys[i].value for row, _ in bands}
            if isinstance(type_, OneOfType):
                axes.append(list(type_.options))
            elif ranged[i]:
                axes.append(_regions(sorted(limits)))
            else:
                axes.append(sorted(limits, key=str))
        size = 1
        for axis in axes:
            size *= len(axis)
        if size > _MOST_REGIONS or not bands:
            return
        used: set[int] = set()
        for region in product(*axes):
            claims = [
                index
                for index, (row, _) in enumerate(bands)
                if all(_covers(key, value) for key, value in zip(row.keys, region, strict=True))
            ]
            if not claims:
                if any(ranged) or any(isinstance(t, OneOfType) for _, t in head.by):
                    shown = ", ".join(
                        _region_words(v, n, t) for v, (n, t) in zip(region, head.by, strict=True)
                    )
                    self.diagnostics.add(problems.BandGap(node.name.span, shown))
                    return
                continue
            used.add(claims[0])
            first = bands[claims[0]][0]
            for other in claims[1:]:
                if not _nested(first, bands[other][0]) and days_overlap(
                    first.effective,
                    first.until,
                    bands[other][0].effective,
                    bands[other][0].until,
                ):
                    shown = ", ".join(
                        _region_words(v, n, t) for v, (n, t) in zip(region, head.by, strict=True)
                    )
                    self.diagnostics.add(
                        problems.BandOverlap(bands[other][1].span, shown, bands[claims[0]][1].span)
                    )
                    return
        for index, (row, band) in enumerate(bands):
            if index not in used and row.effective is None:
                self.diagnostics.add(problems.Unreachable(band.span))


def cell_value(text: str, type_: Type) -> Any:
    """The value of a lookup file's cell, None when it is not of the type."""
    try:
        match type_.kind:
            case "number":
                value = Decimal(text)
                return value if value.is_finite() else None
            case "date":
                return date.fromisoformat(text)
            case "yes/no":
                return {"yes": True, "no": False, "是": True, "否": False}.get(text.lower())
            case "one of":
                assert isinstance(type_, OneOfType)
                if text in type_.options:
                    return text
                return next((o for o, la in type_.labels.items() if text in la.values()), None)
    except (InvalidOperation, ValueError):
        return None
    return text or None


def days_overlap(
    start: date | None, until: date | None, other_start: date | None, other_until: date | None
) -> bool:
    """Whether two spans of days share a day; None is open."""
    low = max(start or date.min, other_start or date.min)
    high = min(until or date.max, other_until or date.max)
    return low <= high


class _Open:
    """The values strictly between two limits; None is no limit."""

    __slots__ = ("high", "low")

    def __init__(self, low: Any, high: Any) -> None:
        self.low, self.high = low, high


def _regions(limits: list[Any]) -> list[Any]:
    """The points and the open stretches between them, from -inf to +inf."""
    regions: list[Any] = []
    previous: Any = None
    for limit in limits:
        regions += [_Open(previous, limit), limit]
        previous = limit
    regions.append(_Open(previous, None))
    return regions


def _covers(key: plan.BandKey, region: Any) -> bool:
    if not isinstance(region, _Open):
        value, limit = region, key.value
        match key.operator:
            case "=":
                return bool(value == limit)
            case "<":
                return bool(value < limit)
            case "<=":
                return bool(value <= limit)
            case ">":
                return bool(value > limit)
        return bool(value >= limit)
    match key.operator:
        case "<" | "<=":
            return region.high is not None and bool(region.high <= key.value)
        case ">" | ">=":
            return region.low is not None and bool(region.low >= key.value)
    return False


def _nested(first: plan.LookupRow, other: plan.LookupRow) -> bool:
    """Whether the later band only claims what the earlier one cut off from it: its limit
    has the same direction and lies further out."""
    outward = False
    for a, b in zip(first.keys, other.keys, strict=True):
        if a == b:
            continue
        upper = a.operator in ("<", "<=") and b.operator in ("<", "<=") and a.value <= b.value
        lower = a.operator in (">", ">=") and b.operator in (">", ">=") and a.value >= b.value
        if not (upper or lower):
            return False
        outward = True
    return outward


def _region_words(region: Any, name: str, type_: Type) -> str:
    unit = f" {type_.unit.symbol}".rstrip() if isinstance(type_, NumberType) else ""
    if not isinstance(region, _Open):
        return f"{name} = {region}{unit}"
    if region.low is None:
        return f"{name} < {region.high}{unit}"
    if region.high is None:
        return f"{name} > {region.low}{unit}"
    return f"{region.low}{unit} < {name} < {region.high}{unit}"
