"""Rows held against rows of their own table, counts of rows that have what they go by, and lookups
of the day in a row: asked in queries, as the reference evaluator answers them."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from tests.roads.generating import MANIFEST
from tests.roads.values import dossier

from guiju.assessment import assess
from guiju.assessment.record import to_json
from guiju.compiler import compile_texts
from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.plan.nodes import PackPlan
from guiju.tables import tables_evaluator
from guiju.verdicts import Assessment

AS_OF = date(2026, 1, 1)
VOCABULARY = """\
table stays "Stays"
  key id
  id "Id" : text
  guest "Guest" : text
  room "Room" : text optional
  arrived "Arrived" : date
  left "Left" : date
  first "First hour" : integer
  last "Last hour" : integer
  price "Price" : number
lookup prices "Prices"
  by room : text
  gives price : number
  | "a" | 10.5 | effective 2024-01-01 until 2024-01-04
  | "a" | 12   | effective 2024-01-05
  | "b" | 7    | effective 2024-01-03 until 2024-01-08
lookup limits "Limits"
  by what : text
  gives most : number
  | "visits" | 1 |
"""
PAIRS = [
    "no other in stays satisfies other.guest = stay.guest and other.id != stay.id"
    " and other.arrived < stay.left and other.left > stay.arrived",
    "no other in stays where other.room is known satisfies other.room = stay.room"
    " and other.id != stay.id and other.first <= stay.last and other.last >= stay.first",
    "(count for other in stays where other.guest is known and other.guest = stay.guest"
    " and other.first * 2 + 1 > stay.first) <= 3",
    "some other in stays where other.price > 8 satisfies other.guest = stay.guest"
    " and other.price < stay.price + 0.1",
    "every other in stays where other.guest = stay.guest satisfies"
    " other.arrived <= stay.arrived or other.last > stay.last",
    "no other in stays satisfies other.guest = stay.guest and other.id != stay.id"
    " and other.room != stay.room and other.first <= stay.first",
    "(count for other in stays where other.guest is known and other.arrived is known"
    ' and other.guest = stay.guest and other.arrived = stay.arrived) <= limits["visits"].most',
    "stay.price = prices[stay.room on stay.arrived].price",
    "stay.price * 2 <= prices[stay.room on stay.left].price + 10",
]


def pack(must: str) -> PackPlan:
    texts = {
        "1.gj": VOCABULARY,
        "2.gj": 'rule R "R"\n  cite "1"\n  basis verified\n  for each stay in stays\n'
        f'  must {must}\n  else CAR "No: {{stay.id}}."\n',
    }
    return compile_texts(texts, MANIFEST)


def stays(seed: int, rows: int, gaps: float) -> list[dict[str, Any]]:
    chance = Random(seed)
    found: list[dict[str, Any]] = []
    for number in range(rows):
        arrived, first = chance.randint(1, 9), chance.randint(0, 12)
        row = {
            "id": f"s{number}",
            "guest": chance.choice("xyzuvw"),
            "room": chance.choice("abc"),
            "arrived": date(2024, 1, arrived),
            "left": date(2024, 1, arrived + chance.randint(0, 2)),
            "first": first,
            "last": first + chance.randint(0, 3),
            "price": chance.choice((7.0, 10.5, 12.0, 8.25)),
        }
        for field in row:
            if field != "id" and chance.random() < gaps:
                row[field] = None
        found.append(row)
    return found


def both(plan: PackPlan, rows: list[dict[str, Any]]) -> tuple[Assessment, Assessment]:
    one = dossier(plan, {}, {"stays": rows})
    return assess(one, plan, as_of=AS_OF), assess(
        one, plan, as_of=AS_OF, evaluator=tables_evaluator
    )


@pytest.mark.parametrize("gaps", [0.0, 0.05])
@pytest.mark.parametrize("must", PAIRS, ids=range(len(PAIRS)))
def test_both_roads_come_to_the_same(must: str, gaps: float) -> None:
    plan = pack(must)
    seen: set[str] = set()
    for seed in range(4):
        right, found = both(plan, stays(seed, 24, gaps))
        assert to_json(found) == to_json(right)
        (requirement,) = right.requirements
        seen |= requirement.counts.keys()
    # The rows were such that the condition is met by some and not by others.
    assert {"conforms", "nonconforming"} <= seen
    assert ("undetermined" in seen) or not gaps


@pytest.mark.parametrize("must", PAIRS[:7], ids=range(7))
def test_rows_that_lack_nothing_are_settled_by_queries(must: str) -> None:
    plan = pack(must)
    one = dossier(plan, {}, {"stays": stays(5, 60, 0.0)})
    run = Run(plan, one, AS_OF)
    evaluator = tables_evaluator(run, Wording(run), brief=True)
    (rule,) = plan.rules
    evaluator.requirement(rule)
    assert evaluator.statistics.settled == evaluator.statistics.rows == 60


def test_a_price_of_the_day_is_looked_up_by_queries() -> None:
    plan = pack(PAIRS[7])
    rows = stays(5, 60, 0.0)
    priced = [row for row in rows if row["room"] == "a"]
    one = dossier(plan, {}, {"stays": priced})
    run = Run(plan, one, AS_OF)
    evaluator = tables_evaluator(run, Wording(run), brief=True)
    evaluator.requirement(plan.rules[0])
    assert evaluator.statistics.settled == len(priced) > 5
