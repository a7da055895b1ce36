"""Boundaries at checking: the column a table with a boundary has, and what is measured."""

from __future__ import annotations

from functools import cache

from guiju.checking.kinds import TEXT, WHOLE, YES_NO, to_unit, type_words
from guiju.checking.mismatches import Mismatches
from guiju.messages import bilingual
from guiju.plan import nodes as plan
from guiju.plan.types import GeometryType, ListType, NumberType, RowType, Type
from guiju.quantities import parse_unit
from guiju.syntax import nodes as syntax

BOUNDARY = "boundary"
BOUNDARY_ZH = "边界"

_ANY, _POLYGON = "any", "polygon"
# Parameters, and the unit of the result, or the type where it is no quantity.
_MEASURES: dict[str, tuple[tuple[str, ...], str | Type]] = {
    "geodesic_area": ((_POLYGON,), "m2"),
    "overlap_area": ((_POLYGON, _POLYGON), "m2"),
    "within": ((_ANY, _POLYGON), YES_NO),
    "distance": ((_ANY, _ANY), "m"),
    "valid": ((_ANY,), YES_NO),
    "fault": ((_ANY,), TEXT),
    "vertices": ((_ANY,), WHOLE),
    "decimals": ((_ANY,), WHOLE),
}


def boundary_field(shape: str) -> plan.FieldPlan:
    """The column that `boundary polygon` gives a table."""
    label = {"en": "boundary", "zh": BOUNDARY_ZH}
    return plan.FieldPlan(BOUNDARY, BOUNDARY_ZH, label, GeometryType(shape), False)


def check_measure(
    checker: Mismatches, node: syntax.Call, name: str, arguments: list[plan.Expr]
) -> plan.Expr | None:
    """The typed call of a function on boundaries, or None with the problem reported."""
    if name == "gap_area":
        return _gap_area(checker, node, arguments)
    parameters, result = _MEASURES[name]
    for written, argument, wanted in zip(node.arguments, arguments, parameters, strict=True):
        if not _fits(checker, written, argument, wanted):
            return None
    type_ = _unit(result) if isinstance(result, str) else result
    return plan.Call(name, tuple(arguments), type_)


def _fits(checker: Mismatches, written: syntax.Expr, argument: plan.Expr, wanted: str) -> bool:
    have = argument.type
    if not isinstance(have, GeometryType):
        checker.mismatch(written, argument, type_words(GeometryType(_POLYGON)))
        return False
    if wanted == _POLYGON and have.shape != _POLYGON:
        found = bilingual(f"diagnostics.type-{have.shape}")
        checker.mismatch_words(written.span, found, bilingual("diagnostics.type-polygon"))
        return False
    return True


def _gap_area(
    checker: Mismatches, node: syntax.Call, arguments: list[plan.Expr]
) -> plan.Expr | None:
    """`gap_area(parcels, 5 m)`, and `gap_area(parcel.boundary, parcels, 5 m)`."""
    written = list(node.arguments)
    if len(arguments) == 3 and not _fits(checker, written[0], arguments[0], _POLYGON):
        return None
    rows, width = arguments[-2:]
    of = rows.type.of if isinstance(rows.type, ListType) else None
    if not isinstance(of, RowType) or not isinstance(rows, plan.TableRows):
        return checker.mismatch(written[-2], rows, bilingual("diagnostics.type-bounded-table"))
    if checker.symbols.tables[of.table].boundary != _POLYGON:
        found = bilingual("diagnostics.type-unbounded-table", table=of.table)
        expected = bilingual("diagnostics.type-bounded-table")
        return checker.mismatch_words(written[-2].span, found, expected)
    if not isinstance(width.type, NumberType):
        return checker.not_a_number(written[-1], width)
    metres = parse_unit("m")
    if not width.type.unit.same_dimension(metres):
        return checker.units_differ(written[-1].span, width.type.unit, metres)
    return plan.Call(
        "gap_area", (*arguments[:-2], rows, to_unit(width, metres)), NumberType(parse_unit("m2"))
    )


@cache
def _unit(symbol: str) -> NumberType:
    return NumberType(parse_unit(symbol))
