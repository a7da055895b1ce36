"""Conditions as generated code asks them: without `not` where a comparison can say it, two
bounds of one value as one question, and several texts as one set.

The outcome of a condition is the same as before, of three. An atom is a condition without
`and`, `or` and `not`; what a rule comes to depends on nothing but its atoms.
"""

from __future__ import annotations

from guiju.hints import Any
from guiju.plan.nodes import CONTRARY, TURNED
from guiju.record import Record
from guiju.sieve import nodes as sieve
from guiju.sieve.nodes import (
    Among,
    Both,
    Cell,
    Choice,
    Cut,
    Either,
    Gap,
    Given,
    Held,
    Literal,
    Node,
    Opposite,
    Test,
)


class Span(Record):
    """A value between two bounds: `low` and `high` are both tests of it, of one kind."""

    value: Node
    low: Any
    high: Any


def tidy(node: Any) -> Any:
    """A condition in the form generated code asks it in."""
    match node:
        case Opposite(operand):
            return _contrary(tidy(operand))
        case Both(operands=operands):
            return _joined(Both, [tidy(one) for one in operands])
        case Either(operands=operands):
            return _joined(Either, [tidy(one) for one in operands])
        case Test(operator, Literal() as left, right) if not isinstance(right, Literal):
            return Test(TURNED[operator], right, left)
    return node


def _contrary(node: Any) -> Any:
    """The opposite of a condition that is tidy already."""
    match node:
        case Literal(bool() as value):
            return Literal(not value)
        case Opposite(operand):
            return operand
        case Both(operands=operands):
            return _joined(Either, [_contrary(one) for one in operands])
        case Either(operands=operands):
            return _joined(Both, [_contrary(one) for one in operands])
        case Test(operator, left, right):
            return Test(CONTRARY[operator], left, right)
        case Cut() | Gap():
            above = None if node.above is None else not node.above
            return node._replace(
                above=above,
                apart=not node.apart,
                operator=node.operator and CONTRARY[node.operator],
            )
        case Among() | Given():
            return node._replace(negated=not node.negated)
        case Held(guard, value):
            return Held(guard, _contrary(value))
        case Span(_, low, high):
            return _joined(Either, [_contrary(low), _contrary(high)])
    return Opposite(node)


def _joined(kind: type, operands: list[Any]) -> Any:
    """An `and` or an `or`, with what can be asked together asked together."""
    stop = kind is Either
    kept: list[Any] = []
    for one in operands:
        if isinstance(one, Literal) and one.value is stop:
            return one
        if isinstance(one, Literal) and one.value is (not stop):
            continue
        kept += (
            one.operands if isinstance(one, (Both, Either)) and isinstance(one, kind) else (one,)
        )
    kept = _spans(kept) if kind is Both else kept
    kept = _sets(kept, negated=kind is Both)
    if not kept:
        return Literal(not stop)
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _spans(operands: list[Any]) -> list[Any]:
    found: list[Any] = []
    for one in operands:
        for at, other in enumerate(found):
            pair = _span(other, one) or _span(one, other)
            if pair is not None:
                found[at] = pair
                break
        else:
            found.append(one)
    return found


def _span(low: Any, high: Any) -> Span | None:
    match low, high:
        case Test(">" | ">=", value, Literal()), Test("<" | "<=", other, Literal()):
            return Span(value, low, high) if value == other else None
        case Cut(value=value, above=True), Cut(value=other, above=False):
            return Span(value, low, high) if value == other else None
        case Gap(value, Literal(), above=True), Gap(other, Literal(), above=False):
            return Span(value, low, high) if value == other else None
    return None


def _sets(operands: list[Any], *, negated: bool) -> list[Any]:
    """Comparisons of one value for equality with several constants, as one set."""
    found: list[Any] = []
    for one in operands:
        its = _set(one, negated)
        for at, other in enumerate(found):
            theirs = None if its is None else _set(other, negated)
            if its is not None and theirs is not None and its[0] == theirs[0]:
                found[at] = Among(its[0], (*theirs[1], *its[1]), negated)
                break
        else:
            found.append(one)
    return found


def _set(node: Any, negated: bool) -> tuple[Cell, tuple[Any, ...]] | None:
    match node:
        case Test("=" | "!=" as operator, Cell() as cell, Literal(value)):
            if cell.kind != "truth" and (operator == "!=") is negated:
                return cell, (value,)
        case Among(Cell() as cell, members, its) if its is negated:
            return cell, members
    return None


# --- atoms ---------------------------------------------------------------------------------


def parts_of(node: Any) -> tuple[Any, ...]:
    """The nodes directly inside one."""
    if isinstance(node, Span):
        return (node.low, node.high)
    return sieve.parts_of(node)


def inside(node: Any) -> list[Any]:
    """A node and all inside it, each once, outermost first."""
    found: list[Any] = []
    seen: set[int] = set()
    todo = [node]
    while todo:
        one = todo.pop()
        if id(one) not in seen:
            seen.add(id(one))
            found.append(one)
            todo += parts_of(one)
    return found


def atoms_of(node: Any) -> list[Any]:
    """The conditions without logic a condition is made of, in order; one that stands twice is
    there twice."""
    match node:
        case Both(operands=operands) | Either(operands=operands):
            return [atom for one in operands for atom in atoms_of(one)]
        case Opposite(operand):
            return atoms_of(operand)
        case Literal(bool()):
            return []
    return [node]


def cells_of(node: Any) -> tuple[Cell, ...]:
    """The cells inside a node, each once."""
    found: dict[str, Cell] = {}
    for one in inside(node):
        if isinstance(one, Cell):
            found.setdefault(one.name, one)
    return tuple(found.values())


def strict(atom: Any) -> bool:
    """Whether an atom has no outcome wherever one of its cells is missing, and with all of
    them there only where binary64 cannot say."""
    guards: list[Any] = []
    for node in inside(atom):
        match node:
            case Held(guard, _):
                guards.append(guard)
            case Choice() | Either() | Opposite() | Literal(None) | sieve.Absent() | sieve.Looked():
                return False
            case sieve.Total():
                return False
            case Given():
                return node is atom and isinstance(node.value, Cell)
            case Both() if not any(node is guard for guard in guards):
                return False
    return True
