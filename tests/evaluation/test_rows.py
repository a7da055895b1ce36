"""Quantifiers and aggregates: over nothing, over missing rows, over rows that may be in."""

from __future__ import annotations

from itertools import product
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .making import D, check, dossier, only, pack

TABLE = """
facts project "Project"
  limit : number
table trees "Trees"
  key id
  id : text
  size : number
  weight : number
  seen : date
  alive : yes/no
"""


def rows(*trees):
    """Rows of trees from `(size, alive)` and perhaps a weight."""
    return [
        {
            "id": f"T{n}",
            "size": None if size is None else D(size),
            "weight": D(rest[0]) if rest else D(1),
            "seen": None,
            "alive": alive,
        }
        for n, (size, alive, *rest) in enumerate(trees, 1)
    ]


def verdict(must: str, trees: list, **facts) -> str:
    text = f'{TABLE}rule R "r"\n  must {must}\n  else CAR "no"\n'
    given_facts = {f"project.{name}": fact for name, fact in facts.items()}
    return only(check(text, given_facts, tables={"trees": trees})).verdict


def of_formula(formula: str, trees: list):
    """The value of a formula over trees, as text, None when unknown."""
    text = f"{TABLE}formula total : number\n  = {formula}\n"
    text += 'rule R "r"\n  must total >= 0\n  else CAR "no"\n'
    assessment = check(text, tables={"trees": trees})
    return assessment.values[0].value, {m.name for m in assessment.requirements[0].missing}


def test_a_sum_of_nothing_is_zero_and_so_is_a_count():
    assert of_formula("sum of t.size for t in trees", [])[0] == "0"
    assert of_formula("count for t in trees", [])[0] == "0"
    assert of_formula("count for t in trees where t.alive", rows((1, False)))[0] == "0"


@pytest.mark.parametrize("function", ["mean", "min", "max", "stdev"])
def test_other_aggregates_of_nothing_are_unknown(function):
    assert of_formula(f"{function} of t.size for t in trees", [])[0] is None


def test_a_missing_row_member_makes_a_sum_unknown_naming_every_cell():
    value, missing = of_formula(
        "sum of t.size for t in trees", rows((None, True), (2, True), (None, True))
    )
    assert value is None
    assert missing == {"trees[T1].size", "trees[T3].size"}


def test_a_row_that_may_be_in_changes_nothing_where_the_outcome_is_the_same():
    for formula, trees, expected in (
        ("sum of t.size for t in trees where t.alive", rows((2, True), (0, None)), "2"),
        ("sum of t.size for t in trees where t.alive", rows((2, True), (1, None)), None),
        ("count for t in trees where t.alive", rows((2, True), (0, None)), None),
        ("min of t.size for t in trees where t.alive", rows((2, True), (3, None)), "2"),
        ("min of t.size for t in trees where t.alive", rows((2, True), (1, None)), None),
        ("max of t.size for t in trees where t.alive", rows((2, True), (2, None)), "2"),
        ("mean of t.size for t in trees where t.alive", rows((2, True), (2, None)), "2"),
        ("mean of t.size for t in trees where t.alive", rows((2, True), (3, None)), None),
    ):
        assert of_formula(formula, trees)[0] == expected, formula


def test_the_weighted_mean_and_the_sample_standard_deviation():
    trees = rows((1, True, 1), (4, True, 2))
    assert of_formula("weighted mean of t.size by t.weight for t in trees", trees)[0] == "3"
    value, _ = of_formula("stdev of t.size for t in trees", rows((1, True), (2, True), (4, True)))
    assert abs(float(value or 0) - stdev([1, 2, 4])) < 1e-12
    assert of_formula("stdev of t.size for t in trees", rows((1, True)))[0] is None
    zero = rows((1, True, 0))
    assert of_formula("weighted mean of t.size by t.weight for t in trees", zero)[0] is None


def test_quantifiers_over_nothing():
    assert verdict("every t in trees satisfies t.size > 5", []) == "conforms"
    assert verdict("some t in trees satisfies t.size > 5", []) == "nonconforming"
    assert verdict("no t in trees satisfies t.size > 5", []) == "conforms"
    assert verdict("at least 1 t in trees satisfies t.size > 5", []) == "nonconforming"
    assert verdict("at least 90% t in trees satisfies t.size > 5", []) == "conforms"


def test_one_failing_row_settles_every_whatever_else_is_missing():
    must = "every t in trees satisfies t.size > 5"
    assert verdict(must, rows((None, True), (1, True))) == "nonconforming"
    assert verdict(must, rows((None, True), (9, True))) == "undetermined"


def test_a_row_that_may_be_selected_matters_only_where_it_would_fail():
    must = "every t in trees where t.alive satisfies t.size > 5"
    assert verdict(must, rows((9, None), (9, True))) == "conforms"
    assert verdict(must, rows((1, None), (9, True))) == "undetermined"
    assert verdict(must, rows((1, False), (9, True))) == "conforms"


def test_at_least_counts_what_is_sure_and_what_may_be():
    must = "at least 2 t in trees satisfies t.size > 5"
    assert verdict(must, rows((9, True), (9, True), (None, True))) == "conforms"
    assert verdict(must, rows((9, True), (1, True), (None, True))) == "undetermined"
    assert verdict(must, rows((1, True), (1, True), (None, True))) == "nonconforming"


truth = st.sampled_from((True, False, None))
member = st.tuples(truth, truth)


def resolved(members):
    """Every way in which what is missing may turn out."""
    choices = [[(a, b) for a in given_(x) for b in given_(y)] for x, y in members]
    return product(*choices)


def given_(value):
    return (True, False) if value is None else (value,)


@given(st.lists(member, max_size=4), st.sampled_from(("every", "some", "no", "at least 50%")))
def test_quantifiers_agree_with_all_ways_the_missing_may_turn_out(members, quantifier):
    """A verdict without unknown is that of every way; an unknown one has both."""
    text = """
table rows "Rows"
  key id
  id : text
  chosen : yes/no
  good : yes/no
rule R "r"
  must {} r in rows where r.chosen satisfies r.good
  else CAR "no"
""".replace("{}", quantifier)
    found = only(
        check(
            text,
            tables={
                "rows": [
                    {"id": f"{n}", "chosen": chosen, "good": good}
                    for n, (chosen, good) in enumerate(members)
                ]
            },
        )
    ).verdict
    outcomes = set()
    for way in resolved(members):
        good = [g for chosen, g in way if chosen]
        outcomes.add(
            {
                "every": all(good),
                "some": any(good),
                "no": not any(good),
                "at least 50%": 2 * sum(good) >= len(good),
            }[quantifier]
        )
    expected = {True: "conforms", False: "nonconforming"}
    assert found == (expected[outcomes.pop()] if len(outcomes) == 1 else "undetermined")


def test_a_table_the_dossier_lacks_is_asked_for():
    from guiju.assessment import assess

    text = TABLE + 'rule R "r"\n  must every t in trees satisfies t.size > 5\n  else CAR "no"\n'
    requirement = only(assess(dossier(), pack(text)))
    assert requirement.verdict == "undetermined"
    assert [(m.kind, m.name) for m in requirement.missing] == [("table", "trees")]
