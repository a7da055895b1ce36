"""The tables road for one dossier: its tables in DuckDB, and the evaluator that asks there."""

from __future__ import annotations

from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.hints import TYPE_CHECKING
from guiju.store import StoredTable
from guiju.tables.evaluator import TablesEvaluator
from guiju.tables.sources import Source, loaded, stored_source

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def tables_evaluator(run: Run, wording: Wording, *, brief: bool = False) -> TablesEvaluator:
    """An evaluator whose tables all stand in DuckDB."""
    return TablesEvaluator(run, wording, *standing(run), brief=brief)


def standing(run: Run) -> tuple[DuckDBPyConnection, dict[str, Source]]:
    """The tables of a dossier in DuckDB: those that a store keeps are asked there, the others are
    loaded beside them, or into a DuckDB of its own."""
    tables = run.dossier.tables
    kept = [data for data in tables.values() if isinstance(data, StoredTable)]
    if kept:
        connection = kept[0].store.connection
    else:
        import duckdb

        connection = duckdb.connect()
    sources = {}
    for number, (name, data) in enumerate(tables.items()):
        if isinstance(data, StoredTable) and data.store.connection is connection:
            sources[name] = stored_source(data)
        else:
            sources[name] = loaded(connection, run.pack.tables[name], data, f"table_{number}")
    return connection, sources
