"""The rows of all dossiers of a run, as far as rules ask about them `across dossiers`.

A run over many dossiers goes over them twice. The first time each is added to `Others`, which
keeps the columns that the pack asks for across dossiers and nothing else, and the dossier can be
let go. The second time each is assessed against the pack with the same `Others`, which leaves out
its own rows:

    others = Others(pack)
    for dossier in read_one_after_the_other():
        others.add(dossier)
    for dossier in read_one_after_the_other():
        assess(dossier, pack, others=others)

What an evaluator builds over the pooled rows to find some of them is built when it is first asked
for, and kept here for all dossiers. It is left out of a pickle: where processes are forked it is
shared by all that are forked after it was built, and a process that got its `Others` as a pickle
builds it anew. Parts that were pooled by several processes are put together with `extend`, in
the order of the run.
"""

from __future__ import annotations

from bisect import bisect_right

from guiju.dossier.model import Dossier, TableData
from guiju.dossier.problems import problem, shown
from guiju.hints import Any
from guiju.plan.across import asked_across
from guiju.plan.nodes import PackPlan
from guiju.plan.types import GeometryType
from guiju.verdicts import ELSEWHERE, Origin, Problem

A_LONG_TABLE = 50
"""Rows above which a column of boundaries without any is a layer that is missing."""


class DossierTwice(ValueError):
    """Two dossiers of a run have one id, so that neither's rows can be told from the other's.
    `problem` says so to a reader."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message["en"])
        self.problem = problem

    def __reduce__(self) -> tuple[object, ...]:
        return DossierTwice, (self.problem,)


class PooledTable:
    """The rows of one table in all dossiers, by columns, one dossier after the other.

    `keys[row]` and `columns[field][row]` are those of the dossier the row stands in. `unread`
    are the dossiers whose rows are not known. `kept` is for evaluators.
    """

    def __init__(self, name: str, key: str | None, fields: tuple[str, ...]) -> None:
        self.name = name
        self.key = key
        self.columns: dict[str, list[Any]] = {field: [] for field in fields}
        self.keys: list[str] = []
        self.dossiers: list[str] = []
        self.starts: list[int] = []
        self.numbers: dict[str, int] = {}
        self.unread: list[str] = []
        self.layerless: dict[str, set[int]] = {}
        """By column of boundaries: the dossiers, by number, that have a long table and none."""
        placed = fields if key is None or key in fields else (key, *fields)
        self._places: dict[str, list[str]] = {field: [] for field in placed}
        self._files: dict[str, list[tuple[str, str | None]]] = {field: [] for field in placed}
        self.kept: dict[Any, Any] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "kept": {}}

    def number_of(self, row: int) -> int:
        """The number of the dossier that a row stands in."""
        return bisect_right(self.starts, row) - 1

    def dossier_of(self, row: int) -> str:
        """The id of the dossier that a row stands in."""
        return self.dossiers[self.number_of(row)]

    def rows_of(self, dossier: str) -> range:
        """The rows of a dossier; none where it has none or is not of the run."""
        number = self.numbers.get(dossier)
        if number is None:
            return range(0)
        last = number + 1 == len(self.starts)
        return range(self.starts[number], len(self) if last else self.starts[number + 1])

    def place(self, row: int, field: str = "") -> Origin | None:
        """Where a cell stands in its dossier, or the row as a whole; None where that is not
        told. The file is said to be that dossier's, for the asking one may have its like."""
        field = self._placed(field)
        if not field:
            return None
        return self._origin(row, self._files[field][row], self._places[field][row])

    def _placed(self, field: str) -> str:
        """The column whose places are told for a column; empty for none."""
        if field in self._places:
            return field
        field = self.key or next(iter(self._places), "")
        return field if field in self._places else ""

    def _origin(self, row: int, file: tuple[str, str | None], at: str) -> Origin:
        return Origin(f"{ELSEWHERE}{self.dossier_of(row)}/{file[0]}", at, file[1])

    def held(self, row: int) -> tuple[Any, ...]:
        """All that is known of a row: its key, the files and the places of its columns by name,
        and its cells."""
        files = {field: files[row] for field, files in self._files.items()}
        places = {field: places[row] for field, places in self._places.items()}
        return self.keys[row], files, places, *(cells[row] for cells in self.columns.values())

    def by_value(self, field: str) -> Any:
        """What finds rows by the value of a column, where that stands ready. Evaluators make
        their own where it does not."""
        return None

    def by_range(self, equal: tuple[str, ...], above: str, below: str) -> Any:
        """What finds rows by equal columns and two bounded ones, where that stands ready."""
        return None

    def lacks_layer(self, row: int, field: str) -> bool:
        """Whether the dossier of a row has no boundary at all in a long table."""
        lacking = self.layerless.get(field)
        return lacking is not None and self.number_of(row) in lacking

    def add(self, dossier: str, data: TableData | None, shaped: frozenset[str]) -> None:
        """The rows of one more dossier; None for one whose rows are not known."""
        self.kept.clear()
        if data is None:
            self.unread.append(dossier)
            return
        number = self.numbers[dossier] = len(self.dossiers)
        self.dossiers.append(dossier)
        self.starts.append(len(self))
        for field, column in self.columns.items():
            values = data.columns[field]
            column += values
            absent = not any(value is not None for value in values)
            if field in shaped and len(values) > A_LONG_TABLE and absent:
                self.layerless.setdefault(field, set()).add(number)
        self.keys += data.keys
        for field, places in self._places.items():
            files = self._files[field]
            before: tuple[str, str | None] = ("", None)
            for row in range(len(data)):
                origin = data.place(row, field)
                if (origin.file, origin.sheet) != before:
                    before = origin.file, origin.sheet
                files.append(before)
                places.append(origin.at)

    def extend(self, other: PooledTable) -> None:
        """The rows of the dossiers of another pool, behind those of this one."""
        self.kept.clear()
        shift, numbers = len(self), len(self.dossiers)
        self.dossiers += other.dossiers
        self.starts += [start + shift for start in other.starts]
        self.numbers.update((name, n + numbers) for name, n in other.numbers.items())
        self.unread += other.unread
        self.keys += other.keys
        for field, column in self.columns.items():
            column += other.columns[field]
        for field in self._places:
            self._places[field] += other._places[field]
            self._files[field] += other._files[field]
        for field, lacking in other.layerless.items():
            mine_too = self.layerless.setdefault(field, set())
            mine_too.update(number + numbers for number in lacking)


