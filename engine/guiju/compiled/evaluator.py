"""An evaluator that asks the generated function first, for a check of one dossier.

A rule over facts that conforms by the generated function is done with, where nothing more of it
is shown. All others are the reference evaluator's, which also says in what words.
"""

from __future__ import annotations

from guiju.compiled.pack import compile_pack
from guiju.evaluation.rules import Evaluator
from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.plan import nodes
from guiju.plan.nodes import Expr, RulePlan
from guiju.plan.walk import inside
from guiju.verdicts import Requirement


class CompiledEvaluator(Evaluator):
    """Evaluates a pack over a dossier, with one function for all its rules over facts."""

    def __init__(self, run: Run, wording: Wording, *, brief: bool = False) -> None:
        super().__init__(run, wording, brief=brief)
        self._conforms: frozenset[str] | None = None
        self._noted: set[str] = set()

    def requirement(self, plan: RulePlan) -> Requirement:
        """The verdict on a rule."""
        # What a full report shows is worked out by the reference evaluator in any case.
        if not self.brief or plan.table is not None or plan.must is None or plan.amendments:
            return super().requirement(plan)
        if plan.id not in self._conforming():
            return super().requirement(plan)
        self._note(plan)
        return self._blank(plan)

    def _conforming(self) -> frozenset[str]:
        """The rules that conform, by the generated function."""
        if self._conforms is None:
            pack = compile_pack(self.run.pack, as_of=self.run.as_of)
            self._conforms = pack.conforming(self.run)
        return self._conforms

    def _note(self, plan: RulePlan) -> None:
        """Notes what a rule looked at, for what the report says was not checked."""
        todo: list[Expr] = [let.value for let in plan.lets]
        todo += [part for part in (plan.where, plan.must, *plan.when) if part is not None]
        todo += [unless.condition for unless in plan.unless]
        while todo:
            for node in inside(todo.pop()):
                self.run.compiled.append(node)
                if isinstance(node, nodes.FormulaRef) and node.formula not in self._noted:
                    self._noted.add(node.formula)
                    formula = self.run.pack.formulas[node.formula]
                    todo += [formula.body, *(let.value for let in formula.lets)]
                    todo += [formula.where] if formula.where is not None else []
