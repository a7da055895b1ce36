"""Exact numbers with units, and calendar dates.

Importing this package reads no data: the units are loaded with the first one parsed,
the working days with the first one asked for.
"""

from guiju.quantities.constants import CONSTANTS
from guiju.quantities.parsing import UnknownUnit, is_unit, parse_unit, unit_pattern, unit_words
from guiju.quantities.quantity import CONTEXT, Quantity, Ratio, decimal, exact
from guiju.quantities.unit import ONE, PERCENT, DimensionMismatch, Unit

__all__ = [
    "CONSTANTS",
    "CONTEXT",
    "ONE",
    "PERCENT",
    "DimensionMismatch",
    "Quantity",
    "Ratio",
    "Unit",
    "UnknownUnit",
    "decimal",
    "exact",
    "is_unit",
    "parse_unit",
    "unit_pattern",
    "unit_words",
]
