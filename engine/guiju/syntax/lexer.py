"""Text into tokens: the terminals of the grammar, made precise by what stands around.

Gone since the text: comments, layout, the language of the keywords, full-width forms. The
patterns are those of `grammar.lark`; its head says which words are keywords where.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from unicodedata import normalize

from guiju.source import Source, Span
from guiju.syntax.characters import Characters
from guiju.syntax.keywords import LANGUAGE_TAGS, keywords, words
from guiju.syntax.problems import ImpossibleDate, UnclosedString
from guiju.syntax.table import table

END = "$END"
ITEMS = frozenset(["FACTS", "TABLE", "LOOKUP", "FORMULA", "RULE", "JUDGE", "AMEND"])
CLAUSES = frozenset(
    ("CITE", "BASIS", "FOR_EACH", "WHEN", "UNLESS", "LET", "MUST", "ELSE", "UNKNOWN", "DEFER")
) | {"NEEDS", "REMEDY", "ASK", "EFFECTIVE", "SET", "GRACE"}
AGGREGATES = frozenset(["SUM", "MEAN", "MIN", "MAX", "COUNT", "STDEV", "FIRST", "LAST"])

_BINDERS = frozenset(["FOR_EACH", "EVERY", "SOME", "NO", "FOR"])
_OPENING = {"LPAR": ")", "LBRACKET": "]", "LBRACE": "}"}
_CLOSING = frozenset(("RPAR", "RBRACKET", "RBRACE"))
_TYPE_PLACES = frozenset(("COLON", "LIST_OF", "BOUNDARY"))
_UNIT_PLACES = frozenset(("COLON", "LIST_OF", "IN_UNIT", "AS"))
_ID_PLACES = frozenset(("RULE", "JUDGE", "AMEND"))
_FRESH = (ITEMS | CLAUSES) - {"ELSE", "FOR_EACH"}
"""Words that stand outside all brackets."""
_CONTEXTUAL = AGGREGATES | {"ON", "QUOTING", "KEY", "BOUNDARY", "NOT_ACCEPTABLE", "BETWEEN_AND"}
_QUOTES = '"“”「＂'
_BLANK = re.compile(r"\s*(?:#[^\n]*\s*)*")
_LIST_AHEAD = re.compile(_BLANK.pattern + r"[{｛]")
_DECLARATION_AHEAD = re.compile(_BLANK.pattern + r"[:：(（\"「“]")
_STRING_AHEAD = re.compile(_BLANK.pattern + r"[\"“”「＂]")
_GAP = r"(?:\s|#[^\n]*\n)+"
_WORD = r"(?:[^\W\d]\w*|`[^`\n]+`)"
_ID = re.compile(r"[^\W\d]\w*(?:[-－]\w+)*")
_TARGET = re.compile(rf"({_WORD})\s*([.．])\s*(?=[^\W\d])")
_RUN_ON = re.compile(r"[^\n]*")


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists; the last one is the end of the text.

    A value is the normalised word, the text between quotes, the number with its unit, the
    date and so on; a keyword has none. `mended` are offsets where the lexer has already
    reported a problem that may leave a hole in a clause.
    """

    kinds: list[str]
    starts: list[int]
    ends: list[int]
    values: list[Any]
    mended: list[int]


class _Patterns(NamedTuple):
    token: re.Pattern[str]
    unit: re.Pattern[str]
    unit_after_number: re.Pattern[str]
    type: re.Pattern[str]
    of: re.Pattern[str]
    of_or_for: re.Pattern[str]
    each: re.Pattern[str]
    binding: re.Pattern[str]
    bound: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    from guiju.quantities import unit_pattern

    def either(*tokens: str) -> str:
        spelled = [w for token in tokens for w in keywords()[token].en + keywords()[token].zh]
        spelled.sort(key=len, reverse=True)
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in spelled)

    alternatives = "|".join(f"(?P<{name}>{pattern})" for name, pattern in table().terminals)
    ignored = "|".join(table().ignored)
    comment = next(p for p in table().ignored if p.startswith("#"))
    assert ignored
    types = "|".join(sorted(words().types, key=len, reverse=True))
    unit = unit_pattern()
    return _Patterns(
        token=re.compile(rf"\s*(?:{comment}\s*)*(?:{alternatives})?"),
        unit=re.compile(unit),
        unit_after_number=re.compile(rf"[ \t\u3000]*({unit})"),
        type=re.compile(rf"({types})(?!\w)"),
        of=re.compile(rf"{_GAP}(?:{either('OF')})(?!\w)"),
        of_or_for=re.compile(rf"{_GAP}(?:{either('OF', 'FOR')})(?!\w)"),
        each=re.compile(rf"{_GAP}(?:{either('FOR_EACH')})(?!\w)"),
        binding=re.compile(rf"{_GAP}{_WORD}{_GAP}(?:{either('IN')})(?!\w)"),
        bound=re.compile(rf"{_GAP}(?:{either('IN')})(?!\w)"),
    )


