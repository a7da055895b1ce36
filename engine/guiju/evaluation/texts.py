"""What a reader is shown of a run: values, messages, and what is missing, by language.

Texts of the pack fall back to another of its languages when one is not there; a sentence
of the engine is always there in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from guiju.evaluation.unknown import Lacking, Unknown
from guiju.geometry import Shape
from guiju.hints import TYPE_CHECKING, Any
from guiju.messages import LANGUAGES, Lang, bilingual
from guiju.plan.nodes import Expr, Template
from guiju.plan.types import DocumentType, Label, NumberType, OtherRowType, RowType, Type
from guiju.verdicts import Document, Missing, Origin, Text, Value

if TYPE_CHECKING:
    from guiju.evaluation.run import Frame, Run


def plain_text(value: Any) -> str:
    """A value as the record holds it, in no language: digits, `yes`, `2024-04-15`, an
    option's name, `3 years`, `2024-01-01/2024-12-31`.

    >>> plain_text(Decimal("1E+3")), plain_text(Decimal("0.20")), plain_text((3, "years"))
    ('1000', '0.20', '3 years')
    """
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            # Written out, unless that would be nothing but zeros.
            if -60 <= value.adjusted() <= 40:
                return format(value, "f")
            exponent = value.as_tuple().exponent
            far = isinstance(exponent, int) and (exponent > 40 or value.adjusted() < -60)
            return str(value) if far else format(value, "f")
        case date():
            return value.isoformat()
        case (int() | Decimal() as count, str(unit)):
            return f"{count} {unit}"
        case (date() as start, date() as end):
            return f"{start.isoformat()}/{end.isoformat()}"
        case Document():
            return value.id
        case Unknown():
            return "?"
        case Shape(kind=kind, vertices=vertices):
            return "point" if kind == "point" else f"{kind}, {vertices} vertices"
        case tuple() | list() | range():
            return ", ".join(map(plain_text, value))
        case _:
            return str(value)


def value_text(value: Any, type_: Type, run: Run) -> str | None:
    """A value as the record holds it; None when it is unknown. A row is shown by its key, one
    of another dossier with that dossier's id."""
    if value is None or value.__class__ is Unknown:
        return None
    if isinstance(type_, RowType) and isinstance(value, int):
        return run.dossier.tables[type_.table].keys[value]
    if isinstance(type_, OtherRowType) and isinstance(value, int):
        table = run.other_table(type_.table)
        assert table is not None
        return f"{table.pool.dossier_of(value)}: {table.pool.keys[value]}"
    return plain_text(value)


def unit_text(type_: Type) -> str | None:
    """The unit of a number as the record holds it; None for a bare number and no number."""
    return (type_.unit.symbol or None) if isinstance(type_, NumberType) else None


