"""Draws the shrub project: strata, plots, plants, transects, facts and papers."""

from __future__ import annotations

from dataclasses import dataclass

from .reckoning import reckon
from .state import Row, ShrubProject, draw


@dataclass(frozen=True)
class Size:
    """How many plots the measured strata have, plants a plot, the deviation the design expects in
    tdm/ha, and the long-term mean of the stratum that is cut, in tCO2e."""

    plots: tuple[int, int, int]
    plants: int
    spread: int
    deviation: str
    long_term: str


EXAMPLE = Size((28, 20, 12), 12, 35, "0.35", "480")
SMALL = Size((5, 4, 3), 6, 3, "0.05", "125")
"""For damages that are checked one by one."""

STRATA = [
    # Stratum, hectares, species, habitat, cut in cycles.
    ("S-1", 1400, "柠条锦鸡儿", "荒漠", False),
    ("S-2", 1000, "小叶锦鸡儿", "草原", False),
    ("S-3", 400, "柠条锦鸡儿", "荒漠", True),
]
COVER = ("S-4", 200)

FACTS = {
    "项目": {
        "测定路线": "全株法",
        "首次核查": "否",
        "按森林计入": "否",
        "样地设计边长": "10 m",
        "测定季首月": "7",
        "测定季末月": "8",
        "监测间隔": "5 yr",
        "复测误差限": "10%",
    },
    "工具14": {
        "工具14版本": "04.2",
        "首次测定": "否",
        "前期测定日": "2021-08-20",
        "本期测定日": "2026-08-20",
        "森林平均地上生物量": "48 tdm/ha",
    },
    "工具03": {
        "工具03版本": "02.1.0",
        "样地设计面积": "100 m2",
        "置信水平": "90%",
        "允许相对误差": "10%",
        "允许误差": "0.13 tdm/ha",
        "样地数算式": "式一",
    },
}
PAPERS = {
    "E-01": ("方程文献", "灌木生物量模型论文", "2019-06-30"),
    "E-02": ("方程文献", "方程当地适用性说明", "2021-05-20"),
    "E-03": ("野外记录", "样地和样线野外记录", "2026-08-31"),
    "E-04": ("抽样设计", "抽样设计和布设图", "2021-06-10"),
    "E-05": ("平茬计划", "柠条平茬经营计划", "2020-03-01"),
    "E-06": ("森林生物量来源", "区域森林生物量来源", "2021-06-30"),
}


def metres(centimetres: int) -> str:
    return f"{centimetres // 100}.{centimetres % 100:02d}"


def plants_of(plot: str, species: str, cut: bool, size: Size) -> list[Row]:
    """The plants of a plot at both measurements; the site makes all of them grow more or less."""
    site = draw(11, plot, "site")
    rows = []
    for place in range(1, size.plants + draw(size.spread, plot, "plants") + 1):
        key = (plot, place)
        long = 62 + draw(14, *key, "long")
        short = long - 5 - draw(8, *key, "short")
        height = 45 + draw(14, *key, "height")
        first = {
            "所在样地": plot,
            "植株号": str(place),
            "期次": "前期",
            "植株树种": species,
            "植株状态": "存活",
            "冠幅长轴": metres(long),
            "冠幅短轴": metres(short),
            "株高": metres(height),
            "基径": "",
        }
        wider = 3 + (site if cut else 2 * site) + draw(4, *key, "wider")
        taller = 2 + (0 if cut else site) + draw(6, *key, "taller")
        second = first | {
            "期次": "本期",
            "冠幅长轴": metres(long + wider),
            "冠幅短轴": metres(short + wider - draw(3, *key, "rounder")),
            "株高": metres(height + taller),
        }
        fate = draw(60, *key, "fate")
        if fate == 0 and place > 5:
            second |= {"植株状态": "枯死", "冠幅长轴": "", "冠幅短轴": "", "株高": ""}
        if fate == 1 and place > 5:
            rows.append(second | {"植株状态": "新增", "冠幅长轴": "0.60", "冠幅短轴": "0.50",
                                  "株高": "0.40"})  # fmt: skip
            continue
        rows += [first, second]
    return rows


