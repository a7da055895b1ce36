"""A screening from its question to its counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import localcontext

import guiju
from guiju.dossier.evidence import by_id, cite
from guiju.dossier.model import Dossier, TableData
from guiju.evaluation import Run
from guiju.evaluation.texts import Wording, unit_text
from guiju.hints import TYPE_CHECKING, Any, Literal
from guiju.plan.nodes import PackPlan, RulePlan, TablePlan
from guiju.plan.types import NumberType
from guiju.quantities import CONTEXT
from guiju.record import Record
from guiju.screening.areas import areas_of
from guiju.screening.counts import Counts
from guiju.screening.facts import Facts
from guiju.screening.files import Column, ScreenedFile
from guiju.screening.problems import ScreenProblem
from guiju.screening.record import (
    FORMAT,
    NotScreened,
    Rule,
    Said,
    Screened,
    Screening,
    Text,
    Why,
)
from guiju.screening.verdicts import Told, Verdicts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from guiju.tables.sources import Source

Road = Literal["reference", "tables"]


class Asked(Record):
    """What to screen: the file, which table it is, the facts that hold for all its rows, the
    rules by the beginnings of their ids, the columns to count by, and the one to add up."""

    file: str
    table: str | None = None
    facts: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    area: str | None = None
    as_of: date | None = None
    road: Road = "tables"


class PackScreened(Record):
    """What of a pack is kept beside its counts, for the rows that are written out."""

    pack: PackPlan
    table: TablePlan
    data: TableData
    told: Told
    outcome: str


class Screen:
    """A table under screening; its rows stand in DuckDB until it is closed."""

    def __init__(self, asked: Asked, packs: Sequence[PackPlan]) -> None:
        """Raises ScreenProblem where the file is no table of the packs, and UnreadableDossier
        where the facts cannot be read."""
        self.asked, self.packs = asked, packs
        self.file = ScreenedFile(asked.file)
        self.facts = Facts(asked.facts)
        self.tables = [self.file.table_for(pack, asked.table) for pack in packs]
        self.columns = [
            [self.file.column(table, name) for name in asked.by] for table in self.tables
        ]
        self.area = self._area(self.tables[0])
        for pack in packs:
            self._refuse_empty(pack)
        self.connection = _connected()
        self.parts: list[PackScreened] = []

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _area(self, table: TablePlan) -> Column | None:
        if self.asked.area is None:
            return self.file.area(table)
        column = self.file.column(table, self.asked.area, number=True)
        if not isinstance(column.field.type, NumberType):
            raise ScreenProblem("not-a-number", name=self.asked.area)
        return column

    def _refuse_empty(self, pack: PackPlan) -> None:
        if not any(_why(self.asked, rule, None) is None for rule in pack.rules):
            raise ScreenProblem("no-rule-selected", pack=pack.id)

    def run(self) -> Screening:
        """All that is counted. Raises ScreenProblem."""
        counts: Counts | None = None
        screened: list[Screened] = []
        for number, (pack, table) in enumerate(zip(self.packs, self.tables, strict=True)):
            dossier, data, problems = self._dossier(number, pack, table)
            if self.parts and len(data) != len(self.parts[0].data):
                raise ScreenProblem("other-rows", pack=pack.id)
            if counts is None:
                counts = self._counts(data)
            screened.append(self._screened(number, pack, table, dossier, data, problems, counts))
        assert counts is not None
        ids = [pack.id for pack in self.packs]
        unit = None if self.area is None else unit_text(self.area.field.type)
        return Screening(
            format=FORMAT,
            engine=guiju.__version__,
            file=self.file.name,
            digest=self.file.files.hashed(self.file.name).sha256,
            road=self.asked.road,
            total=counts.all_rows(),
            area=None if self.area is None else self.area.heading,
            unit=unit,
            packs=screened,
            together=counts.together(ids, [part.outcome for part in self.parts]),
        )

    # --- reading ---------------------------------------------------------------------------

    def _dossier(
        self, number: int, pack: PackPlan, table: TablePlan
    ) -> tuple[Dossier, TableData, list[Said]]:
        """The rows as part of a dossier of one pack."""
        dossier = self.facts.dossier(pack, table)
        own = [column for column in self.columns[number] if column.own]
        if number == 0 and self.area is not None and self.area.own:
            own.append(self.area)
        problems = dossier.problems
        data = self.file.rows(table, own, problems)
        dossier.tables[table.name] = data
        known = by_id(dossier.documents.values())
        cite({table.name: data}, pack.tables, known, problems)
        said = [
            Said(one.code, one.severity, one.message, _place(one.origin))
            for one in (*self.file.problems, *problems)
            # Columns that no rule reads are the rule in a table of a region, not a slip.
            if one.code != "unused-column"
        ]
        return dossier, data, said

    def _counts(self, data: TableData) -> Counts:
        areas = None if self.area is None else areas_of(data.columns[self.area.field.name])
        groups = [(column, _texts(data.columns[column.field.name])) for column in self.columns[0]]
        return Counts(self.connection, len(data), areas, groups)

    # --- one pack --------------------------------------------------------------------------

    def _screened(
        self,
        number: int,
        pack: PackPlan,
        table: TablePlan,
        dossier: Dossier,
        data: TableData,
        problems: list[Said],
        counts: Counts,
    ) -> Screened:
        from guiju.tables import TablesEvaluator

        day = self.asked.as_of or dossier.submitted
        rules, left = self._rules(pack, table)
        documents: list[str] = []
        if not self.facts.evidence:
            documents = list(dict.fromkeys(kind for rule in rules for kind in rule.needs))
            rules = [rule._replace(needs=()) for rule in rules]
        with localcontext(CONTEXT):
            run = Run(pack, dossier, day)
            wording = Wording(run)
            sources = self._sources(number, pack, table, rules, dossier)
            evaluator = TablesEvaluator(run, wording, self.connection, sources, brief=True)
            verdicts = Verdicts(evaluator, table.name, rules, self.asked.road, f"told_{number}")
            told = verdicts.told()
        outcome = counts.add(told, f"outcome_{number}")
        self.parts.append(PackScreened(pack, table, data, told, outcome))
        return Screened(
            pack=pack.id,
            edition=pack.edition,
            title=wording.in_both(pack.title),
            table=table.name,
            table_label=wording.label(table.label, table.name, table.alias),
            as_of=day.isoformat() if day else None,
            rules=[
                Rule(rule.id, wording.in_both(rule.title), _clause(rule), rule.basis, *found)
                for rule, found in zip(told.rules, told.counts, strict=True)
            ],
            outcomes=counts.outcomes(outcome),
            groupings=counts.groupings(outcome),
            reasons=counts.reasons(told, outcome, wording, verdicts, data),
            gaps=counts.gaps(told, outcome, wording, data),
            not_screened=[
                NotScreened(rule.id, wording.in_both(rule.title), why) for rule, why in left
            ],
            documents=[self._document(pack, wording, kind) for kind in documents],
            problems=problems,
        )

    def _document(self, pack: PackPlan, wording: Wording, kind: str) -> Text:
        field = pack.documents.get(kind)
        return wording.label(field.label, kind, field.alias) if field else wording.label({}, kind)

    def _rules(
        self, pack: PackPlan, table: TablePlan
    ) -> tuple[list[RulePlan], list[tuple[RulePlan, Why]]]:
        """The rules to ask of rows, and the others with why they are not asked."""
        asked: list[RulePlan] = []
        left: list[tuple[RulePlan, Why]] = []
        for rule in pack.rules:
            why = _why(self.asked, rule, table.name)
            if why is None:
                asked.append(rule)
            else:
                left.append((rule, why))
        if not asked:
            raise ScreenProblem("no-rule-over-rows", pack=pack.id, table=table.name)
        return asked, left

    def _sources(
        self, number: int, pack: PackPlan, table: TablePlan, rules: list[RulePlan], dossier: Dossier
    ) -> dict[str, Source]:
        from guiju.screening.loading import screened_source
        from guiju.tables.sources import loaded

        found: dict[str, Source] = {}
        for at, (name, data) in enumerate(dossier.tables.items()):
            into = f"table_{number}_{at}"
            if name == table.name:
                found[name] = screened_source(self.connection, pack, table, rules, data, into)
            else:
                found[name] = loaded(self.connection, pack.tables[name], data, into)
        return found


def _why(asked: Asked, rule: RulePlan, table: str | None) -> Why | None:
    """Why a rule is not asked of the rows of a table; None for one that is."""
    if asked.select and not rule.id.startswith(asked.select):
        return "not selected"
    if asked.ignore and rule.id.startswith(asked.ignore):
        return "ignored"
    if table is None:
        return None
    if rule.ask is not None:
        return "judgement"
    if rule.table is None:
        return "not over rows"
    if rule.table != table:
        return "other table"
    if rule.across:
        return "across"
    return "defers only" if rule.must is None else None


def _connected() -> DuckDBPyConnection:
    try:
        import duckdb
    except ImportError:
        raise ScreenProblem("needs-tables") from None
    from guiju.dossier.parquet import QUIET

    return duckdb.connect(":memory:", config=dict(QUIET))


def _texts(cells: list[Any]) -> list[str | None]:
    """The values of a column as a group is called."""
    shown: dict[Any, str | None] = {None: None, True: "yes", False: "no"}
    found = []
    for cell in cells:
        if cell.__class__ is not str and cell.__class__ is not bool and cell is not None:
            cell = str(cell)
        found.append(shown.get(cell, cell))
    return found


def _clause(rule: RulePlan) -> str | None:
    return rule.cite.text if rule.cite is not None else None


def _place(origin: Any) -> str:
    if origin is None:
        return ""
    return " ".join(part for part in (origin.file, origin.sheet, origin.at) if part)
