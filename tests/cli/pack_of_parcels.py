"""A small pack over one table of parcels, and the areas of some."""

from __future__ import annotations

from pathlib import Path

PACK = """\
id = "parcels"
edition = "1"
language = "en"
title = { en = "Parcels", zh = "地块" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "不符合", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
"""
RULES = """\
table parcels "Parcels" zh "地块"
  key id
  id : text
  area "Area" zh "面积" : ha

rule P-AREA "Large enough" zh "面积足够"
  cite    "1"
  basis   verified
  for     each parcel in parcels
  must    parcel.area >= 400 m2
  else    CAR "Parcel {parcel.id} has {parcel.area}." zh "地块 {parcel.id} 面积为 {parcel.area}。"
  unknown CL  "Give the area of {parcel.id}." zh "请补充 {parcel.id} 的面积。"
"""
ROWS = ["1", "0.01", "", "0.02", "2", "0.03"]
"""Two parcels conform, three do not, and of one nothing is known."""


def write_pack(folder: Path) -> Path:
    """Writes the pack into a folder of packs, and gives that folder."""
    pack = folder / "packs" / "parcels"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text(PACK, encoding="utf-8")
    (pack / "1-rules.gj").write_text(RULES, encoding="utf-8")
    return pack.parent
