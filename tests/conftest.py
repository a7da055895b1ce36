"""What every test has: a world without the developer's own settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ("GUIJU_LANG", "GUIJU_PACKS", "GUIJU_CACHE", "NO_COLOR", "FORCE_COLOR", "COLUMNS")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No setting of the developer reaches a test, and no test writes to their cache."""
    before = dict(os.environ)
    for name in SETTINGS:
        os.environ.pop(name, None)
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["GUIJU_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    os.environ.clear()
    os.environ.update(before)


# Property tests try the same examples at every run, so that a run says something about the
# change and not about the day; GUIJU_EXPLORE=1 tries new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
if not os.environ.get("GUIJU_EXPLORE"):
    hypothesis.settings.load_profile("steady")
