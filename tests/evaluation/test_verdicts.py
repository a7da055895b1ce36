"""The verdicts: for the project, for each row, and for the whole of a rule."""

from __future__ import annotations

from datetime import date

import pytest

from guiju.assessment import assess
from guiju.plan.nodes import AmendmentPlan, Constant

from .making import YES_NO, D, check, document, dossier, judged, only, pack

PROJECT = """
facts project "Project"
  area "Area" zh "面积" : number
  slope "Slope" : number
  public : yes/no
  stand : one of tree, bamboo
  survey : document
  minutes : document
table parcels "Parcels"
  key id
  id : text
  area "Area" zh "面积" : number
  slope "Slope" : number
  planted : yes/no optional
"""


def rule(clauses: str, **facts):
    text = PROJECT + 'rule R "r"\n' + clauses
    return only(check(text, {f"project.{name}": fact for name, fact in facts.items()}))


MUST = '  must project.area >= 1\n  else CAR "Area {project.area}" zh "面积{project.area}"\n'


def test_conforms_nonconforming_and_undetermined():
    assert rule(MUST, area=D(1)).verdict == "conforms"
    failing = rule(MUST, area=D("0.5"))
    assert failing.verdict == "nonconforming"
    (finding,) = failing.findings
    assert (finding.grade, finding.subject) == ("CAR", None)
    assert finding.message == {"en": "Area 0.5", "zh": "面积0.5"}
    assert finding.values[0].name == "project.area"
    assert finding.values[0].origin is not None
    assert finding.values[0].origin.at == "1:1"
    open_ = rule(MUST)
    assert open_.verdict == "undetermined"
    assert [(f.grade, f.verdict) for f in open_.findings] == [("CL", "undetermined")]
    assert [(m.kind, m.name) for m in open_.missing] == [("fact", "project.area")]
    assert "Area" in open_.findings[0].message["en"]
    assert "面积" in open_.findings[0].message["zh"]


def test_a_rule_that_does_not_apply_says_why():
    when = "  when project.stand is bamboo\n" + MUST
    found = rule(when, stand="tree")
    assert found.verdict == "not applicable"
    assert found.findings == []
    assert found.reason is not None
    assert "bamboo" in found.reason["en"]
    unless = '  unless project.public because "it is public"\n' + MUST
    excepted = rule(unless, public=True, area=D(0))
    assert excepted.verdict == "not applicable"
    assert excepted.reason == {"en": "it is public", "zh": "it is public"}
    assert rule(unless, public=False, area=D(0)).verdict == "nonconforming"


def test_of_a_rule_that_does_not_apply_only_what_excludes_it_is_shown():
    def shown(clauses: str, **facts):
        return [value.name for value in rule(clauses, **facts).values]

    lets = "  let half = project.area / 2\n"
    must = '  must half >= project.slope\n  else CAR "x"\n'
    several = lets + "  when project.stand is bamboo\n  when project.slope > 1\n" + must
    assert shown(several, stand="tree", slope=D(0)) == ["project.stand"]
    assert shown(several, stand="bamboo", slope=D(0)) == ["project.slope"]
    both = lets + "  when project.stand is bamboo and project.slope > 1\n" + must
    assert shown(both, stand="bamboo", slope=D(0)) == ["project.slope"]
    assert shown(both, stand="tree", slope=D(0)) == ["project.stand", "project.slope"]
    either = lets + "  when project.public or project.slope > 1\n" + must
    assert shown(either, public=False, slope=D(0)) == ["project.public", "project.slope"]
    negated = lets + "  when not (project.public or project.slope > 1)\n" + must
    assert shown(negated, public=True, slope=D(0)) == ["project.public"]
    excepted = lets + '  unless project.public or project.slope > 1 because "x"\n' + must
    assert shown(excepted, public=False, slope=D(2)) == ["project.slope"]
    # A rule that applies shows all it rests on, as before.
    assert shown(several, stand="bamboo", slope=D(2), area=D(9)) == [
        "half",
        "project.area",
        "project.slope",
        "project.stand",
    ]


def test_of_rows_that_do_not_apply_only_what_excludes_all_of_them_is_shown():
    text = (
        PROJECT
        + 'rule R "r"\n  for each parcel in parcels\n  when project.public\n'
        + '  must parcel.area >= project.area\n  else CAR "x"\n'
    )
    row = {"id": "P1", "area": D(1), "slope": D(1)}
    for tables in ({"parcels": [row]}, {"parcels": []}, {}):
        found = only(check(text, {"project.public": False}, tables=tables))
        assert found.verdict == "not applicable"
        assert [value.name for value in found.values] == ["project.public"], tables
    sloped = text.replace("when project.public", "when parcel.slope > project.slope")
    found = only(check(sloped, {"project.slope": D(2)}, tables={"parcels": [row]}))
    assert (found.verdict, found.values) == ("not applicable", [])


