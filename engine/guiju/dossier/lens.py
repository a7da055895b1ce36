"""How raw values are looked at before they are typed: what means missing, and how a
number or a date is written in files that were not made for us."""

from __future__ import annotations

from decimal import Decimal

from guiju.dossier import numbers
from guiju.dossier.dates import timestamp
from guiju.dossier.problems import Rejected, shown
from guiju.dossier.values import as_text
from guiju.hints import Any
from guiju.quantities import Unit
from guiju.record import Record

READINGS = ("float32", "timestamp")


class Lens(Record):
    """`missing` are texts that stand for no value, `missing_numbers` numbers that do,
    however they are written. `read` is one of `READINGS`. `values` says what a raw text
    stands for. `unit` is that of numbers without one."""

    missing: frozenset[str] = frozenset()
    missing_numbers: tuple[Decimal, ...] = ()
    read: str | None = None
    values: dict[str, str] | None = None
    unit: Unit | None = None

    @property
    def clear(self) -> bool:
        """Whether raw values pass unchanged."""
        return not (self.missing or self.missing_numbers or self.read or self.values)

    def see(self, raw: Any) -> Any:
        """The raw value that is to be typed, None for a missing one. Raises `Rejected`."""
        if isinstance(raw, (list, dict)):
            return raw if raw else None
        text = as_text(raw)
        if text is None or text in self.missing or self._is_missing_number(text):
            return None
        if self.values is not None and text in self.values:
            return self.values[text]
        if self.read == "float32":
            return f"{numbers.float32(text):f}"
        if self.read == "timestamp":
            return timestamp(text).isoformat()
        return raw

    def _is_missing_number(self, text: str) -> bool:
        if not self.missing_numbers:
            return False
        try:
            number, unit = numbers.split(text)
        except Rejected:
            return False
        return not unit and number in self.missing_numbers


def missing_values(raws: list[Any]) -> tuple[frozenset[str], tuple[Decimal, ...]]:
    """The texts and numbers of a `missing:` list. A text that is a number counts for every
    way of writing that number: `-999` for `-999.0`."""
    texts: set[str] = set()
    found: list[Decimal] = []
    for raw in raws:
        text = as_text(raw)
        if text is None:
            continue
        texts.add(text)
        try:
            number, unit = numbers.split(text)
        except Rejected:
            continue
        if not unit:
            found.append(number)
    return frozenset(texts), tuple(found)


def reading(text: str) -> str:
    """The name of a reading. Raises `Rejected` `unknown-reading`."""
    if text not in READINGS:
        raise Rejected("unknown-reading", text=shown(text), known=", ".join(READINGS))
    return text
