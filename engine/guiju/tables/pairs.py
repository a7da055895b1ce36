"""Totals whose rows are held against the asking row one by one: a join of every two rows that
have equal values, and of each asking row how many of its pairs meet the condition.

There are many more pairs than rows. So what speaks of one row only is worked out before the rows
are joined, and a short test leaves out the pairs that certainly do not meet the condition before
its three outcomes are asked for.
"""

from __future__ import annotations

from guiju.hints import TYPE_CHECKING
from guiju.sieve.nodes import Both, Cell, Literal, Node, Other, Total, inside, parts_of
from guiju.sieve.passing import EndsOf, certainly

if TYPE_CHECKING:
    from guiju.tables.query import Query


def counted_pairs(total: Total, beside: Node, own: Query, its: Query, ends: EndsOf) -> str:
    """A source of the asking rows that may have members: `rid`, `sure`, how many there are, and
    `every`, with those of which it cannot be said. `own` and `its` are queries over the asking
    rows and over the members."""
    parts = beside.operands if isinstance(beside, Both) else (beside,)
    unfit = [certainly(part, False, ends) for part in parts]
    sides = {"o": _Side(own, "o"), "i": _Side(its, "i")}
    named: dict[int, str] = {}
    for root in (beside, *unfit):
        _name(root, sides, named)
    pair = own.dialect.__class__(_nothing_else, named)
    on = []
    for inner, outside in total.by:
        on.append(f"{sides['i'].column(inner)} = {sides['o'].column(outside)}")
    met = pair.sql(beside)
    if total.where is not None:
        met = f"({met}) AND {sides['i'].column(total.where)}"
    keys = ["rid"]
    if own.by_dossier:
        keys.append("dossier")
        on.append("i.dossier = o.dossier")
    listed = ", ".join(keys)
    fit = " AND ".join(f"({pair.sql(part)}) IS NOT TRUE" for part in unfit)
    # The fence keeps the engine from asking for the outcomes of all pairs first.
    asked = f"{met} AS met, {own.dialect.fence} AS fence"
    pairs = (
        f"(SELECT {', '.join(f'o.{key} AS {key}' for key in keys)}, {asked}"
        f" FROM {sides['o'].source(keys)} JOIN {sides['i'].source(keys)}"
        f" ON {' AND '.join(on)} WHERE {fit})"
    )
    sure = f"count(*) FILTER (WHERE {own.dialect.holds('met')}) AS sure"
    return (
        f"(SELECT {listed}, {sure}, count(*) AS every FROM {pairs}"
        f" WHERE met IS NOT FALSE OR fence < 0 GROUP BY {listed})"
    )


class _Side:
    """The columns of one side of the pairs."""

    def __init__(self, query: Query, alias: str) -> None:
        self.query, self.alias = query, alias
        self.columns: dict[str, str] = {}

    def column(self, node: Node) -> str:
        """The column that holds a value of the side's row."""
        expression = self.query.sql(node)
        name = self.columns.setdefault(expression, f"c{len(self.columns)}")
        return f"{self.alias}.{name}"

    def source(self, keys: list[str]) -> str:
        """What stands after FROM, once all columns have been asked for."""
        own = [f"{self.query.alias}.{key} AS {key}" for key in keys]
        listed = [*own, *(f"{sql} AS {name}" for sql, name in self.columns.items())]
        return f"(SELECT {', '.join(listed)} FROM {self.query.source()}) {self.alias}"


def _name(node: Node, sides: dict[str, _Side], named: dict[int, str]) -> None:
    """Names the largest parts of a condition that speak of one side only."""
    if id(node) in named or isinstance(node, Literal):
        return
    spoken = {
        "i" if isinstance(one.place, Other) else "o"
        for one in inside(node)
        if isinstance(one, Cell)
    }
    if len(spoken) == 1:
        named[id(node)] = sides[spoken.pop()].column(node)
        return
    for part in parts_of(node):
        _name(part, sides, named)


def _nothing_else(node: Node) -> str:
    raise TypeError(node)
