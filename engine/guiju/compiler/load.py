"""Loads a pack's plan, from the cache when that is still good."""

from __future__ import annotations

from guiju.compiler import cache
from guiju.compiler.files import Swaps, folder_files
from guiju.packs import find_pack
from guiju.plan.nodes import PackPlan


def load_pack(name: str, swaps: Swaps | None = None) -> PackPlan:
    """The plan of a pack by id or folder, with other parameter files if some are given.

    Raises PackNotFound for a name nothing answers to, PackHasErrors, and SwapProblem for a
    parameter file that takes the place of none of the pack's.
    """
    files = folder_files(find_pack(name), swaps)
    if swaps is not None:
        from guiju.compiler.swaps import refuse_strangers

        refuse_strangers(swaps, files)
    plan = cache.load(files)
    if plan is None:
        from guiju.compiler.build import compile_files

        plan = compile_files(files)
        cache.store(files, plan)
    return plan


def pack_digest(name: str, swaps: Swaps | None = None) -> str:
    """One SHA-256 for everything the plan of a pack is made of, the packs it uses included.

    Raises PackNotFound.
    """
    return cache.whole_digest(folder_files(find_pack(name), swaps))
