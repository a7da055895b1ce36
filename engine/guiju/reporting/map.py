"""The map of a report: shapes coloured by the worst finding about each, as numbers and paths
that a template draws as SVG.

What has a finding is a mark of its own with a title and a link to the finding's block. Of
many shapes those without findings are one mark together, so that the map stays small.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from re import fullmatch
from typing import NamedTuple

from guiju.reporting.columns import width
from guiju.reporting.html import slug
from guiju.reporting.wording import SYMBOLS, Wording, is_number, visible
from guiju.verdicts import (
    VERDICTS,
    Assessment,
    Finding,
    Map,
    MapLayer,
    Outline,
    Requirement,
    Verdict,
)

UNITS = 4
"""Units of the record to one of the drawing, which is about a pixel of a screen."""

NARROWEST = 480
FOOT = 46
"""Room below the shapes for the scale and the arrow."""

MOST_TITLES = 600
"""Beyond as many shapes, those without a finding have no title of their own."""

MOST_MARKS = 4_000
"""Marks with a title at most; further findings are drawn, but not linked."""

MOST_LABELS = 40
_ABOVE = 11
"""How far above a point its key is written, so that the sign of the finding stays in sight."""

_SCATTER = 2_654_435_761
"""Puts neighbours in a list far apart: 2³² divided by the golden ratio."""

MOST_FINDINGS = 6
_LABELLED = ("nonconforming", "broken", "undetermined")
_SWATCH = "M1 1h26v14h-26z"
_ORDER = {verdict: place for place, verdict in enumerate(VERDICTS)}


class Mark(NamedTuple):
    """Something drawn: `look` are its classes, `title` the lines shown where it is pointed at."""

    look: str
    path: str
    title: tuple[str, ...] = ()
    href: str = ""


class Label(NamedTuple):
    x: float
    y: float
    text: str


class Bar(NamedTuple):
    """The bar of the scale."""

    x: float
    y: float
    length: float
    text: str


class Entry(NamedTuple):
    """A line of the legend."""

    look: str
    path: str
    text: str


class Drawn(NamedTuple):
    """All that the template draws."""

    width: float
    height: float
    marks: list[Mark]
    labels: list[Label]
    bar: Bar
    north: float
    legend: list[Entry]
    shapes: int
    found: int
    west: str
    south: str
    east: str
    top: str
    far: str
    untold: str


class _Found(NamedTuple):
    """A finding about a row, with its requirement and the anchor of its block."""

    requirement: Requirement
    finding: Finding
    anchor: str


def drawn(assessment: Assessment, anchors: dict[str, str], wording: Wording) -> Drawn:
    """The map of an assessment. `anchors` are those of requirements by their ids."""
    record = assessment.map
    assert record is not None
    wide, high = record.width / UNITS, record.height / UNITS
    across = max(wide, NARROWEST)
    picture = _Picture(record, anchors, wording, (across - wide) / 2)
    for layer in record.layers:
        picture.add(layer, assessment)
    metres = float(record.metres) if is_number(record.metres) else 0.0
    length, text = _scale(metres * UNITS or 1.0, across / 4, wording)
    return Drawn(
        round(across, 1),
        round(high + FOOT, 1),
        picture.marks(),
        picture.labels(across, high),
        Bar(16, round(high + 28, 1), length, text),
        round(across - 24, 1),
        picture.legend(),
        picture.shapes,
        picture.found,
        _degrees(record.west),
        _degrees(record.south),
        _degrees(record.east),
        _degrees(record.north),
        wording.names(record.far[:12]) + ("…" if len(record.far) > 12 else ""),
        wording.untold_of(
            assessment, "untold.map", [rule for layer in record.layers for rule in layer.rules]
        ),
    )


class _Picture:
    """What is drawn of each layer, and how often."""

    def __init__(
        self, record: Map, anchors: dict[str, str], wording: Wording, shift: float
    ) -> None:
        self.anchors = anchors
        self.wording = wording
        self.shift = shift
        self.many = sum(len(layer.outlines) for layer in record.layers) > MOST_TITLES
        self.shapes = self.found = 0
        self._calm: list[Mark] = []
        self._told: list[tuple[int, Mark]] = []
        self._texts: list[tuple[int, float, float, str]] = []
        self._legend: dict[tuple[str, str], int] = {}
        self._named: list[Entry] = []

    def add(self, layer: MapLayer, assessment: Assessment) -> None:
        label = self.wording.text(layer.label) or visible(layer.name)
        base = layer.kind != "point" and not layer.rules and _is_fact(layer)
        look = _look(layer, base)
        found = {} if base else self._findings(layer, assessment)
        together: list[str] = []
        for outline in layer.outlines:
            path = _path(outline.lines, layer.kind if not base else "line", self.shift)
            if not path:
                continue
            self.shapes += 0 if base else 1
            about = found.get(outline.key)
            if about:
                self._tell(layer, label, outline, path, about)
            elif base or self.many:
                together.append(path)
            else:
                self._calm.append(Mark(look, path, (f"{label} {visible(outline.key)}",)))
            if look == "none" and not about:
                self._count("none", "")
        if together:
            self._calm.append(Mark(look, "".join(together), (label,) if base else ()))
        if base:
            text = self.wording.say("map.base", name=label)
            self._named.append(Entry("base", "M1 8h26", text))
        elif layer.kind != "polygon":
            text = self.wording.say("map.points", name=label) if layer.kind == "point" else label
            path = "M14 8h0" if layer.kind == "point" else "M1 8h26"
            self._named.append(Entry(look, path, text))
        elif look == "other":
            count = len(layer.outlines)
            text = self.wording.say("map.count", name=label, count=count)
            self._named.append(Entry(look, _SWATCH, text))

    def _findings(self, layer: MapLayer, assessment: Assessment) -> dict[str, list[_Found]]:
        """The findings about each row, the worst first."""
        rules = set(layer.rules)
        found: dict[str, list[_Found]] = {}
        for requirement in assessment.requirements:
            if requirement.id not in rules or requirement.id not in self.anchors:
                continue
            anchor = self.anchors[requirement.id]
            for number, finding in enumerate(requirement.findings, 1):
                if finding.subject is not None:
                    place = f"{anchor}.{slug(finding.subject)}.{number}"
                    found.setdefault(finding.subject, []).append(
                        _Found(requirement, finding, place)
                    )
        for about in found.values():
            about.sort(key=lambda each: _ORDER[each.finding.verdict])
        return found

    def _tell(
        self, layer: MapLayer, label: str, outline: Outline, path: str, about: Sequence[_Found]
    ) -> None:
        worst = about[0].finding.verdict
        self.found += 1
        lines = [f"{label} {visible(outline.key)}"]
        for each in about[:MOST_FINDINGS]:
            lines.append(
                self.wording.say(
                    "map.finding",
                    rule=visible(each.requirement.id),
                    title=self.wording.text(each.requirement.title),
                    verdict=self.wording.verdict(each.finding.verdict),
                )
            )
        if len(about) > MOST_FINDINGS:
            lines.append(self.wording.say("map.more", count=len(about) - MOST_FINDINGS))
        look = f"f-{worst.replace(' ', '-')}" if layer.kind == "polygon" else f"{layer.kind} found"
        linked = self.found <= MOST_MARKS
        mark = Mark(look, path, tuple(lines), about[0].anchor) if linked else Mark(look, path)
        self._told.append((_ORDER[worst], mark))
        if layer.kind == "polygon":
            self._count(look, worst)
        if worst in _LABELLED:
            x, y = _middle(outline.lines)
            if layer.kind == "point":
                y -= _ABOVE
            self._texts.append((_ORDER[worst], x + self.shift, y, visible(outline.key)))

    def _count(self, look: str, verdict: str) -> None:
        self._legend[look, verdict] = self._legend.get((look, verdict), 0) + 1

    def marks(self) -> list[Mark]:
        """Everything in the order it is drawn: what must be seen first comes last."""
        told = sorted(self._told, key=lambda each: -each[0])
        return [*self._calm, *(mark for _, mark in told)]

    def labels(self, across: float, high: float) -> list[Label]:
        """The keys of the worst shapes, as many as do not cover each other; where there are
        too many, those of shapes all over the map and not of the first."""
        taken: list[tuple[float, float, float, float]] = []
        labels: list[Label] = []
        order = list(range(len(self._texts)))
        if len(order) > MOST_LABELS:
            order.sort(key=lambda place: place * _SCATTER % 2**32)
        order.sort(key=lambda place: self._texts[place][0])
        for _, x, y, text in (self._texts[place] for place in order):
            if len(text) > 24 or len(labels) == MOST_LABELS:
                continue
            half = width(text) * 3.6 + 2
            x = min(max(x, half + 2), across - half - 2)
            y = min(max(y + 4, 14), high + 4)
            box = (x - half, y - 12, x + half, y + 3)
            if any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
                for other in taken
            ):
                continue
            taken.append(box)
            labels.append(Label(round(x, 1), round(y, 1), text))
        return labels

    def legend(self) -> list[Entry]:
        """The looks that occur, from what must be seen first."""
        entries = []
        for verdict in (*VERDICTS, ""):
            for (look, of), count in self._legend.items():
                if of == verdict:
                    name = self._verdict(of) if of else self.wording.say("map.no_finding")
                    text = self.wording.say("map.count", name=name, count=count)
                    entries.append(Entry(look, _SWATCH, text))
        return entries + list(dict.fromkeys(self._named))

    def _verdict(self, verdict: str) -> str:
        known: Verdict = next(each for each in VERDICTS if each == verdict)
        return f"{SYMBOLS[known]} {self.wording.verdict(known)}"


def _degrees(edge: str) -> str:
    return f"{float(edge):.4f}" if is_number(edge) else visible(edge)


def _look(layer: MapLayer, base: bool) -> str:
    """How the shapes of a layer look that have no finding: those no rule goes over are not
    said to be without."""
    if base or layer.kind != "polygon":
        return "base" if base else layer.kind
    return "none" if layer.rules else "other"


def _is_fact(layer: MapLayer) -> bool:
    return all(outline.key == layer.name for outline in layer.outlines)


def _points(line: str) -> list[tuple[float, float]]:
    """The points of a line of the record; none where it is not written as one."""
    if not fullmatch(r"-?[0-9]{1,6},-?[0-9]{1,6}(?: -?[0-9]{1,6},-?[0-9]{1,6})*", line):
        return []
    pairs = (point.split(",") for point in line.split(" "))
    return [(int(x) / UNITS, int(y) / UNITS) for x, y in pairs]


def _path(lines: Iterable[str], kind: str, shift: float) -> str:
    """The path of a shape: from point to point in steps, which is short to write."""
    drawn: list[str] = []
    for line in lines:
        points = _points(line)
        if not points:
            continue
        x, y = points[0]
        if len(points) == 1:
            x += shift
            dot = "h0" if kind == "point" else "h3v3h-3z"
            off = 0.0 if kind == "point" else 1.5
            drawn.append(f"M{x - off:g} {y - off:g}{dot}")
            continue
        steps = [
            f"l{after[0] - before[0]:g} {after[1] - before[1]:g}"
            for before, after in pairwise(points)
        ]
        closed = kind == "polygon"
        if closed:
            steps = steps[:-1]
        drawn.append(f"M{x + shift:g} {y:g}{''.join(steps)}{'z' if closed else ''}")
    return "".join(drawn)


def _middle(lines: Sequence[str]) -> tuple[float, float]:
    points = [point for line in lines for point in _points(line)] or [(0.0, 0.0)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _scale(metres: float, longest: float, wording: Wording) -> tuple[float, str]:
    """A round length of at most `longest`, in the drawing and in words. `metres` is what
    one unit of the drawing stands for."""
    most = metres * longest
    length = 1.0
    while length * 10 <= most:
        length *= 10
    while length > most:
        length /= 10
    length *= next(factor for factor in (5, 2, 1) if length * factor <= most)
    key, shown = ("map.kilometres", length / 1000) if length >= 1000 else ("map.metres", length)
    return round(length / metres, 2), wording.say(key, length=f"{shown:g}")
