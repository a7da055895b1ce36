"""All rows at once and row by row: the same verdicts, findings and counts."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.evaluation import alike, columns, relevance

from .making import D, check, document

TABLE = """
facts project "Project"
  limit : number
  ready : yes/no
  start : date
facts papers "Papers"
  survey : document
table trees "Trees"
  key id
  id : text
  size : number
  width : cm
  length : m
  kind : one of tree, bamboo, shrub
  alive : yes/no
  planted : date
  plot : text
  note : text
table plots "Plots"
  key name
  name : text
  open : yes/no
  most : number
lookup rates "Rates" by kind : text : number
  | tree | 2 |
  | shrub | 4 |
formula doubled for each t in trees : number
  = t.size * 2
"""
CONDITIONS = (
    "t.size >= 3",
    "t.size < project.limit",
    "t.size between 1 and project.limit",
    "not (t.kind is in {bamboo, shrub})",
    "t.kind is not tree and t.size != 2",
    "not (t.size > 2 and t.kind is tree)",
    "t.alive and t.size <= 4",
    "t.size + 1 > project.limit",
    "t.alive",
    "not t.alive or t.kind is tree",
    "t.size is known and t.alive is not known",
    "t.width <= t.length",
    "t.width < 3 cm or t.length > 0.02 m",
    "3 cm >= t.length",
    "project.ready",
    "project.ready or t.alive",
    "t.planted + 3 years month end up <= project.start",
    "some p in plots satisfies p.name = t.plot and p.open",
    "no p in plots where p.open satisfies p.name = t.plot",
    "plots[t.plot].open",
    "plots[t.plot].most >= t.size",
    "rates[t.note] >= 3",
    "t.doubled <= 5",
    "(if t.alive then t.size else project.limit) <= 3",
    "length(t.note) = 4",
    'matches(t.note, "b|tree")',
    't.kind is in {tree, bamboo} and t.note is in {"tree", t.plot}',
)
FRAMES = (
    "",
    " where t.alive",
    "\n  when t.kind is not shrub",
    '\n  when project.ready\n  unless project.ready because "u"',
    '\n  when t.alive\n  unless t.size > 3 because "large"',
    "\n  when low > 2\n  let low = t.size + project.limit",
    "\n  needs survey",
    ' where t.kind is tree\n  unless t.alive because "alive"\n  needs survey',
)
SIZES = st.sampled_from((None, D(0), D(1), D(2), D("2.0"), D(3), D(5)))
DAYS = st.sampled_from((None, date(2015, 3, 1), date(2016, 2, 29), date(2020, 1, 1)))
TRUTHS = st.sampled_from((None, True, False))
NAMES = st.sampled_from((None, "a", "b", "tree", "c"))
ROWS = st.fixed_dictionaries(
    {
        "size": SIZES,
        "width": SIZES,
        "length": st.sampled_from((None, D(0), D("0.02"), D("0.030"), D(1))),
        "kind": st.sampled_from((None, "tree", "bamboo", "shrub")),
        "alive": TRUTHS,
        "planted": DAYS,
        "plot": NAMES,
        "note": NAMES,
    }
)
PLOTS = st.lists(st.fixed_dictionaries({"open": TRUTHS, "most": SIZES}), max_size=3)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Trees that are often alike, as they are in a large table, and their plots."""
    kinds = draw(st.lists(ROWS, min_size=1, max_size=3))
    drawn = draw(st.lists(st.one_of(st.sampled_from(kinds), ROWS), max_size=14))
    return {
        "trees": [{"id": f"T{n}", **row} for n, row in enumerate(drawn, 1)],
        "plots": [{"name": "abc"[n], **row} for n, row in enumerate(draw(PLOTS))],
    }


FACTS = st.fixed_dictionaries(
    {"project.limit": SIZES, "project.ready": TRUTHS, "project.start": DAYS}
)


def both(must: str, frame: str, facts: Any, rows: Any, **more: Any) -> tuple[Any, Any]:
    """What a check comes to at once, and row by row."""
    text = f'{TABLE}rule R "r"\n  for each t in trees{frame}\n  must {must}\n  else CAR "no"\n'
    at_once = check(text, facts, tables=rows, **more)
    with (
        patch.object(columns, "settled", lambda *_: None),
        patch.object(alike, "_columns", lambda _: None),
    ):
        one_by_one = check(text, facts, tables=rows, **more)
    return at_once, one_by_one


@pytest.mark.parametrize("must", CONDITIONS)
@settings(max_examples=25)
@given(facts=FACTS, rows=tables())
def test_all_rows_at_once_say_what_each_row_says(must: str, facts: Any, rows: Any) -> None:
    at_once, one_by_one = both(must, "", facts, rows)
    assert at_once == one_by_one


@pytest.mark.parametrize("frame", FRAMES)
@settings(max_examples=40)
@given(must=st.sampled_from(CONDITIONS), facts=FACTS, rows=tables(), surveyed=st.booleans())
def test_rules_with_conditions_say_the_same(
    frame: str, must: str, facts: Any, rows: Any, surveyed: bool
) -> None:
    papers = {"survey": [document("survey")]} if surveyed else {}
    at_once, one_by_one = both(must, frame, facts, rows, documents=papers)
    assert at_once == one_by_one


ALIKE = {
    "trees": [
        {"id": f"T{n}", "size": D(2), "width": D(1), "length": D(1), "kind": "tree",
         "alive": True, "planted": date(2015, 1, 1), "plot": "a", "note": "tree"}
        for n in range(12)
    ],
    "plots": [{"name": "a", "open": True, "most": D(9)}],
}  # fmt: skip


@pytest.mark.parametrize("must", CONDITIONS)
def test_rows_that_are_alike_are_settled_together(must: str) -> None:
    """All but those that know their row by more than its cells."""
    said: list[Any] = []
    settled = columns.settled

    def noted(*arguments: Any) -> Any:
        said.append(settled(*arguments))
        return said[-1]

    facts = {"project.limit": D(1), "project.ready": True, "project.start": date(2020, 1, 1)}
    text = f'{TABLE}rule R "r"\n  for each t in trees\n  must {must}\n  else CAR "no"\n'
    with patch.object(columns, "settled", noted):
        check(text, facts, tables=ALIKE)
    together = bool(said[0]) and None not in said[0]
    holds = check(text, facts, tables=ALIKE).requirements[0].verdict == "conforms"
    assert together is (holds and must != "t.doubled <= 5")


def test_what_a_missing_cell_would_change_is_found_once_for_rows_that_are_alike() -> None:
    rows = {**ALIKE, "trees": [{**row, "plot": None} for row in ALIKE["trees"]]}
    rows["trees"][3] |= {"kind": "shrub"}
    text = (
        f'{TABLE}rule R "r"\n  for each t in trees\n'
        "  must t.kind is tree and (some p in plots satisfies p.name = t.plot and p.open)\n"
        '  else CAR "no"\n'
    )
    settled: list[int] = []

    def noted(rule: Any, row: Any, outcome: Any) -> Any:
        settled.append(row)
        return relevance.settle(rule, row, outcome)

    with patch.object(alike, "settle", noted):
        (found,) = check(text, {}, tables=rows).requirements
    assert found.counts == {"nonconforming": 1, "undetermined": 11}
    assert settled == [0]
    assert [m.name for m in found.findings[-1].missing] == ["trees[T11].plot"]
