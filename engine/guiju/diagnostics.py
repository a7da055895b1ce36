"""Diagnostics: what is wrong with a rule source, for its author.

A problem is a class in its stage's `problems.py`: a frozen dataclass derived from
`Diagnostic` whose fields are the values its message shows. The sentences stand in
`guiju.messages.diagnostics` under `<code>` (what was found and expected),
`<code>.help` (what to do) and `<code>.page` (the page `guiju explain CODE` prints).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import ClassVar, Literal

from guiju.messages import Lang, message
from guiju.source import Span

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem at one place of a rule source."""

    code: ClassVar[str]
    severity: ClassVar[Severity] = "error"

    span: Span

    def _values(self, lang: Lang) -> dict[str, object]:
        """The fields as the message shows them; a text by language is shown in `lang`."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "span"}
        return {k: v[lang] if isinstance(v, dict) else v for k, v in values.items()}

    def message(self, lang: Lang) -> str:
        """What was found and what was expected, in one lower-case sentence."""
        return message(f"diagnostics.{self.code}", lang, **self._values(lang))

    def help(self, lang: Lang) -> str:
        """What the author can do about it."""
        return message(f"diagnostics.{self.code}.help", lang, **self._values(lang))

    def others(self) -> tuple[Span, ...]:
        """Other places that belong to the problem, such as an earlier declaration."""
        return ()


class Diagnostics:
    """Collects the problems of a run, in source order and without repeats."""

    def __init__(self) -> None:
        self._all: list[Diagnostic] = []

    def add(self, diagnostic: Diagnostic) -> None:
        if diagnostic not in self._all:
            self._all.append(diagnostic)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._all, key=lambda d: (d.span.source.name, d.span.start)))

    def __len__(self) -> int:
        return len(self._all)

    @property
    def errors(self) -> list[Diagnostic]:
        return [d for d in self if d.severity == "error"]


def render(diagnostic: Diagnostic, lang: Lang) -> str:
    """A diagnostic as plain text: place, message, the line with its underline, help.

    The underline is as wide as a terminal shows the text: a Chinese character counts two.
    """
    span = diagnostic.span
    line, column = span.source.place(span.start)
    head = f"{span.source.name}:{line}:{column}"
    severity = message(f"diagnostics.severity.{diagnostic.severity}", lang)
    lines = [f"{head}: {severity}[{diagnostic.code}]: {diagnostic.message(lang)}"]
    lines += _excerpt(span)
    for other in diagnostic.others():
        place = other.source.place(other.start)
        lines.append(f"  {other.source.name}:{place[0]}:{place[1]}")
        lines += _excerpt(other)
    help_text = diagnostic.help(lang)
    if help_text:
        lines.append(f"  = {message('diagnostics.severity.help', lang)}: {help_text}")
    return "\n".join(lines)


_WIDEST = 160


def _excerpt(span: Span) -> list[str]:
    """The line of a span with the span underlined; a long line is cut around it."""
    number, column = span.source.place(span.start)
    text = span.source.line(number)
    if not text.strip():
        return []
    first = column - 1
    last = min(max(first + span.end - span.start, first + 1), max(len(text), first + 1))
    if len(text) > _WIDEST:
        left = max(0, min(first - 40, len(text) - _WIDEST))
        before = "…" if left else ""
        after = "…" if left + _WIDEST < len(text) else ""
        text = before + text[left : left + _WIDEST] + after
        first, last = first - left + len(before), last - left + len(before)
        last = min(last, len(text))
    shown = "".join(_visible(character) for character in text)
    indent = sum(_width(_visible(character)) for character in text[:first])
    under = sum(_width(_visible(character)) for character in text[first:last])
    gutter = f"{number:>4} | "
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * indent + "^" * max(under, 1)]


def _visible(character: str) -> str:
    """A character as a terminal may safely show it: nothing that moves or hides text."""
    if character == "\t":
        return "  "
    if character.isprintable() or character == "\u3000":
        return character
    return f"<U+{ord(character):04X}>"


def _width(text: str) -> int:
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
