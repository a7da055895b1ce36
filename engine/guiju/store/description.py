"""How a field of the vocabulary stands in SQL."""

from __future__ import annotations

from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, YesNoType
from guiju.record import Record


class Description(Record):
    """A column of a stored table. `name` is the column as it is written in a query, quoted.

    `kind` is `number`, `integer`, `date`, `text`, `yes/no` or `one of`. A number is DOUBLE: the
    binary64 nearest to the decimal of the cell in the unit of the column; the value of the field
    is that decimal times `numerator / denominator`. `exact15`: equal numbers of the column are
    equal decimals, since each has at most 15 digits or is the shortest that names its binary64.
    `nulls` is how many rows have no value, `least` and `largest` are the bounds of the numbers of
    the column, None where there is none.
    """

    name: str
    kind: str
    exact15: bool = True
    numerator: int = 1
    denominator: int = 1
    nulls: int = 0
    least: float | None = None
    largest: float | None = None


SQL_TYPES = {
    "number": "DOUBLE",
    "integer": "DOUBLE",
    "date": "DATE",
    "text": "VARCHAR",
    "yes/no": "BOOLEAN",
    "one of": "VARCHAR",
}


def kind_of(field: FieldPlan) -> str | None:
    """What a field is in SQL, None for a type that SQL cannot hold."""
    match field.type:
        case NumberType(integer=True):
            return "integer"
        case NumberType():
            return "number"
        case DateType():
            return "date"
        case TextType():
            return "text"
        case YesNoType():
            return "yes/no"
        case OneOfType():
            return "one of"
    return None
