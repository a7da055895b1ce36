"""The steps of features, in English and Chinese. Their wording is in `phrases.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from pytest_bdd import given, parsers, then, when

from guiju.testing import phrases
from guiju.testing.result import Result
from guiju.testing.world import Rows, Where, World

Step = TypeVar("Step", bound=Callable[..., None])
_BOOKS = ((given, phrases.GIVEN), (when, phrases.WHEN), (then, phrases.THEN))


def _worded(step: Step) -> Step:
    """Makes a function the step of all the phrases under its name."""
    for keyword, book in _BOOKS:
        for phrase in book.get(step.__name__, ()):
            keyword(parsers.re(phrases.pattern(phrase)), stacklevel=2)(step)
    return step


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """What the scenario has said so far."""
    where = getattr(request.node, "guiju_where", None)
    return World(where if isinstance(where, Where) else Where(str(request.node.path)))


@pytest.fixture
def results() -> list[Result]:
    """The result of the last run of the scenario, the only member once there is one."""
    return []


def _last(results: list[Result], world: World) -> Result:
    if not results:
        world.fail("not-run")
    return results[-1]


# --- what is given ---------------------------------------------------------------------


@_worded
def methodology(world: World, name: str) -> None:
    world.take_pack(name)


@_worded
def dossier(world: World, path: str) -> None:
    world.take_dossier(path)


@_worded
def parameter(world: World, name: str, value: str) -> None:
    world.set_fact(name, value)


@_worded
def parameter_missing(world: World, name: str) -> None:
    world.set_fact(name, None)


@_worded
def group_parameter(world: World, group: str, name: str, value: str) -> None:
    world.set_fact(name, value, group)


@_worded
def group_missing(world: World, group: str, name: str) -> None:
    world.set_fact(name, None, group)


@_worded
def rows(world: World, table: str, datatable: Rows) -> None:
    world.set_rows(table, datatable)


@_worded
def no_rows(world: World, table: str) -> None:
    world.set_rows(table, None)


@_worded
def evidence(world: World, kind: str) -> None:
    world.add_evidence(kind)


@_worded
def evidence_issued(world: World, kind: str, date: str) -> None:
    world.add_evidence(kind, date)


@_worded
def judgement(world: World, rule: str, answer: str) -> None:
    world.judge(rule, answer)


@_worded
def row_judgement(world: World, rule: str, key: str, answer: str) -> None:
    world.judge(rule, answer, key)


@_worded
def as_of(world: World, date: str) -> None:
    world.as_of = world.date(date)


@_worded
def submitted(world: World, date: str) -> None:
    world.set_submitted(date)


@_worded
def stage(world: World, stage: str) -> None:
    world.set_stage(stage)


# --- what is done ----------------------------------------------------------------------


@_worded
def one_rule(world: World, results: list[Result], rule: str) -> None:
    results[:] = [Result(world, world.rule(rule))]


@_worded
def all_rules(world: World, results: list[Result]) -> None:
    results[:] = [Result(world, None)]


# --- what comes of it ------------------------------------------------------------------


@_worded
def verdict(world: World, results: list[Result], verdict: str) -> None:
    _last(results, world).expect_verdict(verdict)


@_worded
def rule_verdict(world: World, results: list[Result], rule: str, verdict: str) -> None:
    _last(results, world).expect_verdict(verdict, rule)


@_worded
def row_verdict(world: World, results: list[Result], key: str, verdict: str) -> None:
    _last(results, world).expect_row(key, verdict)


@_worded
def table_row_verdict(
    world: World, results: list[Result], table: str, key: str, verdict: str
) -> None:
    _last(results, world).expect_row(key, verdict, table)


@_worded
def opinion(world: World, results: list[Result], opinion: str) -> None:
    _last(results, world).expect_opinion(opinion)


@_worded
def findings(world: World, results: list[Result], count: str) -> None:
    _last(results, world).expect_findings(int(count))


@_worded
def no_findings(world: World, results: list[Result]) -> None:
    _last(results, world).expect_findings(0)


@_worded
def points_to(world: World, results: list[Result], where: str) -> None:
    _last(results, world).expect_pointing(where)


@_worded
def points_to_row(world: World, results: list[Result], where: str) -> None:
    _last(results, world).expect_pointing(where)


@_worded
def says(world: World, results: list[Result], text: str) -> None:
    _last(results, world).expect_saying(text)


@_worded
def missing(world: World, results: list[Result], name: str) -> None:
    _last(results, world).expect_missing(name)


@_worded
def computed(world: World, results: list[Result], name: str, value: str, tolerance: str) -> None:
    _last(results, world).expect_value(name, value, tolerance)


@_worded
def computed_exactly(world: World, results: list[Result], name: str, value: str) -> None:
    _last(results, world).expect_value(name, value)


@_worded
def computed_row(
    world: World, results: list[Result], name: str, key: str, value: str, tolerance: str
) -> None:
    _last(results, world).expect_value(name, value, tolerance, key)


@_worded
def at_least(world: World, results: list[Result], name: str, value: str) -> None:
    _last(results, world).expect_bound(name, value, "least")


@_worded
def at_most(world: World, results: list[Result], name: str, value: str) -> None:
    _last(results, world).expect_bound(name, value, "most")
