"""Which rows of a rule are told where there are too many findings to tell them all.

The rows the query left open are decided first, a class at a time where its rows are alike; then
it is known how many findings there are, and which rows have the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from guiju.evaluation.rules import NOT_PICKED, Decision
from guiju.evaluation.unknown import Lacking
from guiju.hints import TYPE_CHECKING
from guiju.record import Record
from guiju.tables.sift import FAILS, OPEN, Sifted
from guiju.verdicts import Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FETCHED = 100_000
_FAILS = Decision("nonconforming")

Deciding = Callable[[Sequence[int]], list[Decision]]
"""The decisions on some rows, by the reference evaluator."""


class Decisions(Record):
    """What the kept rows of a rule come to: `raising` is how many have a finding of their own,
    `counts` the verdicts of all of them. `by_class` and `by_row` are what was decided."""

    sifted: Sifted
    counts: dict[Verdict, int]
    raising: int
    by_class: dict[int, Decision]
    by_row: dict[int, Decision]
    absent: frozenset[Lacking]

    @staticmethod
    def made(
        connection: DuckDBPyConnection,
        sifted: Sifted,
        deciding: Deciding,
        absent: frozenset[Lacking],
    ) -> Decisions:
        """Decides what the query left open. `absent` are the documents that all rows want."""
        certain = [one for one in sifted.classes if one.certain]
        decided = deciding([one.first for one in certain])
        by_class = {one.signature: found for one, found in zip(certain, decided, strict=True)}
        known = "".join(f" AND {sifted.signature} <> {signature}" for signature in by_class)
        rows: list[int] = []
        if len(certain) < len(sifted.classes):
            found = connection.execute(
                f"SELECT rid FROM {sifted.kept} WHERE {sifted.state()} = {OPEN}{known} ORDER BY rid"
            ).fetchall()
            rows = [rid for (rid,) in found]
        by_row = dict(zip(rows, deciding(rows), strict=True))
        counts: dict[Verdict, int] = {}
        raising = sifted.fails
        weighed = [(found, one.rows) for one, found in zip(certain, decided, strict=True)]
        weighed += [(_FAILS, sifted.fails), *((found, 1) for found in by_row.values())]
        for decision, many in weighed:
            if decision is not NOT_PICKED and many:
                counts[decision.verdict] = counts.get(decision.verdict, 0) + many
            if decision is not _FAILS and raises(decision, absent):
                raising += many
        return Decisions(sifted, counts, raising, by_class, by_row, absent)

    def found(
        self, connection: DuckDBPyConnection, most: int | None = None
    ) -> Iterator[tuple[int, Decision]]:
        """The rows with a finding in their order, the first `most` of them."""
        sifted = self.sifted
        raising = [f"{sifted.state()} = {FAILS}"]
        listed = [str(one) for one, found in self.by_class.items() if raises(found, self.absent)]
        if listed:
            raising.append(f"{sifted.signature} IN ({', '.join(listed)})")
        rows = [row for row, found in self.by_row.items() if raises(found, self.absent)]
        if rows:
            raising.append("rid IN (SELECT unnest($rows))")
        limit = "" if most is None else f" LIMIT {most}"
        result = connection.execute(
            f"SELECT rid, {sifted.signature} FROM {sifted.kept}"
            f" WHERE {' OR '.join(raising)} ORDER BY rid{limit}",
            {"rows": rows} if rows else None,
        )
        while batch := result.fetchmany(_FETCHED):
            for rid, signature in batch:
                if signature is None:
                    yield rid, _FAILS
                else:
                    known = self.by_class.get(signature)
                    yield rid, self.by_row[rid] if known is None else known

    def decided(self, verdicts: tuple[Verdict, ...]) -> str:
        """A query of the rows left open that came to one of some verdicts; empty for none."""
        some = [str(one) for one, found in self.by_class.items() if found.verdict in verdicts]
        rows = [str(row) for row, found in self.by_row.items() if found.verdict in verdicts]
        parts = []
        if some:
            among = f"{self.sifted.signature} IN ({', '.join(some)})"
            parts.append(f"SELECT rid FROM {self.sifted.kept} WHERE {among}")
        if rows:
            parts.append(f"SELECT unnest([{', '.join(rows)}])")
        return " UNION ALL ".join(parts)

    def wanting_papers(self) -> list[int]:
        """A row that lacks nothing but documents all rows want, if there is one."""
        for one in self.sifted.classes:
            decision = self.by_class.get(one.signature)
            if decision is not None and wants_papers(decision, self.absent):
                return [one.first]
        return [row for row, found in self.by_row.items() if wants_papers(found, self.absent)][:1]


def raises(decision: Decision, absent: frozenset[Lacking]) -> bool:
    """Whether a row has a finding of its own."""
    raising = decision.verdict in ("nonconforming", "undetermined", "deferred")
    return raising and not wants_papers(decision, absent)


def wants_papers(decision: Decision, absent: frozenset[Lacking]) -> bool:
    """Whether a row lacks nothing but documents that all rows want, which are asked for once."""
    lacks = decision.lacks
    return decision.verdict == "undetermined" and bool(lacks) and lacks <= absent
