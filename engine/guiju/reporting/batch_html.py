"""The summary of a run as one HTML file: the style of the reports, no script, no other file.

However many dossiers there were, the page has the worst of each list and says what it leaves
out; everything stands in the tables beside it.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pkgutil import get_data

from jinja2 import Environment
from markupsafe import Markup

from guiju.batch.summary import Summary
from guiju.messages import Lang
from guiju.reporting.batch import TABLES, BatchWords
from guiju.reporting.html import Anchors, shown
from guiju.reporting.ledger import share
from guiju.reporting.pieces import LANGUAGE_TAGS
from guiju.reporting.templates import environment
from guiju.reporting.wording import SYMBOLS


def write(summary: Summary, lang: Lang) -> str:
    """The summary in one page."""
    words = BatchWords(summary, lang)
    style = _asset("report.css") + _asset("batch.css")
    anchors = Anchors()
    named = [anchors("by", grouping.name) for grouping in summary.groupings]
    page = (
        _environment()
        .get_template("batch.html.j2")
        .render(
            summary=summary,
            words=words,
            say=words.say,
            share=share,
            bars=_bars,
            groupings=list(zip(named, summary.groupings, strict=True)),
            SYMBOLS=SYMBOLS,
            TABLES=TABLES,
            lang_tag=LANGUAGE_TAGS[lang],
            style=Markup(style),
            style_digest=b64encode(sha256(style.encode()).digest()).decode(),
        )
    )
    return page.rstrip() + "\n"


def _bars(ends: dict[str, int]) -> list[tuple[str, int, int]]:
    """The parts of a bar of 1,000 units: what became of dossiers, from where, how wide."""
    total = sum(ends.values())
    parts: list[tuple[str, int, int]] = []
    before = 0
    for end, count in ends.items():
        if count:
            start, stop = 1000 * before // total, 1000 * (before + count) // total
            parts.append((end, start, max(stop - start, 1)))
        before += count
    return parts


@cache
def _environment() -> Environment:
    return environment("html", shown, autoescape=True)


@cache
def _asset(name: str) -> str:
    content = get_data("guiju_reports", f"assets/{name}")
    assert content is not None
    return content.decode("utf-8")
