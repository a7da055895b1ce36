"""All rules over a table in one query: which rows are settled, and which are to be looked at.

Each rule has two bits of a row: it conforms (0), it does not (1), the sieve has no outcome (2),
the rule does not apply (3). Rows that at once turn out to have none but 0 and 3 are left, the
others are kept, and of each 2 its class: which cells are missing, how each condition came out, and
whether it was binary64 that could not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from guiju.hints import TYPE_CHECKING
from guiju.record import Record
from guiju.sieve import Sieve
from guiju.sieve.logic import both
from guiju.sieve.nodes import TRUE, Both, Cell, Given, Interner, Node, Row, Total
from guiju.sieve.passing import passing
from guiju.tables.engine import DuckDB, Engine
from guiju.tables.query import Query, Relations, ends_of, totals_in
from guiju.tables.stages import Stages

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CONFORMS, FAILS, OPEN, APART = range(4)
"""The two bits of a rule in a row."""

_PER_MASK = 31
MOST_RULES = 4 * _PER_MASK
"""Rules in one query: to plan many more takes longer than to go over the table again."""
_MOST_BITS = 62


class Class(Record):
    """Rows of one rule without an outcome that are alike. `first` is the first of them, `rows`
    how many they are. `certain`: what the reference evaluator says of one holds of all."""

    signature: int
    rows: int
    first: int
    certain: bool


class Sifted(Record):
    """What came of a rule over a table. Of the rows where it does not apply, `passed_over` are not
    even picked by it. The rows to look at stand in the table `kept`: `mask` is the column of it
    that holds the bits of the rule, from `shift` on; `signature` the column of its classes."""

    sieve: Sieve
    rows: int
    fails: int
    open: int
    apart: int
    passed_over: int
    kept: str
    mask: str
    shift: int
    signature: str
    classes: tuple[Class, ...]

    @property
    def conforms(self) -> int:
        """How many rows surely conform."""
        return self.rows - self.fails - self.open - self.apart

    def state(self) -> str:
        """The two bits as an expression over the kept rows."""
        return f"(({self.mask} >> {self.shift}) & 3)"


def sift(
    connection: DuckDBPyConnection,
    sieves: Sequence[Sieve],
    relations: Relations,
    table: str,
    kept: str,
    *,
    by_dossier: bool = False,
) -> list[Sifted]:
    """What the rules come to in all rows of a table of DuckDB: see `sift_on`."""
    return sift_on(DuckDB(connection), sieves, relations, table, kept, by_dossier=by_dossier)


def sift_on(
    engine: Engine,
    sieves: Sequence[Sieve],
    relations: Relations,
    table: str,
    kept: str,
    *,
    by_dossier: bool = False,
) -> list[Sifted]:
    """What the rules come to in all rows of a table. Makes temporary tables of the rows to look
    at: `rid`, the masks, and the signatures. Their names begin with `kept`."""
    found: list[Sifted] = []
    for number, at in enumerate(range(0, len(sieves), MOST_RULES)):
        name = f"{kept}_{number}" if number else kept
        some = sieves[at : at + MOST_RULES]
        found += _sifted(engine, some, relations, table, name, by_dossier)
    return found


def _sifted(
    engine: Engine,
    sieves: Sequence[Sieve],
    relations: Relations,
    table: str,
    kept: str,
    by_dossier: bool,
) -> list[Sifted]:
    """What some rules come to, asked in one query."""
    odd = Odd(engine, relations)
    singles = _singles(engine, sieves, relations, table, kept) if not by_dossier else {}

    def query() -> Query:
        return Query(
            relations,
            table,
            odd=odd,
            dialect=engine.dialect,
            repeated=singles,
            by_dossier=by_dossier,
        )

    own = query()
    enough = Interner()(both([passing(sieve, partial(ends_of, relations)) for sieve in sieves]))
    stages = Stages(own, enough, [t for s in sieves for t in (s.selects, s.applies, s.met)])
    masks = [
        " + ".join(_bits(stages, sieve, 2 * at) for at, sieve in enumerate(part))
        for part in _parts(sieves)
    ]
    signatures = [
        f"CASE WHEN ((m{n // _PER_MASK} >> {2 * (n % _PER_MASK)}) & 3) = {OPEN}"
        f" THEN {_signature(stages, sieve)} END AS s{n}"
        for n, sieve in enumerate(sieves)
    ]
    keys = ["rid", *(["dossier"] if by_dossier else [])]
    columns = [*keys, *(f"m{n}" for n in range(len(masks))), *signatures]
    marked = [f"CAST({mask} AS BIGINT) AS m{n}" for n, mask in enumerate(masks)]
    marked.append(f"{own.dialect.fence} AS last_fence")
    source = stages.source([f"{own.alias}.{key} AS {key}" for key in keys])
    engine.keep(
        kept,
        f"SELECT {', '.join(columns)} FROM (SELECT *, {', '.join(marked)} FROM {source})"
        " WHERE last_fence >= 0",
    )
    apart = _apart(engine, query(), sieves)
    return _counted(engine, sieves, relations[table].rows, kept, apart)


def _parts(sieves: Sequence[Sieve]) -> list[Sequence[Sieve]]:
    return [sieves[at : at + _PER_MASK] for at in range(0, len(sieves), _PER_MASK)]


def _bits(query: Stages, sieve: Sieve, shift: int) -> str:
    met = query.sql(sieve.met)
    fails, open_, apart = (state << shift for state in (FAILS, OPEN, APART))
    if sieve.applies is TRUE:
        holds = query.dialect.holds(met)
        return f"CASE WHEN {holds} THEN 0 WHEN ({met}) IS NULL THEN {open_} ELSE {fails} END"
    applies = query.sql(sieve.applies)
    outside = _outside(query.sql(sieve.selects), applies, sieve)
    return (
        f"CASE WHEN ({applies}) AND ({met}) THEN 0 WHEN {outside} THEN {apart}"
        f" WHEN ({applies}) AND NOT ({met}) THEN {fails} ELSE {open_} END"
    )


def _outside(selects: str, applies: str, sieve: Sieve) -> str:
    """Whether a rule does not apply to a row, and it is certain whether it picks the row."""
    if sieve.selects is TRUE:
        return f"NOT ({applies})"
    return f"(NOT ({selects}) OR (({selects}) AND NOT ({applies})))"


def _signature(shown: Stages, sieve: Sieve) -> str:
    """One number for all that a class of rows has in common; its lowest bit says that only the
    reference evaluator can tell, and nothing else is then said."""
    bits = 1 + len(sieve.cells) + len(sieve.totals) + 2 * (len(sieve.atoms) + len(sieve.orders))
    if not (sieve.alike or sieve.orders) or bits > _MOST_BITS:
        return "1"
    absent = [f"({shown.sql(cell)} IS NULL)" for cell in sieve.cells]
    lacking = [
        shown.column(shown.query.lacking(total))
        for total in sieve.totals
        if total.value is not None
    ]
    unproven: list[str] = []
    outcomes: list[str] = []
    for atom in sieve.atoms:
        test = shown.sql(atom.test)
        outcomes.append(test)
        if atom.absent:
            continue
        if not atom.strict:
            unproven.append(f"(({test}) IS NULL)")
            continue
        reasons = [f"({shown.sql(cell)} IS NULL)" for cell in atom.cells]
        reasons += [
            shown.column(shown.query.lacking(total))
            for total in atom.totals
            if total.value is not None
        ]
        none = f"({test}) IS NULL"
        unproven.append(f"({none} AND NOT ({' OR '.join(reasons)}))" if reasons else f"({none})")
    at, parts = 1, []
    for flag in (*absent, *lacking):
        parts.append(f"CASE WHEN {flag} THEN {1 << at} ELSE 0 END")
        at += 1
    outcomes += [shown.sql(test) for test in sieve.orders]
    for test in outcomes:
        yes, open_ = 1 << at, 2 << at
        holds = shown.dialect.holds(test)
        parts.append(f"CASE WHEN {holds} THEN {yes} WHEN ({test}) IS NULL THEN {open_} ELSE 0 END")
        at += 2
    told = f"CAST({' + '.join(parts) or '0'} AS BIGINT)"
    if not unproven:
        return f"({told})"
    return f"CASE WHEN {' OR '.join(unproven)} THEN 1 ELSE {told} END"


def _apart(engine: Engine, query: Query, sieves: Sequence[Sieve]) -> dict[int, tuple[int, int]]:
    """In how many rows each rule does not apply, and how many of them it passes over, of the
    rules with conditions."""
    asked = [n for n, sieve in enumerate(sieves) if sieve.applies is not TRUE]
    if not asked:
        return {}
    counts = []
    for n in asked:
        sieve = sieves[n]
        selects = query.sql(sieve.selects)
        outside = _outside(selects, query.sql(sieve.applies), sieve)
        counts += [
            f"count(*) FILTER (WHERE {outside})",
            f"count(*) FILTER (WHERE NOT ({selects}))",
        ]
    (found,) = engine.rows(f"SELECT {', '.join(counts)} FROM {query.source()}")
    return {n: (found[2 * at], found[2 * at + 1]) for at, n in enumerate(asked)}


def _counted(
    engine: Engine,
    sieves: Sequence[Sieve],
    rows: int,
    kept: str,
    apart: dict[int, tuple[int, int]],
) -> list[Sifted]:
    asked = []
    for n in range(len(sieves)):
        state = f"((m{n // _PER_MASK} >> {2 * (n % _PER_MASK)}) & 3)"
        asked += [f"count(*) FILTER (WHERE {state} = {s})" for s in (FAILS, OPEN)]
    (counts,) = engine.rows(f"SELECT {', '.join(asked)} FROM {kept}")
    grouped = [
        f"SELECT {n} AS rule, s{n} AS signature, count(*) AS many, min(rid) AS first"
        f" FROM {kept} WHERE s{n} IS NOT NULL GROUP BY s{n}"
        for n in range(len(sieves))
        if counts[2 * n + 1]
    ]
    alike: dict[int, list[Class]] = {}
    for n, signature, many, first in engine.rows(" UNION ALL ".join(grouped)) if grouped else ():
        alike.setdefault(n, []).append(Class(signature, many, first, not signature & 1))
    found = []
    for n, sieve in enumerate(sieves):
        fails, open_ = counts[2 * n], counts[2 * n + 1]
        classes = tuple(sorted(alike.get(n, ()), key=lambda one: one.first))
        mask, shift = f"m{n // _PER_MASK}", 2 * (n % _PER_MASK)
        outside, passed_over = apart.get(n, (0, 0))
        found.append(
            Sifted(
                sieve,
                rows,
                fails,
                open_,
                outside,
                passed_over,
                kept,
                mask,
                shift,
                f"s{n}",
                classes,
            )
        )
    return found


# --- totals ------------------------------------------------------------------------------


class Odd:
    """Whether a total's table has rows that may or may not belong to it."""

    def __init__(self, engine: Engine, relations: Relations) -> None:
        self.engine, self.relations = engine, relations
        self._known: dict[str, list[tuple[int, ...]]] = {}

    def __call__(self, total: Total) -> list[tuple[int, ...]]:
        """Which columns such rows do have, for each kind of them; an empty tuple for rows that
        may belong to any total."""
        key = repr(total._replace(function="", value=None))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._asked(total)
        return known

    def _asked(self, total: Total) -> list[tuple[int, ...]]:
        if all(inner in _known_there(total) for inner, _ in total.by):
            return []
        query = Query(self.relations, total.table, odd=self, dialect=self.engine.dialect)
        given = [f"({query.sql(inner)}) IS NOT NULL" for inner, _ in total.by]
        where = "" if total.where is None else f" AND ({query.sql(total.where)}) IS NOT FALSE"
        found = self.engine.rows(
            f"SELECT DISTINCT {', '.join(given)} FROM {query.source()}"
            f" WHERE NOT ({' AND '.join(given)}){where}"
        )
        return sorted(tuple(at for at, there in enumerate(row) if there) for row in found)


