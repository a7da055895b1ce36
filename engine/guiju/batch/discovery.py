"""Where the dossiers of a run are: folders and zips in a folder, or the projects of a file."""

from __future__ import annotations

import os
from collections.abc import Iterable

from guiju.digests import sha256
from guiju.dossier.manifest import DOSSIER
from guiju.record import Record


class Entry(Record):
    """A dossier of a run. `path` is relative to the folder of the run, with `/`; `project` is
    the number of one of the projects in a file, from 0, None for a dossier of its own."""

    path: str
    project: int | None = None

    @property
    def name(self) -> str:
        """What the tables call the dossier's place; no two of a run have the same."""
        return self.path if self.project is None else f"{self.path}#{self.project + 1}"

    @property
    def own_name(self) -> str:
        """What a dossier is called that says nothing of itself: like its folder or zip."""
        last = self.name.rpartition("/")[2]
        return os.path.splitext(last)[0] if last.lower().endswith(".zip") else last


class Found(Record):
    """The dossiers of a folder in the order of their names, and what in it is none.

    `passed_over` are folders that hold files but neither a `dossier.yaml` nor a folder with
    one, and links, which might lead anywhere.
    """

    entries: list[Entry]
    passed_over: list[str]


def find_dossiers(root: str, apart: str) -> Found:
    """Every dossier under a folder, however deep, leaving out the folder `apart` (where the
    results go) and hidden ones.

    A folder with a `dossier.yaml` is one dossier with all it holds; a zip is one whatever it
    holds, and says so itself when that is no dossier. Raises OSError for the folder itself.
    """
    entries: list[Entry] = []
    passed_over: list[str] = []
    _search(root, "", os.path.realpath(apart), entries, passed_over)
    entries.sort(key=lambda entry: entry.path)
    return Found(entries, sorted(passed_over))


def _search(
    root: str, start: str, apart: str, entries: list[Entry], passed_over: list[str]
) -> None:
    # A stack of our own: a folder made to be deep must not end the run.
    todo = [start]
    barren: set[str] = set()
    while todo:
        under = todo.pop()
        try:
            inside = sorted(os.scandir(os.path.join(root, under)), key=lambda one: one.name)
        except OSError:
            if under == start:
                raise
            # Opening it as a dossier says why it cannot be read.
            entries.append(Entry(under))
            continue
        loose = False
        for one in inside:
            path = f"{under}/{one.name}" if under else one.name
            if one.name.startswith("."):
                continue
            if one.is_symlink():
                passed_over.append(path)
            elif one.is_dir():
                if os.path.realpath(one.path) == apart:
                    continue
                if os.path.lexists(os.path.join(one.path, DOSSIER)):
                    entries.append(Entry(path))
                else:
                    todo.append(path)
            elif one.name.lower().endswith(".zip"):
                entries.append(Entry(path))
            else:
                loose = True
        if loose and under:
            barren.add(under)
    holding = {parent for entry in entries for parent in _parents(entry.path)}
    alone = barren - holding
    # Of folders in one another the outermost is told.
    passed_over += [one for one in alone if alone.isdisjoint(_parents(one))]


def _parents(path: str) -> Iterable[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def subfolders(root: str, apart: str) -> list[Entry]:
    """Every folder in a folder, for a mapping that reads a folder as one project."""
    apart = os.path.realpath(apart)
    return [
        Entry(one.name)
        for one in sorted(os.scandir(root), key=lambda one: one.name)
        if not one.name.startswith(".")
        and one.is_dir(follow_symlinks=False)
        and os.path.realpath(one.path) != apart
    ]


def list_digest(entries: Iterable[Entry]) -> str:
    """One SHA-256 for which dossiers there are, in their order."""
    whole = sha256()
    for entry in entries:
        whole.update(f"{entry.name}\n".encode(errors="surrogateescape"))
    return whole.hexdigest()


def stamp(root: str, path: str) -> str:
    """What the files of a dossier look like from outside: names, sizes, times of change.

    A run that goes on asks this of every dossier that is done. Their digests would be surer
    and would have every file read once more, evidence of many gigabytes included: a third to a
    half of what assessing takes. Who changes a file sets back neither its size nor its time by
    accident; copying a whole folder with its times is seen as no change, and is none. Times to
    the nanosecond are taken before the dossier is read, so that a change meanwhile is seen too.
    """
    whole = sha256()
    full = os.path.join(root, path)
    if not os.path.isdir(full):
        whole.update(_seen(full, ""))
        return whole.hexdigest()[:16]
    todo = [""]
    while todo:
        under = todo.pop()
        try:
            inside = sorted(os.scandir(os.path.join(full, under)), key=lambda one: one.name)
        except OSError as problem:
            whole.update(f"{under}\0{problem.errno}\n".encode(errors="surrogateescape"))
            continue
        for one in inside:
            name = f"{under}/{one.name}" if under else one.name
            if one.is_dir(follow_symlinks=False):
                todo.append(name)
            else:
                whole.update(_seen(one.path, name))
    return whole.hexdigest()[:16]


def _seen(file: str, name: str) -> bytes:
    try:
        status = os.stat(file)
    except OSError as problem:
        text = f"{name}\0{problem.errno}\n"
    else:
        text = f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n"
    return text.encode(errors="surrogateescape")
