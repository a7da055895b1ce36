"""The supervisor's own reckoning: risk points, the random draw, and who is in the sample.

It is written without the engine, in fractions, so that the two are held against each other.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from statistics import median

from .state import Row, Year, draw

PRIME = 2147483647
POINTS = {"关闭": 3, "超期": 2, "人员": 3, "偏离": 2, "重复": 1, "现场": 2}
FEWEST, SCORE, REPEATS = 5, Fraction("3.5"), 3


def draw_of(seed: int, number: int) -> int:
    first = (seed * 48271 + number * 69621) % PRIME
    second = (first * first + number) % PRIME
    return (second * second + seed) % PRIME


def reported(year: Year) -> list[Row]:
    return [row for row in year.tables["审核"] if row["办理状态"] == "已出报告"]


def amounts(year: Year) -> dict[str, Fraction]:
    """Engagement → what it claims per unit of size and 365 days."""
    listed = {row["审核编号"] for row in year.tables["审核"]}
    claimed: dict[str, Fraction] = {}
    sizes: dict[str, Fraction] = {}
    for claim in year.tables["申报量"]:
        last, first = (date.fromisoformat(claim[h]) for h in ("产生末日", "产生首日"))
        of = claim["所属审核"]
        if of not in listed:
            continue
        claimed[of] = claimed.get(of, Fraction(0)) + Fraction(claim["登记申请量"])
        years = Fraction((last - first).days + 1, 365)
        sizes[of] = sizes.get(of, Fraction(0)) + Fraction(claim["规模"]) * years
    return {of: claimed[of] / sizes[of] for of in claimed}


def groups(year: Year) -> dict[str, tuple[str, str]]:
    """Engagement → region and methodology."""
    projects = {row["项目编号"]: row for row in year.tables["项目名录"]}
    return {
        row["审核编号"]: (
            projects[row["所审项目"]]["所在地区"],
            projects[row["所审项目"]]["方法学"],
        )
        for row in year.tables["审核"]
        if row["所审项目"] in projects
    }


def outlying(year: Year) -> set[str]:
    """Engagements whose claims lie far from the median of their group."""
    values, group = amounts(year), groups(year)
    found = set()
    for of, value in values.items():
        peers = [values[other] for other in values if group[other] == group[of]]
        middle = median(peers)
        spread = median([abs(peer - middle) for peer in peers])
        enough = len(peers) - 1 >= FEWEST and spread > 0
        if enough and Fraction("0.6745") * abs(value - middle) > SCORE * spread:
            found.add(of)
    return found


def repeating(year: Year) -> set[str]:
    """Engagements with a finding their developer has again and again."""
    projects = {row["项目编号"]: row["所属业主"] for row in year.tables["项目名录"]}
    developers = {row["审核编号"]: projects.get(row["所审项目"]) for row in year.tables["审核"]}
    seen: dict[tuple[str | None, str], set[str]] = {}
    for finding in year.tables["发现清单"]:
        of = finding["发现审核"]
        if finding["发现类型"] == "要求整改" and of in developers:
            seen.setdefault((developers[of], finding["条款"]), set()).add(of)
    return {
        of for engagements in seen.values() if len(engagements) >= REPEATS for of in engagements
    }


def risk(year: Year) -> dict[str, int]:
    """Reported engagement → risk points."""
    persons = {row["人员编号"]: row for row in year.tables["人员名录"]}
    fields = {row["项目编号"]: row["专业领域"] for row in year.tables["项目名录"]}
    far, again = outlying(year), repeating(year)
    points = {}
    for row in reported(year):
        of = row["审核编号"]
        team = [persons[m["组员编号"]] for m in year.tables["审核组"] if m["组员审核"] == of]
        left = any(
            finding["发现审核"] == of
            and finding["发现类型"] == "要求整改"
            and (finding["已关闭"] == "否" or finding["关闭日期"] > row["报告日期"])
            for finding in year.tables["发现清单"]
        )
        took = date.fromisoformat(row["报告日期"]) - date.fromisoformat(row["公示首日"])
        least = int(row["规定现场数"] or min(int(row["现场总数"]), 5))
        field = fields[row["所审项目"]]
        points[of] = (
            POINTS["关闭"] * (left and row["报告结论"] == "肯定")
            + POINTS["超期"] * (took.days - int(row["业主延误天数"]) > 100)
            + POINTS["人员"]
            * (
                sum(person["专职"] == "是" for person in team) < 2
                or not any(field in person["能力领域"].split(";") for person in team)
            )
            + POINTS["现场"] * (int(row["查看数"]) < least)
            + POINTS["偏离"] * (of in far)
            + POINTS["重复"] * (of in again)
        )
    return points


def reckon(year: Year) -> None:
    """Draws the sample anew and writes down an inspection of each of it."""
    points = risk(year)
    limit, size = int(year.facts["风险抽查分值"]), int(year.facts["随机抽查数"])
    seed = int(year.facts["抽样种子"])
    numbers = {row["审核编号"]: int(row["序号"]) for row in year.tables["审核"]}
    drawn = sorted((draw_of(seed, numbers[of]), numbers[of], of) for of in points)
    chosen = {of: "随机抽取" for _, _, of in drawn[:size]}
    chosen |= {of: "风险抽取" for of in points if points[of] >= limit}
    year.tables["抽查名单"] = [
        {"抽查审核": of, "抽取方式": chosen[of], "指定理由": ""} for of in sorted(chosen)
    ]
    year.tables["监督检查"] = [
        {
            "检查编号": f"C-{of[2:]}",
            "检查审核": of,
            "检查日期": f"2026-01-{8 + draw(12, 'inspected', of):02d}",
            "认定情形": "未发现",
            "决定文书": "",
            "已改正": "",
        }
        for of in sorted(chosen)
    ]
