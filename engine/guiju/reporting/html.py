"""The report as one HTML file: no network, no other file, works without scripts.

Everything a dossier or a pack says reaches the page through `shown`, which escapes whatever a
template shows, or through the pieces, which escape it themselves; the only other markup that
is not in a template is made here, from names this module checks. A content
security policy names the digests of the one style and the one script, so that nothing
else in the file could run.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from pkgutil import get_data
from typing import Any, NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape

from guiju.messages import Lang
from guiju.reporting import charts, contents
from guiju.reporting.pieces import LANGUAGE_TAGS, Pieces, escaped
from guiju.reporting.templates import environment
from guiju.reporting.wording import (
    OPINIONS,
    SYMBOLS,
    Wording,
    is_number,
    visible,
    without_exponent,
)
from guiju.verdicts import VERDICTS, Assessment, Requirement


class Part(NamedTuple):
    """An assessment in the document: its anchor, its number, and what it contains.

    `requirements` are in the order of their blocks, `checklist` in that of the pack; each
    has its anchor before it. Those that do not apply are `apart` and have no block. `rules`
    are the anchors by the id of a requirement.
    """

    anchor: str
    number: int
    assessment: Assessment
    requirements: list[tuple[str, Requirement]]
    apart: list[tuple[str, Requirement]]
    checklist: list[tuple[str, Requirement]]
    margins: list[tuple[str, contents.Margined]]
    rules: dict[str, str]


def write(assessments: Sequence[Assessment], lang: Lang) -> str:
    """All the assessments in one page; several have an overview that links to each."""
    wording = Wording(lang)
    anchors = Anchors()
    parts = [_part(number, each, anchors) for number, each in enumerate(assessments, 1)]
    style = asset("report.css") + "".join(_page_rules(part, wording) for part in parts)
    script = asset("report.js")
    template = _environment(lang).get_template("report.html.j2")
    return template.render(
        vocabulary(wording),
        parts=parts,
        occurring=contents.occurring(assessments),
        lang_tag=LANGUAGE_TAGS[lang],
        style=Markup(style),
        script=Markup(script),
        style_digest=digest(style),
        script_digest=digest(script),
    )


def vocabulary(wording: Wording) -> dict[str, Any]:
    """What every template can say: words, values and places in one language."""

    pieces = Pieces(wording)
    tools: dict[str, Callable[..., Any]] = {
        "say": wording.say,
        "tr": pieces.tr,
        "quantity": pieces.quantity,
        "raw": pieces.raw,
        "exact_change": pieces.exact_change,
        "numeric": lambda value: is_number(without_exponent(value.value or "")),
        "standing": wording.standing,
        "waiver_status": wording.waiver_status,
        "in_force": wording.in_force,
        "grade": wording.grade,
        "stage": wording.stage,
        "counted": contents.counted,
        "row_table": contents.row_table,
        "failing_rows": contents.failing_rows,
        "own_values": contents.own_values,
        "common_remedy": contents.common_remedy,
        "first_reasons": contents.first_reasons,
        "counts_strip": charts.counts_strip,
        "claim_bars": charts.claim_bars,
        "telling": contents.telling,
        "findings_map": lambda part: _map(part, wording),
        "slug": slug,
    }
    return {
        "w": wording,
        "SYMBOLS": SYMBOLS,
        "VERDICTS": VERDICTS,
        "OPINIONS": OPINIONS,
        "m": pieces,
        **tools,
    }


def _map(part: Part, wording: Wording) -> Any:
    # Few reports have a map, and those that have none do not load what draws it.
    from guiju.reporting.map import drawn

    return drawn(part.assessment, part.rules, wording)


def shown(value: Any) -> str:
    """What a template says as it stands in the page; markup made here stays."""
    if type(value) is Markup:
        return value
    return escaped(value) if type(value) is str else escape(value)


@cache
def _environment(lang: Lang) -> Environment:
    pieces = Pieces(Wording(lang))
    return environment("html", shown, autoescape=True, said=pieces.say)


@cache
def asset(name: str) -> str:
    content = get_data("guiju_reports", f"assets/{name}")
    assert content is not None
    return content.decode("utf-8")


def digest(content: str) -> str:
    return b64encode(sha256(content.encode()).digest()).decode()


class Anchors:
    """Names for places in the page, none given twice."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def __call__(self, *names: str) -> str:
        wanted = ".".join(slug(name) for name in names)
        count = self._given[wanted] = self._given.get(wanted, 0) + 1
        return wanted if count == 1 else self(*names[:-1], f"{names[-1]}_{count}")


@lru_cache(4096)
def slug(name: str) -> str:
    """A name as an anchor: letters and digits of any script stay, the rest is a hyphen.

    >>> slug("AFF 2C/地块")
    'AFF-2C-地块'
    """
    return "".join(each if each.isalnum() or each in "-_" else "-" for each in name) or "-"


def _part(number: int, assessment: Assessment, anchors: Anchors) -> Part:
    anchor = anchors(assessment.dossier.id)
    checklist = [(anchors(anchor, each.id), each) for each in assessment.requirements]
    names = {id(requirement): name for name, requirement in checklist}
    apart = [each for each in checklist if each[1].verdict == "not applicable"]
    kept = [each for each in checklist if each[1].verdict != "not applicable"]
    return Part(
        anchor,
        number,
        assessment,
        [(names[id(each)], each) for each in contents.applying(assessment.requirements)],
        apart,
        [*kept, *apart],
        [(names[id(each.requirement)], each) for each in contents.margins(assessment)],
        {requirement.id: name for name, requirement in checklist},
    )


def _page_rules(part: Part, wording: Wording) -> str:
    """Print rules of one dossier: its id and methodology at the head of every page."""
    assessment = part.assessment
    name = f"dossier-{part.number}"
    pack = f"{assessment.pack.id} {assessment.pack.edition}"
    numbers = wording.say("page.of", page="\0", pages="\0").split("\0")
    counters = (" counter(page) ", " counter(pages) ", "")
    footer = "".join(_css_text(said) + add for said, add in zip(numbers, counters, strict=True))
    return (
        f"@page {name} {{\n"
        f"  @top-left {{ content: {_css_text(pack)}; }}\n"
        f"  @top-right {{ content: {_css_text(assessment.dossier.id)}; }}\n"
        f"  @bottom-right {{ content: {footer}; }}\n"
        f"}}\n"
        f".{name} {{ page: {name}; }}\n"
    )


def _css_text(text: str) -> str:
    """A string of CSS in which every character but letters and digits is an escape."""
    clean: Iterable[str] = text if text.isascii() else visible(text)
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in clean) + '"'
