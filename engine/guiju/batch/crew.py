"""The processes of a run: who has which dossier, who is late, who died.

Python's own pools stop or hang when one of their processes is killed, and do not say what it
was doing. Here each process has one dossier at a time, so that it is known whose fault a death
is, and the others go on.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from multiprocessing import connection, get_context

from guiju.batch.discovery import Entry
from guiju.batch.job import Job, Limits
from guiju.batch.problems import BatchProblem, unwritable
from guiju.batch.sizes import size_words
from guiju.batch.worker import (
    OUT_OF_MEMORY,
    CannotStart,
    Done,
    Pooled,
    Shared,
    Unwritten,
    out_of_memory,
    serve,
)
from guiju.hints import Any
from guiju.messages import bilingual
from guiju.record import Record
from guiju.verdicts import Text

RENEWED_AFTER = 2000
"""Dossiers after which a process is replaced, so that memory it does not give back, in our
code or in a library's, cannot grow with the number of dossiers."""

MOST_STARTS = 3
"""How often in a row a process may die before it is ready."""

_PATIENCE = 0.25
"""Seconds after which the crew looks up, to see whether the run is to end."""

Task = tuple[int, Entry]


class Died(Record):
    """A dossier whose process ended before it had answered."""

    number: int
    entry: Entry
    reason: Text


Answer = Done | Pooled | Died


class _Queue:
    """The dossiers still to be given out."""

    def __init__(self, tasks: Iterator[Task]) -> None:
        self._tasks = tasks
        self._waiting: list[Task] = []

    def more(self) -> bool:
        if not self._waiting:
            task = next(self._tasks, None)
            if task is not None:
                self._waiting.append(task)
        return bool(self._waiting)

    def take(self) -> Task:
        return self._waiting.pop()

    def put_back(self, task: Task) -> None:
        self._waiting.append(task)


class _Member:
    """One process, the dossier it has, and since when."""

    def __init__(self, job: Job, shared: Shared) -> None:
        # A fork would bring along DuckDB's threads and all that the leader holds.
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, job, shared), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.since = 0.0
        self.served = 0

    def said(self) -> object:
        """What it has sent; None when there is nothing, or it is gone."""
        try:
            return self.connection.recv() if self.connection.poll() else None
        except (EOFError, OSError):
            return None

    def told(self, what: object) -> bool:
        try:
            self.connection.send(what)
        except OSError:
            return False
        return True

    def end(self) -> None:
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.connection.close()


class Crew:
    """So many processes at work on the dossiers of one job."""

    def __init__(
        self, job: Job, shared: Shared, limits: Limits, stopped: Callable[[], bool]
    ) -> None:
        self.job, self.shared, self.limits = job, shared, limits
        self.stopped = stopped
        self.members: list[_Member] = []
        self.leaving: list[_Member] = []
        self.failed_starts = 0

    def answers(self, tasks: Iterator[Task], what: str = "assess") -> Iterator[Answer]:
        """What became of each dossier, in the order in which they are done.

        Ends early, with dossiers left over, once `stopped` says so. Raises BatchProblem when no
        process gets ready, and when rows cannot be written.
        """
        queue = _Queue(tasks)
        try:
            while not self.stopped():
                while len(self.members) < self.limits.jobs and queue.more():
                    self.members.append(_Member(self.job, self.shared))
                if not self.members:
                    return
                for member in self._awake():
                    answer = self._hear(member, queue, what)
                    if answer is not None:
                        yield answer
        finally:
            for member in self.leaving:
                member.process.join(1)
            for member in (*self.members, *self.leaving):
                member.end()
            self.members, self.leaving = [], []

    def _awake(self) -> list[_Member]:
        """The members that have something to say, have ended, or are over their time."""
        wait, now = _PATIENCE, time.monotonic()
        if self.limits.seconds is not None:
            for member in self.members:
                if member.task is not None:
                    wait = min(wait, max(0.0, member.since + self.limits.seconds - now))
        awaited: list[Any] = [
            one for m in self.members for one in (m.connection, m.process.sentinel)
        ]
        ready = set(connection.wait(awaited, wait))
        return [
            m
            for m in self.members
            if m.connection in ready or m.process.sentinel in ready or self._late(m)
        ]

    def _late(self, member: _Member) -> bool:
        seconds = self.limits.seconds
        return (
            seconds is not None
            and member.task is not None
            and time.monotonic() >= member.since + seconds
        )

    def _hear(self, member: _Member, queue: _Queue, what: str) -> Answer | None:
        """Takes what a member says, and gives it its next dossier."""
        match member.said():
            case Done() | Pooled() as answer:
                member.task = None
                self._employ(member, queue, what)
                return answer
            case "ready":
                self.failed_starts = 0
                self._employ(member, queue, what)
            case Unwritten(file, number, said):
                raise unwritable(file, OSError(number, said))
            case CannotStart(reason, memory):
                key = "cannot-start-memory" if memory else "cannot-start"
                raise BatchProblem(key, reason=reason)
            case _ if self._late(member):
                seconds = self.limits.seconds
                return self._lost(member, bilingual("batch.reason.timeout", seconds=seconds))
            case _ if not member.process.is_alive():
                return self._lost(member, self._end_words(member.process.exitcode))
            case _:
                pass
        return None

    def _employ(self, member: _Member, queue: _Queue, what: str) -> None:
        if member.served >= RENEWED_AFTER or not queue.more():
            member.told(None)
            self.members.remove(member)
            for gone in [one for one in self.leaving if not one.process.is_alive()]:
                gone.end()
                self.leaving.remove(gone)
            self.leaving.append(member)
            return
        member.task, member.since = queue.take(), time.monotonic()
        member.served += 1
        if not member.told((what, *member.task)):
            # It died between two dossiers: this one is not to blame.
            queue.put_back(member.task)
            member.task = None
            self._lost(member, {})

    def _lost(self, member: _Member, reason: Text) -> Died | None:
        """A member that is late or dead; another is started while there is work."""
        member.end()
        self.members.remove(member)
        if member.task is not None:
            return Died(*member.task, reason)
        if not member.served:
            self.failed_starts += 1
            if self.failed_starts >= MOST_STARTS:
                raise BatchProblem("cannot-start", reason=reason)
        return None

    def _end_words(self, code: int | None) -> Text:
        """Why a process ended that was not told to."""
        if code == OUT_OF_MEMORY:
            return out_of_memory(self.limits.memory)
        ended: dict[str, object] = {"code": "?" if code is None else code}
        key = "exit"
        if code is not None and code < 0:
            key, ended = ("killed" if code == -9 else "signal"), {"signal": -code}
        if self.limits.memory is not None and key != "killed":
            # What is written in C gives up when it is refused memory, and says so nowhere.
            key, ended = f"{key}-limited", {**ended, "limit": size_words(self.limits.memory)}
        return bilingual(f"batch.reason.{key}", **ended)
