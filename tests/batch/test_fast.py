"""Rules over facts by a function that is kept: the results are those of the reference, to the
byte."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from guiju.assessment import assess
from guiju.batch import Job, Limits, run_batch
from guiju.batch.fast import COMPILED_AFTER, Kept, KeptEvaluator
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read

from .making import make_pack, results, write

FACTS = """
facts project "The project" zh "项目"
  area     "Area" zh "面积" : ha
  minimum  "Least area" zh "最小面积" : ha
  claimed  "Claim" zh "申报量" : number
  count    "Parcels" zh "地块数" : integer
  stand    "Stand" zh "林分" : one of tree "Trees" zh "乔木", bamboo "Bamboo" zh "竹林"
  start    "Start" zh "开工" : date
  agreed   "Agreed" zh "已同意" : yes/no
  owner    "Owner" zh "业主" : text
  unused   "Asked by no rule" zh "无规则使用" : text
  survey   "Survey" zh "测绘报告" : document

formula density "Claim by area" zh "单位面积申报量" : number
  = project.claimed / (project.area in ha)
"""
MUSTS = (
    "project.area >= project.minimum",
    "project.claimed within 5% of 10 * project.count",
    "project.start + 3 years <= dossier.submitted",
    "project.start < 2020-01-01 or project.agreed",
    "project.stand is bamboo or project.count > 2",
    "density between 0.1 and 33.3",
    "project.owner is known and length(project.owner) > 1",
    "project.area * 3 = project.minimum + 0.3 ha",
    'project.owner is in {"甲", "乙公司"} or project.unused is not known',
)


def rules() -> str:
    text = FACTS
    for number, must in enumerate(MUSTS):
        text += f"""
rule F-{number} "Rule {number}" zh "规则 {number}"
  cite    "{number}"
  basis   verified
  when    {"project.stand is tree" if number % 3 == 2 else "project.count != 7"}
  must    {must}
  else    CAR "Not so: {{project.area}}, {{project.owner}}." zh "不符：{{project.area}}。"
  unknown CL "Complete it." zh "请补充。"
  {"needs   survey" if number == 4 else ""}
"""
    return text


VALUES: dict[str, tuple[Any, ...]] = {
    "area": ("0.1 ha", "0.2 ha", "3 ha", "0.30000000000000000001 ha", "45 亩"),
    "minimum": ("0.1 ha", "0 ha", "0.3 ha", "3 ha"),
    "claimed": (0, 10, "9.5", "10.500000000000000001", 1000),
    "count": (0, 1, 3, 7),
    "stand": ("tree", "bamboo", "moss"),
    "start": ("2019-12-31", "2020-01-01", "2023-05-12"),
    "agreed": ("yes", "no"),
    "owner": ("甲", "乙公司", '""'),
    "unused": ("x",),
}


def registry(folder: Path, count: int) -> Path:
    chance = random.Random(7)
    for number in range(count):
        facts = "".join(
            f"    {name}: {chance.choice(values)}\n"
            for name, values in VALUES.items()
            if chance.random() < 0.85
        )
        submitted = chance.choice(("2022-12-31", "2023-01-01", "2026-05-12"))
        write(
            folder / f"d-{number:03}",
            f"guiju: 1\nid: D-{number}\ntitle: T\npack: small\nedition: '1'\nstage: validation\n"
            f"submitted: {submitted}\nfacts:\n  project:\n{facts}",
        )
    return folder


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("facts"), rules()) / "small"


def test_both_roads_leave_the_same_bytes(pack: Path, tmp_path: Path) -> None:
    many = registry(tmp_path / "r", 150)
    left = []
    for engine in ("reference", "compiled", None):
        out = tmp_path / str(engine)
        run_batch(
            Job(str(many), (str(pack),)), str(out), Limits(engine=engine), page=lambda _: "page"
        )
        left.append(results(out))
    assert left[0] == left[1] == left[2]


def test_rules_that_conform_are_not_asked_of_the_reference(pack: Path, tmp_path: Path) -> None:
    plan = load_pack(str(pack))
    kept = Kept("compiled", None)
    settled = 0
    for one in sorted(registry(tmp_path, 60).iterdir()):
        dossier = read(open_dossier(one), plan)
        made: list[KeptEvaluator] = []

        def noted(*given: Any, made: list[KeptEvaluator] = made, **named: Any) -> KeptEvaluator:
            evaluator = kept.evaluator(plan)
            assert evaluator is not None
            made.append(evaluator(*given, **named))  # type: ignore[arg-type]
            return made[0]

        fast = assess(dossier, plan, brief=True, evaluator=noted)
        assert fast == assess(dossier, plan, brief=True)
        settled += len(made[0]._conforming())
    assert settled > 60


def test_a_function_is_made_for_many_dossiers_only(pack: Path) -> None:
    plan = load_pack(str(pack))
    kept = Kept(None, None)
    few = [kept.evaluator(plan) for _ in range(COMPILED_AFTER)]
    assert few == [None] * COMPILED_AFTER
    assert kept.evaluator(plan) is not None
    assert kept.evaluator(plan) is kept.evaluator(plan)
    assert Kept("reference", None).evaluator(plan) is None


def test_a_pack_without_rules_over_facts_has_no_function(tmp_path: Path) -> None:
    rows = """
table parcels "Parcels" zh "地块"
  key id
  id   "Number" zh "编号" : text
rule S-A "A" zh "甲"
  cite    "1"
  basis   verified
  for     each parcel in parcels
  must    parcel.id != "x"
  else    CAR "No." zh "不符。"
"""
    plan = load_pack(str(make_pack(tmp_path, rows) / "small"))
    assert Kept("compiled", None).evaluator(plan) is None
