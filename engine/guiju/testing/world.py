"""What a scenario has said so far: a methodology, a dossier in memory, and a result.

Values are read from the words of the steps by the readers that read dossiers, so a
feature says a fact as a dossier would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pytest

from guiju.dossier.grid import Grid
from guiju.dossier.judgements import ANSWERS
from guiju.dossier.lens import Lens
from guiju.dossier.model import Dossier, Given, TableData
from guiju.dossier.naming import Names, folded, nearest
from guiju.dossier.problems import Rejected
from guiju.messages import Lang, message
from guiju.plan.nodes import FieldPlan, GroupPlan, PackPlan, RulePlan, TablePlan
from guiju.plan.types import DocumentType
from guiju.verdicts import Document, JudgementGiven, Origin, Problem

STAGES = {
    "validation": "validation",
    "审定": "validation",
    "verification": "verification",
    "核查": "verification",
}
Rows = list[list[str]]


@cache
def methodology(name: str) -> PackPlan:
    """The plan of an installed methodology, compiled once for all scenarios of a run."""
    from guiju.compiler import load_pack

    return load_pack(name)


class World:
    """The state of one scenario. `where` says where its running step stands."""

    def __init__(self, where: Where) -> None:
        self.where = where
        self._pack: PackPlan | None = None
        self.pack_name = ""
        self.dossier = Dossier("scenario", "", where.file, "", None, None, None, None)
        self.as_of: date | None = None

    # --- saying what is wrong ------------------------------------------------------------

    def say(self, key: str, /, **values: object) -> str:
        return message(f"steps.{key}", self.where.lang, **values)

    def fail(self, key: str, /, **values: object) -> NoReturn:
        """Fails the scenario at the running step."""
        self.where.fail(self.say(key, **values))

    def unknown(self, key: str, name: str, known: Iterable[str]) -> NoReturn:
        """Fails at a name nothing answers to, with the nearest one that is there."""
        near = nearest(name, known)
        if near:
            self.fail(f"{key}.nearest", name=name, nearest=near)
        self.fail(key, name=name)

    def refuse(self, problem: Problem) -> NoReturn:
        lang = self.where.lang
        self.fail("unreadable", message=problem.message[lang], mend=problem.mend[lang])

    # --- the methodology and the dossier -------------------------------------------------

    @property
    def pack(self) -> PackPlan:
        if self._pack is None:
            self.fail("no-pack")
        return self._pack

    def take_pack(self, name: str) -> None:
        from guiju.compiler import PackHasErrors
        from guiju.packs import PackNotFound, installed_packs, is_path

        ids = [pack.id for pack in installed_packs()]
        if is_path(name):
            beside = Path(self.where.file).parent / name
            found = str(beside) if beside.exists() else name
        else:
            # Reports name a methodology with its edition: CCER-14-001-V01.
            longest = sorted(ids, key=len, reverse=True)
            found = next((i for i in longest if folded(name).startswith(folded(i))), name)
        try:
            self._pack = methodology(found)
        except PackNotFound:
            self.unknown("unknown-pack", name, ids)
        except PackHasErrors as wrong:
            errors = "\n".join(f"  {d.message(self.where.lang)}" for d in wrong.diagnostics)
            self.fail("pack-errors", name=name, errors=errors)
        self.pack_name = found

    def take_dossier(self, path: str) -> None:
        """Reads a dossier: beside the feature, from where the tests were started, or of the
        methodology."""
        from guiju.dossier import UnreadableDossier, open_dossier, read
        from guiju.packs import find_pack

        places = [Path(self.where.file).parent, Path.cwd()]
        if self._pack is not None:
            places.append(Path(find_pack(self.pack_name)) / "dossiers")
        found = next((p / path for p in places if (p / path).exists()), None)
        if found is None:
            self.fail("unknown-dossier", path=path)
        try:
            manifest = open_dossier(found)
        except UnreadableDossier as wrong:
            self.refuse(wrong.problem)
        if self._pack is None and manifest.pack:
            self.take_pack(manifest.pack)
        self.dossier = read(manifest, self.pack)

    # --- facts, tables, evidence, judgements ---------------------------------------------

    def field(self, name: str, group: str | None = None) -> tuple[GroupPlan, FieldPlan]:
        """A fact of the vocabulary by name, alias or label; its group may be left out."""
        if group is None and "." in name:
            group, _, name = name.partition(".")
        groups: Names[GroupPlan] = Names(self.pack.groups)
        if group is not None:
            among = groups.find(group)
            if among is None:
                self.unknown("unknown-field", group, forms(self.pack.groups))
            searched = [among]
        else:
            searched = list(self.pack.groups.values())
        found: list[tuple[GroupPlan, FieldPlan]] = []
        for one in searched:
            field = Names(one.fields).find(name)
            if field is not None:
                found.append((one, field))
        if not found:
            known = [form for one in searched for form in forms(one.fields)]
            self.unknown("unknown-field", name, known)
        if len(found) > 1:
            names = ", ".join(f"{g.name}.{f.name}" for g, f in found)
            self.fail("field-of-several", name=name, names=names)
        return found[0]

    def set_fact(self, name: str, text: str | None, group: str | None = None) -> None:
        from guiju.dossier.facts import given

        owner, field = self.field(name, group)
        if isinstance(field.type, DocumentType):
            self.fail("document-not-fact", name=name)
        problems: list[Problem] = []
        fact = given(owner, field, text or None, Lens(), self.where.origin(), problems)
        if problems:
            self.refuse(problems[0])
        self._keep(owner, field, fact)

    def _keep(self, owner: GroupPlan, field: FieldPlan, fact: Given) -> None:
        self.dossier.facts[owner.name, field.name] = fact
        if owner.name == "dossier" and field.name == "stage":
            self.dossier.stage = fact.value
        if owner.name == "dossier" and field.name == "submitted":
            self.dossier.submitted = fact.value

    def set_stage(self, text: str) -> None:
        stage = STAGES.get(folded(text))
        if stage is None:
            self.fail("unknown-stage", text=text)
        self.dossier.stage = stage
        self.dossier.facts["dossier", "stage"] = Given(stage, self.where.origin())

    def set_submitted(self, text: str) -> None:
        self.dossier.submitted = self.date(text)
        origin = self.where.origin()
        self.dossier.facts["dossier", "submitted"] = Given(self.dossier.submitted, origin)

    def date(self, text: str) -> date:
        from guiju.dossier.dates import date_of

        try:
            return date_of(text)
        except Rejected:
            self.fail("not-a-date", text=text)

    def table(self, name: str) -> TablePlan:
        found = Names(self.pack.tables).find(name)
        if found is None:
            self.unknown("unknown-table", name, forms(self.pack.tables))
        return found

    def set_rows(self, name: str, rows: Rows | None) -> None:
        """The rows of a table; the first line of `rows` holds the headings."""
        from guiju.dossier.headings import rows_of
        from guiju.dossier.tables import build

        plan = self.table(name)
        if rows is None:
            rows = [list(plan.key)]
        if not rows or not any(rows[0]):
            self.fail("table-without-rows", name=name)
        line = self.where.line
        header = [heading.strip() for heading in rows[0]]
        cells = [[cell.strip() for cell in row] for row in rows[1:]]
        # The headings stand on the line below the step.
        grid = Grid(self.where.file, header, list(cells), lambda row, _: f"{line + 2 + row}")
        problems: list[Problem] = []
        table: TableData = build(plan, rows_of(grid, plan, {}, problems), problems)
        wrong = [p for p in problems if p.severity == "error" or p.code == "unused-column"]
        if wrong:
            self.refuse(wrong[0])
        self.dossier.tables[plan.name] = table

    def add_evidence(self, name: str, issued: str | None = None) -> None:
        field = Names(self.pack.documents).find(name)
        if field is None:
            self.unknown("unknown-document", name, forms(self.pack.documents))
        day = self.date(issued).isoformat() if issued else None
        among = self.dossier.documents.setdefault(field.name, [])
        number = sum(map(len, self.dossier.documents.values())) + 1
        among.append(Document(f"E-{number}", field.name, None, day, None, "held"))

    def rule(self, name: str) -> RulePlan:
        found = next((r for r in self.pack.rules if folded(r.id) == folded(name)), None)
        if found is None:
            self.unknown("unknown-rule", name, [rule.id for rule in self.pack.rules])
        return found

    def judge(self, name: str, answer: str, key: str | None = None) -> None:
        rule = self.rule(name)
        if rule.ask is None:
            self.fail("not-a-judgement", name=rule.id)
        given = ANSWERS.get(folded(answer))
        if given is None:
            self.fail("unknown-answer", answer=answer)
        day = (self.as_of or self.dossier.submitted or date(2000, 1, 1)).isoformat()
        scenario = self.where.scenario
        self.dossier.judgements[rule.id, key] = JudgementGiven(
            given, scenario, day, scenario, self.where.origin()
        )


class Where:
    """Where the running step of a scenario stands, and the language it is in."""

    def __init__(self, file: str, scenario: str = "") -> None:
        self.file = file
        self.scenario = scenario
        self.step = ""
        self.line = 0
        self.lang: Lang = "en"

    def at(self, step: str, line: int, language: str) -> None:
        """Moves on to a step."""
        self.step, self.line = step, line
        chinese = language.startswith("zh") or any("\u4e00" <= c <= "\u9fff" for c in step)
        self.lang = "zh" if chinese else "en"

    def origin(self) -> Origin:
        return Origin(self.file, str(self.line))

    def fail(self, said: str) -> NoReturn:
        """Fails the scenario with what is wrong, and where."""
        try:
            file = str(Path(self.file).relative_to(Path.cwd()))
        except ValueError:
            file = self.file
        text = message(
            "steps.at",
            self.lang,
            file=file,
            line=self.line,
            scenario=self.scenario,
            step=self.step,
            message=said,
        )
        pytest.fail(text, pytrace=False)


def forms(things: Mapping[str, Any]) -> list[str]:
    """What things may be called."""
    return [
        form
        for thing in things.values()
        for form in (thing.name, thing.alias, *thing.label.values())
        if form
    ]
