"""Numbers as people write them: exact decimals, with or without a unit."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from re import fullmatch

from guiju.dossier import limits
from guiju.dossier.problems import Rejected, shown
from guiju.quantities import Unit

_WIDE = str.maketrans("０１２３４５６７８９．，＋－−\u3000\u00a0", "0123456789.,+--  ")
"""Full-width digits and signs, and the minus sign, as their ASCII forms. A superscript is
no digit here: `12²` is not 122."""

NUMBER = (
    r"\s*(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:[eE][+-]?[0-9]+)?)\s*(?P<unit>(?![0-9.,+\-\s])[^\r\n]*?)?\s*"
)


@lru_cache(256)  # a number is looked at as missing, as rounded, as a value and as its origin
def split(text: str) -> tuple[Decimal, str]:
    """A number and the text of its unit, which may be empty.

    >>> split("1,234.5 亩")
    (Decimal('1234.5'), '亩')

    Raises `Rejected`: `not-a-number`, `number-too-long`.
    """
    if len(text) > limits.MAX_NUMBER:
        raise Rejected("number-too-long", text=shown(text), most=limits.MAX_NUMBER)
    found = fullmatch(NUMBER, text if text.isascii() else text.translate(_WIDE))
    if found is None:
        raise Rejected("not-a-number", text=shown(text))
    return plain(found["number"]), found["unit"] or ""


def plain(number: str) -> Decimal:
    """The decimal of a number without unit, whose form has been looked at."""
    try:
        value = Decimal(number.replace(",", ""))
    except InvalidOperation:
        raise Rejected("not-a-number", text=shown(number)) from None
    if value and not -limits.MAX_EXPONENT < value.adjusted() < limits.MAX_EXPONENT:
        raise Rejected("number-too-long", text=shown(number), most=limits.MAX_NUMBER)
    return value


def unit_named(text: str) -> Unit:
    """The unit a text names. Raises `Rejected` `unknown-unit` with suggestions."""
    from guiju.quantities import UnknownUnit, parse_unit

    try:
        return parse_unit(text)
    except UnknownUnit as wrong:
        raise Rejected(
            "unknown-unit",
            unit=shown(text),
            nearest=", ".join(f"`{s}`" for s in wrong.suggestions),
        ) from None


def number_in(text: str, wanted: Unit, given: Unit) -> Decimal:
    """The number a text writes, in the unit `wanted`.

    `given` is the unit of a number without one: the declared unit, or that of the heading
    of its column. Raises `Rejected`: `not-a-number`, `unknown-unit`, `wrong-unit`.

    >>> from guiju.quantities import parse_unit
    >>> number_in("15 亩", parse_unit("ha"), parse_unit("ha"))
    Decimal('1')
    """
    number, suffix = split(text)
    unit = unit_named(suffix) if suffix else given
    return number if unit is wanted or unit == wanted else converted(number, unit, wanted)


def converted(number: Decimal, unit: Unit, wanted: Unit) -> Decimal:
    """A number from one unit to another: exact where it has a finite decimal, else to 34
    digits. Raises `Rejected` `wrong-unit` for another dimension."""
    from guiju.quantities import decimal

    if not unit.same_dimension(wanted):
        raise Rejected("wrong-unit", unit=unit.symbol or "1", wanted=wanted.symbol or "1")
    return decimal(Fraction(number) * unit.ratio_to(wanted))


def as_read(text: str, value: Decimal, wanted: Unit, given: Unit) -> str | None:
    """What an origin says of a number that was read as something else, else None.

    A conversion that had to be cut at 34 digits is marked with `≈`:
    `12.5 亩 ≈ 0.8333333333333333333333333333333333 ha`.
    """
    try:
        number, suffix = split(text)
        unit = unit_named(suffix) if suffix else given
    except Rejected:
        return text
    if unit == wanted:
        return None if str(value) == text else text
    written = f"{text.strip()}{'' if suffix else ' ' + unit.symbol}"
    exact = Fraction(number) * unit.ratio_to(wanted) == Fraction(value)
    return written if exact else f"{written} ≈ {value} {wanted.symbol}".rstrip()


def float32(text: str) -> Decimal:
    """The shortest decimal that is the same 32-bit float as a number written with more.

    >>> float32("50.2299995422")
    Decimal('50.23')

    A whole number keeps all its digits. Raises `Rejected` `not-float32` when the number is
    no 32-bit float to the digits it is written with: it would lose something.
    """
    from struct import error, pack, unpack

    value, unit = split(text)
    if unit:
        raise Rejected("not-a-number", text=shown(text))
    try:
        bits = pack("<f", float(value))
    except (OverflowError, error):
        raise Rejected("not-float32", text=shown(text)) from None
    single = unpack("<f", bits)[0]
    if single in (float("inf"), float("-inf")):
        raise Rejected("not-float32", text=shown(text))
    exact = Decimal(single)
    exponent = value.as_tuple().exponent
    unsaid = Fraction(10) ** exponent / 2 if isinstance(exponent, int) else Fraction(0)
    if abs(Fraction(exact) - Fraction(value)) > unsaid:
        raise Rejected("not-float32", text=shown(text))
    whole = exact.adjusted() + 1 if exact else 1
    for digits in range(max(1, min(whole, 17)), 18):
        short = f"{single:.{digits}g}"
        if pack("<f", float(short)) == bits:
            return Decimal(f"{Decimal(short):f}")
    return exact


def shortest(text: str) -> str:
    """A number of a workbook cell. A cell holds a 64-bit float, and spreadsheets write it
    with 17 digits where fewer name the same float: 1.1 as `1.1000000000000001`. Such a text
    of 16 or 17 digits becomes the shortest decimal of that float; others stay as stored.

    >>> shortest("1.1000000000000001"), shortest("0.30000000000000004"), shortest("12.50")
    ('1.1', '0.30000000000000004', '12.50')
    """
    mantissa = text.lower().partition("e")[0].lstrip("+-").replace(".", "").lstrip("0")
    if len(mantissa) not in (16, 17):
        return text
    try:
        return repr(float(text)).removesuffix(".0")
    except (ValueError, OverflowError):
        return text
