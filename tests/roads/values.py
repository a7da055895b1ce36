"""Values for generated packs: what sits exactly on a threshold, beside it, far off, or is none.

Each value is what a program would hold (float, int, Decimal, str, bool, date, None) and what
the dossier of the reference evaluator has in its place is read from it by the dossier's own
reader, as from a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import inf, nan, nextafter
from random import Random
from typing import Any

from guiju.dossier.model import Dossier, Given, TableData
from guiju.dossier.problems import Rejected
from guiju.dossier.values import reader_for
from guiju.plan.nodes import FieldPlan, PackPlan
from guiju.verdicts import Origin

from .rules import Writer
from .vocabulary import OPTIONS, TEXTS, Field, Table

AS_OF = date(2026, 5, 12)
_WILD = (1e300, -1e300, 1e-300, 5e-324, 1.7976931348623157e308, 1e22, 1e16, 9007199254740993.0)


class Values:
    """Makes the values of fields. `wild`: how often a number is one that strains binary64."""

    def __init__(self, chance: Random, writer: Writer) -> None:
        self.chance, self.writer = chance, writer
        self.missing = chance.choice((0.0, 0.05, 0.15, 0.4))
        self.wild = chance.choice((0.0, 0.0, 0.1, 0.4))
        self.decimals = chance.random() < 0.2
        """Whether some numbers are Decimals or large integers, which only objects can hold."""

    def facts(self, fields: Sequence[Field]) -> dict[str, Any]:
        """The facts of one dossier by name; some of those that are missing are left out."""
        found: dict[str, Any] = {}
        for field in fields:
            value = self.value(field)
            if value is not None or self.chance.random() < 0.5:
                name = field.name if self.chance.random() < 0.8 else f"project.{field.name}"
                found[name] = value
        return found

    def value(self, field: Field) -> Any:
        chance = self.chance
        if chance.random() < self.missing:
            return None
        match field.kind:
            case "text":
                return chance.choice(TEXTS)
            case "option":
                return chance.choice(OPTIONS)
            case "truth":
                return chance.random() < 0.5
            case "date":
                return self._day()
            case "whole":
                return self._whole()
        return self._number(field.kind)

    def _day(self) -> date:
        chance = self.chance
        form = chance.random()
        if form < 0.4 and self.writer.days:
            near = chance.choice(self.writer.days)
            return near + timedelta(days=chance.choice((0, 0, 1, -1, 365, 366, -1096, 1096)))
        if form < 0.5 and self.wild:
            return chance.choice((date.min, date.max, date(2024, 2, 29), date(1900, 3, 1)))
        return date(2018, 1, 1) + timedelta(days=chance.randrange(3000))

    def _whole(self) -> Any:
        chance = self.chance
        if chance.random() < 0.4 and self.writer.constants["number"]:
            return round(
                float(chance.choice(self.writer.constants["number"])) + chance.choice((0, 1))
            )
        if chance.random() < self.wild:
            many = [0, -1, 2**53 + 1, 10**18, float(2**60), 3.0]
            return chance.choice([*many, 10**400] if self.decimals else many)
        return chance.randrange(-3, 60)

    def _number(self, kind: str) -> Any:
        chance = self.chance
        form = chance.random()
        if form < self.wild:
            return self._wild(kind)
        if form < 0.55 and self.writer.constants[kind]:
            value = float(chance.choice(self.writer.constants[kind]))
            if chance.random() < 0.4:
                value = nextafter(value, chance.choice((inf, -inf)))
            return value
        if form < 0.7:
            return chance.randrange(-3, 30)
        return round(chance.uniform(-5, 60), chance.choice((0, 1, 2, 4)))

    def _wild(self, kind: str) -> Any:
        chance = self.chance
        form = chance.random()
        if form < 0.3:
            return chance.choice(_WILD)
        if form < 0.45:
            return chance.choice((0.0, -0.0, 0, nan, inf, -inf))
        if form < 0.6 and self.decimals:
            many = (
                Decimal("0.1000000000000000055511151231257827"),
                Decimal(1) / Decimal(3),
                Decimal("1E+400"),
                Decimal("NaN"),
                10**25,
                10**400,
            )
            constants = self.writer.constants[kind]
            if constants and chance.random() < 0.6:
                value: Fraction = chance.choice(constants)
                return Decimal(value.numerator) / Decimal(value.denominator)
            return chance.choice(many)
        return chance.uniform(-1, 30) * 10.0 ** chance.choice((0, 0, 0, -9, 9, 20))

    def rows(
        self, table: Table, others: Mapping[str, list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Rows of a table, which refer to those made before."""
        chance = self.chance
        found = []
        for number in range(chance.choice((0, 1, 2, 3, 5, 8))):
            row = {field.name: self.value(field) for field in table.fields}
            for field in table.fields:
                if field.name == table.key[0]:
                    row[field.name] = self._key(field, number)
                elif field.name == "part":
                    row["part"] = chance.choice(("a", "a", "b", None))
                elif field.refers and chance.random() < 0.85:
                    given = [one[next(iter(one))] for one in others.get(field.refers, ())]
                    if given:
                        row[field.name] = chance.choice(given)
            found.append(row)
        return found

    def _key(self, field: Field, number: int) -> Any:
        chance = self.chance
        if chance.random() < 0.05 and self.missing:
            return None
        if chance.random() < 0.05 and number:
            number -= 1
        match field.kind:
            case "text":
                return TEXTS[number % len(TEXTS)]
            case "whole":
                return number + 1
        return (0.1, 0.2, 0.1 + 0.2, 0.3, 1.0, 1e16, 7.0, 8.5)[number]

    def tables(self, tables: Sequence[Table]) -> dict[str, list[dict[str, Any]]]:
        """The rows of all tables; now and then one is not handed in."""
        made: dict[str, list[dict[str, Any]]] = {}
        for table in tables:
            if self.chance.random() > 0.04:
                made[table.name] = self.rows(table, made)
        return made


# --- as a dossier --------------------------------------------------------------------------


def as_read(field: FieldPlan, value: Any) -> Any:
    """What the reader of dossiers makes of a value; None for what it refuses."""
    match value:
        case None | bool():
            raw = value
        case float():
            raw = repr(value)
        case int():
            raw = str(value) if abs(value) < 10**4000 else "x"
        case Decimal():
            raw = str(value)
        case date():
            raw = value.isoformat()
        case _:
            raw = value
    try:
        return reader_for(field)(raw)
    except Rejected:
        return None


def dossier(
    plan: PackPlan,
    facts: Mapping[str, Any],
    tables: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> Dossier:
    """A dossier of facts named as in objects, and of tables by rows."""
    made = Dossier("D", "D", "d", "0" * 64, None, AS_OF, None, None)
    for group in plan.groups.values():
        for name, field in group.fields.items():
            raw = facts.get(name, facts.get(f"{group.name}.{name}"))
            value = as_read(field, raw)
            if value is not None:
                made.facts[group.name, name] = Given(value, Origin("d.yaml", "1:1"))
    for name, rows in (tables or {}).items():
        its = plan.tables[name]
        columns = {
            field: [as_read(one, row.get(field)) for row in rows]
            for field, one in its.fields.items()
        }
        # Rows go by their number, so that of two with one key it is told which is meant.
        keys = [str(number) for number in range(len(rows))]
        made.tables[name] = TableData(name, columns, keys, lambda row, field: Origin("t.csv", "A1"))
    return made
