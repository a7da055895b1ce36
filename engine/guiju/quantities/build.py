"""Makes `table.py` from `units.toml`: `python -m guiju.quantities.build`.

Reading TOML costs more than a cold `guiju check` may spend on units, so the spellings
are kept as a Python module. A test holds the two together.
"""

from __future__ import annotations

import re
import sys
import tomllib
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

from guiju.quantities.parsing import Reader, UnitData, UnitTable, normalised
from guiju.quantities.unit import Unit

TENS = {"万": 10**4, "亿": 10**8}
SHARES = ("%", "‰", "°")
"""Symbols that are no word characters: a name may follow them at once."""

# Characters NFKC would make of two, as Chinese documents have them.
SQUARED = {"㎡": "m2", "㎥": "m3", "㏊": "ha", "㎏": "kg", "㎞": "km", "㎝": "cm", "㎜": "mm"}
HEADER = '"""Generated from `units.toml` by `build.py`: every spelling of every unit."""\n'


class Builder:
    """Collects the units, their spellings and the words of the rule language."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.units: dict[str, UnitData] = {}
        self.spellings: dict[str, str] = {}
        self.masses: dict[str, str] = {}
        self.substances: dict[str, str] = {}
        self.words: set[str] = set()
        self.below: set[str] = set()
        self.heads: set[str] = set()

    def build(self) -> None:
        bases = {symbol: name for name, symbol in self.data["dimensions"].items()}
        for symbol, entry in self.data["units"].items():
            self.add_unit(symbol, entry, bases)
        self.add_substances()
        for spelling, meaning in self.data["compounds"].items():
            self.spell(spelling, self.parse(meaning).symbol, "word")
        for spelling, meaning in self.data["compounds_in_texts"].items():
            self.spell(spelling, self.parse(meaning).symbol, "text")
        for power, symbols in self.data["powers"].items():
            self.words.update(f"{symbol}{power}" for symbol in symbols)

    def table(self) -> UnitTable:
        potentials = self.data["warming_potentials"]
        entries = self.data["substances"].items()
        return UnitTable(
            units=self.units,
            spellings=self.spellings,
            masses=self.masses,
            substances=self.substances,
            dimensions={name: entry["dimension"] for name, entry in entries if name != "masses"},
            equivalent=potentials["of"],
            sets=frozenset(potentials["sets"]),
            words=frozenset(self.words),
        )

    def parse(self, text: str) -> Unit:
        return Reader(text, self.table(), suggesting=False).unit()

    def size(self, text: str) -> UnitData:
        number, _, unit = text.partition(" ")
        factor = Fraction(number)
        if not unit:
            return factor.numerator, factor.denominator, ()
        base = self.parse(unit)
        factor *= base.factor
        return factor.numerator, factor.denominator, base.dimensions

    def define(self, symbol: str, data: UnitData, role: str) -> None:
        if symbol in self.units:
            raise ValueError(f"unit {symbol} is defined twice")
        self.units[symbol] = data
        self.spell(symbol, symbol, role)

    def spell(self, spelling: str, symbol: str, role: str) -> None:
        spelling = normalised(spelling)
        if self.spellings.setdefault(spelling, symbol) != symbol:
            raise ValueError(f"{spelling} is {symbol} and {self.spellings[spelling]}")
        if role == "word":
            self.words.add(spelling)
        elif role == "below":
            self.below.add(spelling)
        elif role == "head":
            self.heads.add(spelling)

    def add_unit(self, symbol: str, entry: dict[str, Any], bases: dict[str, str]) -> None:
        data = self.size(entry["is"]) if "is" in entry else (1, 1, ((bases[symbol], 1),))
        self.define(symbol, data, entry.get("role", "word"))
        self.spell_all(symbol, entry, "")
        numerator, denominator, dimensions = data
        for ten in entry.get("tens", ()):
            larger = Fraction(numerator, denominator) * TENS[ten]
            more = (larger.numerator, larger.denominator, dimensions)
            self.define(ten + symbol, more, entry.get("role", "word"))
            self.spell_all(ten + symbol, entry, ten)

    def spell_all(self, symbol: str, entry: dict[str, Any], before: str) -> None:
        for name in entry.get("names", ()):
            self.spell(before + name, symbol, "word")
        for name in entry.get("heads", ()) if not before else ():
            self.spell(name, symbol, "head")
        for name in entry.get("also", ()):
            if not before or not name.isascii():
                self.spell(before + name, symbol, "text")

    def add_substances(self) -> None:
        substances = dict(self.data["substances"])
        for mass in substances.pop("masses"):
            entry = self.data["units"][mass]
            for ten in ("", *entry.get("tens", ())):
                names = [mass, *entry.get("names", ())]
                others = [name for name in entry.get("also", ()) if not ten]
                self.masses |= {ten + name: ten + mass for name in (*names, *others)}
                for substance, words in substances.items():
                    joined = (substance, *words["names"])
                    pairs = ((ten + name, word) for name in names for word in joined)
                    # Nobody writes a Latin mass before a Chinese substance.
                    self.words |= {a + b for a, b in pairs if b.isascii() or not a.isascii()}
        for substance, entry in substances.items():
            spelt = (substance, *entry["names"], *entry["also"])
            self.substances |= {normalised(name): substance for name in spelt}

    # --- the pattern -----------------------------------------------------------------

    def pattern(self) -> str:
        """Units of the rule language joined by `/` and `·`, as one regular expression."""
        first = self.alternatives(self.words)
        later = self.alternatives(self.words | self.below)
        head = rf"(?:{_trie(self.heads)})(?=/{later})"
        return rf"(?:(?:{first}|{head})(?:[/·⋅]{later})*)"

    def alternatives(self, words: set[str]) -> str:
        potentials = self.data["warming_potentials"]
        sets = "|".join(potentials["sets"])
        equivalents = {w for w in words if self.dimension_of(w) == "co2e"}
        shares = {w for w in words if w in SHARES}
        plain = words - equivalents - shares
        inverse = "(?:⁻[¹²³])?"
        return (
            rf"(?:(?:{_trie(equivalents)})(?:\{{(?:{sets})\}}|(?![\w{{])){inverse}"
            rf"|(?:{_trie(plain | set(SQUARED))}){inverse}(?!\w)"
            rf"|[%％‰°])"
        )

    def dimension_of(self, word: str) -> str | None:
        dimensions = self.parse(word).dimensions
        return dimensions[0][0] if len(dimensions) == 1 else None

    def source(self) -> str:
        table = self.table()
        lines = [HEADER, "from guiju.quantities.parsing import UnitTable\n", "TABLE = UnitTable("]
        for name, value in zip(table._fields, table, strict=True):
            match value:
                case dict():
                    lines.append(f"    {name}={{")
                    lines += [f"        {_text(k)}: {_text(v)}," for k, v in value.items()]
                    lines.append("    },")
                case frozenset():
                    lines += [f"    {name}=frozenset(", "        {"]
                    lines += [f"            {_text(item)}," for item in sorted(value)]
                    lines += ["        }", "    ),"]
                case _:
                    lines.append(f"    {name}={_text(value)},")
        lines += [")\n", "PATTERN = (", *_long_text(self.pattern()), ")", ""]
        return "\n".join(lines)


def _text(value: object) -> str:
    """A literal the way the formatter writes it."""
    if isinstance(value, str):
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"'
    if isinstance(value, tuple):
        inside = ", ".join(_text(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return repr(value)


def _long_text(text: str) -> list[str]:
    return [f"    {_text(text[at : at + 72])}" for at in range(0, len(text), 72)]


def _trie(words: set[str]) -> str:
    """Alternatives for the words, sharing their beginnings, longest first.

    A digit that may be typeset small matches either way: `CO2` and `CO₂`, `m2` and `m²`.
    """
    heads: dict[str, set[str]] = {}
    for word in words:
        if word:
            heads.setdefault(word[0], set()).add(word[1:])
    branches = []
    for head, tails in sorted(heads.items()):
        rest = _trie(tails - {""})
        if rest and "" in tails:
            rest = f"(?:{rest})?"
        elif "|" in rest:
            rest = f"(?:{rest})"
        branches.append(_character(head) + rest)
    return "|".join(branches)


def _character(character: str) -> str:
    small = {"2": "[2²₂]", "3": "[3³₃]"}
    return small.get(character, re.escape(character))


def table_source() -> str:
    """The text `table.py` should have."""
    text = files("guiju.quantities").joinpath("units.toml").read_text("utf-8")
    builder = Builder(tomllib.loads(text))
    builder.build()
    return builder.source()


if __name__ == "__main__":
    target = Path(__file__).with_name("table.py")
    target.write_text(table_source(), "utf-8")
    sys.stdout.write(f"{target.name} written\n")
