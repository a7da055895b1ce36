"""`guiju ledger` as its users call it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from guiju.reporting.columns import width

PACKS = Path(__file__).parents[1] / "ledger/packs"


@pytest.fixture
def complete(tmp_path: Path) -> Path:
    """A pack whose every clause is covered."""
    folder = tmp_path / "packs/demo"
    shutil.copytree(PACKS / "demo", folder)
    rules = folder / "rules.gj"
    text = (
        rules.read_text(encoding="utf-8").replace("、第九十九条", "").replace("综述 第2节", "2 (c)")
    )
    rules.write_text(text, encoding="utf-8")
    return folder


def test_open_clauses_and_stray_cites_make_the_exit_code_1(guiju, complete: Path) -> None:
    done = guiju("ledger", f"{PACKS}/demo")
    assert done.returncode == 1, done.stderr
    assert "incomplete" in done.stdout
    done = guiju("ledger", complete)
    assert done.returncode == 0, done.stdout
    assert "10 of 10 clauses covered (100 %)" in done.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_ledger_fits_a_terminal(guiju, lang: str) -> None:
    done = guiju("ledger", "demo-user", "--packs-dir", PACKS, "--lang", lang)
    assert done.returncode == 1, done.stderr
    assert max(width(line) for line in done.stdout.splitlines()) <= 80
    assert "第九十九条" in done.stdout


@pytest.mark.parametrize(("share", "code"), [("90%", 1), ("80", 1), ("91 %", 1)])
def test_a_stray_cite_fails_whatever_the_share(guiju, share: str, code: int) -> None:
    assert guiju("ledger", f"{PACKS}/demo", "--fail-under", share).returncode == code


@pytest.mark.parametrize(("share", "code"), [("90", 0), ("90.1%", 1), ("100%", 1)])
def test_a_share_may_be_enough(guiju, complete: Path, share: str, code: int) -> None:
    rules = complete / "rules.gj"
    text = rules.read_text(encoding="utf-8").replace('"2 (c)"', '"2 (b)"')
    rules.write_text(text, encoding="utf-8")
    assert guiju("ledger", complete, "--fail-under", share).returncode == code


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-pack"],
        ["{demo}", "--fail-under", "101"],
        ["{demo}", "--fail-under", "half"],
        ["{demo}", "--format", "pdf"],
        ["{demo}", "--features", "no-such-folder"],
        ["{demo}", "--features", "{demo}"],
    ],
)
def test_wrong_usage_is_exit_code_2(guiju, words: list[str]) -> None:
    done = guiju("ledger", *(word.format(demo=f"{PACKS}/demo") for word in words))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "guiju:" in done.stderr and "Traceback" not in done.stderr


def test_json_is_as_its_schema_says(guiju) -> None:
    from guiju.ledger import record

    schema = json.loads(guiju("schema", "ledger").stdout)
    text = guiju("ledger", f"{PACKS}/demo", "--format", "json").stdout
    assert schema["properties"]["format"]["const"] == json.loads(text)["format"]
    ledger = record._adapter().validate_json(text, strict=True)
    assert record.to_json(ledger) == text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_html_is_one_page_without_scripts(guiju, tmp_path: Path, lang: str) -> None:
    lxml = pytest.importorskip("lxml.html")
    page = tmp_path / "ledger.html"
    done = guiju("ledger", f"{PACKS}/demo", "--format", f"html:{page}", "--lang", lang)
    assert done.returncode == 1, done.stderr
    tree = lxml.fromstring(page.read_text(encoding="utf-8"))
    assert not tree.xpath("//script | //link[not(@rel='icon')]")
    assert len(tree.xpath("//table[contains(@class, 'ledger')]")) == 3
    assert tree.xpath("//tr[@class='k-open']/th/text()") == ["2 (c)"]
    anchors = set(tree.xpath("//@id"))
    assert {href[1:] for href in tree.xpath("//a/@href")} <= anchors


def test_a_file_is_not_overwritten_unasked(guiju, tmp_path: Path) -> None:
    page = tmp_path / "ledger.md"
    page.write_text("mine")
    assert guiju("ledger", f"{PACKS}/demo", "--format", f"markdown:{page}").returncode == 2
    assert page.read_text() == "mine"
    guiju("ledger", f"{PACKS}/demo", "--format", f"markdown:{page}", "--force")
    assert "第九十九条" in page.read_text(encoding="utf-8")


def test_what_a_clause_list_says_stays_text(guiju, complete: Path) -> None:
    clauses = complete / "clauses/order.csv"
    text = clauses.read_text(encoding="utf-8").replace("Titles are clear", "<b>|x</b>")
    clauses.write_text(text, encoding="utf-8")
    html = guiju("ledger", complete, "--format", "html", "--lang", "en").stdout
    assert "&lt;b&gt;|x&lt;/b&gt;" in html and "<b>|x" not in html
    markdown = guiju("ledger", complete, "--format", "markdown", "--lang", "en").stdout
    assert "&lt;b>\\|x&lt;/b>" in markdown


def test_the_document_list_is_the_same_in_every_language(guiju) -> None:
    lists = [guiju("ledger", f"{PACKS}/demo", "--documents", "--lang", la) for la in ("en", "zh")]
    assert lists[0].returncode == 0, lists[0].stderr
    assert lists[0].stdout == lists[1].stdout
    assert "| `deed` `权属证明` | 权属证明 / Land title | D-2 |" in lists[0].stdout


def test_scenarios_are_counted_for_each_rule(guiju, complete: Path, tmp_path: Path) -> None:
    features = tmp_path / "features"
    features.mkdir()
    (features / "d.feature").write_text(
        "# language: zh-CN\n"
        "功能: 面积\n"
        "  背景:\n"
        f'    假如 方法学 "{complete}"\n'
        "  场景大纲: 面积\n"
        '    假如 参数 "project.area" 为 "<面积>"\n'
        '    当 运行规则 "D-3"\n'
        '    那么 结论为 "<结论>"\n'
        "    例子:\n"
        "      | 面积 | 结论 |\n"
        "      | 1 ha | 符合 |\n"
        "      | 2 ha | 符合 |\n"
        "      | 0 ha | 不符合 |\n",
        encoding="utf-8",
    )
    done = guiju("ledger", complete, "--features", features, "--format", "json")
    assert done.returncode == 0, done.stderr
    items = {item["id"]: item for item in json.loads(done.stdout)["items"]}
    assert items["D-3"]["scenarios"] == {"conforms": 2, "nonconforming": 1}
    text = guiju("ledger", complete, "--features", features, "--lang", "en").stdout
    assert "D-3  no scenario: unknown" in text
    (features / "d.feature").write_text(
        (features / "d.feature").read_text(encoding="utf-8").replace("0 ha", "3 ha"),
        encoding="utf-8",
    )
    broken = guiju("ledger", complete, "--features", features)
    assert broken.returncode == 2
    assert "d.feature" in broken.stderr


# --- an amendment by its id ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["A lower floor", "31号令 第十二条", "D-1", "`floor` becomes 1 ha", "2025-01-01"]),
        ("zh", ["缩小下限", "31号令 第十二条", "D-1", "`floor` 改为：1 ha", "2025年1月1日"]),
    ],
)
def test_an_amendment_is_explained_by_its_id(guiju, lang: str, said: list[str]) -> None:
    done = guiju("explain", "demo/D-5", "--packs-dir", PACKS, "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert all(text in done.stdout for text in said)
    assert max(width(line) for line in done.stdout.splitlines()) <= 80


def test_an_amendment_nearly_named_is_suggested(guiju) -> None:
    done = guiju("explain", "demo/d5", "--packs-dir", PACKS)
    assert done.returncode == 2
    assert "`D-5`" in done.stderr
