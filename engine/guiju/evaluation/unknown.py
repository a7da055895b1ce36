"""The unknown as a value, and the logic that carries it.

An unknown says what it lacks. Logic is strong Kleene: a known value that settles the
matter absorbs an unknown, everything else joins what its operands lack.
"""

from __future__ import annotations

from guiju.hints import Any, NoReturn
from guiju.record import Record


class Lacking(Record):
    """One thing an unknown lacks; small, because an assessment may hold many.

    | kind             | name        | row          | field           |
    |------------------|-------------|--------------|-----------------|
    | `fact`           | group       |              | field           |
    | `cell`           | table       | row index    | field           |
    | `table`          | table       |              |                 |
    | `row`            | table       |              | the key as text |
    | `document`       | kind        |              | part, or empty  |
    | `lookup`         | lookup      |              | the key as text |
    | `not acceptable` | lookup      |              | the key as text |
    | `layer`          | table       |              | field           |
    | `boundary`       | group/table | row, or -1   | field           |
    | `undefined`      | the reason  | site number  |                 |
    | `calendar`       | the year    | site number  |                 |
    | `as-of`          |             |              |                 |
    | `judgement`      | rule        | row index    |                 |
    | `others`         | table       |              |                 |
    | `other cell`     | table       | pool row     | field           |
    | `other boundary` | table       | pool row     | field           |
    | `other layer`    | table       | dossier      | field           |
    | `other table`    | table       | dossier      |                 |

    What stands in other dossiers is numbered as they are pooled; `other table` without a number
    is that of many of them. `boundary` is one that has a fault. An `undefined` may have a
    detail in `field`.

    A site is the expression that had no result: its number in `Run.sites`.
    """

    kind: str
    name: str
    row: int = -1
    field: str = ""


class Unknown:
    """A value that is not known, with what it lacks.

    `source` is set while the unknown still *is* one missing fact, times `numerator /
    denominator`: comparing it with something known then shows where the verdict turns.
    `bounds` are the least and the greatest number it can be, while a verdict's turning is
    looked for.
    """

    __slots__ = ("bounds", "denominator", "lacks", "numerator", "source")

    def __init__(
        self,
        lacks: frozenset[Lacking],
        source: Lacking | None = None,
        numerator: int = 1,
        denominator: int = 1,
        bounds: Any = None,
    ) -> None:
        self.lacks = lacks
        self.bounds = bounds
        self.source = source
        self.numerator = numerator
        self.denominator = denominator

    def __bool__(self) -> NoReturn:
        raise TypeError("an unknown is neither true nor false")

    def __repr__(self) -> str:
        return f"<Unknown {', '.join(sorted(f'{k.kind} {k.name}' for k in self.lacks))}>"


def missing(lack: Lacking) -> Unknown:
    """The unknown that is a missing fact or cell itself."""
    return Unknown(frozenset((lack,)), lack)


def lacking(kind: str, name: str, row: int = -1, field: str = "") -> Unknown:
    """An unknown that no single fact stands for."""
    return Unknown(frozenset((Lacking(kind, name, row, field),)))


class Probe:
    """What a run notes while it looks for the values at which a verdict turns.

    `cuts` holds, for each missing fact, the values it was compared with; `opaque` the
    facts that were used in any other way, of which no list of values is complete.
    """

    __slots__ = ("cuts", "opaque")

    def __init__(self) -> None:
        self.cuts: dict[Lacking, set[Any]] = {}
        self.opaque: set[Lacking] = set()

    def cut(self, lack: Lacking, value: Any) -> None:
        self.cuts.setdefault(lack, set()).add(value)


def not_acceptable_only(value: Unknown) -> bool:
    """Whether all that is lacking is a value its table calls "not acceptable"."""
    return all(lack.kind == "not acceptable" for lack in value.lacks)
