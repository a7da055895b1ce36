"""`guiju check`: dossiers against a methodology.

This module is on the road of every check, so it imports at the top only what each one needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from errno import EEXIST

from guiju.assessment import assess
from guiju.cli.engine import ENGINES, Engine, store_for
from guiju.cli.exits import FAIL_ON, OK, UNUSABLE, exit_code
from guiju.cli.loading import load, lookups_in, say_unreadable
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.outputs import TERMINAL, Output, read_outputs, refuse_existing, write_reports
from guiju.cli.usage import (
    Unusable,
    WrongUsage,
    is_whole,
    reader_language,
    say,
    say_error,
    search_in,
    unreadable_file,
    unwritable_file,
)
from guiju.dossier import UnreadableDossier, open_dossier, read
from guiju.hints import TYPE_CHECKING
from guiju.messages import Lang, message

if TYPE_CHECKING:
    from guiju.dossier import Dossier, Mapping
    from guiju.plan.nodes import PackPlan
    from guiju.store.late import LateStore
    from guiju.tables.findings import FindingsFile
    from guiju.verdicts import Assessment, Waiver


TOLD = 1_000
"""Findings about rows that each rule tells where nothing else is asked for: more than anyone reads,
and a page that still opens."""


def run(values: Values) -> int:
    """Check dossiers, write the reports, and give the exit code, whatever the formats."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    outputs = read_outputs(values["format"], lang)
    brief = all(output.format == "text" for output in outputs)
    if not values["force"]:
        refuse_existing(outputs)
    as_of = a_date(values["as_of"])
    told = _told(values["told"])
    findings = _findings(values["findings"], force=values["force"])
    waivers = _waivers(values["waivers"], lang)
    baselines = _baselines(values["baseline"])
    assessments: list[Assessment] = []
    code = OK
    watched = sys.stderr.isatty() and not values["quiet"]
    dossiers = Dossiers(values, lang)
    engine = Engine(values["engine"], lang, values["master"])
    if watched:
        from guiju.cli import progress
    for number, (dossier, plan) in enumerate(dossiers, start=1):
        if watched and dossiers.count > 1:
            progress.show(number, dossiers.count, dossier.id, lang)
        assessments.append(
            assess(
                dossier,
                plan,
                as_of=as_of,
                select=values["select"],
                ignore=values["ignore"],
                waivers=waivers,
                baseline=baselines.get(dossier.id),
                brief=brief,
                evaluator=engine.evaluator(dossier, plan, said=not values["quiet"]),
                told=told,
                heard=findings.of(dossier.id) if findings else None,
            )
        )
        engine.say_statistics(said=values["verbose"])
        dossiers.let_go()
    if watched and dossiers.count > 1:
        progress.clear()
    if dossiers.unreadable:
        code = UNUSABLE
    if findings:
        _write_findings(findings, assessments)
    if assessments:
        written = write_reports(assessments, outputs, lang, force=values["force"])
        _show(assessments, outputs, lang)
        if not values["quiet"]:
            for format_name, file in written:
                say(message("command.written", lang, format=format_name, file=file))
            if findings:
                rows = f"{findings.rows:,}"
                say(message("command.findings.written", lang, rows=rows, file=findings.file))
        code = max(code, exit_code(assessments, values["fail_on"] or "undetermined"))
    return code


class Dossiers:
    """The dossiers of the command line, each with its pack, read one after the other.

    One that cannot be read is said to be so and left out; the others are checked all the
    same. `count` is how many are known of so far, for the progress line.
    """

    def __init__(self, values: Values, lang: Lang) -> None:
        self.values = values
        self.lang = lang
        self.paths: tuple[str, ...] = values["paths"]
        self.count = len(self.paths)
        self.unreadable = 0
        self.store: LateStore | None = None
        self._plans: dict[str, PackPlan] = {}
        self._swaps = lookups_in(values["lookups"], lang)

    def __iter__(self) -> Iterator[tuple[Dossier, PackPlan]]:
        mapping = _mapping(self.values["mapping"], self.lang)
        for path in self.paths:
            try:
                if mapping is not None:
                    yield from self._collection(path, mapping)
                else:
                    yield self._dossier(path)
            except UnreadableDossier as problem:
                self.unreadable += 1
                say_unreadable(problem, path, self.lang)

    def _dossier(self, path: str) -> tuple[Dossier, PackPlan]:
        manifest = open_dossier(path)
        plan = self._plan(manifest.pack, path)
        self.store = store_for(path, self.values["engine"])
        return read(manifest, plan, self.store), plan

    def let_go(self) -> None:
        """Lets go of the large tables of the dossier read last."""
        if self.store is not None:
            self.store.close()
            self.store = None

    def _collection(self, path: str, mapping: Mapping) -> Iterator[tuple[Dossier, PackPlan]]:
        from guiju.dossier import read_collection

        plan = self._plan(mapping.pack, path)
        dossiers = list(read_collection(path, mapping, plan))
        self.count += len(dossiers) - 1
        for dossier in dossiers:
            yield dossier, plan

    def _plan(self, named: str | None, path: str) -> PackPlan:
        name = self.values["pack"] or named
        if name is None:
            raise WrongUsage("no-pack-named", path=path)
        if name not in self._plans:
            self._plans[name] = plan = load(name, self.lang, self._swaps)
            self._refuse_empty(plan)
            if self.values["verbose"]:
                say(message("command.using", self.lang, pack=plan.id, edition=plan.edition))
        return self._plans[name]

    def _refuse_empty(self, plan: PackPlan) -> None:
        """A slip in --select must not look like a dossier without findings."""
        select, ignore = self.values["select"], self.values["ignore"]
        if not any(
            (not select or rule.id.startswith(select)) and not rule.id.startswith(ignore)
            for rule in plan.rules
        ):
            raise WrongUsage("no-rule-selected", pack=plan.id)


