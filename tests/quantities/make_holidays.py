"""Makes `holidays_cn.csv` from the package chinesecalendar: run it when a notice is out.

    python tests/quantities/make_holidays.py

The numbers of the notices are kept here, each with where it was read; a year without one
stays unverified. Only facts are taken: which weekdays are off, which weekend days worked.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

TARGET = Path(__file__).parents[2] / "engine/guiju/quantities/holidays_cn.csv"

# Year -> notice number(s), basis, where it was read.
NOTICES: dict[int, tuple[str, str, str]] = {
    2006: ("国办发明电〔2005〕35号", "secondary", "zh.wikisource.org"),
    2007: ("国办发明电〔2006〕49号", "secondary", "zw.china.com.cn content_38413913"),
    2018: ("国办发明电〔2017〕12号", "secondary", "zh.wikisource.org"),
    2019: (
        "国办发明电〔2018〕15号; 国办发明电〔2019〕3号",
        "secondary",
        "czj.gnzrmzf.gov.cn 12573; copy of the change from beijing.gov.cn",
    ),
    2020: (
        "国办发明电〔2019〕16号; 国办发明电〔2020〕1号",
        "secondary",
        "gansulong.com copy of both notices",
    ),
    2021: ("国办发明电〔2020〕27号", "secondary", "cncaprc.cn; laodongfa.com"),
    2022: ("国办发明电〔2021〕11号", "secondary", "beijing.gov.cn t20211026_2520500"),
    2023: ("国办发明电〔2022〕16号", "secondary", "zh.wikisource.org"),
    2024: ("国办发明电〔2023〕7号", "secondary", "zh.wikisource.org"),
    2025: ("国办发明电〔2024〕12号", "secondary", "gyhiac.cn copy of the notice"),
    2026: ("国办发明电〔2025〕7号", "secondary", "2cto.com.cn copy of the notice"),
}

# The package lacks the Saturday before New Year 2006, which the notice for 2006 made a
# working day; the package `holidays` has it.
ADDED_WORK: tuple[date, ...] = (date(2005, 12, 31),)

HEADER = """\
# Working days of China. off: weekdays without work; work: Saturdays and Sundays with work.
# Days are month and day. notice: number of the notice of the State Council's General Office,
# only where it was read in a source; made by tests/quantities/make_holidays.py.
year,notice,basis,source,off,work
"""


def ranges(days: list[date]) -> str:
    """`0101-0103 0215`: days next to each other are joined."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return " ".join(
        f"{run[0]:%m%d}" if len(run) == 1 else f"{run[0]:%m%d}-{run[-1]:%m%d}" for run in runs
    )


def table() -> str:
    """The text of `holidays_cn.csv`."""
    from chinese_calendar.constants import holidays, workdays

    lines = [HEADER]
    for year in range(2004, max(holidays).year + 1):
        off = [d for d in holidays if d.year == year and d.weekday() < 5]
        work = [d for d in (*workdays, *ADDED_WORK) if d.year == year and d.weekday() > 4]
        notice, basis, source = NOTICES.get(year, ("", "unverified", ""))
        lines.append(f"{year},{notice},{basis},{source},{ranges(off)},{ranges(work)}\n")
    return "".join(lines)


if __name__ == "__main__":
    TARGET.write_text(table(), "utf-8")
