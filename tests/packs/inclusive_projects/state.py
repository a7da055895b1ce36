"""What a project holds before it is written down, and the reckoning of what it claims."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

Row = dict[str, str]
"""A row of a table as it is written: heading and text."""


@dataclass
class InclusiveProject:
    """Facts by group, tables, papers (kind → day of issue) and the judgements answered yes."""

    id: str
    title: str
    pack: str
    edition: str
    submitted: str
    readme: str
    facts: dict[str, Row]
    tables: dict[str, list[Row]]
    papers: dict[str, str]
    judgements: list[str] = field(default_factory=list)
    language: str = "zh"

    def row(self, table: str, value: str) -> Row:
        """The one row of a table whose first column has a value."""
        [row] = [row for row in self.tables[table] if next(iter(row.values())) == value]
        return row

    def add(self, table: str, *rows: Row) -> None:
        self.tables[table] += rows


def draw(below: int, *key: object) -> int:
    """A whole number from 0 up to but not including `below`, fixed by its key."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def pv_reduction(project: InclusiveProject) -> Decimal:
    """Tonnes: credited kWh times the grid factor in t/MWh."""
    credited = sum((Decimal(row["计入电量"]) for row in project.tables["抄表"]), Decimal(0))
    return credited / 1000 * Decimal(project.facts["电网"]["电网因子"])


def charging_reduction(project: InclusiveProject) -> Decimal:
    """Tonnes: kilometres times kg/km of the vehicles replaced, less kWh times the grid factor."""
    kinds = {row["车型名称"]: row for row in project.tables["车型"]}
    kind_of = {row["车辆编号"]: kinds[row["所属车型"]] for row in project.tables["车辆"]}
    factor = Decimal(project.facts["电网"]["电网因子"])
    total = Decimal(0)
    for row in project.tables["充电订单"]:
        kind, credited = kind_of[row["充电车辆"]], Decimal(row["计入充电量"])
        total += credited / Decimal(kind["单位里程耗电"]) * Decimal(kind["燃油车因子"])
        total -= credited * factor
    return total / 1000


def recycling_reduction(project: InclusiveProject) -> Decimal:
    """Tonnes: net tonnes of each weighing times the factor of its material."""
    factors = {row["物料名称"]: Decimal(row["物料因子"]) for row in project.tables["再生物料"]}
    weighed = project.tables["磅单"]
    return sum((Decimal(w["净重"]) * factors[w["磅单物料"]] for w in weighed), Decimal(0))


REDUCTIONS = {
    "分布式光伏": pv_reduction,
    "充电": charging_reduction,
    "再生资源": recycling_reduction,
}


def reckon(project: InclusiveProject) -> None:
    """Puts in what follows from the records: the claim, what was verified, the units registered."""
    tonnes = int(REDUCTIONS[project.facts["项目"]["项目类型"]](project))
    project.facts["申报"]["申报减排量"] = str(tonnes)
    project.facts["核查"]["核查减排量"] = str(tonnes)
    for row in project.tables["登记减排量"]:
        row.update({"编号止": str(int(row["编号起"]) + tonnes - 1), "数量": str(tonnes)})
