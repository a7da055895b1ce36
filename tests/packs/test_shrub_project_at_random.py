"""The shrub project with cells changed at random: both roads find the same rows."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from tests.packs.second_road_shrub_project import second
from tests.packs.shrub_project import SMALL, ShrubProject, build, write

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read

PACK = Path(__file__).parents[2] / "rules/guiju_rules/nm-shrub"
ROWWISE = {
    "NMS-SPECIES",
    "NMS-SIZE",
    "NMS-AXES",
    "NMS-RANGE",
    "NMS-PLANT-PLOT",
    "NMS-LOST",
    "NMS-NEW",
    "NMS-SAME-SPECIES",
    "NMS-SHRINK",
    "NMS-REVIVED",
    "NMS-SEGMENT-ORDER",
    "NMS-SEGMENT-END",
    "NMS-SEGMENT-ONCE",
}
"""Rules about single rows, which the second road answers; sums are held by the reckoning."""

KEY = ("所在样地", "植株号", "期次")
FACTORS = [Decimal(factor) for factor in ("0", "0.1", "0.7", "1.5", "10")]


def change_plant(project: ShrubProject, chance: random.Random) -> None:
    """Changes a cell of a plant as somebody could have got it wrong."""
    plants = project.tables["植株"]
    plant = chance.choice(plants)
    column = chance.choice(["冠幅长轴", "冠幅短轴", "株高", "植株树种", "植株状态", *KEY])
    other = chance.choice(plants)[column]
    if column in KEY:
        moved = plant | {column: chance.choice([other, "P999"]) if column == KEY[0] else other}
        if not any(all(row[k] == moved[k] for k in KEY) for row in plants):
            plant.update(moved)
    elif column == "植株状态":
        plant[column] = chance.choice(["", "存活", "新增", "枯死"])
    elif column == "植株树种":
        plant[column] = chance.choice(["", "杨柴", other])
    elif plant[column]:
        scaled = str(Decimal(plant[column]) * chance.choice(FACTORS))
        plant[column] = chance.choice(["", scaled, other])


def change_stretch(project: ShrubProject, chance: random.Random) -> None:
    """Moves an end of a stretch, or leaves it out."""
    stretch = chance.choice(project.tables["截段"])
    end = chance.choice(["起点", "止点"])
    if stretch[end]:
        moved = abs(Decimal(stretch[end]) + chance.choice([-3, 2, 5, 60]))
        stretch[end] = chance.choice(["", str(moved)])


@pytest.mark.parametrize("seed", range(8))
def test_both_roads_find_the_same_rows(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    project = build(SMALL)
    assert second(project) == set()
    for _ in range(30):
        change_plant(project, chance)
    for _ in range(8):
        change_stretch(project, chance)
    write(project, tmp_path)
    pack = load_pack(str(PACK))
    assessment = assess(read(open_dossier(tmp_path), pack), pack)
    found = {
        (requirement.id, finding.subject or "")
        for requirement in assessment.requirements
        if requirement.id in ROWWISE
        for finding in requirement.findings
        if finding.verdict == "nonconforming"
    }
    assert found
    assert found == second(project)
