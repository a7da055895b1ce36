"""Characters that deceive: look-alike letters, directions, invisible marks, strays."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from unicodedata import name as character_name
from unicodedata import normalize

from guiju.diagnostics import Diagnostic, Diagnostics
from guiju.source import Source, Span
from guiju.syntax.problems import (
    BidiCharacter,
    InvisibleCharacter,
    LookalikeCharacter,
    StrayCharacter,
    TooManyErrors,
)

MAX_ERRORS = 100
"""Mistakes in one file after which no more are shown."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufff9-\ufffb"
_DECEIVING = re.compile(f"(?P<bidi>[{_BIDI}])|[{_INVISIBLE}]")
_SCRIPTS = {
    "CYRILLIC": {"en": "Cyrillic", "zh": "西里尔字母"},
    "GREEK": {"en": "Greek", "zh": "希腊字母"},
    "LATIN": {"en": "phonetic", "zh": "音标字母"},
    "SCRIPT": {"en": "mathematical", "zh": "数学字母"},
}
_MEANT = {
    "&": ("`and`", "`且`"),
    "'": ('"…"', '"…" 或「…」'),
    "‘": ('"…"', '"…" 或「…」'),
    "!": ("`not` or `!=`", "`非` 或 `!=`"),
    "$": ("the unit `CNY`", "单位 `元`"),
    "~": ("`within … of …`", "`误差不超过 … 之 …`"),
    "?": ("`is known`", "`已知`"),
    "\\": ("`/`", "`/`"),
    "–": ("`-`", "`-`"),
    "—": ("`-`", "`-`"),
    "：": ("`:`", "`:`"),
}


@cache
def lookalikes() -> dict[str, str]:
    """Letters of other scripts and the ASCII letters they are taken for."""
    text = (files("guiju.syntax") / "lookalikes.csv").read_text(encoding="utf-8")
    return {row["letter"]: row["plain"] for row in csv.DictReader(text.splitlines())}


class Characters:
    """Judges the characters of one source, and normalises its words."""

    def __init__(self, source: Source, diagnostics: Diagnostics) -> None:
        self.source = source
        self.diagnostics = diagnostics
        self.first = 1 if source.text.startswith("\ufeff") else 0
        """Where the text begins: a byte order mark is no part of it."""
        self.reported: frozenset[str] = frozenset()
        self._normal: dict[str, str] = {}
        self._problems = 0

    def report(self, problem: Diagnostic) -> None:
        """Reports a problem of the lexer, unless the text is full of them."""
        self._problems += 1
        if self._problems <= MAX_ERRORS:
            self.diagnostics.add(problem)
        elif self._problems == MAX_ERRORS + 1:
            self.diagnostics.add(TooManyErrors(problem.span, MAX_ERRORS))

    def scan(self) -> None:
        """Reports characters that change the direction of text or cannot be seen.

        They are refused in comments and texts as well: there they make people read a rule
        that is not the one the engine reads.
        """
        if self.source.text.isascii():
            return
        seen: set[str] = set()
        for found in _DECEIVING.finditer(self.source.text, self.first):
            character = found.group()
            span = Span(self.source, found.start(), found.end())
            point = f"U+{ord(character):04X}"
            name = character_name(character, point)
            kind = BidiCharacter if found["bidi"] else InvisibleCharacter
            if len(seen) < 20:
                self.diagnostics.add(kind(span, point, name))
            seen.add(character)
        self.reported = frozenset(seen)

    def normal(self, word: str, start: int, quoted: bool = False) -> str:
        """A word in NFKC form; letters that only look like ASCII are reported and replaced.

        A word in backticks (`quoted`) may hold characters that no other name has.
        """
        known = self._normal.get(word)
        if known is not None:
            return known
        if word.isascii():
            return word
        plain = normalize("NFKC", word)
        if not plain.isascii():
            plain = self._plain(word, plain, start)
        if not quoted and not plain.replace("-", "_").isidentifier():
            for offset, character in enumerate(word):
                if not f"a{normalize('NFKC', character)}".isidentifier():
                    self.stray(start + offset, start + offset + 1)
                    break
        self._normal[word] = plain
        return plain

    def _plain(self, word: str, normal: str, start: int) -> str:
        table = lookalikes()
        letters = [character for character in normal if character in table]
        if not letters:
            return normal
        plain = "".join(table.get(character, character) for character in normal)
        others = [c for c in normal if not c.isascii() and c not in table]
        mixed = any(c.isascii() and c.isalpha() for c in normal)
        if not mixed and any(_script(c) == _script(letters[0]) for c in others):
            return normal  # A word of that script, such as a Mongolian or Russian name.
        letter = letters[0]
        script = _SCRIPTS.get(_script(letter), {"en": "foreign", "zh": "外文字母"})
        span = Span(self.source, start, start + len(word))
        self.report(LookalikeCharacter(span, word, letter, f"U+{ord(letter):04X}", script, plain))
        return plain

    def stray(self, start: int, end: int) -> None:
        """Reports characters that mean nothing in the language."""
        text = self.source.text[start : min(end, start + 12)]
        english, chinese = _MEANT.get(text[0], ("", ""))
        hint = {
            "en": f"did you mean {english}?" if english else "remove it",
            "zh": f"是否想写 {chinese}？" if chinese else "请删除",
        }
        self.report(StrayCharacter(Span(self.source, start, end), text, hint))


def _script(character: str) -> str:
    return character_name(character, "").split(" ")[0]
