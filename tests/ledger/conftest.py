"""The packs of these tests are found by their ids."""

from __future__ import annotations

from pathlib import Path

import pytest

PACKS = Path(__file__).parent / "packs"


@pytest.fixture(autouse=True)
def packs_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_PACKS", str(PACKS))
