"""The speed bars: each measured beside its reference, in turns, in one run.

Machines differ and a shared one drifts, so no bar is a time: each is a ratio to something
measured in the same minute. A round runs every case once; the medians of all rounds are
compared. The tables are printed and written to `build/bench/RESULTS.md`.

    python benchmarks/run.py [--rounds 21] [--only w1,w2,w3,growth,…]

The groups: `w1` dossiers as objects (dossiers.py), `w2` tables (stand.py), `w3` a cold check and
the other bars of the program (program.py), `parcels` a chapter over 150,000 parcels (parcels.py),
`mobility` a month of trips and a hundred times the month (mobility.py), `growth` ten times as much
of everything (growth.py), `same` whether all roads come to the same (same.py).
What they call of the engine's fast roads stands in roads.py, the reference evaluator in
reference.py, other engines in peers.py and by_hand.py, the data in data.py and workload.py.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version

import program
from bars import OUT, Bar, Found, Listing
from workload import write_dossier, write_large_pack, write_pack

Group = Callable[[int], Found]
BESIDE = (
    *("duckdb", "pyarrow", "numpy", "zen-engine", "common-expression-language"),
    *("cel-expr-python", "rule-engine", "json-logic-qubit", "shapely", "click"),
)
"""What is measured beside, whose versions a reader has to know."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--only", default=",".join(GROUPS))
    chosen = parser.parse_args()
    names = chosen.only.split(",")
    if unknown := [name for name in names if name not in GROUPS]:
        sys.exit(f"unknown: {', '.join(unknown)}; there are {', '.join(GROUPS)}")
    OUT.mkdir(parents=True, exist_ok=True)
    write_pack(OUT / "packs" / "bench")
    write_large_pack(OUT / "packs" / "large")
    write_dossier(OUT / "dossier")
    # A program that was installed has its bytecode; so must one that runs from its sources.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    packs = (OUT / "packs", program.HERE)
    os.environ["GUIJU_PACKS"] = os.pathsep.join(map(str, packs))
    os.environ["GUIJU_CACHE"] = str(OUT / "cache")
    found: Found = []
    text = ""
    for name in names:
        print(f"measuring {name}", file=sys.stderr)
        found += GROUPS[name](chosen.rounds)
        # What was measured stays, whatever becomes of the next group.
        text = page(found, chosen.rounds)
        (OUT / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)
    print(f"written to {OUT / 'RESULTS.md'}")


def page(found: Sequence[Bar | Listing], rounds: int) -> str:
    """The results as Markdown: the bars first, then what was timed beside each other."""
    lines = [
        "# Speed bars",
        "",
        f"{date.today().isoformat()}, {platform.system()} {platform.machine()}, Python"
        f" {platform.python_version()}, {os.cpu_count()} cores. Medians of interleaved rounds,"
        f" {rounds} of what is quick and fewer of what takes long.",
        "",
        f"Beside: {', '.join(_versions())}.",
        "",
        "| What | Measured | Reference | Ratio | Bar | |",
        "|---|---:|---:|---:|---:|---|",
        *(one.row() for one in found if isinstance(one, Bar)),
    ]
    for one in found:
        if isinstance(one, Listing):
            lines += ["", *one.lines()]
    return "\n".join((*lines, ""))


def _versions() -> list[str]:
    known = []
    for name in BESIDE:
        try:
            known.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return known


def _w1(rounds: int) -> Found:
    import dossiers

    return dossiers.w1(rounds)


def _w2(rounds: int) -> Found:
    import stand

    return stand.w2(rounds)


def _parcels(rounds: int) -> Found:
    import parcels

    return parcels.bar(rounds)


def _mobility(rounds: int) -> Found:
    import mobility

    return mobility.bar(rounds)


def _same(rounds: int) -> Found:
    import same

    return same.same(rounds)


def _growth(rounds: int) -> Found:
    import growth

    return growth.growth(rounds)


GROUPS: dict[str, Group] = {
    "w1": _w1,
    "w2": _w2,
    "w3": program.start_up,
    "parcels": _parcels,
    "mobility": _mobility,
    "growth": _growth,
    "same": _same,
    "help": program.help_page,
    "parse": program.parsing,
    "cache": program.cached_pack,
    "collection": program.collection,
    "example": program.example,
    "overlap": program.overlapping,
}


if __name__ == "__main__":
    main()
