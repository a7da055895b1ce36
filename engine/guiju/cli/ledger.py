"""`guiju ledger`: the clauses of a pack's sources against its rules, and its document list."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from decimal import Decimal

from guiju.cli.exits import FINDINGS, OK
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.outputs import TERMINAL, write_file
from guiju.cli.usage import Unusable, WrongUsage, listed, reader_language, say, search_in
from guiju.messages import Lang, message


def run(values: Values) -> int:
    """Write the ledger; 1 while clauses are open or cites name none, unless what
    `--fail-under` asks for is reached."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    form, file = _output(values["format"], lang)
    if file != TERMINAL and not values["force"] and os.path.exists(file):
        raise WrongUsage("file-exists", file=file)
    least = _percent(values["fail_under"])
    from guiju.cli.loading import load

    # Says what is wrong with a pack that cannot be used.
    plan = load(values["pack"], lang)
    if values["documents"]:
        from guiju.reporting.ledger_markdown import write_documents

        _write(write_documents(plan), file, "markdown", lang)
        return OK
    exercised = _exercised(values["features"], lang)
    from guiju.ledger import make_ledger
    from guiju.reporting.ledger import is_complete, write

    ledger = make_ledger(values["pack"], exercised)
    _write(write(ledger, form, lang), file, form, lang)
    if least is None:
        return OK if is_complete(ledger) else FINDINGS
    wrong = ledger.stray or ledger.gone or not ledger.total
    return FINDINGS if wrong or ledger.covered * 100 < least * ledger.total else OK


def _output(word: str | None, lang: Lang) -> tuple[str, str]:
    """The format and the file it goes to."""
    from guiju.reporting.ledger import FORMATS

    form, _, file = (word or "text").partition(":")
    if form not in FORMATS:
        raise WrongUsage("unknown-format", name=form, formats=listed(FORMATS, lang))
    return form, file or TERMINAL


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*[%％]?", text.strip(), re.ASCII)
    if found is None or Decimal(found[1]) > 100:
        raise WrongUsage("bad-percent", value=text)
    return Decimal(found[1])


def _exercised(folder: str | None, lang: Lang) -> Mapping[str, Mapping[str, int]] | None:
    """The verdicts that the scenarios of a folder show, by rule; None when none is named.

    Raises Unusable after saying which scenarios do not hold.
    """
    if folder is None:
        return None
    if not os.path.isdir(folder):
        raise WrongUsage("no-features", folder=folder)
    from importlib.util import find_spec

    if find_spec("pytest_bdd") is None:
        raise WrongUsage("no-pytest-bdd")
    from guiju.testing.scenarios import run_features, verdicts_by_rule

    runs = run_features(folder)
    broken = [one for one in runs if one.failure is not None]
    for one in broken:
        say(f"{one.place}: {one.failure}")
    if broken:
        raise Unusable
    if not runs:
        raise WrongUsage("no-features", folder=folder)
    return verdicts_by_rule(runs)


def _write(text: str, file: str, form: str, lang: Lang) -> None:
    if file == TERMINAL:
        sys.stdout.write(text)
        return
    write_file(file, text)
    say(message("command.written", lang, format=form, file=file))


COMMAND = Command(
    "ledger",
    Argument("pack", suggests="pack"),
    (
        Option("--format", "FORMAT[:FILE]"),
        Option("--force"),
        Option("--documents"),
        Option("--features", "FOLDER", suggests="folder"),
        Option("--fail-under", "PERCENT"),
        *COMMON,
    ),
    run,
)
