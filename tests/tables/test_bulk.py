"""Rules over Parquet files: counts by verdict, and every row that does not conform."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from tests.roads.values import dossier

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.plan.nodes import PackPlan
from guiju.tables import bulk, check_tables, sift
from guiju.tables.parquet import UnfitColumn
from guiju.verdicts import Derivation, Finding

PACK = Path(__file__).parents[2] / "benchmarks" / "w2"
SPECIES = [("SP1", 0.05, 0.95, 0.5), ("SP2", 0.06, 0.97, 0.6)]
TYPES = {
    "trees": "plot INTEGER, tree INTEGER, species VARCHAR, dbh DOUBLE, height DOUBLE,"
    " year SMALLINT, status VARCHAR, claimed DOUBLE",
    "species": "code VARCHAR, a DOUBLE, b DOUBLE, wd DOUBLE",
    "plots": "plot INTEGER, n_trees INTEGER, biomass_kg DOUBLE",
}


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(f"{PACK}/")


def rows(seed: int, trees: int) -> dict[str, list[dict[str, Any]]]:
    """Trees with some of everything wrong, and with cells that are missing."""
    chance = Random(seed)
    found: dict[str, list[dict[str, Any]]] = {"trees": [], "plots": []}
    found["species"] = [dict(zip(("code", "a", "b", "wd"), s, strict=True)) for s in SPECIES]
    for number in range(trees):
        code, a, b, wd = chance.choice(SPECIES)
        dbh, height = round(chance.uniform(1, 60), 1), round(chance.uniform(1.3, 40), 1)
        claimed = round(a * (wd * dbh * dbh * height) ** b * chance.uniform(0.92, 1.08), 3)
        tree = {
            "plot": number // 5 if chance.random() < 0.95 else 999,
            "tree": number % 5 if chance.random() < 0.95 else 0,
            "species": code if chance.random() < 0.95 else "??",
            "dbh": dbh if chance.random() < 0.95 else 900.0,
            "height": height,
            "year": chance.choice((2014, 2015, 2020, 2026)),
            "status": chance.choice(("alive", "alive", "dead", "zombie")),
            "claimed": claimed if chance.random() < 0.8 else 0.0,
        }
        for field in ("species", "dbh", "height", "status", "claimed"):
            if chance.random() < 0.06:
                tree[field] = None
        found["trees"].append(tree)
    for plot in range(trees // 5):
        own = [t for t in found["trees"] if t["plot"] == plot]
        mass = round(sum(t["claimed"] or 0 for t in own) * chance.uniform(0.985, 1.015), 2)
        found["plots"].append(
            {"plot": plot, "n_trees": len(own) + (chance.random() < 0.1), "biomass_kg": mass}
        )
    return found


def written(folder: Path, tables: dict[str, list[dict[str, Any]]]) -> dict[str, Path]:
    """The tables as Parquet files."""
    files: dict[str, Path] = {}
    connection = duckdb.connect()
    for name, given in tables.items():
        connection.execute(f"CREATE OR REPLACE TABLE t ({TYPES[name]})")
        for row in given:
            marks = ", ".join("?" for _ in row)
            connection.execute(f"INSERT INTO t VALUES ({marks})", list(row.values()))
        files[name] = folder / f"{name}.parquet"
        connection.execute(f"COPY t TO '{files[name]}' (FORMAT parquet)")
    return files


@pytest.mark.parametrize("at_once", [sift.MOST_RULES, 5])
@pytest.mark.parametrize("seed", range(3))
def test_counts_and_rows_are_those_of_the_reference(
    pack: PackPlan, tmp_path: Path, seed: int, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sift, "MOST_RULES", at_once)
    tables = rows(seed, 250)
    found = check_tables(pack, written(tmp_path, tables), tmp_path / "out")
    right = assess(dossier(pack, {}, tables), pack, as_of=date(2026, 1, 1), brief=True)
    assert found.left == ()
    told = duckdb.sql(f"SELECT * FROM '{tmp_path}/out/findings.parquet'").fetchall()
    for requirement in right.requirements:
        assert found.counts[requirement.id] == requirement.counts, requirement.id
        expected = {
            (finding.subject, finding.verdict, lacks_of(finding))
            for finding in requirement.findings
        }
        assert {
            (str(row), verdict, lacks or "")
            for rule, _, row, verdict, lacks in told
            if rule == requirement.id
        } == expected, requirement.id


def test_texts_with_blanks_are_those_without_and_empty_ones_are_missing(
    pack: PackPlan, tmp_path: Path
) -> None:
    tables = rows(7, 100)
    right = assess(dossier(pack, {}, tables), pack, as_of=date(2026, 1, 1), brief=True)
    found = check_tables(pack, written(tmp_path, tables))
    for tree in tables["trees"][::3]:
        tree["species"] = "" if tree["species"] is None else f" {tree['species']} "
    blank = check_tables(pack, written(tmp_path, tables))
    assert blank.counts == found.counts == {one.id: one.counts for one in right.requirements}


def test_cells_too_large_and_too_small_to_calculate_with_are_judged_as_by_the_reference(
    pack: PackPlan, tmp_path: Path
) -> None:
    cells = [
        (dbh, height, claimed)
        for dbh in (0.0, 1e-40, 1.0, 20.5, 1e31, None)
        for height in (0.0, 1.3, 22.25, 1e31)
        for claimed in (0.0, 5.5, 1e31)
    ]
    rest = {"year": 2020, "status": "alive", "species": "SP1"}
    trees = [
        {"plot": at // 3, "tree": at % 3, "dbh": dbh, "height": height, "claimed": claimed, **rest}
        for at, (dbh, height, claimed) in enumerate(cells)
    ]
    order = ("plot", "tree", "species", "dbh", "height", "year", "status", "claimed")
    tables: dict[str, list[dict[str, Any]]] = {
        "trees": [{field: tree[field] for field in order} for tree in trees],
        "species": rows(1, 0)["species"],
        "plots": [{"plot": at, "n_trees": 3, "biomass_kg": 5.5} for at in range(len(trees) // 3)],
    }
    found = check_tables(pack, written(tmp_path, tables))
    right = assess(dossier(pack, {}, tables), pack, as_of=date(2026, 1, 1), brief=True)
    assert found.counts == {one.id: one.counts for one in right.requirements}


def test_the_first_findings_are_told_as_the_reference_tells_them(
    pack: PackPlan, tmp_path: Path
) -> None:
    tables = rows(4, 150)
    found = check_tables(pack, written(tmp_path, tables), told=3)
    same = dossier(pack, {}, {name: list(map(shortest, given)) for name, given in tables.items()})
    for name, data in same.tables.items():
        data.keys = [
            "/".join(str(row[part]) for part in pack.tables[name].key) for row in tables[name]
        ]
    right = assess(same, pack, as_of=date(2026, 1, 1))
    raised = {one.id: one.findings[:3] for one in right.requirements if one.findings}
    assert found.told.keys() == raised.keys()
    for rule, findings in raised.items():
        table = next(one.table for one in pack.rules if one.id == rule)
        for one, finding in zip(found.told[rule], findings, strict=True):
            assert finding_of(one.finding) == finding_of(finding), rule
            assert same.tables[table or ""].keys[one.row] == finding.subject


def shortest(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose whole numbers have no decimals, as a file of binary64 has them."""
    whole = {k: int(v) for k, v in row.items() if isinstance(v, float) and v.is_integer()}
    return {**row, **whole}


