"""What a screening says. These classes are its public record; their JSON Schema is published.

Areas are exact decimals as text, None where no column was added up. A `Text` is one sentence by
language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from guiju.published import adapter, json_text, schema
from guiju.record import Mutable, field

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Text = dict[str, str]

FORMAT = "guiju-screening/1"

Why = Literal[
    "not over rows", "judgement", "other table", "defers only", "across", "not selected", "ignored"
]
"""Why a rule was not screened."""


class Amount(Mutable):
    """Rows and what they cover together. `without` of them have no area."""

    rows: int
    area: str | None = None
    without: int = 0


class Outcomes(Mutable):
    """Rows that qualify; that do not, since a rule is not met; and of which it is unknown."""

    qualifies: Amount
    fails: Amount
    unknown: Amount


class Group(Mutable):
    """The rows with one value in a column; None for those without one."""

    value: str | None
    label: Text | None
    outcomes: Outcomes


class Grouping(Mutable):
    """The rows by the values of a column, the largest group first."""

    column: str
    groups: list[Group]


class Example(Mutable):
    """A row that does not meet a rule: its key, and what a check says of it."""

    row: int
    subject: str
    message: Text


class Reason(Mutable):
    """A rule that rows do not meet. `alone` are the rows that do not meet this one only."""

    rule: str
    title: Text
    clause: str | None
    basis: str
    amount: Amount
    alone: Amount
    examples: list[Example] = field(default_factory=list)


class Gap(Mutable):
    """What is missing of rows of which it is unknown whether they qualify. `kind` is as in an
    assessment; `name` is `parcels.area`, `project.start_date`, a table or a document. `subjects`
    are the keys of the first such rows."""

    kind: str
    name: str
    label: Text
    rules: list[str]
    amount: Amount
    subjects: list[str] = field(default_factory=list)


class Rule(Mutable):
    """A rule that was asked of every row."""

    rule: str
    title: Text
    clause: str | None
    basis: str
    conforms: int
    nonconforming: int
    undetermined: int
    not_applicable: int


class NotScreened(Mutable):
    """A rule of the pack that was not asked."""

    rule: str
    title: Text
    why: Why


class Said(Mutable):
    """A problem met in reading, with its place."""

    code: str
    severity: str
    message: Text
    place: str


class Screened(Mutable):
    """What came of one pack. `documents` are kinds of documents its rules need that were not
    asked for, since no evidence was given."""

    pack: str
    edition: str
    title: Text
    table: str
    table_label: Text
    as_of: str | None
    rules: list[Rule]
    outcomes: Outcomes
    groupings: list[Grouping]
    reasons: list[Reason]
    gaps: list[Gap]
    not_screened: list[NotScreened]
    documents: list[Text]
    problems: list[Said]


class Together(Mutable):
    """Rows that qualify under these packs and under no other of the screening."""

    packs: list[str]
    amount: Amount


class Screening(Mutable):
    """A table screened. `unit` is that of its areas; `area` the column that holds them."""

    format: str
    engine: str
    file: str
    digest: str
    road: Literal["reference", "tables"]
    total: Amount
    area: str | None
    unit: str | None
    packs: list[Screened]
    together: list[Together]


def to_json(screening: Screening) -> str:
    """A screening as JSON text."""
    return json_text(screening)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a screening, with the meaning of each part."""
    return schema(_adapter(), FORMAT, "Guiju screening")


@cache
def _adapter() -> TypeAdapter[Screening]:
    return adapter(globals(), Screening)
