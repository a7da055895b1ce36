"""What the tests of both energy packs share: the figures of an example dossier read from its
files without the engine, sums over them worked out by hand in fractions, and what Order 31 asks
of a project that shows no engagement."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from guiju.assessment import assess
from guiju.dossier import open_dossier, read
from guiju.ledger import make_ledger
from guiju.plan.nodes import PackPlan
from guiju.verdicts import Assessment

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "rules/guiju_rules"

PROJECT_SIDE = {
    *("O31-10-START", "O31-10-START-DAY", "O31-10-UNIQUE", "O31-10-DUTY", "O31-10-QUOTA"),
    *("O31-12-NOTICE", "O31-12-NAMED", "O31-19-NOTICE", "O31-19-NAMED"),
    *("O31-17-SINCE", "O31-17-SINCE-DAY", "O31-17-VINTAGE", "O31-17-CREDITING", "O31-17-BEFORE"),
    "O31-19-BEFORE",
    *("O31-4-OWNER", "O31-16-AGAIN", "O31-18-VERIFIER", "O31-21-AMOUNT"),
    "AFF-STAKE",
}
"""The rules of the procedure that apply to a verification dossier without an engagement."""

MONITORED = ("核算期", "申报减排量", "核算年度", "- {", "检定校准记录", "抄表记录", "结算单")
"""What a line of an example's dossier.yaml begins with that is monitored, not designed."""

Row = dict[str, str]


UNREADABLE = {"5.3", "7.1", "7.2", "8.4"}
"""The clauses of both documents whose tables are pictures."""


def every_clause_is_covered(pack: Path, clauses: int) -> None:
    """Holds that the ledger of a pack is complete, that its document has so many clauses, and
    that only the unreadable ones are not encoded."""
    ledger = make_ledger(str(pack))
    assert ledger.covered == ledger.total
    entries = [entry for source in ledger.packs[0].sources for entry in source.clauses]
    assert len(entries) == clauses
    assert (ledger.stray, ledger.uncompared) == ([], [])
    assert [item.id for item in ledger.uncited if item.pack == pack.name] == []
    assert {entry.clause for entry in entries if entry.coverage == "not encoded"} == UNREADABLE


def at_validation(example: Path, folder: Path, pack: PackPlan, *more: str) -> Assessment:
    """The assessment of an example as it stood at validation, with nothing monitored yet;
    `more` are beginnings of lines that only this example has."""
    shutil.copytree(example, folder)
    path = folder / "dossier.yaml"
    lines = path.read_text(encoding="utf-8").replace("stage: verification", "stage: validation")
    left_out = (*MONITORED, *more)
    kept = [line for line in lines.splitlines() if not line.strip().startswith(left_out)]
    path.write_text("\n".join(kept), encoding="utf-8")
    return assess(read(open_dossier(folder), pack), pack)


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of a CSV file of a dossier, by heading."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def days(period: str) -> tuple[date, date]:
    start, end = period.split("/")
    return date.fromisoformat(start), date.fromisoformat(end)


def counted(folder: Path, direction: str) -> Iterator[tuple[date, date, Fraction]]:
    """The counted readings of a direction: first day, last day, MWh."""
    for row in rows(folder, "抄表记录.csv"):
        if row["方向"] == direction and row["计入核算"] == "是":
            yield *days(row["起止日期"]), Fraction(row["电量(MWh)"])


def shared_days(first: date, last: date, start: date, end: date) -> int:
    """The days two spans share, ends included."""
    return max(0, (min(last, end) - max(first, start)).days + 1)
