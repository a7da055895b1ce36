"""Sieve nodes as Python expressions.

Nothing of a pack stands in what is printed: cells are numbered variables, texts, dates and
tables are numbered constants, and numbers are written by `repr`. An expression is evaluated with
its cells there. Where binary64 cannot say what it comes to, it raises: `close()` does, and so do
a division by nought, a key that a lookup has not, and a day that does not exist. So what comes
out is true or false and proven, and what raises has no outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from math import ceil, floor

from guiju.compiled.bounds import Bounds, bounded
from guiju.compiled.conditions import Span, inside, parts_of
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import NumberType
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

_SIGNS = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_FEW = 3
"""So many numbers are compared one by one; more are looked up in a set."""


class Unprintable(Exception):
    """A node that generated code does not say."""


class Constants:
    """What generated code refers to by number: texts, dates, sets, tables, functions."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._names: dict[Any, str] = {}
        self._tables: dict[int, tuple[Looked, str]] = {}

    def name(self, value: Any) -> str:
        """The name of a constant; one name for equal ones of a class."""
        key = value.__class__, value
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = f"c{len(self.values)}"
            self.values[found] = value
        return found

    def table(self, node: Looked) -> str:
        """The name of the table of a lookup: its values by key."""
        held = self._tables.get(id(node))
        if held is None:
            single = len(node.keys) == 1
            name = f"c{len(self.values)}"
            self.values[name] = {key[0] if single else key: value for key, value in node.rows}
            # It holds the node, so that the identity stays the node's.
            held = self._tables[id(node)] = node, name
        return held[1]


