"""Makes the example dossier of a made-up afforestation project in Inner Mongolia.

Everything is drawn from a digest of the parcel and the column, so any Python writes the same
bytes. Places are real county names, everything else is invented. Run it to write the dossier
where the pack keeps it:

    python tests/packs/generate_neimenggu.py
"""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "rules/guiju_rules/ccer-14-001/dossiers/neimenggu-example"
PARCELS = 120
SMALL = "XB-057"  # 0.55 mu is 367 m2, below the 400 m2 of clause 2 (c)
UNDATED = "XB-083"  # nobody wrote down since when it has been no forest
NOTICE = ("2026-03-02", "2026-03-26")  # 19 working days, no holiday among them

HEADER = [
    "小班号",
    "嘎查",
    "树种",
    "面积(亩)",
    "林分",
    "林种",
    "绿化类型",
    "地类",
    "非森林起始日期",
    "规划造林地",
    "权属文件号",
    "清除散生木株数",
    "清除灌木面积(亩)",
    "所属碳层号",
    "造林日期",
]
VILLAGES = ["示例嘎查一", "示例嘎查二", "示例嘎查三", "示例嘎查四"]
SPECIES = [
    ("樟子松", "乔木"),
    ("油松", "乔木"),
    ("小叶杨", "乔木"),
    ("柠条", "灌木"),
    ("山杏", "灌木"),
]
POOLS = [
    ("地上生物质", "是"),
    ("地下生物质", "是"),
    ("枯死木", "否"),
    ("枯落物", "否"),
    ("土壤有机碳", "否"),
    ("木产品", "否"),
]
# Stratum, area (ha), mean and deviation of biomass expected (t d.m./ha), plots.
SAMPLING = [
    ("樟子松层", 180, 42, 9, 6),
    ("油松层", 165, 36, 8, 5),
    ("小叶杨层", 170, 55, 14, 8),
    ("柠条层", 150, 12, 4, 3),
    ("山杏层", 160, 14, 5, 3),
]
LAND_CLASSES = ["宜林沙荒地", "宜林沙荒地", "宜林荒山荒地", "退耕地"]
TENURE_KINDS = ["不动产权属证书", "承包合同", "流转合同", "林权证"]


