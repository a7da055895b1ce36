"""The workloads of the overlap bars: 100,000 parcels against 100,000 of other projects.

`fields`: the parcels lie as the fields of a chessboard, those of the project on the black ones and
those of others on the white ones, with crooked rims of ten corners a side that both share; about
one in a hundred of the project's overlaps a neighbour. `scattered`: round parcels of 24 corners
that lie anywhere; about two in a hundred overlap. The rule is what a verifier asks: no overlap
above 1 m2. Bare shapely does what has to be done: reads the bytes, builds a tree, asks it for the
pairs that meet, cuts them and measures what they share, by the same measure. It does not look
whether parcels are valid, and writes no findings; the engine has to tell some.

    python benchmarks/overlap.py    goes through one of them and prints the peak of memory in MB
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guiju.dossier.model import Dossier

ROWS = 100_000
SIDE = 100.0
MOST_MB = 500
TOLD = 100
"""Findings the engine tells."""

RULES = """\
facts project "The project"
  name "Name" : text
table parcels "Parcels"
  key id
  boundary polygon
  id "Id" : text
table others "Parcels of other projects"
  key id
  boundary polygon
  id "Id" : text
rule OV-1 "No parcel lies in another project"
  cite "1"
  basis verified
  for each parcel in parcels
  must no other in others satisfies overlap_area(parcel.boundary, other.boundary) > 1 m2
  else CAR "Parcel {parcel.id} lies in another project."
"""


Boundaries = tuple[list[bytes], list[bytes]]
"""Those of the project and those of the others."""


def scattered() -> Boundaries:
    """Round parcels anywhere in a region."""
    import numpy
    import shapely

    rng = numpy.random.default_rng(3)
    across = math.isqrt(ROWS)
    angles = numpy.arange(24) / 24 * math.tau
    found = []
    for _ in range(2):
        x, y = rng.uniform(0, across, (2, ROWS, 1))
        radii = rng.uniform(0.03, 0.06, (ROWS, 1)) * rng.uniform(0.6, 1, (ROWS, 24))
        rings = numpy.stack(
            (
                118 + (x + radii * numpy.cos(angles)) * 1_000 / 80_800,
                43 + (y + radii * numpy.sin(angles)) * 1_000 / 111_100,
            ),
            axis=-1,
        )
        found.append(shapely.to_wkb(shapely.polygons(rings)).tolist())
    return found[0], found[1]


def fields() -> Boundaries:
    """The fields of a chessboard."""
    import shapely

    rng = random.Random(11)
    across = math.isqrt(2 * ROWS) + 2
    rims: dict[tuple[int, int, int, int], list[tuple[float, float]]] = {}

    def corner(column: int, row: int) -> tuple[float, float]:
        point = random.Random(column * 1_000 + row)
        return column + point.uniform(-0.2, 0.2), row + point.uniform(-0.2, 0.2)

    def rim(a: tuple[int, int], b: tuple[int, int]) -> list[tuple[float, float]]:
        """From one corner up to another; the same for both fields it parts."""
        if a > b:
            return [corner(*a), *reversed(rim(b, a)[1:])]
        known = rims.get((*a, *b))
        if known is None:
            (x1, y1), (x2, y2) = corner(*a), corner(*b)
            known = [(x1, y1)]
            for part in range(1, 10):
                along = part / 10
                aside = rng.uniform(-0.03, 0.03)
                x = x1 + (x2 - x1) * along - (y2 - y1) * aside
                known.append((x, y1 + (y2 - y1) * along + (x2 - x1) * aside))
            rims[(*a, *b)] = known
        return known

    found: Boundaries = ([], [])
    for cell in range(across * across):
        column, row = cell % across, cell // across
        mine = found[(column + row) % 2]
        if len(mine) == ROWS:
            continue
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        ring = [
            at for a, b in zip(corners, corners[1:] + corners[:1], strict=True) for at in rim(a, b)
        ]
        field = shapely.Polygon(
            [(118 + x * SIDE / 80_800, 43 + y * SIDE / 111_100) for x, y in ring]
        )
        if rng.random() < 0.0025:  # laid out wrongly, half a metre to all sides
            field = field.buffer(0.5 / 100_000, join_style="mitre")
        mine.append(shapely.to_wkb(field))
    return found


def bare(ours: list[bytes], theirs: list[bytes]) -> int:
    """How many parcels overlap another by more than 1 m2, without the engine."""
    import shapely

    from guiju.geometry.measures import areas

    own, other = shapely.from_wkb(ours), shapely.from_wkb(theirs)
    first, second = shapely.STRtree(other).query(own, predicate="intersects")
    common = shapely.intersection(own[first], other[second])
    measured = areas(common, "EPSG:4490")
    return len(set(first[measured > 1].tolist()))


def dossier_of(ours: list[bytes], theirs: list[bytes]) -> Dossier:
    """The boundaries as the engine has them once a dossier is read."""
    from guiju.dossier.model import Dossier, TableData
    from guiju.geometry import Shape
    from guiju.verdicts import Origin

    dossier = Dossier("D", "D", "d", "0" * 64, "validation", None, None, None)
    for name, column in (("parcels", ours), ("others", theirs)):
        keys = [f"{name}-{row}" for row in range(len(column))]
        shapes = [Shape(wkb, "polygon", "EPSG:4490", 25) for wkb in column]
        dossier.tables[name] = TableData(
            name, {"id": keys, "boundary": shapes}, keys, lambda row, field: Origin("f", "1")
        )
    return dossier


def engine(plan: Any, dossier: Dossier) -> int:
    """The same by the rule: how many rows do not conform."""
    from guiju.evaluation import Evaluator, Run

    evaluator = Evaluator(Run(plan, dossier, None))
    evaluator.told = TOLD
    requirement = evaluator.requirement(plan.rules[0])
    assert requirement.verdict == "nonconforming", requirement.reason
    return requirement.counts["nonconforming"]


def compiled() -> Any:
    from workload import MANIFEST

    from guiju.compiler import compile_texts

    return compile_texts({"1.gj": RULES}, MANIFEST)


if __name__ == "__main__":
    engine(compiled(), dossier_of(*scattered()))
    from bars import peak

    print(peak())
