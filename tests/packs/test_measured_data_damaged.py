"""The real tables with cells changed at random: both roads still find the same rows.

Other parts of the same sources hold what these do not: empty cells, zeros, other codes, slips by
a factor of ten. What a seed makes of a table is found twice, by the engine and in plain Python.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
from pathlib import Path

import pytest
from tests.packs.test_measured_data import DATA, DATASETS, RULES, said

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.dossier import read_collection

pytestmark = pytest.mark.slow

TREES = {"trees.csv": 120, "plots.csv": 4, "regen.csv": 20}
SETS = {
    "spain-ifn-barcelona": TREES,
    "france-ffi-loire": TREES,
    "usa-fia-alaska": TREES,
    "grass-neon": {
        "hbp_massdata.csv": 40,
        "hbp_perbout.csv": 10,
        "bbc_percore.csv": 1,
        "bbc_rootmass.csv": 3,
        "bbc_dilution.csv": 3,
    },
    "grass-portal": {"quadrats.csv": 60},
    "shrubs-portal-az": {"shrub_transects_2015_present.csv": 60},
    "shrubs-neon": {"vst_apparentindividual.csv": 80},
    "shrubs-spain-ifn-barcelona": {"understory_shrub.csv": 60},
    "shrubs-usa-fia-alaska": {"understory_shrub.csv": 60},
    "forc-china": {"forc_simplified_edu_china.csv": 60},
    "baad-Portsmuth2005": {"data.csv": 80},
    "baad-FLFU1963": {"data.csv": 80},
    "baad-Coll2008": {"data.csv": 40},
}
MEASURED = {
    "trees.csv": "dbh height density_factor sp_code sp_name status tree_id tree_ifn2 tree_ifn3 "
    "tree_ifn4",
    "plots.csv": "year design_code",
    "regen.csv": "treecount_calc n",
    "hbp_massdata.csv": "dryMass dryingHours ovenStartDate",
    "hbp_perbout.csv": "clipLength clipArea",
    "bbc_percore.csv": "coreDiameter rootSampleArea",
    "bbc_rootmass.csv": "dryMass dryingHours",
    "bbc_dilution.csv": "dilutionSubsampleVolume sampleVolume dryMass somDryMass",
    "quadrats.csv": "abundance cover species",
    "shrub_transects_2015_present.csv": "start stop height notes species",
    "vst_apparentindividual.csv": "growthForm plantStatus stemDiameter measurementHeight height "
    "baseCrownHeight maxCrownDiameter ninetyCrownDiameter basalStemDiameter",
    "understory_shrub.csv": "cover height sp_name growth_form",
    "forc_simplified_edu_china.csv": "mean variable.name stand.age date plot.name",
}


def changed(text: str, column: list[str], chance: random.Random) -> str:
    """A cell as somebody could have got it wrong."""
    way = chance.randrange(4)
    if way == 0:
        return chance.choice(column)
    if way == 1:
        return ""
    try:
        number = float(text)
    except ValueError:
        return chance.choice(column)
    return "0" if way == 2 else repr(number * chance.choice((0.1, 0.5, 1.5, 10)))


def damage(file: Path, cells: int, chance: random.Random) -> None:
    """Changes cells of a table in place; whole numbers and keys get others of their column."""
    with open(file, encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    wanted = MEASURED.get(file.name, "").split() or [h for h in header if h]
    columns = [index for index, heading in enumerate(header) if heading in wanted]
    whole = ("tree_id", "year", "treecount_calc", "variable.name", "tree_ifn2", "tree_ifn3")
    for _ in range(cells):
        row, index = chance.choice(rows), chance.choice(columns)
        column = [other[index] for other in rows]
        if header[index] in (*whole, "tree_ifn4", "status", "sp_code", "design_code"):
            row[index] = chance.choice([cell for cell in column if cell])
        else:
            row[index] = changed(row[index], column, chance)
    with open(file, "w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", SETS)
def test_both_roads_find_the_same_rows_in_a_damaged_table(
    name: str, seed: int, tmp_path: Path
) -> None:
    dataset = DATASETS[name]
    folder = tmp_path / name
    if dataset.path.is_dir():
        shutil.copytree(dataset.path, folder)
    else:
        folder.mkdir()
        shutil.copy(dataset.path, folder)
    chance = random.Random(f"{name} {seed}")
    for file, cells in SETS[name].items():
        if (folder / file).exists():
            damage(folder / file, cells, chance)
    path = folder if dataset.path.is_dir() else folder / dataset.path.name
    pack = load_pack(str(RULES / dataset.pack))
    mapping = RULES / dataset.pack / "mappings" / f"{dataset.mapping}.yaml"
    (dossier,) = read_collection(path, mapping, pack)
    assessment = assess(dossier, pack)
    found = {
        (requirement.id, finding.subject or "")
        for requirement in assessment.requirements
        for finding in requirement.findings
        if finding.verdict == "nonconforming"
    }
    assert found == set(dataset.second(path))
    assert found != set(dataset.second(dataset.path))


@pytest.mark.parametrize("seed", range(10))
def test_both_roads_find_the_same_strata_of_damaged_results(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    dataset = DATASETS["vm0033-abc-senegal"]
    tree = json.loads(dataset.path.read_text(encoding="utf-8"))
    for stratum in tree["strata"]:
        for place in (stratum, stratum["ar_tool_14"]):
            for key in chance.sample(sorted(place), 2):
                if isinstance(place[key], (int, float)):
                    place[key] = place[key] * chance.choice((0.5, 2, 44 / 12)) + 0.001
    file = tmp_path / "results.json"
    file.write_text(json.dumps(tree), encoding="utf-8")
    pack = load_pack(str(RULES / dataset.pack))
    mapping = RULES / dataset.pack / "mappings/monitoring-year.yaml"
    (dossier,) = read_collection(file, mapping, pack)
    assert set(said(assess(dossier, pack))) == set(dataset.second(file))


@pytest.mark.parametrize("step", range(7))
def test_a_published_figure_wrong_in_its_ninth_digit_is_found(step: int, tmp_path: Path) -> None:
    file = DATA / "calculation/nsvb-gtr-wo-104-examples.json"
    for factor, wrong in ((1 + 3e-9, True), (1 + 3e-10, False)):
        tree = json.loads(file.read_text(encoding="utf-8"))
        for example in tree.values():
            published = example["steps"][step]
            published["published"] = repr(float(published["published"]) * factor)
        changed_file = tmp_path / f"{wrong}.json"
        changed_file.write_text(json.dumps(tree), encoding="utf-8")
        pack = load_pack(str(RULES / "usda-nsvb"))
        mapping = RULES / "usda-nsvb/mappings/examples.yaml"
        for dossier in read_collection(changed_file, mapping, pack):
            found = said(assess(dossier, pack))
            assert bool(found) is wrong, (dossier.id, factor, found)