class Wording:
    """Puts what a run found into words, each expression once."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.pack_words = run.words
        self._missing: dict[Lacking, Missing] = {}

    def words(self, node: Expr) -> Text:
        """An expression in words."""
        return self.pack_words.expression(node)

    def label(self, label: Label, name: str, alias: str | None = None) -> Text:
        """A label by language, falling back to the names of the thing."""
        from guiju.plan.describe_values import label_words

        return {lang: label_words(label, name, alias, lang) for lang in LANGUAGES}

    def in_both(self, texts: dict[str, str]) -> Text:
        """A text of the pack in both languages: where one is missing the pack's own stands,
        or whatever there is."""
        fallback = texts.get(self.run.pack.language) or next(iter(texts.values()), "")
        return {lang: texts.get(lang) or fallback for lang in LANGUAGES}

    def message(self, templates: dict[str, Template], frame: Frame) -> Text:
        """A message of a rule with its values."""
        own = self.run.pack.language
        if own not in templates:
            own = next(iter(templates))
        return {
            lang: self._filled(templates.get(lang) or templates[own], frame, lang)
            for lang in LANGUAGES
        }

    def _filled(self, template: Template, frame: Frame, lang: Lang) -> str:
        return "".join(
            part if isinstance(part, str) else self._shown(part, frame, lang)
            for part in template.parts
        )

    def _shown(self, node: Any, frame: Frame, lang: Lang) -> str:
        value = self.run.compile(node)(frame)
        return self.value_words(value, node.type, lang)

    def value_words(self, value: Any, type_: Type, lang: Lang) -> str:
        """A value as a reader of a language sees it."""
        from guiju.plan.describe_values import value_words

        if isinstance(type_, (RowType, OtherRowType, DocumentType)):
            shown = value_text(value, type_, self.run)
            return value_words(None, type_, lang) if shown is None else shown
        if value.__class__ is Unknown:
            value = None
        elif value.__class__ is tuple:
            value = tuple(None if part.__class__ is Unknown else part for part in value)
        return value_words(value, type_, lang)

    # --- what is missing ---------------------------------------------------------------

    def missing_all(self, lacks: frozenset[Lacking] | set[Lacking]) -> list[Missing]:
        """What is missing, in a fixed order."""
        return [missing for missing, _ in self.gathered(lacks)]

    def gathered(self, lacks: Iterable[Lacking]) -> list[tuple[Missing, list[Lacking]]]:
        """What is missing, in a fixed order, each with what it is about: one thing, or what
        many dossiers lack alike."""
        ordered = sorted(lacks, key=self._order)
        if any(lack.kind.startswith("other") for lack in ordered):
            from guiju.evaluation.missing_elsewhere import gathered

            return gathered(self, ordered)
        return [(self.missing(lack), [lack]) for lack in ordered]

    def _order(self, lack: Lacking) -> tuple[str, str, str, int, str]:
        # Sites are numbered as they are come upon, which differs from road to road.
        site = self.missing(lack).name if lack.kind in ("undefined", "calendar") else ""
        return lack.kind, lack.name, site, lack.row, lack.field

    def missing(self, lack: Lacking) -> Missing:
        """What is missing, with its label and the place where it should stand."""
        found = self._missing.get(lack)
        if found is None:
            found = self._missing[lack] = self._named(lack)
        return found

    def remember(self, lack: Lacking, missing: Missing) -> None:
        """Keeps the words for something that is missing in a part of the dossier which was
        evaluated by itself."""
        self._missing[lack] = missing

    def _named(self, lack: Lacking) -> Missing:
        run, kind, name = self.run, lack.kind, lack.name
        match kind:
            case "fact":
                given = run.dossier.facts.get((name, lack.field))
                return Missing(
                    kind,
                    f"{name}.{lack.field}",
                    self.field_label(name, lack.field),
                    None if given is None else given.origin,
                )
            case "cell":
                table = run.dossier.tables[name]
                key = table.keys[lack.row]
                return Missing(
                    kind,
                    f"{name}[{key}].{lack.field}",
                    self.said("missing.cell", label=self.field_label(name, lack.field), key=key),
                    table.place(lack.row, lack.field),
                )
            case "table":
                plan = run.pack.tables.get(name)
                label = self.label(plan.label, name, plan.alias) if plan else {}
                return Missing(kind, name, self.said("missing.table", label=label))
            case "row":
                plan = run.pack.tables[name]
                label = self.label(plan.label, name, plan.alias)
                text = self.said("missing.row", label=label, key=lack.field)
                return Missing(kind, f"{name}[{lack.field}]", text)
            case "document":
                field = run.pack.documents.get(name)
                label = (
                    self.label(field.label, name, field.alias) if field else self.label({}, name)
                )
                part = f".{lack.field}" if lack.field else ""
                return Missing(kind, name + part, self.said(f"missing.document{part}", label=label))
            case "lookup" | "not acceptable":
                lookup = run.pack.lookups[name]
                key, _, day = lack.field.partition(" @ ")
                suffix = kind.replace(" ", "-") + (".dated" if day else "")
                label = self.label(lookup.label, name, lookup.alias)
                text = self.said(f"missing.{suffix}", label=label, key=key, day=day)
                return Missing(kind, f"{name}[{key}]", text)
            case "judgement":
                rule = next(rule for rule in run.pack.rules if rule.id == name)
                return Missing(kind, name, self.in_both(rule.title))
            case "calendar":
                return Missing(kind, name, bilingual("evaluation.missing.calendar", year=name))
            case "as-of":
                return Missing("fact", "as_of", bilingual("evaluation.missing.as-of"))
            case "layer":
                plan = run.pack.tables[name]
                of = self.label(plan.label, name, plan.alias)
                label = self.field_label(name, lack.field)
                text = self.said("missing.layer", label=label, table=of)
                return Missing("table", f"{name}.{lack.field}", text)
            case "boundary":
                return self._faulty(lack)
            case "others" | "other cell" | "other boundary" | "other layer" | "other table":
                from guiju.evaluation.missing_elsewhere import named

                return named(self, lack)
            case _:
                node = run.sites[lack.row]
                words = self.words(node)
                text = self.said(f"undefined.{name}", words=words, detail=lack.field)
                return Missing(kind, words["en"], text)

    def _faulty(self, lack: Lacking) -> Missing:
        """A boundary that is there, and what is wrong with it."""
        run, name, field = self.run, lack.name, lack.field
        label, fault = self.field_label(name, field), self.fault(run.boundaries.fault(lack))
        if lack.row < 0:
            text = self.said("missing.boundary", label=label, fault=fault)
            given = run.dossier.facts[name, field]
            return Missing("undefined", f"{name}.{field}", text, given.origin)
        table = run.dossier.tables[name]
        key = table.keys[lack.row]
        text = self.said("missing.boundary.cell", label=label, key=key, fault=fault)
        named = f"{name}[{key}].{field}"
        return Missing("undefined", named, text, table.place(lack.row, field))

    def other_row(self, table: str, row: int) -> Text:
        """A row of another dossier, by its key and that dossier's id."""
        found = self.run.other_table(table)
        assert found is not None
        dossier = found.pool.dossier_of(row)
        return self.said("other-row", key=found.pool.keys[row], dossier=dossier)

    def fault(self, fault: Any) -> Text:
        """What is wrong with a boundary, in words."""
        from guiju.evaluation.boundaries import fault_words

        return fault_words(fault)

    def field_label(self, group: str, name: str) -> Text:
        labels = self.pack_words.labels
        found = labels.get((group, name))
        if found is None:
            field = self.run.field(group, name)
            if field is None:
                return self.label({}, name)
            found = labels[group, name] = self.label(field.label, name, field.alias)
        return found

    def said(self, key: str, /, **values: Any) -> Text:
        """A sentence of the catalogue; a value that is a text by language is shown in it."""
        from guiju.messages import message

        return {
            lang: message(
                f"evaluation.{key}",
                lang,
                **{k: v.get(lang, "") if isinstance(v, dict) else v for k, v in values.items()},
            )
            for lang in LANGUAGES
        }

    # --- values ------------------------------------------------------------------------

    def value(
        self, name: str, label: Text, value: Any, type_: Type, origin: Origin | None = None
    ) -> Value:
        """A named value for the record."""
        return Value(name, label, value_text(value, type_, self.run), unit_text(type_), origin)
