"""What the project holds before it is written down, in the names of the pack."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

Row = dict[str, str]
"""A row of a table: field and text. Options are written by their names, booleans yes and no."""


@dataclass
class Project:
    """Facts by group, tables, and the kinds of paper handed in with their days."""

    facts: dict[str, Row]
    tables: dict[str, list[Row]]
    papers: dict[str, str]

    def row(self, table: str, **key: str) -> Row:
        """The one row of a table whose fields have these values."""
        [row] = [r for r in self.tables[table] if all(r[k] == v for k, v in key.items())]
        return row


def draw(below: int, *key: object) -> int:
    """A whole number from 0 up to but not including `below`, fixed by its key."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def tenths(value: int) -> str:
    """A count of tenths as a number with one decimal."""
    return f"{value // 10}.{value % 10}"
