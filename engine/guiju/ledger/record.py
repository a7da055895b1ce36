"""What a ledger says. These classes are its public record; their JSON Schema is published.

A `Text` is one sentence by language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from guiju.published import adapter, json_text, schema
from guiju.record import Mutable, field

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Text = dict[str, str]

FORMAT = "guiju-ledger/1"

What = Literal["rule", "judgement", "amendment", "formula", "lookup"]
"""What can cite a clause."""

Coverage = Literal[
    "open",
    "rule",
    "judgement",
    "formula",
    "lookup",
    "fact",
    "not encoded",
    "registry",
    "other party",
]
"""How a clause is covered: by what cites it, in this order, else by the status it is listed
with. `open`: nothing cites it and no reason is listed."""
COVERAGES: tuple[Coverage, ...] = get_args(Coverage)


class Item(Mutable):
    """A rule, judgement, amendment, formula or lookup. `id` is the name of the last two;
    `basis` None where none is stated. `scenarios` counts the scenarios that show each
    verdict of a rule, None when no features were run. `wanted` are those they are to show:
    `conforms`, `nonconforming` and `unknown`, as far as the rule can come to them."""

    what: What
    id: str
    pack: str
    title: Text
    cite: str | None
    quoting: str | None
    basis: str | None
    place: str
    scenarios: dict[str, int] | None = None
    wanted: list[str] = field(default_factory=list)


class Reference(Mutable):
    """An item that cites a clause. `exact` is false where it cites a part of the clause that
    is not listed by itself."""

    what: What
    id: str
    pack: str
    basis: str | None
    exact: bool = True


class ClauseEntry(Mutable):
    """A listed clause. `place` is the line of the clause list."""

    clause: str
    kind: str
    sense: Text
    status: str
    reason: Text | None
    place: str
    coverage: Coverage
    cited_by: list[Reference] = field(default_factory=list)


class SourceLedger(Mutable):
    """A source and its clauses. `listed` is false when the pack holds no list of them;
    `cited` counts the cites that name the source."""

    id: str
    title: Text
    note: Text | None
    cites: str
    listed: bool
    cited: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    clauses: list[ClauseEntry] = field(default_factory=list)


class PackLedger(Mutable):
    """A pack with its sources: the pack itself, or one it uses."""

    id: str
    edition: str
    title: Text
    sources: list[SourceLedger] = field(default_factory=list)


class StrayCite(Mutable):
    """A cite that names no listed clause. `cite` is the one clause of it that does not;
    `source` None when the pack has no such source; `near` are the clauses most like it."""

    item: Reference
    cite: str
    source: str | None
    place: str
    near: list[str] = field(default_factory=list)


class Quotation(Mutable):
    """Words quoted from a source. `found` None: the pack does not hold the source's text."""

    item: Reference
    source: str | None
    text: str
    found: bool | None
    place: str


class Ledger(Mutable):
    """The clauses of a pack's sources against its rules.

    `stray` are cites of a source with a clause list that name none of its clauses;
    `uncompared` those of a source without one. `counts` and `basis` are over all packs:
    clauses by coverage, and items by what they are and how well they are founded ("none"
    where no basis is stated).
    """

    format: str
    engine: str
    packs: list[PackLedger]
    counts: dict[str, int]
    basis: dict[str, dict[str, int]]
    items: list[Item]
    stray: list[StrayCite]
    uncompared: list[StrayCite]
    uncited: list[Reference]
    quotations: list[Quotation]

    @property
    def total(self) -> int:
        """How many clauses are listed."""
        return sum(self.counts.values())

    @property
    def covered(self) -> int:
        """How many of them are not open."""
        return self.total - self.counts.get("open", 0)

    @property
    def gone(self) -> list[Quotation]:
        """Quotations that no longer occur in the source."""
        return [quotation for quotation in self.quotations if quotation.found is False]


def to_json(ledger: Ledger) -> str:
    """A ledger as JSON text."""
    return json_text(ledger)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a ledger, with the meaning of each part."""
    return schema(_adapter(), FORMAT, "Guiju clause ledger")


@cache
def _adapter() -> TypeAdapter[Ledger]:
    return adapter(globals(), Ledger)
