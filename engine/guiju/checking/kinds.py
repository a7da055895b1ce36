"""Types and units at checking: words for them, and how two of them meet."""

from __future__ import annotations

from decimal import Context, Decimal, Inexact
from fractions import Fraction

from guiju.messages import bilingual
from guiju.plan.nodes import Constant, Expr, Scale
from guiju.plan.types import (
    DateType,
    DurationType,
    ListType,
    NumberType,
    OneOfType,
    OtherRowType,
    RowType,
    TextType,
    Type,
    YesNoType,
)
from guiju.quantities import ONE, Unit

NUMBER = NumberType(ONE)
WHOLE = NumberType(ONE, True)
YES_NO = YesNoType()
TEXT = TextType()
DATE = DateType()
DAYS = DurationType("days")
BROKEN = TextType("broken")
"""The type of what was declared with a mistake. Whatever uses it is passed over in silence,
because the mistake is reported where it was made."""

ORDERED = ("number", "date")
"""The kinds of values that have an order."""

ROWS = ("row", "other row")
"""The kinds of rows: of the dossier, and of other dossiers."""

# Constants fold only where the result is exact, so that folding can never round.
_EXACT = Context(prec=60, traps=[Inexact])


def type_words(type_: Type) -> dict[str, str]:
    """A type as a message names it."""
    if isinstance(type_, NumberType):
        symbol = type_.unit.symbol
        if not symbol:
            return bilingual("diagnostics.type-number")
        return bilingual("diagnostics.type-quantity", unit=symbol)
    if isinstance(type_, RowType):
        return bilingual("diagnostics.type-row", table=type_.table)
    if isinstance(type_, OtherRowType):
        return bilingual("diagnostics.type-other-row", table=type_.table)
    return bilingual(f"diagnostics.type-{type_.kind}")


def unit_hint(left: Unit, right: Unit) -> dict[str, str]:
    """What to do about two units of different dimension."""
    a, b = dict(left.dimensions), dict(right.dimensions)
    differing = {name for name in {*a, *b} if a.get(name, 0) != b.get(name, 0)}
    co2e = {name for name in differing if name.startswith("co2e")}
    if not a or not b:
        return bilingual("diagnostics.hint-bare")
    if len(co2e) == 2:
        return bilingual("diagnostics.hint-gwp")
    if "carbon" in differing and ("co2" in differing or co2e):
        return bilingual("diagnostics.hint-carbon")
    if "co2" in differing and co2e:
        return bilingual("diagnostics.hint-co2e")
    if "dry_matter" in differing and differing & {"carbon", "co2"}:
        return bilingual("diagnostics.hint-dry")
    if differing == {"year"}:
        return bilingual("diagnostics.hint-year")
    return bilingual("diagnostics.hint-plain")


def is_zero(expr: Expr) -> bool:
    """A literal nought: it is the same in every unit."""
    return isinstance(expr, Constant) and isinstance(expr.value, Decimal) and expr.value == 0


def scaled(expr: Expr, ratio: Fraction, type_: Type) -> Expr:
    """`expr * ratio` with another type; literals are folded where that is exact."""
    if ratio == 1:
        return expr._replace(type=type_) if isinstance(expr, Constant) else expr
    if isinstance(expr, Constant):
        try:
            value = _EXACT.divide(
                _EXACT.multiply(expr.value, Decimal(ratio.numerator)),
                Decimal(ratio.denominator),
            )
            return Constant(value, type_)
        except Inexact:
            pass
    if isinstance(expr, Scale):
        whole = Fraction(expr.numerator, expr.denominator) * ratio
        if whole == 1:
            return expr.operand
        return Scale(expr.operand, whole.numerator, whole.denominator, type_)
    return Scale(expr, ratio.numerator, ratio.denominator, type_)


def to_unit(expr: Expr, unit: Unit) -> Expr:
    """A number brought to another unit of its dimension."""
    type_ = expr.type
    assert isinstance(type_, NumberType)
    if is_zero(expr):
        return Constant(Decimal(0), NumberType(unit))
    return scaled(expr, type_.unit.ratio_to(unit), NumberType(unit))


def normalised(expr: Expr) -> Expr:
    """A dimensionless number (12.5%, 3 ha/m2) as a bare number."""
    type_ = expr.type
    if isinstance(type_, NumberType) and not type_.unit.dimensions and type_.unit.factor != 1:
        return to_unit(expr, ONE)
    return expr


def any_number(type_: Type) -> Type:
    """A type with room for numbers that are not whole, where it is one of numbers."""
    if isinstance(type_, NumberType) and type_.integer:
        return NumberType(type_.unit)
    return type_


def comparable(left: Type, right: Type) -> bool:
    """Whether two values that are not numbers can be compared with `=`."""
    if isinstance(left, OneOfType) and isinstance(right, OneOfType):
        return bool(set(left.options) & set(right.options))
    if {left.kind, right.kind} == {"one of", "text"}:
        return True
    if isinstance(left, ListType) and isinstance(right, ListType):
        # Lists are compared member by member as they are: their units must be the same.
        if isinstance(left.of, NumberType) and isinstance(right.of, NumberType):
            return left.of.unit == right.of.unit
        return comparable(left.of, right.of)
    for row in (RowType, OtherRowType):
        if isinstance(left, row) and isinstance(right, row):
            return left.table == right.table
    return left.kind == right.kind
