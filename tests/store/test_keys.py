"""Keys of stored tables: missing ones, and those that stand twice, however far apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keeping import both, parquet
from making import folder
from tree_tables import pack

from guiju.dossier import Dossier, open_dossier, read
from guiju.store import Store, StoredTable
from guiju.store.keys import _repeated


def trees(path: Path, plots: list[Any], numbers: list[Any]) -> bytes:
    return parquet(path, {"plot": pa.array(plots, pa.string()), "tree": pa.array(numbers)})


def kept(path: Path, content: bytes, store: Store) -> tuple[Dossier, StoredTable]:
    made = folder(path / "d", "tables: { trees: t.parquet }\n", {"t.parquet": content})
    found = read(open_dossier(made), pack(), store)
    table = found.tables["trees"]
    assert isinstance(table, StoredTable)
    return found, table


def test_keys_that_stand_twice_far_apart_are_told(tmp_path: Path) -> None:
    plots = [f"P-{row // 10:05}" for row in range(60_000)]
    numbers = [row % 10 for row in range(60_000)]
    plots[59_000], numbers[59_000] = plots[7], numbers[7]
    both(
        tmp_path / "b", pack(), "t.parquet", {"t.parquet": trees(tmp_path, plots, numbers)}, "trees"
    )
    with Store() as store:
        found, table = kept(tmp_path, trees(tmp_path, plots, numbers), store)
        told = [p for p in found.problems if p.code == "row-twice"]
        assert [p.origin.at for p in told if p.origin] == ["59001:1"]
        assert not table.unique
        assert table.keys_of([7, 59_000]) == ["P-00000/7", "P-00000/7 #59001"]


def test_a_table_in_order_is_unique_without_grouping(tmp_path: Path) -> None:
    content = trees(tmp_path, [f"P-{row:06}" for row in range(60_000)], [1] * 60_000)
    with Store() as store:
        found, table = kept(tmp_path, content, store)
        assert table.unique and len(table) == 60_000
        assert not [p for p in found.problems if p.code == "row-twice"]
        # Nothing was copied: the columns are read where they stand.
        views = store.rows("SELECT view_name FROM duckdb_views() WHERE NOT internal")
        assert views == [(table.sql_name.strip('"'),)]
        assert store.rows("SELECT table_name FROM duckdb_tables()") == []


def test_missing_keys_and_many_alike_are_told_as_the_ordinary_reader_does(tmp_path: Path) -> None:
    plots = [None if row % 3 == 0 else f"P-{row % 7}" for row in range(500)]
    content = trees(tmp_path, plots, [row % 5 for row in range(500)])
    both(tmp_path / "b", pack(), "t.parquet", {"t.parquet": content}, "trees")


def test_parts_of_keys_that_hold_the_stroke_between_parts(tmp_path: Path) -> None:
    text = "plot,tree\na/1,2\na,1\nb,1\n"
    both(tmp_path / "a", pack(), "t.csv", {"t.csv": text}, "trees")
    # The whole key is the same text, its parts are not.
    plan = pack().tables["trees"]
    swapped = plan._replace(key=("plot", "note"))
    other = pack()
    other.tables = {**other.tables, "trees": swapped}
    both(tmp_path / "b", other, "t.csv", {"t.csv": "plot,note\na/b,c\na,b/c\n"}, "trees")


def test_keys_that_are_one_number_written_in_two_ways_are_not_unique_in_a_query(
    tmp_path: Path,
) -> None:
    with Store(large_bytes=0) as store:
        made = folder(
            tmp_path, "tables: { trees: t.csv }\n", {"t.csv": "plot,tree\na,1\na,1.0\nb,2\n"}
        )
        table = read(open_dossier(made), pack(), store).tables["trees"]
        assert isinstance(table, StoredTable)
        assert list(table.keys) == ["a/1", "a/1.0", "b/2"]
        assert not table.unique


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), max_size=40), st.booleans())
def test_no_row_that_is_not_alone_is_overlooked(
    rows: list[tuple[int, int]], in_order: bool
) -> None:
    if in_order:
        rows = sorted(rows)
    with Store() as store:
        store.execute("CREATE TABLE t (rid BIGINT, a BIGINT, b BIGINT)")
        for rid, (a, b) in enumerate(rows):
            store.execute("INSERT INTO t VALUES (?, ?, ?)", [rid, a or None, b])
        given_ = "a IS NOT NULL AND b IS NOT NULL"
        found = _repeated(store, "t", ["a", "b"], given_, len(rows))
        assert found is not None
        alone = {rid for rid, row in enumerate(rows) if rows.count(row) == 1 or not row[0]}
        assert set(range(len(rows))) - alone <= set(found)


@pytest.mark.parametrize("total", ["合计", "合 计：", "Total"])
def test_a_total_within_a_stored_table_is_warned_of(tmp_path: Path, total: str) -> None:
    other = pack()
    plan = other.tables["trees"]._replace(key=("plot",))
    other.tables = {**other.tables, "trees": plan}
    text = f"plot,tree\nA,1\n{total},2\nB-l,3\n"

    def look(found: Dossier, _: Dossier, __: Store) -> None:
        assert [p.code for p in found.problems if p.severity == "warning"][-1] == "total-row"

    both(tmp_path, other, "t.csv", {"t.csv": text}, "trees", look)
