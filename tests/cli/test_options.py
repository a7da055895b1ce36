"""Both roads from a command line to its values lead to the same place."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.cli.options import COMMANDS, Command, Option, straight
from guiju.cli.program import Commands

SPECS: dict[str, Command] = {n: import_module(f"guiju.cli.{n}").COMMAND for n in COMMANDS}


def by_click(name: str, words: list[str]) -> dict[str, Any] | None:
    """What click makes of a command line; None when it finds something wrong with it."""
    command = Commands("en").get_command(click.Context(click.Command("guiju")), name)
    assert command is not None
    try:
        return command.make_context(name, list(words)).params
    except (click.UsageError, click.exceptions.Exit):
        return None


def _words(option: Option) -> st.SearchStrategy[list[str]]:
    names = [option.name, *([option.short] if option.short else [])]
    if not option.metavar:
        return st.sampled_from([[name] for name in names])
    values = st.sampled_from([*option.choices, "a", "x=y", "-", "--lang", "项目", ""])
    return st.one_of(
        st.tuples(st.sampled_from(names), values).map(list),
        values.map(lambda value: [f"{option.name}={value}"]),
    )


def command_lines(name: str) -> st.SearchStrategy[list[str]]:
    spec = SPECS[name]
    piece = st.one_of(
        *map(_words, spec.options),
        st.sampled_from([["a"], ["b.zip"], ["--"], ["--wrong"], ["-x"], ["bash"], ["--lan", "zh"]]),
    )
    return st.lists(piece, max_size=6).map(
        lambda pieces: [word for piece in pieces for word in piece]
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_the_straight_road_gives_what_click_gives(name: str) -> None:
    @given(command_lines(name))
    def same(words: list[str]) -> None:
        values = straight(SPECS[name], words)
        if values is not None:
            assert values == by_click(name, words)

    same()


@pytest.mark.parametrize(
    "words",
    [
        ["dossier"],
        ["a", "b", "--format", "text", "--format", "html:r.html", "--lang", "zh"],
        ["--pack=ccer-14-001", "a", "-q"],
        ["--select", "AFF-2", "--ignore", "AFF-2C", "--force", "--", "--odd-name"],
    ],
)
def test_an_ordinary_check_takes_the_straight_road(words: list[str]) -> None:
    assert straight(SPECS["check"], words) is not None


@pytest.mark.parametrize(
    "words", [[], ["--help"], ["a", "--frobnicate"], ["a", "--lang", "fr"], ["a", "--pack"]]
)
def test_what_needs_explaining_is_left_to_click(words: list[str]) -> None:
    assert straight(SPECS["check"], words) is None
