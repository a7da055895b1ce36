"""What running the rules of a scenario gave, and how it is held against what was expected."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any

from guiju.assessment import assess
from guiju.dossier.naming import Names, folded
from guiju.dossier.numbers import number_in
from guiju.dossier.problems import Rejected
from guiju.evaluation import Evaluator, Run, Unknown
from guiju.evaluation.texts import Wording
from guiju.messages import LANGUAGES
from guiju.plan.nodes import And, ColumnRef, Compare, Constant, Expr, FormulaPlan, RulePlan
from guiju.plan.types import NumberType, YesNoType
from guiju.plan.words import formula_label, number_words, unit_words
from guiju.quantities import CONTEXT
from guiju.testing.world import World
from guiju.verdicts import VERDICTS, Assessment, Finding, Requirement, Verdict

# Other words for a verdict, as the phrase book and people write them.
_VERDICTS: dict[str, Verdict] = {
    "不明": "undetermined",
    "无法确定": "undetermined",
    "不能判定": "undetermined",
    "需人工判断": "awaiting judgement",
    "待判断": "awaiting judgement",
    "留待下一期": "deferred",
    "豁免": "waived",
    "出错": "broken",
    "does not conform": "nonconforming",
    "needs judgement": "awaiting judgement",
}


class Result:
    """The requirements that were evaluated. `rules` None: all of the methodology."""

    def __init__(self, world: World, rule: RulePlan | None) -> None:
        self.world = world
        self.rule = rule
        select = (rule.id,) if rule is not None else ()
        self.assessment: Assessment = assess(
            world.dossier, world.pack, as_of=world.as_of, select=select
        )
        self.requirements: list[Requirement] = [
            requirement
            for requirement in self.assessment.requirements
            if rule is None or requirement.id == rule.id
        ]
        self._run: Run | None = None

    # --- verdicts ------------------------------------------------------------------------

    def expect_verdict(self, text: str, rule: str | None = None) -> None:
        wanted = self.verdict_named(text)
        if rule is not None:
            id_ = self.world.rule(rule).id
            among = [r for r in self.requirements if r.id == id_]
        else:
            among = self.requirements
        if len(among) != 1:
            self.world.fail("which-rule", count=len(among))
        self._expect(wanted, among[0])

    def verdict_named(self, text: str) -> Verdict:
        known: dict[str, Verdict] = {folded(other): verdict for other, verdict in _VERDICTS.items()}
        for verdict in VERDICTS:
            known[folded(verdict)] = verdict
            for lang in LANGUAGES:
                known[folded(self._verdict(verdict, lang))] = verdict
        found = known.get(folded(text))
        if found is None:
            names = ", ".join(self._verdict(verdict) for verdict in VERDICTS)
            self.world.fail("unknown-verdict", text=text, known=names)
        return found

    def _verdict(self, verdict: str, lang: Any = None) -> str:
        from guiju.messages import message

        return message(f"steps.verdict.{verdict}", lang or self.world.where.lang)

    def _expect(self, wanted: Verdict, requirement: Requirement) -> None:
        if requirement.verdict == wanted:
            return
        said = self.world.say(
            "verdict", wanted=self._verdict(wanted), found=self._verdict(requirement.verdict)
        )
        self.world.where.fail("\n".join((said, *self.why(requirement))))

    def expect_row(self, key: str, text: str, table: str | None = None) -> None:
        """The verdict of one row: the rule is asked again for that row alone, among all."""
        wanted = self.verdict_named(text)
        if self.rule is None or self.rule.table is None:
            name = self.rule.id if self.rule else ""
            self.world.fail("rule-without-rows" if self.rule else "which-rule", name=name, count=0)
        if table is not None and self.world.table(table).name != self.rule.table:
            self.world.fail("unknown-row", table=table, key=key)
        data = self.world.dossier.tables.get(self.rule.table)
        if data is None or key not in data.keys:
            self.world.fail("unknown-row", table=self.rule.table, key=key)
        only = self._only(self.rule, data.keys.index(key))
        with localcontext(CONTEXT):
            run = self._new_run()
            requirement = Evaluator(run, Wording(run)).requirement(only)
        self._expect(wanted, requirement)

    def _only(self, rule: RulePlan, row: int) -> RulePlan:
        assert rule.table is not None
        assert rule.slot is not None
        table = self.world.pack.tables[rule.table]
        data = self.world.dossier.tables[rule.table]
        conditions: list[Expr] = [] if rule.where is None else [rule.where]
        for name in table.key:
            type_ = table.fields[name].type
            column = ColumnRef(rule.slot, rule.variable or "", table.name, name, type_)
            value = Constant(data.columns[name][row], type_)
            conditions.append(Compare("=", column, value, 1, 1, YesNoType()))
        return rule._replace(where=And(tuple(conditions), YesNoType()))

    def expect_opinion(self, text: str) -> None:
        opinion = self.assessment.opinion
        shown = {name: self.world.say(f"opinion.{name}") for name in _OPINIONS}
        if folded(text) not in (folded(opinion), folded(shown[opinion])):
            said = self.world.say("opinion", wanted=text, found=shown[opinion])
            lang = self.world.where.lang
            because = (f"  {text[lang]}" for text in self.assessment.open_because)
            self.world.where.fail("\n".join((said, *because)))

    # --- findings and what is missing ------------------------------------------------------

    @property
    def findings(self) -> list[Finding]:
        return [finding for r in self.requirements for finding in r.findings]

    def expect_findings(self, count: int) -> None:
        if len(self.findings) != count:
            self._fail("findings", wanted=count, found=len(self.findings))

    def expect_pointing(self, where: str) -> None:
        if not any(folded(where) in map(folded, pointers(f)) for f in self.findings):
            self._fail("no-finding-there", where=where)

    def expect_saying(self, text: str) -> None:
        if not any(text in said for f in self.findings for said in f.message.values()):
            self._fail("no-finding-says", text=text)

    def expect_missing(self, name: str) -> None:
        wanted = {folded(name), folded(self._full_name(name))}
        for requirement in self.requirements:
            missing = [*requirement.missing, *(m for f in requirement.findings for m in f.missing)]
            for one in missing:
                if wanted & {folded(one.name), *map(folded, one.label.values())}:
                    return
        self._fail("not-missing", name=name)

    def _full_name(self, name: str) -> str:
        """`group.field` for an alias or a label of a fact, the kind for a document."""
        document = Names(self.world.pack.documents).find(name)
        if document is not None:
            return document.name
        for group in self.world.pack.groups.values():
            field = Names(group.fields).find(name.rpartition(".")[2])
            if field is not None:
                return f"{group.name}.{field.name}"
        return name

    # --- computed values -------------------------------------------------------------------

    def expect_value(
        self, name: str, value: str, tolerance: str | None = None, key: str | None = None
    ) -> None:
        formula, found = self._computed(name, key)
        wanted = self._number(formula, value)
        allowed, shown = Decimal(0), "0"
        if tolerance is not None:
            shown = tolerance.strip()
            share = shown.endswith("%") and unit_words(formula.type) != "%"
            if share:
                allowed = abs(wanted) * Decimal(shown[:-1].strip()) / 100
            else:
                allowed = self._number(formula, shown)
        if abs(found - wanted) > allowed:
            self._compared("computed", formula, found, value, tolerance=shown)

    def expect_bound(self, name: str, value: str, key: str) -> None:
        """`key` is `least` or `most`."""
        formula, found = self._computed(name, None)
        wanted = self._number(formula, value)
        if found < wanted if key == "least" else found > wanted:
            self._compared(f"computed.{key}", formula, found, value)

    def _compared(
        self, key: str, formula: FormulaPlan, found: Decimal, wanted: str, **values: object
    ) -> None:
        label = formula_label(formula, self.world.where.lang)
        shown = number_words(found, unit_words(formula.type))
        self.world.fail(key, name=label, found=shown, wanted=wanted.strip(), **values)

    def _number(self, formula: FormulaPlan, text: str) -> Decimal:
        assert isinstance(formula.type, NumberType)
        unit = formula.type.unit
        try:
            return number_in(text.strip().replace("−", "-"), unit, unit)
        except Rejected as rejected:
            from guiju.dossier.problems import problem

            name = formula.name
            self.world.refuse(
                problem(
                    rejected.code, "error", None, name=name, label=formula.label, **rejected.values
                )
            )

    def _computed(self, name: str, key: str | None) -> tuple[FormulaPlan, Decimal]:
        formulas = self.world.pack.formulas
        formula = formulas.get(name) or _by_label(formulas, name)
        if formula is None:
            known = [f for plan in formulas.values() for f in (plan.name, *plan.label.values())]
            self.world.unknown("unknown-formula", name, known)
        if not isinstance(formula.type, NumberType):
            self.world.fail("not-a-number", name=name)
        row: int | None = None
        if formula.table is not None:
            data = self.world.dossier.tables.get(formula.table)
            if key is None:
                self.world.fail("formula-of-rows", name=name)
            if data is None or key not in data.keys:
                self.world.fail("unknown-row", table=formula.table, key=key)
            row = data.keys.index(key)
        with localcontext(CONTEXT):
            run = self._new_run()
            value = run.formula_value(run.formula(formula.name), row)
            if isinstance(value, Unknown):
                lang = self.world.where.lang
                lacks = Wording(run).missing_all(value.lacks)
                missing = ", ".join(one.label.get(lang) or one.name for one in lacks)
                self.world.fail("not-computed", name=name, missing=missing)
        return formula, value

    def _new_run(self) -> Run:
        day = self.world.as_of or self.world.dossier.submitted
        return Run(self.world.pack, self.world.dossier, day)

    # --- why -------------------------------------------------------------------------------

    def _fail(self, key: str, **values: object) -> None:
        said = self.world.say(key, **values)
        why = [line for r in self.requirements for line in self.why(r)]
        self.world.where.fail("\n".join((said, *why)))

    def why(self, requirement: Requirement) -> list[str]:
        """The grounds of a verdict, for a reader whose scenario has failed."""
        say, lang = self.world.say, self.world.where.lang
        lines = [say("why.title", rule=requirement.id, title=requirement.title.get(lang, ""))]
        if requirement.counts:
            counts = ", ".join(f"{self._verdict(v)} {n}" for v, n in requirement.counts.items())
            lines.append(say("why.counts", counts=counts))
        if requirement.reason:
            lines.append(say("why.reason", reason=requirement.reason[lang]))
        for finding in requirement.findings[:5]:
            subject = f"{finding.subject} " if finding.subject else ""
            message = finding.message.get(lang) or next(iter(finding.message.values()), "")
            lines.append(say("why.finding", subject=subject, grade=finding.grade, message=message))
        missing = {m.name: m for m in requirement.missing}
        missing |= {m.name: m for f in requirement.findings for m in f.missing}
        if missing:
            names = ", ".join(f"{m.label.get(lang) or ''} ({n})" for n, m in missing.items())
            lines.append(say("why.missing", missing=names))
        values = {v.name: v for v in requirement.values}
        values |= {v.name: v for f in requirement.findings[:1] for v in f.values}
        for value in values.values():
            shown = say("unknown-value") if value.value is None else value.value
            unit = f" {value.unit}" if value.unit and value.value is not None else ""
            label = value.label.get(lang) or value.name
            lines.append(say("why.value", label=label, value=f"{shown}{unit}"))
        return lines


_OPINIONS = ("positive", "negative", "open")


def pointers(finding: Finding) -> list[str]:
    """What a finding may be said to point to: its row, its place and the places of its
    values, each as `file:line`, `file!C3` or `file!sheet!C3`."""
    found = [finding.subject or ""]
    origins = [finding.origin, *(v.origin for v in finding.values)]
    origins += [m.origin for m in finding.missing]
    for origin in origins:
        if origin is None:
            continue
        place = origin.at.split(":")[0]
        for at in {origin.at, place}:
            found += [f"{origin.file}:{at}", f"{origin.file}!{at}"]
            if origin.sheet:
                found += [
                    f"{origin.file}!{origin.sheet}!{at}",
                    f"{origin.file}:{origin.sheet}!{at}",
                ]
    return found


def _by_label(formulas: dict[str, FormulaPlan], name: str) -> FormulaPlan | None:
    for plan in formulas.values():
        if folded(name) in {folded(plan.name), *map(folded, plan.label.values())}:
            return plan
    return None
