"""Mappings for one project in the files of a folder, and headings told by a crosswalk."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from making import codes, told
from vocabulary import pack

from guiju.dossier import Dossier, UnreadableDossier, read_collection

HEAD = "guiju-mapping: 1\npack: test\neach: folder\n"
NOTES = ("unused-column",)


def folder(path: Path, mapping: str, at: str = "", **files: str) -> Dossier:
    """The dossier of a folder with these files (`parcels_csv` is `parcels.csv`), read by the
    folder or by the file `at`."""
    inside = path / "data"
    inside.mkdir(parents=True)
    for name, content in files.items():
        (inside / name.replace("_csv", ".csv").replace("_json", ".json")).write_text(
            content, encoding="utf-8"
        )
    (path / "m.yaml").write_text(HEAD + mapping, encoding="utf-8")
    (read,) = read_collection(inside / at if at else inside, path / "m.yaml", pack())
    return read


TWO = """
facts:
  project: { name: { value: Loire } }
submitted: { value: 2024-05-01 }
tables:
  parcels: { file: parcels.csv, columns: { id: plot, area: { column: size, unit: 亩 } } }
  periods:
    file: periods.csv
    optional: yes
    columns: { number: "@number", volume: { column: v, unit: m3, optional: yes } }
"""
PARCELS = "plot,size\nP-1,15\nP-2,30\n"


@pytest.mark.parametrize("at", ["", "parcels.csv"])
def test_each_table_has_its_file_whichever_is_named(tmp_path: Path, at: str) -> None:
    read = folder(tmp_path, TWO, at, parcels_csv=PARCELS, periods_csv="v\n3\n4\n")
    assert read.id == "data"
    assert read.facts["project", "name"].value == "Loire"
    assert str(read.submitted) == "2024-05-01"
    assert read.tables["parcels"].columns["area"] == [Decimal(1), Decimal(2)]
    # Rows without a key of their own are called by their place.
    assert read.tables["periods"].keys == ["1", "2"]
    assert read.tables["periods"].columns["volume"] == [Decimal(3), Decimal(4)]
    assert {file.name for file in read.files} == {"parcels.csv", "periods.csv", "m.yaml"}


def test_an_optional_file_may_be_absent_and_that_is_noted(tmp_path: Path) -> None:
    read = folder(tmp_path, TWO, parcels_csv=PARCELS)
    assert "periods" not in read.tables
    assert told(read, "optional-file-absent").severity == "note"


def test_an_optional_column_may_be_absent(tmp_path: Path) -> None:
    read = folder(tmp_path, TWO, parcels_csv=PARCELS, periods_csv="w\n3\n")
    assert read.tables["periods"].columns["volume"] == [None]
    assert "column-not-found" not in codes(read)


def test_a_column_asked_for_is_else_to_be_there(tmp_path: Path) -> None:
    read = folder(tmp_path, TWO, parcels_csv="plot,area\nP-1,1\n")
    assert told(read, "column-not-found").severity == "error"


def test_a_file_that_is_not_optional_is_to_be_there(tmp_path: Path) -> None:
    mapping = "tables:\n  parcels: { file: parcels.csv }\n  periods: { file: none.csv }\n"
    read = folder(tmp_path, mapping, parcels_csv="id\nP-1\n")
    assert told(read, "file-missing").severity == "error"


def test_without_any_table_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDossier):
        folder(tmp_path, TWO, other_csv="a\n1\n")


def test_a_table_without_a_file_is_in_the_one_that_is_named_or_alone(tmp_path: Path) -> None:
    mapping = "tables:\n  parcels: { columns: { id: plot } }\n"
    alone = folder(tmp_path / "a", mapping, any_csv=PARCELS)
    assert alone.tables["parcels"].keys == ["P-1", "P-2"]
    assert alone.id == "data"
    named = folder(tmp_path / "b", mapping, "any.csv", any_csv=PARCELS, other_csv="x\n1\n")
    assert named.id == "any"
    assert named.tables["parcels"].keys == ["P-1", "P-2"]


def test_rows_of_a_json_file_are_reached_by_pointers(tmp_path: Path) -> None:
    mapping = "tables:\n  parcels: { at: /rows, columns: { id: /key, area: /in/a } }\n"
    text = '{"rows": [{"key": "P-1", "in": {"a": 2.50}}]}'
    read = folder(tmp_path, mapping, some_json=text)
    assert read.tables["parcels"].columns["area"] == [Decimal("2.50")]


# --- crosswalks ---------------------------------------------------------------------------------

WALK = """
tables:
  parcels:
    file: data.csv
    crosswalk: { file: match.csv, from: var_in, to: var_out, unit: unit_in, missing: ["NA"] }
    missing: ["NA"]
    columns:
      id: p.id
      area: { column: a.ha, optional: yes }
