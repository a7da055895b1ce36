"""The steps of features: each phrase of the book does one thing to a `World`.

A project whose features are bound by Python of its own (`scenarios("x.feature")`) has these
steps too with `pytest_plugins = ["guiju.testing.steps"]` in its top `conftest.py`. A step
that a `conftest.py` defines comes before the one here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import given, then, when
from pytest_bdd.parsers import StepParser

from guiju.testing import phrases
from guiju.testing.phrases import Found, Keyword

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, Scenario
    from pytest_bdd.parser import Step as BddStep

    from guiju.testing.methodology import Loaded
    from guiju.testing.world import World

Rows = list[list[str]]
Step = Callable[..., None]
STEPS: dict[str, Step] = {}
"""What each step of the phrase book does, by its name there."""
WITH_TABLE = ("rows", "rows_elsewhere")
"""The steps that have a table below them."""


def _step(function: Step) -> Step:
    STEPS[function.__name__] = function
    return function


# --- given -------------------------------------------------------------------------------


@_step
def methodology(world: World, pack: str) -> None:
    world.take_methodology(pack)


@_step
def dossier(world: World, path: str) -> None:
    world.take_dossier(path)


@_step
def parameter(world: World, name: str, value: str, group: str | None = None) -> None:
    world.set_fact(name, value, group)


@_step
def parameter_missing(world: World, name: str, group: str | None = None) -> None:
    world.set_fact(name, None, group)


@_step
def rows(world: World, table: str, datatable: Rows | None = None) -> None:
    world.set_rows(table, datatable)


@_step
def rows_elsewhere(world: World, other: str, table: str, datatable: Rows | None = None) -> None:
    world.set_rows_elsewhere(other, table, datatable)


@_step
def no_rows(world: World, table: str) -> None:
    world.set_no_rows(table)


@_step
def evidence(world: World, kind: str) -> None:
    world.add_evidence(kind)


@_step
def evidence_issued(world: World, kind: str, date: str) -> None:
    world.add_evidence(kind, date)


@_step
def evidence_missing(world: World, kind: str) -> None:
    world.drop_evidence(kind)


@_step
def judgement(world: World, rule: str, answer: str, row: str | None = None) -> None:
    world.judge(rule, answer, row)


@_step
def waiver(world: World, rule: str, start: str, until: str) -> None:
    world.waive(rule, start, until)


@_step
def as_of(world: World, date: str) -> None:
    world.as_of = world.date(date)


@_step
def submitted(world: World, date: str) -> None:
    world.set_fact("dossier.submitted", date)


@_step
def stage(world: World, stage: str) -> None:
    world.set_stage(stage)


# --- when --------------------------------------------------------------------------------


@_step
def run_rule(world: World, rule: str) -> None:
    world.evaluate(rule)


@_step
def run_all(world: World) -> None:
    world.evaluate(None)


# --- then --------------------------------------------------------------------------------


@_step
def verdict(
    world: World,
    verdict: str,
    rule: str | None = None,
    table: str | None = None,
    row: str | None = None,
) -> None:
    world.outcome.verdict(verdict, rule, table, row)


@_step
def opinion(world: World, opinion: str) -> None:
    world.outcome.opinion(opinion)


@_step
def findings(world: World, count: str, grade: str | None = None) -> None:
    world.outcome.findings(int(count), grade)


@_step
def no_findings(world: World, grade: str | None = None) -> None:
    world.outcome.findings(0, grade)


@_step
def points_to(world: World, where: str) -> None:
    world.outcome.points_to(where, wanted=True)


@_step
def points_nowhere(world: World, where: str) -> None:
    world.outcome.points_to(where, wanted=False)


@_step
def says(world: World, text: str) -> None:
    world.outcome.says(text)


@_step
def lacks(world: World, name: str) -> None:
    world.outcome.lacks(name, wanted=True)


@_step
def lacks_not(world: World, name: str) -> None:
    world.outcome.lacks(name, wanted=False)


@_step
def computed(
    world: World, name: str, value: str, tolerance: str | None = None, row: str | None = None
) -> None:
    called = name if row is None else f"{name}[{row}]"
    world.outcome.values.compare(called, "is", value, tolerance)


@_step
def computed_not(world: World, name: str, value: str) -> None:
    world.outcome.values.compare(name, "is not", value)


@_step
def computed_text(world: World, name: str, text: str) -> None:
    world.outcome.values.compare_text(name, text)


@_step
def at_least(world: World, name: str, value: str) -> None:
    world.outcome.values.compare(name, "least", value)


@_step
def at_most(world: World, name: str, value: str) -> None:
    world.outcome.values.compare(name, "most", value)


# --- their binding to pytest-bdd -----------------------------------------------------------


class PhraseParser(StepParser):  # type: ignore[misc,unused-ignore]
    """Recognises all the phrases of a keyword, in both languages."""

    def __init__(self, keyword: Keyword) -> None:
        super().__init__("guiju")
        self.keyword = keyword

    def is_matching(self, name: str) -> bool:
        return phrases.find(name, self.keyword) is not None

    def parse_arguments(self, name: str) -> dict[str, Any] | None:
        found = phrases.find(name, self.keyword)
        return None if found is None else {"found": found}


@given(PhraseParser("given"))
@when(PhraseParser("when"))
@then(PhraseParser("then"))
def phrase(found: Found, guiju_world: World, datatable: Rows | None = None) -> None:
    """Does what a phrase stands for."""
    __tracebackhide__ = True
    texts: dict[str, Any] = dict(found.texts)
    if datatable is not None:
        if found.phrase.step not in WITH_TABLE:
            guiju_world.where.fail("no-table-here")
        texts["datatable"] = datatable
    STEPS[found.phrase.step](guiju_world, **texts)


@pytest.fixture(scope="session")
def guiju_methodologies() -> Loaded:
    """The methodologies of a test run, each loaded once."""
    return {}


@pytest.fixture
def guiju_world(request: pytest.FixtureRequest, guiju_methodologies: Loaded) -> World:
    """What the scenario has said so far: for steps of a project's own, too."""
    from guiju.testing.where import Where
    from guiju.testing.world import World

    where = Where(str(request.node.path), str(request.config.rootpath), "en")
    return World(where, guiju_methodologies)