def test_an_unknown_condition_is_carried_unless_the_outcome_is_the_same():
    when = "  when project.stand is bamboo\n" + MUST
    failing = rule(when, area=D(0))
    assert failing.verdict == "undetermined"
    assert [m.name for m in failing.missing] == ["project.stand"]
    # Met or not applicable: which of the two is not known, so the verdict stays open.
    assert rule(when, area=D(5)).verdict == "undetermined"
    unless = '  unless project.public because "it is public"\n' + MUST
    assert [m.name for m in rule(unless, area=D(0)).missing] == ["project.public"]
    assert {m.name for m in rule(unless).missing} == {"project.public", "project.area"}


def test_a_missing_document_keeps_a_true_must_from_conforming():
    needs = MUST + "  needs survey\n"
    found = rule(needs, area=D(1))
    assert found.verdict == "undetermined"
    assert [(m.kind, m.name) for m in found.missing] == [("document", "survey")]
    assert rule(needs, area=D(0)).verdict == "nonconforming"
    text = PROJECT + 'rule R "r"\n' + needs
    for status, verdict in (
        ("held", "conforms"),
        ("listed", "conforms"),
        ("missing", "undetermined"),
        ("altered", "undetermined"),
    ):
        documents = {"survey": [document("survey", status)]}
        assert only(check(text, {"project.area": D(1)}, documents=documents)).verdict == verdict


def test_a_document_is_not_asked_for_where_the_rule_does_not_apply():
    clauses = "  when project.stand is bamboo\n" + MUST + "  needs survey\n"
    assert rule(clauses, stand="tree").verdict == "not applicable"
    found = rule(clauses, area=D(1))
    assert {m.name for m in found.missing} == {"survey", "project.stand"}


JUDGE = (
    PROJECT
    + """judge J "r"
  when project.stand is tree
  ask "Was {project.stand} planted?" zh "是否种植{project.stand}？"
  else CAR "not so"
  unknown CL "say more"
"""
)


@pytest.mark.parametrize(
    ("answer", "verdict", "grades"),
    [
        (None, "awaiting judgement", []),
        ("yes", "conforms", []),
        ("no", "nonconforming", ["CAR"]),
        ("unclear", "undetermined", ["CL"]),
    ],
)
def test_a_judgement_is_answered_by_a_person(answer, verdict, grades):
    given = {("J", None): judged(answer)} if answer else {}
    found = only(check(JUDGE, {"project.stand": "tree"}, judgements=given))
    assert (found.verdict, found.kind) == (verdict, "judgement")
    assert [f.grade for f in found.findings] == grades
    assert found.question is not None
    assert found.question["en"] == "Was tree planted?"
    assert found.answer == given.get(("J", None))


def test_a_judgement_is_not_asked_for_where_it_does_not_apply():
    given = {("J", None): judged("no")}
    found = only(check(JUDGE, {"project.stand": "bamboo"}, judgements=given))
    assert found.verdict == "not applicable"


def test_deferred():
    must = '  must project.area >= 1\n  else CAR "no"\n  defer FAR "next time"\n'
    unknown = rule(must)
    assert unknown.verdict == "deferred"
    assert [(f.grade, f.message["en"]) for f in unknown.findings] == [("FAR", "next time")]
    assert rule(must, area=D(1)).verdict == "conforms"
    assert rule(must, area=D(0)).verdict == "nonconforming"
    always = '  when project.stand is tree\n  defer FAR "next time"\n'
    assert rule(always, stand="tree").verdict == "deferred"
    assert rule(always, stand="bamboo").verdict == "not applicable"


# --- rows ------------------------------------------------------------------------------

ROWS = (
    PROJECT
    + """rule R "r"
  for each parcel in parcels where parcel.planted is known
  let least = if project.stand is bamboo then 2 else 1
  must parcel.area >= least and parcel.slope < 25
  else CAR "{parcel.id}: {parcel.area} < {least}"
"""
)


def parcels(*rows):
    return [
        {
            "id": f"P{n}",
            "area": None if area is None else D(area),
            "slope": None if slope is None else D(slope),
            "planted": planted,
        }
        for n, (area, slope, planted) in enumerate(rows, 1)
    ]


