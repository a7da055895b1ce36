"""What objects may hold, and what counts as missing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from math import inf, nan, nextafter
from typing import Any

import pytest

from guiju.compiled import compile_pack

from .making import compiled, pack, state, states

AREA = "  area : ha >= 0 ha"


# --- keys ----------------------------------------------------------------------------------


def test_a_fact_is_named_by_its_field_or_with_its_group() -> None:
    made = compiled(AREA, "must area >= 1 ha")
    assert made.states([{"area": 1.0}, {"project.area": 0.5}]) == [(True,), (False,)]


def test_a_field_of_two_groups_is_named_with_its_group_only() -> None:
    plan = pack(
        "  area : ha\n  other : number",
        "must project.area >= 1 ha and site.area >= 1 ha",
        more='facts site "S"\n  area : ha',
    )
    made = compile_pack(plan)
    assert made.states([{"project.area": 1.0, "site.area": 1.0}]) == [(True,)]
    assert made.states([{"area": 1.0, "site.area": 1.0}]) == [(None,)]


def test_facts_can_have_other_keys() -> None:
    plan = pack(AREA, "must area >= 1 ha")
    made = compile_pack(plan, names={("project", "area"): "Fläche, „ha“"})
    assert made.states([{"Fläche, „ha“": 2.0}, {"area": 2.0}]) == [(True,), (None,)]


def test_an_absent_key_is_a_missing_fact() -> None:
    assert state(f"{AREA}\n  n : number", "must area >= 1 ha and n > 0", n=1.0) is None


def test_objects_may_have_their_facts_in_any_order_and_other_keys_as_well() -> None:
    made = compiled("  a : number\n  b : number", "must a < b")
    objects: list[dict[str, Any]] = [
        {"a": 1.0, "b": 2.0},
        {"b": 2.0, "a": 1.0},
        {"a": 2.0, "note": "x", "b": 1.0},
        {"b": 1.0},
        {},
        {"a": 1.0, "project.b": 2.0},
    ]
    assert made.states(objects) == [(True,), (True,), (False,), (None,), (None,), (True,)]
    for one in objects:
        assert made.states([one, objects[0]])[1] == (True,)


class Row(Mapping[str, Any]):
    def __init__(self, **values: Any) -> None:
        self.values_by_name = values

    def __getitem__(self, name: str) -> Any:
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)


def test_any_mapping_is_an_object() -> None:
    made = compiled("  a : number\n  b : number", "must a < b")
    assert made.states([Row(a=1.0, b=2.0), OrderedDict(b=1.0, a=2.0)]) == [(True,), (False,)]
    with pytest.raises((TypeError, AttributeError)):
        made.states([7])  # type: ignore[list-item]


def test_rows_of_a_query_are_objects_by_the_order_of_their_columns() -> None:
    made = compiled("  a : number\n  b : number", "must a < b")
    columns = ["b", "note", "project.a"]
    rows = [
        (2.0, "x", 1.0),
        [1.0, None, 2.0],
        (None, "y", 1.0),
        (Decimal(2), "", 1),
        ("2", "", 1.0),
    ]
    assert made.states_of_rows(columns, rows) == [(True,), (False,), (None,), (True,), (None,)]
    assert made.statistics.problems == {"project.b": 1}
    assert made.states([{"a": 1.0, "b": 2.0}]) == [(True,)]
    assert made.states_of_rows(["b", "a"], iter([(1.0, 2.0)])) == [(False,)]


def test_rows_may_lack_columns_and_have_one_for_each_name_of_a_fact() -> None:
    made = compiled("  a : number\n  b : number", "must a < b", "must b > 1")
    assert made.states_of_rows(["b"], [(2.0,)]) == [(None, True)]
    both = made.states_of_rows(["a", "project.a", "b"], [(None, 1.0, 2.0), (3.0, 1.0, 2.0)])
    assert both == [(True, True), (False, True)]
    assert made.states_of_rows([], [()]) == [(None, None)]


@pytest.mark.parametrize("row", [(1.0,), (1.0, 2.0, 3.0)])
@pytest.mark.parametrize("columns", [["a", "b"], ["a", "c"]])
def test_a_row_of_another_length_is_a_mistake(row: tuple[float, ...], columns: list[str]) -> None:
    made = compiled("  a : number\n  b : number", "must a < b")
    with pytest.raises(ValueError, match="argument"):
        made.states_of_rows(columns, [row])
    with pytest.raises(ValueError, match="argument"):
        made.states_of_rows(columns, [(1.0, 2.0)] * 300 + [row])


def test_no_objects_give_no_results() -> None:
    made = compiled(AREA, "must area >= 1 ha")
    assert made.states(iter(())) == []
    assert made.statistics.results == 0


# --- numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1.0, 1, Decimal("1"), Decimal("1.000"), Decimal("1E0")])
def test_a_number_is_a_float_an_int_or_a_decimal(number: Any) -> None:
    assert state(AREA, "must area = 1 ha", area=number) is True


def test_a_float_stands_for_the_shortest_decimal_that_names_it() -> None:
    assert state("  n : number", "must n = 0.1", n=0.1) is True
    assert state("  n : number", "must n > 0.1", n=nextafter(0.1, inf)) is True
    assert state("  n : number", "must n >= 0.1", n=nextafter(0.1, -inf)) is False
    # The binary number is a little more than a tenth.
    binary = Decimal("0.1000000000000000055511151231257827")
    assert state("  n : number", "must n > 0.1", n=binary) is True


def test_a_threshold_between_two_floats_is_met_by_the_right_ones() -> None:
    # A fifteenth of a hectare is no finite decimal.
    below, above = 0.06666666666666667, nextafter(0.06666666666666667, 0)
    assert states(AREA, "must area >= 1 亩", [{"area": below}, {"area": above}]) == [True, False]
    third = Decimal("0.0666666666666666666666666666666666666666")
    assert states(AREA, "must area < 1 亩", [{"area": third}, {"area": third + Decimal("1e-30")}])


def test_a_sum_that_binary64_gets_wrong_is_right() -> None:
    facts = "  a : number\n  b : number\n  c : number"
    assert 0.1 + 0.2 != 0.3
    assert state(facts, "must a + b = c", a=0.1, b=0.2, c=0.3) is True
    assert state(facts, "must a + b > c", a=0.1, b=0.2, c=0.3) is False
    assert state(facts, "must a + b - c = 0", a=1e16, b=1.0, c=1e16) is False


def test_whole_numbers_of_any_size_are_compared_exactly() -> None:
    facts = "  a : integer\n  b : number\n  c : integer"
    large = 2**53
    assert state(facts, "must a > 9007199254740992", a=large + 1) is True
    assert state(facts, "must a < c", a=10**30, c=10**30 + 1) is True
    assert state(facts, "must a < b", a=large + 1, b=float(large)) is False
    assert state(facts, "must a - c = 1", a=large + 1, c=large) is True
    assert state(facts, "must a = b", a=10**23, b=1e23) is True
    assert state(facts, "must a / c < 2", a=10**400, c=10**400) is True


def test_a_tie_of_whole_numbers_needs_no_reference() -> None:
    made = compiled("  a : integer\n  b : integer", "must a - b <= 1096 and a * 2 - b != 4")
    objects = [{"a": 1096 + n, "b": n} for n in range(50)]
    assert made.states(objects) == [(True,)] * 50
    assert made.statistics.close == made.statistics.relevance == 0


def test_a_whole_number_that_is_not_whole_is_a_problem() -> None:
    made = compiled("  a : integer", "must a >= 1")
    assert made.states([{"a": 3.0}, {"a": 3.5}, {"a": Decimal(2)}]) == [(True,), (None,), (True,)]
    assert made.statistics.problems == {"project.a": 1}


@pytest.mark.parametrize("number", [nan, inf, -inf, Decimal("NaN"), Decimal("Infinity")])
@pytest.mark.parametrize(
    "rule", ["must n > 1", "must not (n > 1)", "must n * 2 < 5", "must n != 3"]
)
def test_what_is_no_finite_number_is_missing(number: Any, rule: str) -> None:
    made = compiled("  n : number", rule)
    assert made.states([{"n": number}]) == [(None,)]
    assert made.statistics.problems == {"project.n": 1}
    assert state("  n : number", rule, n=number) is None


@pytest.mark.parametrize("value", [True, False, "12", "", [], {}, 1j, object()])
def test_what_is_of_another_class_is_missing_and_told(value: Any) -> None:
    made = compiled(
        "  n : number\n  i : integer\n  d : date",
        "must n >= 0",
        "must i >= 0",
        "must d > 2020-01-01",
    )
    assert made.states([{"n": value, "i": value, "d": value}]) == [(None, None, None)]
    assert made.statistics.problems == {"project.n": 1, "project.i": 1, "project.d": 1}


@pytest.mark.parametrize("value", [1, 0, 1.0, "yes", 5, []])
def test_yes_and_no_are_true_and_false_only(value: Any) -> None:
    made = compiled("  t : yes/no\n  u : yes/no", "must t", "must not t or u")
    assert made.states([{"t": value, "u": False}]) == [(None, None)]
    assert made.statistics.problems == {"project.t": 1}


def test_a_time_of_a_day_is_no_date() -> None:
    made = compiled("  d : date", "must d >= 2020-01-01")
    assert made.states([{"d": date(2020, 1, 1)}, {"d": datetime(2020, 1, 1)}]) == [(True,), (None,)]


@pytest.mark.parametrize("value", [5, True, ["a"], 1.5])
def test_a_text_is_a_text(value: Any) -> None:
    rules = ('must t = "a"', 'must t is not in {"a", "b"}', 'must t = "a" or n > 5')
    made = compiled("  t : text\n  n : number", *rules)
    assert made.states([{"t": value, "n": 9.0}]) == [(None, None, True)]
    assert made.statistics.problems == {"project.t": 1}


def test_an_empty_text_is_no_text_and_no_problem() -> None:
    made = compiled("  t : text", 'must t = "a"', 'must t != "a"', "must t is known")
    assert made.states([{"t": ""}]) == [(None, None, False)]
    assert made.statistics.problems == {}


def test_an_option_is_one_of_those_declared() -> None:
    made = compiled("  o : one of tree, bamboo", "must o is tree", "must o is not tree")
    assert made.states([{"o": "tree"}, {"o": "bamboo"}, {"o": "乔木"}]) == [
        (True, False),
        (False, True),
        (None, None),
    ]
    assert made.statistics.problems == {"project.o": 1}


def test_many_different_texts_are_told_apart() -> None:
    made = compiled("  t : text", 'must t is in {"a", "b"}')
    objects = [{"t": f"text {n}"} for n in range(10_000)] + [{"t": "b"}]
    assert made.states(objects) == [(False,)] * 10_000 + [(True,)]


# --- ranges --------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [-1.0, -5e-324, -1, Decimal("-1e-40")])
def test_a_value_outside_the_declared_range_is_missing(value: Any) -> None:
    made = compiled(AREA, "must area < 1 ha")
    assert made.states([{"area": value}]) == [(None,)]
    assert made.statistics.problems == {"project.area": 1}
    assert state(AREA, "must area < 1 ha", area=value) is None


def test_the_ends_of_a_range_belong_to_it_exactly() -> None:
    facts = "  n : number between 0.1 and 0.7\n  i : integer between 0 and 3\n  d : date"
    numbers = [0.1, nextafter(0.1, 0), 0.7, nextafter(0.7, 1)]
    given = [{"n": number} for number in numbers]
    assert states(facts, "must n != 0.5", given) == [True, None, True, None]
    assert states(facts, "must i != 2", [{"i": n} for n in (-1, 0, 3, 4)]) == [
        None,
        True,
        True,
        None,
    ]


def test_negative_zero_is_zero() -> None:
    assert state(AREA, "must area = 0 ha", area=-0.0) is True
    assert state("  n : number\n  m : number", "must n / m > 1", n=1.0, m=-0.0) is None


# --- extremes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("must a / (b * c) >= 0.05", (1e308, 1e300, 1e9)),
        ("must a * b > c", (1e300, 1e300, 1e308)),
        ("must a * b > 0", (1e-300, 1e-300, 0.0)),
        ("must a + b - c > 0", (1.7e308, 1.7e308, 1.7e308)),
        ("must max(a * b, c) > min(a * b - a * b, c)", (1e300, 1e300, 1.0)),
        ("must sqrt(a) < b", (5e-324, 3e-162, 0.0)),
        ("must a ^ 3 > b", (1e200, 1e308, 0.0)),
        ("must a ^ b < c", (2.0, 0.5, 1.4142135623730951)),
        ("must exp(a) > b", (800.0, 1.0, 0.0)),
        ("must ln(a) < b", (5e-324, -744.0, 0.0)),
        ("must floor(a * 100) = b", (0.29, 29.0, 0.0)),
        ("must (a rounded to 0.1) <= b", (0.25, 0.2, 0.0)),
        ("must a within b of c", (0.3, 0.1, 0.2)),
        ("must a within 5% of c", (1.05, 0.0, 1.0)),
    ],
)
def test_huge_tiny_and_tied_numbers_come_out_as_in_decimals(
    rule: str, given: tuple[float, float, float]
) -> None:
    facts = "  a : number\n  b : number\n  c : number"
    state(facts, rule, **dict(zip("abc", given, strict=True)))


def test_a_constant_that_was_calculated_is_no_decimal_any_more() -> None:
    rule = "must n != abs(7.362387571520355 kgdm)"
    assert state("  n : tdm", rule, n=0.007362387571520355) is False


def test_a_lookup_without_a_row_is_undetermined() -> None:
    more = (
        'lookup factor "F" by key : text : number\n'
        '  | "a" | 2 |\n  | 「it\'s "b"」 | 0.1 |\n  cite "1"\n  basis verified'
    )
    plan = pack("  t : text\n  n : number", "must n * factor[t] > 1", more=more)
    made = compile_pack(plan)
    objects = [{"t": "a", "n": 1.0}, {"t": 'it\'s "b"', "n": 1.0}, {"t": "c", "n": 1.0}]
    assert made.states(objects) == [(True,), (False,), (None,)]


def test_an_object_much_larger_than_those_before_it_is_no_less_exact() -> None:
    made = compiled("  a : number\n  b : number\n  c : number", "must a + b - c <= 0.3")
    common = [{"a": 0.1, "b": 0.2 + n / 1000, "c": 0.0} for n in range(300)]
    large = [
        {"a": 1e16, "b": 1.0, "c": 1e16},
        {"a": 1e16, "b": 1.0, "c": 1e16 + 2},
        {"a": nan, "b": 1.0, "c": 1.0},
        {"a": 10**25, "b": 1, "c": 10**25},
    ]
    assert made.states(common + large) == (
        [(True,)] + [(False,)] * 299 + [(False,), (True,), (None,), (False,)]
    )
    # Of objects that are all as large, code rests on no bound any more.
    assert made.states(large[:2] * 3000) == [(False,), (True,)] * 3000
    assert made.statistics.carefully < 5000


@pytest.mark.parametrize("number", [nan, inf, -inf])
def test_what_is_not_finite_is_missing_where_classes_are_vouched_for_too(number: float) -> None:
    plan = pack("  n : number\n  a : ha >= 0 ha", "must n != 1", "must a < 1 ha")
    made = compile_pack(plan, typed=True)
    objects = [{"n": number, "a": number}, {"n": 2.0, "a": -1.0}, {"n": None, "a": 0.5}]
    assert made.states(objects * 200) == [(None, None), (True, None), (None, True)] * 200
    assert made.statistics.problems == {"project.n": 200, "project.a": 400}
