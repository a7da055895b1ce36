"""Runs pytest over features of the small pack `site`, in a project of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

import pytest

SITE = Path(__file__).parent / "packs" / "site"
Run = Callable[..., pytest.RunResult]


@pytest.fixture(autouse=True)
def plugin_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin is there also where Guiju is only on the path, not installed."""
    if not any(point.name == "guiju" for point in entry_points(group="pytest11")):
        monkeypatch.setenv("PYTEST_PLUGINS", "guiju.testing.plugin")


@pytest.fixture
def run(pytester: pytest.Pytester) -> Run:
    """Runs a feature as the only one of a project; options are those of pytest."""
    shutil.copytree(SITE, pytester.path / "site")
    pytester.makeini("[pytest]\naddopts = --strict-markers\n")

    def runs(text: str, *options: str | Path, name: str = "small.feature") -> pytest.RunResult:
        file = pytester.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.strip() + "\n", encoding="utf-8")
        return pytester.runpytest(*options)

    return runs
