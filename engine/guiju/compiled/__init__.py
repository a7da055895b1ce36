"""Dossiers as objects: a pack as one generated Python function.

The function is made from the plan's sieve, so that what it decides is proven, and what it
cannot decide is asked of the reference evaluator: an object comes to the verdicts it would come
to as a dossier with these facts.
"""

from __future__ import annotations

from guiju.compiled.pack import CompiledPack, compile_pack
from guiju.compiled.rules import BROKEN, Statistics
from guiju.compiled.source import APART

__all__ = ["APART", "BROKEN", "CompiledPack", "Statistics", "compile_pack"]
