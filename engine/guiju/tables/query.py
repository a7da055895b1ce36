"""One query over a table: its own columns, and all that is joined to them.

Rows found by key, looked-up values and totals become left joins, each once however many
conditions use it. What is asked of a total is added to the grouping of its rows, so that one
pass over a table answers all that is asked of rows that belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import partial

from guiju.hints import Any
from guiju.record import Record
from guiju.sieve.nodes import (
    Apply,
    Cell,
    Facts,
    Looked,
    Node,
    Other,
    Row,
    RowFound,
    Total,
    inside,
)
from guiju.tables.pairs import counted_pairs
from guiju.tables.sql import Dialect


class Relation(Record):
    """A table as a query reads it: `source` is what stands after FROM, `columns` are the names
    of its fields in it. It has a column `rid`, the number of the row, and, where the rows of
    many dossiers stand in it, `dossier`. `unique`: no two rows have the same key. `ends` are the
    least and the greatest of a column of numbers, where they are known. `whole` are the columns
    of fields whose file has whole numbers, as they are there, and their types."""

    source: str
    columns: dict[str, str]
    rows: int
    key: tuple[str, ...] = ()
    unique: bool = True
    ends: dict[str, tuple[float, float]] = {}
    whole: dict[str, tuple[str, str]] = {}


Relations = Mapping[str, Relation]

FACTS = ""
"""The name under which the facts of many dossiers stand among the relations: one row each."""


def ends_of(relations: Relations, cell: Cell) -> tuple[float, float] | None:
    """Between which ends the values of a column lie, where that is known."""
    table = FACTS if isinstance(cell.place, Facts) else cell.place.table
    relation = relations.get(table)
    return None if relation is None else relation.ends.get(cell.name)


class _Group:
    """The rows of a table that belong together, and what is asked of them."""

    def __init__(self, alias: str, total: Total, query: Query) -> None:
        self.alias, self.query = alias, query
        self.where = None if total.where is None else query.dialect.sql(total.where)
        self.keys = [query.dialect.sql(inner) for inner, _ in total.by]
        self.measures: dict[str, str] = {}

    def column(self, expression: str) -> str:
        """The column that holds an aggregate."""
        for column, known in self.measures.items():
            if known == expression:
                return f"{self.alias}.{column}"
        column = f"m{len(self.measures)}"
        self.measures[column] = expression
        return f"{self.alias}.{column}"

    def filtered(self, aggregate: str, condition: str = "") -> str:
        """An aggregate over the rows that surely belong to it."""
        where = self.where and self.query.dialect.holds(self.where)
        parts = [part for part in (where, condition) if part]
        return aggregate + (f" FILTER (WHERE {' AND '.join(parts)})" if parts else "")

    def source(self, by_dossier: bool) -> str:
        listed = [f"{sql} AS k{number}" for number, sql in enumerate(self.keys)]
        if by_dossier:
            listed.append(f"{self.query.alias}.dossier AS dossier")
        listed += [f"{sql} AS {column}" for column, sql in self.measures.items()]
        # By position: a joined table may have a column of the same name.
        keys = [str(at + 1) for at in range(len(self.keys) + by_dossier)]
        grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
        return f"(SELECT {', '.join(listed)} FROM {self.query.source()}{grouped})"


Odd = Callable[[Total], list[tuple[int, ...]]]
"""Which rows of a table may or may not belong to a total, since a cell is missing: for each kind
of them, which of the columns they do have."""


class Query:
    """Expressions over the rows of one table, and what they are joined to."""

    def __init__(
        self,
        relations: Relations,
        table: str,
        *,
        odd: Odd,
        alias: str = "t",
        dialect: type[Dialect] = Dialect,
        repeated: Mapping[str, str] | None = None,
        by_dossier: bool = False,
    ) -> None:
        """`repeated` are tables `(rid, n)` of the rows that do not stand alone, by the total
        that counts them; a row that is not in it stands alone."""
        self.relations, self.table, self.alias = relations, table, alias
        self.odd, self.by_dossier = odd, by_dossier
        self.repeated = repeated or {}
        self.dialect = dialect(self._found)
        self._kind = dialect
        self._known: dict[str, str] = {}
        self._joins: list[Callable[[], str]] = []
        self._aliases = 0
        self._groups: dict[str, _Group] = {}

    def sql(self, node: Node) -> str:
        """A node as an expression of this query."""
        return self.dialect.sql(node)

    def source(self) -> str:
        """What stands after FROM, once all expressions have been asked for."""
        own = self.relations[self.table]
        return f"{own.source} {self.alias}" + "".join(join() for join in self._joins)

    def cell(self, field: str) -> str:
        """A column of the table itself."""
        return f"{self.alias}.{self.relations[self.table].columns[field]}"

    def lacking(self, total: Total) -> str:
        """Whether a total lacks a member's cell, rather than a proof."""
        group = self._group(total)
        assert total.value is not None
        cells = [n for n in inside(total.value) if isinstance(n, Cell)]
        missing = " OR ".join(f"{group.query.sql(cell)} IS NULL" for cell in cells)
        count = group.column(group.filtered("count(*)", f"({missing})") if missing else "0")
        return f"(coalesce({count}, 0) > 0)"

    # --- where things stand --------------------------------------------------------------

    def _alias(self) -> str:
        self._aliases += 1
        return f"{self.alias}{self._aliases}"

    def _found(self, node: Node) -> str:
        match node:
            case Cell(place=Row() | Other(), name=field):
                return self.cell(field)
        key = repr(node)
        known = self._known.get(key)
        if known is None:
            match node:
                case Cell(place=Facts(), name=field):
                    known = self._fact(field)
                case Cell(place=RowFound() as place, name=field):
                    known = self._found_row(place, field)
                case Looked():
                    known = self._looked(node)
                case Total():
                    known = self._total(node)
                case _:
                    raise TypeError(node)
            self._known[key] = known
        return known

    def _same_dossier(self, alias: str) -> list[str]:
        return [f"{alias}.dossier = {self.alias}.dossier"] if self.by_dossier else []

    def _fact(self, field: str) -> str:
        relation = self.relations[FACTS]
        if self.table == FACTS:
            return f"{self.alias}.{relation.columns[field]}"
        alias = f"{self.alias}_f"
        if "facts" not in self._known:
            self._known["facts"] = alias
            source = relation.source
            self._joins.append(
                lambda: f" LEFT JOIN {source} {alias} ON {alias}.dossier = {self.alias}.dossier"
            )
        return f"{alias}.{relation.columns[field]}"

    def _by_key(self, total: Total) -> str | None:
        """The alias of the one row that can belong to a total, where rows of its table are told
        apart by just what they are to equal."""
        relation = self.relations[total.table]
        if total.where is not None or total.beside is not None:
            return None
        if not relation.unique or self.by_dossier:
            return None
        keys: dict[str, Node] = {}
        for inner, outside in total.by:
            if not isinstance(inner, Cell) or not isinstance(inner.place, Row):
                return None
            keys[inner.name] = outside
        if not relation.key or keys.keys() != set(relation.key) or len(keys) < len(total.by):
            return None
        return self._row_alias(RowFound(total.table, tuple(keys[part] for part in relation.key)))

    def _found_row(self, place: RowFound, field: str) -> str:
        return f"{self._row_alias(place)}.{self.relations[place.table].columns[field]}"

    def _row_alias(self, place: RowFound) -> str:
        key = repr(place)
        alias = self._known.get(key)
        relation = self.relations[place.table]
        if alias is None:
            alias = self._known[key] = self._alias()
            columns = [relation.columns[part] for part in relation.key]
            on = [
                f"{alias}.{column} = {self.sql(outside)}"
                for column, outside in zip(columns, place.keys, strict=True)
            ]
            on += self._same_dossier(alias)
            source = (
                relation.source
                if relation.unique
                else _first_of_each(relation, columns, self.by_dossier)
            )
            named = alias
            self._joins.append(lambda: f" LEFT JOIN {source} {named} ON {' AND '.join(on)}")
        return alias

    def _looked(self, node: Looked) -> str:
        if not node.rows:
            return "NULL"
        alias = self._alias()
        width = len(node.rows[0][0])
        values = ", ".join(
            "(" + ", ".join(self._constant(one) for one in (*key, value)) + ")"
            for key, value in node.rows
        )
        names = ", ".join([*(f"k{number}" for number in range(width)), "v"])
        on = " AND ".join(
            f"{alias}.k{number} = {self.sql(key)}" for number, key in enumerate(node.keys)
        )
        self._joins.append(lambda: f" LEFT JOIN (VALUES {values}) {alias}({names}) ON {on}")
        return f"{alias}.v"

    def _constant(self, value: Any) -> str:
        if isinstance(value, (Decimal, Fraction)):
            return self.dialect.literal(float(value))
        return self.dialect.literal(value)

    def _group(self, total: Total) -> _Group:
        key = repr(total._replace(function="", value=None))
        group = self._groups.get(key)
        if group is None:
            alias = self._alias()
            query = Query(
                self.relations,
                total.table,
                odd=self.odd,
                alias=f"{alias}_",
                dialect=self._kind,
                by_dossier=self.by_dossier,
            )
            group = self._groups[key] = _Group(alias, total, query)
            on = [
                f"{alias}.k{number} = {self.sql(outside)}"
                for number, (_, outside) in enumerate(total.by)
            ]
            on += self._same_dossier(alias)
            made = group
            self._joins.append(
                lambda: (
                    f" LEFT JOIN {made.source(self.by_dossier)} {alias}"
                    f" ON {' AND '.join(on) or 'TRUE'}"
                )
            )
        return group

    def _total(self, node: Total) -> str:
        missing = [f"{self.sql(outside)} IS NULL" for _, outside in node.by]
        table = self.repeated.get(repr(node))
        if table is not None:
            missing += self._maybe(node)
            alias = self._alias()
            self._joins.append(
                lambda: f" LEFT JOIN {table} {alias} ON {alias}.rid = {self.alias}.rid"
            )
            return _none_where(missing, f"coalesce({alias}.n, 1)")
        if node.function == "any" and (found_row := self._by_key(node)) is not None:
            return _any([*missing, *self._maybe(node)], f"{found_row}.rid IS NOT NULL")
        if node.beside is not None:
            return self._paired(node, node.beside, missing)
        group = self._group(node)
        open_ = []
        if group.where is not None:
            count = group.column(f"count(*) FILTER (WHERE ({group.where}) IS NULL)")
            open_.append(f"coalesce({count}, 0) > 0")
        open_ += self._maybe(node)
        count = f"coalesce({group.column(group.filtered('count(*)'))}, 0)"
        if node.function == "any":
            return _any([*missing, *open_], f"{count} > 0")
        if node.function == "count":
            return _none_where([*missing, *open_], f"CAST({count} AS DOUBLE)")
        assert node.value is not None
        value = group.query.sql(node.value)
        # What has no size has no value: asked in one way, it is counted once.
        told = group.query.sql(_unsigned(node.value))
        lacks = group.column(group.filtered("count(*)", f"({told} IS NULL)"))
        open_.append(f"coalesce({lacks}, 0) > 0")
        match node.function:
            case "sum":
                found = group.column(group.filtered(f"sum({value})"))
                found = f"coalesce({found}, {self.dialect.literal(0.0)})"
            case "least":
                found = group.column(group.filtered(f"min({value})"))
            case _:
                found = group.column(group.filtered(f"max({value})"))
        return _none_where([*missing, *open_], found)

    def _paired(self, node: Total, beside: Node, missing: list[str]) -> str:
        """A total of the rows that are held against the query's own one by one."""
        alias = self._alias()
        own, its = (
            Query(
                self.relations,
                table,
                odd=self.odd,
                alias=f"{alias}{side}",
                dialect=self._kind,
                by_dossier=self.by_dossier,
            )
            for table, side in ((self.table, "o"), (node.table, "i"))
        )
        source = counted_pairs(node, beside, own, its, partial(ends_of, self.relations))
        on = [f"{alias}.rid = {self.alias}.rid", *self._same_dossier(alias)]
        self._joins.append(lambda: f" LEFT JOIN {source} {alias} ON {' AND '.join(on)}")
        sure = f"coalesce({alias}.sure, 0)"
        open_ = [*missing, f"coalesce({alias}.every, 0) > {sure}", *self._maybe(node)]
        if node.function == "any":
            return _any(open_, f"{sure} > 0")
        return _none_where(open_, f"CAST({sure} AS DOUBLE)")

    def _maybe(self, node: Total) -> list[str]:
        """Conditions under which rows with missing cells may belong to the total of a row."""
        found = []
        for had in self.odd(node):
            if not had:
                return ["TRUE"]
            inner = Query(
                self.relations,
                node.table,
                odd=self.odd,
                alias=f"{self._alias()}_",
                dialect=self._kind,
                by_dossier=self.by_dossier,
            )
            keys = [f"{inner.sql(node.by[at][0])} AS k{at}" for at in had]
            gaps = [
                f"({inner.sql(pair[0])}) IS {'NOT ' if at in had else ''}NULL"
                for at, pair in enumerate(node.by)
            ]
            if node.where is not None:
                gaps.append(f"({inner.sql(node.where)}) IS NOT FALSE")
            keys += [f"{inner.alias}.dossier AS dossier"] if self.by_dossier else []
            source = (
                f"(SELECT DISTINCT {', '.join(keys)}, TRUE AS maybe FROM {inner.source()}"
                f" WHERE {' AND '.join(gaps)})"
            )
            alias = self._alias()
            on = [f"{alias}.k{at} = {self.sql(node.by[at][1])}" for at in had]
            on += self._same_dossier(alias)
            joined = f" LEFT JOIN {source} {alias} ON {' AND '.join(on)}"
            self._joins.append(lambda text=joined: text)  # type: ignore[misc]
            found.append(f"{alias}.maybe IS NOT NULL")
        return found


