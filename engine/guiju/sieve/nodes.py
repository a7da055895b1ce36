"""What a sieve consists of: values in binary64 and tests of three outcomes.

Every node has a value or none; a node with a part that has none has none itself, but for the
logic (`Both`, `Either`), the choice (`Choice`) and `Given`.
"""

from __future__ import annotations

from guiju.hints import Any
from guiju.record import Record

# --- where values stand --------------------------------------------------------------


class Facts(Record):
    """The facts of the dossier."""


class Row(Record):
    """The row of a table that a rule, or an aggregate, goes over."""

    table: str


class Other(Record):
    """A row an aggregate goes over, in a condition that speaks of the row outside as well."""

    table: str


class RowFound(Record):
    """The row of a table with these values in the columns of its key."""

    table: str
    keys: tuple[Node, ...]


Place = Facts | Row | Other | RowFound


class Cell(Record):
    """A fact or a column as it stands in the dossier. `name` is the field, of a fact
    `group.field`. `kind`: number, truth, text or date."""

    place: Place
    name: str
    kind: str


# --- values --------------------------------------------------------------------------


class Literal(Record):
    """A float, a text, a date, or a truth. None: what the sieve cannot say."""

    value: Any


class Absent(Record):
    """A value that is missing whatever the row: of a fact the dossier lacks, for example."""

    what: str


class Apply(Record):
    """An operation on values: `+ - * / negate abs power sqrt exp ln least greatest floor
    nearest year month day days add_days add_months length contains starts_with ends_with`.

    `add_months` has three arguments: the date, the months, and what a day that does not exist
    becomes (`up`, `down`, or empty for none at all).
    """

    operation: str
    operands: tuple[Node, ...]


class Held(Record):
    """`value` where `guard` is true, else none."""

    guard: Node
    value: Node


class Choice(Record):
    """`then` where the condition is true, `otherwise` where it is false, else none."""

    condition: Node
    then: Node
    otherwise: Node


class Looked(Record):
    """The value a lookup gives for keys that are to be equal; none where it has no row.

    `rows` are the keys, as values of `Literal`, and the value. `name` tells it from others."""

    name: str
    rows: tuple[tuple[tuple[Any, ...], Any], ...]
    keys: tuple[Node, ...]


class Total(Record):
    """What the rows of a table that have equal values come to together.

    Of the rows of `table` for which `where` is true and, for every pair of `by`, the column
    equals the value outside. `function`: count, sum, least, greatest, or any (whether there is
    one). None where it is undecided: a column of `by` is missing in some row, or `where` or
    `value` has no outcome in one that belongs to it. `value` is None for count and any.
    `magnitude` is summed in its place where errors are bounded.

    `beside` is what must hold of a row and the row outside together, for count and any: in it the
    cells of the former stand in an `Other`, and no rows are found by key.
    """

    table: str
    by: tuple[tuple[Node, Node], ...]
    where: Node | None
    function: str
    value: Node | None
    beside: Node | None = None


# --- tests ---------------------------------------------------------------------------


class Test(Record):
    """`= != < <= > >=` of two values that binary64 holds, or orders, exactly."""

    operator: str
    left: Node
    right: Node


class Cut(Record):
    """A value against a threshold: `above` where it is greater than `high`, the opposite where
    it is less than `low`, no outcome between the two. `above` None: less or greater is `apart`
    either way. `operator` is given where the value is a whole number, calculated of whole
    numbers only: a road that calculates these without rounding compares it with `threshold`,
    an exact Fraction."""

    value: Node
    low: float
    high: float
    above: bool | None
    apart: bool = False
    operator: str = ""
    threshold: Any = None


class Gap(Record):
    """Two values that may each be wrong: `above` where left is greater than right by more than
    the tolerance, the opposite where it is less by more, else no outcome. `above` None as in
    `Cut`, and `operator` too: both sides are whole numbers."""

    left: Node
    right: Node
    tolerance: Node
    above: bool | None
    apart: bool = False
    operator: str = ""


class Among(Record):
    """Whether a value is one of some literals; none where there is no value."""

    value: Node
    members: tuple[Any, ...]
    negated: bool


class Given(Record):
    """Whether a value is there."""

    value: Node
    negated: bool


class Both(Record):
    """Strong Kleene `and` of any number of tests; without one, true."""

    operands: tuple[Node, ...]


class Either(Record):
    """Strong Kleene `or` of any number of tests; without one, false."""

    operands: tuple[Node, ...]


class Opposite(Record):
    operand: Node


Node = (
    Cell
    | Literal
    | Absent
    | Apply
    | Held
    | Choice
    | Looked
    | Total
    | Test
    | Cut
    | Gap
    | Among
    | Given
    | Both
    | Either
    | Opposite
)

UNDECIDED = Literal(None)
"""A test, or a value, that the sieve cannot say."""

TRUE, FALSE = Literal(True), Literal(False)


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside one."""
    match node:
        case Cell(place=RowFound(keys=keys)):
            return keys
        case Cell() | Literal() | Absent():
            return ()
        case Apply(operands=operands) | Both(operands=operands) | Either(operands=operands):
            return operands
        case Held(guard, value):
            return guard, value
        case Choice(condition, then, otherwise):
            return condition, then, otherwise
        case Looked(keys=keys):
            return keys
        case Total(by=by, beside=beside):
            # What stands on the inner side is about other rows.
            both = () if beside is None else inside(beside)
            own = [n for n in both if isinstance(n, Cell) and not isinstance(n.place, Other)]
            return (*(outside for _, outside in by), *own)
        case Test(left=left, right=right):
            return left, right
        case Gap(left, right, tolerance):
            return left, right, tolerance
        case Cut(value=value) | Among(value=value) | Given(value=value):
            return (value,)
        case Opposite(operand):
            return (operand,)
    raise TypeError(node)


def inside(node: Node) -> list[Node]:
    """A node and all inside it, each once, outermost first."""
    found: list[Node] = []
    seen: set[int] = set()
    todo = [node]
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        found.append(one)
        todo += parts_of(one)
    return found


class Interner:
    """Makes equal nodes the same node, so that what conditions share is found by identity."""

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}
        self._seen: dict[int, tuple[Any, Any]] = {}
        for node in (TRUE, FALSE, UNDECIDED):
            self._interned(node)

    def __call__(self, node: Node) -> Node:
        """The one node equal to this one."""
        kept: Node = self._interned(node)
        return kept

    def _interned(self, part: Any) -> Any:
        if part.__class__ is tuple:
            return tuple([self._interned(one) for one in part])
        if not isinstance(part, Record):
            return part
        seen = self._seen.get(id(part))
        if seen is None:
            parts = [self._interned(one) for one in part]
            key = (part.__class__, *map(_key, parts))
            kept = self._kept.get(key)
            if kept is None:
                same = all(one is other for one, other in zip(parts, part, strict=True))
                kept = self._kept[key] = part if same else part.__class__(*parts)
                self._seen[id(kept)] = kept, kept
            seen = self._seen[id(part)] = part, kept
        return seen[1]


def _key(part: Any) -> Any:
    if part.__class__ is tuple:
        return tuple(map(_key, part))
    # 1, 1.0 and True are equal and different; so are the noughts of either sign.
    return id(part) if isinstance(part, Record) else (part.__class__, repr(part))
