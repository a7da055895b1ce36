"""`guiju lint`: checks rule packs and rule files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from guiju.cli.exits import FINDINGS, OK
from guiju.cli.options import COMMON, Argument, Command, Option, Values
from guiju.cli.usage import Unusable, WrongUsage, reader_language, say, say_error, search_in
from guiju.diagnostics import Diagnostic
from guiju.messages import Lang, message
from guiju.packs import MANIFEST, PackNotFound, find_pack
from guiju.source import Source


def run(values: Values) -> int:
    """Show every problem of the packs; 1 when there is one at or above `--fail-on`."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    found: list[Diagnostic] = []
    packs = _packs(values["paths"], lang)
    for folder, files in packs.items():
        found += _problems(folder, files)
    match values["format"]:
        case "json":
            _show_json(found)
        case "github":
            _show_github(found, lang)
        case _:
            _show_text(found, len(packs), lang)
    errors = sum(1 for one in found if one.severity == "error")
    counted = len(found) if values["fail_on"] == "warning" else errors
    return FINDINGS if counted else OK


def _packs(paths: Sequence[str], lang: Lang) -> dict[str, set[str]]:
    """The folders of the packs to check, each with the files to show; none for all."""
    packs: dict[str, set[str]] = {}
    for path in paths:
        if os.path.isfile(path):
            folder = os.path.dirname(os.path.abspath(path))
            if not os.path.isfile(os.path.join(folder, MANIFEST)):
                raise WrongUsage("lint.no-pack-around", path=path)
            packs.setdefault(folder, set()).add(os.path.basename(path))
        else:
            packs[_folder(path, lang)] = set()
    return packs


def _folder(path: str, lang: Lang) -> str:
    if os.path.isfile(os.path.join(path, MANIFEST)):
        return path
    try:
        return find_pack(path)
    except PackNotFound as problem:
        say_error(problem.message(lang), lang, problem.help(lang))
        raise Unusable from None


def _problems(folder: str, files: set[str]) -> list[Diagnostic]:
    from guiju.compiler import check_pack

    found = [
        problem
        for problem in check_pack(folder)
        if not files or os.path.basename(problem.span.source.name) in files
    ]
    for problem in found:
        for span in (problem.span, *problem.others()):
            _name_from_here(span.source, folder)
    return found


def _name_from_here(source: Source, folder: str) -> None:
    """A file's name as its reader would type it: editors and annotations look for it from
    the current folder, while a pack knows its files by their place in the pack."""
    path = os.path.join(folder, source.name)
    if os.path.isfile(path):
        near = os.path.relpath(path)
        source.name = path if near.startswith("..") else near


def _show_text(found: Sequence[Diagnostic], packs: int, lang: Lang) -> None:
    from guiju.diagnostics import render

    for problem in found:
        print(render(problem, lang))
        print()
    warnings = sum(1 for one in found if one.severity == "warning")
    if found:
        say(message("command.lint.found", lang, errors=len(found) - warnings, warnings=warnings))
    else:
        say(message("command.lint.clean", lang, count=packs))


def _show_json(found: Sequence[Diagnostic]) -> None:
    import json

    print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=2))


def _record(problem: Diagnostic) -> dict[str, Any]:
    """A diagnostic for a program: lines and columns count from 1, in characters; the end is
    after the last character."""
    span = problem.span
    end_line, end_column = span.source.place(span.end)
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "end_line": end_line,
        "end_column": end_column,
        "text": span.text,
        "message": {"en": problem.message("en"), "zh": problem.message("zh")},
        "help": {"en": problem.help("en"), "zh": problem.help("zh")},
        "others": [
            {"file": other.source.name, "line": other.line, "column": other.column}
            for other in problem.others()
        ],
    }


def _show_github(found: Sequence[Diagnostic], lang: Lang) -> None:
    """Workflow commands: each becomes an annotation on the line of the change."""
    for problem in found:
        span = problem.span
        end_line, end_column = span.source.place(span.end)
        place = {
            "file": span.source.name,
            "line": span.line,
            "col": span.column,
            "endLine": end_line,
            "endColumn": end_column,
            "title": problem.code,
        }
        where = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
        text = problem.message(lang) + "\n" + problem.help(lang)
        print(f"::{problem.severity} {where}::{_data(text.strip())}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


COMMAND = Command(
    "lint",
    Argument("paths", many=True),
    (
        Option("--format", "FORMAT", choices=("text", "json", "github")),
        Option("--fail-on", "SEVERITY", choices=("error", "warning")),
        *COMMON,
    ),
    run,
)
