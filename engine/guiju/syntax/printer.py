"""The tree's text in its canonical layout: `guiju fmt`.

Declarations stand at the margin, their lines two columns in, the bodies of a rule's clauses
under each other; a long condition breaks before `and` and `or`. Comments stay where they
are. Names, numbers and texts stay as they were written; keywords may be rendered in either
language. The printer works on the tokens, with the tree to say where lines begin.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Literal
from unicodedata import normalize

from guiju.diagnostics import Diagnostics
from guiju.source import Source
from guiju.syntax import nodes as n
from guiju.syntax.keywords import keywords
from guiju.syntax.layout import Comment, Piece, padded, spread, width
from guiju.syntax.lexer import CLAUSES, END, ITEMS, Tokens
from guiju.syntax.parser import parse, tokenize

Keywords = Literal["keep", "en", "zh"]

_INDENT = 2
_LEAST_ENGLISH = len("unknown")
_LEAST_CHINESE = width("适用于")
_COLON_LIMIT = 34
"""Colons of fields are aligned up to this column."""
_SIGNS = {
    "PLUS": "+",
    "DIVIDE": "/",
    "POWER": "^",
    "DOT": ".",
    "COMMA": ",",
    "COLON": ":",
    "LPAR": "(",
    "RPAR": ")",
    "LBRACKET": "[",
    "RBRACKET": "]",
    "LBRACE": "{",
    "RBRACE": "}",
    "BAR": "|",
    "BODY": "=",
}
_ASCII = {"MINUS": "-", "TIMES": "*", "LE": "<=", "GE": ">=", "NE": "!="}
"""Signs that have a printed form of their own, which is kept unless English is asked for."""
_OPEN = frozenset(("LPAR", "LBRACKET", "LBRACE"))
_CLOSE = frozenset(("RPAR", "RBRACKET", "RBRACE"))
_VALUE_ENDS = _CLOSE | {"NAME", "NUMBER", "QUANTITY", "DATE", "DURATION", "STRING", "UNIT"}
_VALUE_ENDS |= {"TRUE", "FALSE", "IS_KNOWN", "IS_NOT_KNOWN"}
_BREAK_ALWAYS = frozenset(("AND", "OR", "LANG"))
_BREAK_NEXT = frozenset(
    ("WHERE", "SATISFIES", "THEN", "ELSE", "QUOTING", "BECAUSE", "GIVES", "FROM", "FOR")
)
_BREAK_LAST = frozenset(("AND", "OR", "PLUS", "MINUS", "TIMES", "DIVIDE"))


class NotFormatted(ValueError):
    """A file with mistakes keeps its layout. `diagnostics` says what is wrong."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        super().__init__("a file with mistakes is not formatted")
        self.diagnostics = diagnostics


def format_source(source: Source, keywords: Keywords = "keep") -> str:
    """The text of a rule file in canonical layout, with keywords in a language or as they are.

    Formatting the result again changes nothing, and its tree equals the tree of the
    source. Raises NotFormatted when the source has mistakes.
    """
    diagnostics = Diagnostics()
    tree = parse(source, diagnostics)
    if diagnostics.errors:
        raise NotFormatted(diagnostics)
    return _Printer(source, tree, tokenize(source, Diagnostics()), keywords).text()


