"""Draws the project: parcels and their boundaries, plots, trees, quadrats, facts and papers."""

from __future__ import annotations

from math import fsum

from .reckoning import reckon
from .state import Paper, Point, Project, Row, draw

STRATA = {
    # Stratum: stand, route, species, parcels, plots or quadrats.
    "T-1": ("乔木层", "生物量方程法", "樟子松", 44, 14),
    "T-2": ("乔木层", "生物量方程法", "油松", 34, 10),
    "T-3": ("乔木层", "蓄积量法", "小叶杨", 40, 12),
    "G-1": ("灌木层", "灌木实测法", "柠条", 24, 20),
    "G-2": ("灌木层", "灌木覆盖度法", "沙棘", 18, 16),
}
COLUMNS, WEST, SOUTH = 16, 122.300000, 43.000000
WIDE, HIGH = 0.0042, 0.0030  # a cell of the grid, about 340 m by 330 m

EQUATIONS = [
    # Invented parameters.
    "樟子松,生物量方程,0.085,2.30,0,3,40,0.22,0.50,,,E-08",
    "油松,生物量方程,0.061,2.00,0.55,3,40,0.24,0.50,,,E-08",
    "小叶杨,材积方程,0.000065,1.90,0.90,3,50,0.25,0.48,0.35,1.5,E-08",
]
EQUATION_HEADINGS = [
    "适用树种",
    "方程类别",
    "系数a",
    "系数b",
    "系数c",
    "胸径下限(cm)",
    "胸径上限(cm)",
    "根茎比",
    "含碳率",
    "木材密度",
    "生物量扩展因子",
    "来源证据号",
]

PAPERS = [
    ("E-01", "开工证明", "开工证明.txt", "2016-04-11"),
    ("E-02", "作业设计", "造林作业设计.txt", "2016-02-20"),
    ("E-03", "权属证明材料", "权属证明材料.txt", "2016-01-10"),
    ("E-04", "边界测绘成果", "边界测绘成果.txt", "2023-10-08"),
    ("E-05", "降水量证明", "降水量证明.txt", "2023-10-15"),
    ("E-06", "基线调查报告", "基线调查报告.txt", "2023-10-20"),
    ("E-07", "抽样设计文件", "抽样设计文件.txt", "2021-07-25"),
    ("E-08", "方程来源文献", "方程来源文献.txt", "2021-06-30"),
    ("E-09", "区域生物量来源", "区域生物量来源.txt", "2021-06-30"),
    ("E-10", "样地调查记录", "样地调查记录.txt", "2026-07-30"),
    ("E-11", "复核记录", "样地复核记录.txt", "2026-08-01"),
    ("E-12", "监测台账", "监测台账.txt", "2026-08-01"),
]

FACTS = {
    "项目": {
        "开工日期": "2016-04-11",
        "项目性质": "碳汇类",
        "重复扰动土壤": "否",
        "人为火烧": "否",
        "农业活动转移": "否",
        "年降水量": "380 mm/yr",
        "气候带": "温带",
        "森林地上生物量": "48 tdm/ha",
        "曾被注销": "否",
    },
    "额外性": {"论证方式": "降水量免予论证"},
    "基线": {"基线情景类型": "维持原状", "基线取零": "是", "土地退化迹象": "是"},
    "核算": {"首次核查": "否"},
    "监测": {"胸径误差限": "2%", "树高误差限": "5%", "复核比例": "10%"},
    "业主": {"类型": "法人", "境内设立": "是"},
    "唯一性": {"其他减排机制": "否", "法定减排义务": "否", "配额管理": "否"},
    "公示": {
        "设计文件公示起始日": "2024-03-04",
        "设计文件公示截止日": "2024-03-29",
        "已公布审定机构": "是",
        "核算报告公示起始日": "2026-08-03",
        "核算报告公示截止日": "2026-08-28",
        "已公布核查机构": "是",
    },
    "申报": {
        "核算期起始日": "2021-09-15",
        "核算期截止日": "2026-07-31",
        "计入期起始日": "2021-09-15",
        "计入期截止日": "2041-09-14",
        "申请日期": "2026-09-10",
    },
    "机构": {"审定机构": "91150100SHILI0001A", "核查机构": "91150100SHILI0002B"},
}


def tenths(low: int, high: int, *key: object) -> str:
    """A number with one decimal between two counts of tenths."""
    value = low + draw(high - low + 1, *key)
    return f"{value // 10}.{value % 10}"