def the_dossier(plan: PackPlan, values: Values, lang: Lang) -> Dossier:
    """The one dossier `guiju explain` asks about.

    Raises Unusable, and WrongUsage for a collection where `--project` is missing or unknown.
    """
    path: str = values["dossier"]
    mapping = _mapping(values["mapping"], lang)
    try:
        if mapping is None:
            return read(open_dossier(path), plan)
        from guiju.dossier import read_collection

        dossiers = list(read_collection(path, mapping, plan))
    except UnreadableDossier as problem:
        say_unreadable(problem, path, lang)
        raise Unusable from None
    if values["project"] is None:
        if len(dossiers) == 1:
            return dossiers[0]
        first = dossiers[0].id if dossiers else ""
        raise WrongUsage("many-projects", path=path, count=len(dossiers), first=first)
    for dossier in dossiers:
        if dossier.id == values["project"]:
            return dossier
    from difflib import get_close_matches

    from guiju.cli.usage import listed

    ids = [dossier.id for dossier in dossiers]
    near = get_close_matches(values["project"], ids) or ids[:10]
    raise WrongUsage("no-such-project", path=path, name=values["project"], known=listed(near, lang))


def a_date(text: str | None) -> date | None:
    """The date of an option. Raises WrongUsage."""
    if text is None:
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise WrongUsage("bad-date", value=text)


def _told(text: str | None) -> int | None:
    """How many findings each rule tells; None for all. Raises WrongUsage."""
    if text is None:
        return TOLD
    if text == "all":
        return None
    if not is_whole(text):
        raise WrongUsage("bad-told", value=text)
    return int(text)


def _findings(file: str | None, *, force: bool) -> FindingsFile | None:
    if file is None:
        return None
    if not force:
        refuse_existing([Output("parquet", file)])
    if os.path.exists(file) and not os.path.isfile(file):
        # It is put together beside its place and moved there, which a device must not suffer.
        raise unwritable_file(file, FileExistsError(EEXIST, ""))
    try:
        from guiju.tables.findings import FindingsFile

        return FindingsFile(file)
    except ImportError:
        raise WrongUsage("findings-need-tables") from None


def _write_findings(findings: FindingsFile, assessments: Sequence[Assessment]) -> None:
    from guiju.cli.faults import unwritten

    with unwritten(findings.file):
        findings.write()
    for assessment in assessments:
        assessment.findings_file = os.path.basename(findings.file)


def _mapping(file: str | None, lang: Lang) -> Mapping | None:
    if file is None:
        return None
    from guiju.dossier import open_mapping

    try:
        return open_mapping(file)
    except UnreadableDossier as problem:
        say_unreadable(problem, file, lang)
        raise Unusable from None


def _waivers(file: str | None, lang: Lang) -> list[Waiver]:
    if file is None:
        return []
    from guiju.assessment import WaiverProblems, read_waivers

    try:
        return read_waivers(file)
    except WaiverProblems as problems:
        *others, last = problems.messages
        for text in others:
            say_error(text[lang], lang)
        say_error(last[lang], lang, problems.mend[lang])
        raise Unusable from None


def _baselines(file: str | None) -> dict[str, Assessment]:
    """The assessments of an earlier json report, by dossier."""
    if file is None:
        return {}
    import json

    from guiju.assessment.record import NotAnAssessment, from_json

    try:
        with open(file, encoding="utf-8-sig") as stream:
            text = stream.read()
        held = json.loads(text)
        records = held if isinstance(held, list) else [held]
        found = [from_json(json.dumps(record)) for record in records]
    except OSError as problem:
        raise unreadable_file(file, problem) from None
    except (ValueError, NotAnAssessment, RecursionError):
        raise WrongUsage("no-baseline", file=file) from None
    for assessment in found:
        for requirement in assessment.requirements:
            if requirement.untold:
                raise WrongUsage(
                    "baseline-untold",
                    file=file,
                    rule=requirement.id,
                    told=f"{len(requirement.findings):,}",
                    all=f"{len(requirement.findings) + requirement.untold:,}",
                )
    return {assessment.dossier.id: assessment for assessment in found}


def _show(assessments: Sequence[Assessment], outputs: Sequence[Output], lang: Lang) -> None:
    for output in outputs:
        if output.file != TERMINAL:
            continue
        if output.format == "text":
            from guiju.reporting.text import show

            show(assessments, lang, sys.stdout)
        else:
            from guiju.reporting import write

            sys.stdout.write(write(assessments, output.format, lang))


COMMAND = Command(
    "check",
    Argument("paths", many=True),
    (
        Option("--pack", "PACK", suggests="pack"),
        Option("--mapping", "FILE", suggests="file"),
        Option("--lookups", "FOLDER", suggests="folder"),
        Option("--as-of", "DATE"),
        Option("--format", "FORMAT[:FILE]", many=True),
        Option("--force"),
        Option("--told", "NUMBER"),
        Option("--findings", "FILE", suggests="file"),
        Option("--select", "PREFIX", many=True),
        Option("--ignore", "PREFIX", many=True),
        Option("--waivers", "FILE", suggests="file"),
        Option("--baseline", "FILE", suggests="file"),
        Option("--fail-on", "VERDICT", choices=FAIL_ON),
        Option("--engine", "ENGINE", choices=(*ENGINES, "spark")),
        Option("--master", "URL"),
        Option("--quiet", short="-q"),
        Option("--verbose", short="-v"),
        *COMMON,
    ),
    run,
)
