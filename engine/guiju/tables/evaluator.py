"""An evaluator that asks DuckDB first, and the reference evaluator of what is left.

What it comes to is what `guiju.evaluation` comes to over all rows: of each rule over a table the
query settles the rows it can prove, and the others are evaluated one by one over the part of the
dossier that decides them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import localcontext

from guiju.evaluation.references import documents_of
from guiju.evaluation.rules import Asked, Decision, Evaluator
from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.evaluation.unknown import Lacking
from guiju.evaluation.walk import slots_read
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan import nodes as plan
from guiju.plan.nodes import Expr, RulePlan
from guiju.plan.walk import inside
from guiju.quantities import CONTEXT
from guiju.record import Record
from guiju.sieve import Lowering, Sieve, sieve_of
from guiju.sieve.lower import NOT_KNOWN, Column
from guiju.tables.decisions import MOST_AT_ONCE
from guiju.tables.engine import DuckDB
from guiju.tables.nearest import nearest_rows
from guiju.tables.sift import FAILS, OPEN, Sifted, sift
from guiju.tables.slices import Slice, Slicer
from guiju.tables.sources import Source
from guiju.tables.untold import Decisions
from guiju.verdicts import Requirement, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Statistics(Record):
    """How many rows of rules there were, how many of them the queries settled, and how many
    were handed to the reference evaluator because binary64 could not say."""

    rows: int
    settled: int
    close: int


class TablesEvaluator(Evaluator):
    """Evaluates a pack over a dossier of which some tables stand in DuckDB."""

    def __init__(
        self,
        run: Run,
        wording: Wording,
        connection: DuckDBPyConnection,
        sources: Mapping[str, Source],
        *,
        brief: bool = False,
    ) -> None:
        super().__init__(run, wording, brief=brief)
        self.connection, self.sources = connection, sources
        relations = {name: source.relation for name, source in sources.items()}
        self.relations = relations
        self.lowering = Lowering(
            run.pack,
            self._column,
            as_of=run.as_of,
            known=self._known,
            rows_of=lambda table: relations[table].rows if table in relations else None,
        )
        self.slicer = Slicer(DuckDB(connection), relations, run.dossier, run.pack, self._rows)
        self._aside: Run | None = None
        self._sifted: dict[str, Sifted] = {}
        self._tables_sifted: set[str] = set()
        self.counts = [0, 0, 0]

    @property
    def statistics(self) -> Statistics:
        """What the queries settled so far."""
        return Statistics(*self.counts)

    # --- what the sieve reads ------------------------------------------------------------

    def _column(self, group: str, field: str) -> Column | None:
        source = self.sources.get(group)
        return None if source is None else source.columns.get(field)

    def _rows(self, table: str, wanted: list[int], fields: Collection[str] | None) -> Any:
        return self.sources[table].rows(wanted, fields)

    def _known(self, node: Expr) -> Any:
        """The value of an expression that reads no row and no table of ours."""
        if slots_read(node) or self._reads_tables(node):
            return NOT_KNOWN
        if self._aside is None:
            # Aside, so that what the whole run notes of its rules comes in their order.
            self._aside = Run(self.run.pack, self.run.dossier, self.run.as_of, self.run.others)
        with localcontext(CONTEXT):
            return self._aside.compile(node)([])

    def _reads_tables(self, node: Expr) -> bool:
        todo, seen = [node], set[str]()
        while todo:
            for part in inside(todo.pop()):
                match part:
                    case plan.TableRows(table=table) | plan.RowByKey(table=table):
                        if table in self.sources:
                            return True
                    case plan.Quantified() | plan.Aggregate():
                        # Its slots stand in a frame of their own.
                        return True
                    case plan.FormulaRef(formula=name) if name not in seen:
                        seen.add(name)
                        formula = self.run.pack.formulas[name]
                        todo += [formula.body, *(let.value for let in formula.lets)]
                        if formula.where is not None:
                            todo.append(formula.where)
        return False

    # --- rules ---------------------------------------------------------------------------

    def requirement(self, plan: RulePlan) -> Requirement:
        """The verdict on a rule."""
        if plan.table is None or plan.table not in self.sources:
            return super().requirement(plan)
        self._sift(plan.table)
        sifted = self._sifted.get(plan.id)
        if sifted is None:
            return super().requirement(plan)
        return self._settled(plan, sifted)

    def _sift(self, table: str) -> None:
        """Asks all rules over a table at once, when the first of them is asked for."""
        if table in self._tables_sifted:
            return
        self._tables_sifted.add(table)
        sieves = []
        for rule in self.rules:
            if rule.table != table:
                continue
            sieve = sieve_of(self.lowering, rule)
            if sieve is not None and sieve.says_something:
                sieves.append(sieve)
        if not sieves:
            return
        for one in self.sift(sieves, table, f"kept_{len(self._tables_sifted)}"):
            self._sifted[one.sieve.rule.id] = one

    def sift(self, sieves: Sequence[Sieve], table: str, kept: str) -> list[Sifted]:
        """What the rules over a table come to; the rows to look at stand in tables whose
        names begin with `kept`."""
        return sift(self.connection, sieves, self.relations, table, kept)

    def _settled(self, plan: RulePlan, sifted: Sifted) -> Requirement:
        """A rule of which the rows that are left are asked one by one, or those that are told."""
        sieve = sifted.sieve
        few = self.told is None or sifted.fails + sifted.open <= self.told
        if few and self.heard is None:
            rows = self._left(sifted)
            near = [] if self.brief else self._near(sieve)
            asked = sorted({*rows, *near})
            conforms = sifted.conforms - (len(asked) - len(rows))
            known = Asked(asked, conforms, sifted.apart - sifted.passed_over, sifted.rows)
        else:
            known = self._few(plan, sifted)
        cut = self.slicer.cut(sieve, known.rows, listed=not self.brief)
        part = self._part(cut, self.brief)
        part.told = self.told
        part.asked[plan.id] = known._replace(rows=[cut.positions[row] for row in known.rows])
        with localcontext(CONTEXT):
            requirement = part.requirement(plan)
        self._take_over(part, cut)
        self.counts[0] += sifted.rows
        self.counts[1] += sifted.rows - sifted.open
        self.counts[2] += sum(one.rows for one in sifted.classes if one.signature & 1)
        return requirement

    def _part(self, cut: Slice, brief: bool) -> Evaluator:
        """The reference evaluator over a part of the dossier."""
        run = Run(self.run.pack, cut.dossier, self.run.as_of, self.run.others)
        run.sizes = {name: relation.rows for name, relation in self.relations.items()}
        return Evaluator(run, Wording(run), brief=brief)

    def _few(self, plan: RulePlan, sifted: Sifted) -> Asked:
        """The rows with the first findings, where the others are counted only."""
        assert plan.table is not None
        sieve = sifted.sieve
        missing = (kind for kind in plan.needs if not documents_of(self.run, kind))
        absent = frozenset(Lacking("document", kind) for kind in missing)

        def deciding(rows: Sequence[int]) -> list[Decision]:
            found: list[Decision] = []
            for at in range(0, len(rows), MOST_AT_ONCE):
                some = rows[at : at + MOST_AT_ONCE]
                cut = self.slicer.cut(sieve, some)
                positions = [cut.positions[row] for row in some]
                with localcontext(CONTEXT):
                    found += self._part(cut, True).decisions(plan, positions)
            return found

        decisions = Decisions.made(self.connection, sifted, deciding, absent)
        if self.heard is not None:
            for row, decision in decisions.found(self.connection):
                self.heard(plan, row, decision)
        first = [row for row, _ in decisions.found(self.connection, self.told)]
        near: list[int] = []
        if not self.brief:
            also = decisions.decided(("conforms", "nonconforming"))
            near = self._near(sieve, fails=True, also=also)
        counts = dict(decisions.counts)
        settled: tuple[tuple[Verdict, int], ...] = (
            ("undetermined" if absent else "conforms", sifted.conforms),
            ("not applicable", sifted.apart - sifted.passed_over),
        )
        for verdict, rows in settled:
            if rows:
                counts[verdict] = counts.get(verdict, 0) + rows
        return Asked(
            sorted({*first, *near, *decisions.wanting_papers()}),
            sifted.conforms,
            sifted.apart - sifted.passed_over,
            sifted.rows,
            counts,
            decisions.raising - len(first),
        )

    def _near(self, sieve: Sieve, *, fails: bool = False, also: str = "") -> list[int]:
        """Rows that may be the closest to failing, for the margins: see `nearest_rows`."""
        return nearest_rows(
            self.connection, self.lowering, self.relations, sieve, fails=fails, also=also
        )

    def _left(self, sifted: Sifted) -> list[int]:
        found = self.connection.execute(
            f"SELECT rid FROM {sifted.kept}"
            f" WHERE {sifted.state()} IN ({FAILS}, {OPEN}) ORDER BY rid"
        ).fetchall()
        return [rid for (rid,) in found]

    def _take_over(self, part: Evaluator, cut: Slice) -> None:
        """Notes in the whole run what the part of it lacked and looked at."""
        self.run.compiled += part.run.compiled
        sites = self._sites(part.run.sites)
        for lack, rules in part.lacks.items():
            whole = _in_whole(lack, cut.numbers, sites)
            self.wording.remember(whole, part.wording.missing(lack))
            known = self.lacks.setdefault(whole, [])
            known += [rule for rule in rules if rule not in known]

    def _sites(self, part: list[Expr]) -> list[int]:
        """The numbers under which the whole run knows the sites of a part of it."""
        known = {id(node): number for number, node in enumerate(self.run.sites)}
        return [known[id(n)] if id(n) in known else self.run.site(n) for n in part]


def _in_whole(lack: Lacking, numbers: dict[str, list[int]], sites: list[int]) -> Lacking:
    match lack.kind:
        case "cell" | "boundary" if lack.row >= 0 and lack.name in numbers:
            return lack._replace(row=numbers[lack.name][lack.row])
        case "undefined" | "calendar" if 0 <= lack.row < len(sites):
            return lack._replace(row=sites[lack.row])
    return lack
