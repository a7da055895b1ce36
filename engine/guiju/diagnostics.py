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
