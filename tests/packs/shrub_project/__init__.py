"""A made-up project of shrub carbon whose numbers all agree, and ways to damage it.

3,000 hectares of Caragana in Ordos, measured twice. Everything is drawn from digests of names, so
any Python makes the same project. The name of the county is real; plots, plants, transects and
papers are invented. The equations are those published for the two species.
"""

from __future__ import annotations

from .build import EXAMPLE, SMALL, Size, build
from .damages import DAMAGES, listed
from .state import ShrubProject
from .writing import files, write

__all__ = [
    "DAMAGES",
    "EXAMPLE",
    "SMALL",
    "ShrubProject",
    "Size",
    "build",
    "files",
    "listed",
    "write",
]
