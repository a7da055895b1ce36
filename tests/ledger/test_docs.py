"""The pages on packs say what is so: their columns, values and options exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.checking.clauses import KINDS, STATUSES
from guiju.cli.check import COMMAND as CHECK
from guiju.cli.ledger import COMMAND as LEDGER

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ["packs.md", "packs.zh-CN.md"]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    return (DOCS / str(request.param)).read_text(encoding="utf-8")


def test_every_kind_and_status_of_a_clause_is_explained(page: str) -> None:
    (kinds,) = [line for line in page.splitlines() if line.startswith("| `kind`")]
    assert set(re.findall(r"`([a-z]+)`", kinds)) == {"kind", *KINDS}
    for status in filter(None, STATUSES):
        assert f"`{status}`" in page


def test_every_option_the_page_names_is_there(page: str) -> None:
    options = {option.name for command in (CHECK, LEDGER) for option in command.options}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page))
    assert named <= options
    assert {"--features", "--documents", "--fail-under", "--lookups"} <= named


def test_the_pages_lead_to_files_that_are_there(page: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page):
        assert (DOCS / target).is_file(), target
