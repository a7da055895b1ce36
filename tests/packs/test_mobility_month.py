"""The month of a mobility programme: without fraud nothing is found, and each fraud exactly."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from guiju.assessment import assess
from guiju.assessment.record import to_json
from guiju.compiler import load_pack
from guiju.dossier import Others, open_dossier, read
from guiju.dossier.model import Dossier
from guiju.plan.nodes import PackPlan
from guiju.tables import check_tables, tables_evaluator
from guiju.verdicts import Assessment

from .mobility_month import (
    AS_OF,
    FRAUDS,
    Month,
    build,
    defrauded,
    files,
    listed,
    parquet_files,
    small,
    write,
)

PACK = Path(__file__).parents[2] / "rules/guiju_rules/carbon-inclusive"
PREFIX = "CI-MOB-"
ACROSS = {"CI-MOB-TWO-PROVINCES", "CI-MOB-ELSEWHERE"}
RIDERS = 140

Finding = tuple[str, str, str | None]


@pytest.fixture(scope="module")
def pack() -> PackPlan:
    """The rules on mobility alone; the others are tested with their own examples."""
    plan = load_pack(str(PACK))
    return plan._replace(rules=tuple(r for r in plan.rules if r.id.startswith(PREFIX)))


def dossier(month: Month, folder: Path, pack: PackPlan) -> Dossier:
    given = read(open_dossier(write(month, folder)), pack)
    assert given.problems == []
    return given


def found(assessment: Assessment) -> set[Finding]:
    return {
        (requirement.id.removeprefix(PREFIX), finding.verdict, finding.subject)
        for requirement in assessment.requirements
        for finding in requirement.findings
    }


def test_a_month_without_fraud_conforms(tmp_path: Path, pack: PackPlan) -> None:
    given = dossier(build(40), tmp_path, pack)
    assessment = assess(given, pack, as_of=AS_OF, brief=True, evaluator=tables_evaluator)
    assert found(assessment) == set()
    verdicts = {requirement.id: requirement.verdict for requirement in assessment.requirements}
    assert {rule for rule, verdict in verdicts.items() if verdict == "not applicable"} == {
        "CI-MOB-CHANGE",
        "CI-MOB-WITHDRAWN",
    }
    assert set(verdicts.values()) == {"conforms", "not applicable"}


def test_all_frauds_are_found_and_nothing_else(tmp_path: Path, pack: PackPlan) -> None:
    month = build(RIDERS)
    planted = defrauded(month)
    given = dossier(month, tmp_path, pack)
    right = assess(given, pack, as_of=AS_OF, brief=True)
    assert found(right) == planted
    # Every rule that one dossier can answer is the only one, or one of those, to find a fraud.
    assert {PREFIX + rule for rule, _, _ in planted} | ACROSS == {rule.id for rule in pack.rules}
    queried = assess(given, pack, as_of=AS_OF, brief=True, evaluator=tables_evaluator)
    assert to_json(queried) == to_json(right)


def test_twenty_thousand_trips_from_parquet(tmp_path: Path, pack: PackPlan) -> None:
    month = build(500)
    planted = defrauded(month)
    names = {table.alias: name for name, table in pack.tables.items()}
    written = parquet_files(month, tmp_path)
    result = check_tables(
        pack, {names[alias]: path for alias, path in written.items()}, tmp_path / "out", as_of=AS_OF
    )
    assert set(result.left) == ACROSS | {"CI-MOB-CLAIM"}
    # What no factor is known for is asked of the reference evaluator, and little else.
    assert result.close <= 2
    query = f"SELECT rule, verdict, count(*) FROM '{tmp_path}/out/findings.parquet' GROUP BY ALL"
    rows = duckdb.connect().execute(query).fetchall()
    told = {(rule, verdict): many for rule, verdict, many in rows}
    counts: dict[tuple[str, str], int] = {}
    for rule, verdict, _ in planted - {("CLAIM", "nonconforming", None)}:
        key = PREFIX + rule, verdict
        counts[key] = counts.get(key, 0) + 1
    assert told == counts


def test_a_person_in_two_provinces_and_a_trip_claimed_twice(tmp_path: Path, pack: PackPlan) -> None:
    here, there = build(4, 3), build(4, 3, seed=12)
    account, trip = here.tables["出行账户"][1], here.tables["行程"][5]
    other = there.tables["出行账户"][2]
    other.update({"身份散列": account["身份散列"], "注册省份": "河北"})
    for number, row in enumerate(there.tables["行程"]):
        row["原始记录号"] = f"HB{number}"
    there.tables["行程"][7]["原始记录号"] = trip["原始记录号"]
    given = [dossier(month, tmp_path / str(at), pack) for at, month in enumerate((here, there))]
    given[1].id = "hebei-example"
    others = Others(pack)
    for one in given:
        others.add(one)
    assessment = assess(given[0], pack, as_of=AS_OF, others=others)
    assert found(assessment) == {
        ("TWO-PROVINCES", "nonconforming", account["账户号"]),
        ("ELSEWHERE", "nonconforming", trip["行程号"]),
    }


def test_the_shipped_example_is_what_the_generator_makes() -> None:
    made = files(small())
    folder = PACK / "dossiers/chuxing-example"
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == made.keys()
    assert {name: (folder / name).read_bytes() for name in made} == made


def test_the_shipped_example_has_no_finding_about_trips() -> None:
    plan = load_pack(str(PACK))
    given = read(open_dossier(PACK / "dossiers/chuxing-example"), plan)
    assert {p.code for p in given.problems} <= {"unused-files"}
    assessment = assess(given, plan, brief=True)
    assert {r.verdict for r in assessment.requirements if r.id.startswith(PREFIX)} == {
        "conforms",
        "not applicable",
    }
    assert "nonconforming" not in {r.verdict for r in assessment.requirements}


def test_there_are_frauds_enough_and_they_are_documented() -> None:
    assert len(FRAUDS) >= 45
    told = (Path(__file__).parent / "mobility_month/FRAUDS.md").read_text(encoding="utf-8")
    assert told == listed({name: defrauded(build(12, 30), [name]) for name in FRAUDS})


def test_what_cannot_be_read_is_a_problem_with_its_place(tmp_path: Path, pack: PackPlan) -> None:
    month = build(4, 3)
    trips = month.tables["行程"]
    trips[0]["里程"] = "-3"
    trips[1]["出发时刻"] = "86400"
    trips[2]["出发日期"] = "06/01/2025"
    trips[3]["行程号"] = trips[4]["行程号"]
    given = read(open_dossier(write(month, tmp_path)), pack)
    origins = [p.origin for p in given.problems if p.origin is not None]
    lines = {one.at.partition(":")[0] for one in origins if one.file == "行程.csv"}
    assert lines >= {"2", "3", "4", "6"}
    assert all(p.mend["zh"] and p.mend["en"] for p in given.problems)
