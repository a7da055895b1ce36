"""`pack.toml`: what a pack is, checked key by key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from guiju.checking import problems
from guiju.checking.toml_faults import toml_fault
from guiju.diagnostics import Diagnostics
from guiju.messages import LANGUAGES, bilingual, message
from guiju.plan.nodes import Grade, NotEncoded, SourceDocument
from guiju.plan.types import Label
from guiju.source import Source, Span

_KEYS = {
    "id",
    "edition",
    "language",
    "languages",
    "title",
    "authority",
    "in_force",
    "until",
    "uses",
    "materiality",
    "default_unknown",
    "findings",
    "claims",
    "sources",
    "not_encoded",
    "notes",
}


_ENTRY_KEYS = {
    "claims": {"label", "claimed", "formula", "rule"},
    "sources": {"id", "title", "sha256", "note", "cites"},
    "not_encoded": {"clause", "reason"},
}


@dataclass(slots=True)
class ClaimEntry:
    """A claimed fact beside the formula that recomputes it."""

    claimed: str
    formula: str
    rule: str
    span: Span
    label: Label = field(default_factory=dict)


@dataclass(slots=True)
class Manifest:
    """A pack's manifest. `uses` maps a prefix to a pack id."""

    id: str
    edition: str
    language: str
    title: Label
    authority: Label
    languages: tuple[str, ...] = ("en", "zh")
    in_force: date | None = None
    until: date | None = None
    uses: dict[str, str] = field(default_factory=dict)
    materiality: Decimal | None = None
    default_unknown: str = ""
    grades: tuple[Grade, ...] = ()
    claims: list[ClaimEntry] = field(default_factory=list)
    sources: tuple[SourceDocument, ...] = ()
    not_encoded: tuple[NotEncoded, ...] = ()
    uses_span: Span | None = None


class _Reader:
    """Takes keys of the right type out of the document and reports the rest."""

    def __init__(self, source: Source, diagnostics: Diagnostics) -> None:
        self.source = source
        self.diagnostics = diagnostics

    def span(self, key: str) -> Span:
        """Where a key stands, for want of positions in tomllib: `claims[1].formula` in the
        second `[[claims]]`. Of a key that is missing, the table it should be in."""
        text, start, end = self.source.text, 0, len(self.source.text)
        header: tuple[int, int] | None = None
        table, _, number = key.partition("[")
        if number:
            heads = list(re.finditer(rf"(?m)^\s*\[\[\s*({re.escape(table)})\s*\]\]", text))
            index = int(number.split("]")[0])
            if index < len(heads):
                header = heads[index].span(1)
                start = heads[index].end()
                following = re.search(r"(?m)^\s*\[", text[start:])
                end = start + following.start() if following else end
        parts = key.split(".")[1:] if number else key.split(".")
        for word in reversed(parts):
            name = rf'("?{re.escape(word)}"?)'
            pattern = rf"(?m)(?:^|[{{,])\s*{name}\s*=|^\s*\[+{name}\]"
            found = re.compile(pattern).search(text, start, end)
            if found:
                return Span(self.source, *found.span(1 if found[1] else 2))
        if header is None:
            first = text.partition("\n")[0]
            header = (0, len(first))
        return Span(self.source, *header)

    def problem(self, key: str, reason: str, at: str = "", **values: object) -> None:
        self.diagnostics.add(
            problems.ManifestProblem(
                self.span(at or key), bilingual(f"diagnostics.{reason}", key=key, **values)
            )
        )

    def text(self, table: dict[str, Any], key: str, where: str = "", *, needed: bool = True) -> str:
        value = table.get(key)
        if value is None:
            if needed:
                self.problem(where + key, "toml-key-missing")
            return ""
        if not isinstance(value, str):
            self.problem(where + key, "toml-wrong", expected='"…"')
            return ""
        return value

    def label(
        self,
        table: dict[str, Any],
        key: str,
        language: str,
        where: str = "",
        *,
        needed: bool = True,
    ) -> Label:
        value = table.get(key)
        if isinstance(value, str):
            return {language: value}
        if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            if language not in value:
                self.problem(f"{where}{key}.{language}", "toml-key-missing", at=where + key)
            return {language: where + key} | value
        if value is None and not needed:
            return {}
        if value is None:
            self.problem(where + key, "toml-key-missing")
        else:
            self.problem(where + key, "toml-wrong", expected='{ en = "…", zh = "…" }')
        return {language: where + key}

    def day(self, table: dict[str, Any], key: str) -> date | None:
        value = table.get(key)
        if value is None or (isinstance(value, date) and not hasattr(value, "hour")):
            return value
        self.problem(key, "toml-wrong", expected="2024-01-31")
        return None


