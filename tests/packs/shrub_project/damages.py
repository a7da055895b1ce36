"""The ways the shrub project is damaged, and exactly what a check must then find.

A damage to the inputs is followed by a new reckoning, so that all reported figures agree with the
damaged data and only the damage itself is found. A damage to what is reported is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from tests.packs.damaging import Damage, Finding, listing

from .reckoning import CO2, number, reckon
from .state import ShrubProject

DAMAGES: dict[str, Damage[ShrubProject]] = {}


def listed() -> str:
    """The list of damages as `DAMAGES.md` holds it."""
    opening = (
        "# How the shrub project can be damaged / 灌木示例项目的损坏方式",
        "",
        "Each way, and exactly what a check must then find besides the judgements.",
        "每种损坏方式，以及核对时除判断外恰好应有的发现。",
    )
    return listing(opening, DAMAGES.values())


def damage(
    name: str,
    english: str,
    findings: Iterable[Finding] = (),
    problems: tuple[str, ...] = (),
    *,
    reported: bool = False,
    covers: bool = True,
) -> Callable[[Callable[[ShrubProject], None]], Callable[[ShrubProject], None]]:
    """Puts a damage on the list. `reported`: nothing is reckoned anew. `covers`: where it is, the
    cover reported follows from the transects."""

    def add(change: Callable[[ShrubProject], None]) -> Callable[[ShrubProject], None]:
        def apply(project: ShrubProject) -> None:
            change(project)
            if not reported:
                reckon(project, covers=covers)

        DAMAGES[name] = Damage(name, english, apply, frozenset(findings), problems, reported)
        return change

    return add


def unknown_stock(stratum: str, *times: str) -> list[Finding]:
    """What cannot be recomputed where plants of a stratum are without biomass."""
    rules = {"前期": "NMS-STOCK-BEFORE", "本期": "NMS-STOCK"}
    return [
        *((rules[time], stratum) for time in times),
        ("NMS-CHANGE", None),
        ("NMS-UNCERTAINTY", None),
        ("NMS-CLAIM", None),
    ]


# --- plants and equations --------------------------------------------------------------


@damage("植株过大", "a plant above the range of its equation", [("NMS-RANGE", "P101/1/本期")])
def _(project: ShrubProject) -> None:
    project.plant("P101", "1", "本期")["株高"] = "2.90"


@damage("植株过小", "a plant below the range of its equation", [("NMS-RANGE", "P102/3/前期")])
def _(project: ShrubProject) -> None:
    project.plant("P102", "3", "前期").update({"冠幅长轴": "0.40", "冠幅短轴": "0.30"})


@damage(
    "冠幅以厘米填", "crown diameters in centimetres", [("NMS-RANGE", "P202/2/本期")]
)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.plant("P202", "2", "本期").update({"冠幅长轴": "85", "冠幅短轴": "78"})


@damage("长短轴填反", "the two crown diameters swapped", [("NMS-AXES", "P101/2/前期")])
def _(project: ShrubProject) -> None:
    plant = project.plant("P101", "2", "前期")
    plant["冠幅长轴"], plant["冠幅短轴"] = plant["冠幅短轴"], plant["冠幅长轴"]


@damage(
    "冠幅为零", "a living plant with a crown of nought",
    [("NMS-SIZE", "P103/1/本期"), ("NMS-RANGE", "P103/1/本期")],
)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.plant("P103", "1", "本期")["冠幅短轴"] = "0"


@damage(
    "冠幅为负", "a negative crown diameter",
    [("NMS-SIZE", "P103/2/本期"), ("NMS-AXES", "P103/2/本期"), ("NMS-RANGE", "P103/2/本期"),
     *unknown_stock("S-1", "本期")],
    ("out-of-range",), reported=True,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.plant("P103", "2", "本期")["冠幅短轴"] = "-0.8"


@damage(
    "缺株高", "a plant without a height",
    [("NMS-SIZE", "P104/1/本期"), ("NMS-RANGE", "P104/1/本期"), ("NMS-SHRINK", "P104/1/本期"),
     *unknown_stock("S-1", "本期")],
    reported=True,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.plant("P104", "1", "本期")["株高"] = ""


@damage(
    "树种无方程", "a species without an equation",
    [(rule, f"P105/1/{time}") for rule in ("NMS-SPECIES", "NMS-RANGE") for time in ("前期", "本期")]
    + unknown_stock("S-1", "前期", "本期"),
    reported=True,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    for time in ("前期", "本期"):
        project.plant("P105", "1", time)["植株树种"] = "杨柴"


@damage("树种列而无方程", "a species listed without an equation", [("NMS-EQUATION", "沙棘")])
def _(project: ShrubProject) -> None:
    project.tables["树种参数"].append({"参数树种": "沙棘", "采用含碳率": "0.46"})


@damage("树种改变", "a plant of another species now", [("NMS-SAME-SPECIES", "P101/3/本期")])
def _(project: ShrubProject) -> None:
    project.plant("P101", "3", "本期")["植株树种"] = "小叶锦鸡儿"


@damage("两期路线不一", "another route at the earlier measurement", [("NMS-ROUTE", "P105")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P105")["前期路线"] = "前期地上加根法"


@damage("另列地上方程", "an equation of another route", [("NMS-PART", "柠条锦鸡儿/地上")])
def _(project: ShrubProject) -> None:
    equation = project.row("采用方程", 方程树种="柠条锦鸡儿")
    project.tables["采用方程"].append(equation | {"方程部位": "地上"})


@damage("方程单位错", "grams taken for kilograms", [("NMS-UNIT", "小叶锦鸡儿/全株")])
def _(project: ShrubProject) -> None:
    project.row("采用方程", 方程树种="小叶锦鸡儿")["方程单位"] = "kg"


@damage("冠幅算式错", "D1·D2 for an equation of π/4·D1·D2", [("NMS-CROWN", "小叶锦鸡儿/全株")])
def _(project: ShrubProject) -> None:
    project.row("采用方程", 方程树种="小叶锦鸡儿")["冠幅面积算式"] = "矩形"


@damage(
    "缺选择依据", "no reason for the choice of an equation", [("NMS-CHOICE", "柠条锦鸡儿/全株")]
)
def _(project: ShrubProject) -> None:
    project.row("采用方程", 方程树种="柠条锦鸡儿")["选择依据"] = ""


@damage(
    "方程来源不载", "an equation its source does not have",
    [("NMS-PUBLISHED", "小叶锦鸡儿/全株")]
    + [("NMS-RANGE", f"P2{plot:02d}/{plant}/{time}") for plot in range(1, 5)
       for plant in range(1, 6) for time in ("前期", "本期")]
    + unknown_stock("S-2", "前期", "本期"),
    reported=True,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.row("采用方程", 方程树种="小叶锦鸡儿")["方程来源"] = "叶2018"
    project.tables["植株"] = [
        row
        for row in project.tables["植株"]
        if row["所在样地"][:2] != "P2" or int(row["植株号"]) <= 5
    ]


# --- factors and the baseline -----------------------------------------------------------


@damage(
    "含碳率用缺省值", "the default carbon fraction for Caragana",
    [("NMS-CARBON-DEFAULT", "柠条锦鸡儿")],
)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.row("树种参数", 参数树种="柠条锦鸡儿")["采用含碳率"] = "0.47"


@damage(
    "含碳率盲用缺省值",
    "the default for a species without a value",
    [("NMS-CARBON-BLIND", "北沙柳"), ("NMS-SURE", "北沙柳/全株")],
)
def _(project: ShrubProject) -> None:
    equation = project.row("采用方程", 方程树种="柠条锦鸡儿")
    project.tables["采用方程"].append(equation | {"方程树种": "北沙柳"})
    project.tables["树种参数"].append({"参数树种": "北沙柳", "采用含碳率": "0.47"})


@damage(
    "含碳率过高", "a carbon fraction of 0.50 without a report",
    [("NMS-CARBON", "小叶锦鸡儿")],
)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.row("树种参数", 参数树种="小叶锦鸡儿")["采用含碳率"] = "0.50"


@damage("基线根茎比低", "the low default ratio in the baseline", [("NMS-BASE-RATIO", "B-1")])
def _(project: ShrubProject) -> None:
    project.tables["基线灌木"][0]["基线根茎比"] = "0.40"


@damage(
    "基线含碳率低", "the species' carbon fraction in the baseline", [("NMS-BASE-CARBON", "B-1")]
)
def _(project: ShrubProject) -> None:
    project.tables["基线灌木"][0]["基线含碳率"] = "0.4395"


@damage("基线减少计为负", "a falling baseline that adds to the claim", [("NMS-BASE-CHANGE", "B-1")],
        reported=True)  # fmt: skip
def _(project: ShrubProject) -> None:
    row = project.tables["基线灌木"][0]
    told = row["申报基线变化"]
    row["基线前期生物量"], row["基线本期生物量"] = row["基线本期生物量"], row["基线前期生物量"]
    reckon(project)
    row["申报基线变化"] = f"-{told}"


# --- cover ------------------------------------------------------------------------------


@damage("截段填反", "start and stop of a stretch swapped", [("NMS-SEGMENT-ORDER", "L3/5")])
def _(project: ShrubProject) -> None:
    row = project.row("截段", 截段样线="L3", 截段号="5")
    row["起点"], row["止点"] = row["止点"], row["起点"]


@damage("截段超出样线", "a stretch beyond the end of its transect", [("NMS-SEGMENT-END", "L2/20")])
def _(project: ShrubProject) -> None:
    project.row("截段", 截段样线="L2", 截段号="20")["止点"] = "100.05"


@damage("截段重叠", "two stretches that overlap", [("NMS-SEGMENT-ONCE", "L1/4")])
def _(project: ShrubProject) -> None:
    after = project.row("截段", 截段样线="L1", 截段号="5")
    stop = Decimal(after["起点"]) + Decimal("0.30")
    project.row("截段", 截段样线="L1", 截段号="4")["止点"] = f"{stop}"


@damage("样线长于样地", "a transect longer than its plot's diagonal", [("NMS-TRANSECT-PLOT", "L7")])
def _(project: ShrubProject) -> None:
    project.tables["样线"].append(
        {"样线号": "L7", "样线碳层": "S-4", "样线样地": "P101", "样线长": "20"}
    )
    project.tables["截段"].append({"截段样线": "L7", "截段号": "1", "起点": "2", "止点": "6"})


@damage("盖度虚报", "a cover above that of the transects", [("NMS-COVER", "S-4")], covers=False)
def _(project: ShrubProject) -> None:
    project.tables["工具14灌木层"][0]["灌木本期盖度"] = "35%"


@damage("盖度分区混杂", "a bare transect in a stratum of shrubs", [("NMS-ZONE", "S-4")])
def _(project: ShrubProject) -> None:
    project.tables["截段"] = [
        row for row in project.tables["截段"] if row["截段样线"] != "L6" or row["截段号"] in "12"
    ]


@damage(
    "实测又用盖度法", "a measured stratum counted by cover as well", [("NMS-COVER-ONLY", "S-1")],
    covers=False,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    row = project.tables["工具14灌木层"][0]
    project.tables["工具14灌木层"].append(row | {"灌木层号": "S-1", "灌木层面积": "1400"})


@damage("盖度法面积不一", "another area for the tool", [("NMS-COVER-TOOL", "S-4")])
def _(project: ShrubProject) -> None:
    project.tables["工具14灌木层"][0]["灌木层面积"] = "210"


@damage("周期性土地不一", "cut in cycles, but not for the tool", [("NMS-COVER-CYCLIC", "S-4")])
def _(project: ShrubProject) -> None:
    project.row("碳层", 碳层号="S-4")["周期平茬"] = "是"


# --- design -----------------------------------------------------------------------------


@damage("面积以亩填", "an area in mu taken for hectares", [("NMS-SAMPLED", "S-1")])
def _(project: ShrubProject) -> None:
    project.row("碳层", 碳层号="S-1")["碳层面积"] = "21000"


@damage("样地少设", "fewer plots than designed", [("NMS-PLOTS", "S-2")])
def _(project: ShrubProject) -> None:
    for table, column in (("样地", "样地号"), ("植株", "所在样地")):
        project.tables[table] = [row for row in project.tables[table] if row[column] != "P204"]


@damage("样地大小不一", "a plot of 10 m by 5 m", [("NMS-PLOT-SIZE", "P203")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P203")["样地宽"] = "5"


@damage("未用样地数工具", "no reckoning of the number of plots", [("NMS-TOOL03", None)],
        reported=True)  # fmt: skip
def _(project: ShrubProject) -> None:
    del project.facts["工具03"]["工具03版本"]


@damage("样地面积不一", "another plot area in the reckoning", [("NMS-AREA", None)])
def _(project: ShrubProject) -> None:
    project.facts["工具03"]["样地设计面积"] = "25 m2"


@damage("植株不在样地", "a plant in no plot listed", [("NMS-PLANT-PLOT", "P999/1/本期")])
def _(project: ShrubProject) -> None:
    plant = project.plant("P101", "1", "本期")
    project.tables["植株"].append(plant | {"所在样地": "P999", "植株状态": "新增"})


@damage("植株重号", "two plants of one number", problems=("row-twice",))
def _(project: ShrubProject) -> None:
    plants = project.tables["植株"]
    plants.append(dict(project.plant("P101", "2", "本期")))


# --- remeasurement and cutting -----------------------------------------------------------


@damage("样地换号", "another plot measured", [("NMS-SAME-PLOT", "P103")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P103")["复测样地号"] = "P130"


@damage("季节不同", "an earlier measurement in October", [("NMS-SEASON", "P104")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P104")["前期测定日期"] = "2021-10-10"


@damage("间隔过长", "six years between the measurements", [("NMS-INTERVAL", "P102")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P102")["前期测定日期"] = "2020-07-20"


@damage("漏株", "a plant without a present record", [("NMS-LOST", "P101/4/前期")])
def _(project: ShrubProject) -> None:
    project.tables["植株"].remove(project.plant("P101", "4", "本期"))


@damage("凭空多株", "a plant that was never recorded", [("NMS-NEW", "P102/99/本期")])
def _(project: ShrubProject) -> None:
    plant = project.plant("P102", "1", "本期")
    project.tables["植株"].append(plant | {"植株号": "99"})


@damage("株高变小", "a plant that got lower", [("NMS-SHRINK", "P103/4/本期")])
def _(project: ShrubProject) -> None:
    before = Decimal(project.plant("P103", "4", "前期")["株高"])
    project.plant("P103", "4", "本期")["株高"] = f"{before * Decimal('0.8'):.2f}"


@damage("缺平茬日期", "no day of the last cutting", [("NMS-CUT", "P301")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P301")["末次平茬日期"] = ""


@damage("平茬在测定之后", "a cutting after the measurement", [("NMS-CUT", "P302")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P302")["末次平茬日期"] = "2026-09-01"


@damage("平茬而填不平茬", "a cutting in a stratum said not to be cut", [("NMS-CUT-KNOWN", "P104")])
def _(project: ShrubProject) -> None:
    project.row("样地", 样地号="P104")["末次平茬日期"] = "2022-11-20"


# --- what is reported --------------------------------------------------------------------


@damage("漏乘四十四比十二", "carbon reported as carbon dioxide", [("NMS-STOCK", "S-1")],
        reported=True)  # fmt: skip
def _(project: ShrubProject) -> None:
    row = project.row("碳层", 碳层号="S-1")
    row["申报本期储量"] = f"{number(row['申报本期储量']) / CO2:.2f}"


@damage(
    "不计长期平均", "a stratum that is cut counted in full",
    [("NMS-CHANGE", None)], reported=True,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    strata = [row for row in project.tables["碳层"] if row["计量方法"] == "实测法"]
    change = sum(number(r["申报本期储量"]) - number(r["申报前期储量"]) for r in strata)
    project.facts["项目"]["申报实测变化"] = f"{change} tCO2e"


@damage("少报不确定性", "an uncertainty reported too low", [("NMS-UNCERTAINTY", None)],
        reported=True)  # fmt: skip
def _(project: ShrubProject) -> None:
    project.facts["项目"]["申报不确定性"] = "9.90%"


@damage("漏扣不确定性", "no discount for the uncertainty", [("NMS-CLAIM", None)], reported=True)
def _(project: ShrubProject) -> None:
    steps = reckon(project)
    net = steps["net"] + steps["change"] - steps["discounted"]
    project.facts["项目"]["申报净变化"] = f"{net:.2f} tCO2e"


@damage("申报多一位", "a claim ten times too high", [("NMS-CLAIM", None)], reported=True)
def _(project: ShrubProject) -> None:
    net = number(project.facts["项目"]["申报净变化"])
    project.facts["项目"]["申报净变化"] = f"{net * 10} tCO2e"


@damage("缺平茬计划", "no plan of cutting", [("NMS-CYCLE", None)])
def _(project: ShrubProject) -> None:
    del project.papers["E-05"]


@damage("枯死复活", "a plant dead earlier that is alive now", [("NMS-REVIVED", "P103/3/本期")])
def _(project: ShrubProject) -> None:
    project.plant("P103", "3", "前期")["植株状态"] = "枯死"


@damage(
    "样地照抄", "the plants of a plot copied into another",
    [("NMS-COPIED", "P101"), ("NMS-COPIED", "P102")],
)  # fmt: skip
def _(project: ShrubProject) -> None:
    plants = project.tables["植株"]
    plants[:] = [row for row in plants if row["所在样地"] != "P102"]
    plants += [{**row, "所在样地": "P102"} for row in plants if row["所在样地"] == "P101"]


@damage(
    "虚列灌木层", "a shrub stratum for the tool that the project has not",
    [("NMS-COVER-LISTED", "S-9"), ("NMS-CLAIM", None), ("T14-SHRUB-CHANGE", None)], reported=True,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    own = project.row("工具14灌木层", 灌木层号="S-4")
    project.tables["工具14灌木层"].append({**own, "灌木层号": "S-9"})


@damage(
    "虚列抽样层", "a stratum in the reckoning of plots that the project has not",
    [("NMS-SAMPLED-ONLY", "S-9")], reported=True,
)  # fmt: skip
def _(project: ShrubProject) -> None:
    own = project.row("工具03抽样层", 抽样层号="S-1")
    project.tables["工具03抽样层"].append({**own, "抽样层号": "S-9", "设计样地数": "500"})


@damage("首次核查不一", "a first verification for the tool only", [("NMS-FIRST-TOOL", None)])
def _(project: ShrubProject) -> None:
    project.facts["工具14"]["首次测定"] = "是"
