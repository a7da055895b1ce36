"""The terminal view."""

from __future__ import annotations

import copy
import io
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.reporting import text, write
from guiju.reporting.columns import folded, width
from guiju.verdicts import Unchecked, Value

from .fixtures import HOSTILE, afforestation, collection, each_hostile, filled_with


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_a_terminal(lang):
    for assessments in (
        [afforestation(150)],
        [afforestation(), *collection(9)],
        *([filled_with(hostile)] for hostile in HOSTILE),
        [filled_with("长" * 300)] * 2,
        [filled_with("x" * 300)] * 2,
    ):
        for line in write(assessments, "text", lang).split("\n"):
            assert width(line) <= 80, line


def test_the_conclusion_and_the_counts_come_first():
    lines = write([afforestation()], "text", "zh").split("\n")
    assert lines[3] == "结论：否定"
    assert lines[4].startswith("不符合 1；未能评估 1")


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (11, 8), (60, 8)])
def test_of_many_reasons_the_first_are_shown_and_the_others_counted(count, shown):
    assessment = afforestation()
    assessment.opinion = "open"
    assessment.open_because = [{"en": f"reason {n}.", "zh": f"原因{n}。"} for n in range(count)]
    view = write([assessment], "text", "zh")
    assert len(re.findall(r"^  - 原因\d+。$", view, re.MULTILINE)) == shown
    assert (f"另有 {count - shown} 项" in view) == (count > shown)
    page = write([assessment], "html", "zh")
    assert page.count("<li>原因") == count  # the others are folded away, not left out


def test_several_dossiers_begin_with_a_summary():
    view = write([afforestation(), *collection(4)], "text", "en")
    assert view.startswith("5 dossiers: 3 positive, 2 negative, 0 open\n")
    assert re.search(r"^ACR201 +positive( +·)+ +12 +·$", view, re.MULTILINE)


def test_a_requirement_shows_symbol_id_title_and_verdict_on_one_line():
    view = write([afforestation()], "text", "zh")
    assert re.search(r"^✗ AFF-2C +单个地块连续面积不小于规定值 +不符合$", view, re.MULTILINE)
    assert "面积 = 0.012 ha  附件/小班一览表.csv:2:4  原文“0.180 亩”" in view


@each_hostile
def test_rich_shows_the_same_view_and_takes_no_markup_from_a_dossier(hostile, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    text.show([filled_with(hostile), afforestation()], "zh", terminal)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    plain = write([filled_with(hostile), afforestation()], "text", "zh")
    assert [line.rstrip() for line in shown.split("\n")] == plain.split("\n")
    assert "\x1b[" in terminal.getvalue()


def test_no_color_leaves_the_terminal_without_colour(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    text.show([afforestation()], "en", terminal)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", terminal.getvalue())


def test_a_stream_that_cannot_encode_a_symbol_still_gets_the_view():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="gbk")
    text.show([afforestation()], "zh", stream)
    stream.flush()
    assert "x AFF-2C" in raw.getvalue().decode("gbk")


def test_plain_output_loads_neither_rich_nor_jinja_nor_pydantic():
    program = (
        "import sys; from guiju.reporting import write; write([], 'text', 'zh');"
        "print([m for m in ('rich', 'jinja2', 'pydantic', 'decimal') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-S", "-c", program],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(path for path in sys.path if path)},
    )
    assert ran.stdout.strip() == "[]", ran.stderr


