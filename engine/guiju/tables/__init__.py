"""Rules over tables as queries of DuckDB, with the verdicts of the reference evaluator.

`sift` asks all rules of a table in one query. What it leaves open is decided by the reference
evaluator on the rows that need it.
"""

from __future__ import annotations

from guiju.tables.bulk import BulkResult, check_tables
from guiju.tables.evaluator import TablesEvaluator
from guiju.tables.road import tables_evaluator

__all__ = ["BulkResult", "TablesEvaluator", "check_tables", "tables_evaluator"]
