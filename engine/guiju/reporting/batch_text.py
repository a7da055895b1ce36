"""The summary of a run on a terminal, 80 columns wide: what a registry asks first."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.batch.summary import Summary
from guiju.messages import Lang
from guiju.reporting.batch import TOLD, BatchWords
from guiju.reporting.columns import folded, padded, width
from guiju.reporting.wording import SYMBOLS, visible

COLUMNS = 80
MOST = 15
"""Lines of one list; the page has more of them."""


def write(summary: Summary, lang: Lang) -> str:
    """The summary as plain text."""
    return "".join(line.rstrip() + "\n" for line in _page(BatchWords(summary, lang)))


def _page(words: BatchWords) -> Iterator[str]:
    summary, say = words.summary, words.say
    count = words.count(summary.dossiers)
    yield from folded(say("text.dossiers", count=count, ends=words.ends(summary.ends)), COLUMNS)
    for pack in summary.packs:
        ends = f"{words.wording.say('colon')}{words.ends(pack.ends)}" if words.several_packs else ""
        title = words.text(pack.title)
        yield from folded(f"{visible(pack.id)} {visible(pack.edition)}  {title}{ends}", COLUMNS)
        for one in pack.replaced:
            basis = words.basis(one.basis)
            said = say("replaced", pack=pack.id, file=visible(one.file), basis=basis)
            yield from folded(said, COLUMNS)
    yield from folded(words.as_of(), COLUMNS)
    yield from _failed(words)
    yield from _rules(words)
    for grouping in summary.groupings:
        rows = [
            (words.value(group.value), [group.dossiers, *(group.ends[e] for e in words.occurring)])
            for group in grouping.groups
        ]
        heads = [say("dossiers"), *(say(f"end.{end}") for end in words.occurring)]
        yield from _table(say("by", name=visible(grouping.name)), heads, rows, words)
    rows = [
        (
            "  ".join(words.reason(reason)),
            [reason.dossiers, reason.places],
        )
        for reason in summary.reasons
    ]
    yield from _table(say("reasons"), [say("dossiers"), say("places")], rows, words)
    if summary.problems:
        rows = [
            (f"{say(f'severity.{one.severity}')}  {one.code}", [one.dossiers, one.times])
            for one in summary.problems
        ]
        yield from _table(say("problems"), [say("dossiers"), say("times")], rows, words)
    yield from _strays(words)


def _failed(words: BatchWords) -> Iterator[str]:
    summary, say = words.summary, words.say
    if not summary.failed:
        return
    yield from _heading(say("failed"))
    for one in summary.failed[:MOST]:
        state = say(f"end.{one.state}")
        text = f"{visible(one.path)}  {state}{words.wording.say('colon')}{words.text(one.reason)}"
        yield from _entry(text)
    more = len(summary.failed) - MOST + summary.cut.get("failed", 0)
    if more > 0:
        yield from _entry(say("more", count=words.count(more)))


def _rules(words: BatchWords) -> Iterator[str]:
    told = words.told_rules
    occurring = [v for v in TOLD if any(rule.verdicts[v] for rule in told)]
    rows = [
        (
            f"{words.rule_name(rule)}  {words.text(rule.title)}",
            [rule.verdicts[verdict] for verdict in occurring],
        )
        for rule in told
    ]
    heads = [f"{SYMBOLS[verdict]} {words.verdict(verdict)}" for verdict in occurring]
    yield from _table(words.say("text.rules"), heads, rows, words)


def _table(
    title: str, heads: list[str], rows: list[tuple[str, list[int]]], words: BatchWords
) -> Iterator[str]:
    """Rows with their counts on the right, under a heading for each column."""
    if not rows:
        yield from _heading(title)
        yield from _entry(words.wording.say("none"))
        return
    numbers = [[words.number(count) for count in counts] for _, counts in rows]
    sizes = [
        max(width(head), *(width(row[at]) for row in numbers)) for at, head in enumerate(heads)
    ]
    room = COLUMNS - 2 - sum(size + 2 for size in sizes)
    yield ""
    first, *rest = folded(title, room + 2)
    yield padded(first, room + 2) + "".join(
        "  " + " " * (size - width(head)) + head for head, size in zip(heads, sizes, strict=True)
    )
    yield from rest
    for (name, _), shown in zip(rows[:MOST], numbers, strict=False):
        lines = folded(name, room)
        counts = "".join(
            "  " + " " * (size - width(n)) + n for n, size in zip(shown, sizes, strict=True)
        )
        yield "  " + padded(lines[0], room) + counts
        yield from ("    " + line for line in lines[1:2])
    if len(rows) > MOST:
        yield from _entry(words.say("more", count=words.count(len(rows) - MOST)))


def _strays(words: BatchWords) -> Iterator[str]:
    summary, say = words.summary, words.say
    if summary.twice:
        yield from _heading(say("twice"))
        for one in summary.twice[:MOST]:
            paths = words.joined(visible(path) for path in one.paths)
            yield from _entry(
                say("twice.one", id=visible(one.dossier), count=one.count, paths=paths)
            )
    if summary.passed_over:
        yield from _heading(say("passed-over"))
        names = words.joined(visible(path) for path in summary.passed_over)
        yield from _entry(words.joined([names, words.left_out("passed_over")]))


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield from folded(text, COLUMNS)


def _entry(text: str) -> Iterator[str]:
    for number, line in enumerate(folded(text, COLUMNS - 4)):
        yield ("    " if number else "  - ") + line
