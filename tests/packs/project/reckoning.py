"""Works out what the project reports, from its own tables, apart from the engine.

All in decimals of 50 digits, with the arithmetic written out step by step: carbon of a tree,
plot, stratum, change, discount, fire, claim. It is the oracle the engine is held to.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Context, Decimal, localcontext

from .state import Project, Row

CO2 = Decimal(44) / Decimal(12)
T_VALUE = Decimal("1.67")  # two-sided 90 %, some 67 degrees of freedom
NON_PERMANENCE = Decimal("0.10")
SHRUB = Decimal("1.40") * Decimal("0.47")  # with roots, and the share of carbon
BIOMASS_RATIO = Decimal("0.10")


def number(text: str) -> Decimal:
    return Decimal(text)


def tree_carbon(project: Project, tree: Row, when: str) -> Decimal:
    """Carbon of a tree in tC, `when` 前期 or 本期; zero where it did not stand."""
    if tree["样木状态"] == "进界木" and when == "前期":
        return Decimal(0)
    if tree["样木状态"] in ("枯死木", "采伐木") and when == "本期":
        return Decimal(0)
    equation = project.row("方程", "适用树种", tree["样木树种"])
    value = number(equation["系数a"]) * number(tree[f"{when}胸径(cm)"]) ** number(equation["系数b"])
    if number(equation["系数c"]):
        value *= number(tree[f"{when}树高(m)"]) ** number(equation["系数c"])
    if equation["方程类别"] == "材积方程":
        value *= number(equation["木材密度"]) * number(equation["生物量扩展因子"])
    else:
        value /= 1000
    return value * (1 + number(equation["根茎比"])) * number(equation["含碳率"])


def densities(project: Project, stratum: Row, when: str) -> list[Decimal]:
    """tCO2 per hectare of each plot or quadrat of a stratum."""
    name = stratum["碳层号"]
    route = stratum["核算方法"]
    if route in ("生物量方程法", "蓄积量法"):
        by_plot: dict[str, Decimal] = {
            row["样地号"]: Decimal(0) for row in project.tables["样地"] if row["所属碳层"] == name
        }
        for tree in project.tables["样木"]:
            if tree["所在样地"] in by_plot:
                by_plot[tree["所在样地"]] += tree_carbon(project, tree, when)
        areas = {row["样地号"]: number(row["样地面积(m2)"]) for row in project.tables["样地"]}
        return [carbon / (areas[plot] / 10000) * CO2 for plot, carbon in by_plot.items()]
    quadrats = [row for row in project.tables["灌木样方"] if row["样方碳层"] == name]
    if route == "灌木实测法":
        return [
            number(row[f"{when}灌木生物量(kg d.m.)"])
            / 1000
            / (number(row["样方面积(m2)"]) / 10000)
            * SHRUB
            * CO2
            for row in quadrats
        ]
    forest = number(project.facts["项目"]["森林地上生物量"].split()[0])
    return [
        BIOMASS_RATIO * forest * number(row[f"{when}覆盖度(%)"]) / 100 * SHRUB * CO2
        for row in quadrats
    ]


def mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def discount(half_width: Decimal) -> Decimal:
    """The discount for a relative half-width, which must lie clear of every limit."""
    for limit in ("0.10", "0.20", "0.30"):
        assert abs(half_width / Decimal(limit) - 1) > Decimal("0.03"), half_width
    assert half_width < Decimal("0.30")
    return (
        Decimal("0")
        if half_width < Decimal("0.10")
        else (Decimal("0.06") if half_width < Decimal("0.20") else Decimal("0.11"))
    )


def reckon(project: Project) -> dict[str, Decimal]:
    """Fills in all reported figures: areas, stocks, change, fire, claim. Gives the steps."""
    with localcontext(Context(prec=50)):
        return _reckon(project)


def _reckon(project: Project) -> dict[str, Decimal]:
    change = Decimal(0)
    variance = Decimal(0)
    areas = {
        row["碳层号"]: sum(
            (
                number(p["面积(亩)"])
                for p in project.tables["地块"]
                if p["所属碳层号"] == row["碳层号"]
            ),
            Decimal(0),
        )
        / 15
        for row in project.tables["碳层"]
    }
    whole = sum(areas.values(), Decimal(0))
    for stratum in project.tables["碳层"]:
        area = areas[stratum["碳层号"]]
        before = densities(project, stratum, "前期")
        after = densities(project, stratum, "本期")
        stratum["碳层面积(hm2)"] = f"{area:.2f}"
        stratum["前期申报碳储量"] = f"{mean(before) * area:.2f}"
        stratum["本期申报碳储量"] = f"{mean(after) * area:.2f}"
        change += (mean(after) - mean(before)) * area
        grown = [now - then for now, then in zip(after, before, strict=True)]
        spread = sum(((g - mean(grown)) ** 2 for g in grown), Decimal(0)) / (len(grown) - 1)
        variance += (area / whole) ** 2 * spread / len(grown)
    half_width = T_VALUE * variance.sqrt() / (change / whole)
    rate = discount(half_width)
    fire_emission = Decimal(0)
    for fire in project.tables["火灾"]:
        burnt = number(fire["过火面积(hm2)"]) * number(fire["过火前生物量"])
        emitted = burnt * Decimal("0.45") * (Decimal("4.7") * 28 + Decimal("0.26") * 265) / 1000
        fire["申报火灾排放"] = f"{emitted:.4f}"
        fire_emission += emitted
    kept = change * (1 - rate) - fire_emission
    claim = (kept * (1 - NON_PERMANENCE)).quantize(Decimal(1), rounding=ROUND_FLOOR)
    project.facts["核算"]["申报碳储量变化量"] = f"{change:.2f}"
    state_claim(project, claim)
    return {
        "change": change,
        "half_width": half_width,
        "discount": rate,
        "fire": fire_emission,
        "claim": claim,
    }


def state_claim(project: Project, claim: Decimal) -> None:
    """Writes an amount as claimed and as verified."""
    project.facts["申报"]["申请登记量"] = f"{claim:f}"
    project.facts["申报"]["核查确认量"] = f"{claim:f}"