def _singles(
    engine: Engine,
    sieves: Sequence[Sieve],
    relations: Relations,
    table: str,
    kept: str,
) -> dict[str, str]:
    """Tables of the rows that do not stand alone, for the totals that count a row's own
    columns in its own table."""
    found: dict[str, str] = {}
    made: dict[tuple[str, ...], str] = {}
    for sieve in sieves:
        for total in totals_in(sieve.met) + totals_in(sieve.applies):
            columns = _own_columns(total, relations, table)
            if columns is None or repr(total) in found:
                continue
            name = made.get(columns)
            if name is None:
                name = f"{kept}_repeated_{len(made)}"
                if not engine.repeated(relations[table].source, list(columns), name):
                    return {}
                made[columns] = name
            found[repr(total)] = name
    return found


def _only_there(total: Total) -> bool:
    """Whether all that is asked of a total's rows is that they have the columns it goes by."""
    own = [inner for inner, _ in total.by]
    return len(_known_there(total)) == len(_parts_of(total.where)) and all(
        one in own for one in _known_there(total)
    )


def _known_there(total: Total) -> list[Node]:
    """What all rows of a total are asked to have."""
    asked = _parts_of(total.where)
    return [one.value for one in asked if isinstance(one, Given) and not one.negated]


def _parts_of(where: Node | None) -> tuple[Node, ...]:
    if where is None:
        return ()
    return where.operands if isinstance(where, Both) else (where,)


def _own_columns(total: Total, relations: Relations, table: str) -> tuple[str, ...] | None:
    if total.table != table or total.function != "count" or total.beside is not None:
        return None
    for inner, outside in total.by:
        if not isinstance(inner, Cell) or inner != outside or not isinstance(inner.place, Row):
            return None
    if not total.by or not _only_there(total):
        return None
    return tuple(relations[table].columns[inner.name] for inner, _ in total.by)  # type: ignore[union-attr]
