"""What a scenario has said: a methodology, and a dossier in memory.

Values are read by the readers of dossiers, so that a step says a fact as a dossier would:
`12.5 亩`, `是`, `2024-04-15`. What a step says replaces what was said before it, also by
the dossier it started from.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any, NoReturn

from guiju.dossier.grid import Grid
from guiju.dossier.judgements import ANSWERS
from guiju.dossier.lens import Lens
from guiju.dossier.model import Dossier, Given
from guiju.dossier.naming import folded
from guiju.dossier.problems import Rejected
from guiju.hints import TYPE_CHECKING
from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, TablePlan
from guiju.plan.types import DocumentType
from guiju.testing.methodology import Loaded, methodology
from guiju.testing.outcome import Outcome
from guiju.testing.vocabulary import Cell, Vocabulary
from guiju.testing.where import Where
from guiju.verdicts import Document, JudgementGiven, Origin, Problem, Waiver

if TYPE_CHECKING:
    from guiju.dossier.others import Others


class World:
    """The state of one scenario."""

    def __init__(self, where: Where, loaded: Loaded) -> None:
        self.where = where
        self.loaded = loaded
        self.folder = ""
        self.names: Vocabulary | None = None
        self.dossier = Dossier("feature", "", where.file, "", None, None, None, None)
        self.as_of: date | None = None
        self.others: dict[str, Dossier] = {}
        """The other dossiers of the run, by id."""
        self.waivers: list[Waiver] = []
        self._outcome: Outcome | None = None

    # --- the methodology and the dossier -------------------------------------------------

    @property
    def vocabulary(self) -> Vocabulary:
        if self.names is None:
            self.where.fail("no-pack")
        return self.names

    @property
    def pack(self) -> PackPlan:
        return self.vocabulary.pack

    def take_methodology(self, name: str) -> None:
        self.folder, pack = methodology(name, self.where, self.loaded)
        self.names = Vocabulary(pack, self.where)

    def take_dossier(self, path: str) -> None:
        """Reads a dossier: a path from the feature's folder, the project's, or that of the
        methodology's dossiers. The methodology is the one the dossier names unless a step
        has named one."""
        from guiju.dossier import UnreadableDossier, open_dossier, read

        places = list(self.where.places)
        if self.folder:
            places.append(os.path.join(self.folder, "dossiers"))
        tried = [os.path.normpath(os.path.join(place, path)) for place in places]
        found = next((one for one in tried if os.path.exists(one)), None)
        if found is None:
            self.where.fail("no-such-dossier", path=path)
        try:
            manifest = open_dossier(found)
        except UnreadableDossier as wrong:
            self.refuse(wrong.problem)
        if self.names is None and manifest.pack is not None:
            self.take_methodology(manifest.pack)
        self.dossier = read(manifest, self.pack)

    def refuse(self, problem: Problem) -> NoReturn:
        """Fails the running step with a reading problem of what it says."""
        lang = self.where.lang
        self.where.fail("unreadable", message=problem.message[lang], mend=problem.mend[lang])

    # --- facts and cells -----------------------------------------------------------------

    def set_fact(self, name: str, text: str | None, group: str | None = None) -> None:
        """Sets a fact, or a cell of a table; `text` None for a missing one."""
        from guiju.dossier.facts import given

        cell = self.vocabulary.cell(name) if group is None else None
        if cell is not None:
            self._set_cell(cell, name, text)
            return
        owner, field = self.vocabulary.fact(name, group)
        self._refuse_document(field, name)
        problems: list[Problem] = []
        fact = given(owner, field, text, Lens(), self.where.origin(), problems)
        if problems:
            self.refuse(problems[0])
        self.dossier.facts[owner.name, field.name] = fact
        # The group `dossier` is what the dossier says of itself.
        if owner.name == "dossier" and field.name in ("stage", "submitted"):
            setattr(self.dossier, field.name, fact.value)

    def _set_cell(self, cell: Cell, name: str, text: str | None) -> None:
        from guiju.dossier.facts import given

        if cell.field is None:
            self.where.fail("no-field", name=name)
        table = self.dossier.tables.get(cell.table.name)
        if table is None or cell.row not in table.keys:
            keys = table.keys if table is not None else []
            self.where.unknown("unknown-row", cell.row, keys, table=cell.table.name)
        if isinstance(cell.field.type, DocumentType):
            among = table.columns[cell.field.name]
            among[table.keys.index(cell.row)] = None if text is None else (text,)
            return
        # A cell is typed as a fact of its field is.
        owner = GroupPlan(f"{cell.table.name}[{cell.row}]", None, {}, cell.table.fields)
        problems: list[Problem] = []
        said = given(owner, cell.field, text, Lens(), self.where.origin(), problems)
        if problems:
            self.refuse(problems[0])
        row, field, place = table.keys.index(cell.row), cell.field.name, table.place
        table.columns[field][row] = said.value
        table.place = lambda r, f: said.origin if (r, f) == (row, field) else place(r, f)

    def _refuse_document(self, field: FieldPlan, name: str) -> None:
        if isinstance(field.type, DocumentType):
            self.where.fail("document-not-fact", name=name)

    def set_stage(self, text: str) -> None:
        """The stage as `dossier.yaml` says it."""
        from guiju.dossier.reader import STAGES

        stage = STAGES.get(folded(text))
        if stage is None:
            self.where.fail("unknown-stage", text=text)
        self.dossier.stage = stage
        self.dossier.facts["dossier", "stage"] = Given(stage, self.where.origin())

    def date(self, text: str) -> date:
        from guiju.dossier.dates import date_of

        try:
            return date_of(text)
        except Rejected:
            self.where.fail("not-a-date", text=text)

    # --- tables --------------------------------------------------------------------------

    def set_rows(self, name: str, rows: list[list[str]] | None) -> None:
        """The rows of a table, with the headings in the first."""
        self._set_rows(self.dossier, name, rows)

    def set_rows_elsewhere(self, other: str, name: str, rows: list[list[str]] | None) -> None:
        """The rows of a table in another dossier of the run, with the headings in the first."""
        if other not in self.others:
            self.others[other] = Dossier(other, "", other, "", None, None, None, None)
        self._set_rows(self.others[other], name, rows)

    def _set_rows(self, dossier: Dossier, name: str, rows: list[list[str]] | None) -> None:
        plan = self.vocabulary.table(name)
        if not rows or not any(rows[0]):
            self.where.fail("table-without-rows", name=name)
        self._build(dossier, plan, rows, self.where.rows)

    def set_no_rows(self, name: str) -> None:
        """A table that is there and empty."""
        plan = self.vocabulary.table(name)
        self._build(self.dossier, plan, [list(plan.key)], [self.where.line])

    def _build(
        self, dossier: Dossier, plan: TablePlan, rows: list[list[str]], lines: list[int]
    ) -> None:
        from guiju.dossier.headings import rows_of
        from guiju.dossier.tables import build

        def at(row: int, column: int) -> str:
            return f"{lines[row + 1]}:{column + 1}"

        cells: list[Any] = [[cell.strip() for cell in row] for row in rows[1:]]
        grid = Grid(self.where.file, [heading.strip() for heading in rows[0]], cells, at)
        problems: list[Problem] = []
        table = build(plan, rows_of(grid, plan, {}, problems), problems)
        # A heading nothing is known by would be passed over; that it is not is the point of
        # a feature. A column left out only means that its values are missing.
        for problem in problems:
            if problem.severity == "error" or problem.code == "unused-column":
                self.refuse(problem)
        dossier.tables[plan.name] = table

    # --- evidence, judgements, waivers ---------------------------------------------------

    def add_evidence(self, name: str, issued: str | None = None) -> None:
        field = self.vocabulary.document(name)
        day = self.date(issued).isoformat() if issued is not None else None
        number = sum(map(len, self.dossier.documents.values())) + 1
        among = self.dossier.documents.setdefault(field.name, [])
        among.append(Document(f"E-{number}", field.name, None, day, None, "held"))

    def drop_evidence(self, name: str) -> None:
        field = self.vocabulary.document(name)
        for kind in (field.name, field.alias):
            self.dossier.documents.pop(kind or "", None)

    def judge(self, name: str, answer: str, row: str | None) -> None:
        rule = self.vocabulary.rule(name)
        if rule.ask is None:
            self.where.fail("not-a-judgement", name=rule.id)
        if row is None and rule.table is not None:
            self.where.fail("judgement-of-rows", name=rule.id, table=rule.table)
        if row is not None:
            table = self.dossier.tables.get(rule.table or "")
            if rule.table is None:
                self.where.fail("rule-without-rows", name=rule.id)
            if table is None or row not in table.keys:
                keys = table.keys if table is not None else []
                self.where.unknown("unknown-row", row, keys, table=rule.table)
        given = ANSWERS.get(folded(answer))
        if given is None:
            self.where.fail("unknown-answer", answer=answer)
        day = self.as_of or self.dossier.submitted
        self.dossier.judgements[rule.id, row] = JudgementGiven(
            given,
            self.where.file,
            day.isoformat() if day is not None else "",
            self.where.scenario,
            Origin(self.where.file, f"{self.where.line}:1"),
        )

    def waive(self, name: str, start: str, until: str) -> None:
        rule = self.vocabulary.rule(name)
        first, last = self.date(start).isoformat(), self.date(until).isoformat()
        who, why = self.where.file, self.where.scenario
        self.waivers.append(Waiver(rule.id, None, who, why, first, last))

    # --- the assessment ------------------------------------------------------------------

    def _cite(self) -> None:
        """Puts evidence into the cells that name it: by its id, or of a feature by its kind."""
        from guiju.dossier.evidence import by_id, cite

        known = by_id(self.dossier.documents.values())
        for kind, documents in self.dossier.documents.items():
            field = self.pack.documents.get(kind)
            forms = {kind} if field is None else {kind, field.alias, *field.label.values()}
            known |= {form: documents for form in forms if form}
        # One that is not there leaves its cell empty: that is what a scenario is after.
        cite(self.dossier.tables, self.pack.tables, known, [])

    def evaluate(self, rule: str | None) -> None:
        """Assesses the dossier by one rule, or by all of the methodology."""
        plan = self.vocabulary.rule(rule) if rule is not None else None
        self._cite()
        self._outcome = Outcome(
            self.vocabulary, self.dossier, self._run(), self.as_of, plan, self.waivers, self.where
        )

    def _run(self) -> Others | None:
        """The scenario's dossier with the others of its run; None where there are no others."""
        if not self.others:
            return None
        from guiju.dossier.others import DossierTwice, Others

        run = Others(self.pack)
        try:
            for dossier in (self.dossier, *self.others.values()):
                run.add(dossier)
        except DossierTwice as twice:
            self.refuse(twice.problem)
        return run

    @property
    def shown(self) -> set[tuple[str, str]]:
        """The verdicts by rule that the last evaluation has shown."""
        return self._outcome.shown if self._outcome is not None else set()

    @property
    def outcome(self) -> Outcome:
        if self._outcome is None:
            self.where.fail("not-run")
        return self._outcome
