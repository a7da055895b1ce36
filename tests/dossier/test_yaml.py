"""YAML without its surprises."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import codes, dossier, folder, told
from vocabulary import pack

from guiju.dossier import UnreadableDossier, limits, open_dossier, read


def test_texts_stay_as_written(tmp_path: Path) -> None:
    for text in ("012", "12:30", "no", "1_000", "2024-01-01", "0x1F", "1e3", ".inf", "Null1"):
        found = dossier(tmp_path, f"facts: {{ project: {{ name: {text} }} }}\n")
        assert found.facts["project", "name"].value == text
        assert codes(found) == []


@pytest.mark.parametrize("text", ["", "~", "null", '""', "'  '"])
def test_no_value_is_missing_and_never_a_text(tmp_path: Path, text: str) -> None:
    found = dossier(tmp_path, f"facts:\n  project:\n    name: {text}\n")
    assert found.facts["project", "name"].value is None
    assert codes(found) == []


def test_a_key_given_twice_is_an_error_with_both_lines(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts:\n  project:\n    area: 3 ha\n    area: 4 ha\n")
    problem = told(found, "key-twice")
    assert "lines 8 and 9" in problem.message["en"]
    assert problem.origin.at == "9:5"
    assert str(found.facts["project", "area"].value) == "3"


def test_tags_are_refused_and_their_text_kept(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts: { project: { name: !!python/name:os.system x } }\n")
    assert codes(found) == ["yaml-tag"]
    assert found.facts["project", "name"].value == "x"


def unreadable(path: Path, yaml: str) -> UnreadableDossier:
    with pytest.raises(UnreadableDossier) as caught:
        open_dossier(folder(path, yaml))
    return caught.value


def test_broken_yaml_gives_its_place(tmp_path: Path) -> None:
    problem = unreadable(tmp_path, "facts:\n  project: {area: 3\n").problem
    assert problem.code == "yaml-broken"
    assert "line 8" in problem.message["en"]
    assert unreadable(tmp_path, "facts:\n\tproject: 1\n").problem.code == "yaml-broken"
    assert unreadable(tmp_path, "facts: *nowhere\n").problem.code == "yaml-broken"
    assert unreadable(tmp_path, "---\nsecond: 1\n").problem.code == "yaml-broken"


def test_deep_nesting_stops_at_the_limit(tmp_path: Path) -> None:
    depth = limits.MAX_DEPTH + 10
    assert unreadable(tmp_path, f"note: {'[' * depth}{']' * depth}\n").problem.code == (
        "yaml-too-deep"
    )
    assert unreadable(tmp_path, "note: " + "[" * 300_000).problem.code == "yaml-too-deep"


def test_an_alias_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for number in range(1, 12):
        lines.append(f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]")
    assert unreadable(tmp_path, "\n".join(lines) + "\n").problem.code == "yaml-too-large"


def test_an_alias_is_read_as_what_it_names(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts: { project: { name: &n A, code: *n } }\n")
    assert found.facts["project", "code"].value == "A"


def test_every_fact_keeps_its_line_and_column(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts:\n  项目:\n    面积: 15 亩\n")
    given = found.facts["project", "area"]
    assert (given.origin.file, given.origin.at, given.origin.raw) == (
        "dossier.yaml",
        "8:9",
        "15 亩",
    )


def test_a_dossier_in_gb18030_is_read_and_said(tmp_path: Path) -> None:
    path = folder(tmp_path, "facts: { 项目: { 名称: 科尔沁左翼后旗𠮷 } }\n")
    file = path / "dossier.yaml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gb18030"))
    found = read(open_dossier(path), pack())
    assert found.facts["project", "name"].value == "科尔沁左翼后旗𠮷"
    assert told(found, "other-encoding").severity == "note"
    assert found.files[0].encoding == "gb18030"


def test_a_file_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_WRITTEN", 100)
    assert unreadable(tmp_path, "note: " + "x" * 200).problem.code == "file-too-large"
