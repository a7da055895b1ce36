"""What the three suites' languages have in common: terms, and how their texts are read.

Each suite has its own parser (`feel.py`, `cql.py`, `cel.py`), which reads an expression
into terms; `translation.py` writes terms as text of our own language. A term's `op` is
a word of this list where the languages agree, and the suite's own word where they do
not, so that the translation can say by name what our language does not have:

num text bool null date datetime time duration list range name input call named
neg + - * / ^ not and or xor implies = != < <= > >= between in is-null is-true is-false
if every some bound
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    op: str
    args: tuple[Term, ...] = ()
    value: Any = None

    def all(self) -> Iterable[Term]:
        yield self
        for arg in self.args:
            yield from arg.all()


def term(op: str, *args: Term, value: Any = None) -> Term:
    return Term(op, args, value)


@dataclass(frozen=True)
class Span:
    """A calendar length: whole months, or whole days, or a time (`seconds`), or a mix."""

    months: int = 0
    days: int = 0
    seconds: bool = False


class NotOurs(Exception):
    """The case needs something our language does not have; `reason` is on the closed list
    of `reasons.py`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreadable(Exception):
    """The suite's own parser could not read the expression."""


class Reader:
    """A cursor over the tokens of an expression.

    `pattern` has one named group for each kind of token; white space is dropped. A token
    is a pair of its kind and its text.
    """

    pattern: re.Pattern[str]

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        self.at = 0
        position = 0
        while position < len(text):
            found = self.pattern.match(text, position)
            if found is None or found.end() == position:
                raise Unreadable(text[position : position + 20])
            position = found.end()
            if found.lastgroup not in (None, "space"):
                self.tokens.append((str(found.lastgroup), found.group()))

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else "end"

    @property
    def word(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def peek(self, ahead: int = 1) -> str:
        at = self.at + ahead
        return self.tokens[at][1] if at < len(self.tokens) else ""

    def next(self) -> str:
        word = self.word
        if self.kind == "end":
            raise Unreadable("the end")
        self.at += 1
        return word

    def accept(self, *words: str) -> bool:
        """Steps over these words in a row, if they stand here."""
        for ahead, word in enumerate(words):
            at = self.at + ahead
            if at >= len(self.tokens) or self.tokens[at][1] != word:
                return False
            if self.tokens[at][0] == "string":
                return False
        self.at += len(words)
        return True

    def expect(self, word: str) -> None:
        if not self.accept(word):
            raise Unreadable(f"{word!r} expected at {self.word!r}")

    def whole(self, parsed: Term) -> Term:
        if self.kind != "end":
            raise Unreadable(f"at {self.word!r}")
        return parsed

    def sequence(self, close: str, read: Any) -> tuple[Term, ...]:
        """Terms between commas up to the closing sign, which is stepped over."""
        terms: list[Term] = []
        if self.accept(close):
            return ()
        while True:
            terms.append(read())
            if self.accept(close):
                return tuple(terms)
            self.expect(",")