def test_a_document_that_all_rows_want_is_asked_for_once() -> None:
    text = ROWS + "  needs survey\n"
    found = over_rows((5, 1, True), (6, 1, True), (0, 1, True), (None, 1, True), text=text)
    assert found.counts == {"nonconforming": 1, "undetermined": 3}
    asked = [(f.subject, [m.name for m in f.missing]) for f in found.findings]
    assert asked == [
        ("P3", []),
        ("P4", ["parcels[P4].area", "survey"]),
        (None, ["survey"]),
    ]


def over_rows(*rows, text=ROWS, **facts):
    facts = {f"project.{n}": f for n, f in ({"stand": "tree"} | facts).items()}
    return only(check(text, facts, tables={"parcels": parcels(*rows)}))


def test_a_rule_over_rows_has_a_verdict_per_row_and_takes_the_worst():
    found = over_rows((1, 5, True), (0, 5, True), (0, 5, True), (None, 5, True), (1, 5, None))
    assert found.verdict == "nonconforming"
    assert found.counts == {"nonconforming": 2, "undetermined": 1, "conforms": 1}
    assert [(f.subject, f.verdict) for f in found.findings] == [
        ("P2", "nonconforming"),
        ("P3", "nonconforming"),
        ("P4", "undetermined"),
    ]
    assert found.findings[0].message["en"] == "P2: 0 < 1"
    assert found.findings[0].origin is not None
    assert found.findings[0].origin.at == "B3"
    assert over_rows((1, 5, True), (None, 5, True)).verdict == "undetermined"
    assert over_rows((1, 5, True)).verdict == "conforms"


def test_no_rows_selected_is_not_applicable_and_says_so():
    for rows in ([], [(0, 5, None)]):
        found = over_rows(*rows)
        assert (found.verdict, found.counts) == ("not applicable", {})
        assert found.reason is not None


def test_the_list_of_failing_rows_is_complete():
    found = over_rows(*[(0, 5, True)] * 500)
    assert len(found.findings) == 500
    assert len({f.fingerprint for f in found.findings}) == 500


def test_an_unknown_where_is_carried_by_its_row_alone():
    text = ROWS.replace("parcel.planted is known", "parcel.planted")
    found = over_rows((1, 5, True), (0, 5, None), (1, 5, None), (0, 5, False), text=text)
    assert found.counts == {"undetermined": 2, "conforms": 1}
    assert [m.name for m in found.missing] == ["parcels[P2].planted", "parcels[P3].planted"]


def test_conditions_that_are_the_same_for_all_rows_count_them_apart():
    text = ROWS.replace("  let least", "  when project.stand is bamboo\n  let least")
    found = over_rows((0, 5, True), (1, 5, True), text=text)
    assert (found.verdict, found.counts) == ("not applicable", {"not applicable": 2})
    assert found.reason is not None


def test_conditions_of_a_row_count_it_apart():
    text = ROWS.replace("  let least", "  when parcel.slope > 3\n  let least")
    found = over_rows((0, 1, True), (1, 5, True), text=text)
    assert found.counts == {"conforms": 1, "not applicable": 1}


def test_a_judgement_over_rows_has_an_answer_for_each():
    text = PROJECT + 'judge J "r"\n  for each p in parcels\n  ask "ok?"\n  else CAR "no"\n'
    answers = {("J", "P1"): judged("yes"), ("J", "P2"): judged("no")}
    tables = {"parcels": parcels((1, 1, True), (1, 1, True), (1, 1, True))}
    found = only(check(text, tables=tables, judgements=answers))
    assert found.counts == {"nonconforming": 1, "awaiting judgement": 1, "conforms": 1}
    assert found.verdict == "nonconforming"


def test_a_table_that_is_not_there_is_asked_for():
    facts = {"project.stand": "tree"}
    found = only(check(ROWS, facts))
    assert found.verdict == "undetermined"
    assert [(m.kind, m.name) for m in found.missing] == [("table", "parcels")]
    never = ROWS.replace("  let least", "  when project.stand is bamboo\n  let least")
    assert only(check(never, facts)).verdict == "not applicable"


def test_a_fault_is_a_verdict_of_its_own(monkeypatch):
    from guiju.evaluation import functions

    def fault(*values):
        raise RuntimeError("out of order")

    monkeypatch.setitem(functions.FUNCTIONS, "sqrt", fault)
    text = (
        PROJECT
        + 'rule R "r"\n  must sqrt(project.area) > 0\n  else CAR "no"\n'
        + 'rule S "s"\n  must project.area > 0\n  else CAR "no"\n'
    )
    broken, other = assess(dossier({"project.area": D(1)}), pack(text)).requirements
    assert broken.verdict == "broken"
    assert broken.reason is not None
    assert "out of order" in broken.reason["en"]
    assert other.verdict == "conforms"


