"""`guiju screen` on the command line."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]

_SPEC = importlib.util.spec_from_file_location(
    "screening_making", Path(__file__).parents[1] / "screening" / "making.py"
)
assert _SPEC is not None and _SPEC.loader is not None
making = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(making)


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    """A command line that screens a small table."""
    making.make_pack(tmp_path / "packs")
    making.write_dossier(tmp_path, making.rows(60))
    words = ["screen", "parcels.csv", "--pack", "small", "--packs-dir", "packs", "--lang", "en"]
    return [*words, "--facts", "dossier.yaml"]


def test_a_screening_that_finds_rows_that_fail_ends_with_0(guiju: Run, asked: list[str]) -> None:
    done = guiju(*asked, "--by", "县", "--engine", "reference")
    assert done.returncode == 0, done.stderr
    assert "parcels.csv: 60 rows" in done.stdout
    assert "Not screened" in done.stdout
    assert "康保县" in done.stdout


def test_results_go_where_they_are_asked(guiju: Run, asked: list[str], tmp_path: Path) -> None:
    more = ("--format", "json:out.json", "--format", "html:out.html", "--out", "rows.parquet")
    done = guiju(*asked, *more)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["total"]["rows"] == 60
    assert (tmp_path / "rows.parquet").read_bytes()[:4] == b"PAR1"
    again = guiju(*asked, *more)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert guiju(*asked, *more, "--force", "-q").stderr == ""


def test_areas_that_are_not_known_are_not_nought(
    guiju: Run, asked: list[str], tmp_path: Path
) -> None:
    body = making.rows(3)
    for row, (area, county) in zip(body, [("12", "甲县"), ("", "甲县"), ("", "乙县")], strict=True):
        row[1], row[7] = area, county
    making.write_dossier(tmp_path, body)
    done = guiju(*asked, "--by", "县")
    (one,) = [line for line in done.stdout.splitlines() if "甲县" in line]
    (other,) = [line for line in done.stdout.splitlines() if "乙县" in line]
    assert "0.8" in one
    assert "0" not in other.replace("–", "")
    assert "–" in other


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--by", "乡"), "no column `乡`"),
        (("--out", "rows.xlsx"), "neither a .parquet nor a .gpkg"),
        (("--format", "pdf"), "pdf"),
        (("--table", "trees"), "no table `trees`"),
    ],
)
def test_what_cannot_be_used_ends_with_2(
    guiju: Run, asked: list[str], more: tuple[str, ...], said: str
) -> None:
    done = guiju(*asked, *more)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_screening_without_a_pack_is_refused(guiju: Run, asked: list[str]) -> None:
    done = guiju("screen", "parcels.csv", "--lang", "zh")
    assert done.returncode == 2
    assert "规则包" in done.stderr


def test_the_schema_of_a_screening_is_printed(guiju: Run) -> None:
    done = guiju("schema", "screening")
    assert json.loads(done.stdout)["$id"] == "urn:guiju:screening:1"
