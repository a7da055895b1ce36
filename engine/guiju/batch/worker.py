"""A process that assesses one dossier after the other, and says how each went."""

from __future__ import annotations

import gc
import os
import re
import signal
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from guiju.assessment import assess
from guiju.batch.discovery import Entry, stamp
from guiju.batch.fast import Kept
from guiju.batch.job import Job
from guiju.batch.pool_file import PoolFile
from guiju.batch.rows import Facts, Lines, facts_of
from guiju.compiler import load_pack, pack_digest
from guiju.compiler.files import Swaps
from guiju.dossier import DossierTwice, UnreadableDossier, open_dossier, read
from guiju.hints import TYPE_CHECKING
from guiju.messages import LANGUAGES, bilingual
from guiju.packs import PackNotFound, is_path
from guiju.plan.nodes import PackPlan
from guiju.record import Record
from guiju.verdicts import Problem, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guiju.dossier import Dossier, Mapping, Others
    from guiju.dossier.collection import Collection, Found

OUT_OF_MEMORY = 66
"""What a process ends with that has no memory left to say so."""

LEAST_ROOM = 16 << 20
"""Bytes that a limit of memory has to leave a process once it is ready."""

COLLECT_AFTER = 8
"""Dossiers after which memory is gone through for what refers to itself."""


class Shared(Record):
    """What a process needs besides the job.

    `work` is the folder it writes rows to. `found` is what was found of a collection as a whole.
    `pools` are the rows that packs ask for across dossiers, as bytes, without those that are in
    a file of the folder, and `twins` the dossiers that are not in them because an earlier one
    goes by their id, with what is to be said.
    """

    work: str
    memory: int | None = None
    debug: bool = False
    found: Found | None = None
    pools: dict[str, bytes] = {}
    twins: dict[int, Problem] = {}
    engine: str | None = None


class Done(Record):
    """A dossier's rows are in `file`: as many bytes of each table as `sizes` says, in lines of
    at most `longest` bytes. `packs` are the digests of the packs it was checked by."""

    number: int
    file: str
    sizes: list[int]
    longest: int
    stamp: str
    packs: dict[str, str]
    broken: bool = False


class Pooled(Record):
    """What the packs of a dossier ask for across dossiers, by pack; None for a dossier that
    could not be read."""

    number: int
    parts: dict[str, Others] | None


class Unwritten(Record):
    """The rows of a dossier could not be written, which is no fault of the dossier."""

    file: str
    errno: int
    said: str


class CannotStart(Record):
    """The process could not get ready: why, and whether that was for want of memory."""

    reason: str
    memory: bool


def serve(connection: Connection, job: Job, shared: Shared) -> None:
    """Assess what the connection asks for until it asks for nothing more, or is closed."""
    # Ctrl-C reaches every process of the terminal; the one that leads ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        worker = _Worker(job, shared)
    except Exception as problem:
        reason = f"{type(problem).__name__}: {problem}"
        _tell(connection, CannotStart(reason, isinstance(problem, MemoryError)))
        return
    # So that a dossier that takes all memory leaves enough of it to be said.
    out_of_memory(shared.memory)
    _tell(connection, "ready")
    while True:
        try:
            asked = connection.recv()
            if asked is None or not _tell(connection, worker.answer(*asked)):
                return
        except EOFError:
            return
        except MemoryError:
            # Not even that: the one that leads sees that this process has ended, and why.
            os._exit(OUT_OF_MEMORY)


def _tell(connection: Connection, said: object) -> bool:
    """False when nobody listens any more: the run was killed."""
    try:
        connection.send(said)
    except OSError:
        return False
    return True


def limit_memory(most: int | None) -> bool:
    """Let the process have no more than so many bytes; False where the system cannot."""
    if most is None:
        return True
    try:
        import resource
    except ImportError:  # Windows
        return False
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (OSError, ValueError):
        return False
    return True


def memory_can_be_limited() -> bool:
    """Whether this system keeps a process from having more memory than it may. macOS has the
    call and takes no notice of it."""
    import sys

    return sys.platform.startswith("linux")


