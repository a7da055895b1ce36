"""Rows found through an index give what going over all rows gives, to the last derivation."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.assessment import assess
from guiju.assessment.record import to_json
from guiju.evaluation import indexes
from guiju.plan.nodes import PackPlan

from .making import D, calls_counted, check, dossier, pack

VOCABULARY = """
facts project "Project"
  kind : text
  limit : number
table plots "Plots"
  key id
  id : text
  kind : text
  share : number
table trees "Trees"
  key id
  id : text
  plot : text
  kind : text
  size : number
  order : number
"""

CONDITIONS = (
    "tree.plot = plot.id",
    "plot.id = tree.plot and tree.size > project.limit",
    "tree.size > 1 and tree.plot = plot.id",
    "tree.kind = project.kind and tree.plot = plot.id",
    "tree.plot = plot.id and tree.kind = plot.kind and tree.size < 5",
    "tree.plot = plot.id or tree.size > 3",
    "tree.plot = plot.id and tree.kind = plot.kind and tree.order = plot.share",
    "tree.size = plot.share",
    "tree.plot = plot.id and tree.kind is known",
    "tree.size between 1 and 3",
    "tree.size between plot.share and project.limit",
    "tree.plot = plot.id and tree.size between plot.share and 4",
    "tree.size between 1 and plot.share and tree.kind = project.kind",
    "plot.share between tree.size and tree.order",
)
MUSTS = (
    "(sum of tree.size for tree in trees where {}) <= 4",
    "(count for tree in trees where {}) >= 1",
    "(mean of tree.size for tree in trees where {}) <= 3",
    "(max of tree.size for tree in trees where {}) <= 4",
    "(first of tree.size for tree in trees where {} by tree.order) <= 3",
    "(last of tree.size for tree in trees where {} by tree.order) <= 3",
    "every tree in trees where {} satisfies tree.size <= 3",
    "some tree in trees satisfies {}",
    "no tree in trees satisfies {}",
    "no tree in trees where tree.size > 2 satisfies {}",
    "at least 2 tree in trees where {} satisfies tree.size >= 2",
    "at least 1 tree in trees satisfies {}",
)

names = st.sampled_from(["a", "b", "c", None])
sizes = st.sampled_from([D(1), D("1.0"), D(3), D("4.5"), None])
plots = st.lists(st.tuples(names, sizes), min_size=1, max_size=4)
trees = st.lists(st.tuples(names, names, sizes, sizes), max_size=9)


@cache
def compiled(condition: str, must: str) -> PackPlan:
    text = f'{VOCABULARY}rule R "r"\n  for each plot in plots\n  must {must.format(condition)}\n'
    return pack(f'{text}  else CAR "no"\n')


def assessed(plan: PackPlan, tables: dict[str, Any], facts: dict[str, Any]) -> bytes:
    made = dossier(facts, tables)
    for name, data in made.tables.items():
        for field in plan.tables[name].fields:
            data.columns.setdefault(field, [None] * len(data))
    return to_json(assess(made, plan))


@pytest.mark.parametrize("must", MUSTS)
@pytest.mark.parametrize("condition", CONDITIONS)
@settings(max_examples=15, deadline=None)
@given(plots, trees, names, sizes)
def test_the_index_changes_nothing(condition, must, plots, trees, kind, limit) -> None:
    tables = {
        "plots": [
            {"id": "abcd"[n], "kind": kind, "share": share} for n, (kind, share) in enumerate(plots)
        ],
        "trees": [
            {"id": f"T{n}", "plot": plot, "kind": kind, "size": size, "order": order}
            for n, (plot, kind, size, order) in enumerate(trees)
        ],
    }
    facts = {"project.kind": kind, "project.limit": limit}
    told = []
    for fewest, many in ((0, 0), (0, 1_000_000), (1_000_000, 1_000_000)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(indexes, "_FEWEST", fewest)
            patch.setattr(indexes, "_MANY", many)
            told.append(assessed(compiled(condition, must), tables, facts))
    assert told[0] == told[1] == told[2]


def test_sums_by_plot_keys_of_one_kind_and_ranges_are_worked_out_in_proportion_to_the_rows() -> (
    None
):
    def taken(count: int) -> int:
        tables = {
            "plots": [{"id": f"P{n}", "kind": f"K{n}", "share": D(1)} for n in range(count)],
            "trees": [
                {"id": f"T{n}", "plot": f"P{n}", "kind": "x", "size": D(1), "order": D(n)}
                for n in range(count)
            ],
        }
        text = f"""{VOCABULARY}
rule R "r"
  for each plot in plots
  must (sum of tree.size for tree in trees where tree.plot = plot.id) = 1
  else CAR "no"
rule U "u"
  for each plot in plots
  must no other in plots where other.id != plot.id satisfies other.kind = plot.kind
  else CAR "no"
rule V "v"
  for each tree in trees
  must no other in trees satisfies other.kind = tree.kind
       and other.order between tree.order and tree.order + tree.size / 2 and other.id != tree.id
  else CAR "no"
"""
        with calls_counted() as calls:
            found = check(text, tables=tables)
        assert [one.verdict for one in found.requirements] == ["conforms"] * 3
        return calls.count

    # Going over all pairs takes a hundred times as many for ten times the rows.
    assert taken(3_000) < 12 * taken(300)


def test_rows_of_several_equal_columns_are_found_by_all_of_them() -> None:
    def taken(count: int) -> int:
        tables = {
            "plots": [{"id": "P", "kind": "K", "share": D(1)}],
            "trees": [
                {
                    "id": f"T{n}",
                    "plot": f"P{n // 15 % 15}",
                    "kind": f"K{n % 15}",
                    "size": D(1),
                    "order": D(n // 225),
                }
                for n in range(count)
            ],
        }
        text = f"""{VOCABULARY}
rule R "r"
  for each tree in trees
  must no other in trees satisfies other.kind = tree.kind and other.plot = tree.plot
       and other.order = tree.order and other.id != tree.id
  else CAR "no"
"""
        with calls_counted() as calls:
            found = check(text, tables=tables)
        assert [one.verdict for one in found.requirements] == ["conforms"]
        return calls.count

    # By any one column two hundred rows are left for each, and a hundred times as many in all.
    assert taken(3_000) < 12 * taken(300)
