"""What is wrong with a TOML text, at its place and in both languages.

`tomllib` says it in English and puts the place into the sentence; Python before 3.14 has no
other. A sentence that is not known here is shown as it is.
"""

from __future__ import annotations

import re

from guiju.messages import bilingual
from guiju.source import Source, Span

_SENTENCES = (
    (r"Invalid statement", "statement"),
    (r"Expected newline or end of document after a statement", "after-value"),
    (r"Expected '=' after a key in a key/value pair", "equals"),
    (r"Expected '\]' at the end of a table declaration", "bracket"),
    (r"Expected '\]\]' at the end of an array declaration", "brackets"),
    (r"Invalid initial character for a key part", "key"),
    (r"Invalid value", "value"),
    (r"Invalid date or datetime", "date"),
    (r"Invalid hex value|Escaped character is not a Unicode scalar value", "escape"),
    (r"Unescaped '\\\\?' in a string", "backslash"),
    (r"Unterminated string|Expected \"'+\"|Expected '\"+'", "string"),
    (r"Illegal character (?P<character>.+)", "character"),
    (r"Found invalid character (?P<character>.+)", "character"),
    (r"Unclosed array", "array"),
    (r"Unclosed inline table", "inline"),
    (r"Cannot overwrite a value|Duplicate inline table key .+", "twice"),
    (r"Cannot declare \((?P<names>.+)\) twice", "table-twice"),
    (r"Cannot (?:mutate immutable|redefine) namespace .+", "table-closed"),
)
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\s*$")


def toml_fault(source: Source, error: Exception) -> tuple[Span, dict[str, str]]:
    """The place of a TOML error and what is wrong there."""
    text = str(error)
    found = _PLACE.search(text)
    return _span(source, found), _words(text[: found.start()] if found else text)


def _words(said: str) -> dict[str, str]:
    for pattern, key in _SENTENCES:
        found = re.fullmatch(pattern, said)
        if found is not None:
            values = {name: _plain(value) for name, value in found.groupdict().items()}
            return bilingual(f"diagnostics.toml-fault.{key}", **values)
    return {"en": said, "zh": said}


def _plain(value: str) -> str:
    """`'a', 'b'` as `a.b`, and a character without the quotes of its Python form."""
    parts = re.findall(r"'([^']*)'", value)
    return ".".join(parts) if parts else value


def _span(source: Source, found: re.Match[str] | None) -> Span:
    """The character a fault stands at; at the end of the text its last line with anything
    on it."""
    if found is not None and found[1]:
        lines = source.text.split("\n")
        line, column = int(found[1]) - 1, int(found[2]) - 1
        start = sum(len(text) + 1 for text in lines[:line]) + column
        return Span(source, start, min(start + 1, len(source.text)))
    end = len(source.text.rstrip())
    return Span(source, max(end - 1, 0), end)
