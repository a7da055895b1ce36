"""Draws the year: bodies and their staff, developers, projects, engagements and all they leave."""

from __future__ import annotations

from datetime import date, timedelta

from .reckoning import reckon
from .state import Row, Year, after, draw, ten_years, works

BODIES = ("J-1", "J-2", "J-3", "J-4")
FIELDS = ("林草碳汇", "可再生能源")
GROUPS = [
    # Region, methodology, sector, unit of size, sizes from and span, tCO2e per unit and year,
    # counties, verifications. The amounts are invented.
    (
        "内蒙古",
        "CCER-14-001",
        FIELDS[0],
        "公顷",
        900,
        4000,
        9200,
        ("奈曼旗", "敖汉旗", "库伦旗"),
        14,
    ),
    ("黑龙江", "CCER-14-001", FIELDS[0], "公顷", 700, 3000, 11500, ("拜泉县", "克山县"), 10),
    ("广东", "CCER-01-002", FIELDS[1], "兆瓦", 200, 400, 2_900_000, ("阳西县", "南澳县"), 9),
    ("甘肃", "CCER-01-001", FIELDS[1], "兆瓦", 50, 60, 2_300_000, ("敦煌市", "玉门市"), 7),
]
NORMS = {
    "内蒙古": ("7", "12"),
    "黑龙江": ("9", "14"),
    "广东": ("2300", "3500"),
    "甘肃": ("1900", "2700"),
}
CLAUSES = {
    "审定类": ("4.4 文件", "4.5.3 监测计划", "4.5.3 信息"),
    "核查类": ("5.4 校准", "5.5.3 监测", "5.5.3 计算"),
}
NEGATIVE, REFUSED, DELAYED = {20, 33, 47}, {52}, {10}
ENDED, RUNNING = {75, 76}, {77, 78, 79, 80}
PLACES = [place for place, group in enumerate(GROUPS) for _ in range(group[-1])]
"""Of the k-th validation or verification the place of its group in `GROUPS`."""

FACTS = {
    "年度首日": "2025-01-01",
    "年度末日": "2025-12-31",
    "名单确定日": "2025-12-31",
    "种子确定日": "2026-01-05",
    "抽样种子": "20260105",
    "随机抽查数": "6",
    "风险抽查分值": "3",
    "抽查期限": "2026-01-20",
}


def people() -> tuple[list[Row], list[Row], list[Row]]:
    bodies, approvals, persons = [], [], []
    for place, body in enumerate(BODIES, 1):
        yes = ("固定场所", "管理制度", "风险保障", "符合标准", "年度工作报告", "细则已公开")
        no = ("严重失信", "从事开发", "受影响资助", "参与交易")
        bodies.append({"机构编号": body} | dict.fromkeys(yes, "是") | dict.fromkeys(no, "否"))
        for field in FIELDS:
            approvals.append(
                {
                    "获批机构": body,
                    "获批领域": field,
                    "批准文号": f"示例批准{place}号",
                    "批准日期": f"2024-0{place + 2}-15",
                }
            )
        for number in range(1, 16):
            # Ten are able in both sectors, two in each alone; the last is no full-time member.
            able = ";".join(FIELDS) if number not in {11, 12, 13, 14} else FIELDS[number > 12]
            persons.append(
                {
                    "人员编号": f"R-{place}{number:02d}",
                    "所在机构": body,
                    "专职": "否" if number == 15 else "是",
                    "能力领域": able,
                    "工作年限": str(
                        1 + draw(9, "years", place, number) if number > 6 else 2 + number
                    ),
                }
            )
    return bodies, approvals, persons


def dates(number: int) -> tuple[date, date, date]:
    """First and last day of the notice, and the day of the report."""
    first = date(2025, 2, 10) + timedelta(number * 37 % 210)
    if number in RUNNING:
        first = date(2025, 11, 10) + timedelta(number - 77)
    while not works(first):
        first += timedelta(1)
    took = 112 if number in DELAYED else 62 + draw(30, "report", number)
    return first, after(first, 19), first + timedelta(took)


