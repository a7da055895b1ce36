"""The ledger on a terminal, 80 columns wide: what is amiss first, then clause by clause."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.ledger.record import ClauseEntry, Ledger, SourceLedger
from guiju.messages import Lang
from guiju.reporting.columns import folded, padded, width
from guiju.reporting.ledger import LedgerWords
from guiju.reporting.wording import visible

COLUMNS = 80
_WIDEST = 24
_MARKS = {"open": "✗", "fact": "·", "not encoded": "–", "registry": "–", "other party": "–"}


def write(ledger: Ledger, lang: Lang) -> str:
    """The ledger as plain text."""
    return "".join(line.rstrip() + "\n" for line in _page(LedgerWords(ledger, lang)))


def _page(words: LedgerWords) -> Iterator[str]:
    ledger, say = words.ledger, words.say
    first = ledger.packs[0]
    yield from folded(f"{words.text(first.title)} ({first.id} {first.edition})", COLUMNS)
    state = say("complete" if words.complete else "incomplete")
    yield from folded(f"{say('title')}{say('colon')}{state}", COLUMNS)
    yield from folded(words.covered(ledger.counts), COLUMNS)
    for what, counts in words.bases():
        yield from folded(f"{say('basis')} {what}{say('colon')}{counts}", COLUMNS)
    for line in (words.quotations(), words.scenario_summary()):
        if line:
            yield from folded(line, COLUMNS)
    yield from _problems(words)
    for pack in ledger.packs:
        for source in words.shown_sources(pack):
            yield ""
            name = words.source_name(source)
            if pack is not first:
                name = f"{pack.id} {pack.edition}  {name}"
            yield from folded(name, COLUMNS)
            yield from _source(source, words)


def _problems(words: LedgerWords) -> Iterator[str]:
    ledger, say = words.ledger, words.say
    opened = words.open_clauses()
    if opened:
        yield from _heading(f"{say('section.open')} ({len(opened)})")
        for source, entry in opened:
            named = f"{visible(source.cites)} {visible(entry.clause)}".strip()
            yield from _entry(f"{named}  {words.text(entry.sense)}  {visible(entry.place)}")
    for name, strays in (("stray", ledger.stray), ("uncompared", ledger.uncompared)):
        if strays:
            yield from _heading(f"{say(f'section.{name}')} ({len(strays)})")
        for stray in strays:
            parts = [f"{words.reference(stray.item)}  {visible(stray.cite)}"]
            if stray.near:
                parts.append(say("near", names=words.wording.names(stray.near)))
            elif stray.source is None:
                parts.append(say("no-source"))
            parts.append(visible(stray.place))
            yield from _entry("  ".join(parts))
    if ledger.gone:
        yield from _heading(f"{say('section.gone')} ({len(ledger.gone)})")
        for one in ledger.gone:
            yield from _entry(f"{words.reference(one.item)}  {visible(one.text)}  {one.place}")
    if ledger.uncited:
        yield from _heading(f"{say('section.uncited')} ({len(ledger.uncited)})")
        yield from _entry(words.joined(words.reference(one) for one in ledger.uncited))
    lacking = [(item, lack) for item in words.with_scenarios if (lack := words.lacks(item))]
    if lacking:
        yield from _heading(f"{say('section.scenarios')} ({len(lacking)})")
        for item, lack in lacking:
            yield from _entry(f"{visible(item.id)}  {lack}  {visible(item.place)}")


def _source(source: SourceLedger, words: LedgerWords) -> Iterator[str]:
    if not source.listed:
        cited = words.say("cited", count=source.cited)
        yield from _indented(words.joined([words.say("unlisted"), cited]), 2)
        return
    yield from _indented(words.covered(source.counts), 2)
    yield from _indented(words.counts(source.counts), 2)
    room = min(max((width(visible(c.clause)) for c in source.clauses), default=0), _WIDEST)
    for entry in source.clauses:
        yield from _clause(entry, words, room)


def _clause(entry: ClauseEntry, words: LedgerWords, room: int) -> Iterator[str]:
    mark = _MARKS.get(entry.coverage, "✓")
    name = visible(entry.clause)
    left = 4 + room + 2
    if width(name) > room:
        yield f"  {mark} {name}"
        mark, name = " ", ""
    sense = folded(words.text(entry.sense), COLUMNS - left)
    yield f"  {mark} {padded(name, room)}  {sense[0]}"
    for more in sense[1:]:
        yield " " * left + more
    yield from _indented(words.covered_by(entry), left)
    if entry.reason:
        yield from _indented(words.text(entry.reason), left)


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text


def _entry(text: str) -> Iterator[str]:
    for number, line in enumerate(folded(text, COLUMNS - 4)):
        yield ("    " if number else "  - ") + line


def _indented(text: str, indent: int) -> Iterator[str]:
    for line in folded(text, COLUMNS - indent):
        yield " " * indent + line
