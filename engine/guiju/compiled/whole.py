"""Values that are whole numbers in generated code, and conditions that binary64 can always say."""

from __future__ import annotations

from decimal import Decimal
from math import floor

from guiju.compiled.conditions import Span
from guiju.hints import Any
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import NumberType
from guiju.sieve.nodes import Among, Apply, Cell, Choice, Cut, Gap, Given, Held, Literal, Test

Fields = dict[str, FieldPlan]


def is_whole(node: Any, fields: Fields) -> bool:
    """Whether a value is a Python int, calculated of such."""
    match node:
        case Cell():
            return _whole_cell(node, fields)
        case Literal(value):
            return value.__class__ is float and value == floor(value)
        case Apply("+" | "-" | "*" | "negate" | "abs" | "least" | "greatest", operands):
            return all(is_whole(one, fields) for one in operands)
        case Apply("year" | "month" | "day" | "days" | "length"):
            return True
        case Held(_, value):
            return is_whole(value, fields)
        case Choice(_, then, otherwise):
            return is_whole(then, fields) and is_whole(otherwise, fields)
    return False


def _whole_cell(cell: Cell, fields: Fields) -> bool:
    type_ = fields[cell.name].type
    return isinstance(type_, NumberType) and type_.integer


def is_whole_gap(node: Gap, fields: Fields) -> bool:
    """Whether both sides of a gap are whole numbers."""
    return bool(node.operator) and is_whole(node.left, fields) and is_whole(node.right, fields)


def is_exact(atom: Any, fields: Fields) -> bool:
    """Whether an atom always has an outcome with its cells there."""
    match atom:
        case Cell() | Given(value=Cell()):
            return True
        case Among(value=value):
            return _is_plain(value, fields)
        case Test(_, left, right):
            return _is_plain(left, fields) and _is_plain(right, fields)
        case Span(_, low, high):
            return is_exact(low, fields) and is_exact(high, fields)
        case Cut(value=value, operator=operator):
            return bool(operator) and is_whole(value, fields) and _is_plain(value, fields)
        case Gap(left=left, right=right):
            whole = is_whole_gap(atom, fields)
            return whole and _is_plain(left, fields) and _is_plain(right, fields)
    return False


def _is_plain(node: Any, fields: Fields) -> bool:
    match node:
        case Cell():
            return True
        case Literal(value):
            return value is not None
        case Apply("+" | "-" | "*" | "negate" | "abs" | "least" | "greatest", operands):
            return is_whole(node, fields) and all(_is_plain(one, fields) for one in operands)
        case Apply("year" | "month" | "day" | "days" | "length", operands):
            return all(_is_plain(one, fields) for one in operands)
    return False


def named_whole(value: float) -> str:
    """A literal that whole numbers are compared with, as the decimal it stands for."""
    return repr(int(Decimal(repr(value)))) if value == floor(value) else repr(value)
