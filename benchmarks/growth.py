"""Whether ten times the work takes ten times the time: rows, rules, dossiers, rows across them.

The bar is the time of ten times as much, beside ten times the time of once as much.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import reference
from bars import OUT, Bar, Found, commands_in_turns, guiju, in_turns, milliseconds
from registry import write_registry

import data
import roads
from guiju.compiler import load_pack
from guiju.plan.nodes import PackPlan

MOST = 1.2
ROWS = (100_000, 1_000_000, 10_000_000)
RULES = (10, 100, 1_000)
RULES_ROWS = 1_000_000
DOSSIERS = (100, 1_000, 10_000)
ACROSS = (10_000, 100_000, 1_000_000)
SMALL_ROWS, SMALL_RULES = (1_000, 10_000), (10, 100)
"""What the reference evaluator is asked to grow by."""


def growth(rounds: int) -> Found:
    """The bars of growth."""
    few = max(rounds // 7, 3)
    return [
        *_reference(max(rounds // 3, 3)),
        *_rows(few),
        *_rules(few),
        *_dossiers(few),
        *_across(few),
    ]


def _reference(rounds: int) -> Iterator[Bar]:
    plan = reference.pack("w2")
    tables = {rows: dict(data.tree_rows(data.tree_tables(rows))) for rows in SMALL_ROWS}
    works = [partial(reference.states_of_tables, plan, tables[rows]) for rows in SMALL_ROWS]
    yield from _grown("trees, reference evaluator", SMALL_ROWS, in_turns(rounds, *works))
    plans = [tree_pack(count) for count in SMALL_RULES]
    works = [partial(reference.states_of_tables, plan, tables[SMALL_ROWS[0]]) for plan in plans]
    yield from _grown("rules, reference evaluator", SMALL_RULES, in_turns(rounds, *works))


def _rows(rounds: int) -> Iterator[Bar]:
    if not roads.has_tables():
        print("left out: growth of rows")
        return
    plan = reference.pack("w2")
    works: list[Callable[[], object]] = []
    for rows in ROWS:
        files = data.write_trees(data.FOLDER, rows)
        works.append(partial(roads.tables, plan, files.relations, OUT / "growth-rows"))
    yield from _grown("trees × 12 rules from Parquet", ROWS, in_turns(rounds, *works))


def _rules(rounds: int) -> Iterator[Bar]:
    if not roads.has_tables():
        print("left out: growth of rules")
        return
    files = data.write_trees(data.FOLDER, RULES_ROWS)
    works = [
        partial(roads.tables, tree_pack(count), files.relations, OUT / "growth-rules")
        for count in RULES
    ]
    what = f"rules over {RULES_ROWS:,} trees from Parquet"
    yield from _grown(what, RULES, in_turns(rounds, *works))


def _dossiers(rounds: int) -> Iterator[Bar]:
    yield from _batches(rounds, "dossiers", "w1", DOSSIERS, data.write_dossier_folders)


def _across(rounds: int) -> Iterator[Bar]:
    yield from _batches(rounds, "rows asked across dossiers", "across", ACROSS, write_registry)


def _batches(
    rounds: int,
    what: str,
    pack: str,
    sizes: Sequence[int],
    write: Callable[[Path, int], Path],
) -> Iterator[Bar]:
    """Runs over folders of so much, each written once."""
    out = OUT / "growth-batch"
    commands = []
    try:
        for size in sizes:
            folder = OUT / pack / str(size)
            if not folder.exists():
                write(folder.with_suffix(".part"), size).rename(folder)
            commands.append(guiju(*roads.batch(folder, pack, out / str(size))))
    except ImportError as missing:
        print(f"left out: growth of {what} ({missing})")
        return
    # A run that finds its results finished would resume, and do nothing.
    taken = commands_in_turns(
        rounds, *commands, before=lambda: shutil.rmtree(out, ignore_errors=True)
    )
    yield from _grown(f"{what} in a batch, cold", sizes, taken)


def _grown(what: str, sizes: Sequence[int], taken: Sequence[float]) -> Iterator[Bar]:
    steps = zip(sizes, taken, sizes[1:], taken[1:], strict=False)
    for size, time, larger, longer in steps:
        times = larger // size
        yield Bar(
            f"{larger:,} {what}, beside {times} × {size:,}",
            milliseconds(longer),
            f"{times} × {milliseconds(time)}",
            longer / (times * time),
            MOST,
        )


# --- packs of so many rules ------------------------------------------------------------

SHAPES: tuple[Callable[[random.Random], str], ...] = (
    lambda r: f"tree.dbh between {r.randrange(5, 10) / 10} cm and {r.randrange(300, 800)} cm",
    lambda r: f"tree.height between {r.randrange(2, 5) / 10} m and {r.randrange(55, 90)} m",
    lambda r: f"tree.height / tree.dbh between {r.randrange(1, 4)} and {r.randrange(301, 400)}",
    lambda r: f"tree.year between {r.randrange(1990, 2010)} and {r.randrange(2026, 2040)}",
    lambda r: f'tree.status is in {{"alive", "dead", "harvested", "kind-{r.randrange(1000)}"}}',
    lambda r: f'not (tree.status = "dead" and tree.claimed > {r.randrange(100)} kgdm)',
    lambda r: (
        f"tree.claimed <= {r.randrange(10, 40)} * tree.dbh * tree.height / (1 cm) / (1 m) * 1 kgdm"
    ),
    lambda r: f"species[tree.species].wd >= {r.randrange(10, 35) / 100}",
    lambda r: f"plots[tree.plot].n_trees between {r.randrange(1, 20)} and {r.randrange(60, 90)}",
    lambda r: (
        f"tree.dbh < {r.randrange(60, 90)} cm or tree.height > {r.randrange(5, 15)} m"
        f" or tree.year < {r.randrange(2015, 2026)}"
    ),
)
"""Ten kinds of rules on a tree; a pack goes through them over and over."""


def tree_pack(count: int) -> PackPlan:
    """A pack with so many rules over the tables of W2, a tenth of them of each shape."""
    folder = OUT / "packs" / f"trees-{count}"
    folder.mkdir(parents=True, exist_ok=True)
    home = reference.HERE / "w2"
    manifest = (home / "pack.toml").read_text(encoding="utf-8")
    words = (home / "1-vocabulary.gj").read_text(encoding="utf-8")
    chance = random.Random(13)
    rules = [
        f'rule G{number:04} "Rule {number}" zh "规则 {number}"\n'
        '  cite    "bench"\n'
        "  basis   verified\n"
        "  for     each tree in trees\n"
        f"  must    {SHAPES[number % len(SHAPES)](chance)}\n"
        '  else    CAR "Tree {tree.plot}/{tree.tree}." zh "林木 {tree.plot}/{tree.tree}。"\n'
        for number in range(count)
    ]
    (folder / "pack.toml").write_text(
        manifest.replace('id = "w2"', f'id = "trees-{count}"'), encoding="utf-8"
    )
    # The formula of W2 belongs to one of its rules.
    (folder / "1-vocabulary.gj").write_text(words.split("formula ")[0], encoding="utf-8")
    (folder / "2-rules.gj").write_text("\n".join(rules), encoding="utf-8")
    return load_pack(f"{folder}/")
