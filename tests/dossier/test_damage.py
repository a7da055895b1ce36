"""Damaged and random files: always a problem with a place, never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import HEAD, codes, day, dossier, error, unzipped, workbook, zipped
from vocabulary import pack

from guiju.dossier import Dossier, UnreadableDossier, open_dossier, read, read_collection
from guiju.verdicts import Problem

YAML = (
    HEAD + "stage: validation\nsubmitted: 2026-05-12\nmapping: m.yaml\n"
    "facts: { project: { area: 12.5 亩, crediting: { start: 2024-01-01, end: 2024-12-31 } } }\n"
    "tables: { parcels: { file: p.csv, missing: [-] }, periods: { file: p.xlsx, sheet: S } }\n"
    "evidence: [{ id: E, kind: minutes, file: p.csv }]\n"
    "judgements: { AFF-STAKE: { answer: yes, by: a, on: 2026-06-01, because: b } }\n"
)
CSV = 'id,面积(亩),stand,planted\nP-1,"1,234.5",tree,2024-01-01\nP-2,-,竹子,2024/1/2\n'
BOOK = workbook(
    {"S": [["number", "start", "volume"], [1, day("45352"), 2.5], [2, None, error("#N/A")]]},
    after='<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
)
MAPPING = "guiju-mapping: 1\npack: test\nfacts: { project: { rate: { file: e.json, at: /a/0 } } }\n"
FILES: dict[str, bytes] = {
    "dossier.yaml": YAML.encode(),
    "p.csv": CSV.encode(),
    "p.xlsx": BOOK,
    "m.yaml": MAPPING.encode(),
    "e.json": b'{"a": [1.50, {"b": null}]}',
}
damage = st.lists(
    st.tuples(st.floats(0, 0.999), st.binary(max_size=6), st.integers(0, 30)), max_size=4
)
quietly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def damaged(content: bytes, edits: list[tuple[float, bytes, int]]) -> bytes:
    """The bytes with pieces replaced, put in or cut out."""
    for place, piece, length in edits:
        at = int(place * len(content))
        content = content[:at] + piece + content[at + length :]
    return content


def tried(read_it: Callable[[], Any]) -> Any:
    """What reading gives, or the one problem it ends with."""
    try:
        return read_it()
    except UnreadableDossier as unreadable:
        return unreadable.problem


@quietly
@given(st.sampled_from(sorted(FILES)), damage)
def test_a_damaged_file_of_a_folder(
    tmp_path: Path, name: str, edits: list[tuple[float, bytes, int]]
) -> None:
    for each, content in FILES.items():
        (tmp_path / each).write_bytes(damaged(content, edits) if each == name else content)
    found = tried(lambda: read(open_dossier(tmp_path), pack()))
    if isinstance(found, Problem):
        assert name == "dossier.yaml"
        assert found.origin is not None
    else:
        assert all(p.origin is not None and p.message["zh"] for p in found.problems)
        for table in found.tables.values():
            assert all(len(column) == len(table) for column in table.columns.values())
            for row in range(len(table)):
                for field in table.columns:
                    table.place(row, field)


@quietly
@given(damage)
def test_a_damaged_zip(tmp_path: Path, edits: list[tuple[float, bytes, int]]) -> None:
    members: dict[str, str | bytes] = dict(FILES)
    (tmp_path / "d.zip").write_bytes(damaged(zipped(members), edits))
    found = tried(lambda: read(open_dossier(tmp_path / "d.zip"), pack()))
    assert isinstance(found, Dossier) or found.severity == "error"


@quietly
@given(damage, damage)
def test_a_damaged_collection(
    tmp_path: Path,
    edits: list[tuple[float, bytes, int]],
    other: list[tuple[float, bytes, int]],
) -> None:
    mapping = (
        'guiju-mapping: 1\npack: test\nid: "@key"\nmissing: [-999]\n'
        "facts: { project: { area: { at: /a, unit: 亩, read: float32 } } }\n"
        "tables: { periods: { rows: { over: { n: 0..3 }, when: '/s{n}' }, "
        "columns: { number: { value: '{n}' }, start: '/s{n}' } } }\n"
    )
    content = b'{"A": {"a": 50.2299995422, "s0": "2024-01-01"}, "B": {"a": -999.0, "s1": null}}'
    (tmp_path / "m.yaml").write_bytes(damaged(mapping.encode(), edits))
    (tmp_path / "c.json").write_bytes(damaged(content, other))
    found = tried(lambda: list(read_collection(tmp_path / "c.json", tmp_path / "m.yaml", pack())))
    assert isinstance(found, list) or found.message["en"]


PARTS = {name: part for name, part in unzipped(BOOK).items() if name.startswith("xl/")}
SIGNS = (b'"', b"<", b"/>", b"-1", b"NaN", b"9" * 9, b"XFD1048577", b"<v>", b't="s"', b"1e999")


@quietly
@given(
    st.sampled_from(sorted(PARTS)),
    st.lists(st.tuples(st.floats(0, 0.999), st.sampled_from(SIGNS), st.integers(0, 8)), max_size=4),
)
def test_a_damaged_part_of_a_workbook(
    tmp_path: Path, name: str, edits: list[tuple[float, bytes, int]]
) -> None:
    parts: dict[str, str | bytes] = {**unzipped(BOOK), name: damaged(PARTS[name], edits)}
    yaml = (
        "tables: { periods: { file: p.xlsx, sheet: S } }\n"
        "facts: { project: { name: { file: p.xlsx, name: N }, code: { file: p.xlsx, cell: B2 } } }\n"
    )
    found = dossier(tmp_path, yaml, {"p.xlsx": zipped(parts)})
    assert found.tables or any(p.severity == "error" for p in found.problems)


@quietly
@given(st.text(max_size=200))
def test_any_text_as_a_dossier_and_as_a_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "dossier.yaml").write_text(HEAD + text, encoding="utf-8", errors="replace")
    tried_dossier = tried(lambda: read(open_dossier(tmp_path), pack()))
    assert isinstance(tried_dossier, Dossier) or tried_dossier.mend["en"]
    content = text.encode("utf-8", "replace")
    found = dossier(tmp_path, "tables: { parcels: p.csv }\n", {"p.csv": content})
    assert found.tables or any(p.severity == "error" for p in found.problems)


def test_an_ods_sheet_is_read_and_said_to_be_coarse(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    rows = ""
    for cells in (("id", "area"), ("P", 1.5)):
        rows += "<table:table-row>"
        for value in cells:
            kind = (
                f'office:value-type="float" office:value="{value}"'
                if isinstance(value, float)
                else 'office:value-type="string"'
            )
            rows += f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
        rows += "</table:table-row>"
    content = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
                'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type='
                '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
            ),
            "content.xml": (
                f'<office:document-content xmlns:office="{office}" '
                'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
                f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
        }
    )
    found = dossier(tmp_path, "tables: { parcels: p.ods }\n", {"p.ods": content})
    assert codes(found, "missing-column") == ["coarse-workbook"]
    assert found.tables["parcels"].keys == ["P"]
    assert str(found.tables["parcels"].columns["area"][0]) == "1.5"
    assert found.tables["parcels"].place(0, "area").at == "B2"
