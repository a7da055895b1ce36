"""The first pass of a run whose packs ask across dossiers: what they ask for, of all dossiers."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence

from guiju.batch.crew import Answer, Died
from guiju.batch.discovery import Entry
from guiju.batch.pool_file import PoolFile
from guiju.batch.worker import Pooled
from guiju.digests import sha256
from guiju.dossier import DossierTwice, Others
from guiju.plan.nodes import PackPlan
from guiju.record import Record
from guiju.verdicts import Problem


class Pools(Record):
    """What packs ask across dossiers, by pack, as bytes for other processes, without the tables
    that are in a file; the dossiers whose ids are taken, with what is to be said of each; one
    digest of it all."""

    contents: dict[str, bytes]
    twins: dict[int, Problem]
    digest: str


def pooled(
    answers: Iterable[Answer],
    entries: Sequence[Entry],
    plan_of: Callable[[str], PackPlan],
    file: PoolFile,
    watch: Callable[[int], None],
) -> Pools:
    """Puts together what was read of each dossier, in the order of the run.

    Only the columns that are asked for are kept, in the file where rows are found by key. A
    dossier that could not be read is one whose rows are not known, for every pack: it might have
    been any's.
    """
    others: dict[str, Others] = {}
    unread: list[tuple[int, Entry]] = []
    twins: dict[int, Problem] = {}
    waiting: dict[int, Pooled] = {}
    following = 0
    for count, answer in enumerate(answers, 1):
        if isinstance(answer, Died):
            answer = Pooled(answer.number, None)
        assert isinstance(answer, Pooled)
        waiting[answer.number] = answer
        while following in waiting:
            parts = waiting.pop(following).parts
            if parts is None:
                unread.append((following, entries[following]))
            for name, part in (parts or {}).items():
                if not part:
                    continue
                try:
                    if name not in others:
                        others[name] = file.pool_of(plan_of(name))
                    others[name].extend(part)
                except DossierTwice as problem:
                    twins[following] = problem.problem
            following += 1
        watch(count)
    for name in sorted(others):
        for number, entry in unread:
            try:
                others[name].add_unread(entry.own_name, entry.name)
            except DossierTwice:
                # It cannot even say what it is called; its place is its own.
                others[name].add_unread(f"{entry.name} ({number + 1})", entry.name)
    file.filled(others.values())
    whole = sha256()
    contents: dict[str, bytes] = {}
    for name in sorted(others):
        contents[name] = pickle.dumps(others[name], pickle.HIGHEST_PROTOCOL)
        whole.update(f"{name}\n".encode() + contents[name])
    return Pools(contents, twins, whole.hexdigest() if contents else "")
