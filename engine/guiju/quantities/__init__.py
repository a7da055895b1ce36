"""Exact numbers with units, and calendar dates."""

from guiju.quantities.parsing import UnknownUnit, is_unit, parse_unit, unit_pattern, unit_words
from guiju.quantities.unit import ONE, PERCENT, DimensionMismatch, Unit

__all__ = [
    "ONE",
    "PERCENT",
    "DimensionMismatch",
    "Unit",
    "UnknownUnit",
    "is_unit",
    "parse_unit",
    "unit_pattern",
    "unit_words",
]
