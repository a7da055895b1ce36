"""A registry of small dossiers made from a seed, and runs over it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).resolve().parents[2]

PACK = """\
id = "small"
edition = "1"
language = "en"
title = { en = "A small pack", zh = "小规则包" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "不符合", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
"""
RULES = """\
facts project "The project" zh "项目"
  province (省份) "Province" zh "省份" : text
  owner "Owner" zh "业主" : text
  area "Area" zh "面积" : ha

table parcels "Parcels" zh "地块"
  key id
  id   "Number" zh "编号" : text
  area "Area" zh "面积" : ha

rule S-AREA "The project is large enough" zh "项目面积足够"
  cite    "1"
  basis   verified
  must    project.area >= 400 m2
  else    CAR "The area is {project.area}." zh "面积为 {project.area}。"
  unknown CL  "Give the area." zh "请补充面积。"

rule S-PARCEL "Each parcel is large enough" zh "各地块面积足够"
  cite    "2"
  basis   secondary
  for     each parcel in parcels
  must    parcel.area >= 400 m2
  else    CAR "Parcel {parcel.id} covers {parcel.area}." zh "地块 {parcel.id} 面积为 {parcel.area}。"
  unknown CL  "Give the area of {parcel.id}." zh "请补充 {parcel.id} 的面积。"
"""

PROVINCES = ("内蒙古", "河北", "云南", "四川")
OWNERS = ("甲公司", "乙公司", "<b>丙</b> & Sons", "丁")


def make_pack(folder: Path, rules: str = RULES) -> Path:
    """The small pack, in a folder of packs; gives that folder."""
    pack = folder / "small"
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "pack.toml").write_text(PACK, encoding="utf-8")
    (pack / "1-rules.gj").write_text(rules, encoding="utf-8")
    return folder


def dossier(name: str, area: str | None = "3 ha", *, more: str = "", head: str = "") -> str:
    """The text of a `dossier.yaml`."""
    area_line = "" if area is None else f"    area: {area}\n"
    return (
        f'guiju: 1\nid: {name}\ntitle: 造林项目 {name}\npack: small\nedition: "1"\n'
        f"stage: validation\nsubmitted: 2026-05-12\n{head}facts:\n  project:\n{more}{area_line}"
    )


def write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.yaml").write_text(text, encoding="utf-8")
    return folder


def registry(folder: Path, count: int, seed: int = 20261129) -> Path:
    """So many dossiers in folders of provinces, every eleventh as a zip: some lack their area,
    some are too small, some have parcels that are."""
    chance = random.Random(seed)
    for number in range(count):
        name = f"P{number:04}"
        province = chance.choice(PROVINCES)
        more = f'    owner: "{chance.choice(OWNERS)}"\n'
        if chance.random() < 0.9:
            more += f"    province: {province}\n"
        area = chance.choice((None, "3 ha", "12.5 ha", "0.02 ha", "45 亩"))
        text = dossier(name, area, more=more)
        rows = [
            f"{name}-{row},{chance.choice(('', '1', '0.03', '2.25'))}"
            for row in range(chance.randrange(4))
        ]
        place = folder / province / name
        write(place, text + ("tables:\n  parcels: { file: parcels.csv }\n" if rows else ""))
        if rows:
            (place / "parcels.csv").write_text(
                "\n".join(["id,area", *rows]) + "\n", encoding="utf-8"
            )
        if number % 11 == 3:
            with zipfile.ZipFile(f"{place}.zip", "w") as packed:
                for file in sorted(place.iterdir()):
                    packed.write(file, file.name)
            shutil.rmtree(place)
    return folder


def environment(packs: Path) -> dict[str, str]:
    env = dict(os.environ)
    env["PYTHONPATH"] = os.pathsep.join(str(ROOT / s) for s in ("engine", "rules", "reports"))
    env["PYTHONIOENCODING"] = "utf-8"
    env["GUIJU_PACKS"] = str(packs)
    return env


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "guiju", "batch", *map(str, words)]


def batch(
    packs: Path, *words: str | Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """`guiju batch` in a process of its own."""
    return subprocess.run(
        command(*words),
        env=environment(packs),
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


RESULTS = ("dossiers", "verdicts", "findings", "missing")


def results(out: Path) -> dict[str, bytes]:
    """The bytes of everything a run leaves for others."""
    names = [*(f"{table}.parquet" for table in RESULTS), "summary.html", "summary.json"]
    return {name: (out / name).read_bytes() for name in names}


def ask(out: Path, query: str) -> list[tuple[Any, ...]]:
    """A query to the tables of a run, named like their files."""
    with duckdb.connect(":memory:") as connection:
        for table in RESULTS:
            file = str(out / table).replace("[", "[[]").replace("*", "[*]")
            connection.execute(
                f"CREATE VIEW {table} AS SELECT * FROM"
                f" read_parquet('{file}.parquet', hive_partitioning=false)"
            )
        return connection.execute(query).fetchall()
