"""The parts of a text that people read: what stands there, and what is filled in."""

from __future__ import annotations

import re
from collections.abc import Callable

from guiju.diagnostics import Diagnostics
from guiju.source import Source, Span
from guiju.syntax import nodes as n
from guiju.syntax.problems import UnclosedBrace

_BRACES = re.compile(r"\{\{|\}\}|[{}]")


class TextReader:
    """Splits the texts of a source at their braces.

    `read` parses the expression between two offsets of the source, or reports and
    returns None.
    """

    def __init__(
        self,
        source: Source,
        diagnostics: Diagnostics,
        read: Callable[[int, int], n.Expr | None],
    ) -> None:
        self.source = source
        self.diagnostics = diagnostics
        self.read = read

    def parts(self, content: str, start: int) -> tuple[str | n.Expr, ...]:
        """The parts of a text whose first character stands at `start` of the source.

        `{{` and `}}` are braces. What is between single braces is an expression; the
        braces of a list inside it are its own.
        """
        if "{" not in content and "}" not in content:
            return (content,) if content else ()
        parts: list[str | n.Expr] = []
        literal = ""
        position = 0
        while found := _BRACES.search(content, position):
            literal += content[position : found.start()]
            brace = found.group()
            position = found.end()
            if len(brace) == 2:
                literal += brace[0]
                continue
            end = self._closing(content, position) if brace == "{" else -1
            if end < 0:
                at = start + found.start()
                self.diagnostics.add(UnclosedBrace(Span(self.source, at, at + 1), brace))
                literal += brace
                continue
            if literal:
                parts.append(literal)
                literal = ""
            expression = self.read(start + position, start + end)
            if expression is not None:
                parts.append(expression)
            position = end + 1
        literal += content[position:]
        if literal:
            parts.append(literal)
        return tuple(parts)

    @staticmethod
    def _closing(content: str, position: int) -> int:
        depth = 0
        for i in range(position, len(content)):
            if content[i] == "{":
                depth += 1
            elif content[i] == "}":
                if depth == 0:
                    return i
                depth -= 1
        return -1
