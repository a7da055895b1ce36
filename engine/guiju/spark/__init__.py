"""Rules over tables on Apache Spark, for tables that one machine does not hold.

The sieve, its queries and what comes of them are those of `guiju.tables`; here is only what
Spark says otherwise. Spark plans, places and shuffles: there is no scheduler of ours.
"""

from __future__ import annotations

from guiju.spark.sift import NeedsSpark, OnSpark, SparkTables, session_of, sift_on_spark

__all__ = ["NeedsSpark", "OnSpark", "SparkTables", "session_of", "sift_on_spark"]
