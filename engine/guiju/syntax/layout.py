"""Lines of a formatted rule file: widths, spaces between words, where a long line breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from unicodedata import combining, east_asian_width

WIDTH = 100
"""Columns of a line; a Chinese character takes two."""


def width(text: str) -> int:
    """The columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def padded(text: str, columns: int) -> str:
    """A text filled up with spaces to some columns."""
    return text + " " * (columns - width(text))


@dataclass(slots=True)
class Comment:
    """A comment with its `#`. `blank` is an empty line above it; `margin` says that it
    stands at the left edge."""

    text: str
    blank: bool
    margin: bool


@dataclass(slots=True)
class Piece:
    """A word or sign on a line, and the comments that stand around it."""

    text: str
    space: bool = True
    """Whether a space parts it from what is before."""
    rank: int = 0
    """0: no line breaks before it. 1: every long line does. 2: one that is still too long
    may. 3: only when nothing else helps."""
    above: list[Comment] = field(default_factory=list)
    trailing: str = ""
    """A comment behind it, on its line."""


def spread(lead: str, pieces: list[Piece], indent: int) -> list[str]:
    """The lines of a clause that starts with `lead` and goes on at column `indent`.

    The result depends on the pieces alone and not on how the lines were broken before.
    """
    lines: list[str] = []
    current = lead
    empty = lead == "" or lead.endswith(" ")
    for segment in _segments(pieces):
        for comment in segment[0].above:
            if current.strip():
                lines.append(current.rstrip())
                current = " " * indent
            lines.append(" " * len(current) + comment.text)
            empty = True
        current, empty = _fill(lines, current, empty, segment, indent)
        if segment[-1].trailing:
            lines.append(f"{current.rstrip()}  {segment[-1].trailing}")
            current, empty = " " * indent, True
    if current.strip():
        lines.append(current.rstrip())
    return lines


def _segments(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces between comments, which always end a line."""
    segments: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.above and segments[-1]:
            segments.append([])
        segments[-1].append(piece)
        if piece.trailing:
            segments.append([])
    return [segment for segment in segments if segment]


def _fill(
    lines: list[str], current: str, empty: bool, pieces: list[Piece], indent: int
) -> tuple[str, bool]:
    whole = _joined(pieces)
    if width(current) + width(whole) + 1 <= WIDTH:
        return current + _gap(empty, pieces[0]) + whole, False
    for chunk in _chunks(pieces, 1):
        if chunk[0].rank == 1 and not empty:
            lines.append(current.rstrip())
            current, empty = " " * indent, True
        current, empty = _place(lines, current, empty, chunk, indent, 2)
    return current, empty


def _place(
    lines: list[str], current: str, empty: bool, pieces: list[Piece], indent: int, rank: int
) -> tuple[str, bool]:
    """Puts pieces on the line if they fit, on a new one if that helps, else in parts."""
    text = _joined(pieces)
    needed = width(text) + 1
    if width(current) + needed <= WIDTH:
        return current + _gap(empty, pieces[0]) + text, False
    if pieces[0].rank and not empty and indent + needed <= WIDTH:
        lines.append(current.rstrip())
        return " " * indent + text, False
    if rank <= 3:
        for chunk in _chunks(pieces, rank):
            current, empty = _place(lines, current, empty, chunk, indent, rank + 1)
        return current, empty
    if pieces[0].rank and not empty:
        lines.append(current.rstrip())
        current, empty = " " * indent, True
    return current + _gap(empty, pieces[0]) + text, False


def _chunks(pieces: list[Piece], rank: int) -> list[list[Piece]]:
    chunks: list[list[Piece]] = []
    for i, piece in enumerate(pieces):
        if not i or 0 < piece.rank <= rank:
            chunks.append([])
        chunks[-1].append(piece)
    return chunks


def _gap(empty: bool, piece: Piece) -> str:
    return " " if piece.space and not empty else ""


def _joined(pieces: list[Piece]) -> str:
    return pieces[0].text + "".join(_gap(False, p) + p.text for p in pieces[1:])