class _Printer:
    def __init__(self, source: Source, tree: n.File, tokens: Tokens, language: Keywords) -> None:
        self.source = source
        self.tokens = tokens
        self.language = language
        self.roles = _roles(tree, tokens)
        self.comments = [self._comments(i) for i in range(len(tokens.kinds))]

    def text(self) -> str:
        """All lines; an empty one between declarations, at most one elsewhere."""
        kinds = self.tokens.kinds
        starts = [i for i in range(len(kinds) - 1) if self.roles.get(i)]
        items = [i for i in starts if self.roles[i] == "item"]
        output: list[str] = []
        for first, after in zip(items, [*items[1:], len(kinds) - 1], strict=False):
            self._gap(output, first, item=True)
            lines = starts[bisect_left(starts, first) : bisect_left(starts, after)]
            self._item(output, first, after, lines)
        self._gap(output, len(kinds) - 1, item=False)
        return "\n".join(output) + "\n" if output else ""

    # --- comments and empty lines ------------------------------------------------------

    def _comments(self, i: int) -> tuple[str, list[Comment], bool]:
        """The comment behind the token before `i`, those above `i`, an empty line above."""
        first = self.tokens.ends[i - 1] if i else 0
        last = self.tokens.starts[i] if self.tokens.kinds[i] != END else len(self.source.text)
        gap = self.source.text[first:last].lstrip("\ufeff")
        if "\n" not in gap and "#" not in gap:
            return "", [], False
        trailing, above, blank = "", [], False
        lines = gap.split("\n")
        for number, line in enumerate(lines):
            written = line.strip()
            if written.startswith("#"):
                if number == 0 and i:
                    trailing = written
                else:
                    above.append(Comment(written, blank, line.startswith("#")))
                blank = False
            elif not written and 0 < number < len(lines) - 1:
                blank = True
        return trailing, above, blank

    def _gap(self, output: list[str], i: int, item: bool) -> None:
        """The comments and the empty line above the line that starts at token `i`."""
        _, comments, blank = self.comments[i]
        inner = [c for c in comments if not c.margin] if item or self._at_end(i) else comments
        if inner and (item or self._at_end(i)):
            # What is indented behind the last clause belongs to the declaration above.
            last = max(place for place, c in enumerate(comments) if not c.margin)
            belonging, comments = comments[: last + 1], comments[last + 1 :]
            if not output:
                belonging, comments = [], belonging + comments
            for comment in belonging:
                self._empty(output, comment.blank)
                output.append(" " * _INDENT + comment.text)
        if item and output:
            self._empty(output, True)
        for place, comment in enumerate(comments):
            self._empty(output, comment.blank and (place > 0 or not item or bool(output)))
            output.append(comment.text if item or self._at_end(i) else self._indented(comment))
        if comments or not item:
            self._empty(output, blank and not self._at_end(i))

    def _at_end(self, i: int) -> bool:
        return self.tokens.kinds[i] == END

    @staticmethod
    def _indented(comment: Comment) -> str:
        return " " * _INDENT + comment.text

    @staticmethod
    def _empty(output: list[str], wanted: bool) -> None:
        if wanted and output and output[-1]:
            output.append("")

    # --- declarations ------------------------------------------------------------------

    def _item(self, output: list[str], first: int, after: int, lines: list[int]) -> None:
        ends = [*lines[1:], after]
        kind = self.tokens.kinds[first]
        clauses = [i for i in lines if self.roles[i] == "clause"]
        body = self._body_column(kind, clauses)
        colon = self._colon_column(lines, ends)
        cells = self._cell_widths(lines, ends)
        for start, end in zip(lines, ends, strict=True):
            role = self.roles[start]
            if role != "item":
                self._gap(output, start, item=False)
            if role == "item":
                output += spread("", self._pieces(start, end), 2 * _INDENT)
            elif role == "clause":
                lead, rest = self._lead(start)
                pieces = self._pieces(start, end)[1:]
                if rest:
                    pieces[:0] = [Piece(rest)]
                self._keep_comment(pieces, start)
                lead = " " * _INDENT + (padded(lead, body) if pieces else lead)
                output += spread(lead + " " * bool(pieces), pieces, _INDENT + body + 1)
            elif role == "field":
                output += self._field(start, end, colon)
            elif role == "band":
                output += self._band(start, end, cells)
            else:
                indent = 2 * _INDENT if role == "body" else 3 * _INDENT
                output += spread(" " * _INDENT, self._pieces(start, end), indent)

    def _keep_comment(self, pieces: list[Piece], start: int) -> None:
        """A comment right behind the first word of a clause goes behind its next piece."""
        trailing = self.comments[start + 1][0]
        if trailing and pieces and not pieces[0].trailing:
            pieces[0].above.insert(0, Comment(trailing, False, False))

    def _body_column(self, kind: str, clauses: list[int]) -> int:
        if kind in ("FORMULA", "LOOKUP"):
            return 0
        leads = [self._lead(i)[0] for i in clauses]
        english = any(lead.isascii() for lead in leads)
        least = _LEAST_ENGLISH if english else _LEAST_CHINESE
        return max([least, *(width(lead) for lead in leads)])

    def _lead(self, i: int) -> tuple[str, str]:
        """The first word of a clause, and what remains of a keyword of two words."""
        lead, _, rest = self._word(i).partition(" ")
        return lead, rest

    def _colon_column(self, lines: list[int], ends: list[int]) -> int:
        widths = [
            sum(width(p.text) + p.space for p in self._pieces(i, self._colon(i, end)))
            for i, end in zip(lines, ends, strict=True)
            if self.roles[i] == "field"
        ]
        return max((w for w in widths if w <= _COLON_LIMIT), default=0)

    def _colon(self, start: int, end: int) -> int:
        return self.tokens.kinds.index("COLON", start, end)

    def _field(self, start: int, end: int, column: int) -> list[str]:
        colon = self._colon(start, end)
        pieces = self._pieces(start, end)
        head = pieces[: colon - start]
        if any(p.above or p.trailing for p in pieces[: colon - start + 1]):
            return spread(" " * _INDENT, pieces, 2 * _INDENT)
        used = sum(width(p.text) + p.space for p in head)
        head[-1] = Piece(head[-1].text + " " * max(column - used, 0), head[-1].space, head[-1].rank)
        pieces[: len(head)] = head
        lines = spread(" " * _INDENT, pieces, 2 * _INDENT)
        if len(lines) > 1 and "ONE_OF" in self.tokens.kinds[start:end]:
            return self._options(pieces, self.tokens.kinds.index("ONE_OF", start, end) + 1 - start)
        return lines

    @staticmethod
    def _options(pieces: list[Piece], first: int) -> list[str]:
        """A field with options that need a line each."""
        lines = spread(" " * _INDENT, pieces[:first], 2 * _INDENT)
        option: list[Piece] = []
        for piece in pieces[first:]:
            option.append(piece)
            if piece.text == ",":
                lines += spread(" " * (2 * _INDENT), option, 3 * _INDENT)
                option = []
        return lines + spread(" " * (2 * _INDENT), option, 3 * _INDENT)

    def _cells(self, start: int, end: int) -> list[tuple[int, int]]:
        """The tokens of each cell of a band, without its bars."""
        kinds = self.tokens.kinds
        depth = 0
        bars = []
        for i in range(start, end):
            depth += (kinds[i] in _OPEN) - (kinds[i] in _CLOSE)
            if kinds[i] == "BAR" and not depth:
                bars.append(i)
        return [(a + 1, b) for a, b in pairwise(bars)]

    def _cell_widths(self, lines: list[int], ends: list[int]) -> list[int]:
        widths: list[int] = []
        for start, end in zip(lines, ends, strict=True):
            if self.roles[start] != "band":
                continue
            for place, (first, last) in enumerate(self._cells(start, end)):
                pieces = self._pieces(first, last)
                text = sum(width(p.text) + p.space for p in pieces) - pieces[0].space
                if place == len(widths):
                    widths.append(0)
                widths[place] = max(widths[place], text)
        return widths

    def _band(self, start: int, end: int, widths: list[int]) -> list[str]:
        pieces = self._pieces(start, end)
        if any(piece.above or piece.trailing for piece in pieces[:-1]):
            return spread(" " * _INDENT, pieces, 2 * _INDENT)
        for place, (first, last) in enumerate(self._cells(start, end)):
            cell = pieces[first - start : last - start]
            used = sum(width(p.text) + p.space for p in cell) - cell[0].space
            cell[-1].text += " " * (widths[place] - used)
        for piece in pieces:
            piece.rank = 0
        return spread(" " * _INDENT, pieces, 2 * _INDENT)

    # --- words and the spaces between them ----------------------------------------------

    def _pieces(self, start: int, end: int) -> list[Piece]:
        """The tokens of a line with their spaces and comments."""
        kinds = self.tokens.kinds
        pieces: list[Piece] = []
        depth = 0
        alias = start + (2 if self.roles.get(start) == "item" else 1)
        named = self.roles.get(start) in ("item", "field")
        for i in range(start, end):
            kind = kinds[i]
            previous = kinds[i - 1] if i > start else ""
            before = kinds[i - 2] if i > start + 1 else ""
            space = i > start and self._spaced(previous, kind, before)
            if kind == "LPAR" and i == alias and named:
                space = True
            rank = 0
            if previous:
                if depth == 0 and kind in _BREAK_ALWAYS:
                    rank = 1
                elif (
                    kind in _BREAK_NEXT
                    or previous == "COMMA"
                    or (kind in _BREAK_LAST and previous in _VALUE_ENDS)
                ):
                    rank = 3 if depth else 2
            depth += (kind in _OPEN) - (kind in _CLOSE)
            above = self.comments[i][1] if i > start else []
            trailing = self.comments[i + 1][0]
            pieces.append(Piece(self._word(i), space, rank, list(above), trailing))
        return pieces

    @staticmethod
    def _spaced(previous: str, kind: str, before: str) -> bool:
        """Whether a space parts two tokens."""
        if previous in _OPEN or previous == "DOT" or kind in _CLOSE or kind in ("DOT", "COMMA"):
            return False
        if kind == "LBRACKET":
            return False
        if kind == "LPAR":
            call = previous == "NAME" or (previous == "WITHIN" and before not in _VALUE_ENDS)
            return not call
        return not (previous == "MINUS" and before not in _VALUE_ENDS)

    def _word(self, i: int) -> str:
        """How a token is written."""
        kind = self.tokens.kinds[i]
        written = self.source.text[self.tokens.starts[i] : self.tokens.ends[i]]
        if kind in _SIGNS:
            return _SIGNS[kind]
        if kind in _ASCII and not written[0].isalpha():
            plain = normalize("NFKC", written)
            if self.language == "en" or plain.isascii():
                return _ASCII[kind]
            return written
        if kind == "TYPE":
            return self._keyword(f"type.{self.tokens.values[i]}", written)
        if kind == "BASIS_LEVEL":
            return self._keyword(f"basis.{self.tokens.values[i]}", written)
        if kind == "DURATION":
            return self._duration(i, written)
        if kind in keywords():
            return self._keyword(kind, written)
        return written

    def _keyword(self, token: str, written: str) -> str:
        written = normalize("NFKC", " ".join(written.split()))
        if self.language == "keep" or not written[0].isalpha():
            return written
        spellings = keywords()[token].spellings(self.language)
        return written if written in spellings else spellings[0]

    def _duration(self, i: int, written: str) -> str:
        count, unit = self.tokens.values[i]
        digits = written[: len(written) - len(written.lstrip("0123456789０１２３４５６７８９"))]
        word = " ".join(written[len(digits) :].split())
        if self.language == "keep":
            return " ".join(written.split())
        spellings = keywords()[f"duration.{unit}"].spellings(self.language)
        if word not in spellings:
            word = spellings[1] if count == 1 and self.language == "en" else spellings[0]
        return f"{digits} {word}"


