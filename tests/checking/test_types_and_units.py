"""Types and carbon dimensions: what is refused before any dossier is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from inline_packs import compiled, must, pack, plan, problems, row_must, rule, rule_plan

from guiju.compiler.build import compile_expression
from guiju.diagnostics import Diagnostics
from guiju.plan import nodes
from guiju.plan.types import NumberType


def hint(condition: str) -> str:
    _, found = compiled(pack(rule(f"must {condition}")))
    assert [d.code for d in found] == ["unit-mismatch"]
    return found[0].help("en")


@pytest.mark.parametrize(
    ("condition", "mend"),
    [
        ("project.carbon + project.co2 > 0 tCO2", "CO2_per_C"),
        ("project.carbon * 44 / 12 > project.co2", "CO2_per_C"),
        ("project.carbon > project.claimed", "CO2_per_C"),
        ("project.co2 > project.claimed", "CO2e_per_CO2"),
        ("project.biomass > project.carbon", "carbon fraction"),
        ("project.yearly > project.claimed", "per year"),
        ("project.claimed > project.claimed_ar4", "global warming potential"),
        ("project.area > 3", "bare number"),
        ("project.area > 3 m", "one kind of quantity"),
    ],
)
def test_quantities_that_cannot_meet_are_refused_with_the_mend(condition: str, mend: str) -> None:
    assert mend in hint(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "project.carbon * CO2_per_C > project.co2",
        "project.carbon * 碳转二氧化碳 * 二氧化碳当量换算 > project.claimed",
        "project.carbon * CO2_per_C * CO2e_per_CO2 > project.claimed",
        "project.biomass * 0.47 tC/tdm > project.carbon",
        "project.yearly * 5 yr > project.claimed",
        "project.area > 0 and 0 < project.area and project.area - 0 > 0 m2",
        "max(0, project.area) > 1 亩 and project.area within 0 of 1 ha",
        "project.claimed within 5% of 0",
        "project.area / 1 m2 > 3",
        "project.area ^ 2 > 3 ha * 1 ha and sqrt(project.area / 1 ha) > 1",
        "(project.area in m2) > 3 and (3 as ha) < project.area",
        "project.share + 1 > 3% and 1 - project.share < 90%",
        "project.area * project.share < 3 ha",
    ],
)
def test_quantities_that_can_meet(condition: str) -> None:
    assert must(condition) == []


def test_a_mu_is_a_fifteenth_of_a_hectare_exactly() -> None:
    compared = rule_plan(rule("must 15 亩 = area")).must
    assert isinstance(compared, nodes.Compare)
    assert (compared.left_scale, compared.right_scale) == (1, 15)
    assert compared.left == nodes.Constant(Decimal(15), compared.left.type)


def test_carbon_becomes_co2_by_the_exact_ratio_of_eleven_to_three() -> None:
    compared = rule_plan(rule("must project.carbon * CO2_per_C > project.co2")).must
    assert isinstance(compared, nodes.Compare)
    assert isinstance(compared.left, nodes.Scale)
    assert (compared.left.numerator, compared.left.denominator) == (11, 3)


def test_a_percentage_counts_in_hundredths_among_bare_numbers() -> None:
    compared = rule_plan(rule("must 12.5% < 1 - project.share")).must
    assert isinstance(compared, nodes.Compare)
    assert isinstance(compared.right, nodes.Arithmetic)
    assert isinstance(compared.right.right, nodes.Scale)
    assert (compared.right.right.numerator, compared.right.right.denominator) == (1, 100)


def test_a_percentage_behind_within_is_a_share_of_the_right_side() -> None:
    for condition, relative in (
        ("project.claimed within 5% of 100 tCO2e", True),
        ("project.claimed within 5 tCO2e of 100 tCO2e", False),
        ("project.share within 5% of 40%", True),
        ("project.share within 0.05 of 40%", False),
    ):
        found = rule_plan(rule(f"must {condition}")).must
        assert isinstance(found, nodes.Within)
        assert found.relative is relative


def type_of(text: str) -> NumberType:
    diagnostics = Diagnostics()
    expr = compile_expression(text, {}, diagnostics)
    assert expr is not None, [d.message("en") for d in diagnostics]
    assert isinstance(expr.type, NumberType)
    return expr.type


def test_only_whole_numbers_give_whole_numbers_and_never_a_division() -> None:
    for whole in ("3", "3 + 4 * 2", "floor(2.5)", "round(2.5)", "max(1, 2)", "2.5 rounded to 1"):
        assert type_of(whole).integer
    for other in (
        "6 / 3",
        "2.5",
        "2 ^ 3",
        "max(1, 2.5)",
        "if 1 = 1 then 2 else 2.5",
        "round(2.55, 1)",
    ):
        assert not type_of(other).integer


def test_a_whole_number_is_asked_for_where_one_is_declared() -> None:
    assert problems("formula n : integer\n  = 5 / 2\n" + rule("must n > 1")) == [
        ("type-mismatch", "5 / 2")
    ]
    assert problems("formula n : integer\n  = count for p in parcels\n" + rule("must n > 1")) == []


def test_a_literal_keeps_all_its_digits() -> None:
    digits = "1234567890123456789012345678901234567890.5"
    found = compile_expression(f"-{digits}", {}, Diagnostics())
    assert isinstance(found, nodes.Constant)
    assert str(found.value) == f"-{digits}"


def test_powers_of_units_stay_within_reason() -> None:
    assert must("project.area ^ 999999999 > 1 ha") == [("type-mismatch", "project.area")]
    assert must("project.area ^ project.share > 1 ha") == [("type-mismatch", "project.area")]
    assert must("2 ^ project.share > 1") == []


@pytest.mark.parametrize(
    ("condition", "underlined"),
    [
        ("project.area", "project.area"),
        ("project.start > 5", "5"),
        ('project.province > "A"', "project.province"),
        ("project.stand < project.stand", "project.stand"),
        ("project.welfare + 1 > 0", "project.welfare"),
        ("project.start * 2 > project.start", "project.start"),
        ("3 years - project.start > project.start", "3 years"),
        ("2 * 3 years > 3 years", "3 years"),
        ("sqrt(project.province) > 1", "project.province"),
        ("length(project.area) > 1", "project.area"),
        ("year(project.area) > 1", "project.area"),
        ('matches(project.area, "x")', "project.area"),
        ("(project.area + project.area month end down) > 0 ha", "project.area + project.area"),
        ("(project.start month end down) > project.start", "project.start"),
        ("(mean of p.id for p in parcels) > 1", "p.id"),
        ("(first of p.size for p in parcels by p.id) > 1 ha", "p.id"),
        ("(weighted mean of p.size by p.id for p in parcels) > 1 ha", "p.id"),
        ("at least 3 ha of p in parcels satisfies p.size > 1 ha", "3 ha"),
        ("every p in project.area satisfies p > 1 ha", "project.area"),
        ("project.area is in project.share", "project.share"),
        ("project.welfare is tree", "tree"),
        ("parcels = 3", "3"),
    ],
)
def test_a_value_of_the_wrong_type_is_underlined(condition: str, underlined: str) -> None:
    found = must(condition)
    assert [text for _, text in found] == [underlined]
    assert found[0][0] in ("type-mismatch", "unknown-name")


def test_lists_are_compared_member_by_member_in_one_unit() -> None:
    text = "facts more\n  a : list of ha\n  b : list of ha\n  c : list of m2\n"
    assert problems(text + rule("must more.a = more.b or 1 m2 is in more.c")) == []
    found = problems(text + rule("must more.a = more.c and more.b = more.a"))
    assert found == [("type-mismatch", "more.c")]


def test_membership_brings_both_sides_to_one_unit() -> None:
    found = rule_plan(rule("must project.area in {1 ha, 15 亩}")).must
    assert isinstance(found, nodes.Membership)
    assert isinstance(found.members, nodes.ListOf)
    assert [item.value for item in found.members.items if isinstance(item, nodes.Constant)] == [
        1,
        1,
    ]


def test_the_greatest_of_a_list_is_an_aggregate_so_that_a_missing_member_is_told() -> None:
    found = compile_expression("max({1, 2})", {}, Diagnostics())
    assert isinstance(found, nodes.Aggregate)
    assert must("max({project.start, as_of}) > project.start") == []


def test_a_weighted_mean_has_the_unit_of_its_values() -> None:
    assert row_must("(weighted mean of q.closure by q.size for q in parcels) > 20%") == []
    assert row_must("(weighted mean of q.size by q.closure for q in parcels) > 2 ha") == []


def test_months_are_compared_with_years_but_not_with_days() -> None:
    assert must("project.term >= 3 years and 36 months >= 3 years") == []
    assert must("36 months > 100 days") == [("durations-differ", "36 months > 100 days")]
    assert must("as_of - project.start > 100 days") == []


def test_a_date_moved_by_months_says_what_a_missing_day_becomes() -> None:
    assert must("project.start + 1 month > as_of") == [
        ("month-end-unsaid", "project.start + 1 month")
    ]
    assert must("project.start + 1 month month end down > as_of") == []
    assert must("project.start + 20 working days > as_of") == []


def test_the_branches_of_a_condition_are_brought_to_one_unit() -> None:
    let = rule_plan(rule("let x = if welfare then 1 亩 else 400 m2", "must area > x")).lets[0].value
    assert isinstance(let, nodes.If)
    assert let.then.type == let.otherwise.type
    assert must("area > (if welfare then 0 else 400 m2)") == []
    assert must("area > (if welfare then 1 t else 400 m2)") == [("unit-mismatch", "400 m2")]


def test_a_declared_formula_unit_is_what_others_see() -> None:
    found = plan("formula f : m2\n  = project.area\n" + rule("must f > 1 ha"))
    body = found.formulas["f"].body
    assert isinstance(body, nodes.Scale)
    assert (body.numerator, body.denominator) == (10_000, 1)


def test_ranges_are_for_numbers_and_dates() -> None:
    assert problems('facts more\n  t : text >= "a"\n' + rule('must more.t = "b"')) == [
        ("type-mismatch", "text")
    ]
    text = "facts more\n  d : date between 2020-01-01 and 2020-12-31\n"
    assert problems(text + rule("must more.d > 2020-06-01")) == []
