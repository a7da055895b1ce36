"""What the shrub project holds before it is written down."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

Row = dict[str, str]
"""A row of a table as it is written: heading and text."""


@dataclass
class ShrubProject:
    """Facts by group, tables of rows, and papers: id → kind, title, day of issue."""

    facts: dict[str, dict[str, str]]
    tables: dict[str, list[Row]]
    papers: dict[str, tuple[str, str, str]]

    def row(self, table: str, **values: str) -> Row:
        """The one row of a table with these values."""
        [row] = [row for row in self.tables[table] if all(row[k] == values[k] for k in values)]
        return row

    def plant(self, plot: str, number: str, time: str) -> Row:
        return self.row("植株", 所在样地=plot, 植株号=number, 期次=time)


def draw(below: int, *key: object) -> int:
    """A whole number from 0 up to but not including `below`, fixed by its key."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below
