"""A made-up grassland of 20,000 ha in Hulunbuir whose numbers all agree, and ways to damage it.

Everything is drawn from digests of names, so any Python makes the same project. Place names of
banners are real; parcels, pastures, sites, herds, papers and bodies are invented, and so are the
factors of methane, which belong to no breed.
"""

from __future__ import annotations

from .build import build
from .damages import DAMAGES, listed
from .state import Grassland
from .writing import files, write

__all__ = ["DAMAGES", "Grassland", "build", "files", "listed", "write"]
