"""The pack of units and their use, and its example dossier."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.dossier import open_dossier, read
from guiju.verdicts import Assessment

from .generate_mechanisms import FOLDER, NO_STATEMENT, SHARED_PARCEL, USED_TWICE, files

PACK = Path(__file__).parents[2] / "rules/guiju_rules/mechanisms"

NOT_IN_THE_EXAMPLE = {
    "MC-CROSS-BORDER",
    "MC-ETS-LOCAL",
    "MC-ETS-OUTSIDE",
    "MC-ETS-OWN",
    "MC-EVENT-FOREST",
    "MC-EVENT-FOREST-ONCE",
    "MC-EVENT-FOREST-SHARED",
    "MC-GS-PER",
    "MC-CDM-LCER",
    "MC-CDM-EXPIRY",
    "MC-GREEN-CERTIFICATE",
    "MC-INC-COVERED",
}


def assessed(folder: Path) -> Assessment:
    pack = load_pack(str(PACK))
    return assess(read(open_dossier(folder), pack), pack)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assessed(FOLDER)


def raised(assessment: Assessment) -> set[tuple[str, str, str | None]]:
    return {
        (requirement.id, finding.verdict, finding.subject)
        for requirement in assessment.requirements
        for finding in requirement.findings
    }


def test_the_pack_has_no_diagnostics() -> None:
    assert [(d.code, d.span.source.name, d.span.line) for d in check_pack(str(PACK))] == []


def test_the_example_is_what_its_generator_makes() -> None:
    made = files()
    assert {name: (FOLDER / name).read_bytes() for name in made} == made


def test_the_example_raises_its_three_findings_and_no_others(assessment: Assessment) -> None:
    assert raised(assessment) == {
        ("MC-TWICE-CCER", "nonconforming", USED_TWICE),
        ("MC-PARCEL-OTHER", "nonconforming", SHARED_PARCEL),
        ("MC-QUOTA", "undetermined", NO_STATEMENT),
    }
    assert assessment.opinion == "negative"


def test_every_other_requirement_conforms_or_does_not_apply(assessment: Assessment) -> None:
    verdicts = {requirement.id: requirement.verdict for requirement in assessment.requirements}
    for rule, _, _ in raised(assessment):
        del verdicts[rule]
    assert {rule for rule, v in verdicts.items() if v == "not applicable"} == NOT_IN_THE_EXAMPLE
    assert {v for rule, v in verdicts.items() if rule not in NOT_IN_THE_EXAMPLE} == {"conforms"}


def test_the_reading_only_notes_that_nothing_names_the_readme(assessment: Assessment) -> None:
    assert [(p.code, p.severity) for p in assessment.problems] == [("unused-files", "note")]


def test_the_findings_name_the_other_use_and_the_other_project(assessment: Assessment) -> None:
    findings = {r.id: r.findings[0] for r in assessment.requirements if r.findings}
    assert "U-03" in findings["MC-TWICE-CCER"].message["zh"]
    assert "示例草原造林项目" in findings["MC-PARCEL-OTHER"].message["zh"]
    assert [lack.missing.name for lack in assessment.lacks] == [
        f"projects[{NO_STATEMENT}].under_quota"
    ]


def test_every_text_is_given_in_both_languages(assessment: Assessment) -> None:
    for requirement in assessment.requirements:
        assert set(requirement.title) == {"zh", "en"}, requirement.id
        for finding in requirement.findings:
            assert set(finding.message) == {"zh", "en"}, requirement.id


def test_only_what_was_read_in_full_is_of_basis_verified(assessment: Assessment) -> None:
    for requirement in assessment.requirements:
        cite = requirement.clause or ""
        if requirement.basis == "verified":
            assert cite.startswith(("31号令 ", "AR-ACM0003 ")), requirement.id
        if any(name in cite for name in ("推断", "活动指南", "全国抵销", "绿证衔接", "绿色声明")):
            assert requirement.basis == "unverified", requirement.id


def mended(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_bytes().decode("utf-8-sig")
    assert text.count(old) == 1, (file, old)
    path.write_bytes(text.replace(old, new).encode())


def test_the_example_mended_has_no_findings(tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    shutil.copytree(FOLDER, folder)
    mended(folder, "消纳.csv", "U-03,C-01,大型活动,4901,5400", "U-03,C-01,大型活动,5001,5500")
    mended(folder, "他机制地块.csv", "示例草原造林项目,2020,2049", "示例草原造林项目,2001,2020")
    mended(folder, "项目.csv", "示例林业公司乙,内蒙古,是,否,,", "示例林业公司乙,内蒙古,是,否,否,")
    assessment = assessed(folder)
    assert raised(assessment) == set()
    assert assessment.opinion == "positive"


@pytest.mark.parametrize(
    ("degrees", "verdict"),
    # The edge is 555.5 m long and a degree of longitude 81.3 km: 0.9 m² and 1.36 m².
    [(2e-8, "conforms"), (3e-8, "nonconforming")],
)
def test_an_overlap_of_up_to_a_square_metre_is_put_down_to_digitising(
    tmp_path: Path, degrees: float, verdict: str
) -> None:
    folder = tmp_path / "dossier"
    shutil.copytree(FOLDER, folder)
    path = folder / "边界/他机制地块.geojson"
    layer = json.loads(path.read_text(encoding="utf-8"))
    shape = next(f for f in layer["features"] if f["properties"]["他项地块号"] == "T-03")
    ring = shape["geometry"]["coordinates"][0]
    west = min(x for x, _ in ring)
    shape["geometry"]["coordinates"][0] = [
        [round(x - degrees, 9) if x == west else x, y] for x, y in ring
    ]
    path.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    rule = next(r for r in assessed(folder).requirements if r.id == "MC-PARCEL-OTHER")
    assert ("A-12" in {finding.subject for finding in rule.findings}) is (
        verdict == "nonconforming"
    )
