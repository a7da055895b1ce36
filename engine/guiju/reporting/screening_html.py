"""A screening as one HTML file: the style of the reports, no script, no other file."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pkgutil import get_data

from jinja2 import Environment
from markupsafe import Markup

from guiju.messages import Lang
from guiju.reporting.html import Anchors, shown
from guiju.reporting.pieces import LANGUAGE_TAGS
from guiju.reporting.screening import ScreeningWords
from guiju.reporting.templates import environment
from guiju.screening.record import Screening


def write(screening: Screening, lang: Lang) -> str:
    """The screening in one page."""
    words = ScreeningWords(screening, lang)
    style = _asset("report.css") + _asset("batch.css")
    anchors = Anchors()
    page = (
        _environment()
        .get_template("screening.html.j2")
        .render(
            screening=screening,
            words=words,
            say=words.say,
            packs=[(anchors("pack", pack.pack), pack) for pack in screening.packs],
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
