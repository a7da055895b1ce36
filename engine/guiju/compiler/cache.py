"""Compiled packs on disk, trusted only when nothing about them is in doubt.

An entry is named for the digest of everything its plan depends on: the pack's files, the
engine's version and the version of Python. It starts with the digests of the packs it uses, which are
checked again, and with the digest of the payload. A payload is a pickle read by an
unpickler that knows only the plan's own classes, so that a forged file can at worst be
refused. Folders and files others may write to are not read at all. A damaged, stale or
foreign entry is passed over in silence: the pack is compiled anew.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from hashlib import sha256
from typing import Any

import guiju
from guiju.compiler.files import PackFiles, folder_files
from guiju.plan import nodes, types
from guiju.plan.nodes import PackPlan

_MAGIC = b"guiju-plan 1\n"
_OTHERS = {
    ("decimal", "Decimal"),
    ("datetime", "date"),
    ("fractions", "Fraction"),
    ("guiju.quantities.unit", "_restored"),
    ("guiju.record", "restored"),
}


class _PlanUnpickler(pickle.Unpickler):
    """Knows the classes of a plan and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "guiju.plan.nodes" and name in nodes.__dict__:
            return getattr(nodes, name)
        if module == "guiju.plan.types" and name in types.__dict__:
            return getattr(types, name)
        if (module, name) in _OTHERS:
            from importlib import import_module

            return getattr(import_module(module), name)
        raise pickle.UnpicklingError(f"{module}.{name} is not part of a plan")


def folder() -> str:
    """Where compiled packs are kept: `GUIJU_CACHE`, else the user's cache folder."""
    chosen = os.environ.get("GUIJU_CACHE")
    if chosen:
        return chosen
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "guiju")


def _path(files: PackFiles) -> str:
    version = f"{guiju.__version__} {sys.version_info[:2]} {files.digest}"
    return os.path.join(folder(), sha256(version.encode()).hexdigest()[:40] + ".plan")


def load(files: PackFiles) -> PackPlan | None:
    """The plan of these very files, or None."""
    path = _path(files)
    try:
        if not _ours(os.path.dirname(path)) or not _ours(path):
            return None
        with open(path, "rb") as stream:
            content = stream.read()
        if not content.startswith(_MAGIC):
            return None
        digest, _, rest = content[len(_MAGIC) :].partition(b"\n")
        if sha256(rest).hexdigest().encode() != digest:
            return None
        uses, _, payload = rest.partition(b"\n")
        for used in uses.decode().split("\t") if uses else ():
            place, _, expected = used.rpartition("=")
            if folder_files(place).digest != expected:
                return None
        plan = _PlanUnpickler(io.BytesIO(payload)).load()
    except (OSError, ValueError, pickle.UnpicklingError, EOFError, AttributeError, TypeError):
        return None
    except (IndexError, KeyError, ImportError, MemoryError):
        return None
    if isinstance(plan, PackPlan) and plan.digest == files.digest:
        return plan
    return None


def store(files: PackFiles, plan: PackPlan) -> None:
    """Keeps a plan. What goes wrong here costs only the time of compiling again."""
    path = _path(files)
    try:
        uses = "\t".join(f"{place}={digest}" for place, digest in _used(files)).encode()
        rest = uses + b"\n" + pickle.dumps(plan, protocol=5)
        content = _MAGIC + sha256(rest).hexdigest().encode() + b"\n" + rest
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        partial = f"{path}.{os.getpid()}"
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(partial, path)
    except OSError:
        return


def _used(files: PackFiles) -> list[tuple[str, str]]:
    """The folders and digests of the packs these files use, and those use in turn."""
    import tomllib

    from guiju.packs import PackNotFound, find_pack

    manifest = tomllib.loads(files.content["pack.toml"].decode("utf-8-sig"))
    found: list[tuple[str, str]] = []
    for pack_id in manifest.get("uses", {}).values():
        used = files.neighbour(pack_id)
        if used is None:
            try:
                used = folder_files(find_pack(pack_id))
            except PackNotFound:
                continue
        assert used.folder is not None
        found += [(os.path.abspath(used.folder), used.digest), *_used(used)]
    return found


def _ours(path: str) -> bool:
    """Whether only this user can have written there. Where the system has no such owners
    (Windows), the user's own cache folder is trusted."""
    status = os.stat(path)
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & 0o022
