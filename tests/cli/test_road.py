"""Which road a check takes by the size of its tables."""

from __future__ import annotations

import pytest

from guiju.cli.engine import MANY_JOINED, MANY_ROWS, Engine
from guiju.compiler import load_pack
from guiju.dossier.model import Dossier, TableData
from guiju.plan.nodes import PackPlan

JOINED, PLAIN = "parcels", "trees"


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack("ccer-14-001")


class Rows(TableData):
    """A table of so many rows and no cells."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return self.rows


def by_queries(pack: PackPlan, table: str, rows: int, forced: str | None = None) -> bool:
    dossier = Dossier("", "", "", "", None, None, pack.id, None)
    dossier.tables = {table: Rows(rows)}
    return Engine(forced, "en").evaluator(dossier, pack, said=False) is not None


@pytest.mark.parametrize(
    ("table", "rows", "queries"),
    [
        (PLAIN, MANY_ROWS - 1, False),
        (PLAIN, MANY_ROWS, True),
        (JOINED, MANY_ROWS, False),
        (JOINED, MANY_JOINED - 1, False),
        (JOINED, MANY_JOINED, True),
    ],
)
def test_rows_decide_and_more_of_a_table_with_boundaries(
    pack: PackPlan, table: str, rows: int, queries: bool
) -> None:
    assert by_queries(pack, table, rows) is queries


def test_a_forced_road_is_taken_whatever_the_size(pack: PackPlan) -> None:
    assert by_queries(pack, PLAIN, 1, "tables")
    assert not by_queries(pack, PLAIN, MANY_ROWS, "reference")


def test_the_road_is_said_with_the_rows_that_decided(
    pack: PackPlan, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = Dossier("", "", "", "", None, None, pack.id, None)
    dossier.tables = {JOINED: Rows(MANY_JOINED - 1), PLAIN: Rows(MANY_ROWS)}
    assert Engine(None, "en").evaluator(dossier, pack, said=True) is not None
    told = capsys.readouterr().err
    assert f"{MANY_ROWS:,}" in told
    assert f"{MANY_JOINED - 1:,}" not in told
