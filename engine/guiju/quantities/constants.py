"""The constants rules may name, in English and Chinese."""

from __future__ import annotations

from fractions import Fraction

from guiju.quantities.unit import Unit

_CO2_PER_C = (
    Fraction(44, 12),
    Unit(Fraction(1), (("carbon", -1), ("co2", 1)), (("tCO2", 1), ("tC", -1))),
)
_CO2E_PER_CO2 = (
    Fraction(1),
    Unit(Fraction(1), (("co2", -1), ("co2e", 1)), (("tCO2e", 1), ("tCO2", -1))),
)

CONSTANTS: dict[str, tuple[Fraction, Unit]] = {
    # The ratio of the molar masses as the methodologies round them, 44 to 12. It is the
    # only way from carbon to CO2.
    "CO2_per_C": _CO2_PER_C,
    "碳转二氧化碳": _CO2_PER_C,
    # CO2 has a warming potential of one by definition, whatever the set.
    "CO2e_per_CO2": _CO2E_PER_CO2,
    "二氧化碳当量换算": _CO2E_PER_CO2,
}
"""By name: the number and its unit."""

CHINESE_NAMES: dict[str, str] = {
    "碳转二氧化碳": "CO2_per_C",
    "二氧化碳当量换算": "CO2e_per_CO2",
}
