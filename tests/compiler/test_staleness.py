"""When a compiled pack is made anew: whenever anything its plan depends on has changed."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import guiju
from guiju.compiler import PackHasErrors, cache, load_pack
from guiju.compiler.build import compile_folder
from guiju.compiler.files import folder_files

CORPUS = Path(__file__).parents[1] / "corpus" / "checking" / "good"
RULES = Path(__file__).parents[2] / "rules" / "guiju_rules"


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a national pack and a provincial one that uses it, and an empty cache."""
    monkeypatch.setenv("GUIJU_CACHE", str(tmp_path / "cache"))
    shutil.copytree(CORPUS / "base", tmp_path / "packs" / "base")
    shutil.copytree(CORPUS / "provincial", tmp_path / "packs" / "provincial")
    return tmp_path / "packs"


def entries(packs: Path) -> list[Path]:
    return sorted((packs.parent / "cache").glob("*"))


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often a pack has been compiled."""
    from guiju.compiler import build

    count = 0
    compile_files = build.compile_files

    def counted(*arguments: object) -> object:
        nonlocal count
        count += 1
        return compile_files(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "compile_files", counted)
    return lambda: count


def test_a_pack_is_compiled_once(packs: Path, compilations: Callable[[], int]) -> None:
    first, second = load_pack(f"{packs}/base"), load_pack(f"{packs}/base")
    assert first == second
    assert compilations() == 1


@pytest.mark.parametrize(
    ("changed", "old", "new"),
    [
        ("2-formulas.gj", "| 6%", "| 7%"),
        ("pack.toml", '"5%"', '"6%"'),
        ("lookups/allometry.csv", "0.48", "0.49"),
    ],
)
def test_a_changed_file_makes_it_anew(
    packs: Path, compilations: Callable[[], int], changed: str, old: str, new: str
) -> None:
    before = load_pack(f"{packs}/base")
    path = packs / "base" / changed
    # The same size and the same time: only the content tells.
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load_pack(f"{packs}/base") != before
    assert compilations() == 2


def test_a_file_beside_or_gone_makes_it_anew(packs: Path, compilations: Callable[[], int]) -> None:
    load_pack(f"{packs}/base")
    (packs / "base" / "9-more.gj").write_text("facts more\n  x : ha\n", encoding="utf-8")
    assert "more" in load_pack(f"{packs}/base").groups
    (packs / "base" / "9-more.gj").unlink()
    assert "more" not in load_pack(f"{packs}/base").groups
    assert compilations() == 2  # the first entry is good again


def test_another_version_of_the_engine_makes_it_anew(
    packs: Path, compilations: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pack(f"{packs}/base")
    monkeypatch.setattr(guiju, "__version__", "999.0")
    load_pack(f"{packs}/base")
    assert compilations() == 2


def test_a_changed_engine_of_the_same_version_makes_it_anew(
    packs: Path, compilations: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    load_pack(f"{packs}/base")
    monkeypatch.setattr(cache, "_engine", lambda: "another")
    load_pack(f"{packs}/base")
    assert compilations() == 2


def test_a_changed_pack_that_is_used_makes_its_users_anew(
    packs: Path, compilations: Callable[[], int]
) -> None:
    load_pack(f"{packs}/provincial")
    load_pack(f"{packs}/provincial")
    assert compilations() == 1
    rules = packs / "base" / "3-rules.gj"
    text = rules.read_text(encoding="utf-8").replace("within 5%", "within 7%")
    rules.write_text(text, encoding="utf-8")
    load_pack(f"{packs}/provincial")
    assert compilations() == 2


def test_a_used_pack_that_is_gone_is_missed_in_spite_of_the_cache(packs: Path) -> None:
    load_pack(f"{packs}/provincial")
    shutil.rmtree(packs / "base")
    with pytest.raises(PackHasErrors):
        load_pack(f"{packs}/provincial")


def test_the_same_pack_beside_another_neighbour_is_another_pack(packs: Path) -> None:
    load_pack(f"{packs}/provincial")
    other = packs.parent / "other"
    shutil.copytree(packs, other)
    rules = other / "base" / "3-rules.gj"
    text = rules.read_text(encoding="utf-8").replace('cite "3"', 'cite "33"')
    rules.write_text(text, encoding="utf-8")
    cites = {
        place: next(r for r in load_pack(f"{place}/provincial").rules if r.id == "B-2").cite
        for place in (packs, other)
    }
    assert [cite.text for cite in cites.values() if cite] == ["3", "33"]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_an_entry_cut_short_or_with_a_changed_byte_is_never_read(
    packs: Path, data: st.DataObject
) -> None:
    files = folder_files(f"{packs}/base")
    compiled = compile_folder(f"{packs}/base")
    cache.store(files, compiled)
    (entry,) = entries(packs)
    content = entry.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        damaged = content[:at]
    else:
        other = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[at]))
        damaged = content[:at] + bytes([other]) + content[at + 1 :]
    entry.write_bytes(damaged)
    found = cache.load(files)
    # Of a part that is damaged the damage is seen when it is asked for.
    assert found is None or (found == compiled and repr(found) == repr(compiled))


class Harm:
    """What somebody else might have had pickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self.target}'",)


