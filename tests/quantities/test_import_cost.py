"""Importing the package stays cheap: a cold check pays for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("tomllib", "unicodedata", "difflib", "importlib.resources", "csv", "pydantic", "lark")
LOADED = """
import sys
before = set(sys.modules)
{code}
print(" ".join(sorted(set(sys.modules) - before)))
"""


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path[:] = {sys.path!r}\n" + LOADED.format(code=code),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["guiju.quantities", "guiju.quantities.calendar"])
def test_importing_reads_no_data(module: str) -> None:
    modules = loaded(f"import {module}")
    assert "guiju.quantities.table" not in modules
    assert not modules & set(HEAVY)


def test_parsing_a_unit_reads_no_toml() -> None:
    modules = loaded("from guiju.quantities import parse_unit; parse_unit('亩')")
    assert "guiju.quantities.table" in modules
    assert not modules & {"tomllib", "difflib", "importlib.resources"}
