"""Cells of a column to values, in SQL: which cells are written plainly, and what they are.

What is not plain is odd: it is left to the reader of the dossier, text by text, so that SQL says
nothing that the reader would not. A cell may be called odd without need, never plain.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter

from guiju.dossier.lens import Lens
from guiju.dossier.parquet import Physical, literal, raw
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, YesNoType
from guiju.quantities import Unit
from guiju.record import Record
from guiju.store.description import kind_of

WHITE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""All that Python strips."""

_DECIMAL = r"-?[0-9]{1,40}(\.[0-9]{1,40})?"
_INTEGER = r"-?[0-9]{1,40}"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LIKE_NUMBER = r"[0-9０-９．，,.＋+－−eE\s\x{3000}\x{a0}-]+"
_YES, _NO = ("yes", "true", "是"), ("no", "false", "否")
_DAYS = "BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
_FEW_DIGITS = 10**15 - 1


class Reading(Record):
    """How the cells `x` of a column are read. `raw` is what the reader of the dossier would be
    given; `odd` whether it has to be; `value` the value of a cell that is not odd. `kind` None:
    SQL cannot hold the values, and all cells are odd. `dear`: `value` costs so much that it is
    worked out once. `inexact`: whether a plain number has more than 15 digits. `padded`: whether a
    plain text has white space at an end, which is not part of its value. `convex`: what lies
    between two plain cells is plain."""

    field: FieldPlan
    lens: Lens
    column: Physical
    x: str
    kind: str | None
    raw: str
    plain: str
    value: str
    dear: bool = False
    inexact: str | None = None
    padded: str | None = None
    convex: bool = True
    ratio: Fraction = Fraction(1)

    @property
    def given(self) -> str:
        """Whether there is anything in a cell."""
        empty = f" AND {self.x} <> ''" if self.column.kind == "text" else ""
        return f"({self.x} IS NOT NULL{empty})"

    @property
    def odd(self) -> str:
        return f"({self.given} AND ({self.plain}) IS NOT TRUE)"


def reading_of(field: FieldPlan, lens: Lens, column: Physical, x: str) -> Reading:
    """How a column is read as a field of the vocabulary."""
    text = raw(column, x)
    made = Reading(field, lens, column, x, kind_of(field), text, "FALSE", "NULL")
    if lens.read is not None:
        found = made
    else:
        match field.type:
            case NumberType():
                found = _number(made, field.type)
            case TextType():
                found = _text(made)
            case DateType():
                found = _date(made)
            case YesNoType():
                found = _yes_no(made)
            case OneOfType() if column.kind == "text":
                found = made._replace(plain=f"{x} IN ({_texts(field.type.options)})", value=x)
            case _:
                found = made
    if found.plain == "FALSE":
        return found._replace(value="NULL")
    missing = _not_missing(found)
    plain = " AND ".join([f"({found.plain})", *missing])
    convex = found.convex and not missing and found.column.kind not in ("moment", "zoned moment")
    return found._replace(plain=plain, convex=convex)


def _number(made: Reading, type_: NumberType) -> Reading:
    x, column = made.x, made.column
    match column.kind:
        case "float64":
            made = made._replace(plain=f"isfinite({x})", value=x)
        case "float32":
            value = f"TRY_CAST({made.raw} AS DOUBLE)"
            made = made._replace(plain=f"isfinite({x})", value=value, dear=True)
        case "whole":
            made = made._replace(plain="TRUE", value=f"CAST({x} AS DOUBLE)")
            if column.type not in ("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT"):
                within = f"{x} BETWEEN -{_FEW_DIGITS} AND {_FEW_DIGITS}"
                if column.type.startswith("U"):
                    within = f"{x} <= {_FEW_DIGITS}"
                made = made._replace(inexact=f"NOT ({within})")
        case "decimal" if column.digits <= 15:
            made = made._replace(plain="TRUE", value=f"CAST({x} AS DOUBLE)")
        case "decimal":
            # By way of its text: a conversion of wide decimals may round twice.
            value = f"TRY_CAST({made.raw} AS DOUBLE)"
            made = made._replace(plain="TRUE", value=value, dear=True, inexact=_long(made.raw))
        case "text":
            form = _INTEGER if type_.integer else _DECIMAL
            plain = f"regexp_full_match({x}, '{form}')"
            value = f"TRY_CAST({x} AS DOUBLE)"
            made = made._replace(plain=plain, value=value, dear=True, inexact=_long(x))
        case _:
            return made
    conditions = [made.plain]
    if type_.integer and column.kind not in ("whole", "text"):
        conditions.append(f"{made.value} = trunc({made.value})")
        made = made._replace(convex=False)
    unit = made.lens.unit
    if unit is not None and unit != type_.unit:
        made = made._replace(ratio=_ratio(unit, type_.unit))
    for bound, upper in ((made.field.low, False), (made.field.high, True)):
        if bound is not None:
            conditions.append(_within(made, Fraction(bound) / made.ratio, upper))
    if made.lens.missing_numbers:
        gone = ", ".join(sorted({_double(float(n)) for n in made.lens.missing_numbers}))
        conditions.append(f"{made.value} NOT IN ({gone})")
        made = made._replace(convex=False)
    return made._replace(plain=" AND ".join(f"({one})" for one in conditions))


