"""The quantities of the afforestation pack, reckoned a second time in plain Python.

A small dossier has a stratum on each route: biomass equation, volume, shrubs measured, shrubs by
cover. Its equations are round figures, of no real species.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from math import floor, sqrt
from pathlib import Path
from random import Random
from statistics import mean, stdev
from typing import Any

import pytest
import yaml

from guiju.assessment import assess
from guiju.compiler import check_pack, load_pack
from guiju.compiler.swaps import read_swaps
from guiju.dossier import open_dossier, read

PACK = Path(__file__).parents[2] / "rules/guiju_rules/ccer-14-001"

CO2_PER_C = 44 / 12
T_90 = {16: 1.745883676276249}  # two-sided 90 %, from a printed table of Student's t
EQUATIONS: dict[str, dict[str, Any]] = {
    "示例松": {"kind": "生物量方程", "a": 0.07, "b": 2.31, "c": 0.13, "rs": 0.25, "cf": 0.49},
    "示例杨": {
        "kind": "材积方程",
        "a": 0.00006,
        "b": 1.9,
        "c": 0.95,
        "rs": 0.27,
        "cf": 0.48,
        "d": 0.41,
        "bef": 1.4,
    },
}
AREAS = {"T-1": 900, "T-2": 450, "S-1": 300, "S-2": 150}
ROUTES = {"T-1": "生物量方程法", "T-2": "蓄积量法", "S-1": "灌木实测法", "S-2": "灌木覆盖度法"}
SHRUB_FACTOR = 1.40 * 0.47 * CO2_PER_C
FOREST_BIOMASS = 60


class Project:
    """Rows of a dossier, and what comes of them."""

    def __init__(self) -> None:
        draw = Random(14001)
        self.trees: list[dict[str, Any]] = []
        self.plots: list[dict[str, Any]] = []
        self.shrubs: list[dict[str, Any]] = []
        for stratum, species in (("T-1", "示例松"), ("T-2", "示例杨")):
            for number in range(5):
                plot = f"{stratum}-{number}"
                self.plots.append({"样地号": plot, "所属碳层": stratum, "样地面积": 600})
                for tree in range(12):
                    before = draw.randint(60, 180) / 10
                    self.trees.append(
                        {
                            "所在样地": plot,
                            "样木号": str(tree),
                            "样木树种": species,
                            "样木状态": ("进界木", "枯死木", *["保留木"] * 10)[tree],
                            "前期胸径": before,
                            "本期胸径": before + 3,
                            "前期树高": 6,
                            "本期树高": 7.5,
                        }
                    )
        for stratum in ("S-1", "S-2"):
            for number in range(5):
                grown = draw.randint(4, 16)
                self.shrubs.append(
                    {
                        "样方号": f"{stratum}-{number}",
                        "样方碳层": stratum,
                        "样方面积": 25,
                        "前期灌木生物量": 5,
                        "本期灌木生物量": 5 + grown,
                        "前期灌木覆盖度": "20%",
                        "本期灌木覆盖度": f"{20 + grown}%",
                    }
                )

    def density(self, sample: dict[str, Any], now: bool) -> float:
        """tCO2 per hectare of a plot or quadrat."""
        if "样方号" in sample:
            if sample["样方碳层"] == "S-1":
                kilograms = sample["本期灌木生物量" if now else "前期灌木生物量"]
                return float(kilograms / 1000 / 0.0025 * SHRUB_FACTOR)
            cover = float(sample["本期灌木覆盖度" if now else "前期灌木覆盖度"].rstrip("%")) / 100
            return 0.10 * FOREST_BIOMASS * cover * SHRUB_FACTOR
        carbon = 0.0
        for tree in self.trees:
            if tree["所在样地"] != sample["样地号"]:
                continue
            if tree["样木状态"] == ("枯死木" if now else "进界木"):
                continue
            e = EQUATIONS[tree["样木树种"]]
            when = "本期" if now else "前期"
            estimate = e["a"] * tree[f"{when}胸径"] ** e["b"] * tree[f"{when}树高"] ** e["c"]
            tonnes = estimate / 1000 if "d" not in e else estimate * e["d"] * e["bef"]
            carbon += tonnes * (1 + e["rs"]) * e["cf"]
        return carbon / 0.06 * CO2_PER_C

    def samples(self, stratum: str) -> list[dict[str, Any]]:
        """The plots or quadrats of a stratum."""
        own = [plot for plot in self.plots if plot["所属碳层"] == stratum]
        return own or [quadrat for quadrat in self.shrubs if quadrat["样方碳层"] == stratum]

    def stock(self, stratum: str, now: bool) -> float:
        """tCO2 of a stratum."""
        return mean(self.density(one, now) for one in self.samples(stratum)) * AREAS[stratum] / 15

    def change(self) -> float:
        """tCO2 of the project."""
        return sum(self.stock(one, True) - self.stock(one, False) for one in AREAS)

    def half_width(self) -> float:
        """The relative half-width of the change."""
        total = sum(AREAS.values()) / 15
        variance = 0.0
        count = 0
        for stratum, mu in AREAS.items():
            changes = [
                self.density(s, True) - self.density(s, False) for s in self.samples(stratum)
            ]
            variance += (mu / 15 / total) ** 2 * stdev(changes) ** 2 / len(changes)
            count += len(changes)
        return T_90[count - len(AREAS)] * sqrt(variance) / (self.change() / total)

    def reductions(self, risk: float = 0.10) -> int:
        """tCO2e to claim, with a fire of two hectares and a growing baseline."""
        width = self.half_width()
        discount = 0.0 if width <= 0.10 else 0.06 if width <= 0.20 else 0.11
        fire = 2 * 18 * 0.45 * (4.7 * 28 + 0.26 * 265) / 1000
        return floor((self.change() * (1 - discount) - fire - 25) * (1 - risk))

    def dossier(self) -> dict[str, Any]:
        """The dossier, as `dossier.yaml` holds it."""
        return {
            "guiju": 1,
            "id": "quantities",
            "pack": "ccer-14-001",
            "edition": "V01",
            "stage": "verification",
            "submitted": "2026-10-12",
            "facts": {
                "项目": {
                    "农业活动转移": "否",
                    "气候带": "温带",
                    "森林地上生物量": f"{FOREST_BIOMASS}",
                },
                "基线": {"基线取零": "否", "基线碳储量变化量": "25"},
                "核算": {"首次核查": "否", "申报碳储量变化量": f"{self.change():.2f}"},
                "申报": {"申请登记量": f"{self.reductions()}"},
            },
            "tables": {
                "地块": [
                    {"小班号": f"P-{n}", "面积": f"{mu} 亩", "地块碳层": one}
                    for n, (one, mu) in enumerate(AREAS.items())
                ],
                "碳层": [
                    {
                        "碳层号": one,
                        "碳层林分": "灌木层" if one.startswith("S") else "乔木层",
                        "核算方法": ROUTES[one],
                        "碳层面积": f"{mu / 15:.2f} hm2",
                        "前期申报碳储量": f"{self.stock(one, False):.2f}",
                        "本期申报碳储量": f"{self.stock(one, True):.2f}",
                    }
                    for one, mu in AREAS.items()
                ],
                "样地": self.plots,
                "样木": self.trees,
                "灌木样方": self.shrubs,
                "方程": [
                    {
                        "适用树种": species,
                        "方程类别": e["kind"],
                        "系数a": f"{e['a']:.6f}",
                        "系数b": e["b"],
                        "系数c": e["c"],
                        "胸径下限": 5,
                        "胸径上限": 40,
                        "根茎比": e["rs"],
                        "含碳率": e["cf"],
                        **({"木材密度": e["d"], "生物量扩展因子": e["bef"]} if "d" in e else {}),
                        "来源证据号": "E-1",
                    }
                    for species, e in EQUATIONS.items()
                ],
                "火灾": [
                    {"火灾号": "F-1", "过火碳层": "T-1", "过火面积": "2", "过火前生物量": "18"}
                ],
            },
        }


def verdicts(folder: Path, dossier: dict[str, Any], pack: Any = None) -> dict[str, str]:
    """The verdict of every rule on a dossier written to a folder."""
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(as_text(dossier), allow_unicode=True)
    (folder / "dossier.yaml").write_text(text, encoding="utf-8")
    plan = pack or load_pack(str(PACK))
    assessment = assess(read(open_dossier(folder), plan), plan)
    return {requirement.id: requirement.verdict for requirement in assessment.requirements}


def as_text(value: Any) -> Any:
    """A tree whose numbers are the texts a person would write."""
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    return f"{round(value, 6)}" if isinstance(value, float) else value


QUANTITIES = [
    "AFF-6-AREA",
    "AFF-6-STOCK-BEFORE",
    "AFF-6-STOCK",
    "AFF-6-CHANGE",
    "AFF-6-PRECISION",
    "AFF-6-CLAIM",
]


def test_the_claim_of_all_four_routes_is_reproduced_to_the_tonne(tmp_path: Path) -> None:
    project = Project()
    assert 0.10 < project.half_width() < 0.20  # so that the discount of 6 % is reckoned too
    found = verdicts(tmp_path / "d", project.dossier())
    assert {rule: found[rule] for rule in QUANTITIES} == dict.fromkeys(QUANTITIES, "conforms")


def drop_ratio(dossier: dict[str, Any]) -> None:
    stratum = dossier["tables"]["碳层"][0]
    stratum["本期申报碳储量"] = f"{float(stratum['本期申报碳储量']) * 12 / 44:.2f}"


def one_more(dossier: dict[str, Any]) -> None:
    claim = dossier["facts"]["申报"]
    claim["申请登记量"] = str(int(claim["申请登记量"]) + 1)


def centimetres_as_metres(dossier: dict[str, Any]) -> None:
    tree = next(t for t in dossier["tables"]["样木"] if t["样木状态"] == "保留木")
    tree["本期胸径"] = tree["本期胸径"] / 100


def no_equation(dossier: dict[str, Any]) -> None:
    dossier["tables"]["样木"][5]["样木树种"] = "榆树"


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (drop_ratio, {"AFF-6-STOCK": "nonconforming"}),
        (one_more, {"AFF-6-CLAIM": "nonconforming"}),
        (centimetres_as_metres, {"AFF-6-RANGE": "nonconforming", "AFF-6-CLAIM": "nonconforming"}),
        (no_equation, {"AFF-6-EQUATION": "nonconforming", "AFF-6-CLAIM": "undetermined"}),
    ],
)
def test_a_damage_is_found(
    damage: Callable[[dict[str, Any]], None], expected: dict[str, str], tmp_path: Path
) -> None:
    dossier = Project().dossier()
    whole = verdicts(tmp_path / "whole", dossier)
    damage(dossier)
    found = verdicts(tmp_path / "damaged", dossier)
    assert {rule: found[rule] for rule in expected} == expected
    assert {rule for rule in found if found[rule] != whole[rule]} >= set(expected)


def test_an_official_value_replaces_a_file_and_no_rule(tmp_path: Path) -> None:
    official = tmp_path / "official"
    official.mkdir()
    (official / "non_permanence.csv").write_text(
        "methodology,non_permanence,effective,until,basis,note\n"
        "CCER-14-001,15,2026-01-01,,verified,made up for this test\n",
        encoding="utf-8",
    )
    pack = load_pack(str(PACK), read_swaps(str(official)))
    project = Project()
    dossier = project.dossier()
    assert verdicts(tmp_path / "as-shipped", dossier, pack)["AFF-6-CLAIM"] == "nonconforming"
    dossier["facts"]["申报"]["申请登记量"] = str(project.reductions(risk=0.15))
    assert verdicts(tmp_path / "replaced", dossier, pack)["AFF-6-CLAIM"] == "conforms"


@pytest.mark.parametrize("file", ["6-biomass.gj", "6-shrubs.gj"])
def test_leaving_out_44_12_is_an_error_of_the_pack(file: str, tmp_path: Path) -> None:
    copy = tmp_path / "ccer-14-001"
    shutil.copytree(PACK, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert " * CO2_per_C" in text
    (copy / file).write_text(text.replace(" * CO2_per_C", ""), encoding="utf-8")
    assert "unit-mismatch" in {diagnostic.code for diagnostic in check_pack(str(copy))}
