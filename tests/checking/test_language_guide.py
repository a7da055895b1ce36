"""The language guide, in both languages: its examples are compiled, its tables are complete.

`GUIJU_REWRITE=1 pytest tests/checking/test_language_guide.py` writes the table of keywords.
"""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest

from guiju.checking.manifest import _KEYS as MANIFEST_KEYS
from guiju.compiler.build import build
from guiju.compiler.files import PackFiles
from guiju.diagnostics import Diagnostics, render
from guiju.plan.functions import FUNCTIONS
from guiju.plan.nodes import PackPlan

ROOT = Path(__file__).parents[2]
KEYWORDS = ROOT / "engine" / "guiju" / "syntax" / "keywords.csv"
PAGES = ["language.md", "language.zh-CN.md"]
REWRITE = bool(os.environ.get("GUIJU_REWRITE"))


@pytest.fixture(params=PAGES)
def path(request: pytest.FixtureRequest) -> Path:
    return ROOT / "docs" / str(request.param)


@pytest.fixture
def page(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)


def compiled(page: str, more: str = "") -> tuple[PackPlan | None, list[str]]:
    """The pack of a page, with everything that is said of it."""
    (manifest,) = blocks(page, "toml")
    content = {"pack.toml": manifest.encode(), "guide.gj": "\n".join(blocks(page, "gj")).encode()}
    if more:
        content["more.gj"] = more.encode()
    diagnostics = Diagnostics()
    plan = build(PackFiles(content, None), diagnostics)
    return plan, [render(d, "en") for d in diagnostics if not more or d.severity == "error"]


def part(page: str, name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)(?:<!-- /{name} -->|\n\n)", page, re.DOTALL)
    assert found is not None
    return found[1]


def cells(table: str) -> list[list[str]]:
    """The rows of a table below its head."""
    rows = [line.strip().strip("|").split("|") for line in table.strip().splitlines()]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_every_example_is_part_of_one_pack_without_a_mistake_or_warning(page: str) -> None:
    plan, found = compiled(page)
    # What only the tables of expressions use is no part of the pack.
    found = [text for text in found if "unused-name" not in text]
    assert found == []
    assert plan is not None
    assert len(plan.rules) == 6


def expressions(page: str) -> list[str]:
    written = [row[0] for row in cells(part(page, "expressions"))]
    written += [row[3] for row in cells(part(page, "functions"))]
    written += [row[1] for row in cells(part(page, "boundaries"))]
    return [text for cell in written for text in re.findall(r"`([^`]+)`", cell)]


def test_every_expression_is_compiled(page: str) -> None:
    english = "parcels" in part(page, "expressions")
    head = (
        'rule X-{} "T" zh "题"\n  cite "1"\n  for each parcel in parcels\n  let example = {}\n'
        '  must example = example and parcel.area > 0 ha\n  else CAR "N" zh "否"\n'
    )
    if not english:
        head = head.replace("for each parcel in parcels", "对每个 小班 属于 地块")
        head = head.replace("parcel.area > 0 ha", "小班.面积 > 0 ha")
        head = head.replace('"T" zh "题"', '"题" en "T"').replace('"N" zh "否"', '"否" en "N"')
        head = head.replace("CAR", "不符合")
    examples = expressions(page)
    assert len(examples) > 50
    text = "\n".join(head.format(number, text) for number, text in enumerate(examples))
    assert compiled(page, text)[1] == []


def test_the_two_pages_show_as_many_expressions() -> None:
    one, other = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in PAGES)
    assert len(expressions(one)) == len(expressions(other))
    assert one.count("\n## ") == other.count("\n## ")


def test_every_function_is_described(page: str) -> None:
    described = {tuple(re.findall(r"`?([\w]+)`?", cell)[0] for cell in row[:2]) for row in
                 cells(part(page, "functions"))}  # fmt: skip
    names = {(f.name, f.zh) for f in FUNCTIONS.values()}
    assert described in (names, {(zh, name) for name, zh in names})


def test_every_key_of_the_manifest_is_described(page: str) -> None:
    for key in MANIFEST_KEYS:
        assert re.search(rf"^\|[^|]*`{key}`", page, re.MULTILINE), key


def keyword_table(heading: str) -> str:
    def shown(words: str) -> str:
        return " ".join(f"`{word}`" for word in words.split("|"))

    with KEYWORDS.open(encoding="utf-8", newline="") as stream:
        rows = [f"| {shown(row['en'])} | {shown(row['zh'])} |" for row in csv.DictReader(stream)]
    return f"| English | {heading} |\n|---|---|\n" + "\n".join(dict.fromkeys(rows)) + "\n"


def test_the_table_of_keywords_is_that_of_the_language(path: Path, page: str) -> None:
    table = keyword_table("中文")
    if REWRITE:
        page = re.sub(
            r"(<!-- keywords -->\n).*(<!-- /keywords -->)",
            lambda found: found[1] + table + found[2],
            page,
            flags=re.DOTALL,
        )
        path.write_text(page, encoding="utf-8")
    assert part(page, "keywords") == table
