"""The reports on each dossier of a run over many, written where the dossier was assessed."""

from __future__ import annotations

import os

from guiju.cli.outputs import file_part
from guiju.digests import hexdigest
from guiju.messages import Lang
from guiju.reporting import SUFFIXES, write
from guiju.verdicts import Assessment


def write_reports(
    formats: tuple[str, ...],
    folder: str,
    lang: Lang,
    several: bool,
    assessment: Assessment,
    name: str,
) -> None:
    """Write the reports on a dossier, named for its place in the run: what stands in a folder of
    its own among the dossiers stands in one here. Raises OSError."""
    parts = [file_part(part) for part in name.split("/")]
    # Two places may come to one name once what file systems refuse is out of it.
    if "/".join(parts) != name:
        parts[-1] += f"-{hexdigest(name.encode(errors='replace'))[:8]}"
    if several:
        parts[-1] += f"-{file_part(assessment.pack.id)}"
    for format_name in formats:
        file = os.path.join(folder, *parts) + SUFFIXES[format_name]
        os.makedirs(os.path.dirname(file), exist_ok=True)
        partial = f"{file}.{os.getpid()}.partial"
        try:
            with open(partial, "wb") as report:
                report.write(write([assessment], format_name, lang).encode())
            os.replace(partial, file)
        except OSError as problem:
            if os.path.exists(partial):
                os.unlink(partial)
            problem.filename = file
            raise
