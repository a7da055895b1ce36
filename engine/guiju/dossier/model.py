"""A dossier as read: typed values, each with the place it came from.

Values are what the vocabulary of the pack says they are: Decimal in the declared unit,
`str`, `bool`, `date`, `(date, date)` for a period, a tuple for a list. A missing value is
None. A cell that could not be read is None too, and has a reading problem.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiju.hints import Any
from guiju.record import Mutable, field
from guiju.verdicts import Document, FileRecord, JudgementGiven, Origin, Problem


class Given(Mutable):
    """A fact the dossier gives."""

    value: Any
    origin: Origin


class TableData(Mutable):
    """A table by columns: `columns[field][row]`. `place(row, field)` makes an origin.

    Every declared column is present; one the files lack is all None. `keys[row]` is the
    row's key as text (parts joined by `/`), used as the subject of findings.
    """

    name: str
    columns: dict[str, list[Any]]
    keys: list[str]
    place: Callable[[int, str], Origin]

    def __len__(self) -> int:
        return len(self.keys)


class Dossier(Mutable):
    """All a dossier says. `facts` are keyed `(group, field)`; a table the dossier lacks is
    absent from `tables`. `documents` are keyed by kind, `judgements` by rule id and row
    key (None for a rule that is not over rows)."""

    id: str
    title: str
    path: str
    digest: str
    stage: str | None
    submitted: date | None
    pack: str | None
    edition: str | None
    facts: dict[tuple[str, str], Given] = field(default_factory=dict)
    tables: dict[str, TableData] = field(default_factory=dict)
    documents: dict[str, list[Document]] = field(default_factory=dict)
    judgements: dict[tuple[str, str | None], JudgementGiven] = field(default_factory=dict)
    files: list[FileRecord] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
