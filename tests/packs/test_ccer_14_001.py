"""The CCER afforestation pack and its example dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.dossier import open_dossier, read
from guiju.verdicts import Assessment

from .generate_neimenggu import FOLDER, SMALL, UNDATED, files

PACK = Path(__file__).parents[2] / "rules/guiju_rules/ccer-14-001"

AT_VERIFICATION_ONLY = {
    "AFF-4-START",
    "AFF-5-LAYER",
    "AFF-6-EQUATION",
    "AFF-6-RANGE",
    "AFF-6-SOURCE",
    "AFF-6-ROUTE",
    "AFF-6-TREE-PLOT",
    "AFF-6-QUADRAT",
    "AFF-6-BUSH",
    "AFF-6-BUSH-RANGE",
    "AFF-6-REGION",
    "AFF-6-PARCEL-STRATUM",
    "AFF-6-PLOT-STRATUM",
    "AFF-6-KIND",
    "AFF-6-AREA",
    "AFF-6-STOCK-BEFORE",
    "AFF-6-STOCK",
    "AFF-6-PRECISION",
    "AFF-6-FIRE",
    "AFF-6-FIRE-STRATUM",
    "AFF-6-FIRE-DATE",
    "AFF-6-CHANGE",
    "AFF-6-CLAIM",
    "AFF-6-BASELINE-SIGN",
}
WITHOUT_BOUNDARIES = {
    "AFF-5-VALID",
    "AFF-5-DECIMALS",
    "AFF-5-AREA",
    "AFF-5-OVERLAP",
    "AFF-5-COUNTY",
    "AFF-5-OTHER",
}
OTHER_GROUNDS = {"AFF-6-ZONE", "AFF-6-WELFARE", "AFF-6-WELFARE-USE", "AFF-6-GENERAL"}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    pack = load_pack(str(PACK))
    return assess(read(open_dossier(FOLDER), pack), pack)


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_example_is_what_its_generator_makes() -> None:
    made = files()
    assert {name: (FOLDER / name).read_bytes() for name in made} == made


def test_the_example_raises_its_three_findings_and_no_others(assessment: Assessment) -> None:
    raised = {
        (requirement.id, finding.verdict, finding.grade, finding.subject)
        for requirement in assessment.requirements
        for finding in requirement.findings
    }
    assert raised == {
        ("AFF-2C", "nonconforming", "整改要求", SMALL),
        ("O31-12-NOTICE", "nonconforming", "整改要求", None),
        ("AFF-2A-YEARS", "undetermined", "整改要求", UNDATED),
    }


def test_every_other_requirement_conforms_or_does_not_apply(assessment: Assessment) -> None:
    verdicts = {requirement.id: requirement.verdict for requirement in assessment.requirements}
    assert verdicts.pop("AFF-2C") == "nonconforming"
    assert verdicts.pop("O31-12-NOTICE") == "nonconforming"
    assert verdicts.pop("AFF-2A-YEARS") == "undetermined"
    assert verdicts.pop("AFF-STAKE") == "awaiting judgement"
    idle = {rule for rule, verdict in verdicts.items() if verdict == "not applicable"}
    chapters = tuple(f"AFF-{chapter}" for chapter in (2, 4, 5, 6))
    assert {rule for rule in idle if rule.startswith(chapters)} == (
        AT_VERIFICATION_ONLY | WITHOUT_BOUNDARIES | OTHER_GROUNDS
    )
    assert {verdict for rule, verdict in verdicts.items() if rule not in idle} == {"conforms"}


def test_the_missing_cell_is_the_only_thing_asked_for(assessment: Assessment) -> None:
    years = next(r for r in assessment.requirements if r.id == "AFF-2A-YEARS")
    assert [missing.name for missing in years.missing] == [f"parcels[{UNDATED}].nonforest_since"]
    assert years.counts == {"undetermined": 1, "conforms": 119}
    # The purpose of burning is missing as well, but with no burning it cannot matter.
    assert [lack.missing.name for lack in assessment.lacks if lack.missing.kind != "judgement"] == [
        f"parcels[{UNDATED}].nonforest_since"
    ]


def test_the_findings_point_into_the_files(assessment: Assessment) -> None:
    area = next(r for r in assessment.requirements if r.id == "AFF-2C").findings[0]
    assert area.origin is not None
    # A heading above, then one line a parcel; the area is the fourth column.
    assert (area.origin.file, area.origin.at) == ("小班.csv", "58:4")
    assert "0.55 亩" in area.message["zh"]
    assert area.remedy is not None
    notice = next(r for r in assessment.requirements if r.id == "O31-12-NOTICE").findings[0]
    assert "19 个工作日" in notice.message["zh"]
    assert "19 working days" in notice.message["en"]


def test_the_conclusion_is_negative_and_the_reading_raises_notes_only(
    assessment: Assessment,
) -> None:
    assert assessment.opinion == "negative"
    assert {problem.severity for problem in assessment.problems} == {"note"}


def test_every_text_is_given_in_both_languages(assessment: Assessment) -> None:
    for requirement in assessment.requirements:
        assert set(requirement.title) == {"zh", "en"}, requirement.id
        for finding in requirement.findings:
            assert set(finding.message) == {"zh", "en"}, requirement.id


def test_no_rule_quotes_words_nobody_has_read(assessment: Assessment) -> None:
    assert {requirement.quoting for requirement in assessment.requirements} == {None}


def test_what_was_read_in_part_is_of_basis_secondary(assessment: Assessment) -> None:
    basis = {requirement.id: requirement.basis for requirement in assessment.requirements}
    exemptions = OTHER_GROUNDS - {"AFF-6-GENERAL", "AFF-6-WELFARE-USE"} | {"AFF-6-RAINFALL"}
    second_hand = {rule for rule in basis if rule.startswith("AFF-2")} | exemptions
    assert {basis[rule] for rule in second_hand} == {"secondary"}


def test_what_was_not_read_is_unverified(assessment: Assessment) -> None:
    basis = {requirement.id: requirement.basis for requirement in assessment.requirements}
    assert basis["O31-10-START-DAY"] == "unverified"
    not_read = AT_VERIFICATION_ONLY | WITHOUT_BOUNDARIES | {"AFF-5-LEAST", "AFF-6-SCENARIO"}
    assert {basis[rule] for rule in not_read} == {"unverified"}


def test_no_number_of_a_lookup_is_called_verified() -> None:
    plan = load_pack(str(PACK))
    own = [
        lookup
        for name, lookup in plan.lookups.items()
        if name in {"boundary_limits", "crediting_years", "discount_tiers", "gwp", "non_permanence"}
    ]
    assert len(own) == 5
    assert {lookup.basis for lookup in own} == {"unverified"}
