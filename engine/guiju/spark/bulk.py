"""Rules over tables that one machine does not hold: `guiju.tables.check_tables`, on Spark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from guiju.dossier.parquet import QUIET
from guiju.hints import TYPE_CHECKING
from guiju.plan.nodes import PackPlan
from guiju.sieve import Sieve
from guiju.sieve.looks import looked_up
from guiju.spark.engine import Spark
from guiju.spark.session import session_of
from guiju.spark.sources import Cells, spark_facts, spark_source
from guiju.tables.bulk import Bulk, BulkResult
from guiju.tables.query import FACTS
from guiju.tables.sift import Sifted
from guiju.tables.sources import FactsSource, Source

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_AHEAD = 200_000
"""Rows whose cells are fetched at once; what lies beyond is looked for as it is asked for."""


def check_tables(
    session_or_master: SparkSession | str,
    pack: PackPlan,
    files: Mapping[str, str],
    out: Path | None = None,
    *,
    as_of: date | None = None,
    told: int = 0,
    shared: str | None = None,
) -> BulkResult:
    """The rules of a pack over tables in Parquet files, or in folders of them, by the names of the
    tables: in any form Spark reads (`hdfs://…`, `s3a://…`, a path all machines see). What comes
    of it, and `out`, are those of `guiju.tables.check_tables`; the rows to look at come to this
    machine through the folder `shared` (see `Spark`). Raises SparkProblem and UnfitColumn."""
    import duckdb

    with (
        Spark(session_of(session_or_master), shared) as spark,
        duckdb.connect(config=dict(QUIET)) as connection,
    ):
        joined = looked_up(pack)
        sources: dict[str, Source | FactsSource] = {}
        cells: dict[str, Cells] = {}
        for number, (table, file) in enumerate(files.items()):
            view = f"table_{number}"
            if table in pack.tables:
                plan = pack.tables[table]
                sources[table], cells[table] = spark_source(
                    spark, plan, file, view, joined=table in joined
                )
            else:
                sources[table], cells[FACTS] = spark_facts(spark, pack.groups[table], file, view)
        bulk = _OnSpark(connection, pack, sources, as_of, spark)
        bulk.cells = cells
        return bulk.run(out, told)


class _OnSpark(Bulk):
    engine: Spark
    cells: dict[str, Cells]

    def sift(self, sieves: list[Sieve], table: str, kept: str) -> list[Sifted]:
        """What the rules over a table come to; the rows to look at are brought here, and the cells
        of those that will be asked of the reference evaluator."""
        found = super().sift(sieves, table, kept)
        for name in dict.fromkeys(one.kept for one in found):
            self.engine.bring(name, self.connection)
        asked = {alike.first for one in found for alike in one.classes}
        for one in found:
            doubtful = [str(alike.signature) for alike in one.classes if not alike.certain]
            if doubtful:
                rows = self.connection.execute(
                    f"SELECT rid FROM {one.kept} WHERE {one.signature} IN ({', '.join(doubtful)})"
                ).fetchall()
                asked.update(rid for (rid,) in rows)
        self.cells[table].fetch(sorted(asked)[:_AHEAD])
        return found
