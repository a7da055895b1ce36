"""Values, units, labels and nouns in words.

Values are shown exactly: a decimal with all its digits, in the unit its type names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from guiju.geometry import Shape
from guiju.hints import Any
from guiju.messages import LANGUAGES, Lang, message
from guiju.plan.digits import cut_fraction
from guiju.plan.nodes import FieldPlan, FormulaPlan, GroupPlan, LookupPlan, TablePlan
from guiju.plan.types import Label, ListType, NumberType, OneOfType, Type

# Attached to the number without a space, in both languages.
_CLOSE_UNITS = frozenset({"%", "‰", "°"})


class Told(str):
    """A text that says the same in each language: itself is the one of the record, `words`
    are those that readers see."""

    words: dict[str, str]

    def __new__(cls, words: dict[str, str]) -> Told:
        told = super().__new__(cls, words["en"])
        told.words = words
        return told


def phrase(key: str, lang: Lang, /, **values: object) -> str:
    """The words under a key of this chapter."""
    return message(f"words.{key}", lang, **values)


def number_words(value: Decimal, unit: str = "") -> str:
    """A decimal with its unit, all its digits unless they are many more than one reads.

    >>> number_words(Decimal("1E+3"), "m2"), number_words(Decimal("12.5"), "%")
    ('1000 m2', '12.5%')
    """
    whole, point, fraction = format(value, "f").partition(".")
    digits = f"{whole}{point}{cut_fraction(whole, fraction)}"
    if digits.startswith("-"):
        digits = f"−{digits[1:]}" if value else digits[1:]
    if not unit:
        return digits
    return f"{digits}{unit}" if unit in _CLOSE_UNITS else f"{digits} {unit}"


def unit_words(type: Type) -> str:
    """The unit of a type as it is written, empty for a bare number and for no number."""
    if not isinstance(type, NumberType):
        return ""
    unit = str(type.unit)
    return "" if unit == "1" else unit


def duration_words(count: int | Decimal, unit: str, lang: Lang) -> str:
    """`3 years`, `20个工作日`."""
    key = f"duration.{unit}" + (".one" if count == 1 else "")
    return phrase(key, lang, count=format(Decimal(count), "f"))


def date_words(value: date, lang: Lang) -> str:
    """`2024-04-15`, `2024年4月15日`."""
    return phrase("date", lang, year=value.year, month=value.month, day=value.day)


def value_words(value: Any, type: Type, lang: Lang) -> str:
    """A value of a type, as a reader sees it: a number with its unit, a date, 是 or 否, an
    option by its label. None is "not known"."""
    match value:
        case None:
            return phrase("unknown", lang)
        case bool():
            return phrase("yes" if value else "no", lang)
        case int() | Decimal():
            return number_words(Decimal(value), unit_words(type))
        case date():
            return date_words(value, lang)
        case Told():
            return value.words[lang]
        case str():
            return option_label(value, type, lang) if isinstance(type, OneOfType) else value
        case (int() | Decimal() as count, str(unit)):
            return duration_words(count, unit, lang)
        case (date() as start, date() as end):
            return phrase("period", lang, start=date_words(start, lang), end=date_words(end, lang))
        case tuple() | list() | frozenset():
            member = type.of if isinstance(type, ListType) else type
            return joined((value_words(item, member, lang) for item in value), lang)
        case Shape(kind=kind, vertices=vertices):
            return _shape_words(kind, vertices, lang)
        case _:
            return str(value)


@lru_cache(maxsize=4096)
def _shape_words(kind: str, vertices: int, lang: Lang) -> str:
    if kind == "point":
        return phrase("shape.point", lang)
    return phrase("shape", lang, kind=phrase(f"shape.{kind}", lang), vertices=vertices)


def joined(items: Iterable[str], lang: Lang) -> str:
    """Things one after the other: `a, b`, `甲、乙`."""
    listed = phrase("list.separator", lang).join(items)
    return listed or phrase("list.empty", lang)


# --- labels and names ------------------------------------------------------------------


def is_chinese(text: str) -> bool:
    return not text.isascii() and any("\u3400" <= character <= "\u9fff" for character in text)


def _fits(name: str, lang: Lang) -> bool:
    return is_chinese(name) == (lang == "zh")


def label_words(label: Label, name: str, alias: str | None, lang: Lang) -> str:
    """What a reader of a language calls a thing: its label in that language, else the name
    or alias of that language, else whatever there is."""
    if lang in label:
        return label[lang]
    for candidate in (alias, name):
        if candidate and _fits(candidate, lang):
            return candidate.replace("_", " ")
    return next(iter(label.values()), None) or name.replace("_", " ")


def field_label(field: FieldPlan, lang: Lang) -> str:
    """A fact or column as forms and reports show it."""
    return label_words(field.label, field.name, field.alias, lang)


def group_label(group: GroupPlan | TablePlan, lang: Lang) -> str:
    """A group of facts or a table as forms and reports show it."""
    return label_words(group.label, group.name, group.alias, lang)


def formula_label(formula: FormulaPlan | LookupPlan, lang: Lang) -> str:
    """A formula or lookup as reports show it."""
    return label_words(formula.label, formula.name, formula.alias, lang)


def option_label(option: str, type: OneOfType, lang: Lang) -> str:
    """An option of a choice by its label."""
    return label_words(type.labels.get(option, {}), option, None, lang)


def said_words(value: Any, type: Type) -> dict[str, str] | None:
    """What stands for a value in each language where that is not what the record holds: a
    shape, what is wrong with one, or an option with a label. None for any other value."""
    if isinstance(value, Told):
        return value.words
    words: dict[str, str] = {}
    if isinstance(value, Shape):
        words.update((lang, value_words(value, type, lang)) for lang in LANGUAGES)
        return words
    if not isinstance(type, OneOfType) or value.__class__ is not str:
        return None
    words.update((lang, option_label(value, type, lang)) for lang in LANGUAGES)
    return words if any(label != value for label in words.values()) else None


def in_sentence(label: str, lang: Lang) -> str:
    """A label inside a sentence: English ones lose the capital of an ordinary word."""
    first = label.split(" ", 1)[0].split("-", 1)[0]
    if lang == "zh" or not first or not first.isascii():
        return label
    ordinary = first == "A" or (len(first) > 1 and first[0].isupper() and first[1:].islower())
    return label[0].lower() + label[1:] if ordinary else label


def definite(label: str, lang: Lang) -> str:
    """A label as a definite noun: `the area`, `面积`."""
    noun = in_sentence(label, lang)
    if lang == "en" and noun.split(" ", 1)[0] in {"the", "a", "an"}:
        return noun
    return phrase("the", lang, noun=noun)


def row_noun(variable: str, table: TablePlan | None, lang: Lang) -> str:
    """What a row is called: by its variable where that is a word of the language, else by
    its table."""
    if lang == "zh":
        if is_chinese(variable) or table is None:
            return variable
        if table.alias and is_chinese(table.alias):
            return table.alias
        label = group_label(table, lang)
        return label if is_chinese(label) else variable
    if table is None or (variable.isascii() and len(variable) > 2):
        return variable.replace("_", " ")
    return singular(in_sentence(group_label(table, lang), lang))


def singular(noun: str) -> str:
    """The singular of a regular English noun.

    >>> singular("project parcels"), singular("activities"), singular("classes")
    ('project parcel', 'activity', 'class')
    """
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def plural(noun: str) -> str:
    """The plural of a regular English noun.

    >>> plural("parcel"), plural("activity"), plural("class"), plural("day")
    ('parcels', 'activities', 'classes', 'days')
    """
    if noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy")):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
