"""A run over many dossiers, from the folder they are in to the folder of results."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import guiju
from guiju.batch.crew import Crew, Died, Task
from guiju.batch.discovery import Entry, list_digest, stamp
from guiju.batch.entries import entries_of
from guiju.batch.job import Job, Limits
from guiju.batch.journal import PAGE, SUMMARY, Journal, Shard
from guiju.batch.parquet import Database
from guiju.batch.pool_file import PoolFile
from guiju.batch.pooling import Pools, pooled
from guiju.batch.problems import BatchProblem, unwritable
from guiju.batch.rows import TABLES, broken_lines, columns_of
from guiju.batch.summary import Summary, summary_of, to_json
from guiju.batch.worker import Done, Shared
from guiju.compiler import load_pack, pack_digest
from guiju.compiler.files import Swaps
from guiju.digests import hexdigest, sha256
from guiju.hints import Any
from guiju.plan.nodes import PackPlan
from guiju.record import Record

SHARD = 100
"""Dossiers of one shard. A kill costs those of the shards that were open, one or two as a rule;
each shard costs some 30 ms. It does not depend on the number of dossiers, so
that neither does the time for each."""


class Progress(Record):
    """How far a run is: dossiers done, those of them that were done before, all, and whether
    they are only gone over to see what others ask of them."""

    done: int
    before: int
    all: int
    pooling: bool = False


class Stopped(Exception):
    """A run ended by Ctrl-C or by the system's wish. The same command goes on."""

    def __init__(self, done: int, count: int) -> None:
        super().__init__(f"{done} of {count}")
        self.done = done
        self.count = count


Watch = Callable[[Progress], None]


def run_batch(
    job: Job,
    out: str,
    limits: Limits,
    *,
    watch: Watch | None = None,
    page: Callable[[Summary], str] | None = None,
    restart: bool = False,
) -> Summary:
    """Assess every dossier of a job that is not done, and leave the results in a folder.

    The same job gives the same bytes, however many processes worked and however often the run
    was killed. `page` makes the page of a summary. Raises BatchProblem, Stopped, PackNotFound,
    and UnreadableDossier for a collection that cannot be read.
    """
    with _Run(job, out, limits, watch or (lambda _: None)) as run:
        return run.whole(restart, page)


