"""A registry whose dossiers are asked about each other: meters and serial numbers.

One row in a thousand has the meter, and one the serial numbers, of a row in another dossier.
"""

from __future__ import annotations

import random
from pathlib import Path

ROWS = 100
"""Rows of a dossier."""
_HEAD = """\
guiju: 1
id: {name}
title: Dossier {name}
pack: across
edition: "1"
stage: validation
submitted: 2026-05-12
tables:
  units: {{ file: units.csv }}
"""


def write_registry(folder: Path, rows: int, seed: int = 11) -> Path:
    """So many rows in dossiers of a hundred; gives the folder."""
    chance = random.Random(seed)
    serial = 1
    for number in range(rows // ROWS):
        name = f"r-{number:05}"
        home = folder / name
        home.mkdir(parents=True, exist_ok=True)
        lines = ["id,meter,first,last"]
        for row in range(ROWS):
            meter, first = number * ROWS + row, serial
            if number and chance.random() < 0.001:
                meter = chance.randrange(number * ROWS)
            if number and chance.random() < 0.001:
                first = chance.randrange(1, serial)
            width = chance.randrange(1, 1_000)
            lines.append(f"{name}-{row},M{meter},{first},{first + width - 1}")
            serial += width
        (home / "dossier.yaml").write_text(_HEAD.format(name=name), encoding="utf-8")
        (home / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
