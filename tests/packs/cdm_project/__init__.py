"""A made-up afforestation project under the CDM whose numbers all agree, in English and Chinese,
and ways to damage it.

Everything is drawn from digests of names, so any Python makes the same project. Place names are
real; parcels, plots, trees and papers are invented, and so are the parameters of the equations,
which belong to no species.
"""

from __future__ import annotations

from .build import build
from .damages import DAMAGES, listed
from .state import Project
from .variants import VARIANTS
from .writing import FOLDERS, files, write

__all__ = [
    "DAMAGES",
    "FOLDERS",
    "VARIANTS",
    "Project",
    "build",
    "files",
    "listed",
    "write",
]
