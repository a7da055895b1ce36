"""The procedure pack: its example of a verification, its clauses, and packs that use it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.dossier import open_dossier, read
from guiju.ledger import make_ledger
from guiju.reporting.ledger import is_complete
from guiju.verdicts import Assessment, Requirement

PACKS = Path(__file__).parents[2] / "rules/guiju_rules"
PACK = PACKS / "ccer-procedure"
EXAMPLE = PACK / "dossiers/hecha-example"
HECHA_NOTICE = "国办发明电〔2025〕7号"

NOT_AT_VERIFICATION = {
    "CNCA-4-SINK",
    "CNCA-4-REDUCTION",
    "CNCA-6-TOPICS-VAL",
    "CNCA-9-VALIDATION",
    "O31-13-FIELD",
    "O31-13-LAW",
    "O31-13-METHOD",
    "O31-13-TRUTH",
}
NOT_YET_OR_NEVER = {
    "CNCA-9-VERIFICATION",
    "O31-11-RECORDS",
    "O31-12-BEFORE",
    "O31-15-REGISTRY",
    "O31-22-REGISTRY",
    "O31-28-CANCEL",
    "O31-43-BAN",
    "O31-49-OLD",
}


def checked(folder: Path) -> Assessment:
    pack = load_pack(str(PACK))
    return assess(read(open_dossier(folder), pack), pack)


def raised(assessment: Assessment) -> set[tuple[str, str, str | None]]:
    return {
        (requirement.id, finding.verdict, finding.subject)
        for requirement in assessment.requirements
        for finding in requirement.findings
    }


def asked(assessment: Assessment, rule: str) -> Requirement:
    return next(r for r in assessment.requirements if r.id == rule)


@pytest.fixture(scope="module")
def example() -> Assessment:
    return checked(EXAMPLE)


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_example_raises_its_two_findings_and_no_others(example: Assessment) -> None:
    assert raised(example) == {
        ("CNCA-5-SITES", "nonconforming", None),
        ("CNCA-3-TIME", "undetermined", None),
    }
    assert example.opinion == "negative"
    assert [lack.missing.name for lack in example.lacks] == ["engagement.owner_delay"]


def test_every_other_requirement_conforms_or_does_not_apply(example: Assessment) -> None:
    verdicts = {requirement.id: requirement.verdict for requirement in example.requirements}
    assert verdicts.pop("CNCA-5-SITES") == "nonconforming"
    assert verdicts.pop("CNCA-3-TIME") == "undetermined"
    inapplicable = {rule for rule, verdict in verdicts.items() if verdict == "not applicable"}
    assert inapplicable == NOT_AT_VERIFICATION | NOT_YET_OR_NEVER
    assert {v for rule, v in verdicts.items() if rule not in inapplicable} == {"conforms"}


def test_reading_the_example_raises_notes_only(example: Assessment) -> None:
    assert {problem.severity for problem in example.problems} <= {"note"}


def test_a_notice_period_names_the_holiday_notice_it_rests_on(example: Assessment) -> None:
    named = {v.name: v.value for v in asked(example, "O31-19-NOTICE").values}
    assert named["公示工作日"] == "20"
    assert named["calendar[2026]"] == HECHA_NOTICE


FIFTH_SITE = ("现场.csv", "X-5,示例作业区五,否", "X-5,示例作业区五,是")
DELAY = (
    "dossier.yaml",
    "现场评审起始日: 2026-05-18",
    "业主延误天数: 8\n    现场评审起始日: 2026-05-18",
)
MENDED = (FIFTH_SITE, DELAY)


def changed(folder: Path, *changes: tuple[str, str, str]) -> Assessment:
    """The example with texts in its files replaced, each of which must stand there once."""
    copy = folder / "copy"
    shutil.copytree(EXAMPLE, copy)
    for name, old, new in changes:
        file = copy / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        file.write_text(text.replace(old, new), encoding="utf-8", newline="")
    return checked(copy)


def test_the_example_mended_is_positive(tmp_path: Path) -> None:
    mended = changed(tmp_path, *MENDED)
    assert raised(mended) == set()
    assert mended.opinion == "positive"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("审核组.csv", "Z-02,是", "Z-02,否"), {("CNCA-3-SIZE", "nonconforming", None)}),
        (
            ("审核组.csv", "Z-03,否,是,否", "Z-03,否,是,是"),
            {("CNCA-3-INTEREST", "nonconforming", "Z-03")},
        ),
        (
            ("dossier.yaml", "复核人员: F-21", "复核人员: Z-02"),
            {("CNCA-7-REVIEWER", "nonconforming", None)},
        ),
        (
            ("dossier.yaml", "决定结论: 作出肯定", "决定结论: 作出否定"),
            {("CNCA-8-OUTCOME", "nonconforming", None)},
        ),
        (
            ("审核发现.csv", "E-11,是,是", "E-11,是,否"),
            {("CNCA-6-CLOSED", "nonconforming", "F-01")},
        ),
        (
            ("审核发现.csv", "F-01,要求整改", "F-01,列为观察"),
            {("CNCA-6-KIND", "nonconforming", "F-01")},
        ),
        (("以往观察项.csv", "否,F-02", "否,"), {("CNCA-6-EARLIER", "nonconforming", "G-02")}),
        (("以往观察项.csv", "否,F-02", "否,F-03"), {("CNCA-6-RAISED", "nonconforming", "G-02")}),
        (("公示意见.csv", "Y-02,是", "Y-02,否"), {("O31-13-COMMENT", "nonconforming", "Y-02")}),
        (("报告章节.csv", "承诺,41", "承诺,"), {("CNCA-6-TOPICS-VER", "nonconforming", None)}),
        (("现场工作.csv", "交叉核对,XC-06", "交叉核对,"), {("CNCA-5-DATA", "nonconforming", None)}),
        (("机构人员.csv", "R-10,是,是", "R-10,否,是"), {("O31-30-STAFF", "nonconforming", None)}),
        (
            ("dossier.yaml", "核算报告公示截止日: 2026-05-12", "核算报告公示截止日: 2026-05-11"),
            {("O31-19-NOTICE", "nonconforming", None)},
        ),
        (
            ("dossier.yaml", "代编文件: 否", "代编文件: 是"),
            {("O31-37-PAPERS", "nonconforming", None)},
        ),
        (
            ("分年减排量.csv", "2024,2024-01-01", "2024,2021-08-09"),
            {("O31-17-YEARS", "nonconforming", "2024")},
        ),
    ],
)
def test_a_damage_to_the_mended_example_raises_its_finding_and_no_other(
    tmp_path: Path, change: tuple[str, str, str], expected: set[tuple[str, str, str | None]]
) -> None:
    assert raised(changed(tmp_path, *MENDED, change)) == expected


def test_a_negative_amount_is_refused_and_never_equal_to_another(tmp_path: Path) -> None:
    amount = "18,640 tCO2e"
    lines = (f"申请登记量: {amount}", f"核查确认量: {amount}")
    negative = changed(
        tmp_path, *MENDED, *(("dossier.yaml", line, line.replace("18,640", "-5")) for line in lines)
    )
    assert raised(negative) == {("O31-21-AMOUNT", "undetermined", None)}


def test_every_clause_is_encoded_judged_or_listed_with_its_reason() -> None:
    ledger = make_ledger(str(PACK))
    assert is_complete(ledger)


def test_every_text_is_given_in_both_languages(example: Assessment) -> None:
    for requirement in example.requirements:
        assert set(requirement.title) == {"zh", "en"}, requirement.id
        for finding in requirement.findings:
            assert set(finding.message) == {"zh", "en"}, requirement.id


def test_inferences_are_unverified_and_the_rest_is_as_read(example: Assessment) -> None:
    basis = {requirement.id: requirement.basis for requirement in example.requirements}
    inferred = {"O31-10-START-DAY", "O31-17-SINCE-DAY", "CNCA-8-OUTCOME"}
    inferred |= {"CNCA-6-TOPICS-VAL", "CNCA-6-TOPICS-VER", "O31-13-AFTER"}
    assert {rule for rule, level in basis.items() if level == "unverified"} == inferred
    assert {level for rule, level in basis.items() if rule not in inferred} == {"verified"}


def test_a_methodology_pack_carries_the_sources_and_gaps_of_the_procedure() -> None:
    procedure = load_pack(str(PACK))
    methodology = load_pack(str(PACKS / "ccer-14-001"))
    assert {s.id for s in procedure.sources} <= {s.id for s in methodology.sources}
    assert all(gap in methodology.not_encoded for gap in procedure.not_encoded)
    assert {g.name for g in procedure.grades} <= {g.name for g in methodology.grades}
    assert {r.id for r in procedure.rules} <= {r.id for r in methodology.rules}


def test_a_dossier_without_an_engagement_is_not_asked_for_one() -> None:
    folder = PACKS / "ccer-14-001/dossiers/neimenggu-example"
    pack = load_pack(str(PACKS / "ccer-14-001"))
    assessment = assess(read(open_dossier(folder), pack), pack)
    engagement = {r.verdict for r in assessment.requirements if r.id.startswith("CNCA-")}
    assert engagement == {"not applicable"}
