"""`guiju fmt`: lays out rule files."""

from __future__ import annotations

import os
import shutil
import sys

from guiju.cli.exits import FINDINGS, OK, UNUSABLE
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.usage import WrongUsage, reader_language, say, unreadable_file, unwritable_file
from guiju.diagnostics import render
from guiju.messages import message
from guiju.record import Record
from guiju.source import Source

STANDARD_INPUT = "-"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


class RuleFile(Record):
    """A rule file as text with `\\n` line ends, and what it must be written back with."""

    text: str
    line_end: str
    bom: str

    def encoded(self, text: str) -> bytes:
        return (self.bom + text.replace("\n", self.line_end)).encode()


def run(values: Values) -> int:
    """Lay out rule files, or say which would change.

    A file with syntax errors is left as it is and its errors are shown: then 2.
    """
    from guiju.syntax import NotFormatted, format_source

    lang = reader_language(values["lang"])
    changed: list[str] = []
    broken = 0
    paths = [file for path in values["paths"] for file in rule_files(path)]
    for path in paths:
        file = read(path)
        name = "<stdin>" if path == STANDARD_INPUT else path
        try:
            done = format_source(Source(name, file.text), values["keywords"] or "keep")
        except NotFormatted as problem:
            broken += 1
            for mistake in problem.diagnostics.errors:
                say(render(mistake, lang))
            continue
        if values["diff"]:
            _show_diff(name, file.text, done)
        elif path == STANDARD_INPUT and not values["check"]:
            sys.stdout.flush()
            sys.stdout.buffer.write(file.encoded(done))
        if done == file.text:
            continue
        changed.append(name)
        if values["check"] and not values["diff"]:
            say(message("command.fmt.would-change", lang, file=name))
        elif not values["diff"] and path != STANDARD_INPUT:
            _write(path, file.encoded(done))
    if paths != [STANDARD_INPUT]:
        kept = len(paths) - len(changed) - broken
        if not values["check"] and not values["diff"]:
            say(message("command.fmt.changed", lang, count=len(changed)))
        say(message("command.fmt.unchanged", lang, count=kept))
    if broken:
        return UNUSABLE
    return FINDINGS if changed and (values["check"] or values["diff"]) else OK


def rule_files(path: str) -> list[str]:
    """The rule files of a path, by name.

    Raises WrongUsage when there are none.
    """
    if not os.path.isdir(path):
        return [path]
    found = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if name.endswith(".gj")
    ]
    if not found:
        raise WrongUsage("fmt.none", path=path)
    return sorted(found)


def read(path: str) -> RuleFile:
    """A rule file, or standard input.

    Raises WrongUsage for one that cannot be read or is not UTF-8.
    """
    try:
        if path == STANDARD_INPUT:
            content = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                content = file.read()
    except OSError as problem:
        raise unreadable_file(path, problem) from None
    try:
        text = content.decode()
    except UnicodeDecodeError as problem:
        raise WrongUsage("not-utf8", file=path, byte=problem.start + 1) from None
    bom = BOM if text.startswith(BOM) else ""
    # A file keeps the line end most of its lines have.
    line_end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    return RuleFile(text.removeprefix(BOM).replace("\r\n", "\n"), line_end, bom)


def _write(path: str, content: bytes) -> None:
    """Write a file whole or not at all, with the mode it had; a link keeps its target."""
    path = os.path.realpath(path)
    partial = f"{path}.{os.getpid()}.partial"
    try:
        with open(partial, "wb") as file:
            file.write(content)
        shutil.copymode(path, partial)
        os.replace(partial, path)
    except OSError as problem:
        if os.path.exists(partial):
            os.unlink(partial)
        raise unwritable_file(path, problem) from None


def _show_diff(name: str, before: str, after: str) -> None:
    from difflib import unified_diff

    lines = unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), name, name
    )
    for line in lines:
        print(line if line.endswith("\n") else f"{line}\n", end="")


COMMAND = Command(
    "fmt",
    Argument("paths", many=True),
    (
        Option("--check"),
        Option("--diff"),
        Option("--keywords", "WORDS", choices=("keep", "en", "zh")),
        *(option for option in COMMON if option.name != "--packs-dir"),
    ),
    run,
)
