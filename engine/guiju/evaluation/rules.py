"""Rules to requirements: the verdict of each row and of the whole, with the findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from guiju.evaluation import columns
from guiju.evaluation.fingerprints import fingerprint
from guiju.evaluation.leaves import Leaves
from guiju.evaluation.outcome import APART, AWAIT, FAIL, PASS, CompiledRule, Outcome
from guiju.evaluation.references import documents_of
from guiju.evaluation.run import Frame, Run
from guiju.evaluation.texts import Wording
from guiju.evaluation.unknown import Lacking
from guiju.hints import TYPE_CHECKING, Any, TypeVar
from guiju.messages import LANGUAGES, bilingual, message
from guiju.plan.nodes import Expr, RulePlan
from guiju.record import Record
from guiju.verdicts import (
    Derivation,
    Finding,
    Margin,
    Missing,
    Problem,
    Requirement,
    Text,
    Verdict,
)

if TYPE_CHECKING:
    from guiju.evaluation.alike import Alike
    from guiju.evaluation.relevance import Settled
    from guiju.evaluation.trace import Tracer

T = TypeVar("T")

WORST_FIRST: tuple[Verdict, ...] = (
    "broken",
    "nonconforming",
    "undetermined",
    "awaiting judgement",
    "deferred",
    "conforms",
    "not applicable",
)
"""Which verdict of its rows a rule takes."""


class Decision(Record):
    """A verdict with what it lacks and the exception that holds, -1 for none."""

    verdict: Verdict
    lacks: frozenset[Lacking] = frozenset()
    exception: int = -1


NOT_PICKED = Decision("not applicable")
"""Of a row that a rule passes over, and does not count."""


class Asked(Record):
    """Which rows a rule over a table still has to be asked of, where the others were settled
    before: `conforms` rows conform, and to `apart` the rule does not apply. `total` is how many
    rows the table has. Where findings are left untold, `counts` are the verdicts of all rows, those
    that are asked as well."""

    rows: Sequence[int]
    conforms: int
    apart: int
    total: int
    counts: dict[Verdict, int] | None = None
    untold: int = 0


Heard = Callable[[RulePlan, int, Decision], None]
"""Hears of each row of which a rule raises a finding, whether it is told or not."""


class Evaluator:
    """Evaluates the rules of a pack over one dossier."""

    def __init__(self, run: Run, wording: Wording | None = None, *, brief: bool = False) -> None:
        """`brief` leaves out what only a full report shows of a requirement: its words, its
        values, how they were worked out, and margins."""
        self.run = run
        self.brief = brief
        self.wording = wording or Wording(run)
        self.lacks: dict[Lacking, list[str]] = {}
        """What undetermined verdicts lack, with the rules that lack it."""
        self.asked: dict[str, Asked] = {}
        """By rule: the rows to ask, for rules of which a faster road settled the rest."""
        self.rules: Sequence[RulePlan] = run.pack.rules
        """The rules that may be asked for."""
        self.told: int | None = None
        """How many findings about rows each rule tells; the others are counted. None for all."""
        self.heard: Heard | None = None

    def requirement(self, plan: RulePlan) -> Requirement:
        """The verdict on a rule. A fault of the engine becomes the verdict `broken`."""
        requirement = self._blank(plan)
        noted = {lack: list(rules) for lack, rules in self.lacks.items()}
        try:
            _RuleEvaluation(self, plan, requirement).evaluate()
        except MemoryError:
            raise  # the machine is at its end, not the rule: the next one would be as well
        except Exception as error:
            self.lacks = noted
            requirement = self._blank(plan)
            requirement.verdict = "broken"
            said, key = f"{type(error).__name__}: {error}", "reason.broken"
            from guiju.geometry.prepared import NeedsGeoError

            if isinstance(error, NeedsGeoError):
                said, key = str(error), "reason.needs-geo"
            requirement.reason = bilingual(f"evaluation.{key}", error=said)
            problem: Problem | None = getattr(error, "problem", None)
            if problem is not None:
                # What was reached is a limit that can be told, and mended.
                requirement.reason = {
                    lang: message(
                        "evaluation.reason.limit",
                        lang,
                        message=problem.message[lang],
                        mend=problem.mend[lang],
                    )
                    for lang in LANGUAGES
                }
        return requirement

    def decisions(self, plan: RulePlan, rows: Iterable[int]) -> list[Decision]:
        """The verdict on each of some rows, with what it lacks, and no more."""
        evaluation = _RuleEvaluation(self, plan, self._blank(plan))
        return evaluation.decisions(rows)

    def decision(self, plan: RulePlan) -> Decision:
        """The verdict on a rule that is not over rows, with what it lacks, and no more."""
        evaluation = _RuleEvaluation(self, plan, self._blank(plan))
        return evaluation.decision()

    def findings(self, plan: RulePlan, rows: Iterable[int]) -> list[Finding]:
        """The findings of some rows, each of which raises one."""
        evaluation = _RuleEvaluation(self, plan, self._blank(plan))
        return evaluation.findings(rows)

    def finding_of_documents(self, plan: RulePlan) -> Finding:
        """The finding of the documents a rule needs and the dossier lacks."""
        evaluation = _RuleEvaluation(self, plan, self._blank(plan))
        return evaluation.finding_of_documents()

    def _blank(self, plan: RulePlan) -> Requirement:
        return Requirement(
            id=plan.id,
            pack=plan.pack,
            kind="rule" if plan.ask is None else "judgement",
            title=self.wording.in_both(plan.title),
            clause=plan.cite.text if plan.cite else None,
            quoting=plan.cite.quoting if plan.cite else None,
            basis=plan.basis,  # type: ignore[arg-type]
            words={} if self.brief else self._words(plan),
            verdict="conforms",
            place=plan.place,
            amended_by=list(plan.amended_by),
            needs=list(plan.needs),
        )

    def _words(self, plan: RulePlan) -> Text:
        try:
            return self.wording.pack_words.rule(plan)
        except Exception:
            # A sentence that cannot be made must not cost the verdict; evaluation itself
            # will say what is broken.
            return self.wording.in_both(plan.title)


class _RuleEvaluation:
    """One rule under evaluation."""

    def __init__(self, evaluator: Evaluator, plan: RulePlan, requirement: Requirement) -> None:
        self.evaluator = evaluator
        self.brief = evaluator.brief
        self.run, self.wording = evaluator.run, evaluator.wording
        self.plan, self.requirement = plan, requirement
        self.rule = CompiledRule(self.run, plan)
        self.absent = [
            Lacking("document", kind) for kind in plan.needs if not documents_of(self.run, kind)
        ]
        self.noted: set[tuple[str, str]] = set()
        self.leaves = Leaves(self.wording, self.rule)
        self.alike: Alike | None = None
        self.tracer: Tracer | None = None

    def evaluate(self) -> None:
        self._drop_amendments_out_of_force()
        if self.plan.table is None:
            self._project()
        elif self.plan.table not in self.run.dossier.tables:
            self._without_table(self.plan.table)
        else:
            self._rows(self.plan.table)

    def _drop_amendments_out_of_force(self) -> None:
        """Leaves in the record the amendments that hold, and those that may."""
        frame = self.rule.frame()
        for amendment in self.plan.amendments:
            if self.rule.changes(amendment.holds):
                continue
            named = self.requirement.amended_by
            if amendment.id in named and self.run.compile(amendment.holds)(frame) is False:
                named.remove(amendment.id)

    # --- one verdict for the project ---------------------------------------------------

    def _project(self) -> None:
        rule, requirement = self.rule, self.requirement
        frame = rule.frame()
        outcome = rule.outcome(frame, None)
        decision = self._decide(outcome, None)
        requirement.verdict = decision.verdict
        requirement.reason = self._reason(decision, frame)
        self._describe_judgement(frame)
        if decision.verdict == "not applicable":
            self._tell_apart(frame, decision.exception)
        else:
            requirement.values = self._explained(self.leaves.values, frame, None) or []
        requirement.derivation = self._explained(self._derivation, frame, decision.verdict)
        if decision.verdict in ("conforms", "nonconforming"):
            requirement.margins = self._explained(self._margins, frame, None) or []
        self._raise(decision, frame, None)

    def _tell_apart(self, frame: Frame, exception: int = -1) -> None:
        """Of a rule that does not apply only what keeps it from applying is shown."""
        self.requirement.values = self._explained(self.leaves.apart, frame, exception) or []

    def _explained(self, explain: Callable[..., T], *about: Any) -> T | None:
        """What only a full report shows. A fault in it is said, and changes no verdict: the
        same check with a brief report has to come to the same end."""
        if self.brief:
            return None
        try:
            return explain(*about)
        except Exception as error:
            if self.requirement.reason is None:
                said = f"{type(error).__name__}: {error}"
                self.requirement.reason = bilingual("evaluation.reason.unexplained", error=said)
            return None

    def _derivation(self, frame: Frame, verdict: Verdict) -> Derivation | None:
        # Like margins, it is loaded only for the reports that show it.
        if self.tracer is None:
            from guiju.evaluation.trace import Tracer

            self.tracer = Tracer(self.wording, self.plan)
        shown = self.tracer.shown(self.run, frame, verdict)
        return None if shown is None else self.tracer.derivation(shown, frame)

    def _margins(self, frame: Frame, rows: list[int] | None) -> list[Margin]:
        from guiju.evaluation.margins import margins_of

        return margins_of(self.rule, self.wording, frame, rows)

    def _describe_judgement(self, frame: Frame) -> None:
        plan = self.plan
        if plan.ask is not None:
            self.requirement.question = self.wording.message(plan.ask, frame)
            self.requirement.answer = self.run.dossier.judgements.get((plan.id, None))

    def _reason(self, decision: Decision, frame: Frame) -> Text | None:
        if decision.verdict != "not applicable":
            return None
        if decision.exception >= 0:
            return self.wording.message(self.plan.unless[decision.exception].because, frame)
        for when in self.plan.when:
            if self.run.compile(when)(frame) is False:
                return self.wording.said("reason.when", words=self.wording.words(when))
        return None

    # --- a table the dossier lacks -----------------------------------------------------

    def _without_table(self, table: str) -> None:
        rule, requirement = self.rule, self.requirement
        frame = rule.frame()
        for number, unless in enumerate(self.plan.unless):
            if not rule.changes(unless.condition) and rule.unless[number](frame) is True:
                requirement.verdict = "not applicable"
                requirement.reason = self.wording.message(unless.because, frame)
                self._tell_apart(frame, number)
                return
        for number, when in enumerate(self.plan.when):
            if not rule.changes(when) and rule.when[number](frame) is False:
                requirement.verdict = "not applicable"
                requirement.reason = self._reason(Decision("not applicable"), frame)
                self._tell_apart(frame)
                return
        verdict: Verdict = "deferred" if self.plan.defer else "undetermined"
        decision = Decision(verdict, frozenset((Lacking("table", table), *self.absent)))
        requirement.verdict = verdict
        self._raise(decision, frame, None, generic=True)

    # --- a verdict for each row --------------------------------------------------------

    def _rows(self, table: str) -> None:
        rule, requirement, plan = self.rule, self.requirement, self.plan
        data, slot = self.run.dossier.tables[table], plan.slot
        assert slot is not None
        frame = rule.frame()
        counts: dict[Verdict, int] = {}
        concerned: list[int] = []
        conforming = 0
        unproven: Decision | None = None
        asked = self.evaluator.asked.get(plan.id)
        rows: Iterable[int] = range(len(data)) if asked is None else asked.rows
        if asked is not None:
            if asked.apart:
                counts["not applicable"] = asked.apart
            if asked.conforms and self.absent:
                counts["undetermined"] = asked.conforms
                unproven = Decision("undetermined", frozenset(self.absent))
            else:
                conforming = asked.conforms
        where, must, lets = rule.where, rule.must, rule.row_lets
        conditions = self._row_conditions(frame)
        if conditions is None:
            # The same for every row: only how many rows there are remains to be seen.
            self._count_apart(frame, len(data) if asked is None else asked.total)
            return
        plain = not self.absent and must is not None
        when, unless = ([self.run.compile(node) for node in nodes] for nodes in conditions)
        said = None if asked is not None else columns.settled(rule, frame, *conditions)
        if said is not None:
            apart, met = said.count(columns.APART), said.count(columns.CONFORMS)
            if apart:
                counts["not applicable"] = apart
            if met and self.absent:
                counts["undetermined"] = met
                unproven = Decision("undetermined", frozenset(self.absent))
            elif met:
                conforming = met
                if not self.brief:
                    concerned = [row for row, one in enumerate(said) if one is columns.CONFORMS]
            rows = [row for row, one in enumerate(said) if one is None]
        for row in rows:
            frame[slot] = row
            if where is not None and where(frame) is False:
                continue
            if plain:
                for at, let in lets:
                    frame[at] = let(frame)
                for condition in when:
                    if condition(frame) is not True:
                        break
                else:
                    for condition in unless:
                        if condition(frame) is not False:
                            break
                    else:
                        if must(frame) is True and (where is None or where(frame) is True):  # type: ignore[misc]
                            conforming += 1
                            concerned.append(row)
                            continue
            decision = self._decide(rule.outcome(frame, row), row)
            verdict = decision.verdict
            counts[verdict] = counts.get(verdict, 0) + 1
            if verdict in ("conforms", "nonconforming"):
                concerned.append(row)
            papers = decision.lacks and decision.lacks.issubset(self.absent)
            if verdict == "undetermined" and papers:
                unproven = decision
            elif verdict not in ("conforms", "not applicable"):
                self._raise(decision, frame, row)
        if unproven is not None:
            # A document that all rows want is asked for once.
            self._raise(unproven, rule.frame(), None)
        if conforming:
            counts["conforms"] = counts.get("conforms", 0) + conforming
        if asked is not None and asked.counts is not None:
            counts, requirement.untold = asked.counts, asked.untold
        requirement.counts = {v: counts[v] for v in WORST_FIRST if v in counts}
        requirement.verdict = next((v for v in WORST_FIRST if v in counts), "not applicable")
        if requirement.verdict == "not applicable":
            key = "reason.rows-not-applicable" if counts else "reason.no-rows"
            requirement.reason = bilingual(f"evaluation.{key}")
        frame = rule.frame()
        self._describe_judgement(frame)
        if requirement.verdict == "not applicable":
            # Rows differ in why, and what the rest rests on was not asked for.
            return
        requirement.values = self._explained(self.leaves.values, frame, None) or []
        requirement.margins = self._explained(self._margins, frame, sorted(concerned)) or []

    def decision(self) -> Decision:
        """The verdict for the project, with what it lacks."""
        return self._decide(self.rule.outcome(self.rule.frame(), None), None)

    def decisions(self, rows: Iterable[int]) -> list[Decision]:
        """The verdict on each of some rows, with what it lacks."""
        slot = self.plan.slot
        assert slot is not None
        frame = self.rule.frame()
        found = []
        where = self.rule.where
        for row in rows:
            frame[slot] = row
            if where is not None and where(frame) is False:
                found.append(NOT_PICKED)
                continue
            found.append(self._decide(self.rule.outcome(frame, row), row))
        return found

    def findings(self, rows: Iterable[int]) -> list[Finding]:
        """The findings of some rows, each of which raises one."""
        slot = self.plan.slot
        assert slot is not None
        frame = self.rule.frame()
        for row in rows:
            frame[slot] = row
            self._raise(self._decide(self.rule.outcome(frame, row), row), frame, row)
        return self.requirement.findings

    def finding_of_documents(self) -> Finding:
        """The finding of the documents that the dossier lacks."""
        self._raise(Decision("undetermined", frozenset(self.absent)), self.rule.frame(), None)
        (finding,) = self.requirement.findings
        return finding

    def _row_conditions(self, frame: Frame) -> tuple[list[Expr], list[Expr]] | None:
        """The `when` and `unless` that remain to be asked of each row; None when one that
        is the same for all rows keeps the rule from applying."""
        rule, plan = self.rule, self.plan
        when, unless = [], []
        for function, node in zip(rule.when, plan.when, strict=True):
            value = None if rule.changes(node) else function(frame)
            if value is False:
                return None
            if value is not True:
                when.append(node)
        for function, exception in zip(rule.unless, plan.unless, strict=True):
            value = None if rule.changes(exception.condition) else function(frame)
            if value is True:
                return None
            if value is not False:
                unless.append(exception.condition)
        return when, unless

    def _count_apart(self, frame: Frame, rows: int) -> None:
        plan, rule, requirement = self.plan, self.rule, self.requirement
        requirement.verdict = "not applicable"
        exception = next(
            (
                number
                for number, unless in enumerate(plan.unless)
                if not rule.changes(unless.condition) and rule.unless[number](frame) is True
            ),
            -1,
        )
        decision = Decision("not applicable", exception=exception)
        for when in plan.when:
            if not rule.changes(when) and self.run.compile(when)(frame) is False:
                decision = Decision("not applicable")
                requirement.reason = self.wording.said(
                    "reason.when", words=self.wording.words(when)
                )
                break
        else:
            requirement.reason = self._reason(decision, frame)
        if rows:
            requirement.counts = {"not applicable": rows}
        self._tell_apart(frame, decision.exception)

    # --- verdicts ----------------------------------------------------------------------

    def _decide(self, outcome: Outcome, row: int | None) -> Decision:
        """The verdict an outcome comes to, and what it lacks that matters."""
        states, lacks = outcome.states, outcome.lacks
        unclear = False
        if outcome.unknowns and states not in (PASS, FAIL, AWAIT):
            states, lacks = self._settle(row, outcome)
        elif not outcome.unknowns and states == PASS | FAIL:
            unclear = True
            lacks = frozenset((Lacking("judgement", self.plan.id, -1 if row is None else row),))
        if states == APART:
            return Decision("not applicable", exception=outcome.exception)
        if states == FAIL:
            return Decision("nonconforming", lacks)
        if states == AWAIT:
            return Decision("awaiting judgement")
        plan = self.plan
        if states == PASS and not self.absent:
            deferred = plan.defer is not None and plan.must is None and plan.ask is None
            return Decision("deferred" if deferred else "conforms")
        lacks = lacks.union(self.absent)
        if plan.defer is not None and not unclear and states & FAIL:
            return Decision("deferred", lacks)
        return Decision("undetermined", lacks)

    def _settle(self, row: int | None, outcome: Outcome) -> Settled:
        """What an outcome with unknowns comes to whatever the missing facts are."""
        if row is None:
            from guiju.evaluation.relevance import settle

            return settle(self.rule, None, outcome)
        if self.alike is None:
            from guiju.evaluation.alike import Alike

            self.alike = Alike(self.rule)
        return self.alike.settle(row, outcome)

    # --- findings ----------------------------------------------------------------------

    def _raise(
        self, decision: Decision, frame: Frame, row: int | None, *, generic: bool = False
    ) -> None:
        """Adds the finding a verdict raises, if it raises one."""
        plan, requirement, wording = self.plan, self.requirement, self.wording
        verdict, lacks = decision.verdict, decision.lacks
        if verdict not in ("nonconforming", "undetermined", "deferred"):
            return
        if row is not None:
            if self.evaluator.heard is not None:
                self.evaluator.heard(plan, row, decision)
            if len(requirement.findings) == self.evaluator.told:
                requirement.untold += 1
                return
        missing = wording.missing_all(lacks)
        source = {
            "nonconforming": plan.otherwise,
            "undetermined": plan.unknown,
            "deferred": plan.defer,
        }[verdict]
        documents_only = bool(lacks) and all(lack.kind == "document" for lack in lacks)
        # What other dossiers lack is not asked of this applicant as if it were his.
        elsewhere = bool(lacks) and all(lack.kind.startswith("other ") for lack in lacks)
        generic = generic or documents_only or elsewhere
        if source is not None and not (verdict == "undetermined" and generic):
            message = wording.message(source.message, frame)
        else:
            message = self._generic(verdict, missing, documents_only, elsewhere)
        if source is not None:
            grade = source.grade
        elif verdict == "nonconforming":
            grade = max(self.run.pack.grades, key=lambda grade: grade.weight).name
        else:
            grade = self.run.pack.default_unknown
        subject = None
        if row is not None and plan.table is not None:
            subject = self.run.dossier.tables[plan.table].keys[row]
        if verdict != "nonconforming":
            for lack in sorted(lacks):
                rules = self.evaluator.lacks.setdefault(lack, [])
                if plan.id not in rules:
                    rules.append(plan.id)
            self._note(missing)
        values = self.leaves.values(frame, row)
        derivation = None
        if row is not None:
            derivation = self._explained(self._derivation, frame, verdict)
        # How a requirement that is not met is put right; what is missing is asked for above.
        remedy = plan.remedy if verdict == "nonconforming" else None
        requirement.findings.append(
            Finding(
                rule=plan.id,
                grade=grade,
                verdict=verdict,
                message=message,
                subject=subject,
                fingerprint=fingerprint(plan.pack, plan.id, subject),
                values=values,
                missing=missing,
                remedy=wording.message(remedy, frame) if remedy else None,
                origin=self.leaves.origin(frame, row),
                derivation=derivation,
            )
        )

    def _note(self, missing: Iterable[Missing]) -> None:
        """Adds what is missing to what the whole requirement lacks."""
        for one in missing:
            if (one.kind, one.name) not in self.noted:
                self.noted.add((one.kind, one.name))
                self.requirement.missing.append(one)

    def _generic(
        self, verdict: Verdict, missing: list[Missing], documents_only: bool, elsewhere: bool
    ) -> Text:
        wording, plan = self.wording, self.plan
        if verdict == "nonconforming":
            words = wording.words(plan.must) if plan.must is not None else plan.title
            return wording.said("message.nonconforming", words=words)
        listed = {
            lang: bilingual("evaluation.list")[lang].join(m.label[lang] for m in missing)
            for lang in LANGUAGES
        }
        key = "message.documents" if documents_only else "message.give"
        if elsewhere:
            key = "message.elsewhere"
        return wording.said(key, missing=listed)
