"""The sums a square metre of real clips and root cores are those of the second road.

What the rules find in these tables row by row is held by `test_measured_data.py`.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from tests.packs import second_road_grass
from tests.packs.test_measured_data import DATA, RULES, said

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import read_collection

PACK = RULES / "grassland-inventory"


def test_the_sums_of_every_clip_and_core_are_those_of_the_second_road(tmp_path: Path) -> None:
    """With bounds below nothing every clip and core is told of, with its sum."""
    header, *rows = list(csv.reader((PACK / "lookups/bounds.csv").read_text("utf-8").splitlines()))
    for row in rows:
        row[header.index("most")] = "-1"
    with open(tmp_path / "bounds.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    pack = load_pack(str(PACK), read_swaps(str(tmp_path)))
    folder = DATA / "inventory/neon-grass"
    (dossier,) = read_collection(folder, PACK / "mappings/neon.yaml", pack)
    found = said(assess(dossier, pack, select=("GRS-BIOMASS", "GRS-ROOTS")))
    made = {
        ("GRS-BIOMASS", row): value for row, value in second_road_grass.clip_sums(folder).items()
    }
    made |= {
        ("GRS-ROOTS", row): value for row, value in second_road_grass.core_sums(folder).items()
    }
    assert set(found) == set(made)
    for key, value in made.items():
        told = Decimal(found[key].rpartition("add up to ")[2].split()[0].replace(",", ""))
        assert value is not None and abs(told - value) <= Decimal("0.00051"), key
    assert len(made) == 46
