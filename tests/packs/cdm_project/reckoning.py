"""Works out what the project reports, from its own tables, apart from the engine.

All in decimals of 28 digits, with the arithmetic written out step by step: trees, plots, strata,
shrubs, dead wood, soil, fires, leakage, net removals. It is the oracle the engine is held to.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Context, Decimal, localcontext

from .state import Project, Row

D = Decimal
CO2 = D(44) / D(12)
PI = D("3.14159265358979")
T_TREES = D("1.7171443743802424")  # two-sided 90 %, 22 degrees of freedom
DECAY = {"坚实": D(1), "中等": D("0.80"), "腐朽": D("0.45")}


def number(text: str) -> Decimal:
    """The number of a text that may carry a unit."""
    return D(text.split()[0].rstrip("%"))


def above(project: Project, tree: Row, when: str) -> Decimal:
    """Above-ground biomass of a tree in kg, `when` before or now; nought where not measured."""
    suffix = "_before" if when == "before" else ""
    if tree[when] == "no":
        return D(0)
    equation = project.row("t14_equations", species=tree["species"])
    value = D(equation["a"]) * D(tree["dbh" + suffix]) ** D(equation["b"])
    if D(equation["c"]):
        value *= D(tree["height" + suffix]) ** D(equation["c"])
    if equation["kind"] == "材积式":
        value *= D(equation["density"]) * D(equation["expansion"]) * 1000
    return value


def whole(project: Project, plot: Row, when: str) -> Decimal:
    """Biomass of a plot with roots, in t/ha."""
    hectares = D(plot["area"]) / 10000
    trees = [t for t in project.tables["t14_trees"] if t["plot"] == plot["id"]]
    masses = [above(project, t, when) for t in trees]
    bare = sum(masses, D(0)) / 1000 / hectares
    default = ((D("0.9256") * bare.ln() - D("1.085")).exp() / bare) if bare else D(0)
    total = D(0)
    for tree, mass in zip(trees, masses, strict=True):
        ratio = project.row("t14_equations", species=tree["species"])["root_shoot"]
        total += mass * (1 + (D(ratio) if ratio else default))
    return total / 1000 / hectares


def mean(values: list[Decimal]) -> Decimal:
    return sum(values, D(0)) / len(values)


def spread(values: list[Decimal]) -> Decimal:
    """Sample variance."""
    middle = mean(values)
    return sum(((v - middle) ** 2 for v in values), D(0)) / (len(values) - 1)


def share(uncertainty: Decimal) -> Decimal:
    """The share of the half width that is discounted; it must lie clear of every limit."""
    for limit in ("0.10", "0.15", "0.20", "0.30"):
        assert abs(uncertainty / D(limit) - 1) > D("0.002"), uncertainty
    limits = (("0.10", "0"), ("0.15", "0.25"), ("0.20", "0.50"), ("0.30", "0.75"))
    return next((D(s) for limit, s in limits if uncertainty < D(limit)), D(1))


def two(value: Decimal) -> str:
    return f"{value:.2f}"


def reckon(project: Project) -> None:
    """Fills in all reported figures."""
    with localcontext(Context(prec=28)):
        trees = _trees(project)
        dead, litter = _dead_wood(project, trees)
        stocks = trees["discounted"] + _shrubs(project) + dead + litter
        years = number(project.facts["claim"]["years"])
        stocks += _soil(project) * min(years, D(project.facts["t16"]["elapsed"]))
        _measured(project)
        _differences(project)
        burnt, leakage = _fires(project), _leakage(project)
        baseline = _baseline(project)
        if project.facts["t14"]["first"] == "yes":
            stocks -= sum((D(r["reported_stock"]) for r in project.tables["t14_baseline"]), D(0))
        facts = project.facts["claim"]
        facts["baseline"] = f"{two(baseline)} tCO2e"
        facts["stocks"] = f"{two(stocks)} tCO2e"
        facts["actual"] = f"{two(stocks - burnt)} tCO2e"
        facts["leakage"] = f"{two(leakage)} tCO2e"
        net = stocks - burnt - baseline - leakage
        facts["net"] = f"{two(net)} tCO2e"
        whole_tonnes = max(net, D(0)).quantize(D(1), rounding=ROUND_FLOOR)
        facts["claimed"] = f"{whole_tonnes:f} tCO2e"


def _trees(project: Project) -> dict[str, Decimal]:
    strata = project.tables["t14_strata"]
    area = sum((D(s["area"]) for s in strata), D(0))
    change, average, variance = D(0), D(0), D(0)
    totals: dict[str, Decimal] = {}
    samples: list[Row] = []
    for stratum in strata:
        plots = [p for p in project.tables["t14_plots"] if p["stratum"] == stratum["id"]]
        before = [whole(project, p, "before") for p in plots]
        now = [whole(project, p, "now") for p in plots]
        grown = [n - b for n, b in zip(now, before, strict=True)]
        factor = D(stratum["area"]) * D("0.47") * CO2
        stratum["reported_before"] = two(mean(before) * factor)
        stratum["reported"] = two(mean(now) * factor)
        totals[stratum["id"] + " before"] = mean(before) * factor
        totals[stratum["id"]] = mean(now) * factor
        change += mean(grown) * factor
        weight = D(stratum["area"]) / area
        average += weight * mean(grown)
        variance += weight**2 * spread(grown) / len(grown)
        samples.append(
            {
                "estimate": "TREES",
                "stratum": stratum["id"],
                "area": stratum["area"],
                "plots": str(len(plots)),
                "mean": f"{mean(grown):.6f}",
                "deviation": f"{spread(grown).sqrt():.6f}",
            }
        )
    uncertainty = T_TREES * variance.sqrt() / abs(average)
    discounted = change - share(uncertainty) * uncertainty * abs(change)
    percent = f"{uncertainty * 100:.2f}"
    if "interval" in project.facts["t14"]:
        yearly = change / number(project.facts["t14"]["interval"])
        project.facts["t14"]["yearly"] = f"{yearly:.2f} tCO2e/yr"
    project.facts["t14"] |= {
        "tree_uncertainty": f"{percent}%",
        "tree_change": f"{two(discounted)} tCO2e",
    }
    # The same estimate by appendix 2, from its value and uncertainty as reported.
    cut = share(D(percent) / 100) * D(percent) / 100 * change
    project.tables["t14_samples"] = samples
    project.tables["t14_estimates"] = [
        {"id": "TREES", "side": "项目估计", "value": two(change), "uncertainty": percent,
         "discounted": two(change - cut)}
    ]  # fmt: skip
    return totals | {"discounted": discounted}


def _dead_wood(project: Project, trees: dict[str, Decimal]) -> tuple[Decimal, Decimal]:
    strata = []
    before, now = D(0), D(0)
    for stratum in project.tables["t14_strata"]:
        name = stratum["id"]
        row = {"id": name, "biome": "温寒带", "left": "yes"}
        row |= {"trees_before": two(trees[name + " before"]), "trees": two(trees[name])}
        strata.append(row)
        before += D(row["trees_before"])
        now += D(row["trees"])
    project.tables["t12_strata"] = strata
    dead, litter = (now - before) * D("0.08"), (now - before) * D("0.04")
    project.facts["t12"]["dead_wood_change"] = f"{two(dead)} tCO2e"
    project.facts["t12"]["litter_change"] = f"{two(litter)} tCO2e"
    return dead, litter


def _shrubs(project: Project) -> Decimal:
    forest = number(project.facts["t14"]["forest_biomass"])
    change = {"项目": D(0), "基线": D(0)}
    for row in project.tables["t14_shrub_strata"]:
        stocks = []
        for cover in (row["cover_before"], row["cover"]):
            used = D("0.5") if row["cyclic"] == "yes" else D(cover) / 100
            biomass = D("0.10") * forest * used if used >= D("0.05") else D(0)
            stocks.append(biomass * D("1.40") * D("0.47") * CO2 * D(row["area"]))
        row["reported_before"], row["reported"] = map(two, stocks)
        change[row["scenario"]] += stocks[1] - stocks[0]
    project.facts["t14"]["shrub_change"] = f"{two(change['项目'])} tCO2e"
    project.facts["t14"]["shrub_baseline"] = f"{two(change['基线'])} tCO2e"
    return change["项目"]


def _baseline(project: Project) -> Decimal:
    """The baseline change of the period: trees by crown cover, and shrubs."""
    facts = project.facts["t14"]
    factor = D("0.47") * D("1.25") * CO2
    yearly = D(0)
    for row in project.tables["t14_baseline"]:
        part = factor * D(row["cover"]) / 100 * D(row["area"])
        stock = part * number(facts["forest_biomass"]) if row["stock_zero"] == "no" else D(0)
        grows = row["change_zero"] == "no" and number(facts["elapsed"]) < 20
        change = part * number(facts["forest_growth"]) if grows else D(0)
        row["reported_stock"], row["reported_change"] = two(stock), two(change)
        yearly += change
    claim = project.facts["claim"]
    return (
        yearly * number(claim["years"])
        + number(facts["shrub_baseline"])
        + number(claim["dead_baseline"])
        + number(claim["litter_baseline"])
    )


def _soil(project: Project) -> Decimal:
    """The change of soil carbon in a year; both strata are of sandy soil, 34 tC/ha."""
    factors = {"草地": D("0.70"), "长期耕地": D("0.80") * D("0.95")}
    total = D(0)
    for row in project.tables["t16_strata"]:
        initial = 34 * factors[row["use"]]
        loss = initial * D("0.10") if D(row["disturbed"]) > 10 else D(0)
        rate = min((34 - (initial - loss)) / 20, D("0.8"))
        row["rate"] = f"{rate:.4f}"
        total += rate * D(row["area"]) * CO2
    project.facts["t16"]["reported"] = f"{two(total)} tCO2e"
    return total


def _measured(project: Project) -> None:
    """Dead wood and litter as measured on one plot."""
    tables = project.tables
    for row in tables["t12_standing"]:
        mass = D(row["volume"]) * D(row["density"]) * D(row["expansion"])
        factor = {"无缺失": D(1), "叶和细枝": D("0.975"), "小枝": D("0.80")}[row["lost"]]
        row["reported"] = f"{mass * (1 + D(row['root_shoot'])) * factor:.5f}"
    for row in tables["t12_stumps"]:
        height = D(row["height"])
        if height < 4:
            diameter = D(row["middle"])
        else:
            ratio = height / (height - D(row["dbh_height"]))
            diameter = D("0.57") * D(row["dbh"]) * ratio ** D("0.80")
        volume = PI / 4 * (diameter / 100) ** 2 * height * DECAY[row["decay"]]
        mass = volume * D(row["density"]) * (1 + D(row["root_shoot"]))
        row["reported"] = f"{mass * D('0.5') * CO2:.5f}"
    for row in tables["t12_lines"]:
        pieces = [p for p in tables["t12_pieces"] if p["plot"] == row["plot"]]
        total = sum((D(p["diameter"]) ** 2 * DECAY[p["decay"]] for p in pieces), D(0))
        volume = PI**2 / (8 * D(row["length"])) * total * D(row["area"])
        row["reported"] = f"{volume * D(row['density']) * D('0.5') * CO2:.4f}"
    for row in tables["t12_litter"]:
        # The dry mass of the samples, brought up to the plot.
        dry = D(row["wet"]) * D(row["sub_dry"]) / D(row["sub_wet"]) / 1000
        mass = dry * D(row["area"]) / (D(row["samples"]) * D(row["frame"]))
        row["reported"] = f"{mass * D('0.37') * CO2:.4f}"


def _differences(project: Project) -> None:
    for row in project.tables["t14_differences"]:
        before, half = D(row["before"]), D(row["before"]) * D(row["before_uncertainty"])
        if row["way"] == "两期相减":
            change = D(row["after"]) - before
            other = D(row["after"]) * D(row["after_uncertainty"])
            row["change"] = two(change)
            row["change_uncertainty"] = two((half**2 + other**2).sqrt() / abs(change))
        else:
            after = before + D(row["change"])
            other = D(row["change"]) * D(row["change_uncertainty"])
            row["after"] = two(after)
            row["after_uncertainty"] = two((half**2 + other**2).sqrt() / after)


def _fires(project: Project) -> Decimal:
    total = D(0)
    fires = project.tables["t08_fires"]
    least = D("0.05") * number(project.facts["t08"]["project_area"])
    for row in fires:
        if row["kind"] == "剩余物用火":
            emitted = D("0.07") * CO2 * D(row["harvested"]) * D("0.10") * D("0.50")
        else:
            year = [
                D(f["area"])
                for f in fires
                if f["kind"] == "森林火灾" and f["date"][:4] == row["date"][:4]
            ]
            area = D(row["area"])
            gases = D("4.7") * 28 + D("0.26") * 265
            emitted = area * D(row["tree_biomass"]) * D("0.45") * gases / 1000
            emitted += D("0.07") * area * (D(row["dead_wood"]) + D(row["litter"]))
            if sum(year, D(0)) < least:
                emitted = D(0)
        row["reported"] = two(emitted)
        total += emitted
    project.facts["t08"]["reported"] = f"{two(total)} tCO2e"
    return total


def _leakage(project: Project) -> Decimal:
    total = D(0)
    for row in project.tables["t15_displacements"]:
        lost = D(0)
        if row["claimed_zero"] == "no":
            area = D(row["area"])
            trees = D("1.1") * D(row["tree_biomass"]) * D("1.25")
            lost = (trees + D(row["shrub_biomass"]) * D("1.40")) * D("0.47") * area
            if row["activity"] == "种植":
                fall = D(row["factor_before"]) - D(row["factor_after"])
                lost += max(D(row["soc_reference"]) * fall * area, D(0))
        row["reported"] = two(lost * CO2)
        total += lost * CO2
    project.facts["t15"]["reported"] = f"{two(total)} tCO2e"
    return total
