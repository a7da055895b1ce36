"""Assessments made by hand: all eight verdicts, many rows, hostile names, several dossiers."""

from __future__ import annotations

import pytest

from guiju.verdicts import (
    FORMAT,
    Assessment,
    Claim,
    Derivation,
    Document,
    DossierRecord,
    FileRecord,
    Finding,
    JudgementGiven,
    Lack,
    Margin,
    Missing,
    Origin,
    PackRecord,
    Problem,
    Requirement,
    Text,
    Unchecked,
    Value,
    Verdict,
    Waiver,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "[red]bold[/] [/]",
    "a|b\\|c `x` **y** [l](javascript:z) <b>",
    "\"><img src=x onerror=alert(1)>'",
    "]]><x/>&amp;&#60;",
    "\x1b[31m\x00\x07 \u202egnp.exe\u202c \ud800",
    "# heading\n- item\n```\n",
    "</style><script>x</script>*/",
]

each_hostile = pytest.mark.parametrize("hostile", HOSTILE, ids=[f"hostile-{n}" for n in range(10)])


def both(en: str, zh: str) -> Text:
    return {"en": en, "zh": zh}


PACK = PackRecord(
    id="ccer-14-001",
    edition="V01",
    title=both("Afforestation (CCER-14-001-V01)", "造林碳汇（CCER-14-001-V01）"),
    authority=both("Ministry of Ecology and Environment", "生态环境部"),
    digest="5f" * 32,
    grades={
        "整改要求": both("Corrective action request", "整改要求"),
        "观察项": both("Observation", "观察项"),
    },
    in_force="2023-10-24",
)

PARCEL_FILE = "附件/小班一览表.csv"


def parcel_finding(number: int) -> Finding:
    key = f"NM-{number:03d}"
    area = f"0.{(number * 37) % 26 + 1:03d}"
    mu = f"{(number * 37) % 26 * 0.015 + 0.015:.3f}"
    line = number + 1
    value = Value(
        name=f"parcels[{key}].area",
        label=both("Area", "面积"),
        value=area,
        unit="ha",
        origin=Origin(PARCEL_FILE, f"{line}:4", raw=f"{mu} 亩"),
    )
    minimum = Value("minimum", both("Minimum area", "最小面积"), "400", "m2")
    planted = Value(
        f"parcels[{key}].planted",
        both("Planted on", "造林日期"),
        "2024-04-15",
        origin=Origin(PARCEL_FILE, f"{line}:6", raw="2024年4月15日"),
    )
    return Finding(
        rule="AFF-2C",
        grade="整改要求",
        verdict="nonconforming",
        message=both(
            f"Parcel {key} covers {area} ha; at least 400 m2 is required.",
            f"小班 {key} 的连续面积为 {area} ha，小于规定的 400 m2。",
        ),
        subject=key,
        fingerprint=f"aff2c-{key}",
        values=[value, minimum, planted],
        remedy=both(
            "Remove the parcel or re-survey its boundary.",
            "剔除该小班，或重新勘测其边界并更新小班一览表。",
        ),
        origin=Origin(PARCEL_FILE, f"{line}:4", raw=f"{mu} 亩"),
        derivation=comparison(area, number),
        baseline="unchanged" if number % 10 else "new",
    )


def comparison(area: str, number: int) -> Derivation:
    return Derivation(
        kind="Comparison",
        words=both(
            "the area of the parcel must be at least the minimum area", "小班的面积应不小于最小面积"
        ),
        value="false",
        parts=[
            Derivation(
                "Field",
                both("the area of the parcel", "小班的面积"),
                area,
                "ha",
                Origin(PARCEL_FILE, f"{number + 1}:4"),
            ),
            Derivation(
                "If",
                both("the minimum area", "最小面积"),
                "400",
                "m2",
                parts=[
                    Derivation(
                        "Comparison",
                        both(
                            "the start date of the project is before 2020-01-01",
                            "项目开工日期早于2020年1月1日",
                        ),
                        "false",
                        parts=[
                            Derivation(
                                "Field",
                                both("the start date of the project", "项目的开工日期"),
                                "2024-04-15",
                                origin=Origin("dossier.yaml", "9:13", raw="2024-04-15"),
                            )
                        ],
                    )
                ],
            ),
        ],
    )


