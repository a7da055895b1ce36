"""Writes the example grassland into a folder, damaged where asked.

python -m tests.packs.grassland_project [FOLDER] [--damage NAME ...] [--list]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import DAMAGES, build, damaged, listed, write

SHIPPED = Path(__file__).parents[3] / "rules/guiju_rules/nm-grassland/dossiers/caoyuan-example"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SHIPPED, help="where to write")
    parser.add_argument("--damage", nargs="+", choices=[*DAMAGES], default=[], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="list the damages and what they raise")
    asked = parser.parse_args()
    if asked.list:
        print(listed(), end="")
        return
    grassland = build()
    damaged(grassland, asked.damage)
    write(grassland, asked.folder)


if __name__ == "__main__":
    main()
