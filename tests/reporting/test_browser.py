"""The HTML report in a browser: the filter, the printed pages, the width of a telephone."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guiju.reporting import write

from .fixtures import HOSTILE, afforestation, collection, filled_with

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no chromium here"),
]


def browse(folder: Path, address: str, *options: str) -> str:
    """What chromium prints when it opens an address with a profile of its own."""
    command = [
        BROWSER or "",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={folder / 'profile'}",
        *options,
        address,
    ]
    ran = subprocess.run(command, capture_output=True, timeout=120, check=False)
    return ran.stdout.decode()


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "报告.html"
    path.write_text(write([afforestation(30)], "html", "zh"), encoding="utf-8")
    return path


class Attributes(HTMLParser):
    """The names of all attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.names.update(name for name, _ in attrs)


def hidden_and_shown(dom: str) -> tuple[list[str], list[str]]:
    blocks = re.findall(r"<(?:section|tr) [^>]*data-requirement[^>]*>", dom)
    verdicts = [
        (re.findall(r'data-verdict="([^"]*)"', each)[0], "hidden" in each) for each in blocks
    ]
    return [v for v, hidden in verdicts if hidden], [v for v, hidden in verdicts if not hidden]


def test_the_filter_shows_what_the_address_asks_for(page, tmp_path):
    dom = browse(tmp_path, f"{page.as_uri()}#verdict=nonconforming,not%20applicable", "--dump-dom")
    hidden, shown = hidden_and_shown(dom)
    assert sorted(shown) == ["nonconforming", "not applicable"]
    assert len(hidden) == 9
    assert "显示 2 / 11 项要求" in dom
    assert re.search(r'<div class="apart" data-list="">', dom)
    other = browse(tmp_path, f"{page.as_uri()}#verdict=nonconforming", "--dump-dom")
    assert re.search(r'<div class="apart" data-list="" hidden="">', other)


def test_the_search_finds_a_row(page, tmp_path):
    dom = browse(tmp_path, f"{page.as_uri()}#q=NM-017", "--dump-dom")
    assert hidden_and_shown(dom)[1] == ["nonconforming"]


def test_nothing_in_a_hostile_dossier_runs(tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(write([filled_with(text) for text in HOSTILE], "html", "en"), encoding="utf-8")
    dom = browse(tmp_path, path.as_uri(), "--dump-dom")
    assert dom.count("<script") == 1
    assert "<img" not in dom
    page = Attributes()
    page.feed(dom)
    assert not [name for name in page.names if name.startswith("on")]


def test_the_printed_report_has_every_row_and_its_derivation(page, tmp_path):
    pdf = tmp_path / "报告.pdf"
    browse(tmp_path, page.as_uri(), "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    content = pdf.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", content))
    assert 8 <= pages <= 30
    if reader := shutil.which("pdftotext"):
        text = subprocess.run([reader, str(pdf), "-"], capture_output=True, check=True).stdout
        told = text.decode()
        assert all(f"NM-{number:03d}" in told for number in range(1, 31))
        assert told.count("2024-04-15") >= 60
        assert f"共 {pages}" in told
        assert told.count("NMG-WLCB-001") >= pages


def test_several_dossiers_start_on_pages_of_their_own(tmp_path):
    path, pdf = tmp_path / "many.html", tmp_path / "many.pdf"
    path.write_text(write(collection(4), "html", "en"), encoding="utf-8")
    browse(tmp_path, path.as_uri(), "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) >= 5


def test_the_page_fits_a_telephone(page, tmp_path):
    probe = tmp_path / "probe.html"
    # The report must not scroll sideways at 360 px; its wide tables scroll by themselves.
    content = page.read_text(encoding="utf-8")
    probe.write_text(
        "<iframe id=f width=360 height=800></iframe><script>"
        "f.onload=()=>document.title=f.contentDocument.documentElement.scrollWidth;"
        f"f.srcdoc={_quoted(content)}</script>",
        encoding="utf-8",
    )
    dom = browse(tmp_path, probe.as_uri(), "--virtual-time-budget=4000", "--dump-dom")
    found = re.search(r"<title>(\d+)</title>", dom)
    assert found
    assert int(found[1]) <= 360


def _quoted(text: str) -> str:
    import json

    return json.dumps(text).replace("</", "<\\/")
