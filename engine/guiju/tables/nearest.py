"""The rows that conform and lie closest to a threshold, which a report's margins name.

Distances are worked out in binary64, so the rows that come as close as the error allows are all
candidates; the reference evaluator says which of them it is.
"""

from __future__ import annotations

from fractions import Fraction

from guiju.evaluation.margins import comparisons_of
from guiju.evaluation.walk import slots_read
from guiju.hints import TYPE_CHECKING
from guiju.plan import nodes as plan
from guiju.plan.types import DateType
from guiju.sieve import Lowering, Sieve, numbers
from guiju.sieve.lower import Frame
from guiju.sieve.nodes import Apply, Literal, Node
from guiju.sieve.numbers import Number, Undecidable
from guiju.tables.engine import DuckDB
from guiju.tables.query import Query, Relations
from guiju.tables.sift import Odd

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_CANDIDATES = 64
"""Candidates for a margin. More rows than these within the error of each other are alike."""


def nearest_rows(
    connection: DuckDBPyConnection,
    lowering: Lowering,
    relations: Relations,
    sieve: Sieve,
    *,
    fails: bool = False,
    also: str = "",
) -> list[int]:
    """Rows that conform and may be the closest to failing one of the rule's comparisons.
    `fails`: among the rows that fail as well, of which the one that fails furthest is the closest;
    `also` is a query of the `rid` of further rows."""
    rule = sieve.rule
    assert rule.table is not None and rule.must is not None
    distances: list[tuple[Number, bool]] = []
    frame = lowering.frame_of(rule)
    for comparison in comparisons_of(rule.must):
        try:
            distances.append((_distance(lowering, comparison, frame), False))
        except Undecidable:
            # Sides that binary64 cannot hold are the same in every row that conforms, else the
            # rule would be open there; of rows that fail by another comparison any may be it.
            every = fails and bool(slots_read(comparison))
            distances.append((Number(Literal(0.0), 0.0), every))
    odd = Odd(DuckDB(connection), relations)
    found: set[int] = set()
    for distance, every in distances:
        query = Query(relations, rule.table, odd=odd)
        value, reach = query.sql(distance.value), query.sql(numbers.reach_of(distance))
        met = query.sql(sieve.met)
        settled = f"({query.sql(sieve.applies)}) AND ({met}{' IS NOT NULL' if fails else ''})"
        if also:
            settled = f"({settled}) OR {query.alias}.rid IN ({also})"
        measured = (
            f"(SELECT {query.alias}.rid AS rid, {value} AS d, {reach} AS e"
            f" FROM {query.source()} WHERE {settled})"
        )
        limit = "" if every else f" LIMIT {MOST_CANDIDATES}"
        nearest = (
            f"SELECT rid FROM {measured} QUALIFY d - e <= min(d + e) OVER () ORDER BY rid{limit}"
        )
        if fails:
            # What is missing to a query need not be to the reference evaluator.
            nearest = f"({nearest}) UNION ALL SELECT rid FROM {measured} WHERE d IS NULL"
        rows = connection.execute(nearest).fetchall()
        found |= {rid for (rid,) in rows}
    return sorted(found)


def _distance(lowering: Lowering, node: plan.Compare | plan.Within, frame: Frame) -> Number:
    """How far a comparison is from failing, larger the further."""
    if isinstance(node, plan.Within):
        a, b = lowering.number(node.left, frame), lowering.number(node.right, frame)
        reach = lowering.number(node.tolerance, frame)
        if node.relative:
            reach = numbers.product(reach, numbers.function("abs", [b]))
        apart = numbers.function("abs", [numbers.total(a, b, "-")])
        return numbers.total(reach, apart, "-")
    above = node.operator in (">", ">=")
    if isinstance(node.left.type, DateType):
        ends: tuple[Node, Node] = (
            lowering.plain(node.left, frame),
            lowering.plain(node.right, frame),
        )
        first, second = ends if above else ends[::-1]
        return Number(Apply("days", (first, second)), 0.0, Literal(0.0))
    a = numbers.scaled(lowering.number(node.left, frame), Fraction(node.left_scale))
    b = numbers.scaled(lowering.number(node.right, frame), Fraction(node.right_scale))
    return numbers.total(a, b, "-") if above else numbers.total(b, a, "-")
