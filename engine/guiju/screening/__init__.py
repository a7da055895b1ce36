"""Screening: which rows of one table qualify under which packs, why not, and what is unknown.

A region has a table of parcels and no project yet. `screen` asks of every row what the packs
require of rows, and counts rows and areas; what cannot be asked of rows alone is named in the
result. The verdicts are those an assessment of the same rows comes to.
"""

from __future__ import annotations

from guiju.screening.problems import ScreenProblem
from guiju.screening.record import Screening
from guiju.screening.screen import Asked, Screen

__all__ = ["Asked", "Screen", "ScreenProblem", "Screening"]
