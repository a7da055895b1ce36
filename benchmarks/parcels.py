"""The workload of the parcels bar: 150,000 parcels, 1.24 million mu, one dossier of `ccer-14-001`.

A table with all that the applicability chapter (`2-applicability.gj`) asks of a parcel, and one of
some hundreds of tenure documents, with a sprinkling of what reviewers meet: of every hundred
thousand parcels a few dozen fail each clause, and as many lack a cell. A few cells have spaces
around them and there are figures written in hectares, so that not every column is written plainly.
Everything comes from a seed.

    python benchmarks/parcels.py FOLDER [--rows 150000] [--parquet]    writes the dossier
    python benchmarks/parcels.py --time [--rows 150000] [--parquet]    says where the time goes
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from bars import Bar, Found, commands_in_turns, guiju, milliseconds

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "build" / "bench" / "parcels"
ROWS = 150_000
TENURES = 400
SEED = 1401
CHAPTER = "AFF-2"
"""How the ids of the chapter's rules begin."""
START = date(2021, 4, 1)
LIMIT = 2.0
"""Seconds that the chapter may take over all parcels."""
FEW_ROWS = 100
"""Parcels of a dossier of which only the start takes time."""
MOST_ROUNDS = 7

COLUMNS = (
    *("小班号", "所属碳层号", "树种", "造林日期", "面积(亩)", "林分", "林种", "绿化类型", "地类"),
    *("非森林起始日期", "规划造林地", "权属文件号", "清除散生木株数", "清除灌木面积(亩)"),
)
SPECIES = (
    *(("樟子松", "乔木"), ("油松", "乔木"), ("杨树", "乔木")),
    *(("毛竹", "竹子"), ("柠条", "灌木")),
)
USES = ("防护林", "防护林", "防护林", "特种用途林", "用材林")
LAND = ("宜林荒山荒地", "宜林沙荒地", "宜林沙荒地", "退耕地", "草地", "其他地类")
PROOFS = ("不动产权属证书", "承包合同", "承包合同", "流转合同", "土地证", "林权证")
EVIDENCE = (
    *(("E-01", "作业设计", "造林作业设计"), ("E-02", "权属证明材料", "权属证明材料")),
    ("E-03", "开工证明", "开工证明"),
)

Row = list[str]


class Mistake(NamedTuple):
    """What is wrong with some rows: a column, and the text that stands there instead."""

    column: str
    text: str
    per_hundred_thousand: int


MISTAKES = (
    Mistake("林分", "其他林分", 20),
    Mistake("林分", "", 10),
    Mistake("林种", "经济林", 40),
    Mistake("林种", "", 10),
    Mistake("绿化类型", "村庄绿化", 15),
    Mistake("绿化类型", "非林地通道绿化", 15),
    Mistake("绿化类型", "", 10),
    Mistake("非森林起始日期", "2019-06-30", 40),
    Mistake("非森林起始日期", "", 20),
    Mistake("规划造林地", "否", 20),
    Mistake("规划造林地", "", 20),
    Mistake("权属文件号", "", 30),
    Mistake("权属文件号", "权-9999", 20),
    Mistake("面积(亩)", "0.5", 40),
    Mistake("面积(亩)", "", 10),
    Mistake("地类", "湿地", 40),
    Mistake("地类", "", 10),
    Mistake("清除散生木株数", "3", 30),
    Mistake("清除散生木株数", "", 10),
    Mistake("清除灌木面积(亩)", "0.12 hm2", 20),
)


def rows(count: int = ROWS, seed: int = SEED) -> Iterator[Row]:
    """The parcels, in the order of their numbers."""
    rng = random.Random(seed)
    wrong = _mistakes(count, rng)
    for number in range(count):
        species, stand = rng.choice(SPECIES)
        area = rng.randint(8, 157)  # tenths of a mu: 8.25 mu on average
        cells = [
            f"XB-{number + 1:06d}",
            f"T-{number * 12 // count + 1}",
            species,
            (START + timedelta(rng.randint(5, 900))).isoformat(),
            f"{area // 10}.{area % 10}",
            stand,
            rng.choice(USES),
            "非绿化工程",
            rng.choice(LAND),
            (date(2005, 1, 1) + timedelta(rng.randint(0, 13 * 365))).isoformat(),
            "是",
            f"权-{rng.randint(1, TENURES):04d}",
            "0",
            f"0.{rng.randint(0, 4)}",
        ]
        for mistake in wrong.get(number, ()):
            cells[COLUMNS.index(mistake.column)] = mistake.text
        yield cells


