"""A session of Spark with the settings our queries rely on, and what stands in the way of one."""

from __future__ import annotations

import os
import re
import shutil

from guiju.hints import TYPE_CHECKING, Any
from guiju.messages import bilingual
from guiju.verdicts import Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# What the SQL of ours relies on. They hold in a session of its own, so that a caller's session
# keeps its settings; tables, files and what is cached are shared.
_SETTINGS = {
    "spark.sql.ansi.enabled": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.groupByOrdinal": "true",
    "spark.sql.variable.substitute": "false",
    # Days are days: whatever zone a machine is in.
    "spark.sql.session.timeZone": "UTC",
}

_OWN = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}

# On one machine the driver does all the work, and the queries print to methods that Java would
# not compile otherwise.
_LOCAL = {
    "spark.driver.memory": "4g",
    "spark.driver.extraJavaOptions": "-XX:-DontCompileHugeMethods",
    "spark.sql.shuffle.partitions": "8",
}


class SparkProblem(Exception):
    """Spark cannot be asked: it is not installed, Java is not, its master is not reached, or it
    fails. `problem` says what to do."""

    def __init__(self, key: str, **values: object) -> None:
        self.problem = Problem(
            f"spark-{key}",
            "error",
            bilingual(f"spark.{key}", **values),
            bilingual(f"spark.{key}.mend", **values),
        )
        super().__init__(self.problem.message["en"])


def session_of(session_or_master: SparkSession | str) -> SparkSession:
    """A session with the settings our queries rely on: beside a given one, or of a master by
    its address (`local[4]`, `spark://…`, `yarn`, `k8s://…`). Raises SparkProblem."""
    if isinstance(session_or_master, str):
        own = _started(session_or_master).newSession()
    else:
        own = session_or_master.newSession()
    for setting, value in _SETTINGS.items():
        own.conf.set(setting, value)
    return own


_MASTER = re.compile(r"yarn|local(\[.+\])?|(spark|k8s)://.+")


def _started(master: str) -> SparkSession:
    if not _MASTER.fullmatch(master):
        raise SparkProblem("no-master", master=master)
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise SparkProblem("needs-spark") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise SparkProblem("needs-java")
    builder: Any = SparkSession.builder.appName("guiju").master(master)
    for setting, value in (_OWN | (_LOCAL if master.startswith("local") else {})).items():
        builder = builder.config(setting, value)
    try:
        started: SparkSession = builder.getOrCreate()
    except PySparkRuntimeError:
        raise SparkProblem("needs-java") from None
    except Exception as refused:
        raise SparkProblem("unreachable", master=master, reason=reason(refused)) from None
    return started


def reason(failure: Exception) -> str:
    """What Spark says first of what went wrong."""
    said = [line.strip() for line in str(failure).splitlines() if line.strip()]
    # Behind a call into Java the first line only says that there was one.
    found = said[1:2] if said and said[0].startswith("An error occurred") else said[:1]
    return (found or [type(failure).__name__])[0].removeprefix(": ")
