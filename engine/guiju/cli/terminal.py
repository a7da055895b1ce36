"""Text on a terminal: its width in cells, line breaks, progress, colour."""

from __future__ import annotations

import sys
from unicodedata import east_asian_width

from guiju.messages import Lang, message

_NO_LINE_START = "，。；：、？！）」』》〉】…,.;:?!)]}"
"""Characters no line begins with, in Chinese typesetting and in English."""


def cells(text: str) -> int:
    """How many columns a text takes: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, width: int, indent: str) -> list[str]:
    """The text in lines at most `width` columns wide. English breaks between words, Chinese
    between characters, and no line begins with a comma."""
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and cells(line) + cells(word.rstrip()) > width:
            if word[0] in _NO_LINE_START and cells(word) <= 2:
                # The mark stays with its character: both go to the next line.
                line, word = line[:-1], line[-1] + word
            lines.append(indent + line.rstrip())
            line = ""
        line += word
    if line.strip() or not lines:
        lines.append(indent + line.rstrip())
    return lines


def _words(text: str) -> list[str]:
    """Pieces a line may be broken after: a word with its space, or one Chinese character."""
    pieces: list[str] = []
    piece = ""
    for char in text:
        if east_asian_width(char) in "WF":
            if piece:
                pieces.append(piece)
            pieces.append(char)
            piece = ""
            continue
        piece += char
        if char == " ":
            pieces.append(piece)
            piece = ""
    if piece:
        pieces.append(piece)
    return pieces


class Progress:
    """One line on standard error that says how far a run is; nothing unless a person at a
    terminal is waiting."""

    def __init__(self, lang: Lang, quiet: bool) -> None:
        self.lang = lang
        self.shown = not quiet and sys.stderr.isatty()
        self._dirty = False

    def show(self, done: int, everything: int, name: str) -> None:
        if self.shown and everything > 1:
            text = message("command.checking", self.lang, done=done, all=everything, name=name)
            while cells(text) > 78:
                text = text[:-1]
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
            self._dirty = True

    def clear(self) -> None:
        if self._dirty:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._dirty = False
