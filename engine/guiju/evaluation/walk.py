"""Which slots of a frame an expression reads."""

from __future__ import annotations

from guiju.plan import nodes
from guiju.plan.nodes import Expr
from guiju.plan.walk import children, inside


def highest_slot(node: Expr) -> int:
    """The highest slot an expression uses, -1 for none."""
    return max(getattr(part, "slot", -1) for part in inside(node))


def slots_read(node: Expr) -> frozenset[int]:
    """The slots an expression reads but does not fill itself."""
    match node:
        case nodes.ColumnRef(slot=slot) | nodes.LocalRef(slot=slot):
            return frozenset((slot,))
        case nodes.Quantified(slot=slot) | nodes.Aggregate(slot=slot):
            # INVARIANT: `rows` never reads the slot of its own members.
            return _of_parts(node) - {slot}
        case _:
            return _of_parts(node)


def _of_parts(node: Expr) -> frozenset[int]:
    found: set[int] = set()
    for part in children(node):
        found |= slots_read(part)
    return frozenset(found)