def requirements(failing: int) -> list[Requirement]:
    place = "2-applicability.gj"
    start = Value(
        "project.start_date",
        both("Project start date", "项目开工日期"),
        "2024-04-15",
        origin=Origin("dossier.yaml", "9:13"),
    )
    rain = Missing(
        "fact",
        "project.rainfall",
        both("Mean annual rainfall", "多年平均降水量"),
        Origin("项目设计文件.xlsx", "C12", sheet="基本情况"),
    )
    waiver = Waiver(
        "AFF-2F",
        None,
        "技术负责人",
        "主管部门已书面同意延期公示",
        "2026-01-01",
        "2026-12-31",
        "used",
    )
    return [
        Requirement(
            "AFF-2A",
            PACK.id,
            "rule",
            both("Land was not forest before the project", "造林地在项目开工前非林地"),
            "CCER-14-001-V01 2(a)",
            "项目土地在项目开始前至少三年为不符合森林定义的规划造林地",
            "secondary",
            both(
                "The land class of each parcel must not be forest.", "各小班的土地类型应不为林地。"
            ),
            "conforms",
            f"{place}:3",
            counts={"conforms": 150},
            values=[start],
            derivation=comparison("1.2", 3),
        ),
        Requirement(
            "AFF-2C",
            PACK.id,
            "rule",
            both("Each parcel is large enough", "单个地块连续面积不小于规定值"),
            "CCER-14-001-V01 2(c)",
            "单个地块土地连续面积不小于400平方米；2019年（含）之前开始的项目不小于667平方米",
            "secondary",
            both(
                "The area of each parcel must be at least 667 m2 if the project started before "
                "2020-01-01, otherwise at least 400 m2.",
                "各小班的面积：开工日期早于2020年1月1日的，应不小于667 m2；其他应不小于400 m2。",
            ),
            "nonconforming",
            f"{place}:17",
            counts={"nonconforming": failing, "conforms": 150 - min(failing, 150)},
            findings=[parcel_finding(number) for number in range(1, failing + 1)],
            margins=[
                Margin(
                    both("area of the parcel ≥ minimum area", "小班面积 ≥ 最小面积"),
                    "10",
                    "400",
                    "m2",
                    "-390",
                    "-0.975",
                    subject="NM-014",
                )
            ],
            needs=["boundary_survey"],
            amended_by=["NMG-2025-07"],
        ),
        Requirement(
            "AFF-2D",
            PACK.id,
            "rule",
            both("Rainfall suits the tree species", "造林树种与降水量相适应"),
            "CCER-14-001-V01 2(d)",
            None,
            "unverified",
            both(
                "The mean annual rainfall must be at least 400 mm where trees are planted.",
                "营造乔木林的，多年平均降水量应不小于400 mm。",
            ),
            "undetermined",
            f"{place}:40",
            findings=[
                Finding(
                    "AFF-2D",
                    "整改要求",
                    "undetermined",
                    both(
                        "Give the mean annual rainfall of the project area.",
                        "请补充项目所在地多年平均降水量及其数据来源。",
                    ),
                    None,
                    "aff2d",
                    missing=[rain],
                )
            ],
            missing=[rain],
        ),
        Requirement(
            "AFF-2E",
            PACK.id,
            "rule",
            both("Bamboo stands", "竹林项目的附加要求"),
            "CCER-14-001-V01 2(e)",
            None,
            "secondary",
            both("The bamboo must be planted.", "竹林应为人工营造。"),
            "not applicable",
            f"{place}:55",
            reason=both("The stand is not bamboo.", "林分不是竹子。"),
        ),
        Requirement(
            "AFF-STAKE",
            PACK.id,
            "judgement",
            both("Affected residents were consulted", "利益相关方意见征询"),
            "管理办法 第十二条",
            None,
            "verified",
            both("A person judges.", "由审定与核查人员判断。"),
            "awaiting judgement",
            f"{place}:70",
            needs=["consultation_minutes"],
            question=both(
                "Do the minutes show that every affected village was consulted?",
                "会议纪要是否表明已征询每一受影响村庄的意见？",
            ),
        ),
        Requirement(
            "AFF-STAKE-2",
            PACK.id,
            "judgement",
            both("Comments were dealt with", "公示意见的处理"),
            "管理办法 第十三条",
            None,
            "verified",
            both("A person judges.", "由审定与核查人员判断。"),
            "conforms",
            f"{place}:80",
            question=both("Was every comment answered?", "是否逐条答复公示期间收到的意见？"),
            answer=JudgementGiven(
                "yes", "审核员甲", "2026-06-01", "三条意见均已答复，见附件 E-07。"
            ),
        ),
        Requirement(
            "AFF-7B",
            PACK.id,
            "rule",
            both("Permanent plots are marked", "固定样地标识"),
            "CCER-14-001-V01 7.2(b)",
            None,
            "secondary",
            both("Reviewed at the next period.", "留待下一核算期复查。"),
            "deferred",
            f"{place}:91",
            findings=[
                Finding(
                    "AFF-7B",
                    "观察项",
                    "deferred",
                    both(
                        "Check at the next verification that every plot is marked.",
                        "下一次核查时应复查全部固定样地的标桩。",
                    ),
                    None,
                    "aff7b",
                )
            ],
        ),
        Requirement(
            "AFF-2F",
            PACK.id,
            "rule",
            both("Notice lasted 20 working days", "公示期不少于20个工作日"),
            "管理办法 第十二条",
            "公示期为二十个工作日",
            "verified",
            both(
                "The working days of the notice must be at least 20.", "公示的工作日数应不少于20。"
            ),
            "waived",
            f"{place}:101",
            reason=both("Waived by a named person.", "经技术负责人批准让步。"),
            waiver=waiver,
            findings=[
                Finding(
                    "AFF-2F",
                    "整改要求",
                    "waived",
                    both("The notice lasted 19 working days.", "公示期仅 19 个工作日。"),
                    None,
                    "aff2f",
                    values=[Value("notice_days", both("Working days", "公示工作日"), "19")],
                )
            ],
            margins=[
                Margin(
                    both("working days of notice ≥ 20", "公示工作日数 ≥ 20"),
                    "19",
                    "20",
                    None,
                    "-1",
                    "-0.05",
                )
            ],
        ),
        Requirement(
            "AFF-6-ER",
            PACK.id,
            "rule",
            both("The claim is reproduced", "核算量复算一致"),
            "CCER-14-001-V01 6.9 式(21)",
            None,
            "secondary",
            both(
                "The claimed removals must be within 5% of the net removals.",
                "申报的项目减排量与复算的减排量相差应不超过5%。",
            ),
            "conforms",
            "6-quantification.gj:12",
            values=[
                Value(
                    "project.claimed_removals",
                    both("Claimed removals", "申报减排量"),
                    "125430",
                    "tCO2e",
                    Origin("项目设计文件.xlsx", "F31", sheet="减排量", raw="125,430"),
                ),
                Value(
                    "net_removals",
                    both("Net removals", "项目减排量"),
                    "121870.3333333333333333333333333333",
                    "tCO2e",
                ),
            ],
            margins=[
                Margin(
                    both("claimed within 5% of recomputed", "申报值与复算值相差不超过 5%"),
                    "3559.666666666666666666666666666667",
                    "6093.516666666666666666666666666665",
                    "tCO2e",
                    "2533.85",
                    "0.4158272047942",
                    "2533.85",
                )
            ],
            derivation=comparison("125430", 30),
        ),
        Requirement(
            "AFF-DATE",
            PACK.id,
            "rule",
            both("The project started after 2012-11-08", "开工日期晚于2012年11月8日"),
            "管理办法 第十条（三）",
            "项目于2012年11月8日之后开工建设",
            "verified",
            both(
                "The start date must be later than 2012-11-08.", "项目开工日期应晚于2012年11月8日。"
            ),
            "conforms",
            f"{place}:120",
            values=[start],
            margins=[
                Margin(
                    both("start date > 2012-11-08", "开工日期 > 2012-11-08"),
                    "2024-04-15",
                    "2012-11-08",
                    None,
                    "4176",
                )
            ],
        ),
        Requirement(
            "AFF-MAP",
            PACK.id,
            "rule",
            both("Boundaries do not overlap", "项目边界不重叠"),
            "管理办法 第四十八条",
            None,
            "verified",
            both("No two parcels may overlap.", "任何两个小班不得重叠。"),
            "broken",
            f"{place}:130",
            reason=both("The layer file is damaged.", "边界图层文件损坏，未能读取。"),
        ),
    ]


