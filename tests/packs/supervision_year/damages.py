"""The ways the year is damaged, and exactly what a check must then find besides what the
undamaged year has.

After a damage the sample is drawn anew, so that it agrees with the damaged tables and only the
damage itself is found. A damage to the sample or its inspections is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .reckoning import reckon
from .state import Year

Finding = tuple[str, str | None]
"""A rule's id and the key of the row it is about."""


@dataclass(frozen=True)
class Damage:
    """A named damage. `findings` are all that a check must raise more than of the undamaged
    year, `problems` the codes of all that reading must report."""

    name: str
    english: str
    apply: Callable[[Year], None]
    findings: frozenset[Finding]
    problems: tuple[str, ...]

    def __call__(self, year: Year) -> None:
        self.apply(year)


DAMAGES: dict[str, Damage] = {}

UNDAMAGED = frozenset(("SV-NORM-FEW", f"S-{number}") for number in (68, 70, 72, 74))
"""Gansu has five verifications, so each has too few peers to be compared."""


def listed() -> str:
    """The list of damages as `DAMAGES.md` holds it."""
    lines = [
        "# How the example year can be damaged / 示例年度的损坏方式",
        "",
        "Each way, and exactly what a check must then find besides the four leads of the undamaged",
        "year. Long lists are shortened. 每种损坏方式，以及核对时在未损坏年度的四条线索之外恰好应有的发现。",
        "",
        "| 损坏 | damage | findings 发现 | reading problems 读取问题 |",
        "|---|---|---|---|",
    ]
    for damage in DAMAGES.values():
        by_rule: dict[str, list[str]] = {}
        for rule, subject in sorted(damage.findings, key=str):
            by_rule.setdefault(rule, []).append(subject or "")
        told = [
            f"`{rule}` {subjects[0]} … {subjects[-1]} ({len(subjects)})"
            if len(subjects) > 3
            else f"`{rule}` {', '.join(subjects)}".strip()
            for rule, subjects in by_rule.items()
        ]
        problems = ", ".join(f"`{code}`" for code in damage.problems)
        lines.append(f"| {damage.name} | {damage.english} | {'; '.join(told)} | {problems} |")
    return "\n".join(lines) + "\n"


def damage(
    name: str,
    english: str,
    findings: Iterable[Finding] = (),
    problems: tuple[str, ...] = (),
    *,
    sampled: bool = False,
) -> Callable[[Callable[[Year], None]], Callable[[Year], None]]:
    """Puts a damage on the list. `sampled`: it touches the sample or its inspections."""

    def add(change: Callable[[Year], None]) -> Callable[[Year], None]:
        def apply(year: Year) -> None:
            change(year)
            if not sampled:
                reckon(year)

        DAMAGES[name] = Damage(name, english, apply, frozenset(findings), problems)
        return change

    return add


def every(rule: str, *subjects: str) -> list[Finding]:
    return [(rule, subject) for subject in subjects]
