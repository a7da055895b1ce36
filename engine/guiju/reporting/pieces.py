"""The small pieces of markup that every section of the HTML report uses.

A page over 45 projects holds tens of thousands of them. Made here they take a quarter of the
time they would as macros of a template. Whatever a dossier or a pack says passes through
`escaped`; the rest of the markup is written out here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from markupsafe import Markup

from guiju.reporting import charts
from guiju.reporting.wording import SYMBOLS, Wording, visible
from guiju.verdicts import (
    Derivation,
    Margin,
    Missing,
    Opinion,
    Origin,
    Requirement,
    Text,
    Value,
    Verdict,
)

marked: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Text as the markup it is, in a third of the time `Markup` takes to look at it first."""

LANGUAGE_TAGS: dict[str, str] = {"en": "en", "zh": "zh-Hans"}


@lru_cache(16_384)
def escaped(text: str) -> str:
    """Text as it stands in HTML, within an element or a quoted attribute, with what would
    act on the page made visible."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


class Pieces:
    """The pieces in one language. Those for templates are `Markup`, the others text."""

    def __init__(self, wording: Wording) -> None:
        self.w = wording
        self._badges: dict[Verdict, Markup] = {}
        self._said: dict[str, str] = {}
        self._quantities: dict[tuple[str | None, str | None], str] = {}
        self._changes: dict[tuple[str, str | None], str] = {}
        self._origins: dict[tuple[str, str, str | None], str] = {}
        self._charts: dict[str | None, tuple[str, str]] = {}

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the catalogue, as it stands in the page."""
        if values:
            return escaped(self.w.say(key, **values))
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = escaped(self.w.say(key))
        return said

    # --- texts and values --------------------------------------------------------------

    def tr(self, text: Text | None) -> Markup:
        """A sentence; marked with its language where that is not the page's."""
        return marked(self._tr(text))

    def _tr(self, text: Text | None) -> str:
        if not text:
            return ""
        said, lang = self.w.choose(text)
        if lang == self.w.lang:
            return escaped(said)
        return f'<span lang="{LANGUAGE_TAGS.get(lang, "und")}">{escaped(said)}</span>'

    def quantity(self, value: str | None, unit: str | None = None) -> Markup:
        """A value with its unit, and the exact one where the shown one is cut."""
        return marked(self._quantity(value, unit))

    def _quantity(self, value: str | None, unit: str | None = None) -> str:
        known = self._quantities.get((value, unit))
        if known is None:
            known = self._quantities[value, unit] = self._new_quantity(value, unit)
        return known

    def _new_quantity(self, value: str | None, unit: str | None) -> str:
        shown = self.w.quantity(value, unit)
        if value is None:
            return f'<span class="unknown">{escaped(shown)}</span>'
        return _cut(value, shown)

    def figure(self, shown: Value | Derivation) -> Markup:
        """A value of the assessment; an option by its label."""
        return marked(self._figure(shown))

    def _figure(self, shown: Value | Derivation) -> str:
        return self._tr(shown.said) or self._quantity(shown.value, shown.unit)

    def exact_change(self, value: str, unit: str | None) -> Markup:
        """A difference with its sign, and the exact one where the shown one is cut."""
        return marked(_cut(value, self._change(value, unit)))

    def origin(self, where: Origin | None) -> Markup:
        """Where something stands."""
        return marked(self._origin(where))

    def _origin(self, where: Origin | None) -> str:
        if where is None:
            return ""
        place = where.file, where.at, where.sheet
        known = self._origins.get(place)
        if known is None:
            said = escaped(self.w.told_place(where))
            known = self._origins[place] = f'<span class="origin">{said}</span>'
        return known

    def raw(self, value: Value) -> str:
        """What the file holds, where that is not what the value shows; else empty."""
        return self.w.raw_of(value)

    # --- small marks -------------------------------------------------------------------

    def badge(self, verdict: Verdict) -> Markup:
        """A verdict with its symbol."""
        known = self._badges.get(verdict)
        if known is None:
            known = self._badges[verdict] = marked(
                f'<span class="badge v-{escaped(verdict.replace(" ", "-"))}">'
                f'<span class="symbol" aria-hidden="true">{escaped(SYMBOLS[verdict])}</span>'
                f"{escaped(self.w.verdict(verdict))}</span>"
            )
        return known

    def opinion(self, opinion: Opinion) -> Markup:
        """An opinion in a word."""
        said = self.say(f"opinion.{opinion}")
        return marked(f'<span class="opinion o-{escaped(opinion)}">{said}</span>')

    # --- requirements ------------------------------------------------------------------

    def checklist_row(self, anchor: str, requirement: Requirement) -> Markup:
        """A requirement as a row of the checklist."""
        findings = len(requirement.findings) + requirement.untold or ""
        return marked(
            f'<tr><th scope="row"><a href="#{escaped(anchor)}"><span class="id">'
            f"{escaped(requirement.id)}</span> {self._tr(requirement.title)}</a></th>"
            f'<td>{self.badge(requirement.verdict)}</td><td class="number">{findings}</td>'
            f"<td>{escaped(requirement.clause or '')}</td>"
            f"<td>{self.say(f'basis.short.{requirement.basis}')}</td></tr>"
        )

    def apart_row(self, anchor: str, requirement: Requirement) -> Markup:
        """A requirement that does not apply as a row: what it is called, and why."""
        r, anchor = requirement, escaped(anchor)
        why = [f"<p>{self._tr(r.reason)}</p>"] if r.reason else []
        if r.values:
            values = self.say("counts.join").join(map(self._named_figure, r.values))
            why.append(f'<p class="quiet">{values}</p>')
        if r.amended_by:
            amended = escaped(self.w.names(r.amended_by))
            why.append(f'<p class="quiet">{self.say("amended_by")} {amended}</p>')
        if r.answer:
            said = self.say("answer.by", by=r.answer.by, on=r.answer.on)
            why.append(
                f'<p class="quiet">{self.say("answer")} {self.say(f"answer.{r.answer.answer}")} '
                f"{said} {escaped(r.answer.because)}</p>"
            )
        return marked(
            f'<tr id="{anchor}" data-requirement data-verdict="{escaped(r.verdict)}">'
            f'<th scope="row"><span class="id">{escaped(r.id)}</span> {self._tr(r.title)} '
            f'<a class="anchor" href="#{anchor}" aria-label="{self.say("link", id=r.id)}">#</a>'
            f"</th><td>{''.join(why)}</td><td>{escaped(r.clause or '')}</td></tr>"
        )

    def _named_figure(self, value: Value) -> str:
        label = self._tr(value.label) or escaped(value.name)
        return f"{label} = {self._figure(value)} {self._origin(value.origin)}".rstrip()

    def heading(self, anchor: str, requirement: Requirement, failing: int, total: int) -> Markup:
        """The head of a requirement's block: what it is called, its verdict and its rows."""
        anchor, id_ = escaped(anchor), escaped(requirement.id)
        rows = ""
        if failing:
            said = self.say("rows.failing", failing=failing, total=total)
            rows = f' <span class="quiet">{said}</span>'
        return marked(
            f'<header>\n<h3 id="{anchor}.title"><span class="id">{id_}</span>'
            f' {self._tr(requirement.title)} <a class="anchor" href="#{anchor}"'
            f' aria-label="{self.say("link", id=requirement.id)}">#</a></h3>\n'
            f'<p class="standing">{self.badge(requirement.verdict)}{rows}</p>\n</header>'
        )

    def clauses(self, requirement: Requirement) -> Markup:
        """Where a requirement comes from and what it says: the same for every dossier."""
        r = requirement
        told = [
            ("clause", escaped(r.clause or "")),
            ("quotation", f"<q>{escaped(r.quoting)}</q>" if r.quoting else ""),
            ("words", self._tr(r.words)),
        ]
        parts = [
            f"<div><dt>{self.say(key)}</dt><dd>{said}</dd></div>\n" for key, said in told if said
        ]
        parts.append(
            f"<div><dt>{self.say('basis')}</dt><dd>{self.say(f'basis.{r.basis}')}"
            f' <span class="origin">{escaped(r.pack)} {escaped(r.place)}</span></dd></div>'
        )
        return marked("".join(parts))

    # --- lists and tables --------------------------------------------------------------

    def named(self, label: Text, name: str) -> str:
        """A label, and the name beside it where that says something else: an expression has
        its words for a name, and those are the label in another language."""
        if " " in name and name in label.values():
            return self._tr(label)
        if self.w.tells_more(label, name):
            return f'{self._tr(label)} <code class="name">{escaped(name)}</code>'
        return escaped(name)

    def values(self, values: Iterable[Value], caption: str | None) -> Markup:
        """A table of values with their origins."""
        say = self.say
        heading = escaped(caption) if caption else ""
        parts = [
            f'<div class="scroll" tabindex="0" role="region"'
            f' aria-label="{heading or say("section.values")}">\n<table>\n',
            f"<caption>{heading}</caption>\n" if heading else "",
            f'<thead><tr><th scope="col">{say("fact")}</th><th scope="col" class="number">'
            f'{say("value")}</th><th scope="col">{say("source")}</th></tr></thead>\n<tbody>\n',
        ]
        for value in values:
            parts.append(
                f'<tr><th scope="row">{self.named(value.label, value.name)}</th>'
                f'<td class="number">{self._figure(value)}</td>'
                f"<td>{self._source(value)}</td></tr>\n"
            )
        parts.append("</tbody>\n</table>\n</div>")
        return marked("".join(parts))

    def _source(self, value: Value) -> str:
        if value.origin is not None:
            raw = self.raw(value)
            return self._origin(value.origin) + (
                f' <span class="raw">{escaped(raw)}</span>' if raw else ""
            )
        if value.value is None:
            key = "source.missing" if "." in value.name else "source.uncomputed"
        else:
            key = "source.none"
        return f'<span class="quiet">{self.say(key)}</span>'

    def missing(self, lacks: Iterable[Missing]) -> Markup:
        """A list of what is missing."""
        parts = ['<ul class="missing">\n']
        for lack in lacks:
            label = ""
            if self.w.tells_more(lack.label, lack.name):
                label = f"{self._tr(lack.label)} "
            origin = f" {self._origin(lack.origin)}" if lack.origin is not None else ""
            parts.append(
                f'<li><span class="kind">{escaped(self.w.missing_kind(lack.kind))}</span> {label}'
                f'<code class="name">{escaped(lack.name)}</code>{origin}</li>\n'
            )
        parts.append("</ul>")
        return marked("".join(parts))

    # --- derivations -------------------------------------------------------------------

    def derivation(self, root: Derivation) -> Markup:
        """How a value came about, as a tree that can be opened."""
        parts = [
            f'<details class="derivation">\n<summary>{self.say("derivation")}</summary>\n'
            '<ul class="tree">\n'
        ]
        self._step(root, parts)
        parts.append("</ul>\n</details>")
        return marked("".join(parts))

    def _step(self, step: Derivation, parts: list[str]) -> None:
        parts.append(f"<li>{self._tr(step.words)} <b>= {self._figure(step)}</b>")
        if step.rows is not None:
            rows = self.say("derivation.rows", count=step.rows)
            parts.append(f' <span class="quiet">{rows}</span>')
        if step.origin is not None:
            parts.append(f" {self._origin(step.origin)}")
        if step.missing and not step.parts:
            names = self.w.names(lack.name for lack in step.missing)
            lacks = self.say("derivation.lacks", names=names)
            parts.append(f' <span class="lacks">{lacks}</span>')
        if step.parts:
            parts.append("<ul>")
            for part in step.parts:
                self._step(part, parts)
            parts.append("</ul>")
        parts.append("</li>\n")

    # --- margins -----------------------------------------------------------------------

    def _chart(self, margin: Margin) -> str:
        """A margin relative to its threshold, drawn; empty where it has no share."""
        return self._share(margin)[1]

    def _share(self, margin: Margin) -> tuple[str, str]:
        """A margin's share of its threshold, said and drawn. Each is shown twice."""
        known = self._charts.get(margin.share)
        if known is None:
            said = escaped(self.w.share(margin.share))
            known = self._charts[margin.share] = said, self._drawn(margin)
        return known

    def _change(self, value: str, unit: str | None) -> str:
        known = self._changes.get((value, unit))
        if known is None:
            known = self._changes[value, unit] = self.w.change(value, unit)
        return known

    def _drawn(self, margin: Margin) -> str:
        bar = charts.margin_bar(margin)
        if bar is None:
            return ""
        label = self.say("chart.margin", margin=self.w.share(margin.share))
        cut = f'<path class="cut" d="M{3 if bar.fails else 114} 1l3 11"/>\n' if bar.cut else ""
        return (
            '<svg class="margin" viewBox="0 0 120 14" width="120" height="14" role="img"'
            f' aria-label="{label}">\n<line class="axis" x1="0" x2="120" y1="13" y2="13"/>\n'
            f'<rect class="{"fails" if bar.fails else "holds"}" x="{bar.x}" y="2"'
            f' width="{bar.width}" height="9"/>\n{cut}'
            '<line class="threshold" x1="60" x2="60" y1="0" y2="14"/>\n</svg>\n'
        )

    def margin_line(self, margin: Margin) -> Markup:
        """A margin of one requirement in a line."""
        share = "" if margin.share is None else f" <span>{self._share(margin)[0]}</span>"
        distance = escaped(self._change(margin.distance, margin.unit))
        return marked(
            f'<p class="margin-line"><span class="quiet">{self.say("margin")}</span>'
            f" {self._tr(margin.words)} <b>{distance}</b>{share} {self._chart(margin)}"
            f"{self._closest(margin, ' ')}</p>"
        )

    def margin_row(self, anchor: str, requirement: str, margin: Margin) -> Markup:
        """A margin as a row of the table of all margins."""
        unit = margin.unit
        effect = (
            "" if margin.tco2e is None else _cut(margin.tco2e, self._change(margin.tco2e, None))
        )
        share, chart = self._share(margin)
        return marked(
            f'<tr><th scope="row"><a href="#{escaped(anchor)}">{escaped(requirement)}</a></th>\n'
            f"<td>{self._tr(margin.words)}{self._closest(margin, '<br>')}</td>\n"
            f'<td class="number">{self._quantity(margin.value, unit)}</td>'
            f'<td class="number">{self._quantity(margin.threshold, unit)}</td>\n'
            f'<td class="number">{escaped(self._change(margin.distance, unit))}<br>'
            f'<span class="quiet">{escaped(self.w.standing(margin))}</span></td>\n'
            f'<td class="number">{chart} {share}</td>\n'
            f'<td class="number">{effect}</td></tr>'
        )

    def _closest(self, margin: Margin, before: str) -> str:
        if margin.subject is None:
            return ""
        said = self.say("margin.closest", subject=margin.subject)
        return f'{before}<span class="quiet">{said}</span>'


def _cut(value: str, shown: str) -> str:
    """A shown figure; where it is cut, with the exact one to it."""
    if "…" not in shown:
        return escaped(shown)
    exact = escaped(value)
    return f'<data value="{exact}" title="{exact}">{escaped(shown)}</data>'
