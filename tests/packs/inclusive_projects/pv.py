"""PV on two roofs of Shanghai, 1 MW in all: a year of readings with a meter replaced on one roof
and a register that starts again on the other."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from guiju.plan.nodes import PackPlan

from .english import english
from .state import InclusiveProject, Row, draw, reckon

SWAPPED = date(2024, 11, 15)
GENERATED = 1_105_000  # kWh of the year; 5,000 of them have green certificates
CERTIFIED = 5_000
SHARES = (118, 112, 92, 74, 60, 52, 54, 62, 84, 96, 106, 90)  # July to June, of 1,000
FULL = 100_000

README = """# 示例：上海两处屋顶的分布式光伏

全部虚构：业主、电站、表号、单据均不存在。由 `tests/packs/inclusive_projects` 写出，不要手改。

一年（2024年7月至2025年6月）的抄表、结算与绿证：电站 GF-1（600 kW）在2024年11月15日换表，电站 GF-2（400 kW）的表在期内满码归零一次；
发电 1,105,000 kWh，其中 5,000 kWh 核发了绿证，计入 1,100,000 kWh，按 0.42 kgCO2/kWh 得 462 t。

没有一处不符合。公示天数、项目开始日期与产生年度的下限在上海未读到文本，这三条得出“不能确定”。

*PV on two roofs in Shanghai: a year of readings, a meter replaced, a register that started again, some
green certificates; 462 t. Nothing is wrong. Three local rules await their text and are undetermined.*
"""

ENGLISH = """# Example: PV on two roofs in Shanghai

Made up throughout: the owner, plants, meters and papers do not exist. Written by `tests/packs/inclusive_projects`; do
not edit. It is the project `guangfu-example` in English.

A year of readings, settlements and green certificates (July 2024 to June 2025): the meter of plant GF-1 (600 kW) was
replaced on 15 November 2024, the register of plant GF-2 (400 kW) started again once. Of 1,105,000 kWh generated, 5,000
have green certificates; 1,100,000 are credited, which at 0.42 kgCO2/kWh makes 462 t.

Nothing is wrong. The length of the notice and the floors of start and vintage in Shanghai were not read: these three
are undetermined.
"""


def months() -> list[tuple[date, date]]:
    """First and last day of each month of the period."""
    firsts = [date(2024, month, 1) for month in range(7, 13)]
    firsts += [date(2025, month, 1) for month in range(1, 7)]
    return [(day, day.replace(day=monthrange(day.year, day.month)[1])) for day in firsts]


class Register:
    """A meter's register as it is read from one day to the next."""

    def __init__(self, serial: str, ratio: int, at: int) -> None:
        self.serial, self.ratio, self.at = serial, ratio, at

    def read(self, number: int, first: date, last: date, units: int, certified: int = 0) -> Row:
        """A reading of so many units of the register, of which `certified` kWh are not credited."""
        opening, self.at = self.at, (self.at + units) % FULL
        energy = units * self.ratio
        return {
            "抄表编号": f"CB-{number:02d}",
            "抄表表号": self.serial,
            "起始日": str(first),
            "截止日": str(last),
            "期初示数": str(opening),
            "期末示数": str(self.at),
            "已翻转": "是" if self.at < opening else "否",
            "抄见电量": str(energy),
            "计入电量": str(energy - certified),
        }


def readings() -> list[Row]:
    old, new = Register("HJ24-0101", 20, 41_250), Register("HJ24-0877", 20, 3)
    other = Register("HJ24-0102", 20, 93_480)
    made: list[Row] = []
    left_first, left_second = GENERATED // 20 * 6 // 10, GENERATED // 20 - GENERATED // 20 * 6 // 10
    for at, (first, last) in enumerate(months()):
        final = at == 11
        share = SHARES[at] + draw(5, "pv", at)
        one = left_first if final else GENERATED // 20 * 6 // 10 * share // 1020
        two = left_second if final else GENERATED // 20 * 4 // 10 * share // 1020
        left_first, left_second = left_first - one, left_second - two
        if first <= SWAPPED <= last:
            early = one * SWAPPED.day // last.day
            made.append(old.read(len(made) + 1, first, SWAPPED, early))
            made.append(new.read(len(made) + 1, SWAPPED + timedelta(days=1), last, one - early))
        else:
            meter = old if last < SWAPPED else new
            made.append(meter.read(len(made) + 1, first, last, one))
        made.append(other.read(len(made) + 1, first, last, two, CERTIFIED if final else 0))
    return made


