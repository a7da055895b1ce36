"""The terminal view: 80 columns, the same on a terminal and in a pipe.

The view is lines of pieces, each a text and what it is. `write` joins the texts; `show`
colours the pieces with rich where the stream is a terminal. Dossier text is only ever a
piece's text, so nothing in it is taken for markup, and control characters are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from guiju.hints import TextIO
from guiju.messages import Lang
from guiju.reporting.columns import folded, padded, width
from guiju.reporting.contents import (
    applying,
    common_remedy,
    counted,
    failing_rows,
    first_reasons,
    occurring,
)
from guiju.reporting.wording import OPINIONS, SYMBOLS, Wording, visible
from guiju.verdicts import Assessment, Claim, Finding, Requirement, Text, Unchecked, Value

Line = list[tuple[str, str]]
"""Pieces of a line: the text and its role, a key of `STYLES` or empty."""

COLUMNS = 80
_WIDEST_ID = 22
_FIGURES = re.compile(r"[-−]?[0-9][0-9.,…]*")
_SHOWN = 3
"""Of findings that say the same of many rows, those shown whole; the others by their rows."""

STYLES: dict[str, str] = {
    "title": "bold",
    "heading": "bold",
    "id": "bold",
    "quiet": "dim",
    "positive": "bold green",
    "negative": "bold red",
    "open": "bold yellow",
    "error": "red",
    "warning": "yellow",
    "note": "dim",
    "conforms": "green",
    "nonconforming": "bold red",
    "undetermined": "yellow",
    "awaiting judgement": "cyan",
    "deferred": "blue",
    "waived": "magenta",
    "broken": "bold magenta",
    "not applicable": "dim",
}


def write(assessments: Sequence[Assessment], lang: Lang) -> str:
    """The view as plain text."""
    lines = _view(assessments, Wording(lang))
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def show(assessments: Sequence[Assessment], lang: Lang, stream: TextIO) -> None:
    """Prints the view: in colour on a terminal (unless NO_COLOR is set), else plain."""
    if not stream.isatty():
        stream.write(_encodable(write(assessments, lang), stream))
        return
    from rich.console import Console
    from rich.text import Text as Styled

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    for line in _view(assessments, Wording(lang)):
        shown = Styled(no_wrap=True, overflow="ignore")
        for text, role in line:
            shown.append(_encodable(text, stream), STYLES.get(role, ""))
        console.print(shown, soft_wrap=True)


def _encodable(text: str, stream: TextIO) -> str:
    """The text with what the stream cannot encode replaced, so that printing never fails."""
    encoding = stream.encoding or "utf-8"
    if encoding.lower().replace("-", "") == "utf8":
        return text
    text = text.translate({0x2713: "+", 0x2717: "x", 0x2212: "-"})
    return text.encode(encoding, "replace").decode(encoding)


def _view(assessments: Sequence[Assessment], wording: Wording) -> Iterator[Line]:
    if len(assessments) > 1:
        yield from _summary(assessments, wording)
    for number, assessment in enumerate(assessments):
        if number or len(assessments) > 1:
            yield []
            yield [("─" * COLUMNS, "quiet")]
        yield from _assessment(assessment, wording)
    if len(assessments) > 1:
        yield []
        yield [(_total(assessments, wording), "title")]


def _total(assessments: Sequence[Assessment], wording: Wording) -> str:
    opinions = [assessment.opinion for assessment in assessments]
    return wording.say(
        "total", dossiers=len(opinions), **{each: opinions.count(each) for each in OPINIONS}
    )


def _summary(assessments: Sequence[Assessment], wording: Wording) -> Iterator[Line]:
    """A line for each dossier: its conclusion, and how many of each verdict."""
    yield [(_total(assessments, wording), "title")]
    yield []
    opinions = {each: wording.say(f"opinion.{each}") for each in OPINIONS}
    room = max(width(word) for word in opinions.values()) + 2
    verdicts = occurring(assessments)
    cells = 5
    name_room = COLUMNS - room - cells * len(verdicts)
    head = padded(wording.say("dossier"), name_room) + padded(wording.say("opinion"), room)
    yield [(head + "".join(SYMBOLS[verdict].rjust(cells) for verdict in verdicts), "quiet")]
    for assessment in assessments:
        lines = folded(visible(assessment.dossier.id), name_room - 2)
        for more in lines[:-1]:
            yield [(more, "id")]
        line: Line = [(padded(lines[-1], name_room), "id")]
        line.append((padded(opinions[assessment.opinion], room), assessment.opinion))
        for verdict in verdicts:
            count = assessment.counts.get(verdict, 0)
            line.append(((str(count) if count else "·").rjust(cells), verdict if count else ""))
        yield line
    legend = "  ".join(f"{SYMBOLS[verdict]} {wording.verdict(verdict)}" for verdict in verdicts)
    for part in folded(legend, COLUMNS):
        yield [(part, "quiet")]


def _assessment(assessment: Assessment, wording: Wording) -> Iterator[Line]:
    say, dossier, pack = wording.say, assessment.dossier, assessment.pack
    title = visible(dossier.title)
    named = title if title == visible(dossier.id) else f"{title} ({visible(dossier.id)})"
    yield from _paragraph(named.strip(), 0, "title")
    facts = [f"{visible(pack.id)} {visible(pack.edition)}".strip()]
    facts.append(f"{say('as_of')} {visible(assessment.as_of)}")
    if dossier.stage:
        facts.append(wording.stage(dossier.stage))
    yield from _paragraph(" · ".join(facts), 0, "quiet")
    yield []
    opinion = say(f"opinion.{assessment.opinion}")
    counts = wording.counts(dict(counted(assessment))) or say("none.requirements")
    first = say("label", label=say("opinion"), content=opinion)
    yield [(first, assessment.opinion)]
    yield from _paragraph(counts, 0)
    shown, more = first_reasons(assessment.open_because)
    for reason in shown:
        yield from _item(wording.text(reason))
    if more:
        yield from _item(say("opinion.more", count=len(more)))
    yield []
    yield from _requirements(assessment, wording)
    if assessment.claims:
        yield from _heading(say("section.claims"))
        for claim in assessment.claims:
            yield from _claim(claim, dossier.stage, wording)
    if assessment.lacks:
        yield from _heading(say("section.lacks"))
        for lack in assessment.lacks:
            label = wording.text(lack.missing.label)
            name = visible(lack.missing.name)
            what = f"{label} ({name})" if label and label != name else name
            where = wording.place(lack.missing.origin)
            held = say("label", label=say("holds_up"), content=wording.names(lack.rules))
            yield from _item("  ".join(part for part in (what, where) if part))
            yield from _paragraph(held, 6, "quiet")
        yield from _paragraph(wording.untold_of(assessment, "untold.lacks"), 4, "quiet")
    if assessment.problems:
        yield from _heading(say("section.problems"))
        for problem in assessment.problems:
            kind = f"{say('severity.' + problem.severity)}[{visible(problem.code)}]"
            where = wording.place(problem.origin)
            yield from _item(f"{kind} {where}".rstrip(), problem.severity)
            yield from _paragraph(wording.text(problem.message), 6)
            yield from _paragraph(wording.text(problem.mend), 6, "quiet")
    if assessment.waivers:
        yield from _heading(say("section.waivers"))
        for waiver in assessment.waivers:
            what = waiver.rule if waiver.subject is None else f"{waiver.rule} {waiver.subject}"
            span = say("span", start=visible(waiver.start), until=visible(waiver.until))
            status = wording.waiver_status(waiver.status)
            line = f"{visible(what)}  {status}  {span}  {visible(waiver.who)}"
            yield from _item(line, "warning" if waiver.status != "used" else "")
            yield from _paragraph(visible(waiver.why), 6, "quiet")
    if pack.replaced:
        yield from _heading(say("section.replaced"))
        for file in pack.replaced:
            basis = say(f"basis.short.{file.basis}")
            yield from _item(f"{visible(file.file)}  {basis}  {file.sha256}")
    if assessment.not_checked:
        yield from _heading(say("section.not_checked"))
        yield from _not_checked(assessment.not_checked, wording)


def _requirements(assessment: Assessment, wording: Wording) -> Iterator[Line]:
    requirements = applying(assessment.requirements)
    room = min(max((width(each.id) for each in requirements), default=0), _WIDEST_ID)
    for requirement in requirements:
        yield from _requirement(requirement, assessment, wording, room)
    apart = [each for each in assessment.requirements if each.verdict == "not applicable"]
    if apart:
        yield from _heading(wording.say("section.apart"))
        yield from _apart(apart, wording)


def _apart(requirements: Sequence[Requirement], wording: Wording) -> Iterator[Line]:
    """Those that do not apply, by the reason; one that shares it with no other has its title."""
    groups: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        reason = wording.text(requirement.reason) if requirement.reason else ""
        groups.setdefault(reason.rstrip("。."), []).append(requirement)
    for reason, alike in groups.items():
        names = wording.names(each.id for each in alike)
        if len(alike) > 1 and reason:
            line = wording.say("left.reason", reason=reason, count=len(alike), names=names)
        else:
            named = f"{names} {wording.text(alike[0].title)}" if len(alike) == 1 else names
            line = wording.say("label", label=named, content=reason) if reason else named
        yield from _item(line, "not applicable")


def _requirement(
    requirement: Requirement, assessment: Assessment, wording: Wording, room: int
) -> Iterator[Line]:
    verdict = wording.verdict(requirement.verdict)
    failing, total = failing_rows(requirement)
    name, symbol = visible(requirement.id), SYMBOLS[requirement.verdict]
    left = 2 + room + 2
    title_room = COLUMNS - left - width(verdict) - 2
    titles = folded(wording.text(requirement.title), title_room)
    if width(name) > room:
        for part in folded(name, COLUMNS - 2):
            yield [(symbol + " ", requirement.verdict), (part, "id")]
            symbol = " "
        name = ""
    yield [
        (symbol + " ", requirement.verdict),
        (padded(name, room) + "  ", "id"),
        (padded(titles[0], title_room) + "  ", ""),
        (verdict, requirement.verdict),
    ]
    for more in titles[1:]:
        yield [(" " * left + more, "")]
    if total:
        rows = wording.say("rows.failing", failing=failing, total=total)
        if failing:
            yield from _paragraph(f"{rows}  {wording.counts(requirement.counts)}", 4, "quiet")
    if requirement.clause and requirement.verdict not in ("conforms", "not applicable"):
        clause = visible(requirement.clause)
        said = wording.say("label", label=wording.say("clause"), content=clause)
        yield from _paragraph(said, 4, "quiet")
    if requirement.reason:
        yield from _paragraph(wording.text(requirement.reason), 4, "quiet")
    if requirement.waiver:
        waiver = requirement.waiver
        span = wording.say("span", start=visible(waiver.start), until=visible(waiver.until))
        yield from _paragraph(f"{visible(waiver.who)}  {span}  {visible(waiver.why)}", 4, "quiet")
    if requirement.verdict == "awaiting judgement" and requirement.question:
        yield from _paragraph(wording.text(requirement.question), 4)
    common = common_remedy(requirement)
    for alike in _alike(requirement.findings, wording):
        shown = alike if len(alike) <= _SHOWN + 1 else alike[:_SHOWN]
        for finding in shown:
            yield from _finding(finding, assessment, wording)
            if finding.remedy and common is None:
                yield from _remedy(finding.remedy, wording)
        if len(shown) < len(alike):
            every = len(alike) == sum(requirement.counts.values())
            yield from _more(alike[len(shown) :], every, assessment, wording)
    yield from _paragraph(wording.untold(requirement, assessment), 4, requirement.verdict)
    if common:
        yield from _remedy(common, wording)
    if not requirement.findings and requirement.verdict not in ("conforms", "not applicable"):
        for missing in requirement.missing:
            lacking = wording.say("derivation.lacks", names=visible(missing.name))
            yield from _paragraph(lacking, 4)


def _finding(finding: Finding, assessment: Assessment, wording: Wording) -> Iterator[Line]:
    head: Line = [(" " * 4 + wording.grade(finding, assessment), finding.verdict)]
    if finding.subject is not None:
        head.append(("  " + visible(finding.subject), "id"))
    place = wording.place(finding.origin)
    if place:
        head.append(("  " + place, "quiet"))
    if finding.baseline:
        head.append(("  " + wording.say(f"baseline.{finding.baseline}"), "quiet"))
    if sum(width(text) for text, _ in head) <= COLUMNS:
        yield head
    else:
        for text, role in head:
            yield from _paragraph(text.strip(), 4, role)
    yield from _paragraph(wording.text(finding.message), 6)
    for value in finding.values:
        if value.name != "dossier.stage":  # it heads the view
            yield from _paragraph(described(value, wording), 8, "quiet")
    for missing in finding.missing:
        label, name = wording.text(missing.label), visible(missing.name)
        lacking = name if label in ("", name) else f"{label} ({name})"
        line = wording.say("derivation.lacks", names=lacking)
        yield from _paragraph(f"{line}  {wording.place(missing.origin)}".rstrip(), 8, "quiet")


def _alike(findings: Sequence[Finding], wording: Wording) -> list[list[Finding]]:
    """Findings that say the same but for the row and for figures, in order of the first."""
    groups: dict[tuple[str, str, str | None, str], list[Finding]] = {}
    for finding in findings:
        said = wording.text(finding.message)
        if finding.subject:
            said = said.replace(visible(finding.subject), "#")
        said = _FIGURES.sub("#", said)
        key = (finding.verdict, finding.grade, finding.baseline, said)
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def _more(
    findings: Sequence[Finding], every: bool, assessment: Assessment, wording: Wording
) -> Iterator[Line]:
    """Findings like those shown before, each by its row; not so where they are of every row."""
    first = findings[0]
    said = wording.say("rows.all" if every else "rows.more", count=len(findings))
    head = f"{wording.grade(first, assessment)}  {said}"
    if first.baseline:
        head += "  " + wording.say(f"baseline.{first.baseline}")
    yield from _paragraph(head, 4, first.verdict)
    if not every:
        yield from _paragraph(wording.names(wording.subject(each) for each in findings), 6, "id")


def _remedy(remedy: Text, wording: Wording) -> Iterator[Line]:
    content = wording.text(remedy)
    yield from _paragraph(wording.say("label", label=wording.say("remedy"), content=content), 6)


def described(value: Value, wording: Wording) -> str:
    """A value on one line: label, value, origin and what the file holds."""
    said = f"{wording.label(value)} = {wording.figure(value)}"
    parts = (said, wording.place(value.origin), wording.raw_of(value))
    return "  ".join(part for part in parts if part)


def _claim(claim: Claim, stage: str | None, wording: Wording) -> Iterator[Line]:
    say = wording.say
    yield from _item(wording.text(claim.label), "id")
    for key, value in (("claimed", claim.claimed), ("recomputed", claim.recomputed)):
        if not claim.examined and value.value is None:
            continue
        figure = wording.figure(value)
        place = wording.place(value.origin)
        said = say("label", label=say(key), content=figure)
        yield from _paragraph(f"{said}  {place}".rstrip(), 6)
    if not claim.examined:
        yield from _paragraph(wording.not_examined(claim, stage), 6, "not applicable")
        return
    if claim.difference is None:
        yield from _paragraph(say("not_compared"), 6, "undetermined")
        return
    parts = [wording.change(claim.difference, claim.claimed.unit), wording.percent(claim.percent)]
    if claim.tco2e is not None and claim.claimed.unit != "tCO2e":
        parts.append(wording.change(claim.tco2e, "tCO2e"))
    difference = "  ".join(part for part in parts if part)
    yield from _paragraph(say("label", label=say("difference"), content=difference), 6)


def _not_checked(parts: Sequence[Unchecked], wording: Wording) -> Iterator[Line]:
    """By the pack that leaves it out, else by the reason: how many, and which."""
    say = wording.say
    groups: dict[tuple[str | None, str], list[str]] = {}
    for part in parts:
        reason = "" if part.pack else wording.text(part.reason)
        groups.setdefault((part.pack, reason), []).append(part.subject)
    for (pack, reason), subjects in groups.items():
        names = wording.names(subjects)
        if pack:
            line = say("left.pack", pack=visible(pack), count=len(subjects), names=names)
        elif len(subjects) > 1:
            line = say("left.reason", reason=reason, count=len(subjects), names=names)
        else:
            line = say("label", label=names, content=reason)
        yield from _item(line)
    if any(pack for pack, _ in groups):
        yield from _paragraph(say("left.why"), 4, "quiet")


def _heading(text: str) -> Iterator[Line]:
    yield []
    yield [(text, "heading")]


def _item(text: str, role: str = "") -> Iterator[Line]:
    for number, part in enumerate(folded(text, COLUMNS - 4)):
        yield [("    " if number else "  - ", ""), (part, role)]


def _paragraph(text: str, indent: int, role: str = "") -> Iterator[Line]:
    if text:
        for part in folded(text, COLUMNS - indent):
            yield [(" " * indent, ""), (part, role)]
