"""Which verdicts the scenarios of features show, found by running them without pytest.

A scenario shows a verdict of a rule when it runs that rule alone, or expects that verdict of
the rule or of one of its rows, and holds. Examples of an outline are scenarios of their own.
Steps that a project defines in Python of its own are not known here.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guiju.messages import Lang, message
from guiju.record import Record
from guiju.testing import phrases
from guiju.testing.collecting import read_feature
from guiju.testing.methodology import Loaded
from guiju.testing.steps import STEPS, WITH_TABLE
from guiju.testing.where import Where
from guiju.testing.world import World

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, Scenario, ScenarioTemplate, Step


class ScenarioRun(Record):
    """A scenario that was run: the (rule, verdict) pairs it shows, and why it does not hold.
    `place` is `file:line`."""

    place: str
    name: str
    shows: tuple[tuple[str, str], ...]
    failure: str | None


def run_features(folder: str, root: str | None = None) -> list[ScenarioRun]:
    """Runs every scenario under a folder. `root` is the project's folder, from which steps
    name dossiers and packs; the current one unless it is given."""
    loaded: Loaded = {}
    files = sorted(Path(folder).resolve().rglob("*.feature"))
    top = os.path.abspath(root or os.getcwd())
    return [run for file in files for run in _feature(file, top, loaded)]


def verdicts_by_rule(runs: Iterable[ScenarioRun]) -> dict[str, dict[str, int]]:
    """How many scenarios show each verdict of each rule."""
    found: dict[str, Counter[str]] = {}
    for run in runs:
        for rule, verdict in run.shows:
            found.setdefault(rule, Counter())[verdict] += 1
    return {rule: dict(counts) for rule, counts in found.items()}


def _feature(file: Path, root: str, loaded: Loaded) -> Iterator[ScenarioRun]:
    from pytest_bdd.exceptions import GherkinParseError

    name = os.path.relpath(file, root)
    try:
        feature = read_feature(file)
    except UnicodeDecodeError:
        yield ScenarioRun(name, "", (), message("steps.not-utf8", "en", file=name))
        return
    except GherkinParseError as wrong:
        yield ScenarioRun(f"{name}:{wrong.line}", "", (), wrong.message)
        return
    if feature is None:
        return
    for template in feature.scenarios.values():
        for context in _contexts(template):
            yield _run(feature, template.render(context), file, root, loaded)


def _contexts(template: ScenarioTemplate) -> list[Mapping[str, object]]:
    if not template.examples:
        return [{}]
    return [context for examples in template.examples for context in examples.as_contexts()]


def _run(
    feature: Feature, scenario: Scenario, file: Path, root: str, loaded: Loaded
) -> ScenarioRun:
    chinese = feature.language.startswith("zh") or phrases.is_chinese(feature.name)
    where = Where(str(file), root, "zh" if chinese else "en")
    where.feature, where.scenario = feature.name, scenario.name
    world = World(where, loaded)
    place = f"{where.file}:{scenario.line_number}"
    try:
        for step in scenario.steps:
            _step(step, world)
    except pytest.fail.Exception as failed:
        return ScenarioRun(place, scenario.name, (), str(failed))
    return ScenarioRun(place, scenario.name, tuple(sorted(world.shown)), None)


def _step(step: Step, world: World) -> None:
    where = world.where
    table = step.datatable
    lines = [row.location.line for row in table.rows] if table else []
    where.lang = _lang(step, where.lang)
    where.at(f"{step.keyword.strip()} {step.name}", step.line_number, lines)
    found = phrases.find(step.name, step.type)
    if found is None:
        where.fail("unknown-step")
    texts = dict(found.texts)
    if table is not None:
        if found.phrase.step not in WITH_TABLE:
            where.fail("no-table-here")
        rows = [[cell.value for cell in row.cells] for row in table.rows]
        STEPS[found.phrase.step](world, **texts, datatable=rows)
        return
    STEPS[found.phrase.step](world, **texts)


def _lang(step: Step, before: Lang) -> Lang:
    return "zh" if phrases.is_chinese(step.name) else before
