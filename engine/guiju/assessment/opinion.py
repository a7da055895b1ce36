"""The opinion on a dossier: positive, negative or open."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.messages import LANGUAGES, bilingual, message
from guiju.verdicts import Opinion, Problem, Requirement, Text, Verdict

_FIRST: dict[Verdict, str] = {"broken": "open.broken", "nonconforming": "open.unverified"}
_THEN: dict[Verdict, str] = {
    "undetermined": "open.undetermined",
    "awaiting judgement": "open.awaiting",
    "deferred": "open.deferred",
}


def opinion_of(
    requirements: Sequence[Requirement], problems: Sequence[Problem], left_out: int
) -> tuple[Opinion, list[Text]]:
    """The opinion, and when it is open what keeps it open.

    Negative: a requirement is not met whose encoding is not `unverified`. Positive: all
    that apply are met or waived and every judgement is given; no rule was left out, and no
    file had an error. An opinion on nothing is open. What no other part of a report repeats
    stands first among the reasons, for there may be many.
    """
    if any(r.verdict == "nonconforming" and r.basis != "unverified" for r in requirements):
        return "negative", []
    reasons = _of_verdicts(requirements, _FIRST)
    for problem in problems:
        if problem.severity == "error":
            reasons.append(
                {
                    lang: message(
                        "evaluation.open.problem", lang, message=problem.message.get(lang, "")
                    )
                    for lang in LANGUAGES
                }
            )
    if left_out:
        reasons.append(bilingual("evaluation.open.not-selected", count=left_out))
    elif all(r.verdict == "not applicable" for r in requirements):
        reasons.append(bilingual("evaluation.open.nothing"))
    reasons += _of_verdicts(requirements, _THEN)
    return ("open", reasons) if reasons else ("positive", [])


def _of_verdicts(requirements: Sequence[Requirement], keys: dict[Verdict, str]) -> list[Text]:
    return [
        {
            lang: message(
                f"evaluation.{key}",
                lang,
                id=requirement.id,
                title=requirement.title.get(lang, ""),
            ).rstrip()
            for lang in LANGUAGES
        }
        for verdict, key in keys.items()
        for requirement in requirements
        if requirement.verdict == verdict
    ]
