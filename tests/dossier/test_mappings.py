"""Mappings: files that were not made for us."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from making import codes, dossier, error, told, workbook
from vocabulary import pack

from guiju.dossier import Dossier, UnreadableDossier, open_mapping, read_collection

HEAD = "guiju-mapping: 1\npack: test\n"


def collection(
    path: Path, mapping: str, content: Any, name: str = "projects.json"
) -> list[Dossier]:
    path.mkdir(parents=True, exist_ok=True)
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content, ensure_ascii=False)
    (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    (path / "m.yaml").write_text(HEAD + mapping, encoding="utf-8")
    return list(read_collection(path / name, path / "m.yaml", pack()))


PROJECTS = {
    "A/1": {
        "name": "Alpha",
        "acres": 50.2299995422,
        "start": "2014-05-16T00:00:00Z",
        "stock": -999,
        "kind": "B",
        "areas": [{"code": 2, "acres": "15"}, {"code": 1, "acres": None}],
    },
    "B": {
        "name": "",
        "acres": "12.5",
        "start": "2014-05-16T08:00:00Z",
        "stock": "-999.0",
        "kind": "?",
    },
}
MAPPING = """
id: "@key"
title: /name
stage: { value: verification }
missing: ["", "None", -999]
facts:
  project:
    name: /name
    面积: { at: /acres, unit: 亩, read: float32 }
    start_date: { at: /start, read: timestamp }
    claimed: /stock
    stand: { at: /kind, values: { B: bamboo, "?": } }
    rate: { value: 0.5 }
tables:
  parcels:
    rows: { at: /areas }
    columns: { id: /code, area: { at: /acres, unit: 亩 }, trees: "@number" }
"""


def test_each_project_of_a_collection_is_a_dossier(tmp_path: Path) -> None:
    first, second = collection(tmp_path, MAPPING, PROJECTS)
    assert (first.id, first.title, first.stage, first.pack) == (
        "A/1", "Alpha", "verification", "test",
    )  # fmt: skip
    facts = {field: given for (_, field), given in first.facts.items()}
    assert facts["start_date"].value == date(2014, 5, 16)
    assert facts["start_date"].origin.at == "/A~11/start"
    assert facts["start_date"].origin.raw == "2014-05-16T00:00:00Z"
    assert facts["area"].origin.raw is not None
    assert "50.2299995422" in facts["area"].origin.raw
    assert facts["claimed"].value is None
    assert facts["claimed"].origin.raw == "-999"
    assert facts["stand"].value == "bamboo"
    assert facts["stand"].origin.raw == "B"
    assert facts["rate"].value == Decimal("0.5")
    assert facts["rate"].origin.file == "m.yaml"
    parcels = first.tables["parcels"]
    assert parcels.keys == ["2", "1"]
    assert parcels.columns["area"] == [Decimal(1), None]
    assert parcels.columns["trees"] == [Decimal(1), Decimal(2)]
    assert parcels.place(0, "area").at == "/A~11/areas/0/acres"
    assert second.id == "B"
    assert second.title == "B"
    assert "parcels" not in second.tables
    assert second.facts["project", "claimed"].value is None
    assert second.facts["project", "stand"].value is None
    assert codes(first) == ["mapped-place-always-missing"]
    assert codes(second) == ["mapped-place-always-missing", "not-midnight"]
    assert "project.claimed" in told(first, "mapped-place-always-missing").message["en"]


def test_digests_differ_by_project_and_not_by_folder(tmp_path: Path) -> None:
    here = collection(tmp_path / "a", MAPPING, PROJECTS)
    there = collection(tmp_path / "b", MAPPING, PROJECTS)
    assert [d.digest for d in here] == [d.digest for d in there]
    assert here[0].digest != here[1].digest
    assert [f.name for f in here[0].files] == ["m.yaml", "projects.json"]


def test_what_is_bound_but_never_occurs_is_told_with_its_line(tmp_path: Path) -> None:
    mapping = 'id: "@key"\nfacts:\n  project:\n    name: /nmae\n    code: /a/b\n'
    for found in collection(tmp_path, mapping, {"A": {"name": "x"}, "B": {"a": 3}}):
        assert codes(found) == ["mapped-place-never-occurs"] * 2
        problem = found.problems[0]
        assert problem.severity == "warning"
        assert problem.origin is not None
        assert (problem.origin.file, problem.origin.at) == ("m.yaml", "6:11")
        assert "`/nmae`" in problem.message["zh"]
        assert "2" in problem.message["zh"]


def test_names_the_vocabulary_lacks_are_errors(tmp_path: Path) -> None:
    mapping = (
        "idd: x\nfacts: { project: { aera: /a }, projct: { name: /b } }\n"
        "tables: { parcel: {}, periods: { rows: /p, columns: { numbr: /n } } }\n"
    )
    (found,) = collection(tmp_path, mapping, [{"a": 1, "p": []}])
    assert codes(found, "mapped-place-always-missing", "table-without-key") == [
        "unknown-key", "unknown-name", "unknown-name", "unknown-name", "unknown-name",
        "key-absent",
    ]  # fmt: skip
    assert "`area`" in found.problems[1].mend["en"]


FLAT = {
    "P": {
        "('rp[0]', 'start', '')": "2014-05-16T00:00:00Z",
        "('rp[0]', 'end', '')": "2016-05-15T00:00:00Z",
        "('rp[1]', 'start', '')": None,
        "('rp[1]', 'end', '')": "2017-05-15T00:00:00Z",
        "('rp[2]', 'start', '')": "2017-05-16T00:00:00Z",
        "('rp[2]', 'end', '')": None,
    }
}
NUMBERED = """
id: "@key"
tables:
  periods:
    rows: { over: { n: 0..4 }, when: "/('rp[{n}]', 'start', '')" }
    columns:
      number: { value: "{n}" }
      start: { at: "/('rp[{n}]', 'start', '')", read: timestamp }
      end: { at: "/('rp[{n}]', 'end', '')", read: timestamp }
