"""Columns of Arrow as arrays: numbers, days, truths and texts, and what in them is missing.

A cell stands for what a file's cell stands for on every road: a number of binary64 for the
shortest decimal that names it, one of 32 bits for the shortest that names that; a text without
the blanks at its ends, and none if it is empty. What is no value of its fact is missing and
counted. A number that binary64 cannot hold is `aside`: its rows are the reference evaluator's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import NoneType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from guiju.compiled.values import LARGEST_WHOLE, Aside, Refused, exact, float_ends, held
from guiju.hints import TYPE_CHECKING, Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, OneOfType, TextType, YesNoType

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]
    Places = NDArray[np.intp]

EPOCH = date(1970, 1, 1).toordinal()


class Column:
    """One fact of many rows. `there` says where it has a value, `aside` where it has one that
    is no number of binary64, None where no row has such; `refused` is how many cells hold what
    is none."""

    aside: Bools | None = None
    refused = 0

    @property
    def there(self) -> Bools:
        """Where there is a value that is calculated with."""
        raise NotImplementedError

    def held(self, rows: Places) -> list[Any]:
        """The values of some rows as generated code holds them; None where there is none."""
        raise NotImplementedError


class Numbers(Column):
    """`values` in binary64, NaN where there is none. Of dates they are proleptic days, as
    `date.toordinal` counts them."""

    def __init__(self, values: Floats, kind: type = float) -> None:
        self.values, self.kind = values, kind
        self._there: Bools | None = None

    @property
    def there(self) -> Bools:
        """Where there is a number."""
        if self._there is None:
            self._there = self.values == self.values
        return self._there

    def held(self, rows: Places) -> list[Any]:
        """Floats, ints, or dates."""
        values = self.values[rows].tolist()
        if self.kind is float:
            return [None if one != one else one for one in values]
        made: Any = date.fromordinal if self.kind is date else int
        return [None if one != one else made(int(one)) for one in values]


class Truths(Column):
    """`yes` and `no`: neither where there is none."""

    def __init__(self, yes: Bools, no: Bools) -> None:
        self.yes, self.no = yes, no

    @property
    def there(self) -> Bools:
        """Where there is one or the other."""
        return self.yes | self.no

    def held(self, rows: Places) -> list[Any]:
        """True, False or None."""
        both = zip(self.yes[rows].tolist(), self.no[rows].tolist(), strict=True)
        return [True if yes else False if no else None for yes, no in both]


class Texts(Column):
    """`codes` number the `words`; -1 where there is none. A word may have several numbers."""

    def __init__(self, codes: Places, words: Sequence[str]) -> None:
        self.codes, self.words = codes, words

    @property
    def there(self) -> Bools:
        """Where there is a text."""
        return self.codes >= 0

    def held(self, rows: Places) -> list[Any]:
        """The texts, or None."""
        return [None if code < 0 else self.words[code] for code in self.codes[rows].tolist()]


class Columns:
    """The columns of some rows, each made when it is first asked for. A fact without cells is
    missing in all rows."""

    def __init__(
        self, fields: Mapping[str, FieldPlan], cells: Mapping[str, Cells], rows: int
    ) -> None:
        """`cells` by fact, named `group.field`, as `fields` are."""
        self.rows = rows
        self._fields, self._cells = fields, cells
        self._made: dict[str, Column] = {}

    def column(self, fact: str) -> Column:
        """The column of a fact."""
        found = self._made.get(fact)
        if found is None:
            cells = self._cells.get(fact) or Values([None] * self.rows)
            found = self._made[fact] = cells.column(self._fields[fact])
        return found

    def value(self, fact: str, row: int) -> Any:
        """A fact of a row as the reference evaluator takes it from an object."""
        column = self.column(fact)
        if column.aside is not None and column.aside[row]:
            return self._cells[fact].value(row)
        return column.held(np.array([row]))[0]

    def refused(self) -> dict[str, int]:
        """How many cells hold no value of their fact, by fact, where any do."""
        return {name: column.refused for name, column in self._made.items() if column.refused}


class Cells:
    """The cells of a fact as they are given."""

    def column(self, field: FieldPlan) -> Column:
        """Their column."""
        raise NotImplementedError

    def value(self, row: int) -> Any:
        """One of them, as Python has it."""
        raise NotImplementedError


class Arrow(Cells):
    """One of some arrays of Arrow. `own`: nobody else reads it, so that its memory may be used."""

    def __init__(self, arrays: Mapping[str, Any], name: str, *, own: bool) -> None:
        self.arrays, self.name, self.own = arrays, name, own

    def column(self, field: FieldPlan) -> Column:
        """Its column."""
        return column_of(field, self.arrays[self.name], own=self.own)

    def value(self, row: int) -> Any:
        """One of its cells."""
        return plain_values(self.arrays[self.name].slice(row, 1))[0]


class Values(Cells):
    """Values of Python: what objects hold, which texts with blanks at their ends are too.
    `typed`: they are known to be of the classes of their facts."""

    def __init__(self, values: list[Any], *, typed: bool = False) -> None:
        self.values, self.typed = values, typed

    def column(self, field: FieldPlan) -> Column:
        """Their column."""
        type_, classes = _CLASSES[field.type.__class__]
        if isinstance(field.type, NumberType) and field.type.integer:
            type_, classes = pa.int64(), _WHOLE
        if self.typed or classes.issuperset(map(type, self.values)):
            # What Arrow does not take is looked at one by one.
            with suppress(pa.ArrowException, OverflowError):
                return column_of(field, pa.array(self.values, type_), trim=False)
        return _of_values(field, self.values)

    def value(self, row: int) -> Any:
        """One of them."""
        return self.values[row]


_WHOLE = frozenset((int, NoneType))
_CLASSES: dict[type, tuple[Any, frozenset[type]]] = {
    NumberType: (pa.float64(), frozenset((float, int, NoneType))),
    TextType: (pa.string(), frozenset((str, NoneType))),
    OneOfType: (pa.string(), frozenset((str, NoneType))),
    YesNoType: (pa.bool_(), frozenset((bool, NoneType))),
    DateType: (pa.date32(), frozenset((date, NoneType))),
}
"""The type of Arrow that holds the values of a fact, and their classes."""


def column_of(field: FieldPlan, array: Any, *, trim: bool = True, own: bool = False) -> Column:
    """The column of a fact from an array of Arrow. `trim`: blanks at the ends of texts are not
    theirs. `own`: see `Arrow`."""
    type_ = array.type
    match field.type:
        case NumberType(integer=whole):
            if pa.types.is_float64(type_) or _is_small(array):
                return _numbers(field, array, own, whole=whole)
        case DateType():
            if pa.types.is_date32(type_):
                return _dates(field, array)
        case YesNoType():
            if pa.types.is_boolean(type_):
                yes, there = _bits(array, 1), _bits(array, 0)
                return Truths(yes & there, ~yes & there)
        case TextType() | OneOfType():
            if pa.types.is_string_view(type_):
                array = array.cast(pa.large_string())
            if pa.types.is_dictionary(array.type) or _is_text(array.type):
                return _texts(field, array, trim)
    return _of_values(field, plain_values(array))


def _is_text(type_: Any) -> bool:
    return bool(pa.types.is_string(type_) or pa.types.is_large_string(type_))


def _is_small(array: Any) -> bool:
    """Whether an array has whole numbers that binary64 holds, all of them."""
    if not pa.types.is_integer(array.type):
        return False
    if array.type.bit_width < 64:
        return True
    ends = pc.min_max(array).as_py()
    return all(end is None or abs(end) <= LARGEST_WHOLE for end in ends.values())


def plain_values(array: Any) -> list[Any]:
    """The cells of an array as Python has them; of 32 bits the shortest decimal that names a
    number; texts without the blanks at their ends."""
    try:
        values = array.to_pylist()
    except (ValueError, OverflowError):
        values = [_plain(one) for one in array]
    if pa.types.is_float32(array.type):
        return [v if v is None else float(str(np.float32(v))) for v in values]
    return [v.strip(" ") if v.__class__ is str else v for v in values]


def _plain(cell: Any) -> Any:
    """A cell as Python has it; of a moment outside the calendar, something that is no value."""
    try:
        return cell.as_py()
    except (ValueError, OverflowError):
        return ...


# --- from Arrow ------------------------------------------------------------------------


def _numbers(field: FieldPlan, array: Any, own: bool, *, whole: bool) -> Column:
    values = _floats(array, own)
    good = _within(field, values)
    if whole and pa.types.is_floating(array.type):
        good &= values == np.floor(values)
    found = Numbers(values, int if whole else float)
    there = len(values) - array.null_count
    many = int(np.count_nonzero(good))
    if many != there:
        found.refused = there - many
        found.values = np.where(good, values, np.nan)
    if whole and pa.types.is_float64(array.type):
        large = np.abs(found.values) > LARGEST_WHOLE
        if large.any():
            found.aside = large
            found.values = np.where(large, np.nan, found.values)
    return found


def _within(field: FieldPlan, values: Floats) -> Bools:
    """Where numbers are finite and in the declared range."""
    (above, low), (below, high) = float_ends(field)
    good: Bools = values >= low if above == ">=" else values > low
    good &= values <= high if below == "<=" else values < high
    return good


def _dates(field: FieldPlan, array: Any) -> Column:
    days = _floats(array.view(pa.int32())) + float(EPOCH)
    low = field.low if isinstance(field.low, date) else date.min
    high = field.high if isinstance(field.high, date) else date.max
    good = (days >= low.toordinal()) & (days <= high.toordinal())
    found = Numbers(np.where(good, days, np.nan), date)
    found.refused = len(days) - array.null_count - int(np.count_nonzero(good))
    return found


def _floats(array: Any, own: bool = False) -> Floats:
    """Numbers in binary64, NaN where there is none, which stands in the array itself if that is
    our own."""
    kind = np.dtype(array.type.to_pandas_dtype())
    data = array.buffers()[1]
    cells = np.frombuffer(data, dtype=kind)[array.offset : array.offset + len(array)]
    if not array.null_count:
        return cells.astype(np.float64, copy=False)
    values: Floats = cells.astype(np.float64, copy=not (own and cells.flags.writeable))
    np.copyto(values, np.nan, where=~_bits(array, 0))
    return values


def _bits(array: Any, buffer: int) -> Bools:
    """A buffer of bits of an array: 0 says where there is a value, 1 holds those of truths."""
    bits = array.buffers()[buffer]
    if bits is None:
        return np.ones(len(array), dtype=np.bool_)
    flags = np.unpackbits(
        np.frombuffer(bits, dtype=np.uint8), count=array.offset + len(array), bitorder="little"
    )
    found: Bools = flags[array.offset :].view(np.bool_)
    return found


def _codes(indices: Any) -> Places:
    """The numbers of words, -1 where there is none."""
    if not pa.types.is_int32(indices.type):
        indices = indices.cast(pa.int32())
    ends = indices.offset, indices.offset + len(indices)
    codes: Places = np.frombuffer(indices.buffers()[1], dtype=np.int32)[slice(*ends)].astype(
        np.intp
    )
    if indices.null_count:
        codes[~_bits(indices, 0)] = -1
    return codes


def _texts(field: FieldPlan, array: Any, trim: bool) -> Column:
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    words = plain_values(coded.dictionary) if trim else coded.dictionary.to_pylist()
    codes = _codes(coded.indices)
    found = Texts(codes, words)
    options = field.type.options if isinstance(field.type, OneOfType) else None
    empty = [one is None or one == "" for one in words]
    strange = [
        not none and (one.__class__ is not str or (options is not None and one not in options))
        for one, none in zip(words, empty, strict=True)
    ]
    if any(empty) or any(strange):
        found.refused = int(np.array([*strange, False])[codes].sum())
        kept = [
            -1 if none or odd else at
            for at, (none, odd) in enumerate(zip(empty, strange, strict=True))
        ]
        found.codes = np.array([*kept, -1], dtype=np.intp)[codes]
    return found


# --- from values -----------------------------------------------------------------------


def _of_values(field: FieldPlan, values: Sequence[Any]) -> Column:
    """A column of any other type, cell by cell."""
    cells: list[Any] = []
    aside: list[int] = []
    refused = 0
    for row, value in enumerate(values):
        try:
            cells.append(held(field, exact(field, value)))
        except Refused:
            cells.append(None)
            refused += 1
        except Aside:
            cells.append(None)
            aside.append(row)
    found = _of_held(field, cells)
    found.refused = refused
    if aside:
        found.aside = np.zeros(len(cells), dtype=np.bool_)
        found.aside[aside] = True
    return found


def _of_held(field: FieldPlan, cells: list[Any]) -> Column:
    match field.type:
        case TextType() | OneOfType():
            words: dict[str, int] = {}
            codes = [-1 if one is None else words.setdefault(one, len(words)) for one in cells]
            return Texts(np.array(codes, dtype=np.intp), list(words))
        case YesNoType():
            return Truths(
                np.array([one is True for one in cells], dtype=np.bool_),
                np.array([one is False for one in cells], dtype=np.bool_),
            )
        case DateType():
            days = [np.nan if one is None else one.toordinal() for one in cells]
            return Numbers(np.array(days, dtype=np.float64), date)
    whole = isinstance(field.type, NumberType) and field.type.integer
    numbers = [np.nan if one is None else float(one) for one in cells]
    return Numbers(np.array(numbers, dtype=np.float64), int if whole else float)
