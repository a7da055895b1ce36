"""Compiled packs, kept between runs and trusted only when nothing about them is in doubt.

An entry is named for the digest of everything its plan depends on: the pack's files, the
engine and the version of Python. It starts with the packs it uses, which are looked for and
digested again. The plan is a pickle read by an unpickler that knows only the plan's own
classes, so that a forged file can at worst be refused. What else makes an entry doubtful is
said in `guiju.kept`. A damaged, stale or foreign entry is passed over in silence: the pack is
compiled anew. The large parts of a plan are pickles of their own, read when they are asked
for.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from datetime import date
from decimal import Decimal
from functools import cache

import guiju
from guiju import kept
from guiju.compiler.files import PackFiles, folder_files, used_folder
from guiju.digests import hexdigest, sha256
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan import nodes, types
from guiju.plan.nodes import PackPlan
from guiju.plan.walk import KINDS
from guiju.quantities import Unit
from guiju.quantities.unit import _restored as restored_unit
from guiju.record import Record

if TYPE_CHECKING:
    from pickle import Unpickler, UnpicklingError
else:
    try:
        # Reading needs no more than this half of `pickle`, which loads in half a millisecond.
        from _pickle import Unpickler, UnpicklingError
    except ImportError:  # another Python than CPython
        from pickle import Unpickler, UnpicklingError

_FORM = 5
"""Of what stands in an entry; another form has other names."""

_PARTS = ("groups", "tables", "documents", "lookups", "formulas", "rules", "not_encoded")
"""The large parts of a plan."""

_OTHERS: dict[tuple[str, str], Any] = {
    ("decimal", "Decimal"): Decimal,
    ("datetime", "date"): date,
    ("guiju.quantities.unit", "_restored"): restored_unit,
    # Does the same as that function, without a call of Python for every node.
    ("guiju.record", "restored"): tuple.__new__,
}


class _PlanUnpickler(Unpickler):
    """Knows the classes of a plan and nothing else: not even what their modules import."""

    def find_class(self, module: str, name: str) -> Any:
        home = {"guiju.plan.nodes": nodes, "guiju.plan.types": types}.get(module)
        found = home.__dict__.get(name) if home is not None else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        if (module, name) in _OTHERS:
            return _OTHERS[module, name]
        raise UnpicklingError(f"{module}.{name} is not part of a plan")


def _name(files: PackFiles) -> str:
    version = f"{_FORM} {guiju.__version__} {_engine()} {sys.version_info[:2]} {files.digest}"
    return sha256(version.encode()).hexdigest()[:40] + ".plan"


@cache
def _engine() -> str:
    """What the files of the compiling floors look like: who works on the engine changes
    them without a new version."""
    home = os.path.dirname(guiju.__file__ or "")
    if os.path.basename(os.path.dirname(home)) in ("site-packages", "dist-packages"):
        return ""  # installed: nobody works on it there
    seen = sha256()
    for part in ("checking", "compiler", "plan", "quantities", "syntax"):
        try:
            entries = sorted(os.scandir(os.path.join(home, part)), key=lambda entry: entry.name)
        except OSError:
            continue  # in a zip: the version alone tells
        for entry in entries:
            if entry.name.endswith((".py", ".csv", ".toml", ".lark")):
                status = entry.stat()
                seen.update(f"{entry.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def load(files: PackFiles) -> PackPlan | None:
    """The plan of these very files, or None."""
    found = kept.read_with_parts(_name(files))
    if found is None:
        return None
    content, packed = found
    try:
        uses, _, payload = content.partition(b"\n")
        if not _uses_hold(files, uses.decode()):
            return None
        read, parts = _unpickled(payload)
        if read["digest"] != files.digest or {*read, *parts} != {*PackPlan._fields}:
            return None
    except Exception:
        # Whatever is wrong with an entry, the pack itself is there and can be compiled.
        return None
    return PackPlan.unread(read, {n: _Part(files, n, packed, parts[n]) for n in parts})


class _Part:
    """A part of a plan that is still to be read. One that is damaged is compiled anew."""

    __slots__ = ("files", "name", "packed", "place")

    def __init__(
        self, files: PackFiles, name: str, packed: bytes, place: tuple[int, int, str]
    ) -> None:
        self.files, self.name, self.packed, self.place = files, name, packed, place

    def __call__(self) -> Any:
        start, end, digest = self.place
        content = self.packed[start:end]
        try:
            if hexdigest(content) == digest:
                return _unpickled(content)
        except Exception:
            # The pack itself is there and can be compiled.
            pass
        from guiju.compiler.build import compile_files

        return getattr(compile_files(self.files), self.name)


def store(files: PackFiles, plan: PackPlan) -> None:
    """Keeps a plan. What goes wrong here costs only the time of compiling again."""
    try:
        uses = "\t".join("=".join(used) for used in _used(files)).encode()
    except OSError:
        return
    known: dict[Any, Any] = {}
    fields = {name: _shared(getattr(plan, name), known) for name in PackPlan._fields}
    parts: dict[str, tuple[int, int, str]] = {}
    packed = b""
    for name in _PARTS:
        part = _pickled(fields.pop(name))
        parts[name] = (len(packed), len(packed) + len(part), hexdigest(part))
        packed += part
    kept.write(_name(files), uses + b"\n" + _pickled((fields, parts)), packed)


def _unpickled(payload: bytes) -> Any:
    # Ten thousands of new objects and no garbage among them: looking for some takes a third
    # of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _PlanUnpickler(io.BytesIO(payload)).load()
    finally:
        if collecting:
            gc.enable()


def _pickled(value: Any) -> bytes:
    """The pickle of a part of a plan. Nothing is numbered that is not referred to again."""
    import pickle
    from pickletools import optimize

    return optimize(pickle.dumps(value, protocol=5))


def _shared(value: Any, known: dict[Any, Any]) -> Any:
    """A value with its equal parts one object, which a pickle holds once: it is read in two
    thirds of the time. Parts count as equal when they are of the same class and made of the
    same objects, so that `1` and `True`, `1.0` and `1.00` stay apart. Expressions are not put
    together: where one stands is part of what it is, and an assessment must not change with
    the cache."""
    kind = value.__class__
    if kind in KINDS:
        key: Any = ("expression", id(value))
        if key not in known:
            known[key] = tuple.__new__(kind, [_shared(part, known) for part in value])
        return known[key]
    if kind is tuple or isinstance(value, Record):
        value = tuple.__new__(kind, [_shared(part, known) for part in value])
        key = (kind, *map(id, value))
    elif kind is dict:
        value = {_shared(k, known): _shared(v, known) for k, v in value.items()}
        key = (kind, *((id(k), id(v)) for k, v in value.items()))
    elif kind is Decimal or kind is Unit:
        key = (kind, value.as_tuple() if kind is Decimal else value.__reduce__())
    else:
        key = (kind, value)
    return known.setdefault(key, value)


def _used(files: PackFiles) -> list[tuple[str, str, str]]:
    """The packs these files use, and those use in turn: the number of the user among them
    (0 for the pack itself, 1 for the first listed), the id, and the digest of the files."""
    import tomllib

    found: list[tuple[str, str, str]] = []
    todo = [("0", files)]
    while todo:
        user, pack = todo.pop(0)
        manifest = tomllib.loads(pack.content["pack.toml"].decode("utf-8-sig"))
        for pack_id in manifest.get("uses", {}).values():
            folder = used_folder(pack.folder, pack_id)
            if folder is not None:
                used = folder_files(folder, files.swaps)
                found.append((user, pack_id, used.digest))
                todo.append((str(len(found)), used))
    return found


def whole_digest(files: PackFiles) -> str:
    """One SHA-256 for the files of a pack and of the packs it uses."""
    whole = sha256(files.digest.encode())
    for user, pack_id, digest in _used(files):
        whole.update(f" {user}={pack_id}={digest}".encode())
    return whole.hexdigest()


def _uses_hold(files: PackFiles, uses: str) -> bool:
    """Whether every used pack is where it is found now and has the files it had."""
    folders = [files.folder]
    for used in uses.split("\t") if uses else ():
        user, pack_id, digest = used.split("=")
        folder = used_folder(folders[int(user)], pack_id)
        if folder is None or folder_files(folder, files.swaps).digest != digest:
            return False
        folders.append(folder)
    return True
