"""`guiju check --engine spark` writes the reports of the other roads, byte for byte."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from guiju.cli import entry
from guiju.spark import SparkProblem, session_of

DOSSIER = str(files("guiju_rules") / "ccer-14-001" / "dossiers" / "neimenggu-example")


def run(*words: str) -> int:
    # In this process, which has a session of Spark already.
    return entry._guarded(["check", DOSSIER, *words])


def test_reports_are_those_of_the_other_roads(session: Any, tmp_path: Path) -> None:
    forms = ("json", "markdown", "html")
    codes = []
    for road in (("reference",), ("tables",), ("spark", "--master", "local[2]")):
        folder = tmp_path / road[0]
        folder.mkdir()
        reports = [word for form in forms for word in ("--format", f"{form}:{folder}/r.{form}")]
        codes.append(run("--engine", *road, *reports, "--quiet"))
    assert codes == [1, 1, 1]
    for form in forms:
        right = (tmp_path / "reference" / f"r.{form}").read_bytes()
        assert (tmp_path / "tables" / f"r.{form}").read_bytes() == right
        assert (tmp_path / "spark" / f"r.{form}").read_bytes() == right


def test_without_spark_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert run("--engine", "spark", "--master", "local[2]", "--lang", "en") == 2
    assert "pip install 'guiju[spark]'" in capsys.readouterr().err
    assert run("--engine", "spark", "--master", "local[2]", "--lang", "zh") == 2
    assert "尚未安装" in capsys.readouterr().err


def test_without_java_it_is_said_which_one(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SparkProblem, match="Java 17") as refused:
        session_of("local[2]")
    assert "openjdk" in refused.value.problem.mend["zh"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--engine", "spark"), "needs the address of a master"),
        (("--master", "local[2]"), "is for `--engine spark`"),
        (("--engine", "tables", "--master", "local[2]"), "is for `--engine spark`"),
    ],
)
def test_a_master_and_spark_go_together(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words, "--lang", "en") == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("master", ["nonsense", "", "http://host", "spark:/host"])
def test_what_is_no_address_of_a_master_is_said_to_be_none(
    master: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--engine", "spark", "--master", master)
    assert run(*words, "--lang", "en") == 2
    assert f"`{master}` is no address of a Spark master" in capsys.readouterr().err
    assert run(*words, "--lang", "zh") == 2
    assert f"`{master}` 不是 Spark 主节点的地址" in capsys.readouterr().err
