"""Text in columns of a terminal: display widths, folding and padding.

Chinese characters are two columns wide and a line may break between any two of them, but
not before a closing mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, east_asian_width

_CLOSING = frozenset(",.;:!?)]}%’”、。，；：！？）】》」』…")


def width(text: str) -> int:
    """How many columns a text takes.

    >>> width("ab"), width("地块")
    (2, 4)
    """
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if east_asian_width(character) in "WF":
        return 2
    return 0 if category(character) in ("Mn", "Me", "Cf") else 1


def padded(text: str, columns: int) -> str:
    """The text with spaces up to a width; a longer one stays as it is."""
    return text + " " * (columns - width(text))


def _words(text: str) -> Iterator[str]:
    """Pieces that stay on one line: Latin words, single wide characters with what closes
    them, and single spaces."""
    piece = ""
    for character in text:
        if character == " ":
            if piece:
                yield piece
            yield " "
            piece = ""
        elif character in _CLOSING or not piece:
            piece += character
        elif _width(character) == 2 or _width(piece[-1]) == 2 or piece[-1] in _CLOSING:
            if piece[-1] in "（《“「‘【([" or (character.isascii() and piece[-1].isascii()):
                piece += character
            else:
                yield piece
                piece = character
        else:
            piece += character
    if piece:
        yield piece


def folded(text: str, columns: int, *, whole: bool = False) -> list[str]:
    """The text on lines of at most so many columns; at least one line. With `whole`, a Latin
    word longer than a line is not broken, so that a path can still be copied.

    >>> folded("area of the parcel", 8), folded("地块面积，不足", 8)
    (['area of', 'the', 'parcel'], ['地块面', '积，不足'])
    """
    if width(text) <= columns:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for word in _words(text):
        size = width(word)
        if used + size <= columns:
            line, used = line + word, used + size
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
        line, used = "", 0
        if word == " ":
            continue
        if whole and size > columns:
            lines.append(word)
            continue
        for character in word if size > columns else ():
            if used + _width(character) > columns:
                lines.append(line)
                line, used = "", 0
            line, used = line + character, used + _width(character)
        if size <= columns:
            line, used = word, size
    if line.strip(" ") or not lines:
        lines.append(line.rstrip(" "))
    return lines
