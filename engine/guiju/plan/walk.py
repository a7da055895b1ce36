"""Walking typed expressions: what stands directly inside one, and all that is inside."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.hints import Any, get_args
from guiju.plan import nodes
from guiju.plan.nodes import Expr

KINDS: frozenset[type] = frozenset(get_args(nodes.Expr))


def children(node: Expr) -> list[Any]:
    """The expressions directly inside one, in reading order."""
    found: list[Any] = []
    for part in node:
        if part.__class__ in KINDS:
            found.append(part)
        elif part.__class__ is tuple:
            found.extend(item for item in part if item.__class__ in KINDS)
    return found


def inside(node: Expr) -> Iterator[Any]:
    """An expression and everything inside it, outermost first."""
    todo = [node]
    while todo:
        part = todo.pop()
        yield part
        todo += reversed(children(part))
