"""What the rules of a pack come to in every row of a table, as tables of DuckDB.

A query settles the rows it can prove. Of the others those that are alike are one class, and the
reference evaluator is asked of the first of them; where what it says of one does not hold of all,
it is asked of each. No row that the query settled is ever looked at in Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import localcontext

from guiju.evaluation import Evaluator, Run
from guiju.evaluation.references import documents_of
from guiju.evaluation.rules import Asked, Decision
from guiju.evaluation.texts import Wording
from guiju.evaluation.unknown import Lacking
from guiju.hints import TYPE_CHECKING, Literal
from guiju.plan.nodes import RulePlan
from guiju.quantities import CONTEXT
from guiju.record import Record
from guiju.screening.loading import own_cells
from guiju.sieve import Sieve, sieve_of
from guiju.sieve.nodes import UNDECIDED, Both
from guiju.tables.sift import FAILS, OPEN, Sifted, sift
from guiju.verdicts import Finding

if TYPE_CHECKING:
    from guiju.tables import TablesEvaluator

MOST_AT_ONCE = 20_000
"""Rows that are cut out of their tables and decided together."""


class Lack(Record):
    """What is missing, whichever row it is missing in."""

    kind: str
    name: str
    field: str

    @property
    def called(self) -> str:
        return f"{self.name}.{self.field}" if self.field else self.name


class Told(Record):
    """What was said of the rows of a table. Every rule that is not met or is undetermined in a
    row stands in the table `name`: `rid`, `rule` (its place in `rules`), whether it `fails`, and
    `lacks`, the place in `lacks` of what is missing. `counts` are by rule: conforms,
    nonconforming, undetermined, not applicable."""

    name: str
    rules: tuple[RulePlan, ...]
    lacks: tuple[tuple[Lack, ...], ...]
    counts: tuple[tuple[int, int, int, int], ...]


class Verdicts:
    """Asks the rules of one pack over its table."""

    def __init__(
        self,
        evaluator: TablesEvaluator,
        table: str,
        rules: Sequence[RulePlan],
        road: Literal["reference", "tables"],
        name: str,
    ) -> None:
        self.evaluator, self.table, self.name = evaluator, table, name
        self.connection = evaluator.connection
        self.rules, self.road = tuple(rules), road
        self.lacks: dict[tuple[Lack, ...], int] = {}
        self._parts: list[str] = []
        self._sieves: dict[str, Sieve] = {}
        self._whole: Evaluator | None = None

    def told(self) -> Told:
        """The verdicts that are not plainly met, in a table of their own."""
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {self.name}"
            " (rid BIGINT, rule INTEGER, fails BOOLEAN, lacks INTEGER)"
        )
        counts: dict[str, tuple[int, int, int, int]] = {}
        for number, sifted in self._sifted():
            counts[sifted.sieve.rule.id] = self._of_query(number, sifted)
        for number, rule in enumerate(self.rules):
            if rule.id not in counts:
                counts[rule.id] = self._row_by_row(number, rule)
        return Told(
            self.name,
            self.rules,
            tuple(self.lacks),
            tuple(counts[rule.id] for rule in self.rules),
        )

    def _sifted(self) -> list[tuple[int, Sifted]]:
        if self.road == "reference":
            return []
        numbers: dict[str, int] = {}
        for number, rule in enumerate(self.rules):
            sieve = sieve_of(self.evaluator.lowering, rule)
            if sieve is None or not sieve.says_something:
                continue
            if self._absent(rule):
                # A rule that wants a document which is not there is met in no row: all rows
                # that would meet it are alike, and left to be told so.
                sieve = sieve._replace(met=Both((sieve.met, UNDECIDED)))
            self._sieves[rule.id], numbers[rule.id] = sieve, number
        if not self._sieves:
            return []
        kept = f"{self.name}_kept"
        sieves = list(self._sieves.values())
        found = sift(self.connection, sieves, self.evaluator.relations, self.table, kept)
        return [(numbers[one.sieve.rule.id], one) for one in found]

    def _absent(self, rule: RulePlan) -> bool:
        return any(not documents_of(self.evaluator.run, kind) for kind in rule.needs)

    # --- one rule --------------------------------------------------------------------------

    def _of_query(self, number: int, sifted: Sifted) -> tuple[int, int, int, int]:
        into = f"INSERT INTO {self.name} SELECT rid, {number}"
        if sifted.fails:
            self.connection.execute(
                f"{into}, TRUE, NULL FROM {sifted.kept} WHERE {sifted.state()} = {FAILS}"
            )
        counts = [sifted.conforms, sifted.fails, 0, sifted.apart]
        certain = [one for one in sifted.classes if one.certain]
        firsts = self._decided(sifted.sieve, [one.first for one in certain])
        for alike, decision in zip(certain, firsts, strict=True):
            at = _STATES.get(decision.verdict, 2)
            counts[at] += alike.rows
            if at in (1, 2):
                told = self._told(decision)
                self.connection.execute(
                    f"{into}, {told[0]}, {_sql(told[1])} FROM {sifted.kept}"
                    f" WHERE {sifted.signature} = {alike.signature}"
                )
        if len(certain) < len(sifted.classes):
            known = [str(one.signature) for one in certain]
            others = f" AND {sifted.signature} NOT IN ({', '.join(known)})" if known else ""
            found = self.connection.execute(
                f"SELECT rid FROM {sifted.kept}"
                f" WHERE {sifted.state()} = {OPEN}{others} ORDER BY rid"
            ).fetchall()
            rows = [rid for (rid,) in found]
            self._add(number, rows, self._each(sifted.sieve, rows), counts)
        return (counts[0], counts[1], counts[2], counts[3])

    def _row_by_row(self, number: int, rule: RulePlan) -> tuple[int, int, int, int]:
        """A rule that only the reference evaluator can answer, or is to answer."""
        counts = [0, 0, 0, 0]
        total = self.evaluator.relations[self.table].rows
        with localcontext(CONTEXT):
            decisions = self._reference().decisions(rule, range(total))
        self._add(number, range(total), decisions, counts)
        return (counts[0], counts[1], counts[2], counts[3])

    def _reference(self) -> Evaluator:
        """The reference evaluator over all rows."""
        if self._whole is None:
            run = self.evaluator.run
            other = Run(run.pack, run.dossier, run.as_of)
            self._whole = Evaluator(other, Wording(other), brief=True)
        return self._whole

    def _each(self, sieve: Sieve, rows: Sequence[int]) -> list[Decision]:
        """What the reference evaluator says of each row. Where a rule reads nothing but its own
        row, rows with the same cells are asked once."""
        fields = own_cells(self.evaluator.run.pack, sieve.rule)
        if fields is None:
            return self._decided(sieve, rows)
        data = self.evaluator.run.dossier.tables[self.table]
        columns = [data.columns[field] for field in sorted(fields)]
        alike = [tuple(column[row] for column in columns) for row in rows]
        firsts: dict[tuple[object, ...], int] = {}
        for row, cells in zip(rows, alike, strict=True):
            firsts.setdefault(cells, row)
        found = dict(zip(firsts, self._decided(sieve, list(firsts.values())), strict=True))
        return [found[cells] for cells in alike]

    def _decided(self, sieve: Sieve, rows: Sequence[int]) -> list[Decision]:
        """What the reference evaluator says of some rows, over the part that decides them."""
        found: list[Decision] = []
        for at in range(0, len(rows), MOST_AT_ONCE):
            some = rows[at : at + MOST_AT_ONCE]
            part, positions = self._part(sieve, some)
            with localcontext(CONTEXT):
                found += part.decisions(sieve.rule, [positions[row] for row in some])
        return found

    def _part(self, sieve: Sieve, rows: Sequence[int]) -> tuple[Evaluator, dict[int, int]]:
        evaluator = self.evaluator
        cut = evaluator.slicer.cut(sieve, rows)
        run = Run(evaluator.run.pack, cut.dossier, evaluator.run.as_of)
        run.sizes = {name: relation.rows for name, relation in evaluator.relations.items()}
        return Evaluator(run, Wording(run), brief=True), cut.positions

    def _add(
        self, number: int, rows: Sequence[int], decisions: Sequence[Decision], counts: list[int]
    ) -> None:
        told: list[tuple[int, bool, int | None]] = []
        for row, decision in zip(rows, decisions, strict=True):
            at = _STATES.get(decision.verdict, 2)
            counts[at] += 1
            if at in (1, 2):
                told.append((row, *self._told(decision)))
        if told:
            self.connection.execute(
                f"INSERT INTO {self.name} SELECT unnest($rows::BIGINT[]), {number},"
                " unnest($fails::BOOLEAN[]), unnest($lacks::INTEGER[])",
                {
                    "rows": [row for row, _, _ in told],
                    "fails": [fails for _, fails, _ in told],
                    "lacks": [lacks for _, _, lacks in told],
                },
            )

    def _told(self, decision: Decision) -> tuple[bool, int | None]:
        if decision.verdict == "nonconforming":
            return True, None
        lacks = tuple(sorted({_lack(one) for one in decision.lacks}))
        return False, self.lacks.setdefault(lacks, len(self.lacks))

    # --- examples --------------------------------------------------------------------------

    def findings(self, rule: RulePlan, rows: Sequence[int]) -> list[Finding]:
        """What a check says of some rows that do not meet a rule."""
        sieve = self._sieves.get(rule.id)
        if sieve is None:
            evaluator, positions = self._reference(), {row: row for row in rows}
        else:
            evaluator, positions = self._part(sieve, rows)
        evaluator.asked[rule.id] = Asked([positions[row] for row in rows], 0, 0, len(rows))
        with localcontext(CONTEXT):
            return evaluator.requirement(rule).findings


_STATES = {"conforms": 0, "nonconforming": 1, "not applicable": 3}
"""Where a verdict is counted; every other one is undetermined."""


def _lack(lack: Lacking) -> Lack:
    match lack.kind:
        case "fact" | "cell" | "boundary" | "layer":
            return Lack(lack.kind, lack.name, lack.field)
        case "undefined":
            return Lack(lack.kind, lack.name, "")
    return Lack(lack.kind, lack.name, "")


def _sql(number: int | None) -> str:
    return "NULL" if number is None else str(number)
