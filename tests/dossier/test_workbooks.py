"""Workbooks: what a spreadsheet shows, what it stores, and what it hides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from making import Raw, codes, day, dossier, error, formula, told, workbook, zipped

from guiju.dossier import Dossier
from guiju.dossier.stored import kind_of_format, percentage

COLUMNS = ("missing-column", "unused-column")
HEADINGS = ["id", "面积(亩)", "planted", "trees", "stand", "forest"]


def table(path: Path, content: bytes, spec: str = "p.xlsx") -> Dossier:
    return dossier(path, f"tables: {{ parcels: {spec} }}\n", {"p.xlsx": content})


def test_a_sheet_is_read_with_the_name_of_each_cell(tmp_path: Path) -> None:
    rows = [HEADINGS, ["012", 15, day("45352"), "3", "乔木", Raw('<c r="{r}" t="b"><v>1</v></c>')]]
    found = table(tmp_path, workbook({"小班": rows}))
    assert codes(found) == []
    parcels = found.tables["parcels"]
    assert parcels.keys == ["012"]
    assert [parcels.columns[f][0] for f in parcels.columns] == [
        "012", Decimal(1), "tree", date(2024, 3, 1), Decimal(3), True,
    ]  # fmt: skip
    place = parcels.place(0, "area")
    assert (place.file, place.sheet, place.at, place.raw) == ("p.xlsx", "小班", "B2", "15 亩")


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("12.50", "12.50"),
        ("1.1000000000000001", "1.1"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("50.229999999999997", "50.23"),
        ("1E-3", "0.001"),
        ("0.123456789012345678901", "0.123456789012345678901"),
    ],
)
def test_numbers_are_the_digits_stored_or_the_shortest_of_the_float(
    tmp_path: Path, stored: str, value: str
) -> None:
    found = table(
        tmp_path, workbook({"S": [["id", "area"], ["P", Raw(f'<c r="{{r}}"><v>{stored}</v></c>')]]})
    )
    area = found.tables["parcels"].columns["area"][0]
    assert area == Decimal(value)
    assert len(str(area)) <= max(len(value), len(stored))
    place = found.tables["parcels"].place(0, "area")
    assert place.raw == (None if str(area) == stored else stored)


def test_error_cells_and_formulas_without_a_value_are_named(tmp_path: Path) -> None:
    rows = [
        ["id", "area", "trees"],
        ["P", error("#DIV/0!"), formula("A1+1", None)],
        ["Q", formula("1+1", "2"), error("#N/A")],
    ]
    found = table(tmp_path, workbook({"S": rows}))
    assert codes(found, *COLUMNS) == ["error-cell", "formula-without-value", "error-cell"]
    first = found.problems[[p.code for p in found.problems].index("error-cell")]
    assert first.origin is not None
    assert (first.origin.sheet, first.origin.at) == ("S", "B2")
    assert "#DIV/0!" in first.message["en"]
    assert "=A1+1" in told(found, "formula-without-value").message["zh"]
    assert found.tables["parcels"].columns["area"] == [None, Decimal(2)]
    assert found.tables["parcels"].place(0, "area").raw == "#DIV/0!"


def test_hidden_and_merged_parts_are_warned_of(tmp_path: Path) -> None:
    content = workbook(
        {"S": [["id", "area"], ["P", 1], ["Q", 2]], "旧": [["x"]]},
        hidden=("旧",),
        rows='hidden="1"',
        before='<cols><col min="2" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="Z9:Z10"/></mergeCells>',
    )
    found = table(tmp_path, content)
    assert codes(found, *COLUMNS) == [
        "other-hidden-sheets", "hidden-rows", "hidden-columns", "merged-cells",
    ]  # fmt: skip
    assert "B2:B3" in told(found, "merged-cells").message["en"]
    assert "Z9" not in told(found, "merged-cells").message["en"]
    assert "`B`" in told(found, "hidden-columns").message["en"]


def test_a_hidden_sheet_is_read_when_named_and_said(tmp_path: Path) -> None:
    content = workbook({"S": [["x"]], "旧": [["id", "area"], ["P", 1]]}, hidden=("旧",))
    found = table(tmp_path, content, "{ file: p.xlsx, sheet: 旧 }")
    assert codes(found, *COLUMNS) == ["hidden-sheet"]
    assert found.tables["parcels"].keys == ["P"]


def test_sheets_are_never_guessed(tmp_path: Path) -> None:
    content = workbook({"小班": [["id"], ["P"]], "样地": [["id"], ["S"]], "空": []})
    assert codes(table(tmp_path, content)) == ["which-sheet"]
    wrong = table(tmp_path, content, "{ file: p.xlsx, sheet: 小斑 }")
    assert "`小班`" in told(wrong, "no-sheet").mend["zh"]
    assert codes(table(tmp_path, workbook({"A": [["id"], ["P"]], "空": []})), *COLUMNS) == []


def test_empty_rows_and_headings_further_down(tmp_path: Path) -> None:
    rows = [["小班一览表", None], [None], ["id", "area"], ["P", 1], [None], ["Q", 2], [None]]
    content = workbook({"S": rows})
    problem = told(table(tmp_path, content, "{ file: p.xlsx, sheet: S }"), "title-row")
    assert "`header: 3`" in problem.mend["en"]
    assert problem.origin and (problem.origin.sheet, problem.origin.at) == ("S", "A1")
    found = table(tmp_path, content, "{ file: p.xlsx, header: 3 }")
    assert "5" in told(found, "empty-rows").message["en"]
    parcels = found.tables["parcels"]
    assert parcels.keys == ["P", "Q"]
    assert parcels.place(1, "area").at == "B6"


def test_a_sheet_that_does_not_begin_at_a1_keeps_its_addresses(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], [], [None, None, "id", "area"], [None, None, "P", 1]]
    found = table(tmp_path, workbook({"S": rows}))
    assert found.tables["parcels"].place(0, "area").at == "D4"


def test_named_tables_without_their_totals(tmp_path: Path) -> None:
    rows = [["注", None, None], [None, "id", "area"], [None, "P", 1], [None, "合计", 1]]
    content = workbook({"S": rows}, table=("表1", "B2:C4", 'totalsRowCount="1"'))
    found = table(tmp_path, content, "{ file: p.xlsx, table: 表1 }")
    assert codes(found, *COLUMNS) == []
    assert found.tables["parcels"].keys == ["P"]
    wrong = table(tmp_path, content, "{ file: p.xlsx, table: 表2 }")
    assert "`表1`" in told(wrong, "no-named-table").mend["en"]


def test_facts_from_cells_and_names(tmp_path: Path) -> None:
    content = workbook(
        {"封面": [["面积", 15], ["株数", error("#REF!")]], "B": [["开工", day("45352")]]},
        names="<definedName name=\"开工日\">'B'!$B$1</definedName>"
        '<definedName name="片">封面!$A$1:$B$2</definedName>',
        after='<mergeCells><mergeCell ref="A5:B5"/></mergeCells>',
    )
    yaml = """
