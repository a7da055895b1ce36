"""Rows of other dossiers in a run: which there are, their cells, and what is not known of them.

A cell another dossier lacks is no fact of this applicant's. Its unknown names the other dossier,
and no value is ever tried in its place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from guiju.dossier.others import PooledTable
from guiju.evaluation.run import Fn, Frame, Run, constant
from guiju.evaluation.unknown import Lacking, Unknown, lacking
from guiju.hints import Any
from guiju.plan import nodes

MOST_NAMED = 20
"""Dossiers or cells that are named one by one; of more it is said how many they are."""


class OtherTable:
    """A table in all dossiers but the one that asks; rows are numbered as in the pool."""

    __slots__ = ("end", "pool", "start", "unread")

    def __init__(self, pool: PooledTable, dossier: str) -> None:
        own = pool.rows_of(dossier)
        self.pool = pool
        self.start, self.end = own.start, own.stop
        absent = [n for n, name in enumerate(pool.unread) if name != dossier]
        self.unread: Unknown | None = None
        if len(absent) > MOST_NAMED:
            self.unread = lacking("other table", pool.name)
        elif absent:
            self.unread = Unknown(
                frozenset(Lacking("other table", pool.name, number) for number in absent)
            )

    def __len__(self) -> int:
        return len(self.pool) - (self.end - self.start)

    def __iter__(self) -> Iterator[int]:
        yield from range(self.start)
        yield from range(self.end, len(self.pool))

    def apart(self, rows: Sequence[int]) -> Sequence[int]:
        """Rows of the pool, in order, without the dossier's own."""
        if self.start == self.end:
            return rows
        first = bisect_left(rows, self.start)
        last = bisect_left(rows, self.end, first)
        return rows if first == last else [*rows[:first], *rows[last:]]


def other_rows(run: Run, node: nodes.OtherRows) -> Fn:
    """The function of the rows of a table in other dossiers."""
    table = run.other_table(node.table)
    return constant(lacking("others", node.table) if table is None else table)


def other_cell(run: Run, node: nodes.OtherCell) -> Fn:
    """The function of a column of a row in another dossier."""
    name, field, table = node.table, node.field, run.other_table(node.table)
    if table is None:
        return constant(lacking("others", name))
    pool, row = table.pool, run.compile(node.row)
    slot = node.row.slot if isinstance(node.row, nodes.LocalRef) else None
    if not field:

        def dossier(frame: Frame) -> Any:
            at = row(frame)
            return run.merge(at) if at.__class__ is Unknown else pool.dossier_of(at)

        return dossier
    column = pool.columns[field]

    def lack(at: Any) -> Unknown:
        if at.__class__ is Unknown:
            return run.merge(at)
        if pool.lacks_layer(at, field):
            return lacking("other layer", name, pool.number_of(at), field)
        return lacking("other cell", name, at, field)

    def of_member(frame: Frame) -> Any:
        at = frame[slot]  # type: ignore[index]
        try:
            value = column[at]
        except TypeError:
            value = None
        return lack(at) if value is None else value

    def of_row(frame: Frame) -> Any:
        at = row(frame)
        value = None if at.__class__ is Unknown else column[at]
        return lack(at) if value is None else value

    return of_row if slot is None else of_member
