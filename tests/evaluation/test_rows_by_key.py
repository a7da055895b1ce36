"""The row of a table by its key gives what going over all rows for that key gives."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.assessment import assess
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment, Derivation, Origin

from .making import D, calls_counted, check, dossier, only, pack

VOCABULARY = """
facts project "Project"
  main : text
  best : yes/no
table strata (碳层) "Strata" zh "碳层"
  key id
  id : text
  route (途径) "Route" zh "核算途径" : text
  share "Share" zh "比例" : number between 0 and 10
  native "Native" zh "乡土" : yes/no
table plots (样地) "Plots" zh "样地"
  key id
  id : text
  stratum (所在碳层) "Stratum" zh "碳层" : text
table trees "Trees" zh "样木"
  key plot, number
  plot : text
  number : integer
  dbh "Diameter" zh "胸径" : number
formula twice "Twice the share" for each stratum in strata : number
  = stratum.share * 2
"""


def assessment(must: str, tables: dict[str, Any], **facts: Any) -> Assessment:
    text = f'{VOCABULARY}rule R "r"\n  {must}\n  else CAR "no"\n  unknown CL "give it"\n'
    given_facts = {f"project.{name}": fact for name, fact in facts.items()}
    everything = {"strata": [], "plots": [], "trees": []} | tables
    return check(text, given_facts, tables=everything)


def stratum(id: str, share: Any = 1, route: Any = "x", native: Any = True) -> dict[str, Any]:
    return {"id": id, "share": D(share) if share else share, "route": route, "native": native}


STRATA = [stratum("T-1", D(3)), stratum("T-2", None), stratum("T-3", D(4), None)]


def plot_rule(must: str, key: Any, strata: Any = STRATA) -> Assessment:
    tables = {"strata": strata, "plots": [{"id": "P", "stratum": key}]}
    return assessment(f"for each plot in plots\n  must {must}", tables)


def told(found: Assessment) -> tuple[str, list[tuple[str, str]]]:
    """The verdict of the only rule, and what it lacks."""
    requirement = only(found)
    lacks = [(m.kind, m.name) for row in requirement.findings for m in row.missing]
    return requirement.verdict, lacks


def test_a_column_and_a_formula_of_the_row_are_its_own() -> None:
    assert told(plot_rule("strata[plot.stratum].share = 3", "T-1")) == ("conforms", [])
    assert told(plot_rule("碳层[plot.所在碳层].途径 = 「x」", "T-1")) == ("conforms", [])
    assert told(plot_rule("strata[plot.stratum].twice = 6", "T-1")) == ("conforms", [])
    assert told(plot_rule('strata["T-3"].twice = 8', None)) == ("conforms", [])
    assert told(plot_rule("strata[plot.stratum].twice = 5", "T-1")) == ("nonconforming", [])


def test_a_row_that_is_not_there_is_named() -> None:
    found = plot_rule("strata[plot.stratum].share = 3", "T-9")
    assert told(found) == ("undetermined", [("row", "strata[T-9]")])
    (missing,) = only(found).findings[0].missing
    assert missing.label == {"en": "the row T-9 of “Strata”", "zh": "“碳层”中T-9一行"}
    found = plot_rule("strata[plot.stratum].twice = 6", "T-9")
    assert told(found) == ("undetermined", [("row", "strata[T-9]")])


def test_a_missing_cell_of_the_row_is_named_and_so_is_a_missing_key() -> None:
    share = "strata[plot.stratum].share > 3"
    assert told(plot_rule(share, "T-2")) == ("undetermined", [("cell", "strata[T-2].share")])
    whole = [STRATA[0], STRATA[2]]
    assert told(plot_rule(share, None, whole)) == (
        "undetermined",
        [("cell", "plots[P].stratum")],
    )
    # Of which stratum the plot is matters, and if it is T-2, the share of that.
    assert told(plot_rule(share, None)) == (
        "undetermined",
        [("cell", "plots[P].stratum"), ("cell", "strata[T-2].share")],
    )


def test_whether_there_is_a_row_and_whether_it_has_a_value_can_be_asked() -> None:
    for key, row, cell in (("T-1", True, True), ("T-2", True, False), ("T-9", False, False)):
        for asked, there in (("strata[plot.stratum]", row), ("strata[plot.stratum].share", cell)):
            verdict = "conforms" if there else "nonconforming"
            assert told(plot_rule(f"{asked} is known", key))[0] == verdict
            verdict = "nonconforming" if there else "conforms"
            assert told(plot_rule(f"{asked} is not known", key))[0] == verdict


def test_a_key_of_several_parts_stands_in_the_order_of_the_table() -> None:
    tables = {
        "trees": [{"plot": "P", "number": D(n), "dbh": D(n * 10)} for n in (1, 2)],
        "plots": [{"id": "P", "stratum": "T-1"}],
    }
    must = "for each plot in plots\n  must trees[plot.id, {}].dbh = 20"
    assert told(assessment(must.format("2"), tables))[0] == "conforms"
    assert told(assessment(must.format("1"), tables))[0] == "nonconforming"
    found = assessment(must.format("3"), tables)
    assert told(found) == ("undetermined", [("row", "trees[P/3]")])


def test_a_let_may_stand_for_the_row() -> None:
    lines = "for each plot in plots\n  let its = strata[plot.stratum]\n  must its.share >= 3"
    for key, verdict, lacks in (
        ("T-1", "conforms", []),
        ("T-2", "undetermined", [("cell", "strata[T-2].share")]),
        ("T-9", "undetermined", [("row", "strata[T-9]")]),
    ):
        tables = {"strata": STRATA, "plots": [{"id": "P", "stratum": key}]}
        assert told(assessment(lines, tables)) == (verdict, lacks)


def test_a_table_that_is_missing_is_asked_for() -> None:
    text = f'{VOCABULARY}rule R "r"\n  must strata[project.main].share > 1\n  else CAR "no"\n'
    found = assess(dossier({"project.main": "T-1"}, {}), pack(text))
    assert told(found) == ("undetermined", [("table", "strata")])


def test_of_rows_with_one_key_the_first_counts() -> None:
    strata = [stratum("T-1", D(1)), stratum("T-1", D(2))]
    assert told(plot_rule("strata[plot.stratum].share = 1", "T-1", strata)) == ("conforms", [])


def test_a_missing_key_is_asked_for_only_where_the_rows_differ() -> None:
    must = "for each plot in plots\n  must project.best or not strata[project.main].native"
    plots = [{"id": "P", "stratum": "T-1"}]
    differing = {"plots": plots, "strata": [stratum("a"), stratum("b", native=False)]}
    verdict, lacks = told(assessment(must, differing, main=None, best=False))
    assert (verdict, lacks) == ("undetermined", [("fact", "project.main")])
    # Whatever the key is, there is no row that could make it fail with the other part met.
    assert told(assessment(must, differing, main=None, best=True)) == ("conforms", [])


def test_the_row_of_a_constant_key_is_seen_by_what_is_assumed_of_missing_cells() -> None:
    must = 'must strata["T-2"].share <= 10'
    assert told(assessment(must, {"strata": STRATA})) == ("conforms", [])
    verdict, lacks = told(assessment('must strata["T-2"].share <= 9', {"strata": STRATA}))
    assert (verdict, lacks) == ("undetermined", [("cell", "strata[T-2].share")])


def parts(derivation: Derivation) -> list[Derivation]:
    return [derivation, *(inner for part in derivation.parts for inner in parts(part))]


@pytest.mark.parametrize("value", ["share", "twice"])
def test_a_derivation_shows_the_row_its_key_and_the_place_of_the_cell(value: str) -> None:
    requirement = only(plot_rule(f"strata[plot.stratum].{value} > 99", "T-1"))
    finding = requirement.findings[0]
    assert finding.derivation is not None
    steps = parts(finding.derivation)
    row = next(step for step in steps if step.kind == "RowByKey")
    assert row.value == "T-1"
    assert row.words == {
        "en": "the row of the strata for the stratum of the plot",
        "zh": "样地的碳层对应的碳层",
    }
    assert [step.value for step in parts(row)[1:]] == ["T-1"]
    cell = next(step for step in steps if step.origin and step.origin.file == "strata.csv")
    assert cell.value == "3"
    assert cell.origin is not None
    assert cell.origin.at == "B2"


@pytest.mark.parametrize("value", ["share", "twice"])
def test_a_let_that_stands_for_a_row_is_derived_once_and_its_key_is_a_value(value: str) -> None:
    lines = "for each plot in plots\n  let its = strata[plot.stratum]\n  must its.{0} > 99 or its.{0} < 1"
    tables = {"strata": STRATA, "plots": [{"id": "P", "stratum": "T-1"}]}
    finding = only(assessment(lines.format(value), tables)).findings[0]
    assert finding.derivation is not None
    steps = parts(finding.derivation)
    assert [step.value for step in steps if step.kind == "RowByKey"] == ["T-1"]
    assert "plots[P].stratum" in {each.name for each in finding.values}


def test_a_derivation_shows_the_row_that_is_missing() -> None:
    for value in ("share", "twice"):
        requirement = only(plot_rule(f"strata[plot.stratum].{value} > 99", "T-9"))
        derivation = requirement.findings[0].derivation
        assert derivation is not None
        named = [m.name for step in parts(derivation) for m in step.missing]
        assert named == ["strata[T-9]"]


def test_the_values_of_a_verdict_name_the_cell() -> None:
    requirement = only(plot_rule("strata[plot.stratum].share > 99", "T-1"))
    values = {value.name: value.value for value in requirement.findings[0].values}
    assert values["strata[T-1].share"] == "3"
    assert values["plots[P].stratum"] == "T-1"


def test_columns_of_rows_that_are_picked_otherwise_are_cells_too() -> None:
    must = "must (first of s for s in strata by s.share).route = 「x」"
    assert told(assessment(must, {"strata": STRATA[:1]})) == ("conforms", [])


def test_a_finding_that_rests_on_another_row_points_at_its_own() -> None:
    rule = 'rule R "r"\n  for each plot in plots\n  let its = strata[plot.stratum]\n'
    rule += '  must its.share >= 4 and its.share <= 5\n  else CAR "no"\n'
    plots = [{"id": f"P{number}", "stratum": "T-1"} for number in range(3)]
    given = dossier({}, {"strata": STRATA[:1], "plots": plots, "trees": []})
    for name, data in given.tables.items():
        keys = data.keys
        data.place = lambda row, field, name=name, keys=keys: Origin(f"{name}.csv", keys[row])
    requirement = only(assess(given, pack(VOCABULARY + rule)))
    assert requirement.verdict == "nonconforming"
    origins = [finding.origin for finding in requirement.findings]
    assert origins == [Origin("plots.csv", f"P{number}") for number in range(3)]


def test_the_boundary_of_a_row_is_measured() -> None:
    pytest.importorskip("shapely")
    from ..geometry.shapes import box, polygon, shape

    text = """
