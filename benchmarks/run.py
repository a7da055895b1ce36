"""The speed bars: each measured beside its reference, in turns, in one run.

Machines differ and a shared one drifts, so no bar is a time: each is a ratio to something
measured in the same minute. A round runs every command once; the medians of all rounds are
compared. The table is printed and written to `build/bench/RESULTS.md`.

    python benchmarks/run.py [--rounds 21] [--only check,help,…]
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from workload import ROWS, rule_text, write_dossier, write_large_pack, write_pack

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bench"
COLLECTION = ROOT / "tests" / "data" / "ca-ifm" / "projects-v0.3.json"
AFFORESTATION = ROOT / "rules" / "guiju_rules" / "ccer-14-001" / "dossiers" / "zaolin-example"
MOST_SECONDS = 3
MOST_MB = 500
MAPPING = ROOT / "rules" / "guiju_rules" / "arb-us-forest" / "mappings" / "carbonplan-v0.3.yaml"
IMPORTS = "import lark, pydantic, jinja2, rich"
GEO_IMPORTS = "import shapely, pyproj"
BARE_CLICK = """\
import click
@click.group()
def main(): pass
@main.command()
@click.argument("path")
def check(path): pass
main()
"""


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--only", default=",".join(BARS))
    chosen = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    write_pack(OUT / "packs" / "bench")
    write_large_pack(OUT / "packs" / "large")
    write_dossier(OUT / "dossier")
    # A program that was installed has its bytecode; so must one that runs from its sources.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["GUIJU_PACKS"] = str(OUT / "packs")
    os.environ["GUIJU_CACHE"] = str(OUT / "cache")
    bars = [bar for name in chosen.only.split(",") for bar in BARS[name](chosen.rounds)]
    table = "\n".join(
        [
            "# Speed bars",
            "",
            f"{platform.system()} {platform.machine()}, Python {platform.python_version()},"
            f" {os.cpu_count()} cores. Medians of {chosen.rounds} interleaved rounds.",
            "",
            "| What | Measured | Reference | Ratio | Bar | |",
            "|---|---:|---:|---:|---:|---|",
            *(bar.row() for bar in bars),
            "",
        ]
    )
    (OUT / "RESULTS.md").write_text(table, encoding="utf-8")
    print(table)
    print(f"written to {OUT / 'RESULTS.md'}")


def start_up(rounds: int) -> list[Bar]:
    ours, imports = _interleaved(rounds, _guiju("check", OUT / "dossier"), _python(IMPORTS))
    return [
        Bar(
            f"cold check of 40 rules and {ROWS:,} rows, beside `{IMPORTS}`",
            _ms(ours),
            _ms(imports),
            ours / imports,
            0.5,
        )
    ]


def help_page(rounds: int) -> list[Bar]:
    ours, bare = _interleaved(rounds, _guiju("--help"), [*_python(BARE_CLICK), "--help"])
    return [
        Bar("`guiju --help`, beside a bare click program", _ms(ours), _ms(bare), ours / bare, 1.5)
    ]


def parsing(rounds: int) -> list[Bar]:
    from guiju.diagnostics import Diagnostics
    from guiju.source import Source
    from guiju.syntax import parse

    text = rule_text(2_000)
    lines = sum(1 for line in text.splitlines() if line.strip())
    diagnostics = Diagnostics()
    parse(Source("warm.gj", text), diagnostics)
    assert not len(diagnostics)
    seconds = _median(rounds // 3 + 1, lambda: parse(Source("b.gj", text), Diagnostics()))
    speed = lines / seconds
    return [
        Bar(
            "dense lines of rule text parsed a second, with positions",
            f"{speed:,.0f} lines/s",
            "8,000 lines/s",
            speed / 8_000,
            1,
            at_least=True,
        )
    ]


LOADS = 20
"""Loads timed together: one alone is too short for the clock, right after 10 ms of other work."""


def cached_pack(rounds: int) -> list[Bar]:
    """The cache saves parsing *and* checking; parsing alone is shown as well. A plan reads its
    large parts when they are asked for, so a third row reads every one of them. The text of the
    large pack is that of the bar of parsing: 35 rules over and over, so that more of it is
    equal than in a real pack."""
    from guiju.compiler import load_pack
    from guiju.compiler.build import compile_folder
    from guiju.diagnostics import Diagnostics
    from guiju.source import Source
    from guiju.syntax import parse

    bars = []
    for name in ("bench", "large"):
        pack = f"{OUT / 'packs' / name}/"
        texts = [path.read_text(encoding="utf-8") for path in sorted(Path(pack).glob("*.gj"))]
        lines = sum(text.count("\n") for text in texts)

        def parse_all(texts: list[str] = texts) -> None:
            for text in texts:
                parse(Source("b.gj", text), Diagnostics())

        def load_all(pack: str = pack) -> None:
            plan = load_pack(pack)
            for field in plan._fields:
                getattr(plan, field)

        load_all()
        parse_all()

        def load_often(pack: str = pack) -> None:
            for _ in range(LOADS):
                load_pack(pack)

        often, whole, parsed, compiled = _in_turns(
            rounds, load_often, load_all, parse_all, partial(compile_folder, pack)
        )
        cached = often / LOADS
        bars += [
            Bar(
                f"loading a cached pack of {lines:,} lines{part}, beside {what} it",
                _ms(loaded),
                _ms(taken),
                taken / loaded,
                50,
                True,
            )
            for part, loaded, what, taken in (
                ("", cached, "parsing and checking", compiled),
                ("", cached, "only parsing", parsed),
                (" with all its parts", whole, "parsing and checking", compiled),
            )
        ]
    return bars


def collection(rounds: int) -> list[Bar]:
    if not (COLLECTION.exists() and MAPPING.exists()):
        print("the collection of forest projects is not in this copy", file=sys.stderr)
        return []
    single = OUT / "forest-one.json"
    first, *_ = json.loads(COLLECTION.read_text(encoding="utf-8")).items()
    single.write_text(json.dumps(dict([first])), encoding="utf-8")
    words = ("--mapping", MAPPING, "--pack", "arb-us-forest", "--force", "--format")
    many, one, alone = _interleaved(
        max(rounds // 3, 3),
        _guiju("check", COLLECTION, *words, f"html:{OUT / 'forest.html'}"),
        _guiju("check", OUT / "dossier"),
        _guiju("check", single, *words, f"html:{OUT / 'forest-one.html'}"),
    )
    what = "45 forest projects with an HTML report, beside"
    return [
        Bar(
            f"{what} one cold check of 40 rules and {ROWS:,} rows without a report",
            _ms(many),
            _ms(one),
            many / one,
            3,
        ),
        Bar(
            f"{what} one of these projects alone with its HTML report",
            _ms(many),
            _ms(alone),
            many / alone,
            3,
        ),
    ]


def example(rounds: int) -> list[Bar]:
    """The bars of the made-up afforestation project are a time and a size; beside them is what
    importing the libraries of boundaries takes, which nothing that measures can be without."""
    report = f"html:{OUT / 'afforestation.html'}"
    command = _guiju("check", AFFORESTATION, "--lang", "zh", "--force", "--format", report)
    whole, imports = _interleaved(max(rounds // 3, 3), command, _python(GEO_IMPORTS))
    import resource

    # Of the children so far this is the largest; kilobytes but on macOS, which says bytes.
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak = largest / (1024 * 1024 if sys.platform == "darwin" else 1024)
    what = "the afforestation example whole, with boundaries and an HTML report"
    return [
        Bar(f"{what}, cold", _ms(whole), f"{MOST_SECONDS} s", whole / MOST_SECONDS, 1),
        Bar(f"the same, beside `{GEO_IMPORTS}`", _ms(whole), _ms(imports), whole / imports, 6),
        Bar(f"memory at its peak, {what}", f"{peak:.0f} MB", f"{MOST_MB} MB", peak / MOST_MB, 1),
    ]


def overlapping(rounds: int) -> list[Bar]:
    import overlap

    ours, theirs = overlap.made()
    plan = overlap.compiled()
    assert overlap.engine(plan, ours, theirs) == overlap.bare(ours, theirs)
    engine, bare = _in_turns(
        max(rounds // 7, 3),
        partial(overlap.engine, plan, ours, theirs),
        partial(overlap.bare, ours, theirs),
    )
    child = _python(f"import runpy; runpy.run_path({overlap.__file__!r}, run_name='__main__')")
    here = {**os.environ, "PYTHONPATH": str(Path(overlap.__file__).parent)}
    done = subprocess.run(child, capture_output=True, check=True, text=True, env=here)
    peak = float(done.stdout)
    what = f"{overlap.ROWS:,} parcels against {overlap.ROWS:,} of others"
    return [
        Bar(f"overlaps of {what}, beside bare shapely", _ms(engine), _ms(bare), engine / bare, 1.5),
        Bar(
            f"memory at its peak, {what}",
            f"{peak:.0f} MB",
            f"{overlap.MOST_MB} MB",
            peak / overlap.MOST_MB,
            1,
        ),
    ]


BARS: dict[str, Callable[[int], list[Bar]]] = {
    "check": start_up,
    "help": help_page,
    "parse": parsing,
    "cache": cached_pack,
    "collection": collection,
    "example": example,
    "overlap": overlapping,
}


def _guiju(*words: object) -> list[str]:
    """The installed program: what a user starts, with its start-up script."""
    program = Path(sys.executable).with_name("guiju")
    return [str(program), *map(str, words)]


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _interleaved(rounds: int, *commands: list[str]) -> list[float]:
    """The median seconds of each command, run in turns. The first round does not count: it
    fills the caches of packs, bytecode and disk."""
    times: list[list[float]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for command, taken in zip(commands, times, strict=True):
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, check=False)
            if number:
                taken.append(time.perf_counter() - start)
            # A program that could not even start also ends with 1.
            if done.returncode not in (0, 1) or b"Traceback" in done.stderr:
                sys.exit(f"{command}: {done.returncode}\n{done.stderr.decode()}")
    return [statistics.median(taken) for taken in times]


def _in_turns(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median seconds of each work, done in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            gc.collect()  # what the one before left behind is not for this one to clear away
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken) for taken in times]


def _median(rounds: int, work: Callable[[], object]) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
