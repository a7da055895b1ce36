"""A made-up afforestation project in Inner Mongolia whose numbers all agree, and ways to damage it.

Everything is drawn from digests of names, so any Python makes the same project. Place names of
counties are real; parcels, plots, trees, papers and bodies are invented, and so are the
parameters of the equations, which belong to no species.
"""

from __future__ import annotations

from .build import build
from .damages import DAMAGES, listed
from .state import Project
from .writing import write

__all__ = ["DAMAGES", "Project", "build", "listed", "write"]
