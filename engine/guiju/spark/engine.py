"""Spark as an engine of `guiju.tables`: what answers the queries of a sieve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from guiju.hints import TYPE_CHECKING, Any
from guiju.spark.session import SparkProblem, reason
from guiju.spark.sql import SparkDialect, text_literal
from guiju.tables.engine import Engine
from guiju.tables.sql import text_literal as duckdb_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pyspark.sql import DataFrame, SparkSession


class Spark(Engine):
    """A session of Spark. What is kept stays in the memory and on the disks of the executors.

    Tables go there and rows to look at come back as files. `shared` is a folder that all
    executors reach, with an address Spark reads (`hdfs://…`, `s3a://…`, a path); without one the
    folder for temporary files is taken, which on one machine all of them do. Use it in a `with`:
    its own folder there goes when it is closed.
    """

    dialect = SparkDialect
    together = True

    def __init__(self, session: SparkSession, shared: str | None = None) -> None:
        self.session = session
        self.folder = Path(mkdtemp(prefix="guiju-spark-"))
        self.shared = None if shared is None else f"{shared.rstrip('/')}/{self.folder.name}"
        self._held: dict[str, DataFrame] = {}

    def __enter__(self) -> Spark:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of all that is held, and of the folders."""
        for name in list(self._held):
            self.let_go(name)
        if self.shared is not None:
            path = self._path(self.shared)
            self._files(path).delete(path, True)
        rmtree(self.folder, ignore_errors=True)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises SparkProblem."""
        with asked():
            return [tuple(row) for row in self.session.sql(query).collect()]

    def keep(self, name: str, query: str) -> None:
        """Holds the rows of a query, once they are asked for. Raises SparkProblem."""
        with asked():
            found = self.session.sql(query).persist()
            found.createOrReplaceTempView(name)
        self.let_go(name)
        self._held[name] = found

    def let_go(self, name: str) -> None:
        """Lets go of what is held under a name, if anything is."""
        held = self._held.pop(name, None)
        if held is not None:
            held.unpersist()

    def listed(self, name: str, rows: Sequence[int]) -> None:
        """Makes a view of the numbers of some rows."""
        # One text is read far faster than a list of as many constants.
        numbers = ",".join(map(str, rows))
        self.session.sql(
            "SELECT CAST(one AS BIGINT) AS rid FROM"
            f" (SELECT explode(split({text_literal(numbers)}, ',')) AS one) WHERE one <> ''"
        ).createOrReplaceTempView(name)

    def repeated(self, source: str, columns: list[str], name: str) -> bool:
        """Groups the rows by their columns, and finds those that are not alone."""
        keys = ", ".join(columns)
        whole = " AND ".join(f"{column} IS NOT NULL" for column in columns)
        on = " AND ".join(f"s.{column} = c.{column}" for column in columns)
        self.keep(
            name,
            f"SELECT s.rid, c.n FROM {source} s JOIN (SELECT {keys}, count(*) AS n"
            f" FROM {source} WHERE {whole} GROUP BY {keys} HAVING count(*) > 1) c ON {on}",
        )
        return True

    def bring(self, name: str, connection: DuckDBPyConnection) -> None:
        """Brings what is held under a name into a table of DuckDB, and lets go of it. Raises
        SparkProblem."""
        here = self.folder / name
        with asked():
            found = self.session.table(name).write.mode("overwrite")
            if self.shared is None:
                found.parquet(here.as_uri())
            else:
                there = self._path(f"{self.shared}/{name}")
                found.parquet(there.toString())
                self._files(there).copyToLocalFile(False, there, self._path(here.as_uri()), True)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM"
            f" read_parquet({duckdb_text(f'{here}/*.parquet')})"
        )
        rmtree(here)
        self.let_go(name)

    def send(self, name: str, query: str, connection: DuckDBPyConnection) -> str:
        """Writes the rows of a query of DuckDB to a file, and gives the address by which Spark
        reads it. Raises SparkProblem."""
        here = self.folder / f"{name}.parquet"
        connection.execute(f"COPY ({query}) TO {duckdb_text(str(here))} (FORMAT parquet)")
        if self.shared is None:
            return here.as_uri()
        with asked():
            there = self._path(f"{self.shared}/{here.name}")
            self._files(there).copyFromLocalFile(True, True, self._path(here.as_uri()), there)
        return str(there.toString())

    def _path(self, address: str) -> Any:
        jvm: Any = self.session.sparkContext._jvm
        return jvm.org.apache.hadoop.fs.Path(address)

    def _files(self, path: Any) -> Any:
        context: Any = self.session.sparkContext
        return path.getFileSystem(context._jsc.hadoopConfiguration())


@contextmanager
def asked() -> Iterator[None]:
    """Spark is asked within. Raises SparkProblem."""
    try:
        yield
    except Exception as failure:
        raise SparkProblem("failed", reason=reason(failure)) from failure
