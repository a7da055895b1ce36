"""Damages to engagements, projects and claims: notice, deadlines, registration, amounts, records."""

from __future__ import annotations

from datetime import date, timedelta

from tests.packs.damaging import every

from .damages import damage
from .state import Year, after


def day(text: str, more: int) -> str:
    return str(date.fromisoformat(text) + timedelta(more))


def last_claim(year: Year, number: int) -> dict[str, str]:
    return year.row("申报量", "申报编号", f"B-{number:02d}-2024")


# --- notice and report -------------------------------------------------------------------


@damage("公示少一日", "a notice one working day short", every("SV-NOTICE", "S-05"))
def _(year: Year) -> None:
    row = year.engagement(5)
    row["公示末日"] = str(after(date.fromisoformat(row["公示首日"]), 18))


@damage("未同步公示机构", "the body not named in the notice", every("SV-NAMED", "S-06"))
def _(year: Year) -> None:
    year.engagement(6)["同步公示机构"] = "否"


@damage(
    "报告早于公示期满", "a report on the last day of its notice, before trips and closures",
    [("SV-AFTER-NOTICE", "S-07"), ("SV-OPEN", "S-07"), ("SV-TRIP", "S-07")],
)  # fmt: skip
def _(year: Year) -> None:
    row = year.engagement(7)
    row["报告日期"] = row["公示末日"]


@damage("报告未公开", "a report not published", every("SV-PUBLISHED", "S-08"))
def _(year: Year) -> None:
    year.engagement(8)["报告已公开"] = "否"


@damage("报告超期", "a report after 101 days", every("SV-TIME", "S-09"))
def _(year: Year) -> None:
    row = year.engagement(9)
    row["公示首日"] = day(row["报告日期"], -101)


@damage("延误无记录", "a delay deducted without a record", every("SV-DELAY", "S-10"))
def _(year: Year) -> None:
    year.engagement(10)["延误记录"] = ""


@damage("延误长于历时", "more delay than there were days", every("SV-DELAY", "S-10"))
def _(year: Year) -> None:
    year.engagement(10)["业主延误天数"] = "113"


@damage("复核有利害关系", "a reviewer with an interest", every("SV-REVIEWER-INTEREST", "S-12"))
def _(year: Year) -> None:
    year.engagement(12)["复核利害关系"] = "是"


@damage("进行中超期", "no report after 114 days", every("SV-TIME", "S-78"))
def _(year: Year) -> None:
    year.engagement(78)["公示首日"] = "2025-10-09"


# --- registration ------------------------------------------------------------------------


@damage("未出报告即申请", "an application without a report", every("SV-APPLIED", "S-79"))
def _(year: Year) -> None:
    year.engagement(79)["申请登记日"] = "2026-01-15"


@damage(
    "否定仍登记", "registered on a negative conclusion, without a claim",
    [("SV-NEGATIVE", "S-20"), ("SV-CLAIM-GIVEN", "S-20"), ("SV-RECORDS-OWNER-ISSUED", "S-20")],
)  # fmt: skip
def _(year: Year) -> None:
    row = year.engagement(20)
    received = day(row["报告日期"], 7)
    row |= {"申请登记日": received, "材料收到日": received, "登记结果": "已经登记"}
    row["登记日期"] = str(after(date.fromisoformat(received), 5))


@damage("登记逾期一日", "registered on the 16th working day", every("SV-REGISTRY", "S-11"))
def _(year: Year) -> None:
    row = year.engagement(11)
    row["登记日期"] = str(after(date.fromisoformat(row["材料收到日"]), 16))


@damage("登记久拖", "an application still pending", every("SV-REGISTRY", "S-12"))
def _(year: Year) -> None:
    year.engagement(12).update({"登记结果": "尚在办理", "登记日期": ""})


@damage("核查即审定", "the verifier validated the project", every("SV-SAME-BODY", "S-14"))
def _(year: Year) -> None:
    year.project(14)["审定机构"] = year.engagement(14)["承担机构"].lower()


@damage("名录审定机构不符", "the register names another validator", every("SV-VALIDATOR", "S-13"))
def _(year: Year) -> None:
    year.project(13)["审定机构"] = "J-4"


