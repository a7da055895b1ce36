"""Other projects that agree as well: of the small scale, of tCERs, at the first verification."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from .reckoning import number, reckon
from .state import Project


def small_scale(project: Project) -> None:
    """AR-AMS0007, with plots that are nearly alike: its ±10 % are asked of them."""
    project.facts["project"] |= {
        "methodology": "小规模",
        "version": "02.0.0",
        "yearly_average": "9700 tCO2e/yr",
        "low_income": "yes",
    }
    for pool in project.tables["pools"]:
        pool["baseline"] = pool["project"]
    project.tables["barriers"] = [
        {"kind": "生态障碍", "shown": "yes"},
        {"kind": "投资障碍", "shown": "no"},
    ]
    trees = project.tables["t14_trees"]
    models = {
        stratum: [[t for t in trees if t["plot"] == f"{stratum}-{number:02d}"] for number in (1, 2)]
        for stratum in ("T1", "T2")
    }
    project.tables["t14_trees"] = [
        {**tree, "plot": plot["id"]}
        for index, plot in enumerate(project.tables["t14_plots"])
        for tree in models[plot["stratum"]][0 if index % 6 else 1]
    ]
    reckon(project)


def temporary_credits(project: Project) -> None:
    """tCERs, which count from the start of the project."""
    project.facts["claim"]["credit"] = project.tables["earlier"][0]["credit"] = "临时核证"
    claim = project.facts["claim"]
    earlier = Decimal(project.tables["earlier"][0]["net"])
    claim["claimed"] = f"{earlier + number(claim['claimed'])} tCO2e"


def first_verification(project: Project) -> None:
    """No earlier stock of trees, no earlier verification, no forest fires that count."""
    for tree in project.tables["t14_trees"]:
        tree.update({"before": "no", "dbh_before": "", "height_before": ""})
    project.tables["earlier"] = []
    project.facts["claim"] |= {"start": project.facts["project"]["start_date"], "years": "10.73 yr"}
    project.facts["t14"]["first"] = project.facts["t08"]["first"] = "yes"
    for fact in ("previous_on", "interval", "yearly"):
        del project.facts["t14"][fact]
    for fire in project.tables["t08_fires"]:
        # Nothing is emitted by reckoning where less than 5 % of the project burns.
        if fire["id"] == "F1":
            fire["area"] = "30"
    reckon(project)


VARIANTS: dict[str, Callable[[Project], None]] = {
    "small scale": small_scale,
    "tCERs": temporary_credits,
    "first verification": first_verification,
}
