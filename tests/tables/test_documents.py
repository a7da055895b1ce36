"""Rules that need documents, over tables that stand alone: as of a dossier that has none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
from tests.roads.values import dossier

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.plan.nodes import PackPlan
from guiju.tables import check_tables

MANIFEST = """\
id = "papers"
edition = "1"
language = "en"
title = { en = "Papers", zh = "文件" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "不符合", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
"""
RULES = """\
facts papers "Papers" zh "文件"
  survey "Survey of the boundaries" zh "边界调查" : document
  deed "Deed" zh "权属证明" : document

table parcels "Parcels" zh "地块"
  key id
  id   "Number" zh "编号" : integer
  area "Area" zh "面积" : number
  slope "Slope" zh "坡度" : number

rule P-SURVEY "Surveyed and large enough" zh "已调查且面积足够"
  cite    "1"
  basis   verified
  for     each parcel in parcels where parcel.slope < 40
  must    parcel.area >= 4
  else    CAR "Parcel {parcel.id} covers {parcel.area}." zh "地块 {parcel.id} 面积为 {parcel.area}。"
  unknown CL  "Give the area of {parcel.id}." zh "请补充 {parcel.id} 的面积。"
  needs   survey, deed

rule P-PLAIN "Large enough" zh "面积足够"
  cite    "2"
  basis   verified
  for     each parcel in parcels
  must    parcel.area >= 4
  else    CAR "Parcel {parcel.id} covers {parcel.area}." zh "地块 {parcel.id} 面积为 {parcel.area}。"
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> PackPlan:
    folder = tmp_path_factory.mktemp("packs") / "papers"
    folder.mkdir()
    (folder / "pack.toml").write_text(MANIFEST, encoding="utf-8")
    (folder / "1-rules.gj").write_text(RULES, encoding="utf-8")
    return load_pack(f"{folder}/")


def test_a_rule_that_needs_documents_is_undetermined_and_asks_for_them_once(
    pack: PackPlan, tmp_path: Path
) -> None:
    chance = Random(1)
    # The last areas are so near the limit that the reference evaluator is asked.
    rows = [
        {
            "id": at,
            "area": chance.choice((1.5, 4.0, 9.25, None, 4.000000000000001)),
            "slope": chance.choice((10.0, 39.5, 50.0, None)),
        }
        for at in range(200)
    ]
    file = tmp_path / "parcels.parquet"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (id INTEGER, area DOUBLE, slope DOUBLE)")
    connection.executemany("INSERT INTO t VALUES (?, ?, ?)", [list(row.values()) for row in rows])
    connection.execute(f"COPY t TO '{file}' (FORMAT parquet)")
    right = assess(dossier(pack, {}, {"parcels": rows}), pack, as_of=date(2026, 1, 1))
    found = check_tables(pack, {"parcels": file}, tmp_path / "out", told=1000)
    assert found.left == ()
    assert found.counts == {one.id: one.counts for one in right.requirements}
    listed = connection.execute(
        f"SELECT rule, row, verdict FROM '{tmp_path}/out/findings.parquet'"
    ).fetchall()
    for one in right.requirements:
        own = [finding for finding in one.findings if finding.subject is not None]
        expected = {(one.id, int(finding.subject or ""), finding.verdict) for finding in own}
        assert {row for row in listed if row[0] == one.id} == expected
        told = found.told[one.id]
        assert [item.finding.message for item in told] == [item.message for item in one.findings]
        assert [item.row is None for item in told] == [
            finding.subject is None for finding in one.findings
        ]
    survey = found.told["P-SURVEY"]
    assert (survey[-1].row, survey[-1].finding.verdict) == (None, "undetermined")
    counts = found.counts["P-SURVEY"]
    assert survey[-1].rows + len(survey) - 1 == counts["undetermined"] + counts["nonconforming"]
    assert found.counts["P-PLAIN"]["conforms"] and "conforms" not in counts
    # What is told is of the first rows only, and of the documents all the same.
    assert [
        one.row is None for one in check_tables(pack, {"parcels": file}, told=1).told["P-SURVEY"]
    ] == [False, True]
