"""The clause ledger as a document: text for a terminal, Markdown, HTML, JSON.

What all of them show is made here; each format only lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from guiju.ledger.record import (
    COVERAGES,
    ClauseEntry,
    Item,
    Ledger,
    PackLedger,
    Reference,
    SourceLedger,
    to_json,
)
from guiju.messages import Lang, message
from guiju.reporting.wording import Wording, visible

FORMATS = ("text", "markdown", "html", "json")
_WAITING = ("undetermined", "awaiting judgement", "deferred")
"""The verdicts that wait for something: to a reader of a ledger, unknown."""


def write(ledger: Ledger, format: str, lang: Lang) -> str:
    """A ledger as one document, ending in a line break."""
    match format:
        case "json":
            return to_json(ledger)
        case "markdown":
            from guiju.reporting import ledger_markdown

            return ledger_markdown.write(ledger, lang)
        case "html":
            from guiju.reporting import ledger_html

            return ledger_html.write(ledger, lang)
        case _:
            from guiju.reporting import ledger_text

            return ledger_text.write(ledger, lang)


class LedgerWords:
    """What a ledger says, in one language."""

    def __init__(self, ledger: Ledger, lang: Lang) -> None:
        self.ledger = ledger
        self.lang = lang
        self.wording = Wording(lang)

    def say(self, key: str, /, **values: object) -> str:
        return message(f"ledger.{key}", self.lang, **values)

    def text(self, text: dict[str, str] | None) -> str:
        return self.wording.text(text)

    def joined(self, parts: Iterable[str]) -> str:
        return self.say("comma").join(part for part in parts if part)

    def basis(self, level: str | None) -> str:
        if level in (None, "none"):
            return self.say("basis.none")
        return message(f"report.basis.short.{level}", self.lang)

    def reference(self, reference: Reference) -> str:
        """`AFF-2C (secondary)`; what is no rule says what it is."""
        name = visible(reference.id)
        if reference.what != "rule":
            name = f"{self.say(f'what.{reference.what}')} {name}"
        if reference.pack != self.ledger.packs[0].id:
            name = f"{visible(reference.pack)}/{name}"
        marks = [self.basis(reference.basis)] if reference.basis is not None else []
        if not reference.exact:
            marks.append(self.say("part-of"))
        return self.say("with-basis", name=name, basis=self.joined(marks)) if marks else name

    def covered_by(self, entry: ClauseEntry) -> str:
        """What cites a clause; else how it is listed."""
        if entry.cited_by:
            return self.joined(self.reference(reference) for reference in entry.cited_by)
        return self.say(f"coverage.{entry.coverage}")

    def open_clauses(self) -> list[tuple[SourceLedger, ClauseEntry]]:
        return [
            (source, entry)
            for pack in self.ledger.packs
            for source in pack.sources
            for entry in source.clauses
            if entry.coverage == "open"
        ]

    def source_name(self, source: SourceLedger) -> str:
        title = self.text(source.title)
        return f"{title} [{visible(source.cites)}]" if source.cites else title

    def shown_sources(self, pack: PackLedger) -> list[SourceLedger]:
        """Those that have a clause list or are cited."""
        return [source for source in pack.sources if source.listed or source.cited]

    def counts(self, counts: dict[str, int]) -> str:
        """`encoded 12, formula 3`, what is open last and only where there is some."""
        named: list[str] = [name for name in COVERAGES if name != "open" and counts.get(name)]
        named += ["open"] if counts.get("open") else []
        return self.joined(f"{self.say(f'coverage.{name}')} {counts[name]}" for name in named)

    def covered(self, counts: dict[str, int]) -> str:
        """`28 of 30 clauses covered (93.3 %)`."""
        total = sum(counts.values())
        if not total:
            return self.say("no-clauses")
        covered = total - counts.get("open", 0)
        return self.say("covered", covered=covered, total=total, share=share(covered, total))

    def bases(self) -> list[tuple[str, str]]:
        """`rule`: `verified 3, secondary 1`, for each kind of item."""
        order = ("verified", "secondary", "unverified", "none")
        return [
            (
                self.say(f"what.{what}"),
                self.joined(f"{self.basis(la)} {counts[la]}" for la in order if la in counts),
            )
            for what, counts in self.ledger.basis.items()
        ]

    def quotations(self) -> str:
        """How many quotations there are, and what became of them; empty without any."""
        all_ = self.ledger.quotations
        if not all_:
            return ""
        found = sum(1 for one in all_ if one.found)
        gone = len(self.ledger.gone)
        unheld = len(all_) - found - gone
        return self.say("quotations", all=len(all_), found=found, gone=gone, unheld=unheld)

    # --- scenarios --------------------------------------------------------------------

    @property
    def with_scenarios(self) -> list[Item]:
        """The rules of the pack itself, when its features were run."""
        own = self.ledger.packs[0].id
        return [i for i in self.ledger.items if i.scenarios is not None and i.pack == own]

    def verdicts(self, item: Item) -> dict[str, int]:
        return shown_verdicts(item)

    def lacks(self, item: Item) -> str:
        """Which verdicts no scenario of a rule shows."""
        counts = shown_verdicts(item)
        lacking = [name for name in item.wanted if not counts[name]]
        names = self.joined(self.say(f"scenario.{name}") for name in lacking)
        return self.say("scenario.lacks", verdicts=names) if lacking else ""

    def scenario_summary(self) -> str:
        items = self.with_scenarios
        shown = sum(1 for item in items if not self.lacks(item))
        return self.say("scenarios.summary", shown=shown, all=len(items)) if items else ""

    @property
    def complete(self) -> bool:
        return is_complete(self.ledger)


def shown_verdicts(item: Item) -> dict[str, int]:
    """How many scenarios of a rule show it conforming, nonconforming and unknown."""
    counts = item.scenarios or {}
    return {
        "conforms": counts.get("conforms", 0),
        "nonconforming": counts.get("nonconforming", 0),
        "unknown": sum(counts.get(verdict, 0) for verdict in _WAITING),
    }


def is_complete(ledger: Ledger) -> bool:
    """Whether every clause is covered and every cite names a listed one."""
    return not (
        ledger.counts.get("open") or ledger.stray or ledger.uncompared or ledger.gone
    ) and bool(ledger.total)


def share(part: int, whole: int) -> str:
    """A share in per cent with one decimal, cut off: 99.96 % is not 100 %."""
    cut = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{cut.normalize():f} %" if cut != 100 else "100 %"
