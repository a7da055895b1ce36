"""Builds the nodes of clauses, types and declarations, and judges their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from guiju.diagnostics import Diagnostics
from guiju.source import Source, Span
from guiju.syntax import nodes as n
from guiju.syntax.expressions import ExpressionBuilder, Parts
from guiju.syntax.keywords import spelling
from guiju.syntax.lexer import ITEMS, Tokens
from guiju.syntax.problems import BandCells, MissingPart
from guiju.syntax.texts import TextReader

T = TypeVar("T")


class Bad:
    """What could not be read; already reported."""


@dataclass(slots=True)
class Alias:
    name: n.Name


@dataclass(slots=True)
class Range:
    low: n.Expr | None
    high: n.Expr | None


@dataclass(slots=True)
class Key:
    names: tuple[n.Name, ...]


@dataclass(slots=True)
class Boundary:
    kind: str


@dataclass(slots=True)
class ValueType:
    type: n.TypeExpr


@dataclass(slots=True)
class FromFile:
    path: str


@dataclass(slots=True)
class Cell:
    """`operator` is None for a plain value; `value` None for `not acceptable`."""

    operator: str | None
    value: n.Expr | None


@dataclass(slots=True)
class BandLine:
    cells: list[Cell]
    effective: n.Effective | None
    span: Span


@dataclass(slots=True)
class Head:
    """The first line of a declaration."""

    parts: Parts
    span: Span


def _first(parts: Iterable[Any], kind: type[T]) -> T | None:
    return next((part for part in parts if isinstance(part, kind)), None)


class Builder(ExpressionBuilder):
    """Makes all nodes of one rule file."""

    def __init__(
        self, source: Source, tokens: Tokens, diagnostics: Diagnostics, texts: TextReader
    ) -> None:
        super().__init__(source, tokens)
        self.diagnostics = diagnostics
        self.reader = texts

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    def bad(self, parts: Parts, start: int, end: int) -> Bad:
        return Bad()

    def file(self, parts: Parts, start: int, end: int) -> n.File:
        return n.File(self.source, tuple(p for p in parts if isinstance(p, n.Item)))

    # --- texts, names, types -----------------------------------------------------------

    def text(self, parts: Parts, start: int, end: int) -> n.Text:
        content = self.tokens.values[parts[0]]
        return n.Text(None, self.reader.parts(content, start + 1), span=self.span(start, end))

    def texts(self, parts: Parts, start: int, end: int) -> n.Texts:
        texts = [parts[0]]
        for language, text in zip(parts[1::2], parts[2::2], strict=True):
            span = self.span(self.tokens.starts[language], text.span.end)
            texts.append(n.Text(self.tokens.values[language], text.parts, span=span))
        return n.Texts(tuple(texts), span=self.span(start, end))

    def names(self, parts: Parts, start: int, end: int) -> tuple[n.Name, ...]:
        return tuple(self.name(token) for token in parts)

    def alias(self, parts: Parts, start: int, end: int) -> Alias:
        return Alias(self.name(parts[0]))

    def named_type(self, parts: Parts, start: int, end: int) -> n.NamedType:
        return n.NamedType(self.tokens.values[parts[0]], span=self.span(start, end))

    def unit_type(self, parts: Parts, start: int, end: int) -> n.UnitType:
        return n.UnitType(self.tokens.values[parts[0]], span=self.span(start, end))

    def one_of(self, parts: Parts, start: int, end: int) -> n.OneOfType:
        return n.OneOfType(tuple(parts), span=self.span(start, end))

    def list_of(self, parts: Parts, start: int, end: int) -> n.ListType:
        return n.ListType(parts[0], span=self.span(start, end))

    def option(self, parts: Parts, start: int, end: int) -> n.Option:
        label = _first(parts, n.Texts)
        return n.Option(self.name(parts[0]), label, span=self.span(start, end))

    # --- vocabulary --------------------------------------------------------------------

    def range(self, parts: Parts, start: int, end: int) -> Range:
        return Range(parts[0], parts[1])

    def range_low(self, parts: Parts, start: int, end: int) -> Range:
        return Range(parts[0], None)

    def range_high(self, parts: Parts, start: int, end: int) -> Range:
        return Range(None, parts[0])

    def field(self, parts: Parts, start: int, end: int) -> n.FieldDecl:
        alias = _first(parts, Alias)
        limits = _first(parts, Range) or Range(None, None)
        kinds = (n.NamedType, n.UnitType, n.OneOfType, n.ListType)
        return n.FieldDecl(
            self.name(parts[0]),
            alias.name if alias else None,
            _first(parts, n.Texts),
            next(part for part in parts if isinstance(part, kinds)),
            any(isinstance(part, int) for part in parts[1:]),
            limits.low,
            limits.high,
            span=self.span(start, end),
        )

    def head(self, parts: Parts, start: int, end: int) -> Head:
        return Head(parts, self.span(start, end))

    facts_head = table_head = lookup_head = formula_head = rule_head = amend_head = head

    def facts(self, parts: Parts, start: int, end: int) -> n.Facts | Bad:
        head, *lines = parts
        if isinstance(head, Bad):
            return head
        self._needs_lines(head, lines, {"en": "a fact", "zh": "事实"}, "FACTS")
        alias = _first(head.parts, Alias)
        return n.Facts(
            self.name(head.parts[0]),
            _first(head.parts, n.Texts),
            tuple(line for line in lines if isinstance(line, n.FieldDecl)),
            alias.name if alias else None,
            span=self.span(start, end),
        )

    def key(self, parts: Parts, start: int, end: int) -> Key:
        return Key(parts[0])

    def boundary(self, parts: Parts, start: int, end: int) -> Boundary | Bad:
        kind = self.tokens.values[parts[0]]
        if kind in ("polygon", "point", "line"):
            return Boundary(kind)
        span = self.span(self.tokens.starts[parts[0]], end)
        expected = {
            "en": "`polygon`, `point` or `line`",
            "zh": "`面`、`点` 或 `线`",
        }
        self._missing(span, expected, "BOUNDARY", {"en": f"`{span.text}`", "zh": f"`{span.text}`"})
        return Bad()

    def table(self, parts: Parts, start: int, end: int) -> n.Table | Bad:
        head, *lines = parts
        if isinstance(head, Bad):
            return head
        self._needs_lines(head, lines, {"en": "a column", "zh": "列"}, "TABLE")
        alias = _first(head.parts, Alias)
        boundary = _first(lines, Boundary)
        return n.Table(
            self.name(head.parts[0]),
            _first(head.parts, n.Texts),
            tuple(name for line in lines if isinstance(line, Key) for name in line.names),
            boundary.kind if boundary else None,
            tuple(line for line in lines if isinstance(line, n.FieldDecl)),
            alias.name if alias else None,
            span=self.span(start, end),
        )

    # --- lookups -----------------------------------------------------------------------

    def parameter(self, parts: Parts, start: int, end: int) -> n.Parameter:
        return n.Parameter(self.name(parts[0]), parts[1], span=self.span(start, end))

    def parameters(self, parts: Parts, start: int, end: int) -> tuple[n.Parameter, ...]:
        return tuple(parts)

    gives = parameters

    def value_type(self, parts: Parts, start: int, end: int) -> ValueType:
        return ValueType(parts[0])

    def lookup_line(self, parts: Parts, start: int, end: int) -> Any:
        return parts[0]

    def from_file(self, parts: Parts, start: int, end: int) -> FromFile:
        return FromFile(self.tokens.values[parts[0]])

    def cell(self, parts: Parts, start: int, end: int) -> Cell:
        written = self.tokens.kinds[self._token_at(start)]
        operators = {"EQ": "=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">="}
        return Cell(operators[written], parts[0])

    def plain_cell(self, parts: Parts, start: int, end: int) -> Cell:
        return Cell(None, parts[0])

    def not_acceptable(self, parts: Parts, start: int, end: int) -> Cell:
        return Cell(None, None)

    def band(self, parts: Parts, start: int, end: int) -> BandLine:
        cells = [part for part in parts if isinstance(part, Cell)]
        return BandLine(cells, _first(parts, n.Effective), self.span(start, end))

    def lookup(self, parts: Parts, start: int, end: int) -> n.Lookup | Bad:
        head, *lines = parts
        if isinstance(head, Bad):
            return head
        by: tuple[n.Parameter, ...] = _first(head.parts, tuple) or ()
        gives: tuple[n.Parameter, ...] = ()
        for line in lines:
            if isinstance(line, tuple):
                gives += line[0]
        source = _first(lines, FromFile)
        typed = _first(lines, ValueType) or _first(head.parts, ValueType)
        alias = _first(head.parts, Alias)
        bands = [line for line in lines if isinstance(line, BandLine)]
        return n.Lookup(
            self.name(head.parts[0]),
            _first(head.parts, n.Texts),
            by,
            gives,
            source.path if source else None,
            tuple(band for line in bands if (band := self._band(line, len(by), len(gives) or 1))),
            self._clauses(lines),
            typed.type if typed else None,
            alias.name if alias else None,
            span=self.span(start, end),
        )

    def _band(self, line: BandLine, keys: int, values: int) -> n.Band | None:
        refused = len(line.cells) == keys + 1 and line.cells[-1].value is None
        fits = all(cell.value is not None for cell in line.cells[:keys]) and (
            refused
            or (
                len(line.cells) == keys + values
                and all(c.value is not None and c.operator is None for c in line.cells[keys:])
            )
        )
        if not fits:
            problem = BandCells(line.span, len(line.cells), keys, values, keys + values)
            self.diagnostics.add(problem)
            return None
        return n.Band(
            tuple((cell.operator or "=", cell.value) for cell in line.cells[:keys]),  # type: ignore[misc]
            None if refused else tuple(c.value for c in line.cells[keys:] if c.value is not None),
            line.effective,
            span=line.span,
        )

    # --- clauses -----------------------------------------------------------------------

    def cite(self, parts: Parts, start: int, end: int) -> n.Cite:
        clause, *quoting = (self.tokens.values[part] for part in parts)
        return n.Cite(clause, quoting[0] if quoting else None, span=self.span(start, end))

    def basis(self, parts: Parts, start: int, end: int) -> n.Basis:
        return n.Basis(self.tokens.values[parts[0]], span=self.span(start, end))

    def for_each(self, parts: Parts, start: int, end: int) -> n.ForEach:
        variable, rows, *where = parts
        condition = where[0] if where else None
        return n.ForEach(self.name(variable), rows, condition, span=self.span(start, end))

    def when(self, parts: Parts, start: int, end: int) -> n.When:
        return n.When(parts[0], span=self.span(start, end))

    def unless(self, parts: Parts, start: int, end: int) -> n.Unless:
        return n.Unless(parts[0], parts[1], span=self.span(start, end))

    def let(self, parts: Parts, start: int, end: int) -> n.Let:
        return n.Let(self.name(parts[0]), parts[1], span=self.span(start, end))

    def must(self, parts: Parts, start: int, end: int) -> n.Must:
        return n.Must(parts[0], span=self.span(start, end))

    def else_(self, parts: Parts, start: int, end: int) -> n.Else:
        return n.Else(self.name(parts[0]), parts[1], span=self.span(start, end))

    def unknown(self, parts: Parts, start: int, end: int) -> n.Unknown:
        return n.Unknown(self.name(parts[0]), parts[1], span=self.span(start, end))

    def defer(self, parts: Parts, start: int, end: int) -> n.Defer:
        message = parts[1] if len(parts) > 1 else n.Texts((), span=self.span(end, end))
        return n.Defer(self.name(parts[0]), message, span=self.span(start, end))

    def needs(self, parts: Parts, start: int, end: int) -> n.Needs:
        return n.Needs(parts[0], span=self.span(start, end))

    def remedy(self, parts: Parts, start: int, end: int) -> n.Remedy:
        return n.Remedy(parts[0], span=self.span(start, end))

    def ask(self, parts: Parts, start: int, end: int) -> n.Ask:
        return n.Ask(parts[0], span=self.span(start, end))

    def effective(self, parts: Parts, start: int, end: int) -> n.Effective:
        first, *until = (self.tokens.values[part] for part in parts)
        return n.Effective(first, until[0] if until else None, span=self.span(start, end))

    def set(self, parts: Parts, start: int, end: int) -> n.Set:
        return n.Set(self.name(parts[0]), parts[1], span=self.span(start, end))

    def grace(self, parts: Parts, start: int, end: int) -> n.Grace:
        until = self.tokens.values[parts[1]]
        return n.Grace(parts[0], until, span=self.span(start, end))

    # --- declarations with clauses -----------------------------------------------------

    def first_body(self, parts: Parts, start: int, end: int) -> None:
        return None

    def formula(self, parts: Parts, start: int, end: int) -> n.Formula | Bad:
        head, *lines = parts
        if isinstance(head, Bad):
            return head
        body = _first(lines, n.Expr)
        if body is None:
            if not any(isinstance(line, Bad) for line in lines) and not self._said_within(
                head.span.end
            ):
                expected = {"en": "`=` and the formula itself", "zh": "`=` 和计算式"}
                self._missing(head.span, expected, "FORMULA", None)
            return Bad()
        alias = _first(head.parts, Alias)
        kinds = (n.NamedType, n.UnitType)
        return n.Formula(
            self.name(head.parts[0]),
            _first(head.parts, n.Texts),
            _first(head.parts, n.ForEach),
            next(part for part in head.parts if isinstance(part, kinds)),
            self._clauses(lines),
            body,
            any(isinstance(line, int) for line in lines),
            alias.name if alias else None,
            span=self.span(start, end),
        )

    def _said_within(self, start: int) -> bool:
        """Whether an error stands between a head and the next item: a formula that breaks
        off is one mistake."""
        kinds, starts = self.tokens.kinds, self.tokens.starts
        items = (at for kind, at in zip(kinds, starts, strict=False) if kind in ITEMS)
        end = next((at for at in items if at > start), len(self.source.text) + 1)
        return any(start <= problem.span.start < end for problem in self.diagnostics.errors)

    def rule(self, parts: Parts, start: int, end: int) -> n.Rule | Bad:
        head, *lines = parts
        if isinstance(head, Bad):
            return head
        clauses = self._clauses(lines)
        title = self._title(head)
        return n.Rule(self._id(head, 0), title, clauses, span=self.span(start, end))

    def judge(self, parts: Parts, start: int, end: int) -> n.Judge | Bad:
        head, *lines = parts
        if isinstance(head, Bad):
            return head
        clauses = self._clauses(lines)
        title = self._title(head)
        return n.Judge(self._id(head, 0), title, clauses, span=self.span(start, end))

    def amend(self, parts: Parts, start: int, end: int) -> n.Amend | Bad:
        head, *lines = parts
        if isinstance(head, Bad):
            return head
        prefix = self.name(head.parts[1]) if len(head.parts) == 4 else None
        return n.Amend(
            self._id(head, 0),
            prefix,
            self._id(head, 2 if prefix else 1),
            self._title(head),
            self._clauses(lines),
            span=self.span(start, end),
        )

    def _id(self, head: Head, place: int) -> str:
        identifier: str = self.tokens.values[head.parts[place]]
        return identifier

    def _title(self, head: Head) -> n.Texts:
        return _first(head.parts, n.Texts) or n.Texts((), span=head.span)

    @staticmethod
    def _clauses(lines: Parts) -> tuple[n.Clause, ...]:
        return tuple(line for line in lines if isinstance(line, n.Clause))

    # --- what is missing ---------------------------------------------------------------

    def _needs_lines(self, head: Head, lines: Parts, expected: dict[str, str], word: str) -> None:
        if not lines and not any(isinstance(part, Bad) for part in head.parts):
            self._missing(head.span, expected, word, None)

    def _missing(
        self, span: Span, expected: dict[str, str], after: str, found: dict[str, str] | None
    ) -> None:
        nothing = {"en": "nothing", "zh": "空白"}
        hint = {
            "en": f"write {expected['en']}",
            "zh": f"请写明{expected['zh']}",
        }
        word = spelling(after, "en")
        written = span.source.text[span.start : span.end].split(None, 1)[0]
        if found is None and written:
            word = written
        self.diagnostics.add(MissingPart(span, expected, word, found or nothing, hint))

    def _token_at(self, start: int) -> int:
        from bisect import bisect_left

        return bisect_left(self.tokens.starts, start)
