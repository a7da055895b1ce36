"""A missing fact matters only where some value of it could change the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from guiju.compiled import APART, compile_pack

from .making import compiled, pack, state, states


def test_an_or_that_holds_anyway_is_met() -> None:
    facts = "  a : number\n  b : number"
    assert state(facts, "must a > 1 or b > 1", b=2.0) is True
    assert state(facts, "must a > 1 and b > 1", b=0.0) is False
    assert state(facts, "must a > 1 or b > 1", b=0.0) is None


def test_what_holds_for_all_values_of_a_missing_fact_holds() -> None:
    facts = "  a : number\n  b : integer between 0 and 5\n  t : yes/no"
    assert state(facts, "must a > 1 or a <= 1") is True
    assert state(facts, "must b >= 0") is True
    assert state(facts, "must b > 5") is False
    assert state(facts, "must b > 4") is None
    assert state(facts, "must t or not t") is True
    assert state(facts, "when t\n  must a > 1", t=False) is APART


def test_a_span_that_no_value_can_be_in_is_not_met() -> None:
    facts = "  start : integer\n  low : integer\n  high : integer"
    rule = "must low <= start and start <= high"
    given: list[dict[str, Any]] = [
        {"low": 5, "high": 9},
        {"low": 9, "high": 5},
        {"low": 5, "high": 5},
        {"low": 5},
        {"start": 5},
        {"start": 5, "high": 4},
        {},
    ]
    assert states(facts, rule, given) == [None, False, None, None, None, False, None]


def test_between_two_days_there_may_be_no_day() -> None:
    facts = "  a : date\n  b : date\n  c : date"
    given = [
        {"b": date(2020, 1, 1), "c": date(2020, 1, 2)},
        {"b": date(2020, 1, 1), "c": date(2020, 1, 3)},
        {"b": date.min, "c": date.min},
        {"b": date.max, "c": date(2020, 1, 1)},
    ]
    assert states(facts, "must b < a and a < c", given) == [False, None, False, False]
    assert states(facts, "must a >= b", [{"b": date.min}, {"b": date.max}]) == [True, None]


def test_a_range_decides_against_other_facts() -> None:
    facts = "  a : number >= 0\n  b : number"
    assert states(facts, "must a >= b", [{"b": -1.0}, {"b": 0.0}, {"b": 0.5}]) == [True, True, None]
    assert state(facts, "must a * 2 >= b", b=-1.0) is True


def test_a_fact_among_others_in_a_list_is_not_tried() -> None:
    facts = "  a : number\n  b : number between 0 and 1"
    assert state(facts, "must a is in {3, b}", a=20.0) is None


def test_known_is_an_answer() -> None:
    facts = "  a : number optional\n  b : number"
    assert state(facts, "must a is known", b=1.0) is False
    assert state(facts, "must a is not known or a > b", b=1.0) is True
    assert state(facts, "must a is not known or a > b", a=2.0) is None


def test_objects_that_are_alike_are_asked_about_once() -> None:
    made = compiled(
        "  o : text\n  n : number",
        'must (o = "a" and n >= 1) or (o = "b" and n >= 2) or (o = "c" and n >= 3)',
    )
    objects = [{"o": None, "n": n / 8} for n in range(64)] + [{"o": "b", "n": None}] * 9
    assert made.states(objects) == [(False,)] * 8 + [(None,)] * 65
    # One for each set of conditions that hold.
    assert 0 < made.statistics.relevance <= 8


@pytest.mark.parametrize("needs", [True, False])
def test_an_object_has_no_documents(needs: bool) -> None:
    facts = "  a : number\n  survey : document"
    plan = pack(facts, "must a > 1" + ("\n  needs survey" if needs else ""))
    made = compile_pack(plan)
    assert made.states([{"a": 2.0}, {"a": 0.0}]) == [(None if needs else True,), (False,)]
