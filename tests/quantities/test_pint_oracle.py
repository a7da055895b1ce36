"""Conversions of ordinary units against pint, which was written by other people."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pint
import pytest

from guiju.quantities import parse_unit

# Our spelling and pint's. pint's acre is the US survey acre.
FAMILIES: list[dict[str, str]] = [
    {"mm": "mm", "cm": "cm", "dm": "dm", "m": "m", "km": "km", "inch": "inch", "ft": "ft"},
    {"m2": "m**2", "ha": "hectare", "km2": "km**2", "are": "are", "ft2": "ft**2"},
    {"m3": "m**3", "L": "liter", "mL": "milliliter", "ft3": "ft**3", "cm3": "cm**3"},
    {"g": "g", "kg": "kg", "t": "metric_ton", "Mg": "megagram", "Mt": "megatonne", "lb": "lb"},
    {"s": "s", "min": "min", "h": "hour", "d": "day"},
    {"J": "J", "MJ": "MJ", "GJ": "GJ", "TJ": "TJ", "kWh": "kWh", "MWh": "MWh", "GWh": "GWh"},
    {"W": "W", "kW": "kW", "MW": "MW", "J/s": "J/s"},
    {"t/ha": "metric_ton/hectare", "kg/m2": "kg/m**2", "lb/ft2": "lb/ft**2"},
    {"t/m3": "metric_ton/m**3", "kg/L": "kg/liter", "g/cm3": "g/cm**3"},
]
PAIRS = [(ours, theirs, family) for family in FAMILIES for ours, theirs in combinations(family, 2)]


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry:
    return pint.UnitRegistry(non_int_type=Decimal)


@pytest.mark.parametrize(("one", "other", "family"), PAIRS)
def test_a_conversion_agrees_with_pint(
    registry: pint.UnitRegistry, one: str, other: str, family: dict[str, str]
) -> None:
    ours = parse_unit(one).ratio_to(parse_unit(other))
    theirs = registry.Quantity(Decimal(1), family[one]).to(family[other]).magnitude
    assert abs(Fraction(theirs) / ours - 1) < Fraction(1, 10**20)


def test_the_us_survey_acre_agrees_with_pint(registry: pint.UnitRegistry) -> None:
    ours = parse_unit("[acr_us]").ratio_to(parse_unit("m2"))
    # By the survey foot: to newer pints the bare acre is the international one.
    theirs = registry.Quantity(Decimal(43_560), "survey_foot**2").to("m**2").magnitude
    assert abs(Fraction(theirs) / ours - 1) < Fraction(1, 10**12)
