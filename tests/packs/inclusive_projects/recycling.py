"""Recycled paper, plastics and steel of a community in Guangdong: a quarter of weighings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from .state import InclusiveProject, Row, draw, reckon

FIRST, LAST = date(2025, 1, 1), date(2025, 3, 31)
MATERIALS = {"废纸": "0.5", "废塑料": "1.1", "废钢铁": "1.2"}  # made-up factors, in tCO2e/t
SCALES = {"DB-1": "30", "DB-2": "60"}

README = """# 示例：广东一个社区的再生资源回收

全部虚构：业主、地磅、货车、磅单均不存在；物料因子也是虚构的，不属于任何方法学。由 `tests/packs/inclusive_projects` 写出，不要手改。

一个季度（2025年1月至3月）的磅单与交付记录：三种物料、两台地磅、六辆货车。公示、委托与办法按《广东省碳普惠交易管理办法》核对。

没有一处不符合。方法学名录、物料因子、开始日期与产生年度的下限没有读到，依赖它们的各条得出“不能确定”。

*A quarter of weighings in Guangdong. Nothing is wrong; the list of methods, the factors of materials and two
local floors were not read, and what hangs on them is undetermined.*
"""


def weighings() -> list[Row]:
    made: list[Row] = []
    for day in range((LAST - FIRST).days + 1):
        for load in range(1 + draw(3, "loads", day)):
            tare = Decimal(5_200 + 10 * draw(120, "tare", day, load)) / 1000
            net = Decimal(900 + 20 * draw(230, "net", day, load)) / 1000
            made.append(
                {
                    "磅单号": f"BD{len(made) + 1:04d}",
                    "磅单物料": [*MATERIALS][draw(3, "material", day, load)],
                    "所用地磅": f"DB-{1 + draw(2, 'scale', day, load)}",
                    "货车": f"HC-{1 + (day + load * 2) % 6}",
                    "过磅日期": str(FIRST + timedelta(days=day)),
                    "毛重": str(tare + net),
                    "皮重": str(tare),
                    "净重": str(net),
                }
            )
    return made


def deliveries(weighed: list[Row]) -> list[Row]:
    """All that was taken in but a remainder, in two lots of each material."""
    made: list[Row] = []
    for material in MATERIALS:
        mass = sum(Decimal(row["净重"]) for row in weighed if row["磅单物料"] == material)
        for share in ("0.5", "0.4"):
            lot = (Decimal(mass) * Decimal(share)).quantize(Decimal("0.001"))
            made.append(
                {
                    "交付编号": f"JF-{len(made) + 1}",
                    "交付物料": material,
                    "交付质量": str(lot),
                }
            )
    return made


def recycling() -> InclusiveProject:
    weighed = weighings()
    project = InclusiveProject(
        id="huishou-example",
        title="佛山社区再生资源回收碳普惠项目（虚构示例）",
        pack="carbon-inclusive-guangdong",
        edition="2022",
        submitted="2025-11-20",
        readme=README,
        facts={
            "项目": {
                "项目类型": "再生资源",
                "省份": "广东",
                "所在地": "广东",
                "项目业主": "示例回收公司戊",
                "所依据办法": "粤环发〔2022〕4号",
                "方法学编号": "示例再生资源方法学（待取得文本）",
                "开始日期": "2024-03-01",
                "项目申请日期": "2025-07-10",
                "委托申请": "是",
                "配额管理": "否",
                "他市场已覆盖": "否",
                "申请其他机制": "否",
                "涉及个人数据": "否",
            },
            "公示": {
                "公示首日": "2025-06-23",
                "公示末日": "2025-07-01",
                "已公示咨询服务": "是",
                "已公示收益分配": "是",
            },
            "核查": {
                "已核查": "是",
                "核查机构": "示例核查机构丙",
                "核查关联": "否",
                "咨询机构": "示例咨询公司乙",
            },
            "申报": {"核算期": f"{FIRST}/{LAST}", "申报日期": "2025-10-20"},
        },
        tables={
            "再生物料": [
                {"物料名称": name, "物料因子": factor, "期初库存": "0"}
                for name, factor in MATERIALS.items()
            ],
            "地磅": [
                {"地磅编号": name, "最大秤量": capacity, "地磅检定至": "2025-09-30"}
                for name, capacity in SCALES.items()
            ],
            "磅单": weighed,
            "交付": deliveries(weighed),
            "以往申报": [],
            "登记减排量": [
                {
                    "批次编号": "PC-1",
                    "编号前缀": "示例PHCER",
                    "编号起": "501",
                    "编号止": "",
                    "数量": "",
                    "属本次申报": "是",
                }
            ],
            "使用": [],
        },
        papers={
            "唯一性承诺书": "2025-07-02",
            "配额管理说明": "2025-07-02",
            "权属证明": "2024-02-20",
            "公示记录": "2025-07-02",
            "委托协议": "2025-06-10",
            "核查报告": "2025-10-10",
            "登记记录": "2025-11-10",
        },
        judgements=["CI-OWNER"],
    )
    reckon(project)
    return project
