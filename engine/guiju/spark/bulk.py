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
from guiju.spark.sources import spark_facts, spark_source
from guiju.tables.bulk import Bulk, BulkResult
from guiju.tables.sift import Sifted
from guiju.tables.sources import FactsSource, Source

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


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
        for number, (table, file) in enumerate(files.items()):
            view = f"table_{number}"
            if table in pack.tables:
                plan = pack.tables[table]
                sources[table] = spark_source(spark, plan, file, view, joined=table in joined)
            else:
                sources[table] = spark_facts(spark, pack.groups[table], file, view)
        return _OnSpark(connection, pack, sources, as_of, spark).run(out, told)


class _OnSpark(Bulk):
    engine: Spark

    def sift(self, sieves: list[Sieve], table: str, kept: str) -> list[Sifted]:
        """What the rules over a table come to; the rows to look at are brought here."""
        found = super().sift(sieves, table, kept)
        self.engine.bring(kept, self.connection)
        return found
