"""Rows across dossiers in a file: what is found there is what is found in memory."""

from __future__ import annotations

import pickle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.assessment import assess
from guiju.batch import BatchProblem
from guiju.batch.pool_file import PoolFile, TableInFile
from guiju.dossier import Dossier, Others
from guiju.evaluation import other_rows
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

from ..evaluation.across_making import pooled, project
from ..evaluation.making import D, pack

VOCABULARY = """
facts project "Project"
  limit : number
table units "Units" zh "减排量"
  key name
  name     : text
  first    : number
  last     : number
  registry : text
  issued   : date
"""
CONDITIONS = [
    "no o in units across dossiers satisfies o.name = u.name",
    "no o in units across dossiers satisfies o.first <= u.last and o.last >= u.first",
    "no o in units across dossiers satisfies o.first <= u.last and o.last >= u.first"
    " and o.registry = u.registry",
    "no o in units across dossiers where o.registry = u.registry satisfies"
    " o.first between u.first and u.last",
    "every o in units across dossiers satisfies o.first != u.first or o.registry != u.registry",
    "some o in units across dossiers satisfies u.first = o.first and o.last > project.limit",
    "at least 40% of o in units across dossiers where o.registry = u.registry satisfies"
    " o.last >= 3",
    "(sum of o.last for o in units across dossiers where o.registry = u.registry) <= 9",
    "(first of o.last for o in units across dossiers where o.name = u.name by o.first) > 2",
    "no o in units across dossiers satisfies o.issued = u.issued and o.last = project.limit",
    "no o in units across dossiers satisfies o.registry is not known and o.first = u.first",
]
SIZES = [
    "0",
    "-0.0",
    "1",
    "1.00",
    "2",
    "3",
    "-7",
    "0.1",
    "0.10000000000000000001",
    "1e-40",
    "1e400",
]
numbers = st.sampled_from([*map(D, [*SIZES, "9007199254740992", "9007199254740993"]), None])
units = st.lists(
    st.tuples(st.sampled_from("abcd"), numbers, numbers, st.sampled_from(["x", "y", None])),
    max_size=7,
)


def compiled(condition: str) -> PackPlan:
    rule = f'rule X "x"\n  for each u in units\n  must {condition}\n  else CAR "no"\n'
    return pack(VOCABULARY + rule)


def dossiers_of(plan: PackPlan, units: list[Any], limit: Any) -> list[Dossier]:
    columns = ("name", "first", "last", "registry")
    return [
        project(
            plan, f"D-{n}", {"units": [dict(zip(columns, u, strict=True)) for u in some]},
            limit=limit,
        )
        for n, some in enumerate(units)
    ]  # fmt: skip


def in_file(plan: PackPlan, dossiers: list[Dossier], folder: Path) -> Others:
    """The dossiers pooled in a file, as a process of a run has them."""
    with PoolFile(str(folder), new=True) as file:
        others = file.pool_of(plan)
        for dossier in dossiers:
            others.extend(pickle.loads(pickle.dumps(pooled(plan, [dossier]))))
        others.add_unread("D-unread")
        file.filled([others])
    others = pickle.loads(pickle.dumps(others))
    PoolFile(str(folder)).read([others])
    return others


def assessed(plan: PackPlan, dossiers: list[Dossier], others: Others) -> list[Assessment]:
    with patch.object(other_rows, "FEWEST", 0):
        return [assess(one, plan, others=others) for one in dossiers]


@pytest.mark.parametrize("condition", CONDITIONS)
@settings(max_examples=12, deadline=None)
@given(units=st.lists(units, min_size=1, max_size=4), limit=numbers)
def test_a_pool_in_a_file_says_what_one_in_memory_says(
    condition: str, units: list[Any], limit: Any
) -> None:
    plan = compiled(condition)
    dossiers = [*dossiers_of(plan, units, limit), project(plan, "D-none", {})]
    held = pooled(plan, dossiers)
    held.add_unread("D-unread")
    with TemporaryDirectory() as folder:
        kept = in_file(plan, dossiers, Path(folder))
        assert isinstance(kept.tables["units"], TableInFile)
        assert assessed(plan, dossiers, kept) == assessed(plan, dossiers, held)


@pytest.mark.parametrize("condition", CONDITIONS[:3])
def test_only_rows_that_may_matter_are_read(condition: str, tmp_path: Path) -> None:
    plan = compiled(condition)
    rows = [
        [(f"{n}-{k}", D(100 * n + k), D(100 * n + k), "x") for k in range(50)] for n in range(20)
    ]
    rows[7][3] = ("4-4", D(404), D(404), "x")
    dossiers = dossiers_of(plan, rows, None)
    kept = in_file(plan, dossiers, tmp_path)
    read: set[int] = set()
    row_of = TableInFile._row

    def noted(table: TableInFile, row: int) -> Any:
        read.add(row)
        return row_of(table, row)

    kept.tables["units"].unread.clear()
    with patch.object(TableInFile, "_row", noted):
        found = assessed(plan, dossiers, kept)
    failing = [one.dossier.id for one in found if one.requirements[0].verdict != "conforms"]
    assert failing == ["D-4", "D-7"]
    assert {204, 353} <= read
    # Ranges of one width are found together with some that begin just before.
    assert len(read) <= (2 if "first" not in condition else 1_000)


def test_rows_that_share_a_common_value_are_not_read_for_it(tmp_path: Path) -> None:
    plan = compiled(
        "no o in units across dossiers satisfies o.registry = u.registry and o.name = u.name"
    )
    rows = [[(f"{n}-{k}", None, None, "x") for k in range(50)] for n in range(4)]
    dossiers = dossiers_of(plan, rows, None)
    kept = in_file(plan, dossiers, tmp_path)
    kept.tables["units"].unread.clear()
    with patch.object(TableInFile, "_row", side_effect=AssertionError):
        found = assessed(plan, dossiers, kept)
    assert {one.requirements[0].verdict for one in found} == {"conforms"}


def test_tables_asked_by_place_or_as_a_whole_stay_in_memory(tmp_path: Path) -> None:
    plan = compiled("(count for o in units across dossiers where o.last > 3) <= 1")
    with PoolFile(str(tmp_path), new=True) as file:
        assert not isinstance(file.pool_of(plan).tables["units"], TableInFile)


def test_the_digest_of_a_pool_is_of_its_rows(tmp_path: Path) -> None:
    plan = compiled(CONDITIONS[0])

    def digest(name: str, folder: str) -> bytes:
        dossiers = dossiers_of(plan, [[("a", None, None, None)], [(name, None, None, None)]], None)
        (tmp_path / folder).mkdir()
        return pickle.dumps(in_file(plan, dossiers, tmp_path / folder))

    first = digest("b", "one")
    assert digest("b", "two") == first
    assert digest("c", "three") != first


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    plan = compiled(CONDITIONS[0])
    rows = [[(f"{n}-{k}" * 50, None, None, "x") for k in range(200)] for n in range(3)]

    def fill() -> None:
        with PoolFile(str(tmp_path), new=True) as file:
            others = file.pool_of(plan)
            file.connection.execute("PRAGMA max_page_count = 20")
            for dossier in dossiers_of(plan, rows, None):
                others.add(dossier)
            file.filled([others])

    with pytest.raises(BatchProblem) as told:
        fill()
    assert told.value.key == "disk-full"
