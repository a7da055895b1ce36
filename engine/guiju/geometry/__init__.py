"""Boundaries as values, and what is measured on them.

Needs the extra `guiju[geo]` (shapely, pyproj) for anything but holding a shape.
"""

from __future__ import annotations

from guiju.geometry.shape import Shape

__all__ = ["Shape"]
