"""From the syntax tree to the typed plan.

Names are resolved and typed in one walk, because a field can only be resolved once the
type of what stands before the dot is known. What is gone since the syntax: names (they
are references now), aliases, units written in rules (they are exact ratios between
values), amendments (they are conditions inside the lets they change).
"""

from guiju.checking.pack import check

__all__ = ["check"]
