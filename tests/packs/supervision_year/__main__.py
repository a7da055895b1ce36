"""Writes the example year into a folder, damaged where asked.

cd tests/packs && python -m supervision_year FOLDER [--damage NAME ...] [--list]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import DAMAGES, build, listed, write

SHIPPED = Path(__file__).parents[3] / "rules/guiju_rules/supervision/dossiers/jiandu-example"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m supervision_year", description=__doc__)
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=SHIPPED,
        help="where to write; by default the pack's",
    )
    parser.add_argument("--damage", nargs="+", choices=[*DAMAGES], default=[], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="list the damages and what they raise")
    asked = parser.parse_args()
    if asked.list:
        print(listed(), end="")
        return
    year = build()
    for name in asked.damage:
        DAMAGES[name](year)
    write(year, asked.folder)


if __name__ == "__main__":
    main()