@damage("注销后再申请", "a deregistered project applies again", every("SV-AGAIN", "S-15"))
def _(year: Year) -> None:
    year.project(15)["注销登记日"] = "2025-01-10"


@damage("撤销三年内申请", "an application within three years", every("SV-BAN", "S-16"))
def _(year: Year) -> None:
    year.project(16)["所属业主"] = "Y-25"
    applied = date.fromisoformat(year.engagement(16)["申请登记日"])
    revoked = applied.replace(year=applied.year - 3)
    year.tables["业主名录"].append({"业主编号": "Y-25", "撤销登记日期": str(revoked)})


@damage(
    "登记日期省去", "registered on a negative conclusion, neither applied for nor received",
    [("SV-NEGATIVE", "S-33"), ("SV-STEPS", "S-33")],
)  # fmt: skip
def _(year: Year) -> None:
    year.engagement(33).update({"登记结果": "已经登记", "登记日期": "2026-01-20"})


@damage("终止仍登记", "registered though ended without a report", every("SV-STATE", "S-75"))
def _(year: Year) -> None:
    year.engagement(75)["报告结论"] = "肯定"


@damage("日期未到", "registered on a day still to come", every("SV-FUTURE", "S-17"))
def _(year: Year) -> None:
    row = year.engagement(17)
    row |= {"申请登记日": "2026-01-29", "材料收到日": "2026-01-30", "登记日期": "2026-02-02"}


# --- claims ------------------------------------------------------------------------------


