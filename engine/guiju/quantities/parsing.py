"""Reads units as people write them, and says which are words of the rule language.

The spellings stand in `table.py`, which `build.py` makes from `units.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from guiju.quantities.unit import ONE, Terms, Unit
from guiju.record import Record

UnitData = tuple[int, int, Terms]
"""Numerator, denominator and dimensions of a unit."""


class UnitTable(Record):
    """The units and their spellings, NFKC-normalised. `masses` and `substances` are the
    parts of tCO2e and its like; `sets` are the sets of warming potentials that may stand
    in braces after a unit of `equivalent`. `words` are the words of the rule language."""

    units: dict[str, UnitData]
    spellings: dict[str, str]
    masses: dict[str, str]
    substances: dict[str, str]
    dimensions: dict[str, str]
    equivalent: str
    sets: frozenset[str]
    words: frozenset[str]


_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "·": "·", "⋅": "·", "•": "·", "・": "·", "×": "·", "*": "·", "∕": "/"}
)
_MULTIPLICATIONS = "·. "
_KNOWN_LIMIT = 4096
_known: dict[str, Unit] = {"1": ONE}


class UnknownUnit(ValueError):
    """A text that is no unit. `suggestions` are units it may have meant, best first.

    `ambiguous` says that it has two readings, which the suggestions spell out.
    """

    def __init__(
        self, text: str, suggestions: tuple[str, ...] = (), ambiguous: bool = False
    ) -> None:
        super().__init__(text, suggestions, ambiguous)
        self.text = text
        self.suggestions = suggestions
        self.ambiguous = ambiguous

    def __str__(self) -> str:
        hint = f"; did you mean {' or '.join(f'`{s}`' for s in self.suggestions)}?"
        kind = "ambiguous" if self.ambiguous else "unknown"
        return f"{kind} unit `{self.text}`{hint if self.suggestions else ''}"


def parse_unit(text: str) -> Unit:
    """The unit a whole text names, in the spellings of `units.toml` and of UCUM.

    Products are written with `·`, `*`, `.` or a space, quotients with `/` or `per`,
    powers as `m2`, `m^2`, `m²`, `ha-1`. The unit one is written `1`. `a` is a year here;
    the rule language does not have it. Raises UnknownUnit; `t/ha·yr` is unknown as well,
    because people read it in two ways.

    >>> parse_unit("t.har-1.a-1").symbol
    't/ha/yr'
    >>> parse_unit("tCO₂e/公顷/年").symbol
    'tCO2e/ha/yr'
    >>> parse_unit("t d.m./ha") == parse_unit("tdm/hm²")
    True
    """
    unit = _known.get(text)
    if unit is None:
        from guiju.quantities.table import TABLE

        unit = Reader(text, TABLE).unit()
        if len(_known) < _KNOWN_LIMIT:
            _known[text] = unit
    return unit


def is_unit(text: str) -> bool:
    """Whether a text is a unit `parse_unit` reads."""
    try:
        parse_unit(text)
    except UnknownUnit:
        return False
    return True


def unit_words() -> frozenset[str]:
    """The single-word units of the rule language, NFKC-normalised.

    Words an author needs for other things are left out: one-letter symbols but t, m and
    g, and `min`, `in`, `tree`, `are`. `年` and `天` are in it; after a number the grammar
    takes them for a duration first.
    """
    from guiju.quantities.table import TABLE

    return TABLE.words


def unit_pattern() -> str:
    """A regular expression for a unit in rule text, longest first, for `re` and `regex`.

    It holds quotients with `/` and products with `·` but no spaces, and ends where a word
    ends: in `400 m2/hello` it matches `m2`. Write `400 m2 / h` to divide by a name.
    """
    from guiju.quantities.table import PATTERN

    return PATTERN


def normalised(text: str) -> str:
    """The NFKC form of a unit's text with one sign each for minus, times and over."""
    if not text.isascii():
        from unicodedata import normalize

        # NFKC makes a middle dot of the Greek one and a space of a no-break one.
        text = normalize("NFKC", text)
    return " ".join(text.translate(_SIGNS).split())


def unit_of(symbol: str, data: UnitData) -> Unit:
    """The unit of one symbol."""
    numerator, denominator, dimensions = data
    return Unit(Fraction(numerator, denominator), dimensions, ((symbol, 1),))


