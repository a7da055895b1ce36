"""The second road through tables of grassland: clips, masses, root cores, quadrats."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

from tests.packs.second_road import PI, Found, Row, near, number, table

HOURS, AGAIN, COVER = Decimal(48), Decimal("0.05"), Decimal(100)
MOST = {"grass": Decimal(2000), "roots": Decimal(10000)}


def repeated(rows: list[Row], rule: str, keys: tuple[str, ...]) -> Found:
    """Rows of which another has the same values, all of them given."""
    values = {row["#"]: tuple(row[key] for key in keys) for row in rows}
    times = Counter(values.values())
    return {
        (rule, row): f"{' '.join(value)} stands {times[value]} times"
        for row, value in values.items()
        if times[value] > 1 and all(value)
    }


def total(rows: list[Row], heading: str) -> Decimal | None:
    """The sum of a column, not known where a cell of it is not."""
    values = [number(row[heading]) for row in rows]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def over(grams: Decimal | None, area: Decimal | None) -> Decimal | None:
    return None if grams is None or not area else grams / area


def clip_sums(folder: Path) -> dict[str, Decimal | None]:
    """Dry grams a square metre of each clip's row, first weighings."""
    masses: dict[str, list[Row]] = defaultdict(list)
    for mass in table(folder / "hbp_massdata.csv"):
        if mass["qaDryMass"] == "N":
            masses[mass["sampleID"]].append(mass)
    return {
        clip["#"]: over(total(masses[clip["sampleID"]], "dryMass"), number(clip["clipArea"]))
        for clip in table(folder / "hbp_perbout.csv")
        if clip["sampleID"]
    }


def core_sums(folder: Path) -> dict[str, Decimal | None]:
    """Dry grams of roots a square metre of each core's row, fragments reckoned up."""
    roots: dict[str, list[Row]] = defaultdict(list)
    parts: dict[str, list[Row]] = defaultdict(list)
    for root in table(folder / "bbc_rootmass.csv"):
        if root["qaDryMass"] == "N":
            roots[root["sampleID"]].append(root)
    for part in table(folder / "bbc_dilution.csv"):
        parts[part["sampleID"]].append(part)
    sums = {}
    for core in table(folder / "bbc_percore.csv"):
        if not core["sampleID"]:
            continue
        mine = parts[core["sampleID"]]
        grams, found = total(roots[core["sampleID"]], "dryMass"), total(mine, "dryMass")
        if mine and grams is not None:
            volumes = [number(part["sampleVolume"]) for part in mine]
            whole = max((v for v in volumes if v is not None), default=None)
            taken = total(mine, "dilutionSubsampleVolume")
            if found is None or whole is None or None in volumes or not taken:
                grams = None
            else:
                grams += found * whole / taken
        sums[core["#"]] = over(grams, number(core["rootSampleArea"]))
    return sums


def beyond(value: Decimal | None, most: Decimal) -> bool:
    return value is not None and value > most


def negative(text: str) -> bool:
    value = number(text)
    return value is not None and value < 0


def clips_and_masses(folder: Path) -> Found:
    clips, masses = table(folder / "hbp_perbout.csv"), table(folder / "hbp_massdata.csv")
    found = repeated(clips, "GRS-CLIP-ONCE", ("sampleID",))
    found |= repeated(masses, "GRS-MASS-ONCE", ("subsampleID", "qaDryMass"))
    clipped = {clip["sampleID"] for clip in clips if clip["sampleID"]}
    groups: dict[str, set[str]] = defaultdict(set)
    first = {m["subsampleID"]: m["dryMass"] for m in reversed(masses) if m["qaDryMass"] == "N"}
    for mass in masses:
        groups[mass["sampleID"]].add(mass["herbGroup"])
    sums = clip_sums(folder)
    for clip in clips:
        row, sample = clip["#"], clip["sampleID"]
        if sample and sample not in groups:
            found["GRS-CLIPPED", row] = f"no mass has sample {sample}"
        state = clip["samplingImpractical"], clip["targetTaxaPresent"]
        if not sample and state == ("OK", "Y"):
            found["GRS-REASON", row] = "sampling OK, target plants Y, no sample"
        length, width = number(clip["clipLength"]), number(clip["clipWidth"])
        sides = None if length is None or width is None else length * width
        area = number(clip["clipArea"])
        if sample and sides is not None and area is not None and not near(area, sides, "0.001"):
            found["GRS-AREA", row] = f"{length} x {width} = {sides}"
        if sample and beyond(sums[row], MOST["grass"]):
            found["GRS-BIOMASS", row] = f"{sums[row]:.3f} > {MOST['grass']}"
    for mass in masses:
        row, dry = mass["#"], number(mass["dryMass"])
        if mass["sampleID"] not in clipped:
            found["GRS-CLIP", row] = f"no clip has sample {mass['sampleID']}"
        others = groups[mass["sampleID"]] - {"All herbaceous plants", "Woody-stemmed Plants"}
        if mass["herbGroup"] == "All herbaceous plants" and others:
            found["GRS-GROUPS", row] = f"the sample also has {len(others)} groups"
        if dry is not None and dry < 0:
            found["GRS-NEGATIVE", row] = f"dryMass is {dry}"
        hours = number(mass["dryingHours"])
        if dry is not None and dry > 0 and (not mass["ovenStartDate"] or hours is None):
            found["GRS-OVEN", row] = f"dryMass is {dry}, ovenStartDate or dryingHours is empty"
        if hours is not None and hours < HOURS:
            found["GRS-HOURS", row] = f"{hours} < {HOURS}"
        before = number(first.get(mass["subsampleID"])) if mass["qaDryMass"] == "Y" else None
        apart = None if dry is None or before is None else abs(dry - before)
        if beyond(apart, AGAIN):
            found["GRS-AGAIN", row] = f"|{dry} - {before}| = {apart}"
    return found


