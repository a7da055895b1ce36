"""The rows that conform and lie closest to a threshold, which a report's margins name.

Distances are worked out in binary64, so the rows that come as close as the error allows are all
candidates; the reference evaluator says which of them it is.
"""

from __future__ import annotations

from fractions import Fraction

from guiju.evaluation.margins import comparisons_of
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
    connection: DuckDBPyConnection, lowering: Lowering, relations: Relations, sieve: Sieve
) -> list[int]:
    """Rows of the rule's table that may be the closest to failing one of its comparisons."""
    rule = sieve.rule
    assert rule.table is not None and rule.must is not None
    distances = []
    frame = lowering.frame_of(rule)
    for comparison in comparisons_of(rule.must):
        try:
            distances.append(_distance(lowering, comparison, frame))
        except Undecidable:
            # Sides that binary64 cannot hold are here the same in every row that conforms.
            distances.append(Number(Literal(0.0), 0.0))
    odd = Odd(DuckDB(connection), relations)
    found: set[int] = set()
    for distance in distances:
        query = Query(relations, rule.table, odd=odd)
        value, reach = query.sql(distance.value), query.sql(numbers.reach_of(distance))
        conforms = f"({query.sql(sieve.applies)}) AND ({query.sql(sieve.met)})"
        rows = connection.execute(
            f"SELECT rid FROM (SELECT {query.alias}.rid AS rid, {value} AS d, {reach} AS e"
            f" FROM {query.source()} WHERE {conforms})"
            " QUALIFY d - e <= min(d + e) OVER ()"
            f" ORDER BY rid LIMIT {MOST_CANDIDATES}"
        ).fetchall()
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
