"""Packs are found by id or path."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from guiju import packs
from guiju.packs import PackNotFound, find_pack, installed_packs


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packs named in GUIJU_PACKS."""
    pack = tmp_path / "own" / "in-another-folder"
    pack.mkdir(parents=True)
    (pack / "pack.toml").write_text('id = "mine"\n')
    monkeypatch.setenv("GUIJU_PACKS", str(tmp_path / "own"))
    return pack


def test_a_shipped_pack_is_found_by_its_id() -> None:
    assert Path(find_pack("ccer-14-001"), "pack.toml").is_file()


def test_a_pack_is_found_by_the_id_in_its_manifest(own: Path) -> None:
    assert Path(find_pack("mine")) == own


def test_a_pack_is_found_by_path(own: Path) -> None:
    assert find_pack(f"{own}/") == f"{own}/"


def test_a_folder_in_the_current_directory_is_not_taken_for_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "ccer-14-001"
    here.mkdir()
    (here / "pack.toml").write_text('id = "ccer-14-001"\n')
    monkeypatch.chdir(tmp_path)
    assert Path(find_pack("ccer-14-001")).resolve() != here
    assert Path(find_pack("./ccer-14-001")).resolve() == here


def test_an_own_pack_goes_before_a_shipped_one(own: Path) -> None:
    (own / "pack.toml").write_text('id = "ccer-14-001"\n')
    own.rename(own.with_name("ccer-14-001"))
    assert Path(find_pack("ccer-14-001")) == own.with_name("ccer-14-001")


def test_a_pack_with_an_unreadable_manifest_goes_by_its_folder(own: Path) -> None:
    (own / "pack.toml").write_text("id = ")
    assert "in-another-folder" in [pack.id for pack in installed_packs()]


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(PackNotFound) as problem:
        find_pack("ccer-14-01")
    assert "`ccer-14-001`" in problem.value.help("en")
    assert "没有规则包" in problem.value.message("zh")


def test_a_path_without_a_pack_says_so(tmp_path: Path) -> None:
    with pytest.raises(PackNotFound) as problem:
        find_pack(f"{tmp_path}/")
    assert "holds no pack.toml" in problem.value.message("en")


def test_packs_inside_a_zip_are_copied_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "rules.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("zipped_rules/__init__.py", "")
        file.writestr("zipped_rules/zipped/pack.toml", 'id = "zipped"\n')
        file.writestr("zipped_rules/zipped/lookups/规则.csv", "a,b\n")
    monkeypatch.syspath_prepend(str(archive))
    monkeypatch.setattr(packs, "_announced", lambda: ["zipped_rules"])
    folder = Path(find_pack("zipped"))
    assert (folder / "lookups" / "规则.csv").read_text() == "a,b\n"
