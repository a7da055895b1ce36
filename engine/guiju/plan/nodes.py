"""The typed plan: every name resolved, every unit settled, in the order of evaluation.

The plan is what evaluators run, what is cached on disk, and what is put into words for
a reader. It knows nothing of source text but the line a rule came from. Numbers are
Decimals in the unit their type names; where two units meet, a `Scale` with an exact
ratio has been put between them, so an evaluator never looks at a unit.

Local values (row variables, lets) live in numbered slots of a frame, one frame per rule
or formula evaluation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.types import Label, Type
from guiju.record import Mutable, Record

# --- expressions ---------------------------------------------------------------------


class Constant(Record):
    """A literal. Decimal, str, bool, date, or `(count, unit)` for a duration."""

    value: Any
    type: Type


class FactRef(Record):
    """`project.start_date`."""

    group: str
    field: str
    type: Type


class ColumnRef(Record):
    """`parcel.area`: a column of the row in a slot."""

    slot: int
    variable: str
    table: str
    field: str
    type: Type


class RowByKey(Record):
    """`strata[plot.stratum]`: the row of a table with these values in the columns of its key.
    A table has no two of them; of a file with two, which is told as a mistake, the first."""

    table: str
    keys: tuple[Expr, ...]
    type: Type


class CellRef(Record):
    """A column of a row that is no variable: `strata[plot.stratum].route`."""

    row: Expr
    table: str
    field: str
    type: Type


class LocalRef(Record):
    """A let, or a row or list member a variable stands for."""

    slot: int
    name: str
    type: Type


class FormulaRef(Record):
    """A formula's value; `row` is the expression for the row of a per-row formula."""

    formula: str
    row: Expr | None
    type: Type


class LookupRef(Record):
    """A value of a lookup. `gives` None when it has one unnamed value; `on` None: the
    as-of date."""

    lookup: str
    keys: tuple[Expr, ...]
    gives: str | None
    on: Expr | None
    type: Type


class PartRef(Record):
    """`start` or `end` of a period; `issued`, `file` or `kind` of a document."""

    value: Expr
    part: str
    type: Type


class AsOf(Record):
    """The date the assessment is made for. Also written `as_of` in rules."""

    type: Type


class Scale(Record):
    """`operand * numerator / denominator`: between units, or by 44/12."""

    operand: Expr
    numerator: int
    denominator: int
    type: Type


class InUnit(Record):
    """Where an empirical equation leaves units (`tree.dbh in cm`) or comes back
    (`… as kgdm`). The number is already scaled inside `operand`; this only says so."""

    operand: Expr
    unit: str
    leaves: bool
    type: Type


class Arithmetic(Record):
    """`+ - * / ^` on numbers already in fitting units."""

    operator: str
    left: Expr
    right: Expr
    type: Type


class Negate(Record):
    operand: Expr
    type: Type


class DateShift(Record):
    """`date + duration` (`sign` 1) or `date - duration` (-1). `month_end` is what a day
    that does not exist becomes: up, down, or None for unknown."""

    date: Expr
    duration: Expr
    sign: int
    month_end: str | None
    type: Type


class DateDifference(Record):
    """`later - earlier`, as a duration in days."""

    later: Expr
    earlier: Expr
    type: Type


class Compare(Record):
    """`= != < <= > >=`. Numbers are compared exactly as `left * left_scale` with
    `right * right_scale`; both scales are positive integers, 1 when units agree."""

    operator: str
    left: Expr
    right: Expr
    left_scale: int
    right_scale: int
    type: Type


CONTRARY = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""The operator of a comparison that holds where one does not."""
TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The operator of the same comparison with its sides exchanged."""


class Within(Record):
    """`left within tolerance of right`. Relative (tolerance is a bare ratio of |right|)
    or absolute (in the unit of left and right)."""

    left: Expr
    tolerance: Expr
    right: Expr
    relative: bool
    type: Type


class Between(Record):
    """`value between low and high`, ends included, as two comparisons."""

    low: Compare
    high: Compare
    type: Type


class IsKnown(Record):
    value: Expr
    negated: bool
    type: Type


class Membership(Record):
    """`value is in {…}`, also `stand is bamboo` with one member."""

    value: Expr
    members: Expr
    negated: bool
    type: Type


class ListOf(Record):
    items: tuple[Expr, ...]
    type: Type


class And(Record):
    operands: tuple[Expr, ...]
    type: Type


class Or(Record):
    operands: tuple[Expr, ...]
    type: Type


class Not(Record):
    operand: Expr
    type: Type


class If(Record):
    condition: Expr
    then: Expr
    otherwise: Expr
    type: Type


