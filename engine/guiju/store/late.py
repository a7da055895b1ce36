"""A store that is opened when the first large table is met, so that others cost nothing."""

from __future__ import annotations

from guiju.hints import Any
from guiju.store.connection import LARGE_BYTES, LARGE_ROWS, Store

_OPENED = ("connection", "folder", "_folders", "_made")


class LateStore(Store):
    """A `Store` whose DuckDB starts when something is asked of it."""

    def __init__(self, **settings: Any) -> None:
        self._settings = settings
        self.large_rows = settings.get("large_rows", LARGE_ROWS)
        self.large_bytes = settings.get("large_bytes", LARGE_BYTES)

    def __getattr__(self, name: str) -> Any:
        if name in _OPENED:
            Store.__init__(self, **self._settings)
            return self.__dict__[name]
        raise AttributeError(name)

    def close(self) -> None:
        """Lets go of everything, if anything was kept."""
        if "connection" in self.__dict__:
            super().close()
