"""Findings that are left untold: the same on every road, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.roads.generating import AS_OF, generated

from guiju.assessment import assess
from guiju.compiled.evaluator import CompiledEvaluator
from guiju.evaluation.rules import Decision
from guiju.plan.nodes import RulePlan
from guiju.tables import tables_evaluator
from guiju.verdicts import Assessment

ROADS: dict[str, Callable[..., Any] | None] = {
    "reference": None,
    "compiled": CompiledEvaluator,
    "tables": tables_evaluator,
}


class Told:
    """An assessment that tells some findings, and the rows that were heard of."""

    def __init__(self, case: Any, dossier: Any, road: str, brief: bool, told: int | None) -> None:
        self.heard: list[tuple[str, int, str]] = []
        self.assessment: Assessment = assess(
            dossier,
            case.plan,
            as_of=AS_OF,
            brief=brief,
            evaluator=ROADS[road],
            told=told,
            heard=self.hear,
        )

    def hear(self, plan: RulePlan, row: int, decision: Decision) -> None:
        self.heard.append((plan.id, row, decision.verdict))


@pytest.mark.parametrize("brief", [True, False], ids=["brief", "full"])
@pytest.mark.parametrize("seed", range(12))
def test_every_road_tells_the_first_and_counts_the_rest(seed: int, brief: bool) -> None:
    case = generated(5_000 + seed)
    for number in range(len(case.given)):
        dossier = case.dossier(number)
        whole = Told(case, dossier, "reference", brief, None)
        for most in (0, 2):
            right = Told(case, dossier, "reference", brief, most)
            assert right.heard == whole.heard
            for one, full in zip(
                right.assessment.requirements, whole.assessment.requirements, strict=True
            ):
                rows = [finding for finding in full.findings if finding.subject is not None]
                others = [finding for finding in full.findings if finding.subject is None]
                assert one.findings == rows[:most] + others, case.rule_text(one.id)
                assert one.untold == max(0, len(rows) - most)
                assert (one.verdict, one.counts) == (full.verdict, full.counts)
                assert one.margins == full.margins
            for road in ("compiled", "tables"):
                found = Told(case, dossier, road, brief, most)
                for one, other in zip(
                    found.assessment.requirements, right.assessment.requirements, strict=True
                ):
                    assert one == other, case.rule_text(one.id)
                assert found.assessment == right.assessment
                assert found.heard == right.heard, road
