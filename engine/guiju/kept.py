"""What is kept between runs in the user's cache folder: compiled packs and templates.

An entry is named by who keeps it, for everything its content depends on, and begins with the
digest of its content. Parts that not every run reads may follow; their digests are for the
content to hold. Folders and files others may write to are not read at all. Whatever is
wrong with an entry, it is passed over in silence and made anew; whatever goes wrong when one
is kept costs only that time.
"""

from __future__ import annotations

import os

from guiju.digests import hexdigest

_MAGIC = b"guiju-kept 2\n"


def folder() -> str:
    """Where things are kept: `GUIJU_CACHE`, else the user's cache folder."""
    chosen = os.environ.get("GUIJU_CACHE")
    if chosen:
        return chosen
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "guiju")


def read(name: str) -> bytes | None:
    """The content kept under a name, None when there is none or it is in doubt."""
    found = read_with_parts(name)
    return None if found is None else found[0]


def read_with_parts(name: str) -> tuple[bytes, bytes] | None:
    """The content kept under a name and the parts after it, which have not been looked at."""
    place = folder()
    try:
        if not _ours(os.stat(place)):
            return None
        with open(os.path.join(place, name), "rb") as stream:
            if not _ours(os.fstat(stream.fileno())):
                return None
            entry = stream.read()
    except (OSError, ValueError):
        return None
    start = len(_MAGIC)
    head, _, rest = entry[start:].partition(b"\n")
    digest, _, length = head.partition(b" ")
    if entry[:start] != _MAGIC or not length.isdigit():
        return None
    content = rest[: int(length)]
    if len(content) != int(length) or hexdigest(content).encode() != digest:
        return None
    return content, rest[int(length) :]


def write(name: str, content: bytes, parts: bytes = b"") -> None:
    """Keeps a content under a name, in place of what was kept there."""
    path = os.path.join(folder(), name)
    partial = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return
    try:
        with os.fdopen(descriptor, "wb") as stream:
            head = f"{hexdigest(content)} {len(content)}\n"
            stream.write(_MAGIC + head.encode() + content + parts)
        os.replace(partial, path)
    except OSError:
        _remove(partial)


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        return


def _ours(status: os.stat_result) -> bool:
    """Whether only this user can have written there. Where the system has no such owners
    (Windows), the user's own cache folder is trusted."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
