"""Spark comes to what DuckDB comes to, of every rule in every row."""

from __future__ import annotations

import os
from collections.abc import Iterator
from decimal import localcontext
from pathlib import Path
from typing import Any

import pytest
from tests.roads.generating import AS_OF, Case, generated

from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.quantities import CONTEXT
from guiju.sieve import Sieve, sieve_of
from guiju.spark import Spark, session_of
from guiju.spark.sources import column_of, viewed
from guiju.tables import TablesEvaluator, tables_evaluator
from guiju.tables.query import Relation
from guiju.tables.sift import Sifted, sift, sift_on

SEEDS = int(os.environ.get("GUIJU_SPARK_SEEDS", "3"))
"""How many generated packs are gone through: `make bench-spark` asks for more."""


@pytest.fixture
def spark(session: Any) -> Iterator[Spark]:
    with Spark(session_of(session)) as made:
        yield made


Kept = dict[int, tuple[Any, ...]]


def told(found: list[Sifted] | tuple[Sifted, ...]) -> list[Any]:
    """What came of each rule, but for how it is kept."""
    return [
        (
            one.sieve.rule.id,
            one.rows,
            one.fails,
            one.open,
            one.apart,
            one.passed_over,
            sorted((c.signature, c.rows, c.first) for c in one.classes),
        )
        for one in found
    ]


def shown(found: list[Sifted] | tuple[Sifted, ...]) -> str:
    """The columns of the kept rows that say how each rule came out, and of what class it is."""
    columns = [f"CAST({s.state()} AS INT), {s.signature}" for s in found]
    return f"SELECT rid, {', '.join(columns)} FROM"


def on_duckdb(
    evaluator: TablesEvaluator, sieves: list[Sieve], table: str
) -> tuple[list[Sifted], Kept]:
    found = sift(evaluator.connection, sieves, evaluator.relations, table, "kept_here")
    rows = evaluator.connection.execute(f"{shown(found)} kept_here").fetchall()
    return found, {row[0]: row[1:] for row in rows}


def on_spark(
    spark: Spark, relations: dict[str, Relation], sieves: list[Sieve], table: str
) -> tuple[list[Sifted], Kept]:
    found = sift_on(spark, sieves, relations, table, "kept_there")
    rows = spark.rows(f"{shown(found)} kept_there")
    spark.let_go("kept_there")
    return found, {row[0]: tuple(row[1:]) for row in rows}


def moved(evaluator: TablesEvaluator, spark: Spark, folder: Path) -> dict[str, Relation]:
    """The tables of a dossier as Spark reads them, from Parquet that DuckDB wrote."""
    found = {}
    for name, relation in evaluator.relations.items():
        file = folder / f"{relation.source}.parquet"
        listed = [f'{column} AS "{field}"' for field, column in relation.columns.items()]
        evaluator.connection.execute(
            f"COPY (SELECT {', '.join(listed)} FROM {relation.source} ORDER BY rid)"
            f" TO '{file}' (FORMAT parquet)"
        )
        columns = {field: column_of(field) for field in relation.columns}
        rows = viewed(
            spark,
            str(file),
            relation.source,
            lambda _, columns=columns: [(f, "{}", c) for f, c in columns.items()],
        )
        assert rows == relation.rows
        found[name] = relation._replace(columns=columns)
    return found


def sieves_of(evaluator: TablesEvaluator, table: str) -> list[Sieve]:
    found = [sieve_of(evaluator.lowering, r) for r in evaluator.run.pack.rules if r.table == table]
    return [sieve for sieve in found if sieve is not None and sieve.says_something]


def compared(case: Case, number: int, spark: Spark, folder: Path) -> int:
    """Compares a dossier of a case, and says how many rows of rules that were."""
    run = Run(case.plan, case.dossier(number), AS_OF)
    evaluator = tables_evaluator(run, Wording(run), brief=True)
    rows = 0
    with localcontext(CONTEXT):
        relations = moved(evaluator, spark, folder)
        for table in evaluator.relations:
            sieves = sieves_of(evaluator, table)
            if not sieves or not evaluator.relations[table].rows:
                continue
            here, here_kept = on_duckdb(evaluator, sieves, table)
            there, there_kept = on_spark(spark, relations, sieves, table)
            texts = "\n".join(case.rule_text(sieve.rule.id) for sieve in sieves)
            assert told(there) == told(here), texts
            assert there_kept == here_kept, texts
            rows += len(sieves) * evaluator.relations[table].rows
    return rows


@pytest.mark.parametrize("seed", range(SEEDS))
def test_generated_tables_come_to_the_same(seed: int, spark: Spark, tmp_path: Path) -> None:
    case = generated(3_000 + seed)
    # A pack has six dossiers; two of them with the most rows have what there is to find.
    sizes = [sum(map(len, given.tables.values())) for given in case.given]
    for number in sorted(range(len(sizes)), key=lambda n: -sizes[n])[:2]:
        compared(case, number, spark, tmp_path)
