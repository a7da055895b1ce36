"""W2 on Apache Spark beside DuckDB: the same counts and findings, and how long each takes.

python benchmarks/on_spark.py [ROWS] [MASTER]    a million rows on local[2] unless said

The first round on Spark has what starting costs; the seconds of the second are compared.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import reference

import data

ROUNDS = 2


def findings(folder: Path) -> tuple[int, int]:
    """How many findings a run wrote, and a sum of what they say that no order changes."""
    import duckdb

    file = folder / "findings.parquet"
    connection = duckdb.connect()
    found = connection.execute(
        f"SELECT count(*), sum(hash(rule, row, verdict, lacks) % 1000003) FROM '{file}'"
    ).fetchone()
    connection.close()
    assert found is not None
    return found


def main(rows: int, master: str) -> None:
    """Prints the seconds of each round."""
    from guiju.spark import check_tables as on_spark
    from guiju.spark import session_of
    from guiju.tables import check_tables

    pack = reference.pack("w2")
    files = data.write_trees(data.FOLDER, rows)
    here, there = data.FOLDER.parent / "w2-rows", data.FOLDER.parent / "w2-spark"
    at = perf_counter()
    session = session_of(master)
    print(f"Spark on {master}, start: {perf_counter() - at:.1f} s", flush=True)
    addresses = {name: str(path) for name, path in files.relations.items()}

    def timed(run: Any, *arguments: Any) -> tuple[Any, float]:
        at = perf_counter()
        return run(*arguments), perf_counter() - at

    for _ in range(ROUNDS):
        right, duckdb = timed(check_tables, pack, files.relations, here)
        found, spark = timed(on_spark, session, pack, addresses, there)
        print(f"{rows:,} trees: DuckDB {duckdb:.2f} s, Spark {spark:.2f} s", flush=True)
        assert found.counts == right.counts, (found.counts, right.counts)
        assert findings(there) == findings(here)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        sys.argv[2] if len(sys.argv) > 2 else "local[2]",
    )
