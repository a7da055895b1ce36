"""The vocabularies of generated packs: facts of all types, and tables that refer to each other."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

OPTIONS = ("tree", "bamboo", "shrub")
TEXTS = (
    "pine",
    "fir",
    "P-1",
    "内蒙古",
    'say "no"',
    "it's",
    "__import__('os').abort()",
    "nan",
    "{project}",
    "back\\slash",
    "a\u2028b",
)
"""Texts of rules and of values, among them some that would do harm where a text became code."""

UNITS: dict[str, tuple[tuple[str, Fraction], ...]] = {
    "number": (("", Fraction(1)),),
    "share": (("%", Fraction(1)),),
    "area": (("ha", Fraction(1)), ("m2", Fraction(1, 10_000)), ("亩", Fraction(1, 15))),
    "mass": (("tdm", Fraction(1)), ("kgdm", Fraction(1, 1000))),
}
"""The units that literals of a kind are written in, with their size in the kind's own."""

OWN = {kind: units[0][0] for kind, units in UNITS.items()}
NUMBERS = tuple(UNITS)


class Field(NamedTuple):
    """A fact or a column. `kind`: a key of `UNITS`, whole, text, option, truth or date."""

    name: str
    kind: str
    low: Decimal | None = None
    high: Decimal | None = None
    optional: bool = False
    refers: str = ""
    """The table whose key this column holds."""

    @property
    def line(self) -> str:
        type_ = {
            "number": "number",
            "whole": "integer",
            "text": "text",
            "option": "one of " + ", ".join(OPTIONS),
            "truth": "yes/no",
            "date": "date",
        }.get(self.kind) or OWN[self.kind]
        unit = f" {OWN.get(self.kind, '')}".rstrip()
        span = ""
        if self.low is not None and self.high is not None:
            span = f" between {self.low}{unit} and {self.high}{unit}"
        elif self.low is not None:
            span = f" >= {self.low}{unit}"
        elif self.high is not None:
            span = f" <= {self.high}{unit}"
        return f'  {self.name} "{self.name}" : {type_}{" optional" if self.optional else ""}{span}'


class Table(NamedTuple):
    name: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]


class Vocabulary(NamedTuple):
    facts: tuple[Field, ...]
    tables: tuple[Table, ...]

    @property
    def text(self) -> str:
        lines = ['facts project "Project"', *(field.line for field in self.facts)]
        for table in self.tables:
            lines += [f'table {table.name} "{table.name}"', f"  key {', '.join(table.key)}"]
            lines += [field.line for field in table.fields]
        return "\n".join(lines) + "\n"


_RANGES = {
    "number": ((None, None), (None, None), ("0", None), ("-1", "10"), (None, "100")),
    "whole": ((None, None), ("0", None), ("0", "12"), (None, "40")),
    "share": ((None, None), ("0", "100"), ("0", None)),
    "area": ((None, None), ("0", None), ("0", None), ("0", "1000")),
    "mass": ((None, None), ("0", None)),
}


def vocabulary(chance: Random) -> Vocabulary:
    """A vocabulary with facts of every type and three tables."""

    def field(name: str, kind: str) -> Field:
        low, high = (
            None if end is None else Decimal(end)
            for end in chance.choice(_RANGES.get(kind, ((None, None),)))
        )
        return Field(name, kind, low, high, chance.random() < 0.1)

    kinds = ("number", "number", "whole", "share", "area", "area", "mass")
    kinds += ("text", "option", "truth", "date", "date")
    count: dict[str, int] = {}

    def named(letter: str, kind: str) -> Field:
        count[letter + kind] = count.get(letter + kind, 0) + 1
        return field(f"{letter}{kind}{count[letter + kind]}", kind)

    facts = [named("", kind) for kind in kinds]
    facts += [named("", chance.choice((*kinds, "truth", "text"))) for _ in range(4)]
    plot_key = chance.choice(("text", "whole", "number"))
    two_parts = chance.random() < 0.3
    plots = Table(
        "plots",
        ("id", "part") if two_parts else ("id",),
        (
            Field("id", plot_key),
            *((Field("part", "text"),) if two_parts else ()),
            *(named("p", kind) for kind in ("area", "number", "option", "truth")),
        ),
    )
    species = Table(
        "species", ("code",), (Field("code", "text"), named("s", "number"), named("s", "share"))
    )
    trees = Table(
        "trees",
        ("id",),
        (
            Field("id", "whole"),
            Field("plot", plot_key, refers="plots"),
            *((Field("part", "text"),) if two_parts else ()),
            Field("species", "text", refers="species"),
            *(named("t", kind) for kind in ("number", "number", "whole", "mass", "area")),
            *(named("t", kind) for kind in ("text", "option", "truth", "date", "date")),
        ),
    )
    return Vocabulary(tuple(facts), (plots, species, trees))