def cores_and_roots(folder: Path) -> Found:
    cores, roots = table(folder / "bbc_percore.csv"), table(folder / "bbc_rootmass.csv")
    parts = table(folder / "bbc_dilution.csv")
    sorted_roots = [root | {"rootStatus": root["rootStatus"] or "neither"} for root in roots]
    keys = ("sampleID", "sizeCategory", "rootStatus", "qaDryMass")
    found = repeated(sorted_roots, "GRS-SIZE-ONCE", keys)
    found |= repeated(cores, "GRS-CORE-ONCE", ("sampleID",))
    found |= repeated(parts, "GRS-DILUTION-ONCE", ("dilutionSubsampleID",))
    samples = {core["sampleID"] for core in cores if core["sampleID"]}
    weighed = {root["sampleID"] for root in roots}
    first = {
        tuple(root[key] for key in keys[:3]): root["dryMass"]
        for root in reversed(sorted_roots)
        if root["qaDryMass"] == "N"
    }
    sums = core_sums(folder)
    for core in cores:
        if not core["sampleID"]:
            if core["samplingImpractical"] == "OK":
                found["GRS-CORE-REASON", core["#"]] = "sampling OK, no sample"
            continue
        if core["sampleID"] not in weighed:
            found["GRS-CORED", core["#"]] = "no roots have the sample"
        diameter, area = number(core["coreDiameter"]), number(core["rootSampleArea"])
        is_core = core["rootSamplingMethod"] == "core"
        if is_core and diameter is not None and area is not None:
            circle = PI * (diameter / 200) ** 2
            if not near(area, circle, "0.001"):
                found["GRS-CORE-AREA", core["#"]] = f"pi (d/2)^2 = {circle:.6f}"
        if beyond(sums[core["#"]], MOST["roots"]):
            found["GRS-ROOTS", core["#"]] = f"{sums[core['#']]:.3f} > {MOST['roots']}"
    for root in sorted_roots:
        before = number(first.get(tuple(root[key] for key in keys[:3])))
        again = root["qaDryMass"] == "Y"
        row, dry, hours = root["#"], number(root["dryMass"]), number(root["dryingHours"])
        if root["sampleID"] not in samples:
            found["GRS-CORE", row] = f"no core has sample {root['sampleID']}"
        apart = None if dry is None or before is None or not again else abs(dry - before)
        if beyond(apart, AGAIN):
            found["GRS-ROOT-AGAIN", row] = f"|{dry} - {before}| = {apart}"
        if negative(root["dryMass"]):
            found["GRS-ROOT-NEGATIVE", row] = f"dryMass is {dry}"
        if dry is not None and dry > 0 and (hours is None or hours < HOURS):
            found["GRS-ROOT-HOURS", row] = f"dryingHours is {root['dryingHours']}"
    for part in parts:
        row, volume = part["#"], number(part["dilutionSubsampleVolume"])
        if part["sampleID"] not in samples:
            found["GRS-DILUTION-CORE", row] = f"no core has sample {part['sampleID']}"
        if negative(part["dryMass"]) or negative(part["somDryMass"]):
            found["GRS-FRAGMENTS", row] = f"{part['dryMass']} and {part['somDryMass']}"
        of_core = [other for other in parts if other["sampleID"] == part["sampleID"]]
        taken, whole = total(of_core, "dilutionSubsampleVolume"), number(part["sampleVolume"])
        too_much = taken is not None and whole is not None and taken > whole
        if (volume is not None and volume <= 0) or too_much:
            found["GRS-VOLUME", row] = f"{taken} of {whole}"
    return found


def neon(folder: Path) -> Found:
    return {**clips_and_masses(folder), **cores_and_roots(folder)}


def portal(folder: Path) -> Found:
    rows = table(folder / "quadrats.csv")
    listed = {row["speciescode"] for row in table(folder / "species.csv")}
    done = {
        (row["year"], row["season"])
        for row in table(folder / "censuses.csv")
        if row["censusdone"] == "yes"
    }
    keys = ("year", "season", "plot", "quadrat", "species")
    found = repeated(rows, "GRS-SPECIES-ONCE", keys)
    estimated = {(row["year"], row["season"]) for row in rows if row["cover"]}
    covers: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        count, cover, season = number(row["abundance"]), number(row["cover"]), row["season"]
        if row["species"] and row["species"] not in listed:
            found["GRS-SPECIES", row["#"]] = f"{row['species']} is not in species.csv"
        if (row["year"], season) not in done:
            found["GRS-CENSUS", row["#"]] = "censusdone is not yes"
        if count is None or count < 1:
            found["GRS-ABUNDANCE", row["#"]] = f"abundance is '{row['abundance']}'"
        if count is not None and count % 1:
            found["GRS-WHOLE", row["#"]] = f"abundance is {count}"
        if cover is not None and not 0 < cover <= 100:
            found["GRS-COVER", row["#"]] = f"cover is {cover}"
        if cover is None and (row["year"], season) in estimated:
            found["GRS-COVER-GIVEN", row["#"]] = "cover is empty, others of the season have one"
        if cover is not None:
            covers[row["year"], season, row["plot"], row["quadrat"]].append(row)
    for of_quadrat in covers.values():
        whole = sum((Decimal(row["cover"]) for row in of_quadrat), Decimal(0))
        if whole > COVER:
            places = ", ".join(row["#"] for row in of_quadrat)
            found["GRS-COVER-SUM", of_quadrat[0]["#"]] = f"rows {places} add up to {whole}"
    return found
