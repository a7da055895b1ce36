"""Writes the example grassland into a folder, damaged where asked.

python -m tests.packs.grassland_project [FOLDER] [--damage NAME ...] [--list]
"""

from __future__ import annotations

from pathlib import Path

from tests.packs.damaging import command

from . import DAMAGES, build, listed, write

SHIPPED = Path(__file__).parents[3] / "rules/guiju_rules/nm-grassland/dossiers/caoyuan-example"

if __name__ == "__main__":
    command(__doc__, SHIPPED, DAMAGES, build, write, listed)
