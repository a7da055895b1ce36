"""`guiju batch`: thousands of dossiers in one run, resumed when it was killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial

from guiju.cli.exits import FAIL_ON, FAULT, FINDINGS, OK, UNUSABLE
from guiju.cli.loading import load, lookups_in, say_unreadable
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.usage import (
    Unusable,
    WrongUsage,
    listed,
    reader_language,
    say,
    say_error,
    search_in,
    whole_number,
)
from guiju.hints import TYPE_CHECKING
from guiju.messages import Lang, message

if TYPE_CHECKING:
    from guiju.batch import Grouping, Job, Limits, Summary
    from guiju.batch.run import Watch
    from guiju.plan.nodes import PackPlan

INTERRUPTED = 130


def run(values: Values) -> int:
    """Assess every dossier, leave the tables and the summary, and give the exit code."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    _absolute_search_path()
    if values["out"] is None:
        raise WrongUsage("no-out")
    limits = _limits(values, lang)
    job = _job(values, lang)
    from guiju.batch import BatchProblem, run_batch
    from guiju.batch.run import Stopped
    from guiju.dossier import UnreadableDossier
    from guiju.reporting.batch import write

    watch, clear = _watch(values, lang)
    try:
        summary = run_batch(
            job,
            values["out"],
            limits,
            watch=watch,
            page=lambda summary: write(summary, "html", lang),
            restart=values["restart"],
        )
    except BatchProblem as problem:
        clear()
        named = problem.values.get("changed")
        if isinstance(named, list):
            # What was asked differently, in words.
            words = [message(f"batch.changed.{name}", lang) for name in named]
            problem.values["changed"] = ("、" if lang == "zh" else ", ").join(words)
        say_error(problem.message(lang), lang, problem.help(lang))
        return UNUSABLE
    except UnreadableDossier as problem:
        clear()
        say_unreadable(problem, job.source, lang)
        return UNUSABLE
    except Stopped as stopped:
        clear()
        say(message("batch.stopped", lang, done=stopped.done, all=stopped.count))
        return INTERRUPTED
    clear()
    sys.stdout.write(write(summary, "text", lang))
    for one in summary.groupings:
        if all(group.value is None for group in one.groups):
            say(message("batch.by-empty", lang, fact=one.fact, name=one.name))
    if not values["quiet"]:
        say(message("batch.text.see", lang, folder=values["out"]))
    return exit_code(summary, values["fail_on"] or "undetermined")


def exit_code(summary: Summary, fail_on: str) -> int:
    """The exit code of the worst dossier, each as `guiju check` would have it."""
    counts = summary.counts
    if summary.ends["broken"] or counts["faults"]:
        return FAULT
    if counts["errors"]:
        return UNUSABLE
    counted = {
        "nonconforming": ("nonconforming",),
        "undetermined": ("nonconforming", "undetermined"),
        "judgement": ("nonconforming", "undetermined", "awaiting"),
    }.get(fail_on, ())
    return FINDINGS if any(counts[verdict] for verdict in counted) else OK


# --- what is asked ------------------------------------------------------------------------


def _job(values: Values, lang: Lang) -> Job:
    from guiju.batch import Job
    from guiju.cli.check import a_date

    names: tuple[str, ...] = values["pack"]
    mapping = _absolute(values["mapping"])
    if mapping is not None and not names:
        names = (_pack_of(mapping, values["path"], lang),)
    swaps = lookups_in(values["lookups"], lang)
    plans = [load(name, lang, swaps) for name in names]
    if len({plan.id for plan in plans}) < len(plans):
        raise WrongUsage("pack-twice")
    for plan in plans:
        _refuse_empty(plan, values)
    formats = _formats(values["reports"], lang)
    report = None
    if formats:
        from guiju.cli.batch_reports import write_reports

        folder = os.path.join(os.path.abspath(values["out"]), "reports")
        several = len(plans) > 1
        report = partial(write_reports, formats, folder, lang, several)
    return Job(
        source=os.path.abspath(values["path"]),
        packs=tuple(_pack_name(name) for name in names),
        mapping=mapping,
        lookups=_absolute(values["lookups"]),
        as_of=a_date(values["as_of"]),
        select=values["select"],
        ignore=values["ignore"],
        by=_groupings(values["by"], plans, lang),
        reports=tuple(f"{name}:{lang}" for name in formats),
        report=report,
    )


def _absolute(path: str | None) -> str | None:
    return None if path is None else os.path.abspath(path)


def _absolute_search_path() -> None:
    """The processes of a run stand in another folder, and look for packs in the same places."""
    from guiju.packs import SEARCH_PATH, search_path

    folders = search_path()
    if folders:
        os.environ[SEARCH_PATH] = os.pathsep.join(map(os.path.abspath, folders))


