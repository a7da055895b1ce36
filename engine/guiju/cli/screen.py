"""`guiju screen`: which rows of a table qualify under which packs, why not, and what is unknown."""

from __future__ import annotations

import os
import sys

from guiju.cli.engine import ENGINES
from guiju.cli.exits import OK, UNUSABLE
from guiju.cli.loading import load, lookups_in, say_unreadable
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.outputs import TERMINAL, write_file
from guiju.cli.usage import WrongUsage, listed, reader_language, say, say_error, search_in
from guiju.messages import Lang, message


def run(values: Values) -> int:
    """Screen a table, write what was asked for, and give the exit code: 0 whatever was found."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    outputs = _outputs(values["format"], lang)
    out = values["out"]
    for file in (*outputs.values(), *([out] if out else ())):
        if file != TERMINAL and os.path.exists(file) and not values["force"]:
            raise WrongUsage("file-exists", file=file)
    if not values["pack"]:
        raise WrongUsage("no-pack-to-screen")
    from guiju.cli.check import a_date

    as_of = a_date(values["as_of"])
    swaps = lookups_in(values["lookups"], lang)
    packs = [load(name, lang, swaps) for name in values["pack"]]
    if len({pack.id for pack in packs}) < len(packs):
        raise WrongUsage("pack-twice")
    from guiju.dossier import UnreadableDossier
    from guiju.reporting.screening import write
    from guiju.screening import Asked, Screen, ScreenProblem

    asked = Asked(
        values["path"],
        values["table"],
        values["facts"],
        values["select"],
        values["ignore"],
        values["by"],
        values["area"],
        as_of,
        values["engine"] or "tables",
    )
    try:
        if out:
            from guiju.screening.output import refuse_other

            refuse_other(out)
        with Screen(asked, packs) as screen:
            screening = screen.run()
            if out:
                from guiju.screening.output import write_rows

                write_rows(screen, out)
    except ScreenProblem as problem:
        say_error(problem.message(lang), lang, problem.help(lang))
        return UNUSABLE
    except UnreadableDossier as problem:
        say_unreadable(problem, values["facts"] or values["path"], lang)
        return UNUSABLE
    for form, file in outputs.items():
        text = write(screening, form, lang)
        if file == TERMINAL:
            sys.stdout.write(text)
            continue
        write_file(file, text)
        if not values["quiet"]:
            say(message("command.written", lang, format=form, file=file))
    if out and not values["quiet"]:
        say(message("screening.written", lang, file=out))
    return OK


def _outputs(words: tuple[str, ...], lang: Lang) -> dict[str, str]:
    """The formats and where each goes; text on the terminal when none is asked for."""
    from guiju.reporting.screening import FORMATS

    found: dict[str, str] = {}
    for word in words or ("text",):
        form, _, file = word.partition(":")
        if form not in FORMATS:
            raise WrongUsage("unknown-format", name=form, formats=listed(FORMATS, lang))
        for first, other in found.items():
            if other == (file or TERMINAL):
                if file:
                    raise WrongUsage("same-file", file=file)
                raise WrongUsage("two-on-stdout", first=first, second=form)
        found[form] = file or TERMINAL
    return found


COMMAND = Command(
    "screen",
    Argument("path"),
    (
        Option("--pack", "PACK", many=True, suggests="pack"),
        Option("--table", "NAME"),
        Option("--facts", "FILE", suggests="file"),
        Option("--lookups", "FOLDER", suggests="folder"),
        Option("--select", "PREFIX", many=True),
        Option("--ignore", "PREFIX", many=True),
        Option("--by", "COLUMN", many=True),
        Option("--area", "COLUMN"),
        Option("--out", "FILE", suggests="file"),
        Option("--format", "FORMAT[:FILE]", many=True),
        Option("--as-of", "DATE"),
        Option("--engine", "ENGINE", choices=ENGINES),
        Option("--force"),
        Option("--quiet", short="-q"),
        *COMMON,
    ),
    run,
)
