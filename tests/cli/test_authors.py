"""What rule authors use: lint, fmt, explain, packs, schema."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from guiju.reporting.columns import width

MANIFEST = """\
id = "draft"
edition = "1"
language = "en"
title = { en = "A draft", zh = "草案" }
authority = { en = "none", zh = "无" }
default_unknown = "CL"
[findings]
CAR = { en = "Corrective action request", zh = "不符合", weight = 3 }
CL = { en = "Clarification request", zh = "澄清要求", weight = 2 }
"""
GOOD = """\
facts project "The project" zh "项目"
  area "Area" zh "面积" : ha

rule D-1 "Large enough" zh "面积足够"
  basis   verified
  cite    "1"
  must    project.area >= 400 m2
  else    CAR "Too small." zh "面积不足。"
  unknown CL "Give the area." zh "请补充面积。"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "draft"
    folder.mkdir()
    (folder / "pack.toml").write_text(MANIFEST, encoding="utf-8")
    (folder / "1-rules.gj").write_text(GOOD, encoding="utf-8")
    return folder


def spoil(pack: Path) -> None:
    text = GOOD.replace("project.area", "project.aera").replace("400 m2", "400 kg")
    (pack / "1-rules.gj").write_text(text, encoding="utf-8")


def test_a_good_pack_has_no_problems(guiju, pack: Path) -> None:
    done = guiju("lint", pack)
    assert done.returncode == 0, done.stdout
    assert done.stdout == ""


def test_problems_are_shown_with_their_line_and_a_help(guiju, pack: Path) -> None:
    spoil(pack)
    done = guiju("lint", pack)
    assert done.returncode == 1
    assert "1-rules.gj:7:" in done.stdout
    assert "project.aera" in done.stdout
    assert "Traceback" not in done.stderr


def test_problems_as_json_have_both_languages(guiju, pack: Path) -> None:
    spoil(pack)
    done = guiju("lint", pack, "--format", "json")
    assert done.returncode == 1
    first = next(p for p in json.loads(done.stdout) if p["severity"] == "error")
    assert first["line"] == 7
    assert first["file"] == "draft/1-rules.gj"
    assert first["message"]["en"] != first["message"]["zh"]


def test_problems_become_annotations_on_a_change(guiju, pack: Path) -> None:
    spoil(pack)
    done = guiju("lint", pack, "--format", "github")
    assert done.returncode == 1
    assert "::error file=draft/1-rules.gj,line=7,col=" in done.stdout


def test_a_file_is_checked_within_its_pack(guiju, pack: Path) -> None:
    spoil(pack)
    (pack / "2-more.gj").write_text("# nothing here\n")
    assert guiju("lint", pack / "1-rules.gj").returncode == 1
    assert guiju("lint", pack / "2-more.gj").returncode == 0


