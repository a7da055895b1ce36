"""One run of a pack for many dossiers of facts alone.

A `Run` folds the facts of its dossier into the functions it makes, which is what makes it fast
for one dossier and useless for the next. Here facts are read when they are asked for, so that
the functions of a rule are made once and serve any number of objects. All other functions, and
how it is found what a missing fact would change, are those of the reference evaluator itself.
"""

from __future__ import annotations

from datetime import date
from decimal import localcontext

from guiju.dossier.model import Dossier
from guiju.evaluation.outcome import APART, FAIL, PASS, CompiledRule
from guiju.evaluation.run import Fn, Frame, Run
from guiju.evaluation.unknown import Lacking, missing
from guiju.hints import Any
from guiju.plan import nodes
from guiju.plan.nodes import Expr, PackPlan, RulePlan
from guiju.plan.types import DocumentType
from guiju.quantities import CONTEXT

Facts = dict[tuple[str, str], Any]
"""The facts that are there, by group and field: Decimal, str, bool or date."""


class FactsRun(Run):
    """A run whose facts change. It has no tables, no documents and no judgements."""

    def __init__(self, pack: PackPlan, as_of: date | None) -> None:
        super().__init__(pack, Dossier("", "", "", "", None, None, None, None), as_of)
        self.facts: Facts = {}
        self._rules: dict[int, CompiledRule] = {}

    def compile(self, node: Expr) -> Fn:
        if node.__class__ is nodes.FactRef and not isinstance(node.type, DocumentType):
            found = self._functions.get(id(node))
            if found is None:
                found = self._functions[id(node)] = self._fact(node)
                self.compiled.append(node)
            return found
        return super().compile(node)

    def _fact(self, node: Any) -> Fn:
        key = (node.group, node.field)
        lack = Lacking("fact", node.group, field=node.field)
        unknown, free = missing(lack), self.free

        def fact(frame: Frame) -> Any:
            value = self.facts.get(key)
            if value is not None:
                return value
            return free.get(lack, unknown) if free else unknown

        return fact

    def states(self, plan: RulePlan, facts: Facts) -> int:
        """All that a rule over facts can come to, as a set of `guiju.evaluation.outcome`.
        Where that is one thing only, it is the verdict."""
        self.facts = facts
        self.forget_values()
        with localcontext(CONTEXT):
            rule = self._rules.get(id(plan))
            if rule is None:
                # It holds its plan, so that the identity stays the plan's.
                rule = self._rules[id(plan)] = CompiledRule(self, plan)
            outcome = rule.outcome(rule.frame(), None)
            if not outcome.unknowns or outcome.states in (APART, PASS, FAIL):
                return outcome.states
            from guiju.evaluation.relevance import settle

            return settle(rule, None, outcome).states
