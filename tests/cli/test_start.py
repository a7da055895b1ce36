"""Starting is part of the work: what a process loads before it does anything."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = {
    "lark",
    "regex",
    "pydantic",
    "jinja2",
    "rich",
    "python_calamine",
    "rfc8785",
    "pytest",
    "importlib.metadata",
    "dataclasses",
    "hashlib",
    "pathlib",
    "typing",
    "importlib.resources",
    "asyncio",
    "email",
    "xml",
}


def loaded(*words: str) -> tuple[set[str], int]:
    """The modules a command line has loaded when it ends."""
    code = (
        "import os, sys, atexit\n"
        "atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))\n"
        "from guiju.cli import main\n"
        "main(sys.argv[1:])\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    return set(done.stderr.splitlines()[-1].split()), done.returncode


def heavy(modules: set[str]) -> set[str]:
    return {m for m in modules if m in HEAVY or m.partition(".")[0] in HEAVY}


def test_help_loads_no_engine() -> None:
    modules, code = loaded("--help")
    assert code == 0
    assert not heavy(modules)
    assert not {m for m in modules if m.startswith(("guiju.syntax", "guiju.plan", "yaml"))}


def test_a_check_with_a_cached_pack_loads_only_what_it_needs(root) -> None:
    example = root / "rules/guiju_rules/ccer-14-001/dossiers/neimenggu-example"
    loaded("check", str(example))
    modules, code = loaded("check", str(example))
    assert code in (0, 1)
    assert not heavy(modules)
    assert not {m for m in modules if m.startswith(("guiju.syntax", "guiju.checking", "click"))}


@pytest.mark.parametrize(
    "command", ["batch", "lint", "fmt", "explain", "packs", "ledger", "schema"]
)
def test_help_of_a_command_loads_no_other_command(command: str) -> None:
    modules, _ = loaded(command, "--help")
    others = {"check", "batch", "lint", "fmt", "explain", "packs", "ledger", "schema"} - {command}
    assert not {f"guiju.cli.{other}" for other in others} & modules


def test_a_check_loads_only_the_half_of_yaml_it_reads_with(root) -> None:
    example = root / "rules/guiju_rules/ccer-14-001/dossiers/neimenggu-example"
    modules, _ = loaded("check", str(example))
    assert "yaml._yaml" in modules
    assert not {"yaml", "yaml.reader", "yaml.resolver", "yaml.constructor"} & modules