# --- margins ---------------------------------------------------------------------------


def test_margins_are_positive_on_the_conforming_side():
    (margin,) = rule(MUST, area=D("0.75")).margins
    assert (margin.value, margin.threshold, margin.distance, margin.share) == (
        "0.75",
        "1",
        "-0.25",
        "-0.25",
    )
    below = '  must project.area <= 4\n  else CAR "no"\n'
    (margin,) = rule(below, area=D(3)).margins
    assert (margin.distance, margin.share) == ("1", "0.25")


def test_a_rule_over_rows_shows_the_row_closest_to_failing():
    area, slope = over_rows((3, 5, True), (2, 20, True), (9, 1, True)).margins
    assert (area.subject, area.distance) == ("P2", "1")
    assert (slope.subject, slope.distance) == ("P2", "5")


def test_a_margin_of_emissions_is_priced_in_tonnes():
    text = """
facts project "Project"
  claimed : kgCO2e
  made : tCO2e
rule R "r"
  must project.claimed <= project.made
  else CAR "no"
"""
    facts = {"project.claimed": D(1500), "project.made": D(2)}
    (margin,) = only(check(text, facts)).margins
    assert (margin.unit, margin.value, margin.distance, margin.tco2e) == (
        "tCO2e",
        "1.5",
        "0.5",
        "0.5",
    )


# --- amendments ------------------------------------------------------------------------

AMENDED = (
    PROJECT
    + """rule R "r"
  let least = 1
  must project.area >= least
  else CAR "at least {least}"
amend X of R "more"
  cite "2"
  basis secondary
  effective 2026-01-01 until 2026-12-31
  when project.stand is bamboo
  set least = 3
  grace project.public until 2026-06-30
"""
)


@pytest.mark.parametrize(
    ("day", "facts", "verdict"),
    [
        ((2025, 12, 31), {"stand": "bamboo", "public": False}, "conforms"),
        ((2026, 1, 1), {"stand": "bamboo", "public": False}, "nonconforming"),
        ((2026, 1, 1), {"stand": "tree", "public": False}, "conforms"),
        ((2026, 6, 30), {"stand": "bamboo", "public": True}, "conforms"),
        ((2026, 7, 1), {"stand": "bamboo", "public": True}, "nonconforming"),
        ((2027, 1, 1), {"stand": "bamboo", "public": False}, "conforms"),
        ((2026, 1, 1), {"public": False}, "undetermined"),
    ],
)
def test_an_amendment_holds_from_its_day_where_it_applies_and_after_its_grace(day, facts, verdict):
    made = dossier({"project.area": D(2)} | {f"project.{n}": f for n, f in facts.items()})
    found = only(assess(made, pack(AMENDED), as_of=date(*day)))
    assert found.verdict == verdict
    if verdict == "nonconforming":
        assert found.findings[0].message["en"] == "at least 3"
    if verdict == "undetermined":
        assert [m.name for m in found.missing] == ["project.stand"]


def test_the_record_names_the_amendments_that_hold_or_may():
    plan = pack(AMENDED)
    (rule,) = plan.rules
    held = tuple(
        AmendmentPlan(name, "least", Constant(holds, YES_NO), "p", {}, None, None, "rules.gj:1")
        for name, holds in (("X", False), ("Y", True))
    )
    rule = rule._replace(amended_by=("X", "Y", "Z"), amendments=held)
    found = only(assess(dossier({"project.area": D(2)}), plan._replace(rules=(rule,))))
    assert found.amended_by == ["Y", "Z"]


def test_a_fault_while_a_verdict_is_explained_changes_no_verdict(monkeypatch) -> None:
    def fault(*about: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("guiju.evaluation.trace.Tracer.derivation", fault)
    monkeypatch.setattr("guiju.evaluation.margins.margins_of", fault)
    text = (
        'facts project "P"\n  area : ha\nrule R "r"\n  must project.area > 2 ha\n  else CAR "no"\n'
    )
    made = dossier({"project.area": D(1)})
    full, brief = (assess(made, pack(text), brief=brief) for brief in (False, True))
    assert [one.requirements[0].verdict for one in (full, brief)] == ["nonconforming"] * 2
    assert full.requirements[0].derivation is None
    assert full.requirements[0].reason is not None
    assert "out of order" in full.requirements[0].reason["en"]
    assert brief.requirements[0].reason is None