"""
MATCH = 'var_in,method,unit_in,var_out\nPlot no.,?,NA,p.id\nsize,?,m2,a.ha\nnote,NA,NA,NA\n"a,b",NA,NA,NA\n'


def test_a_crosswalk_says_what_headings_and_units_are_meant(tmp_path: Path) -> None:
    data = "Plot no.,size,note\nP-1,10000,x\nP-2,NA,y\n"
    read = folder(tmp_path, WALK, data_csv=data, match_csv=MATCH)
    assert read.tables["parcels"].keys == ["P-1", "P-2"]
    assert read.tables["parcels"].columns["area"] == [Decimal(1), None]
    assert "match.csv" in {file.name for file in read.files}


def test_the_headings_are_found_below_words_about_the_table(tmp_path: Path) -> None:
    data = "Data of 2001,,\n,,\nPlot no.,size,note\nP-1,10000,x\n"
    read = folder(tmp_path, WALK, data_csv=data, match_csv=MATCH)
    assert read.tables["parcels"].columns["area"] == [Decimal(1)]
    assert read.tables["parcels"].place(0, "area").at == "4:2"


def test_without_the_crosswalk_headings_are_what_they_say(tmp_path: Path) -> None:
    read = folder(tmp_path, WALK, data_csv="p.id,a.ha\nP-1,3\n")
    assert read.tables["parcels"].columns["area"] == [Decimal(3)]


def test_a_heading_that_stands_for_nothing_is_not_taken_for_its_name(tmp_path: Path) -> None:
    match = "var_in,unit_in,var_out\nplot,NA,p.id\na.ha,NA,NA\n"
    read = folder(tmp_path, WALK, data_csv="plot,a.ha\nP-1,3\n", match_csv=match)
    assert read.tables["parcels"].columns["area"] == [None]


def test_a_unit_nobody_knows_leaves_its_column_out(tmp_path: Path) -> None:
    match = MATCH.replace("m2", "cuerda")
    data = "Plot no.,size\nP-1,3\n"
    read = folder(tmp_path, WALK, data_csv=data, match_csv=match)
    assert read.tables["parcels"].columns["area"] == [None]
    assert "cuerda" in told(read, "crosswalk-unit").message["en"]


def test_two_headings_for_one_name_are_told_and_the_first_is_taken(tmp_path: Path) -> None:
    match = MATCH + "size2,?,ha,a.ha\n"
    data = "Plot no.,size,size2\nP-1,10000,7\n"
    read = folder(tmp_path, WALK, data_csv=data, match_csv=match)
    assert read.tables["parcels"].columns["area"] == [Decimal(1)]
    assert told(read, "crosswalk-twice").severity == "warning"


def test_a_crosswalk_without_its_headings_is_told(tmp_path: Path) -> None:
    data = "p.id,a.ha\nP-1,3\n"
    read = folder(tmp_path, WALK, data_csv=data, match_csv="a,b\n1,2\n")
    assert told(read, "crosswalk-headings").severity == "warning"
    assert read.tables["parcels"].columns["area"] == [Decimal(3)]


def test_a_crosswalk_leads_nowhere_outside(tmp_path: Path) -> None:
    mapping = WALK.replace("match.csv", "../m.yaml")
    read = folder(tmp_path, mapping, data_csv="p.id,a.ha\nP-1,3\n")
    assert "unsafe-name" in codes(read)
