"""Rules over tables as queries of DuckDB, with the verdicts of the reference evaluator.

`sift` asks all rules of a table in one query. What it leaves open is decided by the reference
evaluator on the rows that need it.
"""
