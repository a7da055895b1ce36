"""`guiju check --told` and `--findings` as a user meets them, on every road and in every format."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.pack_of_parcels import ROWS, write_pack

from guiju.reporting.columns import width

DOSSIER = """\
guiju: 1
id: P1
title: Parcels
pack: parcels
edition: "1"
stage: validation
submitted: 2026-05-12
tables:
  parcels: { file: parcels.csv }
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GUIJU_PACKS", str(write_pack(tmp_path)))
    dossier = tmp_path / "P1"
    dossier.mkdir()
    (dossier / "dossier.yaml").write_text(DOSSIER, encoding="utf-8")
    lines = ["id,area (ha)", *(f"K{number},{area}" for number, area in enumerate(ROWS))]
    (dossier / "parcels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return dossier


@pytest.mark.parametrize(
    "form", ["text", "html", "markdown", "junit", "sarif"], ids=lambda form: form
)
@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "2 of 4 findings are told"), ("zh", "共 4 项发现，此处列出 2 项")],
    ids=["en", "zh"],
)
def test_every_format_says_how_many_findings_it_tells(guiju, folder, form, lang, said) -> None:
    done = guiju("check", folder, "--told", "2", "--format", form, "--lang", lang)
    assert done.returncode == 1
    assert said in done.stdout
    whole = guiju("check", folder, "--format", form, "--lang", lang)
    assert said not in whole.stdout
    if form == "text":
        assert all(width(line) <= 80 for line in done.stdout.splitlines())


@pytest.mark.parametrize("road", ["reference", "compiled", "tables"])
def test_all_rows_with_findings_are_in_the_file_whatever_is_told(guiju, folder, road) -> None:
    import duckdb

    done = guiju(
        *("check", folder, "--told", "1", "--findings", "f.parquet", "--engine", road),
        *("--format", "json"),
    )
    assert done.returncode == 1
    record = json.loads(done.stdout)
    (requirement,) = record["requirements"]
    assert (len(requirement["findings"]), requirement["untold"]) == (1, 3)
    assert requirement["counts"] == {"nonconforming": 3, "undetermined": 1, "conforms": 2}
    assert record["findings_file"] == "f.parquet"
    rows = duckdb.sql(f"SELECT * FROM '{folder.parent / 'f.parquet'}'").fetchall()
    fails = ("nonconforming", None)
    assert rows == [
        ("P1", "P-AREA", "parcels", row, *said)
        for row, said in ((1, fails), (2, ("undetermined", "parcels.area")), (3, fails), (5, fails))
    ]


def test_the_exit_code_counts_what_is_not_told(guiju, folder) -> None:
    options = ("--told", "0", "--fail-on", "nonconforming")
    assert guiju("check", folder, *options).returncode == 1
    (folder / "parcels.csv").write_text("id,area (ha)\nK1,\n", encoding="utf-8")
    assert guiju("check", folder, *options).returncode == 0
    assert guiju("check", folder, "--told", "0").returncode == 1


def test_with_a_baseline_all_findings_are_told_and_a_baseline_must_tell_all(guiju, folder) -> None:
    guiju("check", folder, "--told", "1", "--format", "json:some.json")
    done = guiju("check", folder, "--baseline", "some.json", "--lang", "en")
    assert done.returncode == 2
    assert "it tells 1 of 4 findings of `P-AREA`" in done.stderr
    assert "--told all" in done.stderr
    guiju("check", folder, "--told", "all", "--format", "json:all.json")
    done = guiju("check", folder, "--told", "1", "--baseline", "all.json")
    assert done.returncode == 0
    assert "findings are told" not in done.stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("value", ["-1", "many", "1.5", "9999999999"])
def test_a_number_that_is_none_is_refused(guiju, folder, value, lang) -> None:
    done = guiju("check", folder, f"--told={value}", "--lang", lang)
    assert done.returncode == 2
    assert f"`{value}`" in done.stderr
    assert "--told 100" in done.stderr


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("place", ["existing.parquet", "P1/parcels.csv/f.parquet", "/dev/null"])
def test_a_file_for_findings_that_cannot_be_written_is_told(guiju, folder, place, lang) -> None:
    (folder.parent / "existing.parquet").write_text("mine")
    done = guiju("check", folder, "--findings", place, "--lang", lang)
    assert done.returncode == 2
    assert place in done.stderr.replace("\n  ", "")
    assert (folder.parent / "existing.parquet").read_text() == "mine"
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "the file is too large for it"), ("zh", "超出系统允许的文件大小")]
)
def test_what_the_system_will_not_write_leaves_no_half_of_a_file(
    folder, tmp_path, lang, said
) -> None:
    command = f"ulimit -f 0; {sys.executable} -m guiju check P1 --findings f.parquet --lang {lang}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert "f.parquet" in done.stderr
    assert said in done.stderr
    assert not list(tmp_path.glob("f.parquet*"))


@pytest.mark.parametrize(("lang", "said"), [("en", "too large for it"), ("zh", "超出系统允许")])
def test_what_the_system_will_not_write_is_told(tmp_path, monkeypatch, lang, said) -> None:
    monkeypatch.setenv("GUIJU_PACKS", str(write_pack(tmp_path)))
    (tmp_path / "parcels.csv").write_text("id,area (ha)\nK1,2\n", encoding="utf-8")
    command = "screen parcels.csv --pack parcels --out found.parquet"
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 0; {sys.executable} -m guiju {command} --lang {lang}"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert said in done.stderr.replace("\n  ", "")
    assert not list(tmp_path.glob("found.parquet*"))