@given(st.text(), st.integers(10, 80))
def test_folding_keeps_every_character_but_spaces(text, columns):
    lines = folded(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            [
                "  - a 未编入的 2 项：2 (g)、附录",
                "  - b 未编入的 1 项：第四条",
                "  - 忽略（2 项）：R-1、R-2",
                "  - plots：未用",
                "    各项原因见 HTML、Markdown 或 JSON 报告。",
            ],
        ),
        (
            "en",
            [
                "  - a, not encoded (2): 2 (g), 附录",
                "  - b, not encoded (1): 第四条",
                "  - ignored (2): R-1, R-2",
                "  - plots: unused",
                "    The reasons stand in the HTML, Markdown and JSON reports.",
            ],
        ),
    ],
)
def test_what_was_not_checked_is_told_by_pack_and_by_reason(lang, lines):
    assessment = afforestation()
    left, why = {"en": "left", "zh": "略"}, {"en": "ignored", "zh": "忽略"}
    assessment.not_checked = [
        *(
            Unchecked("2 (g)", left, "a"),
            Unchecked("附录", left, "a"),
            Unchecked("第四条", left, "b"),
        ),
        *(Unchecked("R-1", why), Unchecked("R-2", why)),
        Unchecked("plots", {"en": "unused", "zh": "未用"}),
    ]
    assert write([assessment], "text", lang).rstrip("\n").split("\n")[-5:] == lines


def test_what_does_not_apply_is_told_by_reason():
    assessment = afforestation()
    [apart] = [r for r in assessment.requirements if r.verdict == "not applicable"]
    apart.id, apart.title, apart.reason = "N-1", {"zh": "甲"}, {"zh": "仅当审定时适用。"}
    more = [copy.copy(apart), copy.copy(apart)]
    more[0].id, (more[1].id, more[1].reason) = "N-2", ("N-3", {"zh": "没有数据行。"})
    assessment.requirements += more
    document = write([assessment], "text", "zh")
    assert document.partition("不适用的要求\n")[2].split("\n")[:3] == [
        "  - 仅当审定时适用（2 项）：N-1、N-2",
        "  - N-3 甲：没有数据行",
        "",
    ]
    assert "N-1" not in document.partition("不适用的要求\n")[0]


@pytest.mark.parametrize(("failing", "shown", "listed"), [(4, 4, 0), (5, 3, 2), (150, 3, 147)])
def test_of_many_rows_alike_the_first_are_shown_and_the_others_listed(failing, shown, listed):
    assessment = afforestation(failing)
    assessment.requirements[1].counts = {"nonconforming": failing, "conforms": 1}
    for finding in assessment.requirements[1].findings:
        finding.baseline = None
    view = write([assessment], "text", "zh")
    assert len(re.findall(r"^      小班 NM-[0-9]{3} 的连续面积", view, re.MULTILINE)) == shown
    assert (f"同类发现另有 {listed} 行" in view) == (listed > 0)
    assert ("同类发现另有" in view) == (listed > 0)
    every = re.findall(r"NM-[0-9]{3}", view.split("AFF-2C", 1)[1].split("AFF-2D", 1)[0])
    assert set(every) == {f"NM-{number:03d}" for number in range(1, failing + 1)}


def test_where_every_row_is_alike_the_others_are_not_listed():
    assessment = afforestation(50)
    requirement = assessment.requirements[1]
    for finding in requirement.findings:
        finding.baseline = None
    requirement.counts = {"nonconforming": 50}
    view = write([assessment], "text", "zh")
    assert "其余 47 行均同" in view and "NM-001" in view and "NM-047" not in view


def test_rows_about_which_something_else_is_said_are_not_taken_for_alike():
    assessment = afforestation(12)
    requirement = assessment.requirements[1]
    for number, finding in enumerate(requirement.findings):
        finding.baseline = "new" if number == 0 else None
        if number % 2:
            finding.message = {"en": f"No area of {finding.subject}.", "zh": "没有面积。"}
            finding.verdict = "undetermined"
    view = write([assessment], "text", "en")
    # Five of the first kind without a mark, six of the other, and one that is new.
    assert "2 more rows alike" in view
    assert "3 more rows alike" in view
    assert view.count("more rows alike") == 2
    assert "NM-009, NM-011" in view
    assert "NM-008, NM-010, NM-012" in view


def test_the_stage_heads_the_view_and_is_not_said_again_with_each_finding():
    assessment = afforestation(2)
    stage = Value("dossier.stage", {"zh": "阶段"}, "verification")
    for requirement in assessment.requirements:
        for finding in requirement.findings:
            finding.values.append(stage)
    assert "阶段 =" not in write([assessment], "text", "zh")
    assert "阶段" in write([assessment], "markdown", "zh")
