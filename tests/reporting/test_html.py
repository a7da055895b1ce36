"""The HTML report, read back with a parser."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.reporting import write
from guiju.reporting.wording import visible
from guiju.verdicts import VERDICTS, JudgementGiven, Origin, Value

from .fixtures import HOSTILE, afforestation, collection, each_hostile, filled_with

VOID = {"meta", "link", "input", "br"}


class Page(HTMLParser):
    """Tags in order, ids, links, texts of scripts and styles, and text in sight."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src", "xlink:href"):
                self.links.append(value)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        assert self._open[-1] == tag, f"</{tag}> closes <{self._open[-1]}>"
        self._open.pop()

    def handle_data(self, data):
        if self._open and self._open[-1] in self.raw:
            self.raw[self._open[-1]].append(data)
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_page_is_well_formed_and_every_link_finds_its_place(lang, count):
    page = Page(write([afforestation(3, n) for n in range(count)], "html", lang))
    assert len(page.ids) == len(set(page.ids))
    assert page.links
    for link in page.links:
        assert link == "data:," or unquote(link[1:]) in page.ids, link
        assert link == "data:," or link.startswith("#")


def test_dossiers_and_rules_of_one_name_have_anchors_of_their_own():
    page = Page(write([afforestation(2), afforestation(2)], "html", "en"))
    assert len(page.ids) == len(set(page.ids))


def test_only_the_one_style_and_the_one_script_may_act():
    html = write([afforestation()], "html", "zh")
    page = Page(html)
    for kind in ("script", "style"):
        (content,) = page.raw[kind]
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in html
    assert not [attrs for _, attrs in page.tags if "style" in attrs]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert "http://" not in html
    assert "https://" not in html


DRAWN = {"svg", "line", "rect", "path", "data"}
"""Whether a number is drawn or cut short depends on the text, so these tags may vary."""


def undrawn(page: str) -> list[str]:
    return [tag for tag, _ in Page(page).tags if tag not in DRAWN]


PLAIN_TAGS = undrawn(write([filled_with("x")], "html", "en"))


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1) | st.text(alphabet="<>&\"'`/=! \na-{}%x1", min_size=1))
def test_no_text_in_any_field_makes_a_tag(text):
    assert undrawn(write([filled_with(text + "x")], "html", "en")) == PLAIN_TAGS


@each_hostile
def test_hostile_text_stays_text(hostile):
    page = Page(write([filled_with(hostile)], "html", "zh"))
    assert re.sub(r"\s+", " ", visible(hostile)).strip() in page.text
    assert len(page.raw["script"]) == 1
    assert "alert" not in page.raw["script"][0]
    assert "<" not in page.raw["style"][0]
    assert not [link for link in page.links if link.startswith("javascript")]
    assert "{{7*7}}" in page.text or hostile != HOSTILE[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_sections_come_in_the_order_a_reader_needs_them(lang):
    page = Page(write([afforestation()], "html", lang))
    names = ["summary", "claims", "requirements", "margins", "lacks", "not_checked"]
    names += ["problems", "waivers", "documents", "digests"]
    places = [page.ids.index(f"NMG-WLCB-001.{name}") for name in names]
    assert places == sorted(places)


def test_what_a_verifier_looks_for_is_on_the_page():
    text = Page(write([afforestation()], "html", "zh")).text
    for words in (
        "结论 否定",
        "CCER-14-001-V01 2(c)",
        "单个地块土地连续面积不小于400平方米",
        "依据转述资料，未与原文核对",
        "附件/小班一览表.csv 第 2 行第 4 列",
        "原文“0.180 亩”",
        "[项目设计文件.xlsx]减排量!F31",
        "+3,559.66666… tCO2e",
        "+2.92%",
        "影响量（tCO2e）",
        "须结合土壤分布图由现场评审判断。",
        "主管部门已书面同意延期公示",
        "摘要不一致",
        "gb18030",
        "5f" * 32,
    ):
        assert words in text, words


def test_every_verdict_is_told_by_a_word_and_a_symbol():
    html = write([afforestation()], "html", "zh")
    for verdict in VERDICTS:
        assert f'data-verdict="{verdict}"' in html
    badges = set(
        re.findall(r'class="badge [^"]*"><span class="symbol"[^>]*>(.*?)</span>(.*?)<', html)
    )
    assert len({symbol for symbol, _ in badges}) == len({word for _, word in badges}) == 8


def test_failing_rows_are_complete_and_each_has_an_anchor():
    page = Page(write([afforestation(150)], "html", "zh"))
    for number in range(1, 151):
        assert f"NMG-WLCB-001.AFF-2C.NM-{number:03d}.{number}" in page.ids
        assert f"NM-{number:03d}" in page.text


def test_a_sentence_in_another_language_than_the_page_says_so():
    assessment = afforestation()
    assessment.requirements[0].title = {"en": "Only in English"}
    assert '<span lang="en">Only in English</span>' in write([assessment], "html", "zh")


def test_the_header_of_each_printed_page_names_its_dossier_safely():
    style = Page(write([filled_with('x";}</style><script>')], "html", "en")).raw["style"][0]
    assert r'@top-right { content: "x\22 \3b \7d \3c \2f style\3e \3c script\3e "; }' in style


def test_several_dossiers_have_an_overview_that_links_to_each():
    page = Page(write(collection(45), "html", "en"))
    assert page.ids[0].startswith("p-")
    assert all(f"#ACR{200 + number}" in page.links for number in range(45))
    assert "36 " in page.text


def test_a_value_that_a_finding_shows_is_not_shown_again_for_its_requirement():
    assessment = afforestation(1)
    requirement = assessment.requirements[1]
    once = write([assessment], "html", "en").count("parcels[NM-001].area")
    requirement.values = list(requirement.findings[0].values)
    assert write([assessment], "html", "en").count("parcels[NM-001].area") == once


def excluded(text: str = "林分类型"):
    """An assessment whose one requirement that does not apply has all that may be shown."""
    assessment = afforestation()
    requirement = next(r for r in assessment.requirements if r.verdict == "not applicable")
    stand = Value("project.stand", {"zh": text, "en": text}, text, origin=Origin("d.yaml", "3:8"))
    requirement.values = [stand]
    requirement.amended_by = [text]
    requirement.answer = JudgementGiven("yes", text, "2026-06-01", text)
    requirement.reason = {"zh": text, "en": text}
    return assessment


def test_requirements_that_do_not_apply_are_rows_with_their_anchor_and_reason():
    html = write([excluded()], "html", "zh")
    (row,) = re.findall(r'<tr id="NMG-WLCB-001.AFF-2E".*?</tr>', html)
    assert 'data-requirement data-verdict="not applicable"' in row
    assert "竹林项目的附加要求" in row
    assert "林分类型 = 林分类型" in row
    assert "d.yaml 第 3 行第 8 列" in row
    assert "CCER-14-001-V01 2(e)" in row
    assert 'href="#NMG-WLCB-001.AFF-2E"' in row
    assert '<section class="requirement v-not-applicable' not in html
    assert "不适用的要求" in html
    # Where all apply there is no such table.
    assessment = afforestation()
    assessment.requirements = [r for r in assessment.requirements if r.verdict != "not applicable"]
    assert "不适用的要求" not in write([assessment], "html", "zh")


@each_hostile
def test_nothing_hostile_acts_where_requirements_do_not_apply(hostile):
    safe, page = (Page(write([excluded(text)], "html", "en")) for text in ("x", hostile))
    assert page.tags == safe.tags
    assert visible(hostile) in " ".join(page.texts)
