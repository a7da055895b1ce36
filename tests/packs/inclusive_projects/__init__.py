"""Made-up carbon-inclusive projects whose numbers all agree, and ways to damage them: PV on two
roofs in Shanghai, a fleet of electric vehicles in Inner Mongolia, recycling in Guangdong.

Everything is drawn from digests of names, so any Python makes the same projects. Places are real;
companies, plants, meters and vehicles are invented, and so are the factors of vehicles
and materials.
"""

from __future__ import annotations

from .damaged import DAMAGES, ProjectDamage
from .fleet import fleet
from .pv import pv, pv_in_english
from .recycling import recycling
from .state import InclusiveProject, reckon
from .written import files, write

__all__ = [
    "DAMAGES",
    "InclusiveProject",
    "ProjectDamage",
    "files",
    "fleet",
    "pv",
    "pv_in_english",
    "reckon",
    "recycling",
    "write",
]
