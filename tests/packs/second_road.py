"""The same checks again in plain Python, straight from the files, with none of the engine.

Each function gives what its rules must find: (rule, row) → why that is right, in figures. They
read CSV and JSON with the standard library, count in decimals, and join by dictionaries.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

Found = dict[tuple[str, str], str]
Row = dict[str, str]
Plant = dict[str, Decimal]
PI = Decimal("3.14159265358979")


def table(path: Path) -> list[Row]:
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{**row, "#": str(number)} for number, row in enumerate(rows, start=1)]


def number(text: str | None) -> Decimal | None:
    return Decimal(text) if text not in (None, "", "NA", "NAC", "NRA", "NI") else None


def whole(text: str | None) -> int | None:
    value = number(text)
    return None if value is None else int(value)


def circle(radius_m: str, count: int = 1) -> Decimal:
    """Trees per hectare that one in so many circles stands for."""
    return Decimal(10_000) / (count * PI * Decimal(radius_m) ** 2)


def half_unit(value: Decimal, places: int) -> Decimal:
    """Half of the last decimal place of a figure without its closing zeros; nothing where it
    has more places than rounding is looked for."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    used = max(0, -exponent)
    return Decimal(5).scaleb(-used - 1) if used <= places else Decimal(0)


def near(a: Decimal, b: Decimal, share: str) -> bool:
    return abs(a - b) <= Decimal(share) * abs(b)


# --- biomass of single plants -------------------------------------------------------------------

TO_KG = {"kg": Decimal(1), "g": Decimal("0.001"), "m": Decimal(1), "cm": Decimal("0.01")}
TO_KG |= {"m2": Decimal(1), "cm2": Decimal("0.0001")}
TARGETS = [
    "m.lf",
    "m.st",
    "m.br",
    "m.so",
    "m.rf",
    "m.rc",
    "m.rt",
    "m.to",
    "m.ss",
    "m.sh",
    "m.sb",
    "m.wood",
    "h.t",
    "h.c",
    "d.bh",
    "d.ba",
    "a.lf",
]


