"""`guiju tables` as a user meets it: counts, rows, exit codes, and what is wrong with files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from tests.cli.pack_of_parcels import ROWS, write_pack

from guiju.reporting.columns import width

WRITTEN = "(FORMAT parquet)"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the pack at hand and `parcels.parquet` in it."""
    monkeypatch.setenv("GUIJU_PACKS", str(write_pack(tmp_path)))
    values = ", ".join(f"('K{n}', {area or 'NULL'}::DOUBLE)" for n, area in enumerate(ROWS))
    written(tmp_path / "parcels.parquet", f"FROM (VALUES {values}) AS rows(id, area)")
    return tmp_path


def written(file: Path, query: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{file}' {WRITTEN}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_counts_by_rule_and_the_first_findings_in_80_columns(guiju, folder, lang) -> None:
    done = guiju("tables", "parcels.parquet", "--pack", "parcels", "--told", "2", "--lang", lang)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert all(width(line) <= 80 for line in lines)
    (counts,) = (line for line in lines if line.startswith("P-AREA") and line[-1].isdigit())
    assert counts.split()[-3:] == ["3", "1", "2"]
    told = {"en": "2 of 4 findings are told here", "zh": "共 4 项发现，此处列出 2 项"}
    assert told[lang] in done.stdout
    assert "K1" in done.stdout
    assert "K5" not in done.stdout


def test_every_row_that_does_not_conform_is_written(guiju, folder) -> None:
    done = guiju("tables", "地块=parcels.parquet", "--pack", "parcels", "--out", "out")
    assert done.returncode == 1
    assert "findings.parquet" in done.stderr
    rows = duckdb.sql(f"SELECT row, verdict FROM '{folder / 'out/findings.parquet'}' ORDER BY row")
    assert rows.fetchall() == [
        (1, "nonconforming"),
        (2, "undetermined"),
        (3, "nonconforming"),
        (5, "nonconforming"),
    ]
    again = guiju("tables", "parcels.parquet", "--pack", "parcels", "--out", "out")
    assert again.returncode == 2
    assert "--force" in again.stderr


def test_the_exit_code_is_that_of_check(guiju, folder) -> None:
    written(folder / "open.parquet", "SELECT 'K1' AS id, NULL::DOUBLE AS area")
    written(folder / "good.parquet", "SELECT 'K1' AS id, 2.0 AS area")
    command = ("--pack", "parcels", "--fail-on", "nonconforming")
    assert guiju("tables", "parcels=open.parquet", *command).returncode == 0
    assert guiju("tables", "parcels=open.parquet", "--pack", "parcels").returncode == 1
    assert guiju("tables", "parcels=good.parquet", "--pack", "parcels").returncode == 0
    assert guiju("tables", "parcels.parquet", *command).returncode == 1


def bad_files(folder: Path) -> None:
    whole = (folder / "parcels.parquet").read_bytes()
    (folder / "text.parquet").write_text("id,area\nK1,2\n")
    (folder / "cut.parquet").write_bytes(whole[:-20])
    written(folder / "other.parquet", "SELECT 'K1' AS id, 2.0 AS size")


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        ("parcels=text.parquet", "`text.parquet` is not a Parquet file", "不是 Parquet 文件"),
        ("parcels=cut.parquet", "cut short", "不完整"),
        ("parcels=gone.parquet", "no such file", "不存在"),
        ("parcels=other.parquet", "no column for the field `area`", "没有字段 `area` 的列"),
        ("other.parquet", "`other` is no table of `parcels`", "没有名为 `other` 的表"),
        ("parcels.parquet 地块=other.parquet", "given twice", "给出了两次"),
        ("parcels.parquet --told=few", "`few` is no whole number", "`few` 不是不小于 0 的整数"),
        ("parcels.parquet --threads=0", "`0` is no whole number", "`0` 不是不小于 1 的整数"),
        ("parcels.parquet --memory-limit=much", "`much`", "`much`"),
        ("parcels.parquet --memory-limit=300kB", "memory for tables is used up", "内存已达上限"),
        ("parcels.parquet --out=text.parquet", "cannot be written", "无法写入"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_wrong_is_told_with_its_mend(guiju, folder, words, en, zh, lang) -> None:
    bad_files(folder)
    done = guiju("tables", *words.split(), "--pack", "parcels", "--lang", lang)
    assert done.returncode == 2, done.stdout
    assert {"en": en, "zh": zh}[lang] in done.stderr.replace("\n  ", " " if lang == "en" else "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "limits how large files may be"), ("zh", "限制了文件大小")]
)
def test_where_nothing_can_be_written_no_file_is_said_to_be_missing(folder, lang, said) -> None:
    command = f"ulimit -f 0; {sys.executable} -m guiju tables parcels.parquet --pack parcels"
    done = subprocess.run(
        ["bash", "-c", f"{command} --lang {lang}"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert said in done.stderr.replace("\n  ", " " if lang == "en" else "")
    assert "``" not in done.stderr


def test_a_pack_has_to_be_named(guiju, folder) -> None:
    done = guiju("tables", "parcels.parquet", "--lang", "en")
    assert done.returncode == 2
    assert "--pack ccer-14-001" in done.stderr