def _mistakes(count: int, rng: random.Random) -> dict[int, list[Mistake]]:
    wrong: dict[int, list[Mistake]] = {}
    for mistake in MISTAKES:
        for _ in range(max(1, count * mistake.per_hundred_thousand // 100_000)):
            wrong.setdefault(rng.randrange(count), []).append(mistake)
    return wrong


def tenures(seed: int = SEED) -> Iterator[Row]:
    """The tenure documents; one in two hundred is no proof."""
    rng = random.Random(seed + 1)
    for number in range(1, TENURES + 1):
        yield [f"权-{number:04d}", "其他材料" if number % 200 == 0 else rng.choice(PROOFS)]


def write(folder: Path, count: int = ROWS, *, parquet: bool = False) -> Path:
    """Writes the whole dossier; its large table as CSV, or as Parquet through DuckDB."""
    (folder / "数据").mkdir(parents=True, exist_ok=True)
    (folder / "证据").mkdir(exist_ok=True)
    table = folder / "数据" / "地块.csv"
    _write_csv(table, COLUMNS, rows(count))
    _write_csv(folder / "数据" / "权属文件.csv", ("编号", "种类"), tenures())
    if parquet:
        _to_parquet(table)
        table.unlink()
    evidence = []
    for number, kind, name in EVIDENCE:
        (folder / "证据" / f"{name}.txt").write_text(f"{name}（虚构）\n", encoding="utf-8")
        evidence.append(
            f"  - {{ id: {number}, kind: {kind}, file: 证据/{name}.txt, issued: 2021-01-10 }}"
        )
    manifest = MANIFEST.format(
        rows=f"{count:,}", suffix="parquet" if parquet else "csv", evidence="\n".join(evidence)
    )
    (folder / "dossier.yaml").write_text(manifest, encoding="utf-8")
    return folder


MANIFEST = """\
guiju: 1
id: parcels-bench
title: 造林碳汇项目，小班 {rows} 个（虚构，用于计时）
pack: ccer-14-001
edition: V01
stage: validation
submitted: 2026-09-10

facts:
  项目:
    开工日期: 2021-04-01
    项目性质: 碳汇类
    重复扰动土壤: 否
    人为火烧: 否
    农业活动转移: 否

tables:
  地块: {{ file: 数据/地块.{suffix} }}
  权属文件: {{ file: 数据/权属文件.csv }}

evidence:
{evidence}
"""


def _write_csv(file: Path, headings: tuple[str, ...], lines: Iterator[Row]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerows(lines)


def _to_parquet(table: Path) -> None:
    """The same table with typed columns. Figures with a unit are text and stay in their column,
    so that column is text throughout, as it is where such tables come out of a database."""
    import duckdb

    typed = {"造林日期": "DATE", "非森林起始日期": "DATE", "面积(亩)": "DECIMAL(9,1)"}
    typed["清除散生木株数"] = "INTEGER"
    shown = ", ".join(
        f'TRY_CAST("{name}" AS {typed[name]}) AS "{name}"' if name in typed else f'"{name}"'
        for name in COLUMNS
    )
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT {shown} FROM read_csv(?, header=true, all_varchar=true))"
            f" TO '{table.with_suffix('.parquet')}' (FORMAT parquet)",
            [str(table)],
        )


# --- the bar ----------------------------------------------------------------------------


def bar(rounds: int, count: int = ROWS) -> Found:
    """The applicability chapter over all parcels in 2 s of which starting is no part: what the same
    command takes over a few parcels is taken off."""
    folders = {
        (rows_, parquet): write(FOLDER / f"{rows_}{'-parquet' * parquet}", rows_, parquet=parquet)
        for rows_ in (FEW_ROWS, count)
        for parquet in (False, True)
    }
    cases = {
        "`guiju check`, CSV": lambda rows_: _check(folders[rows_, False]),
        "`guiju check`, Parquet": lambda rows_: _check(folders[rows_, True]),
        "`guiju screen`, CSV": lambda rows_: _screen(folders[rows_, False] / "数据" / "地块.csv"),
        "`guiju screen`, Parquet": lambda rows_: _screen(
            folders[rows_, True] / "数据" / "地块.parquet"
        ),
    }
    commands = [command(rows_) for command in cases.values() for rows_ in (FEW_ROWS, count)]
    taken = commands_in_turns(min(rounds, MOST_ROUNDS), *commands)
    return [
        Bar(
            f"{count:,} parcels through the applicability chapter of `ccer-14-001`, {name}, less"
            f" the start ({milliseconds(few)}), beside {LIMIT:g} s",
            milliseconds(many - few),
            milliseconds(LIMIT),
            (many - few) / LIMIT,
            1,
        )
        for name, few, many in zip(cases, taken[::2], taken[1::2], strict=True)
    ]


def _check(folder: Path) -> list[str]:
    return guiju("check", folder, "--select", CHAPTER, "--quiet")


def _screen(table: Path) -> list[str]:
    facts = table.parent.parent / "dossier.yaml"
    words = ("--pack", "ccer-14-001", "--table", "地块", "--facts", facts, "--quiet")
    return guiju("screen", table, *words, "--select", CHAPTER)


# --- where the time goes -----------------------------------------------------------------


def stages(folder: Path, *, brief: bool = True, profile: bool = False) -> dict[str, float]:
    """The seconds that reading and evaluating take, and those of each rule of the chapter."""
    from decimal import localcontext

    from guiju.compiler import load_pack
    from guiju.dossier import open_dossier, read
    from guiju.evaluation import Evaluator, Run
    from guiju.quantities import CONTEXT

    plan = load_pack("ccer-14-001")
    for field in plan._fields:
        getattr(plan, field)
    taken: dict[str, float] = {}

    def timed(what: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        found = work()
        taken[what] = time.process_time() - start
        return found

    dossier = timed("reading", lambda: read(open_dossier(str(folder)), plan))
    with localcontext(CONTEXT):
        evaluator = Evaluator(Run(plan, dossier, dossier.submitted), brief=brief)
        for rule in plan.rules:
            if rule.id.startswith(CHAPTER):
                found = timed(rule.id, lambda rule=rule: evaluator.requirement(rule))
                print(f"{rule.id:20} {taken[rule.id]:6.3f} s  {found.verdict:15} {found.counts}")
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--parquet", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--full", action="store_true")
    chosen = parser.parse_args()
    folder = chosen.folder or FOLDER
    write(folder, chosen.rows, parquet=chosen.parquet)
    if not chosen.time:
        print(folder)
        return
    taken = stages(folder, brief=not chosen.full)
    print(f"reading {taken.pop('reading'):.3f} s, evaluation {sum(taken.values()):.3f} s")


if __name__ == "__main__":
    sys.exit(main())
