"""What a stored cell of an XLSX sheet holds: text, number, day, error or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from re import sub
from typing import Any

from guiju.dossier.numbers import shortest
from guiju.dossier.problems import Rejected, shown

_TIMES = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56))
_DAYS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_PERCENTS = frozenset((9, 10))
"""Number formats every spreadsheet knows without a text; 27 to 36 and 50 to 58 are those
of East Asian editions (ECMA-376, part 1, 18.8.30)."""


def kind_of_format(number: int, code: str | None) -> str | None:
    """Whether a number format shows a `day`, a `time`, a `percent` or a plain number.

    >>> kind_of_format(164, 'yyyy"年"m"月"d"日"'), kind_of_format(165, "0.00")
    ('day', None)
    """
    if code is None:
        if number in _PERCENTS:
            return "percent"
        return "day" if number in _DAYS else "time" if number in _TIMES else None
    bare = sub(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', "", code.split(";")[0].lower())
    if "%" in bare:
        return "percent"
    if "general" in bare or not any(sign in bare for sign in "ydhs"):
        return "day" if sub(r"[^a-z]", "", bare) in ("m", "mm", "mmm", "mmmm") else None
    return "day" if "y" in bare or "d" in bare else "time"


def day_of(text: str, kind: str, since_1904: bool) -> Any:
    """The text of a stored day or time: `2024-03-01`, `2024-03-01T12:00:00`, `12:00:00`.

    Days are counted from 1900-01-01 as 1, with a 29 February 1900 that never was as 60; a
    workbook may say that it counts from 1904-01-01 as 0. A number no day has is `Rejected`.
    """
    try:
        serial = Decimal(text)
    except InvalidOperation:
        return Rejected("not-a-number", text=shown(text))
    if not serial.is_finite() or serial < 0 or serial > 2_958_465:
        return Rejected("not-a-date", text=shown(text))
    whole = int(serial)
    seconds = int(((serial - whole) * 86_400).to_integral_value())
    if seconds == 86_400:
        whole, seconds = whole + 1, 0
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if kind == "time" and whole == 0:
        return clock
    if since_1904:
        day = date(1904, 1, 1) + timedelta(whole)
    elif whole in (0, 60):
        return Rejected("impossible-date", text="1900-01-00" if whole == 0 else "1900-02-29")
    else:
        day = date(1899, 12, 31 if whole < 60 else 30) + timedelta(whole)
    return day.isoformat() if seconds == 0 else f"{day.isoformat()}T{clock}"


class StoredNumber(str):
    """A number of a cell in its shortest digits; `stored` is the text in the file."""

    __slots__ = ("stored",)
    stored: str


def number(text: str) -> str:
    """The text of a number cell, see `numbers.shortest`."""
    short = shortest(text)
    if short == text:
        return text
    kept = StoredNumber(short)
    kept.stored = text
    return kept


def percentage(text: str) -> str:
    """The text of a number cell that a person sees as a percentage: a stored 0.9 is `90%`.
    Without the sign it would be taken for 0.9% where a field is declared in percent."""
    short = shortest(text)
    try:
        seen = Decimal(short).scaleb(2)
    except InvalidOperation:
        return number(text)
    if not seen.is_finite():
        return number(text)
    kept = StoredNumber(f"{seen:f}%")
    kept.stored = text
    return kept


def unescaped(text: str) -> str:
    """A stored string with its `_x000D_` escapes resolved. One for half a character stays
    as it is: a text with half a character cannot be written anywhere."""
    if "_x" not in text:
        return text
    return sub(r"_x((?![dD][89a-fA-F])[0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