facts:
  project:
    area: { file: p.xlsx, sheet: 封面, cell: B1, unit: 亩 }
    trees: { file: p.xlsx, sheet: 封面, cell: B2 }
    start_date: { file: p.xlsx, name: 开工日 }
    since: { file: p.xlsx, name: 片 }
    name: { file: p.xlsx, sheet: 封面, cell: 3C }
    code: { file: p.xlsx, sheet: 封面, cell: B5 }
    share: { file: p.xlsx, sheet: 背面, cell: B5 }
    rate: { value: 0.5, unit: "%" }
    burnt: { file: p.xlsx }
"""
    found = dossier(tmp_path, yaml, {"p.xlsx": content})
    assert codes(found) == [
        "error-cell", "no-name", "bad-cell", "merged-cells", "no-sheet", "binding-places",
    ]  # fmt: skip
    facts = {field: given for (_, field), given in found.facts.items()}
    assert facts["area"].value == Decimal(1)
    assert facts["area"].origin.at == "B1"
    assert facts["start_date"].value == date(2024, 3, 1)
    assert facts["start_date"].origin.sheet == "B"
    assert facts["rate"].value == Decimal("0.005")
    assert facts["code"].value is None


@pytest.mark.parametrize(
    ("serial", "system", "value"),
    [
        ("1", "", date(1900, 1, 1)),
        ("59", "", date(1900, 2, 28)),
        ("60", "", None),
        ("61", "", date(1900, 3, 1)),
        ("45352", "", date(2024, 3, 1)),
        ("43890", '<workbookPr date1904="1"/>', date(2024, 3, 1)),
        ("45352.5", "", None),
        ("-1", "", None),
        ("9999999", "", None),
    ],
)
def test_days_are_counted_as_the_workbook_counts(
    tmp_path: Path, serial: str, system: str, value: date | None
) -> None:
    content = workbook({"S": [["id", "planted"], ["P", day(serial)]]}, properties=system)
    found = table(tmp_path, content)
    assert found.tables["parcels"].columns["planted"] == [value]
    assert bool(codes(found, *COLUMNS)) == (value is None)


def test_formats_that_show_days() -> None:
    days = [(14, None), (31, None), (164, 'yyyy"年"m"月"'), (165, "[$-804]d/mmm/yy;@")]
    numbers = [(0, None), (164, "0.00"), (165, '"day" 0'), (166, "[Red]0"), (167, "General")]
    assert [kind_of_format(*f) for f in days] == ["day"] * 4
    assert [kind_of_format(*f) for f in numbers] == [None] * 5
    assert kind_of_format(20, None) == kind_of_format(164, "[h]:mm:ss") == "time"


def test_shared_strings_without_their_readings(tmp_path: Path) -> None:
    import io
    import zipfile

    content = workbook({"S": [["id", "area"], [Raw('<c r="{r}" t="s"><v>0</v></c>'), 1]]})
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream) as archive:
        members: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    rels = members["xl/_rels/workbook.xml.rels"]
    assert isinstance(rels, bytes)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    members["xl/_rels/workbook.xml.rels"] = rels.replace(
        b"</Relationships>",
        f'<Relationship Id="rId77" Type="{kind}" Target="/xl/sharedStrings.xml"/>'.encode()
        + b"</Relationships>",
    )
    members["xl/sharedStrings.xml"] = (
        "<sst><si><r><t>小</t></r><r><t>班_x0031_</t></r><rPh><t>xiao</t></rPh></si></sst>"
    )
    assert table(tmp_path, zipped(members)).tables["parcels"].keys == ["小班1"]


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    found = table(tmp_path, workbook({"S": [["id"], ["P"]]}, prologue=bomb))
    assert codes(found) == ["not-a-workbook"]
    assert "DOCTYPE" in found.problems[0].message["en"]


@pytest.mark.parametrize(
    "content",
    [b"no workbook", b"PK\x03\x04xl/workbook.xml", zipped({"a": "b"})],
    ids=["text", "damaged zip", "another zip"],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    assert codes(table(tmp_path, content)) == ["not-a-workbook"]


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    far = Raw('<c r="XFD1048576"><v>1</v></c>')
    found = table(tmp_path, workbook({"S": [["id", "area"], ["P", 1], [far]]}))
    assert found.tables["parcels"].keys[0] == "P"


def test_files_of_other_makers_are_read_the_same(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append(["P", 1.1, date(2024, 3, 1), 3, "乔木", True])
    book.save(tmp_path / "o.xlsx")
    found = table(tmp_path / "d", (tmp_path / "o.xlsx").read_bytes())
    assert codes(found) == []
    columns = found.tables["parcels"].columns
    assert columns["planted"] == [date(2024, 3, 1)]
    assert columns["forest"] == [True]
    assert found.tables["parcels"].place(0, "area").raw == (
        "1.1 亩 ≈ 0.07333333333333333333333333333333333 ha"
    )


def test_a_number_shown_as_a_percentage_is_one() -> None:
    assert [kind_of_format(9, None), kind_of_format(10, None)] == ["percent", "percent"]
    assert kind_of_format(164, "0.0%;[Red]-0.0%") == "percent"
    assert kind_of_format(164, '0.0"%"') is None
    assert percentage("0.9") == "90%"
    assert percentage("0.125") == "12.5%"
    assert percentage("0.28999999999999998") == "29%"
