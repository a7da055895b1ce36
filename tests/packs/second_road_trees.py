"""The second road through tables of forest inventories: plots, trees, seedlings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from tests.packs.second_road import PI, Found, Row, circle, near, number, table, whole

CODES = {0, 444, 555, 666, 777, 888, 999}


def shared_checks(trees: list[Row], caliper: str, tall: str) -> Found:
    """What all three inventories are asked."""
    found: Found = {}
    for tree in trees:
        row = tree["#"]
        dbh, height = number(tree["dbh"]), number(tree["height"])
        factor = number(tree["density_factor"])
        if dbh is not None and dbh <= 0:
            found["INV-DBH", row] = f"dbh is written {tree['dbh']}"
        if height is not None and height <= 0:
            found["INV-HEIGHT", row] = f"height is written {tree['height']}"
        if height is not None and height > Decimal(tall):
            found["INV-TALL", row] = f"{height} > {tall}"
        if tree["sp_code"] and not tree["sp_name"]:
            found["INV-NAME", row] = f"sp_code is {tree['sp_code']}, sp_name is empty"
        if dbh is None or dbh <= 0:
            continue
        if factor is not None and not tree["sp_code"]:
            found["INV-SPECIES", row] = f"dbh is {tree['dbh']}, sp_code is empty"
        if factor is not None and dbh < Decimal(caliper):
            found["INV-CALIPER", row] = f"{dbh} < {caliper}"
        if height is not None and height > 0:
            ratio = height * 100 / dbh
            if not 10 <= ratio <= 250:
                found["INV-SLENDER", row] = f"100 x {height} / {dbh} = {ratio:.4f}"
            if height < Decimal("1.3"):
                found["INV-BREAST", row] = f"{height} < 1.3"
    return found


def plots_of_trees(plots: list[Row], trees: list[Row]) -> Found:
    there = Counter((plot["id_unique_code"], plot["year"]) for plot in plots)
    found: Found = {}
    for plot in plots:
        if there[plot["id_unique_code"], plot["year"]] > 1:
            found["INV-PLOT-ONCE", plot["#"]] = "the pair of plot and year occurs again"
    for tree in trees:
        if (tree["id_unique_code"], tree["year"]) not in there:
            found["INV-PLOT", tree["#"]] = "the pair of plot and year is not among the plots"
    return found


def own_number(tree: Row) -> int | None:
    """The number a Spanish tree has in its own inventory, or a code."""
    column = "tree_id" if tree["version"] == "ifn2" else f"tree_{tree['version']}"
    return whole(tree[column])


def spain(folder: Path) -> Found:
    plots, trees = table(folder / "plots.csv"), table(folder / "trees.csv")
    found = {**shared_checks(trees, "7.5", "70"), **plots_of_trees(plots, trees)}
    visited = {(plot["id_unique_code"], plot["version"]) for plot in plots}
    numbers = Counter((tree["id_unique_code"], tree["year"], tree["tree_id"]) for tree in trees)

    by_number = {
        (tree["id_unique_code"], tree["version"], own_number(tree)): tree for tree in trees
    }
    named: set[tuple[str, str, int | None]] = set()
    before_of = {"ifn3": "ifn2", "ifn4": "ifn3"}
    after_of = {"ifn2": "ifn3", "ifn3": "ifn4"}
    for tree in trees:
        if tree["version"] in before_of:
            before = before_of[tree["version"]]
            named.add((tree["id_unique_code"], before, whole(tree[f"tree_{before}"])))
    for tree in trees:
        row, plot, version = tree["#"], tree["id_unique_code"], tree["version"]
        dbh, factor = number(tree["dbh"]), number(tree["density_factor"])
        if numbers[plot, tree["year"], tree["tree_id"]] > 1:
            found["INV-TREE-ONCE", row] = "plot, year and number occur again"
        if (
            dbh is not None
            and dbh > 0
            and factor is None
            and own_number(tree) not in {None, *CODES}
        ):
            found["INV-FACTOR", row] = f"dbh is {dbh}, density_factor is empty"
        if dbh is not None and dbh >= Decimal("7.5") and factor is not None:
            limits = (("42.5", "25"), ("22.5", "15"), ("12.5", "10"), ("7.5", "5"))
            radius = next(r for least, r in limits if dbh >= Decimal(least))
            if not near(factor, circle(radius), "0.00001"):
                found["INV-CIRCLE", row] = f"{factor}, a circle of {radius} m gives another"
        mine = own_number(tree)
        if version in after_of and mine is not None and mine not in CODES:
            after = after_of[version]
            if (plot, after) in visited and (plot, version, mine) not in named:
                found["INV-LOST", row] = f"no row of {after} on the plot names number {mine}"
        if version not in before_of:
            continue
        before = before_of[version]
        earlier = whole(tree[f"tree_{before}"])
        if earlier == 888 and mine is not None and mine not in CODES:
            found["INV-ALIVE", row] = f"888 before, {mine} now"
        if earlier is None or earlier in CODES:
            continue
        old = by_number.get((plot, before, earlier))
        if old is None:
            if (plot, before) in visited:
                found["INV-LINK", row] = f"no tree {earlier} in {before}"
            continue
        if tree["sp_code"] and old["sp_code"] and tree["sp_code"] != old["sp_code"]:
            found["INV-SAME-SPECIES", row] = f"row {old['#']} has {old['sp_code']}"
        old_dbh = number(old["dbh"])
        if dbh is None or dbh <= 0 or old_dbh is None:
            continue
        if dbh < old_dbh - 1:
            found["INV-SHRINK", row] = f"row {old['#']}: {old_dbh} - {dbh} = {old_dbh - dbh} > 1"
        years = int(tree["year"]) - int(old["year"])
        if years > 0 and old_dbh > 0 and dbh - old_dbh > 3 * years:
            found["INV-GROWTH", row] = f"{dbh} - {old_dbh} > 3 x {years}"
    return {**found, **out_of_bounds("spain-ifn-barcelona", folder, "120", "20000")}


def plot_sums(name: str, folder: Path) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """Basal area in m2 and stems per hectare, by plot and year."""
    counts: dict[str, Callable[[Row], bool]] = {
        "spain-ifn-barcelona": lambda tree: own_number(tree) not in {None, *CODES},
        "france-ffi-loire": lambda tree: number(tree["status"]) == 0,
        "usa-fia-alaska": lambda tree: number(tree["status"]) == 1,
    }
    made: dict[tuple[str, str], tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0),) * 2)
    for tree in table(folder / "trees.csv"):
        dbh, factor = number(tree["dbh"]), number(tree["density_factor"])
        if dbh is not None and dbh > 0 and factor is not None and counts[name](tree):
            key = (tree["id_unique_code"], tree["year"])
            area, stems = made[key]
            made[key] = area + factor * PI * dbh * dbh / 40_000, stems + factor
    return made


def out_of_bounds(name: str, folder: Path, basal: str, most: str) -> Found:
    """The plots whose sums no stand can have."""
    found: Found = {}
    made = plot_sums(name, folder)
    for plot in table(folder / "plots.csv"):
        area, stems = made[plot["id_unique_code"], plot["year"]]
        if area > Decimal(basal):
            found["INV-BASAL", plot["#"]] = f"{area:.4f} > {basal}"
        if stems > Decimal(most):
            found["INV-STEMS", plot["#"]] = f"{stems:.4f} > {most}"
    return found


def france(folder: Path) -> Found:
    plots, trees = table(folder / "plots.csv"), table(folder / "trees.csv")
    found = {**shared_checks(trees, "7.48", "70"), **plots_of_trees(plots, trees)}

    def key(tree: Row) -> tuple[str, str, str]:
        return tree["id_unique_code"], tree["year"], tree["tree_id"]

    def again(tree: Row) -> bool:
        return not tree["status"] and not tree["sp_code"]

    rows = Counter((key(tree), again(tree)) for tree in trees)
    first: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for tree in trees:
        if not again(tree):
            first[key(tree)].append(tree)
    for tree in trees:
        row, dbh = tree["#"], number(tree["dbh"])
        factor = number(tree["density_factor"])
        if rows[key(tree), again(tree)] > 1:
            found["INV-TREE-ONCE", row] = "plot, year and number occur again in the same visit"
        if dbh is None:
            continue
        if number(tree["status"]) == 0 and factor is None:
            found["INV-FACTOR", row] = f"dbh is {tree['dbh']}, density_factor is empty"
        if factor is not None and dbh >= Decimal("7.48"):
            limits = (("37.40", "15"), ("22.44", "9"), ("7.48", "6"))
            radius = next(r for least, r in limits if dbh >= Decimal(least))
            if factor < Decimal("0.99") * circle(radius):
                given = f"{circle(radius):.4f}"
                found["INV-WEIGHT", row] = f"{factor} < 0.99 x {given} of a circle of {radius} m"
        if not again(tree):
            continue
        if not first[key(tree)]:
            found["INV-REVISIT", row] = "no row of the first visit has its number"
        for old in first[key(tree)]:
            old_dbh = number(old["dbh"])
            if old_dbh is not None and dbh < old_dbh - 1:
                found["INV-REVISIT-SHRINK", row] = f"row {old['#']}: {old_dbh} - {dbh} > 1"
    return {**found, **out_of_bounds("france-ffi-loire", folder, "120", "20000")}


def alaska(folder: Path) -> Found:
    plots, trees = table(folder / "plots.csv"), table(folder / "trees.csv")
    found = {**shared_checks(trees, "2.54", "116"), **plots_of_trees(plots, trees)}
    design = {(p["id_unique_code"], p["year"]): p["design_code"] for p in plots}
    foot = Decimal("0.3048")
    micro = {
        code: circle(str(Decimal(feet) * foot), 4) for code, feet in (("1", "6.8"), ("506", "9.6"))
    }
    sub, macro = (circle(str(Decimal(feet) * foot), 4) for feet in ("24", "58.9"))
    numbers = Counter((tree["id_unique_code"], tree["year"], tree["tree_id"]) for tree in trees)
    for tree in trees:
        row, dbh, factor = tree["#"], number(tree["dbh"]), number(tree["density_factor"])
        if numbers[tree["id_unique_code"], tree["year"], tree["tree_id"]] > 4:
            found["INV-TREE-ONCE", row] = "more than four rows of plot, year and number"
        alive = number(tree["status"]) == 1
        if alive and dbh is None:
            found["INV-LIVE", row] = "status is 1, dbh is empty"
        if alive and dbh is not None and dbh > 0 and factor is None:
            found["INV-FACTOR", row] = f"dbh is {dbh}, density_factor is empty"
        code = design.get((tree["id_unique_code"], tree["year"]))
        if dbh is None or factor is None or code not in micro:
            continue
        wanted = [micro[code]] if dbh < Decimal("12.7") else [sub]
        if dbh >= Decimal("60.96"):
            wanted.append(macro)
        if not any(near(factor, one, "0.0001") for one in wanted):
            found["INV-SUBPLOT", row] = f"{factor}, the circles give {wanted[0]:.4f}"
    for seedling in table(folder / "regen.csv"):
        count, given = number(seedling["treecount_calc"]), number(seedling["n"])
        code = design.get((seedling["id_unique_code"], seedling["year"]))
        if count is None or given is None or code not in micro:
            continue
        if not near(given, count * micro[code], "0.0001"):
            makes = f"{count} x {micro[code]:.4f} = {count * micro[code]:.4f}, not {given:.4f}"
            found["INV-SEEDLINGS", seedling["#"]] = makes
    return {**found, **out_of_bounds("usa-fia-alaska", folder, "200", "40000")}
