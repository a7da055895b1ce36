"""What came of tables on a terminal, 80 columns wide: counts by rule, and the first findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.messages import Lang
from guiju.plan.nodes import PackPlan
from guiju.reporting.columns import folded, padded
from guiju.reporting.text import described
from guiju.reporting.wording import SYMBOLS, Wording, visible
from guiju.tables import BulkResult
from guiju.verdicts import VERDICTS, Finding, Problem

COLUMNS = 80
_FINDINGS = ("nonconforming", "undetermined", "deferred")


def write(pack: PackPlan, files: Mapping[str, str], result: BulkResult, lang: Lang) -> str:
    """The counts of every rule, and the findings that are told. `files` are the tables' files by
    their names."""
    return "".join(line.rstrip() + "\n" for line in _page(pack, files, result, Wording(lang)))


def _page(
    pack: PackPlan, files: Mapping[str, str], result: BulkResult, wording: Wording
) -> Iterator[str]:
    titles = {rule.id: wording.text(dict(rule.title)) for rule in pack.rules}
    yield from folded(f"{pack.id} {pack.edition}  {wording.text(dict(pack.title))}", COLUMNS)
    for table, file in files.items():
        yield from folded(wording.say("label", label=table, content=visible(file)), COLUMNS)
    yield ""
    yield from _counts(result, titles, wording)
    for rule, told in result.told.items():
        if told:
            yield ""
            yield from folded(f"{rule}  {titles[rule]}", COLUMNS)
            for one in told:
                yield from _finding(one.finding, pack, wording)
            all_ = sum(result.counts[rule].get(verdict, 0) for verdict in _FINDINGS)
            # A document that many rows want is one finding.
            all_ -= sum(one.rows - 1 for one in told)
            if all_ > len(told):
                more = wording.say("tables.told", told=f"{len(told):,}", all=f"{all_:,}")
                yield from _indented(more, 2)
    if result.left:
        yield ""
        left = wording.say("tables.left", count=len(result.left), names=wording.names(result.left))
        yield from folded(left, COLUMNS)
    if result.problems:
        yield ""
        yield wording.say("section.problems")
        for problem in result.problems:
            yield from _problem(problem, wording)


def _problem(problem: Problem, wording: Wording) -> Iterator[str]:
    kind = f"{wording.say('severity.' + problem.severity)}[{visible(problem.code)}]"
    yield from _indented(f"{kind} {wording.place(problem.origin)}".rstrip(), 2)
    for text in (problem.message, problem.mend):
        yield from _indented(wording.text(text), 4)


def _counts(result: BulkResult, titles: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """A line for each rule: how many rows came to each verdict."""
    if not result.counts:
        yield from folded(wording.say("tables.none"), COLUMNS)
        return
    shown = [v for v in VERDICTS if any(counts.get(v) for counts in result.counts.values())]
    figures = {
        rule: [f"{counts[v]:,}" if counts.get(v) else "·" for v in shown]
        for rule, counts in result.counts.items()
    }
    sizes = [max(len(line[at]) for line in figures.values()) + 2 for at in range(len(shown))]
    room = max(COLUMNS - sum(sizes), 16)
    heads = "".join(SYMBOLS[v].rjust(size) for v, size in zip(shown, sizes, strict=True))
    yield padded(wording.say("rule"), room) + heads
    for rule, line in figures.items():
        name, *more = folded(f"{visible(rule)}  {titles[rule]}", room - 2)
        cells = "".join(f.rjust(size) for f, size in zip(line, sizes, strict=True))
        yield padded(name, room) + cells
        yield from ("    " + part for part in more)
    yield from folded("  ".join(f"{SYMBOLS[v]} {wording.verdict(v)}" for v in shown), COLUMNS)


def _finding(finding: Finding, pack: PackPlan, wording: Wording) -> Iterator[str]:
    grades = {grade.name: wording.text(dict(grade.label)) for grade in pack.grades}
    head = [grades.get(finding.grade) or visible(finding.grade), wording.subject(finding)]
    head.append(wording.place(finding.origin))
    yield from _indented("  ".join(part for part in head if part), 2)
    yield from _indented(wording.text(finding.message), 4)
    for value in finding.values:
        yield from _indented(described(value, wording), 6)
    for missing in finding.missing:
        label, name = wording.text(missing.label), visible(missing.name)
        names = name if label in ("", name) else f"{label} ({name})"
        yield from _indented(wording.say("derivation.lacks", names=names), 6)


def _indented(text: str, indent: int) -> Iterator[str]:
    return (" " * indent + line for line in folded(text, COLUMNS - indent))
