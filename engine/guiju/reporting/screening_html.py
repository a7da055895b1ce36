"""A screening as one HTML file."""

from __future__ import annotations

from guiju.messages import Lang
from guiju.reporting.html import Anchors
from guiju.reporting.page import page
from guiju.reporting.screening import ScreeningWords
from guiju.screening.record import Screening


def write(screening: Screening, lang: Lang) -> str:
    """The screening in one page."""
    words = ScreeningWords(screening, lang)
    anchors = Anchors()
    return page(
        "screening.html.j2",
        "batch.css",
        words.heading(),
        lang,
        screening=screening,
        words=words,
        say=words.say,
        packs=[(anchors("pack", pack.pack), pack) for pack in screening.packs],
    )
