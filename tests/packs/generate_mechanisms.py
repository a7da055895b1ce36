"""Makes the example dossier of a made-up company's year of holdings and uses.

Everything is drawn from digests or written out here, so any Python writes the same bytes.
Run it to write the dossier where the pack keeps it:

    python -m tests.packs.generate_mechanisms
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "rules/guiju_rules/mechanisms/dossiers/niandu-example"
USED_TWICE = "U-01"  # its last hundred serials are used again for the event, in U-03
SHARED_PARCEL = "A-05"  # a parcel of a VCS project lies over its eastern third
NO_STATEMENT = "X-02"  # nobody says whether it is under a quota

Rows = list[list[str]]


def draw(below: int, *key: object) -> int:
    """A whole number from 0 up to but not including `below`, fixed by its key."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def table(text: str) -> bytes:
    """A CSV as spreadsheet programs write it in China: UTF-8 with BOM, CRLF. In the text a
    line is a row, cells are apart by spaces, and `-` is an empty one."""
    out = io.StringIO()
    rows: Rows = [line.split() for line in text.strip().splitlines()]
    cells = [["" if cell == "-" else cell for cell in row] for row in rows]
    csv.writer(out, lineterminator="\r\n").writerows(cells)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


PROJECTS = """
项目编号 项目机制 方法学 项目业主 所在省份 林草碳汇 法定减排义务 配额管理 注销后再登记 非持久性安排 缓冲比例 普惠办法 登记日期 信息公示首日 信息公示末日 申请日期 申请其他机制 核证期净变化 已替换量 他市场已覆盖
X-01 CCER机制 CCER-14-001 示例林业公司甲 内蒙古 是 否 否 否 比例扣减 - - 2024-03-20 - - - - - - -
X-02 CCER机制 CCER-14-001 示例林业公司乙 内蒙古 是 否 - 否 比例扣减 - - 2024-04-18 - - - - - - -
X-03 VCS机制 VM0047 示例生态公司丙 内蒙古 是 否 否 否 缓冲池 15% - 2022-09-01 - - - - - - -
X-04 GS机制 GS403 示例造林公司丁 甘肃 是 否 否 否 缓冲池 20% - 2022-05-16 - - - - - - -
X-05 碳普惠机制 广东林业碳汇 示例林场戊 广东 是 否 否 否 比例扣减 - 粤环发〔2022〕4号 2023-03-15 2022-12-01 2022-12-12 2023-01-10 否 - - -
"""
PRODUCTS = """
产品编号 所属项目 签发机制 单位名称 编号前缀 编号起 编号止 产生年度 产生首日 签发日期 数量 状态 已核证 旧备案减排量 失效日期
C-01 X-01 CCER机制 CCER 示例-X01 1 20000 2022 2022-01-01 2024-06-28 20000 部分注销 是 否 -
C-02 X-01 CCER机制 CCER 示例-X01 20001 40000 2023 2023-01-01 2024-06-28 20000 持有中 是 否 -
C-03 X-02 CCER机制 CCER 示例-X02 1 8000 2023 2023-01-01 2024-08-15 8000 部分注销 是 否 -
C-04 X-02 CCER机制 CCER 示例-X02 8001 12000 2023 2023-01-01 2024-08-15 4000 已转出 是 否 -
C-05 X-03 VCS机制 VCU 示例-X03 500001 503000 2022 2022-01-01 2023-11-02 3000 已注销 是 - -
C-06 X-04 GS机制 GSVER 示例-X04 1 1500 2023 2023-01-01 2024-02-01 1500 部分注销 是 - -
C-07 X-04 GS机制 PER 示例-X04 1501 4000 2025 2025-01-01 2024-02-01 2500 持有中 否 - -
C-08 X-05 碳普惠机制 PHCER 示例-X05 1 600 2022 2022-01-01 2023-06-30 600 部分注销 是 - -
"""
USES = """
消纳编号 所用产品 渠道 使用编号起 使用编号止 使用量 登记系统已注销 注销日期 注销凭证号 凭证用途 履约编号 活动编号 案号 本单位边界内 替换日期
U-01 C-01 全国碳市场 1 5000 5000 是 2024-12-10 注销-0001 全国碳市场 L-01 - - - -
U-02 C-03 全国碳市场 1 4500 4500 是 2024-12-10 注销-0002 全国碳市场 L-01 - - - -
U-03 C-01 大型活动 4901 5400 500 是 2025-03-10 注销-0003 大型活动 - H-01 - - -
U-04 C-05 企业抵销 500001 502500 2500 是 2025-01-15 注销-0004 企业抵销 - - - - -
U-05 C-05 公益注销 502501 503000 500 是 2025-03-12 注销-0005 公益注销 - - - - -
U-06 C-06 企业抵销 1 300 300 是 2025-01-15 注销-0006 企业抵销 - - - - -
U-07 C-03 司法认购 4501 4593 93 是 2025-05-20 注销-0007 司法认购 - - （2025）示例民初1号 - -
U-08 C-08 大型活动 1 200 200 是 2025-03-10 注销-0008 大型活动 - H-01 - - -
"""
OBLIGATIONS = """
义务编号 履约单位 碳市场 履约年度 应清缴量 实际排放量 年度配额量
L-01 示例热电公司 全国 2024 200000 200000 195000
"""
EVENTS = """
大型活动编号 活动名称 结束日期 活动排放量
H-01 示例草原论坛 2024-08-20 650
"""
CASES = """
案件编号 碳损失量
（2025）示例民初1号 92.6
"""
UNDERTAKINGS = """
承诺书编号 承诺项目 签署人 已签署
N-01 X-01 示例林业公司甲 是
N-02 X-02 示例林业公司乙 是
N-03 X-03 示例生态公司丙 是
N-04 X-04 示例造林公司丁 是
N-05 X-05 示例林场戊 是
"""
OWN = {"X-01": "CCER机制", "X-02": "CCER机制", "X-03": "VCS机制"} | {
    "X-04": "GS机制",
    "X-05": "碳普惠机制",
}


