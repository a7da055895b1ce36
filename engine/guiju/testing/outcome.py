"""What the evaluation of a scenario came to, and what its steps expect of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guiju.assessment import assess
from guiju.dossier.model import Dossier
from guiju.dossier.naming import folded
from guiju.hints import TYPE_CHECKING
from guiju.plan.nodes import RulePlan
from guiju.testing import why
from guiju.testing.phrases import OPINIONS, VERDICTS
from guiju.testing.values import Values
from guiju.testing.vocabulary import Vocabulary
from guiju.testing.where import Where
from guiju.verdicts import Finding, Missing, Origin, Requirement, Waiver

if TYPE_CHECKING:
    from guiju.dossier.others import Others


class Outcome:
    """An assessment of the scenario's dossier; each method is something a step expects,
    and fails the step with the reasons when it is not so."""

    def __init__(
        self,
        names: Vocabulary,
        dossier: Dossier,
        others: Others | None,
        as_of: date | None,
        rule: RulePlan | None,
        waivers: Sequence[Waiver],
        where: Where,
    ) -> None:
        select = () if rule is None else (rule.id,)
        self.names = names
        self.dossier = dossier
        self.where = where
        self.assessment = assess(
            dossier,
            names.pack,
            as_of=as_of,
            select=select,
            waivers=list(waivers),
            others=others,
        )
        # Rules are selected by the beginning of their id, so others may be there too.
        self.requirements = [
            one for one in self.assessment.requirements if rule is None or one.id == rule.id
        ]
        self.values = Values(names, dossier, as_of or dossier.submitted, where)
        self.shown: set[tuple[str, str]] = set()
        """The verdicts by rule that were expected and found; that of a rule run alone."""
        if rule is not None:
            self.shown |= {(one.id, one.verdict) for one in self.requirements}

    def fail(self, key: str, /, *, about: Requirement | None = None, **values: object) -> None:
        """Fails the step with what was found instead."""
        told = self.requirements if about is None else [about]
        said = self.where.say(key, **values)
        self.where.fail_with("\n".join((said, *why.told(told, self.dossier, self.where))))

    # --- verdicts ------------------------------------------------------------------------

    def _requirement(self, rule: str | None) -> Requirement:
        if rule is None:
            if len(self.requirements) != 1:
                self.where.fail("which-rule", count=len(self.requirements))
            return self.requirements[0]
        wanted = self.names.rule(rule).id
        for one in self.requirements:
            if one.id == wanted:
                return one
        return self.where.fail("rule-not-run", name=wanted)

    def verdict(self, expected: str, rule: str | None, table: str | None, row: str | None) -> None:
        """The verdict of a rule, or of one row of it."""
        wanted = VERDICTS.get(" ".join(expected.casefold().split()))
        if wanted is None:
            known = self.where.say("list").join(word for word in VERDICTS if self._mine(word))
            self.where.fail("unknown-verdict", text=expected, known=known)
        requirement = self._requirement(rule)
        found: str = requirement.verdict
        if row is not None:
            found = self.values.row_verdict(requirement, table, row)
        if found != wanted:
            key = "verdict" if row is None else "verdict.row"
            self.fail(
                key,
                about=requirement,
                rule=requirement.id,
                row=row,
                wanted=self.where.say(f"verdict.{wanted}"),
                found=self.where.say(f"verdict.{found}"),
            )
        self.shown.add((requirement.id, found))

    def _mine(self, word: str) -> bool:
        return word.isascii() == (self.where.lang == "en")

    def opinion(self, expected: str) -> None:
        """The opinion on the whole dossier."""
        wanted = OPINIONS.get(expected.casefold().strip())
        if wanted is None:
            known = self.where.say("list").join(word for word in OPINIONS if self._mine(word))
            self.where.fail("unknown-opinion", text=expected, known=known)
        found = self.assessment.opinion
        if found != wanted:
            open_because = self.assessment.open_because if found == "open" else []
            reasons = self.where.say("list").join(text[self.where.lang] for text in open_because)
            self.fail(
                "opinion",
                wanted=self.where.say(f"opinion.{wanted}"),
                found=self.where.say(f"opinion.{found}"),
                because=self.where.say("why.place", place=reasons) if reasons else "",
            )

    # --- findings ------------------------------------------------------------------------

    def _findings(self, grade: str | None = None) -> list[Finding]:
        name = self.names.grade(grade) if grade is not None else None
        return [
            finding
            for requirement in self.requirements
            for finding in requirement.findings
            if name is None or finding.grade == name
        ]

    def findings(self, count: int, grade: str | None) -> None:
        found = len(self._findings(grade))
        if found != count:
            kind = "" if grade is None else self.where.say("findings.grade", grade=grade)
            self.fail("findings", wanted=count, found=found, grade=kind)

    def points_to(self, place: str, wanted: bool) -> None:
        """Whether a finding is about a row, or rests on a value at a place of a file."""
        found = any(points_to(finding, place) for finding in self._findings())
        if found != wanted:
            self.fail("no-finding-there" if wanted else "finding-there", where=place)

    def says(self, text: str) -> None:
        """Whether the message of a finding has a text in it, in either language."""
        messages = [said for one in self._findings() for said in one.message.values()]
        if not any(text in said for said in messages):
            self.fail("no-finding-says", text=text)

    # --- what is missing, and values -----------------------------------------------------

    def lacks(self, name: str, wanted: bool) -> None:
        """Whether something is missing that a verdict depends on."""
        names = {folded(one) for one in self.names.missing_names(name)}
        found = any(folded(lack.name) in names for lack in self._missing())
        if found != wanted:
            self.fail("not-missing" if wanted else "is-missing", name=name)

    def _missing(self) -> list[Missing]:
        missing: list[Missing] = []
        for requirement in self.requirements:
            missing += requirement.missing
            for finding in requirement.findings:
                missing += finding.missing
        return missing


def points_to(finding: Finding, place: str) -> bool:
    """Whether a finding is about a row, or rests on a value at a place of a file."""
    wanted = folded(place)
    if finding.subject is not None and wanted == folded(finding.subject):
        return True
    origins = [finding.origin, *(value.origin for value in finding.values)]
    origins += [lack.origin for lack in finding.missing]
    return any(wanted in _places(origin) for origin in origins if origin is not None)


def _places(origin: Origin) -> set[str]:
    """The ways to write a place: `小班.csv:7`, `小班.csv:7:3`, `样地.xlsx!C3`,
    `样地.xlsx!样地!C3`, `[样地.xlsx]样地!C3`, `项目.json#/rows/0`. The file's folders may be
    left out."""
    files = {origin.file, origin.file.rpartition("/")[2]}
    at = origin.at
    written: set[str] = set()
    for file in files:
        if at.startswith("/"):
            written.add(f"{file}#{at}")
        elif at[:1].isdigit():
            line = at.partition(":")[0]
            written |= {f"{file}:{line}", f"{file}:{at}"}
        else:
            written.add(f"{file}!{at}")
            if origin.sheet is not None:
                written |= {f"{file}!{origin.sheet}!{at}", f"[{file}]{origin.sheet}!{at}"}
    return {folded(one) for one in written}
