"""A comparison that declared ranges decide is decided, whatever is missing, and no other."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.assessment import assess
from guiju.plan.nodes import PackPlan

from .making import D, dossier, only, pack

FACTS = """
facts project "Project"
  a "A" zh "甲" : number between 0 and 10
  b "B" zh "乙" : number between -5 and 5
  c "C" zh "丙" : number >= 0.3
  d "D" zh "丁" : number
  n "N" zh "数" : integer between 1 and 4
  area "Area" zh "面积" : ha between 0 ha and 2 ha
  share "Share" zh "比例" : % between 0% and 100%
  limit "Limit" zh "限值" : number
  least "Least" zh "下限" : 亩
table parcels "Parcels" zh "地块"
  key id
  id : text
  size "Size" zh "面积" : number between 0 and 3
  kept "Kept" zh "保留" : yes/no
"""


@cache
def compiled(must: str) -> PackPlan:
    return pack(f'{FACTS}rule R "r"\n  must {must}\n  else CAR "no"\n')


def asked(must: str, rows: list[dict[str, Any]] | None = None, **facts: Any) -> Any:
    """The verdict of a rule, and the facts it asks for."""
    given_facts = {f"project.{name}": value for name, value in facts.items()}
    made = dossier(given_facts, {"parcels": rows or [{"id": "P", "size": D(1), "kept": True}]})
    requirement = only(assess(made, compiled(must)))
    return requirement.verdict, {m.name.removeprefix("project.") for m in requirement.missing}


OPEN = "undetermined"


@pytest.mark.parametrize(
    ("must", "verdict", "lacking"),
    [
        ("project.a + 1 <= 11", "conforms", set()),
        ("project.a + 1 < 11", OPEN, {"a"}),
        ("3 - project.a >= -7", "conforms", set()),
        ("-project.a <= 0", "conforms", set()),
        ("-(project.a - 1) > 1", "nonconforming", set()),
        ("project.a * -2 > 1", "nonconforming", set()),
        ("project.a * project.b <= 50", "conforms", set()),
        ("project.a * project.b < 50", OPEN, {"a", "b"}),
        ("project.a * project.c >= 0", "conforms", set()),
        ("project.a * project.c + 2 >= 2", "conforms", set()),
        ("project.a - project.c <= 9.7", "conforms", set()),
        ("project.c / 3 >= 0.1", "conforms", set()),
        ("project.c / -3 <= -0.1", "conforms", set()),
        ("(project.a + 0.4 rounded to 1) <= 10", "conforms", set()),
        ("(project.a + 0.6 rounded to 1) <= 10", OPEN, {"a"}),
        ("project.d + 1 > project.d", OPEN, {"d"}),
        ("project.a + project.d > 0", OPEN, {"a", "d"}),
        ("project.d * 0 = 0", OPEN, {"d"}),
        ("project.a + 1 != 0", "conforms", set()),
        ("project.a + 1 = 12", "nonconforming", set()),
        ("project.a + 1 = 11", OPEN, {"a"}),
        ("project.area + 1 ha <= 45 亩", "conforms", set()),
        ("project.area + 1 ha < 45 亩", OPEN, {"area"}),
        ("(1 - project.share) * 7 <= 7", "conforms", set()),
        ("project.n * 2 >= 2", "conforms", set()),
        ("sqrt(project.a + 1) >= 0", OPEN, {"a"}),
        ("(if project.share > 50% then project.a + 1 else 3) >= 1", "conforms", set()),
        ("abs(project.a + 1) >= 1", OPEN, {"a"}),
    ],
)
def test_what_a_range_decides_is_not_asked_for(must: str, verdict: str, lacking: set[str]) -> None:
    assert asked(must) == (verdict, lacking)


def test_a_sum_over_rows_lies_between_what_its_missing_members_may_add() -> None:
    rows = [{"id": f"P{n}", "size": D(n), "kept": True} for n in (1, 2)]
    rows.append({"id": "P3", "size": None, "kept": True})
    total = "(sum of p.size for p in parcels) "
    kept = "(sum of p.size for p in parcels where p.kept) "
    for text in (total, kept):
        assert asked(f"{text}>= 3", rows) == ("conforms", set())
        assert asked(f"{text}<= 6", rows) == ("conforms", set())
        assert asked(f"{text}> 6", rows) == ("nonconforming", set())
        assert asked(f"{text}<= 5", rows) == (OPEN, {"parcels[P3].size"})
    rows[2]["kept"] = None
    # Kept or not, it takes nothing away.
    assert asked(f"{kept}>= 3", rows) == ("conforms", set())
    assert asked("(mean of p.size for p in parcels) <= 3", rows)[0] == OPEN


# --- beside all values -----------------------------------------------------------------

RANGES = {"a": (D(0), D(10)), "b": (D(-5), D(5)), "n": (D(1), D(4))}
SAMPLES = {
    "a": [D(0), D("0.5"), D(1), D("3.3333"), D("7.25"), D(10)],
    "b": [D(-5), D("-2.5"), D(0), D("0.1"), D(4), D(5)],
    "c": [D("0.3"), D(1), D(17), D("1E+9")],
    "n": [D(1), D(2), D(3), D(4)],
}
numbers = st.sampled_from(["0", "1", "2", "-3", "0.5", "7.3", "10", "0.0001"])
leaves = st.one_of(numbers, st.sampled_from([f"project.{name}" for name in "abcn"]))
operators = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, st.sampled_from(["+", "-", "*", "*"]), inner)
    return st.one_of(
        pair.map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        inner.map(lambda x: f"(-{x})"),
        st.tuples(inner, st.sampled_from(["2", "-4", "3"])).map(lambda p: f"({p[0]} / {p[1]})"),
        inner.map(lambda x: f"({x} rounded down to 0.5)"),
    )


expressions = st.recursive(leaves, _grown, max_leaves=5)


def verdicts(must: str, names: list[str]) -> set[str]:
    """The verdicts for all sampled values of some facts."""
    return {
        asked(must, **dict(zip(names, values, strict=True)))[0]
        for values in product(*(SAMPLES[name] for name in names))
    }


@settings(max_examples=120, deadline=None)
@given(expressions, operators, numbers)
def test_what_is_decided_is_so_for_every_value(left: str, operator: str, right: str) -> None:
    must = f"{left} {operator} {right}"
    names = [name for name in "abcn" if f"project.{name}" in must]
    if not names or len(names) > 3:
        return
    verdict, lacking = asked(must)
    if verdict == OPEN:
        assert lacking <= set(names)
        assert lacking
    else:
        assert lacking == set()
        assert verdicts(must, names) == {verdict}


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["+", "-", "*"]),
    st.sampled_from(["<", "<=", ">", ">="]),
    st.permutations(["a", "b", "n"]),
    numbers,
    st.decimals(-60, 60, places=1),
)
def test_of_facts_that_stand_once_the_ends_decide(sign, operator, names, factor, limit) -> None:
    first, second, _ = names
    must = f"project.{first} * {factor} {sign} project.{second} {operator} {limit}"
    corners = {
        asked(must, **{first: x, second: y})[0] for x, y in product(RANGES[first], RANGES[second])
    }
    verdict, _ = asked(must)
    assert verdict == (corners.pop() if len(corners) == 1 else OPEN)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([D(0), D("0.7"), D(3), None]), min_size=1, max_size=4), operators)
def test_a_sum_is_decided_as_by_every_value_of_its_members(sizes, operator) -> None:
    must = f"(sum of p.size for p in parcels) {operator} 3"

    def of(values: list[Any]) -> Any:
        return asked(must, [{"id": f"P{n}", "size": v, "kept": True} for n, v in enumerate(values)])

    tried = [[D(0), D("2.3"), D(3)] if size is None else [size] for size in sizes]
    seen = {of(list(values))[0] for values in product(*tried)}
    verdict, _ = of(sizes)
    if verdict != OPEN:
        assert seen == {verdict}
    elif operator in ("<", "<=", ">", ">="):
        assert len(seen) > 1
