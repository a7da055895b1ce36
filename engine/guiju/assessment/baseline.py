"""A former assessment to compare with: which findings it already held."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.verdicts import Assessment, Requirement


def compare_with(baseline: Assessment | None, requirements: Sequence[Requirement]) -> None:
    """Marks each finding as new or unchanged; without a baseline they stay unmarked.

    A finding is unchanged when the baseline holds one of the same fingerprint and verdict:
    what was a question and is now a nonconformity is new.
    """
    if baseline is None:
        return
    held = {
        (finding.fingerprint, finding.verdict)
        for requirement in baseline.requirements
        for finding in requirement.findings
    }
    for requirement in requirements:
        for finding in requirement.findings:
            known = (finding.fingerprint, finding.verdict) in held
            finding.baseline = "unchanged" if known else "new"