"""


def test_numbered_columns_become_rows(tmp_path: Path) -> None:
    (found,) = collection(tmp_path, NUMBERED, FLAT)
    periods = found.tables["periods"]
    assert periods.keys == ["0", "2"]
    assert periods.columns["start"] == [date(2014, 5, 16), date(2017, 5, 16)]
    assert periods.columns["end"] == [date(2016, 5, 15), None]
    assert periods.place(1, "start").at == "/P/('rp[2]', 'start', '')"
    assert codes(found) == ["row-without-mark"]
    assert "rp[1]" in told(found, "row-without-mark").message["en"]


@pytest.mark.parametrize(
    "rows", ["{}", "{ over: { n: 5..1 }, when: /a }", "{ over: { n: x }, when: /a }"]
)
def test_rows_that_are_not_said_rightly(tmp_path: Path, rows: str) -> None:
    mapping = f'id: "@key"\ntables: {{ periods: {{ rows: {rows}, columns: {{ number: /n }} }} }}\n'
    (found,) = collection(tmp_path, mapping, {"P": {}})
    assert found.problems[0].code in ("rows-binding", "bad-numbering")


def test_rows_within_rows_and_values_of_the_project(tmp_path: Path) -> None:
    mapping = """
each: /projects
id: /id
tables:
  parcels:
    rows: { at: /species/* }
    columns: { id: /code, area: ^/ha, trees: "@key1" }
"""
    content = {
        "projects": [{"id": "X", "ha": 2, "species": {"7": [{"code": "a"}], "8": [{"code": "b"}]}}]
    }
    (found,) = collection(tmp_path, mapping, content)
    parcels = found.tables["parcels"]
    assert parcels.keys == ["a", "b"]
    assert parcels.columns["area"] == [Decimal(2), Decimal(2)]
    assert parcels.columns["trees"] == [Decimal(7), Decimal(8)]
    assert parcels.place(1, "id").at == "/projects/0/species/8/0/code"
    assert parcels.place(1, "area").at == "/projects/0/ha"


def test_an_object_of_objects_as_rows(tmp_path: Path) -> None:
    mapping = 'id: "@key"\ntables: { parcels: { rows: /p, columns: { id: "@key", area: /a } } }\n'
    (found,) = collection(tmp_path, mapping, {"X": {"p": {"P-1": {"a": 1}, "P-2": {}}}})
    assert found.tables["parcels"].keys == ["P-1", "P-2"]


def test_a_csv_with_a_project_a_row(tmp_path: Path) -> None:
    mapping = (
        "id: 项目号\n"
        "facts: { project: { area: { column: 面积, unit: 亩 }, name: 名称, code: /名称 } }\n"
    )
    found = collection(tmp_path, mapping, "项目号,面积,名称\nA,15,甲\nB,x,乙\n", "p.csv")
    assert [d.id for d in found] == ["A", "B"]
    assert found[0].facts["project", "area"].value == Decimal(1)
    assert found[0].facts["project", "area"].origin.at == "2:2"
    assert found[0].facts["project", "code"].value == "甲"
    assert codes(found[0]) == []
    assert codes(found[1]) == ["not-a-number"]


def test_a_workbook_with_a_project_a_row(tmp_path: Path) -> None:
    mapping = (
        "each: { sheet: 项目, header: 2 }\nid: 编号\n"
        "facts: { project: { area: { column: $B }, trees: 株数, rate: 无此列 } }\n"
    )
    rows = [["总表"], ["编号", "面积", "株数"], ["A", 15, error("#N/A")], ["B", 2, 3]]
    content = workbook({"项目": rows, "其他": [["x"]]})
    found = collection(tmp_path, mapping, content, "p.xlsx")
    assert found[0].facts["project", "area"].origin.at == "B3"
    assert found[0].facts["project", "area"].origin.sheet == "项目"
    assert codes(found[0]) == ["mapped-place-never-occurs", "error-cell"]
    assert codes(found[1]) == ["mapped-place-never-occurs"]


def test_periods_from_two_places(tmp_path: Path) -> None:
    mapping = (
        'id: "@key"\nfacts: { project: { crediting: { start: /from, '
        "end: { at: /to, read: timestamp } } } }\n"
    )
    content = {
        "A": {"from": "2014-01-01", "to": "2014-12-31T00:00:00Z"},
        "B": {"from": "2014-01-01", "to": None},
        "C": {"from": "2014-01-01", "to": "2013-01-01T00:00:00Z"},
    }
    a, b, c = collection(tmp_path, mapping, content)
    assert a.facts["project", "crediting"].value == (date(2014, 1, 1), date(2014, 12, 31))
    assert b.facts["project", "crediting"].value is None
    assert codes(c) == ["period-backwards"]


def test_projects_without_id_and_with_the_same(tmp_path: Path) -> None:
    found = collection(tmp_path, "id: /id\n", [{"id": "A"}, {"id": "A"}, {}])
    assert [codes(d) for d in found] == [[], ["project-twice"], ["project-without-id"]]
    assert found[2].id == "2"


def test_a_collection_that_cannot_be_read_at_all(tmp_path: Path) -> None:
    for content, name, code in (
        ("{", "p.json", "json-broken"),
        ("", "p.json", "empty-file"),
        ("3", "p.json", "no-rows-there"),
        ("{}", "p.json", "no-projects"),
        ('a,"b\n', "p.csv", "quote-not-closed"),
        (b"x", "p.xlsx", "not-a-workbook"),
    ):
        with pytest.raises(UnreadableDossier) as caught:
            collection(tmp_path, 'id: "@key"\n', content, name)
        assert caught.value.problem.code == code
    with pytest.raises(UnreadableDossier):
        list(read_collection(tmp_path / "absent.json", tmp_path / "m.yaml", pack()))


def test_a_mapping_names_its_pack_before_anything_else(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(HEAD + "facts: {}\n")
    assert open_mapping(tmp_path / "m.yaml").pack == "test"
    for text, code in (
        ("a: 1\n", "not-a-mapping-file"),
        ("", "empty-file"),
        ("a: [\n", "yaml-broken"),
    ):
        (tmp_path / "m.yaml").write_text(text)
        with pytest.raises(UnreadableDossier) as caught:
            open_mapping(tmp_path / "m.yaml")
        assert caught.value.problem.code == code
    with pytest.raises(UnreadableDossier):
        open_mapping(tmp_path / "absent.yaml")


def test_wrong_readings_units_and_pointers_are_told(tmp_path: Path) -> None:
    mapping = (
        'id: "@key"\n'
        "facts: { project: { area: { at: /a, unit: hb, read: float16 }, name: { at: a }, "
        "code: { at: /a, value: 3 }, rate: { cell: C3 } } }\n"
    )
    (found,) = collection(tmp_path, mapping, {"A": {"a": 1}})
    assert codes(found) == ["unknown-unit", "binding-places", "bad-pointer", "binding-not-here"]


def test_a_mapping_inside_a_dossier_binds_its_files(tmp_path: Path) -> None:
    mapping = HEAD + (
        "file: 总表.xlsx\nmissing: [无]\nid: x\n"
        "facts:\n  project:\n    area: { sheet: 封面, cell: B1, unit: 亩 }\n"
        "    name: { name: 项目名 }\n    code: { file: e.json, at: /code }\n"
        "    rate: { file: e.json, at: /none }\n    claimed: { sheet: 封面, cell: B2 }\n"
        "tables:\n  parcels: { sheet: 小班 }\n"
    )
    content = workbook(
        {"封面": [["面积", 15], ["名称", "无"]], "小班": [["id", "area"], ["P", 1]]},
        names='<definedName name="项目名">封面!$A$2</definedName>',
    )
    found = dossier(
        tmp_path,
        "mapping: m.yaml\nfacts: { project: { claimed: 5 } }\n",
        {"m.yaml": mapping, "总表.xlsx": content, "e.json": '{"code": 12}'},
    )
    assert codes(found, "missing-column") == [
        "collection-mapping", "mapped-place-absent", "fact-twice",
    ]  # fmt: skip
    assert found.facts["project", "area"].value == Decimal(1)
    assert found.facts["project", "name"].value == "名称"
    assert found.facts["project", "code"].origin.at == "/code"
    assert found.facts["project", "claimed"].value == Decimal(5)
    assert found.tables["parcels"].keys == ["P"]
    assert {f.name for f in found.files} == {"dossier.yaml", "m.yaml", "总表.xlsx", "e.json"}


@pytest.mark.parametrize(
    ("text", "day"),
    [("2014-05-16T00:00:00Z", "2014-05-16"), ("2015-09-30", "2015-09-30")],
)
def test_a_timestamp_is_a_day_at_midnight_or_a_plain_date(text: str, day: str) -> None:
    from guiju.dossier.dates import timestamp

    assert timestamp(text).isoformat() == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2014-05-16T08:00:00Z", "not-midnight"),
        ("2015-02-30T00:00:00Z", "impossible-date"),
        ("soon", "not-a-date"),
    ],
)
def test_another_timestamp_says_what_it_is(text: str, code: str) -> None:
    from guiju.dossier.dates import timestamp
    from guiju.dossier.problems import Rejected

    with pytest.raises(Rejected) as rejected:
        timestamp(text)
    assert rejected.value.code == code


@pytest.mark.parametrize("nothing", ["", "None", "-999.0", None, []])
def test_rows_that_are_missing_in_the_mappings_words_are_no_error(nothing: object) -> None:
    from guiju.dossier.lens import Lens
    from guiju.dossier.scopes import spread

    lens = Lens(missing=frozenset({"", "None"}), missing_numbers=(Decimal(-999),))
    assert spread({"areas": nothing}, "", "/areas", lens) == []
