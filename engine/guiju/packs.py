"""Finds rule packs: folders that hold a `pack.toml`.

A pack is named by its id (`ccer-14-001`) or by a path, which has a slash in it (`./my-pack`).
An id is looked for in the folders of `GUIJU_PACKS` (separated like `PATH`), then among the
packs that ship with Guiju, then in the packages that other distributions announce under the
entry point `guiju.rule_packs`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from guiju.hints import Any
from guiju.messages import Lang, message
from guiju.record import Record

MANIFEST = "pack.toml"
SHIPPED = "guiju_rules"
ENTRY_POINTS = "guiju.rule_packs"
SEARCH_PATH = "GUIJU_PACKS"


class InstalledPack(Record):
    """A pack that can be named by its id. `found_in` is the folder or package it is from."""

    id: str
    folder: str
    found_in: str


class PackNotFound(Exception):
    """No pack has that id, or no pack is in that folder.

    `known` are the ids of the packs that were found, `near` the ones with a similar name.
    """

    def __init__(self, name: str, known: tuple[str, ...], near: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name = name
        self.known = known
        self.near = near

    def __str__(self) -> str:
        return self.message("en")

    def message(self, lang: Lang) -> str:
        """What was looked for."""
        return message(
            "command.no-such-folder" if is_path(self.name) else "command.no-such-pack",
            lang,
            name=self.name,
        )

    def help(self, lang: Lang) -> str:
        """Which packs there are, the similar ones first."""
        if is_path(self.name):
            return message("command.no-such-folder.help", lang)
        separator = "、" if lang == "zh" else ", "
        if self.near:
            return message(
                "command.no-such-pack.near", lang, near=separator.join(f"`{n}`" for n in self.near)
            )
        return message("command.no-such-pack.known", lang, known=separator.join(self.known) or "–")


def is_path(name: str) -> bool:
    """Whether a pack's name is a path. A plain word is always an id, so that a folder in the
    current directory never stands in for an installed pack unasked."""
    return "/" in name or os.sep in name or name in (".", "..")


def search_path() -> list[str]:
    """The folders of `GUIJU_PACKS`."""
    return [folder for folder in os.environ.get(SEARCH_PATH, "").split(os.pathsep) if folder]


def find_pack(name: str) -> str:
    """The folder of the pack with that id or path.

    Raises PackNotFound.
    """
    if is_path(name):
        if os.path.isfile(os.path.join(name, MANIFEST)):
            return name
        raise PackNotFound(name, (), ())
    # A pack's folder is named for its id as a rule: then no manifest need be read.
    for root in _near_roots():
        folder = os.path.join(root, name)
        if os.path.isfile(os.path.join(folder, MANIFEST)):
            return folder
    packs = installed_packs()
    for pack in packs:
        if pack.id == name:
            return pack.folder
    known = tuple(pack.id for pack in packs)
    raise PackNotFound(name, known, _similar(name, known))


def installed_packs() -> list[InstalledPack]:
    """All packs that can be named by id, in the order they are looked for.

    A pack whose id an earlier one has is left out; one with an unreadable manifest goes by
    the name of its folder, so that checking it says what is wrong.
    """
    found: dict[str, InstalledPack] = {}
    for found_in, root in _roots():
        for pack in _packs_in(root, found_in):
            found.setdefault(pack.id, pack)
    return list(found.values())


def _near_roots() -> Iterator[str]:
    yield from search_path()
    yield from _package_folders(SHIPPED)


def _roots() -> Iterator[tuple[str, str]]:
    for folder in search_path():
        yield folder, folder
    for package in dict.fromkeys((SHIPPED, *_announced())):
        for folder in _package_folders(package):
            yield package, folder


def _announced() -> list[str]:
    """The packages announced as entry points.

    Importing `importlib.metadata` and asking every installed distribution takes longer than
    a whole check, so this is only done when a pack was not found nearer.
    """
    from importlib.metadata import entry_points

    return [point.value for point in entry_points(group=ENTRY_POINTS)]


def _package_folders(package: str) -> list[str]:
    """The folders of a data package.

    A package installed in the ordinary way is a folder, and its `__path__` says which.
    `importlib.resources` would say the same but takes 20 ms to load, as long as reading a
    dossier; it is the road for a package inside a zip, whose files are copied out once.
    """
    try:
        __import__(package)
        paths = list(sys.modules[package].__path__)
    except ImportError:
        return []
    folders = [path for path in paths if os.path.isdir(path)]
    return folders or _copied_out(package)


_copies: dict[str, str] = {}


def _copied_out(package: str) -> list[str]:
    if package not in _copies:
        import atexit
        import shutil
        import tempfile
        from importlib.resources import files

        folder = tempfile.mkdtemp(prefix="guiju-packs-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        _copy(files(package), folder)
        _copies[package] = folder
    return [_copies[package]]


def _copy(traversable: Any, folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    for child in traversable.iterdir():
        target = os.path.join(folder, child.name)
        if child.is_dir():
            _copy(child, target)
        else:
            with open(target, "wb") as file:
                file.write(child.read_bytes())


def _packs_in(root: str, found_in: str) -> Iterator[InstalledPack]:
    try:
        names = sorted(os.listdir(root))
    except OSError:
        return
    for name in names:
        folder = os.path.join(root, name)
        manifest = os.path.join(folder, MANIFEST)
        if os.path.isfile(manifest):
            yield InstalledPack(_id_in(manifest) or name, folder, found_in)


def _id_in(manifest: str) -> str | None:
    import tomllib

    try:
        with open(manifest, "rb") as file:
            pack_id = tomllib.load(file).get("id")
    except (OSError, ValueError):
        return None
    return pack_id if isinstance(pack_id, str) else None


def _similar(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    from difflib import get_close_matches

    parts = [one for one in known if name.lower() in one.lower()]
    return tuple(dict.fromkeys((*get_close_matches(name, known, cutoff=0.5), *parts)))
