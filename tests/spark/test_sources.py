"""Parquet files as Spark reads them are those DuckDB reads: rows, values and what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guiju.compiler import compile_texts
from guiju.spark import SparkProblem, session_of
from guiju.spark import check_tables as spark_tables
from guiju.spark.sql import text_literal
from guiju.tables import BulkResult, check_tables
from guiju.tables.parquet import UnfitColumn

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
FACTS = {
    "1.gj": """
facts project "Project"
  size "Size" : number

rule A "Size"
  cite  "a"
  basis verified
  must  project.size <= 0.1
  else  CAR "Size."
"""
}


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


Result = tuple[BulkResult, list[Any]]


def asked(result: BulkResult, out: Path) -> Result:
    import duckdb

    connection = duckdb.connect()
    file = out / "findings.parquet"
    rows = connection.execute(f"SELECT * FROM '{file}' ORDER BY rule, row").fetchall()
    connection.close()
    return result, rows


def test_a_file_comes_to_what_duckdb_makes_of_it(session: Any, tmp_path: Path) -> None:
    pack = compile_texts(TEXTS, MANIFEST)
    file, here, there = tmp_path / "trees.parquet", tmp_path / "here", tmp_path / "there"
    write(file, f"{FIRST}, {SECOND}")
    right = asked(check_tables(pack, {"trees": file}, here, told=2), here)
    found = asked(spark_tables(session, pack, {"trees": str(file)}, there, told=2), there)
    assert found == right
    assert right[0].counts["B"] == {"conforms": 2, "nonconforming": 2, "undetermined": 3}
    assert len(right[0].told["A"]) == 2


def test_what_is_looked_at_may_come_through_a_folder_that_is_shared(
    session: Any, tmp_path: Path
) -> None:
    pack = compile_texts(TEXTS, MANIFEST)
    file, shared = tmp_path / "trees.parquet", tmp_path / "shared"
    write(file, FIRST)
    shared.mkdir()
    files = {"trees": str(file)}
    right = check_tables(pack, {"trees": file})
    assert spark_tables(session, pack, files, shared=shared.as_uri()) == right
    assert not list(shared.iterdir())


def test_rows_go_on_counting_from_file_to_file(session: Any, tmp_path: Path) -> None:
    pack = compile_texts(TEXTS, MANIFEST)
    folder, whole = tmp_path / "trees", tmp_path / "whole.parquet"
    folder.mkdir()
    write(folder / "part 1.parquet", FIRST)
    write(folder / "part 2.parquet", SECOND)
    write(whole, f"{FIRST}, {SECOND}")
    right = asked(check_tables(pack, {"trees": whole}, tmp_path / "a"), tmp_path / "a")
    found = spark_tables(session, pack, {"trees": str(folder)}, tmp_path / "b")
    assert asked(found, tmp_path / "b") == right


def test_facts_of_many_dossiers_come_to_what_duckdb_makes_of_them(
    session: Any, tmp_path: Path
) -> None:
    pack = compile_texts(FACTS, MANIFEST)
    file = tmp_path / "projects.parquet"
    write(file, f"{FIRST}, {SECOND}")
    right = check_tables(pack, {"project": file})
    assert right.counts["A"] == {"conforms": 2, "nonconforming": 2, "undetermined": 3}
    assert spark_tables(session, pack, {"project": str(file)}) == right


def test_numbers_of_32_bits_are_refused(session: Any, tmp_path: Path) -> None:
    file = tmp_path / "trees.parquet"
    write(file, FIRST, "FLOAT")
    with pytest.raises(UnfitColumn, match=r"size.*float") as refused:
        spark_tables(session, compile_texts(TEXTS, MANIFEST), {"trees": str(file)})
    assert "DOUBLE" in refused.value.problem.mend["zh"]


def test_a_column_that_is_missing_is_named(session: Any, tmp_path: Path) -> None:
    import duckdb

    file = tmp_path / "trees.parquet"
    duckdb.sql(f"COPY (SELECT 1 AS tree, 'x' AS kind) TO '{file}' (FORMAT parquet)")
    with pytest.raises(UnfitColumn, match="size"):
        spark_tables(session, compile_texts(TEXTS, MANIFEST), {"trees": str(file)})


def test_a_file_that_is_none_is_said_to_be_the_matter(session: Any, tmp_path: Path) -> None:
    file = tmp_path / "trees.parquet"
    file.write_text("no Parquet")
    pack = compile_texts(TEXTS, MANIFEST)
    with pytest.raises(SparkProblem, match=r"trees\.parquet"):
        spark_tables(session, pack, {"trees": str(file)})
    with pytest.raises(SparkProblem, match=r"missing\.parquet"):
        spark_tables(session, pack, {"trees": str(tmp_path / "missing.parquet")})


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
