"""Loads a pack's plan, from the cache when that is still good."""

from __future__ import annotations

from guiju.compiler import cache
from guiju.compiler.files import folder_files
from guiju.packs import find_pack
from guiju.plan.nodes import PackPlan


def load_pack(name: str) -> PackPlan:
    """The plan of a pack by id or folder.

    Raises PackNotFound for a name nothing answers to, and PackHasErrors.
    """
    files = folder_files(find_pack(name))
    plan = cache.load(files)
    if plan is None:
        from guiju.compiler.build import compile_files

        plan = compile_files(files)
        cache.store(files, plan)
    return plan
