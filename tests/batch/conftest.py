"""A registry that is made once, and where runs over it go."""

from __future__ import annotations

from pathlib import Path

import pytest

from .making import make_pack, registry


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """240 dossiers: two whole shards and a part of one."""
    return registry(tmp_path_factory.mktemp("registry"), 240)