def pv() -> InclusiveProject:
    read = readings()
    removed = next(row for row in read if row["截止日"] == str(SWAPPED))["期末示数"]
    project = InclusiveProject(
        id="guangfu-example",
        title="嘉定两处屋顶分布式光伏碳普惠项目（虚构示例）",
        pack="carbon-inclusive-shanghai",
        edition="2025",
        submitted="2025-11-20",
        readme=README,
        facts={
            "项目": {
                "项目类型": "分布式光伏",
                "省份": "上海",
                "所在地": "上海",
                "项目业主": "示例光伏公司甲",
                "所依据办法": "沪环规〔2025〕10号",
                "方法学编号": "沪环气候〔2024〕45号",
                "开始日期": "2023-05-18",
                "项目申请日期": "2025-08-01",
                "配额管理": "否",
                "他市场已覆盖": "否",
                "申请其他机制": "否",
                "涉及个人数据": "否",
            },
            "公示": {"公示首日": "2025-07-01", "公示末日": "2025-07-21"},
            "核查": {
                "已核查": "是",
                "核查机构": "示例核查机构丙",
                "核查关联": "否",
                "咨询机构": "示例咨询公司乙",
            },
            "申报": {"核算期": "2024-07-01/2025-06-30", "申报日期": "2025-11-10"},
            "电网": {
                "因子地区": "上海",
                "电网因子": "0.42",
                "因子年份": "2024",
                "因子发布单位": "上海市生态环境局",
            },
        },
        tables={
            "电站": [
                {"电站编号": "GF-1", "装机容量": "600", "并网日期": "2023-05-18", "手续齐全": "是"},
                {"电站编号": "GF-2", "装机容量": "400", "并网日期": "2023-06-02", "手续齐全": "是"},
            ],
            "计量表": [
                meter("HJ24-0101", "GF-1", "2023-05-18", "4150", str(SWAPPED), removed),
                meter("HJ24-0877", "GF-1", "2024-11-16", "3", replaces="HJ24-0101"),
                meter("HJ24-0102", "GF-2", "2023-06-02", "69480"),
            ],
            "抄表": read,
            "结算": [
                {
                    "结算编号": row["抄表编号"].replace("CB", "JS"),
                    "结算表号": row["抄表表号"],
                    "起始日": row["起始日"],
                    "截止日": row["截止日"],
                    "结算电量": row["抄见电量"],
                }
                for row in read
            ],
            "绿证": [
                {
                    "绿证编号": "LZ-0001",
                    "绿证表号": "HJ24-0102",
                    "起始日": "2025-06-01",
                    "截止日": "2025-06-30",
                    "绿证电量": str(CERTIFIED),
                }
            ],
            "以往申报": [
                {"以往申报编号": "SB-2024", "起始日": "2023-07-01", "截止日": "2024-06-30"}
            ],
            "登记减排量": [
                {
                    "批次编号": "PC-1",
                    "编号前缀": "示例SHCER",
                    "编号起": "1001",
                    "编号止": "",
                    "数量": "",
                    "属本次申报": "是",
                }
            ],
            "使用": [use("SY-1", "1001", "1100"), use("SY-2", "1101", "1150")],
        },
        papers={
            "唯一性承诺书": "2025-07-25",
            "配额管理说明": "2025-07-25",
            "权属证明": "2023-05-10",
            "公示记录": "2025-07-22",
            "核查报告": "2025-10-15",
            "绿证查询记录": "2025-10-20",
            "登记记录": "2025-11-18",
        },
        judgements=["CI-OWNER", "CI-GEC-SEARCH"],
    )
    reckon(project)
    return project


def meter(
    serial: str,
    asset: str,
    installed: str,
    at: str,
    removed: str = "",
    removed_at: str = "",
    replaces: str = "",
) -> Row:
    return {
        "表号": serial,
        "所属设施": asset,
        "倍率": "20",
        "满码示数": str(FULL),
        "装表日期": installed,
        "装表示数": at,
        "拆表日期": removed,
        "拆表示数": removed_at,
        "替换表号": replaces,
        "检定有效期至": "2029-05-31",
    }


def use(name: str, first: str, last: str) -> Row:
    return {
        "使用编号": name,
        "所用批次": "PC-1",
        "使用编号起": first,
        "使用编号止": last,
        "已注销": "是",
        "用途": "企业自愿抵销",
    }


def pv_in_english(plan: PackPlan) -> InclusiveProject:
    title = "PV on two roofs in Jiading (made up)"
    return english(pv(), plan, "pv-example", title, ENGLISH)
