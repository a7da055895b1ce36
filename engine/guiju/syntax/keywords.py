"""The keywords of both languages, from `keywords.csv`.

A row of the table holds a token and its spellings in English and in Chinese, the
preferred one first, further ones after `|`. A token with a dot, such as `type.date`, is a
word only where its kind is expected.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from guiju.messages import Lang

LANGUAGE_TAGS = frozenset(
    ("zh", "en", "mn", "bo", "ug", "kk", "za", "fr", "es", "ru", "ar", "pt", "de", "ja", "ko")
)
"""Languages that a text may be tagged with. The list is closed, because `id "Number"` may also
begin the next column."""


class Keyword(NamedTuple):
    token: str
    en: tuple[str, ...]
    zh: tuple[str, ...]

    def spellings(self, lang: Lang) -> tuple[str, ...]:
        return self.en if lang == "en" else self.zh


class Words(NamedTuple):
    """The table, as the lexer asks it."""

    single: dict[str, tuple[str, ...]]
    """The tokens a word may be."""
    several: dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]]
    """By its first word: what else must follow, and the token it makes; longest first."""
    types: dict[str, str]
    levels: dict[str, str]
    durations: dict[str, str]
    duration: re.Pattern[str]
    """A duration's unit after its number."""


@cache
def keywords() -> dict[str, Keyword]:
    """Every keyword by its token."""
    text = (files("guiju.syntax") / "keywords.csv").read_text(encoding="utf-8")
    return {
        row["token"]: Keyword(
            row["token"], tuple(row["en"].split("|")), tuple(row["zh"].split("|"))
        )
        for row in csv.DictReader(text.splitlines())
    }


def spelling(token: str, lang: Lang) -> str:
    """How a keyword is preferably written in a language."""
    return keywords()[token].spellings(lang)[0]


def _group(group: str) -> dict[str, str]:
    return {
        spelled: keyword.token.partition(".")[2]
        for keyword in keywords().values()
        if keyword.token.startswith(f"{group}.")
        for spelled in keyword.en + keyword.zh
    }


@cache
def words() -> Words:
    single: dict[str, tuple[str, ...]] = {}
    several: dict[str, list[tuple[int, re.Pattern[str], tuple[str, ...]]]] = {}
    for keyword in keywords().values():
        if "." in keyword.token:
            continue
        for spelled in keyword.en + keyword.zh:
            first, *rest = spelled.split(" ")
            if not first[0].isalpha():
                continue
            if not rest:
                single[first] = (*single.get(first, ()), keyword.token)
                continue
            pattern = "".join(rf"\s+{re.escape(word)}" for word in rest) + r"(?!\w)"
            known = several.setdefault(first, [])
            for i, (length, compiled, tokens) in enumerate(known):
                if compiled.pattern == pattern:
                    known[i] = (length, compiled, (*tokens, keyword.token))
                    break
            else:
                known.append((len(rest), re.compile(pattern), (keyword.token,)))
    durations = _group("duration")
    units = "|".join(
        re.escape(word).replace(r"\ ", r"\s+") for word in sorted(durations, key=len, reverse=True)
    )
    return Words(
        single=single,
        several={
            first: tuple((p, t) for _, p, t in sorted(rest, key=lambda entry: -entry[0]))
            for first, rest in several.items()
        },
        types=_group("type"),
        levels=_group("basis"),
        durations=durations,
        duration=re.compile(rf"[ \t\u3000]*({units})(?!\w)"),
    )
