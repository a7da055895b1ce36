"""What the guides say of the tables of a run is what the tables are."""

from __future__ import annotations

import re

import pytest

from guiju.batch.job import Grouping
from guiju.batch.rows import TABLES, columns_of
from guiju.cli.batch import COMMAND
from guiju.cli.options import COMMON


def told(guide: str) -> dict[str, list[str]]:
    """The columns a guide names for each table, in its order."""
    rows = re.findall(r"^\| `(\w+)\.parquet` \|(.*)$", guide, re.MULTILINE)
    return {table: re.findall(r"`(\w+…?)`", row) for table, row in rows}


@pytest.mark.parametrize("name", ["batch.md", "batch.zh-CN.md"])
def test_the_guide_names_every_column_in_its_order(root, name) -> None:
    found = told((root / "docs" / name).read_text(encoding="utf-8"))
    assert tuple(found) == TABLES
    for table, columns in columns_of([Grouping("region", "project", "province")]).items():
        names = [re.sub(r"^(rules|rows)_.*", r"\1_…", name) for name, _ in columns]
        assert found[table] == [n for n in dict.fromkeys(names) if n != "region"]


@pytest.mark.parametrize("name", ["batch.md", "batch.zh-CN.md"])
def test_the_guide_tells_of_every_option_of_its_own(root, name) -> None:
    guide = (root / "docs" / name).read_text(encoding="utf-8")
    common = {"--lookups", "--as-of", "--select", "--ignore", "--quiet"}  # as those of a check
    common |= {option.name for option in COMMON}
    missing = {o.name for o in COMMAND.options} - common
    assert not {option for option in missing if option not in guide}
