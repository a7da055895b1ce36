"""Every rule of a shipped pack is shown conforming, nonconforming and unknown by a scenario;
every judgement answered yes, answered no and not answered.

What counts is what the scenarios come to when they are run, not what they are called.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from guiju.ledger import Ledger, make_ledger
from guiju.reporting.ledger import LedgerWords, shown_verdicts
from guiju.testing.scenarios import ScenarioRun, run_features, verdicts_by_rule

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules/guiju_rules"
PACKS = sorted(folder.parent.name for folder in RULES.glob("*/pack.toml"))


@cache
def runs(pack: str) -> list[ScenarioRun]:
    return run_features(str(ROOT / "features" / pack), str(ROOT))


def ledger(pack: str) -> Ledger:
    """The ledger of a pack with the scenarios of its features."""
    return make_ledger(str(RULES / pack), verdicts_by_rule(runs(pack)))


@pytest.mark.parametrize("pack", PACKS)
def test_every_scenario_of_a_pack_holds(pack: str) -> None:
    assert [run.failure for run in runs(pack) if run.failure is not None] == []
    assert runs(pack)


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_is_shown_conforming_nonconforming_and_unknown(pack: str) -> None:
    made = ledger(pack)
    words = LedgerWords(made, "en")
    assert words.with_scenarios
    assert [f"{i.id}: {lack}" for i in words.with_scenarios if (lack := words.lacks(i))] == []


def test_scenarios_are_found_by_running_them(tmp_path: Path) -> None:
    feature = tmp_path / "a.feature"
    feature.write_text(
        "Feature: area\n"
        "  Scenario Outline: areas\n"
        '    Given the methodology "arb-us-forest"\n'
        '    And the parameter "project.commencement" is "<day>"\n'
        '    And the parameter "first_period.start" is "2015-01-01"\n'
        '    When rule "ARB-COMMENCED" is evaluated\n'
        '    Then the verdict is "<verdict>"\n'
        "    Examples:\n"
        "      | day        | verdict       |\n"
        "      | 2014-01-01 | conforms      |\n"
        "      | 2016-01-01 | nonconforming |\n"
        "      | 2016-01-02 | conforms      |\n",
        encoding="utf-8",
    )
    first, second, third = run_features(str(tmp_path), str(ROOT))
    assert first.shows == (("ARB-COMMENCED", "conforms"),)
    assert second.shows == (("ARB-COMMENCED", "nonconforming"),)
    # One that does not hold shows nothing.
    assert third.shows == () and third.failure is not None and "a.feature:" in third.failure
    made = make_ledger("arb-us-forest", verdicts_by_rule([first, second]))
    item = next(item for item in made.items if item.id == "ARB-COMMENCED")
    assert shown_verdicts(item) == {"conforms": 1, "nonconforming": 1, "unknown": 0}
