"""The sentences about Apache Spark: what stands in the way of asking it."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "needs-spark": (
        "Apache Spark is asked for, and its Python package is not installed",
        "指定了 Apache Spark，但尚未安装其 Python 程序包",
    ),
    "needs-spark.mend": (
        "pip install 'guiju[spark]' (half a gigabyte), or take `--engine tables`",
        "请运行 pip install 'guiju[spark]'（约 0.5 GB），或改用 `--engine tables`",
    ),
    "needs-java": (
        "Apache Spark needs Java 17 or later, and none that works was found",
        "Apache Spark 需要 Java 17 或更高版本，未找到可用的 Java",
    ),
    "needs-java.mend": (
        "install one (on Debian: apt install openjdk-17-jre-headless), or set JAVA_HOME",
        "请安装 Java（Debian 上为 apt install openjdk-17-jre-headless），或设置 JAVA_HOME",
    ),
    "no-master": (
        "`{master}` is no address of a Spark master",
        "`{master}` 不是 Spark 主节点的地址",
    ),
    "no-master.mend": (
        "write it as `local[4]`, `spark://host:7077`, `yarn` or `k8s://https://host:port`",
        "请写作 `local[4]`、`spark://主机:7077`、`yarn` 或 `k8s://https://主机:端口`",
    ),
    "unreachable": (
        "the Spark master `{master}` is not reached: {reason}",
        "无法连接 Spark 主节点 `{master}`：{reason}",
    ),
    "unreachable.mend": (
        "look whether it is up, and whether this machine may reach it",
        "请确认其正在运行，且本机可以连接",
    ),
    "failed": (
        "Apache Spark failed: {reason}",
        "Apache Spark 运行失败：{reason}",
    ),
    "failed.mend": (
        "if it misses a file, let all executors reach it (folder for temporary files: TMPDIR);"
        " if it lacks memory, give it more (spark.driver.memory, spark.executor.memory)",
        "如缺少文件，请让所有执行节点都能读到（临时文件夹由 TMPDIR 指定）；"
        "如内存不足，请调高 spark.driver.memory 或 spark.executor.memory",
    ),
}
