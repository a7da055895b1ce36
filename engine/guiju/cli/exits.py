"""The exit codes, and which one a check ends with."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.hints import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from guiju.verdicts import Assessment, Requirement, Verdict

OK, FINDINGS, UNUSABLE, FAULT = 0, 1, 2, 3
"""The exit codes of every command: nothing to say, findings, wrong usage or input that could
not be read as it should, a fault of the engine."""

FailOn = Literal["nonconforming", "undetermined", "judgement", "never"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)
"""The least verdict that makes a check fail; each includes those before it."""

_COUNTED: dict[FailOn, frozenset[Verdict]] = {
    "nonconforming": frozenset(("nonconforming",)),
    "undetermined": frozenset(("nonconforming", "undetermined")),
    "judgement": frozenset(("nonconforming", "undetermined", "awaiting judgement")),
    "never": frozenset(),
}


def counted_by(fail_on: FailOn) -> frozenset[Verdict]:
    """The verdicts that make a check fail."""
    return _COUNTED[fail_on]


def exit_code(assessments: Sequence[Assessment], fail_on: FailOn = "undetermined") -> int:
    """0 nothing at or above the threshold, 1 findings, 2 input that could not be read as it
    should, 3 a fault of the engine. The higher one wins. Findings a baseline already held
    do not count."""
    requirements = [r for assessment in assessments for r in assessment.requirements]
    if any(requirement.verdict == "broken" for requirement in requirements):
        return FAULT
    problems = [problem for assessment in assessments for problem in assessment.problems]
    if any(problem.severity == "error" for problem in problems):
        return UNUSABLE
    counted = _COUNTED[fail_on]
    return FINDINGS if any(_counts(r, counted) for r in requirements) else OK


def _counts(requirement: Requirement, counted: frozenset[Verdict]) -> bool:
    if any(f.verdict in counted and f.baseline != "unchanged" for f in requirement.findings):
        return True
    if requirement.untold and any(requirement.counts.get(verdict) for verdict in counted):
        return True
    # A judgement nobody has given raises no finding.
    waiting = "awaiting judgement" in counted
    return waiting and (
        requirement.verdict == "awaiting judgement"
        or requirement.counts.get("awaiting judgement", 0) > 0
    )
