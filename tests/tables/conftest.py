"""Tables of the tests are small: rows are looked for in them as in large ones."""

from __future__ import annotations

import pytest

from guiju.tables import slices


@pytest.fixture(autouse=True)
def _rows_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "FEW", 0)