class _Worker:
    def __init__(self, job: Job, shared: Shared) -> None:
        limit_memory(shared.memory)
        self.job, self.shared = job, shared
        self.swaps: Swaps | None = None
        if job.lookups is not None:
            from guiju.compiler.swaps import read_swaps

            self.swaps = read_swaps(job.lookups)
        self.plans: dict[str, PackPlan] = {}
        self.digests: dict[str, str] = {}
        self.facts: dict[str, Facts] = {}
        self.fast = Kept(shared.engine, job.as_of)
        self.served = 0
        whole = os.path.isdir(job.source)
        self.root = job.source if whole else os.path.dirname(job.source)
        # Places in reports and messages are then the same wherever the folder stands.
        os.chdir(self.root)
        self.mapping: Mapping | None = None
        self._collections: dict[str, Collection] = {}
        if job.mapping is not None:
            from guiju.dossier import open_mapping

            self.mapping = open_mapping(job.mapping)
        for name in job.packs:
            self.plan(name)
        self.others: dict[str, Others] = {}
        if shared.pools:
            import pickle

            # The leader of this run made them a moment ago, in its own memory.
            self.others = {name: pickle.loads(pool) for name, pool in shared.pools.items()}
            PoolFile(shared.work).read(self.others.values())
        bytearray(LEAST_ROOM)  # a limit that leaves less is too low for any dossier
        gc.collect()
        gc.freeze()  # a pack holds many objects that stay; they need not be gone through again
        gc.set_threshold(1_000_000, 50, 100)

    def answer(self, what: str, number: int, entry: Entry) -> Done | Pooled | Unwritten:
        """Do with a dossier what is asked: `assess` it, or `pool` what others ask of it."""
        answer = self._pool(number, entry) if what == "pool" else self._rows(number, entry)
        self.served += 1
        if self.served % COLLECT_AFTER == 0:
            gc.collect()
        return answer

    def _pool(self, number: int, entry: Entry) -> Pooled:
        from guiju.dossier import Others

        try:
            parts: dict[str, Others] = {}
            for plan, dossier in self._read(entry):
                parts[plan.id] = others = Others(plan)
                if others:
                    others.add(dossier())
        except Exception:
            # Assessing it will say what is wrong; here its rows are not known.
            return Pooled(number, None)
        return Pooled(number, parts)

    def _rows(self, number: int, entry: Entry) -> Done | Unwritten:
        """Assess a dossier and write its rows down. What goes wrong with it is in the rows."""
        seen = stamp(self.root, entry.path)
        lines = Lines()
        packs: dict[str, str] = {}
        broken = False
        try:
            if number in self.shared.twins:
                raise UnreadableDossier(self.shared.twins[number])
            self._assess(entry, lines, packs)
        except (UnreadableDossier, DossierTwice) as unreadable:
            lines = Lines()
            self._unreadable(entry, lines, unreadable.problem)
        except MemoryError:
            lines = Lines()
            broken = True
            gc.collect()
            self._failed(entry, lines, out_of_memory(self.shared.memory))
        except RefusedPack as refused:
            lines.failed(entry, "unreadable", refused.reason, None, code="pack")
        except OutputProblem as problem:
            return Unwritten(problem.file, problem.errno, problem.said)
        except Exception as fault:
            lines = Lines()
            broken = True
            self._fault(fault)
            reason = bilingual("batch.reason.fault", fault=fault_words(fault))
            self._failed(entry, lines, reason)
        file = os.path.join(self.shared.work, f"{number}.rows")
        try:
            sizes, longest = lines.write(file)
        except OSError as problem:
            return Unwritten(file, problem.errno or 0, problem.strerror or "")
        return Done(number, file, sizes, longest, seen, packs, broken)

    def _assess(self, entry: Entry, lines: Lines, packs: dict[str, str]) -> None:
        job = self.job
        for plan, reading in self._read(entry):
            dossier = reading()
            packs[plan.id] = self.digests[plan.id]
            assessment = assess(
                dossier,
                plan,
                as_of=job.as_of,
                select=job.select,
                ignore=job.ignore,
                brief=job.report is None,
                others=self.others.get(plan.id),
                evaluator=self.fast.evaluator(plan) if job.report is None else None,
            )
            lines.assessed(entry, dossier, plan, assessment, self.facts[plan.id])
            if job.report is not None:
                try:
                    job.report(assessment, entry.name)
                except OSError as problem:
                    file = os.fsdecode(problem.filename or "")
                    raise OutputProblem(file, problem) from None

    def _read(self, entry: Entry) -> Iterator[tuple[PackPlan, Callable[[], Dossier]]]:
        """Each pack of a dossier, and how it is read by it. Raises UnreadableDossier and
        RefusedPack, as does the reading."""
        if self.mapping is None:
            manifest = open_dossier(entry.path)
            for name in self.job.packs or (self._named(manifest.pack),):
                plan = self.plan(name)
                yield plan, partial(read, manifest, plan)
            return
        for name in self.job.packs:
            plan = self.plan(name)
            if entry.project is None:
                from guiju.dossier.folder_mapping import read_folder

                yield plan, partial(read_folder, Path(entry.path), self.mapping, plan)
            else:
                collection = self._collection(entry.path, plan)
                yield plan, partial(collection.project, entry.project)

    def _collection(self, path: str, plan: PackPlan) -> Collection:
        if plan.id not in self._collections:
            from guiju.dossier.collection import Collection

            assert self.mapping is not None
            collection = Collection(Path(path), self.mapping, plan)
            if self.shared.found is not None:
                collection.found(self.shared.found)
            self._collections[plan.id] = collection
        return self._collections[plan.id]

    def plan(self, name: str) -> PackPlan:
        if name not in self.plans:
            plan = load_pack(name, self.swaps)
            self.digests[plan.id] = pack_digest(name, self.swaps)
            self.facts[plan.id] = facts_of(self.job.by, plan)
            self.plans[name] = plan
        return self.plans[name]

    def _named(self, name: str | None) -> str:
        """The pack a dossier names: by its id, since a path in a dossier is the word of whoever
        made it about a folder of ours."""
        if name is None:
            raise RefusedPack(bilingual("batch.reason.no-pack"))
        if is_path(name):
            raise RefusedPack(bilingual("batch.reason.pack-path", name=name))
        try:
            self.plan(name)
        except PackNotFound as problem:
            raise RefusedPack({lang: problem.message(lang) for lang in LANGUAGES}) from None
        except Exception as problem:
            if getattr(problem, "diagnostics", None) is None:
                raise
            raise RefusedPack(bilingual("batch.reason.pack-errors", name=name)) from None
        return name

    def _unreadable(self, entry: Entry, lines: Lines, problem: Problem) -> None:
        for plan in self._given():
            lines.failed(
                entry, "unreadable", problem.message, plan, at=problem.origin, code=problem.code
            )

    def _failed(self, entry: Entry, lines: Lines, reason: Text) -> None:
        for plan in self._given():
            lines.failed(entry, "broken", reason, plan)

    def _given(self) -> list[PackPlan | None]:
        return [self.plan(name) for name in self.job.packs] or [None]

    def _fault(self, fault: Exception) -> None:
        if self.shared.debug:
            import traceback

            traceback.print_exception(fault)


class RefusedPack(Exception):
    """A dossier cannot be checked by the pack it names, or names none."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason["en"])
        self.reason = reason


class OutputProblem(Exception):
    """A report on a dossier could not be written."""

    def __init__(self, file: str, problem: OSError) -> None:
        super().__init__(file)
        self.file = file
        self.errno = problem.errno or 0
        self.said = problem.strerror or ""


def fault_words(fault: BaseException) -> str:
    """What failed, on one line and the same in every run: without addresses in memory."""
    said = str(fault).strip().partition("\n")[0][:500]
    said = re.sub(r" at 0x[0-9A-Fa-f]+", "", said)
    return f"{type(fault).__name__}: {said}" if said else type(fault).__name__


def out_of_memory(most: int | None) -> Text:
    """Why a dossier that needs too much memory has no verdicts."""
    from guiju.batch.sizes import size_words

    if most is None:
        return bilingual("batch.reason.no-memory")
    return bilingual("batch.reason.memory", limit=size_words(most))
