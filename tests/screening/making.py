"""Small packs, and parcel tables with many kinds of failures, made from a seed."""

from __future__ import annotations

import csv
import random
from pathlib import Path

PACK = """\
id = "{id}"
edition = "1"
language = "en"
title = {{ en = "Pack {id}", zh = "规则包 {id}" }}
authority = {{ en = "none", zh = "无" }}
default_unknown = "CL"
[findings]
CAR = {{ en = "Corrective action request", zh = "不符合", weight = 3 }}
CL = {{ en = "Clarification request", zh = "澄清要求", weight = 2 }}
"""

VOCABULARY = """\
facts project "The project" zh "项目"
  start_date (开工日期) "Start" zh "开工日期" : date
  large (大项目) "Large" zh "大项目" : yes/no
facts papers "Papers" zh "材料"
  survey (测绘成果) "Survey" zh "测绘成果" : document

table parcels (地块) "Parcels" zh "地块"
  key id
  boundary polygon
  id (小班号) "Number" zh "小班号" : text
  area (面积) "Area" zh "面积" : ha >= 0 ha
  cleared (清除面积) "Cleared ground" zh "清除面积" : ha >= 0 ha
  land (地类) "Land class" zh "地类" : one of barren "Barren" zh "荒地", wetland "Wetland" zh "湿地"
  since (起始日期) "Bare since" zh "起始日期" : date
  planned (规划) "Planned" zh "规划" : yes/no
  owner (权属人) "Owner" zh "权属人" : text

table plots (样地) "Plots" zh "样地"
  key number
  number (样地号) "Plot" zh "样地号" : text
  parcel "Its parcel" zh "所在小班" : text
  size (样地面积) "Size" zh "样地面积" : ha
"""

RULES = """\
rule S-LAND "No wetland" zh "不占用湿地"
  cite    "1"
  basis   verified
  for     each parcel in parcels
  must    parcel.land is not wetland
  else    CAR "Parcel {parcel.id} is {parcel.land}." zh "小班 {parcel.id} 为{parcel.land}。"
  unknown CL  "Give the land class of {parcel.id}." zh "请补充 {parcel.id} 的地类。"

rule S-AREA "Each parcel is large enough" zh "单个地块足够大"
  cite    "2"
  basis   secondary
  for     each parcel in parcels
  let     minimum = if project.start_date < 2020-01-01 then 667 m2 else 400 m2
  must    parcel.area >= minimum
  else    CAR "Parcel {parcel.id} covers {parcel.area}." zh "小班 {parcel.id} 面积为 {parcel.area}。"
  unknown CL  "Give the area of {parcel.id}." zh "请补充 {parcel.id} 的面积。"

rule S-SINCE "Bare for three years" zh "三年非森林"
  cite    "3"
  basis   unverified
  for     each parcel in parcels where parcel.planned
  when    parcel.land is known
  must    project.start_date >= parcel.since + 3 years month end up
  else    CAR "Parcel {parcel.id}: {parcel.since}." zh "小班 {parcel.id}：{parcel.since}。"
  unknown CL  "Since when?" zh "自何时起？"

rule S-OWNER "Nobody else owns as much" zh "不超过两块"
  cite    "4"
  basis   secondary
  for     each parcel in parcels
  must    (count of other for other in parcels where other.owner = parcel.owner) <= 40
  else    CAR "{parcel.owner} has too many." zh "{parcel.owner} 过多。"
  unknown CL  "Who owns {parcel.id}?" zh "{parcel.id} 属谁？"

rule S-SHARE "Little is cleared" zh "清除比例不高"
  cite    "5"
  basis   secondary
  for     each parcel in parcels
  must    parcel.cleared / parcel.area <= 20%
  else    CAR "Too much of {parcel.id} is cleared." zh "小班 {parcel.id} 清除过多。"
  unknown CL  "How much of {parcel.id} is cleared?" zh "小班 {parcel.id} 清除多少？"

rule S-SURVEY "It was surveyed" zh "已测绘"
  cite    "6"
  basis   secondary
  for     each parcel in parcels
  must    parcel.planned
  else    CAR "Parcel {parcel.id} is not planned." zh "小班 {parcel.id} 未规划。"
  unknown CL  "Is {parcel.id} planned?" zh "小班 {parcel.id} 是否规划？"
  needs   survey

rule S-PROJECT "Not large" zh "非大项目"
  cite    "7"
  basis   secondary
  must    not project.large
  else    CAR "It is large." zh "为大项目。"

rule S-PLOT "Plots are large enough" zh "样地足够大"
  cite    "8"
  basis   secondary
  for     each plot in plots
  must    plot.size >= 0.06 ha
  else    CAR "Plot {plot.number} is small." zh "样地 {plot.number} 过小。"

judge S-STAKE "Neighbours agree" zh "相邻权利人同意"
  cite    "9"
  basis   secondary
  ask     "Do they?" zh "是否同意？"
  else    CAR "They do not." zh "不同意。"
  unknown CL "Ask them." zh "请询问。"
"""

DOSSIER = """\
guiju: 1
id: screened
title: 造林项目
pack: small
edition: "1"
stage: validation
submitted: 2026-05-12
facts:
  project:
    start_date: 2021-04-01
tables:
  parcels: { file: parcels.csv }
evidence:
  - { id: E-1, kind: survey, file: survey.txt, issued: 2021-01-10 }
"""

HEADINGS = ("小班号", "面积(亩)", "清除面积", "地类", "起始日期", "规划", "权属人", "县")


def make_pack(folder: Path, id_: str = "small", rules: str = VOCABULARY + RULES) -> Path:
    """A pack in a folder of packs; gives that folder."""
    pack = folder / id_
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "pack.toml").write_text(PACK.format(id=id_), encoding="utf-8")
    (pack / "1-rules.gj").write_text(rules, encoding="utf-8")
    return folder


def rows(count: int, seed: int = 7) -> list[list[str]]:
    """Parcels of which many fail, lack a cell, or lie exactly on a threshold. 1 mu is 1/15 ha,
    so that areas have no end of decimals in the unit of the vocabulary."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        area = rng.choice(["0.6", "0.5", "7.3", "12", "1", "0.04 hm2", "0.0399999999999999999 hm2"])
        found.append(
            [
                f"XB-{number:04d}",
                rng.choice([area, area, area, ""]),
                rng.choice(["0", "0.001", "0.016", "0.2", ""]),
                rng.choice(["荒地", "荒地", "荒地", "湿地", ""]),
                rng.choice(["2018-04-01", "2018-04-02", "2001-02-28", "2016-02-29", ""]),
                rng.choice(["是", "是", "否", ""]),
                rng.choice(["甲", "乙", "丙", f"户{number}", f"户{number // 2}", f"村{number}"]),
                rng.choice(["康保县", "张北县", "<b>沽源</b>", ""]),
            ]
        )
    return found


def write_table(file: Path, body: list[list[str]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows(body)
    return file


def write_dossier(folder: Path, body: list[list[str]], text: str = DOSSIER) -> Path:
    write_table(folder / "parcels.csv", body)
    (folder / "survey.txt").write_text("made up\n", encoding="utf-8")
    (folder / "dossier.yaml").write_text(text, encoding="utf-8")
    return folder
