"""What a run writes down of one dossier: rows of its four tables, as lines of JSON.

The columns of the tables are the public form of a run; `docs/batch.md` says what they hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from guiju.batch.discovery import Entry
from guiju.batch.job import Grouping
from guiju.dossier.model import Dossier
from guiju.dossier.naming import Names
from guiju.evaluation.texts import plain_text
from guiju.hints import Any
from guiju.messages import LANGUAGES
from guiju.plan.describe_values import label_words
from guiju.plan.nodes import PackPlan
from guiju.verdicts import VERDICTS, Assessment, Missing, Origin, Text, Verdict

Columns = tuple[tuple[str, str], ...]
Row = dict[str, Any]
Facts = list[tuple[str, tuple[str, str]]]
"""The columns dossiers are counted by, and the fact each is of in one pack."""

MOST_TEXT = 10_000
"""Characters of one text in a table; a longer one is cut and ends in `…`. A dossier may hold
texts of a million characters, and its findings repeat them for every row."""

TEXT, COUNT, TEXTS = "VARCHAR", "BIGINT", "VARCHAR[]"
_PROBLEMS = (
    'STRUCT("code" VARCHAR, "severity" VARCHAR, "message_en" VARCHAR, "message_zh" VARCHAR,'
    ' "file" VARCHAR, "sheet" VARCHAR, "place" VARCHAR)[]'
)


def count_column(verdict: Verdict, of: str) -> str:
    """The column that counts a verdict: `rules_not_applicable`, `rows_conforms`."""
    return f"{of}_{verdict.replace(' ', '_')}"


def _counts(of: str) -> Columns:
    return tuple((count_column(verdict, of), COUNT) for verdict in VERDICTS)


_HEAD: Columns = (("dossier", TEXT), ("path", TEXT), ("pack", TEXT))

DOSSIERS: Columns = (
    ("dossier", TEXT),
    ("title", TEXT),
    ("path", TEXT),
    ("digest", TEXT),
    ("stage", TEXT),
    ("submitted", TEXT),
    ("as_of", TEXT),
    ("pack", TEXT),
    ("edition", TEXT),
    ("pack_digest", TEXT),
    ("state", TEXT),
    ("reason_en", TEXT),
    ("reason_zh", TEXT),
    ("opinion", TEXT),
    *_counts("rules"),
    ("findings", COUNT),
    ("errors", COUNT),
    ("warnings", COUNT),
    ("problems", _PROBLEMS),
)
VERDICT_ROWS: Columns = (
    ("dossier", TEXT),
    ("path", TEXT),
    ("title", TEXT),
    ("pack", TEXT),
    ("edition", TEXT),
    ("rule", TEXT),
    ("rule_en", TEXT),
    ("rule_zh", TEXT),
    ("kind", TEXT),
    ("clause", TEXT),
    ("basis", TEXT),
    ("verdict", TEXT),
    ("reason_en", TEXT),
    ("reason_zh", TEXT),
    ("findings", COUNT),
    *_counts("rows"),
)
FINDINGS: Columns = (
    *_HEAD,
    ("rule", TEXT),
    ("grade", TEXT),
    ("verdict", TEXT),
    ("subject", TEXT),
    ("message_en", TEXT),
    ("message_zh", TEXT),
    ("missing", TEXTS),
    ("file", TEXT),
    ("sheet", TEXT),
    ("place", TEXT),
    ("fingerprint", TEXT),
)
MISSING: Columns = (
    *_HEAD,
    ("kind", TEXT),
    ("what", TEXT),
    ("what_en", TEXT),
    ("what_zh", TEXT),
    ("name", TEXT),
    ("label_en", TEXT),
    ("label_zh", TEXT),
    ("rules", TEXTS),
    ("file", TEXT),
    ("sheet", TEXT),
    ("place", TEXT),
)

TABLES = ("dossiers", "verdicts", "findings", "missing")
"""The tables of a run, each a file of that name."""


def columns_of(by: Sequence[Grouping]) -> dict[str, Columns]:
    """The columns of each table; those the summary groups by stand behind the pack's."""
    names = [name for name, _ in DOSSIERS]
    at = names.index("state")
    grouped = tuple((grouping.name, TEXT) for grouping in by)
    return {
        "dossiers": (*DOSSIERS[:at], *grouped, *DOSSIERS[at:]),
        "verdicts": VERDICT_ROWS,
        "findings": FINDINGS,
        "missing": MISSING,
    }


