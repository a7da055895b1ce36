"""What the project holds before it is written down."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

Row = dict[str, str]
"""A row of a table as it is written: heading and text."""

Point = tuple[float, float]
"""Longitude and latitude in degrees, CGCS2000."""


@dataclass
class Paper:
    """A document of the evidence list. `sha256` None: that of its content."""

    kind: str
    name: str
    issued: str
    sha256: str | None = None


@dataclass
class Shapefile:
    """A Shapefile of parcels: the system its coordinates are in, and whether .prj says so."""

    crs: str
    prj: bool = True


@dataclass
class Project:
    """Facts, tables, boundaries and papers. Rings are closed; a missing key has no feature."""

    facts: dict[str, dict[str, str]]
    tables: dict[str, list[Row]]
    parcels: dict[str, list[Point]]
    plots: dict[str, Point]
    others: dict[str, list[Point]]
    county: list[Point]
    papers: dict[str, Paper]
    judgements: list[str] = field(default_factory=list)
    crs: str | None = "EPSG:4490"
    """What the dossier declares of the parcels' layer."""
    shapefile: Shapefile | None = None
    """The parcels' layer as a Shapefile; without, as GeoJSON."""
    later: list[str] = field(default_factory=list)
    """Parcels that a second layer file holds as well."""
    decimals: dict[str, int] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def row(self, table: str, heading: str, value: str) -> Row:
        """The one row of a table whose column has a value."""
        [row] = [row for row in self.tables[table] if row[heading] == value]
        return row

    def tree(self, plot: str, number: str) -> Row:
        [row] = [
            row
            for row in self.tables["样木"]
            if row["所在样地"] == plot and row["样木号"] == number
        ]
        return row

    def stratum(self, name: str) -> Row:
        return self.row("碳层", "碳层号", name)


def draw(below: int, *key: object) -> int:
    """A whole number from 0 up to but not including `below`, fixed by its key."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below