def engagement(number: int) -> tuple[Row, Row]:
    """An engagement and its project."""
    k, verifies = divmod(number - 1, 2)
    place = k % 4
    region, methodology, field, *_ = GROUPS[PLACES[k]]
    first, last, report = dates(number)
    state = "已终止" if number in ENDED else "进行中" if number in RUNNING else "已出报告"
    done = state == "已出报告"
    positive = number not in NEGATIVE
    sites = 1 + draw(12, "sites", number)
    row = {
        "审核编号": f"S-{number:02d}",
        "序号": str(number),
        "审核类型": "核查类" if verifies else "审定类",
        "所审项目": f"X-{number:02d}",
        "承担机构": BODIES[place],
        "办理状态": state,
        "公示首日": str(first),
        "公示末日": str(last),
        "同步公示机构": "是",
        "业主延误天数": "15" if number in DELAYED else "0",
        "延误记录": f"YW-{number:02d}" if number in DELAYED else "",
        "报告日期": str(report) if done else "",
        "报告结论": ("肯定" if positive else "否定") if done else "",
        "报告已公开": "是" if done else "",
        "现场总数": str(sites),
        "查看数": str(min(sites, 5)) if done else "0",
        "规定现场数": "",
        "现场规定出处": "",
        "有抽样方案": "是" if sites > 5 else "否",
        "复核人员": f"R-{place + 1}01",
        "复核利害关系": "否",
        "决定人员": f"R-{place + 1}02",
        "机构利益关系": "否",
        "代编文件": "否",
        "申请登记日": "",
        "材料收到日": "",
        "登记结果": "",
        "登记日期": "",
        "机构保存至": str(ten_years(report, 30)) if done else "",
    }
    project = {
        "项目编号": f"X-{number:02d}",
        "所属业主": f"Y-{1 + draw(24, 'developer', number):02d}",
        "所在地区": region,
        "专业领域": field,
        "方法学": methodology,
        "审定机构": BODIES[(place + 1) % 4] if verifies else BODIES[place],
        "计入期首日": "2023-01-01",
        "计入期末日": "2042-12-31",
        "注销登记日": "",
        "末次登记日": "",
        "业主保存至": "",
    }
    if done and positive:
        applied = report + timedelta(5 + draw(10, "applied", number))
        received = applied + timedelta(1 + draw(3, "received", number))
        registered = after(received, 3 + draw(12, "registered", number))
        refused = number in REFUSED
        row |= {
            "申请登记日": str(applied),
            "材料收到日": str(received),
            "登记结果": "不予登记" if refused else "已经登记",
            "登记日期": "" if refused else str(registered),
        }
        if verifies and not refused:
            row["机构保存至"] = str(ten_years(registered, 30))
            project |= {"末次登记日": str(registered), "业主保存至": str(ten_years(registered, 60))}
    return row, project


