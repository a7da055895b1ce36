"""The syntax tree: what the author wrote, name by name and clause by clause.

Nothing is resolved here: a `Name` may be a fact, a column, a formula or a mistake.
Every node has a `span`, left out of equality and repr, so that trees compare by
meaning while people see places. Comments and layout are not in the tree; the printer
takes them from the token stream.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from guiju.source import Source, Span

Direction = Literal["nearest", "up", "down"]
DurationUnit = Literal["years", "months", "days", "working days"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name, NFKC-normalised; `quoted` when it was written in backticks."""

    text: str
    quoted: bool = field(default=False, compare=False)


# --- texts ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A string with its language tag (None: the pack's own) and interpolated parts."""

    lang: str | None
    parts: tuple[str | Expr, ...]

    @property
    def plain(self) -> str:
        """The text when nothing is interpolated; interpolations are left out."""
        return "".join(part for part in self.parts if isinstance(part, str))


@dataclass(frozen=True, slots=True)
class Texts(Node):
    """One text in one or more languages, the pack's own first."""

    texts: tuple[Text, ...]


# --- expressions ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expr(Node):
    """Anything that has a value."""


@dataclass(frozen=True, slots=True)
class Number(Expr):
    """`0.47 tC/t`, `12.5%`, `3`: digits as written, and the unit as written or None."""

    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True)
class DateLiteral(Expr):
    value: date


@dataclass(frozen=True, slots=True)
class DurationLiteral(Expr):
    count: int
    unit: DurationUnit


@dataclass(frozen=True, slots=True)
class TextLiteral(Expr):
    parts: tuple[str | Expr, ...]


@dataclass(frozen=True, slots=True)
class YesNo(Expr):
    value: bool


@dataclass(frozen=True, slots=True)
class Ref(Expr):
    """A bare name."""

    name: Name


@dataclass(frozen=True, slots=True)
class Field(Expr):
    """`target.name`."""

    target: Expr
    name: Name


@dataclass(frozen=True, slots=True)
class Index(Expr):
    """`lookup[key, key]`, or `lookup[key on date]` for a dated value."""

    target: Expr
    keys: tuple[Expr, ...]
    on: Expr | None = None


@dataclass(frozen=True, slots=True)
class Call(Expr):
    function: Name
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Unary(Expr):
    operator: Literal["-", "not"]
    operand: Expr


@dataclass(frozen=True, slots=True)
class Binary(Expr):
    """`+ - * / ^`, `and or`, `= != < <= > >=`. Chains are left-nested."""

    operator: Literal["+", "-", "*", "/", "^", "and", "or", "=", "!=", "<", "<=", ">", ">="]
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class MonthEnd(Expr):
    """`start + 3 years month end down`: what a day that does not exist becomes."""

    value: Expr
    direction: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Within(Expr):
    """`left within tolerance of right`."""

    left: Expr
    tolerance: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Between(Expr):
    """`value between low and high`, both ends included."""

    value: Expr
    low: Expr
    high: Expr


@dataclass(frozen=True, slots=True)
class IsKnown(Expr):
    value: Expr
    negated: bool


@dataclass(frozen=True, slots=True)
class IsOption(Expr):
    """`stand is bamboo`."""

    value: Expr
    option: Name
    negated: bool


@dataclass(frozen=True, slots=True)
class IsIn(Expr):
    """`stand is in {tree, shrub}`, or in an expression that has a list."""

    value: Expr
    members: Expr
    negated: bool


