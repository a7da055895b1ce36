"""The first page of a dossier: what it says of itself, and what cannot be opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import HEAD, codes, dossier, folder, told, zipped
from vocabulary import pack

from guiju.dossier import UnreadableDossier, open_dossier, read


def unreadable(path: Path) -> str:
    with pytest.raises(UnreadableDossier) as caught:
        open_dossier(path)
    problem = caught.value.problem
    assert problem.severity == "error"
    assert problem.message["zh"]
    assert problem.mend["zh"]
    assert problem.origin is not None
    return problem.code


def test_a_folder_a_zip_and_the_file_itself_give_the_same_dossier_and_digest(
    tmp_path: Path,
) -> None:
    files = {"parcels.csv": "id,area\nP-1,2\n", "证据/a.txt": "survey"}
    yaml = (
        "tables: { parcels: parcels.csv }\nevidence: [{ id: E, kind: minutes, file: 证据/a.txt }]\n"
    )
    in_folder = folder(tmp_path / "d", yaml, dict(files))
    members = {"dossier.yaml": HEAD + yaml, **files}
    (tmp_path / "d.zip").write_bytes(zipped(dict(members)))
    nested = {f"项目/{name}": content for name, content in members.items()}
    (tmp_path / "nested.zip").write_bytes(zipped(dict(nested)))
    paths = (in_folder, in_folder / "dossier.yaml", tmp_path / "d.zip", tmp_path / "nested.zip")
    found = [read(open_dossier(path), pack()) for path in paths]
    assert {d.digest for d in found} == {found[0].digest}
    for each in found:
        assert each.id == "D-1"
        assert each.title == "A dossier"
        assert each.tables["parcels"].keys == ["P-1"]
        assert each.documents["minutes"][0].status == "held"


def test_opening_tells_the_pack_before_anything_else_is_read(tmp_path: Path) -> None:
    manifest = open_dossier(folder(tmp_path, "stage: 审定\ntables: { parcels: absent.csv }\n"))
    assert (manifest.pack, manifest.edition, manifest.id) == ("test", "V01", "D-1")
    assert manifest.problems == []


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    assert unreadable(tmp_path / "absent") == "no-such-file"


def test_a_folder_without_a_dossier_yaml_suggests_the_file_meant(tmp_path: Path) -> None:
    (tmp_path / "dossier.yml").write_text(HEAD)
    with pytest.raises(UnreadableDossier) as caught:
        open_dossier(tmp_path)
    assert caught.value.problem.code == "no-dossier-yaml"
    assert "`dossier.yml`" in caught.value.problem.mend["en"]


def test_a_file_that_is_no_zip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and then nothing of a zip")
    assert unreadable(tmp_path / "a.zip") == "not-a-zip"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "dossier.yaml").write_bytes(b"")
    assert unreadable(tmp_path) == "empty-file"
    (tmp_path / "a.zip").write_bytes(b"")
    assert unreadable(tmp_path / "a.zip") == "not-a-zip"


def test_a_dossier_that_is_only_a_list(tmp_path: Path) -> None:
    (tmp_path / "dossier.yaml").write_text("- a\n- b\n")
    assert unreadable(tmp_path) == "not-a-dossier"


def test_a_wrong_key_is_an_error_with_its_line_and_the_key_meant(tmp_path: Path) -> None:
    found = dossier(tmp_path, "fatcs: {}\nstage: validation\n")
    problem = told(found, "unknown-key")
    assert problem.severity == "error"
    assert problem.origin.at == "6:1"
    assert "`facts`" in problem.mend["en"]
    assert "`facts`" in problem.mend["zh"]
    assert found.stage == "validation"


def test_a_wrong_fact_suggests_the_one_meant_and_the_rest_is_still_read(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts: { project: { aera: 3 ha, name: A, 开工日起: 2024-01-01 } }\n")
    assert codes(found) == ["unknown-name", "unknown-name"]
    assert "`area`" in found.problems[0].mend["en"]
    assert "`开工日期`" in found.problems[1].mend["en"]
    assert found.facts["project", "name"].value == "A"


def test_facts_outside_their_group_are_sent_there(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts: { area: 3 ha, parcels: {}, boundary_survey: x }\n")
    assert codes(found) == ["fact-without-group", "table-as-facts", "fact-without-group"]


def test_a_fact_given_under_name_and_alias_is_told(tmp_path: Path) -> None:
    found = dossier(tmp_path, "facts:\n  project:\n    area: 3 ha\n    面积: 4 ha\n")
    assert codes(found) == ["fact-twice"]
    assert str(found.facts["project", "area"].value) == "3"


def test_another_pack_and_edition_are_warned_of(tmp_path: Path) -> None:
    (tmp_path / "dossier.yaml").write_text("guiju: 1\nid: a\ntitle: a\npack: b\nedition: V02\n")
    found = read(open_dossier(tmp_path), pack())
    assert codes(found) == ["other-pack", "other-edition"]


def test_what_the_head_lacks_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "dossier.yaml").write_text("pack: test\n")
    found = read(open_dossier(tmp_path), pack())
    assert codes(found) == ["key-absent", "key-absent", "key-absent"]
    assert found.id == tmp_path.name


def test_stage_and_date_are_read_in_both_languages(tmp_path: Path) -> None:
    found = dossier(tmp_path, "stage: 核查\nsubmitted: 2026年5月12日\n")
    assert (found.stage, str(found.submitted)) == ("verification", "2026-05-12")
    wrong = dossier(tmp_path, "stage: later\nsubmitted: 2023-02-30\n")
    assert codes(wrong) == ["unknown-stage", "impossible-date"]
    assert wrong.stage is None
    assert wrong.submitted is None


def test_reading_twice_gives_the_same_and_keeps_no_problems(tmp_path: Path) -> None:
    manifest = open_dossier(folder(tmp_path, "facts: { project: { area: x } }\n"))
    first, second = read(manifest, pack()), read(manifest, pack())
    assert codes(first) == codes(second) == ["not-a-number"]
    assert first.digest == second.digest


def test_hostile_names_are_only_text(tmp_path: Path) -> None:
    payload = "{{ 7*7 }}<script>alert(1)</script>"
    found = dossier(
        tmp_path,
        f"facts: {{ project: {{ name: '{payload}', '{payload}': 1, stand: '{payload}' }} }}\n",
    )
    assert found.facts["project", "name"].value == payload
    assert codes(found) == ["unknown-name", "unknown-option"]
    assert payload in found.problems[0].message["en"]


def test_a_text_that_would_hide_in_a_message_is_shown_escaped(tmp_path: Path) -> None:
    found = dossier(tmp_path, 'facts: { project: { area: "\\u202E12\\e[31m" } }\n')
    message = told(found, "not-a-number").message["en"]
    assert "\\u202e" in message
    assert "\\u001b" in message
    assert "\x1b" not in message
