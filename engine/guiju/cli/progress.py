"""Progress of a run over many dossiers, for a person waiting at a terminal."""

from __future__ import annotations

import sys

from guiju.messages import Lang, message
from guiju.reporting.columns import folded

_WIDEST = 78


def show(done: int, everything: int, name: str, lang: Lang) -> None:
    """One line on standard error that says how far the run is."""
    text = message("command.checking", lang, done=done, all=everything, name=name)
    # Back to the start of the line, and clear it.
    print(f"\r\x1b[K{folded(text, _WIDEST)[0]}", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Leave nothing of it on the screen."""
    print("\r\x1b[K", end="", file=sys.stderr, flush=True)
