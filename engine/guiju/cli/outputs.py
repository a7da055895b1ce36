"""Where reports go: the terminal or files, named with placeholders, never overwritten unasked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence

from guiju.cli.usage import WrongUsage, listed, unwritable_file
from guiju.messages import Lang
from guiju.record import Record
from guiju.reporting import FORMATS, write
from guiju.verdicts import Assessment

TERMINAL = "-"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_PLACEHOLDERS = ("dossier", "date")


class Output(Record):
    """`FORMAT[:FILE]`; `file` is `-` for the terminal."""

    format: str
    file: str = TERMINAL


def read_outputs(words: Sequence[str], lang: Lang) -> list[Output]:
    """The reports asked for; `text` on the terminal when none is.

    Raises WrongUsage for an unknown format, a second one on the terminal, an unknown
    placeholder, or one file for two formats.
    """
    outputs: list[Output] = []
    for word in words or ("text",):
        name, _, file = word.partition(":")
        if name not in FORMATS:
            raise WrongUsage("unknown-format", name=name, formats=listed(tuple(FORMATS), lang))
        for placeholder in _PLACEHOLDER.findall(file):
            if placeholder not in _PLACEHOLDERS:
                raise WrongUsage("bad-placeholder", file=file)
        outputs.append(Output(name, file or TERMINAL))
    by_file: dict[str, Output] = {}
    for output in outputs:
        first = by_file.setdefault(output.file, output)
        if first is output:
            continue
        if output.file == TERMINAL:
            raise WrongUsage("two-on-stdout", first=first.format, second=output.format)
        raise WrongUsage("same-file", file=output.file)
    return outputs


def refuse_existing(outputs: Iterable[Output]) -> None:
    """Raise WrongUsage before anything is read, where it is known by then."""
    for output in outputs:
        if output.file != TERMINAL and "{" not in output.file:
            _refuse(output.file)


def _refuse(file: str) -> None:
    if os.path.exists(file) and not _is_device(file):
        raise WrongUsage("file-exists", file=file)


def _is_device(file: str) -> bool:
    """`/dev/null`, a pipe: nothing is lost by writing there."""
    return os.path.exists(file) and not os.path.isfile(file) and not os.path.isdir(file)


def write_reports(
    assessments: Sequence[Assessment], outputs: Iterable[Output], lang: Lang, *, force: bool
) -> list[tuple[str, str]]:
    """Write the reports to their files and give (format, file) for each; the one for the
    terminal is left to the caller.

    A name with `{dossier}` gives each dossier a file of its own; else all are in one.
    Nothing is written when one of the files may not be.
    """
    planned: list[tuple[str, str, list[Assessment]]] = []
    for output in outputs:
        if output.file == TERMINAL:
            continue
        groups: dict[str, list[Assessment]] = {}
        for assessment in assessments:
            groups.setdefault(_named(output.file, assessment), []).append(assessment)
        planned += [(output.format, file, group) for file, group in groups.items()]
    files = [file for _, file, _ in planned]
    for file in files:
        if not force:
            _refuse(file)
        if files.count(file) > 1:
            raise WrongUsage("same-file", file=file)
    for format_name, file, group in planned:
        write_file(file, write(group, format_name, lang))
    return [(format_name, file) for format_name, file, _ in planned]


def _named(file: str, assessment: Assessment) -> str:
    values = {"dossier": file_part(assessment.dossier.id), "date": assessment.as_of or "undated"}
    return _PLACEHOLDER.sub(lambda found: values[found[1]], file)


def file_part(text: str) -> str:
    """A dossier's id as a part of a file name, on every system. A name such as `../x` must
    not lead out of the folder that was asked for."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", text).strip(" .")
    while len(clean.encode()) > 150:
        clean = clean[:-1]
    return clean or "dossier"


def write_file(file: str, text: str) -> None:
    """Write a file whole or not at all.

    Raises WrongUsage when it cannot be written.
    """
    if _is_device(file):
        with open(file, "wb") as device:
            device.write(text.encode())
        return
    folder = os.path.dirname(file) or "."
    partial = f"{file}.{os.getpid()}.partial"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(partial, "wb") as report:
            report.write(text.encode())
        os.replace(partial, file)
    except OSError as problem:
        if os.path.exists(partial):
            os.unlink(partial)
        raise unwritable_file(file, problem) from None