class TableRows(Record):
    """All rows of a table, in file order."""

    table: str
    type: Type


class OtherRows(Record):
    """`parcels across dossiers`: all rows of a table in the other dossiers of a run, in the
    order of the run; the dossier's own are not among them."""

    table: str
    type: Type


class OtherCell(Record):
    """A column of a row that stands in another dossier. `field` is empty for the id of the
    dossier itself (`other.dossier`)."""

    row: Expr
    table: str
    field: str
    type: Type


class Quantified(Record):
    """`quantifier`: every, some, no, at least. `count` is a whole number, or a ratio of
    the rows that pass `where` when `share`."""

    quantifier: str
    count: Expr | None
    share: bool
    slot: int
    variable: str
    rows: Expr
    where: Expr | None
    satisfies: Expr
    type: Type


class Aggregate(Record):
    """sum, mean, min, max, count, stdev, weighted mean, first, last. The empty sum and
    count are 0; every other aggregate of nothing is unknown. `stdev` is the sample one.
    `order` orders first and last."""

    function: str
    value: Expr | None
    weight: Expr | None
    slot: int
    variable: str
    rows: Expr
    where: Expr | None
    order: Expr | None
    type: Type


class Call(Record):
    """A function of `guiju.plan.functions`."""

    function: str
    arguments: tuple[Expr, ...]
    type: Type


class Rounded(Record):
    """To a multiple of `step`: nearest (half to even), up (to +inf), down (to -inf)."""

    value: Expr
    direction: str
    step: Expr
    type: Type


class Template(Record):
    """A text with values in it."""

    parts: tuple[str | Expr, ...]
    type: Type


Expr = (
    Constant
    | FactRef
    | ColumnRef
    | RowByKey
    | CellRef
    | LocalRef
    | FormulaRef
    | LookupRef
    | PartRef
    | AsOf
    | Scale
    | InUnit
    | Arithmetic
    | Negate
    | DateShift
    | DateDifference
    | Compare
    | Within
    | Between
    | IsKnown
    | Membership
    | ListOf
    | And
    | Or
    | Not
    | If
    | TableRows
    | OtherRows
    | OtherCell
    | Quantified
    | Aggregate
    | Call
    | Rounded
    | Template
)

# --- vocabulary ----------------------------------------------------------------------


class FieldPlan(Record):
    """A fact or a column. `low` and `high` are its declared range in its own unit (a
    Decimal or a date), None where it is open."""

    name: str
    alias: str | None
    label: Label
    type: Type
    optional: bool
    low: Any = None
    high: Any = None


class GroupPlan(Record):
    name: str
    alias: str | None
    label: Label
    fields: dict[str, FieldPlan]


class TablePlan(Record):
    name: str
    alias: str | None
    label: Label
    key: tuple[str, ...]
    boundary: str | None
    fields: dict[str, FieldPlan]


# --- lookups, formulas, rules --------------------------------------------------------


class Clause(Record):
    """A clause of the source document, and the words quoted from it."""

    text: str
    quoting: str | None = None


class BandKey(Record):
    """A band's condition on one parameter: an operator of `= < <= > >=` and a value in
    the parameter's unit."""

    operator: str
    value: Any


class LookupRow(Record):
    """`values` None: the row says "not acceptable". Dates None: always in force.
    `place` is `file:line`. A row of a file may say how well it is founded (`basis`) and on
    what it rests (`note`)."""

    keys: tuple[BandKey, ...]
    values: tuple[Any, ...] | None
    effective: date | None
    until: date | None
    place: str
    basis: str | None = None
    note: str | None = None


class LookupPlan(Record):
    """`gives` are the names of the values in each row, `("",)` for one unnamed value.
    Rows with only `=` keys are found through an index an evaluator builds."""

    name: str
    label: Label
    by: tuple[tuple[str, Type], ...]
    gives: tuple[tuple[str, Type], ...]
    rows: tuple[LookupRow, ...]
    cite: Clause | None
    basis: str | None
    source: str | None
    digest: str | None
    place: str = ""
    alias: str | None = None


class LetPlan(Record):
    name: str
    slot: int
    value: Expr


class FormulaPlan(Record):
    """`table` and `slot` for a per-row formula, else None. `where` False: the formula has
    no value for that row (unknown, "outside the rows of …"). `across`: it asks about rows in
    other dossiers, itself or through another formula."""

    name: str
    label: Label
    table: str | None
    slot: int | None
    variable: str | None
    where: Expr | None
    lets: tuple[LetPlan, ...]
    body: Expr
    type: Type
    cite: Clause | None
    basis: str | None
    conservative: bool
    frame: int
    place: str
    alias: str | None = None
    across: bool = False


