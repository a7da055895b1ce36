"""Where the files of a dossier are: a folder or a zip. Names never lead out of it.

File names are written with `/`, relative to the folder of `dossier.yaml`, in NFC. Nothing
is ever unpacked to disk.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from guiju.digests import hasher
from guiju.dossier import limits
from guiju.dossier.problems import Rejected, shown
from guiju.hints import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

CHUNK = 1 << 20


class Container(Protocol):
    """A place that holds a dossier's files."""

    def names(self) -> list[str]:
        """The names of all files, for suggestions."""
        ...

    def open(self, name: str) -> tuple[IO[bytes], int]:
        """A file's bytes and their number.

        Raises `Rejected`: `file-missing`, `unsafe-name`, `not-a-file`, …
        """
        ...

    def path_of(self, name: str) -> str | None:
        """Where a file stands on disk, None where it is packed. Raises as `open` does."""
        ...


def inside(name: str) -> str:
    """A file name as written by a person, in its one form.

    >>> inside("证据\\\\勘界.pdf")
    '证据/勘界.pdf'

    Raises `Rejected` `unsafe-name` for one that is absolute, has a drive letter or `..`.
    """
    plain = name.strip().replace("\\", "/")
    if not plain.isascii():
        from unicodedata import normalize

        plain = normalize("NFC", plain)
    parts = [part for part in plain.split("/") if part != "."]
    if (
        not plain
        or plain.startswith("/")
        or plain[1:2] == ":"
        or ".." in parts
        or "\0" in plain
        or "" in parts
    ):
        raise Rejected("unsafe-name", name=shown(name))
    return "/".join(parts)


def read_all(container: Container, name: str, most: int) -> bytes:
    """All bytes of a file of at most `most` bytes. Raises `Rejected` as `open` does, and
    `file-too-large`."""
    stream, size = container.open(name)
    with stream:
        if size > most:
            raise Rejected("file-too-large", name=shown(name), size=size, most=most)
        # What is asked for is set aside at once: for a small file, only as much as it says it has.
        content = read_safely(stream, name, size + 1)
        if len(content) > size:
            content += read_safely(stream, name, most + 1 - len(content))
    if len(content) > most:
        raise Rejected("file-too-large", name=shown(name), size=len(content), most=most)
    return content


def hash_all(container: Container, name: str, most: int) -> tuple[str, int]:
    """The SHA-256 of a file, in hexadecimal, and its size, read in pieces."""
    stream, size = container.open(name)
    with stream:
        if size > most:
            raise Rejected("file-too-large", name=shown(name), size=size, most=most)
        digest = hasher(size)
        total = 0
        while piece := read_safely(stream, name, CHUNK):
            digest.update(piece)
            total += len(piece)
            if total > most:
                raise Rejected("file-too-large", name=shown(name), size=total, most=most)
    return digest.hexdigest(), total


def read_safely(stream: IO[bytes], name: str, size: int) -> bytes:
    """The next bytes of a file. Raises `Rejected` `file-unreadable`, also for a damaged zip."""
    try:
        return stream.read(size)
    except MemoryError:
        raise  # nothing is wrong with the file
    except Exception as wrong:  # besides OSError what zipfile, zlib and lzma raise for damage
        raise Rejected("file-unreadable", name=shown(name), detail=shown(wrong)) from None


