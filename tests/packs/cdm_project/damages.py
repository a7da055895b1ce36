"""The ways the project is damaged, and exactly what a check must then find.

A damage to the inputs is followed by a new reckoning, so that all reported figures agree with
the damaged data and only the damage itself is found. A damage to what is reported is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from tests.packs.damaging import Damage, Finding, page, told

from .reckoning import reckon
from .state import Project

DAMAGES: dict[str, Damage[Project]] = {}

REMOVALS: list[Finding] = [("CDM-5-STOCKS", None), ("CDM-5-ACTUAL", None), ("CDM-5-NET", None)]
"""What is found where the project's stocks are less than reported."""


def listed() -> str:
    """The list of damages as `DAMAGES.md` holds it."""
    opening = (
        "# How the example project can be damaged / 示例项目的损坏方式",
        "",
        "Each way, and exactly what a check must then find besides the judgements.",
        "每种损坏方式，以及核对时除判断外恰好应有的发现。",
    )
    headings = ("damage", "损坏", "findings 发现")
    rows = ((d.name, d.translated, told(d.findings)) for d in DAMAGES.values())
    return page(opening, headings, rows)


def damage(
    name: str, chinese: str, findings: Iterable[Finding], *, reported: bool = False
) -> Callable[[Callable[[Project], None]], None]:
    """Puts a damage on the list. `reported`: nothing is reckoned anew after it."""

    def add(change: Callable[[Project], None]) -> None:
        def apply(project: Project) -> None:
            change(project)
            if not reported:
                reckon(project)

        DAMAGES[name] = Damage(name, chinese, apply, frozenset(findings), (), reported)

    return add


def scaled(text: str, factor: str) -> str:
    """A number, with its unit if it has one, times a factor, to two decimals."""
    amount, _, unit = text.partition(" ")
    return f"{Decimal(amount) * Decimal(factor):.2f} {unit}".strip()


# --- land and site preparation -------------------------------------------------------


@damage("a parcel on wetland", "地块是湿地", [("CDM-2-WETLAND", "P03")])
def _(project: Project) -> None:
    project.row("parcels", id="P03")["wetland"] = "yes"


@damage("organic soil ploughed", "有机土连续犁耕", [("CDM-2-DISTURBANCE", "P08")])
def _(project: Project) -> None:
    project.row("parcels", id="P08")["organic"] = "yes"


@damage("pits larger than their share says", "穴比申报的比例大", [("CDM-2-COVERAGE", "P04")])
def _(project: Project) -> None:
    project.row("parcels", id="P04")["pit_length"] = "1.5"


@damage(
    "an area that is not the sum of the parcels",
    "项目面积与地块不符",
    [("CDM-2-AREA", None), ("CDM-2-SOIL-AREA", "G1")],
)
def _(project: Project) -> None:
    project.row("parcels", id="P05")["area"] = "99.5"


