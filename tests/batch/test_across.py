"""Runs whose pack asks about other dossiers: all are gone over first."""

from __future__ import annotations

from pathlib import Path

import pytest

from guiju.batch import Job, Limits, Progress, run_batch

from .making import RULES, ask, batch, dossier, make_pack, write

ACROSS = (
    RULES
    + """
rule S-TWICE "No parcel stands in two projects" zh "地块不重复申报"
  cite    "3"
  basis   verified
  for     each parcel in parcels
  must    no other in parcels across dossiers satisfies other.id = parcel.id
  else    CAR "Parcel {parcel.id} also stands elsewhere." zh "地块 {parcel.id} 另有申报。"
"""
)


@pytest.fixture(scope="module")
def across(tmp_path_factory) -> Path:
    return make_pack(tmp_path_factory.mktemp("across"), ACROSS)


def project(folder: Path, name: str, *parcels: str) -> Path:
    write(folder, dossier(name) + "tables:\n  parcels: { file: parcels.csv }\n")
    text = "id,area\n" + "".join(f"{parcel},2\n" for parcel in parcels)
    (folder / "parcels.csv").write_text(text, encoding="utf-8")
    return folder


def twice(out: Path) -> dict[str, str]:
    return dict(ask(out, "SELECT path, verdict FROM verdicts WHERE rule = 'S-TWICE'"))


@pytest.mark.parametrize("named", [("--pack", "small"), ()])
def test_a_parcel_of_two_dossiers_fails_in_both(across, named, tmp_path) -> None:
    project(tmp_path / "r/a", "A", "P-1", "P-2")
    project(tmp_path / "r/b", "B", "P-3")
    project(tmp_path / "r/c", "C", "P-2")
    done = batch(across, tmp_path / "r", *named, "--out", tmp_path / "out", "--jobs", "2")
    assert done.returncode == 1, done.stderr
    assert twice(tmp_path / "out") == {
        "a": "nonconforming", "b": "conforms", "c": "nonconforming",
    }  # fmt: skip


def test_a_dossier_that_cannot_be_read_leaves_open_what_it_might_hold(across, tmp_path) -> None:
    project(tmp_path / "r/a", "A", "P-1")
    write(tmp_path / "r/b", "guiju: [\n")
    done = batch(across, tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert twice(tmp_path / "out") == {"a": "undetermined"}
    [(what,)] = ask(tmp_path / "out", "SELECT label_en FROM missing")
    assert "b" in what


def test_the_second_of_two_dossiers_with_one_id_is_told_and_not_assessed(across, tmp_path) -> None:
    project(tmp_path / "r/a", "A", "P-1")
    project(tmp_path / "r/b", "A", "P-1")
    done = batch(across, tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    assert done.returncode == 2
    rows = ask(tmp_path / "out", "SELECT path, state, reason_en FROM dossiers")
    assert [row[:2] for row in rows] == [("a", "assessed"), ("b", "unreadable")]
    assert "a and b" in rows[1][2]


def test_a_change_in_one_dossier_reaches_verdicts_on_others(across, tmp_path) -> None:
    many = tmp_path / "r"
    for number in range(1, 110):
        project(many / f"{number:03}", f"N{number}", f"N{number}")
    first = project(tmp_path / "r/000", "FIRST", "P-1")
    last = project(tmp_path / "r/zzz", "LAST", "P-2")
    job = Job(str(many), (str(across / "small"),))
    out = tmp_path / "out"
    seen: list[Progress] = []
    run_batch(job, str(out), Limits(jobs=2), watch=seen.append)
    assert twice(out)["000"] == twice(out)["zzz"] == "conforms"
    assert seen[0].pooling and not seen[-1].pooling
    project(last, "LAST", "P-1")
    run_batch(job, str(out), Limits(jobs=2))
    assert twice(out)["000"] == twice(out)["zzz"] == "nonconforming"
    fresh = tmp_path / "fresh"
    run_batch(job, str(fresh), Limits(jobs=1))
    assert (out / "verdicts.parquet").read_bytes() == (fresh / "verdicts.parquet").read_bytes()
    assert first.is_dir()
