"""Input that is wrong: each kind its own finding or reading problem, with place and mend.

The damages are those of the example project. What a damage must raise, and that nothing else
is raised, is held by `test_project.py`; here it is what the person who made it is told.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.dossier import limits, open_dossier, read
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment, Finding, Problem, Text

from .project import DAMAGES, Project, build, write
from .project.state import Point

pytestmark = pytest.mark.slow

PACK = Path(__file__).parents[2] / "rules/guiju_rules/ccer-14-001"
PARCELS = "边界/小班.geojson"
SHAPEFILE = "边界/小班.shp"


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    return load_pack(str(PACK))


def checked(project: Project, folder: Path, pack: PackPlan) -> Assessment:
    write(project, folder)
    return assess(read(open_dossier(folder), pack), pack, brief=True)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory, pack: PackPlan) -> Callable[[str], Assessment]:
    """What a check says of the project with a damage; each is made and checked once."""

    @cache
    def one(damage: str) -> Assessment:
        project = build()
        DAMAGES[damage](project)
        return checked(project, tmp_path_factory.mktemp("damaged"), pack)

    return one


def said_in_both(text: Text | None, *words: str) -> None:
    """That a sentence is there in both languages, each its own, with the words in both."""
    assert text is not None
    assert text["zh"].strip()
    assert text["en"].strip()
    assert text["zh"] != text["en"]
    for word in words:
        assert word in text["zh"], word
        assert word in text["en"], word


@pytest.mark.parametrize(
    ("damage", "code", "file", "at", "words", "mends"),
    [
        ("坐标系不明", "crs-unknown", PARCELS, "", ["EPSG:9999"], ["EPSG:4528"]),
        ("缺坐标系", "crs-missing", SHAPEFILE, "", [], [".prj", "EPSG:4490"]),
        ("坐标系不符", "crs-differs", SHAPEFILE, "", ["EPSG:4529", "EPSG:4490"], []),
        ("分带错", "zone-differs", SHAPEFILE, "#1", ["EPSG:4528", "#1–#160"], ["EPSG:4529"]),
        ("经纬度颠倒", "lonlat-swapped", PARCELS, "#1", ["160", "#1–#160", "122.3003"], []),
        ("一个小班经纬度颠倒", "lonlat-swapped", PARCELS, "#40", ["#40", "122.329795"], []),
        ("边界自相交", "geometry-invalid", PARCELS, "#2", ["#2", "122.307154, 43.001468"], []),
        ("小班图形重号", "boundary-twice", PARCELS, "#161 小班号=XB-020", ["XB-020", "#20"], []),
        (
            "两图层小班重号", "boundary-twice", "边界/补充小班.geojson", "#1 小班号=XB-021",
            ["XB-021", f"{PARCELS}!#21"], [],
        ),
        ("树高以厘米填", "out-of-range", "数据/样木.csv", "913:8", ["650", "100 m"], []),
        ("样木重号", "row-twice", "数据/样木.csv", "330:1", ["T107/9", "329"], []),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place_and_mend(
    damage: str,
    code: str,
    file: str,
    at: str,
    words: list[str],
    mends: list[str],
    after: Callable[[str], Assessment],
) -> None:
    [problem] = after(damage).problems
    assert problem.code == code
    assert problem.origin is not None
    assert (problem.origin.file, problem.origin.at) == (file, at)
    said_in_both(problem.message, *words)
    said_in_both(problem.mend, *mends)


@pytest.mark.parametrize(
    ("damage", "rule", "subject", "file", "words"),
    [
        ("边界自相交", "AFF-5-VALID", "XB-002", PARCELS, ["XB-002"]),
        ("一个小班经纬度颠倒", "AFF-5-LAYER", "XB-040", PARCELS, ["XB-040"]),
        ("样地不在碳层", "AFF-6-PLOT-STRATUM", "T114", "数据/样地.csv", ["T114", "T-9"]),
        ("样地位置错", "AFF-7-PLOT-PLACE", "T105", "数据/样地.csv", ["T105", "XB-013"]),
        ("样地换号", "AFF-7-REMEASURED", "T203", "数据/样地.csv", ["T203", "T230"]),
        ("胸径变小", "AFF-7-SHRINK", "T101/1", "数据/样木.csv", ["T101", "7.8 cm", "7.2 cm"]),
        ("胸径以米填", "AFF-7-CALIPER", "T102/2", "数据/样木.csv", ["T102", "0.129 cm", "5 cm"]),
        ("胸径以米填", "AFF-6-RANGE", "T102/2", "数据/样木.csv", ["T102", "0.129 cm", "樟子松"]),
        ("树种无方程", "AFF-6-EQUATION", "T204/1", "数据/样木.csv", ["T204", "榆树"]),
    ],
)
def test_what_is_found_names_its_row_and_what_mends_it(
    damage: str,
    rule: str,
    subject: str,
    file: str,
    words: list[str],
    after: Callable[[str], Assessment],
) -> None:
    finding = finding_of(after(damage), rule, subject)
    assert finding.verdict == "nonconforming"
    assert finding.origin is not None
    assert finding.origin.file == file
    assert finding.origin.at
    said_in_both(finding.message, *words)
    said_in_both(finding.remedy)


def finding_of(assessment: Assessment, rule: str, subject: str) -> Finding:
    [requirement] = [each for each in assessment.requirements if each.id == rule]
    [finding] = [each for each in requirement.findings if each.subject == subject]
    return finding


def test_tables_are_called_as_a_chinese_dossier_calls_them(
    after: Callable[[str], Assessment],
) -> None:
    [problem] = after("样木重号").problems
    assert "`样木`" in problem.message["zh"]
    assert "`trees`" in problem.message["en"]


# A large layer


def dense(corners: list[Point], count: int) -> list[Point]:
    """The ring with `count` vertices more or less evenly along its sides."""
    sides = len(corners) - 1
    made = []
    for number in range(count):
        side, step = divmod(number * sides, count)
        (x, y), (a, b) = corners[side], corners[side + 1]
        share = step / count
        made.append((x + (a - x) * share, y + (b - y) * share))
    return [*made, made[0]]


def large(per_parcel: int) -> Project:
    project = build()
    for name, corners in project.parcels.items():
        project.parcels[name] = dense(corners, per_parcel)
        project.decimals[name] = 9
    return project


# A process starts out with the memory of the one that made it, which here is all the tests'; so
# a small one is put between, and says how much its child came to need.
MEASURED = """\
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], timeout=300).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_layer_of_200_000_vertices_is_checked_in_bounded_memory(tmp_path: Path) -> None:
    write(large(1250), tmp_path / "d")
    report = tmp_path / "out.json"
    check = [
        *(sys.executable, "-m", "guiju", "check", str(tmp_path / "d"), "--quiet"),
        *("--pack", str(PACK), "--format", f"json:{report}"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *check], capture_output=True, text=True, check=True
    )
    code, kibibytes = map(int, done.stdout.split())
    assert code in (0, 1)
    found = json.loads(report.read_text(encoding="utf-8"))
    assert [each["code"] for each in found["problems"]] == []
    assert [each["id"] for each in found["requirements"] if each["findings"]] == []
    assert kibibytes < 500 * 1024


def test_a_layer_beyond_the_limit_is_refused_with_the_limit(
    tmp_path: Path, pack: PackPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_VERTICES", 1000)
    found = checked(large(20), tmp_path, pack)
    [problem] = [each for each in found.problems if each.code == "too-many-vertices"]
    assert problem.origin is not None
    assert problem.origin.file == PARCELS
    said_in_both(problem.message, "3360", "1000")
    said_in_both(problem.mend)


def test_every_problem_of_the_damages_is_told_in_both_languages(
    after: Callable[[str], Assessment],
) -> None:
    seen: dict[str, Problem] = {}
    for damage in DAMAGES.values():
        if damage.problems:
            seen |= {problem.code: problem for problem in after(damage.name).problems}
    assert {code for damage in DAMAGES.values() for code in damage.problems} == set(seen)
    for problem in seen.values():
        said_in_both(problem.message)
        said_in_both(problem.mend)