def study(folder: Path) -> list[Plant]:
    """The plants of a BAAD study in kg and m, by BAAD's variables."""
    crosswalk = {row["var_in"]: row for row in table(folder / "dataMatchColumns.csv")}
    text = (folder / "data.csv").read_bytes()
    try:
        lines = list(csv.reader(text.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        lines = list(csv.reader(text.decode("gb18030").splitlines()))
    at = max(range(min(20, len(lines))), key=lambda n: sum(c in crosswalk for c in lines[n] if c))
    columns = {}
    for index, heading in enumerate(lines[at]):
        listed = crosswalk.get(heading.strip())
        target = heading.strip() if listed is None else listed["var_out"]
        if heading.strip() == "STEMWOOD (kg)":
            target, listed = "m.wood", {"unit_in": "kg"}
        if target in TARGETS:
            unit = listed["unit_in"] if listed is not None else "NA"
            columns[target] = (index, TO_KG[unit if unit != "NA" else "kg"])
    plants = []
    for line in lines[at + 1 :]:
        if not any(cell.strip() for cell in line):
            continue
        plant = {}
        for target, (index, size) in columns.items():
            value = number(line[index].strip())
            if value is not None:
                plant[target] = value * size
        plants.append(plant)
    return plants


def biomass(folder: Path) -> Found:
    found: Found = {}
    for place, plant in enumerate(study(folder), start=1):
        row = str(place)
        # Where a variable was not given, nothing is compared with it.
        have = plant.keys()

        def off(total: str, parts: Decimal, terms: int, plant: Plant = plant) -> bool:
            rounding = min(terms * half_unit(plant[total], 6), plant[total] / 10)
            return abs(plant[total] - parts) > max(plant[total] / 100, rounding)

        if {"m.so", "m.lf", "m.st"} <= have:
            bare = plant["m.lf"] + plant["m.st"]
            full = bare + plant.get("m.br", Decimal(0))
            if off("m.so", bare, 4) and off("m.so", full, 4):
                found["BIO-ABOVE", row] = f"{plant['m.so']} is neither {bare} nor {full}"
            if "m.br" in have and off("m.so", bare, 4) and not off("m.so", full, 4):
                left = plant["m.so"] - plant["m.lf"] - plant["m.st"]
                found["BIO-BRANCHES", row] = f"{left} are left over; branches are {plant['m.br']}"
        if {"m.so", "m.lf", "m.br", "m.wood", "m.sb"} <= have:
            made = plant["m.lf"] + plant["m.br"] + plant["m.wood"] + plant["m.sb"]
            if off("m.so", made, 5):
                found["BIO-COMPONENTS", row] = f"{plant['m.so']} against {made}"
        for rule, total, parts in (
            ("BIO-TOTAL", "m.to", ("m.so", "m.rt")),
            ("BIO-ROOTS", "m.rt", ("m.rf", "m.rc")),
            ("BIO-STEM", "m.st", ("m.ss", "m.sh", "m.sb")),
        ):
            if {total, *parts} <= have:
                made = sum((plant[part] for part in parts), Decimal(0))
                if off(total, made, 4 if rule == "BIO-STEM" else 3):
                    found[rule, row] = f"{plant[total]} against {made}"
        for rule, total, inside in (
            ("BIO-ABOVE-PARTS", "m.so", ["m.lf", "m.st", "m.br"]),
            ("BIO-TOTAL-PARTS", "m.to", ["m.so", "m.rt", "m.lf", "m.st"]),
            ("BIO-ROOT-PARTS", "m.rt", ["m.rf", "m.rc"]),
        ):
            heavier = [part for part in inside if total in have and part in have]
            heavier = [part for part in heavier if plant[part] > plant[total]]
            if heavier:
                found[rule, row] = f"{heavier[0]} {plant[heavier[0]]} > {plant[total]}"
        masses = [name for name in have if name.startswith("m.") and name != "m.wood"]
        may_be_none = {"m.sh", "m.br", "m.rc"}
        if any(plant[name] < 0 or not (plant[name] or name in may_be_none) for name in masses):
            found["BIO-MASS", row] = "a mass is not above zero"
        limits = {"h.t": 150, "d.bh": 25, "d.ba": 25, "a.lf": 10_000}
        if any(not 0 < plant[name] <= most for name, most in limits.items() if name in have):
            found["BIO-SIZE", row] = "outside the dictionary's range"
        if {"h.t", "h.c"} <= have and not 0 <= plant["h.c"] <= plant["h.t"]:
            found["BIO-CROWN", row] = f"{plant['h.c']} of {plant['h.t']}"
        if {"h.t", "d.bh"} <= have:
            if plant["h.t"] < Decimal("1.3"):
                found["BIO-BREAST", row] = f"{plant['h.t']} < 1.3"
            ratio = plant["h.t"] / plant["d.bh"] if plant["d.bh"] > 0 else Decimal(100)
            if plant["h.t"] >= 5 and not 10 <= ratio <= 250:
                found["BIO-SLENDER", row] = f"{plant['h.t']} / {plant['d.bh']} = {ratio:.2f}"
        if {"d.ba", "d.bh"} <= have and plant["d.ba"] < plant["d.bh"]:
            found["BIO-TAPER", row] = f"{plant['d.ba']} < {plant['d.bh']}"
    return found


# --- forest carbon records ----------------------------------------------------------------------

SUMS = {
    "biomass": ("biomass_ag", "biomass_root"),
    "biomass_ag": ("biomass_ag_woody", "biomass_ag_foliage"),
    "biomass_root": ("biomass_root_coarse", "biomass_root_fine"),
    "BNPP_root": ("BNPP_root_coarse", "BNPP_root_fine"),
    "R_eco": ("GPP", "NEE"),
    "GPP": ("NEP", "R_eco"),
    "R_soil": ("R_auto_root", "R_het_soil"),
}
WHOLES = {
    "biomass": ["biomass_ag", "biomass_root"],
    "biomass_ag": ["biomass_ag_woody", "biomass_ag_foliage"],
    "biomass_root": ["biomass_root_coarse", "biomass_root_fine"],
    "R_soil": ["R_auto_root", "R_het_soil"],
    "R_eco": ["R_soil"],
    "BNPP_root": ["BNPP_root_coarse", "BNPP_root_fine"],
    "NPP_1": ["BNPP_root", "ANPP_foliage"],
    "NPP_2": ["NPP_1"],
    "NPP_3": ["NPP_2"],
    "NPP_woody": ["ANPP_woody_stem"],
}


def forc(file: Path) -> Found:
    stands: dict[tuple[str, ...], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    again: Counter[tuple[str, ...]] = Counter()
    names = ("sites.sitename", "plot.name", "stand.age", "date", "citation.ID")
    every = (*names, "variable.name", "start.date", "end.date", "min.dbh")
    records = table(file)
    for record in records:
        stands[tuple(record[n] for n in names)][record["variable.name"]].append(record)
        again[tuple(record[n] for n in every)] += 1
    found: Found = {}
    for record in records:
        id_, value = record["measurement.ID"], number(record["mean"])
        if again[tuple(record[n] for n in every)] > 1:
            found["FORC-ONCE", id_] = "all that names a record occurs again"
        if (
            value is not None
            and value < 0
            and record["variable.name"] not in ("NEE", "NEE_cum", "NEP", "delta.agb")
        ):
            found["FORC-SIGN", id_] = f"{value} < 0"
    for stand in stands.values():
        single = {name: rows[0] for name, rows in stand.items() if len(rows) == 1}
        single = {name: row for name, row in single.items() if number(row["mean"]) is not None}
        value_of = {name: Decimal(row["mean"]) for name, row in single.items()}
        for total, (first, second) in SUMS.items():
            if {total, first, second} <= single.keys():
                gap = value_of[total] - value_of[first] - value_of[second]
                rounding = sum(half_unit(value_of[n], 3) for n in (total, first, second))
                if abs(gap) > rounding + abs(value_of[total]) / 500:
                    parts = f"{value_of[total]} - {value_of[first]} - {value_of[second]}"
                    found["FORC-SUM", single[total]["measurement.ID"]] = f"{parts} = {gap}"
        for whole_name, parts_of in WHOLES.items():
            for part in parts_of:
                if {whole_name, part} <= single.keys():
                    gap = value_of[part] - value_of[whole_name]
                    rounding = sum(half_unit(value_of[n], 3) for n in (part, whole_name))
                    if gap > rounding + abs(value_of[whole_name]) / 500:
                        why = f"{value_of[part]} - {value_of[whole_name]} = {gap}"
                        found["FORC-PART", single[part]["measurement.ID"]] = why
    return found


# --- strata of VM0033 ---------------------------------------------------------------------------


def vm0033(file: Path) -> Found:
    found: Found = {}
    with open(file, encoding="utf-8") as stream:
        strata = json.load(stream, parse_float=Decimal, parse_int=Decimal)["strata"]
    for stratum in strata:
        id_, tool = stratum["stratum_i"], stratum["ar_tool_14"]
        millionth = "0.000001"

        def check(rule: str, claimed: Decimal, made: Decimal, size: str, id_: str = id_) -> None:
            if abs(claimed - made) > Decimal(size):
                found[rule, id_] = f"{claimed} - {made:.9f} = {claimed - made:.9f}"

        for area in (tool["A"], stratum["A_WPS_i"]):
            check("VM-AREA", area, stratum["A_i_t"], millionth)
        co2 = stratum["GHGWPS_soil_CO2_i_t"]
        check("VM-SOIL-CO2", co2, -stratum["delta_C_WPS_soil_i_t"] * 44 / 12, millionth)
        share = stratum["percentage_C_alloch_WPS"] / 100
        check("VM-DEDUCTION", stratum["Deduction_alloch_WPS"], co2 * share, millionth)
        left = stratum["A_WPS_i"] * (co2 - stratum["Deduction_alloch_WPS"])
        check("VM-IN-SITU", stratum["GHGWPS_insitu_CO2_i_t"], left, "0.001")
        check("VM-SOIL", stratum["GHGWPS_soil_i_t"], stratum["GHGWPS_insitu_CO2_i_t"], "0.001")
        for rule, total, rate in (
            ("VM-B-TREE", "B_TREE", "b_TREE"),
            ("VM-DELTA-B", "delta_B_TREE", "delta_b_TREE"),
        ):
            made = tool["A"] * tool[rate]
            check(rule, tool[total], made, str(made * Decimal(millionth)))
        carbon = tool["CF_TREE"] * tool["B_TREE"] / 1000
        scales = (carbon, carbon * 1000, carbon * 44 / 12, carbon * 1000 * 44 / 12)
        if not any(near(tool["C_TREE"], one, millionth) for one in scales):
            found["VM-C-TREE", id_] = f"{tool['C_TREE']} - {carbon:.9f} is beyond a millionth"
        tree_co2 = stratum["delta_C_TREE_PROJ_i_t_ar_tool_14"]
        made = tool["delta_C_TREE"] * 44 / 12
        check("VM-TREE-CO2", tree_co2, made, str(made * Decimal(millionth)))
        made = tree_co2 * 12 / 44
        change = stratum["delta_C_WPS_biomass_i_t"]
        check("VM-BIOMASS", change, made, str(made * Decimal(millionth)))
        cover = tool["CC_SHRUB_i"] if tool["CC_SHRUB_i"] >= Decimal("0.05") else Decimal(0)
        shrubs = tool["BDR_SF"] * tool["b_FOREST"] * cover
        check("VM-SHRUB", tool["b_SHRUB_i"], shrubs, millionth)
    return found
