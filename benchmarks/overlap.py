"""The workload of the overlap bar: 10,000 parcels against 10,000 of other projects.

The parcels lie as the fields of a chessboard, those of the project on the black ones and
those of others on the white ones, with crooked rims of ten corners a side that both share;
about one in a hundred of the project's overlaps a neighbour. The rule is what a verifier
asks: no overlap above 1 m2. Bare shapely does what has to be done: reads the bytes, builds a
tree, cuts the pairs that come near and measures what they share, by the same measure.

    python benchmarks/overlap.py    goes through it once and prints the peak of memory in MB
"""

from __future__ import annotations

import math
import random
import resource
from typing import Any

ROWS = 10_000
SIDE = 100.0
MOST_MB = 500

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


def made() -> tuple[list[bytes], list[bytes]]:
    """The boundaries of the project and of the others, as bytes."""
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

    found: tuple[list[bytes], list[bytes]] = ([], [])
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
    import numpy
    import shapely

    from guiju.geometry.measures import areas

    own, other = shapely.from_wkb(ours), shapely.from_wkb(theirs)
    first, second = shapely.STRtree(other).query(own)
    common = shapely.intersection(own[first], other[second])
    flat = numpy.flatnonzero(~shapely.is_empty(common))
    measured = areas(common[flat], "EPSG:4490")
    return len(set(first[flat][measured > 1].tolist()))


def engine(plan: Any, ours: list[bytes], theirs: list[bytes]) -> int:
    """The same by the rule: how many rows do not conform."""
    from guiju.dossier.model import Dossier, TableData
    from guiju.evaluation import Evaluator, Run
    from guiju.geometry import Shape
    from guiju.verdicts import Origin

    dossier = Dossier("D", "D", "d", "0" * 64, "validation", None, None, None)
    for name, column in (("parcels", ours), ("others", theirs)):
        keys = [f"{name}-{row}" for row in range(len(column))]
        shapes = [Shape(wkb, "polygon", "EPSG:4490", 25) for wkb in column]
        dossier.tables[name] = TableData(
            name, {"id": keys, "boundary": shapes}, keys, lambda row, field: Origin("f", "1")
        )
    requirement = Evaluator(Run(plan, dossier, None)).requirement(plan.rules[0])
    assert requirement.verdict == "nonconforming", requirement.reason
    return requirement.counts["nonconforming"]


def compiled() -> Any:
    from workload import MANIFEST

    from guiju.compiler import compile_texts

    return compile_texts({"1.gj": RULES}, MANIFEST)


if __name__ == "__main__":
    ours, theirs = made()
    engine(compiled(), ours, theirs)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
