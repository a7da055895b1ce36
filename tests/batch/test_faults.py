"""Dossiers that break, processes that die, disks that fill: the rest goes on, and all is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.batch import Job, Limits, run_batch
from guiju.batch.worker import memory_can_be_limited

from .making import (
    RESULTS,
    ask,
    batch,
    command,
    dossier,
    environment,
    registry,
    results,
    write,
)

# What writes the reports is called in the process that assesses, so it can misbehave there.
MISBEHAVING = """\
import os, time

class Fault(Exception):
    def __str__(self):
        return f"broken at {object()!r}"

def report(assessment, name):
    match name.rpartition("-")[2]:
        case "fault":
            raise Fault
        case "exit":
            os._exit(7)
        case "abort":
            os.abort()
        case "hang":
            time.sleep(600)
        case "hog":
            bytearray(1 << 46)
        case "kill":
            os.kill(os.getpid(), 9)
"""


@pytest.fixture
def misbehaving(tmp_path, monkeypatch):
    (tmp_path / "misbehaving_reports.py").write_text(MISBEHAVING, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    from importlib import import_module

    yield import_module("misbehaving_reports").report
    del sys.modules["misbehaving_reports"]


KINDS = {
    "abort": "its process crashed (signal 6)",
    "exit": "its process ended by itself (code 7)",
    "fault": "a fault of the engine: Fault: broken at <object object>",
    "hang": "it took longer than 3 s, the limit of this run",
    "hog": "it needed more memory than the machine has",
    "kill": "its process was killed (signal 9); the machine may have run out of memory",
}


def test_whatever_befalls_a_dossier_the_others_are_assessed(packs, misbehaving, tmp_path) -> None:
    for number, kind in enumerate(KINDS):
        write(tmp_path / f"r/{number}-{kind}", dossier(f"D{number}"))
        write(tmp_path / f"r/{number}-right", dossier(f"R{number}"))
    job = Job(str(tmp_path / "r"), (str(packs / "small"),), report=misbehaving)
    out = tmp_path / "out"
    summary = run_batch(job, str(out), Limits(jobs=2, seconds=3))
    assert summary.ends == {
        "positive": 0, "negative": 0, "open": len(KINDS), "unreadable": 0, "broken": len(KINDS),
    }  # fmt: skip
    failed = {one.path.rpartition("-")[2]: one.reason["en"] for one in summary.failed}
    assert failed == KINDS
    # No table is silent about them.
    assert ask(out, "SELECT reason_en FROM dossiers WHERE state = 'broken'") == [
        (reason,) for reason in KINDS.values()
    ]
    assert ask(out, "SELECT reason_en, rule FROM verdicts WHERE verdict = 'broken'") == [
        (reason, None) for reason in KINDS.values()
    ]
    assert ask(out, "SELECT message_en FROM findings WHERE verdict = 'broken'") == [
        (reason,) for reason in KINDS.values()
    ]


def test_broken_ones_are_done_again_only_when_that_is_asked(packs, misbehaving, tmp_path) -> None:
    write(tmp_path / "r/a-fault", dossier("A"))
    write(tmp_path / "r/b", dossier("B"))
    job = Job(str(tmp_path / "r"), (str(packs / "small"),), report=misbehaving)
    out = str(tmp_path / "out")
    assert run_batch(job, out, Limits()).ends["broken"] == 1
    mended = (tmp_path / "misbehaving_reports.py").read_text(encoding="utf-8")
    (tmp_path / "misbehaving_reports.py").write_text(
        mended.replace("raise Fault", "return"), encoding="utf-8"
    )
    shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
    assert run_batch(job, out, Limits()).ends["broken"] == 1
    assert run_batch(job, out, Limits(retry=True)).ends["broken"] == 0


def test_dossiers_that_cannot_be_read_are_told_with_why(packs, tmp_path) -> None:
    write(tmp_path / "r/a", dossier("A"))
    write(tmp_path / "r/b", "guiju: [1\n")
    (tmp_path / "r/c.zip").write_bytes(b"PK no zip at all")
    write(tmp_path / "r/d", "- not\n- a dossier\n")
    write(tmp_path / "r/z", dossier("Z", "0.01 ha"))
    done = batch(packs, tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "5 dossiers: 0 positive, 1 negative, 1 open, 3 unreadable" in done.stdout
    rows = ask(tmp_path / "out", "SELECT path, dossier, state, reason_zh FROM dossiers")
    assert [row[:3] for row in rows] == [
        ("a", "A", "assessed"), ("b", "b", "unreadable"), ("c.zip", "c", "unreadable"),
        ("d", "d", "unreadable"), ("z", "Z", "assessed"),
    ]  # fmt: skip
    assert all(rows[at][3] for at in (1, 2, 3))
    page = (tmp_path / "out" / "summary.html").read_text(encoding="utf-8")
    assert "c.zip" in page and "Dossiers without verdicts" in page


@pytest.mark.skipif(not memory_can_be_limited(), reason="no limits of memory here")
def test_a_dossier_that_needs_too_much_memory_is_broken_and_the_rest_goes_on(
    packs, tmp_path
) -> None:
    write(tmp_path / "r/a", dossier("A"))
    text = dossier("B") + "tables:\n  parcels: { file: parcels.csv }\n"
    big = write(tmp_path / "r/b-big", text)
    with open(big / "parcels.csv", "w", encoding="utf-8") as stream:
        stream.write("id,area\n")
        stream.writelines(f"parcel number {n},1.5\n" for n in range(300_000))
    write(tmp_path / "r/c", dossier("C"))
    words = (tmp_path / "r", "--pack", "small", "--out", tmp_path / "out", "--jobs", "1")
    done = batch(packs, *words, "--memory-limit", "80MB")
    assert done.returncode == 3, done.stderr
    assert ask(tmp_path / "out", "SELECT path, state, reason_en FROM dossiers") == [
        ("a", "assessed", None),
        ("b-big", "broken", "it needed more memory than 80 MB, the limit of this run"),
        ("c", "assessed", None),
    ]
    done = batch(packs, *words, "--retry")
    assert done.returncode == 1, done.stderr
    done = batch(packs, *words, "--restart", "--memory-limit", "1MB")
    assert done.returncode == 2 and "--memory-limit is too low" in done.stderr


def full_disk(words: list[str], env: dict[str, str], **more: object) -> str:
    done = subprocess.run(
        words, env=env, capture_output=True, encoding="utf-8", check=False, **more
    )  # type: ignore[call-overload]
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    return str(done.stderr).replace("\n  ", " ")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of less than a megabyte, and how to make it larger."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=650k", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield (
        place,
        lambda: subprocess.run(
            ["mount", "-o", "remount,size=50m", str(place)], check=True, capture_output=True
        ),
    )
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_ends_the_run_with_what_to_do_and_the_run_goes_on_later(
    packs, small_disk, tmp_path
) -> None:
    place, enlarge = small_disk
    many = registry(tmp_path / "r", 800)
    words = (many, "--pack", "small", "--out", place / "out", "--jobs", "1")
    said = full_disk(command(*words), environment(packs))
    assert str(place / "out") in said
    assert "the disk is full" in said and "run the same command again" in said
    kept = [p for p in (place / "out" / "shards").iterdir() if (p / "shard.json").is_file()]
    assert kept and not (place / "out" / "summary.json").exists()
    before = {p.name: p.stat().st_mtime_ns for p in kept}
    enlarge()
    done = batch(packs, *words)
    assert done.returncode == 1, done.stderr
    assert {name: (place / "out/shards" / name).stat().st_mtime_ns for name in before} == before
    whole = batch(packs, many, "--pack", "small", "--out", tmp_path / "whole")
    assert whole.returncode == 1
    assert results(place / "out") == results(tmp_path / "whole")


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit here")
def test_files_that_may_not_grow_end_the_run_as_a_full_disk_does(packs, many, tmp_path) -> None:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    words = (many, "--pack", "small", "--out", tmp_path / "out", "--lang", "zh")
    said = full_disk(command(*words), environment(packs), preexec_fn=limit)
    assert str(tmp_path / "out") in said and "再次执行同一命令" in said


def test_reports_on_a_full_disk_end_the_run_and_blame_no_dossier(
    packs, small_disk, tmp_path
) -> None:
    place, _ = small_disk
    many = registry(tmp_path / "r", 40)
    words = (many, "--pack", "small", "--out", place / "out", "--reports", "html")
    said = full_disk(command(*words), environment(packs))
    assert "/reports/" in said and ".html" in said and "the disk is full" in said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_said(packs, many, tmp_path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    done = batch(packs, many, "--pack", "small", "--out", tmp_path / "out")
    assert done.returncode == 2 and "permission denied" in done.stderr


def test_without_duckdb_the_run_says_what_to_install(packs, many, tmp_path) -> None:
    (tmp_path / "duckdb.py").write_text("raise ImportError('hidden')\n", encoding="utf-8")
    env = environment(packs)
    env["PYTHONPATH"] = os.pathsep.join([str(tmp_path), env["PYTHONPATH"]])
    said = full_disk(command(many, "--pack", "small", "--out", tmp_path / "out"), env)
    assert "pip install 'guiju[tables]'" in said


def test_a_broken_dossier_of_a_table_is_the_same_in_every_run(packs, misbehaving, tmp_path) -> None:
    write(tmp_path / "r/a-fault", dossier("A"))
    job = Job(str(tmp_path / "r"), (str(packs / "small"),), report=misbehaving)
    bytes_of = []
    for out in (tmp_path / "1", tmp_path / "2"):
        run_batch(job, str(out), Limits())
        bytes_of.append([(out / f"{table}.parquet").read_bytes() for table in RESULTS])
    assert bytes_of[0] == bytes_of[1]
    summary = json.loads((tmp_path / "1" / "summary.json").read_text(encoding="utf-8"))
    assert Path(summary["failed"][0]["path"]) == Path("a-fault")
