"""Expressions, rules and values in English and Chinese words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from guiju.messages.words import MESSAGES
from guiju.plan import nodes as n
from guiju.plan.functions import FUNCTIONS
from guiju.plan.types import (
    DateType,
    DocumentType,
    DurationType,
    ListType,
    NumberType,
    OneOfType,
    RowType,
    TextType,
    Type,
    YesNoType,
)
from guiju.plan.words import field_label, formula_words, rule_words, value_words, words
from guiju.quantities import ONE, parse_unit


def unit(symbol: str) -> NumberType:
    return NumberType(parse_unit(symbol))


HA, M2, PERCENT, CO2E, NUMBER = unit("ha"), unit("m2"), unit("%"), unit("tCO2e"), NumberType(ONE)
YES_NO, TEXT, DATE, DURATION = YesNoType(), TextType(), DateType(), DurationType()
STAND = OneOfType(
    ("tree", "bamboo", "shrub"),
    {
        "tree": {"en": "Trees", "zh": "乔木"},
        "bamboo": {"en": "Bamboo", "zh": "竹子"},
        "shrub": {"en": "Shrub", "zh": "灌木"},
    },
)


def field(name: str, alias: str | None, type: Type, **label: str) -> n.FieldPlan:
    return n.FieldPlan(name, alias, label, type, False)


def fields(*declared: n.FieldPlan) -> dict[str, n.FieldPlan]:
    return {f.name: f for f in declared}


PROJECT = n.GroupPlan(
    "project",
    None,
    {"en": "The project", "zh": "项目"},
    fields(
        field("start_date", "开工日期", DATE, en="Start of site preparation", zh="项目开工日期"),
        field("stand", "林分", STAND),
        field("irrigated", None, YES_NO, en="Land is irrigated", zh="造林地有灌溉"),
        field("claimed", None, CO2E, en="Claimed removals", zh="申报减排量"),
    ),
)
PARCELS = n.TablePlan(
    "parcels",
    "地块",
    {"en": "Project parcels", "zh": "项目地块"},
    ("id",),
    None,
    fields(
        field("id", "编号", TEXT),
        field("area", "面积", HA),
        field("planted", None, DATE, en="Planting date", zh="造林日期"),
        field("alive", None, YES_NO, en="Alive", zh="存活"),
    ),
)


def pack(**formulas: n.FormulaPlan) -> n.PackPlan:
    return n.PackPlan(
        id="p",
        edition="1",
        title={},
        authority={},
        language="en",
        in_force=None,
        until=None,
        digest="",
        sources=(),
        grades=(
            n.Grade("CAR", {"en": "Corrective action request", "zh": "整改要求"}, 3),
            n.Grade("CL", {"en": "Clarification request", "zh": "澄清要求"}, 2),
        ),
        default_unknown="CL",
        not_encoded=(),
        groups={"project": PROJECT},
        tables={"parcels": PARCELS},
        documents=fields(
            field("survey", None, DocumentType(), en="Boundary survey", zh="勘界报告")
        ),
        lookups={},
        formulas=dict(formulas),
        rules=(),
        claims=(),
        materiality=None,
    )


PACK = pack()
BY_KEY = n.RowByKey("parcels", (n.Constant("P-1", TEXT),), RowType("parcels"))
ROWS = n.TableRows("parcels", ListType(RowType("parcels")))
START = n.FactRef("project", "start_date", DATE)
IRRIGATED = n.FactRef("project", "irrigated", YES_NO)
STAND_FACT = n.FactRef("project", "stand", STAND)


def column(name: str, slot: int = 0, variable: str = "parcel") -> n.ColumnRef:
    return n.ColumnRef(slot, variable, "parcels", name, PARCELS.fields[name].type)


def constant(value: Any, type: Type) -> n.Constant:
    return n.Constant(Decimal(value) if isinstance(value, int) else value, type)


def compare(left: n.Expr, operator: str, right: n.Expr) -> n.Compare:
    return n.Compare(operator, left, right, 1, 1, YES_NO)


def arithmetic(left: n.Expr, operator: str, right: n.Expr) -> n.Arithmetic:
    return n.Arithmetic(operator, left, right, left.type)


ONE_, TWO, THREE = (constant(value, NUMBER) for value in (1, 2, 3))
MINIMUM = n.LocalRef(1, "minimum", M2)
LARGE_ENOUGH = n.Compare(">=", column("area"), MINIMUM, 10000, 1, YES_NO)


@pytest.mark.parametrize(
    ("node", "english", "chinese"),
    [
        (
            LARGE_ENOUGH,
            "the area of the parcel is at least the minimum",
            "地块的面积不小于“minimum”",
        ),
        (
            compare(START, "<", constant(date(2020, 1, 1), DATE)),
            "the start of site preparation is before 2020-01-01",
            "项目开工日期早于2020年1月1日",
        ),
        (
            n.Not(compare(column("area"), "<", constant(Decimal("0.0667"), HA)), YES_NO),
            "the area of the parcel is at least 0.0667 ha",
            "地块的面积不小于0.0667 ha",
        ),
        (
            compare(n.CellRef(BY_KEY, "parcels", "area", HA), ">", constant(1, HA)),
            "the area of the row of the project parcels for “P-1” is more than 1 ha",
            "“P-1”对应的项目地块的面积大于1 ha",
        ),
        (
            n.Not(n.CellRef(BY_KEY, "parcels", "alive", YES_NO), YES_NO),
            "“Alive” is answered no for the row of the project parcels for “P-1”",
            "“P-1”对应的项目地块的“存活”为“否”",
        ),
        (
            n.IsKnown(BY_KEY, False, YES_NO),
            "there is a row of the project parcels for “P-1”",
            "项目地块中有“P-1”一行",
        ),
        (
            n.IsKnown(BY_KEY, True, YES_NO),
            "there is no row of the project parcels for “P-1”",
            "项目地块中没有“P-1”一行",
        ),
        (
            n.Membership(
                STAND_FACT,
                n.ListOf((constant("bamboo", STAND),), ListType(STAND)),
                True,
                YES_NO,
            ),
            "the stand is not bamboo",
            "林分不为竹子",
        ),
        (
            n.Membership(
                STAND_FACT,
                n.ListOf((constant("tree", STAND), constant("shrub", STAND)), ListType(STAND)),
                False,
                YES_NO,
            ),
            "the stand is one of trees, shrub",
            "林分为乔木、灌木之一",
        ),
        (
            n.Or(
                (n.And((IRRIGATED, LARGE_ENOUGH), YES_NO), n.IsKnown(START, True, YES_NO)), YES_NO
            ),
            "(“Land is irrigated” is answered yes and the area of the parcel is at least the "
            "minimum) or the start of site preparation is not given",
            "（“造林地有灌溉”为“是”，且地块的面积不小于“minimum”），或项目开工日期未给出",
        ),
        (
            n.Quantified(
                "every",
                None,
                False,
                3,
                "p",
                ROWS,
                compare(column("area", 3, "p"), ">", constant(1, HA)),
                column("alive", 3, "p"),
                YES_NO,
            ),
            "every project parcel where the area is more than 1 ha satisfies: “Alive” is "
            "answered yes",
            "凡面积大于1 ha的地块，均满足：“存活”为“是”",
        ),
        (
            n.Quantified(
                "at least",
                constant(90, PERCENT),
                True,
                3,
                "p",
                ROWS,
                None,
                n.Not(column("alive", 3, "p"), YES_NO),
                YES_NO,
            ),
            "at least 90% of the project parcels satisfy: “Alive” is answered no",
            "至少90%的地块满足：“存活”为“否”",
        ),
        (
            n.Quantified(
                "no",
                None,
                False,
                3,
                "p",
                ROWS,
                None,
                compare(column("id", 3, "p"), "=", column("id", 0, "q")),
                YES_NO,
            ),
            "no other project parcel satisfies: the id is the id of the project parcel",
            "没有地块满足：编号为该地块的编号",
        ),
        (
            n.Aggregate(
                "sum", column("area", 3), None, 3, "parcel", ROWS, column("alive", 3), None, HA
            ),
            "the sum of the area over the parcels where “Alive” is answered yes",
            "“存活”为“是”的各地块的面积之和",
        ),
        (
            n.Aggregate("count", None, None, 3, "parcel", ROWS, None, None, NUMBER),
            "the number of parcels",
            "地块的数量",
        ),
        (
            arithmetic(
                n.Aggregate("sum", column("area", 3), None, 3, "parcel", ROWS, None, None, HA),
                "/",
                n.Call("max", (TWO, THREE), NUMBER),
            ),
            "(the sum of the area over the parcels) / the greater of 2 and 3",
            "各地块的面积之和 / （2、3）中的较大者",
        ),
        (
            n.Aggregate(
                "max",
                column("planted", 3, "earlier"),
                None,
                3,
                "earlier",
                ROWS,
                compare(column("id", 3, "earlier"), "!=", column("id")),
                None,
                DATE,
            ),
            "the greatest value of the planting date over the earlier project parcels where the "
            "id is not the id of the parcel",
            "编号不为该地块的编号的各地块的造林日期的最大值",
        ),
        (
            arithmetic(arithmetic(ONE_, "-", arithmetic(TWO, "+", THREE)), "*", TWO),
            "(1 − (2 + 3)) × 2",
            "(1 − (2 + 3)) × 2",
        ),
        (
            n.Within(
                n.FactRef("project", "claimed", CO2E),
                constant(5, PERCENT),
                constant(100, CO2E),
                True,
                YES_NO,
            ),
            "the claimed removals is within 5% of 100 tCO2e",
            "申报减排量与100 tCO2e的相对偏差不超过5%",
        ),
        (
            n.DateShift(START, n.Constant((3, "years"), DURATION), 1, None, DATE),
            "the start of site preparation plus 3 years",
            "项目开工日期后3年",
        ),
        (
            n.Scale(constant(3, unit("tC")), 44, 12, unit("tCO2")),
            "3 tC × 44/12",
            "3 tC × 44/12",
        ),
        # 44/12 and the square metres of a hectare, in one step
        (
            n.Scale(constant(3, unit("tC/m2")), 110000, 3, unit("tCO2/ha")),
            "3 tC/m2 × 44/12",
            "3 tC/m2 × 44/12",
        ),
        (n.Scale(constant(15, unit("亩")), 1, 15, HA), "15 亩", "15 亩"),
    ],
)
def test_an_expression_reads_in_both_languages(node: n.Expr, english: str, chinese: str) -> None:
    assert words(node, "en", PACK) == english
    assert words(node, "zh", PACK) == chinese


def a_rule() -> n.RulePlan:
    minimum = n.If(
        compare(START, "<", constant(date(2020, 1, 1), DATE)),
        constant(667, M2),
        constant(400, M2),
        M2,
    )
    bamboo = n.ListOf((constant("bamboo", STAND),), ListType(STAND))
    return n.RulePlan(
        id="AFF-2C",
        pack="p",
        title={"en": "Each parcel is large enough"},
        cite=None,
        basis="secondary",
        table="parcels",
        slot=0,
        variable="parcel",
        where=n.IsKnown(column("planted"), False, YES_NO),
        lets=(n.LetPlan("minimum", 1, minimum),),
        when=(n.Not(n.Membership(STAND_FACT, bamboo, False, YES_NO), YES_NO),),
        unless=(
            n.UnlessPlan(
                IRRIGATED,
                {
                    "en": n.Template(("public welfare",), TEXT),
                    "zh": n.Template(("公益项目",), TEXT),
                },
            ),
        ),
        must=LARGE_ENOUGH,
        otherwise=n.FindingPlan("CAR", {}),
        unknown=n.FindingPlan("CL", {}),
        defer=None,
        needs=("survey",),
        remedy=None,
        ask=None,
        amended_by=(),
        frame=2,
        place="2.gj:1",
    )


def test_a_rule_says_for_whom_when_unless_what_and_what_it_raises() -> None:
    assert rule_words(a_rule(), "en", PACK) == (
        "For each parcel where the planting date is given, when the stand is not bamboo, the "
        "area of the parcel must be at least the minimum. Here the minimum means 667 m2 if the "
        "start of site preparation is before 2020-01-01, otherwise 400 m2. This does not apply "
        "where “Land is irrigated” is answered yes: public welfare. Evidence needed: boundary "
        "survey. If not met: corrective action request. If it cannot be decided: clarification "
        "request."
    )
    assert rule_words(a_rule(), "zh", PACK) == (
        "对造林日期已给出的每个地块，在林分不为竹子的情况下，地块的面积应不小于“minimum”。"
        "其中“minimum”的取值：若项目开工日期早于2020年1月1日，则为667 m2，否则为400 m2。"
        "“造林地有灌溉”为“是”的，不适用本条（公益项目）。须提供的证据：勘界报告。"
        "不满足的，提出整改要求。资料不足、无法判定的，提出澄清要求。"
    )


def test_a_judgement_says_what_is_asked() -> None:
    asked = {"en": n.Template(("Were they consulted?",), TEXT)}
    judge = a_rule()._replace(must=None, ask=asked, table=None, where=None, when=(), lets=())
    assert rule_words(judge, "en", PACK).startswith("An assessor answers: Were they consulted?")


def test_a_formula_is_an_equation_in_words() -> None:
    formula = n.FormulaPlan(
        name="area_in_use",
        label={"en": "Area in use", "zh": "利用面积"},
        table="parcels",
        slot=0,
        variable="parcel",
        where=column("alive"),
        lets=(),
        body=arithmetic(column("area"), "*", TWO),
        type=HA,
        cite=None,
        basis=None,
        conservative=False,
        frame=1,
        place="",
    )
    held = pack(area_in_use=formula)
    assert formula_words(formula, "en", held) == (
        "Area in use of the parcel (ha) = the area of the parcel × 2. It is worked out for each "
        "parcel where “Alive” is answered yes."
    )
    assert formula_words(formula, "zh", held) == (
        "地块的利用面积（ha） = 地块的面积 × 2。仅对“存活”为“是”的地块计算。"
    )


@pytest.mark.parametrize(
    ("value", "type", "english", "chinese"),
    [
        (None, HA, "not known", "未知"),
        (Decimal("12.50"), HA, "12.50 ha", "12.50 ha"),
        (Decimal("-1E+3"), PERCENT, "−1000%", "−1000%"),
        (Decimal("3"), NUMBER, "3", "3"),
        (True, YES_NO, "yes", "是"),
        (date(2024, 4, 15), DATE, "2024-04-15", "2024年4月15日"),
        ("bamboo", STAND, "Bamboo", "竹子"),
        ((1, "years"), DURATION, "1 year", "1年"),
        ((20, "working days"), DURATION, "20 working days", "20个工作日"),
        ((date(2024, 1, 1), date(2024, 12, 31)), DATE, "2024-01-01 to 2024-12-31",
         "2024年1月1日至2024年12月31日"),
        (("tree", "shrub"), ListType(STAND), "Trees, Shrub", "乔木、灌木"),
    ],
)  # fmt: skip
def test_a_value_is_shown_exactly(value: Any, type: Type, english: str, chinese: str) -> None:
    assert value_words(value, type, "en") == english
    assert value_words(value, type, "zh") == chinese


def test_a_field_without_a_label_is_called_by_the_name_of_the_language() -> None:
    assert field_label(PARCELS.fields["area"], "en") == "area"
    assert field_label(PARCELS.fields["area"], "zh") == "面积"


def test_every_function_has_words() -> None:
    assert [name for name in FUNCTIONS if f"call.{name}" not in MESSAGES] == []


def test_a_ratio_is_said_as_a_percentage_though_the_plan_holds_it_bare():
    claimed = n.FactRef("project", "claimed", CO2E)
    within = n.Within(
        claimed, n.Constant(Decimal("0.05"), NUMBER), constant(100, CO2E), True, YES_NO
    )
    assert words(within, "zh", PACK) == "申报减排量与100 tCO2e的相对偏差不超过5%"
    quantile = n.Call(
        "student_t", (n.Constant(Decimal(8), NUMBER), n.Constant(Decimal("0.9"), NUMBER)), NUMBER
    )
    assert words(quantile, "zh", PACK) == "置信水平90%、自由度8的t分位数"
    assert words(quantile, "en", PACK) == "Student's t at 90% with 8 degrees of freedom"


def test_what_is_rounded_is_the_whole_difference_and_reads_so():
    rounded = n.Rounded(arithmetic(THREE, "-", TWO), "down", ONE_, NUMBER)
    assert words(rounded, "zh", PACK) == "(3 − 2)（向下修约至1）"


def test_conditions_joined_by_one_word_need_no_parentheses():
    early = n.Compare("<", START, n.Constant(date(2025, 7, 1), DATE), 1, 1, YES_NO)
    nested = n.And((n.And((early, early), YES_NO), early), YES_NO)
    assert "（" not in words(nested, "zh", PACK)


def test_what_lies_between_is_named_before_its_ends():
    claimed = n.FactRef("project", "claimed", CO2E)
    low, high = constant(10, CO2E), constant(20, CO2E)
    # As the checker makes it: low <= value and value <= high.
    between = n.Between(compare(low, "<=", claimed), compare(claimed, "<=", high), YES_NO)
    assert words(between, "zh", PACK) == "申报减排量介于10 tCO2e与20 tCO2e之间（含两端）"
    assert words(between, "en", PACK) == "the claimed removals is between 10 tCO2e and 20 tCO2e"