def test_findings_over_facts_are_told_with_their_dossier(tmp_path: Path) -> None:
    plan = load_pack(f"{PACK.parent / 'w1'}/")
    facts = plan.groups["project"].fields
    kinds = {"text": "VARCHAR", "one of": "VARCHAR", "yes/no": "BOOLEAN", "date": "DATE"}
    listed = ", ".join(
        f"NULL::{kinds.get(one.type.kind, 'DOUBLE')} AS {name}" for name, one in facts.items()
    )
    duckdb.sql(f"COPY (SELECT {listed} FROM range(3)) TO '{tmp_path}/f.parquet' (FORMAT parquet)")
    found = check_tables(plan, {"project": tmp_path / "f.parquet"}, told=2)
    first = plan.rules[0].id
    assert [one.row for one in found.told[first]] == [0, 1]
    for one in found.told[first]:
        assert one.finding.verdict == "undetermined"
        assert one.finding.missing and one.finding.derivation is not None


def finding_of(finding: Finding) -> tuple[Any, ...]:
    """What a finding says, without where its values stand."""
    derivation = None if finding.derivation is None else said_of(finding.derivation)
    return finding.verdict, finding.grade, finding.message, finding.subject, derivation


def said_of(step: Derivation) -> tuple[Any, ...]:
    """The words and values of a derivation."""
    return step.words, step.value, step.unit, step.rows, [said_of(part) for part in step.parts]


