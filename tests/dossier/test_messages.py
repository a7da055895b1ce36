"""Every reading problem has its sentences, in both languages, with a mend."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import guiju.dossier
import guiju.store
import guiju.tables
from guiju.dossier.problems import problem
from guiju.messages.reading import MESSAGES, NOTES, WARNINGS

READERS = (guiju.dossier, guiju.store, guiju.tables)
SOURCES = sorted(f for one in READERS for f in Path(one.__file__).parent.rglob("*.py"))
RAISED = {
    code
    for source in SOURCES
    for code in re.findall(
        r'(?:Rejected|problem|say|unknown)\(\s*(?:[\w.\[\]"]+,\s*)*?"([a-z][a-z0-9]*(?:-[a-z0-9]+)+)"',
        source.read_text(encoding="utf-8"),
    )
}


def test_every_code_has_a_message_and_a_mend() -> None:
    assert len(RAISED) > 80
    for code in RAISED:
        assert code in MESSAGES, code
        assert f"{code}.mend" in MESSAGES, code


def test_every_message_is_of_a_code_that_is_raised() -> None:
    text = "".join(source.read_text(encoding="utf-8") for source in SOURCES)
    for key in MESSAGES:
        code = key.partition(".")[0]
        assert f'"{code}"' in text or code in ("other-pack", "other-edition"), code


def raised_with() -> dict[str, set[str]]:
    """The severities written beside a code where it is raised."""
    found: dict[str, set[str]] = {}
    for source in SOURCES:
        for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            words = [a.value for a in call.args if isinstance(a, ast.Constant)]
            for code in {word for word in words if word in MESSAGES}:
                severities = {"error", "warning", "note"}.intersection(words)
                found.setdefault(code, set()).update(severities)
    return found


def test_the_severities_listed_are_those_raised() -> None:
    chosen_by_the_reader = {
        "mapped-place-always-missing",
        "mapped-place-never-occurs",
        "other-edition",
        "other-pack",
    }
    for code, severities in raised_with().items():
        expected = "warning" if code in WARNINGS else "note" if code in NOTES else "error"
        assert severities <= {expected}, code
        assert severities or expected == "error", code
    assert not WARNINGS & NOTES
    assert set(raised_with()) | chosen_by_the_reader >= WARNINGS | NOTES
    assert set(MESSAGES) >= WARNINGS | NOTES


def names(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def test_both_languages_show_the_same_values() -> None:
    for key, (english, chinese) in MESSAGES.items():
        assert names(english) == names(chinese), key


def outside_code(text: str) -> str:
    """A sentence without what stands in backticks or braces."""
    return re.sub(r"\{[^}]*\}", "x", "".join(text.split("`")[::2]))


def test_sentences_keep_to_the_style() -> None:
    for key, (english, chinese) in MESSAGES.items():
        assert not english.endswith("."), key
        assert not chinese.endswith("。"), key
        assert re.search("[\u4e00-\u9fff]", chinese), key
        assert not re.search("[,;:?()]", outside_code(chinese)), key


def test_a_value_by_language_is_shown_in_each() -> None:
    label = {"en": "Area", "zh": "面积"}
    found = problem("not-whole", "error", None, label=label, name="a.b", text="1.5")
    assert found.message["en"].startswith("Area (`a.b`)")
    assert found.message["zh"].startswith("面积（`a.b`）")
