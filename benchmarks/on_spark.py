"""W2 on Apache Spark beside DuckDB: the same counts by rule, and how long each takes.

python benchmarks/on_spark.py [ROWS] [MASTER]    a million rows on local[2] unless said
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import reference

import data

Counts = dict[str, tuple[int, int, int]]


def on_duckdb(files: data.TreeFiles) -> Counts:
    """How many rows of each rule conform, fail, and are left open, by DuckDB."""
    import duckdb

    from guiju.sieve import Lowering, sieve_of
    from guiju.tables.parquet import parquet_source
    from guiju.tables.sift import sift

    pack = reference.pack("w2")
    connection = duckdb.connect()
    sources = {
        name: parquet_source(connection, pack.tables[name], path, f"table_{name}")
        for name, path in files.relations.items()
    }
    relations = {name: source.relation for name, source in sources.items()}
    lowering = Lowering(
        pack,
        lambda table, field: sources[table].columns.get(field),
        rows_of=lambda table: relations[table].rows,
    )
    found: Counts = {}
    for table in relations:
        sieves = [sieve_of(lowering, rule) for rule in pack.rules if rule.table == table]
        asked = [sieve for sieve in sieves if sieve is not None]
        if asked:
            found |= _counts(sift(connection, asked, relations, table, f"kept_{table}"))
    return found


def on_spark(session: Any, files: data.TreeFiles, out: Path) -> Counts:
    """The same by Spark, with the rows to look at written to a folder."""
    from guiju.spark import SparkTables

    paths = {name: str(path) for name, path in files.relations.items()}
    tables = SparkTables(session, reference.pack("w2"), paths)
    found: Counts = {}
    for table in paths:
        sifted = tables.sift(table, str(out / table))
        if sifted is not None:
            found |= _counts(sifted.sifted)
    return found


def _counts(sifted: Any) -> Counts:
    return {one.sieve.rule.id: (one.conforms, one.fails, one.open) for one in sifted}


def main(rows: int, master: str) -> None:
    """Prints the seconds of each, twice: the first time with what starting costs."""
    from guiju.spark import session_of

    files = data.write_trees(data.FOLDER, rows)
    at = perf_counter()
    session = session_of(master)
    session.sparkContext.setLogLevel("ERROR")
    print(f"Spark on {master}, start: {perf_counter() - at:.1f} s")
    for _ in range(2):
        at = perf_counter()
        right = on_duckdb(files)
        here = perf_counter() - at
        at = perf_counter()
        found = on_spark(session, files, data.FOLDER.parent / "w2-spark")
        print(f"{rows:,} trees: DuckDB {here:.2f} s, Spark {perf_counter() - at:.2f} s")
        assert found == right, (found, right)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        sys.argv[2] if len(sys.argv) > 2 else "local[2]",
    )
