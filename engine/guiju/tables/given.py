"""Tables as a caller gives them: Parquet files, or tables of Arrow."""

from __future__ import annotations

from pathlib import Path

from guiju.dossier.keeping import Unkept
from guiju.dossier.problems import Rejected, UnreadableDossier, problem
from guiju.hints import Any
from guiju.plan.nodes import TablePlan
from guiju.store import Store, from_arrow, from_parquet
from guiju.tables.parquet import UnfitColumn, parquet_source
from guiju.tables.sources import Source, stored_source
from guiju.verdicts import Origin, Problem


def given_source(
    store: Store,
    plan: TablePlan,
    given: Path | Any,
    view: str,
    problems: list[Problem],
    *,
    joined: bool = True,
) -> Source:
    """A table given as a Parquet file or as what `from_arrow` takes. A file whose columns are of
    the types of their fields is read where it lies; any other as a dossier's is, and what
    cannot be read of it is added to `problems`. `joined`: other rows find its rows by their
    key. Raises UnfitColumn for a file that lacks a column, and UnreadableDossier."""
    try:
        if not isinstance(given, Path):
            return stored_source(from_arrow(store, plan, given, problems, plan.name))
        path = given.parent.resolve() / given.name
        try:
            return parquet_source(store.connection, plan, path, view, joined=joined)
        except UnfitColumn as unfit:
            if unfit.lacking:
                raise
            try:
                return stored_source(from_parquet(store, plan, path, problems))
            except Unkept:
                raise unfit from None
    except Rejected as rejected:
        file = given.name if isinstance(given, Path) else plan.name
        found = problem(rejected.code, "error", Origin(file, ""), **rejected.values)
        raise UnreadableDossier(found) from None