class Others:
    """The dossiers of a run, with the rows that a pack asks for across them."""

    def __init__(self, pack: PackPlan) -> None:
        self.pack = pack.digest
        self.tables: dict[str, PooledTable] = {}
        self.shaped: dict[str, frozenset[str]] = {}
        """By table: the columns of boundaries among those pooled."""
        for name, fields in asked_across(pack).items():
            plan = pack.tables[name]
            self.tables[name] = PooledTable(name, plan.key[0] if plan.key else None, fields)
            self.shaped[name] = frozenset(
                field for field in fields if isinstance(plan.fields[field].type, GeometryType)
            )
        self.dossiers: dict[str, tuple[str, str]] = {}
        """By id: the path of each dossier of the run and its digest, empty for one that could
        not be read."""

    def __bool__(self) -> bool:
        """Whether the pack asks about other dossiers at all."""
        return bool(self.tables)

    def add(self, dossier: Dossier) -> None:
        """One more dossier of the run. Raises DossierTwice."""
        self._enter(dossier.id, dossier.path, dossier.digest)
        for name, table in self.tables.items():
            table.add(dossier.id, dossier.tables.get(name), self.shaped[name])

    def add_unread(self, name: str, path: str = "") -> None:
        """One more dossier of the run, of which nothing could be read: its rows are not known,
        and what turns on them stays open. Raises DossierTwice."""
        self._enter(name, path or name, "")
        for table in self.tables.values():
            table.add(name, None, frozenset())

    def extend(self, others: Others) -> None:
        """The dossiers pooled by another process, behind those of this one. Raises DossierTwice."""
        if others.pack != self.pack:
            raise ValueError("the dossiers were pooled for another pack")
        for name, (path, digest) in others.dossiers.items():
            self._enter(name, path, digest)
        for name, table in self.tables.items():
            table.extend(others.tables[name])

    def _enter(self, name: str, path: str, digest: str) -> None:
        if name in self.dossiers:
            first, _ = self.dossiers[name]
            raise DossierTwice(_twice(name, first, path))
        self.dossiers[name] = path, digest

    def refuse_stranger(self, dossier: Dossier, pack: PackPlan) -> None:
        """Raises DossierTwice for a dossier that is not the one pooled under its id: rows left
        out as its own would be another's. One that is not of the run may be asked about."""
        if pack.digest != self.pack:
            raise ValueError("the dossiers were pooled for another pack")
        path, digest = self.dossiers.get(dossier.id, ("", dossier.digest))
        if digest != dossier.digest:
            raise DossierTwice(_twice(dossier.id, path, dossier.path))


def _twice(name: str, first: str, second: str) -> Problem:
    values = {"id": shown(name), "first": shown(first), "second": shown(second)}
    return problem("dossier-twice", "error", None, **values)
