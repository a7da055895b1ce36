"""Generated packs and dossiers through every road: how many come to anything but the reference.

python benchmarks/same.py [CASES]    10,000 without it; each case is a pack with a dossier
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bars import Bar, Found
from tests.roads.generating import AS_OF, Case, generated, verdicts
from tests.roads.values import dossier as of_facts

from guiju.assessment import assess
from guiju.columns import CODES, compile_columns
from guiju.compiled.evaluator import CompiledEvaluator
from guiju.tables import tables_evaluator

CASES = 10_000
PER_PACK = 4
FIRST = 100_000
"""The first seed: those of the tests are smaller."""
ROADS = {"tables": tables_evaluator, "compiled": CompiledEvaluator}


def same(rounds: int, cases: int = CASES) -> Found:
    """One bar: no case may come to another assessment on any road."""
    different = list(differences(cases))
    for told in different:
        print(told, file=sys.stderr)
    what = f"{cases:,} generated packs and dossiers that come to another assessment on a road"
    return [Bar(what, str(len(different)), "0", len(different), 0)]


def differences(cases: int) -> Iterator[str]:
    """The cases that differ, by seed, dossier and road."""
    seeds = range(FIRST, FIRST + -(-cases // PER_PACK))
    with Pool() as pool:
        for found in pool.imap_unordered(_differing, seeds, chunksize=8):
            yield from found


def _differing(seed: int) -> list[str]:
    case = generated(seed, dossiers=PER_PACK)
    found = _columns(case)
    for number in range(PER_PACK):
        dossier = case.dossier(number)
        right = assess(dossier, case.plan, as_of=AS_OF, brief=True)
        for name, road in ROADS.items():
            other = assess(dossier, case.plan, as_of=AS_OF, brief=True, evaluator=road)
            if other != right:
                found.append(f"seed {seed}, dossier {number}: {name}")
    return found


def _columns(case: Case) -> list[str]:
    """The dossiers of a case whose facts, in columns, come to another verdict."""
    columns = compile_columns(case.plan, as_of=AS_OF)
    codes = columns.states([given.facts for given in case.given]).codes
    ids = [rule.id for rule in case.plan.rules]
    found = []
    for number, given in enumerate(case.given):
        right = dict(zip(ids, verdicts(case.plan, of_facts(case.plan, given.facts)), strict=True))
        wanted = [right[rule.id] for rule in columns.rules]
        if [CODES[code] for code in codes[:, number]] != wanted:
            found.append(f"seed {case.seed}, dossier {number}: columns")
    return found


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    for bar in same(1, asked):
        print(bar.row() if isinstance(bar, Bar) else bar)
