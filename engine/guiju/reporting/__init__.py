"""Assessments as documents: one module per format, each with `write(assessments, lang)`.

A format is imported when it is first asked for, so that a check with plain terminal output
loads no template engine.
"""

from __future__ import annotations

from collections.abc import Sequence

from guiju.messages import Lang
from guiju.verdicts import Assessment

FORMATS: dict[str, str] = {
    "text": "guiju.reporting.text",
    "html": "guiju.reporting.html",
    "markdown": "guiju.reporting.markdown",
    "json": "guiju.reporting.json",
    "junit": "guiju.reporting.junit",
    "sarif": "guiju.reporting.sarif",
}
"""The module of each format, by the name `--format` takes."""

SUFFIXES: dict[str, str] = {
    "text": ".txt",
    "html": ".html",
    "markdown": ".md",
    "json": ".json",
    "junit": ".xml",
    "sarif": ".sarif",
}
"""The usual ending of a file in each format."""


def write(assessments: Sequence[Assessment], format: str, lang: Lang) -> str:
    """The assessments as one document, ending in a line break.

    The same assessments give the same text; it encodes to UTF-8 whatever the dossiers
    hold. Raises KeyError for a format that is not in `FORMATS`.
    """
    from importlib import import_module

    document: str = import_module(FORMATS[format]).write(assessments, lang)
    return document


__all__ = ["FORMATS", "SUFFIXES", "write"]
