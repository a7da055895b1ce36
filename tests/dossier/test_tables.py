"""Tables from CSV, JSON and rows in the dossier itself."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import codes, dossier, told

from guiju.dossier import Dossier, limits
from guiju.dossier.csv_grid import read_csv
from guiju.verdicts import Problem

COLUMNS = ("missing-column", "unused-column")


def table(
    path: Path, content: str | bytes, spec: str = "parcels.csv", name: str = "parcels.csv"
) -> Dossier:
    return dossier(path, f"tables: {{ parcels: {spec} }}\n", {name: content})


def test_headings_by_name_alias_and_label_with_units(tmp_path: Path) -> None:
    text = (
        "小班号, Area [mu] ,林 分,planted,株数,有林地\nXB-1,15,乔木,2024/3/1,12,是\n012,,竹子,,,\n"
    )
    found = table(tmp_path, text)
    assert codes(found) == []
    parcels = found.tables["parcels"]
    assert parcels.keys == ["XB-1", "012"]
    assert len(parcels) == 2
    assert parcels.columns == {
        "id": ["XB-1", "012"],
        "area": [Decimal(1), None],
        "stand": ["tree", "bamboo"],
        "planted": [date(2024, 3, 1), None],
        "trees": [Decimal(12), None],
        "forest": [True, None],
    }
    place = parcels.place(0, "area")
    assert (place.file, place.at, place.raw) == ("parcels.csv", "2:2", "15 亩")
    assert parcels.place(0, "trees").raw is None


@pytest.mark.parametrize("heading", ["面积(亩)", "面积（亩）", "面积[亩]", "面积/亩", "AREA (mu)"])
def test_the_unit_of_a_heading_is_honoured(tmp_path: Path, heading: str) -> None:
    found = table(tmp_path, f"id,{heading}\nP,15\nQ,1 ha\n")
    assert codes(found, *COLUMNS) == []
    assert found.tables["parcels"].columns["area"] == [Decimal(1), Decimal(1)]


def test_a_heading_whose_brackets_hold_no_unit_is_not_guessed(tmp_path: Path) -> None:
    found = table(tmp_path, "id,面积(实测)\nP,15\n")
    assert codes(found, *COLUMNS) == ["unknown-unit"]
    assert found.tables["parcels"].columns["area"] == [None]
    said = table(
        tmp_path, "id,面积(实测)\nP,15\n", "{ file: parcels.csv, columns: { 面积: 面积(实测) } }"
    )
    assert said.tables["parcels"].columns["area"] == [Decimal(15)]


def test_a_heading_with_a_unit_of_another_dimension(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area (m3)\nP,15\n")
    assert codes(found, *COLUMNS) == ["wrong-unit"]
    assert told(found, "wrong-unit").origin.at == "1:2"


def test_columns_can_be_named_with_unit_and_missing_values(tmp_path: Path) -> None:
    spec = (
        "{ file: parcels.csv, missing: [-, -999], columns: "
        "{ area: { column: S1, unit: 亩 }, stand: { column: T, values: { 1: tree, 2: bamboo } } } }"
    )
    found = table(tmp_path, "id,S1,T,trees\nP,15,1,-999.0\nQ,-,2,4\n", spec)
    assert codes(found, *COLUMNS) == []
    columns = found.tables["parcels"].columns
    assert columns["area"] == [Decimal(1), None]
    assert columns["stand"] == ["tree", "bamboo"]
    assert columns["trees"] == [None, Decimal(4)]
    assert found.tables["parcels"].place(0, "trees").raw == "-999.0"


def test_a_column_asked_for_but_absent_suggests_one(tmp_path: Path) -> None:
    spec = "{ file: parcels.csv, columns: { area: 面积合计, hight: x } }"
    found = table(tmp_path, "id,面积总计\nP,1\n", spec)
    assert "column-not-found" in codes(found)
    assert "unknown-name" in codes(found)
    assert "`面积总计`" in told(found, "column-not-found").mend["zh"]


def test_a_missing_and_an_unknown_column_are_told(tmp_path: Path) -> None:
    found = table(tmp_path, "id,aera,stand,trees,forest,备注\nP,1,tree,2,yes,x\n")
    assert codes(found) == ["missing-column", "unused-column", "unused-column"]
    assert told(found, "missing-column").severity == "warning"
    assert "`aera`" in told(found, "missing-column").mend["en"]
    assert found.problems[1].severity == "note"
    assert "`area`" in found.problems[1].mend["en"]
    assert found.tables["parcels"].columns["area"] == [None]


def test_two_columns_of_one_field(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area,面积\nP,1,2\n")
    assert "column-twice" in codes(found)
    assert found.tables["parcels"].columns["area"] == [Decimal(1)]


def test_a_heading_that_stands_twice(tmp_path: Path) -> None:
    assert "heading-twice" in codes(table(tmp_path, "id,note,note\nP,1,2\n"))


def test_a_table_without_its_key(tmp_path: Path) -> None:
    found = table(tmp_path, "area,stand\n1,tree\n2,tree\n")
    problem = told(found, "table-without-key")
    assert problem.severity == "error"
    assert "小班号" in problem.message["zh"]
    assert found.tables["parcels"].keys == ["#2", "#3"]


def test_a_row_without_its_key_and_keys_given_twice(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area\nP,1\n,2\nP,3\n")
    assert codes(found, *COLUMNS) == ["key-missing", "row-twice"]
    assert "rows 2 and 4" in told(found, "row-twice").message["en"]
    assert found.tables["parcels"].keys == ["P", "#3", "P #4"]
    assert found.tables["parcels"].columns["area"] == [Decimal(n) for n in (1, 2, 3)]


def test_rows_with_a_wrong_number_of_fields(tmp_path: Path) -> None:
    found = table(tmp_path, 'id,area\n"a\nb",1\nQ,2,3\nR\nS,4\n')
    assert codes(found, *COLUMNS) == ["wrong-fields", "wrong-fields"]
    first, second = (p for p in found.problems if p.code == "wrong-fields")
    assert first.origin is not None
    assert first.origin.at == "4:3"
    assert "2 fields" not in first.message["en"]
    assert "3 fields" in first.message["en"]
    assert second.origin is not None
    assert second.origin.at == "5:2"
    assert found.tables["parcels"].keys == ["a\nb", "#4", "#5", "S"]
    assert found.tables["parcels"].place(3, "area").at == "6:2"


def test_empty_rows_are_left_out_and_noted(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area\nP,1\n,\n\nQ,2\n , \n")
    note = told(found, "empty-rows")
    assert note.severity == "note"
    assert "3-4, 6" in note.message["en"]
    assert found.tables["parcels"].keys == ["P", "Q"]
    assert found.tables["parcels"].place(1, "area").at == "5:2"


def test_a_row_of_totals_within_a_table_is_warned_of(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area\nP,1\n小计,1\nQ,1\n")
    assert told(found, "total-row").severity == "warning"
    assert found.tables["parcels"].keys == ["P", "小计", "Q"]


def test_totals_and_notes_below_a_table_are_left_out_and_told(tmp_path: Path) -> None:
    below = "合 计,1\n注：1. 面积为测绘面积。,\n填表人：甲,填表日期：2026-08-01\n"
    found = table(tmp_path, f"id,area\nP,1\n注1,1\n{below}")
    problem = told(found, "rows-below")
    assert problem.severity == "warning" and problem.origin and problem.origin.at == "4:1"
    assert "3" in problem.message["zh"] and "合 计" in problem.message["zh"]
    assert found.tables["parcels"].keys == ["P", "注1"]
    assert codes(found, *COLUMNS, "rows-below") == []


def test_a_whole_number_may_be_headed_by_what_it_counts(tmp_path: Path) -> None:
    found = table(tmp_path, "id,株数（株）,面积（亩）\nP,12,15\n")
    assert codes(found, *COLUMNS) == []
    assert found.tables["parcels"].columns["trees"] == [Decimal(12)]


def test_every_bad_cell_is_told_with_its_place(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area,planted\nP,1.2.3,2023-02-30\nQ,-1,2024-01-01\n")
    assert codes(found, *COLUMNS) == ["not-a-number", "out-of-range", "impossible-date"]
    places = [p.origin.at for p in found.problems if p.severity == "error" and p.origin]
    assert places == ["2:2", "3:2", "2:3"]
    assert found.tables["parcels"].columns["planted"] == [None, date(2024, 1, 1)]


def test_a_column_that_is_wrong_throughout_is_summed_up(tmp_path: Path) -> None:
    rows = "".join(f"P{n},x{n}\n" for n in range(200))
    found = table(tmp_path, "id,area\n" + rows)
    assert codes(found, *COLUMNS).count("not-a-number") == limits.MAX_ALIKE
    assert "150 more" in told(found, "more-alike").message["en"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('id,area\nP,"1\nQ,2\n', "quote-not-closed"),
        ('id,area\nP,"1"x\n', "csv-broken"),
        ("", "empty-file"),
        ("\n\n", "empty-file"),
        ("id;area\nP;1\n", "wrong-delimiter"),
        ("id\tarea\nP\t1\n", "wrong-delimiter"),
        ("小班一览表\nid,area\nP,1\n", "title-row"),
        ("id,area\nP,\0\n", "binary-content"),
    ],
)
def test_a_csv_that_cannot_be_read_gives_no_table(tmp_path: Path, text: str, code: str) -> None:
    found = table(tmp_path, text)
    assert codes(found) == [code]
    assert found.problems[0].severity == "error"
    assert found.tables == {}
    assert found.problems[0].origin is not None
    assert found.problems[0].origin.file == "parcels.csv"


def test_a_quote_that_is_not_closed_is_told_by_the_line_it_opens_on(tmp_path: Path) -> None:
    found = table(tmp_path, 'id,area\n"P\n1",1\nQ,"2\nR,3\nS,4\n')
    assert "line 4" in told(found, "quote-not-closed").message["en"]


def test_delimiters_and_headings_further_down_are_declared(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "小班一览表\nid;area\nP;1\n",
        '{ file: parcels.csv, delimiter: ";", header: 2 }',
    )
    assert found.tables["parcels"].columns["area"] == [Decimal(1)]
    assert found.tables["parcels"].place(0, "area").at == "3:2"
    assert codes(table(tmp_path, "a", '{ file: parcels.csv, delimiter: "xx" }')) == [
        "unknown-delimiter",
        "unused-files",
    ]


def test_a_huge_field_is_refused(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area\nP," + "1" * (3 * limits.MAX_FIELD) + "\n")
    assert codes(found) == ["field-too-large"]
    before = csv.field_size_limit()
    assert before != limits.MAX_FIELD


def test_a_file_of_two_gigabytes_is_refused_without_reading_it(tmp_path: Path) -> None:
    with open(tmp_path / "big.csv", "wb") as file:
        file.truncate(2 * 1024**3)
    found = dossier(tmp_path, "tables: { parcels: big.csv }\n")
    assert codes(found) == ["file-too-large"]


def test_encodings_are_decided_strictly(tmp_path: Path) -> None:
    text = "id,area,stand\n小班一,1,乔木\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        found = table(tmp_path / encoding, text.encode(encoding))
        assert found.tables["parcels"].keys == ["小班一"]
        assert found.files[1].encoding == encoding
        noted = "other-encoding" in codes(found)
        assert noted == (encoding in ("gb18030", "utf-16"))


def test_bytes_in_no_encoding_give_their_offset(tmp_path: Path) -> None:
    found = table(tmp_path, b"id,area\nP,1\nQ\xff\xff,2\n")
    problem = told(found, "undecodable")
    assert "byte 13" in problem.message["en"]
    assert "line 3" in problem.message["en"]


def test_json_rows(tmp_path: Path) -> None:
    rows = (
        '{"rows": [{"id": "P", "area": 1.10, "forest": true}, '
        '{"小班号": null, "id": "Q", "x": {}}]}'
    )
    found = table(tmp_path, rows, "{ file: p.json, at: /rows }", "p.json")
    parcels = found.tables["parcels"]
    assert str(parcels.columns["area"][0]) == "1.10"
    assert parcels.columns["forest"][0] is True
    assert parcels.place(0, "area").at == "/rows/0/area"


def test_json_objects_by_key_and_pointers_within_rows(tmp_path: Path) -> None:
    rows = json.dumps({"P/1": {"size": {"mu": "15"}}, "Q": {"size": None}})
    spec = "{ file: p.json, columns: { id: '@key', area: { at: /size/mu, unit: 亩 } } }"
    found = table(tmp_path, rows, spec, "p.json")
    parcels = found.tables["parcels"]
    assert parcels.keys == ["P/1", "Q"]
    assert parcels.columns["area"] == [Decimal(1), None]
    assert parcels.place(0, "area").at == "/P~11/size/mu"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "json-broken"),
        ("[" * 100_000, "json-too-deep"),
        ('{"rows": 3}', "no-rows-there"),
        ("[1]", "row-not-an-object"),
        ('[{"id": "\\ud800"}]', "json-broken"),
    ],
)
def test_json_that_cannot_be_read(tmp_path: Path, text: str, code: str) -> None:
    spec = "{ file: p.json, at: /rows }" if "rows" in text else "p.json"
    assert codes(table(tmp_path, text, spec, "p.json")) == [code]


def test_json_keys_given_twice_and_numbers_that_are_none(tmp_path: Path) -> None:
    text = '[{"id": "P", "area": 1, "area": 2}, {"id": "Q", "area": NaN}]'
    found = table(tmp_path, text, "p.json", "p.json")
    assert codes(found, *COLUMNS) == ["json-key-twice", "not-a-number"]
    assert found.problems[0].origin is not None
    assert found.problems[0].origin.at == "/0"
    assert found.tables["parcels"].columns["area"] == [Decimal(1), None]


def test_rows_in_the_dossier_itself(tmp_path: Path) -> None:
    yaml = "tables:\n  地块:\n    - { 小班号: 012, area: 15 亩 }\n    - { 小班号: Q, area: x }\n"
    found = dossier(tmp_path, yaml)
    assert found.tables["parcels"].keys == ["012", "Q"]
    assert found.tables["parcels"].place(0, "area").raw == "15 亩"
    assert told(found, "not-a-number").origin.at == "9:23"


def test_tables_that_name_no_file_or_an_absent_one(tmp_path: Path) -> None:
    found = dossier(tmp_path, "tables: { parcels: { file: }, periods: 周期.csv, parcel: a.csv }\n")
    assert codes(found) == ["table-without-file", "file-missing", "unknown-name"]


def test_keys_for_another_kind_of_file_are_told(tmp_path: Path) -> None:
    found = table(tmp_path, "id,area\nP,1\n", "{ file: parcels.csv, sheet: A, hdr: 1 }")
    assert codes(found, *COLUMNS) == ["unknown-key", "key-for-other-file"]


def test_whole_numbers_as_keys(tmp_path: Path) -> None:
    found = dossier(tmp_path, "tables: { periods: p.csv }\n", {"p.csv": "number,start\n1,\n2,\n"})
    assert found.tables["periods"].keys == ["1", "2"]


def test_two_thousand_rows_are_read_without_a_problem(tmp_path: Path) -> None:
    rows = "".join(f"P-{n},{n / 7:.3f},乔木,2024-03-{n % 28 + 1:02},{n},是\n" for n in range(2000))
    found = table(tmp_path, "小班号,面积,林分,种植日期,株数,有林地\n" + rows)
    assert codes(found) == []
    assert len(found.tables["parcels"]) == 2000


cells = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n"'), min_size=1
).filter(lambda text: bool(text.strip()))


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_csv_text_survives(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([("a", "b"), *rows])
    problems: list[Problem] = []
    grid = read_csv(stream.getvalue(), "x.csv", problems)
    assert [tuple(row) for row in grid.rows] == rows
    assert problems == []
    line = int(grid.at(len(rows) - 1, 0).split(":")[0])
    above = stream.getvalue().split("\n")[: line - 1]
    assert sum(text.count("\n") for row in rows[:-1] for text in row) + len(rows) == len(above)
