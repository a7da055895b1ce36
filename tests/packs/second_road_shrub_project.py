"""The second road through the plants and transects of the shrub project, in plain Python."""

from __future__ import annotations

from decimal import Decimal

from tests.packs.shrub_project.state import Row, ShrubProject

QUARTER_PI = Decimal("0.785398163397448")
RANGES = {
    "柠条锦鸡儿": (Decimal("0.053"), Decimal("0.771")),
    "小叶锦鸡儿": (Decimal("0.011"), Decimal("4.425")),
}
Wrong = set[tuple[str, str]]
"""A rule's id and the key of the row that breaks it."""


def number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def wrong_sizes(plant: Row) -> set[str]:
    """The rules that a plant breaks by itself; what is missing breaks none."""
    species, state = plant["植株树种"], plant["植株状态"]
    long, short, height = (number(plant[k]) for k in ("冠幅长轴", "冠幅短轴", "株高"))
    broken = set()
    if species and species not in RANGES:
        broken.add("NMS-SPECIES")
    if not state or state == "枯死":
        return broken
    if 0 in (long, short, height):
        broken.add("NMS-SIZE")
    if long is not None and short is not None and long < short:
        broken.add("NMS-AXES")
    if species in RANGES:
        least, most = RANGES[species]
        if long is not None and short is not None and height is not None:
            if not least <= QUARTER_PI * long * short * height <= most:
                broken.add("NMS-RANGE")
        elif 0 in (long, short):  # nought, whatever the other two are
            broken.add("NMS-RANGE")
    return broken


def wrong_again(plant: Row, before: Row | None, plot: Row | None) -> set[str]:
    """The rules that a present plant breaks beside its earlier record."""
    state, species = plant["植株状态"], plant["植株树种"]
    broken = set()
    if state and (state == "新增") == (before is not None):
        broken.add("NMS-NEW")
    if before is None:
        return broken
    if before["植株树种"] and species and before["植株树种"] != species:
        broken.add("NMS-SAME-SPECIES")
    if before["植株状态"] == "枯死" and state not in ("", "枯死"):
        broken.add("NMS-REVIVED")
    old, new = number(before["株高"]), number(plant["株高"])
    if state == "存活" and plot is not None and old is not None and new is not None:
        cut = plot["末次平茬日期"]
        if (not cut or cut < plot["前期测定日期"]) and new < old * Decimal("0.9"):
            broken.add("NMS-SHRINK")
    return broken


def wrong_stretches(project: ShrubProject) -> Wrong:
    lengths = {row["样线号"]: Decimal(row["样线长"]) for row in project.tables["样线"]}
    found: Wrong = set()
    for row in project.tables["截段"]:
        line, key = row["截段样线"], f"{row['截段样线']}/{row['截段号']}"
        start, stop = number(row["起点"]), number(row["止点"])
        if any(end is not None and end > lengths[line] for end in (start, stop)):
            found.add(("NMS-SEGMENT-END", key))
        if start is None or stop is None:
            continue
        if stop < start:
            found.add(("NMS-SEGMENT-ORDER", key))
        for other in project.tables["截段"]:
            first, last = number(other["起点"]), number(other["止点"])
            if other is row or other["截段样线"] != line or first is None or last is None:
                continue
            if start <= first < stop and last > start:
                found.add(("NMS-SEGMENT-ONCE", key))
    return found


def second(project: ShrubProject) -> Wrong:
    """Every row of plants and transects that breaks a rule."""
    plots = {row["样地号"]: row for row in project.tables["样地"]}
    plants = {(row["所在样地"], row["植株号"], row["期次"]): row for row in project.tables["植株"]}
    found = wrong_stretches(project)
    for (plot, place, time), plant in plants.items():
        broken = wrong_sizes(plant)
        if plot not in plots:
            broken.add("NMS-PLANT-PLOT")
        if time == "本期":
            broken |= wrong_again(plant, plants.get((plot, place, "前期")), plots.get(plot))
        elif plant["植株状态"] not in ("", "枯死") and (plot, place, "本期") not in plants:
            broken.add("NMS-LOST")
        found |= {(rule, f"{plot}/{place}/{time}") for rule in broken}
    return found
