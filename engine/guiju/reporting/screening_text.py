"""A screening on a terminal, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.messages import Lang
from guiju.reporting.columns import folded, padded, width
from guiju.reporting.screening import ScreeningWords, Table
from guiju.screening.record import Screened, Screening

COLUMNS = 80
MOST = 15
"""Lines of one list; the page and the JSON have all."""


def write(screening: Screening, lang: Lang) -> str:
    """The screening as plain text."""
    return "".join(line.rstrip() + "\n" for line in _page(ScreeningWords(screening, lang)))


def _page(words: ScreeningWords) -> Iterator[str]:
    yield from folded(words.total(), COLUMNS)
    if len(words.screening.packs) > 1:
        yield from _table(words.together(), words)
    for pack in words.screening.packs:
        yield from _pack(pack, words)


def _pack(pack: Screened, words: ScreeningWords) -> Iterator[str]:
    say = words.say
    yield ""
    yield from folded(words.named(pack), COLUMNS)
    yield from folded(words.asked(pack), COLUMNS)
    for table in words.tables(pack):
        yield from _table(table, words)
    if pack.not_screened:
        left = [
            words.wording.say("colon").join(
                part for part in (one.why, words.joined(one.rules)) if part
            )
            for one in words.left(pack)
        ]
        yield from _list(say("left"), say("left.about"), left, words)
    if pack.documents:
        about = say("documents.about")
        yield from _list(say("documents"), about, words.documents(pack), words)
    problems = words.problems(pack)
    if problems:
        yield from _list(say("problems"), "", problems, words)


def _table(table: Table, words: ScreeningWords) -> Iterator[str]:
    """Rows with their figures on the right, under a heading for each column."""
    yield ""
    if not table.lines:
        yield from folded(
            f"{table.title}{words.wording.say('colon')}{words.wording.say('none')}", COLUMNS
        )
        return
    shown = table.lines[:MOST]
    sizes = [
        max(width(head), *(width(line.figures[at]) for line in shown))
        for at, head in enumerate(table.heads)
    ]
    room = max(COLUMNS - 2 - sum(size + 2 for size in sizes), 16)
    first, *rest = folded(table.title, room + 2)
    yield padded(first, room + 2) + _figures(table.heads, sizes)
    yield from rest
    for line in shown:
        name, *more = folded(line.name, room)
        yield "  " + padded(name, room) + _figures(line.figures, sizes)
        yield from ("    " + part for part in more[:2])
        for text in line.below:
            yield from ("      " + part for part in folded(text, COLUMNS - 6)[:2])
    if len(table.lines) > MOST:
        yield "  " + words.more(len(table.lines) - MOST)
    if table.about:
        yield from ("  " + part for part in folded(table.about, COLUMNS - 2))


def _figures(figures: tuple[str, ...], sizes: list[int]) -> str:
    return "".join(
        "  " + " " * (size - width(figure)) + figure
        for figure, size in zip(figures, sizes, strict=True)
    )


def _list(title: str, about: str, entries: list[str], words: ScreeningWords) -> Iterator[str]:
    yield ""
    yield from folded(f"{title}{words.wording.say('colon')}{about}" if about else title, COLUMNS)
    for entry in entries[:MOST]:
        for number, line in enumerate(folded(entry, COLUMNS - 4)):
            yield ("    " if number else "  - ") + line
    if len(entries) > MOST:
        yield "  - " + words.more(len(entries) - MOST)