def draw(below: int, *key: object) -> int:
    """A whole number from 0 up to but not including `below`, fixed by its key."""
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def table(rows: list[list[str]]) -> bytes:
    """A CSV as spreadsheet programs write it in China: UTF-8 with BOM, CRLF."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def parcels() -> bytes:
    rows = [HEADER]
    for number in range(1, PARCELS + 1):
        parcel = f"XB-{number:03d}"
        tenths = 120 + draw(1700, parcel, "area")
        species, stand = SPECIES[draw(len(SPECIES), parcel, "species")]
        cleared = draw(tenths // 10, parcel, "cleared")
        area = f"{tenths / 10:.1f}"
        since = f"{2003 + draw(14, parcel, 'year')}-{1 + draw(12, parcel, 'month'):02d}-01"
        if parcel == SMALL:
            area, cleared = "0.55", 0
        if parcel == UNDATED:
            since = ""
        rows.append(
            [
                parcel,
                VILLAGES[(number - 1) // 30],
                species,
                area,
                stand,
                "用材林" if draw(8, parcel, "use") == 0 else "防护林",
                "非绿化工程",
                LAND_CLASSES[draw(len(LAND_CLASSES), parcel, "class")],
                since,
                "是",
                f"示例权-{(number - 1) // 10 + 1:02d}",
                "0",
                f"{cleared / 10:.1f}",
                f"{species}层",
                f"2024-0{4 + draw(2, parcel, 'month planted')}-{16 + draw(14, parcel, 'planted')}",
            ]
        )
    return table(rows)


def tenures() -> bytes:
    rows = [["编号", "种类"]]
    rows += [
        [f"示例权-{number:02d}", TENURE_KINDS[draw(len(TENURE_KINDS), number, "tenure")]]
        for number in range(1, PARCELS // 10 + 1)
    ]
    return table(rows)


def placeholder(title: str) -> bytes:
    zh = "本文件为虚构示例的占位材料，不含真实信息。"
    return f"{title}\n\n{zh}\nA placeholder of a made-up example.\n".encode()


def pdf(title: str) -> bytes:
    """The smallest page a PDF reader opens: one line of text."""
    stream = f"BT /F1 14 Tf 72 770 Td ({title}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return out


DESIGN = pdf("Afforestation design, placeholder")
PROOF = placeholder("开工证明（占位）")
TENURE = placeholder("土地与林木权属证明（占位）")
SURVEY = placeholder("项目边界测绘成果（占位）")
RAINFALL = placeholder("多年平均年降水量证明（占位）")
BASELINE = placeholder("基线调查报告（占位）")
SAMPLING_DESIGN = placeholder("抽样设计文件（占位）")
EVIDENCE = [
    ("E-01", "开工证明", "证据/开工证明.txt", "2024-04-15", PROOF),
    ("E-02", "作业设计", "证据/造林作业设计.pdf", "2024-02-20", DESIGN),
    ("E-03", "权属证明材料", "证据/权属证明材料.txt", "2024-01-10", TENURE),
    ("E-04", "边界测绘成果", "证据/边界测绘成果.txt", "2024-03-08", SURVEY),
    ("E-05", "降水量证明", "证据/降水量证明.txt", "2024-03-15", RAINFALL),
    ("E-06", "基线调查报告", "证据/基线调查报告.txt", "2024-03-20", BASELINE),
    ("E-07", "抽样设计文件", "证据/抽样设计文件.txt", "2024-03-25", SAMPLING_DESIGN),
]


def dossier() -> bytes:
    lines = [
        "# 虚构示例,见 README.md。",
        "guiju: 1",
        "id: neimenggu-example",
        "title: 科尔沁左翼后旗造林碳汇项目(虚构示例)",
        "pack: ccer-14-001",
        "edition: V01",
        "stage: validation",
        "submitted: 2026-05-12",
        "",
        "facts:",
        "  项目:",
        "    开工日期: 2024-04-15",
        "    重复扰动土壤: 否",
        "    人为火烧: 否",
        "    农业活动转移: 否",
        "    年降水量: 380 mm/yr",
        "  额外性:",
        "    论证方式: 降水量免予论证",
        "  基线:",
        "    基线情景类型: 维持原状",
        "    基线取零: 是",
        "    土地退化迹象: 是",
        "  申报:",
        "    计入期起始日: 2024-04-15",
        "    计入期截止日: 2064-04-14",
        "  业主:",
        "    类型: 法人",
        "    境内设立: 是",
        "  唯一性:",
        "    其他减排机制: 否",
        "    法定减排义务: 否",
        "    配额管理: 否",
        "  公示:",
        f"    设计文件公示起始日: {NOTICE[0]}",
        f"    设计文件公示截止日: {NOTICE[1]}",
        "",
        "tables:",
        "  地块: { file: 小班.csv }",
        "  权属文件: { file: 权属文件.csv }",
        "  碳库:",
        *(
            f"    - {{ 碳库名称: {name}, 项目情景选择: {on}, 基线情景选择: {on} }}"
            for name, on in POOLS
        ),
        "  抽样设计:",
        *(
            f"    - {{ 设计碳层: {stratum}, 设计面积: {area}, 预估均值: {mean}, "
            f"预估标准差: {deviation}, 设计样地数: {plots} }}"
            for stratum, area, mean, deviation, plots in SAMPLING
        ),
        "  其他项目: []",
        "",
        "evidence:",
    ]
    for number, kind, file, issued, content in EVIDENCE:
        digest = hashlib.sha256(content).hexdigest()
        lines += [
            f"  - id: {number}",
            f"    kind: {kind}",
            f"    file: {file}",
            f"    issued: {issued}",
            f"    sha256: {digest}",
        ]
    lines += [
        "",
        "judgements:",
        "  O31-13-LAW:",
        "    answer: 是",
        "    by: 审核员甲",
        "    on: 2026-04-20",
        "    because: 已查阅批复文件与环境影响登记表，未见不利影响。",
        "",
    ]
    return "\n".join(lines).encode()


def files() -> dict[str, bytes]:
    """Every generated file of the dossier by its name in the folder."""
    made = {"dossier.yaml": dossier(), "小班.csv": parcels(), "权属文件.csv": tenures()}
    made.update({file: content for _, _, file, _, content in EVIDENCE})
    return made


def main() -> None:
    for name, content in files().items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
