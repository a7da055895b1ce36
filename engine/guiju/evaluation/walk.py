"""What expressions consist of, and which slots of a frame they read."""

from __future__ import annotations

from guiju.hints import Any
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


_MOST_NODES = 100_000


class Parts:
    """What the expressions of a pack consist of, found once however many dossiers are assessed
    against it."""

    def __init__(self) -> None:
        # Nodes are found by identity; holding them keeps it theirs.
        self._children: dict[int, tuple[Expr, list[Any]]] = {}
        self._slots: dict[int, tuple[Expr, frozenset[int]]] = {}

    def children(self, node: Expr) -> list[Any]:
        """The expressions directly inside one; the list may not be changed."""
        found = self._children.get(id(node))
        if found is None:
            if len(self._children) > _MOST_NODES:
                self._children.clear()  # some are made for one dossier only
            found = self._children[id(node)] = node, children(node)
        return found[1]

    def slots_read(self, node: Expr) -> frozenset[int]:
        """The slots an expression of the pack reads but does not fill itself."""
        found = self._slots.get(id(node))
        if found is None:
            found = self._slots[id(node)] = node, slots_read(node)
        return found[1]
