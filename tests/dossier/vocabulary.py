"""A small vocabulary, built by hand, for reading dossiers in tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from guiju.plan.nodes import (
    FieldPlan,
    GroupPlan,
    PackPlan,
    RulePlan,
    TablePlan,
)
from guiju.plan.types import (
    DateType,
    DocumentType,
    DurationType,
    ListType,
    NumberType,
    OneOfType,
    PeriodType,
    TextType,
    Type,
    YesNoType,
)
from guiju.quantities import ONE, parse_unit


def number(unit: str = "1", integer: bool = False) -> NumberType:
    return NumberType(ONE if unit == "1" else parse_unit(unit), integer)


def field(
    name: str,
    type_: Type,
    alias: str | None = None,
    en: str = "",
    zh: str = "",
    optional: bool = False,
    low: Any = None,
    high: Any = None,
) -> FieldPlan:
    label = {"en": en or name, "zh": zh or alias or name}
    return FieldPlan(name, alias, label, type_, optional, low, high)


def fields(*plans: FieldPlan) -> dict[str, FieldPlan]:
    return {plan.name: plan for plan in plans}


STAND = OneOfType(
    ("tree", "bamboo", "shrub"),
    {
        "tree": {"en": "Trees", "zh": "乔木"},
        "bamboo": {"en": "Bamboo", "zh": "竹子"},
        "shrub": {"en": "Shrub", "zh": "灌木"},
    },
)

PROJECT = GroupPlan(
    "project",
    "项目",
    {"en": "The project", "zh": "项目"},
    fields(
        field("start_date", DateType(), "开工日期", "Start of work", "项目开工日期"),
        field("name", TextType(), "名称", "Name", "名称"),
        field("code", TextType(), "编码", optional=True),
        field("area", number("ha"), "面积", "Area", "面积", low=Decimal(0)),
        field("share", number("%"), "比例", low=Decimal(0), high=Decimal(100)),
        field("trees", number(integer=True), "株数"),
        field("rate", number(), "系数"),
        field("stand", STAND, "林分"),
        field("burnt", YesNoType(), "火烧"),
        field("crediting", PeriodType(), "计入期"),
        field("rotation", DurationType(), "轮伐期"),
        field("species", ListType(TextType()), "树种"),
        field("claimed", number("tCO2e"), "申报量"),
        field("since", DateType(), "起始", low=date(2012, 11, 8)),
    ),
)
PAPERS = GroupPlan(
    "papers",
    "材料",
    {"en": "Papers", "zh": "材料"},
    fields(
        field("boundary_survey", DocumentType(), "勘界报告", "Boundary survey", "勘界报告"),
        field("minutes", DocumentType(), "会议纪要", "Minutes", "会议纪要"),
    ),
)
PARCELS = TablePlan(
    "parcels",
    "地块",
    {"en": "Parcels", "zh": "地块"},
    ("id",),
    None,
    fields(
        field("id", TextType(), "小班号", "Parcel", "小班号"),
        field("area", number("ha"), "面积", "Area", "面积", low=Decimal(0)),
        field("stand", STAND, "林分"),
        field("planted", DateType(), "种植日期", optional=True),
        field("trees", number(integer=True), "株数"),
        field("forest", YesNoType(), "有林地"),
    ),
)
PERIODS = TablePlan(
    "periods",
    "报告期",
    {"en": "Periods", "zh": "报告期"},
    ("number",),
    None,
    fields(
        field("number", number(integer=True), "序号"),
        field("start", DateType(), "首日"),
        field("end", DateType(), "末日"),
        field("volume", number("m3"), "材积", optional=True),
    ),
)


def judgement(id_: str, table: str | None = None, ask: bool = True) -> RulePlan:
    label = {"en": id_, "zh": id_}
    question: Any = {"en": None} if ask else None
    values: dict[str, Any] = dict.fromkeys(RulePlan._fields)
    values.update(
        id=id_, pack="test", title=label, basis="verified", table=table, ask=question,
        lets=(), when=(), unless=(), needs=(), amended_by=(), frame=0, place="test.gj:1",
    )  # fmt: skip
    return RulePlan(**values)


def pack() -> PackPlan:
    """The vocabulary as a pack with two judgements and one rule."""
    label = {"en": "Test", "zh": "测试"}
    return PackPlan(
        id="test",
        edition="V01",
        title=label,
        authority=label,
        language="en",
        in_force=None,
        until=None,
        digest="0",
        sources=(),
        grades=(),
        default_unknown="CL",
        not_encoded=(),
        groups={"project": PROJECT, "papers": PAPERS},
        tables={"parcels": PARCELS, "periods": PERIODS},
        documents=dict(PAPERS.fields),
        lookups={},
        formulas={},
        rules=(
            judgement("AFF-STAKE"),
            judgement("AFF-PARCEL", table="parcels"),
            judgement("AFF-AREA", ask=False),
        ),
        claims=(),
        materiality=None,
    )
