"""Which rules are for objects, what is counted, and what of a pack gets into code."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from guiju.compiled import compile_pack
from guiju.compiled.evaluator import CompiledEvaluator
from guiju.compiled.source import compiled as checked
from guiju.dossier.model import Dossier
from guiju.evaluation import Run
from guiju.evaluation.texts import Wording
from guiju.verdicts import Document

from ..evaluation.making import dossier as made_dossier
from ..roads.generating import verdicts
from .making import compiled, pack


def test_rules_over_tables_judgements_and_deferred_ones_are_left() -> None:
    more = (
        'table plots "P"\n  key id\n  id : text\n  size : ha\n'
        'judge J-1 "J"\n  cite "1"\n  basis verified\n  ask "Is it so?"\n  else CAR "No."\n'
    )
    plan = pack(
        "  a : number\n  p : period",
        "must a > 1",
        "for each x in plots\n  must x.size > 1 ha",
        "must (sum of x.size for x in plots) > 1 ha",
        'must a > 2\n  defer FAR "Later."',
        "must p.start < 2024-01-01",
        "must a > 1 or p.start < 2024-01-01",
        more=more,
    )
    made = compile_pack(plan)
    assert [rule.id for rule in made.rules] == ["R-1", "R-6"]
    assert sorted(rule.id for rule in made.left) == ["J-1", "R-2", "R-3", "R-4", "R-5"]
    assert made.states([{"a": 2.0}, {"a": 0.0}]) == [(True, True), (False, None)]


def test_a_dossier_gets_a_verdict_on_every_rule() -> None:
    more = 'table plots "P"\n  key id\n  id : text\n  size : ha\n'
    plan = pack(
        "  a : number\n  survey : document",
        "must a > 1",
        "for each x in plots\n  must x.size > 1 ha",
        "must a > 1\n  needs survey",
        "must a > 1 or (sum of x.size for x in plots) > 1 ha",
        more=more,
    )
    made = compile_pack(plan)
    plots = [{"id": "1", "size": None}, {"id": "2", "size": 3}]
    for facts in ({"project.a": 2}, {"project.a": None}, {"project.a": 0}):
        for documents in ({}, {"survey": [Document("E", "survey", "e.pdf", None, None, "held")]}):
            given: Dossier = made_dossier(facts, {"plots": plots}, documents=documents)
            assert made.assess(given) == verdicts(plan, given, as_of=given.submitted)
    assert made.statistics.objects == 6


def test_a_check_asks_the_reference_evaluator_once_for_what_does_not_conform(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from guiju.evaluation import rules

    asked: list[str] = []
    evaluate = rules._RuleEvaluation.evaluate

    def noted(self: Any) -> None:
        asked.append(self.plan.id)
        evaluate(self)

    monkeypatch.setattr(rules._RuleEvaluation, "evaluate", noted)
    plan = pack(
        "  a : number\n  survey : document",
        "must a > 1",
        "for each x in plots\n  must x.size > 1 ha",
        "must a > 1\n  needs survey",
        "must a > 9",
        "must a / 3 = 1",
        more='table plots "P"\n  key id\n  id : text\n  size : ha\n',
    )
    given = made_dossier({"project.a": 3}, {"plots": [{"id": "1", "size": 3}]})
    run = Run(plan, given, given.submitted)
    evaluator = CompiledEvaluator(run, Wording(run), brief=True)
    found = [evaluator.requirement(rule).verdict for rule in plan.rules]
    assert asked == ["R-2", "R-3", "R-4", "R-5"]
    assert found == verdicts(plan, given, as_of=given.submitted)


@pytest.mark.parametrize("count", [1, 30, 31, 120, 121])
def test_a_pack_of_many_rules_has_an_outcome_for_each_in_order(count: int) -> None:
    made = compiled("  n : number", *(f"must n > {number}" for number in range(count)))
    (row,) = made.states([{"n": count / 2}])
    assert row == tuple(number < count / 2 for number in range(count))


def test_a_division_by_a_whole_number_needs_no_reference_but_by_nought() -> None:
    made = compiled("  n : number\n  i : integer", "must n / i > 0.3")
    given = [(1.0, 3), (1.0, -3), (1.0, 4), (1.0, 0)]
    assert made.states_of_rows(["n", "i"], given) == [(True,), (False,), (False,), (None,)]
    assert made.statistics.close == 1


def test_what_was_done_is_counted() -> None:
    made = compiled("  a : number\n  b : number", "must a / 3 >= b", "must a > 1")
    objects = [{"a": 2.0, "b": 0.1}, {"a": 0.3, "b": 0.1}, {"a": None, "b": 1.0}]
    assert made.states(objects) == [(True, True), (True, False), (None, None)]
    counted = made.statistics
    assert (counted.objects, counted.results) == (3, 6)
    # A third of 0.3 is too close to 0.1 to be told apart in binary64.
    assert (counted.close, counted.carefully, counted.decided) == (1, 0, 5)


# --- code ----------------------------------------------------------------------------------

HOSTILE = (
    "__import__('os').abort()",
    "'); raise SystemExit; ('",
    "\\",
    "\\n",
    "{d}",
    "%s",
    "\u2028x",
    "\x0cx",
    "#",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_a_pack_stay_texts(text: str) -> None:
    rules = (
        f"must t = 「{text}」",
        f'must t is not in {{「{text}」, "other"}} and n > 1',
        f"must contains(t, 「{text}」)",
    )
    made = compiled("  t : text\n  n : number", *rules)
    objects = [{"t": text, "n": 2.0}, {"t": "other", "n": 2.0}, {"t": "else", "n": 2.0}]
    assert made.states(objects) == [
        (True, False, True),
        (False, False, False),
        (False, True, False),
    ]


def test_names_of_facts_and_keys_stay_out_of_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    import guiju.compiled.pack as module

    seen: list[str] = []

    def noted(text: str, space: dict[str, object]) -> dict[str, object]:
        seen.append(text)
        return checked(text, space)

    monkeypatch.setattr(module, "compiled", noted)
    facts = "  __class__ : number\n  面积 : number\n  `import` : text\n  run : number"
    plan = pack(
        facts,
        'must __class__ > 面积 and project.`import` = "exec" and run > 1 and __class__ is known',
    )
    made = compile_pack(plan, names={("project", "run"): "'); import os; ('"})
    good = {"__class__": 2.0, "面积": 1.0, "import": "exec", "'); import os; ('": 3.0}
    assert made.states([good]) == [(True,)]
    source = "".join(seen)
    assert source.isascii()
    words = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert not words & {"__class__", "run_", "exec", "os", "project"}
    assert "import" not in source and "__" not in source and "exec" not in source


@pytest.mark.parametrize(
    "text",
    [
        "x = 'text'",
        "x = b'1'",
        "import os",
        "from os import path",
        "x = a.__class__",
        "x = a.real",
        "x = __builtins__",
        "x = f(A)",
        "x = lambda: 1",
        "x = f'{a}'",
        "def run_(a): pass",
        "x = 1j",
    ],
)
def test_code_of_any_other_kind_is_not_run(text: str) -> None:
    with pytest.raises(AssertionError):
        checked(text, {})
