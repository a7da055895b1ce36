"""What is read of the tables where the reference evaluator is asked about some of their rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from tests.tables.test_bulk import PACK, rows, written

from guiju.compiler import load_pack
from guiju.plan.nodes import PackPlan
from guiju.sieve.looks import fields_of
from guiju.tables import check_tables, slices


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(f"{PACK}/")


def test_the_columns_that_a_rule_names_are_read_and_those_of_keys(pack: PackPlan) -> None:
    rules = {rule.id: rule for rule in pack.rules}
    keys = {"trees": {"plot", "tree"}, "species": {"code"}, "plots": {"plot"}}
    assert fields_of(pack, [rules["T01"]]) == {**keys, "trees": {"plot", "tree", "dbh"}}
    named = fields_of(pack, [rules["T07"]])
    assert named["species"] == {"code", "a", "b", "wd"}
    assert named["trees"] == {*keys["trees"], "species", "dbh", "height", "status", "claimed"}
    assert fields_of(pack, [rules["T12"]])["trees"] == {"plot", "tree", "claimed"}


@pytest.mark.parametrize("few", [0, slices.FEW])
def test_a_rule_is_told_as_if_it_were_alone(
    pack: PackPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(slices, "FEW", few)
    files = written(tmp_path, rows(11, 200))
    found = check_tables(pack, files, told=4)
    assert len(found.told) == len(pack.rules)
    for rule in pack.rules:
        alone = check_tables(pack._replace(rules=(rule,)), files, told=4)
        assert alone.told[rule.id] == found.told[rule.id]
        assert alone.counts[rule.id] == found.counts[rule.id]


@pytest.mark.parametrize("type_", ["SMALLINT", "UINTEGER", "BIGINT", "DECIMAL(12, 2)"])
def test_rows_are_found_whatever_the_type_of_the_column_they_are_found_by(
    pack: PackPlan, tmp_path: Path, type_: str
) -> None:
    files = written(tmp_path, rows(12, 200))
    right = check_tables(pack, files, told=4)
    recast(files["trees"], type_)
    found = check_tables(pack, files, told=4)
    assert (found.counts, found.told) == (right.counts, right.told)
    recast(files["plots"], type_)
    found = check_tables(pack, files, told=4)
    assert (found.counts, found.told) == (right.counts, right.told)


def test_whole_numbers_that_binary64_cannot_hold_are_told_as_they_are_read(
    pack: PackPlan, tmp_path: Path
) -> None:
    """Two plots whose numbers are one in binary64 are looked for together."""
    files = written(tmp_path, rows(13, 60))
    recast(files["trees"], "BIGINT", 2**53)
    recast(files["plots"], "BIGINT", 2**53)
    found = check_tables(pack, files, told=100)
    recast(files["trees"], "DOUBLE")
    recast(files["plots"], "DOUBLE")
    right = check_tables(pack, files, told=100)
    assert (found.counts, found.told) == (right.counts, right.told)


def recast(file: Path, type_: str, more: int = 0) -> None:
    """Writes a file anew with its plots in another type, and `more` added to their numbers."""
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE t AS SELECT * FROM '{file}'")
    connection.execute(
        f"COPY (SELECT * REPLACE (CAST(CAST(plot AS HUGEINT) + {more} AS {type_}) AS plot) FROM t)"
        f" TO '{file}' (FORMAT parquet)"
    )
