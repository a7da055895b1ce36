"""The findings of a run over many engagements are the findings of a supervisor's dossier."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.assessment import assess
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read
from guiju.verdicts import Assessment

duckdb = pytest.importorskip("duckdb")

ROOT = Path(__file__).parents[2]
ENGAGEMENT = ROOT / "rules/guiju_rules/ccer-procedure/dossiers/hecha-example"
"""Its five sites were not all visited, and the owner's delay is not told."""

DOSSIER = """\
guiju: 1
id: year
title: 批量核对之后的监督
pack: supervision
edition: "2026"
stage: verification
submitted: 2026-12-31

"""
TABLES = """\
  审核:
    - { 审核编号: S-1, 审核类型: 核查类, 所审项目: X-1, 承担机构: J-1, 办理状态: 已出报告 }
    - { 审核编号: S-2, 审核类型: 核查类, 所审项目: X-2, 承担机构: J-1, 办理状态: 已出报告 }
    - { 审核编号: S-3, 审核类型: 核查类, 所审项目: X-3, 承担机构: J-2, 办理状态: 已出报告 }
  项目名录:
    - { 项目编号: X-1, 所属业主: Y-1 }
    - { 项目编号: X-2, 所属业主: Y-1 }
    - { 项目编号: X-3, 所属业主: Y-1 }
  机构名录: { file: 机构名录.csv }
  条款比较: { file: 条款比较.csv }
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a run over three engagements of one developer."""
    registry, out = tmp_path_factory.mktemp("registry"), tmp_path_factory.mktemp("out") / "run"
    for name in ("S-1", "S-2", "S-3"):
        shutil.copytree(ENGAGEMENT, registry / name)
        manifest = registry / name / "dossier.yaml"
        text, count = re.subn(r"(?m)^id: .*$", f"id: {name}", manifest.read_text("utf-8"))
        assert count == 1
        manifest.write_text(text, encoding="utf-8")
    words = [sys.executable, "-m", "guiju", "batch", str(registry), "--out", str(out)]
    assert subprocess.run([*words, "--jobs", "1"], capture_output=True, check=False).returncode == 1
    return out


@pytest.mark.parametrize("guide", ["batch.md", "batch.zh-CN.md"])
def test_what_the_guide_writes_reads_a_run_into_the_supervisors_table(
    guide: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [block] = re.findall(
        r"```yaml\n(tables:\n  发现清单:.*?)```", (ROOT / "docs" / guide).read_text("utf-8"), re.S
    )
    [query] = re.findall(
        r"```sql\n(COPY [^`]*条款比较[^`]*)```", (ROOT / "docs" / guide).read_text("utf-8")
    )
    shutil.copy(run / "findings.parquet", tmp_path)
    (tmp_path / "机构名录.csv").write_text("机构编号\nJ-1\nJ-2\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    duckdb.sql(query)
    (tmp_path / "dossier.yaml").write_text(DOSSIER + block + TABLES, encoding="utf-8")
    pack = load_pack(str(ROOT / "rules/guiju_rules/supervision"))
    assessment = assess(read(open_dossier(tmp_path), pack), pack)
    assert not [p for p in assessment.problems if p.severity == "error"]
    told = messages(assessment, "SV-REPEAT")
    assert len(told) == 2
    assert any("业主 Y-1 在 3 项审核中因“CNCA-5-SITES”被列为整改要求" in text for text in told)
    assert any("业主 Y-1 在 3 项审核中因“CNCA-3-TIME”被列为整改要求" in text for text in told)
    # Nobody said whether they were closed, so that is asked and not assumed.
    verdicts = {requirement.id: requirement.verdict for requirement in assessment.requirements}
    assert verdicts["SV-FINDING-LISTED"] == "conforms"
    assert verdicts["SV-COMPARED"] == "conforms"
    assert verdicts["SV-DIFFERENCE-FEW"] == "deferred"
    assert verdicts["SV-OPEN"] == "undetermined"


def messages(assessment: Assessment, rule: str) -> list[str]:
    [requirement] = [r for r in assessment.requirements if r.id == rule]
    return [finding.message["zh"] for finding in requirement.findings]
