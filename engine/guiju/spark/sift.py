"""All rules over a table in one query of Spark: `guiju.tables.sift`, on another engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import uuid4

from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import PackPlan
from guiju.record import Record
from guiju.sieve import Lowering, Sieve, sieve_of
from guiju.sieve.looks import looked_up
from guiju.sieve.lower import Column
from guiju.spark.sources import SparkSource, spark_facts, spark_source
from guiju.spark.sql import SparkDialect
from guiju.tables.engine import Engine
from guiju.tables.query import FACTS, Relation, Relations
from guiju.tables.sift import Sifted, sift_on

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

# What the SQL of ours relies on. They hold in a session of its own, so that a caller's session
# keeps its settings; tables, files and what is cached are shared.
_SETTINGS = {
    "spark.sql.ansi.enabled": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.groupByOrdinal": "true",
    "spark.sql.variable.substitute": "false",
}


class OnSpark(Record):
    """What came of the rules over a table, and the rows to look at: `rid`, the masks, the
    cells the rules read (`cell_…`) and the signatures, as `Sifted` says."""

    sifted: tuple[Sifted, ...]
    kept: DataFrame


class Spark(Engine):
    """A session of Spark. With `out` what is kept is written there as Parquet, else it stays in
    the memory and on the disks of the executors."""

    dialect = SparkDialect

    def __init__(self, session: SparkSession, out: str | None = None) -> None:
        self.session, self.out = session, out

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return [tuple(row) for row in self.session.sql(query).collect()]

    def keep(self, name: str, query: str) -> None:
        """Writes the rows of a query, or holds them."""
        found = self.session.sql(query)
        if self.out is None:
            found = found.persist()
        else:
            found.write.mode("overwrite").parquet(self.out)
            found = self.session.read.parquet(self.out)
        found.createOrReplaceTempView(name)


class NeedsSpark(Exception):
    """Spark was asked for, and its Python package is not installed: `guiju[spark]`."""


def session_of(session_or_master: SparkSession | str) -> SparkSession:
    """A session with the settings our queries rely on: beside a given one, or of a master by
    its address (`local[4]`, `spark://…`, `yarn`, `k8s://…`). Raises NeedsSpark."""
    if not isinstance(session_or_master, str):
        own = session_or_master.newSession()
    else:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise NeedsSpark from None
        builder = SparkSession.builder.appName("guiju").master(session_or_master)
        own = builder.config("spark.ui.enabled", "false").getOrCreate().newSession()
    for setting, value in _SETTINGS.items():
        own.conf.set(setting, value)
    return own


def sift_on_spark(
    session: SparkSession,
    sieves: Sequence[Sieve],
    relations: Relations,
    table: str,
    *,
    out: str | None = None,
    by_dossier: bool = False,
) -> OnSpark:
    """What the rules come to in all rows of a table. The session is one of `session_of`, the
    relations are views in it. The rows to look at are written to the folder `out`, or held by
    the executors until `kept` is let go with `unpersist`."""
    kept = f"kept_{uuid4().hex}"
    found = sift_on(Spark(session, out), sieves, relations, table, kept, by_dossier=by_dossier)
    return OnSpark(tuple(found), session.table(kept))


class SparkTables:
    """The rules of a pack over tables in Parquet files, or in folders of them.

    `files` are their addresses by the names of the tables, in any form Spark reads
    (`hdfs://…`, `s3a://…`, a path all machines see). The facts of many dossiers, a row for
    each, go by the name of their group.
    """

    def __init__(
        self,
        session_or_master: SparkSession | str,
        pack: PackPlan,
        files: Mapping[str, str],
        *,
        as_of: date | None = None,
    ) -> None:
        self.session, self.pack = session_of(session_or_master), pack
        self.sources: dict[str, SparkSource] = {}
        self.relations: dict[str, Relation] = {}
        joined = looked_up(pack)
        for number, (table, file) in enumerate(files.items()):
            view = f"table_{number}"
            if table in pack.tables:
                source = spark_source(
                    self.session, pack.tables[table], file, view, joined=table in joined
                )
                self.relations[table] = source.relation
            else:
                source = spark_facts(self.session, pack.groups[table], file, view)
                self.relations[FACTS] = source.relation
            self.sources[table] = source
        self.lowering = Lowering(pack, self._column, as_of=as_of, rows_of=self._rows_of)

    def sieves(self, table: str) -> list[Sieve]:
        """The sieves of the rules over a table that they say something of."""
        found = []
        for rule in self.pack.rules:
            if (rule.table or FACTS) != table:
                continue
            sieve = sieve_of(self.lowering, rule)
            if sieve is not None and sieve.says_something:
                found.append(sieve)
        return found

    def sift(self, table: str, out: str | None = None) -> OnSpark | None:
        """What the rules over a table come to; None where there is none to ask. The rows to look
        at are written to the folder `out`."""
        sieves = self.sieves(table)
        if not sieves:
            return None
        return sift_on_spark(self.session, sieves, self.relations, table, out=out)

    def _column(self, group: str, field: str) -> Column | None:
        source = self.sources.get(group)
        return None if source is None else source.columns.get(field)

    def _rows_of(self, table: str) -> int | None:
        relation = self.relations.get(table)
        return None if relation is None else relation.rows