def ring(place: int, name: str) -> list[Point]:
    """A six-sided parcel in its cell of the grid, clear of its neighbours by 20 m and more."""
    west = WEST + place % COLUMNS * WIDE
    south = SOUTH + place // COLUMNS * HIGH
    corners = []
    for number, (x, y) in enumerate([(0, 0), (0.5, 0), (1, 0), (1, 1), (0.5, 1), (0, 1)]):
        inset = 0.05 + draw(100, name, number, "inset") / 1000
        across = x + (inset if x == 0 else -inset if x == 1 else 0)
        up = y + (inset if y == 0 else -inset)
        corners.append((round(west + across * WIDE, 6), round(south + up * HIGH, 6)))
    return [*corners, corners[0]]


def middle(corners: list[Point]) -> Point:
    """The mean of the corners, inside any of our parcels."""
    count = len(corners) - 1
    return (
        round(fsum(x for x, _ in corners[:-1]) / count, 6),
        round(fsum(y for _, y in corners[:-1]) / count, 6),
    )


def mu(corners: list[Point]) -> str:
    """The area of a parcel on the CGCS2000 ellipsoid, in mu with one decimal."""
    from pyproj import Geod

    square_metres, _ = Geod(a=6378137, rf=298.257222101).polygon_area_perimeter(
        [x for x, _ in corners], [y for _, y in corners]
    )
    return f"{abs(square_metres) * 3 / 2000:.1f}"


def parcel(name: str, stratum: str, area: str) -> Row:
    stand, _, species, _, _ = STRATA[stratum]
    number = int(name[3:])
    return {
        "小班号": name,
        "所属碳层号": stratum,
        "树种": species,
        "造林日期": f"2016-0{4 + draw(2, name, 'month')}-{12 + draw(18, name, 'day')}",
        "面积(亩)": area,
        "林分": stand[:2],
        "林种": "防护林",
        "绿化类型": "非绿化工程",
        "地类": ["宜林沙荒地", "宜林荒山荒地", "退耕地"][draw(3, name, "class")],
        "非森林起始日期": f"{2000 + draw(12, name, 'since')}-01-01",
        "规划造林地": "是",
        "权属文件号": f"示例权-{(number - 1) // 10 + 1:02d}",
        "清除散生木株数": "0",
        "清除灌木面积(亩)": tenths(0, 40, name, "cleared"),
    }


def trees_of(plot: str, stratum: str) -> list[Row]:
    """Some 55 trees of a plot. The site makes all trees of a plot grow faster or slower."""
    site = draw(11, plot, "site")
    rows = []
    for number in range(1, 51 + draw(9, plot, "stems")):
        key = (plot, number)
        before = tenths(58 + 2 * site, 88 + 2 * site, *key, "before")
        grown = 6 + 6 * site + draw(16, *key, "grown")
        after = int(before.replace(".", "")) + grown
        height = tenths(32 + site, 46 + site, *key, "height")
        taller = int(height.replace(".", "")) + 6 + 3 * site + draw(8, *key, "taller")
        row = {
            "所在样地": plot,
            "样木号": str(number),
            "样木树种": STRATA[stratum][2],
            "样木状态": "保留木",
            "前期胸径(cm)": before,
            "本期胸径(cm)": f"{after // 10}.{after % 10}",
            "前期树高(m)": height,
            "本期树高(m)": f"{taller // 10}.{taller % 10}",
        }
        fate = draw(100, *key, "fate")
        if fate < 3:
            row |= {"样木状态": "枯死木", "本期胸径(cm)": "", "本期树高(m)": ""}
        elif fate == 3:
            row |= {"样木状态": "采伐木", "本期胸径(cm)": "", "本期树高(m)": ""}
        elif fate < 8:
            row |= {
                "样木状态": "进界木",
                "前期胸径(cm)": "",
                "前期树高(m)": "",
                "本期胸径(cm)": tenths(51, 69, *key, "ingrowth"),
            }
        rows.append(row)
    return rows


