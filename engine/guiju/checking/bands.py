"""The proof that the bands of a lookup are complete and disjoint.

Every parameter is cut at the limits the bands name; each cell of the grid that makes is a
region whose values all fall into the same bands. A region no band covers is a gap. Limits
of one direction are read in order (`<= 10%`, `<= 20%` means above 10 % up to 20 %), so a
region belongs to its nearest limit; two bands that claim a region in any other way overlap.
Dated bands are looked at once for each stretch of days in which the same bands are in
force; before the first and after the last there is nothing to be complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from math import ceil, floor
from typing import Any

from guiju.checking import problems
from guiju.checking.symbols import LookupHead
from guiju.diagnostics import Diagnostics
from guiju.plan import nodes as plan
from guiju.plan.types import NumberType, OneOfType, Type
from guiju.syntax import nodes as syntax

_MOST_REGIONS = 10_000

Bands = list[tuple[plan.LookupRow, syntax.Band]]


def prove_bands(
    node: syntax.Lookup, head: LookupHead, bands: Bands, diagnostics: Diagnostics
) -> bool:
    """Reports a gap, an overlap, and bands nothing falls into. False when nothing was
    proved, because there are too many combinations."""
    ranged = [any(row.keys[i].operator != "=" for row, _ in bands) for i in range(len(head.by))]
    if any(type_.kind == "broken" for _, type_ in head.by) or not bands:
        return True
    axes = [_axis(bands, i, type_, ranged[i]) for i, (_, type_) in enumerate(head.by)]
    closed = any(ranged) or any(type_.kind in ("one of", "yes/no") for _, type_ in head.by)
    size = 1
    for axis in axes:
        size *= len(axis)
    if size > _MOST_REGIONS:
        if closed:
            diagnostics.add(problems.BandsUnproved(node.name.span, size))
        return False
    reached: set[int] = set()
    for day, numbers in _stretches(bands):
        if not _prove_stretch(node, head, bands, numbers, axes, closed, day, reached, diagnostics):
            return True
    for index, (_, band) in enumerate(bands):
        if index not in reached:
            diagnostics.add(problems.Unreachable(band.span))
    return True


def _prove_stretch(
    node: syntax.Lookup,
    head: LookupHead,
    bands: Bands,
    numbers: list[int],
    axes: list[list[Any]],
    closed: bool,
    day: date | None,
    reached: set[int],
    diagnostics: Diagnostics,
) -> bool:
    """One stretch of days with the bands in force in it; False once something is wrong."""

    def shown(region: tuple[Any, ...]) -> str:
        words = ", ".join(_region_words(v, n, t) for v, (n, t) in zip(region, head.by, strict=True))
        return words if day is None else f"{words} @ {day}"

    for region in product(*axes):
        claims = [
            index
            for index in numbers
            if all(_covers(k, v) for k, v in zip(bands[index][0].keys, region, strict=True))
        ]
        if not claims:
            if closed:
                diagnostics.add(problems.BandGap(node.name.span, shown(region)))
                return False
            continue
        reached.add(claims[0])
        first = bands[claims[0]]
        for other in claims[1:]:
            if not _nested(first[0], bands[other][0]):
                diagnostics.add(
                    problems.BandOverlap(bands[other][1].span, shown(region), first[1].span)
                )
                return False
    return True


def _stretches(bands: Bands) -> Iterator[tuple[date | None, list[int]]]:
    """The stretches of days with some band in force, by their first day, with the numbers
    of those bands. Undated bands are one stretch without a day."""
    everything = list(range(len(bands)))
    starts: set[date] = set()
    for row, _ in bands:
        if row.effective is not None:
            starts.add(row.effective)
        if row.until is not None and row.until < date.max:
            starts.add(row.until + timedelta(days=1))
    if not starts:
        yield None, everything
        return
    for day in sorted({date.min, *starts}):
        numbers = [
            index
            for index, (row, _) in enumerate(bands)
            if days_overlap(row.effective, row.until, day, day)
        ]
        if numbers:
            yield None if day == date.min else day, numbers


def days_overlap(
    start: date | None, until: date | None, other_start: date | None, other_until: date | None
) -> bool:
    """Whether two spans of days share a day; None is open."""
    low = max(start or date.min, other_start or date.min)
    high = min(until or date.max, other_until or date.max)
    return low <= high


def _axis(bands: Bands, at: int, type_: Type, ranged: bool) -> list[Any]:
    """The regions of one parameter."""
    limits = {row.keys[at].value for row, _ in bands}
    if isinstance(type_, OneOfType):
        return list(type_.options)
    if type_.kind == "yes/no":
        return [True, False]
    if ranged:
        return [r for r in _regions(sorted(limits)) if not _nothing_in(r, type_)]
    return sorted(limits, key=str)


def _nothing_in(region: Any, type_: Type) -> bool:
    """Whether no whole number, or no day, lies in an open stretch or is a limit."""
    whole = isinstance(type_, NumberType) and type_.integer
    if not isinstance(region, _Open):
        return bool(whole and region != int(region))
    if region.low is None or region.high is None:
        return False
    if type_.kind == "date":
        return bool((region.high - region.low).days <= 1)
    return bool(whole and floor(region.low) + 1 > ceil(region.high) - 1)


class _Open:
    """The values strictly between two limits; None is no limit."""

    __slots__ = ("high", "low")

    def __init__(self, low: Any, high: Any) -> None:
        self.low, self.high = low, high


def _regions(limits: list[Any]) -> list[Any]:
    """The points and the open stretches between them, from -inf to +inf."""
    regions: list[Any] = []
    previous: Any = None
    for limit in limits:
        regions += [_Open(previous, limit), limit]
        previous = limit
    regions.append(_Open(previous, None))
    return regions


def _covers(key: plan.BandKey, region: Any) -> bool:
    if not isinstance(region, _Open):
        value, limit = region, key.value
        match key.operator:
            case "=":
                return bool(value == limit)
            case "<":
                return bool(value < limit)
            case "<=":
                return bool(value <= limit)
            case ">":
                return bool(value > limit)
        return bool(value >= limit)
    match key.operator:
        case "<" | "<=":
            return region.high is not None and bool(region.high <= key.value)
        case ">" | ">=":
            return region.low is not None and bool(region.low >= key.value)
    return False


def _nested(first: plan.LookupRow, other: plan.LookupRow) -> bool:
    """Whether the later band only claims what the earlier one cut off from it: its limit
    has the same direction and lies further out."""
    outward = False
    for a, b in zip(first.keys, other.keys, strict=True):
        if a == b:
            continue
        upper = a.operator in ("<", "<=") and b.operator in ("<", "<=") and a.value <= b.value
        lower = a.operator in (">", ">=") and b.operator in (">", ">=") and a.value >= b.value
        if not (upper or lower):
            return False
        outward = True
    return outward


def _region_words(region: Any, name: str, type_: Type) -> str:
    unit = f" {type_.unit.symbol}".rstrip() if isinstance(type_, NumberType) else ""
    if isinstance(region, bool):
        return f"{name} = {'yes' if region else 'no'}"
    if not isinstance(region, _Open):
        return f"{name} = {region}{unit}"
    if region.low is None:
        return f"{name} < {region.high}{unit}"
    if region.high is None:
        return f"{name} > {region.low}{unit}"
    return f"{region.low}{unit} < {name} < {region.high}{unit}"