@damage("重复申报", "a period claimed twice", every("SV-ONCE", "B-18-2024", "B-18-X"))
def _(year: Year) -> None:
    again = last_claim(year, 18) | {"申报编号": "B-18-X", "产生首日": "2024-12-31"}
    again |= {"产生末日": "2024-12-31"}
    size = int(again["规模"])
    again |= {"登记申请量": str(9 * size // 365), "核查确认量": str(9 * size // 365)}
    year.tables["申报量"].append(again)


@damage(
    "申报过早", "reductions of 2019",
    [(rule, "B-22-2024") for rule in ("SV-SINCE", "SV-VINTAGE", "SV-CREDITING")],
)  # fmt: skip
def _(year: Year) -> None:
    last_claim(year, 22).update({"产生首日": "2019-01-01", "产生末日": "2020-01-01"})


@damage(
    "起于界日", "a period that starts on 22 September 2020",
    [(rule, "B-26-2024") for rule in ("SV-SINCE", "SV-SINCE-DAY", "SV-CREDITING")],
)  # fmt: skip
def _(year: Year) -> None:
    last_claim(year, 26).update({"产生首日": "2020-09-22", "产生末日": "2021-09-22"})


@damage("尚未产生", "a period not over at the application", every("SV-ARISEN", "B-26-2024"))
def _(year: Year) -> None:
    claim = last_claim(year, 26)
    applied = date.fromisoformat(year.engagement(26)["申请登记日"])
    claim["产生末日"] = str(applied + timedelta(1))
    days = (applied - date(2024, 1, 1)).days + 2
    amount = str(int(claim["登记申请量"]) * days // 366)
    claim |= {"登记申请量": amount, "核查确认量": amount}


@damage("超出计入期", "a period beyond the crediting period", every("SV-CREDITING", "B-26-2024"))
def _(year: Year) -> None:
    year.project(26)["计入期末日"] = "2024-12-30"


@damage("多报一吨", "a tonne more than verified", every("SV-VERIFIED", "B-24-2024"))
def _(year: Year) -> None:
    claim = last_claim(year, 24)
    claim["登记申请量"] = str(int(claim["登记申请量"]) + 1)


@damage(
    "申报量翻倍", "a claim of twice the regional norm",
    [(rule, "S-24") for rule in ("SV-NORM-STATED", "SV-NORM-PEERS", "SV-NORM-MEDIAN")],
)  # fmt: skip
def _(year: Year) -> None:
    for claim in year.tables["申报量"]:
        if claim["所属审核"] == "S-24":
            amount = str(2 * int(claim["登记申请量"]))
            claim |= {"登记申请量": amount, "核查确认量": amount}


@damage(
    "申报不在名单", "a claim of no verification of the list",
    [("SV-CLAIM-LISTED", "B-24-2024"), ("SV-CLAIM-GIVEN", "S-24")],
)  # fmt: skip
def _(year: Year) -> None:
    last_claim(year, 24)["所属审核"] = "S-99"


@damage("注销后申报", "a claim of a deregistered project", every("SV-AGAIN", "S-26"))
def _(year: Year) -> None:
    year.project(26)["注销登记日"] = day(year.engagement(26)["申请登记日"], -1)


@damage(
    "申请量为负", "a negative claim",
    [
        ("SV-VERIFIED", "B-24-2024"), ("SV-NORM-STATED", "S-24"), ("SV-NORM-PEERS", "S-24"),
        ("SV-NORM-MEDIAN", "S-24"), ("SV-SAMPLE-RISK", "S-24"),
    ],
    ("out-of-range",), sampled=True,
)  # fmt: skip
def _(year: Year) -> None:
    last_claim(year, 24)["登记申请量"] = "-5"


# --- conflicts, sites, records -----------------------------------------------------------


@damage("利益关系", "a body with an interest in the owner", every("SV-INTEREST", "S-31"))
def _(year: Year) -> None:
    year.engagement(31)["机构利益关系"] = "是"


@damage("代编文件", "a body that wrote the owner's papers", every("SV-PAPERS", "S-32"))
def _(year: Year) -> None:
    year.engagement(32)["代编文件"] = "是"


@damage("现场不足", "four sites of eight visited", every("SV-SITES", "S-34"))
def _(year: Year) -> None:
    year.engagement(34).update({"现场总数": "8", "查看数": "4", "有抽样方案": "是"})


@damage(
    "自定现场数", "one site of eight visited, by a methodology that is not named",
    every("SV-SITES-SOURCE", "S-34"),
)  # fmt: skip
def _(year: Year) -> None:
    sites = {"现场总数": "8", "查看数": "1", "规定现场数": "1", "有抽样方案": "是"}
    year.engagement(34).update(sites)


@damage(
    "末次登记省去", "records kept nine years, no last issuance told",
    [("SV-RECORDS-ISSUED", "S-38"), ("SV-RECORDS-OWNER-ISSUED", "S-38")],
)  # fmt: skip
def _(year: Year) -> None:
    registered = year.engagement(38)["登记日期"]
    year.engagement(38)["机构保存至"] = f"{int(registered[:4]) + 9}{registered[4:]}"
    year.project(38).update({"末次登记日": "", "业主保存至": ""})


@damage("无抽样方案", "five sites of eight without a plan", every("SV-SAMPLING", "S-34"))
def _(year: Year) -> None:
    year.engagement(34).update({"现场总数": "8", "查看数": "5", "有抽样方案": "否"})


@damage(
    "保存期差一日", "records kept a day short of ten years",
    [
        ("SV-RECORDS-VALIDATION", "S-37"),
        ("SV-RECORDS-VERIFICATION", "S-38"),
        ("SV-RECORDS-ISSUED", "S-38"),
        ("SV-RECORDS-OWNER-ISSUED", "S-38"),
        ("SV-RECORDS-OWNER", "X-38"),
    ],
)  # fmt: skip
def _(year: Year) -> None:
    report = year.engagement(37)["报告日期"]
    year.engagement(37)["机构保存至"] = day(f"2035{report[4:]}", -1)
    last = year.project(38)["末次登记日"]
    short = day(f"{int(last[:4]) + 10}{last[4:]}", -1)
    year.engagement(38)["机构保存至"] = short
    year.project(38)["业主保存至"] = short


@damage("序号重复", "a number of the list used twice", every("SV-NUMBERS", "S-77", "S-78"))
def _(year: Year) -> None:
    year.engagement(78)["序号"] = "77"


@damage("审核编号重复", "an engagement listed twice", problems=("row-twice",))
def _(year: Year) -> None:
    year.tables["审核"].append(dict(year.engagement(79)))


@damage(
    "缺项目", "an engagement whose project is not in the register",
    [("SV-APPROVED", "S-79"), ("SV-APPROVED-FIRST", "S-79")],
)  # fmt: skip
def _(year: Year) -> None:
    year.engagement(79)["所审项目"] = "X-99"
