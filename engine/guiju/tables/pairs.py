"""Totals whose rows are held against the asking row one by one: a join of every two rows that
have equal values, and of each asking row how many of its pairs meet the condition."""

from __future__ import annotations

from guiju.hints import TYPE_CHECKING
from guiju.sieve.nodes import Cell, Node, Other, Total

if TYPE_CHECKING:
    from guiju.tables.query import Query


def counted_pairs(total: Total, beside: Node, own: Query, its: Query) -> str:
    """A source of the asking rows that may have members: `rid`, `sure`, how many there are, and
    `every`, with those of which it cannot be said. `own` and `its` are queries over the asking
    rows and over the members."""

    def found(one: Node) -> str:
        other = isinstance(one, Cell) and isinstance(one.place, Other)
        return (its if other else own).sql(one)

    on = [f"{its.sql(inner)} = {own.sql(outside)}" for inner, outside in total.by]
    met = f"({own.dialect.__class__(found).sql(beside)})"
    if total.where is not None:
        met += f" AND ({its.sql(total.where)})"
    keys = ["rid"]
    if own.by_dossier:
        keys.append("dossier")
        on.append(f"{its.alias}.dossier = {own.alias}.dossier")
    named = ", ".join(f"{own.alias}.{key} AS {key}" for key in keys)
    members = f"({its.source()})" if its.joined else its.source()
    pairs = (
        f"(SELECT {named}, {met} AS met FROM {own.source()} JOIN {members} ON {' AND '.join(on)})"
    )
    sure = f"count(*) FILTER (WHERE {own.dialect.holds('met')}) AS sure"
    listed = ", ".join(keys)
    return (
        f"(SELECT {listed}, {sure}, count(*) AS every FROM {pairs}"
        f" WHERE met IS NOT FALSE GROUP BY {listed})"
    )
