"""Works out what the shrub project reports, from its own tables, apart from the engine.

In decimals of 50 digits, step by step: plant, plot, stratum, change, uncertainty, discount, cover,
baseline, claim. It is the oracle the engine is held to.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from .state import Row, ShrubProject

CO2 = Decimal(44) / Decimal(12)
QUARTER_PI = Decimal("0.785398163397448")
# The published equations of the whole plant, g from m³: factor, exponent, constant.
WHOLE = {
    "柠条锦鸡儿": (Decimal("1069.59"), Decimal("0.90"), Decimal(0)),
    "小叶锦鸡儿": (Decimal("2319.75"), Decimal(1), Decimal("117.36")),
}
# Two-sided 90 % quantiles of Student's t by degrees of freedom, from tables.
T_VALUES = {
    6: "1.943180281",
    7: "1.894578605",
    8: "1.859548038",
    9: "1.833112933",
    10: "1.812461123",
    56: "1.672522303",
    57: "1.672028888",
}
TIERS = (("0.10", "0"), ("0.15", "0.25"), ("0.20", "0.50"), ("0.30", "0.75"))


def number(text: str) -> Decimal:
    """The number a text begins with: units stand behind."""
    return Decimal(text.split()[0].rstrip("%"))


def mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def plant_carbon(project: ShrubProject, plant: Row) -> Decimal:
    """Carbon of a plant in tC; a dead one has none."""
    if plant["植株状态"] == "枯死":
        return Decimal(0)
    species = plant["植株树种"]
    factor, exponent, constant = WHOLE[species]
    crown = project.row("采用方程", 方程树种=species, 方程部位="全株")["冠幅面积算式"]
    volume = (
        (QUARTER_PI if crown == "椭圆" else 1)
        * number(plant["冠幅长轴"])
        * number(plant["冠幅短轴"])
        * number(plant["株高"])
    )
    grams = factor * volume**exponent + constant
    carbon = number(project.row("树种参数", 参数树种=species)["采用含碳率"])
    return grams / 1_000_000 * carbon


def densities(project: ShrubProject, stratum: str, time: str) -> list[Decimal]:
    """tCO2 per hectare of each plot of a stratum."""
    sums = {
        row["样地号"]: Decimal(0) for row in project.tables["样地"] if row["样地碳层"] == stratum
    }
    for plant in project.tables["植株"]:
        if plant["所在样地"] in sums and plant["期次"] == time:
            sums[plant["所在样地"]] += plant_carbon(project, plant)
    areas = {
        row["样地号"]: number(row["样地长"]) * number(row["样地宽"]) / 10_000
        for row in project.tables["样地"]
    }
    return [carbon / areas[plot] * CO2 for plot, carbon in sums.items()]


def cover_stock(project: ShrubProject, row: Row, when: str) -> Decimal:
    """tCO2 of a stratum by crown cover."""
    cover = number(row[f"灌木{when}盖度"]) / 100
    if cover < Decimal("0.05"):
        return Decimal(0)
    forest = number(project.facts["工具14"]["森林平均地上生物量"])
    above = Decimal("0.10") * forest * cover * number(row["灌木层面积"])
    return above * Decimal("1.40") * Decimal("0.47") * CO2


def discount(half_width: Decimal) -> Decimal:
    """The share of a relative half-width that is discounted; it lies clear of every limit."""
    for limit, _ in TIERS:
        assert abs(half_width / Decimal(limit) - 1) > Decimal("0.005"), half_width
    return next((Decimal(rate) for limit, rate in TIERS if half_width < Decimal(limit)), Decimal(1))


def counted(stratum: Row, stock: Decimal) -> Decimal:
    """What counts of a stock: where shrubs are cut in cycles no more than the long-term mean."""
    return min(stock, number(stratum["长期平均储量"])) if stratum["周期平茬"] == "是" else stock


def cover_of_transects(project: ShrubProject, stratum: str) -> Decimal:
    """The cover of a stratum in per cent, its transects weighted by length."""
    lines = {
        row["样线号"]: number(row["样线长"])
        for row in project.tables["样线"]
        if row["样线碳层"] == stratum
    }
    under = sum(
        (
            number(row["止点"]) - number(row["起点"])
            for row in project.tables["截段"]
            if row["截段样线"] in lines
        ),
        Decimal(0),
    )
    return under / sum(lines.values(), Decimal(0)) * 100


def reckon(project: ShrubProject, *, covers: bool = True) -> dict[str, Decimal]:
    """Fills in all reported figures, and gives the steps. `covers`: the present cover of a
    stratum is taken from its transects."""
    with localcontext(Context(prec=50)):
        return _reckon(project, covers)


def _reckon(project: ShrubProject, covers: bool) -> dict[str, Decimal]:
    measured = [row for row in project.tables["碳层"] if row["计量方法"] == "实测法"]
    whole = sum((number(row["碳层面积"]) for row in measured), Decimal(0))
    change, average, variance, plots = Decimal(0), Decimal(0), Decimal(0), 0
    for stratum in measured:
        area = number(stratum["碳层面积"])
        before = densities(project, stratum["碳层号"], "前期")
        after = densities(project, stratum["碳层号"], "本期")
        then, now = mean(before) * area, mean(after) * area
        stratum["申报前期储量"], stratum["申报本期储量"] = f"{then:.2f}", f"{now:.2f}"
        change += counted(stratum, now) - counted(stratum, then)
        grown = [b - a for a, b in zip(before, after, strict=True)]
        spread = sum(((g - mean(grown)) ** 2 for g in grown), Decimal(0)) / (len(grown) - 1)
        average += area / whole * mean(grown)
        variance += (area / whole) ** 2 * spread / len(grown)
        plots += len(grown)
    half_width = Decimal(T_VALUES[plots - len(measured)]) * variance.sqrt() / abs(average)
    discounted = change - discount(half_width) * half_width * abs(change)
    cover = Decimal(0)
    for row in project.tables["工具14灌木层"]:
        if covers:
            row["灌木本期盖度"] = f"{cover_of_transects(project, row['灌木层号']):.1f}%"
        then, now = cover_stock(project, row, "前期"), cover_stock(project, row, "本期")
        row["灌木层前期储量"], row["灌木层本期储量"] = f"{then:.2f}", f"{now:.2f}"
        cover += now - then
    baseline = Decimal(0)
    for row in project.tables["基线灌木"]:
        gained = max(number(row["基线本期生物量"]) - number(row["基线前期生物量"]), Decimal(0))
        co2 = (
            gained
            * number(row["基线面积"])
            * (1 + number(row["基线根茎比"]))
            * number(row["基线含碳率"])
            * CO2
        )
        row["申报基线变化"] = f"{co2:.2f}"
        baseline += co2
    net = discounted + cover - baseline
    project.facts["工具14"]["申报灌木变化"] = f"{cover:.2f} tCO2e"
    facts = project.facts["项目"]
    facts["申报实测变化"] = f"{change:.2f} tCO2e"
    facts["申报不确定性"] = f"{half_width * 100:.2f}%"
    facts["申报净变化"] = f"{net:.2f} tCO2e"
    return {"change": change, "half_width": half_width, "net": net, "discounted": discounted}
