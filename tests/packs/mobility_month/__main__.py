"""Writes the month into a folder, defrauded where asked.

python -m tests.packs.mobility_month [FOLDER] [--riders N] [--fraud NAME ...] [--list]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import FRAUDS, build, defrauded, files, listed, small, write

SHIPPED = Path(__file__).parents[3] / "rules/guiju_rules/carbon-inclusive/dossiers/chuxing-example"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="by default the pack's example")
    parser.add_argument("--riders", type=int, default=5_000, help="accounts, of 40 trips each")
    parser.add_argument("--fraud", nargs="+", choices=[*FRAUDS, "all"], default=[], metavar="NAME")
    parser.add_argument("--parquet", action="store_true", help="tables as Parquet files")
    parser.add_argument("--list", action="store_true", help="list the frauds and what finds them")
    asked = parser.parse_args()
    if asked.list:
        print(listed({name: defrauded(build(12, 30), [name]) for name in FRAUDS}), end="")
        return
    if asked.folder is None:
        for name, content in files(small()).items():
            (SHIPPED / name).parent.mkdir(parents=True, exist_ok=True)
            (SHIPPED / name).write_bytes(content)
        return
    month = build(asked.riders)
    if asked.fraud:
        defrauded(month, None if "all" in asked.fraud else asked.fraud)
    write(month, asked.folder, parquet=asked.parquet)


if __name__ == "__main__":
    main()
