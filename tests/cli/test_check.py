"""`guiju check` as a user meets it: exit codes, streams, formats, languages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guiju.reporting.columns import width

PACK = """\
id = "small"
edition = "1"
language = "en"
title = { en = "A small pack", zh = "小规则包" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "不符合", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
"""
RULES = """\
facts project "The project" zh "项目"
  area "Area" zh "面积" : ha
  owner "Owner" zh "业主" : text

rule S-AREA "Large enough" zh "面积足够"
  cite    "1"
  basis   verified
  must    project.area >= 400 m2
  else    CAR "The area is {project.area}." zh "面积为 {project.area}。"
  unknown CL  "Give the area." zh "请补充面积。"

rule S-OWNER "Owned" zh "有业主"
  cite    "2"
  basis   verified
  must    project.owner is known
  else    CAR "There is no owner." zh "没有业主。"
"""
DOSSIER = """\
guiju: 1
id: {id}
title: A made-up project
pack: small
edition: "1"
stage: validation
submitted: 2026-05-12
facts:
  project:
    owner: "{owner}"
{facts}
"""


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packs with one small pack in it."""
    folder = tmp_path / "packs" / "small"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "1-rules.gj").write_text(RULES, encoding="utf-8")
    monkeypatch.setenv("GUIJU_PACKS", str(folder.parent))
    return folder.parent


