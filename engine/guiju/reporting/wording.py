"""Values, places and sentences as a reader sees them, in one language.

Every format words things through here, so that a figure looks the same in the terminal and
on paper. Nothing here escapes markup; that is each format's own duty.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import fullmatch

from guiju.messages import Lang, message
from guiju.plan.digits import cut_fraction
from guiju.verdicts import (
    VERDICTS,
    Assessment,
    Claim,
    Derivation,
    Finding,
    Margin,
    Opinion,
    Origin,
    PackRecord,
    Requirement,
    Text,
    Value,
    Verdict,
)

SYMBOLS: dict[Verdict, str] = {
    "nonconforming": "✗",
    "broken": "!",
    "undetermined": "?",
    "awaiting judgement": "@",
    "deferred": ">",
    "waived": "~",
    "conforms": "✓",
    "not applicable": "-",
}
"""One narrow character a verdict, so that verdicts differ without colour."""

OPINIONS: tuple[Opinion, ...] = ("positive", "negative", "open")

MISSING_KINDS = (
    "fact",
    "cell",
    "table",
    "row",
    "document",
    "judgement",
    "lookup",
    "undefined",
    "calendar",
    "not acceptable",
    "other cell",
    "other table",
)

TIME_UNITS = ("day", "days", "working days", "month", "months", "year", "years")


def _invisible() -> dict[int, str]:
    """Characters that would act on a terminal, hide, or turn text around, made visible."""
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table[0x7F] = "\u2421"
    hidden = [*range(0x80, 0xA0), 0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029]
    hidden += [*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFFFE, 0xFFFF]
    hidden += range(0xD800, 0xE000)
    table.update({code: f"<U+{code:04X}>" for code in hidden})
    table[0x0A] = table[0x09] = table[0x0D] = " "
    return table


_VISIBLE: dict[int, str] = {}


def visible(text: str) -> str:
    """The text on one line, with control and bidirectional characters shown, not obeyed.

    >>> visible("a\\nb")
    'a b'
    """
    if text.isprintable():
        return text
    if not _VISIBLE:
        _VISIBLE.update(_invisible())
    return text.translate(_VISIBLE)


def is_number(text: str) -> bool:
    """Whether the text is a decimal as the engine writes one."""
    body = text[1:] if text[:1] in "+-" else text
    whole, _, fraction = body.partition(".")
    return whole.isascii() and whole.isdigit() and (not fraction or fraction.isdigit())


def without_exponent(text: str) -> str:
    """The same decimal without an exponent; a text that is no decimal stays as it is.

    >>> without_exponent("-1.5E-3"), without_exponent("AFFE-1")
    ('-0.0015', 'AFFE-1')
    """
    mantissa, mark, power = text.partition("E")
    if not mark or not is_number(mantissa) or not is_number(power) or abs(int(power)) > 99:
        return text
    from decimal import Decimal

    return format(Decimal(text), "f")


def shown_number(text: str, grouped: bool = True) -> str:
    """A decimal for reading: thousands grouped, a long fraction cut, never rounded.

    The digits shown are those of the exact number and `…` says that more follow, so that a
    value just short of a threshold never looks as if it reached it.

    >>> shown_number("-1234567.50"), shown_number("0.3333333333333333333333")
    ('-1,234,567.50', '0.3333333333…')
    """
    text = without_exponent(text)
    if not is_number(text):
        return text
    sign = text[0] if text[0] in "+-" else ""
    whole, point, fraction = text[len(sign) :].partition(".")
    if grouped and len(whole) > 3:
        whole = f"{int(whole):,}" if whole[0] != "0" else whole
    return f"{sign}{whole}{point}{cut_fraction(whole, fraction)}"


def signed(text: str) -> str:
    """A decimal for reading with its sign always said; zero has none.

    >>> signed("3"), signed("-3.5"), signed("0.00")
    ('+3', '−3.5', '0.00')
    """
    text = without_exponent(text)
    shown = shown_number(text)
    if not is_number(text) or not text.strip("+-0."):
        return shown
    return "−" + shown[1:] if shown[0] == "-" else "+" + shown.lstrip("+")


class Wording:
    """How a report speaks: its language, with the sentences of the catalogue's chapter."""

    __slots__ = ("_said", "lang")

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._said: dict[str, str] = {}

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of the `report` chapter under a key."""
        if values:
            return message(f"report.{key}", self.lang, **values)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = message(f"report.{key}", self.lang)
        return said

    def choose(self, text: Text) -> tuple[str, str]:
        """A sentence and the language it is in: this one, or the first one there is."""
        if chosen := text.get(self.lang):
            return chosen, self.lang
        for lang, other in text.items():
            if other:
                return other, lang
        return "", self.lang

    def text(self, text: Text | None) -> str:
        """A sentence in this language, or in the first one there is; on one line."""
        return visible(self.choose(text)[0]) if text else ""

    def verdict(self, verdict: Verdict) -> str:
        return self.say(f"verdict.{verdict}")

    def quantity(self, value: str | None, unit: str | None = None) -> str:
        """A value with its unit; one that is not there is said to be unknown."""
        if value is None:
            return self.say("value.unknown")
        if unit is None:
            if value in ("yes", "no"):
                return self.say("value.yes" if value == "yes" else "value.no")
            return visible(shown_number(value, grouped=False))
        if not is_number(without_exponent(value)):
            # The unit of a margin of dates is that of their distance.
            return visible(value)
        return self._with_unit(visible(shown_number(value)), unit)

    def figure(self, shown: Value | Derivation) -> str:
        """A value of an assessment with its unit; an option by its label."""
        return self.text(shown.said) or self.quantity(shown.value, shown.unit)

    def change(self, value: str, unit: str | None) -> str:
        """A difference with its sign and unit."""
        return self._with_unit(visible(signed(value)), unit)

    def _with_unit(self, number: str, unit: str | None) -> str:
        if not unit or unit == "1":
            return number
        if unit in TIME_UNITS:
            unit = self.say(f"unit.{unit}")
        return f"{number}{visible(unit)}" if unit == "%" else f"{number} {visible(unit)}"

    def share(self, ratio: str | None) -> str:
        """A ratio as a percentage with its sign, to two decimals towards zero."""
        ratio = without_exponent(ratio or "")
        if not is_number(ratio):
            return visible(ratio)
        return self.percent(_hundredfold(ratio))

    def percent(self, percent: str | None) -> str:
        """A percentage with its sign; a long fraction is cut to two decimals."""
        if percent is None:
            return ""
        percent = without_exponent(percent)
        whole, point, fraction = percent.partition(".")
        if len(fraction) > 2:
            cut = fraction[:2]
            if not (whole.strip("+-0") or cut.strip("0")):
                cut = fraction[: len(fraction) - len(fraction.lstrip("0")) + 2]
            percent = f"{whole}{point}{cut}"
        return visible(signed(percent)) + "%"

    def label(self, value: Value) -> str:
        """A value's label, or its name where it has none."""
        return self.text(value.label) or visible(value.name)

    def tells_more(self, label: Text, name: str) -> bool:
        """Whether a label says something that the name does not."""
        return self.text(label) not in ("", visible(name))

    def place(self, origin: Origin | None) -> str:
        """Where a value stands: `小班.csv:12:5`, `[表.xlsx]Sheet1!C3`, `a.json#/rows/0`."""
        if origin is None:
            return ""
        file, at = visible(origin.file), visible(origin.at)
        if origin.sheet is not None:
            return f"[{file}]{visible(origin.sheet)}!{at}"
        if not at:
            return file
        if at.startswith("/"):
            return f"{file}#{at}"
        return f"{file}:{at}" if is_line(at) else f"{file}!{at}"

    def told_place(self, origin: Origin | None) -> str:
        """Where a value stands, in words where that is a line or a feature of a layer:
        `小班.csv 第 12 行第 5 列`, `小班.gpkg 第 3 个要素（小班号=P-03）`."""
        if origin is not None and (feature := fullmatch(r"#([0-9]+)(?: (.+))?", origin.at)):
            return self.say(
                "place.feature" if feature[2] else "place.feature.bare",
                file=visible(origin.file),
                sheet=f" {visible(origin.sheet)}" if origin.sheet else "",
                number=feature[1],
                key=visible(feature[2] or ""),
            )
        if origin is None or origin.sheet is not None or not is_line(origin.at):
            return self.place(origin)
        line, _, column = origin.at.partition(":")
        return self.say("place.line", file=visible(origin.file), line=line, column=column)

    def raw_of(self, value: Value) -> str:
        """What the file holds of a value, where it is shown otherwise; else empty."""
        return self.raw(value.origin, self.text(value.said) or value.value)

    def raw(self, origin: Origin | None, value: str | None) -> str:
        """What the file holds, where that is not what the value shows; else empty."""
        if origin is None or origin.raw is None or origin.raw == value:
            return ""
        return self.say("raw", raw=visible(origin.raw))

    def counts(self, counts: dict[str, int]) -> str:
        """Counts by verdict in a sentence, from what must be seen first."""
        return self.say("counts.join").join(
            self.say("counts.part", count=counts[verdict], verdict=self.verdict(verdict))
            for verdict in VERDICTS
            if counts.get(verdict)
        )

    def names(self, names: Iterable[str]) -> str:
        return self.say("list.join").join(visible(name) for name in names)

    def grade(self, finding: Finding, assessment: Assessment) -> str:
        """A finding's grade as its pack names it."""
        return self.text(assessment.pack.grades.get(finding.grade)) or visible(finding.grade)

    def stage(self, stage: str) -> str:
        """A dossier's stage in words; one that is not ours stays as written."""
        known = stage in ("validation", "verification")
        return self.say(f"stage.{stage}") if known else visible(stage)

    def not_examined(self, claim: Claim, stage: str | None) -> str:
        """Why a claim is not examined."""
        rule = visible(claim.rule or "")
        if not stage:
            return self.say("not_examined", rule=rule)
        return self.say("not_examined.stage", rule=rule, stage=self.stage(stage))

    def waiver_status(self, status: str) -> str:
        known = status in ("used", "unused", "expired", "not yet")
        return self.say(f"waiver.{status}") if known else visible(status)

    def missing_kind(self, kind: str) -> str:
        return self.say(f"missing.{kind}") if kind in MISSING_KINDS else visible(kind)

    def in_force(self, pack: PackRecord) -> str:
        """From when until when an edition is in force; empty where that is not said."""
        start, until = visible(pack.in_force or ""), visible(pack.until or "")
        if start and until:
            return self.say("in_force.span", start=start, until=until)
        if start:
            return self.say("in_force.from", start=start)
        return self.say("in_force.until", until=until) if until else ""

    def standing(self, margin: Margin) -> str:
        """Whether a margin's comparison holds, fails, or is just at the threshold."""
        distance = without_exponent(margin.distance)
        if not is_number(distance):
            return ""
        if not distance.strip("+-0."):
            return self.say("margin.at")
        return self.say("margin.fails" if distance[0] == "-" else "margin.holds")

    def untold(self, requirement: Requirement, assessment: Assessment) -> str:
        """How many of a requirement's findings are told, where not all of them are."""
        if not requirement.untold:
            return ""
        told = len(requirement.findings)
        figures = {"told": f"{told:,}", "all": f"{told + requirement.untold:,}"}
        if assessment.findings_file is None:
            return self.say("untold", **figures)
        return self.say("untold.file", **figures, file=visible(assessment.findings_file))

    def untold_of(self, assessment: Assessment, key: str, rules: Iterable[str] = ()) -> str:
        """A sentence about all rules with findings that are not told, those of `rules` if any are
        given; empty where there are none."""
        among = set(rules) or {each.id for each in assessment.requirements}
        names = [each.id for each in assessment.requirements if each.untold and each.id in among]
        return self.say(key, rules=self.names(names)) if names else ""

    def subject(self, finding: Finding) -> str:
        """The row a finding is about, or the project as a whole."""
        return self.say("subject.project") if finding.subject is None else visible(finding.subject)


def is_line(at: str) -> bool:
    """Whether a place within a file is a line and column."""
    line, _, column = at.partition(":")
    return line.isascii() and line.isdigit() and column.isascii() and column.isdigit()


def _hundredfold(ratio: str) -> str:
    """A decimal text times 100, without a float."""
    sign = ratio[0] if ratio[0] in "+-" else ""
    whole, _, fraction = ratio[len(sign) :].partition(".")
    fraction = fraction.ljust(2, "0")
    whole = (whole + fraction[:2]).lstrip("0") or "0"
    rest = fraction[2:].rstrip("0")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
