"""`guiju tables`: tables in Parquet files against a methodology, with no dossier around them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from guiju.cli.check import a_date
from guiju.cli.exits import FAIL_ON, FINDINGS, OK, UNUSABLE, FailOn, counted_by
from guiju.cli.loading import load, lookups_in
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.usage import (
    WrongUsage,
    listed,
    reader_language,
    say,
    search_in,
    unreadable_file,
    unwritable_file,
    whole_number,
)
from guiju.hints import TYPE_CHECKING
from guiju.messages import Lang, message

if TYPE_CHECKING:
    from guiju.plan.nodes import GroupPlan, PackPlan, TablePlan
    from guiju.tables import BulkResult

TOLD = 3
"""Findings told of each rule where nothing else is asked for: what they are like."""


def run(values: Values) -> int:
    """Check tables, say the counts, write the rows that do not conform, give the exit code."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    if values["pack"] is None:
        raise WrongUsage("no-pack-for-tables")
    told = whole_number("--told", values["told"] or str(TOLD), least=0)
    threads = whole_number("--threads", values["threads"]) if values["threads"] else None
    memory = _memory(values["memory_limit"])
    as_of = a_date(values["as_of"])
    out = values["out"]
    findings = os.path.join(out, "findings.parquet") if out else None
    if findings and os.path.exists(findings) and not values["force"]:
        raise WrongUsage("file-exists", file=findings)
    pack = load(values["pack"], lang, lookups_in(values["lookups"], lang))
    files = _files(values["files"], pack, lang)
    try:
        import duckdb  # noqa: F401
    except ImportError:
        raise WrongUsage("tables-need-tables") from None
    for file in files.values():
        _refuse_damaged(file)
    if out:
        _make(out)
    from guiju.cli.faults import unwritten
    from guiju.reporting.tables_text import write
    from guiju.tables import check_tables

    with unwritten(findings or "", read=list(files.values())):
        result = check_tables(
            pack,
            {table: Path(file) for table, file in files.items()},
            Path(out) if out else None,
            as_of=as_of,
            threads=threads,
            memory_limit=memory,
            told=told,
        )
    sys.stdout.write(write(pack, files, result, lang))
    if findings and not values["quiet"]:
        say(message("command.tables.written", lang, file=findings))
    return _code(result, values["fail_on"] or "undetermined")


def _code(result: BulkResult, fail_on: FailOn) -> int:
    if any(problem.severity == "error" for problem in result.problems):
        return UNUSABLE
    verdicts = counted_by(fail_on)
    some = any(counts.get(verdict) for counts in result.counts.values() for verdict in verdicts)
    return FINDINGS if some else OK


def _files(words: tuple[str, ...], pack: PackPlan, lang: Lang) -> dict[str, str]:
    """The files by the tables they hold, `TABLE=FILE` or named for their table. Raises
    WrongUsage."""
    from guiju.dossier.naming import Names

    known: dict[str, GroupPlan | TablePlan] = {**pack.groups, **pack.tables}
    tables = Names(known)
    found: dict[str, str] = {}
    for word in words:
        name, equals, file = word.partition("=")
        table = tables.find(name.strip()) if equals else None
        if table is None and (not equals or os.path.exists(word)):
            file = word
            name = os.path.splitext(os.path.basename(file))[0]
            table = tables.find(name)
        if table is None:
            all_ = listed((*pack.tables, *pack.groups), lang)
            raise WrongUsage("no-such-table", file=word, name=name, pack=pack.id, known=all_)
        if table.name in found:
            raise WrongUsage("table-twice", table=table.name, first=found[table.name], file=file)
        found[table.name] = file
    groups = [name for name in found if name in pack.groups]
    if len(groups) > 1:
        raise WrongUsage("several-groups", groups=listed(groups, lang))
    return found


def _refuse_damaged(file: str) -> None:
    """Raises an UnreadableDossier for what is no whole Parquet file, and WrongUsage."""
    from guiju.dossier.parquet import connect, shape
    from guiju.dossier.problems import Rejected, UnreadableDossier, problem
    from guiju.verdicts import Origin

    try:
        with connect(os.path.realpath(file)) as connection:
            shape(connection, os.path.realpath(file), os.path.basename(file))
    except OSError as wrong:
        raise unreadable_file(file, wrong) from None
    except Rejected as wrong:
        where = Origin(os.path.dirname(file), "") if os.path.dirname(file) else None
        raise UnreadableDossier(problem(wrong.code, "error", where, **wrong.values)) from None


def _make(folder: str) -> None:
    """Makes the folder of results before the tables are read, which may take long."""
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as wrong:
        raise unwritable_file(folder, wrong) from None


def _memory(text: str | None) -> str | None:
    if text is None:
        return None
    from guiju.batch.sizes import read_size

    size = read_size(text)
    if not size:
        raise WrongUsage("bad-size", value=text)
    return f"{size}B"


COMMAND = Command(
    "tables",
    Argument("files", many=True),
    (
        Option("--pack", "PACK", suggests="pack"),
        Option("--out", "FOLDER", suggests="folder"),
        Option("--told", "NUMBER"),
        Option("--lookups", "FOLDER", suggests="folder"),
        Option("--as-of", "DATE"),
        Option("--fail-on", "VERDICT", choices=FAIL_ON),
        Option("--threads", "NUMBER"),
        Option("--memory-limit", "SIZE"),
        Option("--force"),
        Option("--quiet", short="-q"),
        *COMMON,
    ),
    run,
)
