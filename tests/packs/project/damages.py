"""The ways the project is damaged, and exactly what a check must then find.

A damage to the inputs is followed by a new reckoning, so that all reported figures agree with
the damaged data and only the damage itself is found. A damage to what is reported is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from tests.packs.damaging import Damage, Finding, every, listing

from .reckoning import CO2, reckon, state_claim
from .state import Project, Shapefile

DAMAGES: dict[str, Damage[Project]] = {}


def listed() -> str:
    """The list of damages as `DAMAGES.md` holds it."""
    opening = (
        "# How the example project can be damaged / 示例项目的损坏方式",
        "",
        "Each way, and exactly what a check must then find besides the judgements. 160 parcels are",
        "shortened to their first and last. 每种损坏方式，以及核对时除判断外恰好应有的发现。",
    )
    return listing(opening, DAMAGES.values(), most=3)


def damage(
    name: str,
    english: str,
    findings: Iterable[Finding] = (),
    problems: tuple[str, ...] = (),
    *,
    reported: bool = False,
) -> Callable[[Callable[[Project], None]], Callable[[Project], None]]:
    """Puts a damage on the list. `reported`: it touches reported figures only."""

    def add(change: Callable[[Project], None]) -> Callable[[Project], None]:
        def apply(project: Project) -> None:
            change(project)
            if not reported:
                reckon(project)

        DAMAGES[name] = Damage(name, english, apply, frozenset(findings), problems, reported)
        return change

    return add


# --- parcels and boundaries ----------------------------------------------------------


@damage(
    "小班重复", "a parcel listed twice under two numbers",
    every("AFF-5-OVERLAP", "XB-010", "XB-161"),
)  # fmt: skip
def _(project: Project) -> None:
    copy = project.row("地块", "小班号", "XB-010") | {"小班号": "XB-161"}
    project.tables["地块"].append(copy)
    project.parcels["XB-161"] = project.parcels["XB-010"]


@damage("小班图形重号", "a parcel with two features in the layer", problems=("boundary-twice",))
def _(project: Project) -> None:
    project.twice.append("XB-020")


@damage(
    "小班过小", "a parcel of less than one mu", every("AFF-2C", "XB-030")
)  # fmt: skip
def _(project: Project) -> None:
    west, south = project.parcels["XB-030"][0]
    east, north = west + 0.000200, south + 0.000200
    project.parcels["XB-030"] = [
        (west, south), (east, south), (east, north), (west, north), (west, south)
    ]  # fmt: skip
    project.row("地块", "小班号", "XB-030").update({"面积(亩)": "0.54", "清除灌木面积(亩)": "0"})


@damage("面积虚报", "an area declared 8 % above the boundary", every("AFF-5-AREA", "XB-031"))
def _(project: Project) -> None:
    row = project.row("地块", "小班号", "XB-031")
    row["面积(亩)"] = f"{Decimal(row['面积(亩)']) * Decimal('1.08'):.1f}"


@damage("小班出县", "a parcel outside the county", every("AFF-5-COUNTY", "XB-033"))
def _(project: Project) -> None:
    project.parcels["XB-033"] = [(x + 0.6, y) for x, y in project.parcels["XB-033"]]


@damage(
    "边界自相交", "a ring that crosses itself", every("AFF-5-VALID", "XB-002"),
    ("geometry-invalid",),
)  # fmt: skip
def _(project: Project) -> None:
    corners = project.parcels["XB-002"]
    corners[1], corners[4] = corners[4], corners[1]


@damage("坐标位数不足", "corners with four decimals", every("AFF-5-DECIMALS", "XB-033"))
def _(project: Project) -> None:
    project.decimals["XB-033"] = 4


@damage("与其他项目重叠", "a parcel within another project", every("AFF-5-OTHER", "VCS-示例-7"))
def _(project: Project) -> None:
    project.others["VCS-示例-7"] = list(project.parcels["XB-034"])


@damage(
    "缺小班边界", "a parcel without a boundary", every("AFF-5-LAYER", "XB-036"),
    ("row-without-boundary",),
)  # fmt: skip
def _(project: Project) -> None:
    del project.parcels["XB-036"]


WITHOUT_LAYER = [
    *every("AFF-5-LAYER", *(f"XB-{number:03d}" for number in range(1, 161))),
    *every("AFF-7-PLOT-PLACE", *(f"T1{n:02d}" for n in range(1, 15))),
    *every("AFF-7-PLOT-PLACE", *(f"T2{n:02d}" for n in range(1, 11))),
    *every("AFF-7-PLOT-PLACE", *(f"T3{n:02d}" for n in range(1, 13))),
]
"""What is found when no boundary of a parcel can be used."""


@damage("坐标系不明", "a layer in an unknown system", WITHOUT_LAYER, ("crs-unknown",))
def _(project: Project) -> None:
    project.crs = "EPSG:9999"


@damage(
    "缺坐标系", "a Shapefile without .prj, its system not declared", WITHOUT_LAYER,
    ("crs-missing",),
)  # fmt: skip
def _(project: Project) -> None:
    project.crs, project.shapefile = None, Shapefile("EPSG:4529", prj=False)


@damage(
    "坐标系不符", "a layer in another system than declared", WITHOUT_LAYER, ("crs-differs",)
)  # fmt: skip
def _(project: Project) -> None:
    project.shapefile = Shapefile("EPSG:4529")


@damage(
    "分带错", "a Shapefile without .prj, declared in the neighbouring zone", WITHOUT_LAYER,
    ("zone-differs",),
)  # fmt: skip
def _(project: Project) -> None:
    project.crs, project.shapefile = "EPSG:4528", Shapefile("EPSG:4529", prj=False)


@damage(
    "经纬度颠倒", "latitude before longitude in a whole layer", WITHOUT_LAYER, ("lonlat-swapped",)
)  # fmt: skip
def _(project: Project) -> None:
    for name, corners in project.parcels.items():
        project.parcels[name] = [(y, x) for x, y in corners]


@damage(
    "一个小班经纬度颠倒", "latitude before longitude in one parcel",
    every("AFF-5-LAYER", "XB-040"), ("lonlat-swapped",),
)  # fmt: skip
def _(project: Project) -> None:
    project.parcels["XB-040"] = [(y, x) for x, y in project.parcels["XB-040"]]


@damage(
    "两图层小班重号", "a parcel in two layer files of one table", problems=("boundary-twice",)
)  # fmt: skip
def _(project: Project) -> None:
    project.later.append("XB-021")


@damage("占用湿地", "a parcel on wetland", every("AFF-2D", "XB-036"))
def _(project: Project) -> None:
    project.row("地块", "小班号", "XB-036")["地类"] = "湿地"


@damage("含经济林", "a parcel of economic forest", every("AFF-2-ECONOMIC", "XB-037"))
def _(project: Project) -> None:
    project.row("地块", "小班号", "XB-037")["林种"] = "经济林"


@damage("缺非森林日期", "no date since which it was no forest", every("AFF-2A-YEARS", "XB-038"))
def _(project: Project) -> None:
    project.row("地块", "小班号", "XB-038")["非森林起始日期"] = ""


@damage(
    "权属文件缺失", "a tenure document that is not listed",
    every("AFF-2B", *(f"XB-{number:03d}" for number in range(41, 51))),
)  # fmt: skip
def _(project: Project) -> None:
    project.tables["权属文件"] = [
        row for row in project.tables["权属文件"] if row["编号"] != "示例权-05"
    ]


@damage("早于开工造林", "planted before the start of work", every("AFF-4-START", "XB-051"))
def _(project: Project) -> None:
    project.row("地块", "小班号", "XB-051")["造林日期"] = "2016-03-28"


@damage(
    "小班碳层错", "a parcel of a stratum not listed", every("AFF-6-PARCEL-STRATUM", "XB-052")
)  # fmt: skip
def _(project: Project) -> None:
    project.row("地块", "小班号", "XB-052")["所属碳层号"] = "T-9"


# --- plots and trees -----------------------------------------------------------------


@damage(
    "样地不在碳层", "a plot outside every stratum",
    [("AFF-6-PLOT-STRATUM", "T114"), ("AFF-7-PLOT-PARCEL", "T114"), ("AFF-7-DESIGN", "T-1")],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("样地", "样地号", "T114")["所属碳层"] = "T-9"


@damage("样地位置错", "a plot outside its parcel", every("AFF-7-PLOT-PLACE", "T105"))
def _(project: Project) -> None:
    x, y = project.plots["T105"]
    project.plots["T105"] = (x + 0.0042, y)


@damage("样地换号", "a plot measured again under another number",
        every("AFF-7-REMEASURED", "T203"))  # fmt: skip
def _(project: Project) -> None:
    project.row("样地", "样地号", "T203")["复测样地号"] = "T230"


@damage(
    "复测间隔过短", "a plot measured again after two years",
    every("AFF-7-INTERVAL", "T305") + every("AFF-7-PERIOD", "T305"),
)  # fmt: skip
def _(project: Project) -> None:
    project.row("样地", "样地号", "T305")["前期测定日期"] = "2024-07-30"


@damage("样地过大", "a plot of 0.1 ha", every("AFF-7-PLOT-AREA", "T306"))
def _(project: Project) -> None:
    project.row("样地", "样地号", "T306")["样地面积(m2)"] = "1000"


@damage("样地贴边", "a plot at the parcel's edge", every("AFF-7-PLOT-EDGE", "T106"))
def _(project: Project) -> None:
    project.row("样地", "样地号", "T106")["距边界距离(m)"] = "4.0"


@damage("样地少设", "fewer plots than designed", every("AFF-7-DESIGN", "T-2"))
def _(project: Project) -> None:
    tables = project.tables
    tables["样地"] = [row for row in tables["样地"] if row["样地号"] != "T210"]
    tables["样木"] = [row for row in tables["样木"] if row["所在样地"] != "T210"]
    del project.plots["T210"]


@damage("胸径变小", "a standing tree with a shrinking diameter", every("AFF-7-SHRINK", "T101/1"))
def _(project: Project) -> None:
    tree = project.tree("T101", "1")
    tree["本期胸径(cm)"] = f"{Decimal(tree['前期胸径(cm)']) - Decimal('0.6'):.1f}"


@damage(
    "胸径以米填", "a diameter written in metres",
    every("AFF-7-SHRINK", "T102/2") + every("AFF-7-CALIPER", "T102/2")
    + every("AFF-6-RANGE", "T102/2"),
)  # fmt: skip
def _(project: Project) -> None:
    tree = project.tree("T102", "2")
    tree["本期胸径(cm)"] = f"{Decimal(tree['本期胸径(cm)']) / 100}"


@damage("枯死木有胸径", "a dead tree with a present diameter", every("AFF-7-STATE", "T101/3"))
def _(project: Project) -> None:
    project.tree("T101", "3").update({"样木状态": "枯死木", "本期树高(m)": ""})


UNKNOWN_CARBON = [
    ("AFF-6-STOCK-BEFORE", "T-2"), ("AFF-6-STOCK", "T-2"), ("AFF-6-PRECISION", None),
    ("AFF-6-CHANGE", None), ("AFF-6-CLAIM", None),
]  # fmt: skip


@damage(
    "树种无方程", "a species without an equation",
    [("AFF-6-EQUATION", "T204/1"), *UNKNOWN_CARBON], reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.tree("T204", "1")["样木树种"] = "榆树"


@damage(
    "树高以厘米填", "a height written in centimetres",
    UNKNOWN_CARBON[1:], ("out-of-range",), reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    tree = project.tree("T204", "2")
    tree["本期树高(m)"] = f"{Decimal(tree['本期树高(m)']) * 100:.0f}"


@damage("样木重号", "two trees of one number", problems=("row-twice",))
def _(project: Project) -> None:
    trees = project.tables["样木"]
    place = trees.index(project.tree("T107", "9"))
    trees.insert(place + 1, dict(trees[place]))


@damage(
    "混用两种方法", "a volume equation in a stratum of biomass equations",
    every("AFF-6-ROUTE", "T108"),
)  # fmt: skip
def _(project: Project) -> None:
    project.tree("T108", "7")["样木树种"] = "小叶杨"


@damage("复核误差过大", "a checked diameter 5 % away", every("AFF-7-CHECK-DBH", "T103/12"))
def _(project: Project) -> None:
    [row] = [
        row
        for row in project.tables["复核"]
        if row["复核样地"] == "T103" and row["复核样木号"] == "12"
    ]
    row["复核胸径(cm)"] = f"{Decimal(row['复核胸径(cm)']) * Decimal('1.05'):.1f}"


@damage("复核不足", "fewer plots checked than the plan says", every("AFF-7-CHECK-SHARE", None))
def _(project: Project) -> None:
    project.tables["复核"] = [
        row for row in project.tables["复核"] if row["复核样地"] in ("T103", "T111", "T204")
    ]


# --- what is reported ----------------------------------------------------------------


@damage(
    "漏乘四十四比十二", "carbon reported as carbon dioxide: 44/12 left out",
    every("AFF-6-CHANGE", None) + every("AFF-6-CLAIM", None), reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    steps = reckon(project)
    project.facts["核算"]["申报碳储量变化量"] = f"{steps['change'] / CO2:.2f}"
    state_claim(project, (steps["claim"] / CO2).quantize(Decimal(1)))


@damage("漏扣非持久性", "no deduction for non-permanence", every("AFF-6-CLAIM", None),
        reported=True)  # fmt: skip
def _(project: Project) -> None:
    steps = reckon(project)
    state_claim(project, (steps["claim"] / Decimal("0.9")).quantize(Decimal(1)))


@damage("漏精度扣减", "no discount for imprecision", every("AFF-6-CLAIM", None), reported=True)
def _(project: Project) -> None:
    steps = reckon(project)
    kept = steps["change"] - steps["fire"]
    state_claim(project, (kept * Decimal("0.9")).quantize(Decimal(1)))


@damage("多报一吨", "a claim one tonne too high", every("AFF-6-CLAIM", None), reported=True)
def _(project: Project) -> None:
    state_claim(project, reckon(project)["claim"] + 1)


@damage("碳层面积重计", "the area of a parcel counted twice", every("AFF-6-AREA", "T-3"),
        reported=True)  # fmt: skip
def _(project: Project) -> None:
    stratum = project.stratum("T-3")
    stratum["碳层面积(hm2)"] = f"{Decimal(stratum['碳层面积(hm2)']) + Decimal('8.10'):.2f}"


@damage("碳储量抄错", "two digits of a stock changed places", every("AFF-6-STOCK", "T-1"),
        reported=True)  # fmt: skip
def _(project: Project) -> None:
    stratum = project.stratum("T-1")
    text = stratum["本期申报碳储量"]
    stratum["本期申报碳储量"] = text[1] + text[0] + text[2:]


@damage("火灾少报", "half of a fire's emissions", every("AFF-6-FIRE", "H-1"), reported=True)
def _(project: Project) -> None:
    fire = project.row("火灾", "火灾号", "H-1")
    fire["申报火灾排放"] = f"{Decimal(fire['申报火灾排放']) / 2:.4f}"


# --- procedure and papers ------------------------------------------------------------


@damage("公示少一日", "19 working days of notice", every("O31-19-NOTICE", None), reported=True)
def _(project: Project) -> None:
    project.facts["公示"]["核算报告公示截止日"] = "2026-08-27"


@damage(
    "减排量过期", "reductions older than five years", every("O31-17-VINTAGE", None), reported=True
)
def _(project: Project) -> None:
    project.facts["申报"]["申请日期"] = "2026-09-16"


@damage("核查审定同一机构", "the verifier is the validator", every("O31-18-VERIFIER", None),
        reported=True)  # fmt: skip
def _(project: Project) -> None:
    project.facts["机构"]["核查机构"] = project.facts["机构"]["审定机构"]


@damage("登记量与核查量不等", "claimed and verified differ",
        every("O31-21-AMOUNT", None), reported=True)  # fmt: skip
def _(project: Project) -> None:
    amount = int(project.facts["申报"]["核查确认量"])
    project.facts["申报"]["核查确认量"] = str(amount - 250)


@damage("缺方程来源", "the source of the equations is not in evidence",
        every("AFF-6-SOURCE", "樟子松", "油松", "小叶杨"), ("evidence-not-listed",),
        reported=True)  # fmt: skip
def _(project: Project) -> None:
    del project.papers["E-08"]


@damage(
    "证据被改动", "a paper that is not the one listed",
    every("O31-10-START", None), ("wrong-hash",), reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.papers["E-01"].sha256 = "0" * 64
