"""Lookups: rows by key, bands, dated values, and what has no row or is not acceptable."""

from __future__ import annotations

from datetime import date

import pytest

from guiju.assessment import assess

from .making import D, check, dossier, only, pack

TEXT = """
facts project "Project"
  species : text
  half_width : %
  start : date
  limit : number
lookup density "Density" by species : text
  gives wood : number
  | "pine" | 0.4 |
  | "oak"  | 0.6 |
lookup discount "Discount" by half_width : %
  gives value : %
  | <= 10% | 0% |
  | <= 20% | 6% |
  | > 20% | not acceptable |
"""


def requirement(must: str, **facts):
    text = f'{TEXT}rule R "r"\n  must {must}\n  else CAR "no"\n  unknown CL "give it"\n'
    return only(check(text, {f"project.{name}": fact for name, fact in facts.items()}))


def test_rows_are_found_by_key():
    assert requirement("density[project.species].wood >= 0.5", species="oak").verdict == "conforms"
    assert requirement("density[project.species].wood >= 0.5", species="pine").verdict == (
        "nonconforming"
    )


def test_no_row_is_unknown_and_names_lookup_and_key():
    found = requirement("density[project.species].wood >= 0.5", species="fir")
    assert found.verdict == "undetermined"
    (missing,) = found.missing
    assert (missing.kind, missing.name) == ("lookup", "density[fir]")
    assert "fir" in missing.label["en"]
    assert "fir" in missing.label["zh"]


@pytest.mark.parametrize(
    ("width", "least", "verdict"),
    [("10", "0", "conforms"), ("10.01", "6", "conforms"), ("20", "7", "nonconforming")],
)
def test_bands_are_scanned(width, least, verdict):
    must = f"discount[project.half_width].value >= {least}%"
    assert requirement(must, half_width=D(width)).verdict == verdict


def test_what_is_not_acceptable_is_not_met():
    found = requirement("discount[project.half_width].value >= 0%", half_width=D(25))
    assert found.verdict == "nonconforming"
    (finding,) = found.findings
    assert [m.kind for m in finding.missing] == ["not acceptable"]
    # Not even a negated comparison is met by a value that does not exist.
    assert (
        requirement("not discount[project.half_width].value >= 0%", half_width=D(25)).verdict
        == "nonconforming"
    )
    # Another way to meet the requirement stays open.
    assert (
        requirement(
            "discount[project.half_width].value >= 0% or project.limit > 1",
            half_width=D(25),
            limit=D(2),
        ).verdict
        == "conforms"
    )
    # Together with something missing it is not decided.
    assert (
        requirement(
            "discount[project.half_width].value >= 0% or project.limit > 1", half_width=D(25)
        ).verdict
        == "undetermined"
    )


def test_a_missing_key_matters_only_where_rows_differ():
    assert requirement("density[project.species].wood > 0.1").verdict == "undetermined"
    found = requirement("discount[project.half_width].value <= 6%")
    assert found.verdict == "undetermined"
    assert [m.name for m in found.missing] == ["project.half_width"]


DATED = """
facts project "Project"
  start : date
lookup factor "Grid factor" by grid : text
  gives value : number
  | "north" | 0.6 | effective 2023-01-01 until 2023-12-31
  | "north" | 0.5 | effective 2024-01-01
rule R "r"
  must factor["north"{on}].value <= 0.5
  else CAR "no"
"""


def dated(on: str, as_of: date | None, **facts):
    made = dossier({f"project.{n}": f for n, f in facts.items()}, submitted=None)
    return only(assess(made, pack(DATED.replace("{on}", on)), as_of=as_of))


def test_dated_values_are_picked_by_the_day_of_the_assessment_or_by_the_day_named():
    assert dated("", date(2024, 6, 1)).verdict == "conforms"
    assert dated("", date(2023, 12, 31)).verdict == "nonconforming"
    assert dated(" on project.start", date(2024, 6, 1), start=date(2023, 6, 1)).verdict == (
        "nonconforming"
    )
    early = dated("", date(2022, 6, 1))
    assert early.verdict == "undetermined"
    assert early.missing[0].kind == "lookup"
    assert "2022-06-01" in early.missing[0].label["en"]


def test_without_a_date_a_dated_value_is_unknown():
    found = dated("", None)
    assert found.verdict == "undetermined"
    assert found.missing[0].name == "as_of"


TERMS = """
facts project "Project"
  kind : text
  term : duration
  start : date
lookup least (最短) "Least term" zh "最短期限" by kind : text
  gives term : duration
  | "short" | 18 months |
  | "long"  | 20 years |
"""


@pytest.mark.parametrize(
    ("kind", "term", "verdict"),
    [
        ("short", (18, "months"), "conforms"),
        ("short", (17, "months"), "nonconforming"),
        ("short", (2, "years"), "conforms"),
        ("long", (240, "months"), "conforms"),
        ("long", (19, "years"), "nonconforming"),
        ("other", (19, "years"), "undetermined"),
    ],
)
def test_a_length_of_time_of_a_lookup_is_compared(kind, term, verdict):
    text = f'{TERMS}rule R "r"\n  must project.term >= 最短[project.kind].term\n  else CAR "no"\n'
    found = only(check(text, {"project.kind": kind, "project.term": term}))
    assert found.verdict == verdict


def test_a_length_of_time_of_a_lookup_is_added_to_a_date_and_shown():
    rule = 'rule R "r"\n  let due = project.start + least[project.kind].term month end down\n'
    rule += '  must due > as_of\n  else CAR "{least[project.kind].term}, {due}"\n'
    facts = {"project.kind": "short", "project.start": date(2024, 8, 31)}
    found = only(check(TERMS + rule, facts))
    assert found.verdict == "nonconforming"
    assert found.findings[0].message["en"] == "18 months, 2026-02-28"
