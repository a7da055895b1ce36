"""The documents a pack asks for, and the rules that need them."""

from __future__ import annotations

from guiju.plan import nodes as plan
from guiju.plan.types import DocumentType, Label
from guiju.record import Record


class DocumentNeed(Record):
    """A kind of evidence: its names, the rules and judgements that need it, their clauses."""

    name: str
    alias: str | None
    label: Label
    rules: tuple[str, ...]
    clauses: tuple[str, ...]


def document_list(pack: plan.PackPlan) -> list[DocumentNeed]:
    """The documents of a pack in the order they are declared: those a rule `needs`, and
    those whose date or file a rule or one of its formulas reads."""
    needs: dict[str, list[plan.RulePlan]] = {name: [] for name in pack.documents}
    for rule in pack.rules:
        for name in _needed(rule, pack):
            if name in needs:
                needs[name].append(rule)
    return [
        DocumentNeed(
            field.name,
            field.alias,
            field.label,
            tuple(rule.id for rule in needs[name]),
            tuple(dict.fromkeys(rule.cite.text for rule in needs[name] if rule.cite)),
        )
        for name, field in pack.documents.items()
    ]


def _needed(rule: plan.RulePlan, pack: plan.PackPlan) -> list[str]:
    """The documents of a rule by name, also through the formulas it uses."""
    found = dict.fromkeys(rule.needs)
    seen: set[str] = set()
    todo: list[object] = [rule]
    while todo:
        for node in _expressions(todo.pop()):
            if isinstance(node, plan.FactRef) and isinstance(node.type, DocumentType):
                found[node.field] = None
            elif isinstance(node, plan.FormulaRef) and node.formula not in seen:
                seen.add(node.formula)
                todo.append(pack.formulas[node.formula])
    return list(found)


def _expressions(thing: object) -> list[object]:
    """All expressions in a part of a plan."""
    found: list[object] = []
    todo = [thing]
    while todo:
        node = todo.pop()
        found.append(node)
        if isinstance(node, dict):
            todo += node.values()
        elif isinstance(node, tuple):
            todo += node
    return found