def build() -> Project:
    """The project, undamaged, with its reported figures worked out."""
    project = Project(
        facts={group: dict(values) for group, values in FACTS.items()},
        tables={
            name: []
            for name in [
                "地块",
                "权属文件",
                "碳层",
                "样地",
                "样木",
                "方程",
                "灌木样方",
                "火灾",
                "碳库",
                "抽样设计",
                "复核",
                "其他项目",
            ]
        },
        parcels={},
        plots={},
        others={"VCS-示例-7": ring(-2 * COLUMNS + 3, "VCS")},
        county=[(122.1, 42.8), (122.6, 42.8), (122.6, 43.3), (122.1, 43.3), (122.1, 42.8)],
        papers={number: Paper(kind, name, issued) for number, kind, name, issued in PAPERS},
        judgements=[],
    )
    tables = project.tables
    for stratum, (stand, route, _, parcels, samples) in STRATA.items():
        tables["碳层"].append(
            {"碳层号": stratum, "碳层林分": stand, "核算方法": route, "碳层面积(hm2)": ""}
        )
        first = len(tables["地块"]) + 1
        for number in range(first, first + parcels):
            name = f"XB-{number:03d}"
            project.parcels[name] = ring(number - 1, name)
            tables["地块"].append(parcel(name, stratum, mu(project.parcels[name])))
        for sample in range(1, samples + 1):
            if stand == "灌木层":
                tables["灌木样方"].append(quadrat(f"{stratum}-{sample:02d}", stratum, route))
                continue
            home = f"XB-{first + (sample - 1) * parcels // samples:03d}"
            plot = f"{stratum[0]}{stratum[-1]}{sample:02d}"
            project.plots[plot] = middle(project.parcels[home])
            tables["样地"].append(plot_row(plot, stratum, home))
            tables["样木"] += trees_of(plot, stratum)
    tables["权属文件"] = [
        {"编号": f"示例权-{number:02d}", "种类": ["不动产权属证书", "承包合同"][number % 2]}
        for number in range(1, 17)
    ]
    tables["方程"] = [
        dict(zip(EQUATION_HEADINGS, line.split(","), strict=True)) for line in EQUATIONS
    ]
    tables["火灾"] = [
        {
            "火灾号": "H-1",
            "过火碳层": "T-1",
            "火灾日期": "2023-04-06",
            "过火面积(hm2)": "3.2",
            "过火前生物量": "18",
            "申报火灾排放": "",
        }
    ]
    tables["碳库"] = [
        {"碳库名称": name, "项目情景选择": chosen, "基线情景选择": chosen}
        for name, chosen in (
            ("地上生物质", "是"),
            ("地下生物质", "是"),
            ("枯死木", "否"),
            ("枯落物", "否"),
            ("土壤有机碳", "否"),
            ("木产品", "否"),
        )
    ]
    tables["抽样设计"] = [
        dict(
            zip(
                ("设计碳层", "设计面积(hm2)", "预估均值", "预估标准差", "设计样地数"),
                line.split(","),
                strict=True,
            )
        )
        for line in ("T-1,390,16,4.5,14", "T-2,300,15,4,10", "T-3,350,17,5.5,12")
    ]
    for plot in ("T103", "T111", "T204", "T309"):
        for number in ("5", "12", "20", "31"):
            tree = project.tree(plot, number)
            tables["复核"].append(
                {
                    "复核样地": plot,
                    "复核样木号": number,
                    "复核胸径(cm)": tree["本期胸径(cm)"],
                    "复核树高(m)": tree["本期树高(m)"],
                }
            )
    tables["其他项目"] = [{"项目编号": "VCS-示例-7", "减排机制": "VCS"}]
    reckon(project)
    return project


def plot_row(plot: str, stratum: str, home: str) -> Row:
    return {
        "样地号": plot,
        "所属碳层": stratum,
        "所在小班": home,
        "样地面积(m2)": "600",
        "距边界距离(m)": tenths(220, 900, plot, "edge"),
        "设置日期": f"2021-08-{10 + draw(18, plot, 'laid out')}",
        "前期测定日期": f"2021-09-0{1 + draw(9, plot, 'earlier')}",
        "本期测定日期": f"2026-07-{10 + draw(19, plot, 'present')}",
        "复测样地号": plot,
    }


def quadrat(name: str, stratum: str, route: str) -> Row:
    """A quadrat of 4 m by 4 m. By cover nothing is weighed, by weight no cover is needed."""
    row = {
        "样方号": name,
        "样方碳层": stratum,
        "样方面积(m2)": "16",
        "前期覆盖度(%)": "",
        "本期覆盖度(%)": "",
        "前期灌木生物量(kg d.m.)": "",
        "本期灌木生物量(kg d.m.)": "",
    }
    if route == "灌木覆盖度法":
        before = 12 + draw(8, name, "before")
        row |= {"前期覆盖度(%)": str(before), "本期覆盖度(%)": str(before + 18 + draw(7, name))}
    else:
        before = 20 + draw(9, name, "before")
        after = before + 42 + draw(20, name, "after")
        row |= {
            "前期灌木生物量(kg d.m.)": f"{before // 10}.{before % 10}",
            "本期灌木生物量(kg d.m.)": f"{after // 10}.{after % 10}",
        }
    return row
