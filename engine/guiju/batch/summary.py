"""What a run comes to over all its dossiers, counted from the tables it wrote.

Nothing is counted while dossiers are assessed: the tables are asked in the end, so the summary
says what they say, however often the run was stopped. Lists are cut at so many entries; what is
left out is counted, and stands in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import guiju
from guiju.batch.job import Grouping, Job
from guiju.batch.parquet import Database, scan
from guiju.batch.rows import count_column
from guiju.dossier.parquet import quoted
from guiju.plan.nodes import PackPlan
from guiju.published import json_text
from guiju.record import Mutable, field
from guiju.verdicts import VERDICTS, ReplacedFile, Text

FORMAT = "guiju-batch/1"

MOST_GROUPS = 50
MOST_REASONS = 50
MOST_FAILED = 100
MOST_RULES = 500
MOST_OTHERS = 20

ENDS = ("positive", "negative", "open", "unreadable", "broken")
"""What may become of a dossier: its opinion, or why it has none."""


class PackPart(Mutable):
    """A pack of the run, and what became of the dossiers checked by it. `replaced` are the
    parameter files that stood in place of its own."""

    id: str
    edition: str
    digest: str
    title: Text
    dossiers: int
    ends: dict[str, int]
    replaced: list[ReplacedFile] = field(default_factory=list)


class RulePart(Mutable):
    """A rule over all dossiers: how many have each verdict, and its findings in all of them."""

    pack: str
    rule: str
    title: Text
    kind: str
    clause: str | None
    basis: str
    verdicts: dict[str, int]
    findings: int


class GroupPart(Mutable):
    """The dossiers that have one value of a fact; None for those that do not give it."""

    value: str | None
    dossiers: int
    ends: dict[str, int]
    nonconforming: int
    undetermined: int


class GroupingPart(Mutable):
    """Dossiers by a fact. `left_out` counts the values that are not among `groups`, and the
    dossiers that have them."""

    name: str
    fact: str
    groups: list[GroupPart]
    left_out: dict[str, int]


class ReasonPart(Mutable):
    """Something that is missing, and how many dossiers cannot be decided without it."""

    pack: str
    kind: str
    what: str
    label: Text
    dossiers: int
    places: int
    rules: list[str]


class ProblemPart(Mutable):
    """A kind of reading problem. `example` is one of its messages."""

    code: str
    severity: str
    dossiers: int
    times: int
    example: Text


class FailedPart(Mutable):
    """A dossier without verdicts, and why."""

    path: str
    state: str
    reason: Text


class TwicePart(Mutable):
    """An id that several dossiers have."""

    dossier: str
    paths: list[str]
    count: int


class Summary(Mutable):
    """A run over many dossiers. `cut` counts what each list leaves out."""

    format: str
    engine: str
    as_of: str | None
    dossiers: int
    ends: dict[str, int]
    packs: list[PackPart]
    rules: list[RulePart]
    groupings: list[GroupingPart]
    reasons: list[ReasonPart]
    problems: list[ProblemPart]
    failed: list[FailedPart]
    twice: list[TwicePart]
    passed_over: list[str]
    counts: dict[str, int]
    """How many rows each table has, and what the exit code is decided by: findings by verdict,
    judgements nobody has given, dossiers with errors, and requirements that are broken."""
    cut: dict[str, int] = field(default_factory=dict)


def to_json(summary: Summary) -> str:
    """A summary as JSON text."""
    return json_text(summary)


def summary_of(
    database: Database,
    tables: dict[str, str],
    job: Job,
    plans: dict[str, PackPlan],
    passed_over: Sequence[str],
) -> Summary:
    """Counts the tables of a run, given by the files they are in. `plans` are its packs, by id."""
    counted = _Counted(database, tables, job.by)
    groupings = [counted.grouping(grouping) for grouping in job.by]
    rules, rules_cut = counted.rules()
    reasons, reasons_cut = counted.reasons()
    failed, failed_cut = counted.failed()
    twice, twice_cut = counted.twice()
    problems, problems_cut = counted.problems()
    return Summary(
        format=FORMAT,
        engine=guiju.__version__,
        as_of=None if job.as_of is None else job.as_of.isoformat(),
        dossiers=counted.number("SELECT count(DISTINCT path) FROM dossiers"),
        ends=counted.ends(),
        packs=counted.packs(plans),
        rules=rules,
        groupings=groupings,
        reasons=reasons,
        problems=problems,
        failed=failed,
        twice=twice,
        passed_over=list(passed_over[:MOST_OTHERS]),
        counts=counted.counts(),
        cut={
            "rules": rules_cut,
            "reasons": reasons_cut,
            "problems": problems_cut,
            "failed": failed_cut,
            "twice": twice_cut,
            "passed_over": max(0, len(passed_over) - MOST_OTHERS),
        },
    )


_END = "CASE WHEN state = 'assessed' THEN opinion ELSE state END"
_ENDS = ", ".join(f"count(*) FILTER (WHERE {_END} = '{end}')" for end in ENDS)


class _Counted:
    """The tables of a run, asked in SQL."""

    def __init__(self, database: Database, tables: dict[str, str], by: Sequence[Grouping]) -> None:
        self.database = database
        self.by = by
        for name, file in tables.items():
            # Paths and texts of dossiers stand in the files only, never in a query.
            database.rows(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {scan([file])}")

    def number(self, query: str) -> int:
        return int(self.database.rows(query)[0][0])

    def ends(self) -> dict[str, int]:
        return _by_end(self.database.rows(f"SELECT {_ENDS} FROM dossiers")[0])

    def packs(self, plans: dict[str, PackPlan]) -> list[PackPart]:
        rows = self.database.rows(
            f"SELECT pack, any_value(edition), any_value(pack_digest), count(*), {_ENDS}"
            " FROM dossiers WHERE pack IS NOT NULL GROUP BY pack ORDER BY pack"
        )
        return [
            PackPart(
                pack,
                edition,
                digest,
                dict(plans[pack].title),
                count,
                _by_end(ends),
                [
                    ReplacedFile(one.file, one.sha256, one.original, list(one.lookups), one.basis)  # type: ignore[arg-type]
                    for one in plans[pack].replaced
                ],
            )
            for pack, edition, digest, count, *ends in rows
        ]

    def rules(self) -> tuple[list[RulePart], int]:
        verdicts = ", ".join(f"count(*) FILTER (WHERE verdict = '{one}')" for one in VERDICTS)
        rows = self.database.rows(
            "SELECT pack, rule, min(rule_en), min(rule_zh), min(kind), min(clause), min(basis),"
            f" sum(findings), {verdicts}"
            " FROM verdicts WHERE rule IS NOT NULL GROUP BY pack, rule"
            " ORDER BY count(*) FILTER (WHERE verdict = 'nonconforming') DESC,"
            " count(*) FILTER (WHERE verdict = 'broken') DESC,"
            " count(*) FILTER (WHERE verdict = 'undetermined') DESC,"
            " count(*) FILTER (WHERE verdict = 'awaiting judgement') DESC, pack, rule"
        )
        found = [
            RulePart(
                pack,
                rule,
                _text(en, zh),
                kind,
                clause,
                basis,
                dict(zip(VERDICTS, counts, strict=True)),
                int(findings),
            )
            for pack, rule, en, zh, kind, clause, basis, findings, *counts in rows
        ]
        return found[:MOST_RULES], max(0, len(found) - MOST_RULES)

    def grouping(self, grouping: Grouping) -> GroupingPart:
        name = quoted(grouping.name)
        missed, open_ = (count_column(one, "rules") for one in ("nonconforming", "undetermined"))
        rows = self.database.rows(
            f"SELECT {name}, count(*), coalesce(sum({missed}), 0), coalesce(sum({open_}), 0),"
            f" {_ENDS} FROM dossiers GROUP BY {name}"
            f" ORDER BY count(*) DESC, {name} NULLS LAST"
        )
        groups = [
            GroupPart(value, count, _by_end(ends), int(nonconforming), int(undetermined))
            for value, count, nonconforming, undetermined, *ends in rows
        ]
        rest = groups[MOST_GROUPS:]
        return GroupingPart(
            grouping.name,
            f"{grouping.group}.{grouping.field}",
            groups[:MOST_GROUPS],
            {"values": len(rest), "dossiers": sum(group.dossiers for group in rest)},
        )

    def reasons(self) -> tuple[list[ReasonPart], int]:
        rows = self.database.rows(
            "SELECT pack, kind, what, min(what_en), min(what_zh), count(DISTINCT path),"
            " count(*), list_sort(list_distinct(flatten(list(rules))))"
            " FROM missing GROUP BY pack, kind, what"
            " ORDER BY count(DISTINCT path) DESC, count(*) DESC, pack, kind, what"
            f" LIMIT {MOST_REASONS}"
        )
        count = self.number("SELECT count(DISTINCT (pack, kind, what)) FROM missing")
        found = [
            ReasonPart(pack, kind, what, _text(en, zh), dossiers, places, list(rules))
            for pack, kind, what, en, zh, dossiers, places, rules in rows
        ]
        return found, max(0, count - len(found))

    def problems(self) -> tuple[list[ProblemPart], int]:
        rows = self.database.rows(
            "SELECT p.code, p.severity, count(DISTINCT path), count(*), min(p.message_en),"
            " min_by(p.message_zh, p.message_en)"
            " FROM (SELECT path, unnest(problems) AS p FROM dossiers WHERE state = 'assessed')"
            " WHERE p.severity != 'note' GROUP BY p.code, p.severity"
            " ORDER BY p.severity, count(DISTINCT path) DESC, p.code"
        )
        found = [
            ProblemPart(code, severity, dossiers, times, _text(en, zh))
            for code, severity, dossiers, times, en, zh in rows
        ]
        return found[:MOST_REASONS], max(0, len(found) - MOST_REASONS)

    def failed(self) -> tuple[list[FailedPart], int]:
        rows = self.database.rows(
            "SELECT path, state, min(reason_en), min(reason_zh) FROM dossiers"
            " WHERE state != 'assessed' GROUP BY path, state ORDER BY state, path"
            f" LIMIT {MOST_FAILED}"
        )
        count = self.number("SELECT count(DISTINCT path) FROM dossiers WHERE state != 'assessed'")
        found = [FailedPart(path, state, _text(en, zh)) for path, state, en, zh in rows]
        return found, max(0, count - len(found))

    def twice(self) -> tuple[list[TwicePart], int]:
        rows = self.database.rows(
            "SELECT dossier, list_sort(list_distinct(list(path))), count(DISTINCT path)"
            " FROM dossiers GROUP BY dossier HAVING count(DISTINCT path) > 1 ORDER BY dossier"
        )
        found = [TwicePart(name, list(paths[:5]), count) for name, paths, count in rows]
        return found[:MOST_OTHERS], max(0, len(found) - MOST_OTHERS)

    def counts(self) -> dict[str, int]:
        ask = self.number
        findings = {
            verdict: ask(f"SELECT count(*) FROM findings WHERE verdict = '{verdict}'")
            for verdict in ("nonconforming", "undetermined")
        }
        waiting = count_column("awaiting judgement", "rows")
        return {
            **{table: ask(f"SELECT count(*) FROM {table}") for table in _TABLES},
            **findings,
            "awaiting": ask(
                "SELECT count(*) FROM verdicts WHERE verdict = 'awaiting judgement'"
                f" OR {waiting} > 0"
            ),
            "errors": ask("SELECT count(*) FROM dossiers WHERE errors > 0"),
            "faults": ask(
                "SELECT count(*) FROM verdicts WHERE verdict = 'broken' AND rule IS NOT NULL"
            ),
        }


_TABLES = ("dossiers", "verdicts", "findings", "missing")


def _by_end(counts: Iterable[int]) -> dict[str, int]:
    return dict(zip(ENDS, counts, strict=True))


def _text(en: str | None, zh: str | None) -> Text:
    return {"en": en or "", "zh": zh or ""}
