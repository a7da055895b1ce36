"""The data of the workloads W1 and W2, made from seeds.

The distributions, sizes and shares of mistakes are those that peers and prototypes were first
timed with, so that figures can be compared. W1 is dossiers as objects: 45 facts each, of which
one in twenty-five is missing, dates as days since 1970-01-01 because not every peer has dates.
W2 is a table of trees in plots of forty, with a table of species and one of plots, and a few
mistakes for every one of its rules.

    python benchmarks/data.py ROWS    writes both under build/bench/data
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy
import yaml

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench" / "data"
DOSSIERS = 20_000
TREES = 10_000_000
PER_PLOT = 40
ROW_GROUP = 1_000_000
MISSING = 0.04

NUMBERS = [
    "area_ha",
    "parcels_n",
    "baseline_stock",
    "project_stock",
    "leakage",
    "buffer_pct",
    "claimed_er",
    "crediting_years",
    "uncertainty_pct",
    "deduction_pct",
    "survival_rate",
    "tree_density",
    "mean_dbh",
    "mean_height",
    "carbon_fraction",
    "root_shoot",
    "gwp_ch4",
    "price",
    "fert_n",
    "distance_km",
    "trips_n",
    "risk_score",
    "main_share",
    "species_n",
]
DATES = [
    "start_date",
    "submission_date",
    "valid_from",
    "valid_to",
    "planting_date",
    "monitoring_date",
    "land_title_date",
]
TEXTS = ["method", "country", "forest_type", "species_main", "verifier", "status", "land_class"]
TRUTHS = [
    "has_title",
    "has_consent",
    "is_natural_forest",
    "replanted",
    "audited",
    "double_counted",
    "sold",
]
FACTS = (*NUMBERS, *DATES, *TEXTS, *TRUTHS)

Columns = dict[str, Any]
Facts = dict[str, Any]


# --- W1: dossiers ----------------------------------------------------------------------


def dossier_columns(count: int = DOSSIERS, seed: int = 1) -> Columns:
    """The facts of so many dossiers by name; None where one is missing."""
    chance = numpy.random.Generator(numpy.random.PCG64(seed))

    def evenly(low: float, high: float, digits: int = 3) -> Any:
        return numpy.round(chance.uniform(low, high, count), digits)

    def whole(low: int, high: int) -> Any:
        return chance.integers(low, high, count)

    def one_of(*texts: str) -> Any:
        return chance.choice(numpy.array(texts, dtype=object), count)

    area = numpy.round(numpy.exp(chance.uniform(-3.2, 9, count)), 2)
    baseline = numpy.round(area * chance.uniform(5, 60, count), 2)
    stock = numpy.round(baseline + area * chance.uniform(10, 300, count), 2)
    leakage = numpy.round((stock - baseline) * chance.uniform(0, 0.45, count), 2)
    buffer = whole(8, 40)
    # One claim in ten is a tenth too high.
    rightly = (stock - baseline - leakage) * (1 - buffer / 100)
    claimed = numpy.round(rightly * numpy.where(chance.random(count) < 0.9, 1, 1.1), 2)
    start = whole(17_500, 20_000)
    submitted = start + whole(-50, 1_300)
    planted = start + whole(-400, 700)
    columns = {
        "area_ha": area,
        "parcels_n": whole(1, 300),
        "baseline_stock": baseline,
        "project_stock": stock,
        "leakage": leakage,
        "buffer_pct": buffer,
        "claimed_er": claimed,
        "crediting_years": whole(18, 62),
        "uncertainty_pct": evenly(0, 25),
        "deduction_pct": evenly(0, 20),
        "survival_rate": evenly(0.6, 1),
        "tree_density": whole(600, 2_500),
        "mean_dbh": evenly(1, 60, 1),
        "mean_height": evenly(1, 35, 1),
        "carbon_fraction": evenly(0.42, 0.56),
        "root_shoot": evenly(0.15, 0.5),
        "gwp_ch4": chance.choice(numpy.array([25.0, 27.9, 28.0]), count, p=[0.05, 0.45, 0.5]),
        "price": evenly(0, 80, 2),
        "fert_n": evenly(0, 80, 1),
        "distance_km": evenly(0, 500, 1),
        "trips_n": whole(0, 900),
        "risk_score": whole(0, 100),
        "main_share": evenly(0.3, 1),
        "species_n": whole(1, 9),
        "start_date": start,
        "submission_date": submitted,
        "valid_from": submitted - whole(-30, 900),
        "valid_to": submitted + whole(-30, 900),
        "planting_date": planted,
        "monitoring_date": planted + whole(300, 1_900),
        "land_title_date": start - whole(-100, 6_000),
        "method": one_of(
            "AR-ACM0003", "AR-AMS0007", "VM0047", "VM0042", "VM0044", "LBC-BOIS", "OLD-1"
        ),
        "country": one_of("FR", "CN", "BR", "KE", "ID", "VN", "PE", "GH", "XX"),
        "forest_type": one_of("broadleaf", "conifer", "mixed"),
        "species_main": one_of(
            *("QUEROB", "FAGSYL", "PINSYL", "CUNLAN", "TECGRA"),
            *("EUCURO", "ACAMAN", "PSEMEN", "PICABI"),
        ),
        "verifier": one_of(*(f"V{number:02}" for number in range(1, 10))),
        "status": one_of("submitted", "registered", "draft"),
        "land_class": one_of("cropland", "grassland", "degraded", "wetland", "urban"),
    }
    for name in TRUTHS:
        columns[name] = chance.random(count) < (0.05 if name == "double_counted" else 0.6)
    for name in FACTS:
        # From here on the values are Python's own: what a program has that read a file.
        column = numpy.array(columns[name].tolist(), dtype=object)
        column[chance.random(count) < MISSING] = None
        columns[name] = column
    return {name: columns[name] for name in FACTS}


def dossiers(count: int = DOSSIERS, seed: int = 1) -> list[Facts]:
    """The same as objects: a dictionary of all facts for each dossier."""
    columns = dossier_columns(count, seed)
    rows = zip(*(columns[name].tolist() for name in FACTS), strict=True)
    return [dict(zip(FACTS, row, strict=True)) for row in rows]


class DossierFiles(NamedTuple):
    parquet: Path
    ndjson: Path


def write_dossiers(folder: Path, count: int = DOSSIERS) -> DossierFiles:
    """The dossiers of W1 as one Parquet file and as one line of JSON each."""
    import pyarrow
    import pyarrow.parquet

    folder.mkdir(parents=True, exist_ok=True)
    files = DossierFiles(folder / f"dossiers_{count}.parquet", folder / f"dossiers_{count}.ndjson")
    kinds = {
        **dict.fromkeys(NUMBERS, pyarrow.float64()),
        **dict.fromkeys(DATES, pyarrow.int32()),
        **dict.fromkeys(TEXTS, pyarrow.string()),
        **dict.fromkeys(TRUTHS, pyarrow.bool_()),
    }
    arrays = {
        name: pyarrow.array(column.tolist(), type=kinds[name])
        for name, column in dossier_columns(count).items()
    }
    pyarrow.parquet.write_table(pyarrow.table(arrays), files.parquet)
    with files.ndjson.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(facts) + "\n" for facts in dossiers(count))
    return files


def write_dossier_folders(folder: Path, count: int) -> Path:
    """Small dossiers as folders, each with the facts of one of W1 and the forty rules to meet."""
    for number, facts in enumerate(dossiers(count, seed=5)):
        home = folder / f"d-{number:05}"
        home.mkdir(parents=True, exist_ok=True)
        told = {name: _told(value) for name, value in facts.items() if value is not None}
        whole = {
            "guiju": 1,
            "id": home.name,
            "title": f"Dossier {number}",
            "pack": "w1",
            "edition": "1",
            "stage": "validation",
            "submitted": "2026-05-12",
            "facts": {"project": told},
        }
        text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False)
        (home / "dossier.yaml").write_text(text, encoding="utf-8")
    return folder


def _told(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value


# --- W2: trees, species, plots ---------------------------------------------------------

SPECIES = tuple(f"SP{number:02}" for number in range(30))
STATUS = ("alive", "dead", "harvested", "zombie")


class TreeTables(NamedTuple):
    """Columns by name. Species and status are codes, -1 where they are missing; of numbers
    NaN is a missing one."""

    trees: Columns
    species: Columns
    plots: Columns


def tree_tables(rows: int = TREES, seed: int = 2) -> TreeTables:
    """Trees in plots of forty, stored by plot, with some mistakes for every rule."""
    chance = numpy.random.Generator(numpy.random.PCG64(seed))
    kinds = len(SPECIES)
    a = numpy.round(chance.uniform(0.04, 0.09, kinds), 5)
    b = numpy.round(chance.uniform(0.93, 1.0, kinds), 4)
    density = numpy.round(chance.uniform(0.35, 0.85, kinds), 3)

    def some(share: float) -> Any:
        return chance.random(rows) < share

    plots = max(rows // PER_PLOT, 1)
    at = numpy.arange(rows, dtype=numpy.int64)
    plot, tree = (at // PER_PLOT).astype(numpy.int32), (at % PER_PLOT).astype(numpy.int32)
    twice = chance.integers(0, rows, max(1, rows // 20_000))
    twice = twice[twice % PER_PLOT != 0]
    tree[twice] = tree[twice - 1]
    plot[chance.integers(0, rows, max(1, rows // 50_000))] = plots + 7

    species = chance.integers(0, kinds, rows).astype(numpy.int8)
    species[some(2e-4)] = kinds  # a code that the table of species has not
    species[some(5e-4)] = -1
    dbh = numpy.round(chance.gamma(3.0, 7.0, rows) + 1, 1)
    dbh[some(1e-4)] = 900.0
    dbh[some(5e-3)] = numpy.nan
    grown = 1 - numpy.exp(-numpy.nan_to_num(dbh, nan=20) / 25)
    height = numpy.round(1.3 + 30 * grown * chance.uniform(0.6, 1.3, rows), 1)
    height[some(1e-4)] = 0.4
    height[some(1e-2)] = numpy.nan
    year = chance.integers(2015, 2027, rows).astype(numpy.int16)
    year[some(1e-4)] = 1999
    status = chance.choice(numpy.array([0, 1, 2], numpy.int8), rows, p=[0.93, 0.05, 0.02])
    status[some(1e-4)] = 3
    status[some(1e-3)] = -1

    known = numpy.clip(species, 0, kinds - 1)
    biomass = a[known] * (density[known] * dbh * dbh * height) ** b[known]
    told = numpy.where(some(5e-4), 1.2, 1 + chance.uniform(-0.03, 0.03, rows))
    claimed = numpy.round(numpy.nan_to_num(biomass, nan=50.0) * told, 3)
    dead = status == 1
    claimed[dead] = 0.0
    claimed[numpy.flatnonzero(dead)[::5_000]] = 12.0
    claimed[some(2e-3)] = numpy.nan

    placed = plot < plots
    counted = numpy.bincount(plot[placed], minlength=plots).astype(numpy.int32)
    summed = numpy.bincount(plot[placed], numpy.nan_to_num(claimed[placed]), minlength=plots)
    few = max(1, plots // 2_000)
    counted[chance.integers(0, plots, few)] += 1
    summed = numpy.round(summed, 2)
    summed[chance.integers(0, plots, few)] *= 1.05
    return TreeTables(
        {
            "plot": plot,
            "tree": tree,
            "species": species,
            "dbh": dbh,
            "height": height,
            "year": year,
            "status": status,
            "claimed": claimed,
        },
        {"code": numpy.array(SPECIES, object), "a": a, "b": b, "wd": density},
        {
            "plot": numpy.arange(plots, dtype=numpy.int32),
            "n_trees": counted,
            "biomass_kg": summed,
        },
    )


class TreeFiles(NamedTuple):
    rows: int
    trees: Path
    species: Path
    plots: Path

    @property
    def relations(self) -> dict[str, Path]:
        """The files by the names of the tables of the pack."""
        return {"trees": self.trees, "species": self.species, "plots": self.plots}


def write_trees(folder: Path, rows: int = TREES, tables: TreeTables | None = None) -> TreeFiles:
    """The tables of W2, or others like them, as Parquet; files that stand there are kept."""
    import pyarrow
    import pyarrow.parquet

    folder.mkdir(parents=True, exist_ok=True)
    names = ("trees", "species", "plots")
    files = TreeFiles(rows, *(folder / f"{name}_{rows}.parquet" for name in names))
    if all(path.exists() for path in files.relations.values()):
        return files
    tables = tables or tree_tables(rows)

    def array(name: str, column: Any) -> Any:
        if name in ("dbh", "height", "claimed"):
            return pyarrow.array(column, mask=numpy.isnan(column))
        words = {"species": (*SPECIES, "??"), "status": STATUS}.get(name)
        if words is None:
            return pyarrow.array(column)
        codes = pyarrow.array(column, mask=column < 0)
        return pyarrow.DictionaryArray.from_arrays(codes, pyarrow.array(words)).cast("string")

    for path, columns in ((files.species, tables.species), (files.plots, tables.plots)):
        pyarrow.parquet.write_table(pyarrow.table(columns), path)
    trees = pyarrow.table({name: array(name, column) for name, column in tables.trees.items()})
    # Written last and under another name first: a run that was stopped leaves no half file.
    part = files.trees.with_suffix(".part")
    pyarrow.parquet.write_table(trees, part, row_group_size=ROW_GROUP, compression="zstd")
    part.replace(files.trees)
    return files


def tree_rows(tables: TreeTables) -> Iterator[tuple[str, list[Facts]]]:
    """The tables as lists of rows, with None for what is missing: for the smaller checks."""
    words = {"species": (*SPECIES, "??"), "status": STATUS}
    for name, columns in zip(("trees", "species", "plots"), tables, strict=True):
        lists = []
        for field, column in columns.items():
            values = column.tolist()
            if name == "trees" and field in words:
                values = [None if code < 0 else words[field][code] for code in values]
            lists.append([None if value != value else value for value in values])
        yield name, [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


if __name__ == "__main__":
    for path in (
        *write_dossiers(FOLDER),
        *write_trees(FOLDER, int(sys.argv[1]) if len(sys.argv) > 1 else TREES)[1:],
    ):
        print(f"{path}  {path.stat().st_size:,} bytes")
