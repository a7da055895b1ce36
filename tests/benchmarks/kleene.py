"""The forty rules of W1 in plain Python, each as a function of the facts.

It shares nothing with the engine: no text of a rule, no plan, no evaluator, and floats for
numbers. Connectives are strong Kleene; everything else is unknown where a part of it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Truth = bool | None
Facts = Mapping[str, Any]


def both(*parts: Truth) -> Truth:
    if False in parts:
        return False
    return None if None in parts else True


def either(*parts: Truth) -> Truth:
    if True in parts:
        return True
    return None if None in parts else False


def opposite(part: Truth) -> Truth:
    return None if part is None else not part


def implies(one: Truth, other: Truth) -> Truth:
    return either(opposite(one), other)


def over(test: Callable[..., bool], *values: Any) -> Truth:
    """A test of values that are all needed."""
    return None if None in values else test(*values)


def rules(f: Facts) -> list[Truth]:
    """What each of the forty comes to, in their order."""

    def within(name: str, low: float, high: float) -> Truth:
        return over(lambda value: low <= value <= high, f[name])

    def among(name: str, *members: str) -> Truth:
        return over(lambda value: value in members, f[name])

    def least(name: str, low: float) -> Truth:
        return over(lambda value: value >= low, f[name])

    return [
        within("area_ha", 0.05, 500_000),
        over(lambda start, end: start <= end, f["start_date"], f["submission_date"]),
        over(lambda start, end: end - start <= 1096, f["start_date"], f["submission_date"]),
        within("crediting_years", 20, 60),
        both(
            over(lambda a, b: a <= b, f["valid_from"], f["submission_date"]),
            over(lambda a, b: a <= b, f["submission_date"], f["valid_to"]),
        ),
        among("method", "AR-ACM0003", "AR-AMS0007", "VM0047", "VM0042", "VM0044", "LBC-BOIS"),
        among("country", "FR", "CN", "BR", "KE", "ID", "VN", "PE", "GH"),
        either(f["has_title"], f["has_consent"]),
        opposite(both(f["is_natural_forest"], opposite(f["replanted"]))),
        opposite(f["double_counted"]),
        within("buffer_pct", 10, 60),
        implies(over(lambda risk: risk > 30, f["risk_score"]), least("buffer_pct", 20)),
        over(
            lambda claimed, stock, baseline, leakage, buffer: (
                abs(claimed - (stock - baseline - leakage) * (1 - buffer / 100))
                <= 0.02 * abs(claimed) + 0.5
            ),
            *(f["claimed_er"], f["project_stock"], f["baseline_stock"]),
            *(f["leakage"], f["buffer_pct"]),
        ),
        over(lambda baseline, stock: baseline < stock, f["baseline_stock"], f["project_stock"]),
        least("leakage", 0),
        over(
            lambda leakage, stock, baseline: leakage / (stock - baseline) <= 0.4,
            *(f["leakage"], f["project_stock"], f["baseline_stock"]),
        ),
        either(
            over(lambda half: half <= 10, f["uncertainty_pct"]),
            over(lambda less, half: less >= half - 10, f["deduction_pct"], f["uncertainty_pct"]),
        ),
        within("survival_rate", 0.75, 1),
        either(
            both(among("forest_type", "broadleaf"), least("tree_density", 800)),
            both(among("forest_type", "conifer"), least("tree_density", 1100)),
            both(among("forest_type", "mixed"), least("tree_density", 900)),
        ),
        over(lambda dbh: 0 < dbh < 150, f["mean_dbh"]),
        over(lambda height, dbh: 20 <= height * 100 / dbh <= 200, f["mean_height"], f["mean_dbh"]),
        within("carbon_fraction", 0.43, 0.55),
        implies(
            among("country", "BR", "ID", "PE", "GH"),
            over(lambda ratio: ratio <= 0.37, f["root_shoot"]),
        ),
        over(lambda planted, start: planted >= start - 365, f["planting_date"], f["start_date"]),
        over(
            lambda seen, planted: 365 <= seen - planted <= 1826,
            *(f["monitoring_date"], f["planting_date"]),
        ),
        among("verifier", *(f"V0{number}" for number in range(1, 9))),
        implies(over(lambda area: area > 1000, f["area_ha"]), f["audited"]),
        among("status", "submitted", "registered"),
        opposite(among("land_class", "wetland", "primary_forest", "urban")),
        either(
            opposite(among("land_class", "cropland")),
            over(lambda start, title: start - title >= 1826, f["start_date"], f["land_title_date"]),
        ),
        over(lambda gwp: gwp in (28, 27.9), f["gwp_ch4"]),
        either(over(lambda kg: kg <= 50, f["fert_n"]), among("method", "VM0042")),
        over(lambda km, trips: km * trips < 200_000, f["distance_km"], f["trips_n"]),
        over(lambda stock, area: 5 <= stock / area <= 900, f["project_stock"], f["area_ha"]),
        over(
            lambda claimed, years, area: claimed / years / area <= 40,
            *(f["claimed_er"], f["crediting_years"], f["area_ha"]),
        ),
        implies(f["sold"], over(lambda price: price > 0, f["price"])),
        within("parcels_n", 1, 5000),
        implies(
            f["has_title"],
            over(lambda title, start: title <= start, f["land_title_date"], f["start_date"]),
        ),
        either(
            over(lambda share: share <= 0.7, f["main_share"]),
            both(
                among("forest_type", "conifer"),
                over(lambda share: share <= 0.8, f["main_share"]),
                over(lambda area: area < 4, f["area_ha"]),
            ),
        ),
        both(
            among(
                "species_main",
                *("QUEROB", "FAGSYL", "PINSYL", "CUNLAN", "TECGRA", "EUCURO", "ACAMAN", "PSEMEN"),
            ),
            least("species_n", 2),
        ),
    ]
