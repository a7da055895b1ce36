"""The summary of a run over many dossiers as a document: text for a terminal, HTML.

What both show is made here; each only lays it out.
"""

from __future__ import annotations

from collections.abc import Iterable

from guiju.batch.summary import ENDS, ReasonPart, RulePart, Summary
from guiju.messages import Lang, message
from guiju.reporting.wording import Wording, shown_number, visible
from guiju.verdicts import VERDICTS, Verdict

TABLES = ("dossiers", "verdicts", "findings", "missing")

TOLD: tuple[Verdict, ...] = ("nonconforming", "broken", "undetermined", "awaiting judgement")
"""The verdicts of a rule that somebody has to answer."""


def write(summary: Summary, format: str, lang: Lang) -> str:
    """A summary as one document, `text` or `html`, ending in a line break."""
    if format == "html":
        from guiju.reporting import batch_html

        return batch_html.write(summary, lang)
    from guiju.reporting import batch_text

    return batch_text.write(summary, lang)


class BatchWords:
    """What a summary says, in one language."""

    def __init__(self, summary: Summary, lang: Lang) -> None:
        self.summary = summary
        self.lang = lang
        self.wording = Wording(lang)

    def say(self, key: str, /, **values: object) -> str:
        return message(f"batch.{key}", self.lang, **values)

    def text(self, text: dict[str, str] | None) -> str:
        return self.wording.text(text)

    def number(self, count: int) -> str:
        """`12,345`; a nought is `·`, so that a reader finds what there is."""
        return shown_number(str(count)) if count else "·"

    def count(self, count: int) -> str:
        return shown_number(str(count))

    def joined(self, parts: Iterable[str]) -> str:
        return self.wording.say("list.join").join(part for part in parts if part)

    def basis(self, level: str) -> str:
        return message(f"report.basis.short.{level}", self.lang)

    def verdict(self, verdict: Verdict) -> str:
        return message(f"report.short.{verdict}", self.lang)

    def kind(self, kind: str) -> str:
        return self.wording.missing_kind(kind)

    def heading(self) -> str:
        return self.say("heading", count=self.count(self.summary.dossiers))

    def as_of(self) -> str:
        day = self.summary.as_of
        return self.say("as-of", day=day) if day else self.say("as-of.own")

    @property
    def occurring(self) -> list[str]:
        """What became of dossiers in this run; the three opinions always."""
        return [end for end in ENDS if self.summary.ends[end] or end in ENDS[:3]]

    @property
    def verdicts(self) -> list[Verdict]:
        """The verdicts that occur."""
        return [v for v in VERDICTS if any(rule.verdicts.get(v) for rule in self.summary.rules)]

    @property
    def several_packs(self) -> bool:
        return len(self.summary.packs) > 1

    @property
    def told_rules(self) -> list[RulePart]:
        """The rules that are not met or not decided in some dossier."""
        return [rule for rule in self.summary.rules if any(rule.verdicts[v] for v in TOLD)]

    @property
    def quiet_rules(self) -> list[RulePart]:
        """The other ones."""
        return [rule for rule in self.summary.rules if not any(rule.verdicts[v] for v in TOLD)]

    def rule_name(self, rule: RulePart) -> str:
        """Its id, with its pack's where there are several."""
        name = visible(rule.rule)
        return f"{visible(rule.pack)}/{name}" if self.several_packs else name

    def ends(self, ends: dict[str, int]) -> str:
        """`7 positive, 10 negative, 28 open`."""
        return self.joined(
            self.say("text.end", count=self.count(ends[end]), end=self.say(f"end.{end}"))
            for end in ENDS
            if ends[end] or end in ENDS[:3]
        )

    def value(self, value: str | None) -> str:
        """A value dossiers are grouped by, short enough for a table."""
        if value is None:
            return self.say("by.none")
        plain = visible(value)
        return plain if len(plain) <= 60 else plain[:60] + "…"

    def reason(self, reason: ReasonPart) -> tuple[str, ...]:
        """What is missing, its name where it has one, and the rules it is missing for."""
        named = () if reason.kind == "undefined" else (visible(reason.what),)
        return (self.text(reason.label), *named, self.rules_of(reason.rules, 3))

    def rules_of(self, rules: list[str], most: int = 6) -> str:
        shown = self.joined(visible(rule) for rule in rules[:most])
        return f"{shown}{self.wording.say('list.join')}…" if len(rules) > most else shown

    def left_out(self, what: str) -> str:
        """What a list leaves out, empty when that is nothing."""
        count = self.summary.cut.get(what, 0)
        key = f"more.{what.replace('_', '-')}"
        key = key if what in ("rules", "passed_over") else "more"
        return self.say(key, count=self.count(count)) if count else ""
