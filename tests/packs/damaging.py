"""How the made-up projects are damaged in named ways, and the pages that list the ways."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from guiju.verdicts import Assessment

Damaged = TypeVar("Damaged")
"""What is damaged: a project, a year."""

Finding = tuple[str, str | None]
"""A rule's id and the key of the row it is about."""


@dataclass(frozen=True)
class Damage(Generic[Damaged]):
    """A damage with its name in both languages. `findings` are all that a check must raise,
    `problems` the codes of all that reading must report. `reported`: it touches what is reported
    only, so nothing is reckoned anew after it."""

    name: str
    translated: str
    apply: Callable[[Damaged], None]
    findings: frozenset[Finding]
    problems: tuple[str, ...] = ()
    reported: bool = False

    def __call__(self, thing: Damaged) -> None:
        self.apply(thing)


def damaged(thing: Damaged, damages: Iterable[Damage[Damaged]]) -> None:
    """Damages a thing in several ways: first its inputs, then what it reports."""
    for damage in sorted(damages, key=lambda damage: damage.reported):
        damage(thing)


def every(rule: str, *subjects: str | None) -> list[Finding]:
    """A rule's findings about several rows."""
    return [(rule, subject) for subject in subjects]


def found(assessment: Assessment) -> set[Finding]:
    """All findings of an assessment."""
    return {
        (requirement.id, finding.subject)
        for requirement in assessment.requirements
        for finding in requirement.findings
    }


def told(findings: Iterable[Finding], most: int | None = None) -> str:
    """Findings by rule. Of more than `most` rows of a rule the first and the last are named."""
    by_rule: dict[str, list[str]] = {}
    for rule, subject in sorted(findings, key=str):
        by_rule.setdefault(rule, []).append(subject or "")
    return "; ".join(
        f"`{rule}` {on[0]} … {on[-1]} ({len(on)})"
        if most is not None and len(on) > most
        else f"`{rule}` {', '.join(on)}".strip()
        for rule, on in by_rule.items()
    )


def coded(problems: Iterable[str]) -> str:
    """Codes of reading problems."""
    return ", ".join(f"`{code}`" for code in problems)


def page(opening: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A page of Markdown: what it opens with, then a table."""
    lines = [*opening, "", _row(headings), "|" + "---|" * len(headings)]
    return "\n".join((*lines, *map(_row, rows))) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def listing(
    opening: Sequence[str], damages: Iterable[Damage[Damaged]], most: int | None = None
) -> str:
    """The page that lists damages, as `DAMAGES.md` holds it."""
    return page(
        opening,
        ("损坏", "damage", "findings 发现", "reading problems 读取问题"),
        ((d.name, d.translated, told(d.findings, most), coded(d.problems)) for d in damages),
    )


def command(
    said: str | None,
    shipped: Path,
    damages: Mapping[str, Damage[Damaged]],
    build: Callable[[], Damaged],
    write: Callable[[Damaged, Path], None],
    listed: Callable[[], str],
) -> None:
    """Writes an example into a folder, damaged where that is asked, or lists the damages."""
    parser = argparse.ArgumentParser(description=said)
    parser.add_argument(
        "folder", type=Path, nargs="?", default=shipped, help="by default the pack's own"
    )
    parser.add_argument("--damage", nargs="+", choices=[*damages], default=[], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="list the damages and what they raise")
    asked = parser.parse_args()
    if asked.list:
        print(listed(), end="")
        return
    made = build()
    damaged(made, [damages[name] for name in asked.damage])
    write(made, asked.folder)
