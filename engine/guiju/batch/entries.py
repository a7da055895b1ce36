"""The dossiers of a job: folders and zips, the folders of a mapping, or the projects of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from guiju.batch.discovery import Entry, find_dossiers, subfolders
from guiju.batch.job import Job
from guiju.batch.problems import BatchProblem
from guiju.dossier.collection import Found
from guiju.dossier.manifest import DOSSIER
from guiju.plan.nodes import PackPlan
from guiju.record import Record


class Entries(Record):
    """`all` is in the order of a run. `found` is what was found of a file of many projects, and
    `passed_over` what stands among dossiers and is none."""

    all: list[Entry]
    found: Found | None = None
    passed_over: list[str] = []


def entries_of(job: Job, out: str, plans: list[PackPlan]) -> Entries:
    """The dossiers of a job, without those in the folder of results `out`. Raises BatchProblem,
    and UnreadableDossier for a file of projects that cannot be read."""
    source = job.source
    if job.mapping is not None:
        entries = _mapped(source, job.mapping, out, plans)
    elif not os.path.isdir(source):
        key = "no-folder" if not os.path.lexists(source) else "file-without-mapping"
        raise BatchProblem(key, path=source)
    elif os.path.lexists(os.path.join(source, DOSSIER)):
        raise BatchProblem("is-a-dossier", path=source)
    else:
        found = find_dossiers(source, out)
        entries = Entries(found.entries, None, found.passed_over)
    if not entries.all:
        raise BatchProblem("no-dossiers", path=source)
    return entries


def _mapped(source: str, mapping: str, out: str, plans: list[PackPlan]) -> Entries:
    from pathlib import Path

    from guiju.dossier import open_mapping
    from guiju.dossier.collection import Collection
    from guiju.dossier.folder_mapping import is_folder_mapping

    opened = open_mapping(mapping)
    whole = os.path.isdir(source)
    if whole is not is_folder_mapping(opened):
        raise BatchProblem(
            "mapping-of-folders" if not whole else "mapping-of-files",
            path=source,
            mapping=mapping,
        )
    if whole:
        return Entries(subfolders(source, out))
    name = os.path.basename(source)
    # Read as the other processes read it, so that what it says of places is the same.
    with _standing_in(os.path.dirname(source)):
        found = Collection(Path(name), opened, plans[0]).survey()
    return Entries([Entry(name, number) for number in range(found.count)], found)


@contextmanager
def _standing_in(folder: str) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
