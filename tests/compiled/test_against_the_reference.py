"""Objects come to the verdicts they would come to as dossiers, whatever the pack."""

from __future__ import annotations

import warnings
from contextlib import suppress

import pytest

from guiju.compiled import APART, compile_pack
from guiju.compiled.values import Aside, Refused, exact, held

from ..roads.generating import Case, generated, verdicts
from ..roads.values import AS_OF, dossier

WORDS = {
    "conforms": True,
    "nonconforming": False,
    "undetermined": None,
    "not applicable": APART,
}


def differences(case: Case) -> list[str]:
    """Where objects or dossiers come to another verdict than the reference evaluator's."""
    pack = compile_pack(case.plan, as_of=AS_OF)
    found = []
    for number, states in enumerate(pack.states(given.facts for given in case.given)):
        facts = case.given[number].facts
        wanted = dict(
            zip(
                [rule.id for rule in case.plan.rules],
                verdicts(case.plan, dossier(case.plan, facts)),
                strict=True,
            )
        )
        for rule, state in zip(pack.rules, states, strict=True):
            if state is not WORDS[wanted[rule.id]]:
                found.append(
                    f"seed {case.seed}, {rule.id}: {state}, not {wanted[rule.id]}\n"
                    f"{case.rule_text(rule.id)}{facts}"
                )
        whole = case.dossier(number)
        told, wanted_all = pack.assess(whole), verdicts(case.plan, whole)
        if told != wanted_all:
            found.append(f"seed {case.seed}, dossier {number}: {told}, not {wanted_all}")
    return found


BLOCKS = [0, 1, *(pytest.param(block, marks=pytest.mark.slow) for block in range(2, 10))]


@pytest.mark.parametrize("block", BLOCKS)
def test_generated_packs_give_the_verdicts_of_the_reference(block: int) -> None:
    for seed in range(block * 25, (block + 1) * 25):
        case = generated(seed, table_rules=seed % 3)
        assert differences(case) == []


@pytest.mark.parametrize("seed", range(0, 60, 2))
def test_many_objects_come_to_the_same_as_each_by_itself(seed: int) -> None:
    # From some hundreds on, code rests on how large numbers were so far.
    case = generated(seed, table_rules=0)
    objects = [given.facts for given in case.given]
    alone = [compile_pack(case.plan, as_of=AS_OF).states([facts])[0] for facts in objects]
    together = compile_pack(case.plan, as_of=AS_OF)
    assert together.states(objects * 60) == alone * 60
    assert together.states(iter(objects * 3)) == alone * 3
    columns = list(dict.fromkeys(key for facts in objects for key in facts))
    rows = [[facts.get(key) for key in columns] for facts in objects]
    assert together.states_of_rows(columns, rows * 60) == alone * 60


@pytest.mark.parametrize("seed", range(1, 60, 2))
def test_values_of_the_right_classes_need_not_be_looked_at(seed: int) -> None:
    case = generated(seed, table_rules=0)
    fields = case.plan.groups["project"].fields
    objects = []
    for given in case.given:
        facts = {}
        for key, value in given.facts.items():
            name = key.rpartition(".")[2]
            with suppress(Refused, Aside):
                facts[name] = held(fields[name], exact(fields[name], value))
        objects.append(facts)
    objects *= 60
    typed = compile_pack(case.plan, as_of=AS_OF, typed=True)
    assert typed.states(objects) == compile_pack(case.plan, as_of=AS_OF).states(objects)


def test_the_generator_makes_every_verdict_and_every_type_of_value() -> None:
    states: set[object] = set()
    classes: set[str] = set()
    rules = 0
    for seed in range(40):
        case = generated(seed, table_rules=0)
        pack = compile_pack(case.plan, as_of=AS_OF)
        rules += len(pack.rules)
        for given, row in zip(
            case.given, pack.states(given.facts for given in case.given), strict=True
        ):
            states |= set(row)
            classes |= {type(value).__name__ for value in given.facts.values()}
    assert states >= {True, False, None, APART}
    assert classes >= {"float", "int", "Decimal", "str", "bool", "date", "NoneType"}
    assert rules > 200


def test_a_literal_held_against_a_fraction_compiles_without_a_warning() -> None:
    case = generated(100_560, dossiers=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compile_pack(case.plan, as_of=AS_OF)


def test_the_same_seed_gives_the_same_case() -> None:
    one, other = generated(7), generated(7)
    assert one.texts == other.texts
    assert repr(one.given) == repr(other.given)
