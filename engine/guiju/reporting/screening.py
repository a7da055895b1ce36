"""A screening as a document: text for a terminal, HTML, JSON.

What text and HTML show is made here as tables; each only lays them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.messages import Lang, message
from guiju.record import Record
from guiju.reporting.wording import Wording, shown_number, visible
from guiju.screening.record import (
    Amount,
    Gap,
    Group,
    Outcomes,
    Reason,
    Screened,
    Screening,
    to_json,
)

FORMATS = ("text", "json", "html")


def write(screening: Screening, format: str, lang: Lang) -> str:
    """A screening as one document, ending in a line break."""
    if format == "json":
        return to_json(screening)
    if format == "html":
        from guiju.reporting import screening_html

        return screening_html.write(screening, lang)
    from guiju.reporting import screening_text

    return screening_text.write(screening, lang)


class Line(Record):
    """A row of a table: its name, its figures, and what stands below in smaller print."""

    name: str
    figures: tuple[str, ...]
    below: tuple[str, ...] = ()


class Left(Record):
    """Why some rules were not asked, and which those are where the reader is to know."""

    why: str
    rules: tuple[str, ...]


class Table(Record):
    """A table of a document, with a sentence about it."""

    title: str
    about: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


class ScreeningWords:
    """What a screening says, in one language."""

    def __init__(self, screening: Screening, lang: Lang) -> None:
        self.screening, self.lang = screening, lang
        self.wording = Wording(lang)

    def say(self, key: str, /, **values: object) -> str:
        return message(f"screening.{key}", self.lang, **values)

    def text(self, text: dict[str, str] | None) -> str:
        return self.wording.text(text)

    def joined(self, parts: Iterable[str]) -> str:
        return self.wording.say("list.join").join(part for part in parts if part)

    def engine(self) -> str:
        return message("batch.engine", self.lang, version=self.screening.engine)

    def more(self, count: int) -> str:
        return message("batch.more.passed-over", self.lang, count=count)

    def heading(self) -> str:
        return self.say("title", file=visible(self.screening.file))

    def total(self) -> str:
        """The rows of the file, and what they cover."""
        screening, total = self.screening, self.screening.total
        said = self.say("total", file=visible(screening.file), rows=_count(total.rows))
        if total.area is not None:
            area = self.wording.quantity(total.area, screening.unit or "1")
            said += self.say("total.area", area=area, column=visible(screening.area or ""))
        if total.without:
            said += self.say("total.without", rows=_count(total.without))
        return said

    def named(self, pack: Screened) -> str:
        return self.say(
            "pack",
            pack=visible(pack.pack),
            edition=visible(pack.edition),
            title=self.text(pack.title),
        )

    def asked(self, pack: Screened) -> str:
        """What was asked of every row, and for which day."""
        gap = "" if self.lang == "zh" else " "
        said = self.say("asked", table=self.text(pack.table_label), count=len(pack.rules))
        day = self.say("as-of", day=pack.as_of) if pack.as_of else self.say("as-of.none")
        return said + gap + day

    # --- tables ----------------------------------------------------------------------------

    def tables(self, pack: Screened) -> Iterator[Table]:
        """All tables of a pack."""
        yield self._results(pack.outcomes)
        for grouping in pack.groupings:
            column = visible(grouping.column)
            what = self._area_head() if self._areas else self.say("rows")
            yield Table(
                self.say("by", column=column, what=what),
                "",
                tuple(self.say(name) for name in ("qualifies", "fails", "unknown")),
                tuple(self._group(group) for group in grouping.groups),
            )
        heads = (*self._heads(), self.say("alone"))
        reasons = tuple(self._reason(reason) for reason in pack.reasons)
        yield Table(self.say("reasons"), self.say("reasons.about"), heads, reasons)
        gaps = tuple(self._gap(gap) for gap in pack.gaps)
        yield Table(self.say("gaps"), "", self._heads(), gaps)

    def together(self) -> Table:
        """How many packs rows qualify under."""
        lines = tuple(
            Line(
                self.joined(visible(pack) for pack in one.packs) or self.say("together.none"),
                self._figures(one.amount),
            )
            for one in self.screening.together
        )
        return Table(self.say("together"), "", self._heads(), lines)

    def left(self, pack: Screened) -> list[Left]:
        """The rules that were not asked, by why."""
        by_why: dict[str, list[str]] = {}
        for one in pack.not_screened:
            by_why.setdefault(one.why, []).append(visible(one.rule))
        found = []
        for why, ids in by_why.items():
            said = self.say("left.one", why=self.say(f"why.{why}"), count=len(ids))
            # What the reader left out himself is only counted.
            own = why in ("not selected", "ignored")
            found.append(Left(said, () if own else tuple(ids)))
        return found

    def documents(self, pack: Screened) -> list[str]:
        """The kinds of documents that were not asked for."""
        return [self.text(one) for one in pack.documents]

    def problems(self, pack: Screened) -> list[str]:
        """What was met in reading, each with its place."""
        return [
            self.wording.say("colon").join(
                part for part in (visible(one.place), self.text(one.message)) if part
            )
            for one in pack.problems
            if one.severity != "note"
        ]

    @property
    def _areas(self) -> bool:
        return self.screening.area is not None

    def _heads(self) -> tuple[str, ...]:
        return (self.say("rows"), self._area_head()) if self._areas else (self.say("rows"),)

    def _area_head(self) -> str:
        unit = self.screening.unit
        return self.say("area", unit=visible(unit)) if unit else self.say("area.plain")

    def _figures(self, amount: Amount) -> tuple[str, ...]:
        if amount.area is None:
            return (_number(amount.rows),)
        return (_number(amount.rows), _area(amount))

    def _results(self, outcomes: Outcomes) -> Table:
        lines = tuple(
            Line(
                f"{self.say(name)}{self.wording.say('colon')}{self.say(f'{name}.meaning')}", figures
            )
            for name, figures in (
                ("qualifies", self._figures(outcomes.qualifies)),
                ("fails", self._figures(outcomes.fails)),
                ("unknown", self._figures(outcomes.unknown)),
            )
        )
        return Table(self.say("result"), "", self._heads(), lines)

    def _group(self, group: Group) -> Line:
        if group.value is None:
            name = self.say("by.none")
        else:
            name = self.text(group.label) or visible(group.value)
        out = group.outcomes
        amounts = (out.qualifies, out.fails, out.unknown)
        figures = (_area(one) if self._areas else _number(one.rows) for one in amounts)
        return Line(name if len(name) <= 60 else name[:60] + "…", tuple(figures))

    def _reason(self, reason: Reason) -> Line:
        basis = message(f"report.basis.short.{reason.basis}", self.lang)
        name = f"{visible(reason.rule)}  {self.text(reason.title)}"
        name += f" ({basis})" if self.lang == "en" else f"（{basis}）"
        below = [self.say("example", message=self.text(one.message)) for one in reason.examples[:1]]
        figures = (*self._figures(reason.amount), _number(reason.alone.rows))
        return Line(name, figures, tuple(below))

    def _gap(self, gap: Gap) -> Line:
        rules = self.say("gaps.for", rules=self.joined(visible(rule) for rule in gap.rules))
        name = f"{self.text(gap.label)}{self.say('stop')}{rules}"
        below = [self.say("gaps.rows", rows=self.joined(visible(s) for s in gap.subjects))]
        return Line(name, self._figures(gap.amount), tuple(below))


def _count(count: int) -> str:
    return shown_number(str(count))


def _number(count: int) -> str:
    """`12,345`; a nought is `·`, so that a reader finds what there is."""
    return _count(count) if count else "·"


def _area(amount: Amount) -> str:
    """`12,345`; with `+ ?` where some rows have no area, and a dash where none has one."""
    if not amount.rows:
        return "·"
    if amount.without == amount.rows:
        return "–"
    return shown_number(amount.area or "0") + (" + ?" if amount.without else "")
