"""Waivers: who lets a finding pass, why, and from when until when.

A waiver file is YAML or JSON: a list of entries, or `waivers:` with a list. Every entry has
`rule`, `who`, `why`, `from` and `until`, and may have a `subject`, the key of one row.

    - rule: AFF-2C
      subject: P-07
      who: 复核员乙
      why: The parcel leaves the project by the next notice.
      from: 2026-01-01
      until: 2026-12-31
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from guiju.messages import LANGUAGES, bilingual, message
from guiju.verdicts import Problem, Requirement, Text, Verdict, Waiver

_FIELDS = ("rule", "who", "why", "from", "until")
_WORST_FIRST: tuple[Verdict, ...] = (
    "broken",
    "nonconforming",
    "undetermined",
    "awaiting judgement",
    "deferred",
    "waived",
    "conforms",
)


class WaiverProblems(Exception):
    """A waiver file that cannot be used; `messages` say everything that is wrong with it, and
    `mend` what to do."""

    def __init__(self, messages: list[Text], mend: Text) -> None:
        super().__init__("; ".join(text["en"] for text in messages))
        self.messages = messages
        self.mend = mend


# --- reading ---------------------------------------------------------------------------


def read_waivers(path: str | Path) -> list[Waiver]:
    """The waivers of a file. Raises WaiverProblems."""
    path = Path(path)
    try:
        data = _load(path)
    except _Refused as refused:
        why: Text = {
            lang: message(
                "evaluation.file.not-readable", lang, file=path.name, error=refused.why[lang]
            )
            for lang in LANGUAGES
        }
        raise WaiverProblems([why], refused.mend) from None
    entries = data.get("waivers") if isinstance(data, dict) and len(data) == 1 else data
    if not isinstance(entries, list):
        raise WaiverProblems(
            [bilingual("evaluation.file.not-waivers", file=path.name)],
            bilingual("evaluation.file.not-waivers.mend"),
        )
    problems: list[Text] = []
    waivers = [_entry(entry, n, path.name, problems) for n, entry in enumerate(entries, 1)]
    if problems:
        raise WaiverProblems(problems, bilingual("evaluation.file.entries.mend"))
    return [waiver for waiver in waivers if waiver is not None]


class _Refused(Exception):
    """Why nothing of a file can be used, and what to do."""

    def __init__(self, why: Text, mend: Text) -> None:
        super().__init__(why["en"])
        self.why = why
        self.mend = mend


def _whole(key: str, **values: object) -> _Refused:
    return _Refused(
        bilingual(f"evaluation.file.{key}", **values), bilingual(f"evaluation.file.{key}.mend")
    )


def _load(path: Path) -> Any:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        from guiju.messages.system import reason

        raise _Refused(reason(error), bilingual("evaluation.file.not-readable.mend")) from None
    except UnicodeDecodeError as error:
        raise _whole("not-utf8", byte=error.start + 1) from None
    return _json(text) if path.suffix.lower() == ".json" else _yaml(text, path.name)


def _json(text: str) -> Any:
    import json

    try:
        return json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise _whole("broken", line=error.lineno, column=error.colno) from None
    except (RecursionError, ValueError):
        # Nested without end, or a number without end.
        raise _whole("broken", line=1, column=1) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _whole("key-twice", field=key)
        found[key] = value
    return found


def _yaml(text: str, file: str) -> Any:
    """Read as dossiers are: every scalar stays the text it was written as."""
    from guiju.dossier import yaml_tree
    from guiju.dossier.problems import Rejected, problem

    problems: list[Problem] = []
    try:
        tree = yaml_tree.parse(text, file, problems)
    except Rejected as refused:
        problems.append(problem(refused.code, "error", None, **refused.values))
    for found in problems:
        if found.severity == "error":
            raise _Refused(found.message, found.mend)
    return yaml_tree.raw(tree)


def _entry(entry: Any, number: int, file: str, problems: list[Text]) -> Waiver | None:
    def problem(key: str, **values: object) -> None:
        problems.append(bilingual(f"evaluation.file.{key}", file=file, number=number, **values))

    if not isinstance(entry, dict):
        problem("entry-not-mapping")
        return None
    before = len(problems)
    for name in entry:
        if name not in _FIELDS and name != "subject":
            problem("field-unknown", field=name)
    for name in _FIELDS:
        if name not in entry or entry[name] in ("", None):
            problem("field-missing", field=name)
    for name, value in entry.items():
        if (name in _FIELDS or name == "subject") and value not in ("", None):
            if not isinstance(value, str):
                problem("field-not-text", field=name)
            elif name in ("from", "until") and _day(value) is None:
                problem("field-not-date", field=name, value=value)
    if len(problems) > before:
        return None
    if entry["until"] < entry["from"]:
        problem("until-before-from", start=entry["from"], until=entry["until"])
        return None
    return Waiver(
        rule=entry["rule"].strip(),
        subject=entry.get("subject") or None,
        who=entry["who"].strip(),
        why=entry["why"].strip(),
        start=entry["from"],
        until=entry["until"],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


# --- applying --------------------------------------------------------------------------


class Applied(NamedTuple):
    """The waivers with their status, the problems of those that do not work, and the ids
    of rules waived as a whole."""

    waivers: list[Waiver]
    problems: list[Problem]
    rules: set[str]


def apply_waivers(
    requirements: Sequence[Requirement],
    waivers: Iterable[Waiver],
    day: date | None,
    rules: set[str],
) -> Applied:
    """Waives what is nonconforming or undetermined, on the day of the assessment. The
    waivers themselves are left as they were; those of the result say their status."""
    applied = Applied([], [], set())
    by_id = {requirement.id: requirement for requirement in requirements}
    for given in waivers:
        waiver = Waiver(
            given.rule, given.subject, given.who, given.why, given.start, given.until, "unused"
        )
        applied.waivers.append(waiver)
        requirement = by_id.get(waiver.rule)
        if waiver.rule not in rules:
            _note(applied, waiver, "waiver-unknown")
        elif day is not None and waiver.until < day.isoformat():
            waiver.status = "expired"
            _note(applied, waiver, "waiver-expired")
        elif day is not None and waiver.start > day.isoformat():
            waiver.status = "not yet"
            _note(applied, waiver, "waiver-not-yet")
        elif requirement is None:
            # Its rule was left out of this run, so nothing can be said of it.
            continue
        elif day is not None and _waive(requirement, waiver):
            waiver.status = "used"
            if requirement.verdict == "waived":
                applied.rules.add(requirement.id)
        else:
            _note(applied, waiver, "waiver-unused")
    return applied


def _note(applied: Applied, waiver: Waiver, key: str) -> None:
    values = {
        "rule": waiver.rule if waiver.subject is None else f"{waiver.rule} ({waiver.subject})",
        "who": waiver.who,
        "start": waiver.start,
        "until": waiver.until,
    }
    applied.problems.append(
        Problem(
            key,
            "warning",
            bilingual(f"evaluation.problem.{key}", **values),
            bilingual(f"evaluation.problem.{key}.mend"),
        )
    )


def _waive(requirement: Requirement, waiver: Waiver) -> bool:
    """Waives a requirement, or the finding on one row of it."""
    waivable = [
        finding
        for finding in requirement.findings
        if finding.verdict in ("nonconforming", "undetermined")
        and waiver.subject in (None, finding.subject)
    ]
    if not waivable:
        return False
    for finding in waivable:
        if requirement.counts:
            counts = requirement.counts
            counts[finding.verdict] -= 1
            counts["waived"] = counts.get("waived", 0) + 1
        finding.verdict = "waived"
    left: dict[str, int] = {}
    for verdict in _WORST_FIRST:
        if requirement.counts.get(verdict):
            left[verdict] = requirement.counts[verdict]
    apart = requirement.counts.get("not applicable", 0)
    if requirement.counts:
        requirement.counts = left | ({"not applicable": apart} if apart else {})
        requirement.verdict = next(v for v in _WORST_FIRST if v in left)
    else:
        requirement.verdict = "waived"
    if waiver.subject is None or requirement.verdict == "waived":
        requirement.waiver = waiver
        requirement.reason = {
            lang: message(
                "evaluation.reason.waived",
                lang,
                who=waiver.who,
                why=waiver.why,
                start=waiver.start,
                until=waiver.until,
            )
            for lang in LANGUAGES
        }
    return True
