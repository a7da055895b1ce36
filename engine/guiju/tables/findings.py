"""Every row with a finding as a Parquet file, of dossiers that are checked one after another.

The file has a row for each rule and row of a table that does not conform: `dossier`, `rule`,
`table`, `row` (from 0), `verdict` and `lacks`, what is missing by table and field.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from guiju.dossier.parquet import QUIET, literal
from guiju.evaluation.rules import Decision, Heard
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import RulePlan
from guiju.tables.decisions import lacks_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH = 100_000
_COLUMNS = {
    "dossier": "VARCHAR",
    "rule": "VARCHAR",
    '"table"': "VARCHAR",
    "row": "BIGINT",
    "verdict": "VARCHAR",
    "lacks": "VARCHAR",
}


class FindingsFile:
    """Collects rows with findings, and writes them to `file`, whole or not at all."""

    def __init__(self, file: str) -> None:
        import duckdb

        self.file = file
        self.rows = 0
        self.connection = duckdb.connect(":memory:", config={**QUIET})
        listed = ", ".join(f"{name} {type_}" for name, type_ in _COLUMNS.items())
        self.connection.execute(f"CREATE TABLE findings ({listed})")
        self._batch: list[tuple[Any, ...]] = []

    def of(self, dossier: str) -> Heard:
        """What hears of the rows of a dossier."""

        def heard(plan: RulePlan, row: int, decision: Decision) -> None:
            lacks = ", ".join(lacks_of(decision)) or None
            self._batch.append((dossier, plan.id, plan.table, row, decision.verdict, lacks))
            if len(self._batch) >= _BATCH:
                self._flush()

        return heard

    def _flush(self) -> None:
        if self._batch:
            columns = [list(column) for column in zip(*self._batch, strict=True)]
            listed = ", ".join(
                f"unnest(${number}::{type_}[])"
                for number, type_ in enumerate(_COLUMNS.values(), start=1)
            )
            self.connection.execute(f"INSERT INTO findings SELECT {listed}", columns)
            self.rows += len(self._batch)
            self._batch = []

    def write(self) -> None:
        """Writes the file. Raises OSError where the system refuses, and the errors of DuckDB."""
        self._flush()
        partial = f"{self.file}.{os.getpid()}.partial"
        try:
            os.makedirs(os.path.dirname(self.file) or ".", exist_ok=True)
            self.connection.execute(
                f"COPY findings TO {literal(partial)} (FORMAT parquet, COMPRESSION zstd)"
            )
            os.replace(partial, self.file)
        finally:
            if os.path.exists(partial):
                os.unlink(partial)
            self.connection.close()


def write_rows(connection: DuckDBPyConnection, selects: Sequence[str], out: Path) -> None:
    """Writes the rows of queries of these columns, all but `dossier`, to `findings.parquet` in a
    folder, whole or not at all."""
    empty = (
        'SELECT NULL::VARCHAR AS rule, NULL::VARCHAR AS "table", NULL::BIGINT AS row,'
        " NULL::VARCHAR AS verdict, NULL::VARCHAR AS lacks WHERE FALSE"
    )
    out.mkdir(parents=True, exist_ok=True)
    written = out / "findings.parquet"
    aside = out / "findings.parquet.part"
    connection.execute(
        f"COPY ({' UNION ALL '.join(selects or [empty])})"
        f" TO {literal(str(aside))} (FORMAT parquet, COMPRESSION zstd)"
    )
    aside.replace(written)