def test_a_forged_pickle_is_refused_and_not_run(
    packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = packs.parent / "harmed"
    # All digests are right: only what the pickle asks for is wrong.
    monkeypatch.setattr(cache, "_pickled", lambda plan: pickle.dumps(Harm(target)))
    files = folder_files(f"{packs}/base")
    cache.store(files, compile_folder(f"{packs}/base"))
    assert len(entries(packs)) == 1
    assert cache.load(files) is None
    assert not target.exists()


def test_a_forged_part_is_not_run_and_is_compiled_anew(
    packs: Path, monkeypatch: pytest.MonkeyPatch, compilations: Callable[[], int]
) -> None:
    target = packs.parent / "harmed"
    pickled = cache._pickled

    def forged(value: object) -> bytes:
        return pickled(value) if isinstance(value, tuple) else pickle.dumps(Harm(target))

    monkeypatch.setattr(cache, "_pickled", forged)
    files = folder_files(f"{packs}/base")
    compiled = compile_folder(f"{packs}/base")
    before = compilations()
    cache.store(files, compiled)
    plan = cache.load(files)
    assert plan is not None
    assert plan.formulas == compiled.formulas
    assert compilations() == before + 1
    assert plan.rules == compiled.rules  # a tuple, and good as it was kept
    assert compilations() == before + 1
    assert not target.exists()


@pytest.mark.parametrize("name", ["__builtins__", "__loader__", "date", "Decimal", "Record"])
def test_not_even_what_the_modules_of_the_plan_import_can_be_asked_for(
    packs: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    forged = b"cguiju.plan.nodes\n" + name.encode() + b"\n."
    monkeypatch.setattr(cache, "_pickled", lambda plan: forged)
    files = folder_files(f"{packs}/base")
    cache.store(files, compile_folder(f"{packs}/base"))
    with pytest.raises(Exception, match="not part of a plan"):
        cache._unpickled(forged)
    assert cache.load(files) is None


def test_the_plan_of_another_pack_under_the_name_of_this_one_is_not_taken(packs: Path) -> None:
    base, provincial = (folder_files(f"{packs}/{name}") for name in ("base", "provincial"))
    cache.store(base, compile_folder(f"{packs}/provincial"))
    assert cache.load(base) is None
    assert cache.load(provincial) is None


def test_a_cache_that_cannot_be_written_costs_only_time(
    packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = packs.parent / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    for place in (blocked, blocked / "below", "/proc/none", "\0"):
        if "\0" not in str(place):
            monkeypatch.setenv("GUIJU_CACHE", str(place))
        assert load_pack(f"{packs}/base").id == "base"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no such owners")
def test_a_folder_only_to_be_read_is_read(packs: Path) -> None:
    load_pack(f"{packs}/base")
    folder = packs.parent / "cache"
    folder.chmod(0o500)
    try:
        assert cache.load(folder_files(f"{packs}/base")) is not None
        assert load_pack(f"{packs}/provincial").id == "provincial"
    finally:
        folder.chmod(0o700)


def test_a_pack_with_mistakes_is_never_kept(packs: Path) -> None:
    (packs / "base" / "9-bad.gj").write_text("facts more\n  x : nothing\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PackHasErrors):
            load_pack(f"{packs}/base")
    assert entries(packs) == []


def test_only_files_of_the_pack_count(packs: Path) -> None:
    before = folder_files(f"{packs}/base").digest
    base = packs / "base"
    (base / "dossiers").mkdir()
    (base / "dossiers" / "a.csv").write_text("x", encoding="utf-8")
    (base / ".hidden.gj").write_text("facts", encoding="utf-8")
    (base / "notes.md").write_text("x", encoding="utf-8")
    os.symlink("/etc/hostname", base / "linked.csv")
    if hasattr(os, "mkfifo"):
        os.mkfifo(base / "pipe.csv")
    assert folder_files(f"{packs}/base").digest == before
    (base / "more.csv").write_text("x", encoding="utf-8")
    assert folder_files(f"{packs}/base").digest != before