def claims_of(row: Row) -> list[Row]:
    number = int(row["序号"])
    if row["审核类型"] != "核查类" or not row["申请登记日"]:
        return []
    group = GROUPS[PLACES[(number - 1) // 2]]
    size = group[4] + draw(group[5], "size", number)
    made = []
    for year in (2023, 2024)[draw(2, "years claimed", number) :]:
        # Within some 6 % of the group's amount, which stands for a year of 365 days.
        noise = 940 + sum(draw(41, "noise", number, year, part) for part in range(3))
        days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
        amount = str(group[6] * noise * size * days // 365 // 1_000_000)
        made.append(
            {
                "申报编号": f"B-{number:02d}-{year}",
                "所属审核": row["审核编号"],
                "产生首日": f"{year}-01-01",
                "产生末日": f"{year}-12-31",
                "登记申请量": amount,
                "核查确认量": amount,
                "规模": str(size),
                "规模单位": group[3],
            }
        )
    return made


def travels(row: Row, team: list[str], taken: dict[str, list[tuple[date, date]]]) -> list[Row]:
    """A trip of each of two members, on days on which they are nowhere else."""
    number = int(row["序号"])
    counties = GROUPS[PLACES[(number - 1) // 2]][7]
    made: list[Row] = []
    for person in team[:2]:
        first = date.fromisoformat(row["公示末日"]) + timedelta(2)
        stay = 1 + draw(3, "stay", number, person)
        while any(a <= first + timedelta(stay) and b >= first for a, b in taken.get(person, [])):
            first += timedelta(1)
        last = first + timedelta(stay)
        assert str(last) < row["报告日期"]
        taken.setdefault(person, []).append((first, last))
        made.append(
            {
                "行程编号": f"T-{number:02d}-{len(made) + 1}",
                "行程审核": row["审核编号"],
                "行程人员": person,
                "到访地点": counties[draw(len(counties), "county", number)],
                "到达日": str(first),
                "离开日": str(last),
            }
        )
    return made


def findings_of(row: Row, developer: str, seen: dict[tuple[str, str], int]) -> list[Row]:
    """Corrective requirements, closed before the report but for a negative one, and maybe an
    observation. No developer has one clause more than twice."""
    number = int(row["序号"])
    report = date.fromisoformat(row["报告日期"])
    clauses = CLAUSES[row["审核类型"]]
    made: list[Row] = []

    def add(clause: str, kind: str, closed: bool) -> None:
        day = report - timedelta(3 + draw(12, "closed", number, clause))
        made.append(
            {
                "发现编号": f"F-{number:02d}-{len(made) + 1}",
                "发现审核": row["审核编号"],
                "条款": clause,
                "发现类型": kind,
                "已关闭": "是" if closed else "否",
                "关闭日期": str(day) if closed else "",
            }
        )

    for place, clause in enumerate(clauses):
        wanted = (number // 2 + place) % 5 < 2 or place == draw(3, "clause", number)
        if wanted and seen.get((developer, clause), 0) < 2:
            seen[developer, clause] = seen.get((developer, clause), 0) + 1
            add(clause, "要求整改", row["报告结论"] == "肯定")
    if draw(3, "observation", number) == 0:
        add(clauses[0], "列为观察", False)
    return made


def build() -> Year:
    """The year, undamaged."""
    bodies, approvals, persons = people()
    rows, projects = zip(*(engagement(number) for number in range(1, 81)), strict=True)
    tables: dict[str, list[Row]] = {
        "审核": list(rows),
        "项目名录": list(projects),
        "申报量": [claim for row in rows for claim in claims_of(row)],
        "机构名录": bodies,
        "批准领域": approvals,
        "人员名录": persons,
        "审核组": [],
        "现场行程": [],
        "业主名录": [{"业主编号": f"Y-{n:02d}", "撤销登记日期": ""} for n in range(1, 25)],
        "发现清单": [],
        "条款比较": [
            {"比较机构": body, "比较条款": clause, "比较类型": stage}
            for body in BODIES
            for stage, clauses in CLAUSES.items()
            for clause in clauses
        ],
        "地区常值": [
            {
                "常值地区": group[0],
                "常值方法学": group[1],
                "常值下限": NORMS[group[0]][0],
                "常值上限": NORMS[group[0]][1],
                "常值单位": group[3],
                "常值来源": "示例监管部门",
                "常值日期": "2025-12-20",
            }
            for group in GROUPS
        ],
    }
    taken: dict[str, list[tuple[date, date]]] = {}
    seen: dict[tuple[str, str], int] = {}
    for row, project in zip(rows, projects, strict=True):
        if row["办理状态"] != "已出报告":
            continue
        place = BODIES.index(row["承担机构"]) + 1
        first = draw(8, "team", row["序号"])
        # Of the ten able in both sectors the first two review and decide.
        team = [f"R-{place}{3 + (first + step) % 8:02d}" for step in range(3)]
        tables["审核组"] += [
            {"组员审核": row["审核编号"], "组员编号": person, "利害关系": "否"} for person in team
        ]
        tables["现场行程"] += travels(row, team, taken)
        tables["发现清单"] += findings_of(row, project["所属业主"], seen)
    papers = {"登记系统清单": "2026-01-28", "抽签记录": "2026-01-05"}
    year = Year(dict(FACTS), tables, papers)
    reckon(year)
    return year
