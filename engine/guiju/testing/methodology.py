"""The methodology a step names: an installed pack, or a folder beside the feature."""

from __future__ import annotations

import os

from guiju.plan.nodes import PackPlan
from guiju.testing.where import Where

Loaded = dict[str, PackPlan]
"""The packs of a test session by folder, each loaded once."""


def methodology(name: str, where: Where, loaded: Loaded) -> tuple[str, PackPlan]:
    """The folder and the plan of a methodology.

    `name` is a pack's id, the id with its edition as documents write it (CCER-14-001-V01),
    or a path from the feature's folder or the project's. One that cannot be used fails the
    running step with the reason.
    """
    from guiju.packs import PackNotFound, find_pack, is_path

    edition: str | None = None
    if is_path(name):
        folder = next((f for f in _folders(name, where) if os.path.isdir(f)), None)
        if folder is None:
            where.fail("no-such-folder", name=name)
    else:
        try:
            folder = find_pack(name)
        except PackNotFound:
            folder, edition = _with_edition(name, where)
    plan = loaded.get(folder)
    if plan is None:
        plan = loaded[folder] = _load(folder, name, where)
    if edition is not None and plan.edition.casefold() != edition.casefold():
        where.fail("other-edition", name=plan.id, wanted=edition, found=plan.edition)
    return folder, plan


def _folders(name: str, where: Where) -> list[str]:
    return [os.path.normpath(os.path.join(place, name)) for place in where.places]


def _with_edition(name: str, where: Where) -> tuple[str, str | None]:
    from guiju.packs import installed_packs

    packs = installed_packs()
    written = name.casefold()
    for pack in packs:
        known = pack.id.casefold()
        if written == known:
            return pack.folder, None
        if written.startswith(known) and written[len(known)] in "- ":
            return pack.folder, name[len(known) + 1 :].strip()
    return where.unknown("unknown-pack", name, [pack.id for pack in packs])


def _load(folder: str, name: str, where: Where) -> PackPlan:
    from guiju.compiler import PackHasErrors, load_pack
    from guiju.packs import PackNotFound

    # A pack's folder is a path to whoever loads it, also where it is one word.
    path = folder if os.path.isabs(folder) else os.path.abspath(folder)
    try:
        return load_pack(path)
    except PackNotFound:
        where.fail("no-pack-there", name=name)
    except (OSError, ValueError) as wrong:
        where.fail("pack-unreadable", name=name, reason=str(wrong))
    except PackHasErrors as wrong:
        from guiju.diagnostics import render

        errors = [one for one in wrong.diagnostics if one.severity == "error"]
        texts = "\n".join(render(one, where.lang) for one in errors)
        where.fail("pack-errors", name=name, errors=texts)