def facts_of(by: Sequence[Grouping], plan: PackPlan) -> Facts:
    """The facts to count by as a pack names them. One that the pack has not is left out: its
    column is empty for the dossiers of that pack."""
    found: Facts = []
    for grouping in by:
        group = Names(plan.groups).find(grouping.group)
        field = None if group is None else Names(group.fields).find(grouping.field)
        if group is not None and field is not None:
            found.append((grouping.name, (group.name, field.name)))
    return found


class Lines:
    """The rows of one dossier, as lines of JSON for each table."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {name: [] for name in TABLES}

    def add(self, table: str, row: Row) -> None:
        for name, value in row.items():
            if value.__class__ is str and len(value) > MOST_TEXT:
                row[name] = value[:MOST_TEXT] + "…"
        self.lines[table].append(_encoded(row))

    def write(self, file: str) -> tuple[list[int], int]:
        """Writes the tables one behind the other, in the order of `TABLES`; gives the bytes of
        each, and those of the longest line."""
        sizes: list[int] = []
        longest = 0
        with open(file, "wb") as stream:
            for name in TABLES:
                size = 0
                for line in self.lines[name]:
                    # Half of a surrogate pair, which a file's name may hold, is no text.
                    content = line.encode(errors="replace")
                    size += stream.write(content) + stream.write(b"\n")
                    longest = max(longest, len(content))
                sizes.append(size)
        return sizes, longest

    # --- a dossier that was assessed ------------------------------------------------------

    def assessed(
        self,
        entry: Entry,
        dossier: Dossier,
        plan: PackPlan,
        assessment: Assessment,
        facts: Facts,
    ) -> None:
        """Everything an assessment says that a registry asks of its dossiers."""
        about = assessment.dossier
        head = {"dossier": about.id, "path": entry.name, "pack": plan.id}
        severities = [problem.severity for problem in assessment.problems]
        row: Row = {
            **head,
            "title": about.title,
            "digest": about.digest,
            "stage": about.stage,
            "submitted": about.submitted,
            "as_of": assessment.as_of or None,
            "edition": plan.edition,
            "pack_digest": plan.digest,
            "state": "assessed",
            "opinion": assessment.opinion,
            "findings": sum(len(r.findings) for r in assessment.requirements),
            "errors": severities.count("error"),
            "warnings": severities.count("warning"),
            "problems": [
                {
                    "code": problem.code,
                    "severity": problem.severity,
                    **_both("message", problem.message),
                    **_place(problem.origin),
                }
                for problem in assessment.problems
            ],
        }
        for verdict in VERDICTS:
            row[count_column(verdict, "rules")] = assessment.counts[verdict]
        for name, place in facts:
            given = dossier.facts.get(place)
            if given is not None and given.value is not None:
                row[name] = plain_text(given.value)
        self.add("dossiers", row)
        for requirement in assessment.requirements:
            row = {
                **head,
                "title": about.title,
                "edition": plan.edition,
                "rule": requirement.id,
                **_both("rule", requirement.title),
                "kind": requirement.kind,
                "clause": requirement.clause,
                "basis": requirement.basis,
                "verdict": requirement.verdict,
                **_both("reason", requirement.reason),
                "findings": len(requirement.findings),
            }
            if requirement.counts:
                for verdict in VERDICTS:
                    row[count_column(verdict, "rows")] = requirement.counts.get(verdict, 0)
            self.add("verdicts", row)
            for finding in requirement.findings:
                self.add(
                    "findings",
                    {
                        **head,
                        "rule": finding.rule,
                        "grade": finding.grade,
                        "verdict": finding.verdict,
                        "subject": finding.subject,
                        **_both("message", finding.message),
                        "missing": [missing.name for missing in finding.missing],
                        **_place(finding.origin),
                        "fingerprint": finding.fingerprint,
                    },
                )
        for lack in assessment.lacks:
            missing = lack.missing
            what, label = missing_in_general(missing, plan)
            self.add(
                "missing",
                {
                    **head,
                    "kind": missing.kind,
                    "what": what,
                    **_both("what", label),
                    "name": missing.name,
                    **_both("label", missing.label),
                    "rules": list(lack.rules),
                    **_place(missing.origin),
                },
            )

    # --- a dossier that was not -----------------------------------------------------------

    def failed(
        self,
        entry: Entry,
        state: str,
        reason: Text,
        plan: PackPlan | None,
        *,
        name: str | None = None,
        at: Origin | None = None,
        code: str | None = None,
    ) -> None:
        """A dossier with no verdicts: `unreadable`, or `broken` in the middle.

        So that no table is silent about it, it has a row in those of verdicts and findings too:
        of no rule, and `broken`.
        """
        known = plan.id if plan is not None else None
        head = {"dossier": name or entry.own_name, "path": entry.name, "pack": known}
        edition = plan.edition if plan is not None else None
        problem = {"code": code or state, "severity": "error"}
        self.add(
            "dossiers",
            {
                **head,
                "title": head["dossier"],
                "edition": edition,
                "pack_digest": plan.digest if plan is not None else None,
                "state": state,
                **_both("reason", reason),
                "findings": 0,
                "errors": 1,
                "warnings": 0,
                "problems": [{**problem, **_both("message", reason), **_place(at)}],
            },
        )
        self.add(
            "verdicts",
            {
                **head,
                "title": head["dossier"],
                "edition": edition,
                "verdict": "broken",
                **_both("reason", reason),
                "findings": 0,
            },
        )
        row = {**head, "verdict": "broken", **_both("message", reason), "missing": []}
        self.add("findings", {**row, **_place(at)})


def _encoded(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _both(name: str, text: Text | None) -> Row:
    return {f"{name}_{lang}": None if text is None else text.get(lang) for lang in LANGUAGES}


def _place(origin: Origin | None) -> Row:
    if origin is None:
        return {"file": None, "sheet": None, "place": None}
    return {"file": origin.file, "sheet": origin.sheet, "place": origin.at}


def missing_in_general(missing: Missing, plan: PackPlan) -> tuple[str, Text]:
    """A missing thing without the row it is missing in, so that dossiers can be counted by it:
    the area of a parcel, not of parcel P-07. Its name and its label."""
    name, bracket, rest = missing.name.partition("[")
    if not bracket:
        return missing.name, missing.label
    field = rest.rpartition("].")[2] if "]." in rest else ""
    table, lookup = plan.tables.get(name), plan.lookups.get(name)
    if table is not None and field in table.fields:
        return f"{name}.{field}", _label(table.fields[field])
    if table is not None:
        return name, _label(table)
    return (name, _label(lookup)) if lookup is not None else (missing.name, missing.label)


def _label(thing: Any) -> Text:
    return {lang: label_words(thing.label, thing.name, thing.alias, lang) for lang in LANGUAGES}


def broken_lines(entry: Entry, state: str, reason: Text, plans: Iterable[PackPlan]) -> Lines:
    """The lines of a dossier whose process did not live to write any: a row for each pack of
    the run, or one of no pack where dossiers name their own."""
    lines = Lines()
    given: list[PackPlan | None] = [*plans]
    for plan in given or [None]:
        lines.failed(entry, state, reason, plan)
    return lines
