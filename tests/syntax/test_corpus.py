"""The corpus: files that are right, and files with mistakes beside what is printed of them.

`GUIJU_REWRITE=1 pytest tests/syntax/test_corpus.py` writes the expected texts anew; read the
difference before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guiju.diagnostics import Diagnostics, render
from guiju.messages import LANGUAGES
from guiju.syntax import format_source, parse, read_source

CORPUS = Path(__file__).parent.parent / "corpus" / "syntax"
GOOD = sorted((CORPUS / "good").glob("*.gj"))
BAD = sorted((CORPUS / "bad").glob("*.gj"))
REWRITE = bool(os.environ.get("GUIJU_REWRITE"))


def compare(expected: Path, text: str) -> None:
    if REWRITE:
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_is_printed_of_a_file_with_mistakes(path: Path) -> None:
    diagnostics = Diagnostics()
    source = read_source(path, diagnostics, path.name)
    if source is not None:
        parse(source, diagnostics)
    assert len(diagnostics)
    texts = ["\n\n".join(render(d, lang) for d in diagnostics) for lang in LANGUAGES]
    compare(path.with_suffix(".txt"), "\n\n----\n\n".join(texts) + "\n")


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_file_is_read_and_stands_in_its_canonical_layout(path: Path) -> None:
    diagnostics = Diagnostics()
    source = read_source(path, diagnostics, path.name)
    assert source is not None
    tree = parse(source, diagnostics)
    assert [render(d, "en") for d in diagnostics] == []
    assert tree.items
    compare(path, format_source(source))
