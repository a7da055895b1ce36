"""Writes the shipped examples: cd tests/packs && python -m inclusive_projects"""

from __future__ import annotations

from pathlib import Path

from . import fleet, pv, recycling, write

RULES = Path(__file__).parents[3] / "rules/guiju_rules"


def main() -> None:
    for project in (pv(), fleet(), recycling()):
        write(project, RULES / project.pack / "dossiers" / project.id)


if __name__ == "__main__":
    main()
