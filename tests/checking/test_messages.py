"""Every diagnostic has its sentence, its help and its page, in English and in Chinese."""

from __future__ import annotations

from dataclasses import fields
from inspect import getmembers, isclass
from string import Formatter

import pytest

from guiju.checking import problems as checking
from guiju.diagnostics import Diagnostic
from guiju.messages.diagnostics import MESSAGES
from guiju.syntax import problems as syntax

KINDS = [
    kind
    for module in (syntax, checking)
    for _, kind in getmembers(module, isclass)
    if issubclass(kind, Diagnostic) and kind is not Diagnostic
]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_diagnostic_has_a_sentence_a_help_and_a_page(kind: type[Diagnostic]) -> None:
    for part in ("", ".help", ".page"):
        assert all(text.strip() for text in MESSAGES[kind.code + part])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_sentence_shows_only_what_its_diagnostic_knows(kind: type[Diagnostic]) -> None:
    known = {field.name for field in fields(kind)}
    for part in ("", ".help"):
        for text in MESSAGES[kind.code + part]:
            assert placeholders(text) <= known


def test_no_two_diagnostics_share_a_code() -> None:
    codes = [kind.code for kind in KINDS]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_both_languages_show_the_same_values(key: str) -> None:
    english, chinese = MESSAGES[key]
    assert placeholders(english) == placeholders(chinese)


@pytest.mark.parametrize("key", sorted(key for key in MESSAGES if key.endswith(".page")))
def test_a_page_belongs_to_a_diagnostic(key: str) -> None:
    assert key.removesuffix(".page") in {kind.code for kind in KINDS}
