"""Where `guiju` starts: chooses the road to a command and guards its end."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from guiju.cli.exits import FAULT, OK, UNUSABLE
from guiju.cli.usage import Unusable, WrongUsage, reader_language, say, say_error
from guiju.hints import NoReturn
from guiju.messages import Lang, message


def main(words: list[str] | None = None) -> NoReturn:
    """Run `guiju` and leave with its exit code.

    0 nothing at or above the threshold, 1 findings, 2 wrong usage or unreadable input, 3 a
    fault of the engine; 130 when interrupted. Whatever goes wrong, a reader never gets a
    traceback unless `--debug` asks for it, and a fault never looks like a verdict.
    """
    words = sys.argv[1:] if words is None else words
    # A check makes many small objects and no cycles worth looking for: collecting less often
    # saves a tenth of its time.
    gc.set_threshold(1_000_000, 50, 100)
    _speak_utf8()
    try:
        code = _guarded(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output left, as `head` does. Python would complain once more when
        # it closes the stream at exit, so it is pointed elsewhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 128 + 13
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process without taking its objects apart one by one, which takes longer than
    reading a dossier. What was registered to run at the end is run, and all output is out."""
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _guarded(words: list[str]) -> int:
    try:
        return _run(words)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        say(f"guiju: {message('command.interrupted', _lang(words))}")
        return 130
    except WrongUsage as problem:
        lang = _lang(words)
        say_error(problem.message(lang), lang, problem.help(lang))
        return UNUSABLE
    except Unusable:
        return UNUSABLE
    except Exception as fault:
        from guiju.cli.faults import told

        if "--debug" not in words and told(fault, _lang(words)):
            return UNUSABLE
        return _fault(fault, words)


def _run(words: list[str]) -> int:
    if words in ([], ["--help"]) and "_GUIJU_COMPLETE" not in os.environ:
        from guiju.cli.help import group_help

        print(group_help(_lang(words)))
        return OK
    if words[:1] == ["check"] and "_GUIJU_COMPLETE" not in os.environ:
        from guiju.cli.check import COMMAND
        from guiju.cli.options import straight

        values = straight(COMMAND, words[1:])
        if values is not None:
            return COMMAND.run(values)
    from guiju.cli.program import run

    return run(words, _lang(words))


def _fault(fault: Exception, words: list[str]) -> int:
    if "--debug" in words:
        import traceback

        traceback.print_exception(fault)
    lang = _lang(words)
    what = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    say_error(
        message("command.fault", lang, fault=what.splitlines()[0]),
        lang,
        message("command.fault.help", lang),
    )
    return FAULT


def _lang(words: list[str]) -> Lang:
    """The language of a command line that may be wrong elsewhere."""
    for at, word in enumerate(words):
        name, equals, value = word.partition("=")
        chosen = value if equals else "".join(words[at + 1 : at + 2])
        if name == "--lang" and chosen in ("zh", "en"):
            return reader_language(chosen)
    try:
        return reader_language()
    except WrongUsage:
        return "en"


def _speak_utf8() -> None:
    """A Chinese report must not fail on a terminal set to cp1252 or to ASCII; what a console
    cannot show, it shows as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "encoding", "utf-8").lower().replace("-", "") != "utf8":
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
