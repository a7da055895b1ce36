"""Runs over a registry: what they find, what they write, and that it is what a check says."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from guiju.assessment import assess
from guiju.batch.rows import MISSING
from guiju.compiler import load_pack
from guiju.dossier import open_dossier, read

from .making import PROVINCES, ask, batch, dossier, results, write


@pytest.fixture(scope="module")
def out(packs, many, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "结果 1"
    done = batch(
        packs, many, "--pack", "small", "--out", folder, "--jobs", "2",
        "--by", "地区=项目.省份", "--by", "developer=project.owner",
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stderr.strip() == f"all of it: {folder}"
    return folder


@pytest.fixture(scope="module")
def checked(packs, many, out):
    """Every dossier of the registry checked by itself, by its place."""
    plan = load_pack(str(packs / "small"))
    paths = [path for (path,) in ask(out, "SELECT path FROM dossiers ORDER BY path")]
    return {path: assess(read(open_dossier(many / path), plan), plan, brief=True) for path in paths}


def test_every_dossier_is_found_in_the_order_of_its_name(many, out) -> None:
    paths = [path for (path,) in ask(out, "SELECT path FROM dossiers")]
    there = [p.parent for p in many.rglob("dossier.yaml")] + list(many.rglob("*.zip"))
    assert paths == sorted(p.relative_to(many).as_posix() for p in there)
    assert len(paths) == 240


def test_the_tables_say_what_each_check_says(out, checked) -> None:
    opinions = ask(out, "SELECT path, dossier, opinion, as_of, digest FROM dossiers")
    assert opinions == [
        (path, a.dossier.id, a.opinion, a.as_of, a.dossier.digest) for path, a in checked.items()
    ]
    verdicts = ask(out, "SELECT path, rule, verdict, findings, rows_undetermined FROM verdicts")
    assert verdicts == [
        (
            path,
            r.id,
            r.verdict,
            len(r.findings),
            r.counts.get("undetermined", 0) if r.counts else None,
        )
        for path, a in checked.items()
        for r in a.requirements
    ]
    findings = ask(
        out,
        "SELECT path, rule, grade, subject, message_zh, missing, file, place, fingerprint FROM findings",
    )
    assert findings == [
        (
            path, f.rule, f.grade, f.subject, f.message["zh"], [m.name for m in f.missing],
            f.origin and f.origin.file, f.origin and f.origin.at, f.fingerprint,
        )
        for path, a in checked.items()
        for r in a.requirements
        for f in r.findings
    ]  # fmt: skip
    assert len(findings) > 50


def test_what_is_missing_is_told_by_row_and_in_general(out, checked) -> None:
    assert ask(out, "SELECT path, name, rules FROM missing") == [
        (path, lack.missing.name, lack.rules) for path, a in checked.items() for lack in a.lacks
    ]
    general = ask(out, "SELECT DISTINCT kind, what, what_zh FROM missing ORDER BY kind")
    assert general == [
        ("cell", "parcels.area", "面积"),
        ("fact", "project.area", "面积"),
        ("table", "parcels", "“地块”数据表"),
    ]


def test_facts_to_count_by_are_columns(out) -> None:
    regions = {region for (region,) in ask(out, 'SELECT DISTINCT "地区" FROM dossiers')}
    assert regions == {*PROVINCES, None}


def test_the_summary_counts_what_the_tables_hold(out) -> None:
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    for end in ("positive", "negative", "open"):
        [(count,)] = ask(out, f"SELECT count(*) FROM dossiers WHERE opinion = '{end}'")
        assert summary["ends"][end] == count > 0
    rule = next(one for one in summary["rules"] if one["rule"] == "S-PARCEL")
    [(count,)] = ask(
        out,
        "SELECT count(*) FROM verdicts WHERE rule = 'S-PARCEL' AND verdict = 'undetermined'",
    )
    assert rule["verdicts"]["undetermined"] == count > 0
    regions, developers = summary["groupings"]
    assert (regions["name"], regions["fact"]) == ("地区", "项目.省份")
    assert sum(group["dossiers"] for group in regions["groups"]) == 240
    assert any(group["value"] is None for group in regions["groups"])
    assert (
        sum(group["ends"]["negative"] for group in developers["groups"])
        == summary["ends"]["negative"]
    )
    reasons = {reason["what"]: reason for reason in summary["reasons"]}
    assert reasons["project.area"]["rules"] == ["S-AREA"]
    for what in ("project.area", "parcels.area"):
        [counts] = ask(
            out, f"SELECT count(DISTINCT path), count(*) FROM missing WHERE what = '{what}'"
        )
        assert counts == (reasons[what]["dossiers"], reasons[what]["places"])


def test_the_page_has_no_script_and_shows_markup_of_dossiers_as_text(out) -> None:
    page = (out / "summary.html").read_text(encoding="utf-8")
    assert "<script" not in page and "<b>丙" not in page
    assert "&lt;b&gt;丙&lt;/b&gt; &amp; Sons" in page
    assert "default-src 'none'" in page


def test_one_process_or_several_and_any_place_give_the_same_bytes(
    packs, many, out, tmp_path
) -> None:
    moved = tmp_path / "another place"
    shutil.copytree(many, moved)
    done = batch(
        packs, "another place", "--pack", "small", "--out", "r", "--jobs", "1", "--quiet",
        "--by", "地区=项目.省份", "--by", "developer=project.owner", cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert results(tmp_path / "r") == results(out)


def test_nothing_is_left_of_the_work(out) -> None:
    assert not (out / "work").exists()
    assert len(list((out / "shards").iterdir())) == 3


def test_each_dossier_is_checked_by_the_pack_it_names(packs, tmp_path) -> None:
    write(tmp_path / "r/a", dossier("A"))
    write(tmp_path / "r/b", dossier("B").replace("pack: small", "pack: nowhere"))
    write(tmp_path / "r/c", dossier("C").replace("pack: small\n", ""))
    write(tmp_path / "r/d", dossier("D").replace("pack: small", "pack: ../../small"))
    done = batch(packs, tmp_path / "r", "--out", tmp_path / "out")
    assert done.returncode == 2
    rows = ask(tmp_path / "out", "SELECT path, pack, state, reason_en FROM dossiers")
    assert rows[0] == ("a", "small", "assessed", None)
    assert [row[2] for row in rows[1:]] == ["unreadable"] * 3
    assert "no pack `nowhere`" in rows[1][3]
    assert "names no pack" in rows[2][3]
    assert "by a path" in rows[3][3]


def test_several_packs_give_each_dossier_a_row_of_each(packs, tmp_path) -> None:
    second = tmp_path / "packs" / "second"
    shutil.copytree(packs / "small", second)
    toml = (second / "pack.toml").read_text(encoding="utf-8")
    (second / "pack.toml").write_text(toml.replace('"small"', '"second"'), encoding="utf-8")
    write(tmp_path / "r/a", dossier("A"))
    write(tmp_path / "r/b", dossier("B", None))
    done = batch(
        packs, tmp_path / "r", "--pack", "small", "--pack", second, "--out", tmp_path / "out"
    )
    assert done.returncode == 1, done.stderr
    rows = ask(tmp_path / "out", "SELECT dossier, pack, opinion FROM dossiers")
    assert rows == [
        ("A", "small", "open"), ("A", "second", "open"),
        ("B", "small", "open"), ("B", "second", "open"),
    ]  # fmt: skip
    assert done.stdout.startswith("2 dossiers:")


def test_a_collection_is_checked_project_by_project(root, tmp_path, packs) -> None:
    collection = root / "tests/data/ca-ifm/projects-v0.3.json"
    mapping = root / "rules/guiju_rules/arb-us-forest/mappings/carbonplan-v0.3.yaml"
    done = batch(packs, collection, "--mapping", mapping, "--out", tmp_path / "out", "--jobs", "2")
    assert done.returncode == 1, done.stderr
    assert "45 dossiers: 7 positive, 10 negative, 28 open" in done.stdout
    paths = ask(tmp_path / "out", "SELECT path, dossier FROM dossiers")
    assert paths[0] == ("projects-v0.3.json#1", "ACR247")
    assert paths[44][0] == "projects-v0.3.json#45"


def test_a_collection_read_one_by_one_is_the_collection_read_at_once(root) -> None:
    from pathlib import Path

    from guiju.dossier import open_mapping, read_collection
    from guiju.dossier.collection import Collection

    path = root / "tests/data/ca-ifm/projects-v0.3.json"
    mapping = open_mapping(root / "rules/guiju_rules/arb-us-forest/mappings/carbonplan-v0.3.yaml")
    plan = load_pack("arb-us-forest")
    whole = list(read_collection(path, mapping, plan))
    found = Collection(Path(path), mapping, plan).survey()
    assert found.count == len(whole)
    single = Collection(Path(path), mapping, plan)
    single.found(found)
    for number in (0, 17, 44):
        one = single.project(number)
        assert (one.id, one.facts, one.problems) == (
            whole[number].id, whole[number].facts, whole[number].problems,
        )  # fmt: skip


def test_reports_on_each_dossier_stand_as_the_dossiers_do(packs, tmp_path) -> None:
    write(tmp_path / "r/云南/a", dossier("A"))
    write(tmp_path / "r/b:1", dossier("../../B"))
    done = batch(
        packs, tmp_path / "r", "--pack", "small", "--out", tmp_path / "out",
        "--reports", "json", "--reports", "html", "--lang", "zh",
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    reports = tmp_path / "out" / "reports"
    files = sorted(p.relative_to(reports).as_posix() for p in reports.rglob("*.*"))
    assert [re.sub(r"-[0-9a-f]{8}\.", "-#.", file) for file in files] == [
        "b-1-#.html", "b-1-#.json", "云南/a.html", "云南/a.json",
    ]  # fmt: skip
    assert json.loads((reports / "云南/a.json").read_text(encoding="utf-8"))["dossier"]["id"] == "A"


def test_folders_without_a_dossier_and_links_are_told(packs, tmp_path) -> None:
    write(tmp_path / "r/a", dossier("A"))
    (tmp_path / "r/无关").mkdir()
    (tmp_path / "r/无关/说明.txt").write_text("…", encoding="utf-8")
    (tmp_path / "r/empty").mkdir()
    (tmp_path / "r/link").symlink_to(tmp_path)
    done = batch(packs, tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    assert "Passed over" in done.stdout
    summary = json.loads((tmp_path / "out/summary.json").read_text(encoding="utf-8"))
    assert summary["passed_over"] == ["link", "无关"]


@pytest.mark.parametrize("name", ["[out]*", "year=2026"])
def test_the_results_may_stand_among_the_dossiers_by_any_name(name, packs, tmp_path) -> None:
    write(tmp_path / "r/a", dossier("A"))
    out = tmp_path / "r" / name
    for _ in range(2):
        done = batch(packs, tmp_path / "r", "--pack", "small", "--out", out)
        assert done.returncode in (0, 1), done.stderr
        assert done.stdout.startswith("1 dossiers")
    columns = ask(out, "SELECT column_name FROM (DESCRIBE missing)")
    assert columns == [(name,) for name, _ in MISSING]


def test_an_id_that_several_dossiers_have_is_told(packs, tmp_path) -> None:
    write(tmp_path / "r/a", dossier("A"))
    write(tmp_path / "r/b", dossier("A"))
    done = batch(packs, tmp_path / "r", "--pack", "small", "--out", tmp_path / "out")
    assert "A (2): a, b" in done.stdout


def test_text_that_is_odd_comes_through(packs, tmp_path) -> None:
    more = '    owner: "a\\0b\\uFFFFc \\u202E \\" \\\\u0000"\n    province: "\\n=1+1"\n'
    write(tmp_path / "r/a'b; DROP", dossier("A", more=more))
    done = batch(
        packs, tmp_path / "r", "--pack", "small", "--out", tmp_path / "out",
        "--by", "o=project.owner",
    )  # fmt: skip
    assert done.returncode in (0, 1, 2), done.stderr
    [(path, state)] = ask(tmp_path / "out", "SELECT path, state FROM dossiers")
    assert (path, state) == ("a'b; DROP", "assessed")


def test_parameter_files_in_place_of_the_packs_own_are_named(packs, root, tmp_path) -> None:
    example = root / "rules/guiju_rules/ccer-14-001/dossiers/neimenggu-example"
    shutil.copytree(example, tmp_path / "r/a")
    official = tmp_path / "official"
    official.mkdir()
    [lookup, *_] = sorted((root / "rules/guiju_rules/ccer-14-001/lookups").glob("*.csv"))
    shutil.copy(lookup, official)
    words = (tmp_path / "r", "--pack", "ccer-14-001", "--out", tmp_path / "out")
    done = batch(packs, *words, "--lookups", official)
    assert done.returncode == 1, done.stderr
    assert "another parameter file" in done.stdout and lookup.name in done.stdout
    assert lookup.name in (tmp_path / "out/summary.html").read_text(encoding="utf-8")
    done = batch(packs, *words)
    assert done.returncode == 2 and "other parameter files" in done.stderr