class Folder:
    """A folder on disk."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self._names: list[str] | None = None

    def names(self) -> list[str]:
        if self._names is None:
            self._names = sorted(self._walk())
        return self._names

    def _walk(self) -> Iterator[str]:
        from unicodedata import normalize

        count = 0
        for folder, folders, files in os.walk(self.path):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for file in sorted(files):
                count += 1
                if count > limits.MAX_MEMBERS:
                    return
                if not file.startswith("."):
                    relative = os.path.relpath(os.path.join(folder, file), self.path)
                    yield normalize("NFC", relative.replace(os.sep, "/"))

    def path_of(self, name: str) -> str:
        """Where a file stands on disk. Raises `Rejected`: `file-missing`, `unsafe-link`."""
        full = os.path.join(self.path, *name.split("/"))
        if not os.path.lexists(full):
            from unicodedata import normalize

            # macOS may store names decomposed; the dossier may write them composed.
            apart = os.path.join(self.path, *normalize("NFD", name).split("/"))
            if not os.path.lexists(apart):
                raise Rejected("file-missing", name=shown(name), nearest=nearest_file(self, name))
            full = apart
        root = os.path.realpath(self.path)
        if os.path.commonpath([root, os.path.realpath(full)]) != root:
            raise Rejected("unsafe-link", name=shown(name))
        return full

    def open(self, name: str) -> tuple[IO[bytes], int]:
        full = self.path_of(name)
        try:
            if not stat.S_ISREG(os.stat(full).st_mode):
                raise Rejected("not-a-file", name=shown(name))
            stream = open(full, "rb")  # noqa: SIM115 - the caller closes it
            return stream, os.fstat(stream.fileno()).st_size
        except FileNotFoundError:
            raise Rejected(
                "file-missing", name=shown(name), nearest=nearest_file(self, name)
            ) from None
        except OSError as wrong:
            from guiju.messages.system import reason

            raise Rejected("file-unreadable", name=shown(name), detail=reason(wrong)) from None


class Archive:
    """A zip file. Members that are links, or whose names lead out of it, are refused and
    stand in `refused`; names not in UTF-8 are taken as GB18030, as Chinese Windows writes
    them."""

    def __init__(self, zip_file: ZipFile) -> None:
        self._zip = zip_file
        self.members: dict[str, ZipInfo] = {}
        self.refused: list[Rejected] = []
        self.recoded: list[str] = []
        infos = zip_file.infolist()
        if len(infos) > limits.MAX_MEMBERS:
            raise Rejected("zip-too-many", count=len(infos), most=limits.MAX_MEMBERS)
        total = 0
        for info in infos:
            total += info.file_size
            if total > limits.MAX_UNPACKED:
                raise Rejected("zip-bomb", name=shown(info.filename), most=limits.MAX_UNPACKED)
            self._add(info)
        self._under = ""

    def _add(self, info: ZipInfo) -> None:
        written = self._name(info)
        packed = max(info.compress_size, 1)
        try:
            if info.is_dir():
                inside(written.rstrip("/\\"))
                return
            name = inside(written)
            if stat.S_ISLNK(info.external_attr >> 16):
                raise Rejected("unsafe-link", name=shown(name))
            if info.file_size > limits.RATIO_FROM and info.file_size / packed > limits.MAX_RATIO:
                raise Rejected("zip-bomb", name=shown(name), most=limits.MAX_UNPACKED)
            if info.flag_bits & 0x1:
                raise Rejected("zip-encrypted", name=shown(name))
            if name in self.members:
                raise Rejected("zip-twice", name=shown(name))
        except Rejected as refused:
            if refused.code == "zip-bomb":
                raise
            self.refused.append(refused)
            return
        self.members[name] = info

    def _name(self, info: ZipInfo) -> str:
        # orig_filename: zipfile cuts filename at a NUL, which would hide the rest.
        name = info.orig_filename
        if info.flag_bits & 0x800 or name.isascii():
            return name
        raw = name.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if encoding != "utf-8":
                self.recoded.append(name)
            break
        return name

    def within(self, folder: str) -> None:
        """From now on names are relative to a folder inside the zip, such as `项目/`."""
        self._under = folder

    def names(self) -> list[str]:
        under = self._under
        return sorted(n[len(under) :] for n in self.members if n.startswith(under))

    def path_of(self, name: str) -> None:
        """A member of a zip is no file on disk."""

    def open(self, name: str) -> tuple[IO[bytes], int]:
        info = self.members.get(self._under + name)
        if info is None:
            raise Rejected("file-missing", name=shown(name), nearest=nearest_file(self, name))
        try:
            return self._zip.open(info), info.file_size
        except Exception as wrong:  # zipfile raises many kinds for a damaged member
            raise Rejected("file-unreadable", name=shown(name), detail=shown(wrong)) from None


def nearest_file(container: Container, name: str) -> str:
    """The name of the file most like `name`, or an empty text."""
    from guiju.dossier.naming import nearest

    names = container.names()
    base = name.rsplit("/", 1)[-1]
    for candidate in names:
        if candidate.rsplit("/", 1)[-1].casefold() == base.casefold():
            return candidate
    return nearest(name, names) or ""


def open_archive(path: str) -> Archive:
    """A zip on disk. Raises `Rejected`: `not-a-zip`, `zip-bomb`, `zip-too-many`."""
    from zipfile import ZipFile

    try:
        zip_file = ZipFile(path)
    except Exception as wrong:  # BadZipFile, but also struct.error and others when damaged
        raise Rejected(
            "not-a-zip", name=shown(os.path.basename(path)), detail=shown(wrong)
        ) from None
    try:
        return Archive(zip_file)
    except Rejected:
        zip_file.close()
        raise
