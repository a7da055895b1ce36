"""A fleet of electric vehicles in Inner Mongolia: charging sessions of some weeks at eight piles.
No text of Inner Mongolia was found, so all that hangs on it stays undetermined."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .state import InclusiveProject, Row, draw, reckon

FIRST = date(2025, 4, 1)
VEHICLES, PILES, POWER = 24, 8, 60
SLOTS = (1250, 1400, 130)  # minutes of the day; the second goes on past midnight
KINDS = {"小型客车": ("0.15", "0.20", 60), "轻型货车": ("0.30", "0.30", 80)}

README = """# 示例：内蒙古一支新能源车队的充电减排

全部虚构：业主、车辆、桩号、订单均不存在；车型系数也是虚构的，不属于任何方法学。由 `tests/packs/inclusive_projects` 写出，不要手改。

24 辆车在 8 个充电桩上一个季度（2025年4月至6月）的充电订单与桩表抄表。订单之间不重叠，电量在功率、电池、里程和桩表所能之内。

没有一处不符合。内蒙古的办法、方法学与系数没有找到，当地电网因子也未见，依赖它们的各条得出“不能确定”，各说明等待哪一项文本。

*Charging sessions of 24 vehicles at eight piles over a quarter. Nothing is wrong; whatever hangs on the text
of Inner Mongolia, which was not found, is undetermined and says what is awaited.*
"""


def kind_of(vehicle: int) -> str:
    return "小型客车" if vehicle < 16 else "轻型货车"


def sessions(days: int) -> list[Row]:
    made: list[Row] = []
    for day in range(days):
        for vehicle in range(VEHICLES):
            if draw(10, "idle", day, vehicle) < 2:
                continue
            slot, pile = divmod((vehicle + day * 5) % VEHICLES, PILES)
            energy = 18 + draw(20, "energy", day, vehicle)
            begun = SLOTS[slot] + draw(12, "begun", day, vehicle)
            ended = begun + energy + 4 + draw(8, "slow", day, vehicle)
            on = FIRST + timedelta(days=day)
            if on + timedelta(days=ended // 1440) >= FIRST + timedelta(days=days):
                continue  # would end after the period
            made.append(
                {
                    "订单号": f"DD{len(made) + 1:05d}",
                    "所用桩": f"Z-{pile + 1}",
                    "充电车辆": f"CL-{vehicle + 1:02d}",
                    "开始日": str(on),
                    "开始分钟": str(begun),
                    "结束日": str(on + timedelta(days=ended // 1440)),
                    "结束分钟": str(ended % 1440),
                    "充电电量": str(energy),
                    "计入充电量": str(energy),
                }
            )
    return made


def vehicles(charged: list[Row]) -> list[Row]:
    made: list[Row] = []
    for number in range(VEHICLES):
        name = f"CL-{number + 1:02d}"
        kind = KINDS[kind_of(number)]
        energy = sum(int(row["充电电量"]) for row in charged if row["充电车辆"] == name)
        first = 8_000 + draw(30_000, "odometer", number)
        run = int(energy / Decimal(kind[0])) + 40 + draw(60, "run", number)
        made.append(
            {
                "车辆编号": name,
                "所属车型": kind_of(number),
                "电池容量": str(kind[2]),
                "期初里程": str(first),
                "期末里程": str(first + run),
            }
        )
    return made


def pile_readings(charged: list[Row], days: int) -> list[Row]:
    """One reading of each pile over the period; losses make it more than the sessions."""
    made: list[Row] = []
    for pile in range(PILES):
        energy = sum(int(row["充电电量"]) for row in charged if row["所用桩"] == f"Z-{pile + 1}")
        opening = 2_000 + draw(5_000, "pile", pile)
        energy += energy // 20 + 1
        made.append(
            {
                "抄表编号": f"ZB-{pile + 1}",
                "抄表表号": f"NM25-{pile + 1:03d}",
                "起始日": str(FIRST),
                "截止日": str(FIRST + timedelta(days=days - 1)),
                "期初示数": str(opening),
                "期末示数": str(opening + energy),
                "已翻转": "否",
                "抄见电量": str(energy),
                "计入电量": "",  # PV only
            }
        )
    return made


def fleet(days: int = 91) -> InclusiveProject:
    charged = sessions(days)
    read = pile_readings(charged, days)
    last = FIRST + timedelta(days=days - 1)
    project = InclusiveProject(
        id="chedui-example",
        title="呼和浩特新能源车队充电碳普惠项目（虚构示例）",
        pack="nm-carbon-inclusive",
        edition="待定",
        submitted="2025-11-20",
        readme=README,
        facts={
            "项目": {
                "项目类型": "充电",
                "省份": "内蒙古",
                "所在地": "内蒙古",
                "项目业主": "示例运输公司丁",
                "所依据办法": "示例办法（待取得文本）",
                "方法学编号": "示例充电方法学（待取得文本）",
                "开始日期": "2024-09-01",
                "项目申请日期": "2025-09-01",
                "配额管理": "否",
                "他市场已覆盖": "否",
                "申请其他机制": "否",
                "涉及个人数据": "是",
            },
            "公示": {"公示首日": "2025-08-01", "公示末日": "2025-08-15"},
            "核查": {
                "已核查": "是",
                "核查机构": "示例核查机构丙",
                "核查关联": "否",
                "咨询机构": "无",
            },
            "申报": {"核算期": f"{FIRST}/{last}", "申报日期": "2025-10-20"},
            "电网": {
                "因子地区": "内蒙古",
                "电网因子": "0.5",
                "因子年份": "2025",
                "因子发布单位": "示例发布单位",
            },
        },
        tables={
            "充电桩": [{"桩号": f"Z-{pile + 1}", "额定功率": str(POWER)} for pile in range(PILES)],
            "车型": [
                {"车型名称": name, "单位里程耗电": kind[0], "燃油车因子": kind[1]}
                for name, kind in KINDS.items()
            ],
            "车辆": vehicles(charged),
            "充电订单": charged,
            "计量表": [
                {
                    "表号": row["抄表表号"],
                    "所属设施": f"Z-{number + 1}",
                    "倍率": "1",
                    "满码示数": "1000000",
                    "装表日期": "2024-08-20",
                    "装表示数": "0",
                    "拆表日期": "",
                    "拆表示数": "",
                    "替换表号": "",
                    "检定有效期至": "2028-08-31",
                }
                for number, row in enumerate(read)
            ],
            "抄表": read,
            "结算": [],
            "绿证": [],
            "以往申报": [],
            "登记减排量": [
                {
                    "批次编号": "PC-1",
                    "编号前缀": "示例NMCER",
                    "编号起": "1",
                    "编号止": "",
                    "数量": "",
                    "属本次申报": "是",
                }
            ],
            "使用": [],
        },
        papers={
            "唯一性承诺书": "2025-08-20",
            "配额管理说明": "2025-08-20",
            "权属证明": "2024-08-30",
            "公示记录": "2025-08-18",
            "授权书": "2025-03-15",
            "核查报告": "2025-10-10",
            "登记记录": "2025-11-10",
        },
        judgements=["CI-OWNER", "CI-CONSENT"],
    )
    reckon(project)
    return project
