"""Many dossiers as one set of tables."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike

from guiju.dossier.model import Dossier
from guiju.plan.nodes import PackPlan
from guiju.store.connection import Store
from guiju.store.description import Description


class StoredSet:
    """The tables of many dossiers, each as one SQL table with a VARCHAR column `dossier` (the
    dossier's id) and `rid`, the row within that dossier; and `facts`, a row for each dossier
    with a column for each fact, `"group.field"`."""

    store: Store
    plan: PackPlan
    dossiers: int
    sql_names: dict[str, str]
    """By table of the vocabulary; the facts are under the empty name."""
    description: dict[str, dict[str, Description]]
    """By table, then by field; facts by `group.field` under the empty name."""

    def add(self, dossiers: Iterable[Dossier]) -> None:
        """Appends dossiers, in batches of bounded size."""
        raise NotImplementedError

    @classmethod
    def from_facts(cls, store: Store, plan: PackPlan, file: str | PathLike[str]) -> StoredSet:
        """Facts from a Parquet file with a row for each dossier."""
        raise NotImplementedError
