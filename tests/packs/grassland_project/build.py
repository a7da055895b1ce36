"""Draws the grassland: parcels, pastures, herds, sites, quadrats, cores, facts and papers."""

from __future__ import annotations

from tests.packs.project.state import Point, Row, draw

from .reckoning import reckon
from .state import Grassland

STRATA = {
    # Stratum: type, slope, texture, soil, grade, parcels, sites, controls, mean of biomass in g/m2.
    "S-1": ("典型草原", "平缓", "壤土", "栗钙土", "中度", 8, 20, 3, 118),
    "S-2": ("草甸草原", "缓坡", "壤土", "黑钙土", "轻度", 6, 15, 3, 160),
    "S-3": ("沙地草原", "平缓", "砂土", "风沙土", "中度", 4, 10, 3, 74),
    "S-4": ("典型草原", "平缓", "壤土", "栗钙土", "重度", 2, 0, 0, 0),
}
COLUMNS, WEST, SOUTH = 5, 119.000000, 48.600000
WIDE, HIGH = 0.0500, 0.0320  # a cell of the grid, about 3.7 km by 3.6 km

PAPERS = {
    "E-01": ("退化调查", "2021-04-20"),
    "E-02": ("标准文本", "2021-04-20"),
    "E-03": ("放牧记录", "2025-08-31"),
    "E-04": ("检测报告", "2025-10-15"),
    "E-05": ("抽样方案", "2021-06-30"),
    "E-06": ("风险报告", "2025-10-30"),
    "E-07": ("因子来源", "2025-10-30"),
    "E-08": ("补奖名册", "2024-12-20"),
    "E-09": ("转移证明", "2022-05-30"),
}

FACTS = {
    "项目": {
        "开工日期": "2021-05-10",
        "少雨月数": "10",
        "外来粪肥": "否",
        "使用模型": "否",
        "分级标准": "国标",
        "参照年份": "1985",
        "GWP版本": "AR5",
        "因子版本": '"2006"',
    },
    "申报": {"核算期": "2021-09-01/2025-08-31", "缓冲比例": "18%"},
    "工具15": {"工具15版本": '"02.0"', "申报泄漏总量": "0"},
}

INDICATORS = {
    # Indicator: reference, and what is left of it in percent at light, moderate, severe.
    "总覆盖度": (80, (88, 76, 60)),
    "总产草量": (2400, (86, 62, 40)),
    "优势种重要值": (60, (88, 70, 55)),
}
GRADES = {"轻度": 0, "中度": 1, "重度": 2}
UTILISATION = {"典型草原": 48, "草甸草原": 55, "沙地草原": 25}
CORE, CORES = "50", "5"  # inside diameter in mm, and cores of a composite


def tenths(low: int, high: int, *key: object) -> str:
    """A number with one decimal between two counts of tenths."""
    value = low + draw(high - low + 1, *key)
    return f"{value // 10}.{value % 10}"


