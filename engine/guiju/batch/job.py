"""What a run over many dossiers is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiju.hints import TYPE_CHECKING
from guiju.record import Record

if TYPE_CHECKING:
    from guiju.verdicts import Assessment

Report = Callable[["Assessment", str], None]
"""Writes the reports on one dossier into the folder given, under names made of its place."""


class Grouping(Record):
    """`name=group.field`: a fact that the summary counts dossiers by, and its column. Group and
    field are named as in a dossier: by name, alias or label."""

    name: str
    group: str
    field: str


class Job(Record):
    """What decides the results of a run; another job needs another folder.

    `packs` are ids or absolute paths; without any, each dossier is checked by the pack it names.
    `source` is the folder of dossiers, or the file that holds them. Paths are absolute, since
    the processes that do the work stand in the folder of the dossiers.
    """

    source: str
    packs: tuple[str, ...] = ()
    mapping: str | None = None
    lookups: str | None = None
    as_of: date | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    by: tuple[Grouping, ...] = ()
    reports: tuple[str, ...] = ()
    """The formats of reports on each dossier, and the language they are in."""
    report: Report | None = None
    """Writes them; a function of a module, since other processes call it. Without one the
    dossiers are assessed without what only a report shows."""


class Limits(Record):
    """How the work is done. No result depends on it, but for dossiers that go beyond a limit:
    those are broken, and `retry` does them again."""

    jobs: int = 1
    seconds: int | None = None
    """The longest a dossier may take."""
    memory: int | None = None
    """The most bytes a process may ask the system for."""
    retry: bool = False
    debug: bool = False
    engine: str | None = None
    """`reference` or `compiled`; None for the second where there are enough dossiers."""
