"""What the reference evaluator says of the workloads: the answer everything else is held to.

A state is a number: 0 conforms, 1 nonconforming, 2 undetermined, 3 not applicable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, NamedTuple

from guiju.compiler import load_pack
from guiju.dossier.model import Dossier, Given, TableData
from guiju.evaluation import Evaluator, Run
from guiju.plan.nodes import PackPlan
from guiju.quantities import CONTEXT
from guiju.verdicts import Origin

HERE = Path(__file__).resolve().parent
STATES = {"conforms": 0, "nonconforming": 1, "undetermined": 2, "not applicable": 3}
CONFORMS, NONCONFORMING, UNDETERMINED, APART = STATES.values()
AS_OF = date(2026, 5, 12)


def pack(name: str) -> PackPlan:
    """The compiled pack `w1` or `w2`."""
    return load_pack(f"{HERE / name}/")


def states_of_dossiers(plan: PackPlan, dossiers: Iterable[Mapping[str, Any]]) -> list[bytes]:
    """For each dossier a byte per rule. Facts are named as fields, or `group.field`."""
    where = {
        name: (group.name, field)
        for group in plan.groups.values()
        for field in group.fields
        for name in (field, f"{group.name}.{field}")
    }
    return [_states(plan, _dossier(facts, where)) for facts in dossiers]


class RowStates(NamedTuple):
    """The rows of the table a rule goes over that do not conform, by number from 0."""

    nonconforming: list[int]
    undetermined: list[int]


def states_of_tables(
    plan: PackPlan, tables: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, RowStates]:
    """For each rule the rows it fails and those it cannot decide."""
    dossier = Dossier("T", "T", "t", "0" * 64, None, AS_OF, None, None)
    for name, rows in tables.items():
        columns = {
            field: [_exact(row.get(field)) for row in rows] for field in plan.tables[name].fields
        }
        # Rows go by their number: of two with the same key, findings must say which is meant.
        keys = [str(number) for number in range(len(rows))]
        dossier.tables[name] = TableData(name, columns, keys, lambda row, field: _ORIGIN)
    grades = {grade.name: grade.weight for grade in plan.grades}
    found = {}
    with localcontext(CONTEXT):
        evaluator = Evaluator(Run(plan, dossier, AS_OF), brief=True)
        for rule in plan.rules:
            requirement = evaluator.requirement(rule)
            assert requirement.verdict != "broken", requirement.reason
            by_weight: dict[int, list[int]] = {3: [], 2: []}
            for finding in requirement.findings:
                assert finding.subject is not None
                by_weight[grades[finding.grade]].append(int(finding.subject))
            found[rule.id] = RowStates(by_weight[3], by_weight[2])
    return found


def _states(plan: PackPlan, dossier: Dossier) -> bytes:
    with localcontext(CONTEXT):
        evaluator = Evaluator(Run(plan, dossier, AS_OF), brief=True)
        return bytes(STATES[evaluator.requirement(rule).verdict] for rule in plan.rules)


def _dossier(facts: Mapping[str, Any], where: Mapping[str, tuple[str, str]]) -> Dossier:
    dossier = Dossier("D", "D", "d", "0" * 64, None, AS_OF, None, None)
    for name, value in facts.items():
        if value is not None:
            dossier.facts[where[name]] = Given(_exact(value), _ORIGIN)
    return dossier


def _exact(value: Any) -> Any:
    """A number as the shortest decimal that means it: what stands in a file."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


_ORIGIN = Origin("benchmark", "1")
