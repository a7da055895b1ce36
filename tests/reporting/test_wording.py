"""How values, places and sentences read."""

from __future__ import annotations

import doctest
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.messages import LANGUAGES, message
from guiju.messages.batch import MESSAGES as BATCH
from guiju.messages.ledger import MESSAGES as LEDGER
from guiju.messages.report import MESSAGES
from guiju.messages.screening import MESSAGES as SCREENING
from guiju.reporting import charts, columns, contents, html, markdown, wording
from guiju.reporting.wording import SYMBOLS, Wording, shown_number, visible
from guiju.verdicts import VERDICTS, Origin, Value

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("module", [wording, columns, markdown, html, contents, charts])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


def test_every_verdict_has_a_symbol_of_its_own_and_words_in_both_languages():
    assert sorted(SYMBOLS) == sorted(VERDICTS)
    assert len(set(SYMBOLS.values())) == len(VERDICTS)
    for kind in ("verdict", "short", "meaning"):
        for lang in LANGUAGES:
            assert len({message(f"report.{kind}.{each}", lang) for each in VERDICTS}) == 8


def test_every_message_is_used_and_both_languages_name_the_same_values():
    sources = [*ROOT.glob("engine/guiju/reporting/*.py"), *ROOT.glob("reports/**/*.j2")]
    used = "".join(path.read_text() for path in sources)
    composed = ("verdict.", "short.", "meaning.", "opinion.", "basis.", "section.", "missing.")
    composed += ("severity.", "waiver.", "document.", "answer.", "baseline.", "stage.", "unit.")
    for key, (en, zh) in MESSAGES.items():
        assert en
        assert zh
        assert sorted(re.findall(r"{\w*}", en)) == sorted(re.findall(r"{\w*}", zh)), key
        quoted = f'"{key}"' in used or f"'{key}'" in used
        assert quoted or key.startswith(composed), f"{key} is never said"


def test_every_message_that_a_template_names_exists():
    for path in [*ROOT.glob("engine/guiju/reporting/*.py"), *ROOT.glob("reports/**/*.j2")]:
        chapters = {"ledger": LEDGER, "documents": LEDGER, "batch": BATCH, "screening": SCREENING}
        named = (m for start, m in chapters.items() if path.name.startswith(start))
        own = next(named, MESSAGES)
        for of, key in re.findall(r"""(wording\.)?\bsay\(["']([^"']+)["'][,)]""", path.read_text()):
            assert key in (MESSAGES if of else own), f"{path.name} says {key}"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=40) | st.decimals(-9999, 9999))
def test_a_shown_number_is_the_number_cut_towards_zero_never_rounded(number):
    if number.is_nan():
        return
    shown = shown_number(str(number)).replace(",", "")
    cut = shown.endswith("…")
    read = Decimal(shown.rstrip("…"))
    exact = Decimal(str(number))
    assert abs(read) <= abs(exact)
    assert cut or read == exact


@given(st.text())
def test_visible_text_is_one_line_without_controls_that_encodes(text):
    shown = visible(text)
    assert "\n" not in shown
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)
    shown.encode()


def test_a_value_just_below_a_threshold_does_not_look_as_if_it_reached_it():
    assert Wording("en").quantity("399." + "9" * 30, "m2") == "399.9999999… m2"


def test_places_are_written_as_their_readers_write_them():
    say = Wording("zh")
    assert say.place(Origin("小班.csv", "12:5")) == "小班.csv:12:5"
    assert say.told_place(Origin("小班.csv", "12:5")) == "小班.csv 第 12 行第 5 列"
    assert say.place(Origin("表.xlsx", "C3", "基本情况")) == "[表.xlsx]基本情况!C3"
    assert say.place(Origin("a.json", "/rows/0/x")) == "a.json#/rows/0/x"


def test_a_sentence_missing_in_one_language_is_told_in_the_other():
    assert Wording("zh").text({"en": "only English"}) == "only English"
    assert Wording("en").text({}) == ""
    assert Wording("en").label(Value("minimum", {}, "1")) == "minimum"


def test_percentages_keep_two_decimals_and_their_sign():
    say = Wording("en")
    assert say.percent("2.920861079") == "+2.92%"
    assert say.percent("-0.0000123") == "−0.000012%"
    assert say.share("-0.975") == "−97.5%"
    assert say.share("1E-9") == "+0.0000001%"
    assert say.percent("0") == "0%"


def test_units_of_time_are_said_in_the_language_of_the_report():
    assert Wording("zh").change("1597", "days") == "+1,597 天"
    assert Wording("zh").quantity("19", "working days") == "19 个工作日"
    assert Wording("en").quantity("3", "ha") == "3 ha"
    # A margin of dates is in days; the dates themselves are not.
    assert Wording("zh").quantity("2026-09-10", "days") == "2026-09-10"
    assert Wording("zh").quantity("-1.5E-3", "ha") == "-0.0015 ha"


def test_a_feature_of_a_layer_is_a_place_in_words():
    layer = Origin("边界/小班.gpkg", "#3 小班号=P-03", "小班")
    assert Wording("zh").told_place(layer) == "边界/小班.gpkg 小班 第 3 个要素（小班号=P-03）"
    assert Wording("en").told_place(Origin("a.kml", "#3")) == "a.kml, feature 3"
    assert Wording("en").told_place(Origin("a.xlsx", "#REF!", "S")) == "[a.xlsx]S!#REF!"
