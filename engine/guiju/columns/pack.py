"""A pack over the facts of many dossiers that stand in columns.

The sieve is asked of whole columns. Rows it leaves open lack a fact, or lie too close for
binary64: of rules that are undetermined whatever is missing nothing more is asked; of others,
one row of each class that lacks the same facts and in which the same conditions hold; each of
the rest by itself. So the outcomes are those of `CompiledPack.states`, which are the reference
evaluator's.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from guiju.columns.arrays import Arrow, Cells, Columns, Numbers
from guiju.columns.objects import Objects, batches
from guiju.columns.reading import Source
from guiju.columns.vectors import Outcome, Unsayable, Vectors
from guiju.compiled import APART, BROKEN, CompiledPack, compile_pack
from guiju.compiled.conditions import cells_of, inside, parts_of, strict
from guiju.compiled.outlook import Turns
from guiju.compiled.rules import MOST_KEPT, RoadRule, State
from guiju.dossier.naming import Names
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import PackPlan, RulePlan
from guiju.record import Record
from guiju.sieve.nodes import TRUE, Among, Apply, Cell, Given, Literal, Test
from guiju.verdicts import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from guiju.columns.arrays import Bools

    Places = NDArray[np.intp]
    Bytes = NDArray[np.uint8]

CODES: tuple[Verdict, ...] = (
    "undetermined",
    "conforms",
    "nonconforming",
    "not applicable",
    "broken",
)
"""The verdicts by their codes."""
_CODE_OF: dict[State, int] = {None: 0, True: 1, False: 2, APART: 3, BROKEN: 4}
_MOST_BITS = 62


class ColumnStates(Record):
    """The outcomes of rules for rows. `codes` has a row for each of `rules` and a column for
    each row of the source; the verdict of a code is `CODES[code]`. `lacking` are the facts,
    as `group.field`, that rules read and no row has a column for."""

    rules: tuple[RulePlan, ...]
    codes: Bytes
    lacking: tuple[str, ...]

    def counts(self) -> dict[str, dict[Verdict, int]]:
        """How many rows came to each verdict, by rule."""
        found: dict[str, dict[Verdict, int]] = {}
        for rule, codes in zip(self.rules, self.codes, strict=True):
            many = np.bincount(codes, minlength=len(CODES)).tolist()
            found[rule.id] = {v: n for v, n in zip(CODES, many, strict=True) if n}
        return found

    def table(self) -> Any:
        """A table of pyarrow with the verdicts in words: a column for each rule, by its id."""
        words = pa.array(CODES)
        columns = [
            pa.DictionaryArray.from_arrays(pa.array(codes.view(np.int8)), words)
            for codes in self.codes
        ]
        return pa.table(columns, names=[rule.id for rule in self.rules])


class CompiledColumns:
    """The rules of a pack over facts that stand in columns, a row for each dossier.

    `rules` are the rules it is for, in order, and `left` those it does not ask: see
    `CompiledPack`."""

    def __init__(self, plan: PackPlan, *, as_of: date | None = None) -> None:
        self.pack = compile_pack(plan, as_of=as_of)
        self.rules, self.left = self.pack.rules, self.pack.left
        self._rules = [_Rule(self.pack, rule) for rule in self.pack.road_rules]
        self._kept = _kept(self._rules)
        self._found: dict[tuple[str, ...], dict[str, str]] = {}
        self._asked = {name for one in self._rules for name in one.rule.asked.cells}
        # In the order in which they are needed.
        needed = [name for one in self._rules for name in one.rule.asked.cells]
        others = [name for one in self._rules for name in one.rule.reads]
        self._reads = list(dict.fromkeys([*needed, *others]))

    def states(self, source: Path | Objects | Any, *, typed: bool = False) -> ColumnStates:
        """The outcomes for the rows of a Parquet file, of a table or record batch of pyarrow, of
        any object that offers Arrow's stream, such as a data frame, or for a list of objects:
        mappings from the names of facts to values, as `CompiledPack` takes them; `typed` is as
        there.

        A column is found by the key a fact has in objects, or by the name, alias or label of
        its field where only one group has that. A fact without a column is missing in all rows.
        Raises UnreadableDossier for a file that is no Parquet, TypeError for another source."""
        parts: list[Bytes] = []
        lacking = set(self._reads)
        with np.errstate(all="ignore"):
            for rows, cells in self._batches(source, typed):
                lacking.difference_update(cells)
                batch = _Batch(Columns(self.pack.fields, cells, rows), self._kept)
                part = np.empty((len(self._rules), rows), dtype=np.uint8)
                for at, one in enumerate(self._rules):
                    part[at] = one.states(batch)
                parts.append(part)
                self._tell(batch.columns)
        codes = parts[0] if len(parts) == 1 else np.hstack(parts) if parts else self._none()
        self.pack.statistics.objects += codes.shape[1]
        self.pack.statistics.results += codes.size
        return ColumnStates(self.rules, codes, tuple(sorted(lacking)) if parts else ())

    def _batches(self, source: Any, typed: bool) -> Iterator[tuple[int, dict[str, Cells]]]:
        if isinstance(source, (list, tuple)):
            yield from batches(self.pack, self._reads, source, typed=typed)
            return
        given = Source(source)
        columns = self._columns(tuple(given.names))
        own = given.file is not None
        for rows, arrays in given.batches(columns.values()):
            yield rows, {fact: Arrow(arrays, name, own=own) for fact, name in columns.items()}

    def _tell(self, columns: Columns) -> None:
        """Counts the cells that hold no value of their fact."""
        problems = self.pack.statistics.problems
        for name, many in columns.refused().items():
            if name in self._asked:
                problems[name] = problems.get(name, 0) + many

    def _none(self) -> Bytes:
        return np.empty((len(self._rules), 0), dtype=np.uint8)

    def _columns(self, names: tuple[str, ...]) -> dict[str, str]:
        """The column each fact stands in, of those that rules read."""
        found = self._found.get(names)
        if found is None:
            self._found.clear()
            found = self._found[names] = self._looked_for(names)
        return found

    def _looked_for(self, names: tuple[str, ...]) -> dict[str, str]:
        there = {name for name in names if names.count(name) == 1}
        found: dict[str, str] = {}
        for fact in self._reads:
            for key in self.pack.keys_of(fact):
                if key in there:
                    found[fact] = key
                    break
        written: dict[str, set[str]] = {}
        for group in self.pack.plan.groups.values():
            fields = Names(group.fields)
            for name in there.difference(found.values()):
                field = fields.find(name)
                if field is not None:
                    written.setdefault(name, set()).add(f"{group.name}.{field.name}")
        for name, facts in sorted(written.items()):
            if len(facts) == 1 and (fact := facts.pop()) in self._reads:
                found.setdefault(fact, name)
        return found


class _Batch:
    """Some rows of a source, and the values of nodes over them."""

    def __init__(self, columns: Columns, kept: Container[int]) -> None:
        self.rows, self.columns = columns.rows, columns
        self.column = columns.column
        self.vectors = Vectors(columns.column, kept)


class _Row(Mapping[str, Any]):
    """A row as an object."""

    __slots__ = ("batch", "facts", "row")

    def __init__(self, batch: _Batch, facts: Mapping[str, str], row: int) -> None:
        """`facts`: by each key the fact it stands for."""
        self.batch, self.facts, self.row = batch, facts, row

    def __getitem__(self, key: str) -> Any:
        return self.batch.columns.value(self.facts[key], self.row)

    def __iter__(self) -> Any:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


class _Atom(Record):
    """A condition of a rule. `sure`: with its cells there it always has an outcome."""

    node: Any
    cells: tuple[str, ...]
    strict: bool
    sure: bool


class _Rule:
    """One rule over columns."""

    def __init__(self, pack: CompiledPack, rule: RoadRule) -> None:
        self.pack, self.rule = pack, rule
        self.atoms = [
            _Atom(node, tuple(cell.name for cell in cells_of(node)), strict(node), _sure(node))
            for node in rule.asked.atoms
        ]
        self._facts = {pack.keys_of(name)[0]: name for name in rule.reads}
        self._kept: dict[int, int] = {}

    @cached_property
    def undetermined(self) -> bool:
        """Whether all rows that are left open are undetermined."""
        return self.rule.asked.open and all(atom.sure and atom.strict for atom in self.atoms)

    def states(self, batch: _Batch) -> Bytes:
        """The code of each row."""
        aside = self._aside(batch)
        found: Bytes
        try:
            found = self._by_sieve(batch.vectors)
        except Unsayable:
            found = np.zeros(batch.rows, dtype=np.uint8)
            self._each(batch, _where(found == 0, aside), found)
        else:
            if found.ndim == 0:
                found = np.full(batch.rows, found, dtype=np.uint8)
            if not self.undetermined:
                self._settle(batch, _where(found == 0, aside), found)
        if aside is not None:
            for row in np.flatnonzero(aside).tolist():
                found[row] = _CODE_OF[self.pack.exactly(self.rule, _Row(batch, self._facts, row))]
        if self.rule.plan.needs:
            # Columns have no documents: what is met lacks them.
            found[found == 1] = 0
        return found

    def _aside(self, batch: _Batch) -> Bools | None:
        """The rows with a number that binary64 does not hold, which to columns looks as if it
        were missing; None where there are none."""
        found: Bools | None = None
        for name in self.rule.asked.cells:
            aside = batch.column(name).aside
            if aside is not None:
                found = aside if found is None else found | aside
        return found

    def _by_sieve(self, vectors: Vectors) -> Any:
        """The codes, or one for all rows. Raises Unsayable."""
        asked = self.rule.asked
        met = vectors.test(asked.met)
        codes = _bits(met)
        if asked.applies == TRUE:
            return codes
        applies = vectors.test(asked.applies)
        return np.where(applies.yes, codes, np.uint8(0)) + applies.no * np.uint8(3)

    def _settle(self, batch: _Batch, rows: Places, found: Bytes) -> None:
        """The rows that the sieve leaves open."""
        if not len(rows):
            return
        close = self._close(batch, rows)
        if close.any():
            self._each(batch, rows[close], found)
            rows = rows[~close]
        if self.rule.asked.open or not len(rows):
            return
        asked = self.rule.asked
        if len(asked.cells) + 2 * len(self.atoms) + 3 * len(asked.turns) > _MOST_BITS:
            self._each(batch, rows, found)
        else:
            self._by_class(batch, rows, found)

    def _close(self, batch: _Batch, rows: Places) -> Bools:
        """Of some rows those in which it is binary64 that cannot say."""
        found: Bools = np.zeros(len(rows), dtype=np.bool_)
        for atom in self.atoms:
            if atom.sure and atom.strict:
                continue
            outcome = batch.vectors.test(atom.node)
            open_ = ~(_of(outcome.yes, rows) | _of(outcome.no, rows))
            if atom.strict:
                for name in atom.cells:
                    open_ &= batch.column(name).there[rows]
            found |= open_
        return found

    def _by_class(self, batch: _Batch, rows: Places, found: Bytes) -> None:
        """Asks of one row for all that lack the same facts and in which the same conditions
        hold."""
        classes: NDArray[np.int64] = np.zeros(len(rows), dtype=np.int64)
        for name in self.rule.asked.cells:
            classes = classes * 2 + ~batch.column(name).there[rows]
        for atom in self.atoms:
            outcome = batch.vectors.test(atom.node)
            classes = classes * 2 + _of(outcome.yes, rows)
            classes = classes * 2 + _of(outcome.no, rows)
        for turns in self.rule.asked.turns.values():
            classes = classes * 8 + _order(batch, turns, rows)
        each, firsts, which = np.unique(classes, return_index=True, return_inverse=True)
        codes: Bytes = np.zeros(len(each), dtype=np.uint8)
        apart: list[int] = []
        for at, (number, first) in enumerate(zip(each.tolist(), firsts.tolist(), strict=True)):
            code = self._kept.get(number)
            if code is None:
                one = rows[first : first + 1]
                cells = tuple(batch.column(name).held(one)[0] for name in self.rule.asked.cells)
                row = _Row(batch, self._facts, int(one[0]))
                state, alike = self.pack.alike(self.rule, row, cells)
                code = _CODE_OF[state]
                if alike and len(self._kept) < MOST_KEPT:
                    self._kept[number] = code
                if not alike:
                    apart.append(at)
            codes[at] = code
        found[rows] = codes[which]
        if apart:
            self._each(batch, rows[np.isin(which, apart)], found)

    def _each(self, batch: _Batch, rows: Places, found: Bytes) -> None:
        """Asks rows one by one."""
        columns = [batch.column(name).held(rows) for name in self.rule.asked.cells]
        cells = zip(*columns, strict=True) if columns else [()] * len(rows)
        for row, its in zip(rows.tolist(), cells, strict=True):
            state = self.pack.settled(self.rule, _Row(batch, self._facts, row), its)
            found[row] = _CODE_OF[state]


def _kept(rules: Sequence[_Rule]) -> frozenset[int]:
    """The nodes that are asked for more than once: what rules share, and the conditions of those
    whose open rows are looked at again."""
    uses: dict[int, int] = {}
    for one in rules:
        roots = (one.rule.asked.applies, one.rule.asked.met)
        parts = [part for root in roots for node in inside(root) for part in parts_of(node)]
        again = [] if one.undetermined else [atom.node for atom in one.atoms]
        for node in (*roots, *parts, *again):
            uses[id(node)] = uses.get(id(node), 0) + 1
    return frozenset(node for node, many in uses.items() if many > 1)


def _bits(outcome: Outcome) -> Any:
    """The codes of a test: conforms where it is true, nonconforming where it is false."""
    return outcome.yes + (outcome.no * np.uint8(2))


def _where(open_: Bools, aside: Bools | None) -> Places:
    """The rows that are open, but for those aside."""
    return np.flatnonzero(open_ if aside is None else open_ & ~aside)


def _of(flags: Any, rows: Places) -> Any:
    """The flags of some rows; a flag may be one for all."""
    return flags[rows] if flags.ndim else flags


def _order(batch: _Batch, turns: Turns, rows: Places) -> Any:
    """How the two others stand to each other that a fact is compared with, where that tells
    rows apart: 0 to 4, as `Turns.order` has it."""
    columns = [batch.column(name) for name in turns.others]
    if len(columns) != 2 or not turns.few:
        return 0
    one, other = (column.values[rows] for column in columns if isinstance(column, Numbers))
    # Between two whole numbers that are next to each other there is none.
    most = 2.0 if turns.whole else 1.0
    apart = np.clip(np.sign(other - one) if most == 1.0 else other - one, -most, most)
    return np.where(apart == apart, apart + 2.0, 5.0).astype(np.int64)


def _sure(node: Any) -> bool:
    """Whether a condition has an outcome wherever its cells are there: nothing in it is
    calculated."""
    match node:
        case Cell() | Given(value=Cell()) | Among(value=Cell()):
            return True
        case Test(_, left, right):
            return _as_it_stands(left) and _as_it_stands(right)
    return False


def _as_it_stands(node: Any) -> bool:
    match node:
        case Cell():
            return True
        case Literal(value):
            return value is not None
        case Apply("days" | "year" | "month" | "day" | "length", operands):
            return all(isinstance(one, Cell) for one in operands)
    return False


def compile_columns(plan: PackPlan, *, as_of: date | None = None) -> CompiledColumns:
    """A pack compiled for columns: see `CompiledColumns`."""
    return CompiledColumns(plan, as_of=as_of)