@pytest.fixture
def dossier(packs: Path, tmp_path: Path):
    """Makes a dossier of an area."""

    def make(area: str | None, name: str = "P1", owner: str = "甲", extra: str = "") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        facts = (f"    area: {area}\n" if area else "") + extra
        text = DOSSIER.format(id=name, owner=owner, facts=facts)
        (folder / "dossier.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


# --- exit codes ------------------------------------------------------------------------


def test_0_when_everything_conforms(guiju, dossier) -> None:
    done = guiju("check", dossier("2"))
    assert done.returncode == 0, done.stderr


def test_1_when_a_requirement_is_not_met(guiju, dossier) -> None:
    assert guiju("check", dossier("0.03")).returncode == 1


def test_1_when_a_fact_that_matters_is_missing(guiju, dossier) -> None:
    assert guiju("check", dossier(None)).returncode == 1


def test_the_threshold_decides_what_counts(guiju, dossier) -> None:
    folder = dossier(None)
    assert guiju("check", folder, "--fail-on", "nonconforming").returncode == 0
    assert guiju("check", folder, "--fail-on", "undetermined").returncode == 1
    assert guiju("check", folder, "--fail-on", "never").returncode == 0


@pytest.mark.parametrize("area", ["2 furlongs", "12,5,6", "many"])
def test_2_when_a_value_cannot_be_read(guiju, dossier, area: str) -> None:
    done = guiju("check", dossier(f'"{area}"'))
    assert done.returncode == 2
    assert "dossier.yaml:" in done.stdout


def test_2_when_a_key_of_the_dossier_is_wrong(guiju, dossier) -> None:
    done = guiju("check", dossier("2", extra="    aera: 3\n"))
    assert done.returncode == 2
    assert "aera" in done.stdout


@pytest.mark.parametrize("content", ["", "{", "just text", "- a\n- b\n", "\x00\x01"])
def test_2_when_a_dossier_cannot_be_read(guiju, packs, tmp_path: Path, content: str) -> None:
    (tmp_path / "D").mkdir()
    (tmp_path / "D" / "dossier.yaml").write_text(content)
    done = guiju("check", "D")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "dossier.yaml" in done.stderr


def test_2_when_there_is_no_dossier(guiju, packs) -> None:
    done = guiju("check", "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_2_when_the_pack_is_unknown(guiju, dossier) -> None:
    done = guiju("check", dossier("2"), "--pack", "smal")
    assert done.returncode == 2
    assert "did you mean `small`?" in done.stderr


def test_2_when_the_pack_has_errors(guiju, dossier, packs: Path) -> None:
    rules = packs / "small" / "1-rules.gj"
    rules.write_text(RULES.replace("project.area >=", "project.aera >="), encoding="utf-8")
    done = guiju("check", dossier("2"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "project.aera" in done.stderr
    assert "nothing was checked" in done.stderr


def test_2_when_a_rule_file_is_gbk(guiju, dossier, packs: Path) -> None:
    (packs / "small" / "1-rules.gj").write_bytes(RULES.encode("gbk"))
    done = guiju("check", dossier("2"))
    assert done.returncode == 2
    assert "1-rules.gj" in done.stderr


def test_2_when_the_selection_leaves_no_rule(guiju, dossier) -> None:
    assert guiju("check", dossier("2"), "--select", "NONE").returncode == 2


def test_2_when_the_date_is_no_date(guiju, dossier) -> None:
    done = guiju("check", dossier("2"), "--as-of", "2026-02-30")
    assert done.returncode == 2
    assert "`2026-02-30` is not a date" in done.stderr


def test_3_when_the_engine_fails(guiju, dossier, tmp_path: Path) -> None:
    code = (
        "import sys, guiju.cli.check as c\n"
        "def fail(*_, **__): raise RuntimeError('secret detail')\n"
        "c.assess = fail\n"
        "from guiju.cli import main; main(sys.argv[1:])"
    )
    folder = dossier("2")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = [sys.executable, "-c", code, "check", str(folder)]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "RuntimeError" in done.stderr
    run.append("--debug")
    done = subprocess.run(run, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 3
    assert "Traceback" in done.stderr


def test_a_dossier_that_cannot_be_read_does_not_hide_the_others(guiju, dossier) -> None:
    done = guiju("check", dossier("0.03"), "nowhere", dossier("2", "P2"))
    assert done.returncode == 2
    assert "P1" in done.stdout
    assert "P2" in done.stdout
    assert "nowhere" in done.stderr


# --- formats -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "html", "markdown", "json", "junit", "sarif"])
@pytest.mark.parametrize(("area", "code"), [("2", 0), ("0.03", 1), ('"x"', 2)])
def test_the_format_never_changes_the_exit_code(guiju, dossier, name, area, code) -> None:
    folder = dossier(area)
    done = guiju("check", folder, "--format", name)
    assert done.returncode == code, done.stderr
    assert done.stdout
    done = guiju("check", folder, "--format", f"{name}:out/report")
    assert done.returncode == code
    assert done.stdout == ""


def test_json_on_standard_output_is_nothing_but_json(guiju, dossier) -> None:
    done = guiju("check", dossier("0.03"), "-v", "--format", "json", "--format", "html:r.html")
    assert json.loads(done.stdout)["dossier"]["id"] == "P1"
    assert "r.html" in done.stderr
    assert "small 1" in done.stderr


def test_the_same_inputs_give_the_same_bytes(guiju, dossier, tmp_path: Path) -> None:
    folder = dossier("0.03")
    for name in ("a", "b"):
        files = [f"--format={kind}:{name}.{kind}" for kind in ("html", "json", "sarif", "junit")]
        guiju("check", folder, *files, env={"PYTHONHASHSEED": name.encode().hex()[:4]})
    for kind in ("html", "json", "sarif", "junit"):
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()


def test_a_report_is_not_overwritten_unasked(guiju, dossier, tmp_path: Path) -> None:
    folder = dossier("2")
    (tmp_path / "r.html").write_text("mine")
    done = guiju("check", folder, "--format", "html:r.html")
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert (tmp_path / "r.html").read_text() == "mine"
    assert guiju("check", folder, "--format", "html:r.html", "--force").returncode == 0


def test_a_baseline_makes_known_findings_not_count(guiju, dossier) -> None:
    folder = dossier("0.03")
    assert guiju("check", folder, "--format", "json:before.json").returncode == 1
    assert guiju("check", folder, "--baseline", "before.json").returncode == 0


def test_a_file_that_is_no_baseline_is_refused(guiju, dossier, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("[1]")
    assert guiju("check", dossier("2"), "--baseline", "b.json").returncode == 2


def test_a_waiver_lets_a_finding_pass(guiju, dossier, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(
        "- {rule: S-AREA, who: 复核员乙, why: 另案处理, from: 2026-01-01, until: 2026-12-31}\n",
        encoding="utf-8",
    )
    folder = dossier("0.03")
    done = guiju("check", folder, "--waivers", "w.yaml")
    assert done.returncode == 0
    assert "复核员乙" in done.stdout
    (tmp_path / "w.yaml").write_text("- {rule: S-AREA}\n")
    assert guiju("check", folder, "--waivers", "w.yaml").returncode == 2


def test_a_collection_is_checked_project_by_project(guiju, root: Path) -> None:
    mapping = root / "rules/guiju_rules/arb-us-forest/mappings/carbonplan-v0.3.yaml"
    collection = root / "tests/data/ca-ifm/projects-v0.3.json"
    done = guiju("check", collection, "--mapping", mapping, "--format", "json")
    assert done.returncode == 1, done.stderr
    assert len(json.loads(done.stdout)) == 45
    done = guiju("check", collection, "--mapping", mapping, "--format", "json:{dossier}.json", "-q")
    assert done.stdout + done.stderr == ""


# --- the terminal --------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_text_report_fits_80_columns(guiju, dossier, lang: str) -> None:
    done = guiju("check", dossier("0.03"), "--lang", lang)
    assert max(width(line) for line in done.stdout.splitlines()) <= 80
    assert ("不符合" in done.stdout) == (lang == "zh")


def test_a_pipe_gets_no_colours_and_no_progress(guiju, dossier) -> None:
    done = guiju("check", dossier("2"), dossier("2", "P2"))
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("script") is None, reason="needs `script` to make a terminal")
@pytest.mark.parametrize("no_color", [None, "1"])
def test_a_terminal_gets_colours_unless_no_color_is_set(guiju, root, dossier, no_color) -> None:
    folder = dossier("2")
    environment = os.environ | {"TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join(sys.path)}
    if no_color:
        environment["NO_COLOR"] = no_color
    command = f"{sys.executable} -m guiju check {folder}"
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"],
        capture_output=True,
        env=environment,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert ("\x1b[32m" in done.stdout or "\x1b[1;32m" in done.stdout) == (no_color is None)


def test_a_reader_that_leaves_early_is_no_fault(dossier) -> None:
    folder = dossier("2")
    command = f"{sys.executable} -m guiju check {folder} --format html | head -c 10"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command, shell=True, capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert done.stderr == ""


def test_chinese_is_written_on_a_terminal_of_another_encoding(guiju, dossier) -> None:
    done = guiju("check", dossier("0.03"), "--lang", "zh", env={"PYTHONIOENCODING": "ascii"})
    assert "面积为" in done.stdout


@pytest.mark.parametrize(
    ("words", "en", "zh"),
    [
        (("--waivers", "none.yaml"), "there is no such file", "文件或文件夹不存在"),
        (("--baseline", "none.json"), "there is no such file", "文件或文件夹不存在"),
        (("--mapping", "none.yaml"), "there is no file or folder", "找不到文件或文件夹"),
        (("--mapping", "."), "is not an ordinary file", "不是普通文件"),
        (("--baseline", "."), "it is a folder", "该路径是文件夹"),
        (("--format", "json:/dev/null/x.json"), "a file of that name", "已有同名文件"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_the_readers_words_with_a_mend(
    guiju, dossier, words, en, zh
) -> None:
    path = dossier("2")
    for lang, said, mend in (("en", en, "help: "), ("zh", zh, "提示：")):
        done = guiju("check", path, *words, "--lang", lang)
        assert done.returncode == 2
        assert said in done.stderr.replace("\n  ", " " if lang == "en" else "")
        assert mend in done.stderr
        assert "Errno" not in done.stderr
