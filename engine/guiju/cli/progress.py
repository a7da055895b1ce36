"""Progress of a run over many dossiers."""

from __future__ import annotations

import sys

from guiju.messages import Lang, message
from guiju.reporting.columns import folded

_WIDEST = 78


class Progress:
    """One line on standard error that says how far a run is; nothing unless a person at a
    terminal is waiting."""

    def __init__(self, lang: Lang, quiet: bool) -> None:
        self.lang = lang
        self.shown = not quiet and sys.stderr.isatty()
        self._dirty = False

    def show(self, done: int, everything: int, name: str) -> None:
        if self.shown and everything > 1:
            text = message("command.checking", self.lang, done=done, all=everything, name=name)
            self._put(folded(text, _WIDEST)[0])
            self._dirty = True

    def clear(self) -> None:
        if self._dirty:
            self._put("")
            self._dirty = False

    def _put(self, text: str) -> None:
        # Back to the start of the line, and clear it.
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
