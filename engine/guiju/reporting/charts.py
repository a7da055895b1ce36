"""The geometry of the charts, as numbers that a template draws as SVG.

Floats are good enough here: a bar shows a figure, the figure itself stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from guiju.reporting.wording import is_number, without_exponent
from guiju.verdicts import Claim, Margin, Verdict

STRIP = 1000
"""How wide the strip of counts is."""
_LEAST = 14
HALF = 60
"""How wide one side of a margin's chart is."""
BAR = 220
"""How wide the longer bar of a claim is."""


class Segment(NamedTuple):
    """A verdict's part of the strip of counts."""

    verdict: Verdict
    of: int
    x: float
    width: float


def counts_strip(counts: Sequence[tuple[Verdict, int]]) -> list[Segment]:
    """The counts side by side over the strip; the smallest still wide enough to be seen."""
    total = sum(count for _, count in counts)
    if not total:
        return []
    sizes = [max(_LEAST, STRIP * count / total) for _, count in counts]
    scale = STRIP / sum(sizes)
    segments, x = [], 0.0
    for (verdict, count), size in zip(counts, sizes, strict=True):
        segments.append(Segment(verdict, count, round(x, 1), round(size * scale, 1)))
        x += size * scale
    return segments


class MarginBar(NamedTuple):
    """A bar from the threshold to the right (holds) or to the left (fails)."""

    x: float
    width: float
    fails: bool
    cut: bool


def margin_bar(margin: Margin) -> MarginBar | None:
    """The margin relative to its threshold, cut at 100%; None where it has no share."""
    share = _number(margin.share)
    if share is None:
        return None
    length = max(1.0, round(min(abs(share), 1.0) * HALF, 1))
    fails = share < 0
    return MarginBar(HALF - length if fails else HALF, length, fails, abs(share) > 1)


class ClaimBars(NamedTuple):
    """Lengths of the claimed and the recomputed bar, the longer one `BAR`."""

    claimed: float
    recomputed: float


def claim_bars(claim: Claim) -> ClaimBars | None:
    """The two figures to one scale; None unless both are positive numbers of one unit."""
    claimed, recomputed = _number(claim.claimed.value), _number(claim.recomputed.value)
    if claimed is None or recomputed is None or claim.claimed.unit != claim.recomputed.unit:
        return None
    longest = max(claimed, recomputed)
    if min(claimed, recomputed) < 0 or longest <= 0:
        return None
    return ClaimBars(round(BAR * claimed / longest, 1), round(BAR * recomputed / longest, 1))


def _number(text: str | None) -> float | None:
    text = without_exponent(text or "")
    return float(text) if is_number(text) else None