def afforestation(failing: int = 3, number: int = 1) -> Assessment:
    """A Chinese dossier with every verdict."""
    found = requirements(failing)
    counts: dict[str, int] = {}
    for requirement in found:
        counts[requirement.verdict] = counts.get(requirement.verdict, 0) + 1
    claimed = found[8].values[0]
    recomputed = found[8].values[1]
    rain = found[2].missing[0]
    return Assessment(
        FORMAT,
        "0.1.0",
        "2026-05-12",
        PACK,
        DossierRecord(
            f"NMG-WLCB-{number:03d}",
            "内蒙古乌兰察布某旗防沙治沙造林碳汇项目",
            f"dossiers/乌兰察布-{number}",
            "ab" * 32,
            "validation",
            "2026-05-12",
            files=[
                FileRecord("dossier.yaml", "11" * 32, 2310, "utf-8"),
                FileRecord(PARCEL_FILE, "22" * 32, 10422, "gb18030"),
                FileRecord("项目设计文件.xlsx", "33" * 32, 88231),
            ],
            documents=[
                Document(
                    "E-01", "boundary_survey", "证据/勘界.pdf", "2024-03-01", "44" * 32, "held"
                ),
                Document("E-02", "consultation_minutes", None, None, None, "listed"),
                Document(
                    "E-03", "forest_tenure", "证据/林权证.pdf", "2023-11-20", "55" * 32, "altered"
                ),
                Document(
                    "E-04", "operation_design", "证据/作业设计.pdf", None, "66" * 32, "missing"
                ),
            ],
        ),
        "negative",
        [both("AFF-STAKE awaits a judgement", "AFF-STAKE 待人工判断")],
        counts,
        found,
        [
            Claim(
                both("Removals of the crediting period", "计入期项目减排量"),
                claimed,
                recomputed,
                "3559.666666666666666666666666666667",
                "2.920861079891797383600690651",
                "3559.666666666666666666666666666667",
                "AFF-6-ER",
            ),
            Claim(
                both("Carbon in the project scenario", "项目情景碳储量变化"),
                Value("project.claimed_stock", both("Claimed", "申报"), "33000", "tC"),
                Value("stock", both("Recomputed", "复算"), "33100", "tC"),
                "-100",
                "-0.3021148036253776435045317220543807",
                "-366.6666666666666666666666666666667",
            ),
            Claim(
                both("Leakage", "泄漏量"),
                Value("project.claimed_leakage", both("Claimed", "申报"), "0", "tCO2e"),
                Value("leakage", both("Recomputed", "复算"), None, "tCO2e"),
                None,
                None,
                None,
            ),
        ],
        [recomputed],
        [Lack(rain, ["AFF-2D"])],
        [
            Unchecked(
                "CCER-14-001-V01 2(g)",
                both("Needs a map of soils.", "须结合土壤分布图由现场评审判断。"),
            ),
            Unchecked(
                "CCER-14-001-V01 附录 B",
                both("Not encoded in this edition.", "本版规则包尚未编入。"),
            ),
        ],
        [
            Problem(
                "number-text",
                "warning",
                both("“1,2” is not a number", "“1,2”不是数字"),
                both("Write 1.2 or 12.", "请改写为 1.2 或 12。"),
                Origin(PARCEL_FILE, "88:4", raw="1,2"),
            ),
            Problem(
                "layer-damaged",
                "error",
                both("The layer file ends early", "图层文件不完整"),
                both("Export the layer again.", "请重新导出图层。"),
                Origin("边界.zip", ""),
            ),
            Problem(
                "encoding",
                "note",
                both("Read as GB18030", "按 GB18030 读取"),
                both("Save as UTF-8.", "建议另存为 UTF-8。"),
                Origin(PARCEL_FILE, "1:1"),
            ),
        ],
        [
            found[7].waiver or Waiver("", None, "", "", "", ""),
            Waiver("AFF-9", None, "技术负责人", "旧版条款", "2024-01-01", "2024-12-31", "expired"),
            Waiver("AFF-2A", "NM-001", "技术负责人", "—", "2026-01-01", "2026-12-31", "unused"),
        ],
    )


