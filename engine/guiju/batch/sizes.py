"""Sizes of memory as a person writes them: `512MB`, `4 GiB`."""

from __future__ import annotations

import re

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)


def read_size(text: str) -> int | None:
    """The bytes of a size, None for a text that is none. As with memory everywhere, a kilobyte
    is 1,024 bytes.

    >>> read_size("4GB"), read_size("512 MiB"), read_size("much")
    (4294967296, 536870912, None)
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    return int(float(found[1]) * _UNITS[found[2].lower()])


def size_words(size: int) -> str:
    """A size in the largest unit it is a round number of.

    >>> size_words(4 << 30), size_words(1536 << 20)
    ('4 GB', '1536 MB')
    """
    for unit, factor in (("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10)):
        if size >= factor and size % factor == 0:
            return f"{size // factor} {unit}"
    return f"{size} B"
