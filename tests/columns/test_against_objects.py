"""Columns come to the outcomes that the same facts come to as objects, whatever the pack."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from types import NoneType
from typing import Any

import pyarrow as pa
import pytest

from guiju.columns import CODES, compile_columns
from guiju.compiled import BROKEN, compile_pack
from guiju.compiled.values import Aside, Refused, exact, held
from guiju.plan.nodes import FieldPlan
from guiju.plan.types import DateType, NumberType, YesNoType

from ..compiled.making import WORDS as STATE_WORDS
from ..roads.generating import Case, generated
from ..roads.values import AS_OF

WORDS = {**STATE_WORDS, BROKEN: "broken"}
TIMES = 12
"""How often the objects of a case stand in the columns, each time with other facts left out."""


def objects_of(case: Case, *, plain: bool) -> list[dict[str, Any]]:
    """The facts of a case by field, as columns of Arrow can hold them. `plain`: of the classes of
    their fields; otherwise as they are, where a column can have them all."""
    fields = case.plan.groups["project"].fields
    found: list[dict[str, Any]] = []
    for given in case.given:
        facts: dict[str, Any] = {}
        for key, value in given.facts.items():
            name = key.rpartition(".")[2]
            if isinstance(value, str):
                value = value.strip(" ")
            if plain:
                with suppress(Refused, Aside):
                    facts[name] = held(fields[name], exact(fields[name], value))
            else:
                facts[name] = value
        found.append(facts)
    every: list[dict[str, Any]] = []
    for time in range(TIMES):
        for at, facts in enumerate(found):
            kept = {
                name: value
                for number, (name, value) in enumerate(facts.items())
                if (number * 7 + at * 3 + time) % (3 + time) or not time
            }
            every.append(kept)
    return every


def type_of(field: FieldPlan) -> Any:
    match field.type:
        case NumberType(integer=True):
            return pa.int64()
        case NumberType():
            return pa.float64()
        case DateType():
            return pa.date32()
        case YesNoType():
            return pa.bool_()
    return pa.string()


def differences(
    case: Case, objects: list[dict[str, Any]], source: Any, *, typed: bool = False
) -> list[str]:
    pack = compile_pack(case.plan, as_of=AS_OF)
    wanted = pack.states(objects)
    columns = compile_columns(case.plan, as_of=AS_OF)
    got = columns.states(source, typed=typed)
    if source is objects:
        assert columns.pack.statistics.problems == pack.statistics.problems
    assert [rule.id for rule in got.rules] == [rule.id for rule in columns.rules]
    found = []
    for rule, codes, states in zip(got.rules, got.codes, zip(*wanted, strict=True), strict=True):
        for row, (code, state) in enumerate(zip(codes.tolist(), states, strict=True)):
            if CODES[code] != WORDS[state]:
                text = case.rule_text(rule.id)
                told = f"seed {case.seed}, {rule.id}, row {row}: {CODES[code]}, not {WORDS[state]}"
                found.append(f"{told}\n{text}{objects[row]}")
                break
    return found


BLOCKS = [0, 1, *(pytest.param(block, marks=pytest.mark.slow) for block in range(2, 6))]


@pytest.mark.parametrize("block", BLOCKS)
def test_generated_packs_come_to_the_same_in_columns(block: int) -> None:
    for seed in range(block * 10, (block + 1) * 10):
        case = generated(seed, table_rules=0)
        fields = case.plan.groups["project"].fields
        objects = objects_of(case, plain=True)
        arrays = {
            name: pa.array([one.get(name) for one in objects], type_of(field))
            for name, field in fields.items()
        }
        assert differences(case, objects, pa.table(arrays)) == []


@pytest.mark.parametrize("block", BLOCKS)
def test_columns_of_other_types_come_to_the_same(block: int) -> None:
    for seed in range(block * 10, (block + 1) * 10):
        case = generated(seed, table_rules=0)
        objects = objects_of(case, plain=False)
        arrays: dict[str, Any] = {}
        for name in case.plan.groups["project"].fields:
            values = [one.get(name) for one in objects]
            try:
                array = pa.array(values)
            except (pa.ArrowException, OverflowError):
                # No column has texts and numbers, or numbers of a thousand digits.
                several = [type(v) for v in values if not isinstance(v, (Decimal, NoneType))]
                kinds = [kind for kind in several if kind is not int][:1]
                array = pa.array([v if type(v) in kinds else None for v in values])
            # What Arrow makes of it, such as decimals of one scale, is what counts.
            for one, value in zip(objects, array.to_pylist(), strict=True):
                one[name] = value
            arrays[name] = array
        if seed % 2:
            arrays = {
                name: one.dictionary_encode() if pa.types.is_string(one.type) else one
                for name, one in arrays.items()
            }
        assert differences(case, objects, pa.table(arrays)) == []


@pytest.mark.parametrize("block", BLOCKS)
def test_objects_come_to_the_same_as_columns(block: int) -> None:
    for seed in range(block * 10, (block + 1) * 10):
        case = generated(seed, table_rules=0)
        fields = case.plan.groups["project"].fields
        objects = objects_of(case, plain=False)
        assert differences(case, objects, objects) == []
        laid = [{name: one.get(name) for name in fields} for one in objects]
        assert differences(case, laid, laid) == []
        plain = objects_of(case, plain=True)
        laid = [{name: one.get(name) for name in fields} for one in plain]
        assert differences(case, laid, laid, typed=True) == []


def test_the_generator_makes_every_verdict_and_type() -> None:
    codes: set[int] = set()
    types: set[str] = set()
    for seed in range(20):
        case = generated(seed, table_rules=0)
        objects = objects_of(case, plain=False)
        for one in objects:
            types |= {type(value).__name__ for value in one.values()}
        fields = case.plan.groups["project"].fields
        plain = objects_of(case, plain=True)
        arrays = {
            name: pa.array([one.get(name) for one in plain], type_of(field))
            for name, field in fields.items()
        }
        got = compile_columns(case.plan, as_of=AS_OF).states(pa.table(arrays))
        codes |= set(got.codes.flatten().tolist())
    assert codes >= {0, 1, 2, 3}
    assert types >= {"float", "int", "Decimal", "str", "bool", "date"}
