"""The roads of the engine as the benchmarks call them: the one place to change when they do.

A road that is not in this copy, or whose extra is not installed, raises `ImportError`: its cases
are left out, and the results say so.

    python benchmarks/roads.py ROWS    goes through W2 once and prints the peak of memory in MB
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from guiju.plan.nodes import PackPlan

Facts = Mapping[str, Any]


class Answer(NamedTuple):
    """How many rows fail a rule and how many cannot be decided."""

    nonconforming: int
    undetermined: int


States = Sequence[tuple[Any, ...]]


def objects(plan: PackPlan, *, typed: bool) -> Callable[[Sequence[Facts]], States]:
    """The road of dossiers as objects: for each dossier an outcome per rule, True, False or
    None. `typed`: the values are known to be of the classes of their facts."""
    from guiju.compiled import compile_pack

    return compile_pack(plan, typed=typed).states


def rows(plan: PackPlan, columns: Sequence[str]) -> Callable[[Sequence[tuple[Any, ...]]], States]:
    """The same for rows, with values known to be of their classes."""
    from guiju.compiled import compile_pack

    return partial(compile_pack(plan, typed=True).states_of_rows, columns)


def columns(plan: PackPlan, *, typed: bool = False) -> Callable[[Any], Any]:
    """The road of columns: an array of a code per rule and row, as `guiju.columns.CODES` has
    them, of a Parquet file or of dossiers as objects. `typed` as in `objects`."""
    from guiju.columns import compile_columns

    compiled = compile_columns(plan)
    return lambda source: compiled.states(source, typed=typed).codes


def tables(
    plan: PackPlan, relations: Mapping[str, Path], out: Path, told: int = 0
) -> dict[str, Answer]:
    """The road of tables: the rows that fail written to `out`, the counts by rule.

    The facts of many dossiers are a relation as well, with a row for each, named as the group.
    `told`: of how many rows of each rule the findings are made, with texts and derivations.
    """
    from guiju.tables import check_tables

    result = check_tables(plan, relations, out=out, told=told)
    return {
        rule: Answer(counts.get("nonconforming", 0), counts.get("undetermined", 0))
        for rule, counts in result.counts.items()
    }


def has_tables() -> bool:
    """Whether the road of tables is there."""
    try:
        from guiju.tables import check_tables  # noqa: F401
    except ImportError:
        return False
    return True


def batch(folder: Path, pack: str, out: Path) -> list[object]:
    """The words of the command that assesses all dossiers of a folder by a pack."""
    from guiju.cli.options import COMMANDS

    if "batch" not in COMMANDS:
        raise ImportError("guiju batch")
    return ["batch", folder, "--pack", pack, "--out", out]


if __name__ == "__main__":
    from bars import peak
    from reference import pack

    from data import FOLDER, write_trees

    files = write_trees(FOLDER, int(sys.argv[1]))
    tables(pack("w2"), files.relations, FOLDER.parent / "w2-rows")
    print(peak())
