"""How many digits of a number a reader is shown."""

from __future__ import annotations

_LONGEST_FRACTION = 12
_SHOWN_DIGITS = 10
_LEAST_FRACTION = 4


def cut_fraction(whole: str, fraction: str) -> str:
    """The digits after the point as a reader sees them: a long row is cut, never rounded.

    The digits left are those of the exact number and `…` says that more follow, so that a
    value just short of a threshold never looks as if it reached it.

    >>> cut_fraction("0", "03666666666666666666"), cut_fraction("12", "5")
    ('03666666666…', '5')
    """
    if len(fraction) <= _LONGEST_FRACTION:
        return fraction
    small = not whole.strip("0,-−")
    leading = len(fraction) - len(fraction.lstrip("0")) if small else 0
    keep = leading + max(_LEAST_FRACTION, _SHOWN_DIGITS - (0 if small else len(whole)))
    return fraction[:keep] + "…" if keep < len(fraction) else fraction
