"""Which verdicts a rule can come to, and so which its scenarios are to show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guiju.plan import nodes as plan

_READS = (plan.FactRef, plan.ColumnRef)
_OPEN = (
    plan.FormulaRef,
    plan.Aggregate,
    plan.Quantified,
    plan.TableRows,
    plan.OtherRows,
    plan.OtherCell,
    plan.RowByKey,
)
"""What may lack something that no condition of the rule asks for."""


def verdicts_wanted(rule: plan.RulePlan) -> list[str]:
    """`conforms`, `nonconforming` and `unknown`, as far as a rule can come to them. One that
    only defers can do no more than wait; one that is always decided cannot wait."""
    if rule.ask is None and rule.must is None:
        return ["unknown"]
    both = ["conforms", "nonconforming"]
    return both if always_decided(rule) else [*both, "unknown"]


def always_decided(rule: plan.RulePlan) -> bool:
    """Whether a rule can never be undetermined: it applies only where every fact and column
    it reads `is known`, and it reads nothing else that could be missing."""
    if rule.ask is not None or rule.must is None or rule.defer is not None or rule.needs:
        return False
    guards = [rule.where, *rule.when] if rule.where is not None else list(rule.when)
    known = {_name(part.value) for guard in guards for part in _asked(guard)}
    read = (rule.where, rule.lets, rule.when, rule.unless, rule.must)
    return all(
        not isinstance(node, _OPEN) and (not isinstance(node, _READS) or _name(node) in known)
        for node in _nodes(read)
    )


def _asked(condition: Any) -> Iterator[plan.IsKnown]:
    """The `is known` that must all hold for a condition to hold."""
    if isinstance(condition, plan.And):
        for operand in condition.operands:
            yield from _asked(operand)
    elif isinstance(condition, plan.IsKnown) and not condition.negated:
        yield condition


def _name(node: Any) -> tuple[str, ...]:
    match node:
        case plan.FactRef():
            return ("fact", node.group, node.field)
        case plan.ColumnRef():
            return ("column", node.variable, node.field)
    return ("",)


def _nodes(thing: object) -> Iterator[object]:
    """All expressions in a part of a plan, those behind `is known` left out: there a missing
    value has a meaning."""
    todo = [thing]
    while todo:
        node = todo.pop()
        if isinstance(node, plan.IsKnown):
            continue
        yield node
        if isinstance(node, dict):
            todo += node.values()
        elif isinstance(node, tuple):
            todo += node
