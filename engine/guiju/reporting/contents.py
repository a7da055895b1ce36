"""What a report shows and in which order, the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.record import Record
from guiju.reporting.wording import is_number, without_exponent
from guiju.verdicts import (
    VERDICTS,
    Assessment,
    Derivation,
    Finding,
    Margin,
    Requirement,
    Text,
    Value,
    Verdict,
    Waiver,
)

_ORDER = {verdict: place for place, verdict in enumerate(VERDICTS)}
_WIDEST_TABLE = 5
MOST_REASONS = 8
"""Reasons that are read at a glance; two more are shown as well rather than announced."""


class Margined(Record):
    """A margin with the requirement it belongs to, and its size for ordering and drawing."""

    requirement: Requirement
    margin: Margin
    size: float


class RowTable(Record):
    """Findings over rows whose values have the same names: one column a value."""

    columns: list[Value]
    rows: list[tuple[Finding, list[Value | None]]]


def by_urgency(requirements: Iterable[Requirement]) -> list[Requirement]:
    """Requirements from what must be seen first; the pack's own order among equals."""
    return sorted(requirements, key=lambda requirement: _ORDER[requirement.verdict])


def applying(requirements: Iterable[Requirement]) -> list[Requirement]:
    """Requirements but for those that do not apply, from what must be seen first."""
    return by_urgency(each for each in requirements if each.verdict != "not applicable")


def counted(assessment: Assessment) -> list[tuple[Verdict, int]]:
    """Every verdict that occurs with its count, from what must be seen first."""
    return [
        (verdict, count) for verdict in VERDICTS if (count := assessment.counts.get(verdict, 0))
    ]


def occurring(assessments: Sequence[Assessment]) -> list[Verdict]:
    """The verdicts that occur in any of the assessments, from what must be seen first."""
    return [
        verdict for verdict in VERDICTS if any(each.counts.get(verdict) for each in assessments)
    ]


def failing_rows(requirement: Requirement) -> tuple[int, int]:
    """How many rows of a rule over rows do not conform, and how many there are."""
    total = sum(requirement.counts.values())
    calm = requirement.counts.get("conforms", 0) + requirement.counts.get("not applicable", 0)
    return total - calm, total


def own_values(requirement: Requirement) -> list[Value]:
    """A requirement's values that none of its findings shows already."""
    shown = {value.name for finding in requirement.findings for value in finding.values}
    return [value for value in requirement.values if value.name not in shown]


def first_reasons(reasons: Sequence[Text]) -> tuple[Sequence[Text], Sequence[Text]]:
    """What keeps an opinion open, as far as it is read at a glance, and the rest."""
    if len(reasons) <= MOST_REASONS + 2:
        return reasons, ()
    return reasons[:MOST_REASONS], reasons[MOST_REASONS:]


def common_remedy(requirement: Requirement) -> Text | None:
    """What to do, where every finding that says what to do says the same."""
    remedies = [finding.remedy for finding in requirement.findings if finding.remedy]
    same = remedies and all(remedy == remedies[0] for remedy in remedies)
    return remedies[0] if same else None


def telling(assessment: Assessment) -> list[Value]:
    """The computed values but for those that are unknown and that no requirement waits for: an
    unknown one is shown when it lacks something that matters."""
    matters = {lack.missing.name for lack in assessment.lacks}
    return [
        value
        for value in assessment.values
        if value.value is not None or _lacking(value.derivation) & matters
    ]


def _lacking(derivation: Derivation | None) -> set[str]:
    """The names of all that a value's derivation lacks."""
    if derivation is None:
        return set()
    names = {missing.name for missing in derivation.missing}
    return names.union(*map(_lacking, derivation.parts))


def margins(assessment: Assessment) -> list[Margined]:
    """Every margin, the one closest to failing, or failing furthest, first.

    Margins relative to their threshold come first, since only those compare with each
    other; the rest follow in the pack's order.
    """
    found = [
        Margined(requirement, margin, _size(margin))
        for requirement in assessment.requirements
        for margin in requirement.margins
    ]
    return sorted(found, key=lambda each: (each.margin.share is None, each.size))


def _size(margin: Margin) -> float:
    """The margin as a float, for ordering and drawing only."""
    text = margin.share if margin.share is not None else margin.distance
    text = without_exponent(text)
    return float(text) if is_number(text) else 0.0


def row_table(findings: Sequence[Finding]) -> RowTable | None:
    """The findings as a table with a column for each value, where that has few columns.

    None where the values differ too much from one finding to the next, or there are none.
    """
    columns: dict[str, Value] = {}
    for finding in findings:
        for value in finding.values:
            columns.setdefault(column_name(finding, value), value)
        if len(columns) > _WIDEST_TABLE:
            return None
    if not columns or len(findings) < 2:
        return None
    rows: list[tuple[Finding, list[Value | None]]] = []
    for finding in findings:
        held = {column_name(finding, value): value for value in finding.values}
        if len(held) != len(finding.values):
            return None
        rows.append((finding, [held.get(name) for name in columns]))
    return RowTable(list(columns.values()), rows)


def column_name(finding: Finding, value: Value) -> str:
    """A value's name without the row's key, `parcels[P-07].area` as `parcels[].area`."""
    if finding.subject is None:
        return value.name
    return value.name.replace(f"[{finding.subject}]", "[]")


def waiver_of(assessment: Assessment, requirement: Requirement, finding: Finding) -> Waiver | None:
    """The waiver that lets a finding pass, if one does."""
    for waiver in assessment.waivers:
        if (
            waiver.status == "used"
            and waiver.rule == requirement.id
            and waiver.subject in (None, finding.subject)
        ):
            return waiver
    return requirement.waiver if requirement.verdict == "waived" else None
