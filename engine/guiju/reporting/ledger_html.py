"""The ledger as one HTML file."""

from __future__ import annotations

from guiju.ledger.record import COVERAGES, Ledger
from guiju.messages import Lang
from guiju.reporting.html import Anchors
from guiju.reporting.ledger import LedgerWords, share
from guiju.reporting.page import page


def write(ledger: Ledger, lang: Lang) -> str:
    """The ledger in one page."""
    words = LedgerWords(ledger, lang)
    anchors = Anchors()
    named = {
        (pack.id, source.id): anchors(pack.id, source.id)
        for pack in ledger.packs
        for source in pack.sources
    }
    first = ledger.packs[0]
    return page(
        "ledger.html.j2",
        "ledger.css",
        f"{first.id} {first.edition} – {words.say('title')}",
        lang,
        ledger=ledger,
        words=words,
        say=words.say,
        share=share,
        anchors=named,
        columns=[name for name in COVERAGES if ledger.counts.get(name)],
    )
