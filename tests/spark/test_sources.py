"""Parquet files as Spark reads them are those DuckDB reads: rows, values and what is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guiju.compiler import compile_texts
from guiju.spark import SparkTables, session_of
from guiju.spark.sql import text_literal
from guiju.tables import check_tables
from guiju.tables.parquet import UnfitColumn

pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'guiju[spark]'")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java, and there is none here", allow_module_level=True)

MANIFEST = """
id = "small"
edition = "1"
language = "en"
languages = ["en"]
title = { en = "A pack", zh = "规则包" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "整改要求", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
FAR = { en = "Forward action request", zh = "进一步行动要求", weight = 1 }
"""
TEXTS = {
    "1.gj": """
table trees "Trees"
  key tree
  tree "Tree" : integer
  kind "Kind" : text
  size "Size" : number

rule A "Kind"
  cite  "a"
  basis verified
  for   each tree in trees
  must  tree.kind = "o'ak"
  else  CAR "Kind."

rule B "Size"
  cite  "b"
  basis verified
  for   each tree in trees
  must  tree.size <= 0.1
  else  CAR "Size."
""",
}


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.master("local[2]").appName("guiju tests")
    builder = builder.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR")
    whole = builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    yield whole
    whole.stop()


def write(file: Path, rows: str, size: str = "DOUBLE") -> None:
    import duckdb

    connection = duckdb.connect()
    connection.execute(
        f"COPY (SELECT a::INTEGER AS tree, b AS kind, c::{size} AS size FROM (VALUES {rows}) t(a, b, c))"
        f" TO '{file}' (FORMAT parquet)"
    )
    connection.close()


FIRST = "(1, 'o''ak', 0.1), (2, ' o''ak ', 0.10000001), (3, NULL, NULL), (4, '', 'NaN'::DOUBLE)"
SECOND = "(5, 'elm', 0.5), (6, 'o''ak', 1e-44), (7, 'x', '-inf'::DOUBLE)"


def test_a_file_comes_to_what_duckdb_makes_of_it(session: Any, tmp_path: Path) -> None:
    pack = compile_texts(TEXTS, MANIFEST)
    file = tmp_path / "trees.parquet"
    write(file, f"{FIRST}, {SECOND}")
    right = check_tables(pack, {"trees": file}).counts
    found = SparkTables(session, pack, {"trees": str(file)}).sift("trees")
    assert found is not None
    for one in found.sifted:
        counts = right[one.sieve.rule.id]
        assert one.fails == counts["nonconforming"]
        assert one.conforms == counts["conforms"]
        assert one.open == counts["undetermined"]


def test_rows_go_on_counting_from_file_to_file(session: Any, tmp_path: Path) -> None:
    pack = compile_texts(TEXTS, MANIFEST)
    folder = tmp_path / "trees"
    folder.mkdir()
    write(folder / "part-1.parquet", FIRST)
    write(folder / "part-2.parquet", SECOND)
    out = str(tmp_path / "kept")
    found = SparkTables(session, pack, {"trees": str(folder)}).sift("trees", out)
    assert found is not None
    state = next(one.state() for one in found.sifted if one.sieve.rule.id == "A")
    failing = found.kept.selectExpr("rid", f"{state} AS state").where("state = 1").collect()
    assert sorted(row["rid"] for row in failing) == [4, 6]
    assert session.read.parquet(out).count() == found.kept.count()


def test_numbers_of_32_bits_are_refused(session: Any, tmp_path: Path) -> None:
    file = tmp_path / "trees.parquet"
    write(file, FIRST, "FLOAT")
    with pytest.raises(UnfitColumn, match=r"size.*float"):
        SparkTables(session, compile_texts(TEXTS, MANIFEST), {"trees": str(file)})


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "o'ak",
        "a\\'b",
        "${env:HOME}",
        "a\nb",
        "林木",
        "\x00",
        "--",
        "a -- b",
        "",
        "' OR 1=1",
    ],
)
def test_a_text_is_what_it_was(session: Any, text: str) -> None:
    (row,) = session_of(session).sql(f"SELECT {text_literal(text)} AS said").collect()
    assert row["said"] == text
