"""Running `guiju` as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def guiju(root: Path, tmp_path: Path) -> Run:
    """Run a command line in an empty folder; `env` sets variables, None removes one."""

    def run(
        *words: str | Path,
        env: dict[str, str | None] | None = None,
        stdin: str = "",
        cwd: Path = tmp_path,
    ) -> subprocess.CompletedProcess[str]:
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join(
            str(root / source) for source in ("engine", "rules", "reports")
        )
        environment["PYTHONIOENCODING"] = "utf-8"
        for name, value in (env or {}).items():
            environment.pop(name, None)
            if value is not None:
                environment[name] = value
        return subprocess.run(
            [sys.executable, "-m", "guiju", *map(str, words)],
            env=environment,
            cwd=cwd,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return run
