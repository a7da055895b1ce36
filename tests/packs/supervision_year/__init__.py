"""A made-up supervisor's year of 80 engagements whose tables all agree, and ways to damage it.

Everything is drawn from digests of names, so any Python makes the same year. Place names of
counties are real; bodies, persons, developers, projects and amounts are invented.
"""

from __future__ import annotations

from . import damages_of_engagements, damages_of_people  # noqa: F401
from .build import build
from .damages import DAMAGES, UNDAMAGED, listed
from .reckoning import reckon
from .state import Year
from .writing import files, write

__all__ = ["DAMAGES", "UNDAMAGED", "Year", "build", "files", "listed", "reckon", "write"]