@dataclass(frozen=True, slots=True)
class ListLiteral(Expr):
    """`{a, b}`. A bare name in it may be an option."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class If(Expr):
    condition: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class Across(Expr):
    """`parcels across dossiers`: stands only where rows are named."""

    rows: Expr


@dataclass(frozen=True, slots=True)
class Quantified(Expr):
    """`every x in T where … satisfies …`; `count` only for `at least`."""

    quantifier: Literal["every", "some", "no", "at least"]
    count: Expr | None
    variable: Name
    rows: Expr
    where: Expr | None
    satisfies: Expr


@dataclass(frozen=True, slots=True)
class Aggregate(Expr):
    """`sum of value for x in T where …`.

    `weight` only for `weighted mean of v by w`; `order` only for `first` and `last`
    (`last of x.stock for x in visits by x.date`). `count` may stand without a value:
    `count for x in T`.
    """

    function: Literal[
        "sum", "mean", "min", "max", "count", "stdev", "weighted mean", "first", "last"
    ]
    value: Expr | None
    weight: Expr | None
    variable: Name
    rows: Expr
    where: Expr | None
    order: Expr | None


@dataclass(frozen=True, slots=True)
class InUnit(Expr):
    """`tree.dbh in cm`: the bare number of centimetres."""

    value: Expr
    unit: str


@dataclass(frozen=True, slots=True)
class AsUnit(Expr):
    """`( … ) as kgdm`: a bare number gets a unit."""

    value: Expr
    unit: str


@dataclass(frozen=True, slots=True)
class Rounded(Expr):
    """`value rounded [up|down] to step`."""

    value: Expr
    direction: Direction
    step: Expr


# --- clauses -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clause(Node):
    """One line of a rule, starting with the word that says its role."""


@dataclass(frozen=True, slots=True)
class Cite(Clause):
    clause: str
    quoting: str | None


@dataclass(frozen=True, slots=True)
class Basis(Clause):
    level: Literal["verified", "secondary", "unverified"]


@dataclass(frozen=True, slots=True)
class ForEach(Clause):
    variable: Name
    rows: Expr
    where: Expr | None


@dataclass(frozen=True, slots=True)
class When(Clause):
    condition: Expr


@dataclass(frozen=True, slots=True)
class Unless(Clause):
    condition: Expr
    because: Texts


@dataclass(frozen=True, slots=True)
class Let(Clause):
    name: Name
    value: Expr


@dataclass(frozen=True, slots=True)
class Must(Clause):
    condition: Expr


@dataclass(frozen=True, slots=True)
class Else(Clause):
    grade: Name
    message: Texts


@dataclass(frozen=True, slots=True)
class Unknown(Clause):
    grade: Name
    message: Texts


@dataclass(frozen=True, slots=True)
class Defer(Clause):
    grade: Name
    message: Texts


@dataclass(frozen=True, slots=True)
class Needs(Clause):
    documents: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Remedy(Clause):
    text: Texts


@dataclass(frozen=True, slots=True)
class Ask(Clause):
    question: Texts


@dataclass(frozen=True, slots=True)
class Effective(Clause):
    start: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Set(Clause):
    name: Name
    value: Expr


@dataclass(frozen=True, slots=True)
class Grace(Clause):
    condition: Expr
    until: date


# --- types and items -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option(Node):
    name: Name
    label: Texts | None


@dataclass(frozen=True, slots=True)
class NamedType(Node):
    """text, yes/no, integer, number, date, period, duration, document, polygon, point, line."""

    name: str


@dataclass(frozen=True, slots=True)
class UnitType(Node):
    unit: str


@dataclass(frozen=True, slots=True)
class OneOfType(Node):
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ListType(Node):
    of: TypeExpr


TypeExpr = NamedType | UnitType | OneOfType | ListType


@dataclass(frozen=True, slots=True)
class FieldDecl(Node):
    """A fact or a column. `low` and `high` are its declared range: `between 0% and 100%`."""

    name: Name
    alias: Name | None
    label: Texts | None
    type: TypeExpr
    optional: bool
    low: Expr | None = None
    high: Expr | None = None


@dataclass(frozen=True, slots=True)
class Item(Node):
    """A top-level declaration."""


@dataclass(frozen=True, slots=True)
class Facts(Item):
    name: Name
    label: Texts | None
    fields: tuple[FieldDecl, ...]
    alias: Name | None = None


@dataclass(frozen=True, slots=True)
class Table(Item):
    """`boundary` is the geometry kind of the layer joined by key, or None."""

    name: Name
    label: Texts | None
    key: tuple[Name, ...]
    boundary: str | None
    fields: tuple[FieldDecl, ...]
    alias: Name | None = None


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    name: Name
    type: TypeExpr


@dataclass(frozen=True, slots=True)
class Band(Node):
    """A row of a lookup written in place. A key is `<= 10%` (operator and expression) or a
    plain value (operator `=`). `values` is None when the band is `not acceptable`."""

    keys: tuple[tuple[Literal["=", "<", "<=", ">", ">="], Expr], ...]
    values: tuple[Expr, ...] | None
    effective: Effective | None = None


@dataclass(frozen=True, slots=True)
class Lookup(Item):
    """`gives` is empty for a table that gives one unnamed value. `type` is that value's
    declared type, or None to take it from the bands."""

    name: Name
    label: Texts | None
    by: tuple[Parameter, ...]
    gives: tuple[Parameter, ...]
    source: str | None
    bands: tuple[Band, ...]
    clauses: tuple[Clause, ...]
    type: TypeExpr | None = None
    alias: Name | None = None


@dataclass(frozen=True, slots=True)
class Formula(Item):
    """`for_each` makes one value per row. `clauses` are cite, basis, effective and let."""

    name: Name
    label: Texts | None
    for_each: ForEach | None
    type: TypeExpr
    clauses: tuple[Clause, ...]
    body: Expr
    conservative: bool
    alias: Name | None = None


@dataclass(frozen=True, slots=True)
class Rule(Item):
    id: str
    title: Texts
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Judge(Item):
    id: str
    title: Texts
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Amend(Item):
    """`amend id of prefix.target`; `prefix` None when the target is in the same pack."""

    id: str
    prefix: Name | None
    target: str
    title: Texts
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A rule file's items, in order. Items that could not be read are left out."""

    source: Source
    items: tuple[Item, ...]
