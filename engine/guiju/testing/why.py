"""Why a step is red: the verdict that was found, and all it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.dossier.model import Dossier
from guiju.plan.digits import cut_fraction
from guiju.testing.where import Where
from guiju.verdicts import Missing, Requirement, Value

MOST = 20
"""Findings, or values, that are listed in one place."""


def told(requirements: Iterable[Requirement], dossier: Dossier, where: Where) -> Iterator[str]:
    """Lines that say what requirements came to; those that are met are left out where there
    are several."""
    several = list(requirements)
    for requirement in several:
        if len(several) == 1 or requirement.findings or requirement.verdict == "broken":
            yield from _requirement(requirement, where)
    errors = [problem for problem in dossier.problems if problem.severity == "error"]
    for problem in errors[:MOST]:
        yield where.say("why.problem", message=problem.message[where.lang])


def _requirement(requirement: Requirement, where: Where) -> Iterator[str]:
    lang = where.lang
    verdict = where.say(f"verdict.{requirement.verdict}")
    title = requirement.title[lang]
    yield where.say("why.rule", rule=requirement.id, title=title, verdict=verdict)
    if requirement.reason is not None:
        yield where.say("why.reason", reason=requirement.reason[lang])
    if requirement.counts:
        counts = where.say("list").join(
            f"{where.say(f'verdict.{name}')} {count}" for name, count in requirement.counts.items()
        )
        yield where.say("why.counts", counts=counts)
    for finding in requirement.findings[:MOST]:
        subject = f"{finding.subject} " if finding.subject is not None else ""
        message = finding.message[lang]
        yield where.say("why.finding", grade=finding.grade, subject=subject, message=message)
        yield from _values(finding.values, where, "    ")
    if len(requirement.findings) > MOST:
        yield where.say("why.more", count=len(requirement.findings) - MOST)
    missing = requirement.missing or [m for f in requirement.findings for m in f.missing]
    if missing:
        yield where.say("why.missing", missing=listed(missing, where))
    told = {value.name for finding in requirement.findings[:MOST] for value in finding.values}
    rest = [value for value in requirement.values if value.name not in told]
    yield from _values(rest, where, "")


def listed(missing: Iterable[Missing], where: Where) -> str:
    """What is missing, with the names `缺少 "…"` takes."""
    texts = [f"{one.label[where.lang]} ({one.name})" for one in missing]
    texts = list(dict.fromkeys(texts))
    more = f" … ({len(texts)})" if len(texts) > MOST else ""
    return where.say("list").join(texts[:MOST]) + more


def _values(values: list[Value], where: Where, indent: str) -> Iterator[str]:
    for value in values[:MOST]:
        if value.value is None:
            text = where.say("unknown-value")
        else:
            text = value.said[where.lang] if value.said else _cut(value.value)
        unit = f" {value.unit}" if value.unit and value.value is not None else ""
        label = value.label[where.lang]
        yield indent + where.say(
            "why.value", label=label, value=text + unit, place=_place(value, where)
        )


def _cut(text: str) -> str:
    """A number with its fraction cut as in reports; any other text unchanged."""
    whole, _, fraction = text.partition(".")
    if not (whole.lstrip("-").isdigit() and fraction.isdigit()):
        return text
    return f"{whole}.{cut_fraction(whole, fraction)}"


def _place(value: Value, where: Where) -> str:
    """Where a value stands, and what is written there if it was read as something else."""
    origin = value.origin
    if origin is None:
        return ""
    sheet = f"!{origin.sheet}" if origin.sheet is not None else ""
    sign = ":" if origin.at[:1].isdigit() else "!"
    place = f"{origin.file}{sheet}{sign}{origin.at}"
    if origin.raw is None or origin.raw == value.value:
        return where.say("why.place", place=place)
    # The text of a number that was converted says what to; the value has just been said.
    raw = origin.raw.partition(" ≈ ")[0] if value.unit else origin.raw
    return where.say("why.place.raw", place=place, raw=raw)
