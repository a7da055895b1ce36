"""A table with a column of every type, for the tests of the store."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import vocabulary
from vocabulary import field, fields, number

from guiju.plan.nodes import PackPlan, TablePlan
from guiju.plan.types import (
    DateType,
    DurationType,
    ListType,
    OneOfType,
    PeriodType,
    TextType,
    YesNoType,
)

LABEL = {"en": "Trees", "zh": "林木"}
TREES = TablePlan(
    "trees",
    "林木",
    LABEL,
    ("plot", "tree"),
    None,
    fields(
        field("plot", TextType(), "样地"),
        field("tree", number(integer=True), "树号"),
        field("dbh", number("cm"), "胸径", low=Decimal(1), high=Decimal("250.5")),
        field("area", number("ha"), "面积", low=Decimal(0)),
        field("price", number(), "价格"),
        field(
            "stand",
            OneOfType(("tree", "bamboo"), {"tree": {"en": "Trees", "zh": "乔木"}, "bamboo": {}}),
            "林分",
        ),
        field("planted", DateType(), "种植日期", low=dt.date(2000, 1, 1)),
        field("alive", YesNoType(), "存活"),
        field("species", ListType(TextType()), "树种", optional=True),
        field("span", PeriodType(), "时段", optional=True),
        field("turn", DurationType(), "轮伐期", optional=True),
        field("note", TextType(), "备注", optional=True),
    ),
)


def pack() -> PackPlan:
    made = vocabulary.pack()
    made.tables = {**made.tables, "trees": TREES}
    return made
