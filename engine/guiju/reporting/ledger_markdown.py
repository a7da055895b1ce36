"""The ledger and the document list in Markdown, escaped as reports are."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment

from guiju.ledger import document_list
from guiju.ledger.record import Ledger
from guiju.messages import LANGUAGES, Lang, message
from guiju.plan.nodes import PackPlan
from guiju.reporting.ledger import LedgerWords, share
from guiju.reporting.markdown import Markdown, escaped
from guiju.reporting.templates import environment
from guiju.reporting.wording import Wording


def write(ledger: Ledger, lang: Lang) -> str:
    """The ledger in one document."""
    words = LedgerWords(ledger, lang)
    return _rendered("ledger.md.j2", ledger=ledger, words=words, say=words.say, share=share)


def write_documents(plan: PackPlan) -> str:
    """The document list of a pack in both languages, the pack's own first."""
    languages: list[Lang] = [plan_lang(plan.language)]
    languages += [lang for lang in LANGUAGES if lang not in languages]
    wordings = [Wording(lang) for lang in languages]

    def both(key: str, **values: object) -> str:
        return " / ".join(message(f"ledger.{key}", lang, **values) for lang in languages)

    def sentences(key: str, **values: object) -> list[Markdown]:
        # An id of a pack is no markup: packs are named by letters, digits and hyphens.
        return [Markdown(message(f"ledger.{key}", lang, **values)) for lang in languages]

    return _rendered(
        "documents.md.j2",
        plan=plan,
        needs=document_list(plan),
        titles=[wording.text(plan.title) for wording in wordings],
        names=lambda need: " / ".join(
            dict.fromkeys(wording.text(need.label) for wording in wordings)
        ),
        both=both,
        sentences=sentences,
        code=lambda name: Markdown(f"`{name}`"),
    )


def plan_lang(language: str) -> Lang:
    """The language of a pack as a language of messages."""
    return "zh" if language == "zh" else "en"


def _rendered(template: str, **values: Any) -> str:
    page = _environment().get_template(template).render(**values)
    lines = [line.rstrip() for line in page.split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip("\n") + "\n"


@cache
def _environment() -> Environment:
    return environment("markdown", escaped, autoescape=False)
