"""What a reader asks of a place that keeps large tables. The readers know no such place: one is
given to them."""

from __future__ import annotations

from guiju.dossier.files import Files
from guiju.dossier.grid import Grid
from guiju.dossier.model import TableData
from guiju.hints import TYPE_CHECKING, Protocol
from guiju.plan.nodes import TablePlan
from guiju.verdicts import Problem

if TYPE_CHECKING:
    from guiju.dossier.headings import Asked


class Unkept(Exception):
    """A table cannot be kept as it is: the ordinary reader is to read it."""


class KeptText(Protocol):
    """A large CSV file that is not held in memory. `head` is the text of its first rows."""

    head: str

    def grid(self, header: int) -> Grid:
        """Its grid, whose headings stand in row `header`. Raises `Rejected` as `read_csv`
        does, and Unkept."""
        ...


class Keeper(Protocol):
    """A place that keeps large tables."""

    def csv(self, files: Files, name: str, delimiter: str) -> KeptText | None:
        """A large CSV file, None for one that is not. Raises Unkept."""
        ...

    def keeps(self, grid: Grid) -> bool:
        """Whether the rows of a grid are to be kept."""
        ...

    def table(
        self, plan: TablePlan, grid: Grid, asked: dict[str, Asked], problems: list[Problem]
    ) -> TableData:
        """The table of a grid. Raises `Rejected`, and Unkept."""
        ...

    def loaded(self, plan: TablePlan, data: TableData) -> TableData:
        """A table that was read into Python, kept as well."""
        ...
