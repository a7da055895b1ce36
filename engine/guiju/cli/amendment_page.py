"""The page of an amendment: its clause, the rules it changes, to what, and from when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guiju.messages import Lang, message
from guiju.reporting.columns import folded
from guiju.reporting.wording import Wording, visible

if TYPE_CHECKING:
    from guiju.plan.nodes import AmendmentPlan, PackPlan, RulePlan

COLUMNS = 80
Changes = list[tuple["RulePlan", "AmendmentPlan"]]


def amendment_named(plan: PackPlan, name: str) -> Changes:
    """What the amendment of that id changes: the rules, each with a value; none for no
    amendment."""
    return [
        (rule, amendment)
        for rule in plan.rules
        for amendment in rule.amendments
        if amendment.id == name
    ]


def explain_amendment(changes: Changes, plan: PackPlan, lang: Lang) -> None:
    """Print the page of an amendment."""
    for line in _page(changes, plan, Wording(lang)):
        print(line)


def _page(changes: Changes, plan: PackPlan, wording: Wording) -> Iterator[str]:
    lang = wording.lang
    amendment = changes[0][1]
    yield from _folded(f"{amendment.id}  {wording.text(amendment.title)}", 0)
    yield from _folded(f"{plan.id} {plan.edition}  {wording.text(plan.title)}", 2)
    yield ""
    if amendment.cite is not None:
        yield from _entry("rule.clause", visible(amendment.cite.text), lang)
        if amendment.cite.quoting:
            yield from _entry("rule.quoting", visible(amendment.cite.quoting), lang)
    if amendment.basis is not None:
        yield from _entry("rule.basis", wording.say(f"basis.{amendment.basis}"), lang)
    yield from _entry("rule.place", amendment.place, lang)
    yield ""
    yield message("command.amendment.changes", lang)
    for rule, one in changes:
        yield from _folded(f"{rule.id}  {wording.text(rule.title)}", 2)
        for line in _change(rule, one, plan, lang):
            yield from _folded(line, 4)


def _change(rule: RulePlan, amendment: AmendmentPlan, plan: PackPlan, lang: Lang) -> Iterator[str]:
    """The value it sets and what it replaces, and when it holds, in words."""
    from guiju.plan.words import words

    whole: Any = rule.must
    if amendment.what != "must":
        whole = next(let.value for let in rule.lets if let.name == amendment.what)
    new, old = _branches(whole, amendment)
    key = "amendment.must" if amendment.what == "must" else "amendment.value"
    name = visible(amendment.what)
    for state, value in (("new", new), ("old", old)):
        if value is not None:
            said = words(value, lang, plan)
            yield message(f"command.{key}.{state}", lang, name=name, value=said)
    yield message("command.amendment.when", lang, condition=words(amendment.holds, lang, plan))


def _branches(value: Any, amendment: AmendmentPlan) -> tuple[Any, Any]:
    """What an amendment puts in place of what; the conditions of later ones are around it."""
    from guiju.plan.nodes import If

    while isinstance(value, If):
        if value.condition == amendment.holds:
            return value.then, value.otherwise
        value = value.otherwise
    return None, None


def _entry(key: str, text: str, lang: Lang) -> Iterator[str]:
    colon = "：" if lang == "zh" else ": "
    yield from _folded(f"{message(f'command.{key}', lang)}{colon}{text}", 2)


def _folded(text: str, indent: int) -> Iterator[str]:
    for line in folded(text, COLUMNS - indent):
        yield " " * indent + line
