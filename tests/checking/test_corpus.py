"""The corpus: packs that are right, and packs with mistakes beside what is printed of them.

`GUIJU_REWRITE=1 pytest tests/checking/test_corpus.py` writes the expected texts anew; read
the difference before it is kept.
"""

from __future__ import annotations

import os
from inspect import getmembers, isclass
from pathlib import Path

import pytest
from inline_packs import CORPUS, corpus_pack

from guiju.checking import problems
from guiju.diagnostics import Diagnostic, render
from guiju.messages import LANGUAGES

BAD = sorted(path for path in (CORPUS / "bad").iterdir())
GOOD = sorted(path for path in (CORPUS / "good").iterdir())
REWRITE = bool(os.environ.get("GUIJU_REWRITE"))


@pytest.fixture(autouse=True)
def good_packs_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack of the corpus may use a good one by its id."""
    monkeypatch.setenv("GUIJU_PACKS", str(CORPUS / "good"))


@pytest.mark.parametrize("folder", BAD, ids=lambda folder: folder.name)
def test_what_is_printed_of_a_pack_with_mistakes(folder: Path) -> None:
    _, found = corpus_pack(folder)
    texts = ["\n\n".join(render(d, lang) for d in found) for lang in LANGUAGES]
    text = "\n\n----\n\n".join(texts) + "\n"
    expected = folder / "expected.txt"
    if REWRITE:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", GOOD, ids=lambda folder: folder.name)
def test_nothing_is_said_of_a_good_pack(folder: Path) -> None:
    plan, found = corpus_pack(folder)
    assert [render(d, "en") for d in found] == []
    assert plan is not None


def test_every_problem_of_checking_has_a_bad_example() -> None:
    codes = {
        kind.code
        for _, kind in getmembers(problems, isclass)
        if issubclass(kind, Diagnostic) and kind is not Diagnostic
    }
    shown = {d.code for folder in BAD for d in corpus_pack(folder)[1]}
    assert codes - shown == set()


@pytest.mark.parametrize("folder", BAD, ids=lambda folder: folder.name)
def test_a_bad_example_named_for_a_code_shows_it(folder: Path) -> None:
    found = {d.code for d in corpus_pack(folder)[1]}
    assert found
    named = {code for code in found if folder.name.startswith(code)}
    assert named or folder.name in ("one-mistake-is-reported-once", "five-mistakes-in-four-rules")
