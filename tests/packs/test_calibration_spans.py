"""Conservative handling by span of days (7.3.4), against a count of every single day."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from guiju.assessment import formula_values
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read

from .energy import PACKS

LIMIT = {"0.2S": Fraction(2, 1000), "0.5S": Fraction(5, 1000)}
METERS = 80
Calibrations = dict[date, Fraction]


def a_year_on(day: date) -> date:
    """The same day of the next year; for 29 February the last of that February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def error_on(day: date, calibrations: Calibrations, limit: Fraction) -> Fraction:
    """The share by which electricity of a day is corrected, by looking at that day alone."""
    before = [done for done in calibrations if done <= day]
    if not before or day >= a_year_on(max(before)):
        return limit
    after = [done for done in calibrations if done > day]
    ends = [max(before), *([min(after)] if after else [])]
    return max(abs(e) if abs(e) > limit else Fraction(0) for e in (calibrations[d] for d in ends))


def cases(seed: int) -> list[tuple[str, str, Calibrations, date, date, int]]:
    """Meters with a few calibrations each, some late, some out of class, and one reading."""
    rng = random.Random(seed)
    made = []
    for number in range(METERS):
        day = date(2023, 1, 1) + timedelta(rng.randrange(500))
        calibrations: Calibrations = {}
        for _ in range(rng.randrange(5)):
            calibrations[day] = Fraction(
                rng.choice([-70, -51, -50, -21, -20, 0, 10, 20, 21]), 10000
            )
            day += timedelta(rng.choice([1, 20, 364, 365, 366, 367, 400]))
        start = date(2024, 1, 1) + timedelta(rng.randrange(700))
        end = start + timedelta(rng.choice([0, 1, 27, 30, 364, 400]))
        grade = rng.choice(sorted(LIMIT))
        made.append((f"M{number:02}", grade, calibrations, start, end, rng.randrange(1, 10**6)))
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("direction", "formula", "sign"), [("上网", "exported", -1), ("下网", "imported", 1)]
)
def test_a_reading_is_corrected_as_if_each_day_were_looked_at(
    tmp_path: Path, seed: int, direction: str, formula: str, sign: int
) -> None:
    made = cases(seed)
    tables: dict[str, list[list[object]]] = {
        "电能表": [["表号", "准确度等级"]],
        "检定校准记录": [
            ["表号", "检定校准日期", "实测基本误差(%)", "类别", "机构资质", "报告编号"]
        ],
        "抄表记录": [["记录编号", "表号", "方向", "起止日期", "电量(MWh)"]],
    }
    for meter, grade, calibrations, start, end, energy in made:
        tables["电能表"].append([meter, grade])
        for done, error in calibrations.items():
            row = [meter, done, float(error * 100), "校准", "CNAS", f"J-{done}"]
            tables["检定校准记录"].append(row)
        tables["抄表记录"].append([f"R-{meter}", meter, direction, f"{start}/{end}", energy])
    head = ["guiju: 1", "id: spans", "stage: verification", "submitted: 2026-06-01", "tables:"]
    for name, lines in tables.items():
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        head.append(f"  {name}: {{ file: {name}.csv }}")
    (tmp_path / "dossier.yaml").write_text("\n".join(head), encoding="utf-8")

    pack = load_pack(str(PACKS / "ccer-01-002"))
    values = formula_values(read(open_dossier(tmp_path), pack), pack, pack.formulas[formula])
    found = {value.name: value.value for value in values}
    assert len(found) == METERS
    corrected = 0
    for meter, grade, calibrations, start, end, energy in made:
        span = [start + timedelta(n) for n in range((end - start).days + 1)]
        errors = [error_on(day, calibrations, LIMIT[grade]) for day in span]
        expected = energy * (1 + sign * sum(errors, Fraction(0)) / len(span))
        value = found[f"{formula}[R-{meter}]"]
        assert value is not None
        assert abs(Fraction(value) - expected) <= abs(expected) / 10**30, meter
        corrected += any(errors)
    assert 0 < corrected < METERS
