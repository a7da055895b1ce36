"""Rules over tables too large for a report: counts by verdict, and all rows that do not conform
as a Parquet file.

The file has a row for each rule and row of a table: `rule`, `table`, `row` (from 0), `verdict`
and `lacks`, what is missing by table and field. Rows that lack nothing but documents are not in it:
a document is asked for once. Texts and derivations are made for the first rows of each rule, as
many as are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from guiju.dossier.model import Dossier, TableData
from guiju.dossier.problems import problem
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import PackPlan
from guiju.record import Record
from guiju.sieve import Lowering, Sieve, sieve_of
from guiju.sieve.looks import asks, looked_up
from guiju.sieve.lower import Column
from guiju.store import Store
from guiju.tables.decisions import (
    MOST_AT_ONCE,
    Decided,
    decided,
    decided_facts,
    finding_of_documents,
    findings,
    findings_of_facts,
)
from guiju.tables.engine import DuckDB, Engine
from guiju.tables.findings import write_rows
from guiju.tables.given import given_source
from guiju.tables.parquet import facts_source
from guiju.tables.query import FACTS
from guiju.tables.sift import FAILS, OPEN, Sifted, sift_on
from guiju.tables.slices import Slicer
from guiju.tables.sources import FactsSource, Source
from guiju.tables.sql import text_literal
from guiju.verdicts import Finding, Problem

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


MOST_WHOLE = 2_000_000
"""Rows of a table that are read into Python where a rule may look at any of them."""


class TooLarge(Exception):
    """A row can only be decided by going over all rows of a table that has too many for it."""

    def __init__(self, table: str, rows: int) -> None:
        super().__init__(f"{table}: {rows} > {MOST_WHOLE}")
        self.table, self.rows = table, rows
        figures = {"rows": f"{rows:,}", "most": f"{MOST_WHOLE:,}"}
        self.problem = problem("store-rows", "error", None, table=table, **figures)


class Told(Record):
    """A finding with its texts and derivation, and the row it was found in, from 0. A document
    that rows want is asked for once: `row` is None, and `rows` is how many want it."""

    row: int | None
    finding: Finding
    rows: int = 1


class BulkResult(Record):
    """`counts` by rule and verdict, where no document is at hand; `left` are the rules that tables
    alone do not answer;
    `close` is how many rows were handed to the reference evaluator one by one. `told` has by rule
    the findings of its first rows, where they were asked for; `problems` are those of reading
    tables that are not of the types of their fields."""

    counts: dict[str, dict[str, int]]
    left: tuple[str, ...]
    close: int
    told: dict[str, tuple[Told, ...]]
    problems: tuple[Problem, ...] = ()


def check_tables(
    pack: PackPlan,
    files: Mapping[str, Path | Any],
    out: Path | None = None,
    *,
    as_of: date | None = None,
    threads: int | None = None,
    memory_limit: str | None = None,
    told: int = 0,
) -> BulkResult:
    """The rules of a pack over tables, by the names of the tables: Parquet files, or tables of
    Arrow. The facts of many dossiers, a row for each in a Parquet file, go by the name of their
    group. `out` is the folder for `findings.parquet`. `told` is of how many rows of each rule,
    from the first on, the findings are given with texts and derivations. Raises UnfitColumn and
    UnreadableDossier."""
    # DuckDB asks where a link leads.
    folders = [file.resolve().parent for file in files.values() if isinstance(file, Path)]
    if out is not None:
        out = out.resolve()
        out.mkdir(parents=True, exist_ok=True)
        folders.append(out)
    problems: list[Problem] = []
    with Store(
        threads=threads, memory_limit=memory_limit, temp_directory=out, folders=folders
    ) as store:
        joined = looked_up(pack)
        sources: dict[str, Source | FactsSource] = {}
        for number, (table, given) in enumerate(files.items()):
            view = f"table_{number}"
            if table in pack.tables:
                plan = pack.tables[table]
                sources[table] = given_source(
                    store, plan, given, view, problems, joined=table in joined
                )
            else:
                file = given.parent.resolve() / given.name
                sources[table] = facts_source(store.connection, pack.groups[table], file, view)
        result = Bulk(store.connection, pack, sources, as_of).run(out, told)
        return result._replace(problems=tuple(problems))


class _Listed(Record):
    """Queries for the rows of a rule that do not conform, and how many others want nothing but
    its documents."""

    sieve: Sieve
    selects: list[str]
    unproven: int


class Bulk:
    """The rules of a pack over tables that stand with an engine; what the rules leave to look at
    comes to DuckDB."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        pack: PackPlan,
        sources: Mapping[str, Source | FactsSource],
        as_of: date | None,
        engine: Engine | None = None,
    ) -> None:
        """`engine` answers the queries over the tables, where that is not the DuckDB itself."""
        self.connection, self.pack, self.as_of = connection, pack, as_of
        self.engine = engine or DuckDB(connection)
        self.sources: dict[str, Source] = {}
        self.facts: dict[str, FactsSource] = {}
        for table, given in sources.items():
            if isinstance(given, Source):
                self.sources[table] = given
            else:
                self.facts[table] = given
        relations = {table: source.relation for table, source in self.sources.items()}
        for source in self.facts.values():
            relations[FACTS] = source.relation
        self.relations = relations
        self.lowering = Lowering(
            pack,
            self._column,
            as_of=as_of,
            rows_of=lambda table: relations[table].rows if table in relations else None,
        )
        dossier = Dossier("", "", "", "", None, None, pack.id, None)
        dossier.tables = {table: source.rows([], ()) for table, source in self.sources.items()}
        self.slicer = Slicer(
            self.engine,
            relations,
            dossier,
            pack,
            lambda table, rows, fields: self.sources[table].rows(rows, fields),
            self._whole,
        )
        self._wholes: dict[str, TableData] = {}
        self._held: dict[int, Dossier] = {}
        """Dossiers that several rules ask for, read at once."""

    def _column(self, group: str, field: str) -> Column | None:
        source = self.sources.get(group) or self.facts.get(group)
        return None if source is None else source.columns.get(field)

    def _decided(self, sieve: Sieve, rows: list[int]) -> list[Decided]:
        """What the reference evaluator says of rows."""
        if sieve.rule.table is not None:
            return decided(self.slicer, self.pack, self.as_of, sieve, rows)
        return decided_facts(self.pack, self.as_of, sieve, self._dossiers(rows))

    def _dossiers(self, rows: list[int]) -> list[Dossier]:
        """Some dossiers, each with its facts."""
        others = [row for row in rows if row not in self._held]
        read = dict(zip(others, self._read(others), strict=True))
        return [self._held[row] if row in self._held else read[row] for row in rows]

    def _hold(self, sifted: list[Sifted], uncertain: list[list[int]]) -> None:
        """Reads the dossiers that the reference evaluator will be asked about."""
        wanted = {c.first for one in sifted for c in one.classes if c.certain}
        others = {row for rows in uncertain for row in rows}
        if len(others) <= MOST_AT_ONCE:
            wanted |= others
        self._held = dict(zip(wanted, self._read(list(wanted)), strict=True))

    def _read(self, rows: list[int]) -> list[Dossier]:
        if not rows:
            return []
        (facts,) = self.facts.values()
        dossiers = []
        for given in facts.facts(rows):
            dossier = Dossier("", "", "", "", None, None, self.pack.id, None)
            dossier.facts = given
            dossiers.append(dossier)
        return dossiers

    def _whole(self, table: str) -> TableData:
        """All rows of a table in Python, for rules that look at any of them. Raises TooLarge."""
        found = self._wholes.get(table)
        if found is None:
            rows = self.relations[table].rows
            if rows > MOST_WHOLE:
                raise TooLarge(table, rows)
            found = self._wholes[table] = self.sources[table].rows(list(range(rows)), None)
        return found

    def run(self, out: Path | None, told: int) -> BulkResult:
        """All rules that the tables answer."""
        from concurrent.futures import ThreadPoolExecutor

        counts: dict[str, dict[str, int]] = {}
        listed: dict[str, _Listed] = {}
        close = 0
        for number, table in enumerate(self.relations):
            sieves = self._sieves(table)
            if not sieves:
                continue
            kept = f"kept_{number}"
            found = self.sift(sieves, table, kept)
            uncertain = [self._uncertain(one) for one in found]
            if table == FACTS:
                self._hold(found, uncertain)
            for at, (sifted, rows) in enumerate(zip(found, uncertain, strict=True)):
                rule = sifted.sieve.rule.id
                counts[rule], listed[rule] = self._verdicts(sifted, rows, f"decided_{number}_{at}")
                close += len(rows)
        selects = [select for one in listed.values() for select in one.selects]
        first = self._first(listed, told) if told else dict
        with ThreadPoolExecutor(1) as beside:
            # Findings are made in Python, while DuckDB writes the file.
            making = beside.submit(first)
            if out is not None:
                write_rows(self.connection, selects, out)
        rules = [rule.id for rule in self.pack.rules]
        return BulkResult(
            {rule: counts[rule] for rule in rules if rule in counts},
            tuple(rule for rule in rules if rule not in counts),
            close,
            making.result(),
        )

    def sift(self, sieves: list[Sieve], table: str, kept: str) -> list[Sifted]:
        """What the rules over a table come to; the rows to look at stand in tables of DuckDB
        whose names begin with `kept`."""
        return sift_on(self.engine, sieves, self.relations, table, kept)

    def _sieves(self, table: str) -> list[Sieve]:
        found = []
        for rule in self.pack.rules:
            if (rule.table or FACTS) != table or not asks(self.pack, rule) <= set(self.sources):
                continue
            if rule.across:
                continue
            sieve = sieve_of(self.lowering, rule)
            if sieve is not None and sieve.says_something:
                found.append(sieve)
        return found

    def _verdicts(
        self, sifted: Sifted, rows: list[int], name: str
    ) -> tuple[dict[str, int], _Listed]:
        """The counts of a rule, and queries for its rows. `rows` are asked one by one."""
        rule = sifted.sieve.rule
        counts = {
            "nonconforming": sifted.fails,
            "undetermined" if rule.needs else "conforms": sifted.conforms,
            "not applicable": sifted.apart - sifted.passed_over,
        }
        unproven = sifted.conforms if rule.needs else 0
        table = text_literal(rule.table or "")
        head = f'SELECT {text_literal(rule.id)} AS rule, {table} AS "table", rid AS row'
        selects = []
        if sifted.fails:
            selects.append(
                f"{head}, 'nonconforming' AS verdict, CAST(NULL AS VARCHAR) AS lacks"
                f" FROM {sifted.kept} WHERE {sifted.state()} = {FAILS}"
            )
        certain = [one for one in sifted.classes if one.certain]
        firsts = self._decided(sifted.sieve, [one.first for one in certain])
        told: dict[Decided, list[str]] = {}
        for alike, found in zip(certain, firsts, strict=True):
            counts[found.verdict] = counts.get(found.verdict, 0) + alike.rows
            if found.unproven:
                unproven += alike.rows
            elif found.verdict not in ("conforms", "not applicable"):
                told.setdefault(found, []).append(str(alike.signature))
        for found, signatures in told.items():
            selects.append(
                f"{head}, {text_literal(found.verdict)} AS verdict,"
                f" {text_literal(', '.join(found.lacks))} AS lacks"
                f" FROM {sifted.kept} WHERE {sifted.signature} IN ({', '.join(signatures)})"
            )
        if rows:
            one_by_one = self._decided(sifted.sieve, rows)
            for found in one_by_one:
                counts[found.verdict] = counts.get(found.verdict, 0) + 1
                unproven += found.unproven
            self.connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest($rows) AS rid,"
                " unnest($listed) AS listed, unnest($verdicts) AS verdict, unnest($lacks) AS lacks",
                {
                    "rows": rows,
                    "listed": [not found.unproven for found in one_by_one],
                    "verdicts": [found.verdict for found in one_by_one],
                    "lacks": [", ".join(found.lacks) for found in one_by_one],
                },
            )
            selects.append(
                f"{head}, verdict, nullif(lacks, '') AS lacks FROM {name}"
                " WHERE listed AND verdict NOT IN ('conforms', 'not applicable')"
            )
        return {v: n for v, n in counts.items() if n}, _Listed(sifted.sieve, selects, unproven)

    def _uncertain(self, sifted: Sifted) -> list[int]:
        """The rows of no class that is decided as one."""
        if all(one.certain for one in sifted.classes):
            return []
        certain = [str(one.signature) for one in sifted.classes if one.certain]
        known = f" AND {sifted.signature} NOT IN ({', '.join(certain)})" if certain else ""
        found = self.connection.execute(
            f"SELECT rid FROM {sifted.kept} WHERE {sifted.state()} = {OPEN}{known} ORDER BY rid"
        ).fetchall()
        return [rid for (rid,) in found]

    def _first(
        self, listed: dict[str, _Listed], most: int
    ) -> Callable[[], dict[str, tuple[Told, ...]]]:
        """The findings of the first rows of each rule, and those of the documents it needs. The
        tables are read at once, the findings made when they are called for."""
        parts = [
            f"(SELECT rule, row FROM ({' UNION ALL '.join(one.selects)}) ORDER BY row LIMIT {most})"
            for one in listed.values()
            if one.selects
        ]
        rows: dict[str, list[int]] = {}
        if parts:
            query = f"{' UNION ALL '.join(parts)} ORDER BY row"
            for rule, row in self.connection.execute(query).fetchall():
                rows.setdefault(rule, []).append(row)
        making: list[tuple[list[str], Callable[[], list[list[Finding]]]]] = []
        for table in self.relations:
            asked = {
                rule: (listed[rule].sieve, some)
                for rule, some in rows.items()
                if (listed[rule].sieve.rule.table or FACTS) == table
            }
            if asked:
                making.append((list(asked), self._findings(table, list(asked.values()))))

        def made() -> dict[str, tuple[Told, ...]]:
            raised: dict[str, list[Finding]] = {}
            for asked, findings_of_table in making:
                raised |= zip(asked, findings_of_table(), strict=True)
            told: dict[str, tuple[Told, ...]] = {}
            for rule_id, one in listed.items():
                found = list(map(Told, rows.get(rule_id, ()), raised.get(rule_id, ())))
                if one.unproven:
                    asked_once = finding_of_documents(self.slicer, self.pack, self.as_of, one.sieve)
                    found.append(Told(None, asked_once, one.unproven))
                if found:
                    told[rule_id] = tuple(found)
            return {rule.id: told[rule.id] for rule in self.pack.rules if rule.id in told}

        return made

    def _findings(
        self, table: str, asked: list[tuple[Sieve, list[int]]]
    ) -> Callable[[], list[list[Finding]]]:
        if table != FACTS:
            return findings(self.slicer, self.pack, self.as_of, asked)
        read = [(sieve, self._dossiers(rows)) for sieve, rows in asked]
        return lambda: [
            findings_of_facts(self.pack, self.as_of, sieve, dossiers) for sieve, dossiers in read
        ]
