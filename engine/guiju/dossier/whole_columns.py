"""Columns whose every cell can be read, all cells at once.

Of thousands of cells few differ: options, dates, yes and no, figures with one decimal. Each text
is read once, and rows with the same text share its value. One regular expression looks at all
numbers or dates together. A column with any cell that cannot be read is left to those who read
cell by cell and tell each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from re import fullmatch

from guiju.dossier.lens import Lens
from guiju.dossier.problems import Rejected
from guiju.dossier.values import reader_for
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType
from guiju.quantities import Unit

_DECIMALS = r"(?:(?:-?[0-9]{1,40}(?:\.[0-9]{1,40})?)?\n)*+"
_INTEGERS = r"(?:(?:-?[0-9]{1,40})?\n)*+"
_DATES = r"(?:(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?\n)*+"

_SAMPLE = 20_000
"""Cells that are looked at to tell whether a column repeats itself."""


def whole_column(field: FieldPlan, cells: Sequence[Any], lens: Lens) -> list[Any] | None:
    """The values of a column; None where a cell cannot be read, or where it takes going over
    the cells one by one to say so."""
    different: set[Any] | None = None
    try:
        # What differs in all rows, such as a key, is not gathered: it would be all there twice.
        sample = cells[:_SAMPLE]
        if len(set(sample)) * 2 <= len(sample):
            different = set(cells)
    except TypeError:  # a list or a dictionary of JSON
        return None
    if different is None:
        return _plainly(field, cells, lens.unit) if lens.clear else None
    named = list(different)
    values = _plainly(field, named, lens.unit) if lens.clear else None
    if values is None and len(named) * 2 <= len(cells):
        values = _one_by_one(field, named, lens)
    if values is None:
        return None
    known = dict(zip(named, values, strict=True))
    return list(map(known.__getitem__, cells))


def _one_by_one(field: FieldPlan, cells: Collection[Any], lens: Lens) -> list[Any] | None:
    """What each cell comes to; None if any cannot be read."""
    read = reader_for(field, lens.unit)
    try:
        if lens.clear:
            return [read(cell) for cell in cells]
        return [read(lens.see(cell)) for cell in cells]
    except Rejected:
        return None


def _plainly(field: FieldPlan, cells: Sequence[Any], unit: Unit | None) -> list[Any] | None:
    """What cells come to that are all written plainly, None if any is not."""
    type_ = field.type
    kinds = set(map(type, cells))
    if bool in kinds:
        return None  # true and false of JSON are values: neither is an empty cell
    try:
        if isinstance(type_, TextType):
            if kinds == {str} and all(texts := list(map(str.strip, cells))):
                return texts
            return [cell.strip() or None if cell else None for cell in cells]
        if isinstance(type_, NumberType):
            if unit is not None and unit != type_.unit:
                return None
            whole = "\n".join([cell or "" for cell in cells]) + "\n"
            if not fullmatch(_INTEGERS if type_.integer else _DECIMALS, whole):
                return None
            values: list[Any] = [Decimal(cell) if cell else None for cell in cells]
        elif isinstance(type_, DateType):
            whole = "\n".join([cell or "" for cell in cells]) + "\n"
            if not fullmatch(_DATES, whole):
                return None
            values = [date.fromisoformat(cell) if cell else None for cell in cells]
        elif isinstance(type_, OneOfType):
            if not {cell for cell in cells if cell}.issubset(type_.options):
                return None
            values = [cell or None for cell in cells]
        else:
            return None
    except (TypeError, ValueError, AttributeError, InvalidOperation):
        return None
    if field.low is not None or field.high is not None:
        known = [value for value in values if value is not None]
        if known and (
            (field.low is not None and min(known) < field.low)
            or (field.high is not None and max(known) > field.high)
        ):
            return None
    return values