class Reader:
    """Reads one text from left to right, taking the longest spelling at each place."""

    def __init__(self, original: str, table: UnitTable, suggesting: bool = True) -> None:
        self.original = original
        self.text = normalised(original)
        self.table = table
        self.suggesting = suggesting
        self.at = 0

    def unit(self) -> Unit:
        if not self.text:
            raise UnknownUnit(self.original)
        unit = self.expression(closing=False)
        if self.at < len(self.text):
            raise self.unknown()
        return unit

    def expression(self, closing: bool) -> Unit:
        unit = ONE if self.text.startswith("/", self.at) else self.factor()[0]
        divided = False
        while self.at < len(self.text):
            if closing and self.text[self.at] == ")":
                break
            if self.took(self.division):
                unit = unit / self.factor()[0]
                divided = True
            elif self.took(self.multiplication):
                factor, inverse = self.factor()
                if divided and not inverse:
                    raise self.two_readings(unit, factor)
                unit = unit * factor
            else:
                raise self.unknown()
        return unit

    def factor(self) -> tuple[Unit, bool]:
        """A unit with its power, and whether that power is negative."""
        self.skip()
        if self.text.startswith("(", self.at):
            inside = self.at
            self.at += 1
            unit = self.expression(closing=True)
            if not self.text.startswith(")", self.at):
                self.at = inside
                raise self.unknown()
            self.at += 1
        elif self.text.startswith("1", self.at) and self.ends(self.at + 1):
            self.at += 1
            return ONE, False
        else:
            unit = self.atom()
        power = self.power()
        return (unit if power == 1 else unit**power), power < 0

    def atom(self) -> Unit:
        start = self.at
        for end in range(len(self.text), start, -1):
            if not self.ends(self.after_power(end)):
                continue
            written = self.text[start:end]
            unit = self.spelt(written) or self.substance(written)
            if unit is not None:
                self.at = end
                return unit
        raise self.unknown()

    def spelt(self, written: str) -> Unit | None:
        symbol = self.table.spellings.get(written)
        if symbol is None:
            return None
        data = self.table.units.get(symbol)
        return Reader(symbol, self.table).unit() if data is None else unit_of(symbol, data)

    def substance(self, written: str) -> Unit | None:
        """A mass of a substance: `tCO2e`, `t CO2e`, `t{CO2e}`, `tCO2e{AR5}`."""
        table = self.table
        plain, brace, name = written.removesuffix("}").rpartition("{")
        said = f"{{{name}}}" if brace and name in table.sets else ""
        if said:
            written = plain
        for end in range(len(written) - 1, 0, -1):
            mass = table.masses.get(written[:end])
            if mass is None:
                continue
            rest = written[end:]
            bracketed = (rest[0] + rest[-1]) in ("{}", "()")
            inside = rest[1:-1] if bracketed else rest.lstrip(" ")
            substance = table.substances.get(inside)
            if substance is not None and (not said or substance == table.equivalent):
                numerator, denominator, _ = table.units[mass]
                dimensions = ((table.dimensions[substance] + said, 1),)
                return unit_of(mass + substance + said, (numerator, denominator, dimensions))
        return None

    def after_power(self, at: int) -> int:
        """Where the power that may stand at a place ends."""
        text = self.text
        end = at + text.startswith("^", at)
        end += text.startswith(("-", "+"), end)
        digits = end
        while digits < len(text) and text[digits] in "0123456789":
            digits += 1
        return digits if digits > end else at

    def power(self) -> int:
        end = self.after_power(self.at)
        written = self.text[self.at : end].lstrip("^")
        if not written:
            return 1
        power = int(written) if len(written) < 4 else 0
        if power == 0:
            raise self.unknown()
        self.at = end
        return power

    def ends(self, at: int) -> bool:
        return at >= len(self.text) or self.text[at] in "/·. ()"

    def skip(self) -> None:
        while self.text.startswith(" ", self.at):
            self.at += 1

    def took(self, sign: Callable[[], bool]) -> bool:
        start = self.at
        if sign():
            return True
        self.at = start
        return False

    def division(self) -> bool:
        self.skip()
        for sign in ("/", "per "):
            if self.text.startswith(sign, self.at):
                self.at += len(sign)
                return True
        return False

    def multiplication(self) -> bool:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in _MULTIPLICATIONS:
            self.at += 1
        return self.text[start : self.at].count(" ") <= 2 and self.at > start

    def two_readings(self, unit: Unit, factor: Unit) -> UnknownUnit:
        return UnknownUnit(self.original, ((unit / factor).symbol, (unit * factor).symbol), True)

    def unknown(self) -> UnknownUnit:
        return UnknownUnit(self.original, self.suggestions())

    def suggestions(self) -> tuple[str, ...]:
        """Units written nearly like the part that was not understood."""
        from difflib import get_close_matches
        from re import match

        if not self.suggesting:
            return ()
        rest = self.text[self.at :]
        found = match(r"[^/· ()]+", rest)
        part = found.group() if found else rest
        spellings = [*self.table.spellings, *self.table.words]
        same = [s for s in spellings if s.casefold() == part.casefold()]
        # One wrong character in two is a slip in Chinese and another word in English.
        near = get_close_matches(part, spellings, n=6, cutoff=0.7 if part.isascii() else 0.5)
        before, after = self.text[: self.at], rest[len(part) :]
        fixed: list[str] = []
        for spelling in (*same, *near):
            reader = Reader(f"{before}{spelling}{after}", self.table, suggesting=False)
            try:
                symbol = reader.unit().symbol
            except UnknownUnit:
                continue
            if symbol not in fixed:
                fixed.append(symbol)
        return tuple(fixed[:3])