def simple(number: int, verdicts: tuple[Verdict, ...] = ("conforms",) * 12) -> Assessment:
    """An English dossier of a collection, one of many."""
    name = f"ACR{200 + number}"
    pack = PackRecord(
        "arb-us-forest",
        "2015",
        both("California forest protocol", "加州森林抵消议定书"),
        both("California Air Resources Board", "加州空气资源委员会"),
        "77" * 32,
        {"CAR": both("Corrective action request", "纠正措施要求")},
        "2015-11-01",
        "2030-12-31",
    )
    found = []
    for index, verdict in enumerate(verdicts):
        rule = f"ARB-{index:02d}"
        value = Value(
            "project.acreage",
            both("Acreage", "面积"),
            str(1000 + 7 * index * number),
            "acre",
            Origin("projects.json", f"/{number}/acreage", raw=str(1000 + 7 * index * number)),
        )
        finding = Finding(
            rule,
            "CAR",
            verdict,
            both(f"Acreage differs in {name}.", f"{name} 的面积不一致。"),
            None,
            f"{rule}-{name}",
            values=[value],
        )
        found.append(
            Requirement(
                rule,
                pack.id,
                "rule",
                both(f"The acreage of part {index} adds up", f"第 {index} 部分面积相符"),
                f"3.{index}",
                None,
                "secondary",
                both("The acreage must be the sum of its parts.", "面积应等于各部分之和。"),
                verdict,
                f"3-eligibility.gj:{index * 9 + 1}",
                findings=[finding] if verdict == "nonconforming" else [],
                values=[value],
                margins=[
                    Margin(
                        both("acreage ≥ 10 acre", "面积 ≥ 10 acre"),
                        value.value or "",
                        "10",
                        "acre",
                        "990",
                        "99",
                    )
                ],
                derivation=comparison("1", index),
            )
        )
    bad = sum(verdict == "nonconforming" for verdict in verdicts)
    return Assessment(
        FORMAT,
        "0.1.0",
        "2026-05-12",
        pack,
        DossierRecord(name, f"Forest project {number}", "projects.json", "cd" * 32, None, None),
        "negative" if bad else "positive",
        [],
        {verdict: verdicts.count(verdict) for verdict in set(verdicts)},
        found,
        [
            Claim(
                both("First period credits", "第一期签发量"),
                Value("claimed", both("Claimed", "申报"), str(50000 + number), "tCO2e"),
                Value("credits", both("Recomputed", "复算"), "50000", "tCO2e"),
                str(number),
                str(number / 500),
                str(number),
            )
        ],
        [],
        [],
        [],
        [],
    )


