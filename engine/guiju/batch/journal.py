"""The folder of a run: what was asked, what is done, and nothing half-written.

    run.json     what was asked; another question needs another folder
    run.lock     held while a run writes there
    shards/      the results of so many dossiers each, a folder of Parquet files
    work/        what is being written; anything found there when a run starts is thrown away

A shard is made in `work/` and moved to `shards/` as a whole, so it is there with all its files
or not at all.
"""

from __future__ import annotations

import json
import os
import shutil

from guiju.batch.parquet import flush
from guiju.batch.problems import BatchProblem, unwritable
from guiju.hints import IO, Any
from guiju.record import Record

FORMAT = "guiju-batch-run/1"
RUN, LOCK, SHARDS, WORK, MARK = "run.json", "run.lock", "shards", "work", "shard.json"
REPORTS = "reports"
SUMMARY, PAGE = "summary.json", "summary.html"


class Shard(Record):
    """What is known of a finished shard: the digest of what its dossiers looked like, the packs
    they were checked by, and how many of them broke."""

    stamps: str
    packs: dict[str, str]
    broken: int


class Journal:
    """The folder of a run, which it alone writes to while this is open."""

    def __init__(self, folder: str, tables: tuple[str, ...]) -> None:
        """Raises BatchProblem for a folder that is something else, or in use."""
        self.folder = folder
        self.tables = tables
        if os.path.lexists(folder) and not os.path.isdir(folder):
            raise BatchProblem("not-a-folder", folder=folder)
        known = {RUN, LOCK, SHARDS, WORK, REPORTS, SUMMARY, PAGE, *self.results}
        strangers = sorted(set(_inside(folder)) - known)
        if strangers and not os.path.isfile(self.path(RUN)):
            raise BatchProblem("other-folder", folder=folder, name=strangers[0])
        try:
            os.makedirs(folder, exist_ok=True)
            self._lock: IO[bytes] = open(self.path(LOCK), "ab")  # noqa: SIM115
        except OSError as problem:
            raise unwritable(folder, problem) from None
        if not _locked(self._lock):
            self._lock.close()
            raise BatchProblem("in-use", folder=folder)

    @property
    def results(self) -> tuple[str, ...]:
        """The files of the whole run, in the order they are written."""
        return tuple(f"{table}.parquet" for table in self.tables)

    def path(self, *names: str) -> str:
        return os.path.join(self.folder, *names)

    def close(self) -> None:
        shutil.rmtree(self.path(WORK), ignore_errors=True)
        self._lock.close()

    # --- what was asked -----------------------------------------------------------------

    def begin(self, asked: dict[str, Any], *, restart: bool) -> None:
        """Note what is asked, or see that it is what was asked before.

        Raises BatchProblem `other-run` when it is not, unless everything is to be done anew.
        """
        try:
            if restart:
                self._forget()
            before = self._asked()
            if before is None:
                self._forget()
                self._write(self.path(RUN), {"format": FORMAT, **asked})
            else:
                # As JSON gives it back: a tuple is a list there.
                now = json.loads(json.dumps({"format": FORMAT, **asked}))
                changed = sorted(
                    name for name in {*before, *now} if before.get(name) != now.get(name)
                )
                if changed:
                    raise BatchProblem("other-run", folder=self.folder, changed=changed)
            shutil.rmtree(self.path(WORK), ignore_errors=True)
            os.makedirs(self.path(WORK))
            os.makedirs(self.path(SHARDS), exist_ok=True)
        except OSError as problem:
            raise unwritable(problem.filename or self.folder, problem) from None

    def _asked(self) -> dict[str, Any] | None:
        try:
            with open(self.path(RUN), encoding="utf-8") as stream:
                found = json.load(stream)
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise BatchProblem("other-folder", folder=self.folder, name=RUN)
        return found

    def _forget(self) -> None:
        self.unfinish()
        for name in (SHARDS, WORK, REPORTS):
            if os.path.isdir(self.path(name)):
                shutil.rmtree(self.path(name))
        _remove(self.path(RUN))

    def unfinish(self) -> None:
        """Take away the results of the whole: they are there only when they are of now."""
        for name in (SUMMARY, PAGE, *self.results):
            _remove(self.path(name))

    # --- shards -------------------------------------------------------------------------

    def shard(self, number: int) -> Shard | None:
        """A finished shard, None for one that is not."""
        try:
            with open(self.path(SHARDS, _name(number), MARK), encoding="utf-8") as stream:
                found = json.load(stream)
            return Shard(found["stamps"], found["packs"], found["broken"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def shard_file(self, number: int, table: str) -> str:
        return self.path(SHARDS, _name(number), f"{table}.parquet")

    def draft(self, number: int) -> str:
        """An empty folder to make a shard in. Raises BatchProblem."""
        folder = self.path(WORK, _name(number))
        try:
            os.makedirs(folder)
        except OSError as problem:
            raise unwritable(folder, problem) from None
        return folder

    def finish(self, number: int, shard: Shard) -> None:
        """A shard that is whole takes its place. Raises BatchProblem."""
        draft, place = self.path(WORK, _name(number)), self.path(SHARDS, _name(number))
        try:
            self._write(os.path.join(draft, MARK), dict(zip(Shard._fields, shard, strict=True)))
            flush(draft)
            if os.path.isdir(place):
                shutil.rmtree(place)
            os.rename(draft, place)
            flush(os.path.dirname(place))
        except OSError as problem:
            raise unwritable(place, problem) from None

    # --- the whole ----------------------------------------------------------------------

    def publish(self, draft: str, name: str) -> None:
        """A result that is whole takes its place. Raises BatchProblem."""
        try:
            os.replace(draft, self.path(name))
            flush(self.folder)
        except OSError as problem:
            raise unwritable(self.path(name), problem) from None

    def write(self, name: str, content: str) -> None:
        """Write a text whole or not at all. Raises BatchProblem."""
        draft = self.path(WORK, name)
        try:
            with open(draft, "wb") as stream:
                stream.write(content.encode(errors="replace"))
            flush(draft)
        except OSError as problem:
            raise unwritable(self.path(name), problem) from None
        self.publish(draft, name)

    def _write(self, file: str, content: dict[str, Any]) -> None:
        draft = f"{file}.partial"
        with open(draft, "w", encoding="utf-8") as stream:
            json.dump(content, stream, ensure_ascii=False, indent=1, sort_keys=True)
            stream.write("\n")
        flush(draft)
        os.replace(draft, file)


def _name(number: int) -> str:
    return f"{number:06}"


def _inside(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder) if not name.startswith(".")]
    except OSError:
        return []


def _remove(file: str) -> None:
    if os.path.lexists(file):
        os.remove(file)


def _locked(stream: IO[bytes]) -> bool:
    """Take a lock that the system lets go of when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: the user's care is all there is
    return True
