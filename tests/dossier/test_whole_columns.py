"""All cells of a column at once, and all rows of a file in one cut: what going one by one says."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import vocabulary
from hypothesis import example, given
from hypothesis import strategies as st
from making import dossier

from guiju.dossier import csv_grid, tables
from guiju.dossier.csv_grid import read_csv
from guiju.dossier.grid import Even, Grid
from guiju.dossier.lens import Lens
from guiju.dossier.problems import Rejected
from guiju.dossier.tables import Column, Rows, build
from guiju.verdicts import Origin, Problem

PARCELS = vocabulary.pack().tables["parcels"]
CELLS: dict[str, list[Any]] = {
    "id": ["P-1", "合计", " P-2 ", "", "total", None, False, "P-3"],
    "area": ["1", "1.50", "-2", "15 亩", "1,000", "", " 3 ", "n/a", None, True, False, "9" * 50],
    "stand": ["tree", "bamboo", "乔木", "TREE", "", " tree", "birch", None, False],
    "planted": ["2024-03-01", "2024/3/1", "2024-02-30", "", "-", None, "0000-00-00", True],
    "trees": ["12", "12.0", "12.5", "", "-0", "三", None, "1e3"],
    "forest": ["是", "no", "TRUE", "", "maybe", None, True, False, " 否"],
}
LENSES = (Lens(), Lens(missing=frozenset(("n/a", "-"))), Lens(values={"birch": "tree"}))


@st.composite
def columns(draw: st.DrawFn) -> dict[str, Column]:
    """Columns of few different cells, as tables have them, and of any."""
    size = draw(st.integers(1, 12))
    found = {}
    for name, cells in CELLS.items():
        some = draw(st.lists(st.sampled_from(cells), min_size=1, max_size=4))
        drawn = draw(st.lists(st.sampled_from(some), min_size=size, max_size=size))
        found[name] = Column(drawn, draw(st.sampled_from(LENSES)))
    return found


def made(cells: dict[str, Column]) -> Any:
    size = len(next(iter(cells.values())).cells or ())
    problems: list[Problem] = []
    rows = Rows(size, cells, lambda row, field: Origin("f", f"{row}:{field}"), str)
    table = build(PARCELS, rows, problems)
    places = [table.place(row, field) for row in range(size) for field in cells]
    return table.columns, table.keys, places, problems


@given(columns())
def test_a_whole_column_is_read_as_its_cells_are(cells: dict[str, Column]) -> None:
    at_once = made(cells)
    with patch.object(tables, "whole_column", lambda *_: None):
        assert at_once == made(cells)


def test_equal_cells_share_their_value() -> None:
    names = [f"P-{number}" for number in range(8)]
    found, _, _, _ = made(
        {"id": Column(names), "area": Column(["15 亩", "2"] * 4), "trees": Column(["7"] * 8)}
    )
    assert found["area"][0] is found["area"][2]
    assert found["trees"][0] is found["trees"][7]


def test_true_and_false_of_json_are_no_empty_cells(tmp_path: Path) -> None:
    rows = '[{"id": "P", "area": false}, {"id": "Q", "area": "2"}, {"id": false, "area": "3"}]'
    found = dossier(tmp_path, "tables: { parcels: p.json }\n", {"p.json": rows})
    assert "not-a-number" in [problem.code for problem in found.problems]
    assert found.tables["parcels"].keys == ["P", "Q", "false"]


# --- rows of a file ---------------------------------------------------------------------

LINE = st.lists(
    st.sampled_from(["a", "", " ", "合计", '"q"', "x;y", "注：n"]), min_size=1, max_size=4
)
TEXTS = st.builds(
    lambda lines, end, final: end.join(map(",".join, lines)) + (end if final else ""),
    st.one_of(
        st.lists(LINE, max_size=6),
        st.integers(1, 4).flatmap(
            lambda width: st.lists(
                st.lists(st.sampled_from(["a", "b", "", " "]), min_size=width, max_size=width),
                max_size=6,
            )
        ),
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)


def grid_of(text: str, header: int) -> Any:
    problems: list[Problem] = []
    try:
        grid = read_csv(text, "f.csv", problems, ",", header)
    except Rejected as rejected:
        return rejected.code, rejected.values
    size = len(grid.rows)
    places = [grid.at(row, 1) for row in range(-1, size)]
    cells = grid.columns(range(len(grid.header)))
    whole = {index: list(column) for index, column in cells.items()}
    return grid.header, list(map(list, grid.rows)), whole, places, grid.broken, problems


@given(TEXTS, st.integers(1, 3))
@example("a,b\n1,2\n3,4\n", 1)
@example("a,b\n1,2\n,\n", 1)
def test_one_cut_parts_a_text_as_line_by_line(text: str, header: int) -> None:
    at_once = grid_of(text, header)
    with patch.object(csv_grid, "_even", lambda *_: None):
        assert at_once == grid_of(text, header)


def test_the_one_cut_is_taken() -> None:
    assert isinstance(read_csv("a,b\n1,2\n3,4\n", "f", []).rows, Even)
    assert not isinstance(read_csv("a,b\n1,2\n3\n", "f", []).rows, Even)


@pytest.mark.parametrize("header", [1, 2])
def test_a_field_that_is_too_large_is_told_with_even_rows_as_well(header: int) -> None:
    large = "x" * 2_000_000
    with pytest.raises(Rejected, match="field-too-large"):
        read_csv(f"a,b\nc,d\n1,{large}\n", "f", [], ",", header)


def test_rows_of_even_cells_are_those_of_a_list() -> None:
    rows = [["1", "2"], ["3", "4"], ["5", "6"]]
    even = Even([cell for row in rows for cell in row], 2, 3)
    assert list(even) == rows
    assert [even[-1], list(even[:2]), even[1:], len(even[:0])] == [rows[2], rows[:2], rows[1:], 0]
    with pytest.raises(IndexError):
        even[3]
    grid = Grid("f", ["a", "b"], even, lambda row, column: "")
    grid.number("n")
    assert grid.columns([1, 2]) == {1: ("2", "4", "6"), 2: ("1", "2", "3")}
