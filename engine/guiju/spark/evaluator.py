"""The tables road for one dossier, with its queries on Spark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.hints import TYPE_CHECKING
from guiju.sieve import Sieve
from guiju.spark.engine import Spark, asked
from guiju.tables import TablesEvaluator
from guiju.tables.query import Relation
from guiju.tables.road import standing
from guiju.tables.sift import Sifted, sift_on
from guiju.tables.sources import Source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class SparkEvaluator(TablesEvaluator):
    """Evaluates a pack over a dossier of which the rules over tables are asked on Spark. What is
    looked at row by row afterwards stands in DuckDB, where the tables came from."""

    def __init__(
        self,
        spark: Spark,
        run: Run,
        wording: Wording,
        connection: DuckDBPyConnection,
        sources: Mapping[str, Source],
        *,
        brief: bool = False,
    ) -> None:
        super().__init__(run, wording, connection, sources, brief=brief)
        self.spark = spark
        self._sent: dict[str, Relation] = {}

    def sift(self, sieves: Sequence[Sieve], table: str, kept: str) -> list[Sifted]:
        """What the rules over a table come to on Spark; the rows to look at are brought back."""
        if not self._sent:
            self._sent = {name: self._there(one) for name, one in self.relations.items()}
        found = sift_on(self.spark, sieves, self._sent, table, kept)
        for name in dict.fromkeys(one.kept for one in found):
            self.spark.bring(name, self.connection)
        return found

    def _there(self, relation: Relation) -> Relation:
        """A table as Spark reads it."""
        names = {field: f"cell_{number}" for number, field in enumerate(relation.columns)}
        listed = [f"{column} AS {names[field]}" for field, column in relation.columns.items()]
        address = self.spark.send(
            relation.source,
            f"SELECT {', '.join(['rid', *listed])} FROM {relation.source}",
            self.connection,
        )
        with asked():
            self.spark.session.read.parquet(address).createOrReplaceTempView(relation.source)
        return relation._replace(columns=names)


def spark_evaluator(spark: Spark) -> Callable[..., SparkEvaluator]:
    """What makes the evaluator of a dossier."""

    def made(run: Run, wording: Wording, *, brief: bool = False) -> SparkEvaluator:
        return SparkEvaluator(spark, run, wording, *standing(run), brief=brief)

    return made
