"""A month of a mobility programme, 200,000 trips against the mobility chapters of
`carbon-inclusive`, and a hundred times the month.

The month is the one the tests defraud, `tests/packs/mobility_month`; a hundred times the month is a
hundred such programmes' persons in one, each with numbers of its own, so that rules which hold rows
against rows have a hundred times the work and no more. In both every fraud must be found, or it
stops.

    python benchmarks/mobility.py FOLDER    checks the tables there; prints seconds, peak MB, counts
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from bars import OUT, Bar, Found, in_turns, peak

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb
from tests.packs.mobility_month import AS_OF, build, defrauded, parquet_files

from guiju.compiler import load_pack
from guiju.plan.nodes import PackPlan
from guiju.tables import check_tables

FOLDER = OUT / "mobility"
TIMES = 100
MONTH_SECONDS, TIMES_SECONDS, MOST_MB = 2.0, 60.0, 4_096
MEMORY = "2GiB"
"""What DuckDB may take; without a limit it takes most of what there is."""
TABLES = (
    *("mobility_programmes", "riders", "operators", "stations"),
    *("trip_vehicles", "charging_claims", "trips"),
)
OWN = {
    # Columns that are another's in every repetition of the month.
    "riders": ("账户号", "身份散列", "绑定设备"),
    "trip_vehicles": ("车辆号", "车主账户"),
    "charging_claims": ("充电申报号", "充电车辆"),
    "trips": ("行程号", "行程账户", "原始记录号", "行程设备", "行程车辆"),
}
SORTED = {"riders": "账户号", "trip_vehicles": "车辆号"}
REPORTED = ("申报出行减排量", "申报行程数", "申报人数")


ONE_ROW = {"CI-MOB-TOTAL", "CI-MOB-COUNT", "CI-MOB-PERSONS"}
"""Rules about the programme, which is one row however many trips there are."""

Counts = dict[str, int]


def bar(rounds: int) -> Found:
    """The bars of the month and of a hundred times the month."""
    month, many = FOLDER / "month", FOLDER / f"times-{TIMES}"
    planted = write_month(month)
    write_times(month, many)
    plan = pack()

    def once() -> None:
        found = checked(plan, month)
        assert found == planted, set(found.items()) ^ set(planted.items())

    (seconds,) = in_turns(max(rounds // 3, 3), once)
    command = [sys.executable, __file__, str(many)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    wanted = {rule: n if rule in ONE_ROW else n * TIMES for rule, n in planted.items()}
    assert told["found"] == wanted, set(told["found"].items()) ^ set(wanted.items())
    what = f"a month of mobility, 200,000 trips × {len(plan.rules)} rules from Parquet"
    return [
        _bar(what, seconds, MONTH_SECONDS, "s"),
        _bar(f"{TIMES} times the month", told["seconds"], TIMES_SECONDS, "s"),
        _bar(f"memory at its peak, {TIMES} times the month", told["peak"], MOST_MB, "MB"),
    ]


def _bar(what: str, measured: float, most: float, unit: str) -> Bar:
    return Bar(what, f"{measured:,.1f} {unit}", f"{most:,g} {unit}", measured / most, 1)


def pack() -> PackPlan:
    """The rules on mobility over tables, but for those across dossiers."""
    plan = load_pack("carbon-inclusive")
    rules = (r for r in plan.rules if r.id.startswith("CI-MOB-") and r.table and not r.across)
    return plan._replace(rules=tuple(rules))


def checked(plan: PackPlan, folder: Path) -> Counts:
    """How many rows of the tables in a folder have a finding, by rule."""
    files = {name: folder / f"{name}.parquet" for name in TABLES}
    result = check_tables(plan, files, folder / "found", as_of=AS_OF, memory_limit=MEMORY)
    passing = ("conforms", "not applicable")
    found = {
        rule: sum(n for verdict, n in counts.items() if verdict not in passing)
        for rule, counts in result.counts.items()
    }
    return {rule: n for rule, n in found.items() if n}


def write_month(folder: Path) -> Counts:
    """The month with all its frauds; how many findings there must be, by rule."""
    month = build()
    planted = defrauded(month)
    folder.mkdir(parents=True, exist_ok=True)
    aliases = {table.alias: name for name, table in pack().tables.items()}
    for alias, path in parquet_files(month, folder).items():
        path.replace(folder / f"{aliases[alias]}.parquet")
    counts: Counts = {}
    for rule in (rule for rule, _, subject in planted if subject is not None):
        counts[f"CI-MOB-{rule}"] = counts.get(f"CI-MOB-{rule}", 0) + 1
    return counts


def write_times(month: Path, folder: Path) -> None:
    """A hundred times the month; files that stand there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    for name in TABLES:
        file, source = folder / f"{name}.parquet", f"'{month / name}.parquet'"
        if file.exists():
            continue
        own = ", ".join(f"{column} || '-' || n AS {column}" for column in OWN.get(name, ()))
        query = f"FROM {source}"
        if own:
            query = f"SELECT * EXCLUDE (n) REPLACE ({own}) FROM {source}, range({TIMES}) t(n)"
            query += f" ORDER BY {SORTED.get(name, 'n')}"
        elif name == "mobility_programmes":
            reported = ", ".join(f"{column} * {TIMES} AS {column}" for column in REPORTED)
            query = f"SELECT * REPLACE ({reported}) FROM {source}"
        # Written under another name first: a run that was stopped leaves no half file.
        part = file.with_suffix(".part")
        connection.execute(
            f"COPY ({query}) TO '{part}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 1000000)"
        )
        part.replace(file)


def main() -> None:
    plan, folder = pack(), Path(sys.argv[1])
    start = time.perf_counter()
    found = checked(plan, folder)
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "found": found}
    print(json.dumps(told | {"peak": peak()}))


if __name__ == "__main__":
    main()