def plot_row(plot: str, stratum: str, cut: bool) -> Row:
    route = {"前期路线": "前期全株法", "本期路线": "本期全株法"}
    return {
        "样地号": plot,
        "样地碳层": stratum,
        "样地长": "10",
        "样地宽": "10",
        "前期测定日期": f"2021-08-{10 + draw(12, plot, 'earlier')}",
        "本期测定日期": f"2026-07-{15 + draw(16, plot, 'present')}",
        **route,
        "复测样地号": plot,
        "末次平茬日期": f"2022-11-{10 + draw(15, plot, 'cut')}" if cut else "",
    }


def stretches(transect: str) -> list[Row]:
    """Some twenty stretches under shrubs along 100 m, apart from each other."""
    rows = []
    for number in range(1, 21):
        start = 500 * (number - 1) + 40 + draw(120, transect, number, "start")
        stop = start + 90 + draw(90, transect, number, "stop")
        rows.append(
            {
                "截段样线": transect,
                "截段号": str(number),
                "起点": metres(start),
                "止点": metres(stop),
            }
        )
    return rows


EMPTY = (
    "工具14林木层",
    "工具14样地",
    "工具14样木",
    "工具14方程",
    "工具14基线层",
    "工具14退化迹象",
    "工具14估计值",
    "工具14样本",
    "工具14两期",
)


def build(size: Size = EXAMPLE) -> ShrubProject:
    """The project, undamaged, with its reported figures worked out."""
    project = ShrubProject(
        facts={group: dict(values) for group, values in FACTS.items()},
        tables={},
        papers=dict(PAPERS),
    )
    strata: list[Row] = []
    plots: list[Row] = []
    plants: list[Row] = []
    sampled: list[Row] = []
    for number, (stratum, area, species, habitat, cut) in enumerate(STRATA, 1):
        strata.append(
            {
                "碳层号": stratum,
                "碳层面积": str(area),
                "计量方法": "实测法",
                "生境": habitat,
                "采用根茎比": "",
                "周期平茬": "是" if cut else "否",
                "长期平均储量": size.long_term if cut else "",
                "申报前期储量": "",
                "申报本期储量": "",
            }
        )
        sampled.append(
            {
                "抽样层号": stratum,
                "抽样层面积": str(area),
                "预估均值": "1.3",
                "预估标准差": size.deviation,
                "设计样地数": str(size.plots[number - 1]),
            }
        )
        for place in range(1, size.plots[number - 1] + 1):
            plot = f"P{number}{place:02d}"
            plots.append(plot_row(plot, stratum, cut))
            plants += plants_of(plot, species, cut, size)
    strata.append(
        dict.fromkeys(strata[0], "")
        | {
            "碳层号": COVER[0],
            "碳层面积": str(COVER[1]),
            "计量方法": "盖度法",
            "生境": "荒漠",
            "周期平茬": "否",
        }
    )
    transects = [f"L{number}" for number in range(1, 7)]
    project.tables = {
        "碳层": strata,
        "样地": plots,
        "植株": plants,
        "采用方程": [
            {
                "方程树种": species,
                "方程部位": "全株",
                "方程来源": "赵2019",
                "方程单位": "g",
                "冠幅面积算式": "椭圆",
                "选择依据": "E-02",
            }
            for species in ("柠条锦鸡儿", "小叶锦鸡儿")
        ],
        "树种参数": [
            {"参数树种": species, "采用含碳率": "0.4644"}
            for species in ("柠条锦鸡儿", "小叶锦鸡儿")
        ],
        "样线": [
            {"样线号": line, "样线碳层": COVER[0], "样线样地": "", "样线长": "100"}
            for line in transects
        ],
        "截段": [row for line in transects for row in stretches(line)],
        "基线灌木": [
            {
                "基线碳层号": "B-1",
                "基线面积": "300",
                "基线生境": "荒漠",
                "基线树种": "白刺",
                "基线前期生物量": "0.50",
                "基线本期生物量": "0.55",
                "基线根茎比": "0.76",
                "基线含碳率": "0.47",
                "申报基线变化": "",
            }
        ],
        "工具03抽样层": sampled,
        "工具14灌木层": [
            {
                "灌木层号": COVER[0],
                "灌木情景": "项目",
                "灌木层面积": str(COVER[1]),
                "周期性土地": "否",
                "灌木前期盖度": "15%",
                "灌木本期盖度": "",
                "灌木层前期储量": "",
                "灌木层本期储量": "",
            }
        ],
        **{name: [] for name in EMPTY},
    }
    reckon(project)
    return project
