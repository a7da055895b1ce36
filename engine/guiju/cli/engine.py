"""Which road a check takes: the reference evaluator, a generated function, or queries.

Both come to the same; only how long they take differs. So the choice is by size, is said when it
is not the reference evaluator, and can be forced.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from guiju.cli.usage import WrongUsage, say
from guiju.hints import TYPE_CHECKING, Any
from guiju.messages import Lang, message

if TYPE_CHECKING:
    from guiju.dossier import Dossier
    from guiju.plan.nodes import PackPlan
    from guiju.store.late import LateStore
    from guiju.tables import TablesEvaluator

ENGINES = ("reference", "compiled", "tables")
"""The roads of one machine; `guiju check` has Spark as well."""

MANY_ROWS = 50_000
"""Rows of a table from which on queries are faster than going over them one by one."""
MANY_JOINED = 500_000
"""The same of tables with boundaries or documents: they are read into Python, and handing them on
to DuckDB takes longer than most of their rules do."""

_LARGE = 4 * 1024 * 1024


def store_for(path: str, forced: str | None) -> LateStore | None:
    """What keeps the large tables of a dossier: None for one without any, where rows are to be
    gone over one by one, and where DuckDB is not installed."""
    if forced in ("reference", "compiled") or not _has_large(path):
        return None
    try:
        import duckdb  # noqa: F401
    except ImportError:
        return None
    from guiju.store.late import LateStore

    return LateStore(folders=[path])


def _has_large(path: str) -> bool:
    for folder, _, files in os.walk(path):
        for name in files:
            if name.lower().endswith(".parquet"):
                return True
            if name.lower().endswith((".csv", ".tsv", ".txt")):
                try:
                    if os.stat(os.path.join(folder, name)).st_size >= _LARGE:
                        return True
                except OSError:
                    continue
    return False


def _many(dossier: Dossier, plan: PackPlan) -> int:
    """The rows of the largest table that is large enough for queries; 0 without one."""
    from guiju.plan.types import DocumentType, GeometryType

    many = 0
    for name, table in dossier.tables.items():
        types = (field.type for field in plan.tables[name].fields.values())
        joined = any(isinstance(type_, (GeometryType, DocumentType)) for type_ in types)
        if len(table) >= (MANY_JOINED if joined else MANY_ROWS):
            many = max(many, len(table))
    return many


class Engine:
    """The road of each dossier of a run. `forced` None: by the size of its tables."""

    def __init__(self, forced: str | None, lang: Lang, master: str | None = None) -> None:
        """`master` is the address of Spark's. Raises WrongUsage where it is given for another
        road, or is not for that one."""
        if (forced == "spark") != (master is not None):
            raise WrongUsage("needs-master" if master is None else "master-without-spark")
        self.forced, self.lang, self.master = forced, lang, master
        self._made: list[TablesEvaluator] = []
        self._spark: Callable[..., TablesEvaluator] | None = None

    def evaluator(
        self, dossier: Dossier, plan: PackPlan, *, said: bool
    ) -> Callable[..., Any] | None:
        """What makes the evaluator of a dossier; None for the reference one. Raises WrongUsage
        where queries are asked for and DuckDB is not installed."""
        self._made.clear()
        many = _many(dossier, plan)
        if self.forced == "reference" or (self.forced is None and not many):
            return None
        if self.forced == "compiled":
            from guiju.compiled.evaluator import CompiledEvaluator

            return CompiledEvaluator
        try:
            import duckdb  # noqa: F401
        except ImportError:
            if self.forced is None:
                return None
            raise WrongUsage("needs-tables") from None
        if said and self.forced is None:
            say(message("command.engine.tables", self.lang, rows=f"{many:,}"))
        from guiju.tables import tables_evaluator

        kind = tables_evaluator if self.forced != "spark" else self._on_spark()

        def made(*arguments: Any, **options: Any) -> TablesEvaluator:
            evaluator = kind(*arguments, **options)
            self._made.append(evaluator)
            return evaluator

        return made

    def _on_spark(self) -> Callable[..., TablesEvaluator]:
        """What makes evaluators that ask Spark, with one session for all dossiers."""
        if self._spark is None:
            from atexit import register

            from guiju.spark import Spark, session_of, spark_evaluator

            assert self.master is not None
            spark = Spark(session_of(self.master))
            register(spark.close)
            self._spark = spark_evaluator(spark)
        return self._spark

    def say_statistics(self, *, said: bool) -> None:
        """How much the queries settled, and how much was too close for them."""
        for evaluator in self._made if said else ():
            told = evaluator.statistics
            say(
                message(
                    "command.engine.settled",
                    self.lang,
                    rows=f"{told.rows:,}",
                    settled=f"{told.settled:,}",
                    close=f"{told.close:,}",
                )
            )
