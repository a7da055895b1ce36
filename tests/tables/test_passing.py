"""What is enough for a row to pass is true only of rows that pass, whatever ends its cells have."""

from __future__ import annotations

import duckdb
import pytest
from tests.roads.generating import AS_OF, generated

from guiju.evaluation.run import Run
from guiju.evaluation.texts import Wording
from guiju.sieve import sieve_of
from guiju.sieve.nodes import Cell, Row
from guiju.sieve.passing import Range, passing
from guiju.tables import tables_evaluator
from guiju.tables.query import Query, Relation


@pytest.mark.parametrize("known", [True, False], ids=["ends known", "ends unknown"])
@pytest.mark.parametrize("seed", range(12))
def test_what_is_enough_is_true_only_of_rows_that_pass(seed: int, known: bool) -> None:
    case = generated(3_000 + seed)
    asked = passed = 0
    for number in range(len(case.given)):
        run = Run(case.plan, case.dossier(number), AS_OF)
        evaluator = tables_evaluator(run, Wording(run))
        connection, relations = evaluator.connection, evaluator.relations

        def ends(cell: Cell) -> Range | None:
            if not known or not isinstance(cell.place, Row):
                return None
            return ends_in(connection, relations[cell.place.table], cell.name)  # noqa: B023

        for rule in case.plan.rules:
            sieve = sieve_of(evaluator.lowering, rule) if rule.table in relations else None
            if sieve is None:
                continue
            query = Query(relations, rule.table or "", odd=lambda total: [()])
            enough = query.sql(passing(sieve, ends))
            selects, applies, met = map(query.sql, (sieve.selects, sieve.applies, sieve.met))
            passes = (
                f"(({applies}) AND ({met})) OR NOT ({selects}) OR (({selects}) AND NOT ({applies}))"
            )
            found = connection.execute(
                f"SELECT count(*) FILTER (WHERE ({enough}) AND ({passes}) IS NOT TRUE),"
                f" count(*) FILTER (WHERE ({enough})), count(*) FILTER (WHERE ({passes}))"
                f" FROM {query.source()}"
            ).fetchone()
            assert found is not None
            assert found[0] == 0, case.rule_text(rule.id)
            passed, asked = passed + found[1], asked + found[2]
    assert passed > asked * 0.9


def ends_in(connection: duckdb.DuckDBPyConnection, table: Relation, field: str) -> Range | None:
    """The least and the greatest of a column of numbers."""
    name = table.columns[field]
    found = connection.execute(f"SELECT min({name}), max({name}) FROM {table.source}").fetchone()
    if found is None or not isinstance(found[0], float):
        return None
    return found[0], found[1]
