"""A file of a dossier as a file on disk, for libraries that open files by their path."""

from __future__ import annotations

from guiju.dossier.container import CHUNK, Container
from guiju.dossier.problems import Rejected, shown

_PATTERN = frozenset("*?[]{}%$~'\"")
"""Signs a library could read a pattern, a variable or an escape into."""


class OnDisk:
    """Where a file stands. `path` has no sign that a library could read a pattern into;
    what had to be made for that goes with `close`."""

    def __init__(self, path: str, folder: str | None = None) -> None:
        self.path = path
        self._folder = folder

    def close(self) -> None:
        if self._folder is not None:
            from shutil import rmtree

            rmtree(self._folder, ignore_errors=True)
            self._folder = None


def on_disk(container: Container, name: str, most: int, within: str | None = None) -> OnDisk:
    """A file of a container on disk: where it stands, through a link if its name could be taken
    for a pattern, or unpacked from a zip. `within` is the folder for what is made.

    Raises `Rejected` as `Container.open` does, and `file-too-large`.
    """
    import os
    from tempfile import mkdtemp

    stream, size = container.open(name)
    with stream:
        if size > most:
            raise Rejected("file-too-large", name=shown(name), size=size, most=most)
        path = container.path_of(name)
        if path is not None:
            path = os.path.realpath(path)
            if _PATTERN.isdisjoint(path) and path.isprintable():
                return OnDisk(path)
        folder = os.path.realpath(mkdtemp(prefix="guiju-", dir=within))
        made = os.path.join(folder, "table")
        try:
            if path is None or not _linked(path, made):
                _copied(stream, made, name, most)
        except BaseException:
            OnDisk(made, folder).close()
            raise
    return OnDisk(made, folder)


def _linked(path: str, made: str) -> bool:
    import os

    for link in (os.link, os.symlink):
        try:
            link(path, made)
        except (OSError, NotImplementedError):
            continue
        return True
    return False


def _copied(stream: object, made: str, name: str, most: int) -> None:
    from guiju.dossier.container import read_safely

    total = 0
    try:
        with open(made, "wb") as target:
            while piece := read_safely(stream, name, CHUNK):  # type: ignore[arg-type]
                total += len(piece)
                if total > most:
                    raise Rejected("file-too-large", name=shown(name), size=total, most=most)
                target.write(piece)
    except OSError as wrong:
        from guiju.messages.system import reason

        raise Rejected("file-unreadable", name=shown(name), detail=reason(wrong)) from None
