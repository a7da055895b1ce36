"""`and`, `or` and `not` of tests, without what is true or false in any case."""

from __future__ import annotations

from guiju.sieve.nodes import FALSE, TRUE, Among, Both, Either, Given, Literal, Node, Opposite


def both(operands: list[Node]) -> Node:
    """An `and`, without the parts that are true in any case."""
    kept: list[Node] = []
    for one in operands:
        if isinstance(one, Literal) and one.value is False:
            return FALSE
        if isinstance(one, Literal) and one.value is True:
            continue
        kept += one.operands if isinstance(one, Both) else (one,)
    if not kept:
        return TRUE
    return kept[0] if len(kept) == 1 else Both(tuple(kept))


def either(operands: list[Node]) -> Node:
    """An `or`, without the parts that are false in any case."""
    kept: list[Node] = []
    for one in operands:
        if isinstance(one, Literal) and one.value is True:
            return TRUE
        if isinstance(one, Literal) and one.value is False:
            continue
        kept += one.operands if isinstance(one, Either) else (one,)
    if not kept:
        return FALSE
    return kept[0] if len(kept) == 1 else Either(tuple(kept))


def opposite(operand: Node) -> Node:
    match operand:
        case Literal(bool() as value):
            return Literal(not value)
        case Opposite(inner):
            return inner
        case Given(value, negated):
            return Given(value, not negated)
        case Among(value, members, negated):
            return Among(value, members, not negated)
    return Opposite(operand)
