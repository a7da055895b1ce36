"""A run that was killed, changed or begun twice: it goes on, or says why it does not."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time

import pytest

from guiju.batch import BatchProblem, Job, Limits, Progress, run_batch
from guiju.batch.journal import Journal
from guiju.batch.rows import TABLES
from guiju.batch.run import Stopped

from .making import RULES, batch, command, dossier, environment, make_pack, registry, results, write


@pytest.fixture(scope="module")
def whole(packs, many, tmp_path_factory):
    """A run that nothing disturbed."""
    out = tmp_path_factory.mktemp("whole")
    done = batch(packs, many, "--pack", "small", "--out", out)
    assert done.returncode == 1, done.stderr
    return out


def job(packs, many, **more) -> Job:
    return Job(str(many), (str(packs / "small"),), **more)


def wait_for(there, process: subprocess.Popen[str]) -> None:
    while not there():
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_run_that_was_ended_goes_on_and_comes_to_the_same_bytes(
    sent, packs, many, whole, tmp_path
) -> None:
    words = (many, "--pack", "small", "--out", tmp_path / "out")
    process = subprocess.Popen(
        command(*words, "--jobs", "1"),
        env=environment(packs),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    first = tmp_path / "out" / "shards" / "000000"
    wait_for(first.is_dir, process)
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)  # as a terminal does: every process of it
    else:
        process.send_signal(sent)
    _, said = process.communicate(timeout=60)
    assert process.returncode == (-9 if sent == signal.SIGKILL else 130)
    if sent != signal.SIGKILL:
        assert "of 240 dossiers done; the same command goes on from there" in said
    assert not (tmp_path / "out" / "summary.json").exists()
    assert not (tmp_path / "out" / "verdicts.parquet").exists()
    before = first.stat().st_mtime_ns
    again = batch(packs, *words)
    assert again.returncode == 1, again.stderr
    assert first.stat().st_mtime_ns == before
    assert results(tmp_path / "out") == results(whole)


def test_what_was_left_half_written_does_not_count(packs, many, whole, tmp_path) -> None:
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    shutil.rmtree(out / "shards" / "000001")
    half = out / "work" / "000001"
    half.mkdir(parents=True)
    (half / "verdicts.parquet").write_bytes(b"PAR1 half a file")
    (out / "work" / "17.rows").write_bytes(b"{")
    os.remove(out / "shards" / "000002" / "shard.json")
    done = batch(packs, many, "--pack", "small", "--out", out)
    assert done.returncode == 1, done.stderr
    assert results(out) == results(whole)


def test_a_finished_run_is_not_done_again(packs, many, whole, tmp_path) -> None:
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    seen: list[Progress] = []
    run_batch(job(packs, many), str(out), Limits(), watch=seen.append)
    assert seen == []
    assert (out / "verdicts.parquet").read_bytes() == (whole / "verdicts.parquet").read_bytes()


def test_only_the_shard_of_a_changed_dossier_is_done_again(packs, tmp_path) -> None:
    many = registry(tmp_path / "r", 210)
    out = tmp_path / "out"
    first = run_batch(job(packs, many), str(out), Limits(jobs=2))
    changed = sorted(many.rglob("dossier.yaml"))[0]
    changed.write_text(dossier("P-NEW", "0.01 ha"), encoding="utf-8")
    seen: list[Progress] = []
    second = run_batch(job(packs, many), str(out), Limits(jobs=2), watch=seen.append)
    assert (seen[0].before, seen[-1].done) == (110, 210)
    fresh = run_batch(job(packs, many), str(tmp_path / "fresh"), Limits(jobs=2))
    assert second == fresh != first


def test_another_pack_another_date_or_other_dossiers_need_another_folder(packs, tmp_path) -> None:
    own = make_pack(tmp_path / "packs")
    write(tmp_path / "r/a", dossier("A"))
    words = (tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    assert batch(own, *words).returncode in (0, 1)
    for more, said in (
        (("--as-of", "2026-01-01"), "another --as-of"),
        (("--select", "S-A"), "another --select"),
        (("--by", "r=project.province"), "another --by"),
    ):
        done = batch(own, *words, *more)
        assert done.returncode == 2
        assert said in done.stderr and "--restart" in done.stderr
    make_pack(own, RULES.replace("400 m2", "500 m2"))
    done = batch(own, *words, "--lang", "zh")
    assert done.returncode == 2
    assert "规则包不同或已有改动" in done.stderr
    make_pack(own)
    write(tmp_path / "r/b", dossier("B"))
    done = batch(own, *words)
    assert "dossiers were added, taken away or renamed" in done.stderr.replace("\n  ", " ")
    done = batch(own, *words, "--restart")
    assert done.stdout.startswith("2 dossiers")


def test_a_pack_that_dossiers_name_may_not_change_between_runs_either(tmp_path) -> None:
    own = make_pack(tmp_path / "packs")
    write(tmp_path / "r/a", dossier("A"))
    words = (tmp_path / "r", "--out", tmp_path / "out")
    assert batch(own, *words).returncode in (0, 1)
    make_pack(own, RULES.replace("400 m2", "500 m2"))
    done = batch(own, *words)
    assert done.returncode == 2 and "other packs, or changed ones" in done.stderr


def test_restart_takes_away_only_what_is_the_runs_own(packs, tmp_path) -> None:
    write(tmp_path / "r/a", dossier("A"))
    words = (tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    batch(packs, *words)
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    assert batch(packs, *words, "--restart").returncode in (0, 1)
    assert (tmp_path / "out" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_holds_something_else_is_left_alone(packs, tmp_path) -> None:
    write(tmp_path / "r/a", dossier("A"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("…", encoding="utf-8")
    words = (tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    for more in ((), ("--restart",)):
        done = batch(packs, *words, *more)
        assert done.returncode == 2 and "thesis.doc" in done.stderr
    (tmp_path / "out" / "run.json").write_text("[]", encoding="utf-8")
    assert "run.json" in batch(packs, *words).stderr
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "run.json",
        "run.lock",
        "thesis.doc",
    ]


def test_two_runs_do_not_write_to_one_folder(packs, many, tmp_path) -> None:
    journal = Journal(str(tmp_path / "out"), TABLES)
    try:
        with pytest.raises(BatchProblem, match="another run is writing"):
            run_batch(job(packs, many), str(tmp_path / "out"), Limits())
    finally:
        journal.close()
    assert "in-use" not in os.listdir(tmp_path / "out")


def test_a_stopped_run_says_only_what_will_not_be_done_again(packs, many, tmp_path) -> None:
    def stop(progress: Progress) -> None:
        if progress.done == 170:
            os.kill(os.getpid(), signal.SIGINT)

    # A shell that starts the tests in the background has it ignored.
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Stopped) as stopped:
        run_batch(job(packs, many), str(tmp_path / "out"), Limits(jobs=1), watch=stop)
    assert (stopped.value.done, stopped.value.count) == (100, 240)
    assert signal.getsignal(signal.SIGINT) is before
    asked = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert asked["dossiers"]["count"] == 240