table parcels "Parcels" zh "地块"
  key id
  boundary polygon
  id : text
table plots "Plots" zh "样地"
  key id
  id : text
  parcel : text
  place "Place" zh "位置" : polygon
rule R "r"
  for each plot in plots
  must within(plot.place, parcels[plot.parcel].boundary)
  else CAR "no"
"""
    bow = polygon((0, 0), (100, 100), (100, 0), (0, 100))
    shapes = {"A": shape(box(0, 0, 100, 100)), "B": shape(bow), "C": None}
    place = shape(box(10, 10, 20, 20))
    tables = {
        "parcels": [{"id": key, "boundary": one} for key, one in shapes.items()],
        "plots": [{"id": f"in-{key}", "parcel": key, "place": place} for key in "ABCD"],
    }
    findings = only(check(text, {}, tables=tables)).findings
    assert {f.subject: [m.name for m in f.missing] for f in findings} == {
        "in-B": ["parcels[B].boundary"],
        "in-C": ["parcels[C].boundary"],
        "in-D": ["parcels[D]"],
    }


# --- beside the walk over all rows -----------------------------------------------------

keys = st.sampled_from(["a", "b", "c", None])
cells = st.sampled_from([D(1), D("2.5"), None])
PAIRS = (
    ("strata[plot.stratum].share", "(first of r.share for r in strata where {} by 1)"),
    ("strata[plot.stratum].twice", "(first of r.twice for r in strata where {} by 1)"),
)


@cache
def _compiled(value: str) -> PackPlan:
    rule = f'rule R "r"\n  for each plot in plots\n  must {value} >= 2\n  else CAR "no"\n'
    return pack(VOCABULARY + rule)


@pytest.mark.parametrize(("by_key", "walk"), PAIRS)
@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), cells), st.lists(keys, min_size=1, max_size=3))
def test_it_is_the_first_of_the_rows_with_that_key(by_key, walk, strata, plots) -> None:
    tables = {
        "strata": [stratum(key, share) for key, share in strata.items()],
        "plots": [{"id": f"P{n}", "stratum": key} for n, key in enumerate(plots)],
        "trees": [],
    }
    walked = walk.format("r.id = plot.stratum")
    one, other = (
        only(assess(dossier({}, _whole(tables)), _compiled(value))) for value in (by_key, walked)
    )
    assert one.counts == other.counts
    assert one.verdict == other.verdict
    if None not in plots:
        seen = [
            {m.name for f in found.findings for m in f.missing if m.kind == "cell"}
            for found in (one, other)
        ]
        assert seen[0] == seen[1]


def _whole(tables: dict[str, Any]) -> dict[str, Any]:
    blank = {"strata": stratum("?"), "plots": {"id": "?", "stratum": None}}
    return {name: rows or [] for name, rows in tables.items() if rows or name in blank}


def test_the_work_grows_in_proportion_to_the_rows() -> None:
    def taken(count: int) -> int:
        tables = {
            "strata": [stratum(f"S{n}") for n in range(count)],
            "plots": [{"id": f"P{n}", "stratum": f"S{n}"} for n in range(count)],
        }
        must = "for each plot in plots\n  must strata[plot.stratum].share >= 1"
        with calls_counted() as calls:
            assert only(assessment(must, tables)).verdict == "conforms"
        return calls.count

    taken(10)  # compiles the pack
    assert taken(3000) < 12 * taken(300)
