"""Many dossiers in one run: assessed by several processes, written as tables, resumed when killed.

`run_batch` finds the dossiers, assesses those that are not done, and leaves in a folder one
Parquet file of dossiers, of verdicts, of findings and of what is missing, with a summary over
all of them. What a dossier says is never kept here longer than it takes to write it down.
"""

from __future__ import annotations

from guiju.batch.job import Grouping, Job, Limits
from guiju.batch.problems import BatchProblem
from guiju.batch.run import Progress, run_batch
from guiju.batch.summary import Summary

__all__ = [
    "BatchProblem",
    "Grouping",
    "Job",
    "Limits",
    "Progress",
    "Summary",
    "run_batch",
]
