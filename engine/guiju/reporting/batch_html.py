"""The summary of a run as one HTML file.

However many dossiers there were, the page has the worst of each list and says what it leaves
out; everything stands in the tables beside it.
"""

from __future__ import annotations

from guiju.batch.summary import Summary
from guiju.messages import Lang
from guiju.reporting.batch import TABLES, BatchWords
from guiju.reporting.html import Anchors
from guiju.reporting.page import page
from guiju.reporting.wording import SYMBOLS


def write(summary: Summary, lang: Lang) -> str:
    """The summary in one page."""
    words = BatchWords(summary, lang)
    anchors = Anchors()
    named = [anchors("by", grouping.name) for grouping in summary.groupings]
    return page(
        "batch.html.j2",
        "batch.css",
        f"{words.say('title')} – {words.heading()}",
        lang,
        summary=summary,
        words=words,
        say=words.say,
        bars=_bars,
        groupings=list(zip(named, summary.groupings, strict=True)),
        SYMBOLS=SYMBOLS,
        TABLES=TABLES,
    )


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
