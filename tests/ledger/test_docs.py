"""The pages on packs say what is so: their columns, values and options exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guiju.checking.clauses import KINDS, STATUSES
from guiju.cli.check import COMMAND as CHECK
from guiju.cli.ledger import COMMAND as LEDGER
from guiju.ledger.record import COVERAGES
from guiju.messages.ledger import MESSAGES

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


def test_every_word_of_the_ledger_is_said_somewhere() -> None:
    root = DOCS.parent
    files = [
        *root.glob("engine/guiju/reporting/ledger*.py"),
        *root.glob("reports/guiju_reports/templates/ledger*"),
        *root.glob("reports/guiju_reports/templates/documents*"),
    ]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    composed = ("coverage.", "short.", "what.", "kind.", "scenario.", "section.")
    for key in MESSAGES:
        assert f'"{key}"' in text or key.startswith(composed), f"{key} is never said"


def test_every_coverage_kind_and_item_has_its_words() -> None:
    wanted = [f"coverage.{one}" for one in COVERAGES] + [f"short.{one}" for one in COVERAGES]
    wanted += [f"kind.{one}" for one in KINDS]
    wanted += [f"what.{one}" for one in ("rule", "judgement", "amendment", "formula", "lookup")]
    wanted += [f"section.{one}" for one in ("open", "stray", "uncompared", "uncited", "gone")]
    assert [key for key in wanted if key not in MESSAGES] == []
