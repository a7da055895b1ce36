"""The phrase book: each wording is one step, both languages have it, and the pages show it."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from guiju.messages.steps import MESSAGES
from guiju.testing import phrases, steps
from guiju.testing.phrases import PHRASES, VERDICTS, find, shown, wordings
from guiju.verdicts import VERDICTS as ALL_VERDICTS

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
PAGES = ["features.md", "features.zh-CN.md"]
EXAMPLES = {"count": "3", "value": "1,234.5 tCO2e", "tolerance": "0.5 tCO2e", "group": "项目"}


def said(wording: str) -> str:
    """A step as a feature might say it."""
    return re.sub(r"\{(\w+)\}", lambda slot: EXAMPLES.get(slot[1], f"{slot[1]}-1"), wording)


@pytest.mark.parametrize("wording", [wording for _, wording in wordings()])
def test_a_wording_is_the_phrase_it_stands_in(wording: str) -> None:
    phrase = next(phrase for phrase, one in wordings() if one == wording)
    found = find(said(wording), phrase.keyword)
    assert found is not None
    assert found.phrase is phrase
    slots = re.findall(r"\{(\w+)\}", wording)
    assert found.texts == {slot: EXAMPLES.get(slot, f"{slot}-1") for slot in slots}


def test_no_wording_stands_in_the_book_twice() -> None:
    seen = [(phrase.keyword, shown(wording)) for phrase, wording in wordings()]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_is_worded_in_both_languages_for_one_step(phrase: phrases.Phrase) -> None:
    assert phrase.en
    assert phrase.zh
    assert not any(map(phrases.is_chinese, phrase.en))
    takes = inspect.signature(steps.STEPS[phrase.step]).parameters
    for wording in (*phrase.en, *phrase.zh):
        assert set(re.findall(r"\{(\w+)\}", wording)) <= set(takes)


def test_every_step_is_in_the_book() -> None:
    assert {phrase.step for phrase in PHRASES} == set(steps.STEPS)


@pytest.mark.parametrize(
    "step",
    [
        '计算值 "净清除量" 为 123 tCO2e,误差不超过 0.5 tCO2e',
        "计算值“净清除量”为123 tCO2e，误差不超过0.5 tCO2e",
        "计算值 「净清除量」 为 123 tCO2e ， 误差不超过 0.5 tCO2e",
        'computed "净清除量" is 123 tCO2e within 0.5 tCO2e',
    ],
)
def test_punctuation_of_either_width_says_the_same(step: str) -> None:
    found = find(step, "then")
    assert found is not None
    assert found.phrase.step == "computed"
    expected = {"name": "净清除量", "value": "123 tCO2e", "tolerance": "0.5 tCO2e"}
    assert {name: text.strip() for name, text in found.texts.items()} == expected


def test_every_verdict_has_a_word_in_both_languages() -> None:
    assert set(VERDICTS.values()) == set(ALL_VERDICTS)
    for verdict in ALL_VERDICTS:
        for word in MESSAGES[f"verdict.{verdict}"]:
            assert VERDICTS[word] == verdict


# --- the catalogue ---------------------------------------------------------------------------


def test_every_message_is_there_in_both_languages_with_the_same_values() -> None:
    for key, (english, chinese) in MESSAGES.items():
        assert not phrases.is_chinese(english), key
        assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", chinese)), key


def test_every_message_the_steps_say_is_in_the_catalogue() -> None:
    said: set[str] = set()
    for file in (ROOT / "engine/guiju/testing").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        said |= set(re.findall(r'(?:\bfail|\bsay|\bunknown|_in_both)\(\s*"([\w .-]+)"', text))
        said |= set(re.findall(r'"steps\.([\w .-]+)"', text))
    assert len(said) > 40
    assert said <= set(MESSAGES), said - set(MESSAGES)


# --- the pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_phrases_of_the_book_and_no_others(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    keywords = ["Given", "When", "Then"] if page == "features.md" else ["假如", "当", "那么"]
    for keyword, heading in zip(("given", "when", "then"), keywords, strict=True):
        section = text.partition(f"\n### {heading}\n")[2].partition("\n#")[0]
        listed = re.findall(r"`([^`]+)`", section)
        listed = [one for one in listed if one != "dossier.yaml"]
        book = [shown(wording) for phrase, wording in wordings() if phrase.keyword == keyword]
        assert sorted(listed) == sorted(book)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_words_of_verdicts(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for verdict in ALL_VERDICTS:
        for word in MESSAGES[f"verdict.{verdict}"]:
            assert f"`{word}`" in text


@pytest.mark.parametrize("page", PAGES)
def test_the_example_of_a_page_runs_green(page: str, pytester: pytest.Pytester) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    example = re.search(r"```gherkin\n(.*?)```", text, re.DOTALL)
    steps_of_own = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert example is not None
    assert steps_of_own is not None
    (pytester.path / "2.feature").write_text(example[1], encoding="utf-8")
    (pytester.path / "conftest.py").write_text(steps_of_own[1], encoding="utf-8")
    pytester.runpytest().assert_outcomes(passed=3)
