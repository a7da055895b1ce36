"""A boundary as a dossier gives it: its bytes, and the ellipsoid it lies on."""

from __future__ import annotations

from guiju.record import Mutable


class Shape(Mutable):
    """A point, line or polygon in longitude and latitude (degrees, in that order).

    `wkb` is the geometry as ISO well-known binary, after any projected coordinates were
    brought back to degrees on their own datum; nothing was mended in it, so it may be
    invalid. `kind` is `point`, `line` or `polygon` (a multi-part one too). `crs` names the
    geographic system (`EPSG:4490` CGCS2000, `EPSG:4326` WGS 84) and so the ellipsoid that
    areas and distances are measured on. `decimals` is the number of decimals that the file
    writes its coordinates with: the least, or where it leaves zeros at the end of numbers
    out, the most; None where the format does not keep the text, and for projected coordinates.
    """

    wkb: bytes
    kind: str
    crs: str
    vertices: int
    decimals: int | None = None