def _pack_name(name: str) -> str:
    from guiju.packs import is_path

    return os.path.abspath(name) if is_path(name) else name


def _pack_of(mapping: str, path: str, lang: Lang) -> str:
    from guiju.dossier import UnreadableDossier, open_mapping

    try:
        pack = open_mapping(mapping).pack
    except UnreadableDossier as problem:
        say_unreadable(problem, mapping, lang)
        raise Unusable from None
    if pack is None:
        raise WrongUsage("no-pack-named", path=path)
    return pack


def _refuse_empty(plan: PackPlan, values: Values) -> None:
    select, ignore = values["select"], values["ignore"]
    if not any(
        (not select or rule.id.startswith(select)) and not rule.id.startswith(ignore)
        for rule in plan.rules
    ):
        raise WrongUsage("no-rule-selected", pack=plan.id)


def _formats(words: tuple[str, ...], lang: Lang) -> tuple[str, ...]:
    from guiju.reporting import FORMATS

    for name in words:
        if name not in FORMATS:
            raise WrongUsage("unknown-format", name=name, formats=listed(tuple(FORMATS), lang))
    return tuple(dict.fromkeys(words))


def _groupings(words: tuple[str, ...], plans: list[PackPlan], lang: Lang) -> tuple[Grouping, ...]:
    """`region=project.province`. A fact none of the packs knows is a slip; without packs that
    can only be told dossier by dossier, and the fact is then not given."""
    from guiju.batch import Grouping
    from guiju.batch.rows import DOSSIERS, facts_of

    taken = {name for name, _ in DOSSIERS}
    found: list[Grouping] = []
    for word in words:
        name, equals, fact = (part.strip() for part in word.partition("="))
        group, dot, field = (part.strip() for part in fact.partition("."))
        if not (equals and dot and name.isidentifier() and group and field):
            raise WrongUsage("bad-by", value=word)
        if name.lower() in taken:
            raise WrongUsage("by-taken", name=name)
        taken.add(name.lower())
        grouping = Grouping(name, group, field)
        if plans and not any(facts_of([grouping], plan) for plan in plans):
            raise WrongUsage("by-unknown", fact=fact, near=_near(fact, plans, lang))
        found.append(grouping)
    return tuple(found)


def _near(fact: str, plans: list[PackPlan], lang: Lang) -> str:
    """Facts of the packs, the similar ones first."""
    from difflib import get_close_matches

    known = [
        f"{group.name}.{name}"
        for plan in plans
        for group in plan.groups.values()
        for name in group.fields
    ]
    return listed(get_close_matches(fact, known, cutoff=0.4) or known[:12], lang)


def _limits(values: Values, lang: Lang) -> Limits:
    from guiju.batch import Limits
    from guiju.batch.sizes import read_size

    memory = None
    if values["memory_limit"] is not None:
        from guiju.batch.worker import memory_can_be_limited

        memory = read_size(values["memory_limit"])
        if not memory:
            raise WrongUsage("bad-size", value=values["memory_limit"])
        if not memory_can_be_limited():
            say(message("batch.no-memory-limit", lang))
            memory = None
    return Limits(
        _whole("--jobs", values["jobs"]) or _cores(),
        _whole("--timeout", values["timeout"]),
        memory,
        values["retry"],
        values["debug"],
        values["engine"],
    )


def _whole(option: str, text: str | None) -> int | None:
    return None if text is None else whole_number(option, text)


def _cores() -> int:
    """The cores this process may use: a container is often given fewer than the machine has."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not Linux
        return os.cpu_count() or 1


# --- what is shown on the way ---------------------------------------------------------------


def _watch(values: Values, lang: Lang) -> tuple[Watch | None, Callable[[], None]]:
    """What shows how far the run is, and what takes that off the screen."""
    if values["quiet"] or not sys.stderr.isatty():
        return None, lambda: None
    from guiju.cli import progress

    return progress.Counting(lang), progress.clear


COMMAND = Command(
    "batch",
    Argument("path"),
    (
        Option("--out", "FOLDER", suggests="folder"),
        Option("--pack", "PACK", many=True, suggests="pack"),
        Option("--mapping", "FILE", suggests="file"),
        Option("--lookups", "FOLDER", suggests="folder"),
        Option("--as-of", "DATE"),
        Option("--by", "NAME=FACT", many=True),
        Option("--reports", "FORMAT", many=True),
        Option("--select", "PREFIX", many=True),
        Option("--ignore", "PREFIX", many=True),
        Option("--fail-on", "VERDICT", choices=FAIL_ON),
        Option("--engine", "ENGINE", choices=("reference", "compiled")),
        Option("--jobs", "COUNT"),
        Option("--timeout", "SECONDS"),
        Option("--memory-limit", "SIZE"),
        Option("--retry"),
        Option("--restart"),
        Option("--quiet", short="-q"),
        *COMMON,
    ),
    run,
)
