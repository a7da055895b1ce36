"""Damages to bodies, staff, teams, trips, findings, the sample and its inspections."""

from __future__ import annotations

from tests.packs.damaging import every

from .build import BODIES
from .damages import damage
from .state import Row, Year


def team(year: Year, of: str) -> list[Row]:
    return [row for row in year.tables["审核组"] if row["组员审核"] == of]


# --- bodies ------------------------------------------------------------------------------


@damage(
    "获批在后", "a sector approved after the reports",
    every("SV-APPROVED", *(f"S-{n:02d}" for n in (51, 52, 59, 60, 67, 68)))
    + every("SV-APPROVED-FIRST", *(f"S-{n:02d}" for n in (51, 52, 59, 60, 67, 68, 75, 76))),
)  # fmt: skip
def _(year: Year) -> None:
    for row in year.tables["批准领域"]:
        if (row["获批机构"], row["获批领域"]) == ("J-2", "可再生能源"):
            row["批准日期"] = "2026-01-05"


@damage("批准无文号", "an approval without a number", every("SV-APPROVAL-PAPER", "J-1/林草碳汇"))
def _(year: Year) -> None:
    year.tables["批准领域"][0]["批准文号"] = ""


@damage("合格人员不足", "nine able full-time staff", every("SV-STAFF", "J-3/林草碳汇"))
def _(year: Year) -> None:
    for person in ("R-302", "R-311", "R-312"):
        year.row("人员名录", "人员编号", person)["专职"] = "否"


@damage(
    "经历不足", "four able staff with two years of such work",
    every("SV-EXPERIENCE", "J-4/林草碳汇", "J-4/可再生能源"),
)  # fmt: skip
def _(year: Year) -> None:
    for row in year.tables["人员名录"]:
        if row["所在机构"] == "J-4" and row["人员编号"] > "R-404":
            row["工作年限"] = "1.9"


@damage(
    "机构条件不全", "bodies that lack a condition each",
    [
        ("SV-QUALIFIED", "J-1"), ("SV-WORK-REPORT", "J-2"), ("SV-RULES", "J-3"),
        ("SV-IMPARTIAL", "J-4"), ("SV-TRADE", "J-1"),
    ],
)  # fmt: skip
def _(year: Year) -> None:
    said = {"风险保障": 0, "年度工作报告": 1, "细则已公开": 2}
    for heading, place in said.items():
        year.tables["机构名录"][place][heading] = "否"
    year.tables["机构名录"][3]["从事开发"] = "是"
    year.tables["机构名录"][0]["参与交易"] = "是"


@damage(
    "机构不在名录", "a body that is not in the register",
    [(rule, "S-79") for rule in ("SV-BODY-LISTED", "SV-APPROVED", "SV-APPROVED-FIRST")],
)  # fmt: skip
def _(year: Year) -> None:
    year.engagement(79)["承担机构"] = "J-9"


# --- teams and trips ---------------------------------------------------------------------


@damage(
    "审核组仅一人", "a team of one",
    [("SV-TEAM-SIZE", "S-35"), ("SV-TRIP-TEAM", "T-35-2")],
)  # fmt: skip
def _(year: Year) -> None:
    left = [row["组员编号"] for row in team(year, "S-35")][1:]
    year.tables["审核组"] = [
        row
        for row in year.tables["审核组"]
        if not (row["组员审核"] == "S-35" and row["组员编号"] in left)
    ]


@damage("无行业能力", "a team not able in the sector", every("SV-TEAM-COMPETENT", "S-65"))
def _(year: Year) -> None:
    new = ("R-111", "R-112")  # of the body, and able in forests only
    old = [row["组员编号"] for row in team(year, "S-65")]
    year.tables["审核组"] = [
        row
        for row in year.tables["审核组"]
        if not (row["组员审核"] == "S-65" and row["组员编号"] == old[2])
    ]
    for row, person in zip(team(year, "S-65"), new, strict=True):
        row["组员编号"] = person
    for row in year.tables["现场行程"]:
        if row["行程审核"] == "S-65":
            row["行程人员"] = new[old.index(row["行程人员"])]


@damage("组员外单位", "a member of another body", every("SV-TEAM-STAFF", "S-33/R-205"))
def _(year: Year) -> None:
    team(year, "S-33")[2]["组员编号"] = "R-205"