def lacks_of(finding: Any) -> str:
    """What a finding lacks, by table and column."""
    names = set()
    for missing in finding.missing:
        table, _, field = missing.name.partition("].")
        names.add(
            f"{table.partition('[')[0]}.{field}"
            if field
            else f"{missing.kind} {table.partition('[')[0]}"
        )
    return ", ".join(sorted(names))


def test_a_column_of_another_type_is_read_as_that_of_a_dossier(
    pack: PackPlan, tmp_path: Path
) -> None:
    files = written(tmp_path, rows(1, 200))
    other = tmp_path / "other.parquet"
    duckdb.sql(
        "COPY (SELECT * REPLACE (CASE WHEN tree = 3 THEN 'thick' ELSE dbh::VARCHAR END AS dbh)"
        f" FROM '{files['trees']}') TO '{other}' (FORMAT parquet)"
    )
    duckdb.sql(
        "COPY (SELECT * REPLACE (CASE WHEN tree = 3 THEN NULL ELSE dbh END AS dbh)"
        f" FROM '{files['trees']}') TO '{tmp_path}/gaps.parquet' (FORMAT parquet)"
    )
    odd = check_tables(pack, {**files, "trees": other}, tmp_path / "odd")
    plain = check_tables(pack, {**files, "trees": tmp_path / "gaps.parquet"}, tmp_path / "plain")
    assert odd.counts == plain.counts
    found = [
        duckdb.sql(f"FROM '{tmp_path}/{name}/findings.parquet' ORDER BY ALL").fetchall()
        for name in ("odd", "plain")
    ]
    assert found[0] == found[1]
    assert not plain.problems
    assert {one.origin.file for one in odd.problems if one.origin is not None} == {other.name}
    assert any("thick" in one.message["en"] for one in odd.problems)


def test_tables_of_arrow_come_to_what_their_files_come_to(pack: PackPlan, tmp_path: Path) -> None:
    files = written(tmp_path, rows(2, 200))
    arrow = {name: pq.read_table(file) for name, file in files.items()}
    whole, mixed = check_tables(pack, arrow), check_tables(pack, {**files, "trees": arrow["trees"]})
    assert whole.counts == mixed.counts == check_tables(pack, files).counts
    # Only the rows whose key stands twice are told.
    assert {one.code for one in whole.problems} == {"row-twice"}


def test_files_are_read_through_links_that_lead_elsewhere(pack: PackPlan, tmp_path: Path) -> None:
    files = written(tmp_path, rows(2, 100))
    (tmp_path / "links").mkdir()
    links = {name: tmp_path / "links" / f"{name}.parquet" for name in files}
    for name, link in links.items():
        link.symlink_to(files[name].rename(tmp_path / f"blob-{name}"))
    found = check_tables(pack, links, tmp_path / "out", told=1)
    straight = {name: tmp_path / f"blob-{name}" for name in files}
    assert found.counts == check_tables(pack, straight).counts
    told = next(iter(found.told.values()))[0].finding
    # The file goes by the name that it was given by.
    assert told.origin is not None and told.origin.file == "trees.parquet"


def test_a_table_too_large_to_be_gone_over_is_said_to_be(
    pack: PackPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = rows(3, 60)
    # Without its plot a tree may stand in any.
    tables["trees"][7]["plot"] = None
    files = written(tmp_path, tables)
    check_tables(pack, files)
    monkeypatch.setattr(bulk, "MOST_WHOLE", 59)
    with pytest.raises(bulk.TooLarge, match="trees: 60 > 59") as large:
        check_tables(pack, files)
    told = large.value.problem
    assert told.message["en"].startswith("the table `trees` has 60 rows, ")
    assert told.message["zh"] == "表 `trees` 有 60 行，须通览全表的规则至多处理 59 行"
    assert all(told.mend[lang] for lang in ("en", "zh"))


def test_a_column_that_is_gone_is_refused_with_its_name(pack: PackPlan, tmp_path: Path) -> None:
    files = written(tmp_path, rows(1, 20))
    duckdb.sql(
        f"COPY (SELECT * EXCLUDE (height) FROM '{files['trees']}')"
        f" TO '{tmp_path}/other.parquet' (FORMAT parquet)"
    )
    with pytest.raises(UnfitColumn, match="height"):
        check_tables(pack, {**files, "trees": tmp_path / "other.parquet"})


def test_findings_are_whole_or_not_there(pack: PackPlan, tmp_path: Path) -> None:
    files = written(tmp_path, rows(1, 20))
    check_tables(pack, files, tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["findings.parquet"]
