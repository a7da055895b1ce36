"""How large the error of binary64 can be where facts are of the size they commonly have.

The error of a sum is told by the sizes of its members, and to add these up for each object takes
as long as the sum. Where each fact is known to lie within a bound, as it is seen to anyway, most
of it is a constant. The bounds come from the first objects and are a thousand times what these
hold; an object with a larger value is gone through without them.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, isfinite, log10

from guiju.hints import Any
from guiju.sieve.nodes import Apply, Cell, Literal

Bounds = dict[str, float]
"""By fact, how large its size can be."""
_ROOM = 1 + 1e-12


def bounded(node: Any, bounds: Bounds) -> Any:
    """At least a node that is made of sizes by `+` and `*`."""
    match node:
        case Cell(name=name) | Apply("abs", (Cell(name=name),)) if name in bounds:
            return Literal(bounds[name])
        case Apply("+" | "*" as operation, (a, b)):
            match bounded(a, bounds), bounded(b, bounds):
                case Literal(float() as one), Literal(float() as other):
                    exactly = one + other if operation == "+" else one * other
                    return Literal(exactly * _ROOM) if isfinite(exactly * _ROOM) else node
                case one, other:
                    same = one is a and other is b
                    return node if same else Apply(operation, (one, other))
    # A quotient of two small numbers would be thought large.
    return node


def bounds_of(columns: Iterable[tuple[str, Iterable[Any]]]) -> Bounds:
    """Bounds for facts by some of their values."""
    found: Bounds = {}
    for name, values in columns:
        sizes = [abs(value) for value in values if value.__class__ is float]
        size = max((one for one in sizes if one < 1e100), default=0.0)
        found[name] = 10.0 ** ceil(log10(max(size, 1e-3) * 1000))
    return found