class Lexer:
    """Reads the tokens of one text, from `start` to `end`."""

    def __init__(self, source: Source, characters: Characters) -> None:
        self.source = source
        self.text = source.text
        self.characters = characters
        self.patterns = _patterns()
        self.words = words()

    def read(self, start: int, end: int) -> Tokens:
        """All tokens; problems are reported and what follows them is read on."""
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.values: list[Any] = []
        self.mended: list[int] = []
        self.end = end
        self.open: list[str] = []
        self.between: list[int] = []
        self.counting = False
        self.item = ""
        self.let_seen = False
        text = self.text
        match = self.patterns.token.match
        single, several = self.words.single, self.words.several
        normal = self.characters.normal
        kinds, starts, ends, values = self.kinds, self.starts, self.ends, self.values
        previous = ""
        position = start
        while True:
            if previous in _SPECIAL_PLACES:
                after = self._special(previous, position)
                if after is not None:
                    position = after
                    previous = kinds[-1]
                    continue
            found = match(text, position, end)
            assert found is not None
            kind = found.lastgroup
            if kind is None:
                position = found.end()
                if position >= end:
                    break
                position = self._stray(position)
                previous = kinds[-1] if kinds else ""
                continue
            first, position = found.span(kind)
            value: Any = None
            if kind == "NAME":
                word = text[first:position]
                if word[0] == "`":
                    value = normal(word[1:-1], first + 1, True)
                else:
                    value = word if word.isascii() else normal(word, first)
                    if previous != "DOT":
                        chosen = ""
                        if value in several:
                            chosen, position = self._joined(value, position, previous)
                        if not chosen:
                            tokens = single.get(value)
                            if tokens is None:
                                if previous == "STRING" and self._is_language(value, position):
                                    kind = "LANG"
                            elif len(tokens) == 1 and tokens[0] not in _CONTEXTUAL:
                                chosen = tokens[0]
                            else:
                                chosen = self._chosen(tokens, position, previous)
                        if chosen:
                            kind = chosen
                            if kind in _FRESH:
                                self._start_afresh(kind)
                            elif kind == "AT_LEAST":
                                self.counting = True
                            elif kind == "BETWEEN":
                                self.between.append(len(self.open))
            elif kind in _DETAILED:
                kind, value, position = self._detailed(kind, first, position)
            kinds.append(kind)
            starts.append(first)
            ends.append(position)
            values.append(value)
            previous = kind
        last = ends[-1] if ends else start
        self._emit(END, last, last, None)
        return Tokens(kinds, starts, ends, values, self.mended)

    def _emit(self, kind: str, start: int, end: int, value: Any) -> None:
        self.kinds.append(kind)
        self.starts.append(start)
        self.ends.append(end)
        self.values.append(value)

    def _start_afresh(self, kind: str) -> None:
        self.open.clear()
        self.between.clear()
        self.counting = False
        if kind in ITEMS:
            self.item = kind
            self.let_seen = False
        elif kind == "LET":
            self.let_seen = self.item == "FORMULA"

    # --- words -----------------------------------------------------------------------

    def _joined(self, value: str, position: int, previous: str) -> tuple[str, int]:
        """The keyword of several words that starts here, and its end."""
        for pattern, tokens in self.words.several[value]:
            found = pattern.match(self.text, position, self.end)
            if found and (tokens[0] != "NOT_ACCEPTABLE" or previous == "BAR"):
                return tokens[0], found.end()
        return "", position

    def _is_language(self, value: str, position: int) -> bool:
        return value in LANGUAGE_TAGS and bool(_STRING_AHEAD.match(self.text, position, self.end))

    def _chosen(self, tokens: tuple[str, ...], position: int, previous: str) -> str:
        """Which of its tokens a word is here; empty when it is a name."""
        text, end, patterns = self.text, self.end, self.patterns
        token = tokens[0]
        if token == "IN" or "IS_IN" in tokens:
            if self._binds(previous):
                return "IN"
            if "IN_UNIT" not in tokens or _LIST_AHEAD.match(text, position, end):
                return "IS_IN"
            return "IN_UNIT"
        if "BETWEEN_AND" in tokens:
            if self.between and self.between[-1] == len(self.open):
                self.between.pop()
                return "BETWEEN_AND"
            return token
        if "NO" in tokens:
            if "FALSE" not in tokens or patterns.binding.match(text, position, end):
                return "NO"
            return "FALSE"
        if token in AGGREGATES:
            # `count for x in T` counts rows; `sum of first for x in T` sums a value `first`.
            ahead = patterns.of_or_for if token == "COUNT" else patterns.of
            follows = ahead.match(text, position, end)
            return token if follows and not patterns.each.match(text, position, end) else ""
        if token == "ON":
            return token if self.open and self.open[-1] == "]" else ""
        if token == "QUOTING":
            return token if previous == "STRING" else ""
        if token == "NOT_ACCEPTABLE":
            return token if previous == "BAR" else ""
        if token in ("KEY", "BOUNDARY"):
            declared = _DECLARATION_AHEAD.match(text, position, end)
            return token if self.item == "TABLE" and not declared else ""
        return token

    def _binds(self, previous: str) -> bool:
        """Whether `in` follows the variable of a quantifier, an aggregate or `for each`."""
        if previous != "NAME" or len(self.kinds) < 2:
            return False
        before = self.kinds[-2]
        if before in _BINDERS:
            return True
        if before == "OF" and len(self.kinds) > 2 and self.kinds[-3] == "COUNT":
            # `count of p in parcels` has no value; `count of p in ha for …` has one.
            return self.patterns.unit.match(self.text, self._ahead()) is None
        if self.counting and before in ("OF", *_ENDS_OF_VALUES):
            self.counting = False
            return True
        return False

    def _ahead(self) -> int:
        """Where the word after the one just read begins."""
        found = _IN_WORD.match(self.text, self.ends[-1], self.end)
        return found.end() if found else self.end

    # --- units, types and ids ---------------------------------------------------------

    def _special(self, previous: str, position: int) -> int | None:
        """Reads a type, a unit or an id where one may stand; None when there is none."""
        text, end = self.text, self.end
        blank = _BLANK.match(text, position, end)
        first = blank.end() if blank else position
        if previous in _ID_PLACES:
            found = _ID.match(text, first, end)
            if not found:
                return None
            value = self.characters.normal(found.group(), first)
            if value in self.words.single and "-" not in value:
                return None
            self._emit("ID", first, found.end(), value)
            return found.end()
        if previous == "OF":
            return self._target(first) if self.kinds[-3:-1] == ["AMEND", "ID"] else None
        if previous == "BASIS":
            word = re.compile(r"\w+").match(text, first, end)
            level = self.words.levels.get(normalize("NFKC", word.group())) if word else None
            if word is None or level is None:
                return None
            self._emit("BASIS_LEVEL", first, word.end(), level)
            return word.end()
        for places, pattern, kind in (
            (_TYPE_PLACES, self.patterns.type, "TYPE"),
            (_UNIT_PLACES, self.patterns.unit, "UNIT"),
        ):
            found = pattern.match(text, first, end) if previous in places else None
            if found is None:
                continue
            if "\n" in text[position:first] and _DECLARATION_AHEAD.match(text, found.end(), end):
                return None
            value = normalize("NFKC", found.group())
            self._emit(kind, first, found.end(), self.words.types.get(value, value))
            return found.end()
        return None

    def _target(self, first: int) -> int | None:
        """`prefix.ID` or `ID` after the `of` of an amendment."""
        text, end = self.text, self.end
        prefix = _TARGET.match(text, first, end)
        if prefix:
            word = prefix.group(1)
            self._emit(
                "NAME",
                first,
                prefix.end(1),
                self.characters.normal(word.strip("`"), first, word[0] == "`"),
            )
            self._emit("DOT", prefix.start(2), prefix.end(2), None)
            first = prefix.end()
        found = _ID.match(text, first, end)
        if not found:
            return None
        self._emit("ID", first, found.end(), self.characters.normal(found.group(), first))
        return found.end()

    # --- numbers, dates, texts and brackets -------------------------------------------

    def _detailed(self, kind: str, first: int, last: int) -> tuple[str, Any, int]:
        text = self.text
        if kind == "NUMBER":
            return self._number(first, last)
        if kind == "STRING":
            return kind, text[first + 1 : last - 1], last
        if kind == "DATE":
            return kind, self._date(first, last), last
        if kind in _OPENING:
            self.open.append(_OPENING[kind])
        elif kind in _CLOSING:
            if self.open:
                self.open.pop()
        elif kind == "EQ" and self.let_seen and not self.open:
            own = self.kinds[-2:-1] == ["LET"]  # The `=` of the `let` itself may start a line.
            if not own and "\n" in text[self.ends[-1] : first]:
                self.let_seen = False
                return "BODY", None, last
        return kind, None, last

    def _number(self, first: int, last: int) -> tuple[str, Any, int]:
        text, end = self.text, self.end
        digits = text[first:last]
        if not digits.isascii():
            digits = normalize("NFKC", digits)
        if text[last : last + 1] in _AFTER_NUMBERS:
            return "NUMBER", Decimal(digits), last
        if "." not in digits:
            duration = self.words.duration.match(text, last, end)
            if duration:
                unit = " ".join(duration.group(1).split())
                value = int(digits), self.words.durations[unit]
                return "DURATION", value, duration.end()
        unit_found = self.patterns.unit_after_number.match(text, last, end)
        if unit_found:
            # `at least 2 t in trees`: the variable of a quantifier is no unit.
            variable = self.counting and self.patterns.bound.match(text, unit_found.end(), end)
            if not variable:
                unit = normalize("NFKC", unit_found.group(1))
                return "QUANTITY", (Decimal(digits), unit), unit_found.end()
        return "NUMBER", Decimal(digits), last

    def _date(self, first: int, last: int) -> date:
        written = normalize("NFKC", self.text[first:last])
        year, month, day = (int(part) for part in written.split("-"))
        if year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            return date(year, month, day)
        span = Span(self.source, first, last)
        if not year or not 1 <= month <= 12:
            reason = {"en": f"there is no month {month:02d}", "zh": f"没有 {month} 月"}
            if not year:
                reason = {"en": "there is no year 0", "zh": "没有公元 0 年"}
        else:
            days = monthrange(year, month)[1]
            reason = {
                "en": f"{year:04d}-{month:02d} has {days} days",
                "zh": f"{year} 年 {month} 月只有 {days} 天",
            }
        self.characters.report(ImpossibleDate(span, written, reason))
        return date(max(year, 1), min(max(month, 1), 12), 1)

    # --- what is no token --------------------------------------------------------------

    def _stray(self, position: int) -> int:
        """Reports what is no token; returns where to read on."""
        text = self.text
        character = text[position]
        self.mended.append(position)
        if character in self.characters.reported:
            return position + 1
        if character in _QUOTES:
            rest = _RUN_ON.match(text, position, self.end)
            last = position + len(rest.group().rstrip()) if rest else self.end
            span = Span(self.source, position, last)
            self.characters.report(UnclosedString(span, character))
            self._emit("STRING", position, last, text[position + 1 : last])
            return last
        if character in "'‘":
            quoted = re.compile(r"'[^'\n]*'|‘[^’\n]*’").match(text, position, self.end)
            if quoted:
                self.characters.stray(position, quoted.end())
                self._emit("STRING", position, quoted.end(), quoted.group()[1:-1])
                return quoted.end()
        last = position + 1
        while last < self.end and text[last] == character:
            last += 1
        self.characters.stray(position, last)
        return last


_DETAILED = frozenset(("NUMBER", "STRING", "DATE", "EQ")) | _OPENING.keys() | _CLOSING
_SPECIAL_PLACES = _TYPE_PLACES | _UNIT_PLACES | _ID_PLACES | {"OF", "BASIS"}
_ENDS_OF_VALUES = ("NUMBER", "QUANTITY", "NAME", "UNIT", "DATE", "DURATION", "STRING", *_CLOSING)
_ENDS_OF_VALUES += ("TRUE", "FALSE", "MONTH_END_DOWN", "MONTH_END_UP")
_AFTER_NUMBERS = frozenset((")", ",", "]", "}", "）", "，"))
_IN_WORD = re.compile(rf"{_GAP}\w+{_GAP}")
