"""The sieve of a rule: whether it applies and whether it is met, and what rows are alike.

Of a row without an outcome it must be told whether a value is missing, which Kleene logic has
carried faithfully, or whether only binary64 could not say: that row is for the reference
evaluator. Of rows with something missing, those are alike in which the same cells are missing
and the same conditions hold: what the reference evaluator says of one of them it says of all,
where `alike` is true.
"""

from __future__ import annotations

from datetime import date

from guiju.plan.nodes import FieldPlan, PackPlan, RulePlan
from guiju.plan.types import NumberType, OneOfType, YesNoType
from guiju.record import Record
from guiju.sieve.logic import both, opposite
from guiju.sieve.looks import Looks, looks_of
from guiju.sieve.lower import Lowering
from guiju.sieve.nodes import (
    TRUE,
    UNDECIDED,
    Absent,
    Among,
    Apply,
    Both,
    Cell,
    Choice,
    Cut,
    Either,
    Facts,
    Gap,
    Given,
    Held,
    Literal,
    Looked,
    Node,
    Opposite,
    RowFound,
    Test,
    Total,
    inside,
    parts_of,
)


class Atom(Record):
    """A condition without `and`, `or` and `not`. `strict`: it has no outcome exactly where one
    of `cells` is missing, a total lacks a member, or binary64 cannot say. `absent`: it never
    has one, since something is missing in every row."""

    test: Node
    cells: tuple[Cell, ...]
    totals: tuple[Total, ...]
    strict: bool
    absent: bool


class Sieve(Record):
    """`applies` and `met` of a rule, over its row or over the facts.

    `selects` is the part of `applies` that picks rows, which a rule does not even count otherwise.
    Where `orders` are given, rows are alike that agree in these tests as well. Equal nodes of the
    sieves of one lowering are one node.
    """

    rule: RulePlan
    selects: Node
    applies: Node
    met: Node
    atoms: tuple[Atom, ...]
    cells: tuple[Cell, ...]
    totals: tuple[Total, ...]
    alike: bool
    orders: tuple[Node, ...]
    looks: Looks

    @property
    def says_something(self) -> bool:
        """Whether there may be rows it decides."""
        return any(one != UNDECIDED for one in (self.applies, self.met) if one is not None)


def sieve_of(lowering: Lowering, rule: RulePlan) -> Sieve | None:
    """The sieve of a rule; None for a judgement and a rule that only defers, which every row
    must be asked."""
    if rule.must is None:
        return None
    frame = lowering.frame_of(rule)
    selects = TRUE if rule.where is None else lowering.test(rule.where, frame)
    conditions = [selects]
    conditions += [lowering.test(when, frame) for when in rule.when]
    conditions += [opposite(lowering.test(one.condition, frame)) for one in rule.unless]
    applies = lowering.interned(both(conditions))
    met = lowering.interned(lowering.test(rule.must, frame))
    atoms = tuple(_atom(test) for root in (applies, met) for test in _tests(root))
    cells: dict[int, Cell] = {}
    totals: dict[int, Total] = {}
    for atom in atoms:
        for cell in atom.cells:
            cells.setdefault(id(cell), cell)
        totals |= {id(total): total for total in atom.totals}
    alike, orders = _alike(lowering.pack, atoms)
    return Sieve(
        rule,
        lowering.interned(selects),
        applies,
        met,
        atoms,
        tuple(cells.values()),
        tuple(totals.values()),
        alike and not orders,
        tuple(map(lowering.interned, orders)),
        looks_of(lowering, rule, frame),
    )


def _tests(node: Node) -> list[Node]:
    match node:
        case Both(operands=operands) | Either(operands=operands):
            return [test for one in operands for test in _tests(one)]
        case Opposite(operand):
            return _tests(operand)
        case Literal(bool()):
            return []
    return [node]


def _atom(test: Node) -> Atom:
    cells: dict[int, Cell] = {}
    totals: dict[int, Total] = {}
    strict, absent = True, False
    for node in inside(test):
        match node:
            case Cell():
                cells.setdefault(id(node), node)
            case Total():
                totals.setdefault(id(node), node)
            case Absent():
                absent = True
            case Choice() | Both() | Either() | Opposite() | Literal(None):
                strict = strict and _is_guard(node, test)
            case Given():
                strict = strict and node is test
    return Atom(test, tuple(cells.values()), tuple(totals.values()), strict, absent)


def _is_guard(node: Node, test: Node) -> bool:
    """Whether logic inside a test only guards a value: such a guard reads nothing that the value
    does not read, so that with all cells there only binary64 cannot say."""
    return isinstance(node, Both) and any(
        isinstance(one, Held) and one.guard is node for one in inside(test)
    )


def _alike(pack: PackPlan, atoms: tuple[Atom, ...]) -> tuple[bool, tuple[Node, ...]]:
    """Whether what the reference evaluator says of a row with missing cells depends on nothing
    but which are missing, which conditions hold, and how the tests given along come out.

    It tries values in place of a missing cell, one from each region between the values the cell
    is compared with. That comes out the same in all rows where these values are constants, or in
    the same order; where the cell is used in one condition only, and can be anything; and where
    it is calculated with, so that no values are tried at all.
    """
    if any(atom.absent for atom in atoms):
        # What is compared with something missing in every row is no part of the test any more.
        return False, ()
    uses: dict[int, list[tuple[Cell, Atom]]] = {}
    for atom in atoms:
        for cell in atom.cells:
            uses.setdefault(id(cell), []).append((cell, atom))
        if not all(_open_members(pack, total) for total in atom.totals):
            return False, ()
    orders: list[Node] = []
    for used in uses.values():
        told = _same_for_all(pack, used)
        if told is None:
            return False, ()
        orders += told
    return True, tuple(orders)


