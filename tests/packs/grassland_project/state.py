"""What the grassland holds before it is written down."""

from __future__ import annotations

from dataclasses import dataclass

from tests.packs.project.state import Point, Row


@dataclass
class Grassland:
    """Facts, tables, boundaries and papers. Rings are closed; a missing key has no feature."""

    facts: dict[str, dict[str, str]]
    tables: dict[str, list[Row]]
    parcels: dict[str, list[Point]]
    others: dict[str, list[Point]]
    sites: dict[str, Point]
    papers: dict[str, tuple[str, str]]
    """Number → kind and the day it was issued."""

    def row(self, table: str, key: str) -> Row:
        """The row of a table whose first column has a value."""
        [row] = [row for row in self.tables[table] if next(iter(row.values())) == key]
        return row

    def of(self, table: str, heading: str, value: str) -> list[Row]:
        return [row for row in self.tables[table] if row[heading] == value]