def test_a_file_outside_a_pack_is_wrong_usage(guiju, tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_text(GOOD)
    assert guiju("lint", "a.gj").returncode == 2


def test_a_shipped_pack_is_linted_by_its_id(guiju) -> None:
    assert guiju("lint", "ccer-14-001").returncode == 0


UNTIDY = 'facts project "P" zh "项"\r\n   area  "A" zh "面":ha   # note\r\n'


def test_fmt_keeps_line_ends_and_mode(guiju, tmp_path: Path) -> None:
    file = tmp_path / "a.gj"
    file.write_bytes(UNTIDY.encode())
    file.chmod(0o640)
    assert guiju("fmt", "--check", "a.gj").returncode == 1
    assert file.read_bytes() == UNTIDY.encode()
    assert guiju("fmt", "a.gj").returncode == 0
    content = file.read_bytes()
    assert content != UNTIDY.encode()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert b"# note" in content
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert guiju("fmt", "--check", "a.gj").returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.gj"]


def test_fmt_shows_the_change_without_making_it(guiju, tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_bytes(UNTIDY.encode())
    done = guiju("fmt", "--diff", "a.gj")
    assert done.returncode == 1
    assert "+++ a.gj" in done.stdout
    assert (tmp_path / "a.gj").read_bytes() == UNTIDY.encode()


def test_fmt_renders_keywords_in_a_language(guiju, pack: Path) -> None:
    done = guiju("fmt", "--keywords", "zh", "-", stdin=GOOD)
    assert done.returncode == 0
    assert "规则 D-1" in done.stdout
    assert guiju("fmt", "--keywords", "en", "-", stdin=done.stdout).stdout.count("rule D-1") == 1


def test_fmt_leaves_a_file_with_mistakes_alone(guiju, tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_text("rule rule rule\n")
    done = guiju("fmt", "a.gj")
    assert done.returncode == 2
    assert "a.gj:1:" in done.stderr
    assert (tmp_path / "a.gj").read_text() == "rule rule rule\n"


def test_fmt_refuses_another_encoding(guiju, tmp_path: Path) -> None:
    (tmp_path / "a.gj").write_bytes("# 规则\n".encode("gbk"))
    done = guiju("fmt", "a.gj")
    assert done.returncode == 2
    assert "UTF-8" in done.stderr


# --- explain ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_rule_is_explained_in_words(guiju, lang: str) -> None:
    done = guiju("explain", "ccer-14-001/AFF-2C", "--lang", lang)
    assert done.returncode == 0
    assert "2 (c)" in done.stdout
    assert "400 m2" in done.stdout
    assert max(width(line) for line in done.stdout.splitlines()) <= 80


def test_a_verdict_is_derived_from_the_dossier(guiju, root: Path) -> None:
    example = root / "rules/guiju_rules/ccer-14-001/dossiers/neimenggu-example"
    done = guiju("explain", "ccer-14-001/AFF-2C", "--dossier", example)
    assert done.returncode == 0, done.stderr
    assert "nonconforming" in done.stdout
    assert "小班.csv:" in done.stdout
    assert "└─" in done.stdout


@pytest.mark.parametrize(
    ("formula", "lang", "said"),
    [
        (
            "ccer-01-002/EF_grid_CM_y",
            "zh",
            [
                "条款：6.3 (3)",
                "式中",
                "EF_grid_CM_y  项目所在区域电网的组合边际排放因子；tCO2/MWh；本公式",
                "EF_grid_OM_y  项目所在区域电网的电量边际排放因子；tCO2/MWh；档案表“核算年度”",
                "w_OM          组合边际排放因子中电量边际的权重；无量纲；档案事实“减排量核算”",
            ],
        ),
        (
            "ccer-01-002/年减排量",
            "en",
            ["Where", "BE_y  Baseline emissions; tCO2; formula 6.3 (1)", "PE_y  Project emissions"],
        ),
        (
            "ccer-01-001/COEF_gas",
            "en",
            [
                "NCV_iy    Average net calorific value; GJ/万Nm3",
                "CC_iy     Carbon per unit of heat; tC/GJ",
                "44/12     ratio of the molar masses of CO2 and carbon; tCO2/tC; constant",
            ],
        ),
        (
            "ccer-01-002/maximum_error",
            "en",
            ["class_error    Maximum permissible error of the accuracy class; %; lookup"],
        ),
    ],
)
def test_a_formula_is_explained_with_its_quantities(guiju, formula, lang, said) -> None:
    done = guiju("explain", formula, "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert [text for text in said if text not in done.stdout] == []
    assert max(width(line) for line in done.stdout.splitlines()) <= 80


def test_the_values_of_a_formula_are_derived_from_the_dossier(guiju, root: Path) -> None:
    example = root / "rules/guiju_rules/ccer-01-002/dossiers/offshore-example"
    done = guiju("explain", "ccer-01-002/exported", "--dossier", example, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n  exported[") == 24
    assert "exported[R05-E]: " in done.stdout
    assert "First and last day of the reading; a period; dossier table" in done.stdout
    assert "exported[R05-I]: " not in done.stdout
    assert "抄表记录.csv:" in done.stdout


def test_a_rule_asked_for_without_its_pack_is_found_and_a_pack_is_told(guiju) -> None:
    done = guiju("explain", "AFF-2C", "--lang", "zh")
    assert done.returncode == 2 and "ccer-14-001/AFF-2C" in done.stderr
    assert "unknown-name" not in done.stderr
    done = guiju("explain", "ER_y", "--lang", "zh")
    assert "ccer-01-002/ER_y" in done.stderr
    done = guiju("explain", "ccer-14-001", "--lang", "zh")
    assert done.returncode == 2 and "guiju ledger ccer-14-001" in done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_rules_in_the_examples_of_the_help_exist(guiju, lang: str) -> None:
    examples = guiju("explain", "--help", "--lang", lang).stdout.split("guiju explain ")
    subjects = {each.split()[0] for each in examples if "/" in each.split()[0]}
    assert subjects
    for subject in subjects - {"…"}:
        assert guiju("explain", subject).returncode == 0, subject


def test_a_diagnostic_is_explained_by_its_code(guiju) -> None:
    for lang in ("en", "zh"):
        done = guiju("explain", "unknown-name", "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert len(done.stdout) > 80


@pytest.mark.parametrize(
    ("code", "lang", "said"),
    [
        ("file-missing", "en", ["error", "exit code 2", "the file `…` is not", "add the file"]),
        ("file-missing", "zh", ["错误", "退出码 2", "档案中没有文件 `…`", "请补交该文件"]),
        ("merged-cells", "en", ["a warning", "unmerge them"]),
        ("unused-column", "zh", ["提示", "不影响退出码"]),
        ("waiver-expired", "en", ["a warning", "have the waiver renewed"]),
        ("unknown-name", "en", ["What is said"]),
    ],
)
def test_a_reading_problem_is_explained_by_its_code(guiju, code, lang, said) -> None:
    done = guiju("explain", code, "--lang", lang)
    assert done.returncode == 0, done.stderr
    assert all(text in done.stdout for text in said)
    assert "{" not in done.stdout


def test_every_reading_problem_has_a_page() -> None:
    from guiju.cli.problem_page import problem_codes, problem_page

    codes = problem_codes()
    assert len(codes) > 120
    assert all(problem_page(code, lang) for code in codes for lang in ("en", "zh"))


@pytest.mark.parametrize(
    "subject",
    ["unknown-nmae", "mergd-cells", "ccer-14-001/AFF-2Z", "nothing/AFF-2C", "ccer-01-002/ER_x"],
)
def test_what_does_not_exist_is_answered_with_what_does(guiju, subject: str) -> None:
    done = guiju("explain", subject)
    assert done.returncode == 2
    assert "`" in done.stderr.splitlines()[-1]


# --- packs and schema ----------------------------------------------------------------------


def test_packs_are_listed_with_their_basis(guiju) -> None:
    done = guiju("packs", "--lang", "zh")
    assert done.returncode == 0
    assert "ccer-14-001 V01" in done.stdout
    records = json.loads(guiju("packs", "--json").stdout)
    assert {record["id"] for record in records} >= {"ccer-14-001", "arb-us-forest"}
    assert all(sum(r["basis"].values()) == r["rules"] + r["judgements"] for r in records)


def test_a_pack_with_errors_is_listed_all_the_same(guiju, pack: Path) -> None:
    spoil(pack)
    done = guiju("packs", "--packs-dir", pack.parent)
    assert done.returncode == 0
    assert "guiju lint draft" in done.stdout


def test_the_schema_of_an_assessment_is_json_schema(guiju) -> None:
    schema = json.loads(guiju("schema", "assessment").stdout)
    assert "$schema" in schema
    assert guiju("schema", "nonsense").returncode == 2
