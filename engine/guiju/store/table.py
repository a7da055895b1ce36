"""A table of the vocabulary that stays in DuckDB."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    ItemsView,
    Iterator,
    KeysView,
    Sequence,
    ValuesView,
)

from guiju.dossier import limits
from guiju.dossier.lens import Lens
from guiju.dossier.model import TableData
from guiju.dossier.problems import problem
from guiju.dossier.tables import Column, Rows, places_of, typed
from guiju.hints import Any
from guiju.plan.nodes import TablePlan
from guiju.store.connection import Store
from guiju.store.description import Description
from guiju.verdicts import Origin, Problem


class TooManyRows(Exception):
    """A column of a table that is too large for it was to be read into Python."""

    def __init__(self, table: str, rows: int) -> None:
        super().__init__(f"{table}: {rows} > {limits.MAX_ROWS}")
        self.table, self.rows = table, rows
        self.problem = problem(
            "store-rows",
            "error",
            None,
            table=table,
            rows=f"{rows:,}",
            most=f"{limits.MAX_ROWS:,}",
        )


class Cells:
    """The raw cells of a stored table, as the reader of the dossier takes them: `texts` has for
    each field an expression over `relation` and how its cells are looked at."""

    def __init__(
        self,
        store: Store,
        relation: str,
        texts: dict[str, tuple[str, Lens]],
        rows: Rows,
    ) -> None:
        self.store, self.relation, self.texts, self.rows = store, relation, texts, rows

    def whole(self, field: str) -> list[Any]:
        """All cells of a field, in the order of the rows."""
        text, _ = self.texts[field]
        found = self.store.rows(f"SELECT {text} FROM {self.relation}")
        return [cell for (cell,) in found]

    def some(self, fields: Sequence[str], rids: Sequence[int]) -> dict[str, list[Any]]:
        """The cells of some rows."""
        wanted = [field for field in fields if field in self.texts]
        if not wanted or not rids:
            return {field: [] for field in wanted}
        listed = "".join(f", {self.texts[field][0]}" for field in wanted)
        if len(rids) <= _LISTED:
            among = ", ".join(str(int(rid)) for rid in rids)
            found = self.store.rows(
                f"SELECT rid{listed} FROM {self.relation} WHERE rid IN ({among})"
            )
        else:
            found = self.store.rows(
                f"SELECT rid{listed} FROM {self.relation}"
                " JOIN (SELECT DISTINCT unnest($1::BIGINT[]) AS wanted) ON rid = wanted",
                [list(rids)],
            )
        by_row = {row[0]: row for row in found}
        return {
            field: [by_row[rid][place] for rid in rids]
            for place, field in enumerate(wanted, start=1)
        }


_LISTED = 200


class StoredTable(TableData):
    """A `TableData` in a store. `columns[field]` and `keys` are loaded, exactly and whole, when
    they are first asked for; `len` is known without."""

    def __init__(
        self,
        store: Store,
        plan: TablePlan,
        sql_name: str,
        description: dict[str, Description],
        cells: Cells,
        data: TableData | None = None,
    ) -> None:
        """`data` is the table in Python lists, where it was read into them."""
        self.name = plan.name
        self.store, self.plan = store, plan
        self.sql_name, self.description = sql_name, description
        self.cells, self.data = cells, data
        self.unique = True
        """Whether every row has a key, and no two have keys that are equal in a query."""
        self.renamed: dict[int, str] = {}
        """What findings call the rows whose key is missing or stands twice."""
        if data is not None:
            self.columns, self.keys, self.place = data.columns, data.keys, data.place
        else:
            self.columns = columns = _Columns(plan, cells)
            self.keys = _Keys(cells.rows.size, self)  # type: ignore[assignment]
            self.place = _place(plan, cells, columns)

    @staticmethod
    def held(
        store: Store,
        plan: TablePlan,
        sql_name: str,
        description: dict[str, Description],
        data: TableData,
        unique: bool,
    ) -> StoredTable:
        """The table of Python lists that also stand in `sql_name`."""
        cells = Cells(store, sql_name, {}, Rows(len(data), {}, data.place, str))
        table = StoredTable(store, plan, sql_name, description, cells, data)
        table.unique = unique
        return table

    @staticmethod
    def over(
        store: Store,
        plan: TablePlan,
        sql_name: str,
        description: dict[str, Description],
        cells: Cells,
        problems: list[Problem],
    ) -> StoredTable:
        """The table whose values stand in `sql_name`; its keys are looked at."""
        from guiju.store.keys import renamed_keys

        table = StoredTable(store, plan, sql_name, description, cells)
        table.renamed = renamed_keys(table, problems)
        return table

    def __len__(self) -> int:
        return self.cells.rows.size

    def rows(self, rids: Sequence[int], fields: Collection[str] | None = None) -> TableData:
        """The rows with these numbers, in this order, exactly: values, keys, and the places
        they have in the file. `fields`: only these are read, the others are None."""
        rids = [int(rid) for rid in rids]
        if self.data is not None:
            return taken(self.data, rids)
        own = self.cells.rows
        wanted = [f for f in self.plan.fields if fields is None or f in fields]
        read = dict.fromkeys((*wanted, *self.plan.key))
        raws = self.cells.some(list(read), rids)
        columns = {name: Column(raw, self.cells.texts[name][1]) for name, raw in raws.items()}
        part = Rows(
            len(rids),
            columns,
            lambda row, field: own.base(rids[row], field),
            lambda row: own.name(rids[row]),
        )
        values: dict[str, list[Any]] = {}
        for name, field in self.plan.fields.items():
            column = columns.get(name)
            values[name] = (
                [None] * len(rids) if column is None else typed(self.plan, field, column, part, [])
            )
        keys = self._named(rids, values)
        for name in columns:
            if name not in wanted:
                values[name] = [None] * len(rids)
        return TableData(self.name, values, keys, places_of(self.plan, part, values))

    def keys_of(self, rids: Sequence[int]) -> list[str]:
        """The keys of rows, without loading those of the others."""
        return self.rows(rids, ()).keys

    def _named(self, rids: Sequence[int], values: dict[str, list[Any]]) -> list[str]:
        from guiju.dossier.tables import key_texts

        own = self.cells.rows
        if any(part not in own.columns for part in self.plan.key) or not self.plan.key:
            return [f"#{own.name(rid)}" for rid in rids]
        texts = key_texts([values[part] for part in self.plan.key])
        return [self.renamed.get(rid, text or "") for rid, text in zip(rids, texts, strict=True)]

    def whole_keys(self) -> list[str]:
        """The keys of all rows."""
        size = len(self)
        values = {part: self.columns[part] for part in self.plan.key}
        return self._named(range(size), values)


def taken(data: TableData, rids: Sequence[int]) -> TableData:
    """Some rows of a table, with the keys and places they have in the whole of it."""
    place = data.place
    return TableData(
        data.name,
        {field: [cells[rid] for rid in rids] for field, cells in data.columns.items()},
        [data.keys[rid] for rid in rids],
        lambda row, field: place(rids[row], field),
    )


class _Columns(dict[str, list[Any]]):
    """The columns of a table, each loaded when it is first asked for."""

    def __init__(self, plan: TablePlan, cells: Cells) -> None:
        super().__init__()
        self._plan, self._cells = plan, cells

    def loaded(self, field: str) -> bool:
        """Whether a column stands in Python already."""
        return super().__contains__(field)

    def __missing__(self, field: str) -> list[Any]:
        plan = self._plan.fields[field]
        rows = self._cells.rows
        if rows.size > limits.MAX_ROWS:
            raise TooManyRows(self._plan.name, rows.size)
        values: list[Any] = [None] * rows.size
        if field in self._cells.texts:
            column = Column(self._cells.whole(field), self._cells.texts[field][1])
            values = typed(self._plan, plan, column, rows, [])
        self[field] = values
        return values

    def get(self, field: str, default: Any = None) -> Any:
        if field not in self:
            return default
        return self[field]

    def __contains__(self, field: object) -> bool:
        return field in self._plan.fields or super().__contains__(field)

    def __iter__(self) -> Iterator[str]:
        return iter(self._plan.fields)

    def __len__(self) -> int:
        return len(self._plan.fields)

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        return KeysView(self)

    def values(self) -> ValuesView[list[Any]]:  # type: ignore[override]
        return ValuesView(self)

    def items(self) -> ItemsView[str, list[Any]]:  # type: ignore[override]
        return ItemsView(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and dict(self.items()) == dict(other.items())

    __hash__ = None


class _Keys(Sequence[str]):
    """The keys of a table, all loaded when one is first asked for."""

    def __init__(self, size: int, table: StoredTable) -> None:
        self._size, self._table = size, table
        self._loaded: list[str] | None = None

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, row: Any) -> Any:
        if self._loaded is None:
            self._loaded = self._table.whole_keys()
        return self._loaded[row]

    def __eq__(self, other: object) -> bool:
        return list(self) == other

    __hash__ = None  # type: ignore[assignment]


def _place(plan: TablePlan, cells: Cells, columns: _Columns) -> Callable[[int, str], Origin]:
    def place(row: int, field: str) -> Origin:
        own = cells.rows
        if field not in cells.texts:
            return own.base(row, field)
        column = Column(cells.some([field], [row])[field], cells.texts[field][1])
        part = Rows(1, {field: column}, lambda _, f: own.base(row, f), lambda _: own.name(row))
        values = {field: typed(plan, plan.fields[field], column, part, [])}
        return places_of(plan, part, values)(0, field)

    return place
