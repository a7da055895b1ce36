"""A page of one HTML file in the style of the reports, with no script and no other file."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from guiju.messages import Lang
from guiju.reporting.html import asset, digest, shown
from guiju.reporting.pieces import LANGUAGE_TAGS
from guiju.reporting.templates import environment


def page(template: str, style: str, title: str, lang: Lang, **shows: Any) -> str:
    """The page that a template makes of what it `shows`. `style` is the asset that is added to
    the style of the reports."""
    whole = asset("report.css") + asset(style)
    made = (
        _environment()
        .get_template(template)
        .render(
            shows,
            title=title,
            lang_tag=LANGUAGE_TAGS[lang],
            style=Markup(whole),
            style_digest=digest(whole),
        )
    )
    return made.rstrip() + "\n"


@cache
def _environment() -> Environment:
    return environment("html", shown, autoescape=True)
