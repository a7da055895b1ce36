"""A session of Spark for all tests; without Spark or Java they are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

# Tables of a few rows: what counts is the time to plan, not to run.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.log.level": "ERROR",
}


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install 'guiju[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, and there is none here")
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder.master("local[2]").appName("guiju tests")
    for setting, value in SETTINGS.items():
        builder = builder.config(setting, value)
    whole = builder.getOrCreate()
    yield whole
    whole.stop()
