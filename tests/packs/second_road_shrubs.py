"""The second road through tables of shrubs: transects, plants, cover."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

from tests.packs.second_road import Found, Row, number, table


def diagonals(folder: Path) -> dict[str, Decimal]:
    """The longest distance between surveyed corners of each plot, in cm."""
    corners: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for point in table(folder / "plot_corner_utm.csv"):
        if point["type"] == "corner":
            corners[point["plot"]].append((Decimal(point["east"]), Decimal(point["north"])))
    return {
        plot: 100
        * max(
            ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2).sqrt()
            for place, a in enumerate(points)
            for b in points[place + 1 :]
        )
        for plot, points in corners.items()
    }


def portal(folder: Path) -> Found:
    rows = table(folder / "shrub_transects_2015_present.csv")
    longest = diagonals(folder)
    kinds = {r["speciescode"]: r["community"] for r in table(folder / "Portal_plant_species.csv")}

    def record(row: Row) -> tuple[object, ...] | None:
        """What tells a stretch from others; nothing where a part of it is missing."""
        names = ("plot", "year", "month", "transect", "species")
        parts = (*(row[k] for k in names), number(row["start"]), number(row["stop"]))
        return None if "" in parts or None in parts else parts

    there = Counter(record(row) for row in rows)
    found: Found = {}
    for row in rows:
        place, height = row["#"], number(row["height"])
        start, stop = number(row["start"]), number(row["stop"])
        limit = longest[row["plot"]] + 100
        if stop is not None and stop > limit:
            found["SHB-END", place] = f"{stop} > {limit:.1f}"
        if start is not None and stop is not None:
            if stop < start or start < 0:
                found["SHB-ORDER", place] = f"{stop} < {start}, or {start} < 0"
            if stop - start > 600:
                found["SHB-WIDTH", place] = f"{stop} - {start} = {stop - start} > 600"
            if height is not None and height >= 100 and stop == start:
                found["SHB-POINT", place] = f"height {height} >= 100, start and stop are {start}"
        if height is not None and not 0 < height <= 700:
            found["SHB-STRETCH-HEIGHT", place] = f"height is {height}"
        if record(row) is not None and there[record(row)] > 1:
            found["SHB-STRETCH-ONCE", place] = "plot, date, transect, species and ends occur again"
        if row["notes"] in ("1", "2"):
            found["SHB-MENDED", place] = f"notes is {row['notes']}"
        elif row["notes"]:
            found["SHB-NOTED", place] = f"notes is {row['notes']}"
        # Without a species the rule asks for it, and finds nothing.
        if row["species"] and kinds.get(row["species"]) not in ("Shrub", "Subshrub"):
            found["SHB-LISTED", place] = f"community is {kinds.get(row['species'])}"
    return found


SIZES = (
    "height",
    "maxCrownDiameter",
    "ninetyCrownDiameter",
    "maxBaseCrownDiameter",
    "ninetyBaseCrownDiameter",
    "basalStemDiameter",
    "stemDiameter",
    "measurementHeight",
)


def neon(folder: Path) -> Found:
    rows = table(folder / "vst_apparentindividual.csv")
    found: Found = {}
    there = Counter((r["individualID"], r["tempStemID"], r["eventID"]) for r in rows)
    stems: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        place = row["#"]
        stems[row["individualID"], row["tempStemID"]].append(row)
        if there[row["individualID"], row["tempStemID"], row["eventID"]] > 1:
            found["SHB-PLANT-ONCE", place] = "plant, stem and event occur again"
        sizes = {k: number(row[k]) for k in SIZES}
        if low := [k for k, size in sizes.items() if size is not None and size <= 0]:
            found["SHB-SIZE", place] = f"not above nought: {', '.join(low)}"
        height, crown = number(row["height"]), number(row["maxCrownDiameter"])
        across, base = number(row["ninetyCrownDiameter"]), number(row["baseCrownHeight"])
        wide, narrow = number(row["maxBaseCrownDiameter"]), number(row["ninetyBaseCrownDiameter"])
        basal, stem = number(row["basalStemDiameter"]), number(row["stemDiameter"])
        measured = number(row["measurementHeight"])
        if crown is not None and across is not None and crown < across:
            found["SHB-AXES", place] = f"{crown} < {across}"
        if wide is not None and narrow is not None and wide < narrow:
            found["SHB-BASE-AXES", place] = f"{wide} < {narrow}"
        if height is not None and base is not None and base >= height:
            found["SHB-CROWN-BASE", place] = f"{base} >= {height}"
        if "shrub" in row["growthForm"]:
            if crown is not None and not 0 < crown <= 10:
                found["SHB-CROWN", place] = f"crown is {crown}"
            if height is not None and not 0 < height <= 7:
                found["SHB-TALL", place] = f"height is {height}"
        if basal is not None and stem is not None and stem > basal:
            found["SHB-BASAL", place] = f"{stem} > {basal}"
        if height is not None and measured is not None and height * 100 < measured:
            found["SHB-REACHED", place] = f"100 x {height} < {measured}"
    for stem_rows in stems.values():
        by_day = sorted(stem_rows, key=lambda row: row["date"])
        named = [row for row in by_day if row["growthForm"]]
        for row in named:
            earlier = [old for old in named if old["date"] < row["date"]]
            if earlier and earlier[-1]["growthForm"] != row["growthForm"]:
                old = earlier[-1]
                found["SHB-FORM-KEPT", row["#"]] = f"row {old['#']} is a {old['growthForm']}"
        for row in by_day:
            dead = [
                o for o in by_day if o["date"] < row["date"] and "dead" in o["plantStatus"].lower()
            ]
            if row["plantStatus"].startswith("Live") and dead:
                found["SHB-ALIVE", row["#"]] = f"row {dead[0]['#']} is {dead[0]['plantStatus']}"
    return found


def understory(folder: Path) -> Found:
    rows = table(folder / "understory_shrub.csv")

    def record(row: Row) -> tuple[str, ...]:
        return row["id_unique_code"], row["year"], row.get("subplot_id", ""), row["sp_code"]

    there = Counter(record(row) for row in rows)
    found: Found = {}
    for row in rows:
        place, height = row["#"], number(row["height"])
        cover = number(row["cover"])
        if cover is not None and not 0 < cover <= 100:
            found["SHB-COVER", place] = f"cover is {row['cover']}"
        if height is not None and not 0 < height <= 700:
            found["SHB-COVER-HEIGHT", place] = f"height is {height}"
        if not stated(row["sp_name"]):
            found["SHB-COVER-NAME", place] = f"sp_code is {row['sp_code']}, sp_name is empty"
        form = stated(row.get("growth_form", ""))
        if form and "shrub" not in form.lower():
            found["SHB-COVER-FORM", place] = f"growth_form is {form}"
        if there[record(row)] > 1:
            found["SHB-COVER-ONCE", place] = "plot, year, subplot and species occur again"
    return found


def stated(text: str) -> str:
    return "" if text == "NA" else text
