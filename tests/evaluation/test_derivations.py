"""Derivations: the same values the verdict used, down to their places, of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.verdicts import Assessment, Derivation, Requirement

from .making import D, check, only

TEXT = """
facts project "Project"
  claimed : tC
  start : date
table trees "Trees"
  key id
  id : text
  dbh : cm
  alive : yes/no
formula carbon for each tree in trees : tC
  = ((tree.dbh in cm) * 2) as tC
formula total : tC
  = sum of carbon for tree in trees where tree.alive
formula half : tC
  = total / 2
rule R "the claim"
  let least = half * 2
  must project.claimed <= least
  else CAR "no"
rule S "each tree"
  for each tree in trees
  must carbon <= 20 tC
  else CAR "no"
rule T "most trees"
  must at least 50% tree in trees where tree.alive satisfies tree.dbh > 3 cm
  else CAR "no"
"""


def trees(*rows):
    return [
        {"id": f"T{n}", "dbh": None if dbh is None else D(dbh), "alive": alive}
        for n, (dbh, alive) in enumerate(rows, 1)
    ]


def assessed(*rows, **facts):
    facts = {f"project.{n}": f for n, f in facts.items()}
    return check(TEXT, facts, tables={"trees": trees(*rows)})


def walk(derivation: Derivation) -> Iterator[Derivation]:
    yield derivation
    for part in derivation.parts:
        yield from walk(part)


def test_every_fact_has_its_place_and_every_part_its_value_and_words():
    claim = assessed((5, True), (2, True), claimed=D(14)).requirements[0]
    top = claim.derivation
    assert top is not None
    assert (top.kind, top.value) == ("Compare", "yes")
    fact, let = top.parts
    assert (fact.kind, fact.value, fact.unit) == ("FactRef", "14", "tC")
    assert fact.origin is not None
    assert fact.origin.at == "1:1"
    assert (let.kind, let.value) == ("LocalRef", "14")
    for part in walk(top):
        assert part.words["en"]
        assert part.words["zh"]
        assert part.value is not None


def test_a_formula_is_expanded_once_among_the_values_and_named_elsewhere():
    assessment = assessed((5, True), (2, True), claimed=D(14))
    top = assessment.requirements[0].derivation
    assert top is not None
    named = [part for part in walk(top) if part.kind == "FormulaRef"]
    assert [(part.value, part.parts) for part in named] == [("7", [])]
    values = {value.name: value for value in assessment.values}
    assert values.keys() == {"total", "half"}
    total = values["total"].derivation
    assert total is not None
    assert (total.kind, total.value, total.rows) == ("Aggregate", "14", 2)
    assert [(part.words["en"], part.value) for part in total.parts] == [("T1", "10"), ("T2", "4")]


def test_the_formula_of_a_row_is_expanded_for_that_row():
    assessment = assessed((5, True), (20, True), claimed=D(14))
    (finding,) = assessment.requirements[1].findings
    assert finding.subject == "T2"
    assert finding.derivation is not None
    cells = [part for part in walk(finding.derivation) if part.kind == "ColumnRef"]
    assert [(cell.value, cell.unit) for cell in cells] == [("20", "cm")]
    assert cells[0].origin is not None
    assert cells[0].origin.at == "B3"


def test_a_quantifier_lists_the_failing_and_unknown_members_first():
    rows = [(9, True)] * 60 + [(1, True)] * 2 + [(None, True)]
    top = assessed(*rows, claimed=D(1)).requirements[2].derivation
    assert top is not None
    assert top.rows == 63
    assert len(top.parts) == 50
    assert [part.value for part in top.parts[:4]] == ["no", "no", None, "yes"]
    assert top.parts[0].words["en"] == "T61"


def test_an_unknown_part_says_what_it_lacks_where_it_lacks_it():
    assessment = assessed((None, True), (2, True), claimed=D(1))
    total = next(value.derivation for value in assessment.values if value.name == "total")
    assert total is not None
    assert total.value is None
    assert total.missing == []
    lacking = [part for part in walk(total) if part.missing]
    assert [part.missing[0].name for part in lacking] == ["trees[T1].dbh"]
    assert total.parts[0].words["en"] == "T1"


def test_the_value_of_an_operation_without_a_result_says_why():
    text = """
facts project "Project"
  x : number
rule R "r"
  must 1 / project.x > 0
  else CAR "no"
"""
    requirement = only(check(text, {"project.x": D(0)}))
    assert requirement.derivation is not None
    (division,) = [part for part in requirement.derivation.parts if part.kind == "Arithmetic"]
    assert [missing.kind for missing in division.missing] == ["undefined"]
    assert "zero" in division.missing[0].label["en"]
    assert "零" in division.missing[0].label["zh"]


numbers = st.decimals(min_value=-50, max_value=50, places=2)


@settings(max_examples=40, deadline=None)
@given(numbers, st.lists(st.tuples(numbers, st.booleans()), max_size=5))
def test_a_derivation_adds_up(claimed: Decimal, rows):
    """The parts shown are the ones that give the whole."""
    assessment = assessed(*rows, claimed=claimed)
    total = next(value.derivation for value in assessment.values if value.name == "total")
    assert total is not None
    assert D(total.value or "") == sum((D(part.value or "") for part in total.parts), D(0))
    top = assessment.requirements[0].derivation
    assert top is not None
    left, right = (D(part.value or "") for part in top.parts)
    assert (top.value == "yes") is (left <= right)


NOTICES = """
facts notice "Notice"
  start : date
  end : date
rule N "shown long enough"
  let shown = working_days(notice.start, notice.end)
  must shown >= 20
  else CAR "no"
rule A "answered in time"
  must notice.end <= notice.start + 20 working days
  else CAR "no"
"""


def shown(start: date, end: date) -> Assessment:
    return check(NOTICES, {"notice.start": start, "notice.end": end})


def asked(assessment: Assessment, rule: str) -> Requirement:
    return next(r for r in assessment.requirements if r.id == rule)


def test_a_count_of_working_days_names_the_notice_of_each_year() -> None:
    assessment = shown(date(2025, 12, 22), date(2026, 1, 20))
    held = {
        value.name: value.value
        for value in asked(assessment, "N").values
        if value.name.startswith("calendar")
    }
    assert held == {
        "calendar[2025]": "国办发明电〔2024〕12号",
        "calendar[2026]": "国办发明电〔2025〕7号",
    }
    for rule in ("N", "A"):
        derivation = asked(assessment, rule).derivation
        assert derivation is not None
        assert [step.value for step in walk(derivation) if step.kind == "Calendar"] == [
            "国办发明电〔2024〕12号",
            "国办发明电〔2025〕7号",
        ]


def test_a_notice_nobody_read_is_unknown_and_a_year_without_calendar_names_none() -> None:
    assessment = shown(date(2010, 3, 1), date(2010, 3, 30))
    assert [v.value for v in asked(assessment, "N").values if v.name == "calendar[2010]"] == [None]
    assessment = shown(date(2031, 3, 3), date(2031, 3, 30))
    assert asked(assessment, "N").verdict == "undetermined"
    assert not [v for v in asked(assessment, "N").values if v.name.startswith("calendar")]
