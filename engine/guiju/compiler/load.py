"""Loads a pack's plan, from the cache when that is still good."""

from __future__ import annotations

import os

from guiju.compiler import cache
from guiju.compiler.files import folder_files
from guiju.packs import find_pack
from guiju.plan.nodes import PackPlan


def load_pack(name: str) -> PackPlan:
    """The plan of a pack by id or folder.

    Raises PackNotFound for a name nothing answers to, and PackHasErrors.
    """
    folder = name if os.path.isfile(os.path.join(name, "pack.toml")) and os.sep in name else None
    files = folder_files(folder or find_pack(name))
    plan = cache.load(files)
    if plan is None:
        from guiju.compiler.build import compile_folder

        plan = compile_folder(files.folder or folder or name)
        cache.store(files, plan)
    return plan
