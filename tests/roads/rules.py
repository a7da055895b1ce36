"""Rule text for a vocabulary: conditions of every form, over facts and over tables.

What is written is meant to be well typed. Some of it is not (a band that overlaps, a proof that
a condition is always true): those files are left out when the pack is compiled.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from .vocabulary import NUMBERS, OPTIONS, OWN, TEXTS, UNITS, Table, Vocabulary

OPERATORS = ("<", "<=", ">", ">=", "<=", ">=", "=", "!=")
_SIZES = ("0", "1", "2", "3", "5", "7.5", "0.1", "0.3", "10", "12", "33.3", "100", "667", "400")

_FORMS = (
    *("number", "number", "number", "threshold", "threshold", "between", "within", "known"),
    *("option", "text", "truth", "date", "duration", "in", "ends"),
)


class Formula(NamedTuple):
    name: str
    kind: str
    table: str


class Scope(NamedTuple):
    """The variables that stand for rows, and lets by kind."""

    rows: tuple[tuple[str, Table], ...] = ()
    lets: tuple[tuple[str, str], ...] = ()
    aggregates: bool = True
    formulas: bool = True


class Writer:
    """Writes the rules of one pack. What constants they name is kept, so that values can be
    made that meet them exactly."""

    def __init__(self, chance: Random, vocabulary: Vocabulary) -> None:
        self.chance, self.vocabulary = chance, vocabulary
        self.constants: dict[str, list[Fraction]] = {kind: [] for kind in NUMBERS}
        self.days: list[date] = []
        self.formulas: list[Formula] = []
        self.lookups: list[tuple[str, tuple[str, ...], str]] = []
        self._variables = 0
        self.simple = chance.random() < 0.3
        """Whether comparisons are mostly with constants."""

    # --- what stands in a scope ------------------------------------------------------------

    def _named(self, scope: Scope, kinds: tuple[str, ...]) -> list[str]:
        found = [field.name for field in self.vocabulary.facts if field.kind in kinds]
        for variable, table in scope.rows:
            # Columns are what a rule over rows is about.
            found += [f"{variable}.{f.name}" for f in table.fields if f.kind in kinds] * 3
            for field in table.fields:
                other = self._table(field.refers)
                if other is not None and other.key == (other.fields[0].name,):
                    found += [
                        f"{other.name}[{variable}.{field.name}].{its.name}"
                        for its in other.fields
                        if its.kind in kinds
                    ]
        found += [name for name, kind in scope.lets if kind in kinds] * 2
        if scope.formulas:
            for formula in self.formulas:
                if formula.kind not in kinds:
                    continue
                if not formula.table:
                    found.append(formula.name)
                found += [
                    f"{variable}.{formula.name}"
                    for variable, table in scope.rows
                    if table.name == formula.table
                ] * 2
        return found

    def _table(self, name: str) -> Table | None:
        return next((table for table in self.vocabulary.tables if table.name == name), None)

    def _one(self, *forms: str) -> str:
        return self.chance.choice(forms)

    # --- constants -------------------------------------------------------------------------

    def literal(self, kind: str) -> str:
        """A constant of a kind in one of its units."""
        chance = self.chance
        unit, size = chance.choice(UNITS[kind])
        form = chance.random()
        if form < 0.6:
            digits = chance.choice(_SIZES)
        elif form < 0.8:
            digits = f"{chance.uniform(0, 100):.{chance.randrange(5)}f}"
        elif form < 0.95:
            digits = str(Decimal(repr(chance.uniform(0, 20))))
        else:
            digits = self._one(
                "0." + "0" * 24 + "1",
                "1" + "0" * 24,
                "9007199254740993",
                "0.1000000000000000055511151231257827",
            )
        self.constants[kind].append(Fraction(digits) * size)
        return f"{digits}{unit}" if unit == "%" else f"{digits} {unit}".rstrip()

    def day(self) -> str:
        chance = self.chance
        day = date(2018, 1, 1) + timedelta(days=chance.randrange(3000))
        if chance.random() < 0.3:
            day = chance.choice((date(2020, 2, 29), date(2021, 1, 31), date(2023, 8, 31)))
        self.days.append(day)
        return day.isoformat()

    def text(self) -> str:
        text = self.chance.choice(TEXTS)
        return f"「{text}」" if '"' in text else f'"{text}"'

    # --- numbers ---------------------------------------------------------------------------

    def number(self, scope: Scope, kind: str, depth: int = 2) -> str:
        """A number of a kind of `UNITS`."""
        kinds = ("number", "whole", "share") if kind in ("number", "share") else (kind,)
        names = self._named(scope, kinds)
        if depth <= 0 or self.chance.random() < 0.25:
            if names and self.chance.random() < 0.75:
                return self.chance.choice(names)
            return self.literal(kind)
        if kind in ("number", "share") and self.chance.random() < 0.5:
            return self._bare(scope, depth - 1)
        return self._arithmetic(scope, kind, depth - 1)

    def _arithmetic(self, scope: Scope, kind: str, depth: int) -> str:
        def a() -> str:
            return self.number(scope, kind, depth)

        forms = [
            "add",
            "add",
            "take",
            "take",
            "scale",
            "part",
            "ends",
            "abs",
            "if",
            "minus",
            "round",
        ]
        if scope.aggregates and (self._targets(scope)):
            forms += ["aggregate"] * 4
        if any(gives == kind for _, _, gives in self.lookups):
            forms += ["lookup"] * 3
        match self.chance.choice(forms):
            case "add":
                return f"({a()} + {a()})"
            case "take":
                return f"({a()} - {a()})"
            case "scale":
                return f"({a()} * {self.number(scope, 'number', depth)})"
            case "part":
                return f"({a()} / {self.number(scope, 'number', depth)})"
            case "ends":
                return f"{self._one('min', 'max')}({a()}, {a()})"
            case "abs":
                return f"abs({a()})"
            case "if":
                return f"(if {self.condition(scope, depth)} then {a()} else {a()})"
            case "minus":
                return f"(-{a()})"
            case "round":
                how = self._one("rounded to", "rounded up to", "rounded down to")
                step = self._one("1", "0.1", "5", "0.01")
                return f"({a()} {how} {step}{'%' if kind == 'share' else ' ' + OWN[kind]})"
            case "aggregate":
                return self.aggregate(scope, kind, depth)
        return self._lookup(scope, kind)

    def _bare(self, scope: Scope, depth: int) -> str:
        def a() -> str:
            return self.number(scope, "number", depth)

        kind = self._one("area", "mass")
        forms = ["product", "product", "quotient", "ratio", "power", "root", "exp", "ln"]
        forms += ["round", "floor", "days", "part of a day", "length", "in", "sum of roots"]
        if scope.aggregates and self._targets(scope):
            forms += ["count", "count"]
        match self.chance.choice(forms):
            case "product":
                return f"({a()} * {a()})"
            case "quotient":
                return f"({a()} / {a()})"
            case "ratio":
                return f"({self.number(scope, kind, depth)} / {self.number(scope, kind, depth)})"
            case "power":
                return f"({a()}) ^ {self._one('2', '3', '0.5', '2.46', '-1', '10', '0')}"
            case "root":
                return f"sqrt({a()})"
            case "exp":
                return f"exp({a()})"
            case "ln":
                return f"ln({a()})"
            case "round":
                return f"round({a()}, {self._one('0', '1', '2')})"
            case "floor":
                return f"{self._one('floor', 'ceiling')}({a()})"
            case "days":
                return f"days({self.date(scope)}, {self.date(scope)})"
            case "part of a day":
                return f"{self._one('year', 'month', 'day')}({self.date(scope)})"
            case "length":
                return f"length({self._texts(scope)})"
            case "count":
                return self._counted(scope, depth)
            case "sum of roots":
                return f"(sqrt({a()}) + ({a()}) ^ 2)"
        return f"({self.number(scope, kind, depth)} in {OWN[kind]})"

    def _lookup(self, scope: Scope, kind: str) -> str:
        name, keys, _ = self.chance.choice([one for one in self.lookups if one[2] == kind])
        given = [
            self._texts(scope) if key == "text" else self.number(scope, key, 0) for key in keys
        ]
        return f"{name}[{', '.join(given)}]"

    # --- rows ------------------------------------------------------------------------------

    def _targets(self, scope: Scope) -> list[Table]:
        return [] if not self.vocabulary.tables else list(self.vocabulary.tables)

    def _among(self, scope: Scope, depth: int) -> tuple[Scope, str, str]:
        """A variable over a table: the scope inside, `v in T`, and conditions that pick rows."""
        chance = self.chance
        table = chance.choice(self._targets(scope))
        self._variables += 1
        variable = f"r{self._variables}"
        inner = Scope(((variable, table),), scope.lets, False, scope.formulas)
        picks: list[str] = []
        for outer, its in scope.rows:
            if its.name == table.name and chance.random() < 0.8:
                # Another row of the same table.
                fields = [f for f in table.fields if f.kind not in ("truth",)]
                field = chance.choice(fields)
                key = table.key[0]
                picks.append(f"{variable}.{key} != {outer}.{key}")
                picks.append(f"{variable}.{field.name} = {outer}.{field.name}")
                continue
            for mine in table.fields:
                same = [f for f in its.fields if f.kind == mine.kind and f.kind != "truth"]
                if mine.refers == its.name or any(f.refers == table.name for f in same):
                    theirs = next((f for f in same if f.refers == table.name), None) or next(
                        (f for f in same if f.name == its.key[0]), None
                    )
                    if theirs is not None:
                        picks.append(f"{variable}.{mine.name} = {outer}.{theirs.name}")
                        break
        chance.shuffle(picks)
        if chance.random() < 0.5:
            picks.append(self.condition(inner, min(depth, 1)))
        if not picks and not scope.rows and chance.random() < 0.3:
            fact = self._named(Scope(), ("text",))
            texts = [f.name for f in table.fields if f.kind == "text"]
            if fact and texts:
                picks.append(f"{variable}.{chance.choice(texts)} = {chance.choice(fact)}")
        return inner, f"{variable} in {table.name}", " and ".join(f"({p})" for p in picks)

    def aggregate(self, scope: Scope, kind: str, depth: int) -> str:
        inner, rows, where = self._among(scope, depth)
        picked = f" where {where}" if where else ""
        value = self.number(inner, kind, min(depth, 1))
        form = self._one("sum", "sum", "sum", "mean", "min", "max", "weighted")
        if form == "weighted":
            weight = self.number(inner, "number", 0)
            return f"(weighted mean of {value} by {weight} for {rows}{picked})"
        return f"({form} of {value} for {rows}{picked})"

    def _counted(self, scope: Scope, depth: int) -> str:
        _, rows, where = self._among(scope, depth)
        return f"(count for {rows}{' where ' + where if where else ''})"

    def quantified(self, scope: Scope, depth: int) -> str:
        inner, rows, where = self._among(scope, depth)
        form = self._one("every", "some", "no", "no", "at least 2 of", "at least 50% of")
        condition = self.condition(inner, min(depth, 1))
        if form in ("no", "some") and where and self.chance.random() < 0.5:
            # `no other in T satisfies other.id != its.id and …`: without a `where`.
            return f"({form} {rows} satisfies {where})"
        picked = f" where {where}" if where else ""
        return f"({form} {rows}{picked} satisfies {condition})"

    # --- dates, texts ----------------------------------------------------------------------

    def date(self, scope: Scope, depth: int = 1) -> str:
        names = self._named(scope, ("date",))
        form = self.chance.random()
        if depth > 0 and form < 0.4:
            start = self.date(scope, depth - 1)
            sign = self._one("+", "-")
            length = self._one("3 years", "1 year", "1 month", "18 months", "30 days", "400 days")
            end = "" if "days" in length else self._one(" month end down", " month end up", "")
            return f"({start} {sign} {length}{end})"
        if names and form < 0.9:
            return self.chance.choice(names)
        return "as_of" if form > 0.97 else self.day()

    def _texts(self, scope: Scope) -> str:
        names = self._named(scope, ("text",))
        return self.chance.choice(names) if names and self.chance.random() < 0.85 else self.text()

    # --- conditions ------------------------------------------------------------------------

    def condition(self, scope: Scope, depth: int = 2) -> str:
        """A condition of any form."""
        chance = self.chance
        if depth > 0 and chance.random() < 0.45:
            match chance.choice(("and", "and", "or", "or", "not", "if", "rows")):
                case "and" | "or" as word:
                    parts = [
                        self.condition(scope, depth - 1) for _ in range(chance.choice((2, 2, 3)))
                    ]
                    return "(" + f" {word} ".join(parts) + ")"
                case "not":
                    return f"not ({self.condition(scope, depth - 1)})"
                case "if":
                    a, b, c = (self.condition(scope, depth - 1) for _ in range(3))
                    return f"(if {a} then {b} else {c})"
                case "rows" if scope.aggregates:
                    return self.quantified(scope, depth - 1)
        match chance.choice(_FORMS):
            case "number":
                return self._comparison(scope, depth)
            case "threshold":
                kind, name = self._number_name(scope)
                return f"{name} {chance.choice(OPERATORS)} {self.literal(kind)}"
            case "between":
                kind, name = self._number_name(scope)
                if chance.random() < 0.4:
                    name = self.number(scope, kind, depth)
                low, high = self.literal(kind), self.literal(kind)
                if self.constants[kind][-2] > self.constants[kind][-1]:
                    low, high = high, low
                return f"{name} between {low} and {high}"
            case "within":
                kind = chance.choice(("number", "area", "mass"))
                a, b = self.number(scope, kind, depth), self.number(scope, kind, depth - 1)
                reach = (
                    self._one("5%", "0.1%", "20%") if chance.random() < 0.6 else self.literal(kind)
                )
                return f"{a} within {reach} of {b}"
            case "known":
                kinds = ("number", "area", "text", "option", "date", "whole", "mass", "truth")
                name = chance.choice(self._named(scope, kinds))
                return f"{name} is {self._one('known', 'not known')}"
            case "option":
                names = self._named(scope, ("option",))
                if not names:
                    return self._comparison(scope, depth)
                name = chance.choice(names)
                if chance.random() < 0.5:
                    return f"{name} is {self._one('', 'not ')}{chance.choice(OPTIONS)}"
                some = chance.sample(OPTIONS, 2)
                return f"{name} is {self._one('', 'not ')}in {{{', '.join(some)}}}"
            case "text":
                a = self._texts(scope)
                if chance.random() < 0.3:
                    name = self._one("starts_with", "contains", "ends_with")
                    return f"{name}({a}, {self._texts(scope)})"
                return f"{a} {self._one('=', '!=', '=')} {self._texts(scope)}"
            case "truth":
                names = self._named(scope, ("truth",))
                return chance.choice(names) if names else self._comparison(scope, depth)
            case "date":
                return f"{self.date(scope)} {chance.choice(OPERATORS)} {self.date(scope)}"
            case "duration":
                length = self._one("30 days", "365 days", "1096 days", "0 days")
                apart = f"{self.date(scope)} - {self.date(scope)}"
                return f"{apart} {chance.choice(OPERATORS)} {length}"
            case "in":
                if chance.random() < 0.5:
                    kind, name = self._number_name(scope)
                    items = [self.literal(kind) for _ in range(3)]
                    if chance.random() < 0.3:
                        items.append(self._number_name(scope, kind)[1])
                    return f"{name} is {self._one('', 'not ')}in {{{', '.join(items)}}}"
                items = [self.text() for _ in range(3)]
                if chance.random() < 0.3:
                    items.append(self._texts(scope))
                return f"{self._texts(scope)} is {self._one('', 'not ')}in {{{', '.join(items)}}}"
        kind, name = self._number_name(scope)
        return f"{name} {self._one('<=', '>=', '=')} {self._number_name(scope, kind)[1]}"

    def _number_name(self, scope: Scope, kind: str = "") -> tuple[str, str]:
        """The name of a number, with its kind."""
        kind = kind or self.chance.choice(NUMBERS)
        names = self._named(scope, ("number", "whole") if kind == "number" else (kind,))
        return kind, (self.chance.choice(names) if names else self.literal(kind))

    def _comparison(self, scope: Scope, depth: int) -> str:
        kind = self.chance.choice(NUMBERS)
        a = self.number(scope, kind, depth)
        constant = self.chance.random() < (0.8 if self.simple else 0.35)
        b = self.literal(kind) if constant else self.number(scope, kind, depth)
        return f"{a} {self.chance.choice(OPERATORS)} {b}"

    # --- whole items -----------------------------------------------------------------------

    def lookup(self, name: str) -> str:
        """A lookup by text, by bands, or by both."""
        chance = self.chance
        gives = chance.choice(("number", "number", "area", "share"))
        form = self._one("cases", "cases", "bands", "both", "dated")
        type_ = "number" if gives == "number" else OWN[gives]
        cite = '  cite "A"\n  basis secondary\n'
        head = f'lookup {name} "{name}" by '
        if form == "bands":
            kind = chance.choice(("number", "area", "share"))
            ends = sorted({self._size(kind) for _ in range(3)})
            key = "number" if kind == "number" else OWN[kind]
            unit = f" {OWN[kind]}".rstrip() if kind != "share" else "%"
            sign = chance.choice(("<=", "<"))
            rows = [f"  | {sign} {end}{unit} | {self.literal(gives)} |" for end in ends]
            last = "not acceptable" if chance.random() < 0.3 else self.literal(gives)
            rows.append(f"  | {'>' if sign == '<=' else '>='} {ends[-1]}{unit} | {last} |")
            self.lookups.append((name, (kind,), gives))
            return head + f"key : {key} : {type_}\n" + "\n".join(rows) + "\n" + cite
        texts = chance.sample(TEXTS, 4)
        quoted = [f"「{text}」" if '"' in text else f'"{text}"' for text in texts]
        if form == "both":
            rows = []
            for text in quoted[:2]:
                end = self._size("number")
                rows.append(f"  | {text} | <= {end} | {self.literal(gives)} |")
                rows.append(f"  | {text} | > {end} | {self.literal(gives)} |")
            self.lookups.append((name, ("text", "number"), gives))
            parameters = f"key : text, size : number : {type_}\n"
            return head + parameters + "\n".join(rows) + "\n" + cite
        rows = []
        for text in quoted:
            value = "not acceptable" if chance.random() < 0.15 else self.literal(gives)
            if form == "dated":
                rows.append(f"  | {text} | {value} | effective 2020-01-01 until 2025-12-31")
                rows.append(f"  | {text} | {self.literal(gives)} | effective 2026-01-01")
            else:
                rows.append(f"  | {text} | {value} |")
        self.lookups.append((name, ("text",), gives))
        return head + f"key : text : {type_}\n" + "\n".join(rows) + "\n" + cite

    def _size(self, kind: str) -> Decimal:
        size = Decimal(self.chance.choice(("0", "1", "2.5", "10", "20", "33.3", "100")))
        self.constants[kind].append(Fraction(size))
        return size

    def formula(self, name: str) -> str:
        """A formula, over the rows of a table or not."""
        chance = self.chance
        kind = chance.choice(("number", "area", "mass"))
        type_ = "number" if kind == "number" else OWN[kind]
        head = f'formula {name} "{name}" '
        table, scope = "", Scope(formulas=False)
        if chance.random() < 0.5:
            its = chance.choice(self.vocabulary.tables)
            table, scope = its.name, Scope((("x", its),), formulas=False)
            head += f"for each x in {its.name} "
            if chance.random() < 0.3:
                head += f"where {self.condition(scope, 0)} "
        body = self.number(scope, kind, 2)
        lets = ""
        if chance.random() < 0.3:
            lets = f"  let y = {self.number(scope, kind, 1)}\n"
            body = f"(y + {body})"
        self.formulas.append(Formula(name, kind, table))
        return f'{head}: {type_}\n  cite "F"\n  basis secondary\n{lets}  = {body}\n'

    def rule(self, id_: str, table: Table | None = None) -> str:
        """A rule over the facts, or over the rows of a table."""
        chance = self.chance
        self._variables += 1
        variable = f"v{self._variables}"
        scope = Scope() if table is None else Scope(((variable, table),))
        lines = []
        if table is not None:
            picked = f" where {self.condition(scope, 1)}" if chance.random() < 0.25 else ""
            lines.append(f"for each {variable} in {table.name}{picked}")
        if table is None and chance.random() < 0.7:
            # Rules over facts alone are what the road of objects is for.
            scope = scope._replace(aggregates=False)
        if chance.random() < 0.3:
            kind = chance.choice(NUMBERS)
            lines.append(f"let a = {self.number(scope, kind, 2)}")
            scope = scope._replace(lets=(("a", "number" if kind == "share" else kind),))
        if chance.random() < 0.3:
            lines.append(f"when {self.condition(scope, 1)}")
        if chance.random() < 0.25:
            lines.append(f'unless {self.condition(scope, 1)} because "It is so."')
        lines.append(f"must {self.condition(scope, 2)}")
        if chance.random() < 0.05:
            lines.append('defer FAR "Later."')
        lines.append(
            f'else CAR "Not so{": {" + variable + "." + table.key[0] + "}" if table else ""}."'
        )
        body = "".join(f"\n  {line}" for line in lines)
        return f'rule {id_} "{id_}"\n  cite "1"\n  basis verified{body}\n'
