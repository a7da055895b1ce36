"""Conditions that are always true, always false or never reached."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline_packs import must, problems, rule, rule_plan

from guiju.checking.proofs import Proofs
from guiju.plan import nodes


@pytest.mark.parametrize(
    "condition",
    [
        "project.share <= 100%",
        "project.share >= 0%",
        "project.share <= 1",
        "project.area >= 0 m2",
        "project.stand in {tree, bamboo, shrub}",
        "project.stand is tree or project.stand is not tree",
        "project.welfare or not project.welfare",
        "project.start < project.crediting.end or project.start >= project.crediting.end",
        "project.area > 3 亩 or project.area <= 2000 m2",
        "3 ha > 2 ha",
        "not (project.area > 2 ha and project.area < 1 ha)",
    ],
)
def test_a_condition_that_cannot_fail(condition: str) -> None:
    assert must(condition) == [("always-true", condition)]


@pytest.mark.parametrize(
    "condition",
    [
        "project.share > 100%",
        "project.area < 0 ha",
        "project.area > 2 ha and project.area < 1 ha",
        "project.area > 15 亩 and project.area <= 1 ha",
        "project.stand is tree and project.stand is bamboo",
        "project.stand not in {tree, bamboo, shrub}".replace(" not in ", " is not in "),
        "project.start > 2024-01-01 and project.start < 2023-01-01",
        "project.area between 3 ha and 2 ha",
        'project.province = "a" and project.province = "b"',
    ],
)
def test_a_condition_that_cannot_hold(condition: str) -> None:
    assert must(condition) == [("always-false", condition)]


@pytest.mark.parametrize(
    "condition",
    [
        "project.share < 100%",
        "project.area > 1 ha and project.area < 2 ha",
        "project.stand is tree or project.stand is bamboo",
        "project.claimed > 3 tCO2e or project.buffer <= 3 tCO2e",
        "project.start < project.crediting.end or project.start > project.crediting.end",
        "project.welfare is known",
        'project.province = "a" or project.province != "b"',
    ],
)
def test_a_condition_that_can_go_both_ways(condition: str) -> None:
    assert must(condition) == []


def test_what_holds_before_counts() -> None:
    assert problems(rule("when project.area < 1 ha", "must project.area < 2 ha")) == [
        ("always-true", "project.area < 2 ha")
    ]
    found = problems(
        rule("for each p in parcels where p.size > 2 ha", "must p.size > 1 ha and p.closure > 3%")
    )
    assert found == []
    found = problems(
        rule(
            "when project.stand is tree",
            'unless project.stand is bamboo because "Bamboo." zh "竹子。"',
            "must project.welfare",
        )
    )
    assert found == [("unreachable", "project.stand is bamboo")]


def test_a_let_is_seen_through() -> None:
    found = problems(
        rule("let least = if project.area > 2 ha then 1 ha else 3 ha", "must project.area > least")
    )
    assert found == []
    found = problems(rule("let small = project.area < 1 ha", "when small", "must not small"))
    assert found == [("always-false", "not small")]


def test_a_branch_that_is_never_taken() -> None:
    found = problems(
        rule(
            "let least = if project.area > 2 ha then (if project.area > 1 ha then 1 ha else 3 ha)"
            " else 4 ha",
            "must project.area > least",
        )
    )
    assert found == [("always-true", "project.area > 1 ha")]


def test_a_where_that_selects_nothing() -> None:
    condition = "every p in parcels where p.size < 0 ha satisfies p.closure > 3%"
    assert must(condition) == [("always-false", "p.size < 0 ha")]


def test_a_condition_is_not_blamed_for_one_that_is_reported_before_it() -> None:
    text = rule("when project.share > 100%", "must project.area > 2 ha")
    assert problems(text) == [("always-false", "project.share > 100%")]
    let = "let least = if project.share > 100% then (if project.area > 1 ha then 1 ha else 2 ha)"
    text = rule(f"{let} else 3 ha", "must project.area > least")
    assert problems(text) == [("always-false", "project.share > 100%")]


def test_very_many_cases_are_given_up_and_not_guessed() -> None:
    parts = " and ".join(f"(project.area > {n} ha or project.share > {n}%)" for n in range(1, 30))
    assert must(f"({parts}) and project.claimed < 0 tCO2e") == []


# --- nothing is called impossible that is possible ------------------------------------------

AREAS = [0, 1, 2, 3]
STANDS = ["tree", "bamboo", "shrub"]
ATOMS = st.one_of(
    st.tuples(
        st.just("area"), st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.integers(-1, 4)
    ),
    st.tuples(st.just("twice"), st.sampled_from(["<", ">=", "="]), st.integers(-1, 6)),
    st.tuples(st.just("stand"), st.sampled_from(["is", "is not"]), st.sampled_from(STANDS)),
    st.tuples(st.just("in"), st.booleans(), st.sets(st.sampled_from(STANDS), min_size=1)),
    st.tuples(st.just("in area"), st.booleans(), st.sets(st.sampled_from(AREAS), min_size=1)),
    st.tuples(st.just("flag"), st.just(""), st.just("")),
    st.tuples(st.just("order"), st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), st.just("")),
    st.tuples(st.just("between"), st.integers(-1, 4), st.integers(-1, 4)),
)
TREES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("if"), inner, inner, inner),
    ),
    max_leaves=8,
)
COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def written(tree: Any) -> str:
    match tree:
        case ("area", operator, limit):
            return f"f.area {operator} {limit} ha"
        case ("twice", operator, limit):
            return f"2 * f.area {operator} {limit} ha"
        case ("stand", verb, option):
            return f"f.stand {verb} {option}"
        case ("in", inside, options):
            return f"f.stand is {'' if inside else 'not '}in {{{', '.join(sorted(options))}}}"
        case ("in area", inside, areas):
            listed = ", ".join(f"{area} ha" for area in sorted(areas))
            return f"f.area is {'' if inside else 'not '}in {{{listed}}}"
        case ("flag", _, _):
            return "f.flag"
        case ("order", operator, _):
            return f"f.area {operator} f.other"
        case ("between", low, high):
            return f"f.area between {low} ha and {high} ha"
        case ("and" | "or" as operator, parts):
            return "(" + f" {operator} ".join(written(part) for part in parts) + ")"
        case ("not", part):
            return f"(not ({written(part)}))"
        case ("if", condition, then, otherwise):
            return f"(if {written(condition)} then {written(then)} else {written(otherwise)})"
    raise AssertionError(tree)


def holds(tree: Any, area: int, other: int, stand: str, flag: bool) -> bool:
    def part(inner: Any) -> bool:
        return holds(inner, area, other, stand, flag)

    match tree:
        case ("area", operator, limit):
            return COMPARE[operator](area, limit)
        case ("twice", operator, limit):
            return COMPARE[operator](2 * area, limit)
        case ("stand", verb, option):
            return (stand == option) is (verb == "is")
        case ("in", inside, options):
            return (stand in options) is inside
        case ("in area", inside, areas):
            return (area in areas) is inside
        case ("flag", _, _):
            return flag
        case ("order", operator, _):
            return COMPARE[operator](area, other)
        case ("between", low, high):
            return low <= area <= high
        case ("and", parts):
            return all(part(inner) for inner in parts)
        case ("or", parts):
            return any(part(inner) for inner in parts)
        case ("not", inner):
            return not part(inner)
        case ("if", condition, then, otherwise):
            return part(then) if part(condition) else part(otherwise)
    raise AssertionError(tree)


FACTS = """facts f
  area : ha between 0 ha and 3 ha
  other : ha between 0 ha and 3 ha
  stand : one of tree, bamboo, shrub
  flag : yes/no
"""
WORLDS = list(product(AREAS, AREAS, STANDS, [True, False]))


@settings(max_examples=250, deadline=None)
@given(TREES, st.booleans(), TREES, st.booleans())
def test_whatever_is_called_impossible_really_is(
    first: Any, first_wanted: bool, second: Any, second_wanted: bool
) -> None:
    made = rule_plan(FACTS + rule(f"when {written(first)}", f"must {written(second)}"))
    assert made.must is not None
    ranges = {"area": (Decimal(0), Decimal(3)), "other": (Decimal(0), Decimal(3))}

    def range_of(expr: nodes.Expr) -> tuple[Any, Any]:
        field = expr.field if isinstance(expr, nodes.FactRef) else ""
        return ranges.get(field, (None, None))

    pair = [(made.when[0], first_wanted), (made.must, second_wanted)]
    if not Proofs(range_of, {}).possible(pair):
        assert not any(
            holds(first, *world) is first_wanted and holds(second, *world) is second_wanted
            for world in WORLDS
        )
