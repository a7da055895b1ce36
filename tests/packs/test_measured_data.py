"""What the packs of measured data find in real tables: row by row, and by two roads.

`findings/<dataset>.csv` lists every finding: rule, row, what is said, and why it is right. The
first road is the engine (what is said), the second plain Python on the files (why it is right);
both must give exactly the rows of the file. `GUIJU_REWRITE=1` writes the files anew, from both.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from tests.packs import (
    second_road,
    second_road_grass,
    second_road_shrubs,
    second_road_trees,
)

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import read_collection
from guiju.record import Record
from guiju.verdicts import Assessment

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules/guiju_rules"
DATA = ROOT / "tests/data"
FINDINGS = Path(__file__).parent / "findings"
REWRITE = bool(os.environ.get("GUIJU_REWRITE"))
PACKS = (
    "tree-inventory",
    "shrub-inventory",
    "grassland-inventory",
    "biomass-data",
    "forc",
    "usda-nsvb",
    "vm0033-review",
)
SHRUBS = {
    "portal-az": ("portal", second_road_shrubs.portal),
    "neon": ("neon", second_road_shrubs.neon),
    "france-ffi-loire": ("understory", second_road_shrubs.understory),
    "spain-ifn-barcelona": ("understory", second_road_shrubs.understory),
    "usa-fia-alaska": ("understory", second_road_shrubs.understory),
}
STUDIES = sorted(folder.name for folder in (DATA / "inventory/baad").iterdir() if folder.is_dir())


class Dataset(Record):
    pack: str
    mapping: str
    path: Path
    second: Callable[[Path], second_road.Found]


DATASETS = {
    "spain-ifn-barcelona": Dataset(
        "tree-inventory",
        "spain-ifn",
        DATA / "inventory/spain-ifn-barcelona",
        second_road_trees.spain,
    ),
    "france-ffi-loire": Dataset(
        "tree-inventory",
        "france-ffi",
        DATA / "inventory/france-ffi-loire",
        second_road_trees.france,
    ),
    "usa-fia-alaska": Dataset(
        "tree-inventory", "usa-fia", DATA / "inventory/usa-fia-alaska", second_road_trees.alaska
    ),
    "forc-china": Dataset(
        "forc",
        "forc-simplified",
        DATA / "forc/forc_simplified_edu_china.csv",
        second_road.forc,
    ),
    "vm0033-abc-senegal": Dataset(
        "vm0033-review",
        "monitoring-year",
        DATA / "calculation/vm0033-abc-senegal-slice.json",
        second_road.vm0033,
    ),
    **{
        f"shrubs-{folder}": Dataset(
            "shrub-inventory", mapping, DATA / "inventory/shrubs" / folder, second
        )
        for folder, (mapping, second) in SHRUBS.items()
    },
    "grass-neon": Dataset(
        "grassland-inventory", "neon", DATA / "inventory/neon-grass", second_road_grass.neon
    ),
    "grass-portal": Dataset(
        "grassland-inventory",
        "portal",
        DATA / "inventory/portal-quadrats",
        second_road_grass.portal,
    ),
    **{
        f"baad-{study}": Dataset(
            "biomass-data", "baad", DATA / "inventory/baad" / study, second_road.biomass
        )
        for study in STUDIES
    },
}


@cache
def assessed(name: str) -> Assessment:
    dataset = DATASETS[name]
    pack = load_pack(str(RULES / dataset.pack))
    mapping = RULES / dataset.pack / "mappings" / f"{dataset.mapping}.yaml"
    (dossier,) = read_collection(dataset.path, mapping, pack)
    return assess(dossier, pack)


def said(assessment: Assessment) -> dict[tuple[str, str], str]:
    """What the engine says, by rule and row."""
    return {
        (requirement.id, finding.subject or ""): finding.message["en"]
        for requirement in assessment.requirements
        for finding in requirement.findings
    }


def listed(name: str) -> list[dict[str, str]]:
    with open(FINDINGS / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str) -> None:
    what, why = said(assessed(name)), DATASETS[name].second(DATASETS[name].path)
    with open(FINDINGS / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "row", "what", "why"))
        for rule, row in what:
            writer.writerow((rule, row, what[rule, row], why.get((rule, row), "")))


@pytest.mark.parametrize("name", DATASETS)
def test_the_rules_find_the_rows_that_are_listed_and_no_others(name: str) -> None:
    if REWRITE:
        write(name)
    rows = {(row["rule"], row["row"]): row["what"] for row in listed(name)}
    assert len(rows) == len(listed(name))
    assert said(assessed(name)) == rows


@pytest.mark.parametrize("name", DATASETS)
def test_a_second_road_finds_the_same_rows_and_says_why(name: str) -> None:
    dataset = DATASETS[name]
    rows = {(row["rule"], row["row"]): row["why"] for row in listed(name)}
    assert dataset.second(dataset.path) == rows


@pytest.mark.parametrize("name", DATASETS)
def test_every_rule_comes_to_a_verdict_and_every_file_is_read(name: str) -> None:
    assessment = assessed(name)
    settled = {"conforms", "nonconforming", "not applicable"}
    assert {r.id: r.verdict for r in assessment.requirements if r.verdict not in settled} == {}
    assert [p.message["en"] for p in assessment.problems if p.severity != "note"] == []


@pytest.mark.parametrize("pack", PACKS)
def test_a_pack_has_no_diagnostics(pack: str) -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(RULES / pack))] == []


def test_only_the_stated_inconsistencies_stand_in_the_vm0033_slice() -> None:
    found = said(assessed("vm0033-abc-senegal"))
    assert {rule for rule, _ in found} == {
        "VM-B-TREE",
        "VM-DELTA-B",
        "VM-C-TREE",
        "VM-TREE-CO2",
        "VM-BIOMASS",
    }
    assert "106245.97" in found["VM-B-TREE", "2"] and "106247.9976" in found["VM-B-TREE", "2"]


@pytest.mark.parametrize("name", ["spain-ifn-barcelona", "france-ffi-loire", "usa-fia-alaska"])
def test_the_sums_of_every_plot_are_those_of_the_second_road(name: str, tmp_path: Path) -> None:
    """With bounds below nothing every plot is told of, with its sums."""
    bounds = (RULES / "tree-inventory/lookups/bounds.csv").read_text(encoding="utf-8")
    header, *rows = list(csv.reader(bounds.splitlines()))
    for row in rows:
        row[header.index("basal")] = row[header.index("stems")] = "-1"
    with open(tmp_path / "bounds.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    dataset = DATASETS[name]
    pack = load_pack(str(RULES / "tree-inventory"), read_swaps(str(tmp_path)))
    mapping = RULES / "tree-inventory/mappings" / f"{dataset.mapping}.yaml"
    (dossier,) = read_collection(dataset.path, mapping, pack)
    found = said(assess(dossier, pack, select=("INV-BASAL", "INV-STEMS")))
    plots = second_road.table(dataset.path / "plots.csv")
    made = second_road_trees.plot_sums(name, dataset.path)
    assert len(found) == 2 * len(plots)
    for plot in plots:
        area, stems = made[plot["id_unique_code"], plot["year"]]
        for rule, value, half in (("INV-BASAL", area, "0.0051"), ("INV-STEMS", stems, "0.051")):
            told = found[rule, plot["#"]].rpartition("add up to ")[2].split()[0]
            assert abs(Decimal(told) - value) <= Decimal(half), (rule, plot)
    assert sum(stems for _, stems in made.values()) > 0


@pytest.mark.parametrize("study", ["Wang1995", "Wang1996"])
def test_components_that_are_weighed_apart_are_added_up(study: str) -> None:
    (requirement,) = (r for r in assessed(f"baad-{study}").requirements if r.id == "BIO-COMPONENTS")
    assert requirement.verdict == "conforms"
    assert requirement.counts["conforms"] >= 50