def ring(place: int) -> list[Point]:
    """The rectangle of a parcel in its cell of the grid, a road's width from its neighbours."""
    west = round(WEST + place % COLUMNS * WIDE, 6)
    south = round(SOUTH + place // COLUMNS * HIGH, 6)
    east, north = round(west + 0.0466, 6), round(south + 0.0262, 6)
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def hectares(corners: list[Point]) -> str:
    """The area of a parcel on the CGCS2000 ellipsoid, in hectares with two decimals."""
    from pyproj import Geod

    square_metres, _ = Geod(a=6378137, rf=298.257222101).polygon_area_perimeter(
        [x for x, _ in corners], [y for _, y in corners]
    )
    return f"{abs(square_metres) / 10000:.2f}"


def site_row(name: str, stratum: str, role: str, parcel: str) -> Row:
    _, slope, texture, soil, *_ = STRATA[stratum]
    return {
        "样点号": name,
        "样点层": stratum,
        "样点类别": role,
        "样点地块": parcel,
        "位置变动": "否",
        "样点坡度级": slope,
        "样点质地": texture,
        "样点土类": soil,
        "前期日期": f"2021-08-{10 + draw(18, name, 'before')}",
        "本期日期": f"2025-08-{10 + draw(18, name, 'now')}",
        "前期实验室": "示例检测一室",
        "本期实验室": "示例检测一室",
        "前期方法": "干烧法",
        "本期方法": "干烧法",
        "去除粗粒": "是",
        "等效质量(t/ha)": "",
    }


def soils_of(name: str, role: str, stratum: str) -> list[Row]:
    """Two layers in two campaigns. Carbon rises by some 0.5 g/kg where grazing was lowered."""
    rows = []
    upper = {"S-1": 205, "S-2": 262, "S-3": 96}[stratum] + draw(21, name, "carbon")
    gain = 38 + draw(40, name, "gain") if role == "监测" else 4 + draw(16, name, "gain")
    for campaign in ("前期", "本期"):
        for layer, (top, bottom, mass, share) in enumerate(
            [(0, 30, 36400, 100), (30, 50, 25800, 58)]
        ):
            weight = mass + draw(900, name, campaign, layer)
            carbon = upper * share // 10 + (gain * share // 100 if campaign == "本期" else 0)
            rows.append(
                {
                    "土样号": f"{name}-{campaign[0]}{layer + 1}",
                    "土样样点": name,
                    "期次": campaign,
                    "上界(cm)": str(top),
                    "下界(cm)": str(bottom),
                    "钻数": CORES,
                    "土钻内径(mm)": CORE,
                    "土样质量(g)": f"{weight // 10}.{weight % 10}",
                    "有机碳含量": f"{carbon // 100}.{carbon % 100:02d}",
                }
            )
    return rows


def biomass_of(name: str, mean: int) -> tuple[list[Row], list[Row]]:
    """Three clip quadrats of a square metre, and two layers of roots."""
    quadrats = []
    for number in (1, 2, 3):
        dry = mean * 10 - 120 + draw(240, name, number, "dry")
        fresh = dry * (210 + draw(60, name, number, "fresh")) // 100
        quadrats.append(
            {
                "样方号": f"{name}-{number}",
                "样方样点": name,
                "样方面积(m2)": "1",
                "鲜重(g)": f"{fresh // 10}.{fresh % 10}",
                "干重(g)": f"{dry // 10}.{dry % 10}",
            }
        )
    roots = [
        {
            "根样号": f"{name}-{top}",
            "根样样点": name,
            "根样上界(cm)": str(top),
            "根样下界(cm)": str(bottom),
            "根钻内径(mm)": "70",
            "根钻数": "3",
            "根干重(g)": tenths(low, low + 25, name, top, "roots"),
        }
        for top, bottom, low in ((0, 10, 78), (10, 30, 41))
    ]
    return quadrats, roots


def graze(grassland: Grassland, parcel: str, area: str, kind: str, mean: int) -> None:
    """A pasture of a parcel with its two seasons of 2024, stocked below what it carries."""
    tables = grassland.tables
    pasture = f"C{parcel[1:]}"
    usable = round(float(area)) - 20 - draw(30, parcel, "usable")
    tables["草场"].append({"草场号": pasture, "草场地块": parcel, "草场面积(ha)": str(usable)})
    for season, days, share in (("暖季", 150, 100), ("冷季", 120, 60)):
        forage = mean * share * 8 // 100 + draw(20, parcel, season)
        carried = usable * forage * UTILISATION[kind] // (days * 180)
        entry = f"F{parcel[1:]}{season[0]}"
        tables["季节放牧"].append(
            {
                "放牧号": entry,
                "所用草场": pasture,
                "放牧年度": "2024",
                "季节": season,
                "放牧天数": str(days),
                "可食产量(kg/ha)": str(forage),
                "利用率(%)": str(UTILISATION[kind]),
                "申报载畜量": "",
                "申报实载": "",
            }
        )
        cattle = 4 + draw(8, entry, "cattle")
        sheep = carried * (70 + draw(20, entry, "stocked")) // 100 - cattle * 5
        for animal, heads in (("绵羊", sheep), ("牛", cattle)):
            tables["在牧牲畜"].append(
                {
                    "在牧号": f"{entry}-{animal}",
                    "所属放牧": entry,
                    "在牧畜种": animal,
                    "在牧头数": str(heads),
                }
            )


def herd(*values: str) -> Row:
    headings = [
        "畜种",
        "羊单位系数",
        "基线头数",
        "项目头数",
        "出栏减少",
        "转移头数",
        "肠道因子",
        "活重(kg)",
        "挥发固体率",
        "粪便管理比例(%)",
        "粪便因子",
    ]
    return dict(zip(headings, values, strict=True)) | {"申报牲畜排放": ""}


def build() -> Grassland:
    """The grassland, undamaged, with its reported figures worked out."""
    names = (
        "碳层 地块 退化指标 措施 草场 季节放牧 在牧牲畜 畜群 样点 样方 根钻 土壤样 火烧 排放源 补奖 "
        "他项地块 退化指数 工具15转移 工具16层"
    )
    grassland = Grassland(
        facts={group: dict(values) for group, values in FACTS.items()},
        tables={name: [] for name in names.split()},
        parcels={},
        others={"ZL-示例-3": ring(-7)},
        sites={},
        papers=dict(PAPERS),
    )
    tables = grassland.tables
    for stratum in STRATA:
        draw_stratum(grassland, stratum)
    tables["畜群"] = [
        herd("绵羊", "1", "27600", "23400", "3300", "900", "5", "45", "8.0", "100", "0.19"),
        herd("牛", "5", "620", "620", "0", "0", "47", "380", "7.2", "100", "0.90"),
    ]
    tables["工具15转移"] = [
        {
            "转移号": "Z-1",
            "转移活动": "放牧",
            "转移面积": "30",
            "去向": "舍饲",
            "申报为零": "是",
            "承载力之内": "是",
            "撂荒年数": "0",
            "林地未受损": "是",
            "排干湿地": "否",
            "林木生物量": "0",
            "灌木生物量": "0",
            "参考土壤碳": "0",
            "前库因子": "1",
            "后库因子": "1",
            "申报泄漏": "0",
        }
    ]
    tables["火烧"] = [
        {
            "火烧号": "H-1",
            "火烧日期": "2023-04-17",
            "项目用火": "否",
            "过火面积": "64",
            "过火生物量": "1.1",
            "燃烧因子": "0.8",
            "甲烷因子": "2.3",
            "氧化亚氮因子": "0.21",
            "申报火烧排放": "",
        }
    ]
    tables["排放源"] = [
        {"源名称": "肠道发酵", "源排放": "1908", "是否计入": "是"},
        {"源名称": "粪便甲烷", "源排放": "36", "是否计入": "是"},
        {"源名称": "燃料", "源排放": "21", "是否计入": "否"},
    ]
    tables["他项地块"] = [{"他项地块号": "ZL-示例-3", "他项机制": "CCER-14-001"}]
    reckon(grassland)
    return grassland


def draw_stratum(grassland: Grassland, stratum: str) -> None:
    kind, slope, texture, soil, grade, parcels, sites, controls, mean = STRATA[stratum]
    tables = grassland.tables
    factors = sites == 0
    approach = "因子" if factors else "实测"
    tables["碳层"].append(
        {
            "层号": stratum,
            "层面积(ha)": "",
            "坡度级": slope,
            "质地": texture,
            "土类": soil,
            "基线方法": approach,
            "项目方法": approach,
            "层气候": "冷温带干" if factors else "",
            "土壤类别": "高活性黏土" if factors else "",
            "前管理": "重度退化" if factors else "",
            "后管理": "未退化" if factors else "",
            "层因子版本": "2006" if factors else "",
            "申报速率": "",
        }
    )
    first = len(tables["地块"])
    for number in range(first, first + parcels):
        name = f"P-{number + 1:02d}"
        grassland.parcels[name] = ring(number)
        area = hectares(grassland.parcels[name])
        tables["地块"].append(
            {
                "地块号": name,
                "所属层": stratum,
                "面积(ha)": area,
                "草原类型": kind,
                "开工时草地": "是",
                "利用方式": "放牧",
                "改变地类": "否",
                "翻耕": "否",
                "申报等级": grade,
            }
        )
        for indicator, (reference, left) in INDICATORS.items():
            tables["退化指标"].append(
                {
                    "指标号": f"{name}-{indicator}",
                    "指标地块": name,
                    "指标": indicator,
                    "参照值": str(reference),
                    "现状值": f"{reference * left[GRADES[grade]] / 100:g}",
                }
            )
        measure = "围封" if factors else ["轮牧", "减畜", "补播"][draw(3, name, "measure")]
        tables["措施"].append(
            {
                "措施号": f"M-{number + 1:02d}",
                "措施地块": name,
                "措施类别": measure,
                "措施日期": f"2021-0{5 + draw(3, name, 'month')}-{10 + draw(19, name, 'day')}",
            }
        )
        tables["补奖"].append(
            {
                "补奖号": f"B-{number + 1:02d}",
                "补奖地块": name,
                "补奖年度": "2024",
                "补奖类别": "禁牧" if factors else "草畜平衡",
                "补奖标准": "7.5" if factors else "2.5",
            }
        )
        if not factors:
            graze(grassland, name, area, kind, mean)
    for number in range(1, sites + 1):
        name = f"M{stratum[2:]}{number:02d}"
        parcel = f"P-{first + (number - 1) * parcels // sites + 1:02d}"
        west, south = grassland.parcels[parcel][0]
        grassland.sites[name] = (
            round(west + 0.004 + draw(38000, name, "x") / 1000000, 6),
            round(south + 0.003 + draw(20000, name, "y") / 1000000, 6),
        )
        tables["样点"].append(site_row(name, stratum, "监测", parcel))
        tables["土壤样"] += soils_of(name, "监测", stratum)
        quadrats, roots = biomass_of(name, mean)
        tables["样方"] += quadrats
        tables["根钻"] += roots
    for number in range(1, controls + 1):
        name = f"D{stratum[2:]}{number:02d}"
        grassland.sites[name] = (
            round(118.6 + draw(300000, name, "x") / 1000000, 6),
            round(48.9 + draw(200000, name, "y") / 1000000, 6),
        )
        tables["样点"].append(site_row(name, stratum, "对照", ""))
        tables["土壤样"] += soils_of(name, "对照", stratum)
