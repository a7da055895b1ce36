"""What a bar is, and how things are timed beside each other.

A round calls everything once, so that a machine that slows down slows all of it; what counts are
the medians of the rounds, and of those the ratios.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bench"


class Bar(NamedTuple):
    """What is measured, against what, and the ratio it must keep. `at_least` True: the
    reference must take at least `limit` times as long."""

    what: str
    measured: str
    reference: str
    ratio: float
    limit: float
    at_least: bool = False

    @property
    def kept(self) -> bool:
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit

    def row(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "kept" if self.kept else "**missed**"
        return (
            f"| {self.what} | {self.measured} | {self.reference} |"
            f" {self.ratio:.2f} | {sign} {self.limit:g} | {verdict} |"
        )


class Listing(NamedTuple):
    """Cases timed beside each other, for a reader: a table with its own heading."""

    title: str
    note: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def lines(self) -> Iterable[str]:
        yield from (f"## {self.title}", "", self.note, "")
        yield f"| {' | '.join(self.head)} |"
        yield f"|---{'|---:' * (len(self.head) - 1)}|"
        for row in self.rows:
            yield f"| {' | '.join(row)} |"


Found = list[Bar | Listing]
"""What a group of measurements comes to."""


def guiju(*words: object) -> list[str]:
    """The installed program: what a user starts, with its start-up script."""
    program = Path(sys.executable).with_name("guiju")
    return [str(program), *map(str, words)]


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def commands_in_turns(
    rounds: int, *commands: list[str], before: Callable[[], object] = lambda: None
) -> list[float]:
    """The median seconds of each command, run in turns. The first round does not count: it
    fills the caches of packs, bytecode and disk. `before` is done before each, off the clock."""
    times: list[list[float]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for command, taken in zip(commands, times, strict=True):
            before()
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, check=False)
            if number:
                taken.append(time.perf_counter() - start)
            # A program that could not even start also ends with 1.
            if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
                sys.exit(f"{command}: {done.returncode}\n{done.stderr.decode()}")
    return [statistics.median(taken) for taken in times]


SLOW, FEW = 8.0, 3
"""Work that takes longer is not done more often than this, however many rounds there are."""


def in_turns(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median seconds of each work, done in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            if len(taken) >= FEW and min(taken) > SLOW:
                continue
            gc.collect()  # what the one before left behind is not for this one to clear away
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def median(rounds: int, work: Callable[[], object]) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def peak() -> float:
    """The largest this process was, in MB. On Linux `ru_maxrss` will not do: it begins with the
    size of the process that started this one."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        import resource

        # Kilobytes but on macOS, which says bytes.
        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
