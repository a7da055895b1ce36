"""The ways the grassland is damaged, and exactly what a check must then find.

A damage to the inputs is followed by a new reckoning, so that all reported figures agree with
the damaged data and only the damage itself is found. A damage to what is reported is not.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tests.packs.damaging import Damage, Finding, listing

from .reckoning import reckon
from .state import Grassland

DAMAGES: dict[str, Damage[Grassland]] = {}


def listed() -> str:
    """The list of damages as `DAMAGES.md` holds it."""
    opening = (
        "# How the example grassland can be damaged / 示例草原项目的损坏方式",
        "",
        "Each way, and exactly what a check must then find besides the judgements.",
        "每种损坏方式，以及核对时除判断外恰好应有的发现。",
    )
    return listing(opening, DAMAGES.values())


def damage(
    name: str,
    english: str,
    *findings: str,
    problems: tuple[str, ...] = (),
    reported: bool = False,
) -> Callable[[Callable[[Grassland], None]], None]:
    """Puts a damage on the list. A finding is written `RULE` or `RULE row row`."""

    def add(change: Callable[[Grassland], None]) -> None:
        found: set[Finding] = set()
        for line in findings:
            rule, *rows = line.split()
            found |= {(rule, row) for row in rows} or {(rule, None)}

        def apply(grassland: Grassland) -> None:
            change(grassland)
            if not reported:
                reckon(grassland)

        DAMAGES[name] = Damage(name, english, apply, frozenset(found), problems, reported)

    return add


def cell(
    name: str, english: str, table: str, key: str, column: str, value: str, *findings: str
) -> None:
    """A damage that is another value in one cell; all reported figures follow from it."""

    def change(grassland: Grassland) -> None:
        row = grassland.row(table, key)
        assert row[column] != value
        row[column] = value

    damage(name, english, *findings)(change)


# --- land and measures ---------------------------------------------------------------

cell("非草地", "a parcel that was no grassland", "地块", "P-03", "开工时草地", "否",
     "NG-GRASSLAND P-03")  # fmt: skip
cell("未退化", "a parcel that is not degraded", "地块", "P-11", "申报等级", "未退化",
     "NG-DEGRADED P-11")  # fmt: skip
cell("等级虚报", "a grade worse than any indicator", "地块", "P-10", "申报等级", "重度",
     "NG-GRADE P-10")  # fmt: skip
cell("翻耕", "a parcel that was tilled", "地块", "P-12", "翻耕", "是", "NG-NO-TILL P-12")
cell("开工前措施", "a measure begun before the start", "措施", "M-07", "措施日期", "2021-05-09",
     "NG-PRACTICE-EACH P-07")  # fmt: skip
cell("参照值为零", "an indicator without a reference", "退化指标", "P-02-总产草量", "参照值", "0",
     "NG-REFERENCE P-02-总产草量", "NG-GRADE P-02")  # fmt: skip


@damage("面积虚报", "an area 8 % above the boundary", "NG-BOUNDARY-AREA P-06")
def _(grassland: Grassland) -> None:
    row = grassland.row("地块", "P-06")
    row["面积(ha)"] = f"{Decimal(row['面积(ha)']) * Decimal('1.08'):.2f}"


@damage("与造林项目重叠", "a parcel that is claimed under CCER-14-001 as well", "NG-TWICE P-09")
def _(grassland: Grassland) -> None:
    grassland.others["ZL-示例-3"] = list(grassland.parcels["P-09"])


# --- grazing -------------------------------------------------------------------------


@damage(
    "两个载畜量", "two stocking rates for one pasture and season", "NG-ONE-RATE F-05暖 F-05暖乙"
)
def _(grassland: Grassland) -> None:
    again = grassland.row("季节放牧", "F-05暖") | {"放牧号": "F-05暖乙", "放牧天数": "90"}
    grassland.tables["季节放牧"].append(again)
    sheep = grassland.row("在牧牲畜", "F-05暖-绵羊")
    grassland.tables["在牧牲畜"].append(
        sheep | {"在牧号": "F-05暖乙-绵羊", "所属放牧": "F-05暖乙", "在牧头数": "40"}
    )


@damage("超载", "twice the sheep on a pasture", "NG-BALANCE F-07暖")
def _(grassland: Grassland) -> None:
    row = grassland.row("在牧牲畜", "F-07暖-绵羊")
    row["在牧头数"] = str(int(row["在牧头数"]) * 2)


cell("利用率超限", "too much of sandy grassland is eaten", "季节放牧", "F-16暖", "利用率(%)", "31",
     "NG-UTILISATION F-16暖")  # fmt: skip
cell("天数超过一年", "seasons of more than a year", "季节放牧", "F-08暖", "放牧天数", "247",
     "NG-DAYS F-08暖 F-08冷", "NG-BALANCE F-08暖")  # fmt: skip
cell("产量高于实测", "more forage than was clipped", "季节放牧", "F-03暖", "可食产量(kg/ha)", "2100",
     "NG-FORAGE F-03暖")  # fmt: skip
cell("去向不明", "animals that are not accounted for", "畜群", "绵羊", "出栏减少", "1000",
     "NG-ACCOUNTED 绵羊")  # fmt: skip
cell("增畜", "more cattle than in the baseline", "畜群", "牛", "项目头数", "1800",
     "NG-NOT-MORE")  # fmt: skip
cell("转移并非零泄漏", "displacement that is none of the cases of no leakage", "工具15转移", "Z-1",
     "去向", "其他土地", "T15-ZERO Z-1")  # fmt: skip


@damage("未列转移", "animals displaced, and no displacement listed", "NG-DISPLACED 绵羊")
def _(grassland: Grassland) -> None:
    grassland.tables["工具15转移"] = []


@damage("两项补奖", "a parcel paid for a ban and for balance, and grazed",
        "NG-SUBSIDY-ONE B-01 B-21", "NG-BAN-GRAZED F-01暖 F-01冷")  # fmt: skip
def _(grassland: Grassland) -> None:
    row = grassland.row("补奖", "B-01")
    grassland.tables["补奖"].append(row | {"补奖号": "B-21", "补奖类别": "禁牧", "补奖标准": "7.5"})


# --- quadrats and roots --------------------------------------------------------------


@damage("干湿填反", "dry and fresh mass swapped", "NG-DRY-FRESH M105-2")
def _(grassland: Grassland) -> None:
    row = grassland.row("样方", "M105-2")
    row["鲜重(g)"], row["干重(g)"] = row["干重(g)"], row["鲜重(g)"]


cell("负重量", "a negative mass", "样方", "M106-1", "干重(g)", "-3.0", "NG-MASS M106-1")
cell("根层重叠", "layers of roots that overlap", "根钻", "M107-10", "根样上界(cm)", "5",
     "NG-ROOT-LAYERS M107-0 M107-10")  # fmt: skip

# --- soil ----------------------------------------------------------------------------


@damage("深度不足", "a campaign that ends at 25 cm", "NG-DEPTH M201", "NG-INCREMENTS M201")
def _(grassland: Grassland) -> None:
    grassland.row("土壤样", "M201-本1")["下界(cm)"] = "25"
    grassland.tables["土壤样"].remove(grassland.row("土壤样", "M201-本2"))


cell("土层有缺口", "a gap between two layers", "土壤样", "M202-本2", "上界(cm)", "35",
     "NG-SOIL-LAYERS M202-本2")  # fmt: skip
cell("有机碳为负", "a negative content of carbon", "土壤样", "M120-本2", "有机碳含量", "-0.50",
     "NG-SOIL-MEASURES M120-本2", "NG-CARBON-JUMP M120-本2")  # fmt: skip
cell("钻数少记", "a core too few on the sheet", "土壤样", "M115-本1", "钻数", "3",
     "NG-BULK-DENSITY M115-本1")  # fmt: skip
cell("有机质当有机碳", "organic matter in place of carbon", "土壤样", "M116-前2", "有机碳含量", "29.40",
     "NG-CARBON-JUMP M116-本2")  # fmt: skip
cell("换实验室", "another laboratory", "样点", "M110", "本期实验室", "示例检测二室",
     "NG-SAME-LAB M110")  # fmt: skip
cell("不同季节", "another season", "样点", "M111", "本期日期", "2025-05-20",
     "NG-SAME-SEASON M111")  # fmt: skip
cell("逾期复测", "re-measured after more than five years", "样点", "M112", "前期日期", "2020-08-01",
     "NG-FIVE-YEARS M112")  # fmt: skip


@damage("按固定深度", "a stock reckoned to a fixed depth", "NG-STOCKS M214", reported=True)
def _(grassland: Grassland) -> None:
    row = grassland.row("样点", "M214")
    row["申报本期碳"] = f"{Decimal(row['申报本期碳']) + Decimal('0.9'):.3f}"


@damage("未报逆转", "a loss without the report of it", "NG-REVERSAL")
def _(grassland: Grassland) -> None:
    for site in grassland.of("样点", "样点类别", "监测"):
        for layer in ("1", "2"):
            before = grassland.row("土壤样", f"{site['样点号']}-前{layer}")
            now = grassland.row("土壤样", f"{site['样点号']}-本{layer}")
            now["有机碳含量"] = f"{Decimal(before['有机碳含量']) - Decimal('0.30'):.2f}"


# --- sites ---------------------------------------------------------------------------


@damage("样点出界", "a monitoring site outside its parcel", "NG-SITE-PLACE M301")
def _(grassland: Grassland) -> None:
    x, y = grassland.sites["M301"]
    grassland.sites["M301"] = (x, round(y - 0.5, 6))


@damage("对照在项目内", "a control site within the project", "NG-CONTROL-OUTSIDE D101",
        "NG-SITE-ONCE D101 M110")  # fmt: skip
def _(grassland: Grassland) -> None:
    grassland.sites["D101"] = grassland.sites["M110"]


@damage("对照太远", "a control site more than 250 km away", "NG-CONTROL-FAR D201")
def _(grassland: Grassland) -> None:
    grassland.sites["D201"] = (122.7, 48.9)


@damage("样点无位置", "a site without a place", "NG-SITE-PLACE M302", "NG-SITE-ONCE M302",
        "NG-CONTROL-FAR D301 D302 D303", problems=("row-without-boundary",))  # fmt: skip
def _(grassland: Grassland) -> None:
    del grassland.sites["M302"]


cell("对照土类不同", "a control site on another soil", "样点", "D302", "样点土类", "草甸土",
     "NG-CONTROL-LIKE D302")  # fmt: skip
cell("样点移位", "a site that was moved", "样点", "M113", "位置变动", "是", "NG-FIXED M113")

# --- emissions and claim -------------------------------------------------------------

cell("项目用火", "a fire set by the project", "火烧", "H-1", "项目用火", "是", "NG-NO-FIRE H-1")
cell("略去大源", "a source left out that is not negligible", "排放源", "燃料", "源排放", "103",
     "NG-MINIMIS 燃料")  # fmt: skip
cell("版本混用", "factors of another edition", "碳层", "S-4", "层因子版本", "2019",
     "NG-EDITION S-4")  # fmt: skip


@damage("速率超上限", "a change by factors above the cap", "NG-FACTOR-RATE S-4", "NG-RATE-CAP S-4",
        reported=True)  # fmt: skip
def _(grassland: Grassland) -> None:
    grassland.row("碳层", "S-4")["申报速率"] = "0.85"


@damage("漏扣不确定性", "a claim without its uncertainty", "NG-UNCERTAINTY", "NG-CLAIM",
        reported=True)  # fmt: skip
def _(grassland: Grassland) -> None:
    claim = grassland.facts["申报"]
    claim |= {"申报不确定性": "0%", "申报量": f"{int(claim['申报量']) * 102 // 100}"}


@damage("缓冲比例过低", "a buffer below the minimum rating", "NG-BUFFER-RATE")
def _(grassland: Grassland) -> None:
    grassland.facts["申报"]["缓冲比例"] = "11.9%"


@damage("少缴缓冲", "half of the buffer", "NG-BUFFER", reported=True)
def _(grassland: Grassland) -> None:
    claim = grassland.facts["申报"]
    claim["缓冲量"] = str(int(claim["缓冲量"]) // 2)


@damage("多报", "a claim of two tonnes too many", "NG-CLAIM", reported=True)
def _(grassland: Grassland) -> None:
    claim = grassland.facts["申报"]
    claim["申报量"] = str(int(claim["申报量"]) + 2)
