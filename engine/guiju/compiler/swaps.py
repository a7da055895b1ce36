"""Parameter files in place of a pack's own: dated figures replaced without touching a rule.

A folder holds CSV files named as the lookup files of the pack, or of the packs it uses. A name
that several of them have stands in a subfolder named for the pack: `ccer-14-001/gwp.csv`. The
files are checked as the pack's own are, since the pack is compiled with them.
"""

from __future__ import annotations

import os

from guiju.compiler.files import PackFiles, Swaps, folder_files, used_folder

_MOST_BYTES = 32 * 1024 * 1024


class SwapProblem(Exception):
    """Files that cannot stand in place of others. `key` is a message of the `command`
    chapter; `near` are the names that may have been meant."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def read_swaps(folder: str) -> Swaps:
    """The parameter files of a folder. Raises OSError, and SwapProblem."""
    content: dict[str, bytes] = {}
    total = 0
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isdir(path) and not name.startswith("."):
            inner = [f"{name}/{one}" for one in sorted(os.listdir(path))]
        else:
            inner = [name]
        for one in inner:
            file = os.path.join(folder, one)
            if one.endswith(".csv") and os.path.isfile(file):
                total += os.path.getsize(file)
                if total > _MOST_BYTES:
                    raise SwapProblem("lookups-too-large", folder=folder)
                with open(file, "rb") as stream:
                    content[one] = stream.read()
    if not content:
        raise SwapProblem("lookups-none", folder=folder)
    return Swaps(content, folder)


def refuse_strangers(swaps: Swaps, files: PackFiles) -> None:
    """Raises SwapProblem for a file that takes the place of none, or of more than one."""
    places = _lookup_files(files)
    for name in swaps.content:
        taken = [place for place in places if name in (place, place.partition("/")[2])]
        if not taken:
            from difflib import get_close_matches

            known = sorted({place.partition("/")[2] for place in places})
            near = get_close_matches(name.rpartition("/")[2], known) or known[:12]
            raise SwapProblem("lookups-unknown", name=name, near=near)
        if len(taken) > 1:
            raise SwapProblem("lookups-several", name=name, near=sorted(taken))


def _lookup_files(files: PackFiles) -> list[str]:
    """The lookup files of a pack and of those it uses, as `pack/file.csv`."""
    import tomllib

    found: list[str] = []
    seen: set[str] = set()
    todo = [files]
    while todo:
        pack = todo.pop()
        manifest = tomllib.loads(pack.content["pack.toml"].decode("utf-8-sig"))
        name = str(manifest.get("id", pack.name))
        if name in seen:
            continue
        seen.add(name)
        found += [f"{name}/{file}" for file in pack.lookup_files().values()]
        uses = manifest.get("uses", {})
        for used in uses.values() if isinstance(uses, dict) else ():
            folder = used_folder(pack.folder, used) if isinstance(used, str) else None
            if folder is not None:
                todo.append(folder_files(folder))
    return found