def _ratio(unit: Unit, wanted: Unit) -> Fraction:
    return unit.ratio_to(wanted)


def _within(made: Reading, bound: Fraction, upper: bool) -> str:
    """Whether a number surely lies on the right side of a bound of its range."""
    value = made.value
    try:
        near = float(bound)
    except OverflowError:
        return "FALSE"
    beyond = _double(nextafter(near, -inf if upper else inf))
    sign = "<" if upper else ">"
    inside = f"{value} {sign}= {beyond}"
    if Fraction(Decimal(repr(near))) != bound:
        return inside
    # On the bound itself: surely so where the cell has not more digits than binary64 tells apart.
    short = "TRUE" if made.inexact is None else f"NOT ({made.inexact})"
    return f"({inside} OR ({value} = {_double(near)} AND {short}))"


def _double(value: float) -> str:
    return f"CAST('{value!r}' AS DOUBLE)"


def _long(text: str) -> str:
    """Whether the text of a plain decimal has more than 15 significant digits."""
    digits = f"replace(ltrim({text}, '-0.'), '.', '')"
    return f"(CASE WHEN strlen({text}) > 15 THEN strlen({digits}) > 15 ELSE FALSE END)"


def _text(made: Reading) -> Reading:
    match made.column.kind:
        case "text" if made.lens.clear:
            return made._replace(plain="TRUE", value=made.x, padded=_padded(made.x))
        case "text":
            return made._replace(plain=f"NOT {_padded(made.x)}", value=made.x)
        case "list" | "other":
            return made
        case "truth":
            return made._replace(plain="TRUE", value=f"CAST({made.x} AS VARCHAR)")
        case kind:
            dear = kind in ("float64", "float32", "moment", "zoned moment")
            return made._replace(plain="TRUE", value=made.raw, dear=dear)


def _padded(x: str) -> str:
    """Whether a text has white space at an end. Few have, so the sign at each end is looked at
    before all that may be stripped."""
    ends = " OR ".join(
        # No white space is among the signs of ASCII that are seen, nor after the blank of Chinese.
        f"({sign} NOT BETWEEN 33 AND 132 AND {sign} <= 12288)"
        for sign in (f"unicode({x})", f"unicode(substring({x}, -1))")
    )
    # Of AND, both sides would be worked out in every row.
    return f"(CASE WHEN {ends} THEN {x} <> trim({x}, {literal(WHITE)}) ELSE FALSE END)"


def _date(made: Reading) -> Reading:
    x = made.x
    match made.column.kind:
        case "day":
            made = made._replace(plain=f"{x} {_DAYS}", value=x)
        case "moment" | "zoned moment":
            at = f"make_timestamp(epoch_us({x}))" if made.column.kind == "zoned moment" else x
            day = f"TRY_CAST({at} AS DATE)"
            plain = f"{day} {_DAYS} AND strlen({made.raw}) = 10"
            made = made._replace(plain=plain, value=day, dear=True)
        case "text":
            day = f"TRY_CAST({x} AS DATE)"
            plain = f"regexp_full_match({x}, '{_DATE}') AND {day} {_DAYS}"
            made = made._replace(plain=plain, value=day, dear=True)
        case _:
            return made
    conditions = [made.plain]
    for bound, sign in ((made.field.low, ">="), (made.field.high, "<=")):
        if isinstance(bound, date):
            conditions.append(f"{made.value} {sign} DATE '{bound.isoformat()}'")
    return made._replace(plain=" AND ".join(f"({one})" for one in conditions))


def _yes_no(made: Reading) -> Reading:
    match made.column.kind:
        case "truth":
            return made._replace(plain="TRUE", value=made.x)
        case "text":
            plain = f"{made.x} IN ({_texts((*_YES, *_NO))})"
            return made._replace(plain=plain, value=f"{made.x} IN ({_texts(_YES)})")
    return made


def _not_missing(made: Reading) -> list[str]:
    """That a cell is none of the texts a lens takes away or takes for another."""
    lens = made.lens
    text = f"CAST({made.x} AS VARCHAR)" if made.column.kind == "truth" else made.raw
    conditions = []
    number = made.kind in ("number", "integer")
    texts = {*(lens.values or ()), *(() if number else lens.missing)}
    if texts:
        conditions.append(f"{text} NOT IN ({_texts(sorted(texts))})")
    if lens.missing_numbers and not number:
        conditions.append(f"NOT regexp_full_match({text}, '{_LIKE_NUMBER}')")
    return conditions


def _texts(texts: Iterable[Any]) -> str:
    return ", ".join(literal(str(text)) for text in texts)
