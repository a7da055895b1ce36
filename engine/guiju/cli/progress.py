"""Progress of a run over many dossiers, for a person waiting at a terminal."""

from __future__ import annotations

import sys
import time

from guiju.hints import TYPE_CHECKING
from guiju.messages import Lang, message
from guiju.reporting.columns import folded

if TYPE_CHECKING:
    from guiju.batch import Progress

_WIDEST = 78
_EVERY = 0.1
"""Seconds between two looks of the line; more often than that nobody reads it."""


def show(done: int, everything: int, name: str, lang: Lang) -> None:
    """One line on standard error that says how far the run is."""
    _line(message("command.checking", lang, done=done, all=everything, name=name))


def _line(text: str) -> None:
    # Back to the start of the line, and clear it.
    print(f"\r\x1b[K{folded(text, _WIDEST)[0]}", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Leave nothing of it on the screen."""
    print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class Counting:
    """How far a run over many dossiers is, how fast it goes, and how long it will take."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.begun: float | None = None
        self.shown = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        done, before, count = progress.done, progress.before, progress.all
        if self.begun is None and not progress.pooling:
            self.begun = now
            if before:
                clear()
                said = message("batch.resumed", self.lang, before=before, all=count)
                print(said, file=sys.stderr)
        if now - self.shown < _EVERY and done < count:
            return
        self.shown = now
        _line(self._words(progress, now))

    def _words(self, progress: Progress, now: float) -> str:
        done, count = progress.done, progress.all
        if progress.pooling:
            return message("batch.progress.pooling", self.lang, done=done, all=count)
        taken = now - (now if self.begun is None else self.begun)
        here = done - progress.before
        if here < 1 or taken < 1:
            return message("batch.progress.start", self.lang, done=done, all=count)
        rate = here / taken
        shown = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        left = _clock((count - done) / rate)
        return message("batch.progress", self.lang, done=done, all=count, rate=shown, left=left)


def _clock(seconds: float) -> str:
    """`0:42`, `1:05:00`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
