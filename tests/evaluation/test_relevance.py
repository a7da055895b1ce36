"""Only what could change the verdict is asked for, and exactly that."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from guiju.assessment import assess
from guiju.compiler import PackHasErrors
from guiju.evaluation import relevance
from guiju.evaluation.relevance import _between, _partition

from .making import D, check, dossier, only, pack

FACTS = """
facts project "Project"
  a : yes/no
  b : yes/no
  c : yes/no
  d : yes/no
  stand : one of tree, bamboo, shrub
  zone : one of north, south
  x : number
  y : number
  share : % between 0% and 100%
  count : integer between 1 and 4
  people : integer
  start : date between 2012-11-08 and 2030-12-31
  end : date
  name : text
table parcels "Parcels"
  key id
  id : text
  area : ha
  slope : number
lookup least "Least" by stand : text
  gives value : number
  | "tree" | 1 |
  | "bamboo" | 2 |
"""


def outcome(must: str, more: str = "", **facts):
    """The verdict of a rule, and the facts it asks for."""
    text = f'{FACTS}rule R "r"\n{more}  must {must}\n  else CAR "no"\n'
    found = only(check(text, {f"project.{n}": f for n, f in facts.items()}))
    return found.verdict, {m.name.removeprefix("project.") for m in found.missing}


OPEN = "undetermined"


@pytest.mark.parametrize(
    ("must", "verdict", "asked"),
    [
        # Whatever the answer, it holds.
        ("project.a or not project.a", "conforms", set()),
        ("project.x < 5 or project.x >= 5", "conforms", set()),
        ("project.stand is in {tree, bamboo, shrub}", "conforms", set()),
        ("project.stand is tree or project.stand is not tree", "conforms", set()),
        ("project.share <= 100%", "conforms", set()),
        ("project.count >= 1 and project.count < 5", "conforms", set()),
        ("project.start >= 2012-11-08", "conforms", set()),
        ("project.people > 3 or project.people < 4", "conforms", set()),
        ('project.name = "a" or project.name != "a"', "conforms", set()),
        # Whatever the answer, it fails.
        ("project.a and not project.a", "nonconforming", set()),
        ("project.x < 5 and project.x > 6", "nonconforming", set()),
        ("project.share > 100%", "nonconforming", set()),
        ("project.start < 2012-11-08", "nonconforming", set()),
        ("project.people > 3 and project.people < 4", "nonconforming", set()),
        # It depends.
        ("project.x > 3 and project.x < 4", OPEN, {"x"}),
        ("project.x = 3", OPEN, {"x"}),
        ("project.x != 3", OPEN, {"x"}),
        ("project.count >= 2", OPEN, {"count"}),
        ("project.share < 100%", OPEN, {"share"}),
        ("project.stand is bamboo", OPEN, {"stand"}),
        ('project.name is in {"a", "b"}', OPEN, {"name"}),
        ("project.end > 2030-01-01", OPEN, {"end"}),
        # Only some of what is missing matters.
        ("project.a and (project.b or not project.b)", OPEN, {"a"}),
        ("(project.a and project.b) or (project.a and not project.b)", OPEN, {"a"}),
        ("(if project.zone is north then project.a else project.a)", OPEN, {"a"}),
        ("project.x >= (if project.zone is north then 1 else 1)", OPEN, {"x"}),
        ("project.x >= (if project.zone is north then 1 else 2)", OPEN, {"x", "zone"}),
        ("project.a or project.share >= 0%", "conforms", set()),
        # Used in arithmetic, a number stays open.
        ("project.x * 2 > 3", OPEN, {"x"}),
        ("project.x * 2 > 3 and (project.a or not project.a)", OPEN, {"x"}),
        # Through a lookup, a formula of the key: every row and no row.
        ('project.stand is tree or project.name = "a"', OPEN, {"stand", "name"}),
    ],
)
def test_what_is_asked_for(must, verdict, asked):
    assert outcome(must) == (verdict, asked)


def test_known_facts_narrow_what_matters():
    must = "project.a and project.b or project.c"
    assert outcome(must) == (OPEN, {"a", "b", "c"})
    assert outcome(must, a=False) == (OPEN, {"c"})
    assert outcome(must, c=True) == ("conforms", set())
    assert outcome(must, a=False, c=False) == ("nonconforming", set())


def test_conditions_are_part_of_the_question():
    when = "  when project.x < 5\n"
    # Where it applies it fails, so it matters whether it applies.
    assert outcome("project.x >= 5", when) == (OPEN, {"x"})
    # Where it applies it holds, but whether it applies is open: two different verdicts.
    assert outcome("project.x < 6", when) == (OPEN, {"x"})
    assert outcome("project.a", when, a=False) == (OPEN, {"x"})
    assert outcome("project.a", when, x=D(7)) == ("not applicable", set())
    assert outcome("project.a", when, a=True) == (OPEN, {"x"})


def test_two_rules_that_fail_already_ask_nothing_more():
    text = """
table parcels "Parcels"
  key id
  id : text
  area : ha
  slope : number
rule R "r"
  for each p in parcels
  must p.area >= 400 m2 and p.slope <= 25
  else CAR "no"
  unknown CL "give it"