def collection(count: int = 45) -> list[Assessment]:
    """Many dossiers, every fifth of them with a nonconformity."""
    return [
        simple(
            number, ("conforms",) * 11 + (("nonconforming",) if number % 5 == 0 else ("conforms",))
        )
        for number in range(count)
    ]


def filled_with(text: str) -> Assessment:
    """An assessment with one text in every place a dossier or a pack can fill."""
    said = {"en": text, "zh": text}
    origin = Origin(text, text, text, text)
    value = Value(text, said, text, text, origin)
    missing = Missing("fact", text, said, origin)
    derivation = Derivation(text, said, text, text, origin, [missing], 3, [])
    derivation.parts.append(Derivation(text, said, None))
    waiver = Waiver(text, text, text, text, text, text, "used")
    finding = Finding(
        text,
        text,
        "nonconforming",
        said,
        text,
        text,
        [value, Value(text + "2", said, text, text, origin)],
        [missing],
        said,
        origin,
        derivation,
        "new",
    )
    second = Finding(text, text, "nonconforming", said, None, text + "2", [value])
    requirement = Requirement(
        text,
        text,
        "judgement",
        said,
        text,
        text,
        "verified",
        said,
        "nonconforming",
        text,
        said,
        {"nonconforming": 2},
        [finding, second],
        [value],
        [missing],
        [Margin(said, text, text, text, text, text, text, text)],
        [text],
        [text],
        said,
        JudgementGiven("unclear", text, text, text, origin),
        waiver,
        derivation,
    )
    return Assessment(
        FORMAT,
        text,
        text,
        PackRecord(text, text, said, said, text, {text: said}, text, text),
        DossierRecord(
            text,
            text,
            text,
            text,
            text,
            text,
            [FileRecord(text, text, 1, text)],
            [Document(text, text, text, text, text, "held")],
        ),
        "open",
        [said],
        {"nonconforming": 1},
        [requirement],
        [Claim(said, value, value, text, text, text, text)],
        [value],
        [Lack(missing, [text])],
        [Unchecked(text, said)],
        [Problem(text, "error", said, said, origin)],
        [waiver],
    )
