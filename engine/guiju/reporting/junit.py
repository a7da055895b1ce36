"""JUnit XML for build servers: a suite for each dossier, a case for each requirement.

A requirement that does not conform is a failure, one that is undetermined a failure of the
type `undetermined`, one that could not be assessed an error. What needs no answer now (not
applicable, awaiting judgement, deferred, waived) is skipped, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from guiju.messages import Lang
from guiju.reporting.text import described
from guiju.reporting.wording import Wording, visible
from guiju.verdicts import Assessment, Finding, Requirement

_FAILURES = ("nonconforming", "undetermined")
_SKIPPED = ("not applicable", "awaiting judgement", "deferred", "waived")


def write(assessments: Sequence[Assessment], lang: Lang) -> str:
    """All the assessments as one document, a suite for each."""
    wording = Wording(lang)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    cases = [each for assessment in assessments for each in assessment.requirements]
    lines.append(f'<testsuites name="guiju"{_tally(cases)}>')
    for assessment in assessments:
        lines += _suite(assessment, wording)
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _tally(requirements: Sequence[Requirement]) -> str:
    verdicts = [requirement.verdict for requirement in requirements]
    failures = sum(verdict in _FAILURES for verdict in verdicts)
    skipped = sum(verdict in _SKIPPED for verdict in verdicts)
    errors = verdicts.count("broken")
    return f' tests="{len(verdicts)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _suite(assessment: Assessment, wording: Wording) -> Iterator[str]:
    name = _attribute(f"{assessment.dossier.id} · {assessment.pack.id} {assessment.pack.edition}")
    yield f"  <testsuite name={name}{_tally(assessment.requirements)}>"
    yield "    <properties>"
    for key, value in (
        ("dossier", assessment.dossier.id),
        ("title", assessment.dossier.title),
        ("opinion", assessment.opinion),
        ("as_of", assessment.as_of),
        ("pack", assessment.pack.id),
        ("edition", assessment.pack.edition),
        ("pack_digest", assessment.pack.digest),
        ("dossier_digest", assessment.dossier.digest),
        ("engine", assessment.engine),
    ):
        yield f'      <property name="{key}" value={_attribute(value)}/>'
    yield "    </properties>"
    for requirement in assessment.requirements:
        yield from _case(requirement, assessment, wording)
    if assessment.problems:
        said = [
            f"{wording.say('severity.' + problem.severity)}[{problem.code}] "
            f"{wording.place(problem.origin)} {wording.text(problem.message)} "
            f"{wording.text(problem.mend)}"
            for problem in assessment.problems
        ]
        yield f"    <system-err>{_content(said)}</system-err>"
    yield "  </testsuite>"


def _case(requirement: Requirement, assessment: Assessment, wording: Wording) -> Iterator[str]:
    name = _attribute(f"{requirement.id} {wording.text(requirement.title)}".strip())
    place = f"{assessment.dossier.id}.{requirement.pack}"
    head = f"    <testcase classname={_attribute(place)} name={name}"
    said = [line for each in requirement.findings for line in _lines(each, assessment, wording)]
    if requirement.untold:
        said.append(wording.untold(requirement, assessment))
    if requirement.verdict == "conforms":
        yield f"{head}/>"
        return
    yield f"{head}>"
    reason = wording.text(requirement.reason) or wording.text(requirement.question)
    message = _attribute(_message(requirement, wording, reason))
    if requirement.verdict in _FAILURES:
        body = said or [f"{missing.kind} {missing.name}" for missing in requirement.missing]
        kind = _attribute(requirement.verdict)
        yield f"      <failure type={kind} message={message}>{_content(body)}</failure>"
    elif requirement.verdict == "broken":
        yield f'      <error type="broken" message={message}>{_content([reason, *said])}</error>'
    else:
        yield f"      <skipped message={message}/>"
        if said:
            yield f"      <system-out>{_content(said)}</system-out>"
    yield "    </testcase>"


def _message(requirement: Requirement, wording: Wording, reason: str) -> str:
    verdict = wording.verdict(requirement.verdict)
    if requirement.waiver:
        waiver = requirement.waiver
        reason = f"{waiver.who}: {waiver.why} ({waiver.start} – {waiver.until})"
    elif not reason and requirement.findings:
        reason = wording.text(requirement.findings[0].message)
        more = len(requirement.findings) - 1 + requirement.untold
        if more:
            reason += f" (+{more})"
    return wording.say("label", label=verdict, content=reason) if reason else verdict


def _lines(finding: Finding, assessment: Assessment, wording: Wording) -> Iterator[str]:
    head = [wording.grade(finding, assessment), visible(finding.subject or "")]
    head += [wording.text(finding.message), wording.place(finding.origin)]
    yield "  ".join(part for part in head if part)
    for value in finding.values:
        yield "    " + described(value, wording)
    for missing in finding.missing:
        lacking = wording.say("derivation.lacks", names=visible(missing.name))
        yield f"    {lacking}  {wording.place(missing.origin)}".rstrip()


def _attribute(text: str) -> str:
    """A quoted attribute; characters XML cannot hold are shown, as everywhere."""
    return quoteattr(visible(text))


def _content(lines: Sequence[str]) -> str:
    return escape("\n".join(visible(line) for line in lines if line))
