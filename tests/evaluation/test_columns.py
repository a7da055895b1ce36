"""All rows at once and row by row: the same verdicts, findings and counts."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.evaluation import rules

from .making import D, check

TABLE = """
facts project "Project"
  limit : number
  ready : yes/no
table trees "Trees"
  key id
  id : text
  size : number
  kind : one of tree, bamboo, shrub
  alive : yes/no
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
)
CELLS = st.one_of(st.none(), st.integers(0, 5).map(D))


@pytest.mark.parametrize("must", CONDITIONS)
@given(
    rows=st.lists(
        st.tuples(
            CELLS,
            st.sampled_from((None, "tree", "bamboo", "shrub")),
            st.sampled_from((None, True, False)),
        ),
        max_size=8,
    ),
    limit=CELLS,
)
def test_all_rows_at_once_say_what_each_row_says(must, rows, limit) -> None:
    text = f'{TABLE}rule R "r"\n  for each t in trees\n  must {must}\n  else CAR "no"\n'
    trees = [
        {"id": f"T{n}", "size": size, "kind": kind, "alive": alive}
        for n, (size, kind, alive) in enumerate(rows, 1)
    ]
    facts = {"project.limit": limit}
    at_once = check(text, facts, tables={"trees": trees})
    with patch.object(rules, "truths", lambda *_: None):
        one_by_one = check(text, facts, tables={"trees": trees})
    assert at_once == one_by_one
