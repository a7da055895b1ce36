"""The files a pack is made of, and their digest."""

from __future__ import annotations

import os

from guiju.digests import sha256

_MOST_BYTES = 32 * 1024 * 1024
_NOT_READ = frozenset(("dossiers", "features", "mappings"))


class Swaps:
    """Parameter files that stand in place of lookup files of packs: `gwp.csv`, or
    `ccer-14-001/gwp.csv` for that of one pack only. `folder` is where they stand."""

    __slots__ = ("content", "digest", "folder")

    def __init__(self, content: dict[str, bytes], folder: str = "") -> None:
        self.content = content
        self.folder = folder
        self.digest = _digest(content)


class PackFiles:
    """A pack's files by relative path, with `/` between folders.

    Only what the plan depends on is read: `pack.toml`, the `.gj` files of the folder and
    its CSV files, those of subfolders as well but of `dossiers`, `features` and `mappings`.
    `folder` is None for a pack made of texts. With `swaps` other files stand in place of
    some; `replaced` has the digests of the pack's own, and the digest of the whole is another.
    """

    __slots__ = ("content", "digest", "folder", "replaced", "swaps")

    def __init__(
        self, content: dict[str, bytes], folder: str | None, swaps: Swaps | None = None
    ) -> None:
        self.content = content
        self.folder = folder
        self.swaps = swaps
        self.replaced: dict[str, str] = {}
        if swaps is not None:
            self._swap(swaps)
        self.digest = _digest(content, "" if swaps is None else swaps.digest)

    def _swap(self, swaps: Swaps) -> None:
        import tomllib

        try:
            manifest = tomllib.loads(self.content.get("pack.toml", b"").decode("utf-8-sig"))
        except ValueError:
            return  # the compiler says what is wrong with it
        for path, name in self.lookup_files().items():
            content = swaps.content.get(f"{manifest.get('id')}/{name}", swaps.content.get(name))
            if content is not None:
                self.replaced[path] = sha256(self.content[path]).hexdigest()
                self.content[path] = content

    def lookup_files(self) -> dict[str, str]:
        """The files lookups may be read from, by path; with the name each goes by."""
        return {
            path: path.rpartition("/")[2]
            for path in self.content
            if path.endswith(".csv") and not path.startswith("clauses/")
        }

    @property
    def name(self) -> str:
        return os.path.basename(os.path.abspath(self.folder)) if self.folder else "inline"

    def read(self, name: str) -> bytes:
        """A file of the pack. Raises FileNotFoundError, or PermissionError for a path that
        leaves the folder."""
        path = os.path.normpath(name.replace("\\", "/"))
        if os.path.isabs(path) or path.startswith("..") or ":" in path:
            raise PermissionError(name)
        if path not in self.content:
            raise FileNotFoundError(name)
        return self.content[path]


def _digest(content: dict[str, bytes], more: str = "") -> str:
    whole = sha256(more.encode())
    for name in sorted(content):
        whole.update(f"{name}\0{len(content[name])}\0".encode())
        whole.update(content[name])
    return whole.hexdigest()


def used_folder(user: str | None, pack_id: str) -> str | None:
    """The folder of a pack that the pack in the folder `user` uses: a neighbour of it, else
    an installed pack, else None."""
    if user is not None and "/" not in pack_id and not pack_id.startswith("."):
        folder = os.path.join(os.path.dirname(os.path.realpath(user)), pack_id)
        if os.path.isfile(os.path.join(folder, "pack.toml")):
            return folder
    from guiju.packs import PackNotFound, find_pack, is_path

    # A pack names another by its id; a path would hold on one machine only.
    if is_path(pack_id):
        return None
    try:
        return os.path.realpath(find_pack(pack_id))
    except PackNotFound:
        return None


def folder_files(folder: str, swaps: Swaps | None = None) -> PackFiles:
    """Reads the files of a pack's folder. Raises OSError, ValueError when it is too large."""
    content: dict[str, bytes] = {}
    total = 0
    root = os.path.realpath(folder)
    todo = [(root, "")]
    while todo:
        place, prefix = todo.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue  # a hidden file is an editor's
                if entry.is_dir(follow_symlinks=False):
                    if prefix or name not in _NOT_READ:
                        todo.append((entry.path, f"{prefix}{name}/"))
                elif _belongs(name, prefix) and _is_inside(entry, root):
                    total += entry.stat().st_size
                    if total > _MOST_BYTES:
                        raise ValueError(folder)
                    with open(entry.path, "rb") as stream:
                        content[prefix + name] = stream.read()
    return PackFiles(content, folder, swaps)


def _belongs(name: str, prefix: str) -> bool:
    """Whether a plan depends on a file: rule files and the manifest stand in the folder
    itself, lookup data may stand deeper."""
    return name.endswith(".csv") or (not prefix and (name.endswith(".gj") or name == "pack.toml"))


def _is_inside(entry: os.DirEntry[str], root: str) -> bool:
    """Neither what a link brings in from elsewhere nor a pipe, which never ends, is a file
    of the pack."""
    if not entry.is_file():
        return False
    return not entry.is_symlink() or os.path.realpath(entry.path).startswith(root + os.sep)
