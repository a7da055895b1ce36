"""The opinion, the counts, the claims, and what was not checked."""

from __future__ import annotations

from datetime import date

import pytest
from tests.evaluation.making import D, check, document, dossier, judged, pack

from guiju.assessment import assess

TEXT = """
facts project "Project"
  area "Area" : number
  slope "Slope" : number
  claimed "Claimed" zh "申报量" : kgCO2e
  price "Price" : number optional
  survey : document
  notice : document
formula recomputed "Recomputed" : tCO2e
  = 2 tCO2e
rule A "area"
  must project.area >= 1
  else CAR "too small"
rule B "slope"
  must project.slope <= 25
  else CAR "too steep"
judge J "residents"
  ask "Were they asked?"
  needs survey
  else CAR "no"
"""
GOOD = {"project.area": D(2), "project.slope": D(5)}


def of(facts, answer="yes", text=TEXT, **options):
    made = dossier(
        facts,
        judgements={("J", None): judged(answer)} if answer else {},
        documents={"survey": [document("survey")]},
    )
    return assess(made, pack(text, options.pop("more", "")), **options)


def test_positive_when_all_is_met_and_every_judgement_given():
    assessment = of(GOOD)
    assert (assessment.opinion, assessment.open_because) == ("positive", [])
    assert assessment.counts["conforms"] == 3


def test_negative_when_a_requirement_is_not_met():
    assessment = of(GOOD | {"project.area": D(0)}, answer=None)
    assert (assessment.opinion, assessment.open_because) == ("negative", [])


def test_an_unverified_rule_alone_never_makes_it_negative():
    plan = pack(TEXT)
    rules = tuple(
        rule._replace(basis="unverified") if rule.id == "A" else rule for rule in plan.rules
    )
    made = dossier(
        GOOD | {"project.area": D(0)},
        judgements={("J", None): judged("yes")},
        documents={"survey": [document("survey")]},
    )
    assessment = assess(made, plan._replace(rules=rules))
    assert assessment.requirements[0].verdict == "nonconforming"
    assert assessment.opinion == "open"
    assert "A" in assessment.open_because[0]["en"]


@pytest.mark.parametrize(
    ("facts", "answer", "says"),
    [
        ({"project.area": D(2)}, "yes", "undetermined"),
        (GOOD, None, "awaiting judgement"),
        (GOOD, "unclear", "undetermined"),
    ],
)
def test_open_lists_what_keeps_it_open(facts, answer, says):
    assessment = of(facts, answer)
    assert assessment.opinion == "open"
    assert [text["en"].partition(":")[0] for text in assessment.open_because] == [says]
    assert all(text["zh"] for text in assessment.open_because)


def test_what_no_requirement_says_stands_before_the_requirements():
    assessment = of(GOOD, answer=None, ignore=["B"])
    said = [text["en"] for text in assessment.open_because]
    assert len(said) == 2 and "left out" in said[0] and said[1].startswith("awaiting judgement")


def test_rules_left_out_keep_it_open_and_are_listed():
    assessment = of(GOOD, ignore=["B"])
    assert assessment.opinion == "open"
    assert [r.id for r in assessment.requirements] == ["A", "J"]
    assert ("B", "ignored in this run") in [
        (u.subject, u.reason["en"]) for u in assessment.not_checked
    ]
    chosen = of(GOOD, select=["A"])
    assert [r.id for r in chosen.requirements] == ["A"]
    assert {u.subject for u in chosen.not_checked} >= {"B", "J"}


def test_a_claim_stands_beside_the_recomputed_figure():
    claims = """
[[claims]]
claimed = "project.claimed"
formula = "recomputed"
rule = "A"
"""
    assessment = of(GOOD | {"project.claimed": D(2500)}, more=claims)
    (claim,) = assessment.claims
    assert claim.label["zh"] == "申报量"
    assert (claim.claimed.value, claim.claimed.unit) == ("2500", "kgCO2e")
    assert (claim.recomputed.value, claim.recomputed.unit) == ("2", "tCO2e")
    assert claim.difference is not None
    assert claim.percent is not None
    assert claim.tco2e is not None
    assert (D(claim.difference), D(claim.percent), D(claim.tco2e)) == (500, 25, D("0.5"))
    (nothing,) = of(GOOD, more=claims).claims
    assert (nothing.claimed.value, nothing.difference) == (None, None)


@pytest.mark.parametrize(("stage", "examined"), [("verification", True), ("validation", False)])
def test_a_claim_whose_rule_does_not_apply_is_not_examined(stage, examined):
    more = """
[[claims]]
claimed = "project.claimed"
formula = "recomputed"
rule = "C"
"""
    text = TEXT + (
        'rule C "claim"\n  when dossier.stage is verification\n'
        '  must project.claimed = recomputed\n  else CAR "no"\n'
    )
    made = dossier(GOOD | {"project.claimed": D(2000), "dossier.stage": stage})
    (claim,) = assess(made, pack(text, more)).claims
    assert claim.examined is examined
    assert claim.claimed.value == "2000"


def test_what_no_rule_looks_at_is_listed():
    more = """
[[not_encoded]]
clause = "7.2"
reason = { en = "left to the site visit", zh = "由现场评审核实" }
"""
    made = dossier(
        GOOD | {"project.price": D(9)},
        tables={"plots": [{"id": "1"}]},
        judgements={("J", None): judged("yes")},
        documents={"survey": [document("survey")], "notice": [document("notice")]},
    )
    text = TEXT + 'table plots "Plots"\n  key id\n  id : text\n'
    assessment = assess(made, pack(text, more))
    assert [(u.subject, u.reason["en"]) for u in assessment.not_checked] == [
        ("7.2", "left to the site visit"),
        ("plots", "no rule looks at this table"),
        ("project.price", "no rule looks at this fact"),
        ("notice", "no rule asks for this document"),
    ]
    assert [u.pack for u in assessment.not_checked] == ["test", None, None, None]


def test_a_pack_that_is_not_in_force_is_said():
    plan = pack(TEXT)._replace(in_force=date(2027, 1, 1))
    assessment = assess(dossier(GOOD), plan)
    assert assessment.not_checked[0].subject == "test"
    assert "2027-01-01" in assessment.not_checked[0].reason["zh"]


def test_missing_things_name_every_rule_that_lacks_them():
    text = TEXT + 'rule C "both"\n  must project.area + project.slope > 3\n  else CAR "no"\n'
    assessment = of({"project.slope": D(1)}, text=text)
    assert [(lack.missing.name, lack.rules) for lack in assessment.lacks] == [
        ("project.area", ["A", "C"])
    ]


def test_without_a_date_an_error_asks_for_one():
    made = dossier(GOOD, submitted=None)
    assessment = assess(made, pack(TEXT))
    assert assessment.as_of == ""
    assert [(p.code, p.severity) for p in assessment.problems] == [("no-date", "error")]
    assert assess(made, pack(TEXT), as_of=date(2026, 1, 1)).as_of == "2026-01-01"
    assert assess(made, pack(TEXT), as_of=date(2026, 1, 1)).problems == []


def test_a_text_in_one_language_stands_in_the_other():
    assessment = check(TEXT, {"project.area": D(0)})
    message = assessment.requirements[0].findings[0].message
    assert message == {"en": "too small", "zh": "too small"}


def test_the_same_inputs_give_the_same_bytes():
    from guiju.assessment.record import to_json

    first, second = (to_json(of({"project.area": D(2)}, None)) for _ in range(2))
    assert first == second
