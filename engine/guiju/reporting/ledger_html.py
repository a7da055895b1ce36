"""The ledger as one HTML file: the style of the reports, no script, no other file."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pkgutil import get_data

from jinja2 import Environment
from markupsafe import Markup

from guiju.ledger.record import COVERAGES, Ledger
from guiju.messages import Lang
from guiju.reporting.html import Anchors, shown
from guiju.reporting.ledger import LedgerWords, share
from guiju.reporting.pieces import LANGUAGE_TAGS
from guiju.reporting.templates import environment


def write(ledger: Ledger, lang: Lang) -> str:
    """The ledger in one page."""
    words = LedgerWords(ledger, lang)
    style = _asset("report.css") + _asset("ledger.css")
    anchors = Anchors()
    named = {
        (pack.id, source.id): anchors(pack.id, source.id)
        for pack in ledger.packs
        for source in pack.sources
    }
    page = (
        _environment()
        .get_template("ledger.html.j2")
        .render(
            ledger=ledger,
            words=words,
            say=words.say,
            share=share,
            anchors=named,
            columns=[name for name in COVERAGES if ledger.counts.get(name)],
            lang_tag=LANGUAGE_TAGS[lang],
            style=Markup(style),
            style_digest=b64encode(sha256(style.encode()).digest()).decode(),
        )
    )
    return page.rstrip() + "\n"


@cache
def _environment() -> Environment:
    return environment("html", shown, autoescape=True)


@cache
def _asset(name: str) -> str:
    content = get_data("guiju_reports", f"assets/{name}")
    assert content is not None
    return content.decode("utf-8")
