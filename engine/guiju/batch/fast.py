"""Rules over facts by a generated function, kept for all dossiers of a process.

Making the function takes as long as some fifty dossiers gain by it, so that a process makes one
only when it has seen more of them. A rule that conforms by it is done with; all others are the
reference evaluator's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from guiju.compiled.evaluator import CompiledEvaluator
from guiju.compiled.pack import CompiledPack, compile_pack
from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.hints import Any
from guiju.plan.nodes import PackPlan, RulePlan

COMPILED_AFTER = 100
"""Dossiers of a pack after which a process makes its function."""


class Kept:
    """The generated functions of a process, by pack. `engine` None: of packs it has seen so many
    dossiers of; `as_of` is the date all are assessed at, None for that of each."""

    def __init__(self, engine: str | None, as_of: date | None) -> None:
        self.engine, self.as_of = engine, as_of
        self._seen: dict[str, int] = {}
        self._made: dict[str, Callable[..., CompiledEvaluator] | None] = {}

    def evaluator(self, plan: PackPlan) -> Callable[..., CompiledEvaluator] | None:
        """What makes the evaluator of one more dossier; None for the reference one."""
        if self.engine == "reference":
            return None
        seen = self._seen[plan.id] = self._seen.get(plan.id, 0) + 1
        if self.engine is None and seen <= COMPILED_AFTER:
            return None
        if plan.id not in self._made:
            pack = compile_pack(plan, as_of=self.as_of)
            made = partial(KeptEvaluator, pack, {}) if pack.rules else None
            self._made[plan.id] = made
        return self._made[plan.id]


class KeptEvaluator(CompiledEvaluator):
    """Evaluates one dossier with a function that was made before. `noted` are the expressions
    of rules that conformed, by the id of the rule."""

    def __init__(
        self,
        pack: CompiledPack,
        noted: dict[str, list[Any]],
        run: Run,
        wording: Wording,
        *,
        brief: bool = False,
    ) -> None:
        super().__init__(run, wording, brief=brief)
        self._pack, self._notes = pack, noted

    def _conforming(self) -> frozenset[str]:
        if self._conforms is None:
            self._conforms = self._pack.conforming(self.run)
        return self._conforms

    def _note(self, plan: RulePlan) -> None:
        compiled = self.run.compiled
        noted = self._notes.get(plan.id)
        if noted is None:
            before = len(compiled)
            self._noted = set()
            super()._note(plan)
            self._notes[plan.id] = compiled[before:]
        else:
            compiled += noted
