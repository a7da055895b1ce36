"""The part of a dossier that decides a rule in some of its rows.

The reference evaluator needs rows as Python values, and a table of millions is not handed to it
whole. A rule asks of another table only the rows that equal something in its own row, so those
are found by a query, and so on from table to table. Rows in which such a column is missing may
belong to any, so they come along. Where a rule asks in another way, or its own row lacks what
others are found by, the whole table comes along.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from guiju.dossier.model import Dossier, TableData
from guiju.hints import TypeVar
from guiju.plan.nodes import PackPlan
from guiju.record import Record
from guiju.sieve import Sieve
from guiju.sieve.looks import fields_of
from guiju.sieve.nodes import Cell, Node, Row, RowFound, Total, inside
from guiju.tables.engine import Engine
from guiju.tables.query import Query, Relations

MOST_LISTED = 200_000
"""Rows of a table up to which a derivation lists its rows that decide nothing, as if all of it
had been gone over."""

FEW = 1_000
"""Rows of a table up to which it comes along whole, since it is read faster than searched."""

T = TypeVar("T")

_Pairs = tuple[tuple[Node, Node], ...]
"""What in a row of another table equals what in the row it is looked for from."""

_Look = tuple[Node, str, set[int] | None]
"""A node, the table it is of, and the rows it is asked in; None for all."""

RowsOf = Callable[[str, list[int], Collection[str] | None], TableData]
"""Some rows of a table, in their order, as the reference evaluator reads them: the cells of some
fields at least, None for all."""


class Slice(Record):
    """A dossier of the rows that decide, and where in it the rows asked for stand."""

    dossier: Dossier
    positions: dict[int, int]
    numbers: dict[str, list[int]]
    """By table: the number each row had in the whole table."""


class Slicer:
    """Cuts the rows that decide out of the tables of a dossier."""

    def __init__(
        self,
        engine: Engine,
        relations: Relations,
        dossier: Dossier,
        pack: PackPlan,
        rows_of: RowsOf,
        whole: Callable[[str], TableData] | None = None,
    ) -> None:
        """`whole` gives all rows of a table, where the dossier itself does not hold them."""
        self.whole = whole or dossier.tables.__getitem__
        self.engine, self.relations = engine, relations
        self.dossier, self.pack, self.rows_of = dossier, pack, rows_of

    def cut(self, sieve: Sieve, rows: Iterable[int], *, listed: bool = False) -> Slice:
        """The dossier that decides a rule in these rows. `listed`: with the rows that derivations
        list, of tables that are not too large for it."""
        return self.cut_for([(sieve, rows)], listed=listed)

    def cut_for(
        self, asked: Sequence[tuple[Sieve, Iterable[int]]], *, listed: bool = False
    ) -> Slice:
        """The dossier that decides several rules over one table, each in its rows."""
        table = asked[0][0].rule.table
        assert table is not None
        wanted: dict[str, set[int] | None] = {}
        looks: list[_Look] = []
        for sieve, rows in asked:
            own = set(rows)
            self._want(table, own, wanted)
            wanted |= dict.fromkeys(sieve.looks.whole)
            if listed:
                known = sieve.looks.listed & self.relations.keys()
                wanted |= dict.fromkeys(t for t in known if self.relations[t].rows <= MOST_LISTED)
            looks += [(root, table, own) for root in sieve.looks.nodes]
        while looks:
            looks = self._followed(looks, wanted)
        fields = fields_of(self.pack, [sieve.rule for sieve, _ in asked])
        tables: dict[str, TableData] = {}
        numbers: dict[str, list[int]] = {}
        for name, data in self.dossier.tables.items():
            if name in self.relations:
                if name not in wanted:
                    continue
                given = wanted[name]
                if given is not None:
                    numbers[name] = sorted(given)
                    tables[name] = self.rows_of(name, numbers[name], fields[name])
                    continue
                numbers[name] = list(range(self.relations[name].rows))
                tables[name] = self.whole(name)
                continue
            tables[name] = data
        every = dict(self.dossier.tables)
        for name in every:
            # A table that is not asked for is there all the same, without rows to look at.
            tables.setdefault(
                name, self.rows_of(name, [], ()) if name in self.relations else every[name]
            )
            numbers.setdefault(name, [])
        cut = self.dossier.__class__(**{f: getattr(self.dossier, f) for f in self.dossier._fields})
        cut.tables = {name: tables[name] for name in every}
        positions = {number: at for at, number in enumerate(numbers[table])}
        return Slice(cut, positions, numbers)

    def _followed(self, looks: list[_Look], wanted: dict[str, set[int] | None]) -> list[_Look]:
        """Adds the rows of other tables that are looked at; gives what these look at in turn.
        What several look for in the same way is looked for once."""
        sought: dict[tuple[str, str, _Pairs], set[int] | None] = {}
        further: dict[tuple[str, str, _Pairs], list[Node]] = {}
        for node, table, rows in looks:
            for one in inside(node):
                match one:
                    case Total(table=other, by=by, where=where, value=value):
                        parts = [*(inner for inner, _ in by), where, value]
                    case Cell(place=RowFound(table=other, keys=keys)):
                        columns = self.pack.tables[other].key
                        by = tuple(
                            (Cell(Row(other), column, ""), key)
                            for column, key in zip(columns, keys, strict=True)
                        )
                        parts = []
                    case _:
                        continue
                place = (table, other, by)
                self._want(place, rows, sought)
                further.setdefault(place, []).extend(
                    part for part in parts if part is not None and any(map(_looks, inside(part)))
                )
        found: list[_Look] = []
        for place, rows in sought.items():
            table, other, by = place
            if self.relations[other].rows <= FEW:
                wanted[other] = None
            if wanted.get(other, ()) is None and not further[place]:
                continue
            equal = self._equal(table, rows, other, by)
            self._want(other, equal, wanted)
            found += [(part, other, equal) for part in further[place]]
        return found

    def _want(self, what: T, rows: set[int] | None, wanted: dict[T, set[int] | None]) -> None:
        before = wanted.get(what, set())
        wanted[what] = None if rows is None or before is None else before | rows

    def _equal(
        self,
        table: str,
        rows: set[int] | None,
        other: str,
        by: _Pairs,
    ) -> set[int] | None:
        """The rows of another table with equal values, or with one missing; None for all."""
        if rows is None or not by:
            return None
        engine = self.engine
        own = Query(self.relations, table, odd=_never, dialect=engine.dialect)
        values = [own.sql(outside) for _, outside in by]
        listed = ", ".join(f"{value} AS k{n}" for n, value in enumerate(values))
        engine.listed("sought_rows", sorted(rows))
        engine.keep(
            "sought",
            f"SELECT DISTINCT {listed} FROM {own.source()}"
            f" WHERE {own.alias}.rid IN (SELECT rid FROM sought_rows)",
        )
        names = [f"k{n}" for n in range(len(by))]
        gaps = " OR ".join(f"{name} IS NULL" for name in names)
        if engine.rows(f"SELECT 1 FROM sought WHERE {gaps} LIMIT 1"):
            return None
        its = Query(self.relations, other, odd=_never, alias="u", dialect=engine.dialect)
        columns = [its.sql(inner) for inner, _ in by]
        equal = " AND ".join(
            f"{column} = sought.{name}" for column, name in zip(columns, names, strict=True)
        )
        missing = " OR ".join(f"{column} IS NULL" for column in columns)
        source = its.source()
        found = engine.rows(
            f"SELECT u.rid FROM {source} SEMI JOIN sought ON {equal}"
            f"{self._narrowed(other, by)} UNION SELECT u.rid FROM {source} WHERE {missing}"
        )
        return {rid for (rid,) in found}

    def _narrowed(self, other: str, by: _Pairs) -> str:
        """Leaves out most rows by a column as its file has it, which DuckDB need not read where
        the file says that what is sought is not there."""
        whole = self.relations[other].whole
        for n, (inner, _) in enumerate(by):
            if isinstance(inner, Cell) and inner.place == Row(other) and inner.name in whole:
                column, type_ = whole[inner.name]
                return f" WHERE u.{column} IN (SELECT TRY_CAST(k{n} AS {type_}) FROM sought)"
        return ""


def _looks(node: Node) -> bool:
    """Whether a node looks at rows of another table."""
    return isinstance(node, Total) or (isinstance(node, Cell) and isinstance(node.place, RowFound))


def _never(total: Total) -> list[tuple[int, ...]]:
    return []
