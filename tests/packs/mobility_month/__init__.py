"""A made-up month of a mobility programme whose numbers all agree, and ways to defraud it.

All is drawn from one seed. The region is Beijing, because its factors are those the pack holds;
persons, vehicles, operators, stations and coordinates are invented, and so are their numbers.
"""

from __future__ import annotations

from .build import AS_OF, Month, Row, build, small
from .frauds import FRAUDS, Fraud, defrauded, listed
from .writing import files, parquet_files, write

__all__ = [
    "AS_OF",
    "FRAUDS",
    "Fraud",
    "Month",
    "Row",
    "build",
    "defrauded",
    "files",
    "listed",
    "parquet_files",
    "small",
    "write",
]
