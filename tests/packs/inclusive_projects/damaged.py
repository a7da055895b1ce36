"""The ways the two projects are damaged, and exactly what a check must then find.

After a damage to the records the claim is reckoned anew, so that only the damage itself is
found; a damage to what is reported is not followed by a reckoning. What awaits its text stays
undetermined throughout and is not listed with each damage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.packs.damaging import Damage, Finding, coded, every, page, told

from .state import InclusiveProject, Row, reckon

AWAITED: dict[str, frozenset[Finding]] = {
    "pv": frozenset((rule, None) for rule in ("CI-START-FLOOR", "CI-VINTAGE", "CI-NOTICE")),
    "fleet": frozenset(
        (rule, None)
        for rule in (
            "CI-MEASURE",
            "CI-METHOD",
            "CI-START-FLOOR",
            "CI-VINTAGE",
            "CI-NOTICE",
            "CI-GRID-REGION",
            "CI-GRID-FACTOR",
            "CI-GRID-YEAR",
            "CI-GRID-CHANGE",
        )
    )
    | {("CI-CHG-FACTORS", "小型客车"), ("CI-CHG-FACTORS", "轻型货车")},
    "recycling": frozenset((rule, None) for rule in ("CI-METHOD", "CI-START-FLOOR", "CI-VINTAGE"))
    | {("CI-REC-FACTOR", name) for name in ("废纸", "废塑料", "废钢铁")},
}
"""What stays undetermined in each project until the text of its place is there."""


@dataclass(frozen=True)
class ProjectDamage(Damage[InclusiveProject]):
    """A damage of one of the projects."""

    project: str = ""


DAMAGES: dict[str, ProjectDamage] = {}


def listed() -> str:
    """The list of damages as `DAMAGES.md` holds it."""
    return page(
        (
            "# How the example projects can be damaged / 示例项目的损坏方式",
            "",
            "Each way, and exactly what a check must then find besides what awaits its text.",
            "每种损坏方式，以及除等待文本的各条外恰好应有的发现。",
        ),
        ("project", "损坏", "damage", "findings 发现", "reading problems 读取问题"),
        (
            (d.project, d.name, d.translated, told(d.findings), coded(d.problems))
            for d in DAMAGES.values()
        ),
    )


def damage(
    project: str,
    name: str,
    english: str,
    findings: Iterable[Finding] = (),
    problems: tuple[str, ...] = (),
    *,
    reported: bool = False,
) -> Callable[[Callable[[InclusiveProject], None]], None]:
    """Puts a damage on the list. `reported`: it touches what is reported only."""

    def add(change: Callable[[InclusiveProject], None]) -> None:
        def apply(made: InclusiveProject) -> None:
            change(made)
            if not reported:
                reckon(made)

        DAMAGES[name] = ProjectDamage(
            name, english, apply, frozenset(findings), problems, reported, project
        )

    return add


def facts(**groups: Row) -> Callable[[InclusiveProject], None]:
    """A change of facts, by group."""

    def change(project: InclusiveProject) -> None:
        for group, values in groups.items():
            project.facts[group].update(values)

    return change


def cells(table: str, key: str, **values: str) -> Callable[[InclusiveProject], None]:
    """A change of cells of one row."""

    def change(project: InclusiveProject) -> None:
        project.row(table, key).update(values)

    return change


# --- PV ----------------------------------------------------------------------------------


@damage("pv", "抄表重复", "a month read twice",
        [*every("CI-READ-DUPLICATE", "CB-05", "CB-26"), ("CI-INVOICE-ENERGY", "JS-05")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.add("抄表", project.row("抄表", "CB-05") | {"抄表编号": "CB-26"})


damage("pv", "示数倒走", "a register that runs backwards",
       [("CI-READ-DECREASE", "CB-13"), ("CI-READ-ENERGY", "CB-13"),
        ("CI-READ-CONTINUOUS", "CB-15")])(cells("抄表", "CB-13", 期末示数="3000"))  # fmt: skip


@damage("pv", "漏抄一月", "a month without a reading",
        [("CI-READ-GAP", "CB-21"), ("CI-READ-CONTINUOUS", "CB-21")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.tables["抄表"].remove(project.row("抄表", "CB-19"))
    project.tables["结算"].remove(project.row("结算", "JS-19"))


@damage("pv", "跨换表抄表", "one reading across two meters",
        [("CI-READ-LIFE", "CB-09"), ("CI-READ-COVER", "HJ24-0877")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    across, later = project.row("抄表", "CB-09"), project.row("抄表", "CB-10")
    both = str(int(across["抄见电量"]) + int(later["抄见电量"]))
    units = int(across["期末示数"]) - int(across["期初示数"])
    units += int(later["期末示数"]) - int(later["期初示数"])
    across.update({"截止日": later["截止日"], "抄见电量": both, "计入电量": both})
    across["期末示数"] = str(int(across["期初示数"]) + units)
    project.row("结算", "JS-09").update({"截止日": later["截止日"], "结算电量": both})
    project.tables["抄表"].remove(later)
    project.tables["结算"].remove(project.row("结算", "JS-10"))


damage("pv", "归零未注明", "a register that started again, not said",
       [("CI-READ-DECREASE", "CB-06"), ("CI-READ-ENERGY", "CB-06")],
       )(cells("抄表", "CB-06", 已翻转="否"))  # fmt: skip


@damage("pv", "虚注归零", "a register said to start again that did not",
        [("CI-READ-ROLLED", "CB-08"), ("CI-PV-POSSIBLE", "CB-08")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    row = project.row("抄表", "CB-08")
    more = str(int(row["抄见电量"]) + 100_000 * 20)
    row.update({"已翻转": "是", "抄见电量": more, "计入电量": more})
    project.row("结算", "JS-08")["结算电量"] = more


damage("pv", "绿证重复主张", "electricity credited that has a certificate",
       [("CI-GEC-ONCE", "CB-25")])(cells("抄表", "CB-25", 计入电量="40400"))  # fmt: skip
damage("pv", "绿证跨月", "a certificate of days of two readings",
       [("CI-GEC-WITHIN", "LZ-0001")])(cells("绿证", "LZ-0001", 起始日="2025-05-20"))  # fmt: skip
damage("pv", "结算不符", "a settlement of more than was read",
       [("CI-INVOICE-ENERGY", "JS-11")])(cells("结算", "JS-11", 结算电量="26500"))  # fmt: skip
damage("pv", "倍率用错", "a wrong multiplier",
       every("CI-READ-ENERGY", *(f"CB-{n}" for n in range(10, 26, 2))),
       )(cells("计量表", "HJ24-0877", 倍率="40"))  # fmt: skip
damage("pv", "检定过期", "a meter beyond its verification",
       every("CI-METER-VALID", "CB-21", "CB-23", "CB-25"),
       )(cells("计量表", "HJ24-0102", 检定有效期至="2025-03-31"))  # fmt: skip
damage("pv", "换表晚两日", "a new meter two days after the old one",
       [("CI-SWAP-DATE", "HJ24-0877"), ("CI-READ-LIFE", "CB-10")],
       )(cells("计量表", "HJ24-0877", 装表日期="2024-11-17"))  # fmt: skip
damage("pv", "装表示数不符", "a first reading that does not open where the meter was installed",
       [("CI-SWAP-FIRST", "CB-10")])(cells("计量表", "HJ24-0877", 装表示数="0"))  # fmt: skip
damage("pv", "超规模", "a plant over the limit by 1 kW",
       [("CI-PV-SIZE", None)])(cells("电站", "GF-2", 装机容量="401"))  # fmt: skip
damage("pv", "并网前计入", "electricity credited before connection",
       [("CI-PV-CONNECTED", "CB-02")])(cells("电站", "GF-2", 并网日期="2024-08-01"))  # fmt: skip
damage("pv", "负电量", "a negative credit", [("CI-READ-CREDITED", "CB-11")],
       )(cells("抄表", "CB-11", 计入电量="-26000"))  # fmt: skip
damage("pv", "因子用错", "the factor of another source",
       [("CI-GRID-FACTOR", None), ("CI-GRID-YEAR", None)],
       )(facts(电网={"电网因子": "0.5737", "因子年份": "2023"}))  # fmt: skip
damage("pv", "编号重复使用", "a serial used twice", [("CI-USE-TWICE", "SY-1")],
       )(cells("使用", "SY-2", 使用编号起="1100"))  # fmt: skip
damage("pv", "以往已申报", "a day claimed before", [("CI-PERIOD-ONCE", "SB-2024")],
       )(cells("以往申报", "SB-2024", 截止日="2024-07-01"))  # fmt: skip
damage("pv", "又在其他机制", "another mechanism as well", [("CI-ONCE", None)],
       )(facts(项目={"申请其他机制": "是"}))  # fmt: skip
damage("pv", "旧办法", "the measure that was replaced", [("CI-MEASURE", None)],
       )(facts(项目={"所依据办法": "沪环规〔2023〕7号"}))  # fmt: skip
damage("pv", "多报一吨", "a tonne too much claimed", [("CI-CLAIM", None)], reported=True,
       )(facts(申报={"申报减排量": "463"}, 核查={"核查减排量": "463"}))  # fmt: skip


@damage("pv", "表号重号", "two meters of one number", problems=("row-twice",))
def _(project: InclusiveProject) -> None:
    project.add("计量表", dict(project.row("计量表", "HJ24-0102")))


# --- the fleet ---------------------------------------------------------------------------


def again(project: InclusiveProject, order: str, **values: str) -> Row:
    """A copy of a session under a number of its own."""
    copy = project.row("充电订单", order) | {"订单号": "DD90001"} | values
    project.add("充电订单", copy)
    return copy


@damage("fleet", "订单重复", "a session twice under two numbers",
        [*every("CI-CHG-PILE-ONCE", "DD00001", "DD90001"), ("CI-CHG-ODOMETER", "CL-01")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    again(project, "DD00001")


@damage("fleet", "一车两桩", "a vehicle at two piles at once",
        [("CI-CHG-VEHICLE-ONCE", "DD00001"), ("CI-CHG-ODOMETER", "CL-01")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.add("充电桩", {"桩号": "Z-9", "额定功率": "60"})
    project.add(
        "计量表", project.row("计量表", "NM25-001") | {"表号": "NM25-009", "所属设施": "Z-9"}
    )
    project.add("抄表", project.row("抄表", "ZB-1") | {"抄表编号": "ZB-9", "抄表表号": "NM25-009"})
    first = project.row("充电订单", "DD00001")
    later = {name: str(int(first[name]) + 10) for name in ("开始分钟", "结束分钟")}
    again(project, "DD00001", 所用桩="Z-9", **later)


@damage("fleet", "功率不可能", "more than the rated power allows", [("CI-CHG-POWER", "DD00001")])
def _(project: InclusiveProject) -> None:
    row = project.row("充电订单", "DD00001")
    row["结束分钟"] = str(int(row["开始分钟"]) + 5)


@damage("fleet", "时长为零", "a session without length",
        [("CI-CHG-DURATION", "DD00001"), ("CI-CHG-POWER", "DD00001")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    row = project.row("充电订单", "DD00001")
    row["结束分钟"] = row["开始分钟"]


@damage("fleet", "超电池容量", "more than the battery holds", [("CI-CHG-BATTERY", "DD00001")])
def _(project: InclusiveProject) -> None:
    row = project.row("充电订单", "DD00001")
    row.update({"充电电量": "71", "计入充电量": "0", "结束分钟": str(int(row["开始分钟"]) + 80)})
    meter = project.row("抄表", "ZB-" + row["所用桩"].removeprefix("Z-"))
    for name in ("期末示数", "抄见电量"):
        meter[name] = str(int(meter[name]) + 100)


@damage("fleet", "里程不足", "an odometer that hardly moved", [("CI-CHG-ODOMETER", "CL-05")])
def _(project: InclusiveProject) -> None:
    row = project.row("车辆", "CL-05")
    row["期末里程"] = str(int(row["期初里程"]) + 10)


@damage("fleet", "桩表少计", "sessions of more than the meter shows", [("CI-CHG-METERED", "Z-3")])
def _(project: InclusiveProject) -> None:
    rows = [row for row in project.tables["充电订单"] if row["所用桩"] == "Z-3"]
    energy = sum(int(row["充电电量"]) for row in rows) - 1
    meter = project.row("抄表", "ZB-3")
    meter.update({"抄见电量": str(energy), "期末示数": str(int(meter["期初示数"]) + energy)})


@damage("fleet", "计入多于充电", "more credited than charged", [("CI-CHG-CREDITED", "DD00001")])
def _(project: InclusiveProject) -> None:
    row = project.row("充电订单", "DD00001")
    row["计入充电量"] = str(int(row["充电电量"]) + 5)


@damage("fleet", "期外订单", "a session of the day before the period",
        [("CI-CHG-PERIOD", "DD00001")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.row("充电订单", "DD00001").update({"开始日": "2025-03-31", "结束日": "2025-03-31"})


@damage("fleet", "负充电量", "a negative session",
        [("CI-CHG-POWER", "DD00001"), ("CI-CHG-CREDITED", "DD00001")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.row("充电订单", "DD00001").update({"充电电量": "-20", "计入充电量": "-20"})


@damage("fleet", "跨零点重叠", "a session that runs past midnight into the next one of its pile",
        [("CI-CHG-PILE-ONCE", "DD00007")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.row("充电订单", "DD00007")["结束分钟"] = "200"


damage("fleet", "车辆未列", "a session of a vehicle not listed",
       [("CI-CHG-LISTED", "DD00001"), ("CI-CHG-BATTERY", "DD00001"), ("CI-CLAIM", None)],
       reported=True)(cells("充电订单", "DD00001", 充电车辆="CL-99"))  # fmt: skip
damage("fleet", "表挂错桩", "a meter put down to another pile",
       [("CI-CHG-METERED", "Z-1"), *every("CI-METER-TWO", "NM25-001", "NM25-002")],
       )(cells("计量表", "NM25-001", 所属设施="Z-2"))  # fmt: skip
damage("fleet", "自我核查", "a verifier that is the owner", [("CI-VERIFIER-INDEPENDENT", None)],
       )(facts(核查={"核查机构": "示例运输公司丁"}))  # fmt: skip
damage("fleet", "时刻越界", "a minute no day has",
       [("CI-CHG-DURATION", "DD00001"), ("CI-CHG-POWER", "DD00001"),
        ("CI-CHG-PILE-ONCE", "DD00001")],
       ("out-of-range",))(cells("充电订单", "DD00001", 结束分钟="1440"))  # fmt: skip


@damage("fleet", "授权过晚", "consent given after the period began", [("CI-CONSENT-DATE", None)])
def _(project: InclusiveProject) -> None:
    project.papers["授权书"] = "2025-04-02"


@damage("fleet", "多报一吨车队", "a tonne too much claimed", [("CI-CLAIM", None)], reported=True)
def _(project: InclusiveProject) -> None:
    more = str(int(project.facts["申报"]["申报减排量"]) + 1)
    project.facts["申报"]["申报减排量"] = project.facts["核查"]["核查减排量"] = more


# --- recycling ---------------------------------------------------------------------------


damage("recycling", "净重为负", "tare and gross exchanged", [("CI-REC-NET", "BD0003")],
       )(cells("磅单", "BD0003", 毛重="5.500", 皮重="7.500", 净重="-2.000"))  # fmt: skip
damage("recycling", "净重多记", "a net of more than gross less tare", [("CI-REC-NET", "BD0004")],
       )(cells("磅单", "BD0004", 净重="9.999"))  # fmt: skip


@damage("recycling", "换号重开", "a load weighed again under another number",
        every("CI-REC-REPEAT", "BD0005", "BD9001"))  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.add("磅单", project.row("磅单", "BD0005") | {"磅单号": "BD9001"})


@damage("recycling", "超秤量", "a truck too heavy for the weighbridge",
        [("CI-REC-SCALE", "BD0006")])  # fmt: skip
def _(project: InclusiveProject) -> None:
    row = project.row("磅单", "BD0006")
    row.update({"所用地磅": "DB-1", "毛重": "30.010", "皮重": "6.000", "净重": "24.010"})


@damage("recycling", "地磅过检", "a weighbridge beyond its verification",
        every("CI-REC-SCALE", "BD0181", "BD0182", "BD0183"))  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.row("地磅", "DB-2")["地磅检定至"] = "2025-03-29"


damage("recycling", "期外磅单", "a weighing after the period", [("CI-REC-PERIOD", "BD0007")],
       )(cells("磅单", "BD0007", 过磅日期="2025-04-01"))  # fmt: skip
damage("recycling", "交付过多", "more delivered than taken in", [("CI-REC-BALANCE", "废纸")],
       )(cells("交付", "JF-1", 交付质量="900"))  # fmt: skip
damage("recycling", "物料未列", "a material not listed",
       [("CI-REC-LISTED", "BD0008"), ("CI-CLAIM", None)],
       reported=True)(cells("磅单", "BD0008", 磅单物料="废玻璃"))  # fmt: skip
damage("recycling", "公示六日", "a notice of six working days", [("CI-NOTICE", None)],
       )(facts(公示={"公示末日": "2025-06-30"}))  # fmt: skip
damage("recycling", "公示未载收益", "a notice without benefit sharing",
       [("GD-NOTICE-CONTENT", None)])(facts(公示={"已公示收益分配": "否"}))  # fmt: skip
damage("recycling", "外省申请", "an application in another province",
       [("GD-REGION", None), ("CI-REGION", None)])(facts(项目={"省份": "湖南"}))  # fmt: skip


@damage("recycling", "协议后补", "an agreement signed after the application",
        [("GD-DELEGATED", None)])  # fmt: skip
def _(project: InclusiveProject) -> None:
    project.papers["委托协议"] = "2025-07-11"