def _unsigned(value: Node) -> Node:
    return value.operands[0] if isinstance(value, Apply) and value.operation == "abs" else value


def _any(conditions: list[str], found: str) -> str:
    """That there is a row, even where conditions leave open whether there is another."""
    if not conditions:
        return f"({found})"
    return f"CASE WHEN {found} THEN TRUE WHEN NOT ({' OR '.join(conditions)}) THEN FALSE END"


def _none_where(conditions: list[str], found: str) -> str:
    if not conditions:
        return found
    return f"CASE WHEN NOT ({' OR '.join(conditions)}) THEN {found} END"


def _first_of_each(relation: Relation, columns: list[str], by_dossier: bool) -> str:
    keys = ", ".join([*columns, *(["dossier"] if by_dossier else [])])
    return (
        f"(SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY {keys} ORDER BY rid) AS nth_row"
        f" FROM {relation.source}) WHERE nth_row = 1)"
    )


def totals_in(node: Node) -> list[Total]:
    """The totals a node asks for, those inside other totals as well."""
    found: list[Total] = []
    todo = [node]
    while todo:
        for one in inside(todo.pop()):
            if isinstance(one, Total):
                found.append(one)
                todo += [inner for inner, _ in one.by]
                todo += [part for part in (one.where, one.value) if part is not None]
    return found
