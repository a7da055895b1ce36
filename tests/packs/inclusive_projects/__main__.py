"""Writes the shipped examples: python -m tests.packs.inclusive_projects"""

from __future__ import annotations

from pathlib import Path

from guiju.compiler import load_pack

from . import fleet, pv, pv_in_english, recycling, write

RULES = Path(__file__).parents[3] / "rules/guiju_rules"


def main() -> None:
    shanghai = load_pack(str(RULES / "carbon-inclusive-shanghai"))
    for project in (pv(), pv_in_english(shanghai), fleet(), recycling()):
        write(project, RULES / project.pack / "dossiers" / project.id)


if __name__ == "__main__":
    main()