def _roles(tree: n.File, tokens: Tokens) -> dict[int, str]:
    """The tokens that begin a line, and what kind of line."""
    places = {start: i for i, start in enumerate(tokens.starts[:-1])}
    kinds = tokens.kinds
    roles: dict[int, str] = {}
    for i, kind in enumerate(kinds[:-1]):
        if kind in ITEMS:
            roles[i] = "item"
        elif kind in ("KEY", "BOUNDARY", "GIVES", "FROM", "CONSERVATIVE"):
            roles[i] = "line"
    for item in tree.items:
        match item:
            case n.Facts() | n.Table():
                roles |= {places[f.span.start]: "field" for f in item.fields}
            case n.Lookup():
                roles |= {places[band.span.start]: "band" for band in item.bands}
                roles |= {places[clause.span.start]: "clause" for clause in item.clauses}
                if not item.bands:
                    first = places[item.span.start]
                    roles[kinds.index("BY", first)] = "line"
            case n.Formula():
                roles |= {places[clause.span.start]: "clause" for clause in item.clauses}
                start = places[item.body.span.start]
                while kinds[start] not in ("EQ", "BODY"):
                    start -= 1
                roles[start] = "body"
            case n.Rule() | n.Judge() | n.Amend():
                roles |= {places[clause.span.start]: "clause" for clause in item.clauses}
    assert all(kinds[i] in CLAUSES for i, role in roles.items() if role == "clause")
    return roles
