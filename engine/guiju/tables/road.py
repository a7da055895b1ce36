"""The tables road for one dossier: its tables in DuckDB, and the evaluator that asks there."""

from __future__ import annotations

from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.tables.evaluator import TablesEvaluator
from guiju.tables.sources import loaded


def tables_evaluator(run: Run, wording: Wording, *, brief: bool = False) -> TablesEvaluator:
    """An evaluator whose tables all stand in a DuckDB of its own."""
    import duckdb

    connection = duckdb.connect()
    sources = {
        name: loaded(connection, run.pack.tables[name], data, f"table_{number}")
        for number, (name, data) in enumerate(run.dossier.tables.items())
    }
    return TablesEvaluator(run, wording, connection, sources, brief=brief)