class Printer:
    """Prints the expressions of one rule. `names` are the variables of the cells; `guarded`
    says that cells may be missing, so that each is looked at where it is used."""

    def __init__(
        self,
        names: dict[str, str],
        fields: dict[str, FieldPlan],
        constants: Constants,
        roots: Iterable[Any],
        prefix: str = "t",
        bounds: Bounds | None = None,
    ) -> None:
        self.names, self.fields, self.constants = names, fields, constants
        self.guarded = False
        self.small: set[str] = set()
        """The whole numbers that may not be larger than binary64 holds."""
        self.prefix = prefix
        self._bounds = bounds or {}
        self._shared = _shared(roots)
        self._known: dict[int, str] = {}
        self._held: list[Any] = []
        self._count = 0

    # --- conditions ------------------------------------------------------------------------

    def test(self, node: Any) -> str:
        """A condition; true or false, or it raises."""
        match node:
            case Both(operands=operands):
                return self._logic(" and ", operands, "True")
            case Either(operands=operands):
                return self._logic(" or ", operands, "False")
            case Opposite(operand):
                return f"(not {self.test(operand)})"
            case Held(guard, value):
                asked = self.test(guard)
                return self._only_here(lambda: f"({self.test(value)} if {asked} else close())")
            case Choice(condition, then, otherwise):
                asked = self.test(condition)
                a = self._only_here(lambda: self.test(then))
                b = self._only_here(lambda: self.test(otherwise))
                return f"({a} if {asked} else {b})"
            case Literal(value):
                return repr(value) if value.__class__ is bool else "close()"
            case Given(value, negated):
                return self._given(value, negated)
            case Cell():
                return self.value(node)
            case Span(_, low, high):
                return self._span(low, high)
            case Test(operator, left, right):
                return self._compare(operator, left, right)
            case Cut():
                return self._cut(node)
            case Gap():
                return self._gap(node)
            case Among(value, members, negated):
                return self._among(value, members, negated)
            case Apply("contains" | "starts_with" | "ends_with" as name, (text, part)):
                a, b = self.value(text), self.value(part)
                if name == "contains":
                    return f"({b} in {a})"
                return f"{a}.{name.replace('_', '')}({b})"
            case Looked():
                return self.value(node)
        raise Unprintable

    def _logic(self, word: str, operands: tuple[Any, ...], none: str) -> str:
        if not operands:
            return none
        parts = [self.test(operands[0])]
        # Only what the first one works out is known afterwards in any case.
        before = self._known
        self._known = dict(before)
        parts += [self.test(one) for one in operands[1:]]
        self._known = before
        return "(" + word.join(parts) + ")"

    def _only_here(self, said: Any) -> str:
        """What is printed where it may not be evaluated."""
        before = self._known
        self._known = dict(before)
        text: str = said()
        self._known = before
        return text

    def _given(self, value: Any, negated: bool) -> str:
        if isinstance(value, Cell):
            return f"({self._name(value)} is {'' if negated else 'not '}None)"
        if not isinstance(value, Looked):
            raise Unprintable
        # A key that is missing has no row; looking it up by `None` finds none.
        keys = [self._name(k) if isinstance(k, Cell) else self.value(k) for k in value.keys]
        table = self._table(value)
        asked = f"({keys[0]} in {table})" if len(keys) == 1 else f"(({', '.join(keys)}) in {table})"
        return f"(not {asked})" if negated else asked

    def _compare(self, operator: str, left: Any, right: Any) -> str:
        match left, right:
            case Cell(kind="truth"), Literal(bool() as value):
                same = (operator == "=") is value
                return self.value(left) if same else f"(not {self.value(left)})"
            case Apply("abs", (one,)), Literal(float() as size) if (
                0 < size < 1 and operator in (">", ">=") and self._is_whole(one)
            ):
                return f"({self.value(one)} != 0)"
            case Apply("abs", (one,)), Literal(float() as size) if size > 0:
                # As good as `abs`, and faster.
                if operator in (">", ">="):
                    said, again = self._twice(one)
                    below = operator.replace(">", "<")
                    return f"({said} {operator} {size!r} or {again} {below} {-size!r})"
                if operator in ("<", "<="):
                    said = self.value(one)
                    return f"({-size!r} {operator} {said} {operator} {size!r})"
        if isinstance(right, Literal) and self._is_whole(left) and right.value.__class__ is float:
            return f"({self.value(left)} {_SIGNS[operator]} {_named_whole(right.value)})"
        if not (self._is_whole(left) and self._is_whole(right)):
            self._keep_small(left, right)
        return f"({self.value(left)} {_SIGNS[operator]} {self.value(right)})"

    def _keep_small(self, *nodes: Any) -> None:
        """Notes whole numbers that are compared with floats, which stand for the shortest
        decimals: above what binary64 holds these are not what Python compares."""
        for node in nodes:
            self.small |= {
                c.name for c in inside(node) if isinstance(c, Cell) and self._is_whole(c)
            }

    def _twice(self, node: Any) -> tuple[str, str]:
        """A value as it is said first, and again."""
        if isinstance(node, (Cell, Literal)) or id(node) in self._known:
            said = self.value(node)
            return said, said
        name, said = self._new(self._value(node))
        if id(node) in self._shared:
            self._known[id(node)] = name
        return said, name

    def _span(self, low: Any, high: Any) -> str:
        match low, high:
            case Test(above, value, Literal(float() as least)), Test(below, _, Literal(most)):
                signs = above.replace(">", "<"), below
                ends = (least, most)
                if self._is_whole(value):
                    texts = [_named_whole(end) for end in ends]
                else:
                    texts = [repr(end) for end in ends]
                return f"({texts[0]} {signs[0]} {self.value(value)} {signs[1]} {texts[1]})"
            case Cut(), Cut() if not low.operator:
                said, again = self._twice(low.value)
                # Within both ends for certain, or outside of one for certain.
                return (
                    f"({low.high!r} < {said} < {high.low!r}"
                    f" or not ({again} < {low.low!r} or {again} > {high.high!r} or close()))"
                )
            case Gap(), Gap() if self._whole_gap(low) and self._whole_gap(high):
                first, last = self._whole_value(low.right), self._whole_value(high.right)
                sign = low.operator.replace(">", "<")
                return f"({first} {sign} {self.value(low.left)} {high.operator} {last})"
        return self._logic(" and ", (low, high), "True")

    def _cut(self, node: Cut) -> str:
        if node.operator and node.threshold is not None and self._is_whole(node.value):
            return self._whole_cut(node)
        value, again = self._twice(node.value)
        if node.above is None:
            outside = f"({value} > {node.high!r} or {again} < {node.low!r} or close())"
            return outside if node.apart else f"(not {outside})"
        if node.above:
            return f"({value} > {node.high!r} or not ({again} < {node.low!r} or close()))"
        return f"({value} < {node.low!r} or not ({again} > {node.high!r} or close()))"

    def _whole_cut(self, node: Cut) -> str:
        threshold, operator = node.threshold, node.operator
        value = self.value(node.value)
        if threshold.denominator == 1:
            return f"({value} {_SIGNS[operator]} {int(threshold)!r})"
        match operator:
            case "<" | "<=":
                return f"({value} <= {floor(threshold)!r})"
            case ">" | ">=":
                return f"({value} >= {ceil(threshold)!r})"
        # No whole number is equal to it.
        return self._constantly(value, operator == "!=")

    def _constantly(self, value: str, answer: bool) -> str:
        """The same answer for all values that are there."""
        return f"({value} is {'not ' if answer else ''}{self.constants.name(None)})"

    def _gap(self, node: Gap) -> str:
        if self._whole_gap(node):
            a, b = self._whole_value(node.left), self._whole_value(node.right)
            return f"({a} {_SIGNS[node.operator]} {b})"
        apart, reach = self._apart(node)
        if node.above is None:
            outside = f"({apart[1]} > {reach[1]} or {apart[0]} < -{reach[0]} or close())"
            return outside if node.apart else f"(not {outside})"
        if node.above:
            return f"({apart[1]} > {reach[1]} or not ({apart[0]} < -{reach[0]} or close()))"
        return f"({apart[1]} < -{reach[1]} or not ({apart[0]} > {reach[0]} or close()))"

    def _apart(self, node: Gap) -> tuple[tuple[str, str], tuple[str, str]]:
        """How far two sides are apart, and how far they may be for all that is known."""
        left = self.value(node.left)
        right = self.value(node.right)
        apart = self._new(f"{left} - {right}")
        reach = self._at_most(node.tolerance)
        if isinstance(reach, Literal):
            return apart, (repr(reach.value),) * 2
        return apart, self._new(self.value(reach))

    def _at_most(self, node: Any) -> Any:
        if not self._bounds:
            return node
        # It holds the node, so that its identity and those inside it stay theirs.
        self._held.append(bounded(node, self._bounds))
        return self._held[-1]

    def _whole_gap(self, node: Gap) -> bool:
        return bool(node.operator) and self._is_whole(node.left) and self._is_whole(node.right)

    def _among(self, value: Any, members: tuple[Any, ...], negated: bool) -> str:
        sought = self.value(value)
        if not members:
            return self._constantly(sought, negated)
        if members[0].__class__ is float:
            if self._is_whole(value):
                members = tuple(int(_named_whole(one)) for one in members if one == floor(one))
                if not members:
                    return self._constantly(sought, negated)
            if len(members) <= _FEW:
                again = self.value(value)
                sign, word = (" != ", " and ") if negated else (" == ", " or ")
                named = [sought] + [again] * (len(members) - 1)
                pairs = [f"{a}{sign}{b!r}" for a, b in zip(named, members, strict=True)]
                return f"({word.join(pairs)})"
        elif len(members) == 1:
            return f"({sought} {'!=' if negated else '=='} {self.constants.name(members[0])})"
        among = self.constants.name(frozenset(members))
        return f"({sought} {'not ' if negated else ''}in {among})"

    def chosen(self, condition: Any) -> str:
        """A condition as a value. A comparison is faster where it decides a jump."""
        said = self.test(condition)
        return said if _is_truth(condition) else f"(True if {said} else False)"

    def decided(self, atom: Any, close: str) -> str:
        """A condition with what is to be said where binary64 cannot say, in place of raising."""
        taken = _Bare()
        bare = taken.bare(atom)
        guards = list(map(self._guard, taken.guards))
        if isinstance(bare, Gap):
            bare = bare._replace(tolerance=self._at_most(bare.tolerance))
        self._shared = _shared((bare, *guards))
        asked = [self.test(guard) for guard in guards]
        match bare:
            case Cut() if not self.is_exact(bare):
                value, again = self._twice(bare.value)
                sides = (f"{value} > {bare.high!r}", f"{again} < {bare.low!r}")
                text = _sides(sides, bare, close)
            case Gap() if not self._whole_gap(bare):
                apart, reach = self._apart(bare)
                sides = (f"{apart[1]} > {reach[1]}", f"{apart[0]} < -{reach[0]}")
                text = _sides(sides, bare, close)
            case Span(_, Cut() as low, Cut() as high) if not low.operator:
                value, again = self._twice(low.value)
                text = (
                    f"(True if {low.high!r} < {value} < {high.low!r} else"
                    f" False if {again} < {low.low!r} or {again} > {high.high!r} else {close})"
                )
            case _:
                text = self.chosen(bare)
        return f"({text} if {' and '.join(asked)} else {close})" if asked else text

    def _guard(self, node: Any) -> Any:
        """A guard that holds only where this one does: that a size is greater than an error."""
        match node:
            case Test(">", Apply("abs", _) as size, error) if self._bounds:
                return Test(">", size, self._at_most(error))
        return node

    def alone(self, atom: Any) -> str:
        """A condition that shares nothing with what was printed before."""
        printer = Printer(self.names, self.fields, self.constants, (atom,), "w")
        text = printer.test(atom)
        self.small |= printer.small
        return text

    def is_exact(self, atom: Any) -> bool:
        """Whether an atom always has an outcome with its cells there."""
        match atom:
            case Cell() | Given(value=Cell()):
                return True
            case Among(value=value):
                return self._is_plain(value)
            case Test(_, left, right):
                return self._is_plain(left) and self._is_plain(right)
            case Span(_, low, high):
                return self.is_exact(low) and self.is_exact(high)
            case Cut(value=value, operator=operator):
                return bool(operator) and self._is_whole(value) and self._is_plain(value)
            case Gap(left=left, right=right):
                whole = self._whole_gap(atom)
                return whole and self._is_plain(left) and self._is_plain(right)
        return False

    def _is_plain(self, node: Any) -> bool:
        match node:
            case Cell():
                return True
            case Literal(value):
                return value is not None
            case Apply("+" | "-" | "*" | "negate" | "abs" | "least" | "greatest", operands):
                return self._is_whole(node) and all(map(self._is_plain, operands))
            case Apply("year" | "month" | "day" | "days" | "length", operands):
                return all(map(self._is_plain, operands))
        return False

    # --- values ----------------------------------------------------------------------------

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

    # --- whole numbers ---------------------------------------------------------------------

    def _is_whole(self, node: Any) -> bool:
        """Whether a value is a Python int, calculated of such."""
        match node:
            case Cell():
                return self._whole_cell(node)
            case Literal(value):
                return value.__class__ is float and value == floor(value)
            case Apply("+" | "-" | "*" | "negate" | "abs" | "least" | "greatest", operands):
                return all(map(self._is_whole, operands))
            case Apply("year" | "month" | "day" | "days" | "length"):
                return True
            case Held(_, value):
                return self._is_whole(value)
            case Choice(_, then, otherwise):
                return self._is_whole(then) and self._is_whole(otherwise)
        return False

    def _whole_value(self, node: Any) -> str:
        """A value beside whole numbers: of literals an int, where it is one."""
        if isinstance(node, Literal) and node.value.__class__ is float:
            value = node.value
            return repr(int(value)) if value == floor(value) else repr(value)
        return self.value(node)

    def _whole_cell(self, cell: Cell) -> bool:
        type_ = self.fields[cell.name].type
        return isinstance(type_, NumberType) and type_.integer

    def _name(self, cell: Cell) -> str:
        return self.names[cell.name]


def _named_whole(value: float) -> str:
    """A literal that whole numbers are compared with, as the decimal it stands for."""
    return repr(int(Decimal(repr(value)))) if value == floor(value) else repr(value)


def _is_truth(condition: Any) -> bool:
    """Whether what is printed for a condition has no comparison in it."""
    match condition:
        case Both(operands=operands) | Either(operands=operands):
            return bool(operands) and all(map(_is_truth, operands))
        case Among(members=members):
            return len(members) > _FEW and members[0].__class__ is not float
        case Opposite(operand):
            return _is_truth(operand)
        case Test(_, Cell(kind="truth"), Literal(bool())):
            return True
    return isinstance(condition, Cell)


def _sides(sides: tuple[str, str], node: Cut | Gap, close: str) -> str:
    above, below = (node.apart,) * 2 if node.above is None else (node.above, not node.above)
    return f"({above} if {sides[0]} else {below} if {sides[1]} else {close})"


class _Bare:
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


def _shared(roots: Iterable[Any]) -> set[int]:
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
