"""Values as Python expressions.

Nothing of a pack stands in what is printed: cells are numbered variables, texts, dates and
tables are numbered constants, and numbers are written by `repr`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import floor

from guiju.compiled.conditions import inside
from guiju.compiled.constants import Constants, Unprintable
from guiju.compiled.shared import shared
from guiju.compiled.whole import Fields, is_whole
from guiju.hints import Any
from guiju.sieve.nodes import (
    Among,
    Apply,
    Both,
    Cell,
    Choice,
    Cut,
    Either,
    Gap,
    Given,
    Held,
    Literal,
    Looked,
    Opposite,
    Test,
)


class ValuePrinter:
    """Prints values. `names` are the variables of the cells; `guarded` says that cells may be
    missing, so that each is looked at where it is used. `roots` is all that is printed with one
    printer: what stands in several places of it is worked out once."""

    def __init__(
        self,
        names: dict[str, str],
        fields: Fields,
        constants: Constants,
        roots: Iterable[Any],
        prefix: str = "t",
    ) -> None:
        self.names, self.fields, self.constants = names, fields, constants
        self.guarded = False
        self.small: set[str] = set()
        """The whole numbers that may not be larger than binary64 holds."""
        self.prefix = prefix
        self._shared = shared(roots)
        self._known: dict[int, str] = {}
        self._count = 0

    def test(self, node: Any) -> str:
        """A condition; true or false, or it raises."""
        raise NotImplementedError

    def value(self, node: Any) -> str:
        """A value; one that stands in several places is worked out once."""
        found = self._known.get(id(node))
        if found is not None:
            return found
        if id(node) in self._shared and not isinstance(node, (Cell, Literal)):
            said, name = self._new(self._value(node))[::-1]
            self._known[id(node)] = name
            return said
        return self._value(node)

    def _new(self, text: str) -> tuple[str, str]:
        """A new variable, and the expression that sets it."""
        self._count += 1
        name = f"{self.prefix}{self._count}"
        return name, f"({name} := {text})"

    def _twice(self, node: Any) -> tuple[str, str]:
        """A value as it is said first, and again."""
        if isinstance(node, (Cell, Literal)) or id(node) in self._known:
            said = self.value(node)
            return said, said
        name, said = self._new(self._value(node))
        if id(node) in self._shared:
            self._known[id(node)] = name
        return said, name

    def _only_here(self, said: Any) -> str:
        """What is printed where it may not be evaluated."""
        before = self._known
        self._known = dict(before)
        text: str = said()
        self._known = before
        return text

    def _value(self, node: Any) -> str:
        match node:
            case Cell():
                name = self._name(node)
                return f"({name} if {name} is not None else close())" if self.guarded else name
            case Literal(None):
                return "close()"
            case Literal(value) if value.__class__ in (float, int):
                return repr(value)
            case Literal(value) if value.__class__ is bool:
                return repr(value)
            case Literal(str() | date() as value):
                return self.constants.name(value)
            case Held(guard, value):
                asked = self.test(guard)
                return self._only_here(lambda: f"({self.value(value)} if {asked} else close())")
            case Choice(condition, then, otherwise):
                asked = self.test(condition)
                said_so = self._whole_value if self._is_whole(node) else self.value
                a = self._only_here(lambda: said_so(then))
                b = self._only_here(lambda: said_so(otherwise))
                return f"({a} if {asked} else {b})"
            case Looked(keys=keys):
                said = ", ".join(self.value(key) for key in keys)
                return f"{self._table(node)}[{said}]"
            case Apply(operation, operands):
                return self._applied(operation, operands)
            case Test() | Cut() | Gap() | Among() | Given() | Both() | Either() | Opposite():
                return self.test(node)
        raise Unprintable

    def _table(self, node: Looked) -> str:
        self._keep_small(*node.keys)
        return self.constants.table(node)

    def _keep_small(self, *nodes: Any) -> None:
        """Notes whole numbers that are compared with floats, which stand for the shortest
        decimals: above what binary64 holds these are not what Python compares."""
        for node in nodes:
            self.small |= {
                c.name for c in inside(node) if isinstance(c, Cell) and self._is_whole(c)
            }

    def _applied(self, operation: str, operands: tuple[Any, ...]) -> str:
        match operation:
            case "+" | "-" | "*" | "/":
                a, b = (
                    self._operand(operands[0], operands[1]),
                    self._operand(operands[1], operands[0]),
                )
                return f"({a} {operation} {b})"
            case "power":
                return f"({self.value(operands[0])} ** {self.value(operands[1])})"
            case "negate":
                return f"(-{self.value(operands[0])})"
            case "abs":
                # Faster than to call `abs`.
                said, again = self._twice(operands[0])
                return f"({again} if {said} >= 0.0 else -{again})"
            case "sqrt" | "exp" | "ln" | "floor" | "length":
                return f"{operation}({self.value(operands[0])})"
            case "nearest":
                return f"round({self.value(operands[0])})"
            case "least" | "greatest":
                wholly = all(map(self._is_whole, operands))
                texts = [self._whole_value(o) if wholly else self.value(o) for o in operands]
                return f"{operation}({', '.join(texts)})"
            case "year" | "month" | "day":
                return f"{self.value(operands[0])}.{operation}"
            case "days":
                return f"({self.value(operands[0])} - {self.value(operands[1])}).days"
            case "add_days" | "add_months":
                said_as = operation.replace("_", "")
                return f"{said_as}({', '.join(self._plain(one) for one in operands)})"
        raise Unprintable

    def _plain(self, node: Any) -> str:
        """An argument of a function of the calendar."""
        if isinstance(node, Literal) and node.value.__class__ is str:
            return self.constants.name(node.value)
        return self.value(node)

    def _operand(self, node: Any, other: Any) -> str:
        return self._whole_value(node) if self._is_whole(other) else self.value(node)

    def _whole_value(self, node: Any) -> str:
        """A value beside whole numbers: of literals an int, where it is one."""
        if isinstance(node, Literal) and node.value.__class__ is float:
            value = node.value
            return repr(int(value)) if value == floor(value) else repr(value)
        return self.value(node)

    def _name(self, cell: Cell) -> str:
        return self.names[cell.name]

    def _is_whole(self, node: Any) -> bool:
        return is_whole(node, self.fields)
