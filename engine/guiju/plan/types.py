"""The types of facts, columns and expressions, as the plan carries them."""

from __future__ import annotations

from guiju.quantities import Unit
from guiju.record import Record

Label = dict[str, str]
"""A text by language: `{"en": …, "zh": …}`; the pack's own language is always there."""


class TextType(Record):
    kind: str = "text"


class YesNoType(Record):
    kind: str = "yes/no"


class NumberType(Record):
    """A number in a unit; a bare number has the unit one. Values are Decimals in `unit`."""

    unit: Unit
    integer: bool = False
    kind: str = "number"


class DateType(Record):
    kind: str = "date"


class PeriodType(Record):
    """A span of days with both ends; its fields are `start` and `end`."""

    kind: str = "period"


class DurationType(Record):
    """A calendar length in years, months, days or working days; `unit` is empty where
    only the dossier says which. Values are `(count, unit)`."""

    unit: str = ""
    kind: str = "duration"


class OneOfType(Record):
    """One of named options. Values are the option names as text."""

    options: tuple[str, ...]
    labels: dict[str, Label]
    kind: str = "one of"


class ListType(Record):
    of: Type
    kind: str = "list"


class RowType(Record):
    """A row of a table of the vocabulary."""

    table: str
    kind: str = "row"


class OtherRowType(Record):
    """A row of a table of the vocabulary that stands in another dossier of the run."""

    table: str
    kind: str = "other row"


class GeometryType(Record):
    shape: str
    kind: str = "geometry"


class DocumentType(Record):
    """Evidence: of a fact all of its kind, of a cell what has the ids that stand there. Its
    fields are `issued` (a date), `file` (a text) and `kind` (one of the pack's kinds)."""

    kind: str = "document"


Type = (
    TextType
    | YesNoType
    | NumberType
    | DateType
    | PeriodType
    | DurationType
    | OneOfType
    | ListType
    | RowType
    | OtherRowType
    | GeometryType
    | DocumentType
)
