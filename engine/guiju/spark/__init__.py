"""Rules over tables on Apache Spark, for tables that one machine does not hold.

The sieve, its queries and what comes of them are those of `guiju.tables`; here is only what
Spark says otherwise. Spark plans, places and shuffles: there is no scheduler of ours.
"""

from __future__ import annotations

from guiju.spark.bulk import check_tables
from guiju.spark.engine import Spark
from guiju.spark.evaluator import spark_evaluator
from guiju.spark.session import SparkProblem, session_of

__all__ = ["Spark", "SparkProblem", "check_tables", "session_of", "spark_evaluator"]