@damage("组员有利害关系", "a member with an interest", every("SV-TEAM-INTEREST", "S-36/R-209"))
def _(year: Year) -> None:
    team(year, "S-36")[2].update({"组员编号": "R-209", "利害关系": "是"})


@damage("复核人员在组内", "a reviewer of the team", every("SV-REVIEWER", "S-39"))
def _(year: Year) -> None:
    year.engagement(39)["复核人员"] = team(year, "S-39")[0]["组员编号"]


@damage("复核人员无能力", "a reviewer not able in the sector", every("SV-REVIEWER-ABLE", "S-40"))
def _(year: Year) -> None:
    year.engagement(40)["复核人员"] = "R-414"


@damage("决定人员在组内", "one who decides of the team", every("SV-DECIDER", "S-41"))
def _(year: Year) -> None:
    year.engagement(41)["决定人员"] = team(year, "S-41")[0]["组员编号"].lower()


@damage("无行程", "sites visited without a trip", every("SV-TRIP", "S-42"))
def _(year: Year) -> None:
    year.tables["现场行程"] = [row for row in year.tables["现场行程"] if row["行程审核"] != "S-42"]


@damage("一日两地", "one person at two places", every("SV-PLACES", "T-43-1", "T-43-X"))
def _(year: Year) -> None:
    trip = year.row("现场行程", "行程编号", "T-43-1")
    again = trip | {"行程编号": "T-43-X", "到访地点": "别处县", "到达日": trip["离开日"]}
    year.tables["现场行程"].append(again)


@damage("行程颠倒", "a trip that leaves before it arrives", every("SV-TRIP-DATES", "T-44-2"))
def _(year: Year) -> None:
    trip = year.row("现场行程", "行程编号", "T-44-2")
    trip["到达日"], trip["离开日"] = trip["离开日"], trip["到达日"]


@damage("常年在外", "a person on site for most of the year", every("SV-DAYS", "R-415"))
def _(year: Year) -> None:
    year.tables["审核组"].append({"组员审核": "S-77", "组员编号": "R-415", "利害关系": "否"})
    year.tables["现场行程"].append(
        {
            "行程编号": "T-77-1", "行程审核": "S-77", "行程人员": "R-415",
            "到访地点": "奈曼旗", "到达日": "2025-01-05", "离开日": "2025-07-03",
        }
    )  # fmt: skip
    year.row("人员名录", "人员编号", "R-415")["所在机构"] = "J-3"


# --- findings ----------------------------------------------------------------------------


def corrective(year: Year, of: str) -> Row:
    return next(
        row
        for row in year.tables["发现清单"]
        if row["发现审核"] == of and row["发现类型"] == "要求整改"
    )


@damage("未关闭即肯定", "positive with a requirement open", every("SV-OPEN", "S-45"))
def _(year: Year) -> None:
    corrective(year, "S-45").update({"已关闭": "否", "关闭日期": ""})


@damage("报告后关闭", "a requirement closed after the report", every("SV-OPEN", "S-46"))
def _(year: Year) -> None:
    corrective(year, "S-46")["关闭日期"] = "2026-01-15"


def raised(of: str, clause: str) -> Row:
    return {
        "发现编号": f"F-{of[2:]}-X", "发现审核": of, "条款": clause,
        "发现类型": "要求整改", "已关闭": "是", "关闭日期": "2025-03-01",
    }  # fmt: skip


def compared(year: Year, clause: str, stage: str) -> None:
    year.tables["条款比较"] += [
        {"比较机构": body, "比较条款": clause, "比较类型": stage} for body in BODIES
    ]


@damage(
    "业主问题重复", "one clause three times with one developer", every("SV-REPEAT", "S-13/F-13-X")
)
def _(year: Year) -> None:
    for number in (13, 33, 49):  # all of developer Y-03
        year.tables["发现清单"].append(raised(f"S-{number}", "4.4 权属"))
    compared(year, "4.4 权属", "审定类")


@damage("机构差异", "a clause that only one body raises", every("SV-DIFFERENCE", "J-3/5.4 数据流"))
def _(year: Year) -> None:
    # Its eight engagements are of developers of their own, so that no developer repeats it.
    for number in (6, 14, 22, 30, 38, 46, 54, 62):
        year.project(number)["所属业主"] = f"Y-3{number:02d}"
        year.tables["业主名录"].append({"业主编号": f"Y-3{number:02d}", "撤销登记日期": ""})
        year.tables["发现清单"].append(raised(f"S-{number:02d}", "5.4 数据流"))
    compared(year, "5.4 数据流", "核查类")


