"""Works out what the grassland reports, from its own tables, apart from the engine.

All in decimals of 50 digits, with the arithmetic written out step by step. It is the oracle the
engine is held to.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal, localcontext

from tests.packs.project.state import Row

from .state import Grassland

PI = Decimal("3.14159265358979")
CO2 = Decimal(44) / Decimal(12)
QUANTILE = Decimal("0.4307")
GWP_CH4, GWP_N2O = 28, 265


def number(text: str) -> Decimal:
    return Decimal(text)


def years(first: str, last: str) -> Decimal:
    return Decimal((date.fromisoformat(last) - date.fromisoformat(first)).days) / Decimal("365.25")


def mass(sample: Row) -> Decimal:
    """Soil of a composite sample in t/ha: grams per square millimetre of core, times 10,000."""
    face = PI * (number(sample["土钻内径(mm)"]) / 2) ** 2 * number(sample["钻数"])
    return number(sample["土样质量(g)"]) / face * 10000


def stock(samples: list[Row], equivalent: Decimal) -> Decimal:
    """Carbon in t/ha down to an equivalent mass, layer by layer from the surface."""
    carbon, left = Decimal(0), equivalent
    for sample in sorted(samples, key=lambda sample: number(sample["上界(cm)"])):
        taken = min(left, mass(sample))
        carbon += taken * number(sample["有机碳含量"]) / 1000
        left -= taken
    return carbon


def mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def variance(values: list[Decimal]) -> Decimal:
    middle = mean(values)
    return sum(((value - middle) ** 2 for value in values), Decimal(0)) / (len(values) - 1)


def reckon(grassland: Grassland) -> dict[str, Decimal]:
    """Fills in all reported figures. Gives the steps of the claim."""
    with localcontext(Context(prec=50)):
        reckon_grazing(grassland)
        rates = reckon_sites(grassland)
        reckon_herds(grassland)
        return reckon_claim(grassland, rates)


def reckon_grazing(grassland: Grassland) -> None:
    units = {row["畜种"]: number(row["羊单位系数"]) for row in grassland.tables["畜群"]}
    areas = {row["草场号"]: number(row["草场面积(ha)"]) for row in grassland.tables["草场"]}
    for row in grassland.tables["季节放牧"]:
        carried = (
            areas[row["所用草场"]]
            * number(row["可食产量(kg/ha)"])
            * number(row["利用率(%)"])
            / 100
            / (number(row["放牧天数"]) * Decimal("1.8"))
        )
        heads = grassland.of("在牧牲畜", "所属放牧", row["放牧号"])
        stocked = sum((number(h["在牧头数"]) * units[h["在牧畜种"]] for h in heads), Decimal(0))
        row["申报载畜量"], row["申报实载"] = f"{carried:.1f}", f"{stocked:f}"


def reckon_sites(grassland: Grassland) -> dict[str, Decimal]:
    """Yearly change of carbon per hectare by site."""
    rates = {}
    for site in grassland.tables["样点"]:
        samples = grassland.of("土壤样", "土样样点", site["样点号"])
        before = [sample for sample in samples if sample["期次"] == "前期"]
        now = [sample for sample in samples if sample["期次"] == "本期"]
        # The mass of the earlier campaign down to 30 cm, which both must have reached.
        equivalent = min(
            sum((mass(s) for s in before if number(s["上界(cm)"]) < 30), Decimal(0)),
            sum(map(mass, before), Decimal(0)),
            sum(map(mass, now), Decimal(0)),
        ).quantize(Decimal(1), rounding=ROUND_FLOOR)
        site["等效质量(t/ha)"] = f"{equivalent:f}"
        first, last = stock(before, equivalent), stock(now, equivalent)
        site["申报前期碳"], site["申报本期碳"] = f"{first:.3f}", f"{last:.3f}"
        rates[site["样点号"]] = (last - first) / years(site["前期日期"], site["本期日期"])
        quadrats = grassland.of("样方", "样方样点", site["样点号"])
        roots = grassland.of("根钻", "根样样点", site["样点号"])
        above = sum((number(q["干重(g)"]) for q in quadrats), Decimal(0))
        site["申报地上生物量"] = f"{above / len(quadrats):.3f}" if quadrats else ""
        face = PI * Decimal(35) ** 2 * 3 / 1000000
        below = sum((number(r["根干重(g)"]) for r in roots), Decimal(0)) / face
        site["申报地下生物量"] = f"{below:.2f}" if roots else ""
    return rates


def methane(row: Row) -> Decimal:
    """Enteric and manure methane of a head in tCO2e a year."""
    solids = number(row["挥发固体率"]) * number(row["活重(kg)"]) / 1000 * 365
    manure = solids * number(row["粪便管理比例(%)"]) / 100 * number(row["粪便因子"])
    return GWP_CH4 * (number(row["肠道因子"]) / 1000 + manure / 1000000)


def reckon_herds(grassland: Grassland) -> None:
    for row in grassland.tables["畜群"]:
        row["申报牲畜排放"] = f"{number(row['项目头数']) * methane(row):.3f}"
    for row in grassland.tables["火烧"]:
        burnt = number(row["过火面积"]) * number(row["过火生物量"]) * number(row["燃烧因子"])
        gases = number(row["甲烷因子"]) * GWP_CH4 + number(row["氧化亚氮因子"]) * GWP_N2O
        row["申报火烧排放"] = f"{burnt * gases / 1000:.4f}"


def reckon_claim(grassland: Grassland, rates: dict[str, Decimal]) -> dict[str, Decimal]:
    measured, by_factors, spread, area_measured = (Decimal(0) for _ in range(4))
    spreads = []
    for stratum in grassland.tables["碳层"]:
        name = stratum["层号"]
        parcels = grassland.of("地块", "所属层", name)
        area = sum((number(p["面积(ha)"]) for p in parcels), Decimal(0))
        stratum["层面积(ha)"] = f"{area:.2f}"
        if stratum["项目方法"] == "因子":
            reference = {"2006": Decimal(50), "2019": Decimal(43)}[stratum["层因子版本"]]
            rate = reference * (Decimal("1.00") - Decimal("0.70")) / 20
            by_factors += rate * area * CO2
        else:
            sites = grassland.of("样点", "样点层", name)
            seen = [rates[s["样点号"]] for s in sites if s["样点类别"] == "监测"]
            control = [rates[s["样点号"]] for s in sites if s["样点类别"] == "对照"]
            rate = mean(seen) - mean(control)
            measured += rate * area * CO2
            area_measured += area
            spreads.append((area, variance(seen) / len(seen) + variance(control) / len(control)))
        stratum["申报速率"] = f"{rate:.4f}"
    for area, share in spreads:
        spread += (area / area_measured) ** 2 * share
    half = min(QUANTILE * spread.sqrt() / abs(measured / area_measured / CO2), Decimal(1))
    start, end = grassland.facts["申报"]["核算期"].split("/")
    last = date.fromordinal(date.fromisoformat(end).toordinal() + 1).isoformat()
    period = years(start, last)
    # A loss is not made smaller by its uncertainty, and takes nothing from the buffer.
    kept = measured * (1 - half) if measured >= 0 else measured
    certain = (kept + by_factors) * period
    rate = number(grassland.facts["申报"]["缓冲比例"].rstrip("%")) / 100
    buffer = (max(certain, Decimal(0)) * rate).quantize(Decimal(1), rounding=ROUND_CEILING)
    herds = sum(
        (
            (number(row["项目头数"]) - number(row["基线头数"])) * methane(row)
            for row in grassland.tables["畜群"]
        ),
        Decimal(0),
    )
    fires = sum((number(row["申报火烧排放"]) for row in grassland.tables["火烧"]), Decimal(0))
    leakage = number(grassland.facts["工具15"]["申报泄漏总量"])
    net = certain - max(herds, Decimal(0)) * period - fires - leakage - buffer
    claim = max(net, Decimal(0)).quantize(Decimal(1), rounding=ROUND_FLOOR)
    grassland.facts["申报"] |= {
        "申报土壤碳变化": f"{measured + by_factors:.2f}",
        "申报不确定性": f"{half * 100:.3f}%",
        "缓冲量": f"{buffer:f}",
        "申报量": f"{claim:f}",
    }
    return {"measured": measured, "uncertainty": half, "certain": certain, "claim": claim}
