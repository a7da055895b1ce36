"""W2: ten million trees against twelve rules from Parquet, beside SQL written by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import reference
from bars import Bar, Found, Listing, in_turns, milliseconds
from by_hand import AS_TIMED_FIRST, FORMS, STRONGEST, Answer, ByHand

import data
import roads

MOST_BESIDE_SQL, MOST_BESIDE_UNTOLD, MOST_MB = 1.1, 1.1, 4_096
REFERENCE_ROWS = 20_000
OURS = "**Guiju, Parquet**, all failing rows written"
TOLD = (3, 100)
"""Findings of each rule with texts and derivations. Three are what `guiju tables` tells unless it
is asked for more."""
OUT = data.FOLDER.parent / "w2-rows"
COUNTED = "counts and the first hundred failing rows of each rule"
COMPLETE = "all failing rows written"


def w2(rounds: int, rows: int = data.TREES) -> Found:
    """The bars of W2 and the table of all cases. All answers are equal, or it stops."""
    files = data.write_trees(data.FOLDER, rows)
    hand = ByHand(files)
    right = hand.counts(AS_TIMED_FIRST)
    assert all(hand.complete(form, OUT / "by-hand") == right for form in FORMS)
    works: dict[str, Callable[[], object]] = {}
    plan = reference.pack("w2")
    if roads.has_tables():
        ours = partial(roads.tables, plan, files.relations, OUT / "guiju")
        found = ours()
        assert found == right, _differences(found, right)
        works[OURS] = ours
        works |= {_told(many): partial(ours, many) for many in TOLD}
    else:
        print(f"left out: {OURS}")
    for form in FORMS:
        works[_named(form.name, COUNTED)] = partial(hand.counts, form)
        works[_named(form.name, COMPLETE)] = partial(hand.complete, form, OUT / "by-hand")
    small = dict(data.tree_rows(data.tree_tables(REFERENCE_ROWS)))
    slow = f"Guiju, reference evaluator, {REFERENCE_ROWS:,} trees as objects, time scaled"
    works[slow] = partial(reference.states_of_tables, plan, small)
    taken = in_turns(max(rounds // 3, 3), *works.values())
    seconds = dict(zip(works, taken, strict=True))
    seconds[slow] *= rows / REFERENCE_ROWS
    return [*_bars(seconds, rows), _listing(seconds, rows)]


def _told(many: int) -> str:
    return f"{OURS}, the first {many} findings of each rule with texts and derivations"


def _named(form: str, what: str) -> str:
    return f"DuckDB by hand: {form}; {what}"


def _bars(seconds: dict[str, float], rows: int) -> list[Bar]:
    if OURS not in seconds:
        return []
    what = f"{rows:,} trees × 12 rules from Parquet, all failing rows written"
    bars = [
        Bar(
            f"{what}, beside DuckDB by hand ({form.name})",
            milliseconds(seconds[OURS]),
            milliseconds(seconds[_named(form.name, COUNTED)]),
            seconds[OURS] / seconds[_named(form.name, COUNTED)],
            MOST_BESIDE_SQL,
        )
        for form in (AS_TIMED_FIRST, STRONGEST)
    ]
    bars += [
        Bar(
            f"{what}, the first {many} findings of each rule told, beside none told",
            milliseconds(seconds[_told(many)]),
            milliseconds(seconds[OURS]),
            seconds[_told(many)] / seconds[OURS],
            MOST_BESIDE_UNTOLD,
        )
        for many in TOLD
    ]
    peak = _peak(rows)
    return [
        *bars,
        Bar(f"memory at its peak, {what}", f"{peak:.0f} MB", f"{MOST_MB} MB", peak / MOST_MB, 1),
    ]


def _peak(rows: int) -> float:
    """The peak of memory of a process that does nothing else, in MB."""
    command = [sys.executable, roads.__file__, str(rows)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def _listing(seconds: dict[str, float], rows: int) -> Listing:
    first = seconds[_named(AS_TIMED_FIRST.name, COUNTED)]
    return Listing(
        f"W2: {rows:,} trees × 12 rules, two threads",
        "All cases gave the same counts of failing and of undecided rows for every rule.",
        ("case", "s", "beside the first form by hand"),
        [
            (name, f"{taken:,.2f}", f"{taken / first:,.2f}")
            for name, taken in sorted(seconds.items(), key=lambda pair: pair[1])
        ],
    )


def _differences(found: dict[str, Any], right: dict[str, Answer]) -> str:
    return "; ".join(
        f"{rule}: {found.get(rule)} instead of {answer}"
        for rule, answer in right.items()
        if found.get(rule) != answer
    )