@damage("漏列比较", "a clause that was raised is not compared", every("SV-COMPARED", "S-01/F-01-X"))
def _(year: Year) -> None:
    year.tables["发现清单"].append(raised("S-01", "4.5.3 未列"))


@damage("漏列机构", "a body left out of a comparison", every("SV-COMPARED", "S-13/F-13-X"))
def _(year: Year) -> None:
    year.tables["发现清单"].append(raised("S-13", "4.4 权属"))
    compared(year, "4.4 权属", "审定类")
    year.tables["条款比较"].pop()


@damage("发现不在名单", "a finding of no engagement", every("SV-FINDING-LISTED", "S-99/F-99-X"))
def _(year: Year) -> None:
    year.tables["发现清单"].append(raised("S-99", "5.4 校准"))


# --- the sample --------------------------------------------------------------------------


def first_drawn(year: Year) -> str:
    return year.tables["抽查名单"][0]["抽查审核"]


@damage(
    "漏抽", "one who was drawn is not in the sample", every("SV-SAMPLE-RANDOM", "S-06"), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.tables["抽查名单"].pop(0)


@damage(
    "换抽", "another in place of one who was drawn",
    [("SV-SAMPLE-RANDOM", "S-06"), ("SV-SAMPLE-REASON", "S-48"), ("SV-SAMPLE-DONE", "S-48")], sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.tables["抽查名单"][0]["抽查审核"] = "S-48"


@damage(
    "风险漏抽", "one who reaches the risk limit is not in the sample",
    [("SV-OPEN", "S-45"), ("SV-SAMPLE-RISK", "S-45")], sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    corrective(year, "S-45").update({"已关闭": "否", "关闭日期": ""})


@damage("种子先定", "the seed on the day of the list", [("SV-SEED", None)])
def _(year: Year) -> None:
    year.facts["种子确定日"] = year.facts["名单确定日"]


@damage(
    "换种子", "another seed than the one drawn by",
    every("SV-SAMPLE-RANDOM", "S-07", "S-11", "S-25", "S-34", "S-40")
    + every("SV-SAMPLE-REASON", "S-06", "S-24", "S-33", "S-47", "S-54"), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.facts["抽样种子"] = "20260106"


@damage(
    "抽查逾期", "an inspection a day late", every("SV-SAMPLE-DONE", "S-06"), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.tables["监督检查"][0]["检查日期"] = "2026-01-21"


@damage(
    "认定虚假报告", "a false report established", every("SV-ESTABLISHED", "C-06"), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.tables["监督检查"][0].update({"认定情形": "虚假报告", "决定文书": "示例决定1号"})


@damage(
    "认定未改正", "left-out procedure, no decision, not corrected",
    [(rule, "C-24") for rule in ("SV-ESTABLISHED", "SV-DECISION", "SV-CORRECTED")], sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.tables["监督检查"][1].update({"认定情形": "增减程序", "已改正": "否"})


@damage(
    "检查不在名单", "an inspection of no engagement", every("SV-INSPECTED-LISTED", "C-99"), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.tables["监督检查"].append(
        year.tables["监督检查"][0] | {"检查编号": "C-99", "检查审核": "S-99"}
    )


# --- what is missing ---------------------------------------------------------------------


@damage(
    "缺业主延误", "no days of delay where they decide",
    [(rule, "S-10") for rule in ("SV-TIME", "SV-DELAY", "SV-SAMPLE-RISK")], sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.engagement(10)["业主延误天数"] = ""


@damage(
    "缺种子", "no seed",
    every("SV-SAMPLE-RANDOM", *(f"S-{n:02d}" for n in range(1, 75)))
    + every("SV-SAMPLE-REASON", "S-06", "S-24", "S-28", "S-33", "S-47", "S-54"), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    del year.facts["抽样种子"]


@damage("规模为零", "a size of nought", every("SV-NORM-SCALE", "B-24-2024"), sampled=True)
def _(year: Year) -> None:
    year.row("申报量", "申报编号", "B-24-2024")["规模"] = "0"


@damage(
    "缺结论", "no conclusion",
    every("SV-NEGATIVE", "S-45") + every("SV-OPEN", "S-45"), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    year.engagement(45)["报告结论"] = ""
