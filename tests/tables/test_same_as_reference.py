"""The tables road comes to what the reference evaluator comes to, to the last word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.roads.generating import AS_OF, generated

from guiju.assessment import assess
from guiju.assessment.record import to_json
from guiju.compiled.evaluator import CompiledEvaluator
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read
from guiju.tables import sift, tables_evaluator

EXAMPLES = sorted(
    (Path(__file__).parents[2] / "rules" / "guiju_rules").glob("*/dossiers/*/dossier.yaml")
)

ONCE_DIFFERENT = (101_805, 101_644)
"""Seeds of which the roads did not come to the same: a number that is missing was looked up in a
lookup of bands; two values without a result were told in the order they were come upon."""


@pytest.mark.slow
@pytest.mark.parametrize("brief", [True, False], ids=["brief", "full"])
@pytest.mark.parametrize("seed", [*range(1_000, 1_024), *ONCE_DIFFERENT])
def test_generated_dossiers_come_to_the_same(seed: int, brief: bool) -> None:
    case = generated(seed)
    for number in range(len(case.given)):
        dossier = case.dossier(number)
        right = assess(dossier, case.plan, as_of=AS_OF, brief=brief)
        found = assess(dossier, case.plan, as_of=AS_OF, brief=brief, evaluator=tables_evaluator)
        for one, other in zip(found.requirements, right.requirements, strict=True):
            assert one == other, case.rule_text(one.id)
        assert to_json(found) == to_json(right)


@pytest.mark.parametrize("seed", [1_001, 1_005, *range(1_030, 1_034)])
def test_rules_that_are_asked_in_several_queries_come_to_the_same(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = generated(seed, fact_rules=2, table_rules=12, dossiers=2)
    dossier = case.dossier(0)
    right = assess(dossier, case.plan, as_of=AS_OF, brief=False)
    monkeypatch.setattr(sift, "MOST_RULES", 2)
    found = assess(dossier, case.plan, as_of=AS_OF, brief=False, evaluator=tables_evaluator)
    assert to_json(found) == to_json(right)


@pytest.mark.parametrize("brief", [True, False], ids=["brief", "full"])
@pytest.mark.parametrize("road", [tables_evaluator, CompiledEvaluator], ids=["tables", "compiled"])
@pytest.mark.parametrize("example", EXAMPLES, ids=[file.parent.name for file in EXAMPLES])
def test_an_example_comes_to_the_same(example: Path, road: Any, brief: bool) -> None:
    manifest = open_dossier(example.parent)
    pack = load_pack(manifest.pack or "")
    dossier = read(manifest, pack)
    right = assess(dossier, pack, brief=brief)
    assert to_json(assess(dossier, pack, brief=brief, evaluator=road)) == to_json(right)