def pytest_bdd_before_step(
    request: pytest.FixtureRequest,
    feature: Feature,
    scenario: Scenario,
    step: BddStep,
    step_func: Callable[..., object],
) -> None:
    """Tells the world which step is running, for what it says when that fails."""
    if step_func is phrase:
        _move_on(request.getfixturevalue("guiju_world"), feature, scenario, step)


def _move_on(world: World, feature: Feature, scenario: Scenario, step: BddStep) -> None:
    from guiju.testing.where import Where

    chinese = feature.language.startswith("zh") or phrases.is_chinese(step.name)
    root = world.where.places[-1]
    where = Where(feature.filename, root, "zh" if chinese else "en")
    where.feature, where.scenario = feature.name, scenario.name
    lines = [row.location.line for row in step.datatable.rows] if step.datatable else []
    where.at(f"{step.keyword.strip()} {step.name}", step.line_number, lines)
    world.where.__dict__.update(where.__dict__)


def pytest_bdd_step_func_lookup_error(
    request: pytest.FixtureRequest, feature: Feature, scenario: Scenario, step: BddStep
) -> None:
    """A step nobody knows fails with the phrases most like it; in features that are not
    collected by us, only where a phrase is near enough to have been meant."""
    from guiju.testing.collecting import FeatureFile

    if request.node.getparent(FeatureFile) is None:
        return
    __tracebackhide__ = True
    world = request.getfixturevalue("guiju_world")
    _move_on(world, feature, scenario, step)
    where = world.where
    other = phrases.find(step.name)
    if other is not None:
        right, wrong = (where.say(f"keyword.{k}") for k in (other.phrase.keyword, step.type))
        where.fail("other-keyword", right=right, wrong=wrong)
    near = phrases.nearest(step.name, step.type, where.lang)
    if not near:
        where.fail("unknown-step")
    where.fail("unknown-step.nearest", phrases="\n".join(f"    {one}" for one in near))