def _same_for_all(pack: PackPlan, used: list[tuple[Cell, Atom]]) -> list[Node] | None:
    """The tests that must come out alike besides, for rows that lack a cell to be alike; None
    where no tests are enough."""
    if all(_against_constants(cell, atom.test) for cell, atom in used):
        return []
    cell = used[0][0]
    field = _field(pack, cell)
    if field is None or field.low is not None or field.high is not None:
        return None
    if isinstance(field.type, (OneOfType, YesNoType)):
        return None
    if cell.kind == "number" and all(
        _against_constants(cell, atom.test) or _calculated(cell, atom.test) for _, atom in used
    ):
        return []
    if len(used) == 1 and _only_key(cell, used[0][1].test) and cell.kind != "date":
        return []
    whole = isinstance(field.type, NumberType) and field.type.integer
    if len(used) == 1 and cell.kind == "number" and (not whole or _is_order(used[0][1].test)):
        return []
    if cell.kind == "text":
        return None
    sides = [_other_side(cell, atom.test) for _, atom in used]
    if any(side is None for side in sides):
        return None
    if whole and not all(_is_whole(pack, side) for side in sides):
        return None
    return _ordered(cell.kind, [side for side in sides if side is not None])


def _is_order(test: Node) -> bool:
    """Whether a test says which of two numbers is larger: of whole numbers, too, there are
    always larger and smaller ones."""
    match test:
        case Cut(above=bool()) | Gap(above=bool()) | Test("<" | "<=" | ">" | ">=", _, _):
            return True
        case Held(_, value):
            return _is_order(value)
    return False


def _other_side(cell: Cell, test: Node) -> Node | None:
    """What a cell is compared with, itself a cell or a constant."""
    match test:
        case Test(left=Cell() as one, right=Cell() | Literal() as other) if one == cell != other:
            return other
        case Test(left=Cell() | Literal() as other, right=Cell() as one) if one == cell != other:
            return other
    return None


def _is_whole(pack: PackPlan, node: Node | None) -> bool:
    match node:
        case Literal(float() as value):
            return value.is_integer()
        case Cell():
            field = _field(pack, node)
            return field is not None and isinstance(field.type, NumberType) and field.type.integer
    return False


_MOST_SIDES = 3


def _ordered(kind: str, sides: list[Node]) -> list[Node] | None:
    """Tests that tell the regions between some values: their order, whether anything lies
    between two of them, and whether a date is the first or the last there is."""
    if len(sides) > _MOST_SIDES:
        return None
    found: list[Node] = []
    for at, one in enumerate(sides):
        if kind == "date":
            found += [Test("=", one, Literal(date.min)), Test("=", one, Literal(date.max))]
        for other in sides[at + 1 :]:
            apart = Apply("days" if kind == "date" else "-", (one, other))
            found += [Test("<", one, other), Test("=", one, other)]
            found += [Test("=", apart, Literal(step)) for step in (1.0, -1.0)]
    return found


def _against_constants(cell: Cell, test: Node) -> bool:
    match test:
        case Test(left=Cell() as one, right=Literal()) | Test(left=Literal(), right=Cell() as one):
            return one == cell
        case Cut(value=Cell() as one) | Among(value=Cell() as one) | Given(value=Cell() as one):
            return one == cell
        case Cell():
            return test == cell
    return False


def _only_key(cell: Cell, test: Node) -> bool:
    """Whether a cell only picks rows of a lookup or a table, or members of a total."""
    for node in inside(test):
        match node:
            case Cell(place=RowFound(keys=keys)) | Looked(keys=keys):
                children: tuple[Node, ...] = ()
            case Total(by=by):
                children = ()
                keys = tuple(outside for _, outside in by)
            case _:
                children, keys = parts_of(node), ()
        if any(child == cell for child in children):
            return False
        if any(key != cell and cell in inside(key) for key in keys):
            return False
    return test != cell


def _calculated(cell: Cell, test: Node) -> bool:
    """Whether a cell goes through arithmetic before it is compared, which hides it from the
    search for values. Times a constant, as between units, it is still seen."""
    match test:
        case Cut(value=value):
            return _hidden(cell, value, False)
        case Gap(left=left, right=right):
            return _hidden(cell, left, False) and _hidden(cell, right, False)
        case Held(_, value):
            return _calculated(cell, value)
    return False


def _hidden(cell: Cell, node: Node, hidden: bool) -> bool:
    match node:
        case Cell():
            return hidden or node != cell
        case Held(_, value):
            return _hidden(cell, value, hidden)
        case Apply("negate", (one,)):
            return _hidden(cell, one, hidden)
        case Apply("*", (one, Literal())) | Apply("*", (Literal(), one)):
            return _hidden(cell, one, hidden)
        case Apply(operands=operands):
            return all(_hidden(cell, one, True) for one in operands)
    return all(one != cell for one in inside(node))


def _open_members(pack: PackPlan, total: Total) -> bool:
    """Whether the members of a total can be anything."""
    if total.beside is not None:
        # What a missing cell is compared with differs from member to member.
        return False
    if total.value is None:
        return True
    for node in inside(total.value):
        if isinstance(node, Cell):
            field = _field(pack, node, total.table)
            if field is None or field.low is not None or field.high is not None:
                return False
            if not isinstance(field.type, NumberType):
                return False
    return True


def _field(pack: PackPlan, cell: Cell, inner: str = "") -> FieldPlan | None:
    match cell.place:
        case Facts():
            group, _, name = cell.name.partition(".")
            return pack.groups[group].fields.get(name) if group in pack.groups else None
        case RowFound(table=table):
            return pack.tables[table].fields.get(cell.name)
    table = inner or cell.place.table
    return pack.tables[table].fields.get(cell.name)
