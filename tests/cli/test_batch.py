"""`guiju batch` as a user meets it: exit codes, streams, what is wrong with a command line."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from guiju.cli.progress import Counting
from guiju.reporting.columns import width

from ..batch.making import command, dossier, environment, make_pack, write


@pytest.fixture
def many(tmp_path):
    write(tmp_path / "r/a", dossier("A", "3 ha"))
    write(tmp_path / "r/b", dossier("B", "0.01 ha"))
    return tmp_path / "r"


@pytest.fixture
def run(guiju, tmp_path):
    make_pack(tmp_path / "packs")
    return lambda *words: guiju("batch", *words, env={"GUIJU_PACKS": str(tmp_path / "packs")})


@pytest.mark.parametrize(
    ("area", "fail_on", "code"),
    [
        ("3 ha", "nonconforming", 0),
        ("3 ha", "undetermined", 1),  # the table of parcels is missing
        (None, "nonconforming", 0),
        (None, "never", 0),
        ("0.01 ha", "nonconforming", 1),
        ("0.01 ha", "never", 0),
    ],
)
def test_the_exit_code_is_that_of_the_worst_dossier(run, tmp_path, area, fail_on, code) -> None:
    write(tmp_path / "r/a", dossier("A", "3 ha"))
    write(tmp_path / "r/b", dossier("B", area))
    done = run("r", "--pack", "small", "--out", "out", "--fail-on", fail_on)
    assert done.returncode == code, done.stderr
    checked = subprocess.run(
        [sys.executable, "-m", "guiju", "check", "r/a", "r/b", "--fail-on", fail_on],
        env=environment(tmp_path / "packs"),
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert checked.returncode == code


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_summary_fits_80_columns_in_both_languages(run, many, lang) -> None:
    write(many / f"a{'很长的文件夹名' * 12}", "guiju: [")
    done = run(
        many, "--pack", "small", "--out", "out", "--lang", lang,
        "--by", "long_name_of_a_column_indeed=project.owner",
    )  # fmt: skip
    assert done.returncode == 2
    assert max(width(line) for line in done.stdout.splitlines()) <= 80
    head = "3 dossiers: 0 positive, 1 negative, 1 open, 1 unreadable"
    assert done.stdout.startswith(head if lang == "en" else "共 3 份项目档案：肯定 0、否定 1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["r", "--pack", "small"], "no folder for the results"),
        (["nowhere", "--pack", "small", "--out", "o"], "there is no `"),
        (["r/a", "--pack", "small", "--out", "o"], "is one dossier, not a folder"),
        (["r/a/dossier.yaml", "--out", "o"], "is a file, and there is no mapping"),
        (["packs", "--out", "o"], "there are no dossiers in"),
        (["r", "--pack", "smal", "--out", "o"], "there is no pack `smal`"),
        (["r", "--pack", "small", "--pack", "./packs/small", "--out", "o"], "given twice"),
        (["r", "--out", "o", "--by", "region"], "does not say what to count by"),
        (["r", "--out", "o", "--by", "a b=project.owner"], "does not say what to count by"),
        (["r", "--out", "o", "--by", "Opinion=project.owner"], "a column of the dossiers' table"),
        (
            ["r", "--pack", "small", "--out", "o", "--by", "r=project.provinse"],
            "`project.province`",
        ),
        (["r", "--out", "o", "--jobs", "0"], "is no whole number from 1 on"),
        (["r", "--out", "o", "--timeout", "1.5"], "is no whole number from 1 on"),
        (["r", "--out", "o", "--memory-limit", "lots"], "is not an amount of memory"),
        (["r", "--out", "o", "--as-of", "soon"], "is not a date"),
        (["r", "--out", "o", "--reports", "pdf"], "unknown format `pdf`"),
        (["r", "--pack", "small", "--out", "o", "--select", "NO-SUCH"], "no rule of `small`"),
        (["r", "--out", "r/a/dossier.yaml"], "is not a folder"),
    ],
)
def test_a_wrong_command_line_is_explained_and_writes_nothing(
    run, many, tmp_path, words, said
) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert said in done.stderr.replace("\n  ", " ")
    assert not (tmp_path / "o").exists()
    assert done.stdout == ""


def test_quiet_says_nothing_but_the_summary(run, many) -> None:
    done = run(many, "--pack", "small", "--out", "out", "--quiet")
    assert done.stderr == "" and done.stdout.startswith("2 dossiers")


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_a_terminal_shows_how_far_the_run_is(many, tmp_path) -> None:
    packs = make_pack(tmp_path / "packs")
    ours, theirs = os.openpty()
    done = subprocess.run(
        command(many, "--pack", "small", "--out", tmp_path / "out"),
        env=environment(packs),
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert done.returncode == 1
    assert b"checked 2/2" in shown


def test_the_line_tells_rate_and_time_left(monkeypatch, capsys) -> None:
    from guiju.batch import Progress
    from guiju.cli import progress

    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    shown = Counting("en")
    shown(Progress(400, 400, 10_000))
    assert "400 of 10000 dossiers were done already" in capsys.readouterr().err
    now[0] += 10
    shown(Progress(1_000, 400, 10_000))
    assert "checked 1000/10000  60 a second  2:30 left" in capsys.readouterr().err
    now[0] += 0.01
    shown(Progress(1_001, 400, 10_000))
    assert capsys.readouterr().err == ""
