"""Dates, periods and calendar lengths as people write them."""

from __future__ import annotations

from datetime import date
from re import ASCII, fullmatch, split

from guiju.dossier.problems import Rejected, shown

_DATE = (
    r"(?P<y>\d{4})(?:-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})"
    r"|\.(?P<m3>\d{1,2})\.(?P<d3>\d{1,2})|\s*年\s*(?P<m4>\d{1,2})\s*月\s*(?P<d4>\d{1,2})\s*[日号])"
)
_MIDNIGHT = r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?(?:Z|[+-]00:00)"
_BETWEEN = r"\s*(?:至|到|[~～—–]+|\s(?:to|-)\s)\s*|(?<=[\d日号])\s*/\s*(?=\d{4}\D)"
_LENGTH = r"(?P<count>\d{1,6})\s*(?P<unit>\D+)"
_LENGTH_UNITS = {
    "year": "years",
    "years": "years",
    "年": "years",
    "周年": "years",
    "month": "months",
    "months": "months",
    "月": "months",
    "个月": "months",
    "day": "days",
    "days": "days",
    "天": "days",
    "日": "days",
    "working day": "working days",
    "working days": "working days",
    "workdays": "working days",
    "工作日": "working days",
    "个工作日": "working days",
}


def _narrow(text: str) -> str:
    """The text without full-width digits and signs."""
    if text.isascii():
        return text.strip()
    from unicodedata import normalize

    return normalize("NFKC", text).strip()


def date_of(text: str) -> date:
    """The date of `2025-03-01`, `2025/3/1`, `2025.3.1` or `2025年3月1日`.

    Raises `Rejected`: `impossible-date` for a day that no calendar has, `not-a-date`.
    """
    try:
        # Python also reads week dates such as 2025-W01-1, which are not ours.
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    found = fullmatch(_DATE, _narrow(text), ASCII)
    if found is None:
        raise Rejected("not-a-date", text=shown(text))
    year, month, day = (int(group) for group in found.groups() if group is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise Rejected("impossible-date", text=shown(text)) from None


def timestamp(text: str) -> date:
    """The date of a point in time that is midnight UTC, such as `2014-05-16T00:00:00Z`, or
    of a plain date.

    Raises `Rejected` `not-midnight` for any other point in time, whose day depends on the
    zone, and as `date_of`.
    """
    found = fullmatch(_MIDNIGHT, text.strip(), ASCII)
    if found is None and fullmatch(r"\d{4}-\d\d-\d\d[T ]\d.*", text.strip(), ASCII):
        raise Rejected("not-midnight", text=shown(text))
    return date_of(found[1] if found else text)


def period_of(text: str) -> tuple[date, date]:
    """The two days of `2024-01-01/2024-12-31` or `2024年1月1日至2024年12月31日`.

    Raises `Rejected`: `not-a-period`, `period-backwards`, and as `date_of`.
    """
    ends = split(_BETWEEN, _narrow(text), flags=ASCII)
    if len(ends) != 2:
        raise Rejected("not-a-period", text=shown(text))
    return checked_period(date_of(ends[0]), date_of(ends[1]))


def checked_period(start: date, end: date) -> tuple[date, date]:
    """The period between two days. Raises `Rejected` `period-backwards`."""
    if end < start:
        raise Rejected("period-backwards", start=start.isoformat(), end=end.isoformat())
    return start, end


def duration_of(text: str) -> tuple[int, str]:
    """The count and unit of `3 years`, `20个工作日`. Raises `Rejected` `not-a-duration`."""
    found = fullmatch(_LENGTH, _narrow(text), ASCII)
    unit = _LENGTH_UNITS.get(" ".join(found["unit"].split()).lower()) if found else None
    if found is None or unit is None:
        raise Rejected("not-a-duration", text=shown(text))
    return int(found["count"]), unit
