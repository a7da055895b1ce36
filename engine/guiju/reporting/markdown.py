"""The report in Markdown as GitHub reads it, for pull requests, issues and wikis.

Escaping is the default here as it is in HTML: whatever a template outputs is escaped, and
only what the templates themselves say is markup. A text thus stays text in a heading, a
list and a table cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment

from guiju.messages import Lang
from guiju.reporting import contents
from guiju.reporting.templates import environment
from guiju.reporting.wording import OPINIONS, SYMBOLS, Wording, visible
from guiju.verdicts import Assessment, Value

_ESCAPES: dict[int, str] = {
    **{ord(mark): f"\\{mark}" for mark in "\\`*_[]~|$"},
    ord("<"): "&lt;",
    ord("&"): "&amp;",
}
# Marks that begin a list, a heading, a quotation or a rule where a text stands first.
_LEADING = re.compile(r"\s*(?:[-+#>=]|\d{1,9}(?=[.)]))")
# Code hosts make mentions, references, emoji and links of plain text after Markdown is
# read, where a backslash is long gone; an empty comment keeps the parts from being joined.
_JOINED = re.compile(r"[@#](?=\w)|:(?=[\w+-]+:|//)|(?:www|mailto|xmpp)(?=[.:])", re.IGNORECASE)
_APART = "<!-- -->"


class Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escaped(value: Any) -> Any:
    """A value as text that Markdown shows as it is, on one line.

    >>> escaped("a|b <i>"), escaped("1. x")
    ('a\\\\|b &lt;i>', '1\\\\. x')
    """
    if isinstance(value, Markdown):
        return value
    text = visible(str(value)).translate(_ESCAPES)
    if leading := _LEADING.match(text):
        end = leading.end() if text[leading.end() - 1].isdigit() else leading.end() - 1
        text = f"{text[:end]}\\{text[end:]}"
    return _JOINED.sub(lambda found: found[0] + _APART, text)


def write(assessments: Sequence[Assessment], lang: Lang) -> str:
    """All the assessments in one document; several have an overview first."""
    wording = Wording(lang)

    def described(value: Value) -> str:
        parts = (wording.told_place(value.origin), wording.raw_of(value))
        return " ".join(part for part in parts if part)

    page = (
        _environment()
        .get_template("report.md.j2")
        .render(
            assessments=assessments,
            w=wording,
            say=wording.say,
            tr=wording.text,
            source=described,
            quantity=wording.quantity,
            figure=wording.figure,
            counted=contents.counted,
            occurring=contents.occurring(assessments),
            applying=contents.applying,
            margins=contents.margins,
            telling=contents.telling,
            failing_rows=contents.failing_rows,
            common_remedy=contents.common_remedy,
            SYMBOLS=SYMBOLS,
            OPINIONS=OPINIONS,
            colon=Markdown(wording.say("colon")),
        )
    )
    lines = [line.rstrip() for line in page.split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip("\n") + "\n"


@cache
def _environment() -> Environment:
    return environment("markdown", escaped, autoescape=False)
