"""A plan from the cache is the plan that was compiled; an entry in doubt is not read."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from guiju.compiler import cache, load_pack
from guiju.compiler.build import compile_folder
from guiju.compiler.files import folder_files
from guiju.plan.walk import KINDS, inside

RULES = Path(__file__).parents[2] / "rules" / "guiju_rules"
PACK = RULES / "ccer-14-001"


@pytest.fixture
def entry(tmp_path, monkeypatch) -> Path:
    """The cached entry of a pack, in a folder of its own."""
    monkeypatch.setenv("GUIJU_CACHE", str(tmp_path / "cache"))
    load_pack(f"{PACK}/")
    (found,) = (tmp_path / "cache").iterdir()
    return found


def test_a_cached_plan_is_the_compiled_one(entry: Path) -> None:
    cached = cache.load(folder_files(str(PACK)))
    compiled = compile_folder(str(PACK))
    assert cached == compiled
    # Equal is not enough: 1.0 equals 1.00, and is shown otherwise.
    assert repr(cached) == repr(compiled)


def test_expressions_stay_as_many_objects_as_they_were(entry: Path) -> None:
    def count(plan: Any) -> int:
        roots = [rule.must for rule in plan.rules if rule.must is not None]
        return len({id(part) for root in roots for part in inside(root) if type(part) in KINDS})

    assert count(cache.load(folder_files(str(PACK)))) == count(compile_folder(str(PACK)))


@pytest.mark.parametrize("at", [0, 20, 90, 200, 400])
def test_a_damaged_entry_is_not_read(entry: Path, at: int) -> None:
    content = bytearray(entry.read_bytes())
    content[at] ^= 1
    entry.write_bytes(content)
    assert cache.load(folder_files(str(PACK))) is None


def test_a_damaged_part_is_not_read_and_is_compiled_anew(entry: Path) -> None:
    content = bytearray(entry.read_bytes())
    content[-1] ^= 1
    entry.write_bytes(content)
    assert cache.load(folder_files(str(PACK))) == compile_folder(str(PACK))


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no such owners")
def test_an_entry_others_may_write_to_is_not_read(entry: Path) -> None:
    entry.chmod(0o666)
    assert cache.load(folder_files(str(PACK))) is None
    entry.chmod(0o600)
    assert cache.load(folder_files(str(PACK))) is not None
    entry.parent.chmod(0o777)
    assert cache.load(folder_files(str(PACK))) is None


@pytest.mark.parametrize(
    "forged", [os.system, print, getattr, type, tuple.__new__, folder_files, Path]
)
def test_a_pickle_with_anything_else_is_refused(forged: Any) -> None:
    with pytest.raises(pickle.UnpicklingError):
        cache._unpickled(pickle.dumps(forged, protocol=5))
