"""What ends a command and is no fault of the engine: a limit reached, a disk that is full."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from guiju.cli.usage import say_error, unwritable_file
from guiju.hints import TYPE_CHECKING
from guiju.messages import Lang

if TYPE_CHECKING:
    from guiju.verdicts import Problem


def told(fault: Exception, lang: Lang) -> bool:
    """Says what an exception has to say for itself, with the mend; False where that is nothing."""
    problem = _problem(fault)
    if problem is None:
        return False
    from guiju.reporting.wording import Wording

    wording = Wording(lang)
    place = wording.place(problem.origin)
    before, after = ("（", "）") if lang == "zh" else (" (", ")")
    text = wording.text(problem.message)
    say_error(f"{text}{before}{place}{after}" if place else text, lang, wording.text(problem.mend))
    return True


def _problem(fault: Exception) -> Problem | None:
    found: Problem | None = getattr(fault, "problem", None)
    if found is not None or not type(fault).__module__.startswith(("duckdb", "_duckdb")):
        return found
    from guiju.store.connection import full

    store_full = full(fault)
    return None if store_full is None else store_full.problem


@contextmanager
def unwritten(file: str, read: Sequence[str] = ()) -> Iterator[None]:
    """DuckDB writes a file, and reads others. Raises WrongUsage where the system refuses, and
    UnreadableDossier for one of the others that turns out to be damaged."""
    import duckdb

    from guiju.messages.system import as_os_error

    try:
        yield
    except OSError as wrong:
        raise unwritable_file(file, wrong) from None
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as wrong:
        for one in read:
            if one in str(wrong):
                from guiju.dossier.parquet import damaged
                from guiju.dossier.problems import UnreadableDossier, problem

                found = damaged(wrong, one, os.path.basename(one))
                told = problem(found.code, "error", None, **found.values)
                raise UnreadableDossier(told) from None
        if isinstance(wrong, duckdb.IOException) and file and file in str(wrong):
            raise unwritable_file(file, as_os_error(wrong)) from None
        raise
