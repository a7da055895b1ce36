"""Where SQL says otherwise than the language: each difference is compiled away.

SQL's NULL is nearly, not wholly, an unknown. Every test has one of the differences that were
measured between the query engine and the language, in a rule over rows, and both roads must
come to the verdicts written here.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.roads.generating import MANIFEST
from tests.roads.values import dossier

from guiju.assessment import assess
from guiju.compiler import compile_texts
from guiju.tables import tables_evaluator
from guiju.verdicts import Requirement

VOCABULARY = """\
table rows "Rows"
  key id
  id "Id" : text
  a "A" : number
  b "B" : number
  whole "Whole" : integer
  group "Group" : text
  day "Day" : date
  area "Area" : ha
table parts "Parts"
  key id
  id "Id" : text
  row "Row" : text
  mass "Mass" : t
"""

TRUE, FALSE, OPEN = "conforms", "nonconforming", "undetermined"


def verdicts(must: str, rows: list[dict[str, Any]], parts: list[dict[str, Any]] = []) -> list[str]:  # noqa: B006
    """The verdict on each row; both roads have to agree on all that is said of it."""
    texts = {
        "1.gj": VOCABULARY,
        "2.gj": f'rule R "R"\n  cite "1"\n  basis verified\n  for each r in rows\n'
        f'  must {must}\n  else CAR "No: {{r.id}}."\n',
    }
    plan = compile_texts(texts, MANIFEST)
    given = [{"id": f"r{number}", **row} for number, row in enumerate(rows)]
    tables = {"rows": given, "parts": [{"id": f"p{n}", **part} for n, part in enumerate(parts)]}
    one = dossier(plan, {}, tables)
    right = assess(one, plan, as_of=date(2026, 1, 1))
    found = assess(one, plan, as_of=date(2026, 1, 1), evaluator=tables_evaluator)
    assert found == right
    return _by_row(found.requirements[0], len(rows))


def _by_row(requirement: Requirement, rows: int) -> list[str]:
    said = {finding.subject: finding.verdict for finding in requirement.findings}
    subjects = list(said)
    assert len(subjects) == len(set(subjects))
    return [said.get(str(row), TRUE) for row in range(rows)]


@pytest.mark.parametrize(
    ("must", "row", "verdict"),
    [
        # A division by nought is infinite, or NaN, to SQL; it has no result here.
        ("r.a / r.b > 1", {"a": 1.0, "b": 0.0}, OPEN),
        ("r.a / r.b > 1", {"a": 0.0, "b": 0.0}, OPEN),
        ("not (r.a / r.b > 1)", {"a": 1.0, "b": 0.0}, OPEN),
        # An integer divided by nought raises; one whole number by another is no whole number.
        ("r.whole / r.b = 0", {"whole": 1, "b": 0.0}, OPEN),
        ("r.whole / 2 = 3.5", {"whole": 7}, TRUE),
        # Decimals are exact, and binary64 is not.
        ("r.a + r.b = 0.3", {"a": 0.1, "b": 0.2}, TRUE),
        ("r.a * 3 = 0.3", {"a": 0.1}, TRUE),
        ("r.a - r.b >= 0.1", {"a": 0.3, "b": 0.2}, TRUE),
        ("r.a / 3 * 3 = r.a", {"a": 1.0}, FALSE),
        # A member that is missing leaves the search open, unless the value is found.
        ("r.a is in {1, r.b}", {"a": 2.0, "b": None}, OPEN),
        ("r.a is in {2, r.b}", {"a": 2.0, "b": None}, TRUE),
        ("r.a is not in {1, r.b}", {"a": 2.0, "b": None}, OPEN),
        # Half goes to even.
        ("round(r.a) = 2", {"a": 2.5}, TRUE),
        ("(r.a rounded to 1) = 4", {"a": 3.5}, TRUE),
        ("(r.a rounded to 1) = -2", {"a": -2.5}, TRUE),
        # Whole numbers do not run over.
        ("r.whole * r.whole > 9000000000000000000", {"whole": 9_000_000_000}, TRUE),
        ("r.whole + 1 > r.whole", {"whole": 9_007_199_254_740_992}, TRUE),
        # The least of a missing value and another is missing.
        ("min(r.a, r.b) > 0", {"a": 1.0, "b": None}, OPEN),
        ("max(r.a, r.b) > 0", {"a": 1.0, "b": None}, OPEN),
        # A false part settles an `and`, a true one an `or`, whatever is missing.
        ("r.a > 1 and r.b > 1", {"a": 0.0, "b": None}, FALSE),
        ("r.a > 1 or r.b > 1", {"a": 2.0, "b": None}, TRUE),
        ("not (r.a > 1)", {"a": None}, OPEN),
        # A root and a logarithm of what has none.
        ("sqrt(r.a) >= 0", {"a": -1.0}, OPEN),
        ("ln(r.a) < 1", {"a": 0.0}, OPEN),
        ("r.a ^ r.b > 0", {"a": -8.0, "b": 0.5}, OPEN),
        # A day that does not exist, and one after the last there is.
        ("r.day + 1 months month end down >= 2024-02-29", {"day": date(2024, 1, 31)}, TRUE),
        ("r.day + 1 months month end up = 2024-03-01", {"day": date(2024, 1, 31)}, TRUE),
        ("r.day + 1 months > r.day", {"day": date(2024, 1, 31)}, OPEN),
        ("r.day + 1 days > r.day", {"day": date(9999, 12, 31)}, OPEN),
        # Texts are compared letter by letter, with all their spaces and capitals.
        ('r.group = "A"', {"group": "a"}, FALSE),
        ('r.group != "a\'b"', {"group": "a'b"}, FALSE),
        # A threshold in another unit, to the last digit: 400 m2 are 0.04 ha.
        ("r.area >= 400 m2", {"area": 0.04}, TRUE),
        ("r.area > 400 m2", {"area": 0.04}, FALSE),
        ("r.area >= 1 亩", {"area": 0.06666666666666667}, TRUE),
        ("r.area >= 1 亩", {"area": 0.06666666666666665}, FALSE),
    ],
)
def test_a_condition_comes_out_as_the_language_has_it(
    must: str, row: dict[str, Any], verdict: str
) -> None:
    assert verdicts(must, [row]) == [verdict]


def test_the_sum_of_nothing_is_nought() -> None:
    must = "(sum of p.mass for p in parts where p.row = r.id) = 0 t"
    assert verdicts(must, [{}, {}], [{"row": "r1", "mass": 1.0}]) == [TRUE, FALSE]


def test_a_sum_with_a_missing_member_is_missing() -> None:
    must = "(sum of p.mass for p in parts where p.row = r.id) <= 10 t"
    parts = [{"row": "r0", "mass": 1.0}, {"row": "r0", "mass": None}, {"row": "r1", "mass": 2.0}]
    assert verdicts(must, [{}, {}], parts) == [OPEN, TRUE]


def test_a_row_without_its_key_may_belong_to_any_group() -> None:
    must = "(count for p in parts where p.row = r.id) <= 1"
    parts = [{"row": "r0", "mass": 1.0}, {"row": None, "mass": 2.0}]
    assert verdicts(must, [{}, {}], parts) == [OPEN, TRUE]


def test_the_least_of_no_rows_is_missing() -> None:
    must = "(min of p.mass for p in parts where p.row = r.id) > 0 t"
    assert verdicts(must, [{}, {}], [{"row": "r1", "mass": 1.0}]) == [OPEN, TRUE]


def test_every_of_no_rows_holds() -> None:
    must = "every p in parts where p.row = r.id satisfies p.mass > 5 t"
    parts = [{"row": "r1", "mass": 1.0}, {"row": "r2", "mass": None}]
    assert verdicts(must, [{}, {}, {}], parts) == [TRUE, FALSE, OPEN]


def test_rows_with_a_missing_key_are_no_pair() -> None:
    must = "no other in rows satisfies other.group = r.group and other.id != r.id"
    rows = [{"group": "a"}, {"group": "b"}, {"group": "b"}]
    assert verdicts(must, rows) == [TRUE, FALSE, FALSE]
    assert verdicts(must, [*rows, {"group": None}]) == [OPEN, FALSE, FALSE, OPEN]


def test_a_number_that_is_none_is_missing_and_not_the_largest() -> None:
    assert verdicts("r.a > 1", [{"a": float("nan")}, {"a": float("inf")}]) == [OPEN, OPEN]


def test_values_as_close_as_binary64_can_hold_are_told_apart() -> None:
    rows = [{"a": 0.1, "b": 0.1}, {"a": 0.30000000000000004, "b": 0.3}, {"a": 0.3, "b": 0.3}]
    assert verdicts("r.a <= r.b", rows) == [TRUE, FALSE, TRUE]
    assert verdicts("r.a - r.b = 0", rows) == [TRUE, FALSE, TRUE]


def test_an_empty_table_has_no_rows_to_ask() -> None:
    assert verdicts("r.a > 1", []) == []
