"""The ways the year is damaged, and exactly what a check must then find besides what the
undamaged year has.

After a damage the sample is drawn anew, so that it agrees with the damaged tables and only the
damage itself is found. A damage to the sample or its inspections is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.packs.damaging import Damage, Finding, listing

from .reckoning import reckon
from .state import Year

DAMAGES: dict[str, Damage[Year]] = {}

UNDAMAGED = frozenset(("SV-NORM-FEW", f"S-{number}") for number in (68, 70, 72, 74))
"""Gansu has five verifications, so each has too few peers to be compared."""


def listed() -> str:
    """The list of damages as `DAMAGES.md` holds it."""
    opening = (
        "# How the example year can be damaged / 示例年度的损坏方式",
        "",
        "Each way, and exactly what a check must then find besides the four leads of the undamaged",
        "year. Long lists are shortened. 每种损坏方式，以及核对时在未损坏年度的四条线索之外恰好应有的发现。",
    )
    return listing(opening, DAMAGES.values(), most=3)


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

        DAMAGES[name] = Damage(name, english, apply, frozenset(findings), problems, sampled)
        return change

    return add
