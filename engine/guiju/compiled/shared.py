"""Nodes that stand in more than one place, and what guards them."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.compiled.conditions import Span, inside, parts_of
from guiju.hints import Any
from guiju.sieve.nodes import Apply, Both, Cut, Gap, Held


def shared(roots: Iterable[Any]) -> set[int]:
    """The nodes that stand in more than one place."""
    seen: set[int] = set()
    found: set[int] = set()
    for root in roots:
        for node in inside(root):
            for part in parts_of(node):
                if id(part) in seen:
                    found.add(id(part))
                seen.add(id(part))
    return found


class Bare:
    """Takes out of a condition what guards values inside it: `guards`, the innermost first. What
    was one node stays one."""

    def __init__(self) -> None:
        self.guards: list[Any] = []
        self._done: dict[int, tuple[Any, Any]] = {}

    def bare(self, node: Any) -> Any:
        """A node without guards."""
        done = self._done.get(id(node))
        if done is None:
            # It holds the node, so that the identity stays the node's.
            done = self._done[id(node)] = node, self._bare(node)
        return done[1]

    def _bare(self, node: Any) -> Any:
        match node:
            case Held(guard, value):
                inner = self.bare(value)
                for part in guard.operands if isinstance(guard, Both) else (guard,):
                    if not any(part is one for one in self.guards):
                        self.guards.append(part)
                return inner
            case Cut(value=value):
                return node._replace(value=self.bare(value))
            case Gap(left, right, tolerance):
                left, right = self.bare(left), self.bare(right)
                return node._replace(left=left, right=right, tolerance=self.bare(tolerance))
            case Span(value, low, high):
                return Span(self.bare(value), self.bare(low), self.bare(high))
            case Apply(operation, operands):
                inner = tuple(map(self.bare, operands))
                same = all(a is b for a, b in zip(inner, operands, strict=True))
                return node if same else Apply(operation, inner)
        return node