"""
    rows = [{"id": "P1", "area": D("0.03"), "slope": None}]
    found = only(check(text, tables={"parcels": rows}))
    assert [(f.grade, f.verdict) for f in found.findings] == [("CAR", "nonconforming")]
    assert found.missing == []


def test_a_quantifier_asks_for_the_cells_that_matter():
    text = (
        FACTS
        + 'rule R "r"\n  must some p in parcels satisfies p.area >= 1 ha and p.slope < 9\n'
        + '  else CAR "no"\n'
    )
    rows = [
        {"id": "P1", "area": None, "slope": D(10)},
        {"id": "P2", "area": None, "slope": D(5)},
        {"id": "P3", "area": D(1), "slope": None},
        {"id": "P4", "area": D("0.5"), "slope": None},
    ]
    found = only(check(text, tables={"parcels": rows}))
    assert {m.name for m in found.missing} == {"parcels[P2].area", "parcels[P3].slope"}


def test_units_are_seen_through():
    text = (
        FACTS
        + 'rule R "r"\n  for each p in parcels\n  must p.area < 667 m2 or p.area >= 1 亩\n'
        + '  else CAR "no"\n'
    )
    rows = [{"id": "P1", "area": None, "slope": None}]
    # 1 亩 is 666.67 m2, so that every area is on one side or the other.
    assert only(check(text, tables={"parcels": rows})).verdict == "conforms"


def test_a_supplied_fact_may_make_another_matter():
    must = "(if project.x is known then project.a else project.x > 5)"
    assert outcome(must) == (OPEN, {"a"}) or outcome(must) == (OPEN, {"a", "x"})


def test_formulas_and_lets_are_worked_out_anew():
    text = (
        FACTS
        + "formula doubled : number\n  = project.x\n"
        + 'rule R "r"\n  let bound = doubled\n  must bound < 5 or doubled >= 5\n  else CAR "no"\n'
        + 'rule S "s"\n  must doubled < 5\n  else CAR "no"\n'
    )
    first, second = check(text).requirements
    assert first.verdict == "conforms"
    assert (second.verdict, [m.name for m in second.missing]) == (OPEN, ["project.x"])
    # What was put in its place while looking is forgotten.
    assert check(text).values[0].value is None


def test_too_many_missing_facts_are_all_asked_for(monkeypatch):
    monkeypatch.setattr(relevance, "MOST_RUNS", 4)
    must = "project.a and (project.b or not project.b) and project.c and project.d"
    assert outcome(must) == (OPEN, {"a", "b", "c", "d"})


# --- against brute force ---------------------------------------------------------------

DOMAINS = {
    "a": (True, False),
    "b": (True, False),
    "c": (True, False),
    "stand": ("tree", "bamboo", "shrub"),
}
atoms = st.sampled_from(
    [
        "project.a",
        "project.b",
        "project.c",
        "project.stand is tree",
        "project.stand is in {bamboo, shrub}",
        "project.stand is not shrub",
        "project.a = project.b",
    ]
)
conditions = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None)
@given(
    conditions,
    conditions,
    st.fixed_dictionaries({n: st.none() | st.sampled_from(v) for n, v in DOMAINS.items()}),
)
def test_relevance_agrees_with_brute_force(when, must, facts):
    text = f'{FACTS}rule R "r"\n  when {when}\n  must {must}\n  else CAR "no"\n'
    try:
        plan = pack(text)
    except PackHasErrors:
        # The checker refuses conditions that are always true or never reached.
        reject()
    missing = [name for name, fact in facts.items() if fact is None]
    outcomes = {}
    for values in product(*(DOMAINS[name] for name in missing)):
        known = facts | dict(zip(missing, values, strict=True))
        made = dossier({f"project.{n}": f for n, f in known.items()})
        outcomes[values] = only(assess(made, plan)).verdict
    matter = {
        name
        for at, name in enumerate(missing)
        if any(
            outcomes[values] != outcomes[(*values[:at], other, *values[at + 1 :])]
            for values in outcomes
            for other in DOMAINS[name]
        )
    }
    found = only(
        assess(dossier({f"project.{n}": f for n, f in facts.items() if f is not None}), plan)
    )
    assert {m.name.removeprefix("project.") for m in found.missing} == matter
    assert (found.verdict == OPEN) is bool(matter)
    if not matter:
        assert found.verdict == next(iter(outcomes.values()))


points = st.fractions(min_value=-5, max_value=5, max_denominator=6)


@given(st.sets(points, max_size=4), st.none() | points, st.none() | points, st.booleans())
def test_the_values_tried_stand_for_every_region(cuts, low, high, integer):
    """Every number of the range lies in the region of a value that is tried."""
    tried = [value for _, value in _partition(cuts, low, high, integer=integer)]
    for value in tried:
        assert low is None or value >= low
        assert high is None or value <= high
        assert not integer or value.denominator == 1

    def region(number):
        return tuple((number > cut) - (number < cut) for cut in sorted(cuts))

    step = 1 if integer else 64
    regions = {region(value) for value in tried}
    for n in range(-7 * step, 7 * step + 1):
        number = Fraction(n, step)
        if (low is None or number >= low) and (high is None or number <= high):
            assert region(number) in regions


def test_between_two_bounds_lies_a_short_decimal():
    assert _between(Fraction(1, 3), Fraction(1, 2), False, False, False) == Fraction(4, 10)
    assert _between(Fraction(1), Fraction(2), False, False, True) is None


def test_dates_are_tried_within_their_range():
    text = (
        FACTS
        + 'rule R "r"\n  must project.start <= 2030-12-31'
        + " and project.start + 20 years month end down > 2031-01-01\n"
        + '  else CAR "no"\n'
    )
    found = only(check(text))
    assert found.verdict == OPEN
    found = only(check(text, {"project.start": date(2020, 1, 1)}))
    assert found.verdict == "conforms"