def searches() -> str:
    """Each project in every registry but its own."""
    lines = ["查询编号 查询项目 登记系统 查询日期 查到同一项目"]
    for project, own in OWN.items():
        for registry in ("CCER机制", "VCS机制", "GS机制", "碳普惠机制"):
            if registry != own:
                day = 1 + draw(20, project, registry)
                lines.append(f"S-{len(lines):02d} {project} {registry} 2025-06-{day:02d} 否")
    return "\n".join(lines)


# --- boundaries ------------------------------------------------------------------------

STEP = 5000  # of a millionth of a degree: some 400 m by 550 m
WEST, SOUTH = 122_300_000, 43_150_000  # 科尔沁左翼后旗, in millionths of a degree

Ring = list[tuple[int, int]]


def square(column: float, row: float, width: float = 1.0) -> Ring:
    """A parcel of a grid, in millionths of a degree; neighbours share their edges."""
    west, east = WEST + int(column * STEP), WEST + int((column + width) * STEP)
    south, north = SOUTH + int(row * STEP), SOUTH + int((row + 1) * STEP)
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def own_parcels() -> dict[str, tuple[str, str, Ring]]:
    """Parcel → project, pool, ring."""
    made: dict[str, tuple[str, str, Ring]] = {}
    for number in range(12):
        made[f"A-{number + 1:02d}"] = ("X-01", "乔木", square(number % 4, number // 4))
    for number in range(6):
        made[f"B-{number + 1:02d}"] = ("X-02", "灌木", square(10 + number % 3, number // 3))
    for number in range(4):
        made[f"V-{number + 1:02d}"] = ("X-03", "乔木", square(20 + number % 2, number // 2))
    # The shrubs of X-02 reach under trees of X-01, but claim another pool.
    made["B-07"] = ("X-02", "土壤有机碳", square(0.5, 0))
    return made


# A-05 stands in column 0, row 1. T-01 lies over its eastern third, and over no other parcel,
# for A-06 begins where it ends. T-02 covers B-02, but its claims had ended. T-03 only shares
# an edge with A-12.
OTHER_PARCELS: dict[str, tuple[str, str, str, str, Ring]] = {
    "T-01": ("VCS", "示例草原造林项目", "2020", "2049", square(2 / 3, 1, 1 / 3)),
    "T-02": ("CDM", "示例早期造林项目", "2006", "2015", square(11, 0)),
    "T-03": ("林业碳票", "示例碳票项目", "2022", "2031", square(4, 2)),
}


def parcels() -> str:
    lines = ["地块号 地块项目 碳库 主张首年 主张末年"]
    lines += [f"{p} {project} {pool} 2021 2060" for p, (project, pool, _) in own_parcels().items()]
    return "\n".join(lines)


def other_parcels() -> str:
    lines = ["他项地块号 他项机制 他项项目 他项首年 他项末年"]
    lines += [f"{p} {' '.join(row[:4])}" for p, row in OTHER_PARCELS.items()]
    return "\n".join(lines)


def layer(key: str, rings: dict[str, Ring]) -> bytes:
    """GeoJSON in CGCS2000, with degrees written to six decimals."""
    features = []
    for name, ring in rings.items():
        points = ", ".join(f"[{x / 1e6:.6f}, {y / 1e6:.6f}]" for x, y in ring)
        properties = json.dumps({key: name}, ensure_ascii=False)
        features.append(
            f'{{"type": "Feature", "properties": {properties}, '
            f'"geometry": {{"type": "Polygon", "coordinates": [[{points}]]}}}}'
        )
    crs = '{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}'
    body = ",\n".join(features)
    return f'{{"type": "FeatureCollection", "crs": {crs}, "features": [\n{body}\n]}}\n'.encode()


# --- the dossier -----------------------------------------------------------------------

PAPERS = [
    ("持有证明", "登记系统持有清单", "2025-06-20"),
    ("注销证明", "登记系统注销证明", "2025-06-20"),
    ("承诺书", "唯一性承诺书", "2024-03-01"),
    ("查询记录", "各登记系统查询记录", "2025-06-21"),
    ("损失评估报告", "碳损失评估报告", "2025-02-18"),
    ("裁判文书", "民事调解书", "2025-05-06"),
    ("碳中和报告", "活动碳中和评价报告", "2025-04-02"),
]
ANSWERS = [
    ("MC-EVENT-REDUCE", "H-01", "实施方案列有减排措施及效果。"),
    ("MC-EVENT-ORDER", "H-01", "先用CCER，不足部分用碳普惠减排量。"),
    ("MC-JUD-RESTORE", "（2025）示例民初1号", "评估报告说明原址已建成水利设施，无法原地修复。"),
    ("MC-JUD-VIEWS", "（2025）示例民初1号", "调解书载明当事人申请并记录了各方意见。"),
]
TABLES = {
    "项目": PROJECTS,
    "产品": PRODUCTS,
    "消纳": USES,
    "履约": OBLIGATIONS,
    "活动": EVENTS,
    "案件": CASES,
    "地块": parcels(),
    "他机制地块": other_parcels(),
    "唯一性承诺": UNDERTAKINGS,
    "查询": searches(),
}


def placeholder(title: str) -> bytes:
    zh = "本文件为虚构示例的占位材料，不含真实信息。"
    return f"{title}\n\n{zh}\nA placeholder of a made-up example.\n".encode()


def dossier() -> bytes:
    lines = [
        "# 虚构示例，见 README.md。",
        "guiju: 1",
        "id: niandu-example",
        "title: 示例企业2024年度碳汇产品持有与消纳（虚构示例）",
        "pack: mechanisms",
        'edition: "2026"',
        "stage: verification",
        "submitted: 2025-06-30",
        "",
        "tables:",
        *(f"  {name}: {{ file: {name}.csv }}" for name in TABLES),
        "  活动新造林: []",
        "  电量: []",
        "",
        "layers:",
        "  地块: { file: 边界/地块.geojson, key: 地块号, crs: EPSG:4490 }",
        "  他机制地块: { file: 边界/他机制地块.geojson, key: 他项地块号, crs: EPSG:4490 }",
        "",
        "evidence:",
    ]
    for number, (kind, title, issued) in enumerate(PAPERS, 1):
        lines += [
            f"  - id: E-{number:02d}",
            f"    kind: {kind}",
            f"    file: 证据/{title}.txt",
            f"    issued: {issued}",
            f"    sha256: {hashlib.sha256(placeholder(title)).hexdigest()}",
        ]
    lines += ["", "judgements:"]
    for rule, row, because in ANSWERS:
        lines += [
            f"  {rule}:",
            "    by: 审核员甲",
            "    on: 2025-06-25",
            "    rows:",
            f'      "{row}": {{ answer: 是, because: {because} }}',
        ]
    return ("\n".join(lines) + "\n").encode()


def files() -> dict[str, bytes]:
    """Every generated file of the dossier by its name in the folder."""
    made = {"dossier.yaml": dossier()}
    made |= {f"{name}.csv": table(text) for name, text in TABLES.items()}
    own = {name: ring for name, (_, _, ring) in own_parcels().items()}
    others = {name: row[4] for name, row in OTHER_PARCELS.items()}
    made["边界/地块.geojson"] = layer("地块号", own)
    made["边界/他机制地块.geojson"] = layer("他项地块号", others)
    made |= {f"证据/{title}.txt": placeholder(title) for _, title, _ in PAPERS}
    return made


def main() -> None:
    for name, content in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
