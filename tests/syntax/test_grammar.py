"""The grammar itself: without conflicts, and as its stored table has it."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from guiju.syntax.keywords import keywords
from guiju.syntax.table import STARTS, build, grammar_text, table


def test_lark_takes_the_grammar_in_strict_mode() -> None:
    pytest.importorskip("interegular")
    from lark import Lark

    Lark(
        grammar_text(),
        parser="lalr",
        lexer="basic",
        strict=True,
        maybe_placeholders=False,
        start=list(STARTS),
    )


def test_the_stored_table_is_the_one_of_the_grammar() -> None:
    """`python -m guiju.syntax.table` writes it anew."""
    stored = (files("guiju.syntax") / "grammar.json").read_text(encoding="utf-8")
    assert json.loads(stored) == json.loads(json.dumps(build(grammar_text())))


def test_every_keyword_is_a_token_of_the_grammar() -> None:
    terminals = {name for row in table().actions for name in row}
    tokens = {token for token in keywords() if "." not in token}
    assert tokens <= terminals


def test_a_spelling_means_one_thing_or_what_stands_around_decides() -> None:
    shared: dict[str, set[str]] = {}
    for keyword in keywords().values():
        for spelled in keyword.en + keyword.zh:
            if "." not in keyword.token:
                shared.setdefault(spelled, set()).add(keyword.token)
    several = {spelled: tokens for spelled, tokens in shared.items() if len(tokens) > 1}
    assert several == {
        "in": {"IN", "IN_UNIT"},
        "属于": {"IN", "IS_IN"},
        "no": {"NO", "FALSE"},
        "and": {"AND", "BETWEEN_AND"},
        "且": {"AND", "BETWEEN_AND"},
    }
