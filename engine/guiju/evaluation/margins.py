"""Margins: how far a comparison is from its threshold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from guiju.evaluation.outcome import CompiledRule
from guiju.evaluation.run import WIDE, Fn, Frame
from guiju.evaluation.texts import Wording, plain_text, unit_text
from guiju.evaluation.unknown import Unknown
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.nodes import Expr
from guiju.plan.types import DateType, NumberType, Type
from guiju.quantities import CONTEXT, Unit
from guiju.verdicts import Margin

_ABOVE = {">=": 1, ">": 1, "<=": -1, "<": -1}


def margins_of(
    rule: CompiledRule, wording: Wording, frame: Frame, rows: list[int] | None
) -> list[Margin]:
    """The margins of the comparisons at the top of a `must` and of its `and`s; over rows
    that of the row closest to failing."""
    must = rule.plan.must
    if must is None or rows == []:
        return []
    found = []
    for node in comparisons_of(must):
        margin = _margin(rule, wording, node, frame, rows)
        if margin is not None:
            found.append(margin)
    return found


def comparisons_of(node: Expr) -> Iterator[nodes.Compare | nodes.Within]:
    """The comparisons of a `must` that have margins."""
    match node:
        case nodes.And(operands=operands):
            for operand in operands:
                yield from comparisons_of(operand)
        case nodes.Between(low=low, high=high):
            yield low
            yield high
        case nodes.Compare(operator=operator) if operator in _ABOVE:
            if isinstance(node.left.type, (NumberType, DateType)):
                yield node
        case nodes.Within():
            yield node


def _margin(
    rule: CompiledRule,
    wording: Wording,
    node: nodes.Compare | nodes.Within,
    frame: Frame,
    rows: list[int] | None,
) -> Margin | None:
    measure = _measure(rule, node)
    if rows is None:
        measured = measure(frame)
        return None if measured is None else _said(wording, node, measured, None)
    slot = rule.plan.slot
    assert slot is not None
    if not rule.changes(node):
        measured = measure(frame)
        return None if measured is None else _said(wording, node, measured, None)
    if rule.plan.table is None:
        return None
    keys = wording.run.dossier.tables[rule.plan.table].keys
    if isinstance(node, nodes.Compare) and not rule.changes(node.right):
        column = _column(rule, node.left)
        if column is not None:
            # The order of the cells is the order of the distances.
            given = [row for row in rows if column[row] is not None]
            if not given:
                return None
            pick = min if _ABOVE[node.operator] > 0 else max
            frame[slot] = pick(given, key=column.__getitem__)
            measured = measure(frame)
            return None if measured is None else _said(wording, node, measured, keys[frame[slot]])
    best: Any = None
    closest = -1
    lets = rule.row_lets if _needs_lets(rule, node) else []
    for row in rows:
        frame[slot] = row
        for at, let in lets:
            frame[at] = let(frame)
        measured = measure(frame)
        if measured is not None and (best is None or measured[0] < best[0]):
            best, closest = measured, row
    return None if best is None else _said(wording, node, best, keys[closest])


def _column(rule: CompiledRule, node: Expr) -> list[Any] | None:
    """The column of the rule's own rows that an expression is."""
    if isinstance(node, nodes.ColumnRef) and node.slot == rule.plan.slot:
        return rule.run.dossier.tables[node.table].columns[node.field]
    return None


def _needs_lets(rule: CompiledRule, node: Expr) -> bool:
    from guiju.evaluation.walk import slots_read

    return not {slot for slot, _ in rule.row_lets}.isdisjoint(slots_read(node))


def _measure(rule: CompiledRule, node: nodes.Compare | nodes.Within) -> Fn:
    """A function of a frame to `(distance, value, threshold)` in the threshold's unit, or
    None when a side is unknown."""
    run = rule.run
    left, right = run.compile(node.left), run.compile(node.right)
    if isinstance(node, nodes.Within):
        tolerance, relative = run.compile(node.tolerance), node.relative

        def within(frame: Frame) -> Any:
            a, b, tol = left(frame), right(frame), tolerance(frame)
            if Unknown in (a.__class__, b.__class__, tol.__class__):
                return None
            apart = WIDE.abs(WIDE.subtract(a, b))
            reach = WIDE.multiply(tol, WIDE.abs(b)) if relative else tol
            return WIDE.subtract(reach, apart), apart, reach

        return within
    sign = _ABOVE[node.operator]
    if isinstance(node.left.type, DateType):

        def dates(frame: Frame) -> Any:
            a, b = left(frame), right(frame)
            if a.__class__ is Unknown or b.__class__ is Unknown:
                return None
            return sign * (a.toordinal() - b.toordinal()), a, b

        return dates
    if node.left_scale == node.right_scale:
        subtract = CONTEXT.subtract
        first, second = (left, right) if sign > 0 else (right, left)

        def plain(frame: Frame) -> Any:
            a, b = first(frame), second(frame)
            if a.__class__ is Unknown or b.__class__ is Unknown:
                return None
            return (subtract(a, b), a, b) if sign > 0 else (subtract(a, b), b, a)

        return plain
    up, down = Decimal(node.left_scale), Decimal(node.right_scale)

    def scaled(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        if a.__class__ is Unknown or b.__class__ is Unknown:
            return None
        exact = WIDE.multiply(a, up)
        distance = CONTEXT.divide(WIDE.subtract(exact, WIDE.multiply(b, down)), down)
        return distance.copy_negate() if sign < 0 else distance, CONTEXT.divide(exact, down), b

    return scaled


def _said(
    wording: Wording,
    node: nodes.Compare | nodes.Within,
    measured: tuple[Any, Any, Any],
    subject: str | None,
) -> Margin:
    distance, value, threshold = measured
    type_: Type = node.right.type
    share = tco2e = None
    unit = unit_text(type_)
    if isinstance(value, date):
        unit, distance = "days", Decimal(distance)
    else:
        distance = CONTEXT.plus(distance)
        value, threshold = CONTEXT.plus(value), CONTEXT.plus(threshold)
        if threshold:
            share = plain_text(CONTEXT.divide(distance, abs(threshold)))
        if isinstance(type_, NumberType):
            tco2e = tco2e_text(distance, type_.unit)
    return Margin(
        words=wording.words(node),
        value=plain_text(value),
        threshold=plain_text(threshold),
        unit=unit,
        distance=plain_text(distance if distance else abs(distance)),
        share=share,
        tco2e=tco2e,
        subject=subject,
    )


def tco2e_text(value: Decimal, unit: Unit) -> str | None:
    """A number in tCO2e, None when its unit measures something else."""
    if len(unit.dimensions) != 1:
        return None
    (name, power), *_ = unit.dimensions
    if power != 1 or not (name == "co2e" or name.startswith("co2e{")):
        return None
    # The coherent unit of every kind of CO2 equivalent is the tonne.
    factor = unit.factor
    scaled = WIDE.multiply(value, Decimal(factor.numerator))
    return plain_text(CONTEXT.divide(scaled, Decimal(factor.denominator)))