@damage(
    "strata larger than the project", "林木层面积大于项目",
    [("CDM-2-STRATA-AREA", None)],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_strata", id="T1")["area"] = "800"


@damage("another version of the methodology", "方法学版本不同", [("CDM-2-VERSION", None)])
def _(project: Project) -> None:
    project.facts["project"]["version"] = "02.0"


@damage("dead wood counted without its tool", "计入枯死木而未采用工具", [("CDM-2-TOOL12", None)])
def _(project: Project) -> None:
    del project.facts["t12"]["version"]


# --- pools and baseline --------------------------------------------------------------


@damage(
    "dead wood summed though not counted", "未计入的枯死木被相加",
    [*REMOVALS, ("CDM-5-CREDITS", None)], reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.row("pools", pool="枯死木")["project"] = "no"


@damage(
    "a baseline loss of litter that is not counted", "未计入的枯落物列了基线损失",
    [("CDM-3-BASELINE", None), ("CDM-5-NEGATIVE", None), *REMOVALS, ("CDM-5-CREDITS", None)],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("pools", pool="枯落物")["project"] = "no"
    project.facts["claim"]["litter_baseline"] = "-300 tCO2e"


@damage("no baseline change reported", "基线变化报为零", [("CDM-5-BASELINE", None)], reported=True)
def _(project: Project) -> None:
    project.facts["claim"]["baseline"] = "0 tCO2e"


@damage(
    "a baseline of zero without a sign", "基线变化取零而无退化迹象",
    [("T14-BASE-CHANGE-ZERO", "B2")],
)  # fmt: skip
def _(project: Project) -> None:
    project.tables["t14_signs"] = []


@damage(
    "pre-project trees killed by the works", "项目前林木因施工死亡",
    [("T14-BASE-STOCK-ZERO", "B2")],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_baseline", id="B2")["alive"] = "no"


@damage("crown cover too high for the method", "郁闭度超过郁闭度法上限", [("T14-BASE-COVER", "B1")])
def _(project: Project) -> None:
    project.row("t14_baseline", id="B1")["cover"] = "4"


# --- plots, trees, uncertainty -------------------------------------------------------


@damage(
    "too few plots designed", "设计样地太少", [("T03-ALLOCATION", "T2"), ("T03-NUMBER", None)]
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t03_strata", id="T2")["plots"] = "5"


@damage("a plot not laid out", "少设一个样地", [("CDM-6-DESIGN", "T1")])
def _(project: Project) -> None:
    project.row("t03_strata", id="T1")["plots"] = "13"


@damage("a margin of error too wide", "允许误差过宽", [("T03-ERROR", None)])
def _(project: Project) -> None:
    project.facts["t03"]["error"] = "2.9 tdm/ha"


@damage("a plot outside every stratum", "样地不在任何层", [("T14-TREE-PLOT", "X-1")])
def _(project: Project) -> None:
    plot = {"id": "X-1", "stratum": "T9", "area": "600", "coppice": ""}
    project.tables["t14_plots"].append(plot)


@damage(
    "a diameter in metres", "胸径以米填",
    [("T14-TREE-RANGE", "T1-01/1"), ("T14-TREE-SHRINK", "T1-01/1")],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_trees", plot="T1-01", number="1")["dbh"] = "0.142"


@damage("a tree that shrinks", "样木胸径变小", [("T14-TREE-SHRINK", "T2-05/3")])
def _(project: Project) -> None:
    tree = project.row("t14_trees", plot="T2-05", number="3")
    tree["dbh"] = f"{Decimal(tree['dbh_before']) - Decimal('0.3')}"


@damage(
    "a tree measured though said not to be", "填“不在测”的样木有胸径",
    [("T14-TREE-STATE", "T1-02/4")],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_trees", plot="T1-02", number="4")["now"] = "no"


@damage(
    "an earlier diameter in metres", "前期胸径以米填",
    [("T14-TREE-RANGE-BEFORE", "T1-01/1")],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_trees", plot="T1-01", number="1")["dbh_before"] = "0.089"


@damage(
    "a species without an equation", "树种无方程",
    [("T14-TREE-EQUATION", "T2-03/2"), ("T14-TREE-RANGE", "T2-03/2"), ("T14-TREE-RANGE-BEFORE", "T2-03/2"),
     ("T14-TREE", "T2"),
     ("T14-TREE-BEFORE", "T2"), ("T14-TREE-UNCERTAINTY", None), ("T14-TREE-CHANGE", None),
     ("T14-TREE-YEARLY", None), *REMOVALS, ("CDM-5-CREDITS", None), ("CDM-5-REPLACE", None),
     ("CDM-5-DEAD-TREES", None)],
    reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_trees", plot="T2-03", number="2")["species"] = "Ulmus pumila"


@damage(
    "an equation not shown appropriate", "方程未证明适用",
    [("T14-TREE-SHOWN", "Populus simonii")],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_equations", species="Populus simonii")["demonstrated"] = "no"


@damage(
    "variance divided by the plots twice", "样本方差两次除以样地数",
    [("T14-TREE-UNCERTAINTY", None)], reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.facts["t14"]["tree_uncertainty"] = "3.4%"


@damage(
    "the discount taken of the mean", "扣减率乘了均值", [("T14-DISCOUNT", "TREES")], reported=True
)
def _(project: Project) -> None:
    estimate = project.row("t14_estimates", id="TREES")
    estimate["discounted"] = scaled(estimate["value"], "0.75")


@damage(
    "the earlier stock already discounted", "前期储量用了扣减后的值", [("T14-UNDISCOUNTED", "D-1")]
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_differences", id="D-1")["before"] = "590"


@damage(
    "shrubs below five per cent counted", "盖度不足5%的灌木计入",
    [("T14-SHRUB-BEFORE", "S1"), ("T14-SHRUB-CHANGE", None), *REMOVALS], reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t14_shrub_strata", id="S1")["cover_before"] = "4.9"


# --- soil, dead wood, litter ---------------------------------------------------------


@damage(
    "degradation overstated", "退化程度高报",
    [("T16-RESTRICTED", "G1"), ("T16-RATE", "G1"), ("T16-CHANGE", None), *REMOVALS,
     ("CDM-5-CREDITS", None)],
    reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t16_strata", id="G1")["management"] = "中度退化"


@damage("soil disturbed again after twelve years", "十二年后再次扰动", [("T16-REPEAT", "G2")])
def _(project: Project) -> None:
    project.row("t16_strata", id="G2")["again"] = "12"


@damage(
    "a soil gain above the cap", "土壤年变化超过上限", [("T16-CAP", "G2"), ("T16-RATE", "G2")],
    reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t16_strata", id="G2")["rate"] = "0.85"


@damage(
    "the soil less disturbed than its parcels", "土壤层扰动低于所含地块",
    [("CDM-2-SOIL-DISTURBED", "G2")],
)  # fmt: skip
def _(project: Project) -> None:
    project.row("t16_strata", id="G2")["disturbed"] = "10"


@damage("dead wood by a tree stock of its own", "枯死木另取林木储量", [("CDM-5-DEAD-TREES", None)],
        reported=True)  # fmt: skip
def _(project: Project) -> None:
    # Both stocks of the default method are raised, so that its change stays.
    for row in project.tables["t12_strata"]:
        for when in ("trees_before", "trees"):
            row[when] = f"{Decimal(row[when]) + 900}"


@damage("lines of eighty metres", "样线只有80米", [("T12-LINE", "W1")])
def _(project: Project) -> None:
    project.row("t12_lines", plot="W1")["length"] = "80"


@damage("a piece of nine centimetres", "倒木直径9厘米", [("T12-PIECE", "W1/2")])
def _(project: Project) -> None:
    project.row("t12_pieces", plot="W1", number="2")["diameter"] = "9"


@damage("litter heavier dry than wet", "枯落物烘干重大于湿重", [("T12-DRY", "W1")])
def _(project: Project) -> None:
    project.row("t12_litter", plot="W1")["sub_dry"] = "196"


@damage("three litter samples", "枯落物样方只有三个", [("T12-SAMPLES", "W1")], reported=True)
def _(project: Project) -> None:
    project.row("t12_litter", plot="W1")["samples"] = "3"


# --- fires and leakage ---------------------------------------------------------------


@damage(
    "a forest fire left out", "森林火灾未计",
    [("T08-EMISSION", "F1"), ("T08-TOTAL", None), ("CDM-5-ACTUAL", None), ("CDM-5-NET", None),
     ("CDM-5-CREDITS", None)],
    reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    # It is reported as if it were below 5 % of the project and did not count.
    fire = project.row("t08_fires", id="F1")
    fire["area"] = "59"
    reckon(project)
    fire["area"] = "65"


@damage("the total of a stratum burnt", "枯死有机质填了总储量", [("T08-PER-HECTARE", "F3")])
def _(project: Project) -> None:
    project.row("t08_fires", id="F3")["dead_wood"] = "2418"


@damage("a fire after the period", "火在核证期之后", [("CDM-5-FIRE-DAY", "F2")])
def _(project: Project) -> None:
    project.row("t08_fires", id="F2")["date"] = "2023-01-05"


@damage("two areas of one project", "两处项目面积不一致", [("CDM-2-SAME", None)])
def _(project: Project) -> None:
    project.facts["t08"]["project_area"] = "1210 ha"


@damage(
    "old warming potentials", "沿用旧增温潜势",
    [("T08-WARMING", None), ("T08-EMISSION", "F1"), ("T08-TOTAL", None)], reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    project.facts["t08"]["warming"] = "工具值"


@damage("grazing beyond carrying capacity", "放牧转移超过承载力", [("T15-ZERO", "L1")])
def _(project: Project) -> None:
    row = project.row("t15_displacements", id="L1")
    row.update({"within_capacity": "no", "tree_biomass": "0", "shrub_biomass": "0"})


@damage(
    "soil left out of the leakage", "泄漏漏计土壤",
    [("T15-LEAKAGE", "L3"), ("T15-TOTAL", None), ("CDM-5-LEAKAGE", None), ("CDM-5-NET", None),
     ("CDM-5-CREDITS", None)],
    reported=True,
)  # fmt: skip
def _(project: Project) -> None:
    row = project.row("t15_displacements", id="L3")
    held = row["factor_after"]
    row["factor_after"] = row["factor_before"]
    reckon(project)
    row["factor_after"] = held


# --- the claim -----------------------------------------------------------------------


@damage("more claimed than removed", "申请量多于净移除", [("CDM-5-CREDITS", None)], reported=True)
def _(project: Project) -> None:
    project.facts["claim"]["claimed"] = scaled(project.facts["claim"]["claimed"], "1.05")


@damage("another kind of credit", "改换信用类别", [("CDM-5-KIND", "1")])
def _(project: Project) -> None:
    project.facts["claim"]["credit"] = "临时核证"


@damage("a month between two periods", "两期之间缺一个月",
        [("CDM-5-PERIOD", None), ("CDM-5-YEARS", None)])  # fmt: skip
def _(project: Project) -> None:
    project.facts["claim"]["start"] = "2018-02-01"


@damage("data kept one year only", "数据只保存一年", [("CDM-6-ARCHIVE", None)])
def _(project: Project) -> None:
    project.facts["project"]["archive_until"] = "2033-04-09"


@damage(
    "measured after the period", "测定晚于核证期",
    [("CDM-6-DAY", None), ("T14-INTERVAL", None)],
)  # fmt: skip
def _(project: Project) -> None:
    project.facts["t14"]["measured_on"] = "2023-01-20"


@damage("the earlier measurement taken in the period", "前期测定在本核证期内",
    [("CDM-6-PREVIOUS", None), ("T14-INTERVAL", None)],
)  # fmt: skip
def _(project: Project) -> None:
    project.facts["t14"]["previous_on"] = "2018-01-01"


@damage("years of the project overstated", "项目年数多报", [("CDM-5-ELAPSED", None)])
def _(project: Project) -> None:
    project.facts["t14"]["elapsed"] = "14 yr"


@damage("the discount applied to something else", "扣减对象改变", [("CDM-6-DISCOUNT", "1")])
def _(project: Project) -> None:
    project.facts["claim"]["discounted"] = "扣减储量"


@damage("no survey of the soil", "缺土壤调查资料",
        [("T16-RATE", None), ("T16-RESTRICTED", None)])  # fmt: skip
def _(project: Project) -> None:
    del project.papers["soil_survey"]
