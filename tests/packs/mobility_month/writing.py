"""Writes a month into a folder as a dossier, its tables as CSV or as Parquet files, and the small
month that the pack ships."""

from __future__ import annotations

import csv
import io
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from .build import AS_OF, Month, Thousandths

NUMBERS = {"所用基准因子", "所用方式因子"}


FACTS = {
    "项目": {
        "项目类型": "低碳出行",
        "省份": "北京",
        "所在地": "北京",
        "项目业主": "示例出行平台己",
        "所依据办法": "示例办法（待取得文本）",
        "方法学编号": "DB11/T 3043—2024",
        "开始日期": "2025-01-01",
        "项目申请日期": "2025-03-03",
        "配额管理": "否",
        "他市场已覆盖": "否",
        "申请其他机制": "否",
        "涉及个人数据": "是",
    },
    "公示": {"公示首日": "2025-02-03", "公示末日": "2025-02-21"},
    "核查": {
        "已核查": "是",
        "核查机构": "示例核查机构丙",
        "核查关联": "否",
        "咨询机构": "无",
    },
    "申报": {"核算期": "2025-06-01/2025-06-30", "申报日期": "2025-07-20"},
}
"""What the example says of its project; all names are made up."""

PAPERS = {
    "唯一性承诺书": "2025-02-20",
    "配额管理说明": "2025-02-20",
    "权属证明": "2025-02-20",
    "公示记录": "2025-02-24",
    "授权书": "2024-01-01",
    "核查报告": "2025-07-18",
    "登记记录": "2025-07-19",
}
OTHERS = ("计量表", "抄表", "结算", "绿证", "以往申报", "登记减排量", "使用")
"""Tables of other methods and of the registry, of which the example has none."""

README = """# 低碳出行示例

完全虚构：北京一个出行平台的十二个账户、一个月、约三百次行程，由 `tests/packs/mobility_month` 以固定种子生成。人、车、运营商、站点、
坐标和数字均为虚构；因子为 DB11/T 3043—2024 的转述（二手）。时刻为北京时间当日零点起的秒数，坐标为千米。

Made up throughout: twelve accounts of a platform in Beijing, one month, some three hundred trips, drawn from a seed by
`tests/packs/mobility_month`. Persons, vehicles, operators, stations, coordinates and numbers are invented; the factors are those of
DB11/T 3043—2024 as retold. Times are seconds after midnight in Beijing time, coordinates are in km.
"""


def write(month: Month, folder: Path, *, parquet: bool = False) -> Path:
    """Writes a dossier without papers, and returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if parquet:
        parquet_files(month, folder)
    else:
        for name, rows in month.tables.items():
            if rows:
                (folder / f"{name}.csv").write_bytes(_csv(rows))
    lines = _manifest(month, "parquet" if parquet else "csv", "") + _facts(month)
    (folder / "dossier.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def files(month: Month) -> dict[str, bytes]:
    """The files of the example dossier by name, with its facts and papers."""
    lines = _manifest(month, "csv", "数据/")
    lines += [f"  {name}: []" for name in OTHERS]
    lines += [*_facts(month), "", "evidence:"]
    for number, (kind, issued) in enumerate(PAPERS.items(), 1):
        lines += [
            f"  - id: E-{number:02d}",
            f"    kind: {kind}",
            f"    file: 证据/{kind}.txt",
            f"    issued: {issued}",
            f"    sha256: {sha256(_paper(kind)).hexdigest()}",
        ]
    found = {f"数据/{name}.csv": _csv(rows) for name, rows in month.tables.items() if rows}
    found |= {f"证据/{kind}.txt": _paper(kind) for kind in PAPERS}
    found["README.md"] = README.encode()
    return {"dossier.yaml": ("\n".join(lines) + "\n").encode(), **found}


def _facts(month: Month) -> list[str]:
    """The lines of `dossier.yaml` with its facts."""
    facts = {group: dict(values) for group, values in FACTS.items()}
    facts["申报"]["申报减排量"] = facts["核查"]["核查减排量"] = str(month.claimed)
    lines = ["", "facts:"]
    for group, values in facts.items():
        lines += [f"  {group}:", *(f"    {name}: {value}" for name, value in values.items())]
    return lines


def _paper(kind: str) -> bytes:
    return f"{kind}（占位）\n\n本文件为虚构示例的占位材料。\nA placeholder of a made-up example.\n".encode()


def parquet_files(month: Month, folder: Path) -> dict[str, Path]:
    """The tables as Parquet files, by name; empty ones are left out."""
    import pyarrow
    import pyarrow.parquet

    found: dict[str, Path] = {}
    for name, rows in month.tables.items():
        if not rows:
            continue
        columns = {
            field: pyarrow.array([_value(field, row[field]) for row in rows]) for field in rows[0]
        }
        found[name] = folder / f"{name}.parquet"
        pyarrow.parquet.write_table(pyarrow.table(columns), found[name])
    return found


def _value(field: str, value: Any) -> Any:
    if isinstance(value, Thousandths):
        return value.number
    return float(value) if field in NUMBERS else value


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    written = csv.writer(out, lineterminator="\n")
    written.writerow(rows[0])
    written.writerows([_told(value) for value in row.values()] for row in rows)
    return out.getvalue().encode()


def _told(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case date():
            return value.isoformat()
    return str(value)


def _manifest(month: Month, ending: str, within: str) -> list[str]:
    """The lines of `dossier.yaml` up to its tables."""
    lines = [
        "# 虚构示例：人、车、运营商、站点和坐标均为虚构。",
        "guiju: 1",
        "id: chuxing-example",
        "title: 北京低碳出行项目2025年6月（虚构示例）",
        "pack: carbon-inclusive",
        'edition: "2026"',
        "stage: verification",
        f"submitted: {AS_OF.isoformat()}",
        "",
        "tables:",
    ]
    for name, rows in month.tables.items():
        told = f"{{ file: {within}{name}.{ending} }}" if rows else "[]"
        lines.append(f"  {name}: {told}")
    return lines