class _Run:
    def __init__(self, job: Job, out: str, limits: Limits, watch: Watch) -> None:
        self.job, self.watch = job, watch
        self.out = os.path.abspath(out)
        self.limits = limits
        self.stopping = False
        swaps: Swaps | None = None
        if job.lookups is not None:
            from guiju.compiler.swaps import read_swaps

            swaps = read_swaps(job.lookups)
        self.swaps = swaps
        self.plans: list[PackPlan] = [load_pack(name, swaps) for name in job.packs]
        self.digests = {
            plan.id: pack_digest(name, swaps)
            for plan, name in zip(self.plans, job.packs, strict=True)
        }
        self.root = job.source if os.path.isdir(job.source) else os.path.dirname(job.source)
        given = entries_of(job, self.out, self.plans)
        self.entries, self.found, self.passed_over = given.all, given.found, given.passed_over
        self.shards = (len(self.entries) + SHARD - 1) // SHARD
        self.pools = Pools({}, {}, "")
        self.done = self.before = 0
        self.journal = Journal(self.out, TABLES)

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *_: object) -> None:
        self.journal.close()

    # --- the run ------------------------------------------------------------------------

    def whole(self, restart: bool, page: Callable[[Summary], str] | None) -> Summary:
        with Database(os.path.join(self.journal.path("work"), "spill")) as database:
            self.journal.begin(self._asked(), restart=restart)
            with self._heeding():
                if self._across():
                    self._pool()
                open_shards = [n for n in range(self.shards) if not self._holds(n)]
                self.before = self.done = len(self.entries) - sum(
                    len(self._of(number)) for number in open_shards
                )
                if open_shards:
                    self.journal.unfinish()
                    self._assess(open_shards, database)
                return self._finish(database, page)

    def _asked(self) -> dict[str, Any]:
        """What decides the results, so that a run goes on only with what it began with."""
        job = self.job
        return {
            "engine": guiju.__version__,
            "packs": [[plan.id, self.digests[plan.id]] for plan in self.plans],
            "mapping": _file_digest(job.mapping),
            "lookups": None if self.swaps is None else self.swaps.digest,
            "as-of": None if job.as_of is None else job.as_of.isoformat(),
            "select": list(job.select),
            "ignore": list(job.ignore),
            "by": [f"{one.name}={one.group}.{one.field}" for one in job.by],
            "reports": list(job.reports),
            "dossiers": {"count": len(self.entries), "sha256": list_digest(self.entries)},
            "shard": SHARD,
        }

    @contextmanager
    def _heeding(self) -> Iterator[None]:
        """Ctrl-C and a polite request of the system end the run between two dossiers."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(number: int, frame: object) -> None:
            self.stopping = True

        asked = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(one, stop) for one in asked]
        try:
            yield
        finally:
            for one, handler in zip(asked, before, strict=True):
                signal.signal(one, handler)

    def _stopped(self) -> bool:
        return self.stopping

    def _stop_if_asked(self) -> None:
        if self.stopping:
            raise Stopped(self.done, len(self.entries))

    def _crew(self, count: int, work: str) -> Crew:
        shared = Shared(
            work,
            self.limits.memory,
            self.limits.debug,
            self.found,
            self.pools.contents,
            self.pools.twins,
            self.limits.engine,
        )
        limits = self.limits._replace(jobs=max(1, min(self.limits.jobs, count)))
        return Crew(self.job, shared, limits, self._stopped)

    # --- what packs ask across dossiers ---------------------------------------------------

    def _across(self) -> bool:
        """Whether a pack may ask about other dossiers; those that dossiers name themselves are
        known only when the dossiers are read."""
        return not self.plans or any(rule.across for plan in self.plans for rule in plan.rules)

    def _pool(self) -> None:
        crew = self._crew(len(self.entries), self.journal.path("work"))
        count = len(self.entries)

        def seen(number: int) -> None:
            self.watch(Progress(number, 0, count, pooling=True))

        answers = crew.answers(enumerate(self.entries), "pool")
        with PoolFile(self.journal.path("work"), new=True) as file:
            self.pools = pooled(answers, self.entries, self._plan, file, seen)
        self._stop_if_asked()

    # --- shards -------------------------------------------------------------------------

    def _of(self, number: int) -> Sequence[Entry]:
        return self.entries[number * SHARD : (number + 1) * SHARD]

    def _holds(self, number: int) -> bool:
        """Whether a shard is done and its dossiers look as they did."""
        shard = self.journal.shard(number)
        if shard is None or (self.limits.retry and shard.broken):
            return False
        for pack, digest in shard.packs.items():
            if self._digest(pack) != digest:
                raise BatchProblem("other-run", folder=self.out, changed=["packs"])
        stamps = [stamp(self.root, path) for path in _once(e.path for e in self._of(number))]
        return shard.stamps == self._stamps(stamps)

    def _stamps(self, stamps: Sequence[str]) -> str:
        # What another dossier says may change a verdict on this one where packs ask for it.
        return hexdigest("\n".join([self.pools.digest, *stamps]).encode())

    def _digest(self, pack: str) -> str:
        from guiju.packs import PackNotFound

        if pack not in self.digests:
            try:
                self.digests[pack] = pack_digest(pack, self.swaps)
            except PackNotFound:
                self.digests[pack] = ""
        return self.digests[pack]

    def _assess(self, open_shards: Sequence[int], database: Database) -> None:
        work = self.journal.path("work")
        count = sum(len(self._of(number)) for number in open_shards)
        waiting: dict[int, dict[int, Done]] = {number: {} for number in open_shards}

        def tasks() -> Iterator[Task]:
            for shard in open_shards:
                yield from enumerate(self._of(shard), shard * SHARD)

        self.watch(Progress(self.done, self.before, len(self.entries)))
        for answer in self._crew(count, work).answers(tasks()):
            assert isinstance(answer, (Done, Died))
            done = self._mourn(answer, work) if isinstance(answer, Died) else answer
            for pack, digest in done.packs.items():
                if self.digests.setdefault(pack, digest) != digest:
                    raise BatchProblem("pack-changed", pack=pack)
            shard = done.number // SHARD
            waiting[shard][done.number] = done
            self.done += 1
            if len(waiting[shard]) == len(self._of(shard)):
                of = waiting.pop(shard)
                self._finish_shard(shard, [of[number] for number in sorted(of)], database)
            self.watch(Progress(self.done, self.before, len(self.entries)))
        if waiting:
            # What stands in shards that are not whole will be done again.
            self.done -= sum(len(done) for done in waiting.values())
        self._stop_if_asked()

    def _mourn(self, died: Died, work: str) -> Done:
        """The rows of a dossier whose process was killed."""
        entry = died.entry
        lines = broken_lines(entry, "broken", died.reason, self.plans)
        file = os.path.join(work, f"{died.number}.rows")
        try:
            sizes, longest = lines.write(file)
        except OSError as problem:
            raise unwritable(file, problem) from None
        seen = stamp(self.root, entry.path)
        return Done(died.number, file, sizes, longest, seen, {}, True)

    def _finish_shard(self, number: int, done: Sequence[Done], database: Database) -> None:
        draft = self.journal.draft(number)
        columns = columns_of(self.job.by)
        longest = max(one.longest for one in done)
        lines = [os.path.join(draft, f"{table}.lines") for table in TABLES]
        _gather(done, lines)
        for table, file in zip(TABLES, lines, strict=True):
            target = os.path.join(draft, f"{table}.parquet")
            database.lines_to_parquet(file, columns[table], target, longest)
            os.remove(file)
        for one in done:
            os.remove(one.file)
        packs: dict[str, str] = {}
        for one in done:
            packs.update(one.packs)
        by_path = {self.entries[one.number].path: one.stamp for one in done}
        broken = sum(one.broken for one in done)
        shard = Shard(self._stamps(list(by_path.values())), packs, broken)
        self.journal.finish(number, shard)

    # --- the whole ----------------------------------------------------------------------

    def _finish(self, database: Database, page: Callable[[Summary], str] | None) -> Summary:
        """The tables of the whole, and last of all the summary: where it stands, all does."""
        journal = self.journal
        drafts: dict[str, str] = {}
        for table in TABLES:
            self._stop_if_asked()
            drafts[table] = os.path.join(journal.path("work"), f"{table}.parquet")
            parts = [journal.shard_file(number, table) for number in range(self.shards)]
            database.merge(parts, drafts[table])
        self._stop_if_asked()
        summary = summary_of(database, drafts, self.job, self._packs(), self.passed_over)
        for table in TABLES:
            journal.publish(drafts[table], f"{table}.parquet")
        if page is not None:
            journal.write(PAGE, page(summary))
        journal.write(SUMMARY, to_json(summary))
        return summary

    def _packs(self) -> dict[str, PackPlan]:
        """The packs of the run by id, those that dossiers named included."""
        plans = {plan.id: plan for plan in self.plans}
        for pack in self.digests.keys() - plans.keys():
            plans[pack] = self._plan(pack)
        return plans

    def _plan(self, pack: str) -> PackPlan:
        """A pack by its id."""
        given = (plan for plan in self.plans if plan.id == pack)
        return next(given, None) or load_pack(pack, self.swaps)


def _gather(done: Sequence[Done], lines: Sequence[str]) -> None:
    """The rows of dossiers, one behind the other, in one file a table. Raises BatchProblem."""
    try:
        streams = [open(file, "wb") for file in lines]  # noqa: SIM115
        try:
            for one in done:
                with open(one.file, "rb") as rows:
                    for stream, size in zip(streams, one.sizes, strict=True):
                        while size:
                            piece = rows.read(min(size, 1 << 20))
                            stream.write(piece)
                            size -= len(piece)
        finally:
            for stream in streams:
                stream.close()
    except OSError as problem:
        raise unwritable(problem.filename or lines[0], problem) from None


def _once(paths: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(paths))


def _file_digest(file: str | None) -> str | None:
    if file is None:
        return None
    whole = sha256()
    with open(file, "rb") as stream:
        while piece := stream.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()