def read_manifest(source: Source, diagnostics: Diagnostics) -> Manifest | None:
    """The manifest of a pack, None when it cannot be read as TOML or names no pack."""
    reader = _Reader(source, diagnostics)
    try:
        table = tomllib.loads(source.text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        # A number without end is a ValueError that is none of TOML's.
        span, why = toml_fault(source, error)
        reason: dict[str, str] = {
            la: message("diagnostics.toml-broken", la, why=why[la]) for la in LANGUAGES
        }
        diagnostics.add(problems.ManifestProblem(span, reason))
        return None
    for key in table:
        if key not in _KEYS:
            reader.problem(key, "toml-key-unknown")
    language = reader.text(table, "language") or "en"
    if language not in LANGUAGES:
        reader.problem("language", "toml-wrong", expected='"en" | "zh"')
        language = "en"
    manifest = Manifest(
        reader.text(table, "id"),
        str(reader.text(table, "edition")),
        language,
        reader.label(table, "title", language),
        reader.label(table, "authority", language),
    )
    if not manifest.id:
        return None
    manifest.in_force = reader.day(table, "in_force")
    manifest.until = reader.day(table, "until")
    languages = table.get("languages", list(LANGUAGES))
    if isinstance(languages, list) and languages and all(la in LANGUAGES for la in languages):
        manifest.languages = tuple(languages)
    else:
        reader.problem("languages", "toml-wrong", expected='["en", "zh"]')
    uses = table.get("uses", {})
    manifest.uses_span = reader.span("uses")
    if isinstance(uses, dict) and all(isinstance(v, str) for v in uses.values()):
        manifest.uses = dict(uses)
    else:
        reader.problem("uses", "toml-wrong", expected='{ prefix = "pack-id" }')
    manifest.materiality = _materiality(reader, table)
    _grades(reader, table, manifest)
    for key, keys in _ENTRY_KEYS.items():
        for index, entry in enumerate(_tables(reader, table, key)):
            for name in entry:
                if name not in keys:
                    reader.problem(f"{key}[{index}].{name}", "toml-key-unknown")
    for index, entry in enumerate(_tables(reader, table, "claims")):
        where = f"claims[{index}]."
        manifest.claims.append(
            ClaimEntry(
                reader.text(entry, "claimed", where),
                reader.text(entry, "formula", where),
                reader.text(entry, "rule", where, needed=False),
                reader.span(f"claims[{index}].formula"),
                reader.label(entry, "label", language, where, needed=False),
            )
        )
    manifest.sources = tuple(
        SourceDocument(
            reader.text(entry, "id", f"sources[{i}]."),
            reader.label(entry, "title", language, f"sources[{i}]."),
            reader.text(entry, "sha256", f"sources[{i}].", needed=False) or None,
            reader.label(entry, "note", language, f"sources[{i}].", needed=False),
            reader.text(entry, "cites", f"sources[{i}].", needed=False).strip(),
        )
        for i, entry in enumerate(_tables(reader, table, "sources"))
    )
    _sources_apart(reader, manifest)
    manifest.not_encoded = tuple(
        NotEncoded(
            reader.text(entry, "clause", f"not_encoded[{i}]."),
            reader.label(entry, "reason", language, f"not_encoded[{i}]."),
            manifest.id,
        )
        for i, entry in enumerate(_tables(reader, table, "not_encoded"))
    )
    return manifest


def _sources_apart(reader: _Reader, manifest: Manifest) -> None:
    """Reports an id or a short name that two sources have: nobody could tell which is cited.
    A source without a short name is the main one, or one that nothing cites."""
    for name in ("id", "cites"):
        seen: set[str] = set()
        for index, source in enumerate(manifest.sources):
            text = getattr(source, name)
            if text and text in seen:
                reader.problem(f"sources[{index}].{name}", "toml-source-twice", text=text)
            seen.add(text)


def _tables(reader: _Reader, table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = table.get(key, [])
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value):
        return value
    reader.problem(key, "toml-wrong", expected=f"[[{key}]]")
    return []


def _materiality(reader: _Reader, table: dict[str, Any]) -> Decimal | None:
    value = table.get("materiality")
    if value is None:
        return None
    try:
        text = str(value).strip()
        share = Decimal(text[:-1]).scaleb(-2) if text.endswith("%") else Decimal(text)
        if share.is_finite() and 0 <= share <= 1:
            return share
    except InvalidOperation:
        pass
    reader.problem("materiality", "toml-wrong", expected='"5%"')
    return None


def _grades(reader: _Reader, table: dict[str, Any], manifest: Manifest) -> None:
    """`[findings]`: a grade's name, its labels and its weight 1, 2 or 3."""
    findings = table.get("findings")
    if not isinstance(findings, dict) or not findings:
        reader.problem("findings", "toml-key-missing")
        return
    grades: list[Grade] = []
    for name, entry in findings.items():
        weight = entry.get("weight") if isinstance(entry, dict) else None
        if isinstance(weight, bool) or weight not in (1, 2, 3):
            reader.problem(name, "toml-wrong", expected='{ en = "…", zh = "…", weight = 1|2|3 }')
            # Its name is known all the same, so that no rule is blamed for it.
            weight, entry = 3, entry if isinstance(entry, dict) else {}
        label = {k: v for k, v in entry.items() if k != "weight" and isinstance(v, str)}
        grades.append(Grade(name, label or {manifest.language: name}, weight))
    manifest.grades = tuple(grades)
    unknown = reader.text(table, "default_unknown")
    if unknown and unknown not in findings:
        reader.problem("default_unknown", "toml-wrong", expected=" | ".join(findings))
    manifest.default_unknown = unknown
