"""Texts to typed values: what the vocabulary says a value is, or why it is none.

A raw value is what a file holds: a text (a number of JSON is the text it was written
with), True or False, a list or a dictionary. None and empty text are no value.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from re import split

from guiju.dossier import numbers
from guiju.dossier.naming import folded, nearest
from guiju.dossier.problems import Rejected, shown
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import (
    DateType,
    DocumentType,
    DurationType,
    GeometryType,
    ListType,
    NumberType,
    OneOfType,
    PeriodType,
    TextType,
    Type,
    YesNoType,
)
from guiju.quantities import Unit

Reader = Callable[[Any], Any]
"""From a raw value to a typed one, None where there is none. Raises `Rejected`."""

YES_NO = {
    "yes": True,
    "no": False,
    "true": True,
    "false": False,
    "是": True,
    "否": False,
}
_LIST_SIGNS = r"[;；、\n]"


def as_text(raw: Any) -> str | None:
    """The text of a raw scalar without white space around it; None for none at all."""
    if isinstance(raw, str):
        return str(raw).strip() or None
    if raw is None:
        return None
    if raw is True:
        return "true"
    if raw is False:
        return "false"
    if isinstance(raw, Rejected):
        raise raw
    raise Rejected("not-a-value", kind=_shape(raw))


def _shape(raw: Any) -> str:
    if isinstance(raw, list):
        return f"[…] ({len(raw)})"
    if isinstance(raw, dict):
        return "{" + ", ".join(shown(k) for k in list(raw)[:4]) + ", …}"
    return type(raw).__name__


def scalar(read: Callable[[str], Any]) -> Reader:
    """A reader of raw values from a reader of texts."""

    def reader(raw: Any) -> Any:
        text = as_text(raw)
        return None if text is None else read(text)

    return reader


def reader_of(type_: Type, unit: Unit | None = None) -> Reader:
    """How values of a type are read. `unit` is that of numbers without one, if it is not
    the declared unit."""
    match type_:
        case TextType():
            return scalar(str)
        case NumberType():
            return scalar(_number_reader(type_, unit or type_.unit))
        case DateType():
            from guiju.dossier.dates import date_of

            return scalar(date_of)
        case YesNoType():
            return scalar(yes_no)
        case OneOfType():
            return scalar(_option_reader(type_))
        case PeriodType():
            return _period
        case DurationType():
            from guiju.dossier.dates import duration_of

            return scalar(duration_of)
        case ListType():
            return _list_reader(reader_of(type_.of, unit))
        case GeometryType() | DocumentType():
            return _refuse(type_.kind)
        case _:
            return _refuse(type_.kind)


def reader_for(field: FieldPlan, unit: Unit | None = None) -> Reader:
    """How values of a field are read: its type, and its declared range."""
    read = reader_of(field.type, unit)
    low, high = field.low, field.high
    if low is None and high is None:
        return read

    def ranged(raw: Any) -> Any:
        value = read(raw)
        for part in value if isinstance(value, tuple) else (value,):
            if part is None or not isinstance(part, (Decimal, date)):
                continue
            if (low is not None and part < low) or (high is not None and part > high):
                raise Rejected("out-of-range", value=shown(part), range=range_of(field))
        return value

    return ranged


def range_of(field: FieldPlan) -> str:
    """The declared range of a field, such as `0 … 100 %`."""
    unit = field.type.unit.symbol if isinstance(field.type, NumberType) else ""
    if field.high is None:
        return f"≥ {field.low} {unit}".rstrip()
    if field.low is None:
        return f"≤ {field.high} {unit}".rstrip()
    return f"{field.low} … {field.high} {unit}".rstrip()


def _number_reader(type_: NumberType, given: Unit) -> Callable[[str], Decimal]:
    wanted, integer = type_.unit, type_.integer

    def read(text: str) -> Decimal:
        value = numbers.number_in(text, wanted, given)
        if integer and value != value.to_integral_value():
            raise Rejected("not-whole", text=shown(text))
        return value

    return read


def yes_no(text: str) -> bool:
    """yes, no, true, false, 是 or 否. Raises `Rejected` `not-yes-no`."""
    value = YES_NO.get(folded(text))
    if value is None:
        raise Rejected("not-yes-no", text=shown(text))
    return value


def _option_reader(type_: OneOfType) -> Callable[[str], str]:
    known: dict[str, str] = {option: option for option in type_.options}
    loose: dict[str, str | None] = {}
    for option in type_.options:
        for form in {folded(t) for t in (option, *type_.labels.get(option, {}).values())}:
            loose[form] = option if loose.get(form, option) == option else None

    def read(text: str) -> str:
        option = known.get(text) or loose.get(folded(text))
        if option is None:
            forms = [t for o in type_.options for t in (o, *type_.labels.get(o, {}).values())]
            raise Rejected(
                "unknown-option",
                text=shown(text),
                options=", ".join(f"`{o}`" for o in type_.options),
                nearest=nearest(text, forms) or "",
            )
        return option

    return read


def _period(raw: Any) -> tuple[date, date] | None:
    from guiju.dossier.dates import checked_period, date_of, period_of

    if isinstance(raw, dict):
        ends: dict[str, date] = {}
        for key, value in raw.items():
            end = {"start": "start", "开始": "start", "起": "start"}.get(key) or {
                "end": "end",
                "结束": "end",
                "止": "end",
            }.get(key)
            text = as_text(value)
            if end is None or text is None:
                raise Rejected("not-a-period", text=shown(key))
            ends[end] = date_of(text)
        if len(ends) != 2:
            raise Rejected("not-a-period", text=_shape(raw))
        return checked_period(ends["start"], ends["end"])
    text = as_text(raw)
    return None if text is None else period_of(text)


def _list_reader(read: Reader) -> Reader:
    def reader(raw: Any) -> tuple[Any, ...] | None:
        if isinstance(raw, list):
            items = raw
        else:
            text = as_text(raw)
            if text is None:
                return None
            items = split(_LIST_SIGNS, text)
        return tuple(value for item in items if (value := read(item)) is not None)

    return reader


def _refuse(kind: str) -> Reader:
    def reader(raw: Any) -> Any:
        if raw is None or raw == "":
            return None
        raise Rejected("kind-not-read", kind=kind)

    return reader


def as_read(raw: Any, value: Any, type_: Type, unit: Unit | None = None) -> str | None:
    """The text an origin keeps of a value that was read as something else, else None."""
    if raw is None or isinstance(raw, (list, dict)):
        return None
    if isinstance(raw, Rejected):
        return str(raw.values["text"]) if "text" in raw.values else None
    text = raw if isinstance(raw, str) else as_text(raw) or ""
    # A workbook's number that was stored with more digits than it needs keeps them here.
    text = getattr(raw, "stored", text)
    if isinstance(type_, NumberType) and isinstance(value, Decimal):
        return numbers.as_read(text, value, type_.unit, unit or type_.unit)
    if isinstance(value, date):
        return None if value.isoformat() == text else text
    return None if value == text else str(text) or None