class AmendmentPlan(Record):
    """An amendment woven into a rule: the let it sets (or `must`), and when it holds. One
    that sets several lets is there once for each."""

    id: str
    what: str
    holds: Expr
    pack: str
    title: Label
    cite: Clause | None
    basis: str | None
    place: str


class UnlessPlan(Record):
    condition: Expr
    because: dict[str, Template]


class FindingPlan(Record):
    """What a rule raises: the grade as the pack names it, and the message by language."""

    grade: str
    message: dict[str, Template]


class RulePlan(Record):
    """A rule or a judgement (`must` None and `ask` set).

    Order of evaluation: `where` picks rows (slot/table), then lets, then when, unless,
    needs, must. A `let` may be used by when and unless. `amended_by` names the amendments
    woven into the lets; they are ordinary conditions on the as-of date there. `across`: any
    part of it asks about rows in other dossiers.
    """

    id: str
    pack: str
    title: Label
    cite: Clause | None
    basis: str
    table: str | None
    slot: int | None
    variable: str | None
    where: Expr | None
    lets: tuple[LetPlan, ...]
    when: tuple[Expr, ...]
    unless: tuple[UnlessPlan, ...]
    must: Expr | None
    otherwise: FindingPlan | None
    unknown: FindingPlan | None
    defer: FindingPlan | None
    needs: tuple[str, ...]
    remedy: dict[str, Template] | None
    ask: dict[str, Template] | None
    amended_by: tuple[str, ...]
    frame: int
    place: str
    amendments: tuple[AmendmentPlan, ...] = ()
    across: bool = False


class Grade(Record):
    """A finding grade as the pack names it. `weight` orders them: 3 blocks a positive
    conclusion as a nonconformity, 2 as a question, 1 is for the next period."""

    name: str
    label: Label
    weight: int


class SourceDocument(Record):
    """A document a pack encodes. `note` says how far it was read; `cites` is the short name
    by which rules cite it, empty for the pack's main source."""

    id: str
    title: Label
    sha256: str | None
    note: Label | None = None
    cites: str = ""


class NotEncoded(Record):
    """A clause of the source that no rule of `pack` encodes, and why."""

    clause: str
    reason: Label
    pack: str = ""


class ClaimPlan(Record):
    """A claimed fact beside the formula that recomputes it. `rule` is empty for a claim no
    rule compares; `label` for one that goes by the fact's name."""

    claimed: str
    formula: str
    rule: str
    label: Label | None = None


class ReplacedFile(Record):
    """A parameter file in place of a pack's own: `pack/file.csv`, the digests of both, the
    lookups read from it, and how well its figures are founded as it says itself."""

    file: str
    sha256: str
    original: str
    lookups: tuple[str, ...]
    basis: str


class PackPlan(Mutable):
    """A compiled pack: what `evaluate` runs.

    `rules` holds the rules and judgements of the pack and of the packs it uses, in source
    order. `formulas` are in dependency order. `claims` pairs a claimed fact with the
    formula that recomputes it, from `pack.toml`. A plan from the cache reads each of its
    large parts when it is first asked for.
    """

    id: str
    edition: str
    title: Label
    authority: Label
    language: str
    in_force: date | None
    until: date | None
    digest: str
    sources: tuple[SourceDocument, ...]
    grades: tuple[Grade, ...]
    default_unknown: str
    not_encoded: tuple[NotEncoded, ...]
    groups: dict[str, GroupPlan]
    tables: dict[str, TablePlan]
    documents: dict[str, FieldPlan]
    lookups: dict[str, LookupPlan]
    formulas: dict[str, FormulaPlan]
    rules: tuple[RulePlan, ...]
    claims: tuple[ClaimPlan, ...]
    materiality: Decimal | None
    replaced: tuple[ReplacedFile, ...] = ()

    @classmethod
    def unread(cls, read: dict[str, Any], parts: dict[str, Callable[[], Any]]) -> PackPlan:
        """A plan of the fields that are read already and of how the others are."""
        plan = cls.__new__(cls)
        plan.__dict__.update(read, _unread=parts)
        return plan

    def _replace(self, **fields: Any) -> PackPlan:
        """The same plan with other values of these fields, as of a record."""
        return PackPlan(**{name: getattr(self, name) for name in self._fields} | fields)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PackPlan):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._fields)

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            part = self.__dict__.get("_unread", {}).get(name)
            if part is None:
                raise AttributeError(name)
            value = self.__dict__[name] = part()
            return value
